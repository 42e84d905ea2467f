/* store_open.c - opening: folders, locks, foreign and broken files, lost keys, full
 * disks. */
#include "tests/unit/store_test.h"

#include "store/internal.h"
#include "store/member.h"
#include "store/room.h"
#include "store/schema.h"
#include "tests/unit/store_vfs.h"

#include <sys/wait.h>

static void put_member(struct place *place, const char *user_id)
{
    struct member member = {.user_id = (char *)user_id,
                            .checkin = (char *)"evening",
                            .group = (char *)"support",
                            .minute = 1260,
                            .weekdays = 127,
                            .due_utc_ms = NOW};
    begin(place);
    assert_ok(member_put(place->store, &member));
    commit(place);
}

static void cut_file(const char *dir, const char *name, off_t len)
{
    char *path = file_join(dir, name);
    assert_int_equal(truncate(path, len), 0);
    free(path);
}

static void store_open__makes__three_private_folders(void **state)
{
    struct place *place = *state;
    const char *folders[] = {place->data, place->keys, place->weeks};
    for (size_t i = 0; i < 3; i++) {
        struct stat info;
        assert_int_equal(stat(folders[i], &info), 0);
        assert_int_equal(info.st_mode & 07777, 0700);
    }
    struct buf key = read_whole(place->keys, "registry.key");
    assert_int_equal(key.len, 32);
    buf_wipe(&key);
    assert_query(place, "select value from meta where key = 'store.instance'",
                 store_instance(place->store));
}

static void store_open__keeps__the_instance(void **state)
{
    struct place *place = *state;
    char first[33];
    strcpy(first, store_instance(place->store));
    assert_int_equal(strlen(first), 32);
    reopen_store(place);
    assert_string_equal(store_instance(place->store), first);
    begin(place);
    assert_ok(store_meta_set(place->store, "store.instance", NULL));
    commit(place);
    reopen_store(place); /* as a restored copy without one */
    assert_string_not_equal(store_instance(place->store), first);
}

static void store_open__refuses__an_open_folder(void **state)
{
    struct place *place = *state;
    char *folders[] = {place->data, place->keys, place->weeks};
    close_store(place);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(chmod(folders[i], 0750), 0);
        assert_refused(place, ST_DENIED, folders[i]);
        assert_int_equal(chmod(folders[i], 0700), 0);
    }
    open_store(place);
}

static void store_open__refuses__a_link_as_folder(void **state)
{
    struct place *place = *state;
    close_store(place);
    char *link = file_join(place->folder, "link");
    assert_int_equal(symlink(place->weeks, link), 0);
    char *weeks = place->weeks;
    place->weeks = link;
    assert_refused(place, ST_DENIED, "link");
    place->weeks = weeks;
    free(link);
}

static void store_open__refuses__one_folder_in_another(void **state)
{
    struct place *place = *state;
    close_store(place);
    char *weeks = place->weeks;
    place->weeks = file_join(place->data, "weeks");
    assert_refused(place, ST_INVALID, "inside");
    free(place->weeks);
    place->weeks = file_join(place->folder, "weeks/../data");
    assert_refused(place, ST_INVALID, "inside");
    free(place->weeks);
    /* through a link on the way there */
    char *link = file_join(place->folder, "link");
    assert_int_equal(symlink(place->keys, link), 0);
    place->weeks = file_join(link, "weeks");
    assert_refused(place, ST_INVALID, "inside");
    free(place->weeks);
    free(link);
    place->weeks = weeks;
    open_store(place); /* a common beginning of the names is no nesting */
    close_store(place);
    free(place->keys);
    place->keys = file_join(place->folder, "data-keys");
    assert_refused(place, ST_CORRUPT, "registry.key"); /* other keys, but apart */
}

static void store_open__names_the_holder__of_the_lock(void **state)
{
    struct place *place = *state;
    int said[2], told[2];
    char byte = 0;
    close_store(place);
    assert_int_equal(pipe(said), 0);
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        char *why = NULL;
        long holder = 0;
        if (try_open(place, &holder, &why) != ST_OK || write(said[1], "x", 1) != 1 ||
            read(told[0], &byte, 1) != 1)
            _exit(1);
        _exit(0);
    }
    assert_int_equal(read(said[0], &byte, 1), 1);
    char *why = NULL;
    long holder = 0;
    assert_int_equal(try_open(place, &holder, &why), ST_BUSY);
    assert_int_equal(holder, child);
    assert_non_null(strstr(why, place->data));
    free(why);
    assert_int_equal(write(told[1], "x", 1), 1);
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    for (int i = 0; i < 2; i++) {
        close(said[i]);
        close(told[i]);
    }
    open_store(place); /* the lock died with its process */
}

static void store_open__refuses__a_second_bot_on_the_same_keys(void **state)
{
    struct place *place = *state;
    struct place twin = *place;
    twin.data = file_join(place->folder, "twin");
    assert_refused(&twin, ST_BUSY, place->keys);
    free(twin.data);
}

static void store_open__refuses__a_newer_schema(void **state)
{
    struct place *place = *state;
    char sql[64];
    snprintf(sql, sizeof sql, "pragma user_version = %d", SCHEMA_VERSION + 1);
    assert_int_equal(sqlite3_exec(place->store->db, sql, NULL, NULL, NULL), SQLITE_OK);
    close_store(place);
    assert_refused(place, ST_NEWER, DATABASE_NAME);
    assert_refused(place, ST_NEWER, "newer");
}

static void assert_kept_and_refused(struct place *place, const char *word)
{
    struct buf before = read_whole(place->data, DATABASE_NAME);
    assert_refused(place, ST_CORRUPT, word);
    assert_refused(place, ST_CORRUPT, "backup");
    struct buf after = read_whole(place->data, DATABASE_NAME);
    assert_int_equal(before.len, after.len);
    if (before.len)
        assert_memory_equal(before.data, after.data, before.len);
    buf_clear(&before);
    buf_clear(&after);
}

static void store_open__refuses__a_cut_database(void **state)
{
    struct place *place = *state;
    put_member(place, USER);
    close_store(place);
    struct buf whole = read_whole(place->data, DATABASE_NAME);
    char *path = file_join(place->data, DATABASE_NAME);
    const off_t lens[] = {(off_t)whole.len - 1,
                          (off_t)whole.len - 4096,
                          (off_t)whole.len / 2,
                          4096,
                          4095,
                          511,
                          100,
                          50,
                          1,
                          0};
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        cut_file(place->data, DATABASE_NAME, lens[i]);
        assert_kept_and_refused(place, path);
        assert_ok(file_write(path, whole.data, whole.len));
    }
    open_store(place);
    assert_query(place, "select count(*) from member", "1");
    free(path);
    buf_clear(&whole);
}

static void store_open__refuses__rubbish(void **state)
{
    struct place *place = *state;
    char rubbish[20000], *path = file_join(place->data, DATABASE_NAME);
    close_store(place);
    place->random.fill(place->random.ctx, rubbish, sizeof rubbish);
    assert_ok(file_write(path, rubbish, sizeof rubbish));
    assert_kept_and_refused(place, path);
    assert_ok(file_write(path, "hello", 5));
    assert_kept_and_refused(place, path);
    free(path);
}

static void store_open__refuses__a_database_of_something_else(void **state)
{
    struct place *place = *state;
    sqlite3 *db;
    char *path = file_join(place->data, DATABASE_NAME);
    close_store(place);
    remove_file(place->data, DATABASE_NAME);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "create table t (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_kept_and_refused(place, path);
    free(path);
}

static void store_open__refuses__a_link_as_database(void **state)
{
    struct place *place = *state;
    char *path = file_join(place->data, DATABASE_NAME);
    char *elsewhere = file_join(place->folder, "elsewhere.db");
    close_store(place);
    assert_int_equal(rename(path, elsewhere), 0);
    assert_int_equal(symlink(elsewhere, path), 0);
    assert_refused(place, ST_DENIED, path);
    free(path);
    free(elsewhere);
}

static void store_open__refuses__a_lost_registry_key(void **state)
{
    struct place *place = *state;
    put_member(place, USER);
    close_store(place);
    struct buf key = read_whole(place->keys, "registry.key");
    char *path = file_join(place->keys, "registry.key");
    remove_file(place->keys, "registry.key");
    assert_refused(place, ST_CORRUPT, "registry.key");
    assert_false(has_file(place->keys, "registry.key"));
    assert_ok(file_write(path, key.data, 31));
    assert_refused(place, ST_CORRUPT, "registry.key");
    assert_ok(file_write(path, "0123456789abcdef0123456789abcdef", 32));
    assert_refused(place, ST_CORRUPT, "registry.key");
    assert_ok(file_write(path, key.data, 32));
    open_store(place);
    buf_wipe(&key);
    free(path);
}

static void store_open__begins_anew__when_the_database_was_moved_away(void **state)
{
    struct place *place = *state;
    put_member(place, USER);
    close_store(place);
    remove_file(place->data, DATABASE_NAME);
    open_store(place);
    assert_query(place, "select count(*) from member", "0");
}

static void store_open__survives__a_crash_of_the_very_first_start(void **state)
{
    struct place *place = *state;
    close_store(place);
    /* The key is written, the database exists, nothing is in it, no mark. */
    cut_file(place->data, DATABASE_NAME, 0);
    remove_file(place->keys, "database");
    open_store(place);
}

static void store_open__destroys__half_written_keys(void **state)
{
    struct place *place = *state;
    char *path = file_join(place->weeks, "support-202712.key.new");
    close_store(place);
    assert_ok(file_write(path, "half", 4));
    free(path);
    open_store(place);
    assert_false(has_file(place->weeks, "support-202712.key.new"));
}

static void store_open__sets__every_pragma(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *sql, *expected;
    } cases[] = {
        {"select auto_vacuum from pragma_auto_vacuum", "2"},
        {"select secure_delete from pragma_secure_delete", "1"},
        {"select synchronous from pragma_synchronous", "2"},
        {"select foreign_keys from pragma_foreign_keys", "1"},
        {"select temp_store from pragma_temp_store", "2"},
        {"select trusted_schema from pragma_trusted_schema", "0"},
        {"select application_id from pragma_application_id", "1215460456"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_query(place, cases[i].sql, cases[i].expected);
    assert_false(has_file(place->data, DATABASE_NAME "-shm"));
}

static void store_query_text__refuses__all_but_one_select(void **state)
{
    struct place *place = *state;
    static const char *const refused[] = {"delete from meta",
                                          "select 1; select 2",
                                          "begin",
                                          "pragma user_version",
                                          "pragma user_version = 7",
                                          "explain select 1",
                                          "",
                                          ";",
                                          "attach 'x' as y",
                                          "with t as (select 'a') delete from meta",
                                          "vacuum",
                                          "selekt"};
    char *text = NULL;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_equal(store_query_text(place->store, refused[i], &text), ST_INVALID);
    assert_null(text);
    assert_int_equal(
        store_query_text(place->store, "select 1 from meta where key = 'no'", &text),
        ST_NOT_FOUND);
    assert_query(place, " select 40 + 2 ; ", "42");
    assert_query(place, "with t(x) as (values (7)) select x from t", "7");
}

static void store_write__is_refused__outside_a_transaction(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    assert_int_equal(store_meta_set(store, "a", "b"), ST_INVALID);
    assert_int_equal(store_commit(store), ST_INVALID);
    assert_int_equal(store_savepoint(store), ST_INVALID);
    begin(place);
    assert_int_equal(store_begin(store), ST_INVALID);
    assert_int_equal(store_truncate_wal(store), ST_INVALID);
    assert_int_equal(store_tidy(store, NOW, 10), ST_INVALID);
    assert_ok(store_savepoint(store));
    assert_int_equal(store_savepoint(store), ST_INVALID);
    assert_int_equal(store_commit(store), ST_INVALID);
    assert_ok(store_release(store));
    commit(place);
}

static void store_savepoint__loses__only_its_own_part(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    char *value = NULL;
    begin(place);
    assert_ok(store_meta_set(store, "kept", "1"));
    assert_ok(store_savepoint(store));
    assert_ok(store_meta_set(store, "lost", "1"));
    assert_ok(store_meta_set(store, "kept", "2"));
    store_rollback_savepoint(store);
    assert_ok(store_savepoint(store));
    assert_ok(store_meta_set(store, "later", "1"));
    assert_ok(store_release(store));
    commit(place);
    assert_ok(store_meta_get(store, "kept", &value));
    assert_string_equal(value, "1");
    free(value);
    assert_int_equal(store_meta_get(store, "lost", &value), ST_NOT_FOUND);
    assert_ok(store_meta_get(store, "later", &value));
    free(value);
}

static void store_write__is_refused__once_sqlite_gave_the_transaction_up(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    begin(place);
    assert_ok(store_meta_set(store, "first", "1"));
    assert_ok(store_savepoint(store));
    sqlite3_exec(store->db, "rollback", NULL, NULL, NULL); /* as after a full disk */
    assert_int_equal(store_meta_set(store, "second", "1"), ST_IO);
    store_rollback_savepoint(store);
    assert_int_equal(store_meta_set(store, "third", "1"), ST_IO);
    assert_int_equal(store_commit(store), ST_IO);
    store_rollback(store);
    assert_query(place, "select count(*) from meta where key not like 'store.%'", "0");
    begin(place);
    assert_ok(store_meta_set(store, "fourth", "1"));
    commit(place);
}

static void store_truncate_wal__leaves__no_byte(void **state)
{
    struct place *place = *state;
    put_member(place, USER);
    struct buf wal = read_whole(place->data, DATABASE_NAME "-wal");
    assert_true(wal.len > 0);
    buf_clear(&wal);
    assert_ok(store_truncate_wal(place->store));
    wal = read_whole(place->data, DATABASE_NAME "-wal");
    assert_int_equal(wal.len, 0);
    buf_clear(&wal);
}

/* Fill the room until the limit is met; the status of the first refusal. */
static enum status fill_until_full(struct store *store, int *ret_written)
{
    static char bytes[30000];
    for (int i = 0; i < 1000; i++) {
        char room_id[32];
        snprintf(room_id, sizeof room_id, "!%d:example.org", i);
        enum status status = room_put(store, room_id, bytes, sizeof bytes, false);
        if (status) {
            *ret_written = i;
            return status;
        }
    }
    return ST_OK;
}

static void store__stays_usable__when_the_database_may_not_grow(void **state)
{
    struct place *place = *state;
    int written = 0;
    put_member(place, USER);
    assert_int_equal(
        sqlite3_exec(place->store->db, "pragma max_page_count = 100", NULL, NULL, NULL),
        SQLITE_OK);
    begin(place);
    assert_int_equal(fill_until_full(place->store, &written), ST_FULL);
    assert_true(written > 1);
    store_rollback(place->store);
    assert_query(place, "select count(*) from room", "0");
    put_member(place, OTHER);
    assert_query(place, "select count(*) from member", "2");
}

static int make_faulty_place(void **state)
{
    static sqlite3_vfs vfs;
    if (sqlite3_vfs_find(FAULTY_VFS) == NULL)
        register_faulty_vfs(&vfs);
    if (make_place(state))
        return -1;
    disk.fail_at = 0;
    ((struct place *)*state)->vfs = FAULTY_VFS;
    return 0;
}

static enum status write_two(struct store *store, const char *value)
{
    enum status status = store_begin(store);
    if (status)
        return status;
    status = store_meta_set(store, "first", value);
    if (status == ST_OK)
        status = store_meta_set(store, "second", value);
    if (status == ST_OK)
        status = store_commit(store);
    if (status)
        store_rollback(store);
    return status;
}

static void assert_two(struct store *store, const char *one, const char *or_other)
{
    char *first = NULL, *second = NULL;
    assert_ok(store_meta_get(store, "first", &first));
    assert_ok(store_meta_get(store, "second", &second));
    assert_string_equal(first, second);
    assert_true(text_equal(first, one) || text_equal(first, or_other));
    free(first);
    free(second);
}

static void store__keeps_all_or_nothing__at_each_failing_write(void **state)
{
    struct place *place = *state;
    static const int codes[] = {SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC};
    static const enum status expected[] = {ST_FULL, ST_IO, ST_IO};
    for (size_t i = 0; i < 3; i++) {
        bool has_failed = true;
        for (int n = 1; has_failed; n++) {
            disk.fail_at = 0;
            open_store(place);
            assert_ok(write_two(place->store, "old"));
            disk.calls = 0;
            disk.code = codes[i];
            disk.fail_at = n;
            enum status status = write_two(place->store, "new");
            has_failed = disk.calls >= n;
            if (status)
                assert_int_equal(status, expected[i]);
            disk.fail_at = 0;
            if (codes[i] == SQLITE_FULL && status) {
                assert_two(place->store, "old", "old");
                assert_ok(write_two(place->store, "again"));
                assert_two(place->store, "again", "again");
            } else {
                reopen_store(place);
                assert_two(place->store, status ? "old" : "new", "new");
            }
            close_store(place);
            assert_true(n < 100);
        }
    }
}

static void store_open__succeeds_later__after_each_failing_write(void **state)
{
    struct place *place = *state;
    bool has_failed = true;
    for (int n = 1; has_failed; n++) {
        disk.calls = 0;
        disk.code = SQLITE_FULL;
        disk.fail_at = n;
        disk.is_lasting = true;
        char *why = NULL;
        long holder = 0;
        enum status status = try_open(place, &holder, &why);
        has_failed = status != ST_OK;
        if (has_failed) {
            assert_int_equal(status, ST_FULL);
            assert_non_null(why);
            free(why);
            disk.fail_at = 0;
            open_store(place);
        }
        disk.fail_at = 0;
        assert_ok(write_two(place->store, "x"));
        close_store(place);
        remove_file(place->data, DATABASE_NAME);
        disk.is_lasting = false;
        assert_true(n < 200);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, make_store, remove_place)
#define ON_FAULTY(test)                                                                  \
    cmocka_unit_test_setup_teardown(test, make_faulty_place, remove_place)
        IN_STORE(store_open__makes__three_private_folders),
        IN_STORE(store_open__keeps__the_instance),
        IN_STORE(store_open__refuses__an_open_folder),
        IN_STORE(store_open__refuses__a_link_as_folder),
        IN_STORE(store_open__refuses__one_folder_in_another),
        IN_STORE(store_open__names_the_holder__of_the_lock),
        IN_STORE(store_open__refuses__a_second_bot_on_the_same_keys),
        IN_STORE(store_open__refuses__a_newer_schema),
        IN_STORE(store_open__refuses__a_cut_database),
        IN_STORE(store_open__refuses__rubbish),
        IN_STORE(store_open__refuses__a_database_of_something_else),
        IN_STORE(store_open__refuses__a_link_as_database),
        IN_STORE(store_open__refuses__a_lost_registry_key),
        IN_STORE(store_open__begins_anew__when_the_database_was_moved_away),
        IN_STORE(store_open__survives__a_crash_of_the_very_first_start),
        IN_STORE(store_open__destroys__half_written_keys),
        IN_STORE(store_open__sets__every_pragma),
        IN_STORE(store_query_text__refuses__all_but_one_select),
        IN_STORE(store_write__is_refused__outside_a_transaction),
        IN_STORE(store_savepoint__loses__only_its_own_part),
        IN_STORE(store_write__is_refused__once_sqlite_gave_the_transaction_up),
        IN_STORE(store_truncate_wal__leaves__no_byte),
        IN_STORE(store__stays_usable__when_the_database_may_not_grow),
        ON_FAULTY(store__keeps_all_or_nothing__at_each_failing_write),
        ON_FAULTY(store_open__succeeds_later__after_each_failing_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
