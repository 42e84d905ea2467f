/* pending.h - answers of an open week, one sealed blob per person, and its close.
 *
 * Row id = keyed hash(week key, user id and group). The blob (always
 * PENDING_BLOB_LEN plain bytes, opaque here) is sealed under the week key of
 * (group, ISO week), a file in week_key_dir. Once that key is destroyed, no copy
 * of the database can be read.
 */
#ifndef HEARTH_STORE_PENDING_H
#define HEARTH_STORE_PENDING_H

#include "bot/base/limits.h"
#include "store/store.h"

/* Make the key of (group, week) unless it is there; written and synced, file
 * and folder, before this returns. ST_NOT_FOUND when the week was closed: a
 * closed week gets no new key. */
enum status week_key_ensure(struct store *store, const char *group,
                            int32_t week) MUST_CHECK;
/* Destroy it; ST_NOT_FOUND if it was gone. Only after the close is committed:
 * ST_INVALID inside a transaction or without a closed marker. */
enum status week_key_destroy(struct store *store, const char *group,
                             int32_t week) MUST_CHECK;
bool week_key_exists(struct store *store, const char *group, int32_t week);

/* Rule: at every start a key with a closed marker dies first; store_open does it.
 * Outside a transaction. */
enum status week_keys_destroy_closed(struct store *store) MUST_CHECK;

/* ST_NOT_FOUND: no row (or no key: then the answers of the week are gone). */
enum status pending_get(struct store *store, const char *group, int32_t week,
                        const char *user_id,
                        unsigned char ret_blob[PENDING_BLOB_LEN]) MUST_CHECK;
/* ST_NOT_FOUND: the week has no key, or is closed. */
enum status pending_put(struct store *store, const char *group, int32_t week,
                        const char *user_id,
                        const unsigned char blob[PENDING_BLOB_LEN]) MUST_CHECK;
enum status pending_remove(struct store *store, const char *group, int32_t week,
                           const char *user_id) MUST_CHECK; /* none: ST_OK */

/* Walk the rows of a week: call with `cursor` 0 first; at most `max` rows are
 * opened, each given to `visit`; `cursor` moves; ST_NOT_FOUND when the walk is
 * over. Rows that do not open are skipped and added to `ret_unreadable`
 * (may be NULL). A visit that returns an error ends the walk with it. */
enum status pending_walk(struct store *store, const char *group, int32_t week,
                         int64_t *cursor, int max,
                         enum status (*visit)(void *ctx,
                                              const unsigned char blob[PENDING_BLOB_LEN]),
                         void *ctx, int64_t *ret_unreadable) MUST_CHECK;

/* From now on, has any row of this week been written or removed? One week at a
 * time: a new watch ends the one before. */
void pending_watch(struct store *store, const char *group, int32_t week);
bool pending_has_changed(const struct store *store);

/* Weeks of a group that have rows or a key and no closed marker, oldest first,
 * at most 64. */
enum status pending_open_weeks(struct store *store, const char *group, int32_t *ret_weeks,
                               int *ret_count) MUST_CHECK;

/* The closed marker: ST_EXISTS when it is there. */
enum status closed_add(struct store *store, const char *group, int32_t week) MUST_CHECK;
bool closed_has(struct store *store, const char *group, int32_t week);
/* Delete rows of closed weeks, at most `max` a call; ST_NOT_FOUND when none is
 * left. Begins its own transaction. */
enum status pending_purge_closed(struct store *store, int max) MUST_CHECK;

#endif
