/* commands_chart.c - a picture of series, and the words that go with it. */
#include "commands/chart.h"
#include "commands/diary_plot.h"
#include "commands/votes.h"
#include "tests/unit/commands_settings.h"

#include <cairo.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define MONDAY 20878 /* 2027-03-01 */

struct bytes {
    const struct buf *png;
    size_t at;
};

static cairo_status_t read_bytes(void *ctx, unsigned char *out, unsigned len)
{
    struct bytes *bytes = ctx;
    if (bytes->png->len - bytes->at < len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, bytes->png->data + bytes->at, len);
    bytes->at += len;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *decode(const struct buf *png)
{
    struct bytes bytes = {png, 0};
    cairo_surface_t *surface =
        cairo_image_surface_create_from_png_stream(read_bytes, &bytes);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    return surface;
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y)
{
    const unsigned char *data = cairo_image_surface_get_data(surface);
    uint32_t value;
    memcpy(&value, data + y * cairo_image_surface_get_stride(surface) + 4 * x, 4);
    return value & 0xffffff;
}

/* How many pixels differ between two pictures of one size. */
static int count_different(cairo_surface_t *a, cairo_surface_t *b)
{
    int count = 0;
    for (int y = 0; y < cairo_image_surface_get_height(a); y++)
        for (int x = 0; x < cairo_image_surface_get_width(a); x++)
            count += pixel(a, x, y) != pixel(b, x, y);
    return count;
}

static struct chart make_chart(struct chart_series *series, size_t rows, double *values,
                               size_t points)
{
    static const struct chart_tick ticks[] = {{0, "1 March"}, {3, "4 March"}};
    for (size_t i = 0; i < rows; i++)
        series[i] = (struct chart_series){.label = "Pain", .values = values};
    return (struct chart){.title = "A week",
                          .note = "0 to 10",
                          .low = 0,
                          .high = 10,
                          .step = 5,
                          .point_count = points,
                          .series = series,
                          .series_count = rows,
                          .ticks = ticks,
                          .tick_count = 2};
}

static void a_chart__is_a_png__of_the_size_asked_for(void **state)
{
    (void)state;
    double values[] = {1, 5, (double)NAN, 10},
           none[] = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    struct chart_series series[CHART_SERIES_MAX];
    struct buf png, empty;
    struct chart chart = make_chart(series, 2, values, 4);
    assert_int_equal(chart_draw(&chart, 1200, 800, &png), ST_OK);
    assert_memory_equal(png.data, "\x89PNG\r\n\x1a\n", 8);
    cairo_surface_t *drawn = decode(&png);
    assert_int_equal(cairo_image_surface_get_width(drawn), 1200);
    assert_int_equal(cairo_image_surface_get_height(drawn), 800);
    assert_true(pixel(drawn, 2, 2) > 0xf0f0f0); /* a light ground of its own */
    series[0].values = series[1].values = none;
    assert_int_equal(chart_draw(&chart, 1200, 800, &empty), ST_OK);
    cairo_surface_t *without = decode(&empty);
    assert_true(count_different(drawn, without) > 1000); /* lines, not only labels */
    cairo_surface_destroy(drawn);
    cairo_surface_destroy(without);
    buf_clear(&png);
    buf_clear(&empty);
}

static void a_point__stands_where_its_value_is(void **state)
{
    (void)state;
    double values[] = {0, 10};
    struct chart_series series[CHART_SERIES_MAX];
    struct buf png;
    struct chart chart = make_chart(series, 1, values, 2);
    chart.title = chart.note = series[0].label = "";
    chart.tick_count = 0;
    assert_int_equal(chart_draw(&chart, 600, 400, &png), ST_OK);
    cairo_surface_t *drawn = decode(&png);
    int low = 0, high = 0; /* the first column's lowest ink, the last column's highest */
    for (int y = 60; y < 395; y++) {
        if ((pixel(drawn, 49, y) & 0xff0000) < 0x400000)
            low = y;
        if (high == 0 && (pixel(drawn, 570, y) & 0xff0000) < 0x400000)
            high = y;
    }
    assert_true(high > 0 && high < 100);
    assert_true(low > 340);
    cairo_surface_destroy(drawn);
    buf_clear(&png);
}

static void a_chart__of_nothing__is_refused(void **state)
{
    (void)state;
    double values[] = {1};
    struct chart_series series[CHART_SERIES_MAX];
    struct buf png;
    struct chart chart = make_chart(series, 1, values, 1);
    assert_int_equal(chart_draw(&chart, 0, 10, &png), ST_INVALID);
    chart.point_count = 0;
    assert_int_equal(chart_draw(&chart, 10, 10, &png), ST_INVALID);
    chart = make_chart(series, 0, values, 1);
    assert_int_equal(chart_draw(&chart, 10, 10, &png), ST_INVALID);
    chart = make_chart(series, 1, values, 1);
    chart.high = chart.low;
    assert_int_equal(chart_draw(&chart, 10, 10, &png), ST_INVALID);
    assert_int_equal(chart_height(5), 800);
    assert_true(chart_height(8) > 800);
    assert_int_equal(chart_height(8), chart_height(100));
}

/* Every day a value for each of two items, with holes. */
static void fill_diary(struct diary *diary, int32_t from, int32_t until)
{
    static const char *const names[] = {"pain", "sleep"};
    size_t days = (size_t)(until - from + 1);
    *diary = (struct diary){.from = from, .until = until};
    diary->items = mem_alloc(2 * sizeof *diary->items);
    diary->values = mem_alloc(days * 2);
    for (size_t i = 0; i < 2; i++)
        diary->items[diary->item_count++] = (struct diary_item){
            .name = mem_dup(names[i]), .label = mem_dup(i == 0 ? "Pain" : "Sleep")};
    for (size_t day = 0; day < days; day++) {
        diary->values[day * 2] = day % 5 == 3 ? VALUE_NONE : (int8_t)(day * 7 % 11);
        diary->values[day * 2 + 1] = day % 4 == 1 ? VALUE_NONE : (int8_t)(day * 3 % 11);
    }
}

/* The words name each drawn number, in order, and no other. */
static void words__say__the_numbers_that_are_drawn(void **state)
{
    (void)state;
    struct settings *settings = settings_for_checkins();
    for (int span = 0; span < DIARY_SPAN_COUNT; span++) {
        struct diary diary;
        struct diary_plot plot;
        struct buf words;
        int32_t from = diary_first_day((enum diary_span)span, MONDAY);
        fill_diary(&diary, from, MONDAY);
        buf_init(&words, 1 << 16);
        assert_true(diary_plot_make(settings, &diary, (enum diary_span)span, &plot));
        assert_int_equal(plot.chart.series_count, 2);
        diary_plot_describe(settings, &diary, &plot, &words);
        const char *at = strstr(words.data, "\nPain: ");
        assert_non_null(at);
        for (size_t row = 0; row < 2; row++) {
            for (size_t i = 0; i < plot.chart.point_count; i++) {
                char wanted[80];
                if (isnan(plot.series[row].values[i]))
                    continue;
                snprintf(wanted, sizeof wanted, " %g", plot.series[row].values[i]);
                if (plot.days > 1)
                    snprintf(wanted, sizeof wanted, " %g (%g to %g)",
                             plot.series[row].values[i], plot.series[row].low[i],
                             plot.series[row].high[i]);
                at += strcspn(at, "JFMASOND"); /* the month of the point's date */
                at += strcspn(at, " ");
                assert_memory_equal(at, wanted, strlen(wanted));
                at += strlen(wanted);
                assert_true(*at == ',' || *at == '.');
            }
            at = row == 0 ? strstr(at, "\nSleep: ") + strlen("\nSleep:") : at;
        }
        assert_string_equal(at, ".");
        buf_clear(&words);
        diary_plot_clear(&plot);
        diary_clear(&diary);
    }
    settings_clear(settings);
    free(settings);
}

/* A week's point is the lower median of its days, its band their lowest and highest. */
static void a_year__has_a_point_a_week(void **state)
{
    (void)state;
    struct settings *settings = settings_for_checkins();
    struct diary diary;
    struct diary_plot plot;
    fill_diary(&diary, diary_first_day(DIARY_YEAR, MONDAY + 6), MONDAY + 6);
    for (int day = 0; day < 7; day++)
        diary.values[(size_t)(MONDAY + day - diary.from) * 2] =
            (int8_t[]){9, 1, 5, 3, VALUE_NONE, VALUE_NONE, VALUE_NONE}[day];
    assert_true(diary_plot_make(settings, &diary, DIARY_YEAR, &plot));
    size_t last = plot.chart.point_count - 1;
    assert_int_equal(day_weekday(plot.first_day), 1);
    assert_true(last == 52);
    assert_int_equal((int)plot.series[0].values[last], 3);
    assert_int_equal((int)plot.series[0].low[last], 1);
    assert_int_equal((int)plot.series[0].high[last], 9);
    diary_plot_clear(&plot);
    diary_clear(&diary);
    settings_clear(settings);
    free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chart__is_a_png__of_the_size_asked_for),
        cmocka_unit_test(a_point__stands_where_its_value_is),
        cmocka_unit_test(a_chart__of_nothing__is_refused),
        cmocka_unit_test(words__say__the_numbers_that_are_drawn),
        cmocka_unit_test(a_year__has_a_point_a_week),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
