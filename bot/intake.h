/* intake.h - updates wait here until their gaps are filled (rule E6).
 *
 * One update at a time: for each room whose timeline was cut, the missing
 * events are fetched with /messages, oldest first before the live part, then
 * the update is handed to dispatch. A gap that cannot be fetched now goes along
 * as a gap row, to be retried; its events then come as an update of their own.
 */
#ifndef HEARTH_BOT_INTAKE_H
#define HEARTH_BOT_INTAKE_H

#include "bot/bot.h"
#include "bot/model/event.h"
#include "store/inbox.h"

struct intake *intake_new(struct bot *bot);
void intake_free(struct intake *intake);

/* Take a parsed update over (`update` is empty afterwards). `since`: the token
 * it continues, NULL on a first sync. `is_catching_up`: it holds what was said
 * while nobody listened. */
void intake_push(struct intake *intake, struct update *update, const char *since,
                 bool is_catching_up);

/* Forget what waits (the transport changed: it will come again). */
void intake_drop(struct intake *intake);

/* Go on with the first update; dispatches every one that is whole. */
void intake_turn(struct intake *intake);

/* Fetch a gap row again; the result is dispatched as an update. */
void intake_retry_gap(struct intake *intake, const struct gap *gap);

bool intake_is_idle(const struct intake *intake);

#endif
