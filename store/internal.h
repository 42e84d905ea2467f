/* internal.h - what the files of this folder share and nobody else sees.
 *
 * SQL stands in the file of its table; opening is in open.c; every statement
 * goes through statement.h, which refuses a write outside a transaction.
 */
#ifndef HEARTH_STORE_INTERNAL_H
#define HEARTH_STORE_INTERNAL_H

#include "bot/base/zone.h"
#include "bot/base/buf.h"
#include "store/keys.h"
#include "store/store.h"

#include <glib.h>
#include <sqlite3.h>

#define DATABASE_NAME "hearth.db"
#define HASH_USER                                                                        \
    "user" /* domain of a person's hash in member, dm, intent, tombstones                \
            */

enum folder { FOLDER_DATA, FOLDER_KEYS, FOLDER_WEEK_KEYS, FOLDER_COUNT };

/* Hashes of people who were forgotten, sorted; mirrors the file in key_dir. */
struct tombstones {
    unsigned char (*hashes)[HASH_LEN];
    size_t count, capacity;
};

struct store {
    sqlite3 *db;
    GHashTable *statements; /* SQL text (a literal) -> sqlite3_stmt */
    struct random random;
    struct keys *keys;
    struct tombstones forgotten;
    char *folders[FOLDER_COUNT]; /* absolute, without symbolic links */
    int locks[FOLDER_COUNT];     /* -1: not held */
    char instance[33];
    bool is_in_transaction; /* the caller's view; SQLite may have given up */
    bool has_savepoint;
    bool has_key_sweep; /* after the commit: outbox keys that no row needs die */
    enum status lost;   /* why SQLite rolled the open transaction back, or ST_OK */
    struct {
        char group[GROUP_NAME_MAX + 1];
        int32_t week;
        bool has_changed;
    } watched; /* pending_watch */
};

/* ST_INVALID outside a transaction; the first error once SQLite lost it. */
enum status store_need_transaction(const struct store *store) MUST_CHECK;
/* Some free pages back to the system; inside or outside a transaction. */
enum status store_vacuum_some(struct store *store) MUST_CHECK;
/* A real ISO week (202648)? */
bool store_week_is_valid(int32_t week);

/* tombstone.c: read the file of key_dir; none is an empty set. */
enum status tombstones_load(struct store *store) MUST_CHECK;
/* Delete rows of people with a tombstone (a restored copy may bring them back). */
enum status tombstones_apply(struct store *store) MUST_CHECK;

#endif
