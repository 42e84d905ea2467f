/* stats.h - what a sealed row supports saying.
 *
 * Pure; from published figures only, so floating point does no harm here. The
 * share's interval knows both the noise and the sampling; the change is called
 * only beyond a one-percent critical value that knows the noise.
 */
#ifndef HEARTH_COMMANDS_STATS_H
#define HEARTH_COMMANDS_STATS_H

#include "store/trend.h"

/* Percent of people with 7 or more, in steps of 5; 95 % of the posterior lie
 * between low and high. */
struct share {
    int percent, low, high;
};
void stats_share(const struct trend *trend, struct share *ret_share);

enum change { CHANGE_BETTER, CHANGE_SAME, CHANGE_WORSE };
/* Of a row with nine cells. */
enum change stats_change(const struct trend *trend);
/* Least |better - worse| that counts, by noise scale (1, 2, 5) and noisy movers. */
int64_t stats_critical(int scale, int64_t movers);

enum level { LEVEL_LOW, LEVEL_MODERATE, LEVEL_HIGH, LEVEL_MIXED };
/* The band most people are in, unless noise may have made it so. */
enum level stats_level(const struct trend *trend);

#endif
