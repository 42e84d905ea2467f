/* statement.c - prepared statements and what SQLite answers, as a status.
 *
 * After some errors (disk full, I/O) SQLite rolls the whole transaction back by
 * itself. Statements that follow would each commit alone; so the loss is
 * remembered and every further write fails with the first error until the
 * caller rolls back.
 */
#include "store/statement.h"

#include <string.h>

static enum status translate(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_ROWID:
        return ST_EXISTS;
    case SQLITE_CANTOPEN_SYMLINK:
        return ST_DENIED;
    }
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ST_OK;
    case SQLITE_FULL:
        return ST_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ST_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ST_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ST_DENIED;
    case SQLITE_TOOBIG:
        return ST_TOO_BIG;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_ERROR:
        return ST_INVALID;
    default:
        return ST_IO;
    }
}

enum status statement_status(struct store *store, int code)
{
    enum status status = translate(code);
    if (status && store->is_in_transaction && store->lost == ST_OK &&
        sqlite3_get_autocommit(store->db))
        store->lost = status;
    return status;
}

static sqlite3_stmt *find_prepared(struct store *store, const char *sql,
                                   enum status *status)
{
    sqlite3_stmt *handle = g_hash_table_lookup(store->statements, sql);
    if (handle)
        return handle;
    int code =
        sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
    *status = statement_status(store, code);
    if (*status == ST_OK && handle == NULL)
        *status = ST_INVALID;
    if (*status == ST_OK)
        g_hash_table_insert(store->statements, (void *)sql, handle);
    return *status ? NULL : handle;
}

struct statement statement_begin(struct store *store, const char *sql)
{
    struct statement statement = {.store = store};
    sqlite3_stmt *handle = find_prepared(store, sql, &statement.status);
    if (handle == NULL)
        return statement;
    if (!sqlite3_stmt_readonly(handle))
        statement.status = store_need_transaction(store);
    if (sqlite3_stmt_busy(handle))
        statement.status = ST_INVALID;
    if (statement.status == ST_OK)
        statement.handle = handle;
    return statement;
}

static void note(struct statement *statement, int code)
{
    if (statement->status == ST_OK)
        statement->status = statement_status(statement->store, code);
}

void statement_int(struct statement *statement, int64_t value)
{
    if (statement->handle)
        note(statement, sqlite3_bind_int64(statement->handle, ++statement->bound, value));
}

void statement_text(struct statement *statement, const char *text)
{
    if (statement->handle)
        note(statement, sqlite3_bind_text(statement->handle, ++statement->bound, text, -1,
                                          SQLITE_STATIC));
}

void statement_blob(struct statement *statement, const void *bytes, size_t len)
{
    if (statement->handle)
        note(statement, sqlite3_bind_blob64(statement->handle, ++statement->bound,
                                            bytes ? bytes : "", len, SQLITE_STATIC));
}

void statement_hash(struct statement *statement, const unsigned char hash[HASH_LEN])
{
    statement_blob(statement, hash, HASH_LEN);
}

void statement_null(struct statement *statement)
{
    if (statement->handle)
        note(statement, sqlite3_bind_null(statement->handle, ++statement->bound));
}

void statement_end(struct statement *statement)
{
    if (statement->handle == NULL)
        return;
    sqlite3_reset(statement->handle); /* repeats the error of the last step */
    sqlite3_clear_bindings(statement->handle);
    statement->handle = NULL;
}

enum status statement_row(struct statement *statement)
{
    if (statement->status)
        return statement->status;
    if (statement->handle == NULL)
        return ST_INVALID;
    int code = sqlite3_step(statement->handle);
    if (code == SQLITE_ROW)
        return ST_OK;
    if (code == SQLITE_DONE)
        return ST_NOT_FOUND;
    note(statement, code);
    return statement->status;
}

int64_t statement_get_int(const struct statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

const char *statement_get_text(const struct statement *statement, int column)
{
    const void *text = sqlite3_column_text(statement->handle, column);
    return text ? text : "";
}

const unsigned char *statement_get_blob(const struct statement *statement, int column,
                                        size_t *ret_len)
{
    const unsigned char *bytes = sqlite3_column_blob(statement->handle, column);
    *ret_len = (size_t)sqlite3_column_bytes(statement->handle, column);
    return bytes ? bytes : (const unsigned char *)"";
}

bool statement_is_null(const struct statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

enum status statement_run(struct statement *statement)
{
    enum status status = statement_row(statement);
    statement_end(statement);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

enum status statement_run_changing(struct statement *statement)
{
    enum status status = statement_run(statement);
    if (status == ST_OK && sqlite3_changes(statement->store->db) == 0)
        return ST_NOT_FOUND;
    return status;
}

enum status statement_has_row(struct statement *statement, bool *ret_has)
{
    enum status status = statement_row(statement);
    statement_end(statement);
    if (status && status != ST_NOT_FOUND)
        return status;
    *ret_has = status == ST_OK;
    return ST_OK;
}

enum status statement_one_int(struct statement *statement, int64_t *ret_value)
{
    enum status status = statement_row(statement);
    if (status == ST_OK && statement_is_null(statement, 0))
        status = ST_NOT_FOUND;
    if (status == ST_OK)
        *ret_value = statement_get_int(statement, 0);
    statement_end(statement);
    return status;
}

enum status statement_exec(struct store *store, const char *sql)
{
    return statement_status(store, sqlite3_exec(store->db, sql, NULL, NULL, NULL));
}

void statement_forget_all(struct store *store)
{
    if (store->statements)
        g_hash_table_remove_all(store->statements);
}
