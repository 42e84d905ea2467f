/* zone_guess.c - see zone_guess.h.
 *
 * The surest reading wins: letters for a clock, an offset, what a clock shows, a
 * zone's own name, then cities, states and countries, at last the same with one
 * slip of the keyboard. zone.tab and iso3166.tab come from the system's tzdata;
 * without them the tables of zone_places.h are left.
 */
#include "commands/zone_guess.h"

#include "bot/base/buf.h"
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "commands/zone_places.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TABLE_MAX (256 * 1024) /* of a file of tzdata */
#define WORDS_MAX 200
#define CLOCK_SLACK_MIN 6 /* a clock may be off, and typing takes a moment */
#define DAY_MIN 1440
#define HALF_YEAR_MS (182 * DAY_MS)
#define SLIP_LEN_MIN 5 /* shorter names are too near to each other */

static bool offset_at(const char *name, int64_t utc_ms, int *ret_offset_s)
{
    struct zone *zone = NULL;
    struct local_time local;
    if (zone_open(name, &zone) != ST_OK)
        return false;
    zone_local(zone, utc_ms, &local);
    zone_close(zone);
    *ret_offset_s = local.offset_s;
    return true;
}

static void add_zone(struct strv *zones, const char *name)
{
    if (zones->count < ZONE_CHOICES_MAX && zone_exists(name) && !strv_has(zones, name))
        strv_add(zones, name);
}

/* Unless a zone whose clock shows the same, now and half a year on, is there. */
static void add_other_clock(struct strv *zones, const char *name, int64_t now_utc_ms)
{
    int now = 0, later = 0, other_now = 0, other_later = 0;
    if (!offset_at(name, now_utc_ms, &now) ||
        !offset_at(name, now_utc_ms + HALF_YEAR_MS, &later))
        return;
    for (size_t i = 0; i < zones->count; i++) {
        if (offset_at(zones->items[i], now_utc_ms, &other_now) &&
            offset_at(zones->items[i], now_utc_ms + HALF_YEAR_MS, &other_later) &&
            now == other_now && later == other_later)
            return;
    }
    add_zone(zones, name);
}

static bool is_same(const char *a, const char *b, unsigned slips)
{
    if (slips == 0)
        return strcmp(a, b) == 0;
    return strlen(a) >= SLIP_LEN_MIN && strlen(b) >= SLIP_LEN_MIN &&
           text_distance(a, b, slips) <= slips;
}

/* Is `words` one of `names`, which are parted by "|"? */
static bool is_named(const char *words, const char *names, unsigned slips)
{
    struct strv list;
    bool found = false;
    text_split(names, '|', &list);
    for (size_t i = 0; i < list.count && !found; i++)
        found = is_same(words, list.items[i], slips);
    strv_clear(&list);
    return found;
}

static void add_places(const struct zone_place *places, const char *words, unsigned slips,
                       struct strv *zones)
{
    for (const struct zone_place *place = places; place->zones != NULL; place++) {
        struct strv list;
        if (!is_named(words, place->names, slips))
            continue;
        text_split(place->zones, ',', &list);
        for (size_t i = 0; i < list.count; i++)
            add_zone(zones, list.items[i]);
        strv_clear(&list);
    }
}

/* Lines of a table of tzdata, empty when it cannot be read. */
static void read_table(const char *name, struct strv *ret_lines)
{
    struct buf content;
    char *path = file_join(ZONE_FOLDER, name);
    buf_init(&content, TABLE_MAX);
    *ret_lines = (struct strv){0};
    if (file_read(path, &content) == ST_OK && content.len > 0 &&
        text_is_utf8(content.data, content.len))
        text_split(content.data, '\n', ret_lines);
    buf_clear(&content);
    free(path);
}

/* The city of a zone's name as people write it. */
static char *city_of(const char *zone)
{
    const char *slash = strrchr(zone, '/');
    char *city = text_fold(slash != NULL ? slash + 1 : zone);
    for (char *p = city; *p; p++) {
        if (*p == '_')
            *p = ' ';
    }
    return city;
}

/* Zones of zone.tab: those of a country, or (code NULL) whose city it is. */
static void add_listed(const char *code, const char *words, unsigned slips,
                       int64_t now_utc_ms, struct strv *zones)
{
    struct strv lines;
    read_table("zone.tab", &lines);
    for (size_t i = 0; i < lines.count && zones->count < ZONE_CHOICES_MAX; i++) {
        struct strv fields;
        text_split(lines.items[i], '\t', &fields);
        if (lines.items[i][0] != '#' && fields.count >= 3) {
            char *city = city_of(fields.items[2]);
            if (code != NULL && strcmp(fields.items[0], code) == 0)
                add_other_clock(zones, fields.items[2], now_utc_ms);
            if (code == NULL && is_same(words, city, slips))
                add_zone(zones, fields.items[2]);
            free(city);
        }
        strv_clear(&fields);
    }
    strv_clear(&lines);
}

static bool is_of_country(const struct strv *lines, const char *code, const char *zone)
{
    bool is = false;
    for (size_t i = 0; i < lines->count && !is; i++) {
        struct strv fields;
        text_split(lines->items[i], '\t', &fields);
        is = fields.count >= 3 && strcmp(fields.items[0], code) == 0 &&
             strcmp(fields.items[2], zone) == 0;
        strv_clear(&fields);
    }
    return is;
}

/* Where most of its people live comes first; zone.tab goes by the map. */
static void add_zones_of(const char *code, int64_t now_utc_ms, struct strv *zones)
{
    struct strv lines;
    read_table("zone.tab", &lines);
    for (size_t i = 0; zone_likely[i] != NULL; i++) {
        if (is_of_country(&lines, code, zone_likely[i]))
            add_other_clock(zones, zone_likely[i], now_utc_ms);
    }
    strv_clear(&lines);
    add_listed(code, NULL, 0, now_utc_ms, zones);
}

static void add_country(const char *words, unsigned slips, int64_t now_utc_ms,
                        struct strv *zones)
{
    struct strv lines;
    for (const struct country_name *row = country_names; row->code != NULL; row++) {
        if (is_named(words, row->names, slips)) {
            add_zones_of(row->code, now_utc_ms, zones);
            return;
        }
    }
    read_table("iso3166.tab", &lines);
    for (size_t i = 0; i < lines.count && zones->count == 0; i++) {
        char *tab = strchr(lines.items[i], '\t');
        if (lines.items[i][0] == '#' || tab == NULL)
            continue;
        *tab = '\0';
        char *name = text_fold(tab + 1);
        if (is_same(words, name, slips))
            add_zones_of(lines.items[i], now_utc_ms, zones);
        free(name);
    }
    strv_clear(&lines);
}

/* "+2", "-05:30", "+0530" as minutes. */
static bool read_offset(const char *text, int *ret_minutes)
{
    if (text[0] != '+' && text[0] != '-')
        return false;
    size_t digits = strspn(text + 1, "0123456789");
    const char *rest = text + 1 + digits;
    int number = atoi(text + 1), minutes = 0;
    if (digits == 0 || digits > 4)
        return false;
    if (digits > 2 && *rest != '\0')
        return false;
    if (digits > 2) {
        minutes = number / 100 * 60 + number % 100;
    } else if (*rest == '\0') {
        minutes = number * 60;
    } else if ((*rest == ':' || *rest == '.') && strlen(rest) == 3 &&
               strspn(rest + 1, "0123456789") == 2) {
        minutes = number * 60 + atoi(rest + 1);
    } else {
        return false;
    }
    *ret_minutes = text[0] == '-' ? -minutes : minutes;
    return minutes <= 14 * 60;
}

/* "utc", "utc+2", "gmt -5", "+05:30". */
static void add_offset(const char *words, int64_t now_utc_ms, struct strv *zones)
{
    char etc[32];
    int minutes = 0, offset_s = 0;
    const char *rest = words;
    if (text_starts(rest, "utc") || text_starts(rest, "gmt"))
        rest += 3;
    rest += strspn(rest, " ");
    if (*rest == '\0' && text_starts(words, "utc"))
        add_zone(zones, "UTC");
    if (!read_offset(rest, &minutes))
        return;
    for (size_t i = 0; zone_likely[i] != NULL && zones->count + 1 < ZONE_CHOICES_MAX;
         i++) {
        if (offset_at(zone_likely[i], now_utc_ms, &offset_s) && offset_s == minutes * 60)
            add_other_clock(zones, zone_likely[i], now_utc_ms);
    }
    if (minutes % 60 != 0)
        return;
    /* POSIX counts west of Greenwich. */
    snprintf(etc, sizeof etc, "Etc/GMT%+d", -minutes / 60);
    add_zone(zones, minutes == 0 ? "UTC" : etc);
}

/* Cut one of these off the front; NULL: none stands there. */
static const char *cut_front(const char *words, const char *const *fronts)
{
    for (size_t i = 0; fronts[i] != NULL; i++) {
        if (text_starts(words, fronts[i]))
            return words + strlen(fronts[i]);
    }
    return NULL;
}

/* What the clock shows: the time of day of "it is 14:30 here", -1 none. A bare
 * number is no time. `ret_is_half`: it may be before or after noon. */
static int read_clock(const char *words, bool *ret_is_half)
{
    static const char *const fronts[] = {
        "it is now ",   "it's now ",         "it is ",          "it's ",
        "its ",         "my clock says ",    "my clock shows ", "the clock says ",
        "my time is ",  "now it is ",        "here it is ",     "here it's ",
        "clock says ",  "currently ",        "local time is ",  "my local time is ",
        "the time is ", "the time here is ", "my watch says ",  NULL};
    static const char *const ends[] = {" here",   " now",        " right now", " o'clock",
                                       " for me", " local time", NULL};
    const char *rest = cut_front(words, fronts);
    bool is_said = rest != NULL;
    char *time = mem_dup(is_said ? rest : words);
    for (size_t i = 0; ends[i] != NULL; i++) {
        size_t len = strlen(time), end = strlen(ends[i]);
        if (len > end && strcmp(time + len - end, ends[i]) == 0) {
            time[len - end] = '\0';
            is_said = true;
            i = (size_t)-1; /* "o'clock here" */
        }
    }
    int minute = -1;
    bool is_noon_told = strchr(time, 'm') != NULL || strstr(time, "noon") != NULL;
    if ((!is_said && strchr(time, ':') == NULL && !is_noon_told) ||
        text_to_minute(time, &minute) != ST_OK)
        minute = -1;
    *ret_is_half = !is_noon_told && time[0] != '0' && minute >= 60 && minute < 13 * 60;
    free(time);
    return minute;
}

static bool shows(int64_t now_utc_ms, int offset_s, int minute)
{
    int64_t local = (now_utc_ms / 60000 + offset_s / 60) % DAY_MIN;
    int64_t apart = (local - minute + 2 * DAY_MIN) % DAY_MIN;
    return apart <= CLOCK_SLACK_MIN || apart >= DAY_MIN - CLOCK_SLACK_MIN;
}

static void add_clock(const char *words, int64_t now_utc_ms, struct strv *zones)
{
    bool is_half = false;
    int minute = read_clock(words, &is_half), offset_s = 0;
    for (size_t i = 0; minute >= 0 && zone_likely[i] != NULL; i++) {
        if (offset_at(zone_likely[i], now_utc_ms, &offset_s) &&
            (shows(now_utc_ms, offset_s, minute) ||
             (is_half && shows(now_utc_ms, offset_s, (minute + DAY_MIN / 2) % DAY_MIN))))
            add_zone(zones, zone_likely[i]);
    }
}

/* Folded, without what people write around a place. */
static char *strip(const char *words)
{
    static const char *const fronts[] = {
        "timezone ",  "time zone ", "zone ",    "my timezone is ", "my time zone is ",
        "i live in ", "i'm in ",    "i am in ", "im in ",          "i'm from ",
        "i am from ", "in ",        "near ",    "the city of ",    "city of ",
        NULL};
    char *folded = text_fold(words);
    size_t len = strlen(folded);
    while (len > 0 && strchr(".!?, ", folded[len - 1]) != NULL)
        folded[--len] = '\0';
    const char *rest = folded, *next;
    while ((next = cut_front(rest, fronts)) != NULL)
        rest = next;
    char *result = text_trim(rest);
    free(folded);
    return result;
}

/* "america/new_york" as the zone files write it. */
static char *capitalise(const char *name)
{
    char *text = mem_dup(name);
    bool is_start = true;
    for (char *p = text; *p; p++) {
        if (*p == ' ')
            *p = '_';
        *p = is_start ? g_ascii_toupper(*p) : g_ascii_tolower(*p);
        is_start = *p == '/' || *p == '_' || *p == '-';
    }
    static const char *const small[] = {"_Of_", "_Es_", "-Au-"};
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
        char *at = strstr(text, small[i]);
        if (at != NULL)
            at[1] = g_ascii_tolower(at[1]);
    }
    return text;
}

/* A zone's own name in any case, or the city in it. */
static enum status read_name(const char *words, char **ret_name)
{
    static const char *const areas[] = {"",        "Europe/",    "America/", "Asia/",
                                        "Africa/", "Australia/", "Pacific/", "Atlantic/",
                                        "Indian/", "Antarctica/"};
    char *trimmed = text_trim(words);
    char *city = capitalise(trimmed);
    enum status status = ST_NOT_FOUND;
    if (zone_exists(trimmed) || g_ascii_strcasecmp(trimmed, "utc") == 0) {
        *ret_name = zone_exists(trimmed) ? mem_dup(trimmed) : mem_dup("UTC");
        status = ST_OK;
    }
    for (size_t i = 0; i < sizeof areas / sizeof areas[0] && status != ST_OK; i++) {
        struct buf name;
        buf_init(&name, 200);
        buf_addf(&name, "%s%s", areas[i], city);
        if (!name.overflowed && *city && zone_exists(name.data)) {
            *ret_name = mem_dup(name.data);
            status = ST_OK;
        }
        buf_clear(&name);
    }
    free(city);
    free(trimmed);
    return status;
}

static void add_name(const char *words, struct strv *zones)
{
    char *name = NULL;
    if (read_name(words, &name) == ST_OK)
        add_zone(zones, name);
    free(name);
}

/* Places, spelt as they are or with a slip. */
static void add_place(const char *words, unsigned slips, int64_t now_utc_ms,
                      struct strv *zones)
{
    add_listed(NULL, words, slips, now_utc_ms, zones);
    add_places(zone_places, words, slips, zones);
    if (slips == 0 && zones->count == 0)
        add_name(words, zones);
    if (zones->count == 0)
        add_country(words, slips, now_utc_ms, zones);
}

/* "Portland, Oregon": the part behind the comma says it as well. */
static void add_parts(const char *words, int64_t now_utc_ms, struct strv *zones)
{
    struct strv parts;
    text_split(words, ',', &parts);
    for (size_t i = 0; i < parts.count && parts.count > 1 && zones->count == 0; i++) {
        char *part = text_trim(parts.items[i]);
        add_place(part, 0, now_utc_ms, zones);
        free(part);
    }
    strv_clear(&parts);
}

enum status zone_guess(const char *words, int64_t now_utc_ms, struct strv *ret_zones)
{
    struct strv zones = {0};
    if (strlen(words) > WORDS_MAX || !text_is_utf8(words, strlen(words)))
        return ST_NOT_FOUND;
    char *asked = strip(words);
    add_places(zone_letters, asked, 0, &zones);
    if (zones.count == 0)
        add_offset(asked, now_utc_ms, &zones);
    if (zones.count == 0)
        add_clock(asked, now_utc_ms, &zones);
    for (unsigned slips = 0; slips <= 1 && zones.count == 0 && asked[0] != '\0'; slips++)
        add_place(asked, slips, now_utc_ms, &zones);
    if (zones.count == 0)
        add_parts(asked, now_utc_ms, &zones);
    free(asked);
    if (zones.count == 0)
        return ST_NOT_FOUND;
    *ret_zones = zones;
    return ST_OK;
}

char *zone_choices(const struct strv *zones)
{
    struct buf list;
    buf_init(&list, SIZE_MAX);
    for (size_t i = 0; i < zones->count; i++)
        buf_addf(&list, "%s%zu. `%s`", i > 0 ? "\n" : "", i + 1, zones->items[i]);
    return buf_take(&list);
}
