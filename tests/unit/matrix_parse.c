/* matrix_parse.c - outside JSON to structs: what is read, what is left out. */
#include "bot/matrix/parse.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define HEAD "\"event_id\":\"$e\",\"sender\":\"@a:x\",\"origin_server_ts\":5"

static enum status read_update(const char *json, struct update *ret_update)
{
    return parse_update(json, strlen(json), ret_update);
}

/* An update whose only room !r has this timeline. */
static struct update with_timeline(const char *events)
{
    struct update update;
    struct buf text;
    buf_init(&text, UPDATE_MAX);
    buf_add_text(&text,
                 "{\"next_batch\":\"s1\",\"rooms\":{\"join\":{\"!r\":{\"timeline\":"
                 "{\"limited\":true,\"prev_batch\":\"p1\",\"events\":[");
    buf_add_text(&text, events);
    buf_add_text(&text, "]}}}}}");
    assert_int_equal(read_update(text.data, &update), ST_OK);
    assert_int_equal(update.room_count, 1);
    buf_clear(&text);
    return update;
}

/* The only event, of `type` with `rest` behind its head. */
static struct update with_event(const char *type, const char *rest)
{
    struct buf text;
    buf_init(&text, UPDATE_MAX);
    buf_addf(&text, "{\"type\":\"%s\"," HEAD "%s%s}", type, *rest ? "," : "", rest);
    struct update update = with_timeline(text.data);
    buf_clear(&text);
    assert_int_equal(update.rooms[0].timeline.count, 1);
    return update;
}

#define EVENT(update) (&(update).rooms[0].timeline.items[0])

static void parse_update__reads_rooms__of_every_section(void **state)
{
    (void)state;
    struct update update;
    assert_int_equal(
        read_update(
            " {\"next_batch\":\"s9\",\"rooms\":{"
            "\"join\":{\"!j\":{\"summary\":{\"m.joined_member_count\":3},"
            "\"state\":{\"events\":[{\"type\":\"m.room.member\",\"state_key\":\"@a:"
            "x\"," HEAD
            ",\"content\":{\"membership\":\"join\"}}]},\"timeline\":{\"events\":[]}}},"
            "\"invite\":{\"!i\":{\"invite_state\":{\"events\":[{\"type\":\"m.room."
            "create\","
            "\"sender\":\"@b:x\",\"state_key\":\"\",\"content\":{\"type\":\"m.space\"}}]}"
            "}},"
            "\"leave\":{\"!l\":{\"timeline\":{\"limited\":false,\"prev_batch\":\"p\"}}},"
            "\"knock\":{\"!k\":{}}},"
            "\"account_data\":{\"events\":[{\"type\":\"m.direct\",\"content\":"
            "{\"@b:x\":[\"!d1\",\"!d2\"],\"@c:x\":7}}]}}\n",
            &update),
        ST_OK);
    assert_string_equal(update.next_batch, "s9");
    assert_int_equal(update.room_count, 4);
    assert_string_equal(update.rooms[0].room_id, "!j");
    assert_int_equal(update.rooms[0].joined_count, 3);
    assert_int_equal(update.rooms[0].invited_count, -1);
    assert_int_equal(update.rooms[0].state.items[0].membership, MEMBERSHIP_JOIN);
    assert_int_equal(update.rooms[1].membership, MEMBERSHIP_INVITE);
    assert_string_equal(update.rooms[1].state.items[0].room_type, "m.space");
    assert_string_equal(update.rooms[1].state.items[0].event_id, "");
    assert_int_equal(update.rooms[2].membership, MEMBERSHIP_LEAVE);
    assert_false(update.rooms[2].is_limited);
    assert_string_equal(update.rooms[2].prev_batch, "p");
    assert_int_equal(update.rooms[3].membership, MEMBERSHIP_KNOCK);
    assert_true(update.has_direct);
    assert_int_equal(update.direct_count, 1);
    assert_int_equal(update.directs[0].rooms.count, 2);
    assert_int_equal(update.bad_event_count, 0);
    update_clear(&update);
}

static void parse_update__keeps_the_token__when_none_came(void **state)
{
    (void)state;
    struct update update;
    assert_int_equal(read_update("{\"rooms\":[],\"account_data\":1}", &update), ST_OK);
    assert_null(update.next_batch);
    assert_int_equal(update.room_count, 0);
    assert_false(update.has_direct);
    update_clear(&update);
}

static void parse_update__leaves_out__only_the_bad_events(void **state)
{
    (void)state;
    struct update update = with_timeline(
        "{\"type\":\"m.room.message\"," HEAD ",\"content\":{\"body\":\"a\\u0000b\"}},"
        "{\"type\":\"m.room.message\"," HEAD ",\"content\":{\"x\\u0000\":1}},"
        "{\"type\":\"m.room.message\"," HEAD ",\"content\":{\"body\":\"\\ud800\"}},"
        "{\"type\":\"m.room.message\",\"sender\":\"@a:x\"},"
        "{\"type\":\"m.room.message\",\"event_id\":\"$e\",\"sender\":7},"
        "{\"event_id\":\"$e\",\"sender\":\"@a:x\"},"
        "17,null,[],\"x\","
        "{\"type\":\"m.room.message\"," HEAD
        ",\"content\":{\"msgtype\":\"m.text\",\"body\":\"\\\\u0000 kept\"}}");
    assert_int_equal(update.bad_event_count, 10);
    assert_int_equal(update.rooms[0].timeline.count, 1);
    assert_string_equal(EVENT(update)->body, "\\u0000 kept");
    assert_true(update.rooms[0].is_limited);
    update_clear(&update);
}

static void parse_update__leaves_out__an_event_over_the_limit(void **state)
{
    (void)state;
    char *big = mem_alloc(EVENT_MAX + 1);
    memset(big, 'x', EVENT_MAX);
    struct buf text;
    buf_init(&text, UPDATE_MAX);
    buf_addf(&text,
             "{\"type\":\"m.room.message\"," HEAD ",\"content\":{\"body\":\"%s\"}}", big);
    struct update update = with_timeline(text.data);
    assert_int_equal(update.bad_event_count, 1);
    update_clear(&update);

    /* What the server adds does not count. */
    buf_reset(&text);
    buf_addf(&text, "{\"type\":\"m.room.message\"," HEAD ",\"unsigned\":{\"x\":\"%s\"}}",
             big);
    update = with_timeline(text.data);
    assert_int_equal(update.rooms[0].timeline.count, 1);
    update_clear(&update);
    buf_clear(&text);
    free(big);
}

static void parse_update__reads_a_message__with_all_its_parts(void **state)
{
    (void)state;
    struct update update = with_event(
        "m.room.message",
        "\"unsigned\":{\"transaction_id\":\"t1\"},\"content\":{\"msgtype\":\"m.text\","
        "\"body\":\"hi "
        "\\ud83d\\ude00\",\"Body\":\"wrong\",\"format\":\"org.matrix.custom.html\","
        "\"formatted_body\":\"<b>hi</"
        "b>\",\"m.mentions\":{\"user_ids\":[\"@h:x\",3,\"\"]},"
        "\"org.hearthbot.txn\":\"n1\",\"org.hearthbot.instance\":\"i1\","
        "\"org.hearthbot.checkin\":{}}");
    struct event *event = EVENT(update);
    assert_int_equal(event->type, EVENT_MESSAGE);
    assert_string_equal(event->event_id, "$e");
    assert_string_equal(event->sender, "@a:x");
    assert_null(event->state_key);
    assert_int_equal(event->origin_server_ts_ms, 5);
    assert_string_equal(event->body, "hi \xF0\x9F\x98\x80");
    assert_string_equal(event->formatted_body, "<b>hi</b>");
    assert_string_equal(event->transaction_id, "t1");
    assert_string_equal(event->ns_txn, "n1");
    assert_string_equal(event->ns_instance, "i1");
    assert_true(event->is_ns_checkin);
    assert_true(event->has_mentions);
    assert_int_equal(event->mentions.count, 1);
    assert_false(event->is_redacted);
    update_clear(&update);
}

static void parse_update__reads__what_a_prompt_asks(void **state)
{
    (void)state;
    struct update update = with_event(
        "org.matrix.msc3381.poll.start",
        "\"content\":{\"org.hearthbot.checkin\":{\"checkin\":\"daily\",\"version\":7,"
        "\"items\":[\"pain\",3,\"sleep\"],\"date\":\"2027-03-01\"}}");
    struct event *event = EVENT(update);
    assert_true(event->is_ns_checkin);
    assert_string_equal(event->checkin, "daily");
    assert_int_equal(event->checkin_version, 7);
    assert_int_equal(event->checkin_day, 20878);
    assert_int_equal(event->checkin_items.count, 2);
    assert_string_equal(event->checkin_items.items[1], "sleep");
    update_clear(&update);
    update = with_event("m.room.message",
                        "\"content\":{\"body\":\"x\",\"org.hearthbot.checkin\":{"
                        "\"checkin\":\"daily\",\"date\":\"2027-02-30\"}}");
    assert_true(EVENT(update)->is_ns_checkin);
    assert_null(EVENT(update)->checkin);
    update_clear(&update);
}

static void parse_update__strips_the_quotation__of_a_reply(void **state)
{
    (void)state;
    static const char reply[] =
        "\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$q\"}}";
    static const struct {
        const char *body, *expected;
    } cases[] = {
        {"> <@b:x> old\\n> more\\n\\nnew\\n> mine", "new\n> mine"},
        {"> * <@b:x> waves\\n\\nnew", "new"},
        {"> my own quote\\nnew", "> my own quote\nnew"},
        {"> <@b:x> only", ""},
        {"plain", "plain"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf rest;
        buf_init(&rest, 4096);
        buf_addf(&rest,
                 "\"content\":{\"msgtype\":\"m.text\",\"body\":\"%s\",\"format\":"
                 "\"org.matrix.custom.html\",\"formatted_body\":"
                 "\"<mx-reply>q</mx-reply>n\",%s}",
                 cases[i].body, reply);
        struct update update = with_event("m.room.message", rest.data);
        assert_string_equal(EVENT(update)->body, cases[i].expected);
        assert_string_equal(EVENT(update)->formatted_body, "n");
        assert_string_equal(EVENT(update)->in_reply_to, "$q");
        update_clear(&update);
        buf_clear(&rest);
    }
    struct update update =
        with_event("m.room.message",
                   "\"content\":{\"msgtype\":\"m.text\",\"body\":\"> <@b:x> q\\n\\nn\"}");
    assert_string_equal(EVENT(update)->body, "> <@b:x> q\n\nn");
    update_clear(&update);
}

static void parse_update__tells_a_thread__from_a_reply_in_it(void **state)
{
    (void)state;
    for (int is_fallback = 0; is_fallback < 2; is_fallback++) {
        struct buf rest;
        buf_init(&rest, 4096);
        buf_addf(
            &rest,
            "\"content\":{\"msgtype\":\"m.text\",\"body\":\"x\",\"m.relates_to\":{"
            "\"rel_type\":\"m.thread\",\"event_id\":\"$root\",\"is_falling_back\":%s,"
            "\"m.in_reply_to\":{\"event_id\":\"$q\"}}}",
            is_fallback ? "true" : "false");
        struct update update = with_event("m.room.message", rest.data);
        assert_string_equal(EVENT(update)->thread_root, "$root");
        if (is_fallback)
            assert_null(EVENT(update)->in_reply_to);
        else
            assert_string_equal(EVENT(update)->in_reply_to, "$q");
        update_clear(&update);
        buf_clear(&rest);
    }
}

static void parse_update__takes_the_new_content__of_an_edit(void **state)
{
    (void)state;
    struct update update = with_event(
        "m.room.message",
        "\"content\":{\"msgtype\":\"m.text\",\"body\":\"* "
        "new\",\"m.mentions\":{\"user_ids\":"
        "[\"@z:x\"]},\"m.new_content\":{\"msgtype\":\"m.notice\",\"body\":\"new\","
        "\"m.mentions\":{\"user_ids\":[\"@h:x\"]}},\"m.relates_to\":{\"rel_type\":"
        "\"m.replace\",\"event_id\":\"$old\",\"m.in_reply_to\":{\"event_id\":\"$q\"}}}");
    assert_string_equal(EVENT(update)->body, "new");
    assert_string_equal(EVENT(update)->msgtype, "m.notice");
    assert_string_equal(EVENT(update)->replaces, "$old");
    assert_null(EVENT(update)->in_reply_to);
    assert_int_equal(EVENT(update)->mentions.count, 1);
    assert_string_equal(EVENT(update)->mentions.items[0], "@h:x");
    update_clear(&update);

    update =
        with_event("m.room.message",
                   "\"content\":{\"msgtype\":\"m.text\",\"body\":\"* n\","
                   "\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$o\"}}");
    assert_null(EVENT(update)->body);
    assert_string_equal(EVENT(update)->replaces, "$o");
    update_clear(&update);
}

static void parse_update__has_no_body__for_media_without_a_caption(void **state)
{
    (void)state;
    struct update update = with_event(
        "m.room.message", "\"content\":{\"msgtype\":\"m.image\",\"body\":\"IMG_1.jpg\"}");
    assert_null(EVENT(update)->body);
    assert_string_equal(EVENT(update)->msgtype, "m.image");
    update_clear(&update);
    update = with_event("m.room.message", "\"content\":{\"msgtype\":\"m.image\",\"body\":"
                                          "\"my cat\",\"filename\":\"IMG_1.jpg\"}");
    assert_string_equal(EVENT(update)->body, "my cat");
    update_clear(&update);
    update = with_event("m.room.message", "\"content\":{\"body\":\"x\"}");
    assert_null(EVENT(update)->body);
    assert_false(EVENT(update)->is_redacted);
    update_clear(&update);
}

static void parse_update__sees__that_an_event_was_redacted(void **state)
{
    (void)state;
    struct update update = with_event("m.room.message", "\"content\":{}");
    assert_true(EVENT(update)->is_redacted);
    update_clear(&update);
    update =
        with_event("m.room.message",
                   "\"content\":{\"msgtype\":\"m.text\",\"body\":\"x\"},"
                   "\"unsigned\":{\"redacted_because\":{\"type\":\"m.room.redaction\"}}");
    assert_true(EVENT(update)->is_redacted);
    update_clear(&update);
    update = with_event("m.room.redaction", "\"redacts\":\"$t\",\"content\":{}");
    assert_int_equal(EVENT(update)->type, EVENT_REDACTION);
    assert_string_equal(EVENT(update)->target, "$t");
    assert_false(EVENT(update)->is_redacted);
    update_clear(&update);
    update = with_event("m.room.redaction", "\"content\":{\"redacts\":\"$c\"}");
    assert_string_equal(EVENT(update)->target, "$c");
    update_clear(&update);
}

static void parse_update__reads__reactions_and_votes(void **state)
{
    (void)state;
    struct update update = with_event(
        "m.reaction", "\"content\":{\"m.relates_to\":{\"rel_type\":\"m.annotation\","
                      "\"event_id\":\"$t\",\"key\":\"+1\"}}");
    assert_int_equal(EVENT(update)->type, EVENT_REACTION);
    assert_string_equal(EVENT(update)->target, "$t");
    assert_string_equal(EVENT(update)->key, "+1");
    update_clear(&update);

    static const char relation[] =
        "\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"$p\"}";
    static const char *const forms[][2] = {
        {"org.matrix.msc3381.poll.response",
         "\"org.matrix.msc3381.poll.response\":{\"answers\":[\"7\",\"8\"]}"},
        {"m.poll.response", "\"m.poll.response\":{\"answers\":[\"7\"]}"},
        {"m.poll.response", "\"m.selections\":[\"7\"]"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct buf rest;
        buf_init(&rest, 4096);
        buf_addf(&rest, "\"content\":{%s,%s}", relation, forms[i][1]);
        update = with_event(forms[i][0], rest.data);
        assert_int_equal(EVENT(update)->type, EVENT_POLL_RESPONSE);
        assert_string_equal(EVENT(update)->target, "$p");
        assert_string_equal(EVENT(update)->key, "7");
        update_clear(&update);
        buf_clear(&rest);
    }
}

/* Each stays an event of the timeline, but names nothing that could be counted. */
static void parse_update__takes_no_choice__from_a_malformed_vote(void **state)
{
    (void)state;
#define ID_OF_64 "faq 56789012345678901234567890123456789012345678901234567890abcd"
#define REFERENCE "\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"$p\"}"
#define CHOICES(list) "\"org.matrix.msc3381.poll.response\":{\"answers\":" list "}"
    static const struct {
        const char *content;
        bool has_target, has_key;
    } cases[] = {
        {REFERENCE "," CHOICES("[\"" ID_OF_64 "\"]"), true, true},
        {REFERENCE "," CHOICES("[\"" ID_OF_64 "e\"]"), true, false},
        {REFERENCE "," CHOICES("[\"\"]"), true, false},
        {REFERENCE "," CHOICES("[]"), true, true}, /* taken back: "" */
        {REFERENCE "," CHOICES("[7]"), true, false},
        {REFERENCE "," CHOICES("[null,\"7\"]"), true, false},
        {REFERENCE "," CHOICES("\"7\""), true, false},
        {REFERENCE "," CHOICES("{\"a\":\"7\"}"), true, false},
        {REFERENCE ",\"org.matrix.msc3381.poll.response\":[\"7\"]", true, false},
        {REFERENCE ",\"m.selections\":{}", true, false},
        {REFERENCE, true, false},
        {CHOICES("[\"7\"]"), false, false},
        {"\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$p\"}," CHOICES(
             "[\"7\"]"),
         false, false},
        {"\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":5}," CHOICES(
             "[\"7\"]"),
         false, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf rest;
        buf_init(&rest, 4096);
        buf_addf(&rest, "\"content\":{%s}", cases[i].content);
        struct update update = with_event("org.matrix.msc3381.poll.response", rest.data);
        assert_int_equal(EVENT(update)->type, EVENT_POLL_RESPONSE);
        assert_int_equal(EVENT(update)->target != NULL, cases[i].has_target);
        assert_int_equal(EVENT(update)->key != NULL, cases[i].has_key);
        update_clear(&update);
        buf_clear(&rest);
    }
#undef ID_OF_64
#undef REFERENCE
#undef CHOICES
}

static void parse_update__reads__member_events(void **state)
{
    (void)state;
    struct update update =
        with_event("m.room.member", "\"state_key\":\"@a:x\",\"content\":{\"membership\":"
                                    "\"join\",\"is_direct\":true},\"unsigned\":{"
                                    "\"prev_content\":{\"membership\":\"invite\"}}");
    assert_int_equal(EVENT(update)->type, EVENT_MEMBER);
    assert_int_equal(EVENT(update)->membership, MEMBERSHIP_JOIN);
    assert_true(EVENT(update)->has_prev);
    assert_int_equal(EVENT(update)->prev_membership, MEMBERSHIP_INVITE);
    assert_true(EVENT(update)->is_direct);
    update_clear(&update);
    update = with_event("m.room.member", "\"state_key\":\"@a:x\",\"content\":7");
    assert_int_equal(EVENT(update)->membership, MEMBERSHIP_LEAVE);
    assert_false(EVENT(update)->has_prev);
    update_clear(&update);
}

static void parse_update__names_creators__from_version_12_on(void **state)
{
    (void)state;
    struct update update = with_event(
        "m.room.create", "\"state_key\":\"\",\"content\":{\"room_version\":\"12\","
                         "\"additional_creators\":[\"@b:x\"],\"predecessor\":{"
                         "\"room_id\":\"!old\"},\"org.hearthbot.nonce\":\"n\"}");
    assert_int_equal(EVENT(update)->creators.count, 2);
    assert_string_equal(EVENT(update)->creators.items[0], "@a:x");
    assert_string_equal(EVENT(update)->predecessor, "!old");
    assert_string_equal(EVENT(update)->nonce, "n");
    update_clear(&update);
    update =
        with_event("m.room.create", "\"state_key\":\"\",\"content\":{\"room_version\":"
                                    "\"11\",\"additional_creators\":[\"@b:x\"]}");
    assert_int_equal(EVENT(update)->creators.count, 0);
    update_clear(&update);
}

static void parse_update__reads_power_levels__with_their_defaults(void **state)
{
    (void)state;
    struct update update = with_event("m.room.power_levels", "\"state_key\":\"\"");
    assert_int_equal(EVENT(update)->state_default, 50);
    assert_int_equal(EVENT(update)->redact_level, 50);
    assert_int_equal(EVENT(update)->message_level, 0);
    update_clear(&update);
    update = with_event("m.room.power_levels",
                        "\"state_key\":\"\",\"content\":{\"users\":{\"@a:x\":100,"
                        "\"@b:x\":\"50\",\"@c:x\":null},\"users_default\":1,"
                        "\"events_default\":5,\"invite\":30,\"redact\":1e999,"
                        "\"events\":{\"m.room.message\":9}}");
    assert_int_equal(EVENT(update)->power_user_count, 3);
    assert_int_equal(EVENT(update)->power_users[0].level, 100);
    assert_int_equal(EVENT(update)->power_users[1].level, 50);
    assert_int_equal(EVENT(update)->power_users[2].level, 1);
    assert_int_equal(EVENT(update)->events_default, 5);
    assert_int_equal(EVENT(update)->message_level, 9);
    assert_int_equal(EVENT(update)->redact_level, 50);
    assert_int_equal(EVENT(update)->invite_level, 30);
    update_clear(&update);
}

static void parse_update__keeps_as_other__types_it_does_not_know(void **state)
{
    (void)state;
    struct update update = with_event("m.sticker", "\"content\":{}");
    assert_int_equal(EVENT(update)->type, EVENT_OTHER);
    assert_false(EVENT(update)->is_redacted);
    update_clear(&update);
    update = with_event("m.room.message", "\"state_key\":\"\",\"content\":{\"msgtype\":"
                                          "\"m.text\",\"body\":\"x\"}");
    assert_int_equal(EVENT(update)->type, EVENT_OTHER);
    assert_null(EVENT(update)->body);
    update_clear(&update);
    update = with_event("m.room.tombstone",
                        "\"state_key\":\"\",\"content\":{\"replacement_room\":\"!n\"}");
    assert_string_equal(EVENT(update)->replacement_room, "!n");
    update_clear(&update);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_update__reads_rooms__of_every_section),
        cmocka_unit_test(parse_update__keeps_the_token__when_none_came),
        cmocka_unit_test(parse_update__leaves_out__only_the_bad_events),
        cmocka_unit_test(parse_update__leaves_out__an_event_over_the_limit),
        cmocka_unit_test(parse_update__reads_a_message__with_all_its_parts),
        cmocka_unit_test(parse_update__reads__what_a_prompt_asks),
        cmocka_unit_test(parse_update__strips_the_quotation__of_a_reply),
        cmocka_unit_test(parse_update__tells_a_thread__from_a_reply_in_it),
        cmocka_unit_test(parse_update__takes_the_new_content__of_an_edit),
        cmocka_unit_test(parse_update__has_no_body__for_media_without_a_caption),
        cmocka_unit_test(parse_update__sees__that_an_event_was_redacted),
        cmocka_unit_test(parse_update__reads__reactions_and_votes),
        cmocka_unit_test(parse_update__takes_no_choice__from_a_malformed_vote),
        cmocka_unit_test(parse_update__reads__member_events),
        cmocka_unit_test(parse_update__names_creators__from_version_12_on),
        cmocka_unit_test(parse_update__reads_power_levels__with_their_defaults),
        cmocka_unit_test(parse_update__keeps_as_other__types_it_does_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
