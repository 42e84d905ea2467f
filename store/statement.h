/* statement.h - prepared statements and what SQLite answers, as a status.
 *
 * One statement per SQL text, prepared once and kept until the store closes;
 * texts are literals. Values are bound in order; an error sticks and comes out
 * of the next statement_row or statement_run. What is bound is borrowed until
 * the statement ends. A text that writes is refused (ST_INVALID) outside a
 * transaction, and a statement cannot be begun twice at once.
 */
#ifndef HEARTH_STORE_STATEMENT_H
#define HEARTH_STORE_STATEMENT_H

#include "store/internal.h"

struct statement {
    struct store *store;
    sqlite3_stmt *handle; /* borrowed from the cache; NULL after an error or the end */
    int bound;
    enum status status;
};

struct statement statement_begin(struct store *store, const char *sql);
void statement_int(struct statement *statement, int64_t value);
void statement_text(struct statement *statement, const char *text); /* NULL: null */
void statement_blob(struct statement *statement, const void *bytes, size_t len);
void statement_hash(struct statement *statement, const unsigned char hash[HASH_LEN]);
void statement_null(struct statement *statement);

/* The next row; ST_NOT_FOUND behind the last one. Call statement_end after the
 * last look at a row. */
enum status statement_row(struct statement *statement) MUST_CHECK;
int64_t statement_get_int(const struct statement *statement, int column);
/* Borrowed until the next row or the end; "" and 0 for null. */
const char *statement_get_text(const struct statement *statement, int column);
const unsigned char *statement_get_blob(const struct statement *statement, int column,
                                        size_t *ret_len);
bool statement_is_null(const struct statement *statement, int column);
void statement_end(struct statement *statement);

/* Run a text that gives no rows, and end it. ST_EXISTS: a key is taken. */
enum status statement_run(struct statement *statement) MUST_CHECK;
/* ... ST_NOT_FOUND when no row was changed. */
enum status statement_run_changing(struct statement *statement) MUST_CHECK;
/* Is there a row? Ends the statement. */
enum status statement_has_row(struct statement *statement, bool *ret_has) MUST_CHECK;
/* The one integer of the one row; ST_NOT_FOUND if none or null. Ends it. */
enum status statement_one_int(struct statement *statement, int64_t *ret_value) MUST_CHECK;

/* Several statements without values; not cached, works outside a transaction. */
enum status statement_exec(struct store *store, const char *sql) MUST_CHECK;
/* What a result code of SQLite means to a caller; remembers a lost transaction. */
enum status statement_status(struct store *store, int code) MUST_CHECK;
void statement_forget_all(struct store *store);

#endif
