/* dialogue.h - what a person was asked last, per room: sealed, fixed size, expiring. */
#ifndef HEARTH_STORE_DIALOGUE_H
#define HEARTH_STORE_DIALOGUE_H

#include "store/store.h"

/* At most DIALOGUE_BLOB_LEN - 2 bytes (ST_TOO_BIG). Replaces. */
enum status dialogue_put(struct store *store, const char *room_id, const char *user_id,
                         const void *bytes, size_t len,
                         int64_t expires_utc_ms) MUST_CHECK;
/* ST_NOT_FOUND also when it has expired at `now_utc_ms`. `ret_bytes` is the
 * caller's, NUL-terminated behind `ret_len`. */
enum status dialogue_get(struct store *store, const char *room_id, const char *user_id,
                         int64_t now_utc_ms, char **ret_bytes,
                         size_t *ret_len) MUST_CHECK;
enum status dialogue_drop(struct store *store, const char *room_id,
                          const char *user_id) MUST_CHECK; /* none: ST_OK */

#endif
