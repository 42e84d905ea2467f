/* store_outbox.c - lanes, waiting, transaction ids, keys, and what asking for work costs.
 */
#include "tests/unit/store_test.h"

#include "bot/base/limits.h"
#include "store/internal.h"
#include "store/outbox.h"

#define LANE ROOM
#define LANES_MANY 10000

static struct outbox_item item_of(const char *payload, int64_t due)
{
    return (struct outbox_item){.kind = 1,
                                .lifetime = 2,
                                .queued_utc_ms = NOW,
                                .due_utc_ms = due,
                                .payload = (char *)payload,
                                .payload_len = strlen(payload)};
}

/* Inside a transaction. */
static int64_t add(struct place *place, const char *lane, const char *payload,
                   int64_t due)
{
    struct outbox_item item = item_of(payload, due);
    assert_ok(outbox_add(place->store, lane, &item));
    assert_true(item.id > 0);
    assert_int_equal(strlen(item.txn_id), 32);
    return item.id;
}

static int64_t add_waiting(struct place *place, const char *lane, const char *payload,
                           int64_t waits_for)
{
    struct outbox_item item = item_of(payload, NOW);
    item.waits_for = waits_for;
    assert_ok(outbox_add(place->store, lane, &item));
    return item.id;
}

/* The payloads that are due at `now`, joined by commas, are `expected`. */
static void assert_due(struct place *place, int64_t now, const int64_t *busy,
                       size_t busy_count, int max, const char *expected)
{
    struct outbox_list list;
    struct buf joined;
    buf_init(&joined, 100000);
    buf_add_text(&joined, "");
    assert_ok(outbox_due(place->store, now, busy, busy_count, max, &list));
    for (size_t i = 0; i < list.count; i++)
        buf_addf(&joined, "%s%s", i ? "," : "", list.items[i].payload);
    assert_string_equal(joined.data, expected);
    buf_clear(&joined);
    outbox_list_clear(&list);
}

static void assert_due_all(struct place *place, const char *expected)
{
    assert_due(place, NOW, NULL, 0, 100, expected);
}

/* Every lane has exactly one head, its lowest id. */
static void assert_heads(struct place *place)
{
    assert_query(place,
                 "select count(*) from outbox o where is_head <> "
                 "(id = (select min(id) from outbox i where i.lane = o.lane))",
                 "0");
}

static void outbox_add__keeps__every_field(void **state)
{
    struct place *place = *state;
    struct outbox_item got, by_txn;
    struct outbox_item item = item_of("hello", NOW + 5);
    item.waits_for = 17;
    begin(place);
    assert_ok(outbox_add(place->store, LANE, &item));
    commit(place);
    reopen_store(place);
    assert_ok(outbox_get(place->store, item.id, &got));
    assert_int_equal(got.id, item.id);
    assert_string_equal(got.txn_id, item.txn_id);
    assert_int_equal(got.kind, 1);
    assert_int_equal(got.lifetime, 2);
    assert_int_equal(got.queued_utc_ms, NOW);
    assert_int_equal(got.due_utc_ms, NOW + 5);
    assert_int_equal(got.first_try_utc_ms, 0);
    assert_int_equal(got.tries, 0);
    assert_int_equal(got.waits_for, 17);
    assert_int_equal(got.payload_len, 5);
    assert_string_equal(got.payload, "hello");
    assert_ok(outbox_by_txn(place->store, item.txn_id, &by_txn));
    assert_int_equal(by_txn.id, item.id);
    outbox_item_clear(&got);
    outbox_item_clear(&by_txn);
    assert_int_equal(outbox_get(place->store, 99, &got), ST_NOT_FOUND);
    assert_int_equal(outbox_by_txn(place->store, "none", &got), ST_NOT_FOUND);
}

static void outbox_add__is_refused__outside_a_transaction(void **state)
{
    struct place *place = *state;
    struct outbox_item item = item_of("x", NOW);
    assert_int_equal(outbox_add(place->store, LANE, &item), ST_INVALID);
    assert_int_equal(item.id, 0);
    assert_false(has_file(place->keys, "outbox-202712.key"));
    assert_int_equal(outbox_remove(place->store, 1), ST_INVALID);
}

static void outbox_add__takes__the_largest_payload(void **state)
{
    struct place *place = *state;
    static char payload[OUTBOX_PAYLOAD_MAX + 2];
    struct outbox_item got, item = item_of("", NOW);
    memset(payload, 'p', OUTBOX_PAYLOAD_MAX + 1);
    item.payload = payload;
    item.payload_len = OUTBOX_PAYLOAD_MAX + 1;
    begin(place);
    assert_int_equal(outbox_add(place->store, LANE, &item), ST_TOO_BIG);
    item.payload_len = OUTBOX_PAYLOAD_MAX;
    assert_ok(outbox_add(place->store, LANE, &item));
    commit(place);
    assert_ok(outbox_get(place->store, item.id, &got));
    assert_int_equal(got.payload_len, OUTBOX_PAYLOAD_MAX);
    assert_memory_equal(got.payload, payload, OUTBOX_PAYLOAD_MAX);
    outbox_item_clear(&got);
}

static void outbox__is_sealed__and_padded(void **state)
{
    struct place *place = *state;
    begin(place);
    add(place, LANE, "a canary in the outbox", NOW);
    add(place, LANE, "", NOW);
    commit(place);
    assert_query(place, "select count(distinct length(payload)) from outbox", "1");
    assert_false(folder_has_text(place->data, "canary"));
    assert_false(folder_has_text(place->data, LANE));
}

static void outbox_due__gives__the_first_of_each_lane(void **state)
{
    struct place *place = *state;
    begin(place);
    int64_t first = add(place, "a", "a1", NOW);
    add(place, "a", "a2", NOW - 50);
    add(place, "b", "b1", NOW - 10);
    add(place, "c", "c1", NOW + 1); /* blocks what stands behind it */
    add(place, "c", "c2", NOW - 99);
    assert_due_all(place, "b1,a1");
    assert_due(place, NOW, NULL, 0, 1, "b1");
    assert_due(place, NOW, NULL, 0, 0, "");
    assert_due(place, NOW + 1, NULL, 0, 9, "b1,a1,c1");
    assert_ok(outbox_remove(place->store, first));
    assert_due_all(place, "a2,b1");
    commit(place);
    assert_heads(place);
}

static void outbox_due__leaves_out__busy_lanes(void **state)
{
    struct place *place = *state;
    int64_t busy[3];
    begin(place);
    busy[0] = add(place, "a", "a1", NOW);
    add(place, "a", "a2", NOW);
    add(place, "b", "b1", NOW);
    busy[1] = add(place, "b", "b2", NOW); /* in flight, then moved behind another */
    add(place, "c", "c1", NOW);
    busy[2] = 4711; /* gone */
    commit(place);
    assert_due(place, NOW, busy, 3, 1, "c1");
    assert_due(place, NOW, busy, 1, 9, "b1,c1");
}

static void outbox_due__passes_over__rows_that_wait(void **state)
{
    struct place *place = *state;
    struct outbox_list list;
    begin(place);
    int64_t first = add(place, "a", "a1", NOW);
    int64_t edit = add_waiting(place, "b", "b1", first);
    add(place, "b", "b2", NOW);
    assert_due_all(place, "a1");
    assert_ok(outbox_waiting(place->store, first, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].id, edit);
    list.items[0].waits_for = 0;
    assert_ok(outbox_update(place->store, &list.items[0]));
    outbox_list_clear(&list);
    assert_due_all(place, "a1,b1");
    assert_ok(outbox_waiting(place->store, 0, &list));
    assert_int_equal(list.count, 0);
    commit(place);
}

static void outbox_next_due__is__the_earliest_head(void **state)
{
    struct place *place = *state;
    int64_t due = 0;
    assert_int_equal(outbox_next_due(place->store, &due), ST_NOT_FOUND);
    begin(place);
    add(place, "a", "a1", NOW + 70);
    add(place, "a", "a2", NOW - 70);
    int64_t b = add(place, "b", "b1", NOW + 60);
    add_waiting(place, "c", "c1", b);
    commit(place);
    assert_ok(outbox_next_due(place->store, &due));
    assert_int_equal(due, NOW + 60);
}

static void outbox_update__writes__a_try_back(void **state)
{
    struct place *place = *state;
    struct outbox_item got;
    struct outbox_list list;
    begin(place);
    int64_t id = add(place, LANE, "before", NOW);
    add(place, "!untried:x", "x", NOW);
    assert_ok(outbox_get(place->store, id, &got));
    outbox_item_clear(&got);
    assert_ok(outbox_get(place->store, id, &got));
    char txn[33];
    strcpy(txn, got.txn_id);
    free(got.payload);
    got.payload = mem_dup("with its final bytes");
    got.payload_len = strlen(got.payload);
    got.first_try_utc_ms = NOW;
    got.tries = 3;
    got.due_utc_ms = NOW + 1000;
    memset(got.txn_id, 'f', 32); /* what is not written back is not looked at */
    assert_ok(outbox_update(place->store, &got));
    got.id = 99;
    assert_int_equal(outbox_update(place->store, &got), ST_NOT_FOUND);
    outbox_item_clear(&got);
    commit(place);
    assert_ok(outbox_get(place->store, id, &got));
    assert_string_equal(got.payload, "with its final bytes");
    assert_string_equal(got.txn_id, txn);
    assert_int_equal(got.tries, 3);
    assert_int_equal(got.due_utc_ms, NOW + 1000);
    outbox_item_clear(&got);
    assert_ok(outbox_tried_before(place->store, NOW, &list));
    assert_int_equal(list.count, 0);
    assert_ok(outbox_tried_before(place->store, NOW + 1, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].id, id);
    outbox_list_clear(&list);
}

static void outbox_move__keeps__the_place_by_id(void **state)
{
    struct place *place = *state;
    begin(place);
    int64_t early = add(place, "for alice", "1", NOW);
    add(place, "for alice", "2", NOW);
    add(place, LANE, "3", NOW);
    assert_ok(outbox_move(place->store, early, LANE));
    assert_due_all(place, "1,2");
    assert_heads(place);
    assert_ok(outbox_move(place->store, early, LANE)); /* to where it is */
    assert_due_all(place, "1,2");
    assert_ok(outbox_remove(place->store, early));
    assert_due_all(place, "2,3");
    assert_int_equal(outbox_move(place->store, 99, LANE), ST_NOT_FOUND);
    commit(place);
    assert_heads(place);
}

static void outbox_remove_lane__keeps__what_it_is_told(void **state)
{
    struct place *place = *state;
    struct outbox_list list;
    struct outbox_item tried = item_of("tried", NOW), prompt = item_of("prompt", NOW);
    begin(place);
    assert_ok(outbox_add(place->store, LANE, &tried));
    tried.first_try_utc_ms = NOW;
    assert_ok(outbox_update(place->store, &tried));
    prompt.lifetime = 7;
    assert_ok(outbox_add(place->store, LANE, &prompt));
    add(place, LANE, "other", NOW);
    add(place, "!elsewhere:x", "elsewhere", NOW);
    assert_ok(outbox_remove_lane(place->store, LANE, 7, true));
    assert_ok(outbox_lane(place->store, LANE, &list));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[1].payload, "other");
    outbox_list_clear(&list);
    assert_ok(outbox_remove_lane(place->store, LANE, -1, true));
    assert_due_all(place, "tried,elsewhere");
    assert_ok(outbox_remove_lane(place->store, LANE, -1, false));
    assert_due_all(place, "elsewhere");
    assert_ok(outbox_remove_lane(place->store, LANE, -1, false));
    commit(place);
}

static void outbox_depth__counts__rows(void **state)
{
    struct place *place = *state;
    int64_t count = -1, oldest = -1;
    assert_ok(outbox_depth(place->store, &count, &oldest));
    assert_int_equal(count, 0);
    assert_int_equal(oldest, 0);
    begin(place);
    add(place, "a", "1", NOW);
    add(place, "a", "2", NOW);
    commit(place);
    assert_ok(outbox_depth(place->store, &count, &oldest));
    assert_int_equal(count, 2);
    assert_int_equal(oldest, NOW);
}

/* Chance that repeats itself: the first draws are all the same. */
static void fill_stuck(void *ctx, void *bytes, size_t len)
{
    int *calls = ctx;
    memset(bytes, ++*calls < 4 ? 0x11 : 0x22 + *calls, len);
}

static void outbox_add__never_gives__a_transaction_id_twice(void **state)
{
    struct place *place = *state;
    int calls = 0;
    place->store->random = (struct random){.fill = fill_stuck, .ctx = &calls};
    struct outbox_item first = item_of("1", NOW), second = item_of("2", NOW);
    begin(place);
    assert_ok(outbox_add(place->store, LANE, &first));
    assert_ok(outbox_add(place->store, LANE, &second));
    assert_string_not_equal(first.txn_id, second.txn_id);
    commit(place);
}

static void outbox_ids__are_never_used__again(void **state)
{
    struct place *place = *state;
    begin(place);
    int64_t first = add(place, LANE, "1", NOW);
    assert_ok(outbox_remove(place->store, first));
    commit(place);
    reopen_store(place);
    begin(place);
    assert_true(add(place, LANE, "2", NOW) > first);
    commit(place);
}

static void outbox_rotate_key__drops__keys_no_row_needs(void **state)
{
    struct place *place = *state;
    begin(place);
    int64_t old = add(place, LANE, "last week", NOW); /* no rotation yet: its own week */
    commit(place);
    assert_true(has_file(place->keys, "outbox-202712.key"));
    assert_ok(outbox_rotate_key(place->store, 202713));
    assert_true(has_file(place->keys, "outbox-202713.key"));
    assert_true(has_file(place->keys, "outbox-202712.key"));
    begin(place);
    add(place, LANE, "this week", NOW);
    commit(place);
    reopen_store(place);
    struct outbox_item got;
    assert_ok(outbox_get(place->store, old, &got));
    assert_string_equal(got.payload, "last week");
    begin(place);
    got.tries++;
    assert_ok(outbox_update(place->store, &got)); /* written under the new key */
    commit(place);
    outbox_item_clear(&got);
    assert_ok(outbox_rotate_key(place->store, 202713));
    assert_false(has_file(place->keys, "outbox-202712.key"));
    assert_due_all(place, "last week");
    assert_int_equal(outbox_rotate_key(place->store, 202754), ST_RANGE);
}

static void outbox_rotate_key__waits__for_the_commit(void **state)
{
    struct place *place = *state;
    begin(place);
    int64_t id = add(place, LANE, "still needed", NOW);
    commit(place);
    begin(place);
    assert_ok(outbox_remove(place->store, id));
    assert_ok(outbox_rotate_key(place->store, 202713));
    assert_true(has_file(place->keys, "outbox-202712.key"));
    store_rollback(place->store);
    assert_true(has_file(place->keys, "outbox-202712.key"));
    assert_due_all(place, "still needed");
    begin(place);
    assert_ok(outbox_remove(place->store, id));
    assert_ok(outbox_rotate_key(place->store, 202713));
    commit(place);
    assert_false(has_file(place->keys, "outbox-202712.key"));
}

static void outbox__goes_on__when_a_key_is_lost(void **state)
{
    struct place *place = *state;
    begin(place);
    int64_t lost = add(place, "a", "lost", NOW);
    commit(place);
    assert_ok(outbox_rotate_key(place->store, 202713));
    begin(place);
    add(place, "a", "a2", NOW);
    add(place, "b", "b1", NOW);
    commit(place);
    close_store(place);
    remove_file(place->keys, "outbox-202712.key");
    open_store(place);
    assert_due_all(place, ",b1"); /* an empty payload: to be given up */
    begin(place);
    assert_ok(outbox_remove(place->store, lost));
    commit(place);
    assert_due_all(place, "a2,b1");
}

static int count_step(void *ctx)
{
    ++*(int64_t *)ctx;
    return 0;
}

/* Steps of SQLite's machine that asking for work takes. */
static int64_t cost_of_due(struct place *place, size_t expected_count)
{
    int64_t steps = 0, due = 0;
    struct outbox_list list;
    sqlite3_progress_handler(place->store->db, 1, count_step, &steps);
    assert_ok(outbox_due(place->store, NOW, NULL, 0, 100, &list));
    assert_ok(outbox_next_due(place->store, &due));
    sqlite3_progress_handler(place->store->db, 0, NULL, NULL);
    assert_int_equal(list.count, expected_count);
    outbox_list_clear(&list);
    return steps;
}

static void outbox_due__costs__by_lanes_with_work(void **state)
{
    struct place *place = *state;
    begin(place);
    for (int i = 0; i < 3; i++)
        add(place, i == 0 ? "a" : i == 1 ? "b" : "c", "work", NOW);
    commit(place);
    int64_t small = cost_of_due(place, 3);
    begin(place);
    for (int i = 0; i < LANES_MANY; i++) {
        char lane[32];
        snprintf(lane, sizeof lane, "!%d:x", i);
        if (i % 10 == 5)
            add_waiting(place, lane, "waits", 1);
        else
            add(place, i % 10 == 0 ? "a" : lane, "later",
                i % 10 == 0 ? NOW : NOW + 1 + i);
    }
    commit(place);
    assert_true(cost_of_due(place, 3) <= small + 10);
    assert_heads(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, make_store, remove_place)
        IN_STORE(outbox_add__keeps__every_field),
        IN_STORE(outbox_add__is_refused__outside_a_transaction),
        IN_STORE(outbox_add__takes__the_largest_payload),
        IN_STORE(outbox__is_sealed__and_padded),
        IN_STORE(outbox_due__gives__the_first_of_each_lane),
        IN_STORE(outbox_due__leaves_out__busy_lanes),
        IN_STORE(outbox_due__passes_over__rows_that_wait),
        IN_STORE(outbox_next_due__is__the_earliest_head),
        IN_STORE(outbox_update__writes__a_try_back),
        IN_STORE(outbox_move__keeps__the_place_by_id),
        IN_STORE(outbox_remove_lane__keeps__what_it_is_told),
        IN_STORE(outbox_depth__counts__rows),
        IN_STORE(outbox_add__never_gives__a_transaction_id_twice),
        IN_STORE(outbox_ids__are_never_used__again),
        IN_STORE(outbox_rotate_key__drops__keys_no_row_needs),
        IN_STORE(outbox_rotate_key__waits__for_the_commit),
        IN_STORE(outbox__goes_on__when_a_key_is_lost),
        IN_STORE(outbox_due__costs__by_lanes_with_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
