/* prompt.c - the day's prompt of one member: asked once, or left out with reason.
 *
 * Left out: later than the configured grace (after an outage), in the quiet
 * hours, while paused or resting, in a DM that a third person joined, for a day
 * that was asked already. Whatever happens, the next one is planned, so a row
 * never stays due. After SILENT_DAYS_MAX prompts in a row without an answer the
 * check-in rests, with one kind note instead of a prompt.
 *
 * The text says nothing about health unless the member chose so: it stands on
 * lock screens. Who is asked one at a time gets the first question behind it, and
 * everybody, where the moderators wish it, one reminder if nothing is answered.
 */
#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/asking.h"
#include "commands/checkin.h"
#include "commands/personal.h"
#include "commands/tidy.h"
#include "commands/dates.h"
#include "commands/question.h"
#include "commands/schedule.h"
#include "store/room.h"

#include <stdlib.h>

#define SILENT_DAYS_MAX 5
#define MINUTE_MS INT64_C(60000)
#define LOOK_AGAIN_MS (24 * 60 * MINUTE_MS)

static void add_line(struct buf *out, char *line)
{
    if (out->len > 0)
        buf_add_text(out, "\n");
    buf_add_text(out, line);
    free(line);
}

char *prompt_open_text(const struct settings *settings,
                       const struct checkin_settings *checkin)
{
    struct buf questions;
    buf_init(&questions, MESSAGE_TEXT_MAX);
    for (size_t i = 0; i < checkin->item_count; i++) {
        const struct item_settings *item = &settings->items[checkin->items[i]];
        add_line(&questions,
                 say(settings, TEXT_PROMPT_QUESTION, "label", item->label, "question",
                     item->question, "low", item->low, "high", item->high, NULL));
    }
    char *text = say(settings, TEXT_PROMPT_OPEN, "intro", checkin->intro, "questions",
                     questions.data, NULL);
    buf_clear(&questions);
    return text;
}

static char *prompt_text(const struct settings *settings, const struct member *member,
                         const struct checkin_settings *checkin)
{
    if (member->asks_openly)
        return prompt_open_text(settings, checkin);
    char *prompt = say(settings, TEXT_PROMPT, NULL);
    if (member->told_version == checkin->version)
        return prompt;
    char *items = item_words(settings, checkin, ~0u);
    struct buf out;
    buf_init(&out, MESSAGE_TEXT_MAX);
    add_line(&out, prompt);
    buf_add_text(&out, "\n");
    add_line(&out, say(settings, TEXT_PROMPT_CHANGED, "items", items, NULL));
    free(items);
    return buf_take(&out);
}

/* After an outage that cost a day: one line, however many days it was. */
static char *prompt_with_excuse(const struct settings *settings,
                                const struct member *member,
                                const struct checkin_settings *checkin)
{
    char *prompt = prompt_text(settings, member, checkin);
    if (!member->was_away)
        return prompt;
    char *text = say(settings, TEXT_PROMPT_WE_WERE_AWAY, "prompt", prompt, NULL);
    free(prompt);
    return text;
}

static struct effect *add_message(struct turn *turn, const struct member *member,
                                  char *text)
{
    struct effect *effect = effects_add(turn->effects, EFFECT_SAY);
    effect->lifetime = LIFE_PROMPT;
    effect->user_id = mem_dup(member->user_id); /* the room: wherever their DM is now */
    effect->text = text;
    return effect;
}

/* After that the prompt is not delivered any more: it obeys the grace and the
 * quiet hours also when the homeserver is away at its minute. */
static int64_t expiry(const struct turn *turn, const struct member *member,
                      const struct zone *zone)
{
    int64_t grace = member->due_utc_ms + turn->settings->hearth.catch_up_min * MINUTE_MS;
    int64_t quiet = schedule_quiet_start(turn->settings, zone, turn->now.utc_ms);
    return grace < quiet ? grace : quiet;
}

/* Once, if nothing was answered by then, and never in the night. It is queued now and
 * dropped by an answer: a delay is data. */
static void remind(struct turn *turn, const struct member *member,
                   const struct checkin_settings *checkin, const struct zone *zone)
{
    struct local_time local;
    int64_t due = turn->now.utc_ms + checkin->reminder_min * MINUTE_MS;
    int64_t end = turn->now.utc_ms + checkin->window_min * MINUTE_MS;
    int64_t quiet = schedule_quiet_start(turn->settings, zone, due);
    zone_local(zone, due, &local);
    if (checkin->reminder_min == 0 || schedule_is_quiet(turn->settings, local.minute))
        return;
    struct effect *effect =
        add_message(turn, member, say(turn->settings, TEXT_REMINDER, NULL));
    effect->is_prompt = effect->is_reminder = true;
    effect->checkin = mem_dup(checkin->name);
    effect->due_utc_ms = due;
    effect->expires_utc_ms = quiet < end ? quiet : end;
}

/* Behind the prompt, in its lane and as long as it: the first question, for who is
 * asked one at a time. */
static void ask_first(struct turn *turn, const struct member *member,
                      const struct checkin_settings *checkin, int32_t day)
{
    struct question none = {0};
    struct effect *effect = add_message(turn, member, NULL);
    const struct effect *prompt = &turn->effects->items[turn->effects->count - 2];
    effect->due_utc_ms = prompt->due_utc_ms;
    effect->expires_utc_ms = prompt->expires_utc_ms;
    asking_fill(turn->settings, effect, checkin, question_next(&none, checkin), day,
                member->answer_way == ANSWER_TAPS);
}

static enum status ask(struct turn *turn, struct member *member,
                       const struct checkin_settings *checkin, const struct zone *zone,
                       int32_t day)
{
    tidy_release(turn, member); /* of the day before, should any wait */
    struct effect *effect =
        add_message(turn, member, prompt_with_excuse(turn->settings, member, checkin));
    effect->is_prompt = true;
    effect->expires_utc_ms = expiry(turn, member, zone);
    effect->checkin = mem_dup(checkin->name);
    effect->checkin_version = checkin->version;
    effect->checkin_day = day;
    for (size_t i = 0; i < checkin->item_count; i++)
        strv_add(&effect->checkin_items, turn->settings->items[checkin->items[i]].name);
    bool was_silent =
        member->last_prompt_day != 0 && member->last_answer_day < member->last_prompt_day;
    member->silent_days = was_silent ? member->silent_days + 1 : 0;
    member->last_prompt_day = day;
    member->told_version = checkin->version;
    member->was_away = false;
    if (member->answer_way != ANSWER_ALL)
        ask_first(turn, member, checkin, day);
    remind(turn, member, checkin, zone);
    struct question question = {.version = checkin->version,
                                .day = day,
                                .asked_utc_ms = turn->now.utc_ms,
                                .is_stepwise = member->answer_way != ANSWER_ALL,
                                .expires_utc_ms =
                                    turn->now.utc_ms + checkin->window_min * MINUTE_MS};
    return question_put(turn->store, member->user_id, checkin->name, &question);
}

static void rest(struct turn *turn, struct member *member, const struct zone *zone)
{
    member->is_resting = true;
    add_message(turn, member, say(turn->settings, TEXT_PROMPT_REST, NULL))
        ->expires_utc_ms = expiry(turn, member, zone);
}

/* What they said yes to has changed: the notice instead of the prompt, then rest.
 * Without a yes there is no prompt, and no second notice by itself. */
static enum status ask_consent(struct turn *turn, struct member *member,
                               const struct zone *zone)
{
    char *text = NULL;
    enum status status = consent_renew(turn, member, &text);
    if (status != ST_OK)
        return status;
    member->is_resting = true;
    add_message(turn, member, text)->expires_utc_ms = expiry(turn, member, zone);
    return ST_OK;
}

/* Someone else is in the DM, or is asked into it. */
static enum status find_third(const struct turn *turn, const struct member *member,
                              bool *ret_has_third)
{
    int joined = 0, invited = 0;
    enum status status =
        room_member_count(turn->store, member->dm_room, &joined, &invited);
    if (status == ST_OK)
        *ret_has_third = joined + invited > 2;
    return status;
}

/* Is this the moment for the prompt planned at `due_utc_ms`? */
static bool is_timely(const struct turn *turn, const struct member *member,
                      const struct zone *zone)
{
    struct local_time local;
    int64_t late_ms = turn->now.utc_ms - member->due_utc_ms;
    zone_local(zone, turn->now.utc_ms, &local);
    return late_ms <= turn->settings->hearth.catch_up_min * MINUTE_MS &&
           !schedule_is_quiet(turn->settings, local.minute);
}

static bool is_silent_too_long(const struct member *member)
{
    bool was_silent =
        member->last_prompt_day != 0 && member->last_answer_day < member->last_prompt_day;
    return was_silent && member->silent_days + 1 >= SILENT_DAYS_MAX;
}

static enum status ask_or_leave(struct turn *turn, struct member *member,
                                const struct checkin_settings *checkin,
                                const struct zone *zone, int32_t day)
{
    bool has_third = false;
    enum status status = find_third(turn, member, &has_third);
    if (status != ST_OK || has_third || member->paused_until_day > day ||
        member->is_resting || !(member->weekdays & 1 << (day_weekday(day) - 1)))
        return status;
    if (!is_timely(turn, member, zone)) {
        member->was_away = true;
        return ST_OK;
    }
    status = prompted_add(turn->store, member->user_id, member->checkin, day);
    if (status == ST_EXISTS)
        return ST_OK;
    if (status != ST_OK)
        return status;
    if (!consent_holds(turn->settings, member))
        return ask_consent(turn, member, zone);
    if (is_silent_too_long(member)) {
        member->last_prompt_day = day;
        rest(turn, member, zone);
        return ST_OK;
    }
    return ask(turn, member, checkin, zone, day);
}

/* Ask for the day that is due, or only find out which day comes next. */
static enum status ask_and_plan(struct turn *turn, struct member *member,
                                const struct checkin_settings *checkin,
                                const struct zone *zone)
{
    struct local_time now;
    enum status status = ST_OK;
    zone_local(zone, turn->now.utc_ms, &now);
    int32_t day = now.day - 1;
    if (schedule_find_day(turn->settings, zone, member->minute, member->due_utc_ms, &day))
        status = ask_or_leave(turn, member, checkin, zone, day);
    member->due_utc_ms = checkin_next_due(turn->settings, member, day, turn->now.utc_ms);
    return status;
}

enum status checkin_prompt(struct turn *turn, struct member *member)
{
    const struct settings *settings = turn->settings;
    const struct checkin_settings *checkin = settings_checkin(settings, member->checkin);
    struct zone *zone = NULL;
    enum status status = ST_OK;
    if (tombstone_has(turn->store, member->user_id))
        return member_remove(turn->store, member->user_id, member->checkin);
    if (checkin == NULL || settings_group(settings, member->group) == NULL ||
        zone_open(member->zone, &zone) != ST_OK)
        member->due_utc_ms = turn->now.utc_ms + LOOK_AGAIN_MS; /* not configured now */
    else
        status = ask_and_plan(turn, member, checkin, zone);
    zone_close(zone);
    return status == ST_OK ? member_put(turn->store, member) : status;
}
