/* tombstone.c - who was forgotten, kept outside the database.
 *
 * The file `forgotten` in key_dir is a sorted row of keyed hashes of user ids
 * (the same hash as the member table's) and nothing else. It is rewritten whole
 * at each change, so it does not take part in a transaction: add before the
 * commit that removes the person, remove before the commit that enrols them
 * again. What a crash between the two leaves is on the side of forgetting.
 */
#include "store/internal.h"

#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "store/member.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define FILE_NAME "forgotten"
#define COUNT_MAX 1000000

static char *file_path(const struct store *store)
{
    return file_join(store->folders[FOLDER_KEYS], FILE_NAME);
}

static int compare_hashes(const void *a, const void *b)
{
    return memcmp(a, b, HASH_LEN);
}

enum status tombstones_load(struct store *store)
{
    struct tombstones *set = &store->forgotten;
    struct buf content;
    buf_init(&content, (size_t)COUNT_MAX * HASH_LEN);
    char *path = file_path(store);
    enum status status = file_read(path, &content);
    if (status == ST_TOO_BIG || (status == ST_OK && content.len % HASH_LEN != 0))
        status = ST_CORRUPT;
    if (status == ST_OK && content.len) {
        set->count = set->capacity = content.len / HASH_LEN;
        set->hashes = mem_copy(content.data, content.len);
        qsort(set->hashes, set->count, HASH_LEN, compare_hashes);
    }
    buf_clear(&content);
    free(path);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

/* Where the hash stands, or would stand. */
static size_t find_place(const struct tombstones *set, const unsigned char *hash)
{
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(set->hashes[middle], hash, HASH_LEN) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool stands_at(const struct tombstones *set, size_t place,
                      const unsigned char *hash)
{
    return place < set->count && memcmp(set->hashes[place], hash, HASH_LEN) == 0;
}

static void insert_at(struct tombstones *set, size_t place, const unsigned char *hash)
{
    MEM_GROW(set->hashes, set->count, set->capacity);
    memmove(set->hashes + place + 1, set->hashes + place,
            (set->count - place) * HASH_LEN);
    memcpy(set->hashes[place], hash, HASH_LEN);
    set->count++;
}

static void remove_at(struct tombstones *set, size_t place)
{
    set->count--;
    memmove(set->hashes + place, set->hashes + place + 1,
            (set->count - place) * HASH_LEN);
}

static enum status write_set(const struct store *store)
{
    char *path = file_path(store);
    enum status status =
        file_write(path, store->forgotten.hashes, store->forgotten.count * HASH_LEN);
    free(path);
    return status;
}

enum status tombstone_add(struct store *store, const char *user_id)
{
    struct tombstones *set = &store->forgotten;
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, hash);
    size_t place = find_place(set, hash);
    if (stands_at(set, place, hash))
        return ST_OK;
    if (set->count == COUNT_MAX)
        return ST_TOO_BIG;
    insert_at(set, place, hash);
    enum status status = write_set(store);
    if (status)
        remove_at(set, place);
    return status;
}

enum status tombstone_remove(struct store *store, const char *user_id)
{
    struct tombstones *set = &store->forgotten;
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, hash);
    size_t place = find_place(set, hash);
    if (!stands_at(set, place, hash))
        return ST_OK;
    remove_at(set, place);
    enum status status = write_set(store);
    if (status)
        insert_at(set, place, hash);
    return status;
}

bool tombstone_has(struct store *store, const char *user_id)
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, hash);
    return stands_at(&store->forgotten, find_place(&store->forgotten, hash), hash);
}

static enum status delete_person(struct store *store, const unsigned char *hash)
{
    static const char *const texts[] = {
        "delete from member where user = ?",
        "delete from dm where user = ?",
        "delete from intent where user = ?",
    };
    enum status status = ST_OK;
    for (size_t i = 0; status == ST_OK && i < sizeof texts / sizeof *texts; i++) {
        struct statement statement = statement_begin(store, texts[i]);
        statement_hash(&statement, hash);
        status = statement_run(&statement);
    }
    return status;
}

enum status tombstones_apply(struct store *store)
{
    if (store->forgotten.count == 0)
        return ST_OK;
    enum status status = store_begin(store);
    if (status)
        return status;
    for (size_t i = 0; status == ST_OK && i < store->forgotten.count; i++)
        status = delete_person(store, store->forgotten.hashes[i]);
    if (status == ST_OK)
        status = store_commit(store);
    if (status)
        store_rollback(store);
    return status;
}
