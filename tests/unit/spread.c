/* spread.c - 10,000 prompts of one minute, and a few. */
#include "bot/spread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define MEMBERS 10000
#define NOW INT64_C(1800000000000)
#define MINUTE_MS INT64_C(60000)

static struct settings limits(int per_minute)
{
    struct settings settings = {0};
    settings.hearth.spread_min = 10;
    settings.matrix.messages_per_minute = per_minute;
    settings.matrix.message_burst = 10;
    return settings;
}

/* As the bot does: a hundred at a time, what is left counted anew. */
static void draw(const struct settings *settings, const struct random *random,
                 int64_t dues[MEMBERS])
{
    struct spread spread = {0};
    for (int i = 0; i < MEMBERS; i++) {
        if (i % 100 == 0)
            spread_begin(&spread, settings, MEMBERS - i, NOW);
        dues[i] = spread_due(&spread, random, NOW, 0);
    }
}

static void spread_due__fills__the_window_evenly(void **state)
{
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 7);
    struct settings settings = limits(0);
    int64_t *dues = malloc(MEMBERS * sizeof *dues);
    int per_minute[10] = {0};
    (void)state;
    assert_non_null(dues);
    draw(&settings, &random, dues);
    for (int i = 0; i < MEMBERS; i++) {
        assert_in_range(dues[i], NOW, NOW + 10 * MINUTE_MS - 1);
        per_minute[(dues[i] - NOW) / MINUTE_MS]++;
    }
    for (int i = 0; i < 10; i++) /* 1000 each, a standard deviation of 30 */
        assert_in_range(per_minute[i], 850, 1150);
    free(dues);
}

static void spread_due__draws__another_order_each_day(void **state)
{
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 7);
    struct settings settings = limits(0);
    int64_t *first = malloc(MEMBERS * sizeof *first);
    int64_t *second = malloc(MEMBERS * sizeof *second);
    int late_twice = 0;
    (void)state;
    assert_non_null(first);
    assert_non_null(second);
    draw(&settings, &random, first);
    draw(&settings, &random, second);
    for (int i = 0; i < MEMBERS; i++)
        late_twice += first[i] >= NOW + 9 * MINUTE_MS && second[i] >= NOW + 9 * MINUTE_MS;
    assert_in_range(late_twice, 50, 150); /* a tenth of a tenth */
    free(first);
    free(second);
}

static void spread_window__leaves__room_for_answers(void **state)
{
    struct settings settings = limits(12);
    (void)state;
    assert_int_equal(spread_window_ms(&settings, 10), 0);
    assert_int_equal(spread_window_ms(&settings, 18), 2 * MINUTE_MS);
    assert_int_equal(spread_window_ms(&settings, 900), 100 * MINUTE_MS);
    settings = limits(0);
    assert_int_equal(spread_window_ms(&settings, MEMBERS), 10 * MINUTE_MS);
    assert_int_equal(spread_window_ms(&settings, 1000), MINUTE_MS);
}

static void spread_due__ends__before_the_prompt_expires(void **state)
{
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 7);
    struct settings settings = limits(12);
    struct spread spread = {0};
    (void)state;
    spread_begin(&spread, &settings, MEMBERS, NOW);
    for (int i = 0; i < 1000; i++)
        assert_in_range(spread_due(&spread, &random, NOW, NOW + MINUTE_MS), NOW,
                        NOW + MINUTE_MS - 1);
    spread_begin(&spread, &settings, 3, NOW + MINUTE_MS);
    assert_int_equal(spread_due(&spread, &random, NOW + MINUTE_MS, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spread_due__fills__the_window_evenly),
        cmocka_unit_test(spread_due__draws__another_order_each_day),
        cmocka_unit_test(spread_window__leaves__room_for_answers),
        cmocka_unit_test(spread_due__ends__before_the_prompt_expires),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
