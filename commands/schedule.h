/* schedule.h - when a member is asked: pure functions of zone rules and wishes.
 *
 * A prompt belongs to a local day. It is asked at the wished minute; where that
 * does not exist, at the first valid one after it; where it comes twice, at the
 * first. A minute in the quiet hours waits for their end, even if that lies in
 * the next morning: each eligible day is asked exactly once.
 */
#ifndef HEARTH_COMMANDS_SCHEDULE_H
#define HEARTH_COMMANDS_SCHEDULE_H

#include "bot/model/settings.h"
#include "store/member.h"

#define PAUSED_OPEN 2932896 /* 9999-12-31: until the member resumes */

bool schedule_is_quiet(const struct settings *settings, int minute);

/* When the quiet hours begin next, at `utc_ms` or later; INT64_MAX without any. */
int64_t schedule_quiet_start(const struct settings *settings, const struct zone *zone,
                             int64_t utc_ms);

/* The local day a planned instant is for. False when no prompt is due then (the
 * plan is older than a change of settings or zone rules). */
bool schedule_find_day(const struct settings *settings, const struct zone *zone,
                       int minute, int64_t due_utc_ms, int32_t *ret_day);

/* Local day of an instant in the member's zone; UTC if the zone is not known. */
int32_t schedule_local_day(const struct member *member, int64_t utc_ms);

#endif
