/* commands_schedule.c - when a member is asked, over many zones and years.
 *
 * The property: each eligible local day is asked exactly once, at or after the
 * wished minute, never in quiet hours. Zones were chosen for their oddities:
 * half hours, shifts at midnight, no daylight saving, dates far apart.
 */
#include "commands/checkin.h"
#include "commands/schedule.h"
#include "tests/unit/commands_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define HOUR_MS INT64_C(3600000)

static const char *const zones[] = {"Europe/London",       "Europe/Dublin",
                                    "America/New_York",    "America/Nuuk",
                                    "Asia/Kolkata",        "Asia/Kathmandu",
                                    "Australia/Lord_Howe", "Africa/Cairo",
                                    "Africa/Casablanca",   "Asia/Beirut",
                                    "America/Havana",      "America/Santiago",
                                    "Pacific/Apia",        "Pacific/Kiritimati",
                                    "Pacific/Chatham",     "Antarctica/Troll",
                                    "America/St_Johns",    "Asia/Gaza",
                                    "Asia/Tehran",         "America/Asuncion",
                                    "Pacific/Easter",      "UTC"};

static int64_t next_due(const struct settings *settings, const char *zone, int minute,
                        int weekdays, int32_t last, int32_t paused, int32_t after,
                        int64_t now)
{
    struct member member = {.zone = (char *)zone,
                            .minute = minute,
                            .weekdays = weekdays,
                            .last_prompt_day = last,
                            .paused_until_day = paused};
    return checkin_next_due(settings, &member, after, now);
}

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return day_from_date(year, month, day) * 24 * HOUR_MS + hour * HOUR_MS +
           minute * HOUR_MS / 60;
}

/* Walk the prompts from 2025 to 2030 as the bot would. */
static void walk(const struct settings *settings, const char *name, int minute,
                 int weekdays)
{
    struct zone *zone = NULL;
    assert_int_equal(zone_open(name, &zone), ST_OK);
    int32_t day = day_from_date(2025, 1, 1), last = 0;
    int32_t end = day_from_date(2030, 12, 31);
    int64_t due = next_due(settings, name, minute, weekdays, 0, 0, day - 1,
                           zone_instant(zone, day, 0));
    while (day < end) {
        struct local_time local;
        int32_t found = 0;
        while (!(weekdays & 1 << (day_weekday(day) - 1)))
            day++;
        assert_true(schedule_find_day(settings, zone, minute, due, &found));
        assert_int_equal(found, day);
        zone_local(zone, due, &local);
        assert_false(schedule_is_quiet(settings, local.minute));
        assert_true(local.day > day || local.minute >= minute);
        assert_true(due >= zone_instant(zone, day, minute));
        assert_true(due <= zone_instant(zone, day + 1, minute) + 12 * HOUR_MS);
        last = day;
        due = next_due(settings, name, minute, weekdays, last, 0, day, due);
        day++;
    }
    zone_close(zone);
}

static void checkin_next_due__asks__every_eligible_day_once(void **state)
{
    static const int minutes[] = {0, 30, 90, 150, 21 * 60, 23 * 60 + 30};
    struct settings *settings = settings_for_checkins();
    (void)state;
    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++) {
        for (size_t m = 0; m < sizeof minutes / sizeof minutes[0]; m += 1 + z % 2)
            walk(settings, zones[z], minutes[m], 127);
    }
    walk(settings, "Europe/London", 9 * 60, 1 | 1 << 3);
    walk(settings, "Africa/Cairo", 0, 1 << 4);
    settings_clear(settings);
    free(settings);
}

static void checkin_next_due__waits__for_the_end_of_quiet_hours(void **state)
{
    struct settings *settings = settings_for_checkins();
    (void)state;
    settings->hearth.quiet_from = 22 * 60;
    settings->hearth.quiet_until = 7 * 60;
    walk(settings, "Europe/London", 23 * 60, 127);
    walk(settings, "America/New_York", 3 * 60, 127);
    walk(settings, "America/Nuuk", 21 * 60 + 59, 127);
    int64_t due = next_due(settings, "UTC", 3 * 60, 127, 0, 0, 0, utc(2027, 3, 1, 0, 0));
    assert_int_equal(due, utc(2027, 3, 1, 7, 0));
    settings_clear(settings);
    free(settings);
}

static void checkin_next_due__takes__skipped_and_repeated_minutes(void **state)
{
    struct settings *settings = settings_for_checkins();
    (void)state;
    /* London, 28 March 2027: 01:30 does not exist; 31 October: it comes twice. */
    int64_t skipped =
        next_due(settings, "Europe/London", 90, 127, 0, 0, 0, utc(2027, 3, 28, 0, 0));
    assert_int_equal(skipped, utc(2027, 3, 28, 1, 0));
    int64_t repeated =
        next_due(settings, "Europe/London", 90, 127, 0, 0, 0, utc(2027, 10, 30, 23, 30));
    assert_int_equal(repeated, utc(2027, 10, 31, 0, 30));
    int64_t after =
        next_due(settings, "Europe/London", 90, 127, day_from_date(2027, 10, 31), 0,
                 day_from_date(2027, 10, 31), repeated);
    assert_int_equal(after, utc(2027, 11, 1, 1, 30));
    settings_clear(settings);
    free(settings);
}

static void checkin_next_due__counts__today_while_its_minute_is_ahead(void **state)
{
    struct settings *settings = settings_for_checkins();
    (void)state;
    assert_int_equal(next_due(settings, "UTC", 600, 127, 0, 0, 0, utc(2027, 5, 5, 9, 0)),
                     utc(2027, 5, 5, 10, 0));
    assert_int_equal(next_due(settings, "UTC", 600, 127, 0, 0, 0, utc(2027, 5, 5, 10, 1)),
                     utc(2027, 5, 6, 10, 0));
    settings_clear(settings);
    free(settings);
}

static void checkin_next_due__never_asks__a_day_twice_after_a_journey(void **state)
{
    struct settings *settings = settings_for_checkins();
    int32_t today = day_from_date(2027, 5, 5);
    (void)state;
    /* Asked in Tokyo at 09:00 on the 5th, then the zone becomes New York's, where
     * it is still the evening of the 4th. */
    int64_t now = utc(2027, 5, 5, 0, 5);
    int64_t due = next_due(settings, "America/New_York", 21 * 60, 127, today, 0, 0, now);
    assert_int_equal(due, utc(2027, 5, 7, 1, 0)); /* 21:00 on the 6th */
    settings_clear(settings);
    free(settings);
}

static void checkin_next_due__obeys__pauses_and_rest(void **state)
{
    struct settings *settings = settings_for_checkins();
    int64_t now = utc(2027, 5, 5, 9, 0);
    struct member resting = {.zone = (char *)"UTC", .weekdays = 127, .is_resting = true};
    (void)state;
    assert_int_equal(
        next_due(settings, "UTC", 600, 127, 0, day_from_date(2027, 6, 1), 0, now),
        utc(2027, 6, 1, 10, 0));
    assert_int_equal(next_due(settings, "UTC", 600, 127, 0, PAUSED_OPEN, 0, now),
                     INT64_MAX);
    assert_int_equal(next_due(settings, "UTC", 600, 0, 0, 0, 0, now), INT64_MAX);
    assert_int_equal(next_due(settings, "No/Where", 600, 127, 0, 0, 0, now), INT64_MAX);
    assert_int_equal(checkin_next_due(settings, &resting, 0, now), INT64_MAX);
    settings_clear(settings);
    free(settings);
}

static void checkin_next_due__skips__what_is_too_late_to_ask(void **state)
{
    struct settings *settings = settings_for_checkins(); /* two hours of grace */
    int32_t before = day_from_date(2027, 5, 4);
    (void)state;
    assert_int_equal(
        next_due(settings, "UTC", 600, 127, before, 0, before, utc(2027, 5, 5, 11, 0)),
        utc(2027, 5, 5, 10, 0));
    assert_int_equal(
        next_due(settings, "UTC", 600, 127, before, 0, before, utc(2027, 5, 9, 13, 0)),
        utc(2027, 5, 10, 10, 0));
    settings_clear(settings);
    free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checkin_next_due__asks__every_eligible_day_once),
        cmocka_unit_test(checkin_next_due__waits__for_the_end_of_quiet_hours),
        cmocka_unit_test(checkin_next_due__takes__skipped_and_repeated_minutes),
        cmocka_unit_test(checkin_next_due__counts__today_while_its_minute_is_ahead),
        cmocka_unit_test(checkin_next_due__never_asks__a_day_twice_after_a_journey),
        cmocka_unit_test(checkin_next_due__obeys__pauses_and_rest),
        cmocka_unit_test(checkin_next_due__skips__what_is_too_late_to_ask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
