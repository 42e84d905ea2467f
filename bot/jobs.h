/* jobs.h - what is due by the clock: prompts, closes, upkeep.
 *
 * A due job takes the same way as a message: a turn without a sender, its
 * effects in the outbox, one transaction a step. Nothing sleeps; what is due is
 * data in the store.
 */
#ifndef HEARTH_BOT_JOBS_H
#define HEARTH_BOT_JOBS_H

#include "bot/bot.h"

struct jobs *jobs_new(struct bot *bot);
void jobs_free(struct jobs *jobs);

/* Do what is due, a bounded piece a call; returns when it wants to be called
 * again (monotonic ms). */
int64_t jobs_turn(struct jobs *jobs);

#endif
