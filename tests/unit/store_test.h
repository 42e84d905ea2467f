/* store_test.h - a store in three folders of its own, for the tests of store/. */
#ifndef HEARTH_TESTS_UNIT_STORE_TEST_H
#define HEARTH_TESTS_UNIT_STORE_TEST_H

#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "store/store.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#define NOW INT64_C(1806195600000) /* 2027-03-28 01:00 UTC */
#define WEEK 202712
#define USER "@alice:example.org"
#define OTHER "@bob:example.org"
#define ROOM "!room:example.org"

#define assert_ok(expression) assert_int_equal((expression), ST_OK)

struct place {
    char *folder, *data, *keys, *weeks;
    const char *vfs;
    struct random_seeded seed;
    struct random random;
    struct store *store;
};

static inline enum status try_open(struct place *place, long *holder, char **why)
{
    struct store_config config = {.data_dir = place->data,
                                  .key_dir = place->keys,
                                  .week_key_dir = place->weeks,
                                  .vfs = place->vfs};
    return store_open(&config, &place->random, &place->store, holder, why);
}

static inline void open_store(struct place *place)
{
    char *why = NULL;
    long holder = 0;
    enum status status = try_open(place, &holder, &why);
    if (status)
        fail_msg("store_open: %s: %s", status_text(status), why ? why : "");
}

static inline void close_store(struct place *place)
{
    store_close(place->store);
    place->store = NULL;
}

static inline void reopen_store(struct place *place)
{
    close_store(place);
    open_store(place);
}

/* Opening fails with `expected` and an explanation that has `word` in it. */
static inline void assert_refused(struct place *place, enum status expected,
                                  const char *word)
{
    char *why = NULL;
    long holder = 0;
    enum status status = try_open(place, &holder, &why);
    if (status == ST_OK)
        close_store(place);
    assert_int_equal(status, expected);
    assert_non_null(why);
    if (strstr(why, word) == NULL)
        fail_msg("\"%s\" does not name %s", why, word);
    free(why);
}

static inline int make_place(void **state)
{
    const char *base = getenv("TMPDIR");
    struct place *place = mem_alloc(sizeof *place);
    place->folder = file_join(base ? base : "/tmp", "hearth-store-XXXXXX");
    if (mkdtemp(place->folder) == NULL)
        return -1;
    place->data = file_join(place->folder, "data");
    place->keys = file_join(place->folder, "keys");
    place->weeks = file_join(place->folder, "weeks");
    place->random = random_from_seed(&place->seed, 1);
    *state = place;
    return 0;
}

static inline int make_store(void **state)
{
    if (make_place(state))
        return -1;
    open_store(*state);
    return 0;
}

static inline int remove_entry(const char *path, const struct stat *info, int kind,
                               struct FTW *walk)
{
    (void)info;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline int remove_place(void **state)
{
    struct place *place = *state;
    store_close(place->store);
    int result = nftw(place->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(place->data);
    free(place->keys);
    free(place->weeks);
    free(place->folder);
    free(place);
    return result;
}

/* Everything between is one transaction that must succeed. */
static inline void begin(struct place *place)
{
    assert_ok(store_begin(place->store));
}

static inline void commit(struct place *place)
{
    assert_ok(store_commit(place->store));
}

static inline void assert_query(struct place *place, const char *sql,
                                const char *expected)
{
    char *text = NULL;
    assert_ok(store_query_text(place->store, sql, &text));
    assert_string_equal(text, expected);
    free(text);
}

static inline struct buf read_whole(const char *dir, const char *name)
{
    struct buf content;
    char *path = file_join(dir, name);
    buf_init(&content, 256 * 1024 * 1024);
    assert_ok(file_read(path, &content));
    free(path);
    return content;
}

static inline bool has_file(const char *dir, const char *name)
{
    char *path = file_join(dir, name);
    struct stat info;
    bool has = lstat(path, &info) == 0;
    free(path);
    return has;
}

static inline void remove_file(const char *dir, const char *name)
{
    char *path = file_join(dir, name);
    assert_int_equal(unlink(path), 0);
    free(path);
}

/* Does any file of the folder hold these bytes? */
static inline bool folder_has_bytes(const char *dir, const void *bytes, size_t len)
{
    struct strv names;
    bool found = false;
    assert_ok(file_list(dir, &names));
    for (size_t i = 0; i < names.count && !found; i++) {
        struct buf content = read_whole(dir, names.items[i]);
        found = content.len && memmem(content.data, content.len, bytes, len) != NULL;
        buf_clear(&content);
    }
    strv_clear(&names);
    return found;
}

static inline bool folder_has_text(const char *dir, const char *text)
{
    return folder_has_bytes(dir, text, strlen(text));
}

#endif
