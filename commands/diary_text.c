/* diary_text.c - the diary in words and as a table: see diary.h. Calm on purpose: no
 * judgement, no comparison, nothing about days without an answer.
 */
#include "commands/diary.h"

#include "bot/base/limits.h"
#include "commands/dates.h"
#include "commands/votes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void diary_sum(const struct diary *diary, size_t item, int32_t from, int32_t until,
               struct diary_sum *ret_sum)
{
    int counts[VALUE_MAX + 1] = {0};
    struct diary_sum sum = {0};
    for (int32_t day = from; day <= until; day++) {
        int value = diary_value(diary, day, item);
        if (value == VALUE_NONE)
            continue;
        counts[value]++;
        sum.low = sum.days == 0 || value < sum.low ? value : sum.low;
        sum.high = sum.days == 0 || value > sum.high ? value : sum.high;
        sum.days++;
    }
    int seen = 0;
    while (sum.days > 0 && (seen += counts[sum.middle]) < (sum.days + 1) / 2)
        sum.middle++;
    *ret_sum = sum;
    explicit_bzero(counts, sizeof counts);
}

static void add_line(struct buf *out, char *line)
{
    if (out->len > 0)
        buf_add_char(out, '\n');
    buf_add_text(out, line);
    free(line);
}

static char *number_words(int number)
{
    struct buf out;
    buf_init(&out, 20);
    buf_addf(&out, "%d", number);
    return buf_take(&out);
}

static void add_value(const struct settings *settings, struct buf *out, const char *label,
                      int value)
{
    char *number = number_words(value);
    char *text = say(settings, TEXT_MY_DATA_VALUE, "label", label, "value", number, NULL);
    buf_addf(out, "%s%s", out->len > 0 ? ", " : "", text);
    free(number);
    free(text);
}

static void write_day(const struct settings *settings, const struct diary *diary,
                      int32_t day, struct buf *out)
{
    struct buf values;
    buf_init(&values, MESSAGE_TEXT_MAX);
    for (size_t i = 0; i < diary->item_count; i++) {
        int value = diary_value(diary, day, i);
        if (value == VALUE_NONE)
            continue;
        if (diary->items[i].is_trigger)
            buf_addf(&values, "%s%s", values.len > 0 ? ", " : "", diary->items[i].label);
        else
            add_value(settings, &values, diary->items[i].label, value);
    }
    if (values.len > 0) {
        char *date = date_words(settings, day);
        add_line(out, say(settings, TEXT_DIARY_DAY, "date", date, "values", values.data,
                          NULL));
        free(date);
    }
    buf_wipe(&values);
}

static void write_item(const struct settings *settings, const struct diary *diary,
                       size_t item, struct buf *out)
{
    struct diary_sum sum;
    const char *label = diary->items[item].label;
    diary_sum(diary, item, diary->from, diary->until, &sum);
    char *days = number_words(sum.days), *value = number_words(sum.middle);
    char *low = number_words(sum.low), *high = number_words(sum.high);
    add_line(out, sum.low == sum.high
                      ? say(settings, TEXT_DIARY_ITEM_STEADY, "label", label, "value",
                            value, "days", days, NULL)
                      : say(settings, TEXT_DIARY_ITEM, "label", label, "value", value,
                            "low", low, "high", high, "days", days, NULL));
    free(days);
    free(value);
    free(low);
    free(high);
}

static void write_items(const struct settings *settings, const struct diary *diary,
                        struct buf *out)
{
    struct buf triggers;
    buf_init(&triggers, MESSAGE_TEXT_MAX);
    for (size_t i = 0; i < diary->item_count; i++) {
        struct diary_sum sum;
        if (!diary->items[i].is_trigger) {
            write_item(settings, diary, i, out);
            continue;
        }
        diary_sum(diary, i, diary->from, diary->until, &sum);
        add_value(settings, &triggers, diary->items[i].label, sum.days);
    }
    if (triggers.len > 0)
        add_line(out,
                 say(settings, TEXT_DIARY_TRIGGERS, "triggers", triggers.data, NULL));
    buf_wipe(&triggers);
}

void diary_write_text(const struct settings *settings, const struct diary *diary,
                      enum diary_span span, struct buf *out)
{
    char *from = date_words_year(settings, diary->from);
    char *until = date_words_year(settings, diary->until);
    add_line(out, say(settings, TEXT_DIARY_TITLE, "from", from, "until", until, NULL));
    buf_add_char(out, '\n');
    if (span == DIARY_WEEK) {
        for (int32_t day = diary->from; day <= diary->until; day++)
            write_day(settings, diary, day, out);
    } else {
        write_items(settings, diary, out);
    }
    buf_add_char(out, '\n');
    add_line(out, say(settings, TEXT_DIARY_END, "span", diary_span_names[span], NULL));
    free(from);
    free(until);
}

/* Quoted whatever it holds; an apostrophe in front of what a spreadsheet would run. */
static void add_cell(struct buf *out, const char *text)
{
    buf_add_char(out, '"');
    if (text[0] != '\0' && strchr("=+-@\t\r\n|", text[0]) != NULL)
        buf_add_char(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buf_add_char(out, '"');
        buf_add_char(out, *text);
    }
    buf_add_char(out, '"');
}

static bool has_day(const struct diary *diary, int32_t day)
{
    for (size_t i = 0; i < diary->item_count; i++) {
        if (diary_value(diary, day, i) != VALUE_NONE)
            return true;
    }
    return false;
}

void diary_write_csv(const struct settings *settings, const struct diary *diary,
                     struct buf *out)
{
    char *date = say(settings, TEXT_CSV_DATE, NULL);
    add_cell(out, date);
    free(date);
    for (size_t i = 0; i < diary->item_count; i++) {
        buf_add_char(out, ',');
        add_cell(out, diary->items[i].label);
    }
    buf_add_text(out, "\r\n");
    for (int32_t day = diary->from; day <= diary->until; day++) {
        char text[11];
        if (!has_day(diary, day))
            continue;
        day_format(day, text);
        buf_add_text(out, text);
        for (size_t i = 0; i < diary->item_count; i++) {
            int value = diary_value(diary, day, i);
            buf_add_char(out, ',');
            if (value != VALUE_NONE)
                buf_addf(out, "%d", value);
        }
        buf_add_text(out, "\r\n");
    }
}
