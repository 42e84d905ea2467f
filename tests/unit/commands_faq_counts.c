/* commands_faq_counts.c - what `status` tells the moderators about questions. */
#include "tests/unit/commands_store.h"

#include "commands/faq_counts.h"

#define MODS "!mods:example.org"

/* bench_start is a Thursday in week 18. */
#define LAST_WEEK 202717
#define WEEK_BEFORE 202716

static void add(struct bench *bench, const char *faq, int32_t week, int times)
{
    assert_int_equal(store_begin(bench->store), ST_OK);
    for (int i = 0; i < times; i++)
        assert_int_equal(faq_count_add(bench->store, faq, week), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
}

static void ask_in_mods(struct bench *bench)
{
    struct request request = bench_request(bench, ALICE, "status");
    request.room_id = MODS;
    request.is_dm = false;
    request.has_prefix = true;
    request.is_moderators_room = true;
    bench_handle(bench, &request);
}

static void status__tells__the_last_closed_week(void **state)
{
    struct bench *bench = *state;
    add(bench, "before", WEEK_BEFORE, 7);
    add(bench, "sleep", LAST_WEEK, 5);
    add(bench, "walk", LAST_WEEK, 6);
    add(bench, "open", week_add(LAST_WEEK, 1), 9);
    ask_in_mods(bench);
    expect(bench, "Monday 26 April to Sunday 2 May");
    expect(bench, "- `walk`: 6\n- `sleep`: 5\n");
    expect_no(bench, "open");
    expect_no(bench, "before");
    expect_no(bench, "no answer");
}

static void status__never_tells__of_less_than_five(void **state)
{
    struct bench *bench = *state;
    add(bench, "rest", LAST_WEEK, 4);
    add(bench, FAQ_COUNT_UNKNOWN, LAST_WEEK, 4);
    ask_in_mods(bench);
    expect(bench, "no question came up 5 times or more");
    expect_no(bench, "rest");
    add(bench, FAQ_COUNT_UNKNOWN, LAST_WEEK, 1);
    ask_in_mods(bench);
    expect(bench, "I had no answer for: 5");
    expect_no(bench, "rest");
    expect_no(bench, "`?`");
}

static void status__shows__ten_entries_at_most(void **state)
{
    struct bench *bench = *state;
    char faq[] = "entry-a";
    for (int i = 0; i < 12; i++, faq[6]++)
        add(bench, faq, LAST_WEEK, 20 - i);
    ask_in_mods(bench);
    expect(bench, "`entry-a`: 20");
    expect(bench, "`entry-j`: 11");
    expect_no(bench, "entry-k");
}

/* Until Monday 16:00 a group's week may still take answers. */
static void status__waits__for_the_close(void **state)
{
    struct bench *bench = *state;
    int32_t monday = week_monday(week_add(LAST_WEEK, 1));
    const struct group_settings *group = &bench->settings->groups[0];
    add(bench, "walk", WEEK_BEFORE, 5);
    add(bench, "sleep", LAST_WEEK, 5);
    bench->now_ms = zone_instant(group->zone_rules, monday, 16 * 60) - 1;
    ask_in_mods(bench);
    expect(bench, "walk");
    expect_no(bench, "sleep");
    bench->now_ms++;
    ask_in_mods(bench);
    expect(bench, "sleep");
    expect_no(bench, "walk");
}

static void status__keeps_counts__out_of_other_rooms(void **state)
{
    struct bench *bench = *state;
    add(bench, "walk", LAST_WEEK, 50);
    bench_say(bench, ALICE, "status");
    expect(bench, "Hearth");
    expect_no(bench, "walk");
    struct request request = bench_request(bench, ALICE, "status");
    request.room_id = ROOM;
    request.is_dm = false;
    request.has_prefix = true;
    request.role = ROLE_MODERATOR;
    bench_handle(bench, &request);
    expect(bench, "Hearth");
    expect_no(bench, "walk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, bench_setup, bench_teardown)
        ON_BENCH(status__tells__the_last_closed_week),
        ON_BENCH(status__never_tells__of_less_than_five),
        ON_BENCH(status__shows__ten_entries_at_most),
        ON_BENCH(status__waits__for_the_close),
        ON_BENCH(status__keeps_counts__out_of_other_rooms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
