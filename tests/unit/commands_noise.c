/* commands_noise.c - T13: the noise is the discrete Laplace it claims to be.
 *
 * The constants are exact; a sample of N may miss them by sampling error only
 * (four standard deviations). The seed is fixed, so a run is repeatable.
 */
#include "commands/noise.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#define DRAWS 200000

struct constants {
    uint64_t scale;
    double zero, mean_size, variance, fourth; /* P(0), E|X|, E X^2, E X^4 */
};

static void check(double seen, double expected, double deviation)
{
    if (fabs(seen - expected) > 4 * deviation)
        fail_msg("saw %f, expected %f, deviation %f", seen, expected, deviation);
}

static void check_scale(const struct constants *c)
{
    struct random_seeded state;
    struct random random = random_from_seed(&state, 20270328 + c->scale);
    double zeros = 0, sizes = 0, squares = 0, sum = 0;
    for (int i = 0; i < DRAWS; i++) {
        double x = (double)noise_draw(&random, c->scale);
        zeros += x == 0;
        sizes += fabs(x);
        squares += x * x;
        sum += x;
    }
    check(zeros / DRAWS, c->zero, sqrt(c->zero * (1 - c->zero) / DRAWS));
    check(sizes / DRAWS, c->mean_size,
          sqrt((c->variance - c->mean_size * c->mean_size) / DRAWS));
    check(squares / DRAWS, c->variance,
          sqrt((c->fourth - c->variance * c->variance) / DRAWS));
    check(sum / DRAWS, 0, sqrt(c->variance / DRAWS));
}

/* E X^4 of the distribution, summed far enough. */
static double fourth_moment(uint64_t scale)
{
    double q = exp(-1.0 / (double)scale), sum = 0;
    for (int x = 1; x < 400; x++)
        sum += 2 * pow(x, 4) * pow(q, x) * (1 - q) / (1 + q);
    return sum;
}

static void noise_draw__has__the_constants_of_its_scale(void **state)
{
    const struct constants table[] = {{1, .46212, .8509, 1.841, fourth_moment(1)},
                                      {2, .24492, 1.919, 7.835, fourth_moment(2)},
                                      {5, .09967, 4.967, 49.83, fourth_moment(5)}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check_scale(&table[i]);
}

static void noise_draw__falls_off__by_one_factor_a_step(void **state)
{
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 5);
    double counts[5] = {0};
    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        int64_t x = noise_draw(&random, 2);
        if (x >= 0 && x < 5)
            counts[x]++;
    }
    for (int x = 1; x < 5; x++) {
        double ratio = log(counts[x - 1] / counts[x]);
        check(ratio, 0.5, sqrt(1 / counts[x - 1] + 1 / counts[x]));
    }
}

static void noise_draw__repeats__with_its_seed(void **state)
{
    struct random_seeded a, b;
    struct random left = random_from_seed(&a, 9), right = random_from_seed(&b, 9);
    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(noise_draw(&left, 5), noise_draw(&right, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_draw__has__the_constants_of_its_scale),
        cmocka_unit_test(noise_draw__falls_off__by_one_factor_a_step),
        cmocka_unit_test(noise_draw__repeats__with_its_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
