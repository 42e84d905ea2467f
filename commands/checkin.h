/* checkin.h - the check-in's own entries besides its commands.
 *
 * The dialogue (bytes in the store's dialogue table) says what the person was
 * asked last. Consent, prompts, answers, corrections.
 */
#ifndef HEARTH_COMMANDS_CHECKIN_H
#define HEARTH_COMMANDS_CHECKIN_H

#include "commands/command.h"
#include "store/member.h"

#define CONSENT_VERSION 1 /* grows when the meaning of the notice changes */

/* A text in the DM while a dialogue or a check-in is open. `ret_is_handled`
 * false: it was not meant for it, nothing was done. */
enum status checkin_text(struct turn *turn, bool *ret_is_handled) MUST_CHECK;

/* An edit or a redaction of a message that held an answer. */
enum status checkin_edited(struct turn *turn, bool *ret_is_handled) MUST_CHECK;
enum status checkin_redacted(struct turn *turn, bool *ret_is_handled) MUST_CHECK;

/* `member` is due: queue its prompt or skip the day (late, paused, resting,
 * asked already), and plan the next. `turn->request` is NULL. */
enum status checkin_prompt(struct turn *turn, struct member *member) MUST_CHECK;

/* The prompt with the questions in it. The caller's. */
char *prompt_open_text(const struct settings *settings,
                       const struct checkin_settings *checkin);

/* When `member` is due next, strictly after the local day `after_day` (0: from
 * now on, today included when its minute is still ahead): a pure function of
 * zone rules, wish, pauses and quiet hours. INT64_MAX: never. */
int64_t checkin_next_due(const struct settings *settings, const struct member *member,
                         int32_t after_day, int64_t now_utc_ms);

/* Stop one person's check-ins: registry row, queued prompts; answers of the
 * open weeks dropped unless `keeps_answers`. ST_NOT_FOUND: there was none. */
enum status checkin_stop(struct turn *turn, const char *user_id, const char *group,
                         bool keeps_answers) MUST_CHECK;

/* One check-in; this week's answers to it still count. */
enum status checkin_stop_one(struct turn *turn, const char *user_id,
                             const char *checkin) MUST_CHECK;

/* Forget a person without a word, as after `forget me`: thirty days after they
 * left their last group. The DM is left. */
enum status checkin_forget(struct turn *turn, const char *user_id) MUST_CHECK;

#endif
