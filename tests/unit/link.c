/* link.c - websocket and long polling change over without loss or doubling. */
#include "bot/base/mem.h"
#include "bot/link.h"
#include "tests/world.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOON 1804248000000 /* 2027-03-05 12:00 UTC */
#define MINUTE 60000

static struct world *begin(enum stream_mode mode, char **ret_room)
{
    struct world *world = world_new(NULL, NOON);
    world_join(world, world_person(world, "alice"), "#support");
    world->stream.mode = mode;
    *ret_room = world_room_id(world, "#support");
    world_start(world);
    return world;
}

static void link__answers_over_the_websocket__where_it_is_offered(void **state)
{
    (void)state;
    char *room = NULL;
    struct world *world = begin(STREAM_WORKS, &room);
    assert_string_equal(link_name(world->bot->link), "stream");
    const char *question = world_say(world, world_person(world, "alice"), room, "!ping");
    world_run(world);
    assert_int_equal(world_answers_to(world, question), 1);
    free(room);
    world_free(world);
}

static void link__polls__where_the_handshake_is_refused(void **state)
{
    (void)state;
    char *room = NULL;
    struct world *world = begin(STREAM_REFUSED, &room);
    assert_string_equal(link_name(world->bot->link), "sync");
    const char *question = world_say(world, world_person(world, "alice"), room, "!ping");
    world_run(world);
    assert_int_equal(world_answers_to(world, question), 1);
    free(room);
    world_free(world);
}

static void link__tries_the_websocket_again__after_a_pause(void **state)
{
    (void)state;
    char *room = NULL;
    struct world *world = begin(STREAM_REFUSED, &room);
    world->stream.mode = STREAM_WORKS;
    world_advance(world, world->now_ms + MINUTE);
    assert_string_equal(link_name(world->bot->link), "sync");
    world_advance(world, world->now_ms + 30 * MINUTE);
    assert_string_equal(link_name(world->bot->link), "stream");
    const char *question = world_say(world, world_person(world, "alice"), room, "!ping");
    world_run(world);
    assert_int_equal(world_answers_to(world, question), 1);
    free(room);
    world_free(world);
}

/* Twenty changes under a stream of questions: each is answered exactly once. */
static void link__loses_and_doubles_nothing__when_it_changes_over(void **state)
{
    (void)state;
    char *room = NULL, *questions[60];
    struct world *world = begin(STREAM_WORKS, &room);
    struct person *alice = world_person(world, "alice");
    static const enum stream_mode modes[] = {STREAM_CUT, STREAM_WORKS, STREAM_REFUSED};
    for (int i = 0; i < 60; i++) {
        questions[i] = mem_dup(world_say(world, alice, room, "!ping"));
        if (i % 3 == 0)
            world->stream.mode = modes[i / 3 % 3];
        world_advance(world, world->now_ms + (i % 7) * MINUTE);
    }
    world->stream.mode = STREAM_WORKS;
    world_advance(world, world->now_ms + 60 * MINUTE);
    assert_true(world->stream.opened > 3);
    for (int i = 0; i < 60; i++) {
        assert_int_equal(world_answers_to(world, questions[i]), 1);
        free(questions[i]);
    }
    free(room);
    world_free(world);
}

static void link__continues_after_an_outage__from_the_committed_token(void **state)
{
    (void)state;
    char *room = NULL;
    struct world *world = begin(STREAM_WORKS, &room);
    world->is_cut = true;
    world_advance(world, world->now_ms + 2 * MINUTE);
    char *question =
        mem_dup(world_say(world, world_person(world, "alice"), room, "!ping"));
    world_advance(world, world->now_ms + 5 * MINUTE);
    assert_int_equal(world_answers_to(world, question), 0);
    world->is_cut = false;
    world_advance(world, world->now_ms + 5 * MINUTE);
    assert_int_equal(world_answers_to(world, question), 1);
    free(question);
    free(room);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(link__answers_over_the_websocket__where_it_is_offered),
        cmocka_unit_test(link__polls__where_the_handshake_is_refused),
        cmocka_unit_test(link__tries_the_websocket_again__after_a_pause),
        cmocka_unit_test(link__loses_and_doubles_nothing__when_it_changes_over),
        cmocka_unit_test(link__continues_after_an_outage__from_the_committed_token),
    };
    world_mute_log();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
