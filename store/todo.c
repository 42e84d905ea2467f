/* todo.c - gaps of a timeline still to be fetched, rooms still to be made (inbox.h). */
#include "store/inbox.h"

#include "bot/base/mem.h"
#include "store/record.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define GAP_BLOCK 1024
#define INTENT_BLOCK 640 /* two ids and their heads always fit one */

enum tag { TAG_ROOM = 1, TAG_FROM, TAG_TO, TAG_USER };

void gap_clear(struct gap *gap)
{
    if (gap == NULL)
        return;
    free(gap->room_id);
    free(gap->from);
    free(gap->to);
    *gap = (struct gap){0};
}

/* The blob is bound to the row's id, which is known after the insert only. */
static enum status write_gap_facts(struct store *store, int64_t id, const struct gap *gap)
{
    struct buf plain, sealed;
    buf_init(&plain, SIZE_MAX - 1);
    record_put_text(&plain, TAG_ROOM, gap->room_id);
    record_put_text(&plain, TAG_FROM, gap->from);
    record_put_text(&plain, TAG_TO, gap->to);
    struct seal_name name = {"gap", &id, sizeof id};
    seal_padded(keys_seal_key(store->keys), name, plain.data, plain.len, GAP_BLOCK,
                &sealed);
    struct statement statement =
        statement_begin(store, "update gap set facts = ? where id = ?");
    statement_blob(&statement, sealed.data, sealed.len);
    statement_int(&statement, id);
    enum status status = statement_run(&statement);
    buf_wipe(&plain);
    buf_clear(&sealed);
    return status;
}

enum status gap_add(struct store *store, const struct gap *gap)
{
    struct statement statement =
        statement_begin(store, "insert into gap (due, tries, facts) values (?, ?, x'')");
    statement_int(&statement, gap->due_utc_ms);
    statement_int(&statement, gap->tries);
    enum status status = statement_run(&statement);
    if (status)
        return status;
    return write_gap_facts(store, sqlite3_last_insert_rowid(store->db), gap);
}

static enum status read_gap(const struct statement *statement, struct gap *ret_gap)
{
    struct buf record;
    size_t len;
    int64_t id = statement_get_int(statement, 0);
    const unsigned char *sealed = statement_get_blob(statement, 3, &len);
    struct seal_name name = {"gap", &id, sizeof id};
    enum status status = record_open(keys_seal_key(statement->store->keys), name, sealed,
                                     len, GAP_BLOCK, &record);
    if (status)
        return status;
    *ret_gap = (struct gap){.id = id,
                            .room_id = record_text(&record, TAG_ROOM),
                            .from = record_text(&record, TAG_FROM),
                            .to = record_text(&record, TAG_TO),
                            .tries = (int)statement_get_int(statement, 2),
                            .due_utc_ms = statement_get_int(statement, 1)};
    buf_wipe(&record);
    return status;
}

enum status gap_due(struct store *store, int64_t now_utc_ms, struct gap *ret_gap)
{
    struct statement statement =
        statement_begin(store, "select id, due, tries, facts from gap where due <= ?"
                               " order by due, id limit 1");
    statement_int(&statement, now_utc_ms);
    enum status status = statement_row(&statement);
    if (status == ST_OK)
        status = read_gap(&statement, ret_gap);
    statement_end(&statement);
    return status;
}

enum status gap_next_due(struct store *store, int64_t *ret_utc_ms)
{
    struct statement statement = statement_begin(store, "select min(due) from gap");
    return statement_one_int(&statement, ret_utc_ms);
}

enum status gap_retry(struct store *store, int64_t id, int64_t due_utc_ms)
{
    struct statement statement =
        statement_begin(store, "update gap set due = ?, tries = tries + 1 where id = ?");
    statement_int(&statement, due_utc_ms);
    statement_int(&statement, id);
    return statement_run_changing(&statement);
}

enum status gap_remove(struct store *store, int64_t id)
{
    struct statement statement = statement_begin(store, "delete from gap where id = ?");
    statement_int(&statement, id);
    return statement_run(&statement);
}

void intent_clear(struct intent *intent)
{
    if (intent == NULL)
        return;
    free(intent->user_id);
    free(intent->room_id);
    *intent = (struct intent){0};
}

static struct buf seal_intent(const struct store *store,
                              const unsigned char user[HASH_LEN],
                              const struct intent *intent)
{
    struct buf plain, sealed;
    buf_init(&plain, SIZE_MAX - 1);
    record_put_text(&plain, TAG_USER, intent->user_id);
    record_put_text(&plain, TAG_ROOM, intent->room_id);
    struct seal_name name = {"intent", user, HASH_LEN};
    seal_padded(keys_seal_key(store->keys), name, plain.data, plain.len, INTENT_BLOCK,
                &sealed);
    buf_wipe(&plain);
    return sealed;
}

enum status intent_add(struct store *store, const char *user_id,
                       struct intent *ret_intent)
{
    unsigned char user[HASH_LEN];
    struct intent intent = {.user_id = (char *)user_id}; /* borrowed */
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    random_hex(&store->random, 16, intent.nonce);
    struct buf sealed = seal_intent(store, user, &intent);
    struct statement statement = statement_begin(
        store, "insert into intent (user, nonce, facts) values (?, ?, ?)");
    statement_hash(&statement, user);
    statement_text(&statement, intent.nonce);
    statement_blob(&statement, sealed.data, sealed.len);
    enum status status = statement_run(&statement);
    buf_clear(&sealed);
    if (status)
        return status;
    *ret_intent = intent;
    ret_intent->user_id = mem_dup(user_id);
    return ST_OK;
}

/* The one row of a bound select of user, nonce, facts; ends it. */
static enum status read_intent(struct statement *statement, struct intent *ret_intent)
{
    struct buf record;
    enum status status = statement_row(statement);
    if (status == ST_OK) {
        size_t user_len, len;
        const unsigned char *user = statement_get_blob(statement, 0, &user_len);
        const unsigned char *sealed = statement_get_blob(statement, 2, &len);
        struct seal_name name = {"intent", user, user_len};
        status = record_open(keys_seal_key(statement->store->keys), name, sealed, len,
                             INTENT_BLOCK, &record);
        if (status == ST_OK) {
            struct intent intent = {.user_id = record_text(&record, TAG_USER),
                                    .room_id = record_text(&record, TAG_ROOM)};
            strncpy(intent.nonce, statement_get_text(statement, 1),
                    sizeof intent.nonce - 1);
            *ret_intent = intent;
            buf_wipe(&record);
        }
    }
    statement_end(statement);
    return status;
}

enum status intent_by_user(struct store *store, const char *user_id,
                           struct intent *ret_intent)
{
    unsigned char user[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    struct statement statement =
        statement_begin(store, "select user, nonce, facts from intent where user = ?");
    statement_hash(&statement, user);
    return read_intent(&statement, ret_intent);
}

enum status intent_by_nonce(struct store *store, const char *nonce,
                            struct intent *ret_intent)
{
    struct statement statement =
        statement_begin(store, "select user, nonce, facts from intent where nonce = ?");
    statement_text(&statement, nonce);
    return read_intent(&statement, ret_intent);
}

enum status intent_set_room(struct store *store, const char *nonce, const char *room_id)
{
    unsigned char user[HASH_LEN];
    struct intent intent;
    enum status status = intent_by_nonce(store, nonce, &intent);
    if (status)
        return status;
    free(intent.room_id);
    intent.room_id = mem_dup(room_id);
    keys_hash(store->keys, HASH_USER, intent.user_id, NULL, user);
    struct buf sealed = seal_intent(store, user, &intent);
    struct statement statement =
        statement_begin(store, "update intent set facts = ? where user = ?");
    statement_blob(&statement, sealed.data, sealed.len);
    statement_hash(&statement, user);
    status = statement_run(&statement);
    buf_clear(&sealed);
    intent_clear(&intent);
    return status;
}

enum status intent_remove(struct store *store, const char *user_id)
{
    unsigned char user[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    struct statement statement =
        statement_begin(store, "delete from intent where user = ?");
    statement_hash(&statement, user);
    return statement_run(&statement);
}
