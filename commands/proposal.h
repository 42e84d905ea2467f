/* proposal.h - a check-in that somebody may say yes to, until they do.
 *
 * One a person, sealed in the store's dialogue table, for a limited time. While
 * `is_waiting` the notice has not been said yet: nothing can be agreed to.
 */
#ifndef HEARTH_COMMANDS_PROPOSAL_H
#define HEARTH_COMMANDS_PROPOSAL_H

#include "commands/command.h"

enum zone_source { ZONE_NAMED, ZONE_OF_GROUP, ZONE_OF_PROFILE };

struct proposal {
    const struct group_settings *group;
    const struct checkin_settings *checkin;
    int minute;
    char *zone;
    enum zone_source source; /* where `zone` comes from */
    bool is_tidy;
    bool is_waiting;
    int64_t choices_utc_ms; /* when `choices` were listed */
    struct strv choices;    /* zones to pick from by number */
};

void proposal_clear(struct proposal *proposal);
/* Of the sender, replacing an earlier one. ST_TOO_BIG when it does not fit. */
enum status proposal_put(struct turn *turn, const char *user_id,
                         const struct proposal *proposal, int64_t span_ms) MUST_CHECK;
/* ST_NOT_FOUND also when group or check-in are no longer configured. */
enum status proposal_get(struct turn *turn, struct proposal *ret_proposal) MUST_CHECK;

#endif
