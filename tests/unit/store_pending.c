/* store_pending.c - sealed answers of a week, and the end of its key (T1, T2 of
 * privacy.md). */
#include "tests/unit/store_test.h"

#include "store/internal.h"
#include "store/pending.h"
#include "store/seal.h"

#define GROUP "support"
#define KEY_FILE "support-202712.key"
#define CANARY "canary-7-4-9-2-5-canary"

static void fill(unsigned char blob[PENDING_BLOB_LEN], const char *text)
{
    memset(blob, 0, PENDING_BLOB_LEN);
    memcpy(blob, text, strlen(text));
}

static void put(struct place *place, int32_t week, const char *user_id, const char *text)
{
    unsigned char blob[PENDING_BLOB_LEN];
    fill(blob, text);
    assert_ok(week_key_ensure(place->store, GROUP, week));
    begin(place);
    assert_ok(pending_put(place->store, GROUP, week, user_id, blob));
    commit(place);
}

static void close_week(struct place *place, int32_t week)
{
    begin(place);
    assert_ok(closed_add(place->store, GROUP, week));
    commit(place);
}

static enum status get(struct place *place, int32_t week, const char *user_id,
                       unsigned char blob[PENDING_BLOB_LEN])
{
    return pending_get(place->store, GROUP, week, user_id, blob);
}

static void pending_put__keeps__the_last_blob(void **state)
{
    struct place *place = *state;
    unsigned char blob[PENDING_BLOB_LEN];
    put(place, WEEK, USER, "first");
    put(place, WEEK, USER, "second");
    put(place, WEEK, OTHER, "other");
    reopen_store(place);
    assert_ok(get(place, WEEK, USER, blob));
    assert_string_equal((char *)blob, "second");
    assert_ok(get(place, WEEK, OTHER, blob));
    assert_string_equal((char *)blob, "other");
    assert_int_equal(get(place, WEEK, "@nobody:x", blob), ST_NOT_FOUND);
    assert_int_equal(get(place, WEEK + 1, USER, blob), ST_NOT_FOUND);
    assert_query(place, "select count(*) from pending", "2");
}

static void pending_put__needs__a_key_of_an_open_week(void **state)
{
    struct place *place = *state;
    unsigned char blob[PENDING_BLOB_LEN] = {0};
    begin(place);
    assert_int_equal(pending_put(place->store, GROUP, WEEK, USER, blob), ST_NOT_FOUND);
    commit(place);
    assert_ok(week_key_ensure(place->store, GROUP, WEEK));
    close_week(place, WEEK);
    begin(place);
    assert_int_equal(pending_put(place->store, GROUP, WEEK, USER, blob), ST_NOT_FOUND);
    assert_int_equal(pending_put(place->store, "../../etc", WEEK, USER, blob),
                     ST_INVALID);
    commit(place);
}

static void pending_remove__takes__only_that_person(void **state)
{
    struct place *place = *state;
    unsigned char blob[PENDING_BLOB_LEN];
    put(place, WEEK, USER, "x");
    put(place, WEEK, OTHER, "y");
    begin(place);
    assert_ok(pending_remove(place->store, GROUP, WEEK, USER));
    assert_ok(pending_remove(place->store, GROUP, WEEK, USER));
    assert_ok(pending_remove(place->store, GROUP, WEEK + 5, USER));
    commit(place);
    assert_int_equal(get(place, WEEK, USER, blob), ST_NOT_FOUND);
    assert_ok(get(place, WEEK, OTHER, blob));
}

static void pending__shows__no_byte_of_an_answer(void **state)
{
    struct place *place = *state;
    const struct {
        const char *name;
    } never[] = {{CANARY}, {"canary"}, {USER}, {"alice"}};
    put(place, WEEK, USER, CANARY);
    put(place, WEEK, USER, CANARY CANARY);
    put(place, WEEK, OTHER, "");
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
            assert_false(folder_has_text(place->data, never[i].name));
            assert_false(folder_has_text(place->keys, never[i].name));
            assert_false(folder_has_text(place->weeks, never[i].name));
        }
        if (round == 0)
            assert_ok(store_truncate_wal(place->store));
        if (round == 1)
            close_store(place);
    }
}

static void pending__has__one_size_and_no_time(void **state)
{
    struct place *place = *state;
    put(place, WEEK, USER, "");
    put(place, WEEK, OTHER, CANARY);
    put(place, WEEK + 1, OTHER, CANARY);
    char expected[16];
    snprintf(expected, sizeof expected, "%d", PENDING_BLOB_LEN + SEAL_OVERHEAD);
    assert_query(place, "select group_concat(distinct length(answers)) from pending",
                 expected);
    assert_query(place, "select group_concat(name) from pragma_table_info('pending')",
                 "row,id,grp,week,answers");
    /* One person looks different in every week. */
    assert_query(place, "select count(distinct id) from pending", "3");
}

static void pending__is_unreadable__without_its_key(void **state)
{
    struct place *place = *state;
    unsigned char blob[PENDING_BLOB_LEN];
    put(place, WEEK, USER, CANARY);
    remove_file(place->weeks, KEY_FILE);
    assert_int_equal(get(place, WEEK, USER, blob), ST_NOT_FOUND);
    reopen_store(place); /* the bot goes on */
    assert_int_equal(get(place, WEEK, USER, blob), ST_NOT_FOUND);
    assert_false(week_key_exists(place->store, GROUP, WEEK));
    put(place, WEEK, USER, "anew");
    assert_ok(get(place, WEEK, USER, blob));
    assert_string_equal((char *)blob, "anew");
}

static void pending_get__refuses__a_blob_of_another_row(void **state)
{
    struct place *place = *state;
    unsigned char blob[PENDING_BLOB_LEN];
    put(place, WEEK, USER, "mine");
    put(place, WEEK, OTHER, "yours");
    assert_int_equal(sqlite3_exec(place->store->db,
                                  "update pending set answers ="
                                  " (select answers from pending where row = 1)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_ok(get(place, WEEK, USER, blob));
    assert_int_equal(get(place, WEEK, OTHER, blob), ST_CORRUPT);
}

static void week_key__is_made__once_and_whole(void **state)
{
    struct place *place = *state;
    assert_ok(week_key_ensure(place->store, GROUP, WEEK));
    struct buf first = read_whole(place->weeks, KEY_FILE);
    assert_int_equal(first.len, 32);
    assert_ok(week_key_ensure(place->store, GROUP, WEEK));
    struct buf second = read_whole(place->weeks, KEY_FILE);
    assert_memory_equal(first.data, second.data, 32);
    assert_ok(week_key_ensure(place->store, GROUP, WEEK + 1));
    struct buf next = read_whole(place->weeks, "support-202713.key");
    assert_memory_not_equal(first.data, next.data, 32);
    buf_wipe(&first);
    buf_wipe(&second);
    buf_wipe(&next);
    assert_int_equal(week_key_ensure(place->store, "Support", WEEK), ST_INVALID);
    assert_int_equal(week_key_ensure(place->store, "", WEEK), ST_INVALID);
    assert_int_equal(week_key_ensure(place->store, "a/b", WEEK), ST_INVALID);
    assert_int_equal(week_key_ensure(place->store, GROUP, 202754), ST_RANGE);
}

static void week_key_destroy__waits__for_the_committed_close(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    unsigned char blob[PENDING_BLOB_LEN];
    put(place, WEEK, USER, "x");
    assert_int_equal(week_key_destroy(store, GROUP, WEEK), ST_INVALID);
    begin(place);
    assert_ok(closed_add(store, GROUP, WEEK));
    assert_int_equal(closed_add(store, GROUP, WEEK), ST_EXISTS);
    assert_int_equal(week_key_destroy(store, GROUP, WEEK), ST_INVALID);
    store_rollback(store);
    assert_false(closed_has(store, GROUP, WEEK));
    assert_ok(get(place, WEEK, USER, blob));
    close_week(place, WEEK);
    assert_ok(week_key_destroy(store, GROUP, WEEK));
    assert_int_equal(week_key_destroy(store, GROUP, WEEK), ST_NOT_FOUND);
    assert_false(has_file(place->weeks, KEY_FILE));
    assert_int_equal(get(place, WEEK, USER, blob), ST_NOT_FOUND);
    assert_int_equal(week_key_ensure(store, GROUP, WEEK), ST_NOT_FOUND);
    assert_true(closed_has(store, GROUP, WEEK));
}

static void store_open__destroys__keys_of_closed_weeks(void **state)
{
    struct place *place = *state;
    put(place, WEEK, USER, "x");
    put(place, WEEK + 1, USER, "y");
    close_week(place, WEEK);
    char *path = file_join(place->weeks, "notes.txt");
    assert_ok(file_write(path, "mine", 4));
    free(path);
    reopen_store(place); /* as after a crash before the key was destroyed */
    assert_false(has_file(place->weeks, KEY_FILE));
    assert_true(has_file(place->weeks, "support-202713.key"));
    assert_true(has_file(place->weeks, "notes.txt"));
}

struct visits {
    struct place *place;
    int count;
    int stop_at;
    bool writes;
    char last[32];
};

static enum status visit(void *ctx, const unsigned char blob[PENDING_BLOB_LEN])
{
    struct visits *visits = ctx;
    visits->count++;
    snprintf(visits->last, sizeof visits->last, "%s", (const char *)blob);
    if (visits->writes)
        return pending_put(visits->place->store, GROUP, WEEK + 1, visits->last, blob);
    return visits->count == visits->stop_at ? ST_PASSING : ST_OK;
}

static void put_ten(struct place *place)
{
    for (int i = 0; i < 10; i++) {
        char user_id[16];
        snprintf(user_id, sizeof user_id, "@%d:x", i);
        put(place, WEEK, user_id, user_id);
    }
    put(place, WEEK + 1, USER, "next week");
}

static void pending_walk__visits__a_week_in_pieces(void **state)
{
    struct place *place = *state;
    struct visits visits = {.place = place};
    int64_t cursor = 0, unreadable = 0;
    put_ten(place);
    assert_ok(pending_walk(place->store, GROUP, WEEK, &cursor, 4, visit, &visits, NULL));
    assert_int_equal(visits.count, 4);
    assert_string_equal(visits.last, "@3:x");
    assert_ok(pending_walk(place->store, GROUP, WEEK, &cursor, 6, visit, &visits, NULL));
    assert_int_equal(visits.count, 10);
    assert_int_equal(
        pending_walk(place->store, GROUP, WEEK, &cursor, 6, visit, &visits, &unreadable),
        ST_NOT_FOUND);
    assert_int_equal(visits.count, 10);
    assert_int_equal(unreadable, 0);
}

static void pending_walk__lets__the_visit_write(void **state)
{
    struct place *place = *state;
    struct visits visits = {.place = place, .writes = true};
    int64_t cursor = 0;
    unsigned char blob[PENDING_BLOB_LEN];
    put_ten(place);
    begin(place);
    assert_int_equal(
        pending_walk(place->store, GROUP, WEEK, &cursor, 100, visit, &visits, NULL),
        ST_NOT_FOUND);
    commit(place);
    assert_int_equal(visits.count, 10);
    assert_ok(get(place, WEEK + 1, "@9:x", blob));
    assert_query(place, "select count(*) from pending where week = 202713", "11");
}

static void pending_walk__ends__with_the_error_of_a_visit(void **state)
{
    struct place *place = *state;
    struct visits visits = {.place = place, .stop_at = 3};
    int64_t cursor = 0;
    put_ten(place);
    assert_int_equal(
        pending_walk(place->store, GROUP, WEEK, &cursor, 100, visit, &visits, NULL),
        ST_PASSING);
    assert_int_equal(visits.count, 3);
}

static void pending_walk__counts__what_does_not_open(void **state)
{
    struct place *place = *state;
    struct visits visits = {.place = place};
    int64_t cursor = 0, unreadable = 0;
    put(place, WEEK, USER, "lost with its key");
    remove_file(place->weeks, KEY_FILE);
    put(place, WEEK, USER, "here");
    assert_int_equal(pending_walk(place->store, GROUP, WEEK, &cursor, 100, visit, &visits,
                                  &unreadable),
                     ST_NOT_FOUND);
    assert_int_equal(visits.count, 1);
    assert_int_equal(unreadable, 1);
}

static void pending_open_weeks__lists__rows_and_keys(void **state)
{
    struct place *place = *state;
    int32_t weeks[64];
    int count = -1;
    assert_ok(pending_open_weeks(place->store, GROUP, weeks, &count));
    assert_int_equal(count, 0);
    put(place, 202712, USER, "x");
    put(place, 202652, USER, "x");
    remove_file(place->weeks, "support-202652.key");         /* rows without a key */
    assert_ok(week_key_ensure(place->store, GROUP, 202714)); /* a key without rows */
    assert_ok(week_key_ensure(place->store, "support-2", 202701));
    put(place, 202711, USER, "x");
    close_week(place, 202711);
    assert_ok(pending_open_weeks(place->store, GROUP, weeks, &count));
    assert_int_equal(count, 3);
    assert_int_equal(weeks[0], 202652);
    assert_int_equal(weeks[1], 202712);
    assert_int_equal(weeks[2], 202714);
}

static void pending_open_weeks__keeps__the_oldest_of_many(void **state)
{
    struct place *place = *state;
    int32_t weeks[64];
    int count = 0;
    for (int week = 52; week >= 1; week--) {
        assert_ok(week_key_ensure(place->store, GROUP, 202700 + week));
        assert_ok(week_key_ensure(place->store, GROUP, 202600 + week));
    }
    assert_ok(pending_open_weeks(place->store, GROUP, weeks, &count));
    assert_int_equal(count, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(weeks[i], i < 52 ? 202601 + i : 202701 + i - 52);
}

static void pending_purge_closed__deletes__in_batches(void **state)
{
    struct place *place = *state;
    put_ten(place);
    assert_int_equal(pending_purge_closed(place->store, 4), ST_NOT_FOUND);
    close_week(place, WEEK);
    assert_ok(pending_purge_closed(place->store, 4));
    assert_query(place, "select count(*) from pending", "7");
    assert_ok(pending_purge_closed(place->store, 100));
    assert_int_equal(pending_purge_closed(place->store, 100), ST_NOT_FOUND);
    assert_query(place, "select group_concat(week) from pending", "202713");
    begin(place);
    assert_int_equal(pending_purge_closed(place->store, 4), ST_INVALID);
    commit(place);
    assert_query(place, "select freelist_count from pragma_freelist_count", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, make_store, remove_place)
        IN_STORE(pending_put__keeps__the_last_blob),
        IN_STORE(pending_put__needs__a_key_of_an_open_week),
        IN_STORE(pending_remove__takes__only_that_person),
        IN_STORE(pending__shows__no_byte_of_an_answer),
        IN_STORE(pending__has__one_size_and_no_time),
        IN_STORE(pending__is_unreadable__without_its_key),
        IN_STORE(pending_get__refuses__a_blob_of_another_row),
        IN_STORE(week_key__is_made__once_and_whole),
        IN_STORE(week_key_destroy__waits__for_the_committed_close),
        IN_STORE(store_open__destroys__keys_of_closed_weeks),
        IN_STORE(pending_walk__visits__a_week_in_pieces),
        IN_STORE(pending_walk__lets__the_visit_write),
        IN_STORE(pending_walk__ends__with_the_error_of_a_visit),
        IN_STORE(pending_walk__counts__what_does_not_open),
        IN_STORE(pending_open_weeks__lists__rows_and_keys),
        IN_STORE(pending_open_weeks__keeps__the_oldest_of_many),
        IN_STORE(pending_purge_closed__deletes__in_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
