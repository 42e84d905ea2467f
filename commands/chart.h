/* chart.h - series over time as a PNG: pure, series in, bytes out.
 *
 * A row a series, all on one scale and one time axis: numbers from 0 to 10 lie on
 * each other when they share one field, and then no colour helps. Each row is named
 * where it is drawn, and differs by colour (told apart with colour blindness, 3:1 at
 * least on the ground), marker and dashes. The ground is the picture's own, light
 * also in a dark client, and letters are readable when it is shown 360 pixels wide.
 */
#ifndef HEARTH_COMMANDS_CHART_H
#define HEARTH_COMMANDS_CHART_H

#include "bot/base/buf.h"

#include <stddef.h>

#define CHART_SERIES_MAX 8
#define CHART_WIDTH 1200 /* the layout's; other sizes are scaled */

struct chart_series {
    const char *label;
    const double *values;     /* NAN: none there */
    const double *low, *high; /* a band around them, or NULL */
};

struct chart_tick {
    size_t at; /* the point it stands at */
    const char *label;
};

struct chart {
    const char *title, *note; /* the note stands under the title */
    double low, high, step;   /* of the scale */
    size_t point_count;
    const struct chart_series *series;
    size_t series_count; /* at most CHART_SERIES_MAX are drawn */
    const struct chart_tick *ticks;
    size_t tick_count;
};

/* How high a picture CHART_WIDTH wide should be: 800, more for more than five rows. */
int chart_height(size_t series_count);

/* ST_INVALID: nothing can be drawn of it; ST_IO: the picture could not be made. */
enum status chart_draw(const struct chart *chart, int width, int height,
                       struct buf *ret_png) MUST_CHECK;

#endif
