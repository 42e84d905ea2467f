/* trend.h - the sealed noisy rows: the only figures that outlive a week. */
#ifndef HEARTH_STORE_TREND_H
#define HEARTH_STORE_TREND_H

#include "store/store.h"

#define TREND_CELLS_MAX 9

/* Cells are integers with noise and may be negative. Shape 3: bands 0-3, 4-6,
 * 7-10. Shape 9: band * 3 + (0 better, 1 same, 2 worse). */
struct trend {
    char *group;
    int32_t week; /* ISO, 202648 */
    char *item;
    int item_version;
    int shape;            /* 3 or 9 */
    int epsilon_permille; /* 1000, 500 or 200 */
    int64_t cells[TREND_CELLS_MAX];
    int range_low; /* contributors: 5, 10, 20, 50, 100 or 250 and up */
};

struct trend_list {
    struct trend *items;
    size_t count, capacity;
};

void trend_list_clear(struct trend_list *list);

/* ST_EXISTS when (group, week, item) is there: a week is drawn once. */
enum status trend_add(struct store *store, const struct trend *trend) MUST_CHECK;
/* Rows of a group in weeks from..to, by week, then in order of writing. */
enum status trend_read(struct store *store, const char *group, int32_t from_week,
                       int32_t to_week, struct trend_list *ret_trends) MUST_CHECK;

/* Weekly counters per FAQ entry: no text, no asker. */
enum status faq_count_add(struct store *store, const char *faq_id,
                          int32_t week) MUST_CHECK;
enum status faq_count_read(struct store *store, const char *faq_id, int32_t week,
                           int64_t *ret_count) MUST_CHECK;

/* One line per change of a privacy setting; no user. */
enum status audit_add(struct store *store, const char *setting, const char *before,
                      const char *after, int64_t now_utc_ms) MUST_CHECK;

#endif
