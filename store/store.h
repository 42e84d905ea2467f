/* store.h - one SQLite database, one connection, one process.
 *
 * Opening takes the lock of data_dir (rule E8), checks modes, loads the keys and
 * migrates. Everything below works inside a transaction the caller began; a
 * write outside one is refused (ST_INVALID). Loop thread only. Nothing logs.
 * People and rooms are named by id in the interface and stand in the file only
 * as keyed hashes or inside sealed blobs; no caller ever sees a key.
 *
 * Content handed in (outbox payloads, dialogues, room facts, week answers) is
 * opaque bytes here, sealed before SQLite sees it.
 */
#ifndef HEARTH_STORE_STORE_H
#define HEARTH_STORE_STORE_H

#include "bot/base/clock.h"
#include "bot/base/random.h"
#include "bot/base/status.h"
#include "bot/base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

struct store_config {
    const char *data_dir;     /* hearth.db, lock, heartbeat, control socket */
    const char *key_dir;      /* registry key, outbox keys, tombstones, session */
    const char *week_key_dir; /* one key per group and week */
    const char *vfs;          /* SQLite VFS name, NULL for the system's */
};

/* Errors: ST_BUSY (`ret_holder` is the pid that holds it), ST_DENIED (modes or
 * owner of a folder), ST_NEWER, ST_CORRUPT, ST_FULL, ST_IO, ST_INVALID (one
 * folder lies inside another). `ret_why` (the caller's, may be set on error)
 * says which path and what to do. */
enum status store_open(const struct store_config *config, const struct random *random,
                       struct store **ret_store, long *ret_holder,
                       char **ret_why) MUST_CHECK;
void store_close(
    struct store *store); /* NULL is fine; an open transaction is rolled back */

enum status store_begin(struct store *store) MUST_CHECK;
/* After an error here the outcome is unknown: close the store (rule E8). */
enum status store_commit(struct store *store) MUST_CHECK;
void store_rollback(struct store *store);
/* Nested once: an event's own part of an update (rule E9). */
enum status store_savepoint(struct store *store) MUST_CHECK;
enum status store_release(struct store *store) MUST_CHECK;
void store_rollback_savepoint(struct store *store);

/* Move what stands in the WAL into the database while it is little, so that no later
 * commit has to move much at once; outside a transaction. */
enum status store_shorten_wal(struct store *store) MUST_CHECK;

/* The WAL is emptied and cut to zero bytes; outside a transaction. */
enum status store_truncate_wal(struct store *store) MUST_CHECK;

/* Small settings of the database itself: sync token, instance id ... `ret_value`
 * is the caller's; ST_NOT_FOUND. A NULL value removes. */
enum status store_meta_get(struct store *store, const char *key,
                           char **ret_value) MUST_CHECK;
enum status store_meta_set(struct store *store, const char *key,
                           const char *value) MUST_CHECK;

/* 32 hex digits that name this database; new for each fresh or restored one. */
const char *store_instance(const struct store *store);

/* Housekeeping of bounded tables: seen events, answered questions, expired
 * dialogues, prompts and counters of FAQ entries older than their windows; at most
 * `max_rows` a call. ST_NOT_FOUND when nothing was left to do. Begins its own
 * transaction. */
enum status store_tidy(struct store *store, int64_t now_utc_ms, int max_rows) MUST_CHECK;

/* A one-way name of a room for logs and lanes: 12 hex digits. */
void store_room_tag(const struct store *store, const char *room_id, char ret_tag[13]);

/* One value of one row, as text, for tests and the demo's panel: ST_INVALID
 * for anything but a single SELECT. */
enum status store_query_text(struct store *store, const char *sql,
                             char **ret_text) MUST_CHECK;

#endif
