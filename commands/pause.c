/* pause.c - `pause`, `resume`: no prompts for a while, and no reproach. */
#include "bot/base/mem.h"
#include "commands/checkin.h"
#include "commands/dates.h"
#include "commands/personal.h"
#include "commands/question.h"
#include "commands/schedule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PAUSE_DAYS_MAX 366

/* Days in "2w", "3 days", "a week": 0 when it is no such span. */
static int64_t read_span(const char *count, const char *unit)
{
    int64_t number = 1;
    if (strcmp(count, "a") != 0 && strcmp(count, "one") != 0 &&
        text_to_int(count, 1, PAUSE_DAYS_MAX, &number) != ST_OK)
        return 0;
    static const char *const days[] = {"d", "day", "days"};
    static const char *const weeks[] = {"w", "week", "weeks"};
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(unit, days[i]) == 0)
            return number;
        if (strcmp(unit, weeks[i]) == 0)
            return number * 7;
    }
    return strcmp(unit, "month") == 0 || strcmp(unit, "months") == 0 ? number * 30 : 0;
}

/* "2w" in one word. */
static int64_t read_short_span(const char *word)
{
    char *count = mem_dup(word);
    size_t digits = 0;
    while (isdigit((unsigned char)word[digits]))
        digits++;
    count[digits] = '\0';
    int64_t days = digits > 0 ? read_span(count, word + digits) : 0;
    free(count);
    return days;
}

/* The first day asked again; 0 when the words say none. */
static int32_t read_until(const struct settings *settings, const struct strv *args,
                          int32_t today)
{
    size_t at = args->count > 0 && (strcmp(args->items[0], "until") == 0 ||
                                    strcmp(args->items[0], "for") == 0 ||
                                    strcmp(args->items[0], "till") == 0)
                    ? 1
                    : 0;
    size_t left = args->count - at;
    int64_t days = 0;
    int32_t until = 0;
    if (left > 1 && strcmp(args->items[at], "next") == 0) {
        at++; /* "until next Monday" */
        left--;
    }
    if (left == 2)
        days = read_span(args->items[at], args->items[at + 1]);
    if (left == 1)
        days = read_short_span(args->items[at]);
    if (left == 1 && days == 0 && strcmp(args->items[at], "tomorrow") == 0)
        days = 1;
    int weekday =
        left == 1 && days == 0 ? weekday_from_word(settings, args->items[at]) : 0;
    if (weekday > 0)
        days = (weekday - day_weekday(today) + 6) % 7 + 1;
    if (left == 1 && days == 0 && day_parse(args->items[at], &until) == ST_OK)
        return until > today && until <= today + PAUSE_DAYS_MAX ? until : 0;
    return days > 0 && days <= PAUSE_DAYS_MAX ? today + (int32_t)days : 0;
}

static enum status pause_row(struct turn *turn, struct member *member, int32_t until)
{
    member->paused_until_day = until;
    member->silent_days = 0;
    member->last_answer_day = member->last_prompt_day; /* silence before it is past */
    enum status status = question_drop(turn->store, member->user_id, member->checkin);
    return status == ST_OK ? member_replan(turn, member) : status;
}

static enum status say_paused(struct turn *turn, int32_t until)
{
    if (until >= PAUSED_OPEN)
        return personal_say(turn, TEXT_PAUSED_OPEN);
    char *date = date_words(turn->settings, until);
    char *text = say(turn->settings, TEXT_PAUSED, "date", date, NULL);
    free(date);
    return personal_reply(turn, text);
}

static enum status run_pause(struct turn *turn, const struct strv *args)
{
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    int32_t until = PAUSED_OPEN;
    if (status == ST_OK && rows.count == 0)
        status = personal_say(turn, TEXT_NOT_TAKING_PART);
    else if (status == ST_OK && args->count > 0)
        until = read_until(turn->settings, args,
                           schedule_local_day(&rows.items[0], turn->now.utc_ms));
    if (status == ST_OK && rows.count > 0 && until == 0) {
        status = personal_say(turn, TEXT_PAUSE_UNCLEAR);
    } else if (status == ST_OK && rows.count > 0) {
        for (size_t i = 0; i < rows.count && status == ST_OK; i++)
            status = pause_row(turn, &rows.items[i], until);
        drop_queued_prompts(turn, turn->request->sender);
        if (status == ST_OK)
            status = say_paused(turn, until);
    }
    member_list_clear(&rows);
    return status;
}

static enum status resume_row(struct turn *turn, struct member *member)
{
    member->paused_until_day = 0;
    member->is_resting = false;
    member->silent_days = 0;
    member->last_answer_day = member->last_prompt_day;
    return member_replan(turn, member);
}

static enum status run_resume(struct turn *turn, const struct strv *args)
{
    (void)args;
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++)
        status = resume_row(turn, &rows.items[i]);
    if (status == ST_OK && rows.count == 0) {
        status = personal_say(turn, TEXT_NOT_TAKING_PART);
    } else if (status == ST_OK) {
        char *next = member_next_words(turn->settings, &rows.items[0]);
        status =
            personal_reply(turn, say(turn->settings, TEXT_RESUMED, "next", next, NULL));
        free(next);
    }
    member_list_clear(&rows);
    return status;
}

const struct command cmd_pause = {
    .name = "pause",
    .usage = "pause until Monday",
    .summary = TEXT_ABOUT_PAUSE,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .max_args = 3,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .run = run_pause,
};

const struct command cmd_resume = {
    .name = "resume",
    .aliases = "unpause",
    .usage = "resume",
    .summary = TEXT_ABOUT_RESUME,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .run = run_resume,
};
