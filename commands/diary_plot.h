/* diary_plot.h - the diary as the series of a chart, and the same numbers in words:
 * a point a day, for a year a point a week with the lowest and the highest day.
 */
#ifndef HEARTH_COMMANDS_DIARY_PLOT_H
#define HEARTH_COMMANDS_DIARY_PLOT_H

#include "commands/chart.h"
#include "commands/diary.h"

struct diary_plot {
    struct chart chart; /* points into the rest */
    int32_t first_day;  /* of the first point */
    int days;           /* of a point: 1 or 7 */
    struct chart_series series[CHART_SERIES_MAX];
    struct chart_tick *ticks;
    char **tick_labels;
    double *values; /* of all series: values, lows, highs */
    size_t value_count;
    char *title, *note;
};

/* False: there is no number to draw. Clear it, which wipes. */
bool diary_plot_make(const struct settings *settings, const struct diary *diary,
                     enum diary_span span, struct diary_plot *ret_plot);
void diary_plot_clear(struct diary_plot *plot);

/* Plain text that says all that is drawn. */
void diary_plot_describe(const struct settings *settings, const struct diary *diary,
                         const struct diary_plot *plot, struct buf *out);

#endif
