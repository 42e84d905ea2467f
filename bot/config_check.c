/* config_check.c - the process and its groups: what several keys say together. */
#include "bot/config_check.h"

#include "bot/base/mem.h"
#include "bot/config_path.h"
#include "bot/matrix/url.h"
#include "bot/spread.h"

#include <stdlib.h>
#include <string.h>

#define REVIEW_DAYS 183               /* half a year */
#define WEEK_CLOSES_MIN (16 * 60)     /* Monday 04:00 and 12 hours of grace */
#define EXAMPLE_SERVER ":example.org" /* of the rooms in config.example.ini */

struct folder {
    const char *key, *path;
};

static void check_folders_apart(struct config_reader *reader)
{
    const struct hearth_settings *hearth = &reader->settings->hearth;
    const struct folder folders[] = {{"data_dir", hearth->data_dir},
                                     {"key_dir", hearth->key_dir},
                                     {"week_key_dir", hearth->week_key_dir}};
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            const struct folder *inner = &folders[i], *outer = &folders[j];
            if (i == j || !inner->path || !outer->path ||
                !config_path_is_inside(inner->path, outer->path))
                continue;
            if (i < j && config_path_is_inside(outer->path, inner->path))
                continue; /* the same folder: said once */
            config_report(reader, IS_ERROR, SECTION_HEARTH, "", inner->key,
                          "%s lies in %s: keys and data need folders apart, or a copy of "
                          "one is a copy of both",
                          inner->key, outer->key);
        }
    }
}

static void check_quiet(struct config_reader *reader)
{
    const struct hearth_settings *hearth = &reader->settings->hearth;
    int night = (hearth->quiet_until - hearth->quiet_from + 1440) % 1440;
    if (night > 16 * 60)
        config_report(reader, IS_ERROR, SECTION_HEARTH, "", "quiet_from",
                      "quiet_from and quiet_until leave less than 8 hours of day for "
                      "check-ins: swap them or shorten the night");
}

static bool is_exposed(const char *address)
{
    struct url url;
    if (url_parse(address, &url))
        return false; /* blank, or reported with its value */
    bool is_exposed = !url.is_tls && !url_is_loopback(&url);
    url_clear(&url);
    return is_exposed;
}

static void check_account(struct config_reader *reader)
{
    struct matrix_settings *matrix = &reader->settings->matrix;
    if (is_exposed(matrix->homeserver))
        config_report(reader, IS_ERROR, SECTION_MATRIX, "", "homeserver",
                      "plain http would send the token and every message unprotected: "
                      "write https://, or an address on this machine");
    if (!matrix->tls_verify)
        config_report(reader, IS_WARNING, SECTION_MATRIX, "", "tls_verify",
                      "anybody between Hearth and the homeserver could read along: give "
                      "ca_file instead");
    if (matrix->token_in_query)
        config_report(reader, IS_WARNING, SECTION_MATRIX, "", "token_in_query",
                      "proxies write addresses to their logs, and the token with them");
    /* Blank: those who share a homeserver with Hearth. */
    const char *server = strchr(matrix->user, ':');
    if (matrix->invite_from.count == 0 && server != NULL)
        strv_add(&matrix->invite_from, server + 1);
}

/* Of a date that a person looked at something; false when it is not usable. */
static bool age_of(struct config_reader *reader, const char *date, int *ret_days)
{
    int32_t day;
    if (day_parse(date, &day))
        return false;
    *ret_days = reader->today - day;
    return true;
}

static void check_safety(struct config_reader *reader)
{
    const struct safety_settings *safety = &reader->settings->safety;
    int age;
    if (reader->scope != CONFIG_WHOLE)
        return;
    if (safety->reviewed[0] == '\0')
        config_report(
            reader, IS_WARNING, SECTION_SAFETY, "", "reviewed",
            "nobody said when the help lines were last tried: call them, read the "
            "lists, and put the date of that day here");
    if (!age_of(reader, safety->reviewed, &age))
        return;
    if (age > REVIEW_DAYS)
        config_report(reader, IS_WARNING, SECTION_SAFETY, "", "reviewed",
                      "the help lines were last tried %d days ago: try them again, then "
                      "put today's date here",
                      age);
    else if (age < -1) /* somewhere it is tomorrow */
        config_report(reader, IS_WARNING, SECTION_SAFETY, "", "reviewed",
                      "%s has not come yet: put the day of the last review here",
                      safety->reviewed);
}

void config_check_process(struct config_reader *reader)
{
    check_account(reader);
    check_folders_apart(reader);
    check_quiet(reader);
    check_safety(reader);
}

/* Open the zone; one that cannot be read was reported with its value. */
static void open_zone(struct group_settings *group)
{
    const char *name = group->zone[0] ? group->zone : "UTC";
    if (zone_open(name, &group->zone_rules))
        group->zone_rules = NULL;
}

static void check_summary(struct config_reader *reader,
                          const struct group_settings *group)
{
    if (group->summary_weekday == 1 && group->summary_minute < WEEK_CLOSES_MIN)
        config_report(reader, IS_ERROR, SECTION_GROUP, group->name, "summary_hour",
                      "a week is open for late answers until Monday 16:00: choose that "
                      "time or a later one, or another summary_day");
}

/* Note who uses the room; report it when somebody did already. */
static void claim_room(struct config_reader *reader, GHashTable *owners, const char *room,
                       const char *group, const char *key)
{
    const char *owner = g_hash_table_lookup(owners, room);
    if (owner == NULL) {
        g_hash_table_insert(owners, (void *)(uintptr_t)room, (void *)(uintptr_t)group);
        return;
    }
    if (text_equal(owner, group))
        config_report(reader, IS_ERROR, SECTION_GROUP, group, key,
                      "%s stands here twice: a room has one use", room);
    else
        config_report(
            reader, IS_ERROR, SECTION_GROUP, group, key,
            "%s is a room of [group %s] already: an answer may count in one group "
            "only, so two groups cannot share a room",
            room, owner);
}

static void check_group_rooms(struct config_reader *reader, GHashTable *owners,
                              const struct group_settings *group)
{
    for (size_t i = 0; i < group->rooms.count; i++) {
        const char *room = group->rooms.items[i];
        size_t len = strlen(room), end = strlen(EXAMPLE_SERVER);
        claim_room(reader, owners, room, group->name, "rooms");
        if (reader->scope == CONFIG_WHOLE && len > end &&
            text_equal(room + len - end, EXAMPLE_SERVER))
            config_report(
                reader, IS_WARNING, SECTION_GROUP, group->name, "rooms",
                "%s is the room of the example: put the room of your group here", room);
    }
}

static void check_moderators(struct config_reader *reader, GHashTable *owners,
                             const struct group_settings *group)
{
    const char *owner = g_hash_table_lookup(owners, group->moderators_room);
    if (owner != NULL)
        config_report(reader, IS_ERROR, SECTION_GROUP, group->name, "moderators_room",
                      "%s is a room of [group %s]: moderators need one of their own",
                      group->moderators_room, owner);
}

static void check_offers(struct config_reader *reader, const struct group_settings *group)
{
    const struct settings *settings = reader->settings;
    const char **names = mem_resize(NULL, settings->checkin_count + 1, sizeof *names);
    for (size_t i = 0; i < settings->checkin_count; i++)
        names[i] = settings->checkins[i].name;
    for (size_t i = 0; i < group->checkins.count; i++) {
        const char *name = group->checkins.items[i];
        if (settings_checkin(settings, name) != NULL)
            continue;
        const char *near = text_nearest(name, names, settings->checkin_count);
        config_report(reader, IS_ERROR, SECTION_GROUP, group->name, "checkins",
                      "there is no [checkin %s]%s%s%s", name,
                      near ? ": did you mean \"" : "", near ? near : "",
                      near ? "\"?" : "");
    }
    free(names);
}

/* Can all who may take part be asked within the time over which prompts are spread? */
static void check_pace(struct config_reader *reader, const struct group_settings *group)
{
    const struct settings *settings = reader->settings;
    int64_t needed_min = spread_window_ms(settings, group->expected_people) / 60000;
    const char *late = needed_min > settings->hearth.catch_up_min
                           ? ", and whoever is not asked within catch_up_minutes is left "
                             "out that day"
                           : "";
    if (settings->checkin_count > 0 && needed_min > settings->hearth.spread_min)
        config_report(reader, IS_WARNING, SECTION_GROUP, group->name, "expected_people",
                      "if %d people choose the same hour, asking them all takes %lld "
                      "minutes at messages_per_minute = %d%s: have the homeserver's "
                      "operator lift the limit of this account (Synapse: "
                      "override_ratelimit, see README), then set messages_per_minute = 0",
                      group->expected_people, (long long)needed_min,
                      settings->matrix.messages_per_minute, late);
}

void config_check_groups(struct config_reader *reader)
{
    struct settings *settings = reader->settings;
    GHashTable *owners = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < settings->group_count; i++) {
        open_zone(&settings->groups[i]);
        check_summary(reader, &settings->groups[i]);
        check_group_rooms(reader, owners, &settings->groups[i]);
        check_offers(reader, &settings->groups[i]);
        if (reader->scope == CONFIG_WHOLE)
            check_pace(reader, &settings->groups[i]);
    }
    for (size_t i = 0; i < settings->group_count; i++)
        check_moderators(reader, owners, &settings->groups[i]);
    g_hash_table_destroy(owners);
    if (reader->scope == CONFIG_WHOLE && settings->group_count == 0)
        config_problem_add(reader->problems, reader->sources[0].file, 0, 0, IS_ERROR,
                           "there is no group: add a [group main] with its rooms");
}
