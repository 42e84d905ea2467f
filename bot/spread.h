/* spread.h - many prompts due at once leave spread over a while.
 *
 * Each gets a moment of its own, drawn anew every day, so that nobody is always
 * last. The while is as long as the homeserver's limit asks for: prompts take three
 * quarters of it, the rest is for answers. Without a limit it is short, and never longer
 * than configured. A delay is the due time of the prompt's outbox row.
 */
#ifndef HEARTH_BOT_SPREAD_H
#define HEARTH_BOT_SPREAD_H

#include "bot/base/random.h"
#include "bot/model/settings.h"

struct spread {
    bool is_on;
    int64_t until_utc_ms; /* the end of what is being spread */
};

/* How long `count` prompts need, in milliseconds; 0: they may leave at once. */
int64_t spread_window_ms(const struct settings *settings, int64_t count);

/* `count` prompts are due now, the ones spread before not counted. */
void spread_begin(struct spread *spread, const struct settings *settings, int64_t count,
                  int64_t now_utc_ms);

/* When one of them may leave, before `expires_utc_ms`; 0: at once. */
int64_t spread_due(const struct spread *spread, const struct random *random,
                   int64_t now_utc_ms, int64_t expires_utc_ms);

#endif
