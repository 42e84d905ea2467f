/* tally.h - one item's votes of a week, counted and made publishable.
 *
 * Pure. The exact counts live in memory for the length of the close and go
 * nowhere; what leaves is tally_draw's cells, drawn once.
 */
#ifndef HEARTH_COMMANDS_TALLY_H
#define HEARTH_COMMANDS_TALLY_H

#include "bot/base/random.h"
#include "store/trend.h"

#define BAND_COUNT 3       /* 0-3, 4-6, 7-10 */
#define MOVE_COUNT 3       /* better, same, worse than last week */
#define NINE_CELLS_FROM 20 /* noisy voters of the last sealed week */

struct tally {
    int64_t voters;
    int64_t cells[BAND_COUNT * MOVE_COUNT]; /* band * MOVE_COUNT + move */
};

/* `last_vote` VALUE_NONE counts as same. */
void tally_add(struct tally *tally, int vote, int last_vote);

/* How the next week is published, from the noisy total of the last sealed one (0
 * when there is none): 3 or 9 cells; epsilon 1000, 500 or 200, at most `bound`. */
int tally_shape(int64_t noisy_total);
int tally_epsilon(int64_t noisy_total, int bound_permille);

/* The cells with noise of scale 1/epsilon, the only draw. */
void tally_draw(const struct tally *tally, int shape, int epsilon_permille,
                const struct random *random, int64_t ret_cells[TREND_CELLS_MAX]);

int64_t tally_total(const int64_t *cells, int shape);
/* 5, 10, 20, 50, 100 or 250: the range of contributors a noisy total falls in. */
int tally_range(int64_t noisy_total);

#endif
