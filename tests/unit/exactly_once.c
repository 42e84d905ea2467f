/* exactly_once.c - the rules of delivery, each by its number, on the whole bot
 * in memory. What a rule says stands with its test.
 */
#include "bot/attempt.h"
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/demo/hs_internal.h"
#include "bot/matrix/path.h"
#include "bot/matrix/message.h"
#include "bot/rooms.h"
#include "store/outbox.h"
#include "tests/world.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOON 1804248000000 /* 2027-03-05 12:00 UTC, a Friday */
#define MINUTE 60000
#define HOUR (60 * MINUTE)

struct group {
    struct world *world;
    struct person *alice;
    char *room;
};

static struct group begin(void)
{
    struct group group = {.world = world_new(NULL, NOON)};
    group.alice = world_person(group.world, "alice");
    world_join(group.world, group.alice, "#support");
    group.room = world_room_id(group.world, "#support");
    world_start(group.world);
    return group;
}

static void end(struct group *group)
{
    world_free(group->world);
    free(group->room);
}

static char *ask(struct group *group, const char *text)
{
    return mem_dup(world_say(group->world, group->alice, group->room, text));
}

static int count_of(const struct world *world, enum said_kind kind, const char *target)
{
    int count = 0;
    for (size_t i = 0; i < world->said_count; i++)
        count += world->said[i].kind == kind && world->said[i].target != NULL &&
                 strcmp(world->said[i].target, target) == 0;
    return count;
}

static void add_fault(struct group *group, enum hs_fault_kind kind, const char *method,
                      const char *path_part, int status, int times)
{
    struct hs_fault fault = {.kind = kind,
                             .method = method,
                             .path_part = path_part,
                             .user_id = group->world->bot_id,
                             .status = status,
                             .retry_after_ms = status == 429 ? 3000 : -1,
                             .times = times};
    hs_fault_add(group->world->hs, &fault);
}

static char *value_of(struct world *world, const char *sql)
{
    char *text = NULL;
    assert_int_equal(store_query_text(world->store, sql, &text), ST_OK);
    return text;
}

static void assert_outbox_empty(struct world *world)
{
    char *text = value_of(world, "select count(*) from outbox");
    assert_string_equal(text, "0");
    free(text);
}

/* E1: every effect is a row with a transaction id of its own; gone when done. */
static void E1__send_and_redact__never_share_a_transaction_id(void **state)
{
    (void)state;
    struct group group = begin();
    char *question = ask(&group, "!ping");
    world_run(group.world);
    assert_int_equal(world_answers_to(group.world, question), 1);
    char *answer = mem_dup(world_answer_to(group.world, question)->event_id);
    world_redact(group.world, group.alice, group.room, question);
    world_run(group.world);
    assert_int_equal(count_of(group.world, SAID_REDACTION, answer), 1);
    assert_outbox_empty(group.world);
    free(question);
    free(answer);
    end(&group);
}

/* E2: the server acted, its answer and its memory of the id were lost, and the
 * process died: the row is acknowledged by its own echo. */
static void E2__lost_answer_and_crash__one_visible_answer(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_LOSE_ANSWER, "PUT", "/send/m.room.message", 0, 1);
    char *question = ask(&group, "!ping");
    world_run(group.world);
    world_crash(group.world);
    add_fault(&group, HS_FAULT_FORGET_TXNS, NULL, NULL, 0, -1);
    world_start(group.world);
    world_advance(group.world, group.world->now_ms + 10 * MINUTE);
    assert_int_equal(world_answers_to(group.world, question), 1);
    assert_outbox_empty(group.world);
    free(question);
    end(&group);
}

/* E2: the same without a crash, long after the server forgot the id: the row is
 * looked for in the room before it is tried again. */
static void E2__doubtful_row__is_looked_for_first(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_LOSE_ANSWER, "PUT", "/send/m.room.message", 0, 1);
    add_fault(&group, HS_FAULT_FORGET_TXNS, NULL, NULL, 0, -1);
    char *question = ask(&group, "!ping");
    world_run(group.world);
    group.world->is_cut = true;
    world_advance(group.world, group.world->now_ms + 20 * MINUTE);
    group.world->is_cut = false;
    world_advance(group.world, group.world->now_ms + 20 * MINUTE);
    assert_int_equal(world_answers_to(group.world, question), 1);
    assert_outbox_empty(group.world);
    free(question);
    end(&group);
}

/* E4: after five hours away a question is stale, a wish to stop never is. */
static void E4__long_outage__questions_go_stale_and_stop_never(void **state)
{
    (void)state;
    struct group group = begin();
    const char *dm = world_dm(group.world, group.alice);
    world_run(group.world);
    world_say(group.world, group.alice, dm, "checkin on");
    world_run(group.world);
    world_say(group.world, group.alice, dm, "yes");
    world_run(group.world);
    char *rows = value_of(group.world, "select count(*) from member");
    assert_string_equal(rows, "1");
    free(rows);
    world_stop(group.world);
    char *question = ask(&group, "!ping");
    world_say(group.world, group.alice, dm, "stop");
    group.world->now_ms += 5 * HOUR;
    world_start(group.world);
    rows = value_of(group.world, "select count(*) from member");
    assert_string_equal(rows, "0");
    assert_int_equal(world_answers_to(group.world, question), 0);
    free(rows);
    free(question);
    end(&group);
}

static void edit(struct group *group, const char *question, const char *text)
{
    char content[600];
    snprintf(content, sizeof content,
             "{\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.new_content\":{\"msgtype\":"
             "\"m.text\",\"body\":\"%s\"},\"m.relates_to\":{\"rel_type\":\"m.replace\","
             "\"event_id\":\"%s\"}}",
             text, question);
    world_send(group->world, group->alice, group->room, "m.room.message", content);
}

/* E5: an edit of the question edits the answer, before and after it was sent. */
static void E5__edited_question__has_one_edited_answer(void **state)
{
    (void)state;
    struct group group = begin();
    char *question = ask(&group, "!ping");
    world_run(group.world);
    edit(&group, question, "!help");
    world_run(group.world);
    const char *answer = world_answer_to(group.world, question)->event_id;
    assert_int_equal(world_answers_to(group.world, question), 1);
    assert_int_equal(count_of(group.world, SAID_EDIT, answer), 1);
    free(question);
    end(&group);
}

static void E5__edit_while_the_answer_is_under_way__waits_for_its_event(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_STATUS, "PUT", "/send/m.room.message", 502, 1);
    char *question = ask(&group, "!ping");
    world_run(group.world); /* tried once, refused by a proxy */
    edit(&group, question, "!help");
    world_run(group.world);
    world_advance(group.world, group.world->now_ms + 5 * MINUTE);
    assert_int_equal(world_answers_to(group.world, question), 1);
    const char *answer = world_answer_to(group.world, question)->event_id;
    assert_int_equal(count_of(group.world, SAID_EDIT, answer), 1);
    assert_outbox_empty(group.world);
    free(question);
    end(&group);
}

static void E5__someone_elses_edit__changes_nothing(void **state)
{
    (void)state;
    struct group group = begin();
    char *question = ask(&group, "!ping");
    world_run(group.world);
    group.alice = world_person(group.world, "bob");
    world_join(group.world, group.alice, "#support");
    edit(&group, question, "!help");
    world_run(group.world);
    const char *answer = world_answer_to(group.world, question)->event_id;
    assert_int_equal(count_of(group.world, SAID_EDIT, answer), 0);
    free(question);
    end(&group);
}

static void E5__redacted_before_it_was_seen__no_reply(void **state)
{
    (void)state;
    struct group group = begin();
    world_stop(group.world);
    char *question = ask(&group, "!ping");
    world_redact(group.world, group.alice, group.room, question);
    world_start(group.world);
    assert_int_equal(world_answers_to(group.world, question), 0);
    free(question);
    end(&group);
}

#define BURST 250

static void ask_many(struct group *group, char *questions[BURST])
{
    for (int i = 0; i < BURST; i++)
        questions[i] = ask(group, "!ping");
}

static void assert_all_answered(struct group *group, char *questions[BURST])
{
    int last = -1;
    for (int i = 0; i < BURST; i++) {
        assert_int_equal(world_answers_to(group->world, questions[i]), 1);
        int at = (int)(world_answer_to(group->world, questions[i]) - group->world->said);
        assert_true(at > last);
        last = at;
        free(questions[i]);
    }
    assert_outbox_empty(group->world);
}

/* E6: more was said than one update holds: the gap is fetched, in order. */
static void E6__limited_timeline__every_question_answered_in_order(void **state)
{
    (void)state;
    struct group group = begin();
    char *questions[BURST];
    world_stop(group.world);
    ask_many(&group, questions);
    world_start(group.world);
    world_advance(group.world, group.world->now_ms + 30 * MINUTE);
    assert_all_answered(&group, questions);
    end(&group);
}

/* E6: the gap cannot be fetched at first: it is committed with the token. */
static void E6__gap_that_cannot_be_fetched__is_retried_after_a_restart(void **state)
{
    (void)state;
    struct group group = begin();
    char *questions[BURST];
    world_stop(group.world);
    ask_many(&group, questions);
    add_fault(&group, HS_FAULT_STATUS, "GET", "/messages", 502, 3);
    world_start(group.world);
    world_stop(group.world);
    world_start(group.world);
    world_advance(group.world, group.world->now_ms + 30 * MINUTE);
    for (int i = 0; i < BURST; i++) {
        assert_int_equal(world_answers_to(group.world, questions[i]), 1);
        free(questions[i]);
    }
    char *gaps = value_of(group.world, "select count(*) from gap");
    assert_string_equal(gaps, "0");
    free(gaps);
    end(&group);
}

/* E6: what was said while the bot was out of the room is not answered. */
static void E6__kick_and_return__nothing_across_the_join(void **state)
{
    (void)state;
    struct group group = begin();
    struct person *mod = world_person(group.world, "mod");
    char body[200], *room = path_encode(group.room), path[600];
    snprintf(path, sizeof path, "/_matrix/client/v3/rooms/%s/kick", room);
    snprintf(body, sizeof body, "{\"user_id\":\"%s\"}", group.world->bot_id);
    free(world_request(group.world, mod->token, "POST", path, NULL, body, NULL));
    world_run(group.world);
    char *meanwhile = ask(&group, "!ping");
    world_stop(group.world);
    world_start(group.world); /* rejoins the configured room */
    world_advance(group.world, group.world->now_ms + MINUTE);
    char *later = ask(&group, "!ping");
    world_run(group.world);
    assert_int_equal(world_answers_to(group.world, meanwhile), 0);
    assert_int_equal(world_answers_to(group.world, later), 1);
    free(meanwhile);
    free(later);
    free(room);
    end(&group);
}

/* E7: the answer to createRoom is lost: the room is found by its nonce. */
static void E7__lost_create_answer__one_dm(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_LOSE_ANSWER, "POST", "/createRoom", 0, 1);
    free(ask(&group, "!checkin on"));
    world_run(group.world);
    world_advance(group.world, group.world->now_ms + 10 * MINUTE);
    char *rooms = value_of(group.world, "select count(*) from dm");
    assert_string_equal(rooms, "1");
    assert_non_null(group.alice->dm_room);
    int direct = 0;
    for (size_t i = 0; i < group.world->bot->rooms->count; i++)
        direct += group.world->bot->rooms->items[i]->is_direct;
    assert_int_equal(direct, 1);
    assert_non_null(world_next(group.world, group.alice->dm_room));
    assert_outbox_empty(group.world);
    free(rooms);
    end(&group);
}

/* E8: one process. */
/* The bot's messages with a file, as alice's client sees them; `ret_url` of the last. */
static int files_in(struct group *group, const char *room, char **ret_url)
{
    char *encoded = path_encode(room), path[600];
    snprintf(path, sizeof path, "/_matrix/client/v3/rooms/%s/messages", encoded);
    char *page = world_request(group->world, group->alice->token, "GET", path,
                               "dir=b&limit=100", NULL, NULL);
    int count = 0;
    for (const char *at = page; (at = strstr(at, "\"m.file\"")) != NULL; at++)
        count++;
    const char *url = strstr(page, "mxc://");
    *ret_url = url ? mem_dup_len(url, strcspn(url, "\"")) : NULL;
    free(page);
    free(encoded);
    return count;
}

/* Whichever answer on a file's way is lost, and the process with it: one message,
 * whose file holds its bytes, and no more ids than need be. */
static void lose_on_the_way(const char *method, const char *path_part,
                            enum hs_fault_kind kind, unsigned ids)
{
    struct group group = begin();
    const char *dm = world_dm(group.world, group.alice);
    world_run(group.world);
    world_say(group.world, group.alice, dm, "my data file");
    world_run(group.world);
    add_fault(&group, kind, method, path_part, 502, 1);
    world_say(group.world, group.alice, dm, "yes");
    world_run(group.world);
    world_crash(group.world);
    world_start(group.world);
    world_advance(group.world, group.world->now_ms + 10 * MINUTE);
    char *url = NULL, path[600];
    int status = 0;
    assert_int_equal(files_in(&group, dm, &url), 1);
    assert_non_null(url);
    snprintf(path, sizeof path, "/_matrix/client/v1/media/download/%s", url + 6);
    char *file =
        world_request(group.world, group.alice->token, "GET", path, NULL, NULL, &status);
    assert_int_equal(status, 200);
    assert_non_null(strstr(file, "\"open_weeks\""));
    assert_int_equal(group.world->hs->media.length, ids);
    assert_outbox_empty(group.world);
    free(file);
    free(url);
    end(&group);
}

/* E7: an id is made and committed, then filled, then the message leaves. */
static void E7__lost_upload_answers__one_file_that_holds_its_bytes(void **state)
{
    (void)state;
    lose_on_the_way("POST", "/media/v1/create", HS_FAULT_STATUS, 1);
    lose_on_the_way("POST", "/media/v1/create", HS_FAULT_LOSE_ANSWER, 2); /* a stray */
    lose_on_the_way("PUT", "/media/v3/upload", HS_FAULT_STATUS, 1);
    lose_on_the_way("PUT", "/media/v3/upload", HS_FAULT_LOSE_ANSWER, 1);
    lose_on_the_way("PUT", "/send/m.room.message", HS_FAULT_STATUS, 1);
    lose_on_the_way("PUT", "/send/m.room.message", HS_FAULT_LOSE_ANSWER, 1);
}

/* E7: while the file waits, its row holds the request and the id, no content. */
static void E7__row_of_a_file__holds_nothing_of_it(void **state)
{
    (void)state;
    struct group group = begin();
    struct outbox_list rows = {0};
    struct payload payload;
    const char *dm = world_dm(group.world, group.alice);
    world_run(group.world);
    world_say(group.world, group.alice, dm, "my data file");
    world_run(group.world);
    add_fault(&group, HS_FAULT_STATUS, "PUT", "/send/m.room.message", 502, -1);
    world_say(group.world, group.alice, dm, "yes");
    world_run(group.world);
    assert_int_equal(outbox_tried_before(group.world->store, INT64_MAX, &rows), ST_OK);
    assert_int_equal(rows.count, 1);
    assert_int_equal(
        payload_decode(rows.items[0].payload, rows.items[0].payload_len, &payload),
        ST_OK);
    assert_int_equal(payload.kind, EFFECT_SHARE);
    assert_string_equal(payload.show, "my-data-file");
    assert_non_null(payload.media);
    assert_int_equal(payload.uploaded, 1);
    assert_null(payload.content);
    assert_null(payload.wire);
    payload_clear(&payload);
    outbox_list_clear(&rows);
    end(&group);
}

static void E8__second_process__is_told_who_holds_the_store(void **state)
{
    (void)state;
    struct group group = begin();
    const struct hearth_settings *hearth = &group.world->settings->hearth;
    struct store_config config = {.data_dir = hearth->data_dir,
                                  .key_dir = hearth->key_dir,
                                  .week_key_dir = hearth->week_key_dir};
    struct store *second = NULL;
    long holder = 0;
    char *why = NULL;
    assert_int_equal(store_open(&config, &group.world->random, &second, &holder, &why),
                     ST_BUSY);
    assert_int_equal(holder, (long)getpid());
    free(why);
    end(&group);
}

/* E9: an update that ended the process three times is handled with care, and
 * the event at which it ends again is left out. */
static void E9__killer_event__is_left_out_after_careful_tries(void **state)
{
    (void)state;
    char *folder = NULL;
    assert_int_equal(file_temp_dir("hearth-attempt", &folder), ST_OK);
    char *path = file_join(folder, "attempt");
    for (int i = 0; i < 4; i++) { /* begins, never ends */
        struct attempt *attempt = attempt_open(path);
        attempt_begin(attempt, "s1");
        assert_int_equal(attempt_is_careful(attempt), i == 3);
        assert_false(attempt_must_skip(attempt, "$killer"));
        attempt_event(attempt, "$killer");
        attempt_close(attempt);
    }
    struct attempt *attempt = attempt_open(path);
    attempt_begin(attempt, "s1");
    assert_true(attempt_must_skip(attempt, "$killer"));
    assert_false(attempt_must_skip(attempt, "$other"));
    attempt_end(attempt);
    attempt_begin(attempt, "s1");
    assert_false(attempt_is_careful(attempt));
    attempt_close(attempt);
    file_remove_tree(folder);
    free(path);
    free(folder);
}

/* E10: a proxy's 403 page is passing; a Matrix errcode is for good and frees
 * the room. */
static void E10__html_403__is_tried_again(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_STATUS, "PUT", "/send/m.room.message", 502, 3);
    char *question = ask(&group, "!ping");
    world_run(group.world);
    assert_int_equal(world_answers_to(group.world, question), 0);
    world_advance(group.world, group.world->now_ms + 5 * MINUTE);
    assert_int_equal(world_answers_to(group.world, question), 1);
    free(question);
    end(&group);
}

static void E10__429__keeps_the_order_of_the_room(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_STATUS, "PUT", "/send/m.room.message", 429, 2);
    char *first = ask(&group, "!ping"), *second = ask(&group, "!ping");
    world_run(group.world);
    assert_int_equal(world_answers_to(group.world, second), 0);
    world_advance(group.world, group.world->now_ms + MINUTE);
    assert_int_equal(world_answers_to(group.world, first), 1);
    assert_int_equal(world_answers_to(group.world, second), 1);
    assert_true(world_answer_to(group.world, first) <
                world_answer_to(group.world, second));
    free(first);
    free(second);
    end(&group);
}

static void E10__rows_of_a_left_room__are_dropped(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_STATUS, "PUT", "/send/m.room.message", 502, -1);
    char *question = ask(&group, "!ping");
    world_run(group.world);
    char body[200], *room = path_encode(group.room), path[600];
    snprintf(path, sizeof path, "/_matrix/client/v3/rooms/%s/kick", room);
    snprintf(body, sizeof body, "{\"user_id\":\"%s\"}", group.world->bot_id);
    free(world_request(group.world, world_person(group.world, "mod")->token, "POST", path,
                       NULL, body, NULL));
    world_advance(group.world, group.world->now_ms + MINUTE);
    hs_fault_clear(group.world->hs);
    assert_outbox_empty(group.world);
    free(question);
    free(room);
    end(&group);
}

/* E10: the reply budget delays questions and ends loops: only answers to what
 * replies to us are ever dropped. */
static void E10__reply_budget__delays_questions_and_drops_loops(void **state)
{
    (void)state;
    struct group group = {.world = world_new("[hearth]\nreplies_per_minute = 1\n", NOON)};
    group.alice = world_person(group.world, "alice");
    world_join(group.world, group.alice, "#support");
    group.room = world_room_id(group.world, "#support");
    world_start(group.world);
    char *questions[12];
    for (int i = 0; i < 12; i++)
        questions[i] = ask(&group, "!ping");
    world_run(group.world);
    assert_int_equal(world_answers_to(group.world, questions[0]), 1);
    assert_int_equal(world_answers_to(group.world, questions[11]), 0);
    const char *ours = world_answer_to(group.world, questions[0])->event_id;
    char loop[400];
    snprintf(loop, sizeof loop,
             "{\"msgtype\":\"m.text\",\"body\":\"!ping\",\"m.relates_to\":"
             "{\"m.in_reply_to\":{\"event_id\":\"%s\"}}}",
             ours);
    char *echo =
        mem_dup(world_send(group.world, group.alice, group.room, "m.room.message", loop));
    world_advance(group.world, group.world->now_ms + 20 * MINUTE);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(world_answers_to(group.world, questions[i]), 1);
        free(questions[i]);
    }
    assert_int_equal(world_answers_to(group.world, echo), 0);
    free(echo);
    end(&group);
}

/* E11: no week is closed while the clocks differ by more than an hour. */
static void E11__clock_jump__closes_no_week(void **state)
{
    (void)state;
    struct group group = begin();
    char *before = value_of(group.world, "select count(*) from closed");
    assert_string_equal(before, "0");
    group.world->skew_ms = 14 * 24 * HOUR;
    world_advance(group.world, group.world->now_ms + HOUR);
    char *after = value_of(group.world, "select count(*) from closed");
    assert_string_equal(after, "0");
    group.world->skew_ms = 0;
    world_advance(group.world, group.world->now_ms + 14 * 24 * (int64_t)HOUR);
    char *closed = value_of(group.world, "select count(*) > 0 from closed");
    assert_string_equal(closed, "1");
    free(before);
    free(after);
    free(closed);
    end(&group);
}

/* E12: the same event delivered twice, or by two starts of a transport. */
static void E12__doubled_delivery__one_answer(void **state)
{
    (void)state;
    struct group group = begin();
    add_fault(&group, HS_FAULT_DUPLICATE, NULL, NULL, 0, -1);
    char *question = ask(&group, "!ping");
    world_advance(group.world, group.world->now_ms + MINUTE);
    char *other = ask(&group, "!ping");
    world_advance(group.world, group.world->now_ms + MINUTE);
    assert_int_equal(world_answers_to(group.world, question), 1);
    assert_int_equal(world_answers_to(group.world, other), 1);
    free(question);
    free(other);
    end(&group);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(E1__send_and_redact__never_share_a_transaction_id),
        cmocka_unit_test(E2__lost_answer_and_crash__one_visible_answer),
        cmocka_unit_test(E2__doubtful_row__is_looked_for_first),
        cmocka_unit_test(E4__long_outage__questions_go_stale_and_stop_never),
        cmocka_unit_test(E5__edited_question__has_one_edited_answer),
        cmocka_unit_test(E5__edit_while_the_answer_is_under_way__waits_for_its_event),
        cmocka_unit_test(E5__someone_elses_edit__changes_nothing),
        cmocka_unit_test(E5__redacted_before_it_was_seen__no_reply),
        cmocka_unit_test(E6__limited_timeline__every_question_answered_in_order),
        cmocka_unit_test(E6__gap_that_cannot_be_fetched__is_retried_after_a_restart),
        cmocka_unit_test(E6__kick_and_return__nothing_across_the_join),
        cmocka_unit_test(E7__lost_create_answer__one_dm),
        cmocka_unit_test(E7__row_of_a_file__holds_nothing_of_it),
        cmocka_unit_test(E7__lost_upload_answers__one_file_that_holds_its_bytes),
        cmocka_unit_test(E8__second_process__is_told_who_holds_the_store),
        cmocka_unit_test(E9__killer_event__is_left_out_after_careful_tries),
        cmocka_unit_test(E10__html_403__is_tried_again),
        cmocka_unit_test(E10__429__keeps_the_order_of_the_room),
        cmocka_unit_test(E10__rows_of_a_left_room__are_dropped),
        cmocka_unit_test(E10__reply_budget__delays_questions_and_drops_loops),
        cmocka_unit_test(E11__clock_jump__closes_no_week),
        cmocka_unit_test(E12__doubled_delivery__one_answer),
    };
    world_mute_log();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
