/* spread.c - see spread.h. */
#include "bot/spread.h"

#define MINUTE_MS INT64_C(60000)
#define SHARE_OF 4 /* prompts use three of four messages that the limit allows */
#define SHARE 3
#define FREE_PER_MINUTE 1000 /* without a limit: what is kind to a homeserver */

int64_t spread_window_ms(const struct settings *settings, int64_t count)
{
    int64_t window = settings->hearth.spread_min * MINUTE_MS;
    int limit = settings->matrix.messages_per_minute;
    if (count <= settings->matrix.message_burst)
        return 0;
    if (limit > 0)
        return count * MINUTE_MS * SHARE_OF / SHARE / limit;
    int64_t kind = count * MINUTE_MS / FREE_PER_MINUTE;
    return kind < window ? kind : window;
}

void spread_begin(struct spread *spread, const struct settings *settings, int64_t count,
                  int64_t now_utc_ms)
{
    int64_t window = spread_window_ms(settings, count);
    spread->is_on = window > 0;
    if (spread->is_on && now_utc_ms + window > spread->until_utc_ms)
        spread->until_utc_ms = now_utc_ms + window;
}

int64_t spread_due(const struct spread *spread, const struct random *random,
                   int64_t now_utc_ms, int64_t expires_utc_ms)
{
    int64_t end = spread->until_utc_ms;
    if (expires_utc_ms != 0 && expires_utc_ms < end)
        end = expires_utc_ms;
    if (!spread->is_on || end <= now_utc_ms)
        return 0;
    return now_utc_ms + (int64_t)random_below(random, (uint64_t)(end - now_utc_ms));
}
