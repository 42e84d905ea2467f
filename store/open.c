/* open.c - from three folders to a store that is ready, or a reason why not.
 *
 * Order: folders (modes, none inside another), locks, the database as it is
 * (nothing is written to a file that is not ours or is newer), pragmas, keys,
 * migrations, then what must happen at every start: keys of closed weeks die
 * and forgotten people stay forgotten.
 *
 * The registry key is made only together with a fresh database. A database
 * knows a hash made with its key, so that a lost or wrong key is an error and
 * never a silent new beginning.
 */
#include "store/opening.h"

#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "store/pending.h"
#include "store/schema.h"
#include "store/statement.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define IN_USE_NAME "database" /* in key_dir: its key has served a database */
#define IN_USE_TEXT "registry.key seals a database: keep a copy of it\n"
#define META_INSTANCE "store.instance"
#define META_KEY_CHECK "store.key_check"

/* What was set must be what SQLite says afterwards. The order matters: the lock
 * mode before WAL (so that no shared memory is needed) and auto_vacuum before
 * the first page is written. */
static const struct pragma {
    const char *name, *set, *expected;
} PRAGMAS[] = {
    {"locking_mode", "exclusive", "exclusive"},
    {"auto_vacuum", "incremental", "2"},
    {"trusted_schema", "off", "0"},
    {"cell_size_check", "on", "1"},
    {"journal_mode", "wal", "wal"},
    {"synchronous", "full", "2"},
    {"secure_delete", "on", "1"},
    {"foreign_keys", "on", "1"},
    {"temp_store", "memory", "2"},
    {"cache_size", "-8192", "-8192"}, /* KiB */
    {"wal_autocheckpoint", "1000", "1000"},
    {"journal_size_limit", "8388608", "8388608"},
};

/* Is `name` a file of the folder? */
static enum status find_file(const char *folder, const char *name, bool *ret_found)
{
    struct strv names;
    enum status status = file_list(folder, &names);
    if (status)
        return status;
    *ret_found = strv_has(&names, name);
    strv_clear(&names);
    return ST_OK;
}

/* A new database begins: until it is whole, an empty file is no loss. */
static enum status unmark_in_use(const struct store *store)
{
    char *path = file_join(store->folders[FOLDER_KEYS], IN_USE_NAME);
    enum status status = file_destroy(path);
    free(path);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

static void finalize(void *handle)
{
    sqlite3_finalize(handle);
}

static enum status open_sqlite(struct opening *opening)
{
    struct store *store = opening->store;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                      SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW |
                      SQLITE_OPEN_EXRESCODE;
    enum status status =
        find_file(store->folders[FOLDER_DATA], DATABASE_NAME, &opening->was_there);
    if (status == ST_OK)
        status = find_file(store->folders[FOLDER_DATA], DATABASE_NAME "-wal",
                           &opening->was_killed);
    if (status == ST_OK && !opening->was_there)
        status = unmark_in_use(store);
    if (status)
        return status;
    int code =
        sqlite3_open_v2(opening->database, &store->db, flags, opening->config->vfs);
    if (code)
        return statement_status(store, code);
    /* A failed opening leaves the files as they were. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    store->statements = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, finalize);
    return ST_OK;
}

static enum status read_int(struct store *store, const char *sql, int64_t *ret_value)
{
    struct statement statement = statement_begin(store, sql);
    return statement_one_int(&statement, ret_value);
}

/* Whose database is this, and how old? Reads only. */
static enum status inspect(struct opening *opening)
{
    struct store *store = opening->store;
    int64_t application = 0, version = 0, tables = 0, pages = 0;
    enum status status = statement_exec(store, "pragma locking_mode = exclusive");
    if (status == ST_OK)
        status = read_int(store, "pragma application_id", &application);
    if (status == ST_OK)
        status = read_int(store, "pragma user_version", &version);
    if (status == ST_OK)
        status = read_int(store, "pragma page_count", &pages);
    if (status == ST_OK)
        status = read_int(store, "select count(*) from sqlite_schema", &tables);
    if (status)
        return status;
    opening->is_fresh = application == 0 && version == 0 && tables == 0;
    opening->version = (int)version;
    if (opening->is_fresh) {
        bool in_use = false;
        status = find_file(store->folders[FOLDER_KEYS], IN_USE_NAME, &in_use);
        /* A crash of the very first start leaves such a file, but no mark. */
        if (status == ST_OK && in_use && opening->was_there && pages == 0)
            return ST_CORRUPT;
        return status;
    }
    if (application != SCHEMA_APPLICATION_ID || version < 1)
        return ST_CORRUPT;
    return version > SCHEMA_VERSION ? ST_NEWER : ST_OK;
}

static enum status set_pragma(struct store *store, const struct pragma *pragma)
{
    char *set = sqlite3_mprintf("pragma %s = %s", pragma->name, pragma->set);
    char *get = sqlite3_mprintf("pragma %s", pragma->name);
    sqlite3_stmt *handle = NULL;
    enum status status = statement_exec(store, set);
    if (status == ST_OK)
        status = statement_status(store,
                                  sqlite3_prepare_v2(store->db, get, -1, &handle, NULL));
    if (status == ST_OK && sqlite3_step(handle) != SQLITE_ROW)
        status = ST_IO;
    if (status == ST_OK &&
        !text_equal((const char *)sqlite3_column_text(handle, 0), pragma->expected))
        status = ST_IO;
    sqlite3_finalize(handle);
    sqlite3_free(set);
    sqlite3_free(get);
    return status;
}

static enum status set_pragmas(struct opening *opening)
{
    for (size_t i = 0; i < sizeof PRAGMAS / sizeof *PRAGMAS; i++) {
        enum status status = set_pragma(opening->store, &PRAGMAS[i]);
        if (status == ST_IO)
            opening_explain(opening, "SQLite refuses %s = %s for %s", PRAGMAS[i].name,
                            PRAGMAS[i].set, opening->database);
        if (status)
            return status;
    }
    return ST_OK;
}

/* SQLite itself sees a file that is too short, but not behind a WAL. */
static enum status check_pages(struct opening *opening)
{
    if (!opening->was_killed)
        return ST_OK;
    struct statement statement = statement_begin(opening->store, "pragma quick_check(1)");
    enum status status = statement_row(&statement);
    if (status == ST_OK && !text_equal(statement_get_text(&statement, 0), "ok"))
        status = ST_CORRUPT;
    statement_end(&statement);
    return status;
}

static void explain_database(struct opening *opening, enum status status)
{
    const char *path = opening->database;
    if (status == ST_NEWER)
        opening_explain(
            opening,
            "%s was written by a newer Hearth (schema %d, this one knows %d): install "
            "that version, or bring back a backup",
            path, opening->version, SCHEMA_VERSION);
    else if (status == ST_CORRUPT)
        opening_explain(
            opening,
            "%s is damaged, cut off or no database of Hearth. Nothing was changed: move "
            "it away together with %s-wal and bring back a backup",
            path, path);
    else if (status == ST_BUSY)
        opening_explain(opening, "%s is held by another program: close it first", path);
    else if (status == ST_DENIED)
        opening_explain(opening, "%s must be a file (no link) that Hearth may write",
                        path);
    else if (status)
        opening_explain(opening, "%s: %s", path, status_text(status));
}

static enum status open_database(struct opening *opening)
{
    opening->database = file_join(opening->store->folders[FOLDER_DATA], DATABASE_NAME);
    enum status status = open_sqlite(opening);
    if (status == ST_OK)
        status = inspect(opening);
    if (status == ST_OK)
        status = check_pages(opening);
    if (status == ST_OK)
        status = set_pragmas(opening);
    explain_database(opening, status);
    return status;
}

static enum status open_keys(struct opening *opening)
{
    struct store *store = opening->store;
    const char *key_dir = store->folders[FOLDER_KEYS];
    enum status status = keys_open(key_dir, store->folders[FOLDER_WEEK_KEYS],
                                   opening->is_fresh, &store->keys);
    if (status == ST_NOT_FOUND) {
        opening_explain(
            opening,
            "%s/registry.key is missing, and %s cannot be read without it: bring the "
            "key back from where it was kept, or move the database away to begin anew",
            key_dir, opening->database);
        return ST_CORRUPT;
    }
    if (status == ST_CORRUPT)
        opening_explain(opening, "%s/registry.key is damaged: bring back a copy of it",
                        key_dir);
    else if (status)
        opening_explain(opening, "keys in %s or %s: %s", key_dir,
                        store->folders[FOLDER_WEEK_KEYS], status_text(status));
    return status;
}

/* Hash of nothing in particular: equal if and only if the key is. */
static void make_key_check(const struct store *store, char ret_text[2 * HASH_LEN + 1])
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, "key check", "", NULL, hash);
    sodium_bin2hex(ret_text, 2 * HASH_LEN + 1, hash, HASH_LEN);
}

static enum status check_key(struct opening *opening)
{
    char expected[2 * HASH_LEN + 1];
    char *found = NULL;
    if (opening->is_fresh)
        return ST_OK;
    make_key_check(opening->store, expected);
    enum status status = store_meta_get(opening->store, META_KEY_CHECK, &found);
    /* A crash between the first migration and the first meta row. */
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status == ST_OK && !text_equal(found, expected)) {
        opening_explain(
            opening,
            "%s/registry.key is not the key of %s: they belong together, bring back "
            "the pair",
            opening->store->folders[FOLDER_KEYS], opening->database);
        status = ST_CORRUPT;
    }
    free(found);
    return status;
}

static enum status write_marks(struct store *store, const char *key_check)
{
    enum status status = store_begin(store);
    if (status)
        return status;
    status = store_meta_set(store, META_KEY_CHECK, key_check);
    if (status == ST_OK)
        status = store_meta_set(store, META_INSTANCE, store->instance);
    if (status == ST_OK)
        status = store_commit(store);
    if (status)
        store_rollback(store);
    return status;
}

/* The instance id: a fresh database has none, nor has a restored one. */
static enum status name_instance(struct store *store)
{
    char *instance = NULL, key_check[2 * HASH_LEN + 1];
    enum status status = store_meta_get(store, META_INSTANCE, &instance);
    if (status == ST_OK && strlen(instance) == sizeof store->instance - 1) {
        memcpy(store->instance, instance, sizeof store->instance);
    } else if (status == ST_OK || status == ST_NOT_FOUND) {
        random_hex(&store->random, 16, store->instance);
        make_key_check(store, key_check);
        status = write_marks(store, key_check);
    }
    free(instance);
    return status;
}

static enum status mark_in_use(struct store *store)
{
    bool is_marked = false;
    const char *key_dir = store->folders[FOLDER_KEYS];
    enum status status = find_file(key_dir, IN_USE_NAME, &is_marked);
    if (status || is_marked)
        return status;
    char *path = file_join(key_dir, IN_USE_NAME);
    status = file_write(path, IN_USE_TEXT, strlen(IN_USE_TEXT));
    free(path);
    return status;
}

static enum status make_ready(struct opening *opening)
{
    struct store *store = opening->store;
    enum status status = check_key(opening);
    if (status == ST_OK)
        status = schema_migrate(store, opening->version);
    if (status == ST_OK)
        status = name_instance(store);
    explain_database(opening, status);
    if (status == ST_OK)
        status = mark_in_use(store);
    if (status == ST_OK)
        status = week_keys_destroy_closed(store);
    if (status == ST_OK)
        status = tombstones_load(store);
    if (status)
        opening_explain(opening, "files in %s or %s: %s", store->folders[FOLDER_KEYS],
                        store->folders[FOLDER_WEEK_KEYS], status_text(status));
    if (status == ST_OK)
        status = tombstones_apply(store);
    explain_database(opening, status);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, status != ST_OK, NULL);
    return status;
}

enum status store_open(const struct store_config *config, const struct random *random,
                       struct store **ret_store, long *ret_holder, char **ret_why)
{
    struct opening opening = {.config = config};
    struct store *store = mem_alloc(sizeof *store);
    store->random = *random;
    for (int i = 0; i < FOLDER_COUNT; i++)
        store->locks[i] = -1;
    opening.store = store;
    enum status status = opening_take_folders(&opening);
    if (status == ST_OK)
        status = open_database(&opening);
    if (status == ST_OK)
        status = open_keys(&opening);
    if (status == ST_OK)
        status = make_ready(&opening);
    if (status == ST_OK)
        *ret_store = store;
    else
        store_close(store);
    if (status == ST_BUSY && ret_holder)
        *ret_holder = opening.holder;
    if (status && ret_why)
        *ret_why = mem_dup(opening.why);
    free(opening.why);
    free(opening.database);
    return status;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    if (store->db)
        store_rollback(store);
    if (store->statements)
        g_hash_table_destroy(store->statements);
    sqlite3_close(store->db);
    keys_close(store->keys);
    free(store->forgotten.hashes);
    for (int i = 0; i < FOLDER_COUNT; i++) {
        file_unlock(store->locks[i]);
        free(store->folders[i]);
    }
    free(store);
}
