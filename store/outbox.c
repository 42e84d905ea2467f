/* outbox.c - effects waiting for the world, in lanes.
 *
 * A lane is a queue, so only its first row can be tried. That row is marked
 * (`is_head`), and the index of what is due holds marked rows only: asking for
 * work costs by the lanes that have some, whatever stands behind their heads.
 * Whoever adds, removes or moves a row puts the mark right (mark_head); a
 * unique index refuses two heads in a lane.
 *
 * Payloads and their keys: outbox_seal.c.
 */
#include "store/outbox.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "store/outbox_seal.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define TXN_DRAWS_MAX 8
#define TXN_LEN 32

#define COLUMNS                                                                          \
    "id, txn, kind, lifetime, queued, due, first_try, tries, waits_for, key_week,"       \
    " payload, lane"
#define COLUMN_KEY_WEEK 9
#define COLUMN_PAYLOAD 10
#define COLUMN_LANE 11

void outbox_item_clear(struct outbox_item *item)
{
    if (item == NULL)
        return;
    if (item->payload)
        explicit_bzero(item->payload, item->payload_len);
    free(item->payload);
    *item = (struct outbox_item){0};
}

void outbox_list_clear(struct outbox_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        outbox_item_clear(&list->items[i]);
    free(list->items);
    *list = (struct outbox_list){0};
}

static void hash_lane(const struct store *store, const char *lane_name,
                      unsigned char ret_lane[HASH_LEN])
{
    keys_hash(store->keys, "lane", lane_name, NULL, ret_lane);
}

/* The current row of a select of COLUMNS. */
static struct outbox_item read_row(const struct statement *statement)
{
    struct outbox_item item = {
        .id = statement_get_int(statement, 0),
        .kind = (int)statement_get_int(statement, 2),
        .lifetime = (int)statement_get_int(statement, 3),
        .queued_utc_ms = statement_get_int(statement, 4),
        .due_utc_ms = statement_get_int(statement, 5),
        .first_try_utc_ms = statement_get_int(statement, 6),
        .tries = (int)statement_get_int(statement, 7),
        .waits_for = statement_get_int(statement, 8),
    };
    strncpy(item.txn_id, statement_get_text(statement, 1), TXN_LEN);
    size_t len;
    const unsigned char *sealed = statement_get_blob(statement, COLUMN_PAYLOAD, &len);
    outbox_open(statement->store, (int32_t)statement_get_int(statement, COLUMN_KEY_WEEK),
                sealed, len, &item);
    return item;
}

static void add_row(struct outbox_list *list, const struct statement *statement)
{
    MEM_GROW(list->items, list->count, list->capacity);
    list->items[list->count++] = read_row(statement);
}

/* The one row of a bound statement; ends it. */
static enum status read_one(struct statement *statement, struct outbox_item *ret_item)
{
    enum status status = statement_row(statement);
    if (status == ST_OK)
        *ret_item = read_row(statement);
    statement_end(statement);
    return status;
}

/* All rows of a bound statement; ends it. */
static enum status read_list(struct statement *statement, struct outbox_list *ret_items)
{
    struct outbox_list list = {0};
    enum status status;
    while ((status = statement_row(statement)) == ST_OK)
        add_row(&list, statement);
    statement_end(statement);
    if (status != ST_NOT_FOUND) {
        outbox_list_clear(&list);
        return status;
    }
    *ret_items = list;
    return ST_OK;
}

/* The lowest id of the lane, and no other, is its head. */
static enum status mark_head(struct store *store, const unsigned char *lane)
{
    static const char *const texts[] = {
        "update outbox set is_head = 0 where lane = ?1 and is_head = 1"
        " and id <> (select min(id) from outbox where lane = ?1)",
        "update outbox set is_head = 1 where is_head = 0"
        " and id = (select min(id) from outbox where lane = ?1)",
    };
    enum status status = ST_OK;
    for (size_t i = 0; status == ST_OK && i < sizeof texts / sizeof *texts; i++) {
        struct statement statement = statement_begin(store, texts[i]);
        statement_hash(&statement, lane);
        status = statement_run(&statement);
    }
    return status;
}

static enum status draw_txn(struct store *store, char ret_txn[TXN_LEN + 1])
{
    for (int i = 0; i < TXN_DRAWS_MAX; i++) {
        bool is_taken;
        random_hex(&store->random, TXN_LEN / 2, ret_txn);
        struct statement statement =
            statement_begin(store, "select 1 from outbox where txn = ?");
        statement_text(&statement, ret_txn);
        enum status status = statement_has_row(&statement, &is_taken);
        if (status || !is_taken)
            return status;
    }
    return ST_EXISTS; /* chance is broken */
}

static enum status insert_row(struct store *store, const unsigned char *lane,
                              const struct outbox_item *item, const struct buf *sealed)
{
    struct statement statement = statement_begin(
        store, "insert into outbox (lane, txn, kind, lifetime, queued, due, first_try,"
               " tries, waits_for, is_head, key_week, payload)"
               " values (?, ?, ?, ?, ?, ?, 0, 0, ?, 0, ?, ?)");
    statement_hash(&statement, lane);
    statement_text(&statement, item->txn_id);
    statement_int(&statement, item->kind);
    statement_int(&statement, item->lifetime);
    statement_int(&statement, item->queued_utc_ms);
    statement_int(&statement, item->due_utc_ms);
    statement_int(&statement, item->waits_for);
    statement_int(&statement, keys_outbox_week(store->keys));
    statement_blob(&statement, sealed->data, sealed->len);
    return statement_run(&statement);
}

enum status outbox_add(struct store *store, const char *lane_name,
                       struct outbox_item *item)
{
    unsigned char lane[HASH_LEN];
    struct buf sealed;
    struct outbox_item row = *item; /* borrows the payload */
    if (item->payload_len > OUTBOX_PAYLOAD_MAX)
        return ST_TOO_BIG;
    /* Refuse before a key file is made for nothing. */
    enum status status = store_need_transaction(store);
    if (status == ST_OK)
        status = draw_txn(store, row.txn_id);
    if (status == ST_OK)
        status = outbox_seal(store, &row, &sealed);
    if (status)
        return status;
    hash_lane(store, lane_name, lane);
    status = insert_row(store, lane, &row, &sealed);
    buf_clear(&sealed);
    if (status)
        return status;
    int64_t id = sqlite3_last_insert_rowid(store->db);
    status = mark_head(store, lane);
    if (status)
        return status;
    item->id = id;
    memcpy(item->txn_id, row.txn_id, sizeof item->txn_id);
    return ST_OK;
}

static enum status read_lane_of(struct store *store, int64_t id,
                                unsigned char ret_lane[HASH_LEN])
{
    struct statement statement =
        statement_begin(store, "select lane from outbox where id = ?");
    statement_int(&statement, id);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        size_t len;
        const unsigned char *lane = statement_get_blob(&statement, 0, &len);
        if (len == HASH_LEN)
            memcpy(ret_lane, lane, HASH_LEN);
        else
            status = ST_CORRUPT;
    }
    statement_end(&statement);
    return status;
}

struct lanes {
    unsigned char (*hashes)[HASH_LEN];
    size_t count;
};

/* `ret_lanes` is the caller's (free the hashes). Rows that are gone have none. */
static enum status find_lanes(struct store *store, const int64_t *ids, size_t count,
                              struct lanes *ret_lanes)
{
    struct lanes lanes = {.hashes = mem_alloc(count * HASH_LEN)};
    for (size_t i = 0; i < count; i++) {
        enum status status = read_lane_of(store, ids[i], lanes.hashes[lanes.count]);
        if (status == ST_OK)
            lanes.count++;
        if (status == ST_OK || status == ST_NOT_FOUND)
            continue;
        free(lanes.hashes);
        return status;
    }
    *ret_lanes = lanes;
    return ST_OK;
}

static bool has_lane(const struct lanes *lanes, const struct statement *statement)
{
    size_t len;
    const unsigned char *lane = statement_get_blob(statement, COLUMN_LANE, &len);
    for (size_t i = 0; i < lanes->count; i++) {
        if (len == HASH_LEN && memcmp(lanes->hashes[i], lane, HASH_LEN) == 0)
            return true;
    }
    return false;
}

enum status outbox_due(struct store *store, int64_t now_utc_ms, const int64_t *busy,
                       size_t busy_count, int max, struct outbox_list *ret_items)
{
    struct lanes lanes;
    struct outbox_list list = {0};
    enum status status = find_lanes(store, busy, busy_count, &lanes);
    if (status)
        return status;
    struct statement statement = statement_begin(
        store, "select " COLUMNS " from outbox indexed by outbox_due where is_head = 1"
               " and waits_for = 0 and due <= ? order by due, id");
    statement_int(&statement, now_utc_ms);
    while (max > 0 && list.count < (size_t)max) {
        status = statement_row(&statement);
        if (status)
            break;
        if (!has_lane(&lanes, &statement))
            add_row(&list, &statement);
    }
    statement_end(&statement);
    free(lanes.hashes);
    if (status && status != ST_NOT_FOUND) {
        outbox_list_clear(&list);
        return status;
    }
    *ret_items = list;
    return ST_OK;
}

enum status outbox_next_due(struct store *store, int64_t *ret_utc_ms)
{
    struct statement statement = statement_begin(
        store, "select due from outbox indexed by outbox_due where is_head = 1"
               " and waits_for = 0 order by due limit 1");
    return statement_one_int(&statement, ret_utc_ms);
}

enum status outbox_get(struct store *store, int64_t id, struct outbox_item *ret_item)
{
    struct statement statement =
        statement_begin(store, "select " COLUMNS " from outbox where id = ?");
    statement_int(&statement, id);
    return read_one(&statement, ret_item);
}

enum status outbox_by_txn(struct store *store, const char *txn_id,
                          struct outbox_item *ret_item)
{
    struct statement statement =
        statement_begin(store, "select " COLUMNS " from outbox where txn = ?");
    statement_text(&statement, txn_id);
    return read_one(&statement, ret_item);
}

enum status outbox_waiting(struct store *store, int64_t id, struct outbox_list *ret_items)
{
    struct statement statement =
        statement_begin(store, "select " COLUMNS " from outbox where waits_for = ?"
                               " and waits_for <> 0 order by id");
    statement_int(&statement, id);
    return read_list(&statement, ret_items);
}

enum status outbox_tried_before(struct store *store, int64_t before_utc_ms,
                                struct outbox_list *ret_items)
{
    struct statement statement =
        statement_begin(store, "select " COLUMNS " from outbox where first_try <> 0"
                               " and first_try < ? order by id");
    statement_int(&statement, before_utc_ms);
    return read_list(&statement, ret_items);
}

/* The row's own transaction id and time of queueing: what sealing needs. */
static enum status read_names(struct store *store, struct outbox_item *item)
{
    struct statement statement =
        statement_begin(store, "select txn, queued from outbox where id = ?");
    statement_int(&statement, item->id);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        memset(item->txn_id, 0, sizeof item->txn_id);
        strncpy(item->txn_id, statement_get_text(&statement, 0), TXN_LEN);
        item->queued_utc_ms = statement_get_int(&statement, 1);
    }
    statement_end(&statement);
    return status;
}

enum status outbox_update(struct store *store, const struct outbox_item *item)
{
    struct buf sealed;
    struct outbox_item row = *item; /* borrows the payload */
    if (item->payload_len > OUTBOX_PAYLOAD_MAX)
        return ST_TOO_BIG;
    enum status status = read_names(store, &row);
    if (status == ST_OK)
        status = outbox_seal(store, &row, &sealed);
    if (status)
        return status;
    struct statement statement = statement_begin(
        store, "update outbox set due = ?, first_try = ?, tries = ?, waits_for = ?,"
               " key_week = ?, payload = ? where id = ?");
    statement_int(&statement, item->due_utc_ms);
    statement_int(&statement, item->first_try_utc_ms);
    statement_int(&statement, item->tries);
    statement_int(&statement, item->waits_for);
    statement_int(&statement, keys_outbox_week(store->keys));
    statement_blob(&statement, sealed.data, sealed.len);
    statement_int(&statement, item->id);
    status = statement_run_changing(&statement);
    buf_clear(&sealed);
    return status;
}

enum status outbox_move(struct store *store, int64_t id, const char *lane_name)
{
    unsigned char from[HASH_LEN], to[HASH_LEN];
    hash_lane(store, lane_name, to);
    enum status status = read_lane_of(store, id, from);
    if (status)
        return status;
    struct statement statement =
        statement_begin(store, "update outbox set lane = ?, is_head = 0 where id = ?");
    statement_hash(&statement, to);
    statement_int(&statement, id);
    status = statement_run(&statement);
    if (status == ST_OK)
        status = mark_head(store, from);
    if (status == ST_OK)
        status = mark_head(store, to);
    return status;
}

enum status outbox_remove(struct store *store, int64_t id)
{
    unsigned char lane[HASH_LEN];
    enum status status = store_need_transaction(store);
    if (status == ST_OK)
        status = read_lane_of(store, id, lane);
    if (status)
        return status == ST_NOT_FOUND ? ST_OK : status;
    struct statement statement =
        statement_begin(store, "delete from outbox where id = ?");
    statement_int(&statement, id);
    status = statement_run(&statement);
    return status ? status : mark_head(store, lane);
}

enum status outbox_remove_lane(struct store *store, const char *lane_name,
                               int only_lifetime, bool only_untried)
{
    unsigned char lane[HASH_LEN];
    hash_lane(store, lane_name, lane);
    struct statement statement =
        statement_begin(store, "delete from outbox where lane = ?1 and (?2 = -1 or"
                               " lifetime = ?2) and (?3 = 0 or first_try = 0)");
    statement_hash(&statement, lane);
    statement_int(&statement, only_lifetime);
    statement_int(&statement, only_untried);
    enum status status = statement_run(&statement);
    return status ? status : mark_head(store, lane);
}

enum status outbox_lane(struct store *store, const char *lane_name,
                        struct outbox_list *ret_items)
{
    unsigned char lane[HASH_LEN];
    hash_lane(store, lane_name, lane);
    struct statement statement = statement_begin(
        store, "select " COLUMNS " from outbox where lane = ? order by id");
    statement_hash(&statement, lane);
    return read_list(&statement, ret_items);
}

enum status outbox_depth(struct store *store, int64_t *ret_count,
                         int64_t *ret_oldest_queued_utc_ms)
{
    int64_t count = 0, oldest = 0;
    struct statement statement = statement_begin(store, "select count(*) from outbox");
    enum status status = statement_one_int(&statement, &count);
    if (status)
        return status;
    statement = statement_begin(store, "select queued from outbox order by id limit 1");
    status = statement_one_int(&statement, &oldest);
    if (status && status != ST_NOT_FOUND)
        return status;
    *ret_count = count;
    *ret_oldest_queued_utc_ms = oldest;
    return ST_OK;
}
