/* commands_checkin.c - a member's way through the check-in, on a real store. */
#include "tests/unit/commands_store.h"

static void checkin__begins__only_after_a_yes(void **state)
{
    struct bench *bench = *state;
    struct member member = {0};
    bench_say(bench, ALICE, "checkin on");
    expect(bench, "Before you say yes");
    expect(bench, "Pain, Fatigue");
    expect(bench, "at least 8 people");
    assert_int_equal(member_get(bench->store, ALICE, "daily", &member), ST_NOT_FOUND);
    bench_say(bench, ALICE, "Yes!");
    expect(bench, "You said yes on Thursday 6 May");
    member = bench_member(bench, ALICE);
    assert_int_equal(member.minute, 18 * 60);
    assert_string_equal(member.zone, "Europe/London");
    assert_string_equal(member.dm_room, DM);
    assert_int_equal(member.due_utc_ms,
                     day_from_date(2027, 5, 6) * DAY_MS + 17 * 60 * MINUTE_MS);
    member_clear(&member);
}

static void checkin__proposes__the_zone_of_the_profile(void **state)
{
    struct bench *bench = *state;
    bench->profile_zone = "America/New_York";
    bench_say(bench, ALICE, "checkin on");
    expect(bench, "18:00 (America/New_York), the time zone in your profile");
    bench->profile_zone = "Nowhere/Atlantis";
    bench_say(bench, ALICE, "checkin on");
    expect(bench, "18:00 (Europe/London), the group's time zone");
}

/* The store is opened with a member whose yes was to an older notice. */
static void checkin_prompt__asks__again_when_the_notice_means_more(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    struct member member = bench_member(bench, ALICE);
    member.consent_version = CONSENT_VERSION - 1;
    member.answer_way = ANSWER_STEPS;
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(member_put(bench->store, &member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    member_clear(&member);
    bench_prompt(bench, ALICE);
    expect(bench, "Something you said yes to has changed");
    expect_no(bench, "is ready");
    member = bench_member(bench, ALICE);
    assert_int_equal(member.due_utc_ms, INT64_MAX); /* nothing more by itself */
    member_clear(&member);
    bench->now_ms += 20 * DAY_MS;
    bench_say(bench, ALICE, "yes");
    expect(bench, "You said yes on");
    member = bench_member(bench, ALICE);
    assert_int_equal(member.consent_version, CONSENT_VERSION);
    assert_int_equal(member.answer_way, ANSWER_STEPS);
    assert_false(member.is_resting);
    member_clear(&member);
    bench_prompt(bench, ALICE);
    expect(bench, "is ready");
}

static void checkin__is_declined__by_a_no(void **state)
{
    struct bench *bench = *state;
    bench_say(bench, ALICE, "checkin on");
    bench_say(bench, ALICE, "no");
    expect(bench, "nothing begins");
    bench_say(bench, ALICE, "yes");
    expect_no(bench, "You said yes");
}

static void checkin__takes__another_hour_and_zone_before_the_yes(void **state)
{
    struct bench *bench = *state;
    bench_say(bench, ALICE, "checkin on 9 pm tokyo");
    expect(bench, "21:00 (Asia/Tokyo)");
    bench_say(bench, ALICE, "20:30");
    expect(bench, "20:30 (Asia/Tokyo)");
    bench_say(bench, ALICE, "timezone new york");
    expect(bench, "20:30 (America/New_York)");
    bench_say(bench, ALICE, "timezone atlantis");
    expect(bench, "don't know that place");
    bench_say(bench, ALICE, "yes");
    expect(bench, "20:30 (America/New_York)");
}

static void checkin__changes__the_hour_of_somebody_who_takes_part(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_say(bench, ALICE, "checkin on 19:15");
    expect(bench, "Changed: I ask every day at 19:15");
    bench_say(bench, ALICE, "checkin");
    expect(bench, "on: every day at 19:15");
    bench_say(bench, ALICE, "checkin off");
    expect(bench, "Stopped.");
    bench_say(bench, ALICE, "checkin");
    expect(bench, "Your check-in is off");
}

static void checkin__refuses__an_hour_in_the_night(void **state)
{
    struct bench *bench = *state;
    bench->settings->hearth.quiet_from = 22 * 60;
    bench->settings->hearth.quiet_until = 7 * 60;
    bench_say(bench, ALICE, "checkin on 23:00");
    expect(bench, "between 22:00 and 07:00");
    bench_say(bench, ALICE, "checkin on");
    bench_say(bench, ALICE, "3am");
    expect(bench, "between 22:00 and 07:00");
}

static void checkin__needs__membership_at_the_moment_of_the_yes(void **state)
{
    struct bench *bench = *state;
    struct member member = {0};
    bench_say(bench, ALICE, "checkin on");
    struct request request = bench_request(bench, ALICE, "yes");
    request.role = ROLE_STRANGER;
    request.group = NULL;
    bench_handle(bench, &request);
    assert_int_equal(member_get(bench->store, ALICE, "daily", &member), ST_NOT_FOUND);
}

static void checkin_prompt__asks__once_a_day_in_neutral_words(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    const struct effect *prompt = bench_effect(bench, EFFECT_SAY);
    assert_non_null(prompt);
    assert_true(prompt->is_prompt);
    assert_int_equal(prompt->lifetime, LIFE_PROMPT);
    assert_string_equal(prompt->checkin, "daily");
    assert_int_equal(prompt->checkin_day, day_from_date(2027, 5, 6));
    assert_int_equal(prompt->checkin_items.count, 5);
    expect(bench, "check-in is ready");
    expect_no(bench, "ain");
    /* The same row once more (a restored copy): the day was asked. */
    struct member member = bench_member(bench, ALICE);
    member.due_utc_ms = bench->now_ms;
    member.last_prompt_day = 0;
    struct turn turn = bench_turn(bench, NULL);
    effects_clear(&bench->effects);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(checkin_prompt(&turn, &member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    assert_int_equal(bench->effects.count, 0);
    member_clear(&member);
}

static void checkin_prompt__skips__a_day_that_is_too_late(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench->now_ms += 24 * 60 * MINUTE_MS; /* noon on the next day */
    bench_prompt(bench, ALICE);
    assert_int_equal(bench->effects.count, 0);
    struct member member = bench_member(bench, ALICE);
    assert_int_equal(member.due_utc_ms,
                     day_from_date(2027, 5, 7) * DAY_MS + 20 * 60 * MINUTE_MS);
    member_clear(&member);
}

static void checkin_prompt__stops__when_a_third_person_is_in_the_dm(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    assert_int_equal(store_begin(bench->store), ST_OK);
    static const char *const people[] = {ALICE, "@hearth:example.org",
                                         "@eve:example.org"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(room_member_set(bench->store, DM, people[i], STANDING_JOINED, 1),
                         ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    bench_prompt(bench, ALICE);
    assert_int_equal(bench->effects.count, 0);
}

static void checkin_prompt__rests__after_five_silent_days(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    for (int day = 0; day < 5; day++) {
        bench_prompt(bench, ALICE);
        expect(bench, "check-in is ready");
    }
    bench_prompt(bench, ALICE);
    expect(bench, "check-in rests now");
    struct member member = bench_member(bench, ALICE);
    assert_true(member.is_resting);
    assert_int_equal(member.due_utc_ms, INT64_MAX);
    member_clear(&member);
    bench_say(bench, ALICE, "resume");
    expect(bench, "I ask next on");
    bench_prompt(bench, ALICE);
    expect(bench, "check-in is ready");
}

static void answer__is_recorded__and_acknowledged_without_its_values(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2 S");
    expect(bench, "Recorded");
    const struct effect *receipt = bench_effect(bench, EFFECT_RECEIPT);
    assert_non_null(receipt);
    assert_string_equal(receipt->target, bench->event_id);
    assert_false(receipt->is_private_receipt);
    for (const char *digit = "0123456789"; *digit; digit++) {
        char words[2] = {*digit, '\0'};
        expect_no(bench, words);
    }
    expect_data(bench, "Thursday 6 May: Pain 6, Fatigue 4, Stiffness 3, Last night's "
                       "sleep 7, Brain fog 2, Stress");
}

static void answer__counts__for_the_day_of_the_prompt_after_midnight(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench->now_ms += 5 * 60 * MINUTE_MS;
    bench_say(bench, ALICE, "6 4 3 7 2");
    expect_data(bench, "Thursday 6 May: Pain 6");
}

static void answer__counts__for_today_when_nothing_was_asked(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_say(bench, ALICE, "pain 6");
    expect_no(bench, "Recorded");
    bench_say(bench, ALICE, "6 4 3 7 2");
    expect(bench, "Recorded");
    expect_data(bench, "Thursday 6 May: Pain 6");
}

static void answer__names__what_was_left_out_and_takes_it_later(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "pain 6 sleep 3");
    expect(bench, "You left out: Fatigue, Stiffness, Brain fog.");
    bench_say(bench, ALICE, "4 x 2");
    expect(bench, "That was all");
    expect_data(bench, "Pain 6, Last night's sleep 3");
    expect_data(bench, "Brain fog 2");
    expect_no_data(bench, "Stiffness");
}

static void answer__goes__one_question_at_a_time(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "go");
    expect(bench, "0 is none, 10 is worst");
    bench_say(bench, ALICE, "6");
    expect(bench, "How was it today?");
    bench_say(bench, ALICE, "about 5 or 6");
    expect(bench, "recorded nothing");
    expect(bench, "one number from 0 to 10 for Fatigue");
    bench_say(bench, ALICE, "skip");
    bench_say(bench, ALICE, "three");
    bench_say(bench, ALICE, "7/10");
    bench_say(bench, ALICE, "2");
    expect(bench, "That was all");
    expect_data(bench, "Pain 6");
    expect_data(bench, "Stiffness 3");
    expect_data(bench, "Brain fog 2");
    expect_no_data(bench, "Fatigue 5");
}

static void answer__asks_back__and_records_nothing(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "5-6 4 3 7 2");
    expect(bench, "I recorded nothing");
    assert_null(bench_effect(bench, EFFECT_RECEIPT));
    expect_no_data(bench, "Pain 5");
    bench_say(bench, ALICE, "same");
    expect(bench, "send them once more");
    bench_say(bench, ALICE, "skip");
    expect(bench, "nothing is asked today");
    bench_say(bench, ALICE, "pain 6");
    expect_no(bench, "Recorded");
}

static void answer__is_asked_anew__when_the_questions_changed(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench->settings->checkins[0].version = 8;
    bench_say(bench, ALICE, "6 4 3 7 2");
    expect(bench, "questions have changed");
    expect_no_data(bench, "Pain 6");
    bench_say(bench, ALICE, "6 4 3 7 2");
    expect(bench, "Recorded");
    bench_prompt(bench, ALICE);
    expect(bench, "The questions have changed");
    bench_prompt(bench, ALICE);
    expect_no(bench, "have changed");
}

static void answer__for_yesterday__counts_there(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "yesterday 5 7");
    expect(bench, "Recorded for Wednesday 5 May");
    expect_data(bench, "Wednesday 5 May: Pain 5, Fatigue 7");
}

static void edit__corrects__what_was_recorded(void **state)
{
    struct bench *bench = *state;
    char first[32];
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    strcpy(first, bench->event_id);
    bench_edit(bench, ALICE, first, "9 4 3 7 2");
    expect(bench, "Corrected");
    expect_data(bench, "Pain 9");
    expect_no_data(bench, "Pain 6");
    bench_edit(bench, ALICE, first, "9-10 4 3 7 2");
    expect(bench, "what you sent before still counts");
    expect_data(bench, "Pain 9");
    bench->now_ms += 12 * DAY_MS;
    bench_edit(bench, ALICE, first, "1 4 3 7 2");
    expect(bench, "closed");
    expect_data(bench, "Pain 9");
}

static void edit__that_was_written_earlier__changes_nothing(void **state)
{
    struct bench *bench = *state;
    char first[32];
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    strcpy(first, bench->event_id);
    bench->now_ms += 10 * MINUTE_MS;
    bench_edit(bench, ALICE, first, "9 4 3 7 2");
    struct request late = bench_request(bench, ALICE, "1 4 3 7 2");
    late.kind = REQUEST_EDIT;
    late.target = first;
    late.sent_utc_ms -= 5 * MINUTE_MS;
    bench_handle(bench, &late);
    expect_data(bench, "Pain 9");
}

static void edit__corrects__one_question_of_many(void **state)
{
    struct bench *bench = *state;
    char second[32];
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "go");
    bench_say(bench, ALICE, "6");
    bench_say(bench, ALICE, "4");
    strcpy(second, bench->event_id);
    bench_edit(bench, ALICE, second, "5");
    expect(bench, "Corrected");
    expect_data(bench, "Fatigue 5");
    expect_data(bench, "Pain 6");
}

static void edit__makes__an_answer_of_what_was_unclear(void **state)
{
    struct bench *bench = *state;
    char first[32];
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "64372");
    strcpy(first, bench->event_id);
    bench_edit(bench, ALICE, first, "6 4 3 7 2");
    expect(bench, "Recorded");
    bench_edit(bench, ALICE, first, "5 4 3 7 2");
    expect(bench, "Corrected");
    expect_data(bench, "Pain 5");
}

static void redaction__takes__the_answer_back(void **state)
{
    struct bench *bench = *state;
    char first[32];
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2");
    strcpy(first, bench->event_id);
    bench_redact(bench, "@mallory:example.org", first);
    expect_data(bench, "Pain 6");
    bench_redact(bench, ALICE, first);
    expect(bench, "I dropped it too");
    expect_no_data(bench, "Pain 6");
    bench_redact(bench, ALICE, "$something:else");
    assert_int_equal(bench->effects.count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
    const struct CMUnitTest tests[] = {
        TEST(checkin__begins__only_after_a_yes),
        TEST(checkin__proposes__the_zone_of_the_profile),
        TEST(checkin_prompt__asks__again_when_the_notice_means_more),
        TEST(checkin__is_declined__by_a_no),
        TEST(checkin__takes__another_hour_and_zone_before_the_yes),
        TEST(checkin__changes__the_hour_of_somebody_who_takes_part),
        TEST(checkin__refuses__an_hour_in_the_night),
        TEST(checkin__needs__membership_at_the_moment_of_the_yes),
        TEST(checkin_prompt__asks__once_a_day_in_neutral_words),
        TEST(checkin_prompt__skips__a_day_that_is_too_late),
        TEST(checkin_prompt__stops__when_a_third_person_is_in_the_dm),
        TEST(checkin_prompt__rests__after_five_silent_days),
        TEST(answer__is_recorded__and_acknowledged_without_its_values),
        TEST(answer__counts__for_the_day_of_the_prompt_after_midnight),
        TEST(answer__counts__for_today_when_nothing_was_asked),
        TEST(answer__names__what_was_left_out_and_takes_it_later),
        TEST(answer__goes__one_question_at_a_time),
        TEST(answer__asks_back__and_records_nothing),
        TEST(answer__is_asked_anew__when_the_questions_changed),
        TEST(answer__for_yesterday__counts_there),
        TEST(edit__corrects__what_was_recorded),
        TEST(edit__that_was_written_earlier__changes_nothing),
        TEST(edit__corrects__one_question_of_many),
        TEST(edit__makes__an_answer_of_what_was_unclear),
        TEST(redaction__takes__the_answer_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
