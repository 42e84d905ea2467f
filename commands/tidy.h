/* tidy.h - a member's own answers go from the chat when their check-in is over.
 *
 * The redactions are queued, sealed like every row to be sent, when an answer is
 * recorded: due at the end of the check-in's window, or sooner when it is complete.
 * What was recorded stays so.
 */
#ifndef HEARTH_COMMANDS_TIDY_H
#define HEARTH_COMMANDS_TIDY_H

#include "commands/command.h"
#include "store/member.h"

/* The sender's message `event_id` in this DM, if they wish it tidy. */
enum status tidy_add(struct turn *turn, const struct member *member,
                     const char *event_id) MUST_CHECK;
/* The check-in is over: what waits goes now. */
void tidy_release(struct turn *turn, const struct member *member);

#endif
