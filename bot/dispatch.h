/* dispatch.h - one update, one transaction, a savepoint per event.
 *
 * Seen event ids, what commands stored, their effects as outbox rows and the
 * new sync token are committed together, or none of it. An update of more than
 * a few hundred events is committed in chunks, the token with the last (seen
 * ids make the repetition of a chunk harmless). A failing event loses its own
 * effects and is marked seen (rule E9).
 */
#ifndef HEARTH_BOT_DISPATCH_H
#define HEARTH_BOT_DISPATCH_H

#include "bot/bot.h"
#include "bot/model/event.h"

struct dispatch_gap {
    char *room_id, *from, *to;
};

struct dispatch_input {
    struct update *update;
    bool is_first;       /* first sync ever: history, not to be answered */
    bool is_catching_up; /* said while nobody listened: old questions go stale */
    const struct dispatch_gap *gaps;
    size_t gap_count;
    int64_t done_gap; /* gap row this update fills, or 0 */
};

/* False: the store refused (disk full ...): nothing was done, to be repeated
 * after bot->store_retry_mono_ms. */
bool dispatch_update(struct bot *bot, struct dispatch_input *input);

/* Handle one request and queue its effects: inside a transaction. */
enum status dispatch_request(struct bot *bot, const struct request *request) MUST_CHECK;

#endif
