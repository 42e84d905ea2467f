/* commands_view.c - what is made of a person's own data when it is sent. */
#include "tests/unit/commands_store.h"

#include <cjson/cJSON.h>

static struct view render(struct bench *bench, const char *name,
                          const struct event_list *history)
{
    struct turn turn = bench_turn(bench, NULL);
    struct view_request request = {.name = name,
                                   .user_id = ALICE,
                                   .bot_user_id = "@hearth:example.org",
                                   .asked_utc_ms = bench->now_ms,
                                   .history = history};
    struct view view;
    assert_int_equal(view_render(&turn, &request, &view), ST_OK);
    return view;
}

static void set_tidy(struct bench *bench)
{
    struct member member = bench_member(bench, ALICE);
    member.is_tidy = true;
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(member_put(bench->store, &member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    member_clear(&member);
}

static void an_empty_diary__says_why__and_makes_no_file(void **state)
{
    struct bench *bench = *state;
    struct event_list none = {0};
    bench_enrol(bench, ALICE);
    struct view view = render(bench, "diary week", &none);
    assert_non_null(strstr(view.text,
                           "no answers of yours in this chat from 30 April 2027 "
                           "to 6 May 2027"));
    view_clear(&view);
    set_tidy(bench);
    static const char *const names[] = {"diary week", "chart month", "csv year"};
    for (size_t i = 0; i < 3; i++) {
        view = render(bench, names[i], &none);
        assert_string_equal(
            view.text, "I tidy your answers away, so there is nothing to read back.");
        assert_null(view.mimetype);
        assert_int_equal(view.bytes.len, 0);
        view_clear(&view);
    }
}

static void a_diary__needs_the_history__of_its_span(void **state)
{
    struct bench *bench = *state;
    struct turn turn = bench_turn(bench, NULL);
    int64_t since = 0;
    bench_enrol(bench, ALICE);
    assert_int_equal(view_history(&turn, "csv week", ALICE, bench->now_ms, &since),
                     ST_OK);
    assert_int_equal(since, day_from_date(2027, 4, 29) * DAY_MS - 60 * MINUTE_MS);
    assert_int_equal(view_history(&turn, "my-data", ALICE, bench->now_ms, &since),
                     ST_NOT_FOUND);
    assert_int_equal(view_history(&turn, "csv decade", ALICE, bench->now_ms, &since),
                     ST_NOT_FOUND);
    struct event_list none = {0};
    struct view_request request = {
        .name = "csv decade", .user_id = ALICE, .history = &none};
    struct view view;
    assert_int_equal(view_render(&turn, &request, &view), ST_NOT_FOUND);
}

static const char *text_of(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void my_data_file__holds__all_that_the_words_say(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "6 4 3 7 2 S");
    struct view view = render(bench, "my-data-file", NULL);
    assert_string_equal(view.mimetype, "application/json");
    assert_string_equal(view.file_name, "hearth-my-data.json");
    cJSON *json = cJSON_ParseWithLength(view.bytes.data, view.bytes.len);
    assert_non_null(json);
    assert_non_null(strstr(text_of(json, "note"), "forget me"));
    const cJSON *row =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, "checkins"), 0);
    assert_string_equal(text_of(row, "checkin"), "daily");
    assert_string_equal(text_of(row, "hour"), "21:00");
    assert_string_equal(text_of(row, "zone"), "Europe/London");
    assert_string_equal(text_of(row, "consent_date"), "2027-05-06");
    assert_string_equal(text_of(row, "last_answered"), "2027-05-06");
    const cJSON *week =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, "open_weeks"), 0);
    assert_string_equal(text_of(week, "week"), "2027-W18");
    const cJSON *entry =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(week, "answers"), 0);
    assert_string_equal(text_of(entry, "date"), "2027-05-06");
    const cJSON *values = cJSON_GetObjectItemCaseSensitive(entry, "values");
    assert_int_equal(cJSON_GetArraySize(values), 5);
    assert_string_equal(text_of(cJSON_GetArrayItem(values, 3), "item"),
                        "Last night's sleep");
    assert_int_equal(
        cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(values, 3), "value")
            ->valueint,
        7);
    const cJSON *triggers = cJSON_GetObjectItemCaseSensitive(entry, "triggers");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetArrayItem(triggers, 0)), "Stress");
    cJSON_Delete(json);
    view_clear(&view);
}

static void a_file__is_made__after_a_yes_only(void **state)
{
    struct bench *bench = *state;
    bench_say(bench, ALICE, "diary chart year");
    expect(bench, "stays on the homeserver");
    assert_null(bench_effect(bench, EFFECT_SHARE));
    bench_say(bench, ALICE, "yes");
    const struct effect *share = bench_effect(bench, EFFECT_SHARE);
    assert_non_null(share);
    assert_string_equal(share->show, "chart year");
    assert_string_equal(share->user_id, ALICE);
    assert_string_equal(share->answers, bench->event_id);
    assert_null(share->text);
    bench_say(bench, ALICE, "yes");
    assert_null(bench_effect(bench, EFFECT_SHARE));
    bench_say(bench, ALICE, "my data file");
    bench_say(bench, ALICE, "no");
    expect(bench, "no file was made");
    bench_say(bench, ALICE, "yes");
    assert_null(bench_effect(bench, EFFECT_SHARE));
    bench_say(bench, ALICE, "diary csv");
    bench->now_ms += 31 * MINUTE_MS;
    bench_say(bench, ALICE, "yes");
    assert_null(bench_effect(bench, EFFECT_SHARE));
}

static void a_step_question__names__its_item(void **state)
{
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    bench_prompt(bench, ALICE);
    bench_say(bench, ALICE, "go");
    bench_say(bench, ALICE, "6");
    const struct effect *question = bench_effect(bench, EFFECT_SAY);
    assert_string_equal(question->checkin, "daily");
    assert_false(question->is_prompt);
    assert_int_equal(question->checkin_items.count, 1);
    assert_string_equal(question->checkin_items.items[0], "fatigue");
    assert_int_equal(question->checkin_day, day_from_date(2027, 5, 6));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_diary__says_why__and_makes_no_file),
        TEST(a_diary__needs_the_history__of_its_span),
        TEST(my_data_file__holds__all_that_the_words_say),
        TEST(a_file__is_made__after_a_yes_only),
        TEST(a_step_question__names__its_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
