/* stats.c - see stats.h.
 *
 * The posterior of the share p on a grid: for each pair of true counts (a with 7
 * or more, b others) that the noise makes likely, its likelihood is
 * noise(cells_high - a) * noise(cells_rest - b) * C(a+b, a) p^a (1-p)^b, with flat
 * priors. Noise of several cells is the discrete Laplace convolved with itself.
 */
#include "commands/stats.h"

#include "bot/base/mem.h"
#include "commands/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID 100
#define NEGLIGIBLE 1e-5 /* of the likeliest noise */

/* Probabilities of the sum of `cells` draws, from -radius to radius. */
struct noise_sum {
    double *chance; /* [radius + x] */
    int radius;
};

static double *draw_once(int radius, int scale)
{
    double *chance = mem_resize(NULL, 2 * (size_t)radius + 1, sizeof *chance);
    double q = exp(-1.0 / scale), norm = (1 - q) / (1 + q);
    for (int x = -radius; x <= radius; x++)
        chance[radius + x] = norm * pow(q, abs(x));
    return chance;
}

static void noise_sum_init(struct noise_sum *sum, int cells, int scale)
{
    int radius = (int)(scale * (8 + 3 * sqrt(cells)));
    size_t width = 2 * (size_t)radius + 1;
    double *one = draw_once(radius, scale);
    double *all = draw_once(radius, scale);
    double *next = mem_resize(NULL, width, sizeof *next);
    for (int cell = 1; cell < cells; cell++) {
        for (int x = -radius; x <= radius; x++) {
            double chance = 0;
            for (int y = -radius; y <= radius; y++) {
                if (abs(x - y) <= radius)
                    chance += all[radius + y] * one[radius + x - y];
            }
            next[radius + x] = chance;
        }
        memcpy(all, next, width * sizeof *all);
    }
    free(one);
    free(next);
    sum->chance = all;
    sum->radius = radius;
}

static double noise_chance(const struct noise_sum *sum, int64_t x)
{
    return x < -sum->radius || x > sum->radius ? 0 : sum->chance[sum->radius + x];
}

/* Add the pair (a, b) with the weight of its noise to the posterior. */
static void add_pair(double posterior[GRID], double weight, int64_t a, int64_t b)
{
    double x = (double)a, y = (double)b;
    double ways = lgamma(x + y + 1) - lgamma(x + 1) - lgamma(y + 1);
    for (int i = 0; i < GRID; i++) {
        double p = (i + 0.5) / GRID;
        posterior[i] += weight * exp(ways + x * log(p) + y * log1p(-p));
    }
}

static void fill_posterior(int64_t high, int64_t rest, int cells_a_band, int scale,
                           double ret_posterior[GRID])
{
    struct noise_sum of_high, of_rest;
    noise_sum_init(&of_high, cells_a_band, scale);
    noise_sum_init(&of_rest, 2 * cells_a_band, scale);
    double most = noise_chance(&of_high, 0) * noise_chance(&of_rest, 0);
    memset(ret_posterior, 0, GRID * sizeof *ret_posterior);
    for (int64_t x = -of_high.radius; x <= of_high.radius; x++) {
        for (int64_t y = -of_rest.radius; y <= of_rest.radius; y++) {
            double weight = noise_chance(&of_high, x) * noise_chance(&of_rest, y);
            if (high - x >= 0 && rest - y >= 0 && weight > most * NEGLIGIBLE)
                add_pair(ret_posterior, weight, high - x, rest - y);
        }
    }
    free(of_high.chance);
    free(of_rest.chance);
}

/* Percent below which `part` of the posterior lies. */
static double quantile(const double posterior[GRID], double part)
{
    double total = 0, seen = 0;
    for (int i = 0; i < GRID; i++)
        total += posterior[i];
    if (total <= 0)
        return 100 * part; /* nothing is known */
    for (int i = 0; i < GRID; i++) {
        double own = posterior[i] / total;
        if (seen + own >= part)
            return 100.0 / GRID * (i + (part - seen) / own);
        seen += own;
    }
    return 100;
}

static int64_t band_total(const struct trend *trend, int band)
{
    int width = trend->shape / BAND_COUNT;
    return tally_total(trend->cells + band * width, width);
}

static int scale_of(const struct trend *trend)
{
    return trend->epsilon_permille > 0 ? 1000 / trend->epsilon_permille : 1;
}

void stats_share(const struct trend *trend, struct share *ret_share)
{
    double posterior[GRID];
    fill_posterior(band_total(trend, 2), band_total(trend, 0) + band_total(trend, 1),
                   trend->shape / BAND_COUNT, scale_of(trend), posterior);
    ret_share->percent = 5 * (int)(quantile(posterior, 0.5) / 5 + 0.5);
    ret_share->low = 5 * (int)floor(quantile(posterior, 0.025) / 5);
    ret_share->high = 5 * (int)ceil(quantile(posterior, 0.975) / 5);
}

struct critical {
    int scale;
    int64_t movers, value;
};

int64_t stats_critical(int scale, int64_t movers)
{
    static const struct critical table[] = {{1, 10, 13},  {1, 20, 15},  {1, 30, 18},
                                            {1, 50, 21},  {2, 50, 27},  {2, 100, 32},
                                            {2, 200, 41}, {5, 100, 54}, {5, 200, 60}};
    const struct critical *before = NULL;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct critical *point = &table[i];
        if (point->scale != scale)
            continue;
        if (movers <= point->movers) {
            if (before == NULL)
                return point->value;
            int64_t span = point->movers - before->movers;
            int64_t part = (point->value - before->value) * (movers - before->movers);
            return before->value + (part + span - 1) / span;
        }
        before = point;
    }
    /* Beyond the table the sum is close to normal: sampling and six cells' noise. */
    double q = exp(-1.0 / scale), noise = 2 * q / ((1 - q) * (1 - q));
    int64_t value = (int64_t)ceil(2.576 * sqrt((double)movers + 6 * noise)) + 1;
    return before != NULL && value < before->value ? before->value : value;
}

enum change stats_change(const struct trend *trend)
{
    int64_t better = 0, worse = 0;
    if (trend->shape != BAND_COUNT * MOVE_COUNT)
        return CHANGE_SAME;
    for (int band = 0; band < BAND_COUNT; band++) {
        better += trend->cells[band * MOVE_COUNT];
        worse += trend->cells[band * MOVE_COUNT + 2];
    }
    int64_t critical = stats_critical(scale_of(trend), better + worse);
    if (better - worse >= critical)
        return CHANGE_BETTER;
    return worse - better >= critical ? CHANGE_WORSE : CHANGE_SAME;
}

enum level stats_level(const struct trend *trend)
{
    int best = 0;
    int64_t second = INT64_MIN;
    for (int band = 1; band < BAND_COUNT; band++) {
        if (band_total(trend, band) > band_total(trend, best))
            best = band;
    }
    for (int band = 0; band < BAND_COUNT; band++) {
        if (band != best && band_total(trend, band) > second)
            second = band_total(trend, band);
    }
    bool is_clear = band_total(trend, best) - second > 2 * scale_of(trend);
    return is_clear ? (enum level)best : LEVEL_MIXED;
}
