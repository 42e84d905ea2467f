/* pending.c - answers of open weeks, and how a week ends.
 *
 * A row's id is a hash under the week's own key, so even the holder of the
 * registry key cannot tell, once the week key is gone, whether a person has a
 * row. Group and week stand plain; the row number shows in which order people
 * gave their first answer of the week, and a new blob of the same size shows
 * that one of them wrote again. Nothing shows who or what.
 *
 * Keys are files and take no part in a transaction: made before any row needs
 * them, destroyed only when the closed marker is committed.
 */
#include "store/pending.h"

#include "store/seal.h"
#include "store/statement.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PURPOSE "pending"
#define SEALED_LEN (PENDING_BLOB_LEN + SEAL_OVERHEAD)
#define OPEN_WEEKS_MAX 64

static enum status check_name(const char *group, int32_t week)
{
    if (!keys_group_is_valid(group))
        return ST_INVALID;
    return store_week_is_valid(week) ? ST_OK : ST_RANGE;
}

static enum status read_closed(struct store *store, const char *group, int32_t week,
                               bool *ret_closed)
{
    struct statement statement =
        statement_begin(store, "select 1 from closed where grp = ? and week = ?");
    statement_text(&statement, group);
    statement_int(&statement, week);
    return statement_has_row(&statement, ret_closed);
}

bool closed_has(struct store *store, const char *group, int32_t week)
{
    bool is_closed = false;
    return read_closed(store, group, week, &is_closed) == ST_OK && is_closed;
}

enum status closed_add(struct store *store, const char *group, int32_t week)
{
    enum status status = check_name(group, week);
    if (status)
        return status;
    struct statement statement =
        statement_begin(store, "insert into closed (grp, week) values (?, ?)");
    statement_text(&statement, group);
    statement_int(&statement, week);
    return statement_run(&statement);
}

enum status week_key_ensure(struct store *store, const char *group, int32_t week)
{
    bool is_closed;
    enum status status = check_name(group, week);
    if (status == ST_OK)
        status = read_closed(store, group, week, &is_closed);
    if (status == ST_OK)
        status = is_closed ? ST_NOT_FOUND : keys_week_make(store->keys, group, week);
    return status;
}

enum status week_key_destroy(struct store *store, const char *group, int32_t week)
{
    bool is_closed;
    /* Inside a transaction the marker may still be rolled back. */
    if (store->is_in_transaction)
        return ST_INVALID;
    enum status status = read_closed(store, group, week, &is_closed);
    if (status)
        return status;
    return is_closed ? keys_week_destroy(store->keys, group, week) : ST_INVALID;
}

bool week_key_exists(struct store *store, const char *group, int32_t week)
{
    return keys_week_exists(store->keys, group, week);
}

enum status week_keys_destroy_closed(struct store *store)
{
    struct key_name *names;
    size_t count;
    if (store->is_in_transaction)
        return ST_INVALID;
    enum status status = keys_week_list(store->keys, &names, &count);
    if (status)
        return status;
    for (size_t i = 0; status == ST_OK && i < count; i++) {
        bool is_closed;
        status = read_closed(store, names[i].group, names[i].week, &is_closed);
        if (status == ST_OK && is_closed)
            status = keys_week_destroy(store->keys, names[i].group, names[i].week);
    }
    free(names);
    return status;
}

static struct seal_name name_row(const unsigned char id[HASH_LEN])
{
    return (struct seal_name){PURPOSE, id, HASH_LEN};
}

/* Open the current row's blob into the secret's own memory. */
static enum status open_blob(const struct statement *statement, int column,
                             const unsigned char id[HASH_LEN], struct week_secret *secret)
{
    size_t len;
    const unsigned char *sealed = statement_get_blob(statement, column, &len);
    return seal_open_fixed(secret->seal_key, name_row(id), sealed, len, secret->plain,
                           PENDING_BLOB_LEN);
}

enum status pending_get(struct store *store, const char *group, int32_t week,
                        const char *user_id, unsigned char ret_blob[PENDING_BLOB_LEN])
{
    unsigned char id[HASH_LEN];
    struct week_secret *secret;
    enum status status = week_secret_open(store->keys, group, week, &secret);
    if (status)
        return status;
    week_secret_hash(secret, user_id, group, id);
    struct statement statement =
        statement_begin(store, "select answers from pending where id = ?");
    statement_hash(&statement, id);
    status = statement_row(&statement);
    if (status == ST_OK)
        status = open_blob(&statement, 0, id, secret);
    if (status == ST_OK)
        memcpy(ret_blob, secret->plain, PENDING_BLOB_LEN);
    statement_end(&statement);
    week_secret_close(secret);
    return status;
}

static enum status write_row(struct store *store, const char *group, int32_t week,
                             const unsigned char id[HASH_LEN],
                             const unsigned char sealed[SEALED_LEN])
{
    struct statement statement = statement_begin(
        store, "insert into pending (id, grp, week, answers) values (?, ?, ?, ?)"
               " on conflict (id) do update set answers = excluded.answers");
    statement_hash(&statement, id);
    statement_text(&statement, group);
    statement_int(&statement, week);
    statement_blob(&statement, sealed, SEALED_LEN);
    return statement_run(&statement);
}

void pending_watch(struct store *store, const char *group, int32_t week)
{
    snprintf(store->watched.group, sizeof store->watched.group, "%s", group);
    store->watched.week = week;
    store->watched.has_changed = false;
}

bool pending_has_changed(const struct store *store)
{
    return store->watched.has_changed;
}

static void note_change(struct store *store, const char *group, int32_t week)
{
    if (store->watched.week == week && text_equal(store->watched.group, group))
        store->watched.has_changed = true;
}

enum status pending_put(struct store *store, const char *group, int32_t week,
                        const char *user_id, const unsigned char blob[PENDING_BLOB_LEN])
{
    unsigned char id[HASH_LEN], sealed[SEALED_LEN];
    struct week_secret *secret;
    bool is_closed;
    enum status status = read_closed(store, group, week, &is_closed);
    if (status == ST_OK && is_closed)
        status = ST_NOT_FOUND;
    if (status == ST_OK)
        status = week_secret_open(store->keys, group, week, &secret);
    if (status)
        return status;
    week_secret_hash(secret, user_id, group, id);
    seal_fixed(secret->seal_key, name_row(id), blob, PENDING_BLOB_LEN, sealed);
    week_secret_close(secret);
    note_change(store, group, week);
    return write_row(store, group, week, id, sealed);
}

enum status pending_remove(struct store *store, const char *group, int32_t week,
                           const char *user_id)
{
    unsigned char id[HASH_LEN];
    struct week_secret *secret;
    enum status status = week_secret_open(store->keys, group, week, &secret);
    if (status == ST_NOT_FOUND)
        return ST_OK; /* without its key a row is nobody's */
    if (status)
        return status;
    week_secret_hash(secret, user_id, group, id);
    week_secret_close(secret);
    note_change(store, group, week);
    struct statement statement =
        statement_begin(store, "delete from pending where id = ?");
    statement_hash(&statement, id);
    return statement_run(&statement);
}

/* The row behind `*cursor`, opened into `secret`; the cursor moves. A row that
 * does not open sets `ret_readable` to false. */
static enum status read_next(struct store *store, const char *group, int32_t week,
                             int64_t *cursor, struct week_secret *secret,
                             bool *ret_readable)
{
    struct statement statement =
        statement_begin(store, "select row, id, answers from pending where grp = ?"
                               " and week = ? and row > ? order by row limit 1");
    statement_text(&statement, group);
    statement_int(&statement, week);
    statement_int(&statement, *cursor);
    enum status status = statement_row(&statement);
    if (status == ST_OK) {
        size_t id_len;
        const unsigned char *id = statement_get_blob(&statement, 1, &id_len);
        *cursor = statement_get_int(&statement, 0);
        *ret_readable =
            id_len == HASH_LEN && open_blob(&statement, 2, id, secret) == ST_OK;
    }
    statement_end(&statement);
    return status;
}

enum status pending_walk(struct store *store, const char *group, int32_t week,
                         int64_t *cursor, int max,
                         enum status (*visit)(void *ctx,
                                              const unsigned char blob[PENDING_BLOB_LEN]),
                         void *ctx, int64_t *ret_unreadable)
{
    struct week_secret *secret;
    int64_t unreadable = 0;
    enum status status = week_secret_open(store->keys, group, week, &secret);
    if (status)
        return status;
    for (int i = 0; status == ST_OK && i < max; i++) {
        bool is_readable;
        /* One row a statement: a visit may write to the table. */
        status = read_next(store, group, week, cursor, secret, &is_readable);
        if (status)
            break;
        if (is_readable)
            status = visit(ctx, secret->plain);
        else
            unreadable++;
    }
    week_secret_close(secret);
    if (ret_unreadable)
        *ret_unreadable += unreadable;
    return status;
}

struct week_list {
    int32_t weeks[OPEN_WEEKS_MAX]; /* ascending */
    int count;
};

/* Insert in order; when it is full the newest falls out. */
static void add_week(struct week_list *list, int32_t week)
{
    int place = 0;
    while (place < list->count && list->weeks[place] < week)
        place++;
    if (place == OPEN_WEEKS_MAX || (place < list->count && list->weeks[place] == week))
        return;
    if (list->count < OPEN_WEEKS_MAX)
        list->count++;
    for (int i = list->count - 1; i > place; i--)
        list->weeks[i] = list->weeks[i - 1];
    list->weeks[place] = week;
}

static enum status add_if_open(struct store *store, const char *group, int32_t week,
                               struct week_list *list)
{
    bool is_closed;
    enum status status = read_closed(store, group, week, &is_closed);
    if (status == ST_OK && !is_closed)
        add_week(list, week);
    return status;
}

/* Steps from week to week along the index, whatever the number of rows. */
static enum status add_weeks_with_rows(struct store *store, const char *group,
                                       struct week_list *list)
{
    int64_t week = 0;
    enum status status = ST_OK;
    while (status == ST_OK) {
        struct statement statement = statement_begin(
            store, "select min(week) from pending where grp = ? and week > ?");
        statement_text(&statement, group);
        statement_int(&statement, week);
        status = statement_one_int(&statement, &week);
        if (status == ST_OK)
            status = add_if_open(store, group, (int32_t)week, list);
    }
    return status == ST_NOT_FOUND ? ST_OK : status;
}

static enum status add_weeks_with_keys(struct store *store, const char *group,
                                       struct week_list *list)
{
    struct key_name *names;
    size_t count;
    enum status status = keys_week_list(store->keys, &names, &count);
    if (status)
        return status;
    for (size_t i = 0; status == ST_OK && i < count; i++) {
        if (strcmp(names[i].group, group) == 0)
            status = add_if_open(store, group, names[i].week, list);
    }
    free(names);
    return status;
}

enum status pending_open_weeks(struct store *store, const char *group, int32_t *ret_weeks,
                               int *ret_count)
{
    struct week_list list = {.count = 0};
    enum status status = add_weeks_with_rows(store, group, &list);
    if (status == ST_OK)
        status = add_weeks_with_keys(store, group, &list);
    if (status)
        return status;
    memcpy(ret_weeks, list.weeks, (size_t)list.count * sizeof *list.weeks);
    *ret_count = list.count;
    return ST_OK;
}

static enum status purge(struct store *store, int max)
{
    struct statement statement = statement_begin(
        store, "delete from pending where row in (select p.row from closed"
               " c cross join pending p on p.grp = c.grp and"
               " p.week = c.week limit ?)");
    statement_int(&statement, max);
    return statement_run_changing(&statement);
}

enum status pending_purge_closed(struct store *store, int max)
{
    if (max <= 0)
        return ST_RANGE;
    enum status status = store_begin(store);
    if (status)
        return status;
    status = purge(store, max);
    if (status == ST_OK)
        status = store_vacuum_some(store);
    if (status == ST_OK)
        status = store_commit(store);
    if (status)
        store_rollback(store);
    return status;
}
