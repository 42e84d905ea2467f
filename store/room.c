/* room.c - rooms, who is in them, whose direct chat a room is.
 *
 * A member's hash is made of room and user together: the file does not show
 * that two rooms have a person in common.
 */
#include "store/room.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "store/record.h"
#include "store/statement.h"

#include <stdlib.h>

#define ROOM_BYTES_MAX (64 * 1024)
#define ROOM_BLOCK 1024
#define DM_BLOCK 640 /* two ids and their heads always fit one */

enum tag { TAG_ROOM = 1, TAG_BYTES, TAG_USER };

static void hash_room(const struct store *store, const char *room_id,
                      unsigned char ret_hash[HASH_LEN])
{
    keys_hash(store->keys, "room", room_id, NULL, ret_hash);
}

static void hash_room_member(const struct store *store, const char *room_id,
                             const char *user_id, unsigned char ret_hash[HASH_LEN])
{
    keys_hash(store->keys, "room member", room_id, user_id, ret_hash);
}

/* Open and check a sealed record of the row `hash`. */
static enum status open_record(const struct statement *statement, int column,
                               const char *purpose, const unsigned char *hash,
                               size_t block, struct buf *ret_record)
{
    size_t len;
    const unsigned char *sealed = statement_get_blob(statement, column, &len);
    struct seal_name name = {purpose, hash, HASH_LEN};
    return record_open(keys_seal_key(statement->store->keys), name, sealed, len, block,
                       ret_record);
}

enum status room_put(struct store *store, const char *room_id, const void *bytes,
                     size_t len, bool is_quiet)
{
    unsigned char hash[HASH_LEN];
    struct buf plain, sealed;
    if (len > ROOM_BYTES_MAX)
        return ST_TOO_BIG;
    hash_room(store, room_id, hash);
    buf_init(&plain, SIZE_MAX - 1);
    record_put_text(&plain, TAG_ROOM, room_id);
    record_put_bytes(&plain, TAG_BYTES, bytes, len);
    struct seal_name name = {"room", hash, HASH_LEN};
    seal_padded(keys_seal_key(store->keys), name, plain.data, plain.len, ROOM_BLOCK,
                &sealed);
    struct statement statement = statement_begin(
        store, "insert into room (hash, facts, is_quiet) values (?, ?, ?)"
               " on conflict (hash) do update"
               " set facts = excluded.facts, is_quiet = excluded.is_quiet");
    statement_hash(&statement, hash);
    statement_blob(&statement, sealed.data, sealed.len);
    statement_int(&statement, is_quiet);
    enum status status = statement_run(&statement);
    buf_wipe(&plain);
    buf_clear(&sealed);
    return status;
}

static enum status run_on_room(struct store *store, const char *sql, const char *room_id)
{
    unsigned char hash[HASH_LEN];
    hash_room(store, room_id, hash);
    struct statement statement = statement_begin(store, sql);
    statement_hash(&statement, hash);
    return statement_run(&statement);
}

enum status room_remove(struct store *store, const char *room_id)
{
    enum status status =
        run_on_room(store, "delete from room_member where room = ?", room_id);
    if (status == ST_OK)
        status = run_on_room(store, "delete from room where hash = ?", room_id);
    return status;
}

/* The current row (id, hash, facts), opened. */
static enum status read_room(const struct statement *statement, struct buf *ret_record)
{
    size_t hash_len;
    const unsigned char *hash = statement_get_blob(statement, 1, &hash_len);
    if (hash_len != HASH_LEN)
        return ST_CORRUPT;
    return open_record(statement, 2, "room", hash, ROOM_BLOCK, ret_record);
}

/* The row behind `*id`, opened; `*id` moves. */
static enum status read_next_room(struct store *store, int64_t *id,
                                  struct buf *ret_record)
{
    struct statement statement =
        statement_begin(store, "select id, hash, facts from room where is_quiet = 0"
                               " and id > ? order by id limit 1");
    statement_int(&statement, *id);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        *id = statement_get_int(&statement, 0);
        status = read_room(&statement, ret_record);
    }
    statement_end(&statement);
    return status;
}

/* Give the record to `visit` and drop it. */
static enum status visit_room(struct buf *record,
                              enum status (*visit)(void *ctx, const char *room_id,
                                                   const char *bytes, size_t len),
                              void *ctx)
{
    size_t len = 0;
    const char *bytes = record_bytes(record, TAG_BYTES, &len);
    char *room_id = record_text(record, TAG_ROOM);
    char *copy = mem_dup_len(bytes ? bytes : "", bytes ? len : 0);
    enum status status = room_id && bytes ? visit(ctx, room_id, copy, len) : ST_CORRUPT;
    free(copy);
    free(room_id);
    buf_wipe(record);
    return status;
}

enum status room_get(struct store *store, const char *room_id,
                     enum status (*visit)(void *ctx, const char *room_id,
                                          const char *bytes, size_t len),
                     void *ctx)
{
    unsigned char hash[HASH_LEN];
    struct buf record;
    hash_room(store, room_id, hash);
    struct statement statement =
        statement_begin(store, "select id, hash, facts from room where hash = ?");
    statement_hash(&statement, hash);
    enum status status = statement_row(&statement);
    if (status == ST_OK)
        status = read_room(&statement, &record);
    statement_end(&statement);
    return status == ST_OK ? visit_room(&record, visit, ctx) : status;
}

enum status room_each(struct store *store,
                      enum status (*visit)(void *ctx, const char *room_id,
                                           const char *bytes, size_t len),
                      void *ctx)
{
    struct buf record;
    int64_t id = 0;
    enum status status;
    /* One row a statement: a visit may use the store. */
    while ((status = read_next_room(store, &id, &record)) == ST_OK) {
        status = visit_room(&record, visit, ctx);
        if (status)
            return status;
    }
    return status == ST_NOT_FOUND ? ST_OK : status;
}

enum status room_member_set(struct store *store, const char *room_id, const char *user_id,
                            int standing, int32_t since_day)
{
    unsigned char room[HASH_LEN], user[HASH_LEN];
    if (standing != 0 && standing != STANDING_INVITED && standing != STANDING_JOINED)
        return ST_RANGE;
    hash_room(store, room_id, room);
    hash_room_member(store, room_id, user_id, user);
    struct statement statement = statement_begin(
        store, standing == 0
                   ? "delete from room_member where room = ? and user = ?"
                   : "insert into room_member (room, user, standing, since, is_marked)"
                     " values (?, ?, ?, ?, 0) on conflict (room, user) do update set"
                     " since = iif(standing = 2 and excluded.standing = 2,"
                     "             since, excluded.since),"
                     " standing = excluded.standing, is_marked = 0");
    statement_hash(&statement, room);
    statement_hash(&statement, user);
    if (standing != 0) {
        statement_int(&statement, standing);
        statement_int(&statement, since_day);
    }
    return statement_run(&statement);
}

enum status room_member_get(struct store *store, const char *room_id, const char *user_id,
                            int *ret_standing, int32_t *ret_since_day)
{
    unsigned char room[HASH_LEN], user[HASH_LEN];
    int standing = 0;
    int32_t since_day = 0;
    hash_room(store, room_id, room);
    hash_room_member(store, room_id, user_id, user);
    struct statement statement = statement_begin(
        store, "select standing, since from room_member where room = ? and user = ?");
    statement_hash(&statement, room);
    statement_hash(&statement, user);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        standing = (int)statement_get_int(&statement, 0);
        since_day = (int32_t)statement_get_int(&statement, 1);
    }
    statement_end(&statement);
    if (status && status != ST_NOT_FOUND)
        return status;
    *ret_standing = standing;
    if (ret_since_day)
        *ret_since_day = since_day;
    return ST_OK;
}

enum status room_member_count(struct store *store, const char *room_id, int *ret_joined,
                              int *ret_invited)
{
    unsigned char room[HASH_LEN];
    hash_room(store, room_id, room);
    struct statement statement = statement_begin(
        store, "select count(*) filter (where standing = 2),"
               " count(*) filter (where standing = 1) from room_member where room = ?");
    statement_hash(&statement, room);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        *ret_joined = (int)statement_get_int(&statement, 0);
        *ret_invited = (int)statement_get_int(&statement, 1);
    }
    statement_end(&statement);
    return status;
}

enum status room_members_begin(struct store *store, const char *room_id)
{
    return run_on_room(store, "update room_member set is_marked = 1 where room = ?",
                       room_id);
}

enum status room_members_end(struct store *store, const char *room_id)
{
    return run_on_room(store, "delete from room_member where room = ? and is_marked = 1",
                       room_id);
}

static enum status drop_dm_of_room(struct store *store, const unsigned char *room)
{
    struct statement statement = statement_begin(store, "delete from dm where room = ?");
    statement_hash(&statement, room);
    return statement_run(&statement);
}

enum status dm_put(struct store *store, const char *user_id, const char *room_id)
{
    unsigned char user[HASH_LEN], room[HASH_LEN];
    struct buf plain, sealed;
    buf_init(&plain, DM_BLOCK - 1);
    record_put_text(&plain, TAG_USER, user_id);
    record_put_text(&plain, TAG_ROOM, room_id);
    if (plain.overflowed) {
        buf_wipe(&plain);
        return ST_TOO_BIG;
    }
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    hash_room(store, room_id, room);
    struct seal_name name = {"dm", user, HASH_LEN};
    seal_padded(keys_seal_key(store->keys), name, plain.data, plain.len, DM_BLOCK,
                &sealed);
    enum status status = drop_dm_of_room(store, room);
    if (status == ST_OK) {
        struct statement statement =
            statement_begin(store, "insert into dm (user, room, facts) values (?, ?, ?)"
                                   " on conflict (user) do update"
                                   " set room = excluded.room, facts = excluded.facts");
        statement_hash(&statement, user);
        statement_hash(&statement, room);
        statement_blob(&statement, sealed.data, sealed.len);
        status = statement_run(&statement);
    }
    buf_wipe(&plain);
    buf_clear(&sealed);
    return status;
}

/* One text of the one row that `hash` finds: user, facts. */
static enum status read_dm(struct store *store, const char *sql,
                           const unsigned char *hash, uint8_t tag, char **ret_text)
{
    struct buf record;
    struct statement statement = statement_begin(store, sql);
    statement_hash(&statement, hash);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        size_t user_len;
        const unsigned char *user = statement_get_blob(&statement, 0, &user_len);
        status = user_len == HASH_LEN
                     ? open_record(&statement, 1, "dm", user, DM_BLOCK, &record)
                     : ST_CORRUPT;
    }
    statement_end(&statement);
    if (status)
        return status;
    char *text = record_text(&record, tag);
    buf_wipe(&record);
    if (text == NULL)
        return ST_CORRUPT;
    *ret_text = text;
    return ST_OK;
}

enum status dm_get(struct store *store, const char *user_id, char **ret_room_id)
{
    unsigned char user[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    return read_dm(store, "select user, facts from dm where user = ?", user, TAG_ROOM,
                   ret_room_id);
}

enum status dm_user(struct store *store, const char *room_id, char **ret_user_id)
{
    unsigned char room[HASH_LEN];
    hash_room(store, room_id, room);
    return read_dm(store, "select user, facts from dm where room = ?", room, TAG_USER,
                   ret_user_id);
}

enum status dm_remove(struct store *store, const char *user_id)
{
    unsigned char user[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, user);
    struct statement statement = statement_begin(store, "delete from dm where user = ?");
    statement_hash(&statement, user);
    return statement_run(&statement);
}
