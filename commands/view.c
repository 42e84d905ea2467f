/* view.c - texts made in memory when they are sent: see view.h. Reads only.
 *
 * "my-data": registry fields, the open weeks' answers opened for this moment, and
 * what is carried from week to week, and how many questions wait to be passed on.
 * Whoever has answers without a check-in (`stop keep`) sees them too, so all groups are
 * looked through.
 */
#include "commands/view.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/dates.h"
#include "commands/pass_on.h"
#include "commands/personal.h"
#include "commands/schedule.h"
#include "commands/week.h"
#include "store/member.h"
#include "store/pending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_WEEKS_MAX 64

struct view {
    struct turn *turn;
    const struct settings *settings;
    const char *user_id;
    struct buf out;
};

static void add_line(struct view *view, char *line)
{
    if (view->out.len > 0)
        buf_add_char(&view->out, '\n');
    buf_add_text(&view->out, line);
    free(line);
}

static void add_paragraph(struct view *view, char *text)
{
    if (view->out.len > 0)
        buf_add_char(&view->out, '\n');
    add_line(view, text);
}

static void add_date(struct view *view, enum text_id id, int32_t day)
{
    char *date = date_words(view->settings, day);
    add_line(view, say(view->settings, id, "date", date, NULL));
    free(date);
}

static void add_head(struct view *view, const struct member *row)
{
    char version[16];
    snprintf(version, sizeof version, "%d", row->consent_version);
    char *days = weekday_words(view->settings, row->weekdays);
    char *hour = hour_words(row->minute);
    char *date = date_words(view->settings, row->consent_day);
    add_paragraph(view, say(view->settings, TEXT_MY_DATA_CHECKIN, "checkin", row->checkin,
                            "group", row->group, "days", days, "hour", hour, "zone",
                            row->zone, "date", date, "version", version, NULL));
    free(days);
    free(hour);
    free(date);
}

static void add_row(struct view *view, const struct member *row)
{
    add_head(view, row);
    if (row->last_prompt_day != 0)
        add_date(view, TEXT_MY_DATA_PROMPTED, row->last_prompt_day);
    if (row->last_answer_day != 0)
        add_date(view, TEXT_MY_DATA_ANSWERED, row->last_answer_day);
    if (row->paused_until_day >= PAUSED_OPEN)
        add_line(view, say(view->settings, TEXT_MY_DATA_PAUSED_OPEN, NULL));
    else if (row->paused_until_day != 0)
        add_date(view, TEXT_MY_DATA_PAUSED, row->paused_until_day);
    if (row->silent_days > 0) {
        char days[16];
        snprintf(days, sizeof days, "%d", row->silent_days);
        add_line(view, say(view->settings, TEXT_MY_DATA_SILENT, "days", days, NULL));
    }
    if (row->is_resting)
        add_line(view, say(view->settings, TEXT_MY_DATA_RESTING, NULL));
    if (row->answer_way != ANSWER_ALL) {
        char *way = say(view->settings, answer_way_text(row->answer_way), NULL);
        add_line(view, say(view->settings, TEXT_MY_DATA_WAY, "way", way, NULL));
        free(way);
    }
    if (row->is_tidy)
        add_line(view, say(view->settings, TEXT_MY_DATA_TIDY, NULL));
    if (row->asks_openly)
        add_line(view, say(view->settings, TEXT_MY_DATA_OPENLY, NULL));
    add_line(view, say(view->settings, TEXT_MY_DATA_ROOM, "room", row->dm_room, NULL));
}

/* What the configuration calls a key now. The caller's. */
static char *label_of(const struct view *view, uint32_t key, bool is_trigger)
{
    for (size_t i = 0; i < view->settings->item_count; i++) {
        const struct item_settings *item = &view->settings->items[i];
        if (item->is_trigger == is_trigger &&
            key == (is_trigger ? week_trigger_key(item) : week_item_key(item)))
            return mem_dup(item->label);
    }
    return say(view->settings, TEXT_MY_DATA_OLD_ITEM, NULL);
}

static void add_value(struct view *view, struct buf *values, uint32_t key, int value)
{
    char number[16];
    snprintf(number, sizeof number, "%d", value);
    char *label = label_of(view, key, false);
    char *text =
        say(view->settings, TEXT_MY_DATA_VALUE, "label", label, "value", number, NULL);
    buf_addf(values, "%s%s", values->len > 0 ? ", " : "", text);
    free(label);
    free(text);
}

static void add_entry(struct view *view, const struct week_answers *answers,
                      const struct week_entry *entry, int32_t week)
{
    struct buf values;
    buf_init(&values, MESSAGE_TEXT_MAX);
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (entry->values[i] != VALUE_NONE)
            add_value(view, &values, answers->items[i], entry->values[i]);
    }
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        if (!(entry->triggers & 1u << t))
            continue;
        char *label = label_of(view, answers->triggers[t], true);
        buf_addf(&values, "%s%s", values.len > 0 ? ", " : "", label);
        free(label);
    }
    char *date = date_words(view->settings, week_monday(week) + entry->day);
    add_line(view, say(view->settings, TEXT_MY_DATA_ENTRY, "date", date, "values",
                       values.data ? values.data : "", NULL));
    free(date);
    buf_wipe(&values);
}

static void add_last_votes(struct view *view, const struct week_answers *answers)
{
    struct buf values;
    buf_init(&values, MESSAGE_TEXT_MAX);
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (answers->last_votes[i] != VALUE_NONE)
            add_value(view, &values, answers->items[i], answers->last_votes[i]);
    }
    if (values.len > 0)
        add_line(view,
                 say(view->settings, TEXT_MY_DATA_LAST, "values", values.data, NULL));
    buf_wipe(&values);
}

/* One trigger with one item, over the carried weeks. */
static void add_sums(struct view *view, const struct week_answers *answers, int trigger,
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
    char *name = label_of(view, answers->triggers[trigger], true);
    char *label = label_of(view, answers->items[item], false);
    add_line(view, say(view->settings, TEXT_MY_DATA_SUMS, "trigger", name, "label", label,
                       "with_days", numbers[0], "with_sum", numbers[1], "days",
                       numbers[2], "sum", numbers[3], NULL));
    free(name);
    free(label);
}

static void add_week(struct view *view, const char *group, int32_t week,
                     const struct week_answers *answers)
{
    char *from = date_words(view->settings, week_monday(week));
    add_paragraph(
        view, say(view->settings, TEXT_MY_DATA_WEEK, "from", from, "group", group, NULL));
    free(from);
    for (size_t i = 0; i < answers->entry_count; i++)
        add_entry(view, answers, &answers->entries[i], week);
    add_last_votes(view, answers);
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        for (int item = 0; item < ITEMS_MAX; item++)
            add_sums(view, answers, t, item);
    }
}

static enum status add_weeks(struct view *view, const char *group)
{
    int32_t weeks[OPEN_WEEKS_MAX];
    int count = 0;
    enum status status = pending_open_weeks(view->turn->store, group, weeks, &count);
    for (int i = 0; i < count && status == ST_OK; i++) {
        struct week_answers answers;
        status = week_load(view->turn->store, group, weeks[i], view->user_id, &answers);
        if (status == ST_OK)
            add_week(view, group, weeks[i], &answers);
        votes_wipe(&answers);
        if (status == ST_NOT_FOUND)
            status = ST_OK;
    }
    return status;
}

static enum status add_waiting(struct view *view)
{
    int count = 0;
    char number[16];
    enum status status = pass_on_count(view->turn, view->user_id, &count);
    if (status != ST_OK || count == 0)
        return status;
    snprintf(number, sizeof number, "%d", count);
    add_paragraph(view, say(view->settings, TEXT_MY_DATA_WAITING, "count", number, NULL));
    return ST_OK;
}

static enum status render_my_data(struct view *view)
{
    struct member_list rows = {0};
    enum status status = member_of_user(view->turn->store, view->user_id, &rows);
    for (size_t i = 0; i < rows.count; i++)
        add_row(view, &rows.items[i]);
    member_list_clear(&rows);
    for (size_t i = 0; i < view->settings->group_count && status == ST_OK; i++)
        status = add_weeks(view, view->settings->groups[i].name);
    if (status == ST_OK)
        status = add_waiting(view);
    if (status != ST_OK)
        return status;
    if (view->out.len == 0)
        add_line(view, say(view->settings, TEXT_MY_DATA_NONE, NULL));
    else
        add_paragraph(view, say(view->settings, TEXT_MY_DATA_END, NULL));
    return ST_OK;
}

enum status view_render(struct turn *turn, const char *name, const char *user_id,
                        char **ret_text)
{
    struct view view = {.turn = turn, .settings = turn->settings, .user_id = user_id};
    if (strcmp(name, "my-data") != 0)
        return ST_NOT_FOUND;
    buf_init(&view.out, MESSAGE_TEXT_MAX);
    enum status status = render_my_data(&view);
    if (status == ST_OK)
        *ret_text = buf_take(&view.out);
    buf_wipe(&view.out);
    return status;
}
