/* sender.h - acts on committed outbox rows, at most one in flight a lane.
 *
 * A row is frozen (path and bytes) and its try is committed before anything
 * leaves. What a try brought back is handed to results.h in a transaction of
 * its own. Nothing leaves before the first update of this process was
 * dispatched: own echoes in it acknowledge rows (rule E2). A row tried before
 * this process started, or long ago, is looked for in the room first.
 */
#ifndef HEARTH_BOT_SENDER_H
#define HEARTH_BOT_SENDER_H

#include "bot/bot.h"

struct sender *sender_new(struct bot *bot);
void sender_free(struct sender *sender);

/* Start what may leave; returns when it wants to be called again (monotonic). */
int64_t sender_turn(struct sender *sender);

#endif
