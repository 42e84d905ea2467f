/* privacy.c - what the bot promises about people, broken into on the whole bot in
 * memory: the disk, the close, the log, each promise by its number (T1 ...).
 *
 * The attacker reads every byte of every file the bot has, at any moment, and
 * every line of its log. What sits in the rooms is in privacy_people.c.
 */
#include "bot/queue.h"
#include "commands/close.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/pending.h"
#include "tests/unit/privacy.h"

#include <sqlite3.h>

/* --- reading the disk ---------------------------------------------------- */

static bool has_bytes(const char *haystack, size_t len, const void *needle,
                      size_t needle_len)
{
    return memmem(haystack, len, needle, needle_len) != NULL;
}

/* The first file below `path` that holds the bytes, the caller's, or NULL. */
static char *find_bytes(const char *path, const void *needle, size_t needle_len)
{
    char *found = NULL;
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        GDir *dir = g_dir_open(path, 0, NULL);
        const char *name;
        while (dir != NULL && found == NULL && (name = g_dir_read_name(dir)) != NULL) {
            char *child = g_build_filename(path, name, NULL);
            found = find_bytes(child, needle, needle_len);
            g_free(child);
        }
        if (dir != NULL)
            g_dir_close(dir);
        return found;
    }
    char *bytes = NULL;
    gsize len = 0;
    if (g_file_get_contents(path, &bytes, &len, NULL) &&
        (has_bytes(bytes, len, needle, needle_len) ||
         has_bytes(path, strlen(path), needle, needle_len)))
        found = mem_dup(path);
    g_free(bytes);
    return found;
}

static void assert_nowhere(const struct world *world, const void *needle, size_t len,
                           const char *what, const char *when)
{
    char *file = find_bytes(world->folder, needle, len);
    if (file != NULL)
        fail_msg("%s: %s stands in %s", when, what, file);
}

/* Who took part, where they talk to the bot and what they said, in every form the
 * program gives it. */
static void assert_disk_is_clean(const struct world *world, const char *when)
{
    static const unsigned char packed[] = {0x46, 0x73, 0xf2, 0xff};
    static const unsigned char values[] = {6, 4, 3, 7, 2, 0xff, 0xff, 0xff};
    static const char *const words[] = {"qzcanary",     ANSWER,        "fatigue 4",
                                        "Pain 6",       "stiffness 3", "Brain fog",
                                        "You said yes", "is ready"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_nowhere(world, words[i], strlen(words[i]), words[i], when);
    assert_nowhere(world, packed, sizeof packed, "the packed answer", when);
    assert_nowhere(world, values, sizeof values, "the values", when);
    for (size_t i = 0; i < world->person_count; i++) {
        const struct person *person = world->people[i];
        assert_nowhere(world, person->user_id, strlen(person->user_id), "a user id",
                       when);
        if (person->dm_room != NULL)
            assert_nowhere(world, person->dm_room, strlen(person->dm_room), "a DM", when);
    }
}

/* T1: after the acknowledgement, with the write-ahead log as it lies there (what a
 * kill leaves), after a restart, after the close: nothing of a person. */
static void T1__a_canary__is_in_no_byte_of_the_disk(void **state)
{
    (void)state;
    struct world *world = begin(FIVE, 5);
    world_advance(world, NOON + 10 * HOUR);
    assert_true(was_said(world, world_person(world, names[0])->dm_room, "is ready"));
    answer_all(world, 5);
    assert_true(was_said(world, world_person(world, names[0])->dm_room, "Recorded"));
    assert_disk_is_clean(world, "acknowledged");
    tell(world, world_person(world, names[0]), "my data");
    assert_true(was_said(world, world_person(world, names[0])->dm_room, "Pain 6"));
    assert_disk_is_clean(world, "shown to its owner");
    world->is_cut = true; /* what waits in the outbox is sealed too */
    world_say(world, world_person(world, names[0]),
              world_person(world, names[0])->dm_room, "my data");
    world_advance(world, world->now_ms + 5 * MINUTE);
    assert_disk_is_clean(world, "waiting to be sent");
    world_crash(world);
    assert_disk_is_clean(world, "crashed");
    world->is_cut = false;
    world_start(world);
    world_advance(world, CLOSE + 30 * MINUTE);
    assert_int_equal(number(world, "select count(*) from closed where week = 202709"), 1);
    assert_int_equal(number(world, "select count(*) from trend"), 5);
    assert_disk_is_clean(world, "closed");
    world_free(world);
}

/* T2: without the key file the answers are gone, and the bot goes on. */
static void T2__without_the_key__answers_are_gone_and_the_bot_goes_on(void **state)
{
    (void)state;
    struct world *world = begin(FIVE, 5);
    struct person *canary = world_person(world, names[0]);
    answer_all(world, 5);
    world_crash(world);
    char *key = g_strdup_printf("%s/weeks/main-%d.key", world->folder, WEEK);
    assert_int_equal(remove(key), 0);
    g_free(key);
    world_start(world);
    size_t shown = count_said(world, canary->dm_room, "Pain 6");
    tell(world, canary, "my data");
    assert_int_equal(count_said(world, canary->dm_room, "Pain 6"), shown);
    assert_int_equal(number(world, "select count(*) from pending"), 5);
    world_advance(world, CLOSE + 30 * MINUTE);
    assert_int_equal(number(world, "select count(*) from closed where week = 202709"), 1);
    assert_int_equal(number(world, "select count(*) from trend"), 0);
    size_t recorded = count_said(world, canary->dm_room, "Recorded");
    tell(world, canary, ANSWER);
    assert_int_equal(count_said(world, canary->dm_room, "Recorded"), recorded + 1);
    world_free(world);
}

/* --- the close, step by step --------------------------------------------- */

enum {
    STEP_KEY = 1,
    STEP_CARRY_SOME,
    STEP_CARRY,
    STEP_SEAL,
    STEP_CUT,
    STEP_DESTROY,
    STEP_PURGE_SOME,
    STEPS
};

static void commit(struct world *world, enum status status)
{
    assert_int_equal(status, ST_OK);
    assert_int_equal(store_commit(world->store), ST_OK);
}

static void carry_batch(struct world *world, struct turn *turn, int64_t *cursor, int max)
{
    assert_int_equal(store_begin(world->store), ST_OK);
    enum status status =
        close_carry(turn, &world->settings->groups[0], WEEK, cursor, max);
    commit(world, status == ST_NOT_FOUND ? ST_OK : status);
}

static void seal(struct world *world, struct turn *turn)
{
    struct close_count *count = close_count_new(&world->settings->groups[0], WEEK);
    enum status status = ST_OK;
    while (status == ST_OK)
        status = close_count(turn, count, 2);
    assert_int_equal(status, ST_NOT_FOUND);
    assert_int_equal(store_begin(world->store), ST_OK);
    status = close_seal(turn, count);
    if (status == ST_OK)
        status = queue_effects(world->bot, NULL, turn->effects);
    commit(world, status);
    close_count_free(count);
}

/* What the job does, up to and with step `last`. */
static void take_steps(struct world *world, int last)
{
    struct effects effects = {0};
    int64_t cursor = 0;
    world->now_ms = CLOSE + MINUTE;
    world->bot->now = (struct now){world->now_ms, world->now_ms};
    struct turn turn = bot_make_turn(world->bot, NULL, &effects, NULL);
    assert_int_equal(week_key_ensure(world->store, "main", WEEK + 1), ST_OK);
    if (last >= STEP_CARRY_SOME)
        carry_batch(world, &turn, &cursor, 2);
    if (last >= STEP_CARRY)
        carry_batch(world, &turn, &cursor, 100);
    if (last >= STEP_SEAL)
        seal(world, &turn);
    if (last >= STEP_CUT)
        assert_int_equal(store_truncate_wal(world->store), ST_OK);
    if (last >= STEP_DESTROY)
        assert_int_equal(week_key_destroy(world->store, "main", WEEK), ST_OK);
    if (last >= STEP_PURGE_SOME)
        assert_int_equal(pending_purge_closed(world->store, 2), ST_OK);
    effects_clear(&effects);
}

static char *read_trends(struct world *world)
{
    char *text = NULL;
    assert_int_equal(
        store_query_text(world->store,
                         "select group_concat(item || shape || ':' || cell0 || ',' ||"
                         " cell1 || ',' || cell2, ' ') from trend",
                         &text),
        ST_OK);
    return text;
}

static void check_died_at(int step)
{
    struct world *world = begin(FIVE, 5);
    char *room = world_room_id(world, "#support"), *before = NULL;
    answer_all(world, 5);
    world_advance(world, CLOSE - HOUR);
    take_steps(world, step);
    if (step >= STEP_SEAL)
        before = read_trends(world);
    for (int round = 0; round < 2; round++) {
        world_crash(world);
        world_start(world);
        if (step >= STEP_SEAL) /* dies before anything else happens */
            assert_false(week_key_exists(world->store, "main", WEEK));
        world_advance(world, world->now_ms + 30 * MINUTE);
        assert_false(week_key_exists(world->store, "main", WEEK));
        char *after = read_trends(world);
        assert_string_not_equal(after, ""); /* the week is not lost */
        if (before != NULL)
            assert_string_equal(after, before); /* nor drawn again */
        free(before);
        before = after;
        assert_int_equal(number(world, "select count(*) from trend"), 5);
        assert_int_equal(number(world, "select count(*) from closed where week = 202709"),
                         1);
        assert_int_equal(
            number(world, "select count(*) from pending where week = 202709"), 0);
        assert_int_equal(
            number(world, "select count(*) from pending where week = 202710"),
            5); /* last votes were carried, once each */
    }
    world_advance(world, CLOSE + DAY);
    assert_int_equal(count_said(world, room, "Pain:"), 1);
    free(before);
    free(room);
    world_free(world);
}

/* T5: dying behind each step of the close and starting again: no second draw, no
 * lost week, no surviving key, one summary. */
static void T5__dying_between_the_steps__never_draws_twice(void **state)
{
    (void)state;
    for (int step = STEP_KEY; step < STEPS; step++)
        check_died_at(step);
}

/* --- the write-ahead log, commit by commit ------------------------------- */

static uint32_t big_endian(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int64_t ask_copy(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* What a copy shows whose log ends with one of its commits. */
static void check_copy(const char *folder, const char *db, gsize db_len, const char *wal,
                       gsize wal_len)
{
    char *name = g_build_filename(folder, "replay.db", NULL);
    char *wal_name = g_strconcat(name, "-wal", NULL);
    sqlite3 *copy = NULL;
    assert_true(g_file_set_contents(name, db, (gssize)db_len, NULL));
    assert_true(g_file_set_contents(wal_name, wal, (gssize)wal_len, NULL));
    assert_int_equal(sqlite3_open(name, &copy), SQLITE_OK);
    int64_t rows = ask_copy(copy, "select count(*) from trend");
    assert_true(rows == 0 || rows == 5); /* no histogram on its way */
    assert_int_equal(rows != 0,
                     ask_copy(copy, "select count(*) from closed where week = 202709"));
    assert_true(ask_copy(copy, "select count(distinct length(answers)) from pending") <=
                1);
    assert_true(ask_copy(copy, "select count(distinct length(facts)) from member") <= 1);
    assert_int_equal(sqlite3_close(copy), SQLITE_OK);
    g_free(name);
    g_free(wal_name);
}

/* T12: a copy of the log, replayed commit by commit, shows neither an answer nor a
 * count that grows with them; behind the close there is no log. */
static void T12__replaying_the_log__recovers_nothing(void **state)
{
    (void)state;
    struct world *world = begin(FIVE, 5);
    char *db = NULL, *wal = NULL, *end = NULL;
    gsize db_len = 0, wal_len = 0, end_len = 1;
    char *name = g_build_filename(world->folder, "data", "hearth.db", NULL);
    char *wal_name = g_strconcat(name, "-wal", NULL);
    world_advance(world, SUNDAY);
    assert_int_equal(store_truncate_wal(world->store), ST_OK);
    answer_all(world, 5);
    world_advance(world, CLOSE - HOUR);
    take_steps(world, STEP_SEAL);
    assert_disk_is_clean(world, "sealed, with the whole log");
    assert_true(g_file_get_contents(name, &db, &db_len, NULL));
    assert_true(g_file_get_contents(wal_name, &wal, &wal_len, NULL));
    size_t frame_len = 24 + big_endian(wal + 8), commits = 0;
    for (size_t at = 32; at + frame_len <= wal_len; at += frame_len) {
        if (memcmp(wal + at + 8, wal + 16, 8) != 0 || big_endian(wal + at + 4) == 0)
            continue;
        check_copy(world->folder, db, db_len, wal, at + frame_len);
        commits++;
    }
    assert_true(commits > 20);
    world_crash(world);
    world_start(world);
    world_advance(world, CLOSE + HOUR);
    assert_true(g_file_get_contents(wal_name, &end, &end_len, NULL));
    assert_false(has_bytes(end, end_len, wal + 32, frame_len));
    assert_false(week_key_exists(world->store, "main", WEEK));
    g_free(db);
    g_free(wal);
    g_free(end);
    g_free(name);
    g_free(wal_name);
    world_free(world);
}

/* --- memory, core files, logs -------------------------------------------- */

/* Is the page of `address` left out of core files? */
static bool is_dumped(const void *address)
{
    FILE *file = fopen("/proc/self/smaps", "r");
    char line[512];
    bool is_it = false, is_dumped = true;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        unsigned long from = 0, to = 0;
        if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
            is_it = (uintptr_t)address >= from && (uintptr_t)address < to;
        else if (is_it && strncmp(line, "VmFlags:", 8) == 0)
            is_dumped = strstr(line, " dd") == NULL;
    }
    fclose(file);
    return is_dumped;
}

/* T9: keys, and answers opened with them, are left out of core files. */
static void T9__keys_and_opened_answers__are_in_no_core_file(void **state)
{
    (void)state;
    struct world *world = begin(NULL, 1);
    struct week_secret *secret = NULL;
    assert_true(is_dumped(world)); /* the test can tell */
    assert_false(is_dumped(keys_seal_key(world->store->keys)));
    assert_int_equal(week_key_ensure(world->store, "main", WEEK), ST_OK);
    assert_int_equal(week_secret_open(world->store->keys, "main", WEEK, &secret), ST_OK);
    assert_false(is_dumped(secret));
    week_secret_close(secret);
    world_free(world);
}

static void keep_line(void *ctx, enum log_level level, const char *line)
{
    (void)level;
    buf_addf(ctx, "%s\n", line);
}

/* T10: at its loudest, with refusals, outages and a close, the log names nobody. */
static void T10__the_log__holds_no_person_and_no_answer(void **state)
{
    (void)state;
    struct buf log;
    buf_init(&log, 1 << 20);
    log_set_level(LOG_DEBUG);
    log_set_sink(keep_line, &log);
    struct world *world = begin(FIVE, 5);
    answer_all(world, 5);
    add_fault(world, 500, "/send/");
    tell(world, world_person(world, names[0]), "my data");
    world_advance(world, world->now_ms + 10 * MINUTE);
    add_fault(world, 403, "/send/");
    tell(world, world_person(world, names[0]), "my data");
    tell(world, world_person(world, names[0]), "stop");
    world_advance(world, CLOSE + HOUR);
    world_free(world);
    log_set_sink(NULL, NULL);
    log_set_level(LOG_INFO);
    assert_true(log.len > 0);
    assert_non_null(strstr(log.data, "a week was closed"));
    static const char *const words[] = {
        "qzcanary", ":hearth.test", "Pain", "pain", "6 4 3", "$", "!"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(log.data, words[i]) != NULL)
            fail_msg("\"%s\" in the log:\n%s", words[i], log.data);
    buf_clear(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(T1__a_canary__is_in_no_byte_of_the_disk),
        cmocka_unit_test(T2__without_the_key__answers_are_gone_and_the_bot_goes_on),
        cmocka_unit_test(T5__dying_between_the_steps__never_draws_twice),
        cmocka_unit_test(T12__replaying_the_log__recovers_nothing),
        cmocka_unit_test(T9__keys_and_opened_answers__are_in_no_core_file),
        cmocka_unit_test(T10__the_log__holds_no_person_and_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
