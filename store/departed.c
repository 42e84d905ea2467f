/* departed.c - see departed.h. */
#include "store/departed.h"

#include "store/internal.h"
#include "store/record.h"
#include "store/statement.h"

#include <stdlib.h>

#define TAG_USER 1
#define BLOCK 512 /* holds the longest user id */

enum status departed_add(struct store *store, const char *user_id, int32_t day)
{
    unsigned char user[HASH_LEN];
    struct buf plain, sealed;
    buf_init(&plain, BLOCK - 1);
    record_put_text(&plain, TAG_USER, user_id);
    if (plain.overflowed) {
        buf_wipe(&plain);
        return ST_TOO_BIG;
    }
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    struct seal_name name = {"departed", user, HASH_LEN};
    seal_padded(keys_seal_key(store->keys), name, plain.data, plain.len, BLOCK, &sealed);
    struct statement statement =
        statement_begin(store, "insert into departed (user, day, facts) values (?, ?, ?)"
                               " on conflict (user) do nothing");
    statement_hash(&statement, user);
    statement_int(&statement, day);
    statement_blob(&statement, sealed.data, sealed.len);
    enum status status = statement_run(&statement);
    buf_wipe(&plain);
    buf_clear(&sealed);
    return status;
}

enum status departed_remove(struct store *store, const char *user_id)
{
    unsigned char user[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    struct statement statement =
        statement_begin(store, "delete from departed where user = ?");
    statement_hash(&statement, user);
    return statement_run(&statement);
}

enum status departed_before(struct store *store, int32_t day, int max,
                            struct strv *ret_users)
{
    struct strv users = {0};
    struct statement statement =
        statement_begin(store, "select user, facts from departed where day <= ?"
                               " order by day limit ?");
    statement_int(&statement, day);
    statement_int(&statement, max);
    enum status status = statement_row(&statement);
    while (status == ST_OK) {
        size_t user_len, len;
        struct buf record;
        const unsigned char *user = statement_get_blob(&statement, 0, &user_len);
        const unsigned char *sealed = statement_get_blob(&statement, 1, &len);
        struct seal_name name = {"departed", user, user_len};
        status =
            record_open(keys_seal_key(store->keys), name, sealed, len, BLOCK, &record);
        if (status == ST_OK) {
            strv_add_take(&users, record_text(&record, TAG_USER));
            buf_wipe(&record);
            status = statement_row(&statement);
        }
    }
    statement_end(&statement);
    if (status != ST_NOT_FOUND) {
        strv_clear(&users);
        return status;
    }
    *ret_users = users;
    return ST_OK;
}
