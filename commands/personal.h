/* personal.h - what the commands about one's own check-in share. */
#ifndef HEARTH_COMMANDS_PERSONAL_H
#define HEARTH_COMMANDS_PERSONAL_H

#include "commands/command.h"
#include "store/member.h"

/* A reply about rights and wishes: never too old to be sent. Takes `text`. */
enum status personal_reply(struct turn *turn, char *text);
enum status personal_say(struct turn *turn, enum text_id id); /* without placeholders */

/* "I ask next on Monday 29 March.", that it rests or is paused. The caller's. */
char *member_next_words(const struct settings *settings, const struct member *member);

/* Plan the next prompt from now on and write the row. */
enum status member_replan(struct turn *turn, struct member *member) MUST_CHECK;

/* Delete prompts of the sender that were not sent yet. */
void drop_queued_prompts(struct turn *turn, const char *user_id);

/* consent.c: the notice, and what is said to it. */
enum status consent_begin(struct turn *turn, const struct group_settings *group,
                          const struct checkin_settings *checkin, int minute,
                          const char *zone) MUST_CHECK; /* NULL: none was named */
/* Does their yes still cover what would be done? Not when the notice means more by
 * now, nor when a summary is made of fewer people than they were told. */
bool consent_holds(const struct settings *settings, const struct member *member);
/* A member whose yes does not: the notice once more, as `lead` says why. The
 * caller's text, and the proposal is open. */
enum status consent_renew(struct turn *turn, const struct member *member,
                          char **ret_text) MUST_CHECK;
/* What the sender's profile says is known, or (NULL) is not to be had: the notice
 * is said, unless it has been. */
enum status consent_continue(struct turn *turn, const char *profile_zone) MUST_CHECK;
enum status consent_text(struct turn *turn, bool *ret_is_handled) MUST_CHECK;
/* Says that the hour is quiet and returns true. */
bool consent_refuses_hour(struct turn *turn, int minute);

/* answer_way.c: the sentence that says it. */
enum text_id answer_way_text(enum answer_way way);

/* forget.c: the yes or no to `forget me`. */
enum status forget_text(struct turn *turn, bool *ret_is_handled) MUST_CHECK;

/* Places of short questions about one's own check-in; only the newest is open. */
#define PLACE_CONSENT "consent"
#define PLACE_FORGET "forget"

#endif
