/* keys.c - key files and what is derived from them.
 *
 * Two subkeys come out of the registry key (one hashes, one seals) and two out
 * of each week key, so that no key serves two purposes. Outbox keys are used as
 * they are and only seal. The registry key itself is forgotten once the subkeys
 * are made.
 *
 * Week keys are read from their file each time and never kept: a destroyed key
 * must not live on in memory. What is kept, wiped, is the locked memory they are
 * opened in: to lock some anew for each of many rows costs more than the rows do.
 * Outbox keys are kept in a few slots.
 */
#include "store/keys.h"

#include "bot/base/file.h"
#include "bot/base/mem.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REGISTRY_NAME "registry.key"
#define REGISTRY_CONTEXT "hrth-reg"
#define WEEK_CONTEXT "hrth-wek"
#define OUTBOX_GROUP "outbox"
#define NAME_TAIL_LEN 11 /* -YYYYWW.key */
#define OUTBOX_SLOTS 4
#define SPARE_SECRETS 3 /* a walk, and what a visit opens */
#define EXIT_NO_MEMORY 70

enum subkey { SUBKEY_HASH = 1, SUBKEY_SEAL = 2 };

struct outbox_slot {
    int32_t week; /* 0: empty */
    unsigned char key[KEY_LEN];
};

/* Lies in locked memory as a whole. */
struct keys {
    unsigned char hash_key[KEY_LEN];
    unsigned char seal_key[KEY_LEN];
    struct outbox_slot slots[OUTBOX_SLOTS];
    unsigned next_slot;
    int32_t outbox_week;
    char *key_dir, *week_key_dir;
    struct week_secret *spares[SPARE_SECRETS];
};

static void *secret_alloc(size_t len)
{
    void *memory = sodium_malloc(len);
    if (memory == NULL) {
        fputs("hearth: out of memory for keys\n", stderr);
        _exit(EXIT_NO_MEMORY);
    }
    memset(memory, 0, len);
    return memory;
}

/* Locked memory full of zeros; week_secret_close gives it back. */
static struct week_secret *take_secret(const struct keys *keys)
{
    for (size_t i = 0; i < SPARE_SECRETS; i++) {
        struct week_secret *spare = keys->spares[i];
        if (!spare->is_taken) {
            spare->is_taken = true;
            return spare;
        }
    }
    return secret_alloc(sizeof(struct week_secret));
}

void week_secret_close(struct week_secret *secret)
{
    if (!secret->is_spare) {
        sodium_free(secret); /* wipes */
        return;
    }
    sodium_memzero(secret, sizeof *secret);
    secret->is_spare = true;
}

bool keys_group_is_valid(const char *group)
{
    size_t len = group ? strlen(group) : 0;
    return len >= 1 && len <= GROUP_NAME_MAX &&
           strspn(group, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static bool parse_name(const char *name, struct key_name *ret_name)
{
    size_t len = strlen(name);
    if (len <= NAME_TAIL_LEN || len > NAME_TAIL_LEN + GROUP_NAME_MAX)
        return false;
    const char *tail = name + len - NAME_TAIL_LEN;
    if (tail[0] != '-' || strspn(tail + 1, "0123456789") != 6 ||
        strcmp(tail + 7, ".key") != 0)
        return false;
    struct key_name parts = {.week = (int32_t)strtol(tail + 1, NULL, 10)};
    memcpy(parts.group, name, len - NAME_TAIL_LEN);
    if (!keys_group_is_valid(parts.group))
        return false;
    *ret_name = parts;
    return true;
}

/* The caller's. */
static char *key_path(const char *dir, const char *group, int32_t week)
{
    char name[GROUP_NAME_MAX + NAME_TAIL_LEN + 16];
    snprintf(name, sizeof name, "%s-%06d.key", group, (int)week);
    return file_join(dir, name);
}

static enum status read_key(const char *path, unsigned char key[KEY_LEN])
{
    struct buf content;
    buf_init(&content, KEY_LEN);
    enum status status = file_read(path, &content);
    if (status == ST_TOO_BIG || (status == ST_OK && content.len != KEY_LEN))
        status = ST_CORRUPT;
    if (status == ST_OK)
        memcpy(key, content.data, KEY_LEN);
    buf_wipe(&content);
    return status;
}

static enum status make_key(const char *path, unsigned char key[KEY_LEN])
{
    randombytes_buf(key, KEY_LEN);
    return file_write(path, key, KEY_LEN);
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* A key that was being written when the process died was never used. */
static enum status destroy_leftovers(const char *dir)
{
    struct strv names = {0};
    enum status status = file_list(dir, &names);
    for (size_t i = 0; status == ST_OK && i < names.count; i++) {
        if (!ends_with(names.items[i], ".key" FILE_NEW_SUFFIX))
            continue;
        char *path = file_join(dir, names.items[i]);
        status = file_destroy(path);
        free(path);
    }
    strv_clear(&names);
    return status;
}

/* Every key file of a folder whose name has our form. */
static enum status list_keys(const char *dir, struct key_name **ret_names,
                             size_t *ret_count)
{
    struct strv files = {0};
    enum status status = file_list(dir, &files);
    if (status)
        return status;
    struct key_name *names = NULL, name;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < files.count; i++) {
        if (!parse_name(files.items[i], &name))
            continue;
        MEM_GROW(names, count, capacity);
        names[count++] = name;
    }
    strv_clear(&files);
    *ret_names = names;
    *ret_count = count;
    return ST_OK;
}

static enum status load_registry(struct keys *keys, bool may_make)
{
    unsigned char *master = secret_alloc(KEY_LEN);
    char *path = file_join(keys->key_dir, REGISTRY_NAME);
    enum status status = read_key(path, master);
    if (status == ST_NOT_FOUND && may_make)
        status = make_key(path, master);
    if (status == ST_OK) {
        crypto_kdf_derive_from_key(keys->hash_key, KEY_LEN, SUBKEY_HASH, REGISTRY_CONTEXT,
                                   master);
        crypto_kdf_derive_from_key(keys->seal_key, KEY_LEN, SUBKEY_SEAL, REGISTRY_CONTEXT,
                                   master);
    }
    free(path);
    sodium_free(master);
    return status;
}

static enum status find_newest_outbox_key(struct keys *keys)
{
    struct key_name *names;
    size_t count;
    enum status status = keys_outbox_list(keys, &names, &count);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (names[i].week > keys->outbox_week)
            keys->outbox_week = names[i].week;
    }
    free(names);
    return ST_OK;
}

enum status keys_open(const char *key_dir, const char *week_key_dir, bool may_make,
                      struct keys **ret_keys)
{
    if (sodium_init() < 0)
        return ST_IO;
    struct keys *keys = secret_alloc(sizeof *keys);
    keys->key_dir = mem_dup(key_dir);
    keys->week_key_dir = mem_dup(week_key_dir);
    for (size_t i = 0; i < SPARE_SECRETS; i++) {
        keys->spares[i] = secret_alloc(sizeof *keys->spares[i]);
        keys->spares[i]->is_spare = true;
    }
    enum status status = destroy_leftovers(key_dir);
    if (status == ST_OK)
        status = destroy_leftovers(week_key_dir);
    if (status == ST_OK)
        status = load_registry(keys, may_make);
    if (status == ST_OK)
        status = find_newest_outbox_key(keys);
    if (status)
        keys_close(keys);
    else
        *ret_keys = keys;
    return status;
}

void keys_close(struct keys *keys)
{
    if (keys == NULL)
        return;
    free(keys->key_dir);
    free(keys->week_key_dir);
    for (size_t i = 0; i < SPARE_SECRETS; i++)
        sodium_free(keys->spares[i]);
    sodium_free(keys); /* wipes */
}

/* The NUL ends of the parts keep them apart. */
static void hash_parts(const unsigned char key[KEY_LEN], const char *const *parts,
                       size_t count, unsigned char ret_hash[HASH_LEN])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, KEY_LEN, HASH_LEN);
    for (size_t i = 0; i < count; i++)
        crypto_generichash_update(&state, (const unsigned char *)parts[i],
                                  strlen(parts[i]) + 1);
    crypto_generichash_final(&state, ret_hash, HASH_LEN);
    sodium_memzero(&state, sizeof state);
}

void keys_hash(const struct keys *keys, const char *domain, const char *first,
               const char *second, unsigned char ret_hash[HASH_LEN])
{
    const char *parts[] = {domain, first, second};
    hash_parts(keys->hash_key, parts, second ? 3 : 2, ret_hash);
}

const unsigned char *keys_seal_key(const struct keys *keys)
{
    return keys->seal_key;
}

int32_t keys_outbox_week(const struct keys *keys)
{
    return keys->outbox_week;
}

static struct outbox_slot *find_slot(struct keys *keys, int32_t week)
{
    for (size_t i = 0; i < OUTBOX_SLOTS; i++) {
        if (keys->slots[i].week == week)
            return &keys->slots[i];
    }
    return NULL;
}

/* The slot that is overwritten next, wiped. */
static struct outbox_slot *take_slot(struct keys *keys)
{
    struct outbox_slot *slot = &keys->slots[keys->next_slot++ % OUTBOX_SLOTS];
    sodium_memzero(slot, sizeof *slot);
    return slot;
}

/* Read the key of `week` into a slot, making it first when `may_make`. */
static enum status load_outbox_key(struct keys *keys, int32_t week, bool may_make,
                                   struct outbox_slot **ret_slot)
{
    struct outbox_slot *slot = find_slot(keys, week);
    enum status status = ST_OK;
    if (slot == NULL) {
        slot = take_slot(keys);
        char *path = key_path(keys->key_dir, OUTBOX_GROUP, week);
        status = read_key(path, slot->key);
        if (status == ST_NOT_FOUND && may_make)
            status = make_key(path, slot->key);
        free(path);
    }
    if (status) {
        sodium_memzero(slot, sizeof *slot);
        return status;
    }
    slot->week = week;
    *ret_slot = slot;
    return ST_OK;
}

enum status keys_outbox_use(struct keys *keys, int32_t week)
{
    struct outbox_slot *slot;
    enum status status = load_outbox_key(keys, week, true, &slot);
    if (status == ST_OK)
        keys->outbox_week = week;
    return status;
}

enum status keys_outbox_get(struct keys *keys, int32_t week,
                            const unsigned char **ret_key)
{
    struct outbox_slot *slot;
    if (week == 0)
        return ST_NOT_FOUND;
    enum status status = load_outbox_key(keys, week, false, &slot);
    if (status == ST_OK)
        *ret_key = slot->key;
    return status;
}

enum status keys_outbox_list(const struct keys *keys, struct key_name **ret_names,
                             size_t *ret_count)
{
    struct key_name *names;
    size_t count, kept = 0;
    enum status status = list_keys(keys->key_dir, &names, &count);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (text_equal(names[i].group, OUTBOX_GROUP))
            names[kept++] = names[i];
    }
    *ret_names = names;
    *ret_count = kept;
    return ST_OK;
}

enum status keys_outbox_destroy(struct keys *keys, int32_t week)
{
    struct outbox_slot *slot = find_slot(keys, week);
    if (slot)
        sodium_memzero(slot, sizeof *slot);
    char *path = key_path(keys->key_dir, OUTBOX_GROUP, week);
    enum status status = file_destroy(path);
    free(path);
    return status;
}

enum status week_secret_open(const struct keys *keys, const char *group, int32_t week,
                             struct week_secret **ret_secret)
{
    if (!keys_group_is_valid(group))
        return ST_INVALID;
    struct week_secret *secret = take_secret(keys);
    char *path = key_path(keys->week_key_dir, group, week);
    enum status status = read_key(path, secret->key);
    if (status == ST_OK) {
        crypto_kdf_derive_from_key(secret->id_key, KEY_LEN, SUBKEY_HASH, WEEK_CONTEXT,
                                   secret->key);
        crypto_kdf_derive_from_key(secret->seal_key, KEY_LEN, SUBKEY_SEAL, WEEK_CONTEXT,
                                   secret->key);
        sodium_memzero(secret->key, KEY_LEN);
        *ret_secret = secret;
    } else {
        week_secret_close(secret);
    }
    free(path);
    return status;
}

void week_secret_hash(const struct week_secret *secret, const char *user_id,
                      const char *group, unsigned char ret_hash[HASH_LEN])
{
    const char *parts[] = {user_id, group};
    hash_parts(secret->id_key, parts, 2, ret_hash);
}

bool keys_week_exists(const struct keys *keys, const char *group, int32_t week)
{
    struct week_secret *secret;
    if (week_secret_open(keys, group, week, &secret))
        return false;
    week_secret_close(secret);
    return true;
}

enum status keys_week_make(struct keys *keys, const char *group, int32_t week)
{
    if (!keys_group_is_valid(group))
        return ST_INVALID;
    struct week_secret *secret = take_secret(keys);
    char *path = key_path(keys->week_key_dir, group, week);
    enum status status = read_key(path, secret->key);
    if (status == ST_NOT_FOUND)
        status = make_key(path, secret->key);
    free(path);
    week_secret_close(secret);
    return status;
}

enum status keys_week_destroy(struct keys *keys, const char *group, int32_t week)
{
    if (!keys_group_is_valid(group))
        return ST_INVALID;
    char *path = key_path(keys->week_key_dir, group, week);
    enum status status = file_destroy(path);
    free(path);
    return status;
}

enum status keys_week_list(const struct keys *keys, struct key_name **ret_names,
                           size_t *ret_count)
{
    return list_keys(keys->week_key_dir, ret_names, ret_count);
}
