/* store_member.c - the registry, prompts, tombstones, dialogues and published figures. */
#include "tests/unit/store_test.h"

#include "bot/base/limits.h"
#include "store/departed.h"
#include "store/dialogue.h"
#include "store/internal.h"
#include "store/member.h"
#include "store/room.h"
#include "store/trend.h"

/* Borrows literals: never cleared. */
static struct member sample(const char *user_id, const char *checkin, int64_t due)
{
    return (struct member){
        .user_id = (char *)user_id,
        .checkin = (char *)checkin,
        .group = (char *)"support",
        .dm_room = (char *)"!dm:example.org",
        .zone = (char *)"Europe/London",
        .minute = 1260,
        .weekdays = 0x5f,
        .is_tidy = true,
        .consent_version = 3,
        .agreed_people = 9,
        .consent_day = 20900,
        .last_prompt_day = 20901,
        .last_answer_day = 20902,
        .paused_until_day = 20910,
        .silent_days = 4,
        .is_resting = true,
        .told_version = 2,
        .answer_way = ANSWER_TAPS,
        .due_utc_ms = due,
    };
}

static void put(struct place *place, const char *user_id, const char *checkin,
                int64_t due)
{
    struct member member = sample(user_id, checkin, due);
    begin(place);
    assert_ok(member_put(place->store, &member));
    commit(place);
}

static void member_put__keeps__every_field(void **state)
{
    struct place *place = *state;
    struct member got, want = sample(USER, "evening", NOW);
    put(place, USER, "evening", NOW);
    reopen_store(place);
    assert_ok(member_get(place->store, USER, "evening", &got));
    assert_string_equal(got.user_id, want.user_id);
    assert_string_equal(got.checkin, want.checkin);
    assert_string_equal(got.group, want.group);
    assert_string_equal(got.dm_room, want.dm_room);
    assert_string_equal(got.zone, want.zone);
    assert_int_equal(got.minute, want.minute);
    assert_int_equal(got.weekdays, want.weekdays);
    assert_true(got.is_tidy);
    assert_false(got.asks_openly);
    assert_int_equal(got.consent_version, want.consent_version);
    assert_int_equal(got.agreed_people, want.agreed_people);
    assert_int_equal(got.consent_day, want.consent_day);
    assert_int_equal(got.last_prompt_day, want.last_prompt_day);
    assert_int_equal(got.last_answer_day, want.last_answer_day);
    assert_int_equal(got.paused_until_day, want.paused_until_day);
    assert_int_equal(got.silent_days, want.silent_days);
    assert_true(got.is_resting);
    assert_int_equal(got.told_version, want.told_version);
    assert_int_equal(got.answer_way, ANSWER_TAPS);
    assert_int_equal(got.due_utc_ms, NOW);
    member_clear(&got);
}

static void member_put__replaces__the_same_check_in(void **state)
{
    struct place *place = *state;
    struct member got, nothing = sample(USER, "evening", INT64_MAX);
    int64_t due = 0;
    put(place, USER, "evening", NOW);
    nothing.dm_room = NULL;
    nothing.asks_openly = true;
    begin(place);
    assert_ok(member_put(place->store, &nothing));
    commit(place);
    assert_query(place, "select count(*) from member", "1");
    assert_ok(member_get(place->store, USER, "evening", &got));
    assert_null(got.dm_room);
    assert_true(got.asks_openly);
    assert_true(got.due_utc_ms == INT64_MAX);
    member_clear(&got);
    assert_int_equal(member_next_due(place->store, &due), ST_NOT_FOUND);
}

static void assert_out_of_range(struct place *place, const struct member *member)
{
    assert_int_equal(member_put(place->store, member), ST_RANGE);
}

static void member_put__refuses__what_is_out_of_bounds(void **state)
{
    struct place *place = *state;
    char long_id[400];
    memset(long_id, 'x', sizeof long_id - 1);
    long_id[sizeof long_id - 1] = '\0';
    begin(place);
#define REFUSE(field, value)                                                             \
    do {                                                                                 \
        struct member member = sample(USER, "evening", NOW);                             \
        member.field = (value);                                                          \
        assert_out_of_range(place, &member);                                             \
    } while (0)
    REFUSE(minute, 1440);
    REFUSE(minute, -1);
    REFUSE(weekdays, 128);
    REFUSE(user_id, NULL);
    REFUSE(user_id, (char *)"");
    REFUSE(user_id, long_id);
    REFUSE(checkin, (char *)"");
    REFUSE(group, NULL);
    REFUSE(due_utc_ms, -1);
    REFUSE(silent_days, -1);
    commit(place);
    assert_query(place, "select count(*) from member", "0");
}

static void member_put__refuses__what_does_not_fit_the_blob(void **state)
{
    struct place *place = *state;
    static char zone[MEMBER_BLOB_LEN];
    struct member member = sample(USER, "evening", NOW);
    memset(zone, 'z', sizeof zone - 1);
    member.zone = zone;
    begin(place);
    assert_int_equal(member_put(place->store, &member), ST_TOO_BIG);
    commit(place);
    assert_query(place, "select count(*) from member", "0");
}

static void member__shows__no_text_and_one_size(void **state)
{
    struct place *place = *state;
    struct member small = {.user_id = (char *)"@c:d",
                           .checkin = (char *)"evening",
                           .group = (char *)"g",
                           .due_utc_ms = NOW};
    put(place, USER, "evening", NOW);
    begin(place);
    assert_ok(member_put(place->store, &small));
    commit(place);
    assert_query(place, "select count(distinct length(facts)) from member", "1");
    assert_false(folder_has_text(place->data, USER));
    assert_false(folder_has_text(place->data, "alice"));
    assert_false(folder_has_text(place->data, "!dm:example.org"));
    assert_false(folder_has_text(place->data, "Europe/London"));
}

static void member_get__refuses__a_blob_of_another_row(void **state)
{
    struct place *place = *state;
    struct member got;
    put(place, USER, "evening", NOW);
    put(place, OTHER, "evening", NOW);
    assert_int_equal(
        sqlite3_exec(place->store->db,
                     "update member set facts = (select facts from member where id = 1)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_ok(member_get(place->store, USER, "evening", &got));
    member_clear(&got);
    assert_int_equal(member_get(place->store, OTHER, "evening", &got), ST_CORRUPT);
}

static void member_due__gives__the_earliest_first(void **state)
{
    struct place *place = *state;
    struct member_list list;
    int64_t due = 0, count = 0;
    put(place, "@a:x", "evening", NOW + 2);
    put(place, "@b:x", "evening", NOW);
    put(place, "@c:x", "evening", NOW + 1);
    put(place, "@d:x", "evening", NOW + 5);
    put(place, "@e:x", "evening", INT64_MAX);
    assert_ok(member_due(place->store, NOW + 2, 10, &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].user_id, "@b:x");
    assert_string_equal(list.items[1].user_id, "@c:x");
    assert_string_equal(list.items[2].user_id, "@a:x");
    member_list_clear(&list);
    assert_ok(member_due(place->store, NOW + 2, 1, &list));
    assert_int_equal(list.count, 1);
    member_list_clear(&list);
    assert_ok(member_due(place->store, NOW - 1, 10, &list));
    assert_int_equal(list.count, 0);
    assert_ok(member_next_due(place->store, &due));
    assert_int_equal(due, NOW);
    assert_ok(member_count(place->store, &count));
    assert_int_equal(count, 5);
}

static void member_remove__takes__one_check_in_or_all(void **state)
{
    struct place *place = *state;
    struct member_list list;
    put(place, USER, "morning", NOW);
    put(place, USER, "evening", NOW);
    put(place, USER, "noon", NOW);
    put(place, OTHER, "evening", NOW);
    begin(place);
    assert_ok(member_remove(place->store, USER, "noon"));
    assert_int_equal(member_remove(place->store, USER, "noon"), ST_NOT_FOUND);
    assert_ok(member_of_user(place->store, USER, &list));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].checkin, "evening");
    member_list_clear(&list);
    assert_ok(member_remove(place->store, USER, NULL));
    assert_int_equal(member_remove(place->store, USER, NULL), ST_NOT_FOUND);
    assert_ok(member_of_user(place->store, USER, &list));
    assert_int_equal(list.count, 0);
    commit(place);
    assert_query(place, "select count(*) from member", "1");
}

static void member_page__visits__every_row_once(void **state)
{
    struct place *place = *state;
    char *cursor = NULL;
    int seen[20] = {0};
    size_t pages = 0;
    begin(place);
    for (int i = 0; i < 20; i++) {
        char user_id[16];
        snprintf(user_id, sizeof user_id, "@%d:x", i / 2);
        struct member member = sample(user_id, i % 2 ? "a" : "b", NOW);
        member.minute = i;
        assert_ok(member_put(place->store, &member));
    }
    commit(place);
    for (;;) {
        struct member_list list;
        assert_ok(member_page(place->store, &cursor, 7, &list));
        if (list.count == 0)
            break;
        for (size_t i = 0; i < list.count; i++)
            seen[list.items[i].minute]++;
        member_list_clear(&list);
        pages++;
    }
    assert_int_equal(pages, 3);
    for (int i = 0; i < 20; i++)
        assert_int_equal(seen[i], 1);
    free(cursor);
    struct member_list list;
    cursor = mem_dup("no cursor");
    assert_int_equal(member_page(place->store, &cursor, 7, &list), ST_INVALID);
    free(cursor);
}

static void prompted_add__allows__one_a_day(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    begin(place);
    assert_ok(prompted_add(store, USER, "evening", 20905));
    assert_int_equal(prompted_add(store, USER, "evening", 20905), ST_EXISTS);
    assert_ok(prompted_add(store, USER, "evening", 20906));
    assert_ok(prompted_add(store, USER, "morning", 20905));
    assert_ok(prompted_add(store, OTHER, "evening", 20905));
    commit(place);
}

static void tombstone__outlives__the_database(void **state)
{
    struct place *place = *state;
    char *room_id = NULL;
    put(place, USER, "evening", NOW);
    put(place, OTHER, "evening", NOW);
    begin(place);
    assert_ok(dm_put(place->store, USER, "!dm:example.org"));
    commit(place);
    close_store(place);
    struct buf backup = read_whole(place->data, DATABASE_NAME);
    open_store(place);
    begin(place);
    assert_ok(tombstone_add(place->store, USER));
    assert_ok(tombstone_add(place->store, USER));
    assert_ok(member_remove(place->store, USER, NULL));
    commit(place);
    close_store(place);
    char *path = file_join(place->data, DATABASE_NAME);
    assert_ok(file_write(path, backup.data, backup.len)); /* the old copy comes back */
    buf_clear(&backup);
    free(path);
    open_store(place);
    assert_true(tombstone_has(place->store, USER));
    assert_false(tombstone_has(place->store, OTHER));
    assert_query(place, "select count(*) from member", "1");
    assert_int_equal(dm_get(place->store, USER, &room_id), ST_NOT_FOUND);
    assert_false(folder_has_text(place->keys, "alice"));
}

static void tombstone__ends__with_a_new_yes(void **state)
{
    struct place *place = *state;
    struct member member = sample(USER, "evening", NOW);
    assert_ok(tombstone_add(place->store, USER));
    assert_ok(tombstone_add(place->store, OTHER));
    begin(place);
    assert_int_equal(member_put(place->store, &member), ST_DENIED);
    assert_ok(tombstone_remove(place->store, USER));
    assert_ok(tombstone_remove(place->store, USER));
    assert_ok(member_put(place->store, &member));
    commit(place);
    reopen_store(place);
    assert_query(place, "select count(*) from member", "1");
    assert_true(tombstone_has(place->store, OTHER));
}

static void tombstone__finds__each_of_many(void **state)
{
    struct place *place = *state;
    char user_id[16];
    for (int i = 0; i < 50; i++) {
        snprintf(user_id, sizeof user_id, "@%d:x", i);
        assert_ok(tombstone_add(place->store, user_id));
    }
    reopen_store(place);
    for (int i = 0; i < 60; i++) {
        snprintf(user_id, sizeof user_id, "@%d:x", i);
        assert_int_equal(tombstone_has(place->store, user_id), i < 50);
    }
}

static void store_open__refuses__a_cut_list_of_tombstones(void **state)
{
    struct place *place = *state;
    assert_ok(tombstone_add(place->store, USER));
    close_store(place);
    char *path = file_join(place->keys, "forgotten");
    assert_int_equal(truncate(path, 31), 0);
    assert_refused(place, ST_CORRUPT, place->keys);
    free(path);
}

static void dialogue__keeps__one_a_room_and_person(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    char *bytes = NULL;
    size_t len = 0;
    begin(place);
    assert_ok(dialogue_put(store, ROOM, USER, "first", 5, NOW + 10));
    assert_ok(dialogue_put(store, ROOM, USER, "a\0b", 3, NOW + 20));
    assert_ok(dialogue_put(store, "!other:x", USER, "", 0, NOW + 20));
    commit(place);
    assert_ok(dialogue_get(store, ROOM, USER, NOW + 19, &bytes, &len));
    assert_int_equal(len, 3);
    assert_memory_equal(bytes, "a\0b", 4);
    free(bytes);
    assert_int_equal(dialogue_get(store, ROOM, USER, NOW + 20, &bytes, &len),
                     ST_NOT_FOUND);
    assert_int_equal(dialogue_get(store, ROOM, OTHER, NOW, &bytes, &len), ST_NOT_FOUND);
    assert_ok(dialogue_get(store, "!other:x", USER, NOW, &bytes, &len));
    assert_int_equal(len, 0);
    free(bytes);
    begin(place);
    assert_ok(dialogue_drop(store, ROOM, USER));
    assert_ok(dialogue_drop(store, ROOM, USER));
    commit(place);
    assert_int_equal(dialogue_get(store, ROOM, USER, NOW, &bytes, &len), ST_NOT_FOUND);
}

static void dialogue__is_sealed__at_one_size(void **state)
{
    struct place *place = *state;
    char bytes[DIALOGUE_BLOB_LEN];
    char *got = NULL;
    size_t len = 0;
    memset(bytes, 'Q', sizeof bytes);
    begin(place);
    assert_int_equal(dialogue_put(place->store, ROOM, USER, bytes, sizeof bytes - 1, NOW),
                     ST_TOO_BIG);
    assert_ok(dialogue_put(place->store, ROOM, USER, bytes, sizeof bytes - 2, NOW));
    assert_ok(dialogue_put(place->store, ROOM, OTHER, "Q", 1, NOW));
    commit(place);
    assert_query(place, "select group_concat(distinct length(facts)) from dialogue",
                 "1064");
    assert_false(folder_has_text(place->data, "QQQQ"));
    assert_ok(dialogue_get(place->store, ROOM, USER, NOW - 1, &got, &len));
    assert_int_equal(len, sizeof bytes - 2);
    assert_memory_equal(got, bytes, len);
    free(got);
}

static void store_tidy__drops__what_is_past_in_batches(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    int32_t today = day_of_utc(NOW);
    begin(place);
    for (int i = 0; i < 40; i++)
        assert_ok(prompted_add(store, USER, "evening", today - i));
    assert_ok(dialogue_put(store, ROOM, USER, "x", 1, NOW));
    assert_ok(dialogue_put(store, ROOM, OTHER, "x", 1, NOW + 1));
    commit(place);
    assert_ok(store_tidy(store, NOW, 6));
    assert_query(place, "select count(*) from prompted", "34");
    assert_ok(store_tidy(store, NOW, 6));
    assert_int_equal(store_tidy(store, NOW, 6), ST_NOT_FOUND);
    assert_query(place, "select count(*) from prompted", "31");
    assert_query(place, "select count(*) from dialogue", "1");
}

static struct trend sample_trend(int32_t week, const char *item, int shape)
{
    return (struct trend){.group = (char *)"support",
                          .week = week,
                          .item = (char *)item,
                          .item_version = 2,
                          .shape = shape,
                          .epsilon_permille = 500,
                          .cells = {-3, 12, 5, 1, 2, 3, 4, 5, -6},
                          .range_low = 20};
}

static void trend_add__draws__a_week_once(void **state)
{
    struct place *place = *state;
    struct trend trend = sample_trend(WEEK, "pain", 9), other;
    struct trend_list list;
    begin(place);
    assert_ok(trend_add(place->store, &trend));
    trend.cells[0] = 99;
    assert_int_equal(trend_add(place->store, &trend), ST_EXISTS);
    other = sample_trend(WEEK - 1, "pain", 3);
    assert_ok(trend_add(place->store, &other));
    other = sample_trend(WEEK, "fatigue", 3);
    assert_ok(trend_add(place->store, &other));
    other.shape = 4;
    assert_int_equal(trend_add(place->store, &other), ST_RANGE);
    other = sample_trend(202754, "pain", 3);
    assert_int_equal(trend_add(place->store, &other), ST_RANGE);
    commit(place);
    assert_ok(trend_read(place->store, "support", WEEK - 1, WEEK, &list));
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0].week, WEEK - 1);
    assert_int_equal(list.items[0].cells[3], 0);
    assert_string_equal(list.items[1].item, "pain");
    assert_int_equal(list.items[1].cells[0], -3);
    assert_int_equal(list.items[1].cells[8], -6);
    assert_int_equal(list.items[1].range_low, 20);
    assert_string_equal(list.items[2].item, "fatigue");
    trend_list_clear(&list);
    assert_ok(trend_read(place->store, "other", 0, 999999, &list));
    assert_int_equal(list.count, 0);
}

static void faq_count__adds_up__per_week(void **state)
{
    struct place *place = *state;
    int64_t count = -1;
    begin(place);
    assert_ok(faq_count_add(place->store, "dose", WEEK));
    assert_ok(faq_count_add(place->store, "dose", WEEK));
    assert_ok(faq_count_add(place->store, "dose", WEEK + 1));
    assert_ok(audit_add(place->store, "min_people", "8", "10", NOW));
    assert_ok(audit_add(place->store, "min_people", NULL, "10", NOW));
    commit(place);
    assert_ok(faq_count_read(place->store, "dose", WEEK, &count));
    assert_int_equal(count, 2);
    assert_ok(faq_count_read(place->store, "none", WEEK, &count));
    assert_int_equal(count, 0);
}

/* `faq` asked `times` in `week`. */
static void count_faq(struct place *place, const char *faq, int32_t week, int times)
{
    for (int i = 0; i < times; i++)
        assert_ok(faq_count_add(place->store, faq, week));
}

static void faq_count_top__gives__only_what_was_asked_often(void **state)
{
    struct place *place = *state;
    struct faq_count_list list = {0};
    begin(place);
    count_faq(place, "rest", WEEK, FAQ_COUNT_FLOOR - 1);
    count_faq(place, "rest", WEEK + 1, 9);
    count_faq(place, "walk", WEEK, 6);
    count_faq(place, "sleep", WEEK, 5);
    count_faq(place, "dose", WEEK, 5);
    count_faq(place, FAQ_COUNT_UNKNOWN, WEEK, 8);
    commit(place);
    assert_ok(faq_count_top(place->store, WEEK, 10, &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].faq, "walk");
    assert_int_equal(list.items[0].count, 6);
    assert_string_equal(list.items[1].faq, "dose");
    assert_string_equal(list.items[2].faq, "sleep");
    faq_count_list_clear(&list);
    assert_ok(faq_count_top(place->store, WEEK, 2, &list));
    assert_int_equal(list.count, 2);
    faq_count_list_clear(&list);
    assert_ok(faq_count_top(place->store, WEEK + 2, 10, &list));
    assert_int_equal(list.count, 0);
    faq_count_list_clear(&list);
}

static void store_tidy__drops__counters_after_a_year(void **state)
{
    struct place *place = *state;
    int32_t oldest = week_of_day(day_of_utc(NOW) - FAQ_COUNT_DAYS);
    begin(place);
    count_faq(place, "dose", week_add(oldest, -2), 1);
    count_faq(place, "rest", week_add(oldest, -1), 1);
    count_faq(place, "dose", oldest, 1);
    count_faq(place, "dose", WEEK, 1);
    commit(place);
    assert_ok(store_tidy(place->store, NOW, 1));
    assert_query(place, "select count(*) from faq_count", "3");
    assert_ok(store_tidy(place->store, NOW, 100));
    assert_int_equal(store_tidy(place->store, NOW, 100), ST_NOT_FOUND);
    assert_query(place, "select count(*) from faq_count", "2");
    assert_query(place, "select min(week) from faq_count", "202613");
}

static void departed__keeps__the_longest_user_id_until_its_day(void **state)
{
    struct place *place = *state;
    struct strv users = {0};
    char longest[MATRIX_ID_MAX + 1] = "@";
    memset(longest + 1, 'a', MATRIX_ID_MAX - 1);
    begin(place);
    assert_ok(departed_add(place->store, longest, 100));
    assert_ok(departed_add(place->store, longest, 200)); /* the first day stays */
    assert_ok(departed_add(place->store, USER, 101));
    commit(place);
    assert_ok(departed_before(place->store, 100, 10, &users));
    assert_int_equal(users.count, 1);
    assert_string_equal(users.items[0], longest);
    strv_clear(&users);
    begin(place);
    assert_ok(departed_remove(place->store, longest));
    commit(place);
    assert_ok(departed_before(place->store, 100, 10, &users));
    assert_int_equal(users.count, 0);
    strv_clear(&users);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, make_store, remove_place)
        IN_STORE(member_put__keeps__every_field),
        IN_STORE(member_put__replaces__the_same_check_in),
        IN_STORE(member_put__refuses__what_is_out_of_bounds),
        IN_STORE(member_put__refuses__what_does_not_fit_the_blob),
        IN_STORE(member__shows__no_text_and_one_size),
        IN_STORE(member_get__refuses__a_blob_of_another_row),
        IN_STORE(member_due__gives__the_earliest_first),
        IN_STORE(member_remove__takes__one_check_in_or_all),
        IN_STORE(member_page__visits__every_row_once),
        IN_STORE(prompted_add__allows__one_a_day),
        IN_STORE(tombstone__outlives__the_database),
        IN_STORE(tombstone__ends__with_a_new_yes),
        IN_STORE(tombstone__finds__each_of_many),
        IN_STORE(store_open__refuses__a_cut_list_of_tombstones),
        IN_STORE(dialogue__keeps__one_a_room_and_person),
        IN_STORE(dialogue__is_sealed__at_one_size),
        IN_STORE(store_tidy__drops__what_is_past_in_batches),
        IN_STORE(trend_add__draws__a_week_once),
        IN_STORE(faq_count__adds_up__per_week),
        IN_STORE(faq_count_top__gives__only_what_was_asked_often),
        IN_STORE(store_tidy__drops__counters_after_a_year),
        IN_STORE(departed__keeps__the_longest_user_id_until_its_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
