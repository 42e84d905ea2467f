/* commands_tap.c - what the id of a choice means, and which vote counts. */
#include "tests/unit/commands_store.h"

#include "commands/asking.h"
#include "commands/tap.h"
#include "commands/week.h"
#include "store/inbox.h"

#define POLL "$poll"
#define DAY day_from_date(2027, 5, 6)

static struct effect *ask(struct bench *bench, size_t item, int32_t day)
{
    effects_clear(&bench->effects);
    struct effect *effect = effects_add(&bench->effects, EFFECT_SAY);
    asking_fill(bench->settings, effect, bench->settings->checkins, item, day, true);
    return effect;
}

static char *choice(struct bench *bench, size_t item, int32_t day, size_t value)
{
    return mem_dup(ask(bench, item, day)->choice_ids.items[value]);
}

static void vote(struct bench *bench, const char *user_id, const char *vote_id,
                 const char *id, int64_t sent_ms)
{
    struct request request = bench_request(bench, user_id, id);
    request.kind = REQUEST_POLL_VOTE;
    request.event_id = vote_id;
    request.target = POLL;
    request.sent_utc_ms = sent_ms;
    bench_handle(bench, &request);
}

/* VALUE_NONE: nothing of that item this week. */
static int voted(struct bench *bench, const char *user_id, size_t item)
{
    struct week_answers answers;
    enum status status =
        week_load(bench->store, GROUP, week_of_day(DAY), user_id, &answers);
    if (status == ST_NOT_FOUND)
        return VALUE_NONE;
    assert_int_equal(status, ST_OK);
    int at = votes_find_item(&answers, week_item_key(&bench->settings->items[item]));
    int value = at < 0 ? VALUE_NONE : votes_vote(&answers, at);
    votes_wipe(&answers);
    return value;
}

static int setup(void **state)
{
    if (bench_setup(state) != 0)
        return -1;
    struct bench *bench = *state;
    bench_enrol(bench, ALICE);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(ours_add(bench->store, DM, POLL, bench->now_ms), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    return 0;
}

/* --- ids ------------------------------------------------------------------- */

static void tap_read__finds__what_each_choice_says(void **state)
{
    struct bench *bench = *state;
    for (size_t item = 0; item < SETTINGS_SCALES; item++) {
        const struct effect *effect = ask(bench, item, DAY);
        assert_int_equal(effect->choice_ids.count, 11);
        assert_string_equal(effect->choice_texts.items[0], "0 none");
        assert_string_equal(effect->choice_texts.items[5], "5");
        assert_string_equal(effect->choice_texts.items[10], "10 worst");
        for (size_t value = 0; value <= 10; value++) {
            struct tap tap;
            assert_true(strlen(effect->choice_ids.items[value]) <= CHOICE_ID_MAX);
            assert_true(tap_read(bench->settings, effect->choice_ids.items[value], &tap));
            assert_ptr_equal(tap.checkin, bench->settings->checkins);
            assert_int_equal(tap.item, item);
            assert_int_equal(tap.day, DAY);
            assert_int_equal(tap.value, value);
        }
    }
}

static void tap_read__refuses__whatever_it_did_not_write(void **state)
{
    struct bench *bench = *state;
    struct tap tap;
    char *id = choice(bench, 0, DAY, 7);
    static const char *const others[] = {
        "", "7", "score", "preview 7", "faq pain", "score 1 2 2027-05-06 7"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(tap_read(bench->settings, others[i], &tap));
    /* Each byte of it counts, and none may follow. */
    for (size_t i = 0; id[i] != '\0'; i++) {
        char *wrong = mem_dup(id);
        wrong[i] = '!';
        assert_false(tap_read(bench->settings, wrong, &tap));
        free(wrong);
    }
    char *longer = g_strconcat(id, "1", NULL), *more = g_strconcat(id, " ", NULL);
    assert_false(tap_read(bench->settings, longer, &tap));
    assert_false(tap_read(bench->settings, more, &tap));
    /* The question means something else now. */
    free(bench->settings->items[0].question);
    bench->settings->items[0].question = mem_dup("How was it last month?");
    assert_false(tap_read(bench->settings, id, &tap));
    g_free(longer);
    g_free(more);
    free(id);
}

/* --- votes ----------------------------------------------------------------- */

static void tap_vote__counts__the_vote_written_last(void **state)
{
    struct bench *bench = *state;
    char *four = choice(bench, 0, DAY, 4), *six = choice(bench, 0, DAY, 6);
    vote(bench, ALICE, "$late", six, bench->now_ms);
    assert_int_equal(voted(bench, ALICE, 0), 6);
    vote(bench, ALICE, "$early", four, bench->now_ms - 60000);
    assert_int_equal(voted(bench, ALICE, 0), 6);
    /* The one that does not count is taken back, empty or deleted: nothing happens. */
    vote(bench, ALICE, "$empty", "", bench->now_ms - 30000);
    bench_redact(bench, ALICE, "$early");
    assert_int_equal(voted(bench, ALICE, 0), 6);
    bench_redact(bench, ALICE, "$late");
    assert_int_equal(voted(bench, ALICE, 0), VALUE_NONE);
    free(four);
    free(six);
}

static void tap_vote__stands_in__for_what_was_typed(void **state)
{
    struct bench *bench = *state;
    char *nine = choice(bench, 0, DAY, 9);
    bench_say(bench, ALICE, "2 3 4 5 6");
    vote(bench, ALICE, "$vote", nine, bench->now_ms);
    assert_int_equal(voted(bench, ALICE, 0), 9);
    assert_int_equal(voted(bench, ALICE, 1), 3);
    free(nine);
}

static void tap_vote__does_nothing__for_others_and_days_to_come(void **state)
{
    struct bench *bench = *state;
    char *now = choice(bench, 0, DAY, 4), *then = choice(bench, 0, DAY + 1, 4);
    char *old = choice(bench, 0, DAY - 30, 4);
    vote(bench, ALICE, "$v1", then, bench->now_ms);
    vote(bench, ALICE, "$v2", old, bench->now_ms);
    assert_int_equal(voted(bench, ALICE, 0), VALUE_NONE);
    vote(bench, "@eve:example.org", "$v3", now, bench->now_ms);
    assert_int_equal(voted(bench, "@eve:example.org", 0), VALUE_NONE);
    assert_int_equal(voted(bench, ALICE, 0), VALUE_NONE);
    assert_int_equal(week_key_exists(bench->store, GROUP, week_of_day(DAY + 7)), false);
    free(now);
    free(then);
    free(old);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, bench_teardown)
    const struct CMUnitTest tests[] = {
        T(tap_read__finds__what_each_choice_says),
        T(tap_read__refuses__whatever_it_did_not_write),
        T(tap_vote__counts__the_vote_written_last),
        T(tap_vote__stands_in__for_what_was_typed),
        T(tap_vote__does_nothing__for_others_and_days_to_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
