/* base_zone.c - local time against known shifts and against the C library.
 *
 * The C library reads the same tzdata with other code: what both say about
 * thousands of instants, and what a minute-by-minute search with its answers
 * finds, is what zone.h must say.
 */
#include "bot/base/zone.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#define DAY_S 86400

static struct zone *open_zone(const char *name)
{
    struct zone *zone = NULL;
    assert_int_equal(zone_open(name, &zone), ST_OK);
    return zone;
}

/* What zone_instant gives for a local date and minute, as UTC text. */
static void assert_instant(const char *zone_name, const char *date, int minute,
                           const char *expected)
{
    struct zone *zone = open_zone(zone_name);
    int32_t day = 0;
    char text[21];
    assert_int_equal(day_parse(date, &day), ST_OK);
    utc_format(zone_instant(zone, day, minute), text);
    assert_string_equal(text, expected);
    zone_close(zone);
}

static void zone_open__refuses__what_is_no_zone_name(void **state)
{
    static const char *const names[] = {
        "",
        "+02:00",
        "-3",
        "UTC+2",
        "Z",
        "localtime",
        "Europe",
        "Europe/",
        "/etc/localtime",
        "/usr/share/zoneinfo/Europe/London",
        "../zoneinfo/Europe/London",
        "Europe/../Europe/London",
        "Europe//London",
        "Europe/London/",
        "Europe/Londres",
        "America/Argentina",
        "Europe/London ",
        "right/Europe/London",
        "posix/Europe/London",
        "utc",
        "America/\xC3\xA9",
    };
    (void)state;
    struct zone *zone = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (zone_open(names[i], &zone) != ST_NOT_FOUND || zone_exists(names[i]))
            fail_msg("accepted: %s", names[i]);
        assert_null(zone);
    }
    char too_long[300];
    memset(too_long, 'a', sizeof too_long - 1);
    too_long[sizeof too_long - 1] = '\0';
    too_long[100] = '/';
    assert_int_equal(zone_open(too_long, &zone), ST_NOT_FOUND);
}

static void zone_open__accepts__areas_and_utc(void **state)
{
    static const char *const names[] = {
        "UTC",
        "Etc/UTC",
        "Europe/London",
        "America/Argentina/Buenos_Aires",
        "America/Port-au-Prince",
        "Etc/GMT+5",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(zone_exists(names[i]));
        zone_close(open_zone(names[i]));
    }
    zone_close(NULL);
    /* Old names can be opened, and are offered to nobody. */
    assert_false(zone_exists("Japan"));
    assert_true(zone_is_old_name("Japan"));
    zone_close(open_zone("Japan"));
    assert_false(zone_is_old_name("Europe"));
    assert_false(zone_is_old_name("leapseconds"));
}

static void zone_instant__gives_the_first_valid_instant__for_a_skipped_minute(
    void **state)
{
    (void)state;
    assert_instant("Europe/London", "2027-03-28", 59, "2027-03-28T00:59:00Z");
    assert_instant("Europe/London", "2027-03-28", 60, "2027-03-28T01:00:00Z");
    assert_instant("Europe/London", "2027-03-28", 90, "2027-03-28T01:00:00Z");
    assert_instant("Europe/London", "2027-03-28", 119, "2027-03-28T01:00:00Z");
    assert_instant("Europe/London", "2027-03-28", 120, "2027-03-28T01:00:00Z");
    assert_instant("Europe/London", "2027-03-28", 121, "2027-03-28T01:01:00Z");
}

static void zone_instant__gives_the_first_occurrence__of_a_repeated_minute(void **state)
{
    (void)state;
    assert_instant("Europe/London", "2027-10-31", 59, "2027-10-30T23:59:00Z");
    assert_instant("Europe/London", "2027-10-31", 60, "2027-10-31T00:00:00Z");
    assert_instant("Europe/London", "2027-10-31", 90, "2027-10-31T00:30:00Z");
    /* Never shown before the clock goes back, so only the second time round. */
    assert_instant("Europe/London", "2027-10-31", 120, "2027-10-31T02:00:00Z");
}

static void zone_instant__knows__shifts_of_half_an_hour(void **state)
{
    (void)state;
    assert_instant("Australia/Lord_Howe", "2027-10-03", 119, "2027-10-02T15:29:00Z");
    assert_instant("Australia/Lord_Howe", "2027-10-03", 135, "2027-10-02T15:30:00Z");
    assert_instant("Australia/Lord_Howe", "2027-10-03", 150, "2027-10-02T15:30:00Z");
    assert_instant("Australia/Lord_Howe", "2027-04-04", 105, "2027-04-03T14:45:00Z");
    assert_instant("Australia/Lord_Howe", "2027-04-04", 120, "2027-04-03T15:30:00Z");
}

static void zone_instant__knows__shifts_at_midnight(void **state)
{
    (void)state;
    /* 00:00 becomes 01:00 */
    assert_instant("Africa/Cairo", "2024-04-26", 0, "2024-04-25T22:00:00Z");
    assert_instant("Africa/Cairo", "2024-04-26", 30, "2024-04-25T22:00:00Z");
    assert_instant("Africa/Cairo", "2024-04-26", 61, "2024-04-25T22:01:00Z");
    /* 24:00 becomes 23:00 */
    assert_instant("Africa/Cairo", "2024-10-31", 23 * 60, "2024-10-31T20:00:00Z");
    assert_instant("Africa/Cairo", "2024-11-01", 0, "2024-10-31T22:00:00Z");
}

static void zone_instant__passes_over__a_day_that_was_left_out(void **state)
{
    (void)state;
    assert_instant("Pacific/Apia", "2011-12-29", 1439, "2011-12-30T09:59:00Z");
    assert_instant("Pacific/Apia", "2011-12-30", 0, "2011-12-30T10:00:00Z");
    assert_instant("Pacific/Apia", "2011-12-30", 1260, "2011-12-30T10:00:00Z");
    assert_instant("Pacific/Apia", "2011-12-31", 0, "2011-12-30T10:00:00Z");
    assert_instant("Pacific/Apia", "2011-12-31", 1, "2011-12-30T10:01:00Z");
}

static void zone_instant__uses_the_rule__beyond_the_table_of_shifts(void **state)
{
    (void)state;
    assert_instant("Europe/London", "2051-07-01", 720, "2051-07-01T11:00:00Z");
    assert_instant("Europe/London", "2051-12-01", 720, "2051-12-01T12:00:00Z");
}

static void zone_local__splits__an_instant(void **state)
{
    (void)state;
    struct zone *zone = open_zone("Asia/Kathmandu");
    struct local_time local;
    zone_local(zone, -1, &local); /* the last millisecond of 1969; UTC+5:30 then */
    assert_int_equal(local.day, 0);
    assert_int_equal(local.minute, 5 * 60 + 29);
    assert_int_equal(local.weekday, 4);
    assert_int_equal(local.offset_s, 19800);
    zone_close(zone);
    zone = open_zone("UTC");
    zone_local(zone, -1, &local);
    assert_int_equal(local.day, -1);
    assert_int_equal(local.minute, 1439);
    assert_int_equal(local.weekday, 3);
    zone_close(zone);
}

static int64_t libc_local(int64_t utc_s)
{
    time_t time = (time_t)utc_s;
    struct tm parts;
    assert_non_null(localtime_r(&time, &parts));
    return utc_s + parts.tm_gmtoff;
}

static void use_libc_zone(const char *name)
{
    assert_int_equal(setenv("TZ", name, 1), 0);
    tzset();
}

/* The names of the zones that zone1970.tab lists. */
static struct strv list_zones(void)
{
    struct strv names = {0};
    char line[1024], name[101];
    FILE *file = fopen("/usr/share/zoneinfo/zone1970.tab", "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (line[0] != '#' && sscanf(line, "%*s %*s %100s", name) == 1)
            strv_add(&names, name);
    }
    fclose(file);
    assert_true(names.count > 250);
    return names;
}

static void assert_local(const struct zone *zone, const char *name, int64_t utc_s)
{
    struct local_time local;
    int64_t expected = libc_local(utc_s);
    zone_local(zone, utc_s * 1000 + 999, &local);
    int64_t minutes = local.day * (int64_t)1440 + local.minute;
    if (minutes * 60 != expected - (expected % 60 + 60) % 60 ||
        utc_s + local.offset_s != expected)
        fail_msg("%s at %lld", name, (long long)utc_s);
}

/* To 2065; GLib 2.74 misreads Dublin's rule, whose summer time is the standard
 * one, and is right only as far as the table of shifts goes. */
static int64_t last_sure(const char *name)
{
    return text_equal(name, "Europe/Dublin") ? 2145916800 : 2997993600;
}

static void zone_local__agrees_with_the_c_library__in_all_zones(void **state)
{
    (void)state;
    struct strv names = list_zones();
    for (size_t i = 0; i < names.count; i++) {
        struct zone *zone = open_zone(names.items[i]);
        use_libc_zone(names.items[i]);
        /* 1965 on, in steps that meet all hours of the day */
        for (int64_t utc_s = -157766400; utc_s < last_sure(names.items[i]);
             utc_s += 13 * DAY_S + 4391)
            assert_local(zone, names.items[i], utc_s);
        zone_close(zone);
    }
    strv_clear(&names);
}

/* All wishes of the days around a shift, against a search minute by minute. */
static void assert_instants_around(const struct zone *zone, const char *name,
                                   int64_t shift)
{
    int64_t utc_s = (shift / DAY_S - 2) * DAY_S;
    int32_t day = (int32_t)(utc_s / DAY_S) + 1;
    for (int64_t wish = day * (int64_t)DAY_S; wish < (day + 3) * (int64_t)DAY_S;
         wish += 660) {
        while (libc_local(utc_s) < wish)
            utc_s += 60;
        int64_t got =
            zone_instant(zone, (int32_t)(wish / DAY_S), (int)(wish % DAY_S / 60));
        if (got != utc_s * 1000)
            fail_msg("%s: wish %lld, expected %lld, got %lld", name, (long long)wish,
                     (long long)utc_s, (long long)got / 1000);
    }
}

static void zone_instant__agrees_with_a_search__around_every_shift(void **state)
{
    (void)state;
    struct strv names = list_zones();
    for (size_t i = 0; i < names.count; i++) {
        struct zone *zone = open_zone(names.items[i]);
        use_libc_zone(names.items[i]);
        int64_t utc_s = 1293840000; /* 2011 */
        int64_t offset = libc_local(utc_s) - utc_s;
        for (; utc_s < 1514764800; utc_s += DAY_S) { /* 2018 */
            if (libc_local(utc_s) - utc_s != offset)
                assert_instants_around(zone, names.items[i], utc_s);
            offset = libc_local(utc_s) - utc_s;
        }
        zone_close(zone);
    }
    strv_clear(&names);
}

static void day__round_trips__through_dates(void **state)
{
    (void)state;
    int year, month, day;
    assert_int_equal(day_from_date(1970, 1, 1), 0);
    assert_int_equal(day_from_date(2000, 2, 29), 11016);
    assert_int_equal(day_from_date(0, 3, 1), -719468);
    int32_t number = day_from_date(-800, 1, 1);
    for (int y = -800; y <= 2800; y++) {
        for (int m = 1; m <= 12; m++) {
            day_to_date(number, &year, &month, &day);
            assert_true(year == y && month == m && day == 1);
            assert_int_equal(day_from_date(y, m, 1), number);
            bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
            number += m == 2                                  ? 28 + leap
                      : m == 4 || m == 6 || m == 9 || m == 11 ? 30
                                                              : 31;
        }
    }
}

static void day_weekday__is_four__on_the_first_of_1970(void **state)
{
    (void)state;
    assert_int_equal(day_weekday(0), 4);
    assert_int_equal(day_weekday(-1), 3);
    assert_int_equal(day_weekday(-4), 7);
    assert_int_equal(day_weekday(day_from_date(2027, 3, 28)), 7);
}

static void day_parse__refuses__what_is_no_date(void **state)
{
    static const struct {
        const char *text;
        enum status status;
    } cases[] = {
        {"2027-02-28", ST_OK},      {"2028-02-29", ST_OK},
        {"2027-02-29", ST_RANGE},   {"2027-13-01", ST_RANGE},
        {"2027-00-10", ST_RANGE},   {"2027-04-31", ST_RANGE},
        {"2027-04-00", ST_RANGE},   {"2027-4-01", ST_INVALID},
        {"", ST_INVALID},           {"2027/04/01", ST_INVALID},
        {"20x7-04-01", ST_INVALID}, {"2027-04-011", ST_INVALID},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day = 123;
        char text[11];
        assert_int_equal(day_parse(cases[i].text, &day), cases[i].status);
        if (cases[i].status) {
            assert_int_equal(day, 123);
        } else {
            day_format(day, text);
            assert_string_equal(text, cases[i].text);
        }
    }
}

static void week__agrees_with_the_c_library__on_every_day(void **state)
{
    (void)state;
    for (int32_t day = day_from_date(1990, 1, 1); day < day_from_date(2070, 1, 1);
         day++) {
        time_t time = (time_t)day * DAY_S;
        struct tm parts;
        char expected[16], text[9];
        gmtime_r(&time, &parts);
        assert_true(strftime(expected, sizeof expected, "%G-W%V", &parts) > 0);
        int32_t week = week_of_day(day), parsed = 0;
        week_format(week, text);
        assert_string_equal(text, expected);
        assert_int_equal(week_parse(text, &parsed), ST_OK);
        assert_int_equal(parsed, week);
        assert_int_equal(week_monday(week), day - day_weekday(day) + 1);
    }
}

static void week_add__steps__over_the_year(void **state)
{
    (void)state;
    assert_int_equal(week_add(202652, 1), 202653);
    assert_int_equal(week_add(202652, 2), 202701);
    assert_int_equal(week_add(202701, -1), 202653);
    assert_int_equal(week_add(202752, 1), 202801);
    assert_int_equal(week_add(202648, 0), 202648);
}

static void week_parse__refuses__what_is_no_week(void **state)
{
    (void)state;
    int32_t week = 7;
    assert_int_equal(week_parse("2026-W53", &week), ST_OK);
    assert_int_equal(week, 202653);
    assert_int_equal(week_parse("2027-W53", &week), ST_RANGE);
    assert_int_equal(week_parse("2027-W00", &week), ST_RANGE);
    assert_int_equal(week_parse("2027-W54", &week), ST_RANGE);
    assert_int_equal(week_parse("2027-W1", &week), ST_INVALID);
    assert_int_equal(week_parse("2027W011", &week), ST_INVALID);
    assert_int_equal(week_parse("2027-W0x", &week), ST_INVALID);
    assert_int_equal(week, 202653);
}

static void utc_format__floors__to_the_second(void **state)
{
    (void)state;
    char text[21];
    utc_format(1806195600999, text);
    assert_string_equal(text, "2027-03-28T01:00:00Z");
    utc_format(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
    utc_format(951868799000, text);
    assert_string_equal(text, "2000-02-29T23:59:59Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone_open__refuses__what_is_no_zone_name),
        cmocka_unit_test(zone_open__accepts__areas_and_utc),
        cmocka_unit_test(
            zone_instant__gives_the_first_valid_instant__for_a_skipped_minute),
        cmocka_unit_test(zone_instant__gives_the_first_occurrence__of_a_repeated_minute),
        cmocka_unit_test(zone_instant__knows__shifts_of_half_an_hour),
        cmocka_unit_test(zone_instant__knows__shifts_at_midnight),
        cmocka_unit_test(zone_instant__passes_over__a_day_that_was_left_out),
        cmocka_unit_test(zone_instant__uses_the_rule__beyond_the_table_of_shifts),
        cmocka_unit_test(zone_local__splits__an_instant),
        cmocka_unit_test(zone_local__agrees_with_the_c_library__in_all_zones),
        cmocka_unit_test(zone_instant__agrees_with_a_search__around_every_shift),
        cmocka_unit_test(day__round_trips__through_dates),
        cmocka_unit_test(day_weekday__is_four__on_the_first_of_1970),
        cmocka_unit_test(day_parse__refuses__what_is_no_date),
        cmocka_unit_test(week__agrees_with_the_c_library__on_every_day),
        cmocka_unit_test(week_add__steps__over_the_year),
        cmocka_unit_test(week_parse__refuses__what_is_no_week),
        cmocka_unit_test(utc_format__floors__to_the_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
