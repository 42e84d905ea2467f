/* chart.c - see chart.h. Lengths are pixels of a picture 1200 wide. */
#include "commands/chart.h"

#include "bot/base/limits.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define LEFT 78.0
#define RIGHT 36.0
#define TOP 110.0
#define BOTTOM 64.0
#define LABEL_HEIGHT 42.0
#define ROW_GAP 12.0
#define ROWS_USUAL 5
#define HEIGHT_USUAL 800
#define ROW_MORE 126
#define FONT "DejaVu Sans"
#define PNG_MAX (4 * 1024 * 1024)

struct ink {
    double r, g, b;
};

static const struct ink ground = {0.992, 0.992, 0.984}, letters = {0.13, 0.13, 0.16},
                        faint = {0.36, 0.36, 0.40}, grid = {0.84, 0.84, 0.86};

/* Okabe and Ito's set, the light ones darkened; and as many markers and dashes. */
static const struct ink inks[CHART_SERIES_MAX] = {
    {0.000, 0.365, 0.620}, {0.725, 0.290, 0.000}, {0.000, 0.455, 0.345},
    {0.610, 0.240, 0.470}, {0.330, 0.330, 0.330}, {0.530, 0.385, 0.000},
    {0.150, 0.220, 0.560}, {0.480, 0.110, 0.110},
};
static const double dashes[4][4] = {{0}, {16, 8, 16, 8}, {5, 7, 5, 7}, {20, 7, 5, 7}};

struct sketch {
    const struct chart *chart;
    cairo_t *cairo;
    double height;              /* of the layout */
    double row_top, row_height; /* of the field being drawn */
    size_t row;
};

static void set_ink(cairo_t *cairo, const struct ink *ink, double alpha)
{
    cairo_set_source_rgba(cairo, ink->r, ink->g, ink->b, alpha);
}

static double x_of(const struct sketch *sketch, size_t point)
{
    double width = CHART_WIDTH - LEFT - RIGHT - 40;
    size_t last = sketch->chart->point_count - 1;
    return LEFT + 20 + (last == 0 ? width / 2 : width * (double)point / (double)last);
}

static double y_of(const struct sketch *sketch, double value)
{
    const struct chart *chart = sketch->chart;
    double share = (value - chart->low) / (chart->high - chart->low);
    return sketch->row_top + sketch->row_height * (1 - share);
}

static void set_font(cairo_t *cairo, double size, bool is_bold)
{
    cairo_select_font_face(cairo, FONT, CAIRO_FONT_SLANT_NORMAL,
                           is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, size);
}

/* `align` 0: begins at x, 0.5: around it, 1: ends there. Kept inside the picture. */
static void write_text(cairo_t *cairo, const char *text, double x, double y, double size,
                       double align, bool is_bold)
{
    cairo_text_extents_t extents;
    set_font(cairo, size, is_bold);
    cairo_text_extents(cairo, text, &extents);
    if (extents.x_advance > CHART_WIDTH - 2 * RIGHT) {
        cairo_set_font_size(cairo, size * (CHART_WIDTH - 2 * RIGHT) / extents.x_advance);
        cairo_text_extents(cairo, text, &extents);
    }
    x -= extents.x_advance * align;
    if (x + extents.x_advance > CHART_WIDTH - 8)
        x = CHART_WIDTH - 8 - extents.x_advance;
    cairo_move_to(cairo, x < 8 ? 8 : x, y);
    cairo_show_text(cairo, text);
}

static void add_polygon(cairo_t *cairo, double x, double y, double radius, int corners,
                        double turn)
{
    for (int i = 0; i < corners; i++) {
        double angle = turn + 2 * PI * i / corners;
        cairo_line_to(cairo, x + radius * cos(angle), y + radius * sin(angle));
    }
    cairo_close_path(cairo);
}

static void add_cross(cairo_t *cairo, double x, double y, double radius, double turn)
{
    for (int i = 0; i < 2; i++) {
        double dx = radius * cos(turn + PI / 2 * i), dy = radius * sin(turn + PI / 2 * i);
        cairo_move_to(cairo, x - dx, y - dy);
        cairo_line_to(cairo, x + dx, y + dy);
    }
}

static void draw_marker(cairo_t *cairo, size_t row, double x, double y, double radius)
{
    cairo_new_path(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
    switch (row % CHART_SERIES_MAX) {
    case 0:
        cairo_arc(cairo, x, y, radius, 0, 2 * PI);
        break;
    case 1:
        add_polygon(cairo, x, y, radius * 1.25, 4, PI / 4);
        break;
    case 2:
        add_polygon(cairo, x, y, radius * 1.35, 3, -PI / 2);
        break;
    case 3:
        add_polygon(cairo, x, y, radius * 1.3, 4, 0);
        break;
    case 4:
        add_polygon(cairo, x, y, radius * 1.35, 3, PI / 2);
        break;
    case 5:
        add_polygon(cairo, x, y, radius * 1.2, 6, 0);
        break;
    default:
        add_cross(cairo, x, y, radius * 1.2, row % 2 == 0 ? PI / 4 : 0);
        cairo_set_line_width(cairo, 5);
        cairo_stroke(cairo);
        return;
    }
    cairo_fill(cairo);
}

static void draw_grid(const struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    cairo_t *cairo = sketch->cairo;
    cairo_set_dash(cairo, NULL, 0, 0);
    cairo_set_line_width(cairo, 2);
    set_ink(cairo, &grid, 1);
    for (size_t i = 0; i < chart->tick_count; i++) {
        double x = x_of(sketch, chart->ticks[i].at);
        cairo_move_to(cairo, x, sketch->row_top);
        cairo_line_to(cairo, x, sketch->row_top + sketch->row_height);
    }
    for (double value = chart->low; value <= chart->high; value += chart->step) {
        cairo_move_to(cairo, LEFT, y_of(sketch, value));
        cairo_line_to(cairo, CHART_WIDTH - RIGHT, y_of(sketch, value));
    }
    cairo_stroke(cairo);
    for (double value = chart->low; value <= chart->high; value += chart->step) {
        char number[32];
        bool is_inner = value > chart->low && value < chart->high;
        if (is_inner && sketch->row_height < 75)
            continue;
        snprintf(number, sizeof number, "%g", value);
        set_ink(cairo, &faint, 1);
        write_text(cairo, number, LEFT - 12, y_of(sketch, value) + 9, 26, 1, false);
    }
}

/* The points from `*at` on that have a value without a hole; false: none is left. */
static bool next_run(const struct sketch *sketch, const double *values, size_t *at,
                     size_t *ret_start)
{
    size_t count = sketch->chart->point_count;
    while (*at < count && isnan(values[*at]))
        (*at)++;
    *ret_start = *at;
    while (*at < count && !isnan(values[*at]))
        (*at)++;
    return *at > *ret_start;
}

static void draw_band(const struct sketch *sketch, const struct chart_series *series,
                      const struct ink *ink)
{
    size_t at = 0, start = 0;
    while (next_run(sketch, series->values, &at, &start)) {
        cairo_new_path(sketch->cairo);
        double wing = at - start == 1 ? 6 : 0; /* a point alone has a band, too */
        for (size_t i = start; i < at; i++) {
            cairo_line_to(sketch->cairo, x_of(sketch, i) - wing,
                          y_of(sketch, series->high[i]));
            if (wing > 0)
                cairo_line_to(sketch->cairo, x_of(sketch, i) + wing,
                              y_of(sketch, series->high[i]));
        }
        for (size_t i = at; i-- > start;) {
            cairo_line_to(sketch->cairo, x_of(sketch, i) + wing,
                          y_of(sketch, series->low[i]));
            if (wing > 0)
                cairo_line_to(sketch->cairo, x_of(sketch, i) - wing,
                              y_of(sketch, series->low[i]));
        }
        cairo_close_path(sketch->cairo);
        set_ink(sketch->cairo, ink, 0.20);
        cairo_fill(sketch->cairo);
    }
}

static void draw_line(const struct sketch *sketch, const struct chart_series *series,
                      const struct ink *ink)
{
    size_t at = 0, start = 0;
    cairo_t *cairo = sketch->cairo;
    const double *dash = dashes[sketch->row % 4];
    double radius = sketch->chart->point_count > 40 ? 6.5 : 9;
    set_ink(cairo, ink, 1);
    while (next_run(sketch, series->values, &at, &start)) {
        cairo_new_path(cairo);
        for (size_t i = start; i < at; i++)
            cairo_line_to(cairo, x_of(sketch, i), y_of(sketch, series->values[i]));
        cairo_set_line_width(cairo, 4);
        cairo_set_dash(cairo, dash, dash[0] > 0 ? 4 : 0, 0);
        cairo_stroke(cairo);
        for (size_t i = start; i < at; i++)
            draw_marker(cairo, sketch->row, x_of(sketch, i),
                        y_of(sketch, series->values[i]), radius);
    }
}

static void draw_row(const struct sketch *sketch)
{
    const struct chart_series *series = &sketch->chart->series[sketch->row];
    const struct ink *ink = &inks[sketch->row];
    double base = sketch->row_top - 14;
    draw_grid(sketch);
    if (series->low != NULL && series->high != NULL)
        draw_band(sketch, series, ink);
    draw_line(sketch, series, ink);
    set_ink(sketch->cairo, ink, 1);
    draw_marker(sketch->cairo, sketch->row, LEFT + 12, base - 9, 10);
    set_ink(sketch->cairo, &letters, 1);
    write_text(sketch->cairo, series->label, LEFT + 34, base, 30, 0, true);
}

/* A label that would run into the one before it is left out. */
static void write_ticks(const struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    double end = 0;
    set_ink(sketch->cairo, &faint, 1);
    for (size_t i = 0; i < chart->tick_count; i++) {
        cairo_text_extents_t extents;
        double x = x_of(sketch, chart->ticks[i].at);
        set_font(sketch->cairo, 28, false);
        cairo_text_extents(sketch->cairo, chart->ticks[i].label, &extents);
        if (x - extents.x_advance / 2 < end)
            continue;
        write_text(sketch->cairo, chart->ticks[i].label, x, sketch->height - 24, 28, 0.5,
                   false);
        end = x + extents.x_advance / 2 + 16;
    }
}

static void draw(struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    cairo_t *cairo = sketch->cairo;
    size_t rows =
        chart->series_count < CHART_SERIES_MAX ? chart->series_count : CHART_SERIES_MAX;
    double step = (sketch->height - TOP - BOTTOM) / (double)rows;
    set_ink(cairo, &ground, 1);
    cairo_paint(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    set_ink(cairo, &letters, 1);
    write_text(cairo, chart->title, RIGHT, 54, 38, 0, true);
    set_ink(cairo, &faint, 1);
    write_text(cairo, chart->note, RIGHT, 96, 28, 0, false);
    for (size_t row = 0; row < rows; row++) {
        sketch->row = row;
        sketch->row_top = TOP + step * (double)row + LABEL_HEIGHT;
        sketch->row_height = step - LABEL_HEIGHT - ROW_GAP;
        draw_row(sketch);
    }
    write_ticks(sketch);
}

static cairo_status_t take_bytes(void *ctx, const unsigned char *bytes, unsigned len)
{
    struct buf *png = ctx;
    buf_add(png, (const char *)bytes, len);
    return png->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

int chart_height(size_t series_count)
{
    size_t rows = series_count < CHART_SERIES_MAX ? series_count : CHART_SERIES_MAX;
    return rows <= ROWS_USUAL ? HEIGHT_USUAL
                              : HEIGHT_USUAL + (int)(rows - ROWS_USUAL) * ROW_MORE;
}

enum status chart_draw(const struct chart *chart, int width, int height,
                       struct buf *ret_png)
{
    if (chart->series_count == 0 || chart->point_count == 0 || width < 1 || height < 1 ||
        !(chart->high > chart->low) || !(chart->step > 0))
        return ST_INVALID;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    struct sketch sketch = {.chart = chart,
                            .cairo = cairo_create(surface),
                            .height = (double)CHART_WIDTH * height / width};
    cairo_scale(sketch.cairo, (double)width / CHART_WIDTH, (double)width / CHART_WIDTH);
    draw(&sketch);
    buf_init(ret_png, PNG_MAX);
    bool is_drawn = cairo_status(sketch.cairo) == CAIRO_STATUS_SUCCESS &&
                    cairo_surface_write_to_png_stream(surface, take_bytes, ret_png) ==
                        CAIRO_STATUS_SUCCESS;
    cairo_destroy(sketch.cairo);
    cairo_surface_destroy(surface);
    if (!is_drawn)
        buf_wipe(ret_png);
    return is_drawn ? ST_OK : ST_IO;
}
