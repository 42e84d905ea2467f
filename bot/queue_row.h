/* queue_row.h - one payload becomes one outbox row; for the files that queue. */
#ifndef HEARTH_BOT_QUEUE_ROW_H
#define HEARTH_BOT_QUEUE_ROW_H

#include "bot/bot.h"
#include "bot/matrix/message.h"

/* Behind what stands in the lane already. `ret_id` may be NULL. */
enum status queue_row_add(struct bot *bot, const char *lane,
                          const struct payload *payload, enum effect_lifetime lifetime,
                          int64_t due_utc_ms, int64_t waits_for,
                          int64_t *ret_id) MUST_CHECK;

/* The same into the lane `lane_prefix` + `name`, unless a row stands there. */
enum status queue_row_once(struct bot *bot, const char *lane_prefix, const char *name,
                           const struct payload *payload) MUST_CHECK;

/* A question that may be passed on waits in a lane of its own: one row, a newer version
 * takes the place and the hour of the older. */
enum status queue_pass_on(struct bot *bot, const struct effect *effect) MUST_CHECK;

/* Where the reminder of a check-in waits: apart from what else is said in the room, so
 * that it holds nothing up and goes alone. The caller's. */
char *queue_reminder_lane(const char *checkin, const char *room_id);
enum status queue_drop_reminder(struct bot *bot, const char *checkin,
                                const char *room_id) MUST_CHECK;

/* Redactions of a member's answers wait apart; released they stand in the room's lane,
 * before what is said there after them. */
enum status queue_redact(struct bot *bot, const struct effect *effect) MUST_CHECK;
enum status queue_tidy(struct bot *bot, const struct effect *effect) MUST_CHECK;

#endif
