/* schedule.c - see schedule.h; checkin_next_due is declared in checkin.h. */
#include "commands/schedule.h"

#include "commands/checkin.h"

#define MINUTE_MS INT64_C(60000)
#define LOOK_AHEAD_DAYS 60 /* more than any week of chosen days and skipped dates */

bool schedule_is_quiet(const struct settings *settings, int minute)
{
    int from = settings->hearth.quiet_from, until = settings->hearth.quiet_until;
    if (from <= until)
        return minute >= from && minute < until;
    return minute >= from || minute < until;
}

int64_t schedule_quiet_start(const struct settings *settings, const struct zone *zone,
                             int64_t utc_ms)
{
    struct local_time local;
    int from = settings->hearth.quiet_from;
    if (from == settings->hearth.quiet_until)
        return INT64_MAX;
    zone_local(zone, utc_ms, &local);
    int64_t today = zone_instant(zone, local.day, from);
    return today >= utc_ms ? today : zone_instant(zone, local.day + 1, from);
}

/* When the prompt of `day` is due. */
static int64_t instant_of(const struct settings *settings, const struct zone *zone,
                          int32_t day, int minute)
{
    struct local_time local;
    int64_t instant = zone_instant(zone, day, minute);
    zone_local(zone, instant, &local);
    if (!schedule_is_quiet(settings, local.minute))
        return instant;
    int until = settings->hearth.quiet_until;
    return zone_instant(zone, local.minute < until ? local.day : local.day + 1, until);
}

/* A date can be missing from a zone's calendar altogether. */
static bool has_day(const struct zone *zone, int32_t day)
{
    struct local_time local;
    zone_local(zone, zone_instant(zone, day, 0), &local);
    return local.day == day;
}

bool schedule_find_day(const struct settings *settings, const struct zone *zone,
                       int minute, int64_t due_utc_ms, int32_t *ret_day)
{
    struct local_time local;
    zone_local(zone, due_utc_ms, &local);
    /* A skipped minute and the end of quiet hours may lie in the next day. */
    for (int32_t day = local.day; day >= local.day - 1; day--) {
        if (instant_of(settings, zone, day, minute) == due_utc_ms) {
            *ret_day = day;
            return true;
        }
    }
    return false;
}

int32_t schedule_local_day(const struct member *member, int64_t utc_ms)
{
    struct zone *zone = NULL;
    struct local_time local;
    if (zone_open(member->zone, &zone) != ST_OK)
        return (int32_t)(utc_ms / (24 * 60 * MINUTE_MS));
    zone_local(zone, utc_ms, &local);
    zone_close(zone);
    return local.day;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int64_t find_due(const struct settings *settings, const struct zone *zone,
                        const struct member *member, int32_t after_day,
                        int64_t now_utc_ms)
{
    struct local_time today;
    zone_local(zone, now_utc_ms, &today);
    /* Planned anew: only what lies ahead. Going on: also what is late but may
     * still be asked. */
    int64_t earliest = after_day == 0
                           ? now_utc_ms
                           : now_utc_ms - settings->hearth.catch_up_min * MINUTE_MS;
    int32_t day = later(today.day - 2, after_day + 1);
    day = later(day, member->last_prompt_day + 1);
    day = later(day, member->paused_until_day);
    for (int32_t end = day + LOOK_AHEAD_DAYS; day < end; day++) {
        if (!(member->weekdays & 1 << (day_weekday(day) - 1)) || !has_day(zone, day))
            continue;
        int64_t instant = instant_of(settings, zone, day, member->minute);
        if (instant >= earliest)
            return instant;
    }
    return INT64_MAX;
}

int64_t checkin_next_due(const struct settings *settings, const struct member *member,
                         int32_t after_day, int64_t now_utc_ms)
{
    struct zone *zone = NULL;
    if (member->is_resting || (member->weekdays & 127) == 0 ||
        member->paused_until_day >= PAUSED_OPEN)
        return INT64_MAX;
    if (zone_open(member->zone, &zone) != ST_OK)
        return INT64_MAX;
    int64_t due = find_due(settings, zone, member, after_day, now_utc_ms);
    zone_close(zone);
    return due;
}
