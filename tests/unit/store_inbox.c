/* store_inbox.c - seen events, replies, early redactions, gaps and intents. */
#include "tests/unit/store_test.h"

#include "store/inbox.h"
#include "store/internal.h"

#define EVENT "$event"
#define QUESTION "$question"

static void seen_add__knows__an_event_again(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    begin(place);
    assert_false(seen_has(store, ROOM, EVENT));
    assert_ok(seen_add(store, ROOM, EVENT, NOW));
    assert_int_equal(seen_add(store, ROOM, EVENT, NOW + DAY_MS), ST_EXISTS);
    assert_ok(seen_add(store, "!other:x", EVENT, NOW));
    assert_ok(seen_add(store, "ab", "c", NOW));
    assert_false(seen_has(store, "a", "bc")); /* the parts are kept apart */
    commit(place);
    reopen_store(place);
    assert_true(seen_has(place->store, ROOM, EVENT));
    assert_false(seen_has(place->store, ROOM, "$other"));
    assert_false(folder_has_text(place->data, EVENT));
}

static void seen_add__exists__without_harm_to_the_transaction(void **state)
{
    struct place *place = *state;
    begin(place);
    assert_ok(seen_add(place->store, ROOM, EVENT, NOW));
    assert_int_equal(seen_add(place->store, ROOM, EVENT, NOW), ST_EXISTS);
    assert_ok(seen_add(place->store, ROOM, "$next", NOW));
    commit(place);
    assert_query(place, "select count(*) from seen", "2");
}

static void seen__is_kept__by_time_whatever_comes(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    char event_id[32];
    begin(place);
    assert_ok(seen_add(store, ROOM, "$old", NOW - (SEEN_DAYS + 1) * DAY_MS));
    assert_ok(seen_add(store, ROOM, "$young", NOW - SEEN_DAYS * DAY_MS));
    for (int i = 0; i < 2000; i++) { /* a flood evicts nothing */
        snprintf(event_id, sizeof event_id, "$%d", i);
        assert_ok(seen_add(store, ROOM, event_id, NOW));
    }
    commit(place);
    assert_ok(store_tidy(store, NOW, 1000));
    assert_int_equal(store_tidy(store, NOW, 1000), ST_NOT_FOUND);
    assert_false(seen_has(store, ROOM, "$old"));
    assert_true(seen_has(store, ROOM, "$young"));
    assert_true(seen_has(store, ROOM, "$0"));
}

static void marks__of_different_kinds__do_not_mix(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    begin(place);
    assert_ok(ours_add(store, ROOM, "$ours", NOW));
    assert_ok(ours_add(store, ROOM, "$ours", NOW));
    assert_ok(redacted_add(store, ROOM, "$gone", NOW));
    assert_ok(redacted_add(store, ROOM, "$gone", NOW));
    commit(place);
    assert_true(ours_has(store, ROOM, "$ours"));
    assert_false(ours_has(store, ROOM, "$gone"));
    assert_true(redacted_has(store, ROOM, "$gone"));
    assert_false(redacted_has(store, ROOM, "$ours"));
    assert_false(seen_has(store, ROOM, "$ours"));
    assert_query(place,
                 "select count(*) from ours join redacted on ours.hash = redacted.hash",
                 "0");
    assert_ok(store_tidy(store, NOW + (ANSWERED_DAYS + 1) * DAY_MS, 10));
    assert_false(ours_has(store, ROOM, "$ours"));
    assert_false(redacted_has(store, ROOM, "$gone"));
}

static void answered__goes__from_row_to_event(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    struct answered got;
    char tag[65];
    begin(place);
    assert_int_equal(answered_get(store, ROOM, QUESTION, &got), ST_NOT_FOUND);
    assert_ok(answered_add(store, ROOM, QUESTION, USER, 7, NOW));
    assert_ok(answered_get(store, ROOM, QUESTION, &got));
    assert_int_equal(got.outbox_id, 7);
    assert_null(got.event_id);
    assert_int_equal(got.edit_ts_ms, 0);
    assert_null(got.edit_event_id);
    answered_sender_tag(store, USER, tag);
    assert_string_equal(got.sender_tag, tag);
    answered_sender_tag(store, OTHER, tag);
    assert_string_not_equal(got.sender_tag, tag);
    answered_clear(&got);
    assert_false(got.is_poll);
    assert_ok(answered_mark_poll(store, ROOM, QUESTION));
    assert_ok(answered_edited(store, ROOM, QUESTION, NOW + 1, "$edit"));
    assert_ok(answered_ack(store, 7, "$reply"));
    assert_ok(answered_ack(store, 7, "$other")); /* no row of that number any more */
    assert_ok(answered_get(store, ROOM, QUESTION, &got));
    assert_int_equal(got.outbox_id, 0);
    assert_string_equal(got.event_id, "$reply");
    assert_int_equal(got.edit_ts_ms, NOW + 1);
    assert_string_equal(got.edit_event_id, "$edit");
    assert_true(got.is_poll);
    answered_clear(&got);
    assert_int_equal(answered_edited(store, ROOM, "$none", NOW, "$e"), ST_NOT_FOUND);
    assert_int_equal(answered_mark_poll(store, ROOM, "$none"), ST_NOT_FOUND);
    assert_ok(answered_remove(store, ROOM, QUESTION));
    assert_int_equal(answered_get(store, ROOM, QUESTION, &got), ST_NOT_FOUND);
    commit(place);
}

static void answered__keeps__several_replies_in_order(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    struct answered got;
    begin(place);
    assert_ok(answered_add(store, ROOM, QUESTION, USER, 7, NOW));
    assert_ok(answered_add(store, ROOM, QUESTION, USER, 8, NOW));
    assert_ok(answered_ack(store, 8, "$second"));
    assert_ok(answered_get(store, ROOM, QUESTION, &got));
    assert_int_equal(got.outbox_id, 7);
    answered_clear(&got);
    assert_ok(answered_ack(store, 7, "$first"));
    assert_ok(answered_get(store, ROOM, QUESTION, &got));
    assert_string_equal(got.event_id, "$first");
    answered_clear(&got);
    assert_ok(answered_ack(store, 0, "$never")); /* 0 names no row */
    assert_ok(answered_get(store, ROOM, QUESTION, &got));
    assert_string_equal(got.event_id, "$first");
    answered_clear(&got);
    commit(place);
}

static void answered__tells_nothing__in_the_file(void **state)
{
    struct place *place = *state;
    char tag[65];
    begin(place);
    assert_ok(answered_add(place->store, ROOM, QUESTION, USER, 7, NOW));
    assert_ok(answered_ack(place->store, 7, "$reply-canary"));
    assert_ok(answered_add(place->store, ROOM, "$q2", USER, 8, NOW));
    commit(place);
    answered_sender_tag(place->store, USER, tag);
    assert_false(folder_has_text(place->data, tag));
    assert_false(folder_has_text(place->data, "$reply-canary"));
    assert_query(place, "select count(distinct length(facts)) from answered", "1");
    assert_ok(store_tidy(place->store, NOW + (ANSWERED_DAYS + 1) * DAY_MS, 10));
    assert_query(place, "select count(*) from answered", "0");
}

static void gap__comes_due__and_is_retried(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    struct gap got, gap = {.room_id = (char *)ROOM,
                           .from = (char *)"t3-newest",
                           .to = (char *)"s2-before",
                           .due_utc_ms = NOW};
    int64_t due = 0;
    assert_int_equal(gap_next_due(store, &due), ST_NOT_FOUND);
    begin(place);
    assert_ok(gap_add(store, &gap));
    gap.due_utc_ms = NOW - 5;
    gap.to = NULL;
    assert_ok(gap_add(store, &gap));
    commit(place);
    assert_ok(gap_due(store, NOW, &got));
    assert_null(got.to);
    begin(place);
    assert_ok(gap_retry(store, got.id, NOW + 100));
    assert_int_equal(gap_retry(store, 99, NOW), ST_NOT_FOUND);
    commit(place);
    gap_clear(&got);
    assert_ok(gap_due(store, NOW, &got));
    assert_string_equal(got.room_id, ROOM);
    assert_string_equal(got.from, "t3-newest");
    assert_string_equal(got.to, "s2-before");
    assert_int_equal(got.tries, 0);
    begin(place);
    assert_ok(gap_remove(store, got.id));
    commit(place);
    gap_clear(&got);
    assert_int_equal(gap_due(store, NOW, &got), ST_NOT_FOUND);
    assert_ok(gap_next_due(store, &due));
    assert_int_equal(due, NOW + 100);
    assert_ok(gap_due(store, NOW + 100, &got));
    assert_int_equal(got.tries, 1);
    gap_clear(&got);
    assert_false(folder_has_text(place->data, "t3-newest"));
}

static void intent__is__one_a_person(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    struct intent made, got;
    begin(place);
    assert_int_equal(intent_by_user(store, USER, &got), ST_NOT_FOUND);
    assert_ok(intent_add(store, USER, &made));
    assert_int_equal(strlen(made.nonce), 32);
    assert_null(made.room_id);
    assert_int_equal(intent_add(store, USER, &got), ST_EXISTS);
    assert_ok(intent_by_nonce(store, made.nonce, &got));
    assert_string_equal(got.user_id, USER);
    assert_null(got.room_id);
    intent_clear(&got);
    assert_ok(intent_set_room(store, made.nonce, "!new:x"));
    assert_int_equal(intent_set_room(store, "none", "!new:x"), ST_NOT_FOUND);
    commit(place);
    assert_ok(intent_by_user(store, USER, &got));
    assert_string_equal(got.room_id, "!new:x");
    assert_string_equal(got.nonce, made.nonce);
    intent_clear(&got);
    intent_clear(&made);
    assert_false(folder_has_text(place->data, "!new:x"));
    begin(place);
    assert_ok(intent_remove(store, USER));
    assert_ok(intent_remove(store, USER));
    commit(place);
    assert_int_equal(intent_by_user(store, USER, &got), ST_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, make_store, remove_place)
        IN_STORE(seen_add__knows__an_event_again),
        IN_STORE(seen_add__exists__without_harm_to_the_transaction),
        IN_STORE(seen__is_kept__by_time_whatever_comes),
        IN_STORE(marks__of_different_kinds__do_not_mix),
        IN_STORE(answered__goes__from_row_to_event),
        IN_STORE(answered__keeps__several_replies_in_order),
        IN_STORE(answered__tells_nothing__in_the_file),
        IN_STORE(gap__comes_due__and_is_retried),
        IN_STORE(intent__is__one_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
