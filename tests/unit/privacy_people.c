/* privacy_people.c - what the bot promises about people, seen by those who sit in the
 * rooms with them: who takes part, what they answered, and that it ends.
 */
#include "tests/unit/privacy.h"

/* One prompt a local day, over the night the clocks change, with a restart every
 * hour and a traveller's zone changes. */
static void prompts__come_once_a_local_day__whatever_restarts(void **state)
{
    static const char *const zones[] = {"checkin on 20:00 tokyo", "checkin on 20:00 utc",
                                        "checkin on 20:00 new york",
                                        "checkin on 20:00 london"};
    (void)state;
    struct world *world = begin(NULL, 1);
    struct person *alice = world_person(world, names[0]);
    tell(world, alice, "checkin on 20:00 london");
    world_advance(world, NOON + 21 * DAY); /* Friday; the change is on Sunday 01:00 */
    tell(world, alice, "resume");
    size_t before = count_said(world, alice->dm_room, "is ready");
    for (int hour = 1; hour <= 4 * 24; hour++) {
        world_crash(world);
        world_advance(world, world->now_ms + 10 * MINUTE);
        world_start(world);
        world_advance(world, NOON + 21 * DAY + hour * HOUR);
        tell(world, alice, "skip"); /* heard of: the check-in does not rest */
        if (hour > 48 && hour % 6 == 0)
            tell(world, alice, zones[hour / 6 % 4]);
    }
    tell(world, alice, zones[3]);
    size_t asked = count_said(world, alice->dm_room, "is ready") - before;
    assert_in_range(asked, 4, 5); /* five local days were touched at most */
    assert_int_equal(number(world, "select count(*) from prompted where day >= 20903"),
                     asked);
    world_free(world);
}

static char *count_rows(struct world *world)
{
    static const char *const tables[] = {"member", "prompted", "dialogue",   "pending",
                                         "outbox", "departed", "gap",        "intent",
                                         "dm",     "room",     "room_member"};
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "select count(*) from %s", tables[i]);
        buf_addf(&out, "%s %d\n", tables[i], (int)number(world, sql));
    }
    return buf_take(&out);
}

/* T8, whole: once the door is closed every table is as if the person had never
 * written (event hashes of handled messages stay, they are nobody's). */
static void T8__forget_me__leaves_no_row_in_any_table(void **state)
{
    (void)state;
    struct world *world = world_new(NULL, NOON - 7 * DAY);
    struct person *alice = world_person(world, names[0]);
    world_join(world, alice, "#support");
    world_start(world);
    world_advance(world, NOON);
    char *before = count_rows(world);
    enrol(world, names[0]);
    world_advance(world, NOON + 10 * HOUR);
    tell(world, alice, ANSWER);
    world_advance(world, NOON + 34 * HOUR);
    tell(world, alice, "go");
    tell(world, alice, "tell mods");
    tell(world, alice, "help now");
    tell(world, alice, "my data");
    tell(world, alice, "forget me");
    tell(world, alice, "yes");
    world_advance(world, world->now_ms + 2 * HOUR);
    char *after = count_rows(world);
    assert_string_equal(after, before);
    free(before);
    free(after);
    world_free(world);
}

/* Nobody is held who has left, also when the bot did not see it. */
static void leaving__unseen_in_a_gap__counts_as_stop(void **state)
{
    (void)state;
    struct world *world = begin(NULL, 2);
    struct person *alice = world_person(world, names[0]);
    struct person *ben = world_person(world, names[1]);
    char *room = world_room_id(world, "#support");
    world_stop(world);
    char *path = g_strdup_printf("/_matrix/client/v3/rooms/%s/leave", room);
    int status = 0;
    free(world_request(world, alice->token, "POST", path, NULL, "{}", &status));
    assert_int_equal(status, 200);
    for (int i = 0; i < 300; i++)
        world_say(world, ben, room, "talk");
    world_start(world);
    world_advance(world, NOON + 3 * DAY);
    assert_false(was_said(world, alice->dm_room, "is ready"));
    assert_true(was_said(world, ben->dm_room, "is ready"));
    assert_int_equal(number(world, "select count(*) from member"), 1);
    g_free(path);
    free(room);
    world_free(world);
}

/* What the room hears when `person` calls `text`, in one string. */
static char *hear(struct world *world, struct person *person, const char *room,
                  const char *text)
{
    struct buf out;
    size_t from = world->said_count;
    buf_init(&out, 65536);
    world_say(world, person, room, text);
    world_run(world);
    for (size_t i = from; i < world->said_count; i++) {
        const struct said *said = &world->said[i];
        if (strcmp(said->room_id, room) == 0)
            buf_addf(&out, "%d %s %s|", (int)said->kind, said->msgtype, said->body);
    }
    return buf_take(&out);
}

/* Enrolled, only known by a DM, or never heard of: the room hears the same. */
static void a_room__hears_the_same__whether_its_member_takes_part_or_not(void **state)
{
    static const char *const calls[] = {
        "!checkin",   "!checkin on", "!checkin off", "!stop",      "!stop keep",
        "!pause 2w",  "!resume",     "!my data",     "!forget me", "6 4 3 7 2",
        "!6 4 3 7 2", "!skip",       "!go",          "!yes"};
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        struct world *world = begin(NULL, 2);
        char *room = world_room_id(world, "#support");
        struct person *known = world_person(world, "kim");
        struct person *unknown = world_person(world, "lee");
        world_join(world, known, "#support");
        world_join(world, unknown, "#support");
        tell(world, known, "ping");
        world_advance(world, NOON + 10 * HOUR); /* a check-in is open */
        char *mine = hear(world, world_person(world, names[0]), room, calls[i]);
        char *known_one = hear(world, known, room, calls[i]);
        char *unknown_one = hear(world, unknown, room, calls[i]);
        assert_string_equal(mine, known_one);
        assert_string_equal(mine, unknown_one);
        free(mine);
        free(known_one);
        free(unknown_one);
        free(room);
        world_free(world);
    }
}

static void invite(struct world *world, struct person *person, const char *room_id,
                   const char *name)
{
    char *path = g_strdup_printf("/_matrix/client/v3/rooms/%s/invite", room_id);
    char *body =
        g_strdup_printf("{\"user_id\":\"%s\"}", world_person(world, name)->user_id);
    int status = 0;
    free(world_request(world, person->token, "POST", path, NULL, body, &status));
    assert_int_equal(status, 200);
    world_run(world);
    g_free(path);
    g_free(body);
}

/* A third person in the DM reads nothing of its owner, however it is called. */
static void my_data__is_not_shown__where_a_third_person_reads(void **state)
{
    (void)state;
    struct world *world = begin(NULL, 2);
    struct person *alice = world_person(world, names[0]);
    char *room = world_room_id(world, "#support");
    char *dm = mem_dup(world_dm(world, alice));
    tell(world, alice, ANSWER);
    invite(world, alice, dm, "ben");
    world_say(world, alice, dm, "!my data");
    world_run(world);
    world_say(world, alice, room, "!my data");
    world_run(world);
    assert_false(was_said(world, dm, "Pain 6"));
    assert_true(was_said(world, alice->dm_room, "Pain 6")); /* in a new one */
    free(dm);
    free(room);
    world_free(world);
}

/* The same when the third person comes while the view waits to be sent. */
static void my_data__is_not_shown__to_who_came_while_it_waited(void **state)
{
    (void)state;
    struct world *world = begin(NULL, 2);
    struct person *alice = world_person(world, names[0]);
    char *dm = mem_dup(world_dm(world, alice));
    tell(world, alice, ANSWER);
    add_fault(world, 500, "/send/");
    tell(world, alice, "my data");
    invite(world, alice, dm, "ben");
    world_advance(world, world->now_ms + 10 * MINUTE);
    assert_false(was_said(world, dm, "Pain 6"));
    free(dm);
    world_free(world);
}

static void react(struct world *world, struct person *person, const char *event_id,
                  const char *key)
{
    char *content = g_strdup_printf("{\"m.relates_to\":{\"rel_type\":\"m.annotation\","
                                    "\"event_id\":\"%s\",\"key\":\"%s\"}}",
                                    event_id, key);
    world_send(world, person, person->dm_room, "m.reaction", content);
    world_run(world);
    g_free(content);
}

static const char *last_prompt(const struct world *world, const struct person *person)
{
    const char *event_id = NULL;
    for (size_t i = 0; i < world->said_count; i++)
        if (strcmp(world->said[i].room_id, person->dm_room) == 0 &&
            world->said[i].body != NULL && strstr(world->said[i].body, "is ready"))
            event_id = world->said[i].event_id;
    assert_non_null(event_id);
    return event_id;
}

/* T7: a reaction is never an answer; that is explained once. */
static void T7__a_reaction__is_no_answer_and_explained_once(void **state)
{
    (void)state;
    struct world *world = begin(NULL, 1);
    struct person *alice = world_person(world, names[0]);
    world_advance(world, NOON + 10 * HOUR);
    char *prompt = mem_dup(last_prompt(world, alice));
    size_t before = world->said_count;
    react(world, alice, prompt, "6");
    assert_int_equal(world->said_count, before + 1);
    react(world, alice, prompt, "7️⃣");
    react(world, alice, prompt, "🔟");
    assert_int_equal(world->said_count, before + 1);
    assert_int_equal(number(world, "select count(*) from pending"), 0);
    free(prompt);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prompts__come_once_a_local_day__whatever_restarts),
        cmocka_unit_test(T8__forget_me__leaves_no_row_in_any_table),
        cmocka_unit_test(leaving__unseen_in_a_gap__counts_as_stop),
        cmocka_unit_test(a_room__hears_the_same__whether_its_member_takes_part_or_not),
        cmocka_unit_test(my_data__is_not_shown__where_a_third_person_reads),
        cmocka_unit_test(my_data__is_not_shown__to_who_came_while_it_waited),
        cmocka_unit_test(T7__a_reaction__is_no_answer_and_explained_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
