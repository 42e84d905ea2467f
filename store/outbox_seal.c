/* outbox_seal.c - payloads and the keys they are sealed with.
 *
 * A payload is sealed under the outbox key of the week in which it was written
 * last. A key dies when the week is over and no row needs it any more; then dead
 * copies of its rows in free pages are unreadable for good.
 */
#include "store/outbox_seal.h"

#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "store/seal.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define PURPOSE "outbox"
#define PAYLOAD_BLOCK 256

static struct seal_name name_row(const char *txn_id)
{
    return (struct seal_name){PURPOSE, txn_id, strlen(txn_id)};
}

/* Before the first rotation: the key of the week in which the row is queued. */
enum status outbox_seal(struct store *store, const struct outbox_item *item,
                        struct buf *ret_sealed)
{
    const unsigned char *key;
    enum status status = ST_OK;
    if (keys_outbox_week(store->keys) == 0)
        status =
            keys_outbox_use(store->keys, week_of_day(day_of_utc(item->queued_utc_ms)));
    if (status == ST_OK)
        status = keys_outbox_get(store->keys, keys_outbox_week(store->keys), &key);
    if (status == ST_OK)
        seal_padded(key, name_row(item->txn_id), item->payload, item->payload_len,
                    PAYLOAD_BLOCK, ret_sealed);
    return status;
}

void outbox_open(struct store *store, int32_t key_week, const unsigned char *sealed,
                 size_t sealed_len, struct outbox_item *item)
{
    const unsigned char *key;
    struct buf plain;
    enum status status = keys_outbox_get(store->keys, key_week, &key);
    if (status == ST_OK)
        status = seal_open_padded(key, name_row(item->txn_id), sealed, sealed_len,
                                  PAYLOAD_BLOCK, &plain);
    item->payload_len = status ? 0 : plain.len;
    item->payload = status ? mem_dup("") : buf_take(&plain);
}

static enum status drop_if_unused(struct store *store, int32_t week)
{
    bool is_used;
    struct statement statement =
        statement_begin(store, "select 1 from outbox where key_week = ? limit 1");
    statement_int(&statement, week);
    enum status status = statement_has_row(&statement, &is_used);
    return status || is_used ? status : keys_outbox_destroy(store->keys, week);
}

enum status outbox_sweep_keys(struct store *store)
{
    struct key_name *names;
    size_t count;
    enum status status = keys_outbox_list(store->keys, &names, &count);
    if (status)
        return status;
    for (size_t i = 0; status == ST_OK && i < count; i++) {
        if (names[i].week != keys_outbox_week(store->keys))
            status = drop_if_unused(store, names[i].week);
    }
    free(names);
    return status;
}

enum status outbox_rotate_key(struct store *store, int32_t week)
{
    if (!store_week_is_valid(week))
        return ST_RANGE;
    enum status status = keys_outbox_use(store->keys, week);
    if (status)
        return status;
    /* Inside a transaction a row that is gone may come back. */
    store->has_key_sweep = store->is_in_transaction;
    return store->is_in_transaction ? ST_OK : outbox_sweep_keys(store);
}
