/* commands_rights.c - stop, pause, my data, forget me: a member's rights, on a real
 * store.
 */
#include "tests/unit/commands_store.h"

static void stop__drops__rows_prompts_and_answers(void **state)
{
    struct bench *bench = *state;
    struct member member = {0};
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    bench_say(bench, ALICE, "stop");
    expect(bench, "Stopped");
    const struct effect *drop = bench_effect(bench, EFFECT_DROP_PROMPTS);
    assert_non_null(drop);
    assert_string_equal(drop->user_id, ALICE);
    assert_int_equal(member_get(bench->store, ALICE, "daily", &member), ST_NOT_FOUND);
    expect_data(bench, "I hold no answers");
    bench_say(bench, ALICE, "stop");
    expect(bench, "nothing to stop");
}

static void stop_keep__leaves__the_answers_of_the_week(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    bench_say(bench, ALICE, "stop keep");
    expect(bench, "still counts for the group");
    expect_data(bench, "Pain 6");
    bench_say(bench, ALICE, "stop"); /* and now after all */
    expect_data(bench, "I hold no answers");
}

static void stop__says_the_same_words__in_the_room(void **state)
{
    struct bench *bench = *state;
    char *words[2];
    for (int i = 0; i < 2; i++) {
        struct request request = bench_request(bench, ALICE, "stop");
        request.room_id = ROOM;
        request.is_dm = false;
        request.has_prefix = true;
        bench_handle(bench, &request);
        words[i] = mem_dup(bench->effects.items[0].text);
        assert_string_equal(bench->effects.items[0].room_id, ROOM);
        for (size_t k = 1; k < bench->effects.count; k++)
            assert_string_not_equal(
                bench->effects.items[k].room_id ? bench->effects.items[k].room_id : DM,
                ROOM);
        bench_enrol(bench, ALICE);
    }
    assert_string_equal(words[0], words[1]);
    free(words[0]);
    free(words[1]);
}

static void leaving_the_group__counts__as_stop(void **state)
{
    struct bench *bench = *state;
    struct member member = {0};
    bench_enrol(bench, ALICE);
    struct request request = {.kind = REQUEST_LEFT_GROUP,
                              .sender = ALICE,
                              .room_id = ROOM,
                              .event_id = "",
                              .text = "",
                              .sent_utc_ms = bench->now_ms,
                              .group = &bench->settings->groups[0]};
    bench_handle(bench, &request);
    assert_int_equal(member_get(bench->store, ALICE, "daily", &member), ST_NOT_FOUND);
}

static void pause__holds__prompts_back(void **state)
{
    static const struct {
        const char *words, *reply;
    } table[] = {
        {"pause until Monday", "from Monday 10 May on"},
        {"pause until thursday", "from Thursday 13 May on"},
        {"pause 2w", "from Thursday 20 May on"},
        {"pause 3 days", "from Sunday 9 May on"},
        {"pause for a week", "from Thursday 13 May on"},
        {"pause until tomorrow", "from Friday 7 May on"},
        {"pause until 2027-06-01", "from Tuesday 1 June on"},
        {"pause", "until you type `resume`"},
        {"pause until 2027-05-01", "How long"},
        {"pause 9999 weeks", "How long"},
        {"pause sometime", "How long"},
    };
    struct bench *bench = *state;
    bench_say(bench, ALICE, "pause");
    expect(bench, "You have no check-in");
    bench_enrol(bench, ALICE);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        bench_say(bench, ALICE, table[i].words);
        expect(bench, table[i].reply);
    }
    bench_say(bench, ALICE, "pause until monday");
    struct member member = bench_member(bench, ALICE);
    assert_int_equal(member.due_utc_ms,
                     day_from_date(2027, 5, 10) * DAY_MS + 20 * 60 * MINUTE_MS);
    member_clear(&member);
    bench_say(bench, ALICE, "resume");
    expect(bench, "I ask next on Thursday 6 May");
}

static void forget_me__removes__everything_after_a_yes(void **state)
{
    struct bench *bench = *state;
    struct member member = {0};
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    bench_say(bench, ALICE, "forget me");
    expect(bench, "Shall I forget you?");
    bench_say(bench, ALICE, "no");
    expect(bench, "everything stays");
    expect_data(bench, "Pain 6");
    bench_say(bench, ALICE, "forget me");
    bench_say(bench, ALICE, "yes");
    expect(bench, "I have deleted what I held");
    const struct effect *leave = bench_effect(bench, EFFECT_LEAVE);
    assert_non_null(leave);
    assert_string_equal(leave->room_id, DM);
    assert_true(leave > bench_effect(bench, EFFECT_SAY));
    assert_true(tombstone_has(bench->store, ALICE));
    assert_int_equal(member_get(bench->store, ALICE, "daily", &member), ST_NOT_FOUND);
    expect_data(bench, "I hold no answers");
    bench_enrol(bench, ALICE);
    assert_false(tombstone_has(bench->store, ALICE));
}

static void my_data__leaves__only_the_request_in_the_outbox(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    bench_say(bench, ALICE, "my data");
    assert_int_equal(bench->effects.count, 1);
    const struct effect *show = bench_effect(bench, EFFECT_SHOW);
    assert_non_null(show);
    assert_string_equal(show->show, "my-data");
    assert_string_equal(show->user_id, ALICE);
    assert_null(show->text);
    expect_data(bench, "every day at 21:00 (Europe/London)");
    expect_data(bench, "You said yes on Thursday 6 May");
    expect_data(bench, "Answered last on Thursday 6 May");
}

static void answers__stay_within__eight_items_over_all_groups(void **state)
{
    struct bench *bench = *state;
    bench_add_group(bench->settings, "other", "!other:example.org");
    bench_enrol(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    struct member member = bench_member(bench, ALICE);
    free(member.group);
    member.group = mem_dup("other");
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(member_put(bench->store, &member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    member_clear(&member);
    bench_say(bench, ALICE, "1 1 1 1 1");
    expect_data(bench, "Pain 1, Fatigue 1, Stiffness 1");
    expect_no_data(bench, "Brain fog 1");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
    const struct CMUnitTest tests[] = {
        TEST(stop__drops__rows_prompts_and_answers),
        TEST(stop_keep__leaves__the_answers_of_the_week),
        TEST(stop__says_the_same_words__in_the_room),
        TEST(leaving_the_group__counts__as_stop),
        TEST(pause__holds__prompts_back),
        TEST(forget_me__removes__everything_after_a_yes),
        TEST(my_data__leaves__only_the_request_in_the_outbox),
        TEST(answers__stay_within__eight_items_over_all_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
