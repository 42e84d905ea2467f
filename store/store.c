/* store.c - transactions, small settings, housekeeping. Opening is in open.c. */
#include "store/internal.h"

#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "store/inbox.h"
#include "store/member.h"
#include "store/outbox_seal.h"
#include "store/statement.h"
#include "store/trend.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define VACUUM_PAGES "200"

enum status store_need_transaction(const struct store *store)
{
    if (!store->is_in_transaction)
        return ST_INVALID;
    if (sqlite3_get_autocommit(store->db))
        return store->lost ? store->lost : ST_IO;
    return ST_OK;
}

enum status store_begin(struct store *store)
{
    if (store->is_in_transaction)
        return ST_INVALID;
    enum status status = statement_exec(store, "begin immediate");
    if (status == ST_OK)
        store->is_in_transaction = true;
    return status;
}

static void forget_transaction(struct store *store)
{
    store->is_in_transaction = false;
    store->has_savepoint = false;
    store->has_key_sweep = false;
    store->lost = ST_OK;
}

enum status store_commit(struct store *store)
{
    enum status status = store_need_transaction(store);
    if (status == ST_OK && store->has_savepoint)
        return ST_INVALID;
    if (status == ST_OK)
        status = statement_exec(store, "commit");
    if (status)
        return status;
    bool has_sweep = store->has_key_sweep;
    forget_transaction(store);
    /* What fails here is tried again at the next rotation. */
    enum status swept = has_sweep ? outbox_sweep_keys(store) : ST_OK;
    (void)swept;
    return ST_OK;
}

void store_rollback(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "rollback", NULL, NULL, NULL);
    forget_transaction(store);
}

enum status store_savepoint(struct store *store)
{
    enum status status = store_need_transaction(store);
    if (status == ST_OK && store->has_savepoint)
        status = ST_INVALID;
    if (status == ST_OK)
        status = statement_exec(store, "savepoint event");
    if (status == ST_OK)
        store->has_savepoint = true;
    return status;
}

enum status store_release(struct store *store)
{
    enum status status = store_need_transaction(store);
    if (status == ST_OK && !store->has_savepoint)
        status = ST_INVALID;
    if (status == ST_OK)
        status = statement_exec(store, "release event");
    if (status == ST_OK)
        store->has_savepoint = false;
    return status;
}

void store_rollback_savepoint(struct store *store)
{
    /* If SQLite lost the transaction, `lost` speaks at the next write. */
    if (store->has_savepoint && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "rollback to event; release event", NULL, NULL, NULL);
    store->has_savepoint = false;
}

/* The WAL's size as the file system sees it. */
static enum status measure_wal(struct store *store, int64_t *ret_len)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 len = 0;
    int code =
        sqlite3_file_control(store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    if (code == SQLITE_OK && file && file->pMethods)
        code = file->pMethods->xFileSize(file, &len);
    if (code == SQLITE_OK)
        *ret_len = len;
    return statement_status(store, code);
}

enum status store_shorten_wal(struct store *store)
{
    if (store->is_in_transaction)
        return ST_INVALID;
    int code =
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return statement_status(store, code);
}

enum status store_truncate_wal(struct store *store)
{
    int frames = -1, moved = -1;
    int64_t len = 0;
    if (store->is_in_transaction)
        return ST_INVALID;
    int code = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                         &frames, &moved);
    enum status status = statement_status(store, code);
    if (status == ST_OK)
        status = measure_wal(store, &len);
    if (status == ST_OK && (frames != 0 || moved != 0 || len != 0))
        status = ST_IO;
    return status;
}

enum status store_meta_get(struct store *store, const char *key, char **ret_value)
{
    struct statement statement =
        statement_begin(store, "select value from meta where key = ?");
    statement_text(&statement, key);
    enum status status = statement_row(&statement);
    if (status == ST_OK)
        *ret_value = mem_dup(statement_get_text(&statement, 0));
    statement_end(&statement);
    return status;
}

enum status store_meta_set(struct store *store, const char *key, const char *value)
{
    struct statement statement;
    if (value == NULL) {
        statement = statement_begin(store, "delete from meta where key = ?");
        statement_text(&statement, key);
    } else {
        statement = statement_begin(
            store, "insert into meta (key, value) values (?, ?)"
                   " on conflict (key) do update set value = excluded.value");
        statement_text(&statement, key);
        statement_text(&statement, value);
    }
    return statement_run(&statement);
}

const char *store_instance(const struct store *store)
{
    return store->instance;
}

bool store_week_is_valid(int32_t week)
{
    return week >= 197001 && week <= 999952 && week_add(week, 0) == week;
}

enum status store_vacuum_some(struct store *store)
{
    return statement_exec(store, "pragma incremental_vacuum(" VACUUM_PAGES ")");
}

enum window_unit { WINDOW_DAY, WINDOW_WEEK, WINDOW_MS };

/* One table's old rows: those with the column below a limit. */
struct window {
    const char *sql;       /* ?1 the limit, ?2 the most rows */
    int days;              /* how far back the limit lies */
    enum window_unit unit; /* of the column */
};

static const struct window WINDOWS[] = {
    {"delete from seen where hash in (select hash from seen where day < ?1 limit ?2)",
     SEEN_DAYS, WINDOW_DAY},
    {"delete from answered where id in (select id from answered where day < ?1 limit ?2)",
     ANSWERED_DAYS, WINDOW_DAY},
    {"delete from ours where hash in (select hash from ours where day < ?1 limit ?2)",
     ANSWERED_DAYS, WINDOW_DAY},
    {"delete from redacted where hash in"
     " (select hash from redacted where day < ?1 limit ?2)",
     SEEN_DAYS, WINDOW_DAY},
    {"delete from prompted where hash in"
     " (select hash from prompted where day < ?1 limit ?2)",
     PROMPTED_DAYS, WINDOW_DAY},
    {"delete from dialogue where id in"
     " (select id from dialogue where expires <= ?1 limit ?2)",
     0, WINDOW_MS},
    {"delete from faq_count where (faq, week) in"
     " (select faq, week from faq_count where week < ?1 limit ?2)",
     FAQ_COUNT_DAYS, WINDOW_WEEK},
};

static int64_t window_limit(const struct window *window, int64_t now_utc_ms)
{
    int32_t day = day_of_utc(now_utc_ms) - window->days;
    switch (window->unit) {
    case WINDOW_DAY:
        return day;
    case WINDOW_WEEK:
        return week_of_day(day);
    case WINDOW_MS:
        break;
    }
    return now_utc_ms - window->days * DAY_MS;
}

static enum status tidy_tables(struct store *store, int64_t now_utc_ms, int max_rows,
                               int *ret_deleted)
{
    int deleted = 0;
    enum status status = ST_OK;
    for (size_t i = 0; status == ST_OK && i < sizeof WINDOWS / sizeof *WINDOWS; i++) {
        const struct window *window = &WINDOWS[i];
        struct statement statement = statement_begin(store, window->sql);
        statement_int(&statement, window_limit(window, now_utc_ms));
        statement_int(&statement, max_rows - deleted);
        status = statement_run(&statement);
        if (status == ST_OK)
            deleted += sqlite3_changes(store->db);
    }
    *ret_deleted = deleted;
    return status;
}

enum status store_tidy(struct store *store, int64_t now_utc_ms, int max_rows)
{
    int deleted = 0;
    if (max_rows <= 0)
        return ST_RANGE;
    enum status status = store_begin(store);
    if (status)
        return status;
    status = tidy_tables(store, now_utc_ms, max_rows, &deleted);
    if (status == ST_OK && deleted == 0)
        status = ST_NOT_FOUND;
    if (status == ST_OK)
        status = store_vacuum_some(store);
    if (status == ST_OK)
        status = store_commit(store);
    if (status)
        store_rollback(store);
    return status;
}

void store_room_tag(const struct store *store, const char *room_id, char ret_tag[13])
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, "room tag", room_id, NULL, hash);
    sodium_bin2hex(ret_tag, 13, hash, 6);
}

/* A reading statement that is not one of begin, pragma, explain ... */
static bool is_select(sqlite3_stmt *handle, const char *sql, const char *tail)
{
    sql += strspn(sql, " \t\r\n");
    return handle && sqlite3_stmt_readonly(handle) && !sqlite3_stmt_isexplain(handle) &&
           (sqlite3_strnicmp(sql, "select", 6) == 0 ||
            sqlite3_strnicmp(sql, "with", 4) == 0) &&
           tail[strspn(tail, " \t\r\n;")] == '\0';
}

enum status store_query_text(struct store *store, const char *sql, char **ret_text)
{
    sqlite3_stmt *handle = NULL;
    const char *tail = "";
    int code = sqlite3_prepare_v2(store->db, sql, -1, &handle, &tail);
    enum status status = statement_status(store, code);
    if (status == ST_OK && !is_select(handle, sql, tail))
        status = ST_INVALID;
    if (status == ST_OK) {
        code = sqlite3_step(handle);
        if (code == SQLITE_ROW) {
            const char *text = (const char *)sqlite3_column_text(handle, 0);
            *ret_text = mem_dup(text ? text : "");
        } else {
            status = code == SQLITE_DONE ? ST_NOT_FOUND : statement_status(store, code);
        }
    }
    sqlite3_finalize(handle);
    return status;
}
