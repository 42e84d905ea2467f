/* my_data_text.c - what is held about a person, in words. */
#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/dates.h"
#include "commands/my_data.h"
#include "commands/personal.h"
#include "commands/schedule.h"

#include <stdio.h>
#include <stdlib.h>

struct page {
    const struct settings *settings;
    struct buf *out;
};

static void add_line(struct page *page, char *line)
{
    if (page->out->len > 0)
        buf_add_char(page->out, '\n');
    buf_add_text(page->out, line);
    free(line);
}

static void add_paragraph(struct page *page, char *text)
{
    if (page->out->len > 0)
        buf_add_char(page->out, '\n');
    add_line(page, text);
}

static void add_date(struct page *page, enum text_id id, int32_t day)
{
    char *date = date_words(page->settings, day);
    add_line(page, say(page->settings, id, "date", date, NULL));
    free(date);
}

static void add_head(struct page *page, const struct member *row)
{
    char version[16];
    snprintf(version, sizeof version, "%d", row->consent_version);
    char *days = weekday_words(page->settings, row->weekdays);
    char *hour = hour_words(row->minute);
    char *date = date_words(page->settings, row->consent_day);
    add_paragraph(page, say(page->settings, TEXT_MY_DATA_CHECKIN, "checkin", row->checkin,
                            "group", row->group, "days", days, "hour", hour, "zone",
                            row->zone, "date", date, "version", version, NULL));
    free(days);
    free(hour);
    free(date);
}

static void add_row(struct page *page, const struct member *row)
{
    add_head(page, row);
    if (row->last_prompt_day != 0)
        add_date(page, TEXT_MY_DATA_PROMPTED, row->last_prompt_day);
    if (row->last_answer_day != 0)
        add_date(page, TEXT_MY_DATA_ANSWERED, row->last_answer_day);
    if (row->paused_until_day >= PAUSED_OPEN)
        add_line(page, say(page->settings, TEXT_MY_DATA_PAUSED_OPEN, NULL));
    else if (row->paused_until_day != 0)
        add_date(page, TEXT_MY_DATA_PAUSED, row->paused_until_day);
    if (row->silent_days > 0) {
        char days[16];
        snprintf(days, sizeof days, "%d", row->silent_days);
        add_line(page, say(page->settings, TEXT_MY_DATA_SILENT, "days", days, NULL));
    }
    if (row->is_resting)
        add_line(page, say(page->settings, TEXT_MY_DATA_RESTING, NULL));
    if (row->was_away)
        add_line(page, say(page->settings, TEXT_MY_DATA_AWAY, NULL));
    if (row->answer_way != ANSWER_ALL) {
        char *way = say(page->settings, answer_way_text(row->answer_way), NULL);
        add_line(page, say(page->settings, TEXT_MY_DATA_WAY, "way", way, NULL));
        free(way);
    }
    if (row->is_tidy)
        add_line(page, say(page->settings, TEXT_MY_DATA_TIDY, NULL));
    if (row->asks_openly)
        add_line(page, say(page->settings, TEXT_MY_DATA_OPENLY, NULL));
    add_line(page, say(page->settings, TEXT_MY_DATA_ROOM, "room", row->dm_room, NULL));
}

static void add_value(struct page *page, struct buf *values, uint32_t key, int value)
{
    char number[16];
    snprintf(number, sizeof number, "%d", value);
    char *label = my_data_label(page->settings, key, false);
    char *text =
        say(page->settings, TEXT_MY_DATA_VALUE, "label", label, "value", number, NULL);
    buf_addf(values, "%s%s", values->len > 0 ? ", " : "", text);
    free(label);
    free(text);
}

static void add_entry(struct page *page, const struct week_answers *answers,
                      const struct week_entry *entry, int32_t week)
{
    struct buf values;
    buf_init(&values, MESSAGE_TEXT_MAX);
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (entry->values[i] != VALUE_NONE)
            add_value(page, &values, answers->items[i], entry->values[i]);
    }
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        if (!(entry->triggers & 1u << t))
            continue;
        char *label = my_data_label(page->settings, answers->triggers[t], true);
        buf_addf(&values, "%s%s", values.len > 0 ? ", " : "", label);
        free(label);
    }
    char *date = date_words(page->settings, week_monday(week) + entry->day);
    add_line(page, say(page->settings, TEXT_MY_DATA_ENTRY, "date", date, "values",
                       values.data ? values.data : "", NULL));
    free(date);
    buf_wipe(&values);
}

static void add_last_votes(struct page *page, const struct week_answers *answers)
{
    struct buf values;
    buf_init(&values, MESSAGE_TEXT_MAX);
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (answers->last_votes[i] != VALUE_NONE)
            add_value(page, &values, answers->items[i], answers->last_votes[i]);
    }
    if (values.len > 0)
        add_line(page,
                 say(page->settings, TEXT_MY_DATA_LAST, "values", values.data, NULL));
    buf_wipe(&values);
}

/* One trigger with one item, over the carried weeks. */
static void add_sums(struct page *page, const struct week_answers *answers, int trigger,
                     int item)
{
    char numbers[4][16];
    int sums[4] = {0};
    for (int week = 0; week < CARRIED_WEEKS; week++) {
        const struct trigger_sums *carried = &answers->carried[week];
        sums[0] += carried->with_days[trigger][item];
        sums[1] += carried->with_sum[trigger][item];
        sums[2] += carried->days[item];
        sums[3] += carried->sum[item];
    }
    if (sums[0] == 0)
        return;
    for (int i = 0; i < 4; i++)
        snprintf(numbers[i], sizeof numbers[i], "%d", sums[i]);
    char *name = my_data_label(page->settings, answers->triggers[trigger], true);
    char *label = my_data_label(page->settings, answers->items[item], false);
    add_line(page, say(page->settings, TEXT_MY_DATA_SUMS, "trigger", name, "label", label,
                       "with_days", numbers[0], "with_sum", numbers[1], "days",
                       numbers[2], "sum", numbers[3], NULL));
    free(name);
    free(label);
}

static void add_week(struct page *page, const char *group, int32_t week,
                     const struct week_answers *answers)
{
    char *from = date_words(page->settings, week_monday(week));
    add_paragraph(
        page, say(page->settings, TEXT_MY_DATA_WEEK, "from", from, "group", group, NULL));
    free(from);
    for (size_t i = 0; i < answers->entry_count; i++)
        add_entry(page, answers, &answers->entries[i], week);
    add_last_votes(page, answers);
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        for (int item = 0; item < ITEMS_MAX; item++)
            add_sums(page, answers, t, item);
    }
}

static void add_waiting(struct page *page, int count)
{
    char number[16];
    if (count == 0)
        return;
    snprintf(number, sizeof number, "%d", count);
    add_paragraph(page, say(page->settings, TEXT_MY_DATA_WAITING, "count", number, NULL));
}

void my_data_write_text(const struct settings *settings, const struct my_data *data,
                        struct buf *out)
{
    struct page page = {.settings = settings, .out = out};
    for (size_t i = 0; i < data->rows.count; i++)
        add_row(&page, &data->rows.items[i]);
    for (size_t i = 0; i < data->week_count; i++)
        add_week(&page, data->weeks[i].group, data->weeks[i].week,
                 &data->weeks[i].answers);
    add_waiting(&page, data->waiting);
    if (out->len == 0)
        add_line(&page, say(settings, TEXT_MY_DATA_NONE, NULL));
    else
        add_paragraph(&page, say(settings, TEXT_MY_DATA_END, NULL));
}
