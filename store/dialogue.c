/* dialogue.c - what a person was asked last, per room.
 *
 * The row's key is one hash of room and user, so rows of one person in two rooms
 * share nothing.
 */
#include "store/dialogue.h"

#include "bot/base/limits.h"
#include "store/seal.h"
#include "store/statement.h"

#define PURPOSE "dialogue"

enum status dialogue_put(struct store *store, const char *room_id, const char *user_id,
                         const void *bytes, size_t len, int64_t expires_utc_ms)
{
    unsigned char hash[HASH_LEN];
    struct buf sealed;
    if (len > DIALOGUE_BLOB_LEN - 2)
        return ST_TOO_BIG;
    keys_hash(store->keys, PURPOSE, room_id, user_id, hash);
    struct seal_name name = {PURPOSE, hash, HASH_LEN};
    seal_padded(keys_seal_key(store->keys), name, bytes, len, DIALOGUE_BLOB_LEN, &sealed);
    struct statement statement = statement_begin(
        store, "insert into dialogue (hash, expires, facts) values (?, ?, ?)"
               " on conflict (hash) do update"
               " set expires = excluded.expires, facts = excluded.facts");
    statement_hash(&statement, hash);
    statement_int(&statement, expires_utc_ms);
    statement_blob(&statement, sealed.data, sealed.len);
    enum status status = statement_run(&statement);
    buf_clear(&sealed);
    return status;
}

enum status dialogue_get(struct store *store, const char *room_id, const char *user_id,
                         int64_t now_utc_ms, char **ret_bytes, size_t *ret_len)
{
    unsigned char hash[HASH_LEN];
    struct buf plain;
    keys_hash(store->keys, PURPOSE, room_id, user_id, hash);
    struct statement statement = statement_begin(
        store, "select facts from dialogue where hash = ? and expires > ?");
    statement_hash(&statement, hash);
    statement_int(&statement, now_utc_ms);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        size_t sealed_len;
        const unsigned char *sealed = statement_get_blob(&statement, 0, &sealed_len);
        struct seal_name name = {PURPOSE, hash, HASH_LEN};
        status = seal_open_padded(keys_seal_key(store->keys), name, sealed, sealed_len,
                                  DIALOGUE_BLOB_LEN, &plain);
    }
    statement_end(&statement);
    if (status)
        return status;
    *ret_len = plain.len;
    *ret_bytes = buf_take(&plain);
    return ST_OK;
}

enum status dialogue_drop(struct store *store, const char *room_id, const char *user_id)
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, PURPOSE, room_id, user_id, hash);
    struct statement statement =
        statement_begin(store, "delete from dialogue where hash = ?");
    statement_hash(&statement, hash);
    return statement_run(&statement);
}
