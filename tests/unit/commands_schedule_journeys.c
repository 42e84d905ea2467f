/* commands_schedule_journeys.c - years of a restless member, drawn by chance.
 *
 * The real prompt code on a real store: the bot is down now and then, the member
 * travels, changes the hour and the days, pauses and resumes. No local date is
 * asked twice, none in quiet hours, and while nothing happens no chosen day is
 * left out.
 */
#include "commands/personal.h"
#include "commands/schedule.h"
#include "tests/unit/commands_store.h"

#define LIVES 12
#define STEPS 150

static const char *const zones[] = {
    "Europe/London",      "America/New_York",  "Asia/Tokyo",     "Australia/Lord_Howe",
    "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Nuuk",   "Africa/Cairo",
    "America/Santiago",   "Asia/Kathmandu",    "Pacific/Chatham"};

struct life {
    struct bench *bench;
    struct member member;
    int32_t asked[STEPS + 1];
    size_t asked_count;
    int32_t expected; /* the day that is to be asked next, 0: not known */
};

static int draw(struct life *life, int below)
{
    return (int)random_below(&life->bench->random, (uint64_t)below);
}

/* The next chosen day behind the one that was asked. */
static int32_t day_behind(const struct member *member)
{
    int32_t day = member->last_prompt_day + 1;
    while (!(member->weekdays & 1 << (day_weekday(day) - 1)))
        day++;
    return day;
}

static void check_prompt(struct life *life)
{
    struct zone *zone = NULL;
    struct local_time local;
    assert_int_equal(zone_open(life->member.zone, &zone), ST_OK);
    zone_local(zone, life->bench->now_ms, &local);
    zone_close(zone);
    assert_false(schedule_is_quiet(life->bench->settings, local.minute));
    int32_t day = life->member.last_prompt_day;
    for (size_t i = 0; i < life->asked_count; i++)
        assert_int_not_equal(life->asked[i], day);
    if (life->expected != 0)
        assert_int_equal(day, life->expected);
    life->asked[life->asked_count++] = day;
    life->expected = day_behind(&life->member);
}

/* The bot is up again, or was all the time, `late_ms` after the prompt was due. */
static void wait_for_prompt(struct life *life, int64_t late_ms)
{
    struct bench *bench = life->bench;
    if (life->member.due_utc_ms == INT64_MAX)
        return;
    int64_t planned = life->member.due_utc_ms;
    int32_t before = life->member.last_prompt_day;
    if (planned > bench->now_ms)
        bench->now_ms = planned;
    bench->now_ms += late_ms;
    struct turn turn = bench_turn(bench, NULL);
    effects_clear(&bench->effects);
    life->member.last_answer_day = life->member.last_prompt_day;
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(checkin_prompt(&turn, &life->member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    assert_true(life->member.due_utc_ms > planned);
    if (life->member.last_prompt_day != before) {
        check_prompt(life);
    } else { /* left out: only after an outage, and it will be said */
        assert_true(late_ms > 0);
        assert_true(life->member.was_away);
        life->expected = 0;
    }
}

static void change(struct life *life)
{
    struct member *member = &life->member;
    int what = draw(life, 4);
    life->bench->now_ms += draw(life, 20 * 60) * MINUTE_MS;
    if (life->bench->now_ms > member->due_utc_ms)
        life->bench->now_ms = member->due_utc_ms - MINUTE_MS; /* up all the time */
    if (what == 0) {
        free(member->zone);
        member->zone = mem_dup(zones[draw(life, sizeof zones / sizeof zones[0])]);
    } else if (what == 1) {
        member->minute = draw(life, 1440);
    } else if (what == 2) {
        member->weekdays = 1 + draw(life, 127);
    } else {
        member->paused_until_day =
            schedule_local_day(member, life->bench->now_ms) + draw(life, 9);
    }
    struct turn turn = bench_turn(life->bench, NULL);
    assert_int_equal(store_begin(life->bench->store), ST_OK);
    assert_int_equal(member_replan(&turn, member), ST_OK);
    assert_int_equal(store_commit(life->bench->store), ST_OK);
    life->expected = 0;
}

static void live(struct bench *bench, int number)
{
    char user[40];
    struct life life = {.bench = bench};
    snprintf(user, sizeof user, "@alice%d:example.org", number);
    struct member member = {.user_id = user,
                            .checkin = bench->settings->checkins[0].name,
                            .group = (char *)GROUP,
                            .dm_room = (char *)DM,
                            .zone = (char *)zones[0],
                            .minute = 18 * 60,
                            .weekdays = 127,
                            .consent_version = CONSENT_VERSION,
                            .told_version = bench->settings->checkins[0].version};
    struct turn turn = bench_turn(bench, NULL);
    member_copy(&life.member, &member);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(member_replan(&turn, &life.member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    for (int step = 0; step < STEPS; step++) {
        int what = draw(&life, 10);
        if (what == 0)
            change(&life);
        wait_for_prompt(&life, what == 1 ? draw(&life, 5 * 24 * 60) * MINUTE_MS + 1 : 0);
    }
    assert_true(life.asked_count > STEPS / 2);
    member_clear(&life.member);
}

static void checkin_prompt__asks__each_day_once_through_all_changes(void **state)
{
    struct bench *bench = *state;
    bench->settings->hearth.quiet_from = 23 * 60;
    bench->settings->hearth.quiet_until = 6 * 60;
    bench->settings->hearth.catch_up_min = 120;
    for (int i = 0; i < LIVES; i++)
        live(bench, i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            checkin_prompt__asks__each_day_once_through_all_changes, bench_setup,
            bench_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
