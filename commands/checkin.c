/* checkin.c - `checkin`: begin, change, end, or see how one's check-in stands.
 *
 * `checkin on` explains and asks (consent.c); for somebody who said yes before it
 * changes hour and zone at once, unless the notice's meaning has changed since.
 */
#include "commands/checkin.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/checkin_offer.h"
#include "commands/dates.h"
#include "commands/personal.h"
#include "commands/stop.h"
#include "commands/zone_guess.h"

#include <stdlib.h>
#include <string.h>

/* What `checkin on ...` asks for. */
struct wish {
    const struct checkin_settings *checkin;
    int minute; /* -1: none named */
    char *zone; /* NULL: none named */
};

/* The words from `at` on that make a time: 1 or 2 of them, 0 none. */
static size_t read_hour(const struct strv *args, size_t at, int *ret_minute)
{
    struct buf two;
    buf_init(&two, 64);
    buf_addf(&two, "%s %s", args->items[at],
             at + 1 < args->count ? args->items[at + 1] : "");
    size_t used = 0;
    if (at + 1 < args->count && !two.overflowed &&
        text_to_minute(two.data, ret_minute) == ST_OK)
        used = 2;
    else if (text_to_minute(args->items[at], ret_minute) == ST_OK)
        used = 1;
    buf_clear(&two);
    return used;
}

/* Only what names one zone: a choice is `timezone`'s. */
static enum status read_zone(const struct turn *turn, const char *words, char **ret_name)
{
    struct strv zones = {0};
    enum status status = zone_guess(words, turn->now.utc_ms, &zones);
    if (status == ST_OK && zones.count > 1)
        status = ST_NOT_FOUND;
    if (status == ST_OK)
        *ret_name = mem_dup(zones.items[0]);
    strv_clear(&zones);
    return status;
}

/* Words behind "on": a check-in's name, an hour, a zone, in any order. */
static enum status read_wish(const struct turn *turn, const struct strv *args,
                             struct wish *wish)
{
    struct buf zone;
    enum status status = ST_OK;
    buf_init(&zone, 200);
    for (size_t i = 1; i < args->count; i++) {
        const struct checkin_settings *named =
            settings_checkin(turn->settings, args->items[i]);
        size_t used = 0;
        if (named != NULL) {
            wish->checkin = named;
        } else if (wish->minute < 0 && (used = read_hour(args, i, &wish->minute)) > 0) {
            i += used - 1;
        } else if (strcmp(args->items[i], "at") != 0) {
            buf_addf(&zone, "%s%s", zone.len > 0 ? " " : "", args->items[i]);
        }
    }
    if (zone.len > 0)
        status = zone.overflowed ? ST_NOT_FOUND : read_zone(turn, zone.data, &wish->zone);
    buf_clear(&zone);
    return status;
}

static enum status say_row(struct turn *turn, enum text_id id,
                           const struct member *member)
{
    const struct settings *settings = turn->settings;
    char *days = weekday_words(settings, member->weekdays);
    char *hour = hour_words(member->minute);
    char *date = date_words(settings, member->consent_day);
    char *next = member_next_words(settings, member);
    enum status status =
        personal_reply(turn, say(settings, id, "days", days, "hour", hour, "zone",
                                 member->zone, "date", date, "next", next, NULL));
    free(days);
    free(hour);
    free(date);
    free(next);
    return status;
}

static enum status show_state(struct turn *turn)
{
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK && rows.count == 0)
        status = personal_say(turn, TEXT_CHECKIN_STATE_OFF);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++)
        status = say_row(turn, TEXT_CHECKIN_STATE_ON, &rows.items[i]);
    member_list_clear(&rows);
    return status;
}

/* An hour or zone for a check-in that is on; nothing named: how it stands. */
static enum status change_row(struct turn *turn, const struct wish *wish,
                              struct member *member)
{
    if (wish->minute < 0 && wish->zone == NULL)
        return say_row(turn, TEXT_CHECKIN_STATE_ON, member);
    if (wish->minute >= 0)
        member->minute = wish->minute;
    if (wish->zone != NULL) {
        free(member->zone);
        member->zone = mem_dup(wish->zone);
    }
    enum status status = member_replan(turn, member);
    return status == ST_OK ? say_row(turn, TEXT_CHECKIN_CHANGED, member) : status;
}

/* The row that `checkin on 21:00` changes: of the check-in named, else the first
 * that is on. ST_NOT_FOUND: something is to begin. */
static enum status find_row(struct turn *turn, const struct wish *wish,
                            struct member *ret_member)
{
    struct member_list rows = {0};
    bool is_change = wish->checkin != NULL || wish->minute >= 0 || wish->zone != NULL;
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    enum status found = ST_NOT_FOUND;
    for (size_t i = 0; i < rows.count && is_change && found != ST_OK; i++) {
        const struct member *row = &rows.items[i];
        if (!consent_holds(turn->settings, row) ||
            (wish->checkin != NULL && strcmp(row->checkin, wish->checkin->name) != 0))
            continue;
        member_copy(ret_member, row);
        found = ST_OK;
    }
    member_list_clear(&rows);
    return status == ST_OK ? found : status;
}

static enum status offer(struct turn *turn, const struct wish *wish)
{
    struct member_list rows = {0};
    bool has_any = false;
    enum status status = checkin_is_offered(turn, wish->checkin, &has_any);
    if (status == ST_OK && !has_any && wish->checkin == NULL)
        status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK && rows.count > 0) /* nothing left to begin: how it stands */
        status = show_state(turn);
    else if (status == ST_OK)
        status = checkin_offer(turn, wish->checkin, wish->minute, wish->zone);
    member_list_clear(&rows);
    return status;
}

static enum status turn_on(struct turn *turn, const struct strv *args)
{
    struct wish wish = {.minute = -1};
    struct member member = {0};
    if (turn->request->group == NULL)
        return personal_say(turn, TEXT_CHECKIN_NONE_HERE);
    enum status status = read_wish(turn, args, &wish);
    if (status == ST_NOT_FOUND)
        return personal_say(turn, TEXT_CHECKIN_ON_UNCLEAR);
    if (status == ST_OK &&
        (wish.minute < 0 || !consent_refuses_hour(turn, wish.minute))) {
        status = find_row(turn, &wish, &member);
        if (status == ST_OK)
            status = change_row(turn, &wish, &member);
        else if (status == ST_NOT_FOUND)
            status = offer(turn, &wish);
    }
    member_clear(&member);
    free(wish.zone);
    return status;
}

/* `checkin off NAME` */
static enum status turn_off(struct turn *turn, const char *name)
{
    enum status status = checkin_stop_one(turn, turn->request->sender, name);
    if (status == ST_NOT_FOUND)
        return personal_say(turn, TEXT_NOT_TAKING_PART);
    if (status != ST_OK)
        return status;
    return personal_reply(
        turn, say(turn->settings, TEXT_CHECKIN_ONE_OFF, "checkin", name, NULL));
}

/* The weekdays that the words name, as bits; 0: something else. */
static int read_days(const struct settings *settings, const struct strv *args)
{
    int days = 0;
    bool is_one = args->count == 2;
    if (is_one && strcmp(args->items[1], "weekdays") == 0)
        return 31;
    if (is_one && strcmp(args->items[1], "weekends") == 0)
        return 96;
    if ((args->count == 3 && strcmp(args->items[1], "every") == 0 &&
         strcmp(args->items[2], "day") == 0) ||
        (is_one && strcmp(args->items[1], "daily") == 0))
        return 127;
    for (size_t i = 1; i < args->count; i++) {
        char *word = mem_dup(args->items[i]);
        size_t len = strlen(word);
        if (len > 0 && word[len - 1] == ',')
            word[len - 1] = '\0';
        int day = weekday_from_word(settings, word);
        bool is_and = strcmp(word, "and") == 0;
        free(word);
        if (day == 0 && !is_and)
            return 0;
        if (day > 0)
            days |= 1 << (day - 1);
    }
    return days;
}

/* `checkin days mon wed fri`: within the days that each check-in offers. */
static enum status choose_days(struct turn *turn, const struct strv *args)
{
    int days = read_days(turn->settings, args);
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK && rows.count == 0)
        status = personal_say(turn, TEXT_NOT_TAKING_PART);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        struct member *member = &rows.items[i];
        const struct checkin_settings *checkin =
            settings_checkin(turn->settings, member->checkin);
        int offered = checkin != NULL ? checkin->weekdays & days : 0;
        if (offered == 0) {
            status = personal_say(turn, TEXT_CHECKIN_DAYS_UNCLEAR);
            continue;
        }
        member->weekdays = offered;
        status = member_replan(turn, member);
        if (status == ST_OK)
            status = say_row(turn, TEXT_CHECKIN_CHANGED, member);
    }
    member_list_clear(&rows);
    return status;
}

/* `checkin tidy`, `checkin questions on`: a wish for all of one's check-ins. */
static enum status set_wish(struct turn *turn, bool is_on, enum text_id said,
                            void (*set)(struct member *, bool))
{
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK)
        status = personal_say(turn, rows.count > 0 ? said : TEXT_NOT_TAKING_PART);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        set(&rows.items[i], is_on);
        status = member_put(turn->store, &rows.items[i]);
    }
    member_list_clear(&rows);
    return status;
}

static void set_tidy(struct member *member, bool is_on)
{
    member->is_tidy = is_on;
}

static void set_open(struct member *member, bool is_on)
{
    member->asks_openly = is_on;
}

static enum status change_wish(struct turn *turn, const struct strv *args)
{
    const char *what = args->items[0], *how = args->count > 1 ? args->items[1] : "";
    if (strcmp(what, "tidy") == 0 && !turn->request->may_tidy)
        return personal_say(turn, TEXT_TIDY_NOT_HERE);
    if (strcmp(what, "tidy") == 0)
        return set_wish(turn, true, TEXT_TIDY_ON, set_tidy);
    if (strcmp(what, "keep") == 0)
        return set_wish(turn, false, TEXT_TIDY_OFF, set_tidy);
    if (strcmp(what, "questions") == 0 && strcmp(how, "on") == 0)
        return set_wish(turn, true, TEXT_QUESTIONS_ON, set_open);
    if (strcmp(what, "questions") == 0 && strcmp(how, "off") == 0)
        return set_wish(turn, false, TEXT_QUESTIONS_OFF, set_open);
    return personal_say(turn, TEXT_CHECKIN_ON_UNCLEAR);
}

static enum status run_checkin(struct turn *turn, const struct strv *args)
{
    const char *what = args->count > 0 ? args->items[0] : "";
    if (args->count == 0)
        return show_state(turn);
    if (strcmp(what, "on") == 0)
        return turn_on(turn, args);
    if (strcmp(what, "off") == 0 && args->count == 1)
        return stop_everything(turn, false);
    if (strcmp(what, "off") == 0)
        return turn_off(turn, args->items[1]);
    if (strcmp(what, "days") == 0 && args->count > 1)
        return choose_days(turn, args);
    return change_wish(turn, args);
}

const struct command cmd_checkin = {
    .name = "checkin",
    .aliases = "check-in|check in",
    .usage = "checkin on",
    .summary = TEXT_ABOUT_CHECKIN,
    .where = IN_DM,
    .role = ROLE_MEMBER,
    .max_args = 9,
    .safe_words = "on|off|days|tidy|keep|questions", /* "check in: 6 4 3" is an answer */
    .is_never_stale = true,
    .run = run_checkin,
};
