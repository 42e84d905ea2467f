/* matrix_message.c - effects as content, payloads as bytes and as requests. */
#include "bot/matrix/message.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/matrix/json_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define V3 "/_matrix/client/v3"

static void check_content(struct effects *effects, const char *expected)
{
    char *content = message_content(&effects->items[0]);
    assert_string_equal(content, expected);
    free(content);
    effects_clear(effects);
}

static struct effect *say(struct effects *effects, const char *text)
{
    memset(effects, 0, sizeof *effects);
    struct effect *effect = effects_add(effects, EFFECT_SAY);
    effect->text = mem_dup(text);
    return effect;
}

static void message_content__is_a_notice__with_empty_mentions(void **state)
{
    (void)state;
    struct effects effects;
    say(&effects, "Hello \"you\"");
    check_content(&effects, "{\"msgtype\":\"m.notice\",\"body\":\"Hello \\\"you\\\"\","
                            "\"m.mentions\":{}}");
    say(&effects, "a *b*");
    check_content(&effects, "{\"msgtype\":\"m.notice\",\"body\":\"a b\",\"format\":"
                            "\"org.matrix.custom.html\",\"formatted_body\":"
                            "\"<p>a <em>b</em></p>\",\"m.mentions\":{}}");
}

static void message_content__carries__relations_and_mentions(void **state)
{
    (void)state;
    struct effects effects;
    struct effect *effect = say(&effects, "x");
    effect->answers = mem_dup("$q");
    effect->mention = mem_dup("@a:x");
    check_content(&effects,
                  "{\"msgtype\":\"m.notice\",\"body\":\"x\",\"m.mentions\":{"
                  "\"user_ids\":[\"@a:x\"]},\"m.relates_to\":{\"m.in_reply_to\":{"
                  "\"event_id\":\"$q\"}}}");
    effect = say(&effects, "x");
    effect->answers = mem_dup("$q");
    effect->thread_root = mem_dup("$root");
    check_content(&effects,
                  "{\"msgtype\":\"m.notice\",\"body\":\"x\",\"m.mentions\":{},"
                  "\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$root\","
                  "\"is_falling_back\":false,\"m.in_reply_to\":{\"event_id\":\"$q\"}}}");
}

static void message_content__is_text__for_a_prompt(void **state)
{
    (void)state;
    struct effects effects;
    struct effect *effect = say(&effects, "x");
    effect->is_prompt = true;
    effect->checkin = mem_dup("evening");
    effect->checkin_version = 3;
    effect->checkin_day = day_from_date(2027, 3, 28);
    strv_add(&effect->checkin_items, "mood");
    strv_add(&effect->checkin_items, "sleep");
    check_content(&effects,
                  "{\"msgtype\":\"m.text\",\"body\":\"x\",\"m.mentions\":{},"
                  "\"org.hearthbot.checkin\":{\"checkin\":\"evening\",\"version\":3,"
                  "\"items\":[\"mood\",\"sleep\"],\"date\":\"2027-03-28\"}}");
}

static void add_choice(struct effect *effect, const char *id, const char *text)
{
    strv_add(&effect->choice_ids, id);
    strv_add(&effect->choice_texts, text);
}

static void message_content__is_a_poll__with_choices(void **state)
{
    (void)state;
    struct effects effects;
    struct effect *effect =
        say(&effects, "Which one?\n\n1. Sleep (`faq sleep`)\n2. Food");
    assert_string_equal(message_type(effect), "m.room.message");
    effect->question = mem_dup("Which *one* do you mean?");
    add_choice(effect, "faq sleep", "1. What \"helps\" with sleep?");
    add_choice(effect, "faq food", "2. Food");
    effect->answers = mem_dup("$q");
    effect->thread_root = mem_dup("$root");
    assert_string_equal(message_type(effect), "org.matrix.msc3381.poll.start");
    check_content(
        &effects,
        "{\"org.matrix.msc3381.poll.start\":{\"question\":{\"org.matrix.msc1767.text\":"
        "\"Which one do you mean?\"},\"kind\":\"org.matrix.msc3381.poll.disclosed\","
        "\"max_selections\":1,\"answers\":[{\"id\":\"faq sleep\","
        "\"org.matrix.msc1767.text\":\"1. What \\\"helps\\\" with sleep?\"},{\"id\":"
        "\"faq food\",\"org.matrix.msc1767.text\":\"2. Food\"}]},"
        "\"org.matrix.msc1767.text\":\"Which one?\\n\\n1. Sleep (faq sleep)\\n2. Food\","
        "\"m.mentions\":{},\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":"
        "\"$root\",\"is_falling_back\":false,\"m.in_reply_to\":{\"event_id\":\"$q\"}}}");
}

static void message_content__keeps_the_choices__of_a_poll_with_huge_text(void **state)
{
    (void)state;
    struct effects effects;
    struct json_span value;
    struct buf text;
    buf_init(&text, UPDATE_MAX);
    while (text.len < 200000)
        buf_add_text(&text, "\x01\"");
    struct effect *effect = say(&effects, text.data);
    effect->question = mem_dup("Which?");
    for (int i = 0; i < 20; i++) /* as many and as long as commands/poll.c lets through */
        add_choice(effect,
                   "faq 56789012345678901234567890123456789012345678901234567890abcd",
                   "\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01 choice");
    char *json = message_content(effect);
    assert_true(strlen(json) <= 48 * 1024);
    assert_int_equal(json_scan_check(json, strlen(json), &value), ST_OK);
    assert_non_null(strstr(json, "\xE2\x80\xA6"));
    size_t count = 0;
    for (const char *at = json; (at = strstr(at, "\"id\":")) != NULL; at++)
        count++;
    assert_int_equal(count, 20);
    free(json);
    buf_clear(&text);
    effects_clear(&effects);
}

static void message_content__stays_sendable__with_huge_text(void **state)
{
    (void)state;
    static const char *const units[] = {"\xC3\xA9", "\"", "*a* ", "\x01", "<&> "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct effects effects;
        struct json_span value;
        struct buf text;
        buf_init(&text, UPDATE_MAX);
        while (text.len < 200000)
            buf_add_text(&text, units[i]);
        struct effect *effect = say(&effects, text.data);
        char *content = message_content(effect);
        assert_true(strlen(content) <= 48 * 1024);
        assert_int_equal(json_scan_check(content, strlen(content), &value), ST_OK);
        assert_non_null(strstr(content, "\xE2\x80\xA6"));

        struct payload payload = {.kind = EFFECT_SAY,
                                  .room_id = mem_dup("!r"),
                                  .content = content,
                                  .target = mem_dup("$t"),
                                  .replaces_target = true};
        assert_int_equal(payload_freeze(&payload, "t", "i"), ST_OK);
        struct buf bytes;
        buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
        payload_encode(&payload, &bytes);
        assert_false(bytes.overflowed);
        buf_clear(&bytes);
        payload_clear(&payload);
        buf_clear(&text);
        effects_clear(&effects);
    }
}

static void file_content__describes__the_file(void **state)
{
    (void)state;
    struct file_message file = {.text = "Pain: 6",
                                .file_name = "a.png",
                                .mimetype = "image/png",
                                .url = "mxc://x/m",
                                .size = 9,
                                .is_image = true,
                                .width = 12,
                                .height = 8,
                                .thumbnail_url = "mxc://x/t",
                                .thumbnail_size = 4,
                                .thumbnail_width = 6,
                                .thumbnail_height = 4,
                                .answers = "$q"};
    char *content = file_content(&file);
    assert_string_equal(
        content,
        "{\"msgtype\":\"m.image\",\"body\":\"Pain: 6\",\"filename\":\"a.png\",\"url\":"
        "\"mxc://x/m\",\"info\":{\"mimetype\":\"image/png\",\"size\":9,\"w\":12,\"h\":8,"
        "\"thumbnail_url\":\"mxc://x/t\",\"thumbnail_info\":{\"w\":6,\"h\":4,"
        "\"mimetype\":\"image/png\",\"size\":4}},\"m.mentions\":{},\"m.relates_to\":{"
        "\"m.in_reply_to\":{\"event_id\":\"$q\"}}}");
    free(content);
    file = (struct file_message){.text = "t",
                                 .file_name = "a.csv",
                                 .mimetype = "text/csv",
                                 .url = "mxc://x/m",
                                 .size = 1};
    content = file_content(&file);
    assert_string_equal(
        content, "{\"msgtype\":\"m.file\",\"body\":\"t\",\"filename\":\"a.csv\",\"url\":"
                 "\"mxc://x/m\",\"info\":{\"mimetype\":\"text/csv\",\"size\":1},"
                 "\"m.mentions\":{}}");
    free(content);
    char *longest = mem_alloc(100001);
    memset(longest, '"', 100000); /* two bytes each on the wire */
    file.text = longest;
    content = file_content(&file);
    assert_true(strlen(content) > 10000 && strlen(content) <= 48 * 1024);
    free(content);
    free(longest);
}

static void payload_decode__gives_back__every_byte(void **state)
{
    (void)state;
    struct payload payload = {.kind = EFFECT_SHOW,
                              .room_id = mem_dup(""),
                              .user_id = mem_dup("@a:x"),
                              .event_type = mem_dup("m.room.message"),
                              .content = mem_dup("{\"b\": 1, \"a\":\"\\u00e9\"}"),
                              .target = mem_dup("$t"),
                              .show = mem_dup("status"),
                              .via = mem_dup("x"),
                              .reason = mem_dup("why \"so\""),
                              .key = mem_dup("\xF0\x9F\x91\x8D"),
                              .expires_utc_ms = 1804248000000,
                              .nonce = mem_dup("n"),
                              .group = mem_dup("wheels"),
                              .media = mem_dup("mxc://x/m"),
                              .thumbnail = mem_dup("mxc://x/t"),
                              .uploaded = 2,
                              .is_private_receipt = true,
                              .replaces_target = true,
                              .method = mem_dup("PUT"),
                              .path = mem_dup("/p"),
                              .wire = mem_dup("{ \"z\":[1,2 ]}")};
    struct payload copy;
    struct buf bytes;
    buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
    payload_encode(&payload, &bytes);
    assert_int_equal(payload_decode(bytes.data, bytes.len, &copy), ST_OK);
    assert_int_equal(copy.kind, EFFECT_SHOW);
    assert_string_equal(copy.room_id, "");
    assert_string_equal(copy.content, payload.content);
    assert_string_equal(copy.wire, payload.wire);
    assert_string_equal(copy.reason, payload.reason);
    assert_string_equal(copy.key, payload.key);
    assert_string_equal(copy.group, payload.group);
    assert_string_equal(copy.media, payload.media);
    assert_string_equal(copy.thumbnail, payload.thumbnail);
    assert_int_equal(copy.uploaded, 2);
    assert_string_equal(copy.method, "PUT");
    assert_true(copy.is_private_receipt && copy.replaces_target);
    assert_int_equal(copy.expires_utc_ms, 1804248000000);
    struct buf again;
    buf_init(&again, OUTBOX_PAYLOAD_MAX);
    payload_encode(&copy, &again);
    assert_string_equal(bytes.data, again.data);
    buf_clear(&bytes);
    buf_clear(&again);
    payload_clear(&payload);
    payload_clear(&copy);
}

static void payload_decode__refuses__what_is_no_payload(void **state)
{
    (void)state;
    struct payload payload;
    static const char *const bad[] = {"",
                                      "{}",
                                      "{\"kind\":\"fly\"}",
                                      "{\"kind\":1}",
                                      "{\"kind\":\"say\",\"room_id\":5}",
                                      "[]",
                                      "{\"kind\":\"join\",\"method\":\"PUT\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(payload_decode(bad[i], strlen(bad[i]), &payload), ST_INVALID);
    assert_int_equal(payload_decode("{\"kind\":\"join\"}", 15, &payload), ST_OK);
    assert_null(payload.room_id);
    payload_clear(&payload);
}

static void check_frozen(struct payload payload, const char *method, const char *path,
                         const char *wire)
{
    assert_int_equal(payload_freeze(&payload, "T1", "I1"), ST_OK);
    assert_string_equal(payload.method, method);
    assert_string_equal(payload.path, path);
    if (wire)
        assert_string_equal(payload.wire, wire);
    else
        assert_null(payload.wire);
    free(payload.method);
    free(payload.path);
    free(payload.wire);
}

static char room[] = "!r", user[] = "@a:x", target[] = "$t", reason[] = "why",
            nonce[] = "n", key[] = "+1", via[] = "x",
            poll_type[] = "org.matrix.msc3381.poll.start",
            poll_content[] = "{\"org.matrix.msc1767.text\":\"b\"}",
            content[] = "{\"msgtype\":\"m.notice\",\"body\":\"b\",\"m.mentions\":{},"
                        "\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$q\"}}}";

static void payload_freeze__makes_the_request__of_every_kind(void **state)
{
    (void)state;
    struct payload message = {.kind = EFFECT_SAY, .room_id = room, .content = content};
    check_frozen(message, "PUT", V3 "/rooms/%21r/send/m.room.message/T1",
                 "{\"msgtype\":\"m.notice\",\"body\":\"b\",\"m.mentions\":{},"
                 "\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$q\"}},"
                 "\"org.hearthbot.txn\":\"T1\",\"org.hearthbot.instance\":\"I1\"}");
    message.replaces_target = true;
    message.target = target;
    check_frozen(message, "PUT", V3 "/rooms/%21r/send/m.room.message/T1",
                 "{\"msgtype\":\"m.notice\",\"body\":\"* b\",\"m.mentions\":{},"
                 "\"m.new_content\":{\"msgtype\":\"m.notice\",\"body\":\"b\","
                 "\"m.mentions\":{}},\"m.relates_to\":{\"rel_type\":\"m.replace\","
                 "\"event_id\":\"$t\"},"
                 "\"org.hearthbot.txn\":\"T1\",\"org.hearthbot.instance\":\"I1\"}");
    struct payload poll = {.kind = EFFECT_SAY,
                           .room_id = room,
                           .event_type = poll_type,
                           .content = poll_content};
    check_frozen(poll, "PUT", V3 "/rooms/%21r/send/org.matrix.msc3381.poll.start/T1",
                 "{\"org.matrix.msc1767.text\":\"b\",\"org.hearthbot.txn\":\"T1\","
                 "\"org.hearthbot.instance\":\"I1\"}");
    struct payload p = {.room_id = room, .target = target, .reason = reason};
    p.kind = EFFECT_REDACT;
    check_frozen(p, "PUT", V3 "/rooms/%21r/redact/%24t/T1", "{\"reason\":\"why\"}");
    p.kind = EFFECT_RECEIPT;
    check_frozen(p, "POST", V3 "/rooms/%21r/receipt/m.read/%24t", "{}");
    p.is_private_receipt = true;
    check_frozen(p, "POST", V3 "/rooms/%21r/receipt/m.read.private/%24t", "{}");
    p.kind = EFFECT_REACT;
    p.key = key;
    check_frozen(p, "PUT", V3 "/rooms/%21r/send/m.reaction/T1",
                 "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$t\","
                 "\"key\":\"+1\"},\"org.hearthbot.txn\":\"T1\"}");
    p.kind = EFFECT_JOIN;
    p.via = via;
    check_frozen(p, "POST", V3 "/join/%21r?via=x&server_name=x", "{}");
    p.kind = EFFECT_LEAVE;
    check_frozen(p, "POST", V3 "/rooms/%21r/leave", "{\"reason\":\"why\"}");
    p.kind = EFFECT_INVITE;
    p.user_id = user;
    check_frozen(p, "PUT", V3 "/rooms/%21r/state/m.room.member/%40a%3Ax",
                 "{\"membership\":\"invite\",\"is_direct\":true,\"reason\":\"why\"}");
    p.kind = EFFECT_FETCH_MEMBERS;
    check_frozen(p, "GET", V3 "/rooms/%21r/members", NULL);
    p.kind = EFFECT_PASS_ON;
    check_frozen(p, "GET", V3 "/rooms/%21r/event/%24t", NULL);
    struct payload create = {.kind = EFFECT_CREATE_DM, .user_id = user, .nonce = nonce};
    check_frozen(
        create, "POST", V3 "/createRoom",
        "{\"preset\":\"trusted_private_chat\",\"is_direct\":true,"
        "\"creation_content\":{\"org.hearthbot.nonce\":\"n\"},\"initial_state\":[{"
        "\"type\":\"m.room.history_visibility\",\"state_key\":\"\",\"content\":{"
        "\"history_visibility\":\"invited\"}}]}");
    struct payload direct = {
        .kind = EFFECT_SET_DIRECT, .user_id = user, .content = content};
    check_frozen(direct, "PUT", V3 "/user/%40a%3Ax/account_data/m.direct", content);
}

static void payload_freeze__refuses__when_something_is_missing(void **state)
{
    (void)state;
    for (int kind = 0; kind < EFFECT_KIND_COUNT; kind++) {
        struct payload payload = {.kind = (enum effect_kind)kind};
        assert_int_equal(payload_freeze(&payload, "T", "I"), ST_INVALID);
        assert_null(payload.path);
    }
    struct payload edit = {
        .kind = EFFECT_SAY, .room_id = room, .content = content, .replaces_target = true};
    assert_int_equal(payload_freeze(&edit, "T", "I"), ST_INVALID);
    edit.replaces_target = false;
    assert_int_equal(payload_freeze(&edit, "", "I"), ST_INVALID);
    assert_int_equal(payload_freeze(&edit, "T", NULL), ST_INVALID);
    struct payload drop = {.kind = EFFECT_DROP_PROMPTS, .user_id = user, .room_id = room};
    assert_int_equal(payload_freeze(&drop, "T", "I"), ST_INVALID);
    struct payload empty = {
        .kind = EFFECT_SAY, .room_id = room, .content = mem_dup("[]")};
    assert_int_equal(payload_freeze(&empty, "T", "I"), ST_INVALID);
    free(empty.content);
}

static void payload_freeze__changes_nothing__the_second_time(void **state)
{
    (void)state;
    struct payload payload = {.kind = EFFECT_JOIN, .room_id = mem_dup("!r")};
    assert_int_equal(payload_freeze(&payload, "T", "I"), ST_OK);
    free(payload.room_id);
    payload.room_id = mem_dup("!other");
    assert_int_equal(payload_freeze(&payload, "T2", "I2"), ST_OK);
    assert_string_equal(payload.path, V3 "/join/%21r");
    payload_clear(&payload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message_content__is_a_notice__with_empty_mentions),
        cmocka_unit_test(message_content__carries__relations_and_mentions),
        cmocka_unit_test(message_content__is_text__for_a_prompt),
        cmocka_unit_test(message_content__is_a_poll__with_choices),
        cmocka_unit_test(message_content__keeps_the_choices__of_a_poll_with_huge_text),
        cmocka_unit_test(message_content__stays_sendable__with_huge_text),
        cmocka_unit_test(file_content__describes__the_file),
        cmocka_unit_test(payload_decode__gives_back__every_byte),
        cmocka_unit_test(payload_decode__refuses__what_is_no_payload),
        cmocka_unit_test(payload_freeze__makes_the_request__of_every_kind),
        cmocka_unit_test(payload_freeze__refuses__when_something_is_missing),
        cmocka_unit_test(payload_freeze__changes_nothing__the_second_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
