/* diary_plot.c - see diary_plot.h. */
#include "commands/diary_plot.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/dates.h"
#include "commands/votes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_MAX 16

static void fill_series(const struct diary *diary, size_t item, struct diary_plot *plot,
                        struct chart_series *series, double *values)
{
    size_t count = plot->chart.point_count;
    for (size_t i = 0; i < count; i++) {
        struct diary_sum sum;
        int32_t from = plot->first_day + (int32_t)i * plot->days;
        int32_t until = from + plot->days - 1;
        diary_sum(diary, item, from < diary->from ? diary->from : from,
                  until > diary->until ? diary->until : until, &sum);
        values[i] = sum.days > 0 ? (double)sum.middle : (double)NAN;
        values[count + i] = sum.low;
        values[2 * count + i] = sum.high;
    }
    *series = (struct chart_series){.label = diary->items[item].label, .values = values};
    if (plot->days > 1) {
        series->low = values + count;
        series->high = values + 2 * count;
    }
}

static bool is_tick(enum diary_span span, int32_t day, size_t point)
{
    int year, month, day_of_month;
    if (span == DIARY_WEEK)
        return true;
    if (span == DIARY_MONTH)
        return point % 7 == 1;
    day_to_date(day, &year, &month, &day_of_month);
    return day_of_month <= 7 && month % 3 == 1; /* the week a quarter begins */
}

static void add_ticks(const struct settings *settings, enum diary_span span,
                      struct diary_plot *plot)
{
    plot->ticks = mem_resize(NULL, TICKS_MAX, sizeof *plot->ticks);
    plot->tick_labels = mem_resize(NULL, TICKS_MAX, sizeof *plot->tick_labels);
    size_t count = 0;
    for (size_t i = 0; i < plot->chart.point_count && count < TICKS_MAX; i++) {
        int32_t day = plot->first_day + (int32_t)i * plot->days;
        if (!is_tick(span, day, i))
            continue;
        plot->tick_labels[count] = date_words_short(settings, day);
        plot->ticks[count] =
            (struct chart_tick){.at = i, .label = plot->tick_labels[count]};
        count++;
    }
    plot->chart.ticks = plot->ticks;
    plot->chart.tick_count = count;
}

static void add_words(const struct settings *settings, const struct diary *diary,
                      struct diary_plot *plot)
{
    char *from = date_words_year(settings, diary->from);
    char *until = date_words_year(settings, diary->until);
    plot->title = say(settings, TEXT_CHART_TITLE, "from", from, "until", until, NULL);
    plot->note = say(settings, TEXT_CHART_NOTE, NULL);
    plot->chart.title = plot->title;
    plot->chart.note = plot->note;
    free(from);
    free(until);
}

bool diary_plot_make(const struct settings *settings, const struct diary *diary,
                     enum diary_span span, struct diary_plot *ret_plot)
{
    struct diary_plot *plot = ret_plot;
    bool is_weekly = span == DIARY_YEAR;
    *plot = (struct diary_plot){.days = is_weekly ? 7 : 1, .first_day = diary->from};
    if (is_weekly)
        plot->first_day -= day_weekday(diary->from) - 1;
    size_t count = (size_t)((diary->until - plot->first_day) / plot->days) + 1;
    plot->chart = (struct chart){.low = 0, .high = VALUE_MAX, .step = 5};
    plot->chart.point_count = count;
    plot->value_count = CHART_SERIES_MAX * 3 * count;
    plot->values = mem_resize(NULL, plot->value_count, sizeof *plot->values);
    for (size_t i = 0; i < diary->item_count; i++) {
        size_t row = plot->chart.series_count;
        if (diary->items[i].is_trigger || row == CHART_SERIES_MAX)
            continue;
        fill_series(diary, i, plot, &plot->series[row], plot->values + row * 3 * count);
        plot->chart.series_count++;
    }
    plot->chart.series = plot->series;
    add_ticks(settings, span, plot);
    add_words(settings, diary, plot);
    if (plot->chart.series_count > 0)
        return true;
    diary_plot_clear(plot);
    return false;
}

void diary_plot_clear(struct diary_plot *plot)
{
    if (plot->values != NULL)
        explicit_bzero(plot->values, plot->value_count * sizeof *plot->values);
    for (size_t i = 0; i < plot->chart.tick_count; i++)
        free(plot->tick_labels[i]);
    free(plot->values);
    free(plot->ticks);
    free(plot->tick_labels);
    free(plot->title);
    free(plot->note);
    memset(plot, 0, sizeof *plot);
}

static char *point_words(const struct settings *settings, const struct diary_plot *plot,
                         const struct chart_series *series, size_t point)
{
    char value[32], low[32], high[32];
    char *date =
        date_words_short(settings, plot->first_day + (int32_t)point * plot->days);
    snprintf(value, sizeof value, "%g", series->values[point]);
    char *text;
    if (series->low == NULL) {
        text = say(settings, TEXT_CHART_POINT, "date", date, "value", value, NULL);
    } else {
        snprintf(low, sizeof low, "%g", series->low[point]);
        snprintf(high, sizeof high, "%g", series->high[point]);
        text = say(settings, TEXT_CHART_POINT_WEEK, "date", date, "value", value, "low",
                   low, "high", high, NULL);
    }
    free(date);
    return text;
}

static void describe_series(const struct settings *settings,
                            const struct diary_plot *plot,
                            const struct chart_series *series, struct buf *out)
{
    struct buf points;
    buf_init(&points, MESSAGE_TEXT_MAX);
    for (size_t i = 0; i < plot->chart.point_count; i++) {
        if (isnan(series->values[i]))
            continue;
        char *point = point_words(settings, plot, series, i);
        buf_addf(&points, "%s%s", points.len > 0 ? ", " : "", point);
        free(point);
    }
    char *line = say(settings, TEXT_CHART_LINE, "label", series->label, "points",
                     points.data ? points.data : "", NULL);
    buf_addf(out, "\n%s", line);
    free(line);
    buf_wipe(&points);
}

void diary_plot_describe(const struct settings *settings, const struct diary *diary,
                         const struct diary_plot *plot, struct buf *out)
{
    char *from = date_words_year(settings, diary->from);
    char *until = date_words_year(settings, diary->until);
    char *intro = say(settings, TEXT_CHART_INTRO, "from", from, "until", until, NULL);
    buf_add_text(out, intro);
    if (plot->days > 1) {
        char *weeks = say(settings, TEXT_CHART_WEEKS, NULL);
        buf_addf(out, " %s", weeks);
        free(weeks);
    }
    for (size_t i = 0; i < plot->chart.series_count; i++)
        describe_series(settings, plot, &plot->series[i], out);
    free(from);
    free(until);
    free(intro);
}
