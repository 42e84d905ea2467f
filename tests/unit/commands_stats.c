/* commands_stats.c - sentences about sealed rows do not fool anyone: intervals cover
 * what is true, and "better" is said by chance about once in a hundred weeks.
 */
#include "commands/stats.h"

#include "commands/tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

/* People with a true chance of `percent` to have 7 or more, closed once. */
static struct trend simulate(const struct random *random, int people, int percent,
                             int shape, int epsilon)
{
    struct trend trend = {.shape = shape, .epsilon_permille = epsilon};
    struct tally tally = {0};
    for (int i = 0; i < people; i++) {
        bool is_high = random_below(random, 100) < (uint64_t)percent;
        int vote = is_high ? 8 : 5;
        tally_add(&tally, vote, vote + (random_below(random, 2) ? 1 : -1));
    }
    tally_draw(&tally, shape, epsilon, random, trend.cells);
    return trend;
}

static double coverage(int people, int percent, int shape, int epsilon, int weeks)
{
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, (uint64_t)people);
    int covered = 0;
    for (int i = 0; i < weeks; i++) {
        struct trend trend = simulate(&random, people, percent, shape, epsilon);
        struct share share;
        stats_share(&trend, &share);
        assert_true(share.low <= share.percent && share.percent <= share.high);
        assert_true(share.low >= 0 && share.high <= 100);
        covered += share.low <= percent && percent <= share.high;
    }
    return (double)covered / weeks;
}

static void stats_share__covers__the_true_share(void **state)
{
    (void)state;
    assert_true(coverage(20, 33, 3, 1000, 300) > 0.93);
    assert_true(coverage(40, 62, 9, 1000, 150) > 0.93);
    assert_true(coverage(120, 12, 9, 500, 60) > 0.92);
}

static void stats_share__narrows__with_more_people(void **state)
{
    struct trend few = {.shape = 3, .epsilon_permille = 1000, .cells = {6, 6, 8}};
    struct trend many = {.shape = 3, .epsilon_permille = 200, .cells = {600, 600, 800}};
    struct share a, b;
    (void)state;
    stats_share(&few, &a);
    stats_share(&many, &b);
    assert_int_equal(a.percent, 40);
    assert_int_equal(b.percent, 40);
    assert_true(b.high - b.low <= 10);
    assert_true(a.high - a.low >= 30);
}

static void stats_share__takes__cells_that_noise_made_negative(void **state)
{
    struct trend trend = {.shape = 3, .epsilon_permille = 1000, .cells = {15, 6, -3}};
    struct share share;
    (void)state;
    stats_share(&trend, &share);
    assert_int_equal(share.low, 0);
    assert_true(share.percent <= 5);
}

/* How often a week in which nothing changed is called better or worse. */
static double false_alarms(int people, int epsilon, int weeks)
{
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 77 + (uint64_t)people);
    int alarms = 0;
    for (int i = 0; i < weeks; i++) {
        struct trend trend = simulate(&random, people, 50, 9, epsilon);
        alarms += stats_change(&trend) != CHANGE_SAME;
    }
    return (double)alarms / weeks;
}

static void stats_change__seldom_calls__what_is_chance(void **state)
{
    (void)state;
    assert_true(false_alarms(20, 1000, 4000) < 0.015);
    assert_true(false_alarms(60, 500, 4000) < 0.015);
    assert_true(false_alarms(300, 200, 4000) < 0.015);
}

static void stats_change__calls__what_is_plain(void **state)
{
    struct trend worse = {
        .shape = 9, .epsilon_permille = 1000, .cells = {1, 5, 9, 0, 2, 12, 1, 3, 8}};
    struct trend better = {
        .shape = 9, .epsilon_permille = 1000, .cells = {9, 5, 1, 12, 2, 0, 8, 3, 1}};
    struct trend three = {.shape = 3, .epsilon_permille = 1000, .cells = {40, 0, 0}};
    (void)state;
    assert_int_equal(stats_change(&worse), CHANGE_WORSE);
    assert_int_equal(stats_change(&better), CHANGE_BETTER);
    assert_int_equal(stats_change(&three), CHANGE_SAME);
}

static void stats_critical__is__the_published_table(void **state)
{
    static const int64_t table[][3] = {{1, 10, 13},  {1, 20, 15},  {1, 30, 18},
                                       {1, 50, 21},  {2, 50, 27},  {2, 100, 32},
                                       {2, 200, 41}, {5, 100, 54}, {5, 200, 60}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(stats_critical((int)table[i][0], table[i][1]), table[i][2]);
    for (int scale = 1; scale <= 5; scale += scale == 1 ? 1 : 3) {
        for (int64_t movers = -5; movers < 2000; movers++)
            assert_true(stats_critical(scale, movers) <=
                        stats_critical(scale, movers + 1));
    }
}

static void stats_level__says_mixed__where_noise_could_have_done_it(void **state)
{
    struct trend high = {.shape = 3, .epsilon_permille = 1000, .cells = {1, 2, 8}};
    struct trend close = {.shape = 3, .epsilon_permille = 1000, .cells = {1, 5, 6}};
    struct trend low = {.shape = 3, .epsilon_permille = 1000, .cells = {9, 2, -1}};
    (void)state;
    assert_int_equal(stats_level(&high), LEVEL_HIGH);
    assert_int_equal(stats_level(&close), LEVEL_MIXED);
    assert_int_equal(stats_level(&low), LEVEL_LOW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stats_share__covers__the_true_share),
        cmocka_unit_test(stats_share__narrows__with_more_people),
        cmocka_unit_test(stats_share__takes__cells_that_noise_made_negative),
        cmocka_unit_test(stats_change__seldom_calls__what_is_chance),
        cmocka_unit_test(stats_change__calls__what_is_plain),
        cmocka_unit_test(stats_critical__is__the_published_table),
        cmocka_unit_test(stats_level__says_mixed__where_noise_could_have_done_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
