/* zone.c - local time and ISO weeks, all in integers.
 *
 * A GTimeZone is a list of intervals of constant offset. GLib tells which
 * interval an instant is in, not where it ends; zone_instant finds ends by
 * bisection and walks from a moment that is early enough under any offset.
 * Dates are our own arithmetic, so nothing depends on GDateTime's year range.
 *
 * Known: GLib 2.74 misreads the rule of Europe/Dublin (daylight saving in
 * winter). The shifts that Debian's tzdata lists one by one, until 2037, hide it.
 */
#include "bot/base/zone.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ZONE_NAME_MAX 100
#define DAY_S 86400
#define OFFSET_MAX_S (26 * 3600) /* what a zone file may hold (RFC 8536) */

struct zone {
    GTimeZone *tz;
};

/* Whether `name` has the shape Area/City: no absolute path, no "..", none of
 * the offsets ("+02:00") and rules ("EST5EDT") that GLib would understand. */
static bool has_zone_shape(const char *name)
{
    size_t len = strlen(name);
    bool part_start = true, has_slash = false;
    for (size_t i = 0; i < len; i++) {
        if (part_start && !g_ascii_isalpha(name[i]))
            return false;
        if (!g_ascii_isalnum(name[i]) && strchr("_-+/", name[i]) == NULL)
            return false;
        part_start = name[i] == '/';
        has_slash |= part_start;
    }
    /* posix/ and right/ hold copies of all zones; right/ counts leap seconds. */
    return has_slash && !part_start && len <= ZONE_NAME_MAX &&
           !text_starts(name, "posix/") && !text_starts(name, "right/");
}

bool zone_exists(const char *name)
{
    struct stat info;
    char path[sizeof ZONE_FOLDER + ZONE_NAME_MAX];
    if (text_equal(name, "UTC"))
        return true;
    if (!has_zone_shape(name))
        return false;
    snprintf(path, sizeof path, ZONE_FOLDER "%s", name);
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool zone_is_old_name(const char *name)
{
    static const char *const no_zones[] = {"Factory", "leapseconds", "localtime",
                                           "posixrules", NULL};
    struct stat info;
    char path[sizeof ZONE_FOLDER + ZONE_NAME_MAX];
    size_t len = strlen(name);
    if (!g_ascii_isalpha(name[0]) || len > ZONE_NAME_MAX ||
        text_is_one_of(name, no_zones))
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!g_ascii_isalnum(name[i]) && strchr("_-+", name[i]) == NULL)
            return false;
    }
    snprintf(path, sizeof path, ZONE_FOLDER "%s", name);
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* GLib would take a rule ("EST5EDT") out of an old name; a path is only read. */
static GTimeZone *load(const char *name)
{
    char path[sizeof ZONE_FOLDER + ZONE_NAME_MAX];
    if (text_equal(name, "UTC"))
        return g_time_zone_new_utc();
    if (zone_exists(name))
        return g_time_zone_new_identifier(name);
    if (!zone_is_old_name(name))
        return NULL;
    snprintf(path, sizeof path, ZONE_FOLDER "%s", name);
    return g_time_zone_new_identifier(path);
}

enum status zone_open(const char *name, struct zone **ret_zone)
{
    GTimeZone *tz = load(name);
    if (tz == NULL)
        return ST_NOT_FOUND;
    struct zone *zone = mem_alloc(sizeof *zone);
    zone->tz = tz;
    *ret_zone = zone;
    return ST_OK;
}

void zone_close(struct zone *zone)
{
    if (zone == NULL)
        return;
    g_time_zone_unref(zone->tz);
    free(zone);
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static int interval_at(const struct zone *zone, int64_t utc_s)
{
    return g_time_zone_find_interval(zone->tz, G_TIME_TYPE_UNIVERSAL, utc_s);
}

void zone_local(const struct zone *zone, int64_t utc_ms, struct local_time *ret_local)
{
    int64_t utc_s = floor_divide(utc_ms, 1000);
    int32_t offset_s = g_time_zone_get_offset(zone->tz, interval_at(zone, utc_s));
    int64_t local_s = utc_s + offset_s;
    int32_t day = (int32_t)floor_divide(local_s, DAY_S);
    *ret_local =
        (struct local_time){.day = day,
                            .minute = (int)((local_s - day * (int64_t)DAY_S) / 60),
                            .weekday = day_weekday(day),
                            .offset_s = offset_s};
}

/* The first second after `from` that is in a later interval; one is by `to`. */
static int64_t interval_end(const struct zone *zone, int64_t from, int64_t to)
{
    int interval = interval_at(zone, from);
    while (to - from > 1) {
        int64_t middle = from + (to - from) / 2;
        if (interval_at(zone, middle) == interval)
            from = middle;
        else
            to = middle;
    }
    return to;
}

int64_t zone_instant(const struct zone *zone, int32_t day, int minute)
{
    const int64_t wished_s = (int64_t)day * DAY_S + minute * 60; /* on the local clock */
    int64_t start = wished_s - OFFSET_MAX_S; /* no clock shows the wished time yet */
    for (;;) {
        int interval = interval_at(zone, start);
        int64_t instant = wished_s - g_time_zone_get_offset(zone->tz, interval);
        if (instant <= start)
            return start * 1000; /* the clock has jumped to or over it */
        if (interval_at(zone, instant) == interval)
            return instant * 1000;
        start = interval_end(zone, start, instant);
    }
}

int32_t day_of_utc(int64_t utc_ms)
{
    int64_t day = utc_ms / DAY_MS;
    return (int32_t)(utc_ms % DAY_MS < 0 ? day - 1 : day);
}

/* Days and dates after Howard Hinnant's "chrono-compatible low-level date
 * algorithms": years that begin in March, in eras of 400. */
int32_t day_from_date(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = floor_divide(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

void day_to_date(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* 0 is March */
    *ret_day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    *ret_month = (int)(month < 10 ? month + 3 : month - 9);
    *ret_year = (int)(year_of_era + era * 400 + (month >= 10));
}

int day_weekday(int32_t day)
{
    int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - floor_divide(since_monday, 7) * 7) + 1;
}

/* `count` digits of `value`, cut to what fits, without a NUL. */
static void put_digits(char *text, int count, int64_t value)
{
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* `count` digits at `text`, or -1. */
static int read_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

enum status day_parse(const char *text, int32_t *ret_day)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return ST_INVALID;
    int year = read_digits(text, 4);
    int month = read_digits(text + 5, 2);
    int day = read_digits(text + 8, 2);
    if (year < 0 || month < 0 || day < 0)
        return ST_INVALID;
    int real_year, real_month, real_day;
    int32_t result = day_from_date(year, month, day);
    day_to_date(result, &real_year, &real_month, &real_day);
    if (real_year != year || real_month != month || real_day != day)
        return ST_RANGE;
    *ret_day = result;
    return ST_OK;
}

void day_format(int32_t day, char ret_text[11])
{
    int year, month, day_of_month;
    day_to_date(day, &year, &month, &day_of_month);
    memcpy(ret_text, "0000-00-00", 11);
    put_digits(ret_text, 4, year);
    put_digits(ret_text + 5, 2, month);
    put_digits(ret_text + 8, 2, day_of_month);
}

int32_t week_of_day(int32_t day)
{
    int year, month, day_of_month;
    int32_t thursday = day - day_weekday(day) + 4; /* its year is the week's */
    day_to_date(thursday, &year, &month, &day_of_month);
    return year * 100 + (thursday - day_from_date(year, 1, 1)) / 7 + 1;
}

int32_t week_monday(int32_t iso_week)
{
    int32_t in_first_week = day_from_date(iso_week / 100, 1, 4);
    return in_first_week - (day_weekday(in_first_week) - 1) + (iso_week % 100 - 1) * 7;
}

int32_t week_add(int32_t iso_week, int weeks)
{
    return week_of_day(week_monday(iso_week) + weeks * 7);
}

void week_format(int32_t iso_week, char ret_text[9])
{
    memcpy(ret_text, "0000-W00", 9);
    put_digits(ret_text, 4, iso_week / 100);
    put_digits(ret_text + 6, 2, iso_week % 100);
}

enum status week_parse(const char *text, int32_t *ret_week)
{
    if (strlen(text) != 8 || text[4] != '-' || text[5] != 'W')
        return ST_INVALID;
    int year = read_digits(text, 4), week = read_digits(text + 6, 2);
    if (year < 0 || week < 0)
        return ST_INVALID;
    int32_t result = year * 100 + week;
    if (week_of_day(week_monday(result)) != result)
        return ST_RANGE;
    *ret_week = result;
    return ST_OK;
}

void utc_format(int64_t utc_ms, char ret_text[21])
{
    int64_t utc_s = floor_divide(utc_ms, 1000);
    int32_t day = (int32_t)floor_divide(utc_s, DAY_S);
    int64_t second = utc_s - day * (int64_t)DAY_S;
    day_format(day, ret_text);
    memcpy(ret_text + 10, "T00:00:00Z", 11);
    put_digits(ret_text + 11, 2, second / 3600);
    put_digits(ret_text + 14, 2, second / 60 % 60);
    put_digits(ret_text + 17, 2, second % 60);
}
