/* noise.c - see noise.h.
 *
 * Bernoulli(exp(-a/b)): draw Bernoulli(a/b), Bernoulli(a/2b), Bernoulli(a/3b) ...
 * until one fails; the chance that the number of the failing draw is odd is the
 * alternating series of exp(-a/b). From it a geometric (a uniform remainder
 * below the scale, thinned, plus whole scales that each survive with chance
 * 1/e), and from two signs of that, with one of the two zeros refused, the
 * symmetric distribution.
 */
#include "commands/noise.h"

#include <stdbool.h>

/* True with chance exp(-a/b); 0 <= a <= b. */
static bool flip_exp(const struct random *random, uint64_t a, uint64_t b)
{
    uint64_t draws = 1;
    while (random_below(random, b * draws) < a)
        draws++;
    return draws % 2 == 1;
}

/* P(x) proportional to exp(-x / scale), x >= 0. */
static uint64_t draw_geometric(const struct random *random, uint64_t scale)
{
    uint64_t rest;
    do
        rest = random_below(random, scale);
    while (!flip_exp(random, rest, scale));
    uint64_t whole = 0;
    while (flip_exp(random, 1, 1))
        whole++;
    return rest + scale * whole;
}

int64_t noise_draw(const struct random *random, uint64_t scale)
{
    for (;;) {
        bool is_negative = random_below(random, 2) == 1;
        int64_t size = (int64_t)draw_geometric(random, scale);
        if (!is_negative)
            return size;
        if (size != 0) /* one zero only: the other is drawn again */
            return -size;
    }
}
