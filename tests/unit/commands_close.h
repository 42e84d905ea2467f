/* commands_close.h - a group of people who answer, and a close to count them. */
#ifndef HEARTH_TESTS_COMMANDS_CLOSE_H
#define HEARTH_TESTS_COMMANDS_CLOSE_H

#include "commands/close.h"
#include "commands/summary.h"
#include "commands/week.h"
#include "tests/unit/commands_store.h"

#define WEEK 202718 /* of bench_start */

/* Noise without noise: the draws of noise_draw at scale 1 that end in zero. */
static inline void fill_quiet(void *ctx, void *bytes, size_t len)
{
    int *count = ctx;
    memset(bytes, 0, len);
    if (*count % 5 == 4)
        *(unsigned char *)bytes = 1;
    (*count)++;
}

static inline struct random quiet_random(int *count)
{
    *count = 0;
    return (struct random){.fill = fill_quiet, .ctx = count};
}

static inline void person(int number, char user_id[32])
{
    snprintf(user_id, 32, "@p%d:example.org", number);
}

/* Person `number` is enrolled and has been in the room for long. */
static inline void close_enrol(struct bench *bench, int number, int days_in_room)
{
    char user_id[32];
    person(number, user_id);
    bench_join(bench, user_id, days_in_room);
    struct member member = {.user_id = user_id,
                            .checkin = (char *)"daily",
                            .group = (char *)GROUP,
                            .dm_room = (char *)DM,
                            .zone = (char *)"Europe/London",
                            .minute = 1260,
                            .weekdays = 127,
                            .consent_version = 1,
                            .consent_day = 20000,
                            .due_utc_ms = INT64_MAX};
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(member_put(bench->store, &member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
}

static inline void close_answer_on(struct bench *bench, int number, int32_t day,
                                   const char *text)
{
    char user_id[32], event_id[64];
    struct reading reading;
    enum week_outcome outcome;
    person(number, user_id);
    snprintf(event_id, sizeof event_id, "$%d-%d-%d", number, (int)day, ++bench->events);
    struct member member = {.user_id = user_id, .group = (char *)GROUP};
    struct turn turn = bench_turn(bench, NULL);
    const struct checkin_settings *checkin = &bench->settings->checkins[0];
    answer_read(bench->settings, checkin, 0, text, &reading);
    assert_int_equal(reading.kind, READ_VALUES);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(
        week_record(&turn, &member, checkin, day, event_id, &reading, &outcome), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    assert_int_equal(outcome, WEEK_RECORDED);
}

static inline void close_answer(struct bench *bench, int number, const char *text)
{
    close_answer_on(bench, number, (int32_t)(bench->now_ms / DAY_MS), text);
}

/* `count` people, from number `first` on, who all answer the same. */
static inline void close_people(struct bench *bench, int first, int count,
                                const char *text)
{
    for (int i = first; i < first + count; i++) {
        close_enrol(bench, i, 30);
        close_answer(bench, i, text);
    }
}

/* The steps of a close, as the job takes them; the status of the seal. */
static inline enum status close_week(struct bench *bench, int32_t week)
{
    const struct group_settings *group = &bench->settings->groups[0];
    struct turn turn = bench_turn(bench, NULL);
    int64_t cursor = 0;
    enum status status = ST_OK;
    if (bench->now_ms < close_due(group, week))
        bench->now_ms = close_due(group, week);
    turn.now = (struct now){bench->now_ms, bench->now_ms};
    status = week_key_ensure(bench->store, GROUP, week_add(week, 1));
    assert_true(status == ST_OK || status == ST_NOT_FOUND);
    effects_clear(&bench->effects);
    do {
        assert_int_equal(store_begin(bench->store), ST_OK);
        status = close_carry(&turn, group, week, &cursor, 3);
        assert_int_equal(store_commit(bench->store), ST_OK);
    } while (status == ST_OK);
    assert_int_equal(status, ST_NOT_FOUND);
    struct close_count *count = close_count_new(group, week);
    do
        status = close_count(&turn, count, 3);
    while (status == ST_OK);
    assert_int_equal(status, ST_NOT_FOUND);
    assert_int_equal(store_begin(bench->store), ST_OK);
    status = close_seal(&turn, count);
    close_count_free(count);
    if (status != ST_OK) {
        store_rollback(bench->store);
        return status;
    }
    assert_int_equal(store_commit(bench->store), ST_OK);
    assert_int_equal(store_truncate_wal(bench->store), ST_OK);
    enum status destroyed = week_key_destroy(bench->store, GROUP, week);
    assert_true(destroyed == ST_OK || destroyed == ST_NOT_FOUND);
    return status;
}

static inline struct trend_list close_trends(struct bench *bench, int32_t week)
{
    struct trend_list trends = {0};
    assert_int_equal(trend_read(bench->store, GROUP, week, week, &trends), ST_OK);
    return trends;
}

static inline const struct trend *close_find(const struct trend_list *trends,
                                             const char *item)
{
    for (size_t i = 0; i < trends->count; i++) {
        if (strcmp(trends->items[i].item, item) == 0)
            return &trends->items[i];
    }
    return NULL;
}

/* The cells of an item's row, first three or nine, against what they must be. */
#define expect_cells(bench, week, item, ...)                                             \
    do {                                                                                 \
        const int64_t cells[] = {__VA_ARGS__};                                           \
        expect_row(bench, week, item, cells, sizeof cells / sizeof cells[0]);            \
    } while (0)
static inline void expect_row(struct bench *bench, int32_t week, const char *item,
                              const int64_t *cells, size_t count)
{
    struct trend_list trends = close_trends(bench, week);
    const struct trend *trend = close_find(&trends, item);
    assert_non_null(trend);
    assert_int_equal(trend->shape, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(trend->cells[i], cells[i]);
    trend_list_clear(&trends);
}

#endif
