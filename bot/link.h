/* link.h - which transport is up, and what happens when it goes down.
 *
 * `auto`: the websocket first; a refused handshake means long polling, and the
 * websocket is tried again after growing, jittered pauses. Every start has a
 * generation and continues from the committed token; what an older generation
 * still delivers is dropped, so a change over loses and doubles nothing (E12).
 */
#ifndef HEARTH_BOT_LINK_H
#define HEARTH_BOT_LINK_H

#include "bot/bot.h"

struct link *link_new(struct bot *bot);
void link_free(struct link *link);

/* Start or restart what is due; returns when it wants to be called again. */
int64_t link_turn(struct link *link);

/* The update that ended in this token is committed. */
void link_acknowledge(struct link *link, const char *next_batch);

/* When the homeserver was known to be there last, UTC ms; 0 never. A quiet
 * websocket that is up counts: it notices its own death within a minute. */
int64_t link_heard_utc_ms(const struct link *link);

/* "stream", "sync" or "none". */
const char *link_name(const struct link *link);

#endif
