/* ack.h - what stands beside an acknowledgement: one kind sentence, "the same as".
 *
 * `at`: the place of the acknowledgement among the turn's effects.
 */
#ifndef HEARTH_COMMANDS_ACK_H
#define HEARTH_COMMANDS_ACK_H

#include "commands/answer_read.h"
#include "commands/command.h"

struct member;

/* `text` (taken over) in front of it, and "Recorded the same as on ...". */
void ack_lead(struct turn *turn, size_t at, char *text);
void ack_lead_same(struct turn *turn, size_t at, int32_t day);

/* With a 9 or a 10: a human sentence, and the way to people and to `help now`. Once
 * in the member's day; what is kept is that it was said, sealed, for two days, and
 * nobody hears of it. No figure decides anything else. It stands behind what is said
 * (`is_behind`) or in front of a question. */
enum status ack_comfort(struct turn *turn, size_t at, const struct member *member,
                        const struct reading *reading, bool is_behind) MUST_CHECK;

#endif
