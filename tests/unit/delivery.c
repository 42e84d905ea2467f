/* delivery.c - what once lost, doubled or blocked something between the wire and
 * the outbox, on the whole bot in memory.
 */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/link.h"
#include "bot/matrix/path.h"
#include "bot/rooms.h"
#include "store/internal.h"
#include "tests/world.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOON 1804248000000 /* 2027-03-05 12:00 UTC, a Friday */
#define SECOND 1000
#define MINUTE 60000
#define HOUR (60 * MINUTE)

struct group {
    struct world *world;
    struct person *alice;
    char *room;
};

static struct group begin_with(const char *config)
{
    struct group group = {.world = world_new(config, NOON)};
    group.alice = world_person(group.world, "alice");
    world_join(group.world, group.alice, "#support");
    group.room = world_room_id(group.world, "#support");
    return group;
}

static struct group begin(void)
{
    struct group group = begin_with(NULL);
    world_start(group.world);
    return group;
}

static void end(struct group *group)
{
    world_free(group->world);
    free(group->room);
}

static char *ask(struct group *group, const char *room, const char *text)
{
    return mem_dup(world_say(group->world, group->alice, room, text));
}

static void wait_ms(struct group *group, int64_t ms)
{
    world_advance(group->world, group->world->now_ms + ms);
}

static void add_fault(struct group *group, enum hs_fault_kind kind, const char *method,
                      const char *path_part, int status, int times)
{
    struct hs_fault fault = {.kind = kind,
                             .method = method,
                             .path_part = path_part,
                             .user_id = group->world->bot_id,
                             .status = status,
                             .delay_ms = 10 * SECOND,
                             .retry_after_ms = status == 429 ? INT64_C(300000000000) : -1,
                             .times = times};
    hs_fault_add(group->world->hs, &fault);
}

static void mod_does(struct group *group, const char *room_id, const char *what,
                     const char *body)
{
    char *room = path_encode(room_id), path[600];
    int status = 0;
    snprintf(path, sizeof path, "/_matrix/client/v3/rooms/%s/%s", room, what);
    free(world_request(group->world, world_person(group->world, "mod")->token,
                       strncmp(what, "state/", 6) == 0 ? "PUT" : "POST", path, NULL, body,
                       &status));
    assert_int_equal(status, 200);
    free(room);
}

static void mod_on_bot(struct group *group, const char *room_id, const char *what)
{
    char body[200];
    snprintf(body, sizeof body, "{\"user_id\":\"%s\"}", group->world->bot_id);
    mod_does(group, room_id, what, body);
}

static char *create_room(struct group *group, struct person *person, const char *body)
{
    int status = 0;
    char *answer = world_request(group->world, person->token, "POST",
                                 "/_matrix/client/v3/createRoom", NULL, body, &status);
    char *start = strstr(answer, "\"room_id\":\"");
    assert_non_null(start);
    start += strlen("\"room_id\":\"");
    char *room_id = mem_dup_len(start, strcspn(start, "\""));
    free(answer);
    return room_id;
}

static void run_sql(struct group *group, const char *sql)
{
    assert_int_equal(sqlite3_exec(group->world->store->db, sql, NULL, NULL, NULL),
                     SQLITE_OK);
}

/* --- updates that must not come again for ever ---------------------------- */

static void take_part(struct group *group, struct person *person)
{
    const char *dm = world_dm(group->world, person);
    world_say(group->world, person, dm, "checkin on");
    world_run(group->world);
    world_say(group->world, person, dm, "yes");
    world_run(group->world);
}

static void update__goes_on__behind_a_person_whose_row_is_broken(void **state)
{
    (void)state;
    struct group group = begin();
    take_part(&group, group.alice);
    run_sql(&group, "update member set facts = zeroblob(length(facts))");
    world_say(group.world, group.alice, group.alice->dm_room, "stop");
    wait_ms(&group, MINUTE);
    char *question = ask(&group, group.room, "!ping");
    wait_ms(&group, MINUTE);
    assert_int_equal(world_answers_to(group.world, question), 1);
    free(question);
    end(&group);
}

/* --- rows and rooms that vanish ------------------------------------------- */

static void flight__ends_quietly__when_its_row_is_gone(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_SLOW, "PUT", "/send/m.room.message", 0, -1);
    char *question = ask(&group, group.room, "!ping");
    world_run(group.world);
    mod_on_bot(&group, group.room, "kick"); /* the room's rows are dropped */
    world_run(group.world);
    group.world->is_cut = true; /* and the request under way is lost */
    wait_ms(&group, MINUTE);
    assert_int_equal(group.world->bot->state, BOT_RUNNING);
    free(question);
    end(&group);
}

#define BURST 150

static void leave_a_gap(struct group *group, struct person *joiner)
{
    world_stop(group->world);
    if (joiner != NULL)
        world_join(group->world, joiner, "#support");
    for (int i = 0; i < BURST; i++)
        free(ask(group, group->room, "hello all"));
    add_fault(group, HS_FAULT_STATUS, "GET", "/messages", 502, 3);
}

static void gap__of_a_room_that_was_left__does_not_bring_it_back(void **state)
{
    (void)state;
    struct group group = begin();
    leave_a_gap(&group, NULL);
    world_start(group.world);
    mod_on_bot(&group, group.room, "kick");
    wait_ms(&group, 10 * MINUTE);
    struct room *room = rooms_find(group.world->bot->rooms, group.room);
    assert_non_null(room);
    assert_int_equal(room->membership, MEMBERSHIP_LEAVE);
    end(&group);
}

static void gap__filled_late__does_not_bring_old_state_back(void **state)
{
    (void)state;
    struct group group = begin();
    struct person *bob = world_person(group.world, "bob");
    leave_a_gap(&group, bob);
    char *room = path_encode(group.room), path[600];
    snprintf(path, sizeof path, "/_matrix/client/v3/rooms/%s/leave", room);
    free(world_request(group.world, bob->token, "POST", path, NULL, "{}", NULL));
    world_start(group.world);
    wait_ms(&group, 9 * MINUTE);
    int32_t since_day = 0;
    assert_false(rooms_is_member(group.world->bot->rooms,
                                 &group.world->settings->groups[0], bob->user_id,
                                 &since_day));
    free(room);
    end(&group);
}

/* --- a store that refuses once -------------------------------------------- */

static void update__is_whole__when_the_store_refused_it_at_first(void **state)
{
    (void)state;
    struct group group = begin();
    run_sql(&group, "create temp trigger refuse before insert on seen"
                    " begin select raise(abort, 'no'); end");
    const char *dm = world_dm(group.world, group.alice); /* the join fails half-way */
    wait_ms(&group, 20 * SECOND);
    run_sql(&group, "drop trigger refuse");
    wait_ms(&group, 20 * SECOND);
    char *question = ask(&group, dm, "ping");
    world_run(group.world);
    assert_int_equal(world_answers_to(group.world, question), 1);
    free(question);
    end(&group);
}

static void history__of_an_older_database__is_no_twin(void **state)
{
    (void)state;
    struct group group = begin();
    free(ask(&group, group.room, "!ping"));
    world_run(group.world);
    mod_on_bot(&group, group.room, "kick");
    wait_ms(&group, MINUTE);
    world_stop(group.world);
    char *data = file_join(group.world->folder, "data");
    file_remove_tree(data);
    free(data);
    world_start(group.world); /* joins again and sees what it said before */
    wait_ms(&group, MINUTE);
    assert_int_equal(group.world->bot->state, BOT_RUNNING);
    end(&group);
}

/* --- direct chats ---------------------------------------------------------- */

static void dm__the_second_of_two__leaves_the_first_open(void **state)
{
    (void)state;
    struct group group = begin();
    const char *first = world_dm(group.world, group.alice);
    char body[300];
    snprintf(
        body, sizeof body,
        "{\"is_direct\":true,\"preset\":\"trusted_private_chat\",\"invite\":[\"%s\"]}",
        group.world->bot_id);
    char *second = create_room(&group, group.alice, body);
    world_run(group.world);
    const char *rooms[] = {first, second, first};
    for (size_t i = 0; i < 3; i++) {
        char *question = ask(&group, rooms[i], "ping");
        world_run(group.world);
        assert_int_equal(world_answers_to(group.world, question), 1);
        free(question);
    }
    free(second);
    end(&group);
}

/* --- edits ------------------------------------------------------------------ */

static void edit_message(struct group *group, const char *target, const char *text)
{
    char content[600];
    snprintf(content, sizeof content,
             "{\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.new_content\":{\"msgtype\":"
             "\"m.text\",\"body\":\"%s\"},\"m.relates_to\":{\"rel_type\":\"m.replace\","
             "\"event_id\":\"%s\"}}",
             text, target);
    world_send(group->world, group->alice, group->room, "m.room.message", content);
}

static void edit__that_comes_before_its_message__makes_one_answer(void **state)
{
    (void)state;
    struct group group = begin();
    world_stop(group.world);
    char *question = ask(&group, group.room, "!ping");
    edit_message(&group, question, "!help");
    add_fault(&group, HS_FAULT_REORDER, NULL, NULL, 0, 1);
    world_start(group.world);
    wait_ms(&group, MINUTE);
    assert_int_equal(world_answers_to(group.world, question), 1);
    free(question);
    end(&group);
}

static void edit__into_a_private_command__says_it_in_private(void **state)
{
    (void)state;
    struct group group = begin();
    const char *dm = world_dm(group.world, group.alice);
    char *question = ask(&group, group.room, "!ping");
    world_run(group.world);
    while (world_next(group.world, dm) != NULL)
        continue;
    edit_message(&group, question, "!my data");
    world_run(group.world);
    assert_non_null(world_next(group.world, dm));
    free(question);
    end(&group);
}

/* --- waiting ---------------------------------------------------------------- */

static void pause__that_a_server_asks_for__has_an_end(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_STATUS, "PUT", "/send/m.room.message", 429, 1);
    char *question = ask(&group, group.room, "!ping");
    wait_ms(&group, 2 * HOUR);
    assert_int_equal(world_answers_to(group.world, question), 1);
    free(question);
    add_fault(&group, HS_FAULT_STATUS, "GET", "/sync", 429, 1);
    question = ask(&group, group.room, "!ping");
    wait_ms(&group, 2 * HOUR);
    assert_int_equal(world_answers_to(group.world, question), 1);
    free(question);
    end(&group);
}

static void websocket__that_is_demanded_and_refused__is_tried_at_a_pace(void **state)
{
    (void)state;
    struct group group = begin_with("[matrix]\ntransport = stream\n");
    group.world->stream.mode = STREAM_REFUSED;
    world_start(group.world);
    wait_ms(&group, 10 * MINUTE);
    group.world->stream.mode = STREAM_WORKS;
    wait_ms(&group, 2 * MINUTE);
    assert_string_equal(link_name(group.world->bot->link), "stream");
    end(&group);
}

#define PEOPLE 40

/* What somebody waits for goes before what nobody asked for just now. */
static void answer__goes_before__prompts_that_were_queued_first(void **state)
{
    (void)state;
    struct group group = begin();
    for (int i = 0; i < PEOPLE; i++) {
        char name[20];
        snprintf(name, sizeof name, "p%d", i);
        struct person *person = world_person(group.world, name);
        world_join(group.world, person, "#support");
        world_run(group.world);
        take_part(&group, person);
    }
    add_fault(&group, HS_FAULT_SLOW, "PUT", "/send/m.room.message", 0, -1);
    char *text = NULL;
    assert_int_equal(
        store_query_text(group.world->store, "select min(due) from member", &text),
        ST_OK);
    int64_t due_ms = strtoll(text, NULL, 10);
    free(text);
    world_advance(group.world, due_ms + SECOND);
    char *question = ask(&group, group.room, "!ping");
    world_advance(group.world, due_ms + 25 * SECOND);
    assert_int_equal(world_answers_to(group.world, question), 1);
    free(question);
    end(&group);
}

/* --- names ------------------------------------------------------------------ */

static void alias__that_moved__means_the_new_room(void **state)
{
    (void)state;
    struct group group = begin();
    struct person *mod = world_person(group.world, "mod");
    const char *path = "/_matrix/client/v3/directory/room/%23support%3Ahearth.test";
    mod_on_bot(&group, group.room, "kick");
    world_run(group.world);
    free(world_request(group.world, mod->token, "DELETE", path, NULL, "", NULL));
    char *next = create_room(
        &group, mod, "{\"preset\":\"public_chat\",\"room_alias_name\":\"support\"}");
    world_join(group.world, group.alice, next);
    world_stop(group.world);
    world_start(group.world);
    wait_ms(&group, MINUTE);
    int32_t since_day = 0;
    assert_true(rooms_is_member(group.world->bot->rooms,
                                &group.world->settings->groups[0], group.alice->user_id,
                                &since_day));
    free(next);
    end(&group);
}

static void upgrade__whose_tombstone_comes_last__is_followed(void **state)
{
    (void)state;
    struct group group = begin();
    char body[600];
    snprintf(body, sizeof body,
             "{\"preset\":\"public_chat\",\"invite\":[\"%s\"],\"creation_content\":"
             "{\"predecessor\":{\"room_id\":\"%s\"}}}",
             group.world->bot_id, group.room);
    char *next = create_room(&group, world_person(group.world, "mod"), body);
    wait_ms(&group, MINUTE);
    snprintf(body, sizeof body, "{\"body\":\"moved\",\"replacement_room\":\"%s\"}", next);
    mod_does(&group, group.room, "state/m.room.tombstone/", body);
    wait_ms(&group, MINUTE);
    struct room *room = rooms_by_name(group.world->bot->rooms, "#support:hearth.test");
    assert_non_null(room);
    assert_string_equal(room->room_id, next);
    free(next);
    end(&group);
}

/* --- who, and when ----------------------------------------------------------- */

static void edit__by_someone_else__is_no_question_of_the_author(void **state)
{
    (void)state;
    struct group group = begin();
    struct person *alice = group.alice;
    char *message = ask(&group, group.room, "hello all");
    world_run(group.world);
    group.alice = world_person(group.world, "bob");
    world_join(group.world, group.alice, "#support");
    edit_message(&group, message, "!ping");
    world_run(group.world);
    int by_bob = world_answers_to(group.world, message);
    group.alice = alice;
    edit_message(&group, message, "!help");
    world_run(group.world);
    assert_int_equal(by_bob, 0);
    free(message);
    end(&group);
}

static void join__that_claims_to_be_from_1970__is_from_today(void **state)
{
    (void)state;
    struct group group = begin();
    struct person *bob = world_person(group.world, "bob");
    int64_t now_ms = group.world->now_ms;
    group.world->now_ms = 40 * 24 * (int64_t)HOUR;
    world_join(group.world, bob, "#support");
    group.world->now_ms = now_ms;
    wait_ms(&group, MINUTE);
    int32_t since = -1;
    assert_true(rooms_is_member(group.world->bot->rooms,
                                &group.world->settings->groups[0], bob->user_id, &since));
    assert_int_equal(since, NOON / (24 * (int64_t)HOUR));
    end(&group);
}

static void retry__planned_by_a_clock_that_went_back__is_not_held(void **state)
{
    (void)state;
    struct group group = begin_with(NULL);
    group.world->skew_ms = 3 * 24 * (int64_t)HOUR;
    world_start(group.world);
    add_fault(&group, HS_FAULT_STATUS, "PUT", "/send/m.room.message", 502, 1);
    char *q = ask(&group, group.room, "!ping");
    world_run(group.world);
    group.world->skew_ms = 0;
    wait_ms(&group, 2 * HOUR);
    assert_int_equal(world_answers_to(group.world, q), 1);
    free(q);
    end(&group);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(update__goes_on__behind_a_person_whose_row_is_broken),
        cmocka_unit_test(flight__ends_quietly__when_its_row_is_gone),
        cmocka_unit_test(gap__of_a_room_that_was_left__does_not_bring_it_back),
        cmocka_unit_test(gap__filled_late__does_not_bring_old_state_back),
        cmocka_unit_test(update__is_whole__when_the_store_refused_it_at_first),
        cmocka_unit_test(history__of_an_older_database__is_no_twin),
        cmocka_unit_test(dm__the_second_of_two__leaves_the_first_open),
        cmocka_unit_test(edit__that_comes_before_its_message__makes_one_answer),
        cmocka_unit_test(edit__into_a_private_command__says_it_in_private),
        cmocka_unit_test(pause__that_a_server_asks_for__has_an_end),
        cmocka_unit_test(answer__goes_before__prompts_that_were_queued_first),
        cmocka_unit_test(alias__that_moved__means_the_new_room),
        cmocka_unit_test(upgrade__whose_tombstone_comes_last__is_followed),
        cmocka_unit_test(websocket__that_is_demanded_and_refused__is_tried_at_a_pace),
        cmocka_unit_test(edit__by_someone_else__is_no_question_of_the_author),
        cmocka_unit_test(join__that_claims_to_be_from_1970__is_from_today),
        cmocka_unit_test(retry__planned_by_a_clock_that_went_back__is_not_held),
    };
    if (getenv("HEARTH_TEST_LOG") == NULL)
        world_mute_log();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
