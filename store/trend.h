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

/* Weekly counters per FAQ entry: no text, no asker. Kept for a year. */
#define FAQ_COUNT_DAYS 365
#define FAQ_COUNT_UNKNOWN "?" /* in place of an id: questions without an answer */
#define FAQ_COUNT_FLOOR 5     /* a smaller count is nobody's business */

enum status faq_count_add(struct store *store, const char *faq_id,
                          int32_t week) MUST_CHECK;
enum status faq_count_read(struct store *store, const char *faq_id, int32_t week,
                           int64_t *ret_count) MUST_CHECK;

struct faq_count {
    char *faq; /* id */
    int64_t count;
};

struct faq_count_list {
    struct faq_count *items;
    size_t count, capacity;
};

void faq_count_list_clear(struct faq_count_list *list);
/* The `max` entries that were asked for most in `week`, most first, then by id:
 * FAQ_COUNT_FLOOR times at least, FAQ_COUNT_UNKNOWN not among them. */
enum status faq_count_top(struct store *store, int32_t week, int max,
                          struct faq_count_list *ret_counts) MUST_CHECK;

/* One line per change of a privacy setting; no user. */
enum status audit_add(struct store *store, const char *setting, const char *before,
                      const char *after, int64_t now_utc_ms) MUST_CHECK;

#endif
