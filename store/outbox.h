/* outbox.h - what must still happen outside, in order, exactly once (rule E1).
 *
 * A row belongs to a lane (a keyed hash of its room or of the person whose DM
 * does not exist yet); rows of a lane leave in order of their id. Its transaction id is
 * random, fixed when it is queued and never used again. The payload is opaque and sealed
 * under a key that rotates weekly. A row is deleted when it is acknowledged, refused for
 * good or expired. A payload that cannot be opened any more (its key file is gone) comes
 * back empty: such a row can only be given up.
 */
#ifndef HEARTH_STORE_OUTBOX_H
#define HEARTH_STORE_OUTBOX_H

#include "store/store.h"

struct outbox_item {
    int64_t id;
    char txn_id[33]; /* 32 hex digits */
    int kind;        /* of the caller */
    int lifetime;    /* of the caller */
    int64_t queued_utc_ms;
    int64_t due_utc_ms;
    int64_t first_try_utc_ms; /* 0: never tried */
    int tries;
    int64_t waits_for; /* id of a row whose event id it needs; 0 none */
    char *payload;     /* plain bytes, NUL-terminated behind payload_len */
    size_t payload_len;
};

struct outbox_list {
    struct outbox_item *items;
    size_t count, capacity;
};

void outbox_item_clear(struct outbox_item *item);
void outbox_list_clear(struct outbox_list *list);

/* Queue `payload` in `lane_name` (a room id, or a name for what has no room).
 * Reads kind, lifetime, queued, due, waits_for and payload of `item`; draws the
 * transaction id; writes id and txn_id back. ST_TOO_BIG over
 * OUTBOX_PAYLOAD_MAX. */
enum status outbox_add(struct store *store, const char *lane_name,
                       struct outbox_item *item) MUST_CHECK;

/* Rows that may be tried now: at most the first row of each lane, due, not
 * waiting, in order of (due, id), at most `max`; lanes listed in `busy` (row ids
 * in flight) are left out. */
enum status outbox_due(struct store *store, int64_t now_utc_ms, const int64_t *busy,
                       size_t busy_count, int max,
                       struct outbox_list *ret_items) MUST_CHECK;
/* Earliest due time of a lane's first row that does not wait; ST_NOT_FOUND if
 * there is none. Knows nothing of rows in flight. */
enum status outbox_next_due(struct store *store, int64_t *ret_utc_ms) MUST_CHECK;

enum status outbox_get(struct store *store, int64_t id,
                       struct outbox_item *ret_item) MUST_CHECK;
enum status outbox_by_txn(struct store *store, const char *txn_id,
                          struct outbox_item *ret_item) MUST_CHECK;
/* Rows that wait for `id`. */
enum status outbox_waiting(struct store *store, int64_t id,
                           struct outbox_list *ret_items) MUST_CHECK;
/* Rows whose first try lies before `before_utc_ms` (uncertain ones, rule E2). */
enum status outbox_tried_before(struct store *store, int64_t before_utc_ms,
                                struct outbox_list *ret_items) MUST_CHECK;

/* Write payload, due, first_try, tries and waits_for back. */
enum status outbox_update(struct store *store, const struct outbox_item *item) MUST_CHECK;
/* Move a row to another lane, keeping its place by id. */
enum status outbox_move(struct store *store, int64_t id,
                        const char *lane_name) MUST_CHECK;
enum status outbox_remove(struct store *store, int64_t id) MUST_CHECK; /* none: ST_OK */
/* Every row of a lane (a room that was left). `only_lifetime` -1: all. Rows
 * that were tried are kept when `only_untried`. */
enum status outbox_remove_lane(struct store *store, const char *lane_name,
                               int only_lifetime, bool only_untried) MUST_CHECK;
enum status outbox_lane(struct store *store, const char *lane_name,
                        struct outbox_list *ret_items) MUST_CHECK;
enum status outbox_depth(struct store *store, int64_t *ret_count,
                         int64_t *ret_oldest_queued_utc_ms) MUST_CHECK;

/* Seal with the key of `week` from now on, making it if need be. Keys that no row
 * needs are destroyed: at once, or inside a transaction after its commit. So call
 * it at a week's change and now and then after. ST_RANGE: not an ISO week. */
enum status outbox_rotate_key(struct store *store, int32_t week) MUST_CHECK;

#endif
