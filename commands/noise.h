/* noise.h - exact discrete Laplace noise, in integers only.
 *
 * P(x) is proportional to exp(-|x| / scale). Nothing is rounded and no floating
 * point is used before release, so the low bits of a published cell tell
 * nothing. The samplers are those of Canonne, Kamath and Steinke (2020).
 */
#ifndef HEARTH_COMMANDS_NOISE_H
#define HEARTH_COMMANDS_NOISE_H

#include "bot/base/random.h"

/* One draw; `scale` is 1 / epsilon, at least 1. */
int64_t noise_draw(const struct random *random, uint64_t scale);

#endif
