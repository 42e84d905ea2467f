/* tally.c - see tally.h. */
#include "commands/tally.h"

#include "commands/noise.h"
#include "commands/votes.h"

#include <string.h>

static int band_of(int vote)
{
    return vote <= 3 ? 0 : vote <= 6 ? 1 : 2;
}

static int move_of(int vote, int last_vote)
{
    if (last_vote == VALUE_NONE || vote == last_vote)
        return 1;
    return vote < last_vote ? 0 : 2; /* higher is worse */
}

void tally_add(struct tally *tally, int vote, int last_vote)
{
    tally->voters++;
    tally->cells[band_of(vote) * MOVE_COUNT + move_of(vote, last_vote)]++;
}

int tally_shape(int64_t noisy_total)
{
    return noisy_total >= NINE_CELLS_FROM ? BAND_COUNT * MOVE_COUNT : BAND_COUNT;
}

int tally_epsilon(int64_t noisy_total, int bound_permille)
{
    static const int steps[] = {1000, 500, 200};
    size_t step = noisy_total < 50 ? 0 : noisy_total < 250 ? 1 : 2;
    while (step < 2 && steps[step] > bound_permille)
        step++;
    return steps[step];
}

void tally_draw(const struct tally *tally, int shape, int epsilon_permille,
                const struct random *random, int64_t ret_cells[TREND_CELLS_MAX])
{
    uint64_t scale = 1000 / (uint64_t)epsilon_permille;
    memset(ret_cells, 0, TREND_CELLS_MAX * sizeof *ret_cells);
    for (int i = 0; i < BAND_COUNT * MOVE_COUNT; i++)
        ret_cells[shape == BAND_COUNT ? i / MOVE_COUNT : i] += tally->cells[i];
    for (int i = 0; i < shape; i++)
        ret_cells[i] += noise_draw(random, scale);
}

int64_t tally_total(const int64_t *cells, int shape)
{
    int64_t total = 0;
    for (int i = 0; i < shape; i++)
        total += cells[i];
    return total;
}

int tally_range(int64_t noisy_total)
{
    static const int lows[] = {250, 100, 50, 20, 10};
    for (size_t i = 0; i < sizeof lows / sizeof lows[0]; i++) {
        if (noisy_total >= lows[i])
            return lows[i];
    }
    return 5;
}
