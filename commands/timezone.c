/* timezone.c - `timezone Tokyo`: a member's check-ins follow another clock.
 *
 * All of a person's check-ins change at once. Where the words may mean several
 * zones they choose from a numbered list. No local day is asked twice; where the
 * journey leaves today without a prompt, the reply says so.
 */
#include "commands/timezone.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "commands/dates.h"
#include "commands/personal.h"
#include "commands/reply.h"
#include "commands/schedule.h"
#include "commands/zone_guess.h"

#include <stdlib.h>
#include <string.h>

#define ZONE_MARK "timezone\n" /* begins what talk_ask remembers; a zone a line */
#define WORDS_MAX 10

/* Today is one of the chosen days, was not asked, and will not be any more. */
static bool is_today_left_out(const struct turn *turn, const struct member *member)
{
    int32_t today = schedule_local_day(member, turn->now.utc_ms);
    return member->due_utc_ms != INT64_MAX &&
           schedule_local_day(member, member->due_utc_ms) > today &&
           member->last_prompt_day < today && member->paused_until_day <= today &&
           member->weekdays & 1 << (day_weekday(today) - 1);
}

static enum status move(struct turn *turn, struct member *member, const char *zone)
{
    const struct settings *settings = turn->settings;
    free(member->zone);
    member->zone = mem_dup(zone);
    enum status status = member_replan(turn, member);
    if (status != ST_OK)
        return status;
    char *days = weekday_words(settings, member->weekdays);
    char *hour = hour_words(member->minute);
    char *next = member_next_words(settings, member);
    enum text_id id = is_today_left_out(turn, member) ? TEXT_TIMEZONE_TODAY_PASSED
                                                      : TEXT_CHECKIN_CHANGED;
    char *text = say(settings, id, "days", days, "hour", hour, "zone", member->zone,
                     "next", next, NULL);
    free(days);
    free(hour);
    free(next);
    return personal_reply(turn, text);
}

static enum status move_all(struct turn *turn, const char *zone)
{
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK && rows.count == 0)
        status = personal_say(turn, TEXT_NOT_TAKING_PART);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++)
        status = move(turn, &rows.items[i], zone);
    member_list_clear(&rows);
    return status;
}

static enum status let_choose(struct turn *turn, const struct strv *zones)
{
    struct buf asked;
    char *list = zone_choices(zones);
    buf_init(&asked, 2000);
    buf_add_text(&asked, ZONE_MARK);
    for (size_t i = 0; i < zones->count; i++)
        buf_addf(&asked, "%s\n", zones->items[i]);
    enum status status = asked.overflowed ? ST_TOO_BIG : talk_ask(turn, asked.data);
    if (status == ST_OK)
        status = personal_reply(
            turn, say(turn->settings, TEXT_TIMEZONE_CHOOSE, "choices", list, NULL));
    buf_clear(&asked);
    free(list);
    return status;
}

static enum status change(struct turn *turn, const char *words)
{
    struct strv zones = {0};
    enum status status = zone_guess(words, turn->now.utc_ms, &zones);
    if (status == ST_NOT_FOUND)
        return personal_say(turn, TEXT_ZONE_UNKNOWN);
    if (status == ST_OK && zones.count == 1)
        status = move_all(turn, zones.items[0]);
    else if (status == ST_OK)
        status = let_choose(turn, &zones);
    strv_clear(&zones);
    return status;
}

static enum status run_timezone(struct turn *turn, const struct strv *args)
{
    struct member_list rows = {0};
    struct buf words;
    bool is_proposal = false; /* then it is about the check-in that may begin */
    enum status status = consent_text(turn, &is_proposal);
    if (status != ST_OK || is_proposal)
        return status;
    status = member_of_user(turn->store, turn->request->sender, &rows);
    buf_init(&words, 200);
    for (size_t i = 0; i < args->count; i++)
        buf_addf(&words, "%s%s", i > 0 ? " " : "", args->items[i]);
    if (status == ST_OK && rows.count == 0)
        status = personal_say(turn, TEXT_NOT_TAKING_PART);
    else if (status == ST_OK && args->count == 0)
        status = personal_reply(turn, say(turn->settings, TEXT_TIMEZONE_IS, "zone",
                                          rows.items[0].zone, NULL));
    else if (status == ST_OK && words.overflowed)
        status = personal_say(turn, TEXT_ZONE_UNKNOWN);
    else if (status == ST_OK)
        status = change(turn, words.data);
    buf_clear(&words);
    member_list_clear(&rows);
    return status;
}

enum status timezone_answer(struct turn *turn, const char *asked, bool *ret_is_handled)
{
    struct strv zones;
    int64_t number = 0;
    enum status status = ST_OK;
    *ret_is_handled = false;
    if (!text_starts(asked, ZONE_MARK))
        return ST_OK;
    text_split(asked + strlen(ZONE_MARK), '\n', &zones);
    char *text = text_trim(turn->request->text);
    if (text_to_int(text, 1, (int64_t)zones.count, &number) == ST_OK) {
        *ret_is_handled = true;
        status = move_all(turn, zones.items[number - 1]);
    }
    free(text);
    strv_clear(&zones);
    return status;
}

const struct command cmd_timezone = {
    .name = "timezone",
    .aliases = "time zone|zone",
    .usage = "timezone Tokyo",
    .summary = TEXT_ABOUT_TIMEZONE,
    .where = IN_DM,
    .role = ROLE_MEMBER,
    .max_args = WORDS_MAX,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .run = run_timezone,
};
