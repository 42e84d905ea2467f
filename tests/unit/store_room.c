/* store_room.c - rooms, their members, direct chats. */
#include "tests/unit/store_test.h"

#include "store/room.h"

static void set(struct place *place, const char *room_id, const char *user_id,
                int standing, int32_t day)
{
    assert_ok(room_member_set(place->store, room_id, user_id, standing, day));
}

static void assert_member(struct place *place, const char *user_id, int standing,
                          int32_t day)
{
    int got = -1;
    int32_t since = -1;
    assert_ok(room_member_get(place->store, ROOM, user_id, &got, &since));
    assert_int_equal(got, standing);
    assert_int_equal(since, day);
}

struct visits {
    struct place *place;
    int count;
    char names[64];
};

static enum status visit(void *ctx, const char *room_id, const char *bytes, size_t len)
{
    struct visits *visits = ctx;
    size_t used = strlen(visits->names);
    visits->count++;
    snprintf(visits->names + used, sizeof visits->names - used, "%s=%.*s;", room_id,
             (int)len, bytes);
    /* A visit may write what it just read. */
    return room_put(visits->place->store, room_id, bytes, len, false);
}

static enum status stop(void *ctx, const char *room_id, const char *bytes, size_t len)
{
    (void)room_id;
    (void)bytes;
    (void)len;
    ++*(int *)ctx;
    return ST_PASSING;
}

static void room_each__visits__every_room(void **state)
{
    struct place *place = *state;
    struct visits visits = {.place = place};
    int stops = 0;
    begin(place);
    assert_ok(room_put(place->store, "!a:x", "old", 3, false));
    assert_ok(room_put(place->store, "!b:x", "", 0, false));
    assert_ok(room_put(place->store, "!a:x", "newer", 5, false));
    assert_ok(room_put(place->store, "!c:x", "c", 1, false));
    assert_ok(room_remove(place->store, "!c:x"));
    assert_ok(room_each(place->store, visit, &visits));
    commit(place);
    assert_string_equal(visits.names, "!a:x=newer;!b:x=;");
    assert_int_equal(room_each(place->store, stop, &stops), ST_PASSING);
    assert_int_equal(stops, 1);
}

static void room_each__leaves_out__quiet_rooms(void **state)
{
    struct place *place = *state;
    struct visits visits = {.place = place}, one = {.place = place};
    begin(place);
    assert_ok(room_put(place->store, "!a:x", "loud", 4, false));
    assert_ok(room_put(place->store, "!b:x", "quiet", 5, true));
    assert_ok(room_put(place->store, "!c:x", "was loud", 8, false));
    assert_ok(room_put(place->store, "!c:x", "is quiet", 8, true));
    assert_ok(room_each(place->store, visit, &visits));
    assert_ok(room_get(place->store, "!b:x", visit, &one));
    assert_ok(room_get(place->store, "!a:x", visit, &one));
    assert_int_equal(room_get(place->store, "!d:x", visit, &one), ST_NOT_FOUND);
    commit(place);
    assert_string_equal(visits.names, "!a:x=loud;");
    assert_string_equal(one.names, "!b:x=quiet;!a:x=loud;");
}

static void room_put__takes__up_to_the_maximum(void **state)
{
    struct place *place = *state;
    static char bytes[64 * 1024 + 1];
    begin(place);
    assert_int_equal(room_put(place->store, ROOM, bytes, sizeof bytes, false),
                     ST_TOO_BIG);
    memset(bytes, 'R', sizeof bytes);
    assert_ok(room_put(place->store, ROOM, bytes, sizeof bytes - 1, false));
    commit(place);
    assert_false(folder_has_text(place->data, "RRRR"));
    assert_false(folder_has_text(place->data, ROOM));
}

static void room_member_set__keeps__the_day_of_the_join(void **state)
{
    struct place *place = *state;
    begin(place);
    assert_member(place, USER, 0, 0);
    set(place, ROOM, USER, STANDING_INVITED, 100);
    assert_member(place, USER, STANDING_INVITED, 100);
    set(place, ROOM, USER, STANDING_JOINED, 105);
    assert_member(place, USER, STANDING_JOINED, 105);
    set(place, ROOM, USER, STANDING_JOINED, 120);
    assert_member(place, USER, STANDING_JOINED, 105);
    set(place, ROOM, USER, 0, 0);
    assert_member(place, USER, 0, 0);
    set(place, ROOM, USER, STANDING_JOINED, 130); /* away and back: counts anew */
    assert_member(place, USER, STANDING_JOINED, 130);
    assert_int_equal(room_member_set(place->store, ROOM, USER, 3, 1), ST_RANGE);
    int standing = -1;
    assert_ok(room_member_get(place->store, ROOM, USER, &standing, NULL));
    assert_int_equal(standing, STANDING_JOINED);
    commit(place);
}

static void room_member_count__tells__joined_from_invited(void **state)
{
    struct place *place = *state;
    int joined = -1, invited = -1;
    begin(place);
    set(place, ROOM, USER, STANDING_JOINED, 1);
    set(place, ROOM, OTHER, STANDING_JOINED, 1);
    set(place, ROOM, "@c:x", STANDING_INVITED, 1);
    set(place, "!other:x", "@c:x", STANDING_JOINED, 1);
    commit(place);
    assert_ok(room_member_count(place->store, ROOM, &joined, &invited));
    assert_int_equal(joined, 2);
    assert_int_equal(invited, 1);
    assert_ok(room_member_count(place->store, "!none:x", &joined, &invited));
    assert_int_equal(joined, 0);
    assert_int_equal(invited, 0);
}

static void room_members_end__drops__who_was_not_set_again(void **state)
{
    struct place *place = *state;
    begin(place);
    set(place, ROOM, USER, STANDING_JOINED, 1);
    set(place, ROOM, OTHER, STANDING_JOINED, 1);
    set(place, "!other:x", OTHER, STANDING_JOINED, 1);
    assert_ok(room_members_begin(place->store, ROOM));
    set(place, ROOM, USER, STANDING_JOINED, 9);
    set(place, ROOM, "@c:x", STANDING_JOINED, 9);
    assert_ok(room_members_end(place->store, ROOM));
    commit(place);
    assert_member(place, USER, STANDING_JOINED, 1);
    assert_member(place, OTHER, 0, 0);
    assert_member(place, "@c:x", STANDING_JOINED, 9);
    assert_query(place, "select count(*) from room_member", "3");
}

static void room_remove__takes__its_members(void **state)
{
    struct place *place = *state;
    begin(place);
    assert_ok(room_put(place->store, ROOM, "x", 1, false));
    set(place, ROOM, USER, STANDING_JOINED, 1);
    set(place, "!other:x", USER, STANDING_JOINED, 1);
    assert_ok(room_remove(place->store, ROOM));
    assert_ok(room_remove(place->store, ROOM));
    commit(place);
    assert_query(place, "select count(*) from room_member", "1");
}

static void room_member__looks_different__in_every_room(void **state)
{
    struct place *place = *state;
    begin(place);
    set(place, ROOM, USER, STANDING_JOINED, 1);
    set(place, "!other:x", USER, STANDING_JOINED, 1);
    assert_ok(dm_put(place->store, USER, "!dm:x"));
    commit(place);
    assert_query(place, "select count(distinct user) from room_member", "2");
    assert_query(place,
                 "select count(*) from dm join room_member on dm.user = room_member.user",
                 "0");
}

static void dm__is_found__from_both_sides(void **state)
{
    struct place *place = *state;
    struct store *store = place->store;
    char *text = NULL;
    begin(place);
    assert_ok(dm_put(store, USER, "!first:x"));
    assert_ok(dm_put(store, USER, "!second:x"));
    commit(place);
    assert_ok(dm_get(store, USER, &text));
    assert_string_equal(text, "!second:x");
    free(text);
    assert_ok(dm_user(store, "!second:x", &text));
    assert_string_equal(text, USER);
    free(text);
    assert_int_equal(dm_user(store, "!first:x", &text), ST_NOT_FOUND);
    assert_false(folder_has_text(place->data, "!second:x"));
    begin(place);
    assert_ok(dm_put(store, OTHER, "!second:x")); /* a room is one person's DM */
    assert_int_equal(dm_get(store, USER, &text), ST_NOT_FOUND);
    assert_ok(dm_remove(store, OTHER));
    assert_ok(dm_remove(store, OTHER));
    commit(place);
    assert_int_equal(dm_user(store, "!second:x", &text), ST_NOT_FOUND);
}

static void store_room_tag__is__short_and_stable(void **state)
{
    struct place *place = *state;
    char first[13], again[13], other[13];
    store_room_tag(place->store, ROOM, first);
    store_room_tag(place->store, "!other:x", other);
    reopen_store(place);
    store_room_tag(place->store, ROOM, again);
    assert_int_equal(strlen(first), 12);
    assert_int_equal(strspn(first, "0123456789abcdef"), 12);
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, make_store, remove_place)
        IN_STORE(room_each__visits__every_room),
        IN_STORE(room_each__leaves_out__quiet_rooms),
        IN_STORE(room_put__takes__up_to_the_maximum),
        IN_STORE(room_member_set__keeps__the_day_of_the_join),
        IN_STORE(room_member_count__tells__joined_from_invited),
        IN_STORE(room_members_end__drops__who_was_not_set_again),
        IN_STORE(room_remove__takes__its_members),
        IN_STORE(room_member__looks_different__in_every_room),
        IN_STORE(dm__is_found__from_both_sides),
        IN_STORE(store_room_tag__is__short_and_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
