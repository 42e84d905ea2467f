/* keys.h - every key of Hearth: the only file that sees key_dir and week_key_dir.
 *
 * key_dir holds registry.key (32 random bytes, made once, never replaced) and one
 * outbox-YYYYWW.key a week. week_key_dir holds one GROUP-YYYYWW.key per group
 * and open ISO week. A key file is written and synced, file and folder, before
 * anything is sealed with it. Keys in memory lie in locked pages and are wiped.
 */
#ifndef HEARTH_STORE_KEYS_H
#define HEARTH_STORE_KEYS_H

#include "bot/base/limits.h"
#include "bot/base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_LEN 32
#define HASH_LEN 32
#define GROUP_NAME_MAX 40

struct keys;

/* Load the registry key, or make it when `may_make`; else ST_NOT_FOUND.
 * ST_CORRUPT: the file is not 32 bytes long. Key files that a crash left behind
 * half written are destroyed. */
enum status keys_open(const char *key_dir, const char *week_key_dir, bool may_make,
                      struct keys **ret_keys) MUST_CHECK;
void keys_close(struct keys *keys);

/* Keyed BLAKE2b of (domain, first, second); `second` may be NULL. Hashes of
 * different domains have nothing in common. */
void keys_hash(const struct keys *keys, const char *domain, const char *first,
               const char *second, unsigned char ret_hash[HASH_LEN]);
/* What the registry's rows are sealed with; borrowed. */
const unsigned char *keys_seal_key(const struct keys *keys);

/* [a-z0-9-], 1 to GROUP_NAME_MAX characters: safe in a file name. */
bool keys_group_is_valid(const char *group);

/* One key file's name, taken apart. */
struct key_name {
    char group[GROUP_NAME_MAX + 1]; /* "outbox" for outbox keys */
    int32_t week;
};

/* The key that new outbox rows are sealed with; 0: there is none yet. */
int32_t keys_outbox_week(const struct keys *keys);
/* Make the key of `week` unless it is there; new rows use it from now on. */
enum status keys_outbox_use(struct keys *keys, int32_t week) MUST_CHECK;
/* Borrowed until the next call about outbox keys. ST_NOT_FOUND. */
enum status keys_outbox_get(struct keys *keys, int32_t week,
                            const unsigned char **ret_key) MUST_CHECK;
/* `ret_names` is the caller's (free). */
enum status keys_outbox_list(const struct keys *keys, struct key_name **ret_names,
                             size_t *ret_count) MUST_CHECK;
enum status keys_outbox_destroy(struct keys *keys, int32_t week) MUST_CHECK;

/* An opened week key, in locked memory, with room for one opened blob. */
struct week_secret {
    bool is_spare, is_taken;    /* of the store's few spare ones */
    unsigned char key[KEY_LEN]; /* only while it is read */
    unsigned char id_key[KEY_LEN];
    unsigned char seal_key[KEY_LEN];
    unsigned char plain[PENDING_BLOB_LEN];
};

/* ST_NOT_FOUND: no such key; ST_INVALID: not a group's name. */
enum status week_secret_open(const struct keys *keys, const char *group, int32_t week,
                             struct week_secret **ret_secret) MUST_CHECK;
void week_secret_close(struct week_secret *secret);
void week_secret_hash(const struct week_secret *secret, const char *user_id,
                      const char *group, unsigned char ret_hash[HASH_LEN]);

bool keys_week_exists(const struct keys *keys, const char *group, int32_t week);
enum status keys_week_make(struct keys *keys, const char *group, int32_t week) MUST_CHECK;
enum status keys_week_destroy(struct keys *keys, const char *group,
                              int32_t week) MUST_CHECK;
enum status keys_week_list(const struct keys *keys, struct key_name **ret_names,
                           size_t *ret_count) MUST_CHECK;

#endif
