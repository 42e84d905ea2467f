/* zone.h - local time: IANA zones through GLib on the system's tzdata, ISO weeks.
 *
 * A `day` counts days since 1970-01-01 in the proleptic Gregorian calendar; it
 * names a local date without a zone. An ISO week is year * 100 + week
 * (202648), Monday first.
 */
#ifndef HEARTH_BASE_ZONE_H
#define HEARTH_BASE_ZONE_H

#include "bot/base/status.h"
#include <stdbool.h>
#include <stdint.h>

#define ZONE_FOLDER "/usr/share/zoneinfo/" /* the system's tzdata */

struct zone; /* one IANA zone, immutable */

/* ST_NOT_FOUND when the system's tzdata has no zone of that name; offsets
 * ("+02:00") and paths are refused. "UTC" always works. */
enum status zone_open(const char *name, struct zone **ret_zone) MUST_CHECK;
void zone_close(struct zone *zone);
/* A name that people may choose: of the form Area/City, or "UTC". */
bool zone_exists(const char *name);
/* A name without an area that tzdata keeps ("Japan", "EST5EDT"): it can be opened,
 * nobody is offered it. */
bool zone_is_old_name(const char *name);

struct local_time {
    int32_t day;
    int minute;   /* of the day, 0..1439 */
    int weekday;  /* 1 Monday .. 7 Sunday */
    int offset_s; /* east of UTC */
};

void zone_local(const struct zone *zone, int64_t utc_ms, struct local_time *ret_local);

/* The first instant at which the local clock on `day` shows `minute` or later:
 * a skipped minute gives the first valid one after it, a repeated one its first
 * occurrence. */
int64_t zone_instant(const struct zone *zone, int32_t day, int minute);

#define DAY_MS INT64_C(86400000)

int32_t day_of_utc(int64_t utc_ms); /* the UTC day */
int32_t day_from_date(int year, int month, int day);
void day_to_date(int32_t day, int *ret_year, int *ret_month, int *ret_day);
int day_weekday(int32_t day); /* 1 Monday .. 7 Sunday */

/* 2027-03-28. ST_INVALID when malformed, ST_RANGE when there is no such day. */
enum status day_parse(const char *text, int32_t *ret_day) MUST_CHECK;
void day_format(int32_t day, char ret_text[11]);

int32_t week_of_day(int32_t day);      /* 202648 */
int32_t week_monday(int32_t iso_week); /* the day */
int32_t week_add(int32_t iso_week, int weeks);
void week_format(int32_t iso_week, char ret_text[9]);                   /* 2026-W48 */
enum status week_parse(const char *text, int32_t *ret_week) MUST_CHECK; /* as day_parse */

/* 2027-03-28T01:00:00Z */
void utc_format(int64_t utc_ms, char ret_text[21]);

#endif
