/* store_crash.c - a process killed in the middle of its transactions: all or nothing.
 *
 * The child writes whole updates, each a number in four tables, and tells the number
 * through a pipe once its commit came back. The parent kills it at a point of its
 * choice and looks: what was told is there, and the tables agree.
 */
#include "tests/unit/store_test.h"

#include "store/inbox.h"
#include "store/internal.h"
#include "store/outbox.h"
#include "store/pending.h"
#include "store/room.h"

#include <signal.h>

#define GROUP "support"
#define PAYLOAD_LEN 20000

static enum status write_update(struct store *store, int number)
{
    static char payload[PAYLOAD_LEN];
    static unsigned char blob[PENDING_BLOB_LEN];
    char text[32];
    struct outbox_item item = {.queued_utc_ms = NOW,
                               .due_utc_ms = NOW,
                               .payload = payload,
                               .payload_len = sizeof payload};
    snprintf(text, sizeof text, "%d", number);
    enum status status = store_begin(store);
    if (status == ST_OK)
        status = seen_add(store, ROOM, text, NOW);
    if (status == ST_OK)
        status = outbox_add(store, text, &item);
    if (status == ST_OK)
        status = pending_put(store, GROUP, WEEK, text, blob);
    if (status == ST_OK)
        status = store_meta_set(store, "token", text);
    if (status == ST_OK)
        status = store_commit(store);
    return status;
}

/* The number the database is at; its tables agree on it. */
static int read_number(struct place *place)
{
    char *token = NULL;
    int64_t number = 0;
    enum status status = store_meta_get(place->store, "token", &token);
    if (status == ST_OK)
        assert_ok(text_to_int(token, 0, 1000000, &number));
    else
        assert_int_equal(status, ST_NOT_FOUND);
    free(token);
    char count[32];
    snprintf(count, sizeof count, "%d", (int)number);
    assert_query(place, "select count(*) from seen", count);
    assert_query(place, "select count(*) from outbox", count);
    assert_query(place, "select count(*) from pending", count);
    assert_query(place, "select integrity_check from pragma_integrity_check", "ok");
    return (int)number;
}

/* In the child: never returns. The progress handler ends it at step `steps`. */
static int die_at_step(void *ctx)
{
    int *steps = ctx;
    if (--*steps == 0)
        kill(getpid(), SIGKILL);
    return 0;
}

static void write_until_killed(struct place *place, int from, int steps, int told)
{
    char *why = NULL;
    long holder = 0;
    if (try_open(place, &holder, &why) != ST_OK)
        _exit(2);
    if (steps)
        sqlite3_progress_handler(place->store->db, 1, die_at_step, &steps);
    for (int number = from;; number++) {
        if (write_update(place->store, number) != ST_OK)
            _exit(3);
        if (write(told, &number, sizeof number) != sizeof number)
            _exit(4);
    }
}

/* Run a child; kill it after `kill_after` told numbers (0: it dies by itself).
 * The last number it told, or `from - 1`. */
static int run_child(struct place *place, int from, int steps, int kill_after)
{
    int pipes[2], number = from - 1, got = 0, result = 0;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(pipes[0]);
        write_until_killed(place, from, steps, pipes[1]);
    }
    close(pipes[1]);
    while (read(pipes[0], &number, sizeof number) == sizeof number) {
        if (++got == kill_after)
            kill(child, SIGKILL);
    }
    close(pipes[0]);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result));
    assert_int_equal(WTERMSIG(result), SIGKILL);
    return number;
}

static void prepare(struct place *place)
{
    /* Seeded, every child would draw the same transaction ids. */
    place->random = random_system();
    open_store(place);
    assert_ok(week_key_ensure(place->store, GROUP, WEEK));
    close_store(place);
}

static void check_after_kill(struct place *place, int told)
{
    open_store(place);
    int number = read_number(place);
    /* The commit may have come back before the number was told, never after. */
    assert_in_range(number, told, told + 1);
    close_store(place);
}

static void store__is_whole__after_a_kill_at_any_moment(void **state)
{
    struct place *place = *state;
    int number = 0;
    prepare(place);
    for (int round = 1; round <= 12; round++) {
        int told = run_child(place, number + 1, 0, round * 3);
        open_store(place);
        number = read_number(place);
        assert_true(number >= told);
        close_store(place);
    }
}

static void store__is_whole__after_a_kill_at_each_step(void **state)
{
    struct place *place = *state;
    int number = 0;
    prepare(place);
    for (int steps = 1; steps < 600; steps += 7) {
        int told = run_child(place, number + 1, steps, 0);
        check_after_kill(place, told);
        open_store(place);
        number = read_number(place);
        close_store(place);
    }
    assert_true(number > 0);
}

static void store__shows__no_answer_after_a_kill(void **state)
{
    struct place *place = *state;
    prepare(place);
    pid_t child = fork();
    if (child == 0) {
        unsigned char blob[PENDING_BLOB_LEN] = "crash-canary";
        char *why = NULL;
        long holder = 0;
        if (try_open(place, &holder, &why) == ST_OK &&
            store_begin(place->store) == ST_OK &&
            pending_put(place->store, GROUP, WEEK, "@crash-canary:x", blob) == ST_OK &&
            store_commit(place->store) == ST_OK && store_begin(place->store) == ST_OK &&
            pending_put(place->store, GROUP, WEEK, "@crash-canary:y", blob) == ST_OK)
            kill(getpid(), SIGKILL);
        _exit(1);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result));
    assert_true(has_file(place->data, DATABASE_NAME "-wal"));
    assert_false(folder_has_text(place->data, "crash-canary"));
    open_store(place);
    assert_query(place, "select count(*) from pending", "1");
}

static void store_open__refuses__a_cut_database_behind_a_wal(void **state)
{
    struct place *place = *state;
    prepare(place);
    run_child(place, 1, 0, 150); /* beyond the first checkpoint */
    char *path = file_join(place->data, DATABASE_NAME);
    struct buf whole = read_whole(place->data, DATABASE_NAME);
    struct buf wal = read_whole(place->data, DATABASE_NAME "-wal");
    assert_true(whole.len > 1024 * 1024);
    assert_true(wal.len > 0);
    const size_t lens[] = {32 * 1024, whole.len / 2, whole.len - 20 * 4096};
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        assert_ok(file_write(path, whole.data, lens[i]));
        assert_refused(place, ST_CORRUPT, path);
        struct buf after = read_whole(place->data, DATABASE_NAME);
        assert_int_equal(after.len, lens[i]);
        assert_memory_equal(after.data, whole.data, lens[i]);
        buf_clear(&after);
        after = read_whole(place->data, DATABASE_NAME "-wal");
        assert_int_equal(after.len, wal.len);
        buf_clear(&after);
    }
    assert_ok(file_write(path, whole.data, whole.len));
    open_store(place);
    assert_in_range(read_number(place), 150, 100000);
    buf_clear(&whole);
    buf_clear(&wal);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
        IN_PLACE(store__is_whole__after_a_kill_at_any_moment),
        IN_PLACE(store__is_whole__after_a_kill_at_each_step),
        IN_PLACE(store__shows__no_answer_after_a_kill),
        IN_PLACE(store_open__refuses__a_cut_database_behind_a_wal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
