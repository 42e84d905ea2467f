/* matrix_parse_misc.c - the smaller answers of a homeserver, and event lists. */
#include "bot/matrix/parse.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define HEAD "\"event_id\":\"$e\",\"sender\":\"@a:x\",\"origin_server_ts\":5"

static void parse_update__refuses__what_is_not_one_object(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "[]",
        "null",
        "\"x\"",
        "{",
        "{}}",
        "{} x",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":01}",
        "{,}",
        "{\"a\":-}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":[1,]}",
        "<html>",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"",
        "{\"a\":+1}",
        "{\"a\":[}]",
        "{\"a\":.5}",
        "{\"a\":\"\\",
    };
    struct update update;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse_update(bad[i], strlen(bad[i]), &update), ST_INVALID);
    assert_int_equal(parse_update("{}\0", 3, &update), ST_INVALID);
    assert_int_equal(parse_update(NULL, 0, &update), ST_INVALID);
}

static void parse_update__refuses__nesting_over_the_limit(void **state)
{
    (void)state;
    struct update update;
    for (int depth = JSON_NEST_MAX; depth <= JSON_NEST_MAX + 1; depth++) {
        struct buf text;
        buf_init(&text, UPDATE_MAX);
        buf_add_text(&text, "{\"a\":");
        for (int i = 1; i < depth; i++)
            buf_add_char(&text, '[');
        for (int i = 1; i < depth; i++)
            buf_add_char(&text, ']');
        buf_add_char(&text, '}');
        assert_int_equal(parse_update(text.data, text.len, &update),
                         depth <= JSON_NEST_MAX ? ST_OK : ST_TOO_BIG);
        if (depth <= JSON_NEST_MAX)
            update_clear(&update);
        buf_clear(&text);
    }
}

/* Servers take such events from anyone; refused whole, the update would come
 * again for ever. */
static void parse_update__keeps_the_others__beside_a_deeply_nested_event(void **state)
{
    (void)state;
    static const char head[] =
        "{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"!r\":{\"timeline\":{\"events\":["
        "{\"type\":\"m.room.message\",\"event_id\":\"$1\",\"sender\":\"@a:x\","
        "\"content\":"
        "{\"msgtype\":\"m.text\",\"body\":\"x\",\"y\":";
    static const char tail[] =
        "}},{\"type\":\"m.room.message\",\"event_id\":\"$2\",\"sender\":\"@a:x\","
        "\"content\":{\"msgtype\":\"m.text\",\"body\":\"!ping\"}}]}}}}}";
    struct update update;
    struct buf frame;
    buf_init(&frame, UPDATE_MAX);
    buf_add_text(&frame, head);
    for (int i = 0; i < 30000; i++)
        buf_add_char(&frame, '[');
    for (int i = 0; i < 30000; i++)
        buf_add_char(&frame, ']');
    buf_add_text(&frame, tail);
    assert_int_equal(parse_update(frame.data, frame.len, &update), ST_OK);
    assert_string_equal(update.next_batch, "s2");
    assert_int_equal(update.rooms[0].timeline.count, 1);
    assert_string_equal(update.rooms[0].timeline.items[0].event_id, "$2");
    assert_int_equal(update.bad_event_count, 1);
    update_clear(&update);
    buf_clear(&frame);
}

static void parse_messages__reverses__a_backwards_page(void **state)
{
    (void)state;
    static const char page[] =
        "{\"start\":\"t9\",\"end\":\"t1\",\"chunk\":["
        "{\"type\":\"a\",\"event_id\":\"$2\",\"sender\":\"@a:x\"},{\"broken\":1},"
        "{\"type\":\"a\",\"event_id\":\"$1\",\"sender\":\"@a:x\"}]}";
    struct event_list events;
    char *end = NULL;
    assert_int_equal(parse_messages(page, strlen(page), &events, &end), ST_OK);
    assert_int_equal(events.count, 2);
    assert_string_equal(events.items[0].event_id, "$1");
    assert_string_equal(end, "t1");
    free(end);
    event_list_clear(&events);
    assert_int_equal(parse_messages("{\"chunk\":[]}", 12, &events, &end), ST_OK);
    assert_null(end);
    event_list_clear(&events);
    assert_int_equal(parse_messages("{}", 2, &events, &end), ST_INVALID);
}

static void parse_one_event__gives__one_or_none(void **state)
{
    (void)state;
    static const char message[] =
        "{\"type\":\"m.room.message\"," HEAD
        ",\"content\":{\"msgtype\":\"m.text\",\"body\":\"hi\"}}";
    static const char redacted[] =
        "{\"type\":\"m.room.message\"," HEAD
        ",\"content\":{},\"unsigned\":{\"redacted_because\":{}}}";
    static const char unusable[] = "{\"event_id\":\"$e\",\"sender\":5}";
    static const char *const bad[] = {"", "[]", "{}", "<html>", "{\"chunk\":[]}"};
    struct event_list events;
    assert_int_equal(parse_one_event(message, strlen(message), &events), ST_OK);
    assert_int_equal(events.count, 1);
    assert_string_equal(events.items[0].body, "hi");
    event_list_clear(&events);
    assert_int_equal(parse_one_event(redacted, strlen(redacted), &events), ST_OK);
    assert_int_equal(events.count, 1);
    assert_true(events.items[0].is_redacted);
    assert_null(events.items[0].body);
    event_list_clear(&events);
    assert_int_equal(parse_one_event(unusable, strlen(unusable), &events), ST_OK);
    assert_int_equal(events.count, 0);
    event_list_clear(&events);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse_one_event(bad[i], strlen(bad[i]), &events), ST_INVALID);
}

static void parse_members__keeps__member_events_only(void **state)
{
    (void)state;
    static const char body[] =
        "{\"chunk\":[{\"type\":\"m.room.member\",\"state_key\":\"@a:x\"," HEAD
        ",\"content\":{\"membership\":\"join\"}},{\"type\":\"m.room.message\"," HEAD
        "}]}";
    struct event_list members;
    assert_int_equal(parse_members(body, strlen(body), &members), ST_OK);
    assert_int_equal(members.count, 1);
    assert_string_equal(members.items[0].state_key, "@a:x");
    event_list_clear(&members);
}

static void parse_state__wants__an_array(void **state)
{
    (void)state;
    static const char body[] =
        "[{\"type\":\"m.room.tombstone\",\"state_key\":\"\"," HEAD "}]";
    struct event_list list;
    assert_int_equal(parse_state(body, strlen(body), &list), ST_OK);
    assert_int_equal(list.count, 1);
    event_list_clear(&list);
    assert_int_equal(parse_state("{}", 2, &list), ST_INVALID);
}

static void parse_profile_zone__takes__a_short_plain_name(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "{}",
        "[]",
        "{\"m.tz\":5}",
        "{\"m.tz\":\"\"}",
        "{\"m.tz\":null}",
        "{\"tz\":\"Europe/London\"}",
        "{\"m.tz\":\"/etc/localtime\"}",
        "{\"m.tz\":\"../zone\"}",
        "{\"m.tz\":\"Europe/Lon don\"}",
        "{\"m.tz\":\"Europe/London`\"}",
        "{\"m.tz\":\"Europe/London\\n\"}",
        "{\"m.tz\":"
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
    };
    static const char good[] = "{\"m.tz\":\"America/Port-au-Prince\",\"x\":1}";
    char *name = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse_profile_zone(bad[i], strlen(bad[i]), &name), ST_NOT_FOUND);
    assert_null(name);
    assert_int_equal(parse_profile_zone(good, strlen(good), &name), ST_OK);
    assert_string_equal(name, "America/Port-au-Prince");
    free(name);
}

static void parse_error__wants__an_errcode(void **state)
{
    (void)state;
    struct matrix_error error;
    static const char body[] = "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"slow\","
                               "\"retry_after_ms\":1500,\"soft_logout\":true}";
    assert_int_equal(parse_error(body, strlen(body), &error), ST_OK);
    assert_string_equal(error.errcode, "M_LIMIT_EXCEEDED");
    assert_int_equal(error.retry_after_ms, 1500);
    assert_true(error.soft_logout);
    matrix_error_clear(&error);
    static const char *const bad[] = {"<html>502</html>", "{}", "{\"errcode\":5}", "",
                                      "[]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse_error(bad[i], strlen(bad[i]), &error), ST_INVALID);
}

static void parse_account__needs__a_user_id(void **state)
{
    (void)state;
    struct account account;
    static const char body[] = "{\"user_id\":\"@h:x\",\"access_token\":\"s\"}";
    assert_int_equal(parse_account(body, strlen(body), &account), ST_OK);
    assert_string_equal(account.user_id, "@h:x");
    assert_string_equal(account.access_token, "s");
    assert_null(account.device_id);
    account_clear(&account);
    assert_int_equal(parse_account("{\"USER_ID\":\"@h\"}", 16, &account), ST_INVALID);
}

static void parse_versions__says__whether_the_stream_is_offered(void **state)
{
    (void)state;
    static const char with[] =
        "{\"versions\":[\"v1.1\"],\"unstable_features\":{\"org.hearthbot.stream\":true}}";
    static const char without[] = "{\"versions\":[\"v1.1\"]}";
    bool offers = false;
    assert_int_equal(parse_versions(with, strlen(with), &offers), ST_OK);
    assert_true(offers);
    assert_int_equal(parse_versions(without, strlen(without), &offers), ST_OK);
    assert_false(offers);
    assert_int_equal(parse_versions("{}", 2, &offers), ST_INVALID);
}

static void parse_direct__reads__the_bare_map(void **state)
{
    (void)state;
    struct update update;
    static const char body[] = "{\"@a:x\":[\"!1\",5,\"!2\"],\"@b:x\":{},\"\":[\"!3\"]}";
    assert_int_equal(parse_direct(body, strlen(body), &update), ST_OK);
    assert_true(update.has_direct);
    assert_int_equal(update.direct_count, 1);
    assert_int_equal(update.directs[0].rooms.count, 2);
    update_clear(&update);
}

static void parse_frame_head__tells_frames__apart(void **state)
{
    (void)state;
    static const struct {
        const char *frame;
        enum frame_kind kind;
        const char *id, *errcode, *event_id;
    } cases[] = {
        {"{\"next_batch\":\"s\"}", FRAME_UPDATE, NULL, NULL, NULL},
        {"{\"id\":\"7\",\"result\":{\"event_id\":\"$e\"}}", FRAME_RESULT, "7", NULL,
         "$e"},
        {"{\"id\":7,\"result\":{}}", FRAME_RESULT, "7", NULL, NULL},
        {"{\"id\":\"7\",\"error\":{\"errcode\":\"M_X\"}}", FRAME_ERROR, "7", "M_X", NULL},
        {"{\"rooms\":{\"id\":1}}", FRAME_UPDATE, NULL, NULL, NULL},
    };
    struct frame_head head;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(parse_frame_head(cases[i].frame, strlen(cases[i].frame), &head),
                         ST_OK);
        assert_int_equal(head.kind, cases[i].kind);
        assert_true(text_equal(head.id, cases[i].id));
        assert_true(text_equal(head.errcode, cases[i].errcode));
        assert_true(text_equal(head.event_id, cases[i].event_id));
        frame_head_clear(&head);
    }
    assert_int_equal(parse_frame_head("[1]", 3, &head), ST_INVALID);
    assert_int_equal(parse_frame_head("hello", 5, &head), ST_INVALID);
}

static void event_list_prepend__moves__everything_in_front(void **state)
{
    (void)state;
    struct event_list to = {0}, from = {0};
    event_list_add(&to)->event_id = mem_dup("$3");
    event_list_add(&from)->event_id = mem_dup("$1");
    event_list_add(&from)->event_id = mem_dup("$2");
    event_list_prepend(&to, &from);
    assert_int_equal(to.count, 3);
    assert_int_equal(from.count, 0);
    assert_string_equal(to.items[0].event_id, "$1");
    assert_string_equal(to.items[2].event_id, "$3");
    event_list_add(&to)->event_id = mem_dup("$4");
    event_list_clear(&to);
    event_list_prepend(&to, &from);
    assert_int_equal(to.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_update__refuses__nesting_over_the_limit),
        cmocka_unit_test(parse_update__refuses__what_is_not_one_object),
        cmocka_unit_test(parse_update__keeps_the_others__beside_a_deeply_nested_event),
        cmocka_unit_test(parse_messages__reverses__a_backwards_page),
        cmocka_unit_test(parse_one_event__gives__one_or_none),
        cmocka_unit_test(parse_members__keeps__member_events_only),
        cmocka_unit_test(parse_state__wants__an_array),
        cmocka_unit_test(parse_profile_zone__takes__a_short_plain_name),
        cmocka_unit_test(parse_error__wants__an_errcode),
        cmocka_unit_test(parse_account__needs__a_user_id),
        cmocka_unit_test(parse_versions__says__whether_the_stream_is_offered),
        cmocka_unit_test(parse_direct__reads__the_bare_map),
        cmocka_unit_test(parse_frame_head__tells_frames__apart),
        cmocka_unit_test(event_list_prepend__moves__everything_in_front),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
