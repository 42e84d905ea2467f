/* checkin_offer.h - which check-ins a person could still begin, and which they mean.
 *
 * Over all groups they are in. A check-in of one name is on once: its answers
 * count in one group and nowhere else.
 */
#ifndef HEARTH_COMMANDS_CHECKIN_OFFER_H
#define HEARTH_COMMANDS_CHECKIN_OFFER_H

#include "commands/command.h"

/* Begin `checkin` (NULL: any) as wished: `minute` -1 and `zone` NULL leave it to
 * the group. Of several possible ones the person picks by number. */
enum status checkin_offer(struct turn *turn, const struct checkin_settings *checkin,
                          int minute, const char *zone) MUST_CHECK;

/* Is there any that the sender could begin? */
enum status checkin_is_offered(struct turn *turn, const struct checkin_settings *checkin,
                               bool *ret_is_offered) MUST_CHECK;

/* A number after that, see talk_ask. */
enum status checkin_pick(struct turn *turn, const char *asked,
                         bool *ret_is_handled) MUST_CHECK;

#endif
