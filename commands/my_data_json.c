/* my_data_json.c - what is held about a person, for another program: a rendering of
 * its own, so that the words can be changed without breaking who reads this. Dates are
 * 2027-03-28, hours 21:00, values 0 to 10. `note` says in words what is held besides.
 */
#include "bot/base/json_write.h"
#include "commands/dates.h"
#include "commands/my_data.h"
#include "commands/schedule.h"

#include <stdlib.h>

static const char *const way_names[] = {
    [ANSWER_ALL] = "all", [ANSWER_STEPS] = "steps", [ANSWER_TAPS] = "taps"};

#define FORMAT_VERSION 1

static void write_day(struct json_writer *w, const char *key, int32_t day)
{
    char text[11];
    if (day == 0)
        return;
    day_format(day, text);
    json_text(w, key, text);
}

static void write_row(struct json_writer *w, const struct member *row)
{
    char *hour = hour_words(row->minute);
    char due[21];
    json_object(w, NULL);
    json_text(w, "checkin", row->checkin);
    json_text(w, "group", row->group);
    json_text(w, "room", row->dm_room);
    json_text(w, "zone", row->zone);
    json_text(w, "hour", hour);
    json_array(w, "weekdays"); /* 1 is Monday */
    for (int i = 0; i < 7; i++) {
        if (row->weekdays & 1 << i)
            json_int(w, NULL, i + 1);
    }
    json_array_end(w);
    json_bool(w, "answers_are_tidied", row->is_tidy);
    json_bool(w, "prompt_shows_questions", row->asks_openly);
    json_int(w, "consent_version", row->consent_version);
    json_int(w, "agreed_people", row->agreed_people);
    write_day(w, "consent_date", row->consent_day);
    write_day(w, "last_asked", row->last_prompt_day);
    write_day(w, "last_answered", row->last_answer_day);
    if (row->paused_until_day >= PAUSED_OPEN)
        json_text(w, "paused_until", "resumed");
    else
        write_day(w, "paused_until", row->paused_until_day);
    json_int(w, "silent_days", row->silent_days);
    json_bool(w, "is_resting", row->is_resting);
    json_bool(w, "was_away", row->was_away);
    json_text(w, "answer_way", way_names[row->answer_way]);
    json_int(w, "told_version", row->told_version);
    if (row->due_utc_ms != INT64_MAX) {
        utc_format(row->due_utc_ms, due);
        json_text(w, "next_asked", due);
    }
    json_object_end(w);
    free(hour);
}

static void write_values(struct json_writer *w, const struct settings *settings,
                         const struct week_answers *answers, const char *key,
                         const int8_t *values)
{
    json_array(w, key);
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (values[i] == VALUE_NONE)
            continue;
        char *label = my_data_label(settings, answers->items[i], false);
        json_object(w, NULL);
        json_text(w, "item", label);
        json_int(w, "value", values[i]);
        json_object_end(w);
        free(label);
    }
    json_array_end(w);
}

static void write_entry(struct json_writer *w, const struct settings *settings,
                        const struct my_data_week *week, const struct week_entry *entry)
{
    json_object(w, NULL);
    write_day(w, "date", week_monday(week->week) + entry->day);
    write_values(w, settings, &week->answers, "values", entry->values);
    json_array(w, "triggers");
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        if (!(entry->triggers & 1u << t))
            continue;
        char *label = my_data_label(settings, week->answers.triggers[t], true);
        json_text(w, NULL, label);
        free(label);
    }
    json_array_end(w);
    json_bool(w, "was_edited", entry->edit_s != 0);
    json_object_end(w);
}

/* One item in one past week, with and without one trigger. */
static void write_sums(struct json_writer *w, const struct settings *settings,
                       const struct week_answers *answers, int past)
{
    const struct trigger_sums *sums = &answers->carried[past];
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        for (int item = 0; item < ITEMS_MAX; item++) {
            if (sums->with_days[t][item] == 0)
                continue;
            char *trigger = my_data_label(settings, answers->triggers[t], true);
            char *label = my_data_label(settings, answers->items[item], false);
            json_object(w, NULL);
            json_int(w, "weeks_ago", past + 1);
            json_text(w, "trigger", trigger);
            json_text(w, "item", label);
            json_int(w, "days_with", sums->with_days[t][item]);
            json_int(w, "sum_with", sums->with_sum[t][item]);
            json_int(w, "days", sums->days[item]);
            json_int(w, "sum", sums->sum[item]);
            json_object_end(w);
            free(trigger);
            free(label);
        }
    }
}

static void write_week(struct json_writer *w, const struct settings *settings,
                       const struct my_data_week *week)
{
    char name[9];
    week_format(week->week, name);
    json_object(w, NULL);
    json_text(w, "group", week->group);
    json_text(w, "week", name);
    json_array(w, "answers");
    for (size_t i = 0; i < week->answers.entry_count; i++)
        write_entry(w, settings, week, &week->answers.entries[i]);
    json_array_end(w);
    write_values(w, settings, &week->answers, "last_votes", week->answers.last_votes);
    json_array(w, "trigger_sums");
    for (int past = 0; past < CARRIED_WEEKS; past++)
        write_sums(w, settings, &week->answers, past);
    json_array_end(w);
    json_object_end(w);
}

void my_data_write_json(const struct settings *settings, const struct my_data *data,
                        struct buf *out)
{
    struct json_writer w;
    json_begin(&w, out);
    json_object(&w, NULL);
    json_int(&w, "format", FORMAT_VERSION);
    json_array(&w, "checkins");
    for (size_t i = 0; i < data->rows.count; i++)
        write_row(&w, &data->rows.items[i]);
    json_array_end(&w);
    json_array(&w, "open_weeks");
    for (size_t i = 0; i < data->week_count; i++)
        write_week(&w, settings, &data->weeks[i]);
    json_array_end(&w);
    json_int(&w, "questions_waiting", data->waiting);
    bool has_any = data->rows.count > 0 || data->week_count > 0 || data->waiting > 0;
    char *note = say(settings, has_any ? TEXT_MY_DATA_END : TEXT_MY_DATA_NONE, NULL);
    json_text(&w, "note", note);
    free(note);
    json_object_end(&w);
}
