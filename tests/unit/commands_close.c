/* commands_close.c - the weekly close on a real store: who counts, what is
 * written, and that it happens once (T3, T5, T8, T11, T14 of the privacy rules).
 * Where the exact count matters the noise is a quiet one.
 */
#include "tests/unit/commands_close.h"

#define NUMBERS "6 4 3 7 2"

static int quiet_setup(void **state)
{
    static int count;
    bench_setup(state);
    struct bench *bench = *state;
    bench->random = quiet_random(&count);
    return 0;
}

static void expect_nothing_made(struct bench *bench, int32_t week)
{
    struct trend_list trends = close_trends(bench, week);
    assert_int_equal(trends.count, 0);
    assert_true(closed_has(bench->store, GROUP, week));
    trend_list_clear(&trends);
}

static void t3__under_the_floor__there_is_no_row_and_no_number(void **state)
{
    struct bench *bench = *state;
    close_people(bench, 0, 1, NUMBERS);
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_nothing_made(bench, WEEK);
    expect(bench, "Too few people checked in");
    struct turn turn = bench_turn(bench, NULL);
    char *text = NULL;
    assert_int_equal(summary_text(&turn, &bench->settings->groups[0], WEEK, &text),
                     ST_OK);
    const char *after_title = strstr(text, "Too few");
    assert_non_null(after_title);
    assert_null(strpbrk(after_title, "0123456789"));
    free(text);
}

static void t3__the_floor__is_where_rows_begin(void **state)
{
    struct bench *bench = *state;
    close_people(bench, 0, 7, NUMBERS);
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_nothing_made(bench, WEEK);
    bench->now_ms = bench_start() + 7 * DAY_MS;
    close_people(bench, 0, 8, NUMBERS);
    assert_int_equal(close_week(bench, week_add(WEEK, 1)), ST_OK);
    expect_cells(bench, week_add(WEEK, 1), "pain", 0, 8, 0);
    expect_cells(bench, week_add(WEEK, 1), "sleep", 0, 0, 8);
    expect_cells(bench, week_add(WEEK, 1), "fog", 8, 0, 0);
    expect(bench, "Pain: mostly moderate (4 to 6)");
    expect(bench, "Small group, read loosely.");
    expect(bench, "not medical advice");
}

static void close_seal__keeps__the_floor_for_each_item(void **state)
{
    struct bench *bench = *state;
    close_people(bench, 0, 8, "pain 6");
    close_answer(bench, 0, "sleep 3");
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    struct trend_list trends = close_trends(bench, WEEK);
    assert_int_equal(trends.count, 1);
    assert_string_equal(trends.items[0].item, "pain");
    assert_int_equal(trends.items[0].range_low, 5);
    trend_list_clear(&trends);
}

static void t5__closing_twice__changes_nothing(void **state)
{
    struct bench *bench = *state;
    close_people(bench, 0, 12, NUMBERS);
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    struct trend_list first = close_trends(bench, WEEK);
    assert_int_equal(close_week(bench, WEEK), ST_EXISTS);
    store_close(bench->store);
    bench_open(bench);
    assert_int_equal(close_week(bench, WEEK), ST_EXISTS);
    struct trend_list again = close_trends(bench, WEEK);
    assert_int_equal(first.count, 5);
    assert_int_equal(again.count, 5);
    for (size_t i = 0; i < first.count; i++)
        assert_memory_equal(first.items[i].cells, again.items[i].cells,
                            sizeof first.items[i].cells);
    trend_list_clear(&first);
    trend_list_clear(&again);
}

static void t8__who_is_forgotten_in_mid_week__is_not_counted(void **state)
{
    struct bench *bench = *state;
    char user_id[32];
    close_people(bench, 0, 9, NUMBERS);
    person(4, user_id);
    bench_say(bench, user_id, "forget me");
    bench_say(bench, user_id, "yes");
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_cells(bench, WEEK, "pain", 0, 8, 0);
}

static void stop__takes__a_vote_out_and_stop_keep_leaves_it_in(void **state)
{
    struct bench *bench = *state;
    char user_id[32];
    close_people(bench, 0, 10, NUMBERS);
    person(4, user_id);
    bench_say(bench, user_id, "stop");
    person(5, user_id);
    bench_say(bench, user_id, "stop keep");
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_cells(bench, WEEK, "pain", 0, 9, 0);
}

static void t11__a_question_changed_in_mid_week__counts_from_the_next_week(void **state)
{
    struct bench *bench = *state;
    close_people(bench, 0, 9, NUMBERS);
    struct item_settings *pain = &bench->settings->items[0];
    free(pain->high);
    pain->high = mem_dup("the worst you can imagine");
    bench->settings->checkins[0].version = 8;
    close_people(bench, 0, 12, "10 10 10 10 10"); /* nine answer for the second time */
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_cells(bench, WEEK, "pain", 0, 9, 0);
    struct trend_list trends = close_trends(bench, WEEK);
    const struct trend *row = close_find(&trends, "pain");
    int old_version = row->item_version;
    trend_list_clear(&trends);
    bench->now_ms = bench_start() + 7 * DAY_MS;
    close_people(bench, 0, 12, "10 10 10 10 10");
    assert_int_equal(close_week(bench, week_add(WEEK, 1)), ST_OK);
    expect_cells(bench, week_add(WEEK, 1), "pain", 0, 0, 12);
    trends = close_trends(bench, week_add(WEEK, 1));
    assert_int_not_equal(close_find(&trends, "pain")->item_version, old_version);
    trend_list_clear(&trends);
}

static void t14__a_clock_change_in_the_week__is_still_one_vote(void **state)
{
    struct bench *bench = *state;
    int32_t sunday = day_from_date(2027, 3, 28); /* London loses an hour */
    bench->now_ms = sunday * DAY_MS + 30 * MINUTE_MS;
    for (int i = 0; i < 8; i++) {
        close_enrol(bench, i, 30);
        for (int32_t day = sunday - 6; day <= sunday; day++)
            close_answer_on(bench, i, day, day == sunday ? "9 9 9 9 9" : "2 2 2 2 2");
    }
    assert_int_equal(close_week(bench, week_of_day(sunday)), ST_OK);
    expect_cells(bench, week_of_day(sunday), "pain", 8, 0, 0);
}

static void close_seal__counts__members_of_seven_days(void **state)
{
    struct bench *bench = *state;
    bench->now_ms = day_from_date(2027, 5, 9) * DAY_MS; /* Sunday */
    close_people(bench, 0, 8, NUMBERS);
    close_enrol(bench, 20, 6); /* joined on the week's Monday */
    close_answer(bench, 20, NUMBERS);
    close_enrol(bench, 21, 5); /* a day later */
    close_answer(bench, 21, NUMBERS);
    close_answer(bench, 22, NUMBERS); /* not in the room at all */
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_cells(bench, WEEK, "pain", 0, 9, 0);
}

static void close_seal__finds__rooms_by_the_names_they_have_now(void **state)
{
    struct bench *bench = *state;
    struct strv *rooms = &bench->settings->groups[0].rooms;
    strv_clear(rooms);
    strv_add(rooms, "#support:example.org");
    close_people(bench, 0, 8, NUMBERS);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(store_meta_set(bench->store, "room #support:example.org", ROOM),
                     ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_cells(bench, WEEK, "pain", 0, 8, 0);
}

static void close_seal__compares__with_the_week_before(void **state)
{
    struct bench *bench = *state;
    int32_t second = week_add(WEEK, 1);
    close_people(bench, 0, 30, "5 5 5 5 5");
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_cells(bench, WEEK, "pain", 0, 30, 0);
    bench->now_ms = bench_start() + 7 * DAY_MS;
    close_people(bench, 0, 20, "2 5 5 5 5"); /* better */
    close_people(bench, 20, 7, "9 5 5 5 5"); /* worse */
    close_people(bench, 30, 3, "9 5 5 5 5"); /* no vote last week: same */
    assert_int_equal(close_week(bench, second), ST_OK);
    expect_cells(bench, second, "pain", 20, 0, 0, 0, 0, 0, 0, 3, 7);
    expect(bench, "Pain 7 or more: about 35 %");
    expect(bench, "Compared with last week: about the same");
}

static void close_carry__survives__being_repeated_and_dies_with_stop(void **state)
{
    struct bench *bench = *state;
    const struct group_settings *group = &bench->settings->groups[0];
    char user_id[32];
    close_people(bench, 0, 8, NUMBERS);
    person(2, user_id);
    bench_say(bench, user_id, "stop keep");
    bench->now_ms = close_due(group, WEEK);
    struct turn turn = bench_turn(bench, NULL);
    int64_t cursor = 0;
    assert_int_equal(week_key_ensure(bench->store, GROUP, week_add(WEEK, 1)), ST_OK);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(close_carry(&turn, group, WEEK, &cursor, 5), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    assert_int_equal(close_week(bench, WEEK), ST_OK); /* starts over */
    struct week_answers answers;
    assert_int_equal(week_load(bench->store, GROUP, week_add(WEEK, 1), user_id, &answers),
                     ST_NOT_FOUND);
    person(3, user_id);
    assert_int_equal(week_load(bench->store, GROUP, week_add(WEEK, 1), user_id, &answers),
                     ST_OK);
    assert_int_equal(answers.last_votes[0], 6);
    bench_say(bench, user_id, "stop");
    assert_int_equal(week_load(bench->store, GROUP, week_add(WEEK, 1), user_id, &answers),
                     ST_NOT_FOUND);
}

/* Also of those who were counted already: nine answered, one goes meanwhile. */
static void close_count__begins_anew__when_somebody_stops(void **state)
{
    struct bench *bench = *state;
    const struct group_settings *group = &bench->settings->groups[0];
    char user_id[32];
    close_people(bench, 0, 8, NUMBERS);
    close_people(bench, 8, 1, "9 9 9 9 9");
    bench->now_ms = close_due(group, WEEK);
    struct turn turn = bench_turn(bench, NULL);
    struct close_count *count = close_count_new(group, WEEK);
    assert_int_equal(close_count(&turn, count, 100), ST_NOT_FOUND);
    person(8, user_id);
    bench_say(bench, user_id, "stop");
    effects_clear(&bench->effects);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(close_seal(&turn, count), ST_INVALID);
    assert_int_equal(close_count(&turn, count, 5), ST_OK);
    assert_int_equal(close_seal(&turn, count), ST_INVALID);
    assert_int_equal(close_count(&turn, count, 5), ST_NOT_FOUND);
    assert_int_equal(close_seal(&turn, count), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    close_count_free(count);
    expect_cells(bench, WEEK, "pain", 0, 8, 0);
    expect_cells(bench, WEEK, "fog", 8, 0, 0);
}

static void close_seal__says__the_summary_once_at_its_hour(void **state)
{
    struct bench *bench = *state;
    close_people(bench, 0, 8, NUMBERS);
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    assert_int_equal(bench->effects.count, 1);
    const struct effect *summary = &bench->effects.items[0];
    assert_string_equal(summary->room_id, ROOM);
    /* Monday 10 May, 18:00 in London. */
    assert_int_equal(summary->due_utc_ms,
                     day_from_date(2027, 5, 10) * DAY_MS + 17 * 60 * MINUTE_MS);
    expect(bench, "The week from Monday 3 May to Sunday 9 May");
    /* Then nobody answers: said once, not week after week. */
    assert_int_equal(close_week(bench, week_add(WEEK, 1)), ST_OK);
    expect(bench, "Too few");
    assert_int_equal(close_week(bench, week_add(WEEK, 2)), ST_OK);
    assert_int_equal(bench->effects.count, 0);
    /* A week that is long past is closed without a word. */
    bench->now_ms += 30 * DAY_MS;
    assert_int_equal(close_week(bench, week_add(WEEK, 3)), ST_OK);
    assert_int_equal(bench->effects.count, 0);
}

static void summary__shows__the_last_closed_week(void **state)
{
    struct bench *bench = *state;
    bench_say(bench, ALICE, "summary");
    expect(bench, "No week of check-ins has been closed yet");
    close_people(bench, 0, 8, NUMBERS);
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    bench_say(bench, ALICE, "summary");
    expect(bench, "The week from Monday 3 May to Sunday 9 May");
    expect(bench, "Brain fog: mostly low (0 to 3)");
}

static void close_due__is__monday_four_in_the_morning_and_twelve_hours(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(close_due(&bench->settings->groups[0], WEEK),
                     day_from_date(2027, 5, 10) * DAY_MS + 15 * 60 * MINUTE_MS);
    /* The week of London's change: 04:00 on the Monday after it is 03:00 UTC. */
    assert_int_equal(close_due(&bench->settings->groups[0], 202712),
                     day_from_date(2027, 3, 29) * DAY_MS + 15 * 60 * MINUTE_MS);
}

static void a_week_without_its_key__closes_empty(void **state)
{
    struct bench *bench = *state;
    close_people(bench, 0, 8, NUMBERS);
    char *weeks = bench_path(bench, "weeks");
    store_close(bench->store);
    GDir *dir = g_dir_open(weeks, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        char *path = g_build_filename(weeks, name, NULL);
        if (strstr(name, "2027") != NULL)
            g_remove(path);
        g_free(path);
    }
    g_dir_close(dir);
    g_free(weeks);
    bench_open(bench);
    assert_int_equal(close_week(bench, WEEK), ST_OK);
    expect_nothing_made(bench, WEEK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, quiet_setup, bench_teardown)
#define NOISY(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
    const struct CMUnitTest tests[] = {
        NOISY(t3__under_the_floor__there_is_no_row_and_no_number),
        TEST(t3__the_floor__is_where_rows_begin),
        TEST(close_seal__keeps__the_floor_for_each_item),
        NOISY(t5__closing_twice__changes_nothing),
        TEST(t8__who_is_forgotten_in_mid_week__is_not_counted),
        TEST(stop__takes__a_vote_out_and_stop_keep_leaves_it_in),
        TEST(t11__a_question_changed_in_mid_week__counts_from_the_next_week),
        TEST(t14__a_clock_change_in_the_week__is_still_one_vote),
        TEST(close_seal__counts__members_of_seven_days),
        TEST(close_seal__finds__rooms_by_the_names_they_have_now),
        TEST(close_seal__compares__with_the_week_before),
        TEST(close_carry__survives__being_repeated_and_dies_with_stop),
        TEST(close_count__begins_anew__when_somebody_stops),
        TEST(close_seal__says__the_summary_once_at_its_hour),
        TEST(summary__shows__the_last_closed_week),
        TEST(close_due__is__monday_four_in_the_morning_and_twelve_hours),
        TEST(a_week_without_its_key__closes_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
