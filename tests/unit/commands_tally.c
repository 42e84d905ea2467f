/* commands_tally.c - T4: what is published about a week hides one person's vote.
 *
 * Two inputs that differ in one vote are closed many times with fixed seeds; for
 * each cell, and for pairs of cells, no outcome may be more than exp(epsilon)
 * times as likely with the vote as without it, but for sampling error.
 */
#include "commands/tally.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define CLOSES 20000
#define SPAN 41     /* outcomes looked at around a cell's true count */
#define SEEN_MIN 60 /* rarer outcomes say too little */

struct histogram {
    double one[9][SPAN];
    double pair[9][9][7][7]; /* of neighbouring outcomes, by cell */
};

static int slot(int64_t noisy, int64_t centre, int width)
{
    int64_t at = noisy - centre + width / 2;
    return at < 0 ? 0 : at >= width ? width - 1 : (int)at;
}

static void close_often(const struct tally *tally, const struct tally *centre, int shape,
                        int epsilon, uint64_t seed, struct histogram *ret)
{
    struct random_seeded state;
    struct random random = random_from_seed(&state, seed);
    int64_t middle[TREND_CELLS_MAX] = {0};
    for (int i = 0; i < 9; i++)
        middle[shape == 3 ? i / 3 : i] += centre->cells[i];
    memset(ret, 0, sizeof *ret);
    for (int n = 0; n < CLOSES; n++) {
        int64_t cells[TREND_CELLS_MAX];
        tally_draw(tally, shape, epsilon, &random, cells);
        for (int i = 0; i < shape; i++) {
            ret->one[i][slot(cells[i], middle[i], SPAN)]++;
            for (int k = 0; k < i; k++)
                ret->pair[i][k][slot(cells[i], middle[i], 7)]
                         [slot(cells[k], middle[k], 7)]++;
        }
    }
}

static void check_ratio(double with, double without, double epsilon)
{
    if (with < SEEN_MIN || without < SEEN_MIN)
        return;
    double error = sqrt(1 / with + 1 / without);
    if (fabs(log(with / without)) > epsilon + 4 * error)
        fail_msg("%g against %g: more than epsilon %g", with, without, epsilon);
}

static void check_shape(int shape, int epsilon)
{
    struct tally without = {.cells = {4, 5, 3, 2, 6, 1, 0, 3, 4}};
    struct tally with = without;
    struct histogram *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    tally_add(&with, 8, 5); /* one vote more: high, worse */
    close_often(&with, &without, shape, epsilon, 1, a);
    close_often(&without, &without, shape, epsilon, 2, b);
    for (int i = 0; i < shape; i++) {
        for (int x = 0; x < SPAN; x++)
            check_ratio(a->one[i][x], b->one[i][x], epsilon / 1000.0);
        for (int k = 0; k < i; k++) {
            for (int x = 0; x < 49; x++)
                check_ratio(a->pair[i][k][x / 7][x % 7], b->pair[i][k][x / 7][x % 7],
                            epsilon / 1000.0);
        }
    }
    free(a);
    free(b);
}

static void t4__one_vote__hides_within_epsilon(void **state)
{
    (void)state;
    check_shape(3, 1000);
    check_shape(9, 1000);
    check_shape(9, 500);
    check_shape(9, 200);
}

static void t4__the_noise_of_cells__is_independent(void **state)
{
    const struct tally tally = {.cells = {9, 1, 0, 7, 3, 2, 8, 8, 1}};
    double sum[9] = {0}, square[9] = {0}, product[9][9] = {{0}};
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 3);
    (void)state;
    for (int n = 0; n < CLOSES; n++) {
        int64_t cells[TREND_CELLS_MAX];
        tally_draw(&tally, 9, 500, &random, cells);
        for (int i = 0; i < 9; i++) {
            double noise = (double)(cells[i] - tally.cells[i]);
            sum[i] += noise;
            square[i] += noise * noise;
            for (int k = 0; k < i; k++)
                product[i][k] += noise * (double)(cells[k] - tally.cells[k]);
        }
    }
    for (int i = 0; i < 9; i++) {
        assert_true(fabs(sum[i] / CLOSES) < 4 * sqrt(7.835 / CLOSES));
        for (int k = 0; k < i; k++) {
            double correlation = product[i][k] / sqrt(square[i] * square[k]);
            assert_true(fabs(correlation) < 4 / sqrt(CLOSES));
        }
    }
}

static void tally_add__sorts__by_band_and_move(void **state)
{
    struct tally tally = {0};
    (void)state;
    tally_add(&tally, 3, 4);  /* low, better */
    tally_add(&tally, 4, -1); /* moderate, no vote last week: same */
    tally_add(&tally, 6, 6);  /* moderate, same */
    tally_add(&tally, 7, 2);  /* high, worse */
    const int64_t expected[9] = {1, 0, 0, 0, 2, 0, 0, 0, 1};
    assert_memory_equal(tally.cells, expected, sizeof expected);
    assert_int_equal(tally.voters, 4);
}

static void shape_and_epsilon__follow__the_last_noisy_total(void **state)
{
    static const struct {
        int64_t total;
        int bound, shape, epsilon, range;
    } table[] = {
        {-3, 1000, 3, 1000, 5},   {0, 1000, 3, 1000, 5},    {19, 1000, 3, 1000, 10},
        {20, 1000, 9, 1000, 20},  {49, 1000, 9, 1000, 20},  {50, 1000, 9, 500, 50},
        {249, 1000, 9, 500, 100}, {250, 1000, 9, 200, 250}, {10, 500, 3, 500, 10},
        {10, 300, 3, 200, 10},    {60, 200, 9, 200, 50}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_int_equal(tally_shape(table[i].total), table[i].shape);
        assert_int_equal(tally_epsilon(table[i].total, table[i].bound), table[i].epsilon);
        assert_int_equal(tally_range(table[i].total), table[i].range);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t4__one_vote__hides_within_epsilon),
        cmocka_unit_test(t4__the_noise_of_cells__is_independent),
        cmocka_unit_test(tally_add__sorts__by_band_and_move),
        cmocka_unit_test(shape_and_epsilon__follow__the_last_noisy_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
