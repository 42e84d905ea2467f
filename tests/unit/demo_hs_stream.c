/* demo_hs_stream.c - the embedded homeserver: the stream's frames, faults. */
#include "demo_hs_client.h"

static void say_many(struct client *client, int from, int count)
{
    for (int i = from; i < from + count; i++) {
        char txn[20];
        (void)snprintf(txn, sizeof txn, "m%d", i);
        (void)say(client, txn, txn);
    }
}

static const char *body_of(const struct client *client, int index)
{
    char path[80];
    (void)snprintf(path, sizeof path, "timeline/events/%d/content/body", index);
    return cJSON_GetStringValue(joined(client, path));
}

static int timeline_len(const struct client *client)
{
    return cJSON_GetArraySize(joined(client, "timeline/events"));
}

static void fault__answers_instead(void **state)
{
    struct client *client = *state;
    meet(client);
    hs_fault_add(client->hs, &(struct hs_fault){.kind = HS_FAULT_STATUS,
                                                .path_part = "/send/",
                                                .user_id = "@alice:localhost",
                                                .status = 429,
                                                .retry_after_ms = 1500,
                                                .times = 1});
    in_room(client, "PUT", "send/m.room.message/1", "{}");
    assert_error(client, 429, "M_LIMIT_EXCEEDED");
    assert_int_equal(client->retry_after_ms, 1500);
    assert_int_equal(in_room(client, "PUT", "send/m.room.message/1", "{}"), 200);
    hs_fault_add(client->hs,
                 &(struct hs_fault){.kind = HS_FAULT_STATUS, .status = 502, .times = -1});
    assert_int_equal(in_room(client, "PUT", "send/m.room.message/2", "{}"), 502);
    assert_string_equal(client->content_type, "text/html");
    hs_fault_clear(client->hs);
    assert_int_equal(in_room(client, "PUT", "send/m.room.message/2", "{}"), 200);
}

static void fault__loses_answers_and_forgets_txns(void **state)
{
    struct client *client = *state;
    char first[100];
    meet(client);
    sync_more(client, "");
    hs_fault_add(client->hs, &(struct hs_fault){.kind = HS_FAULT_LOSE_ANSWER,
                                                .path_part = "/send/",
                                                .times = 1});
    assert_int_equal(in_room(client, "PUT", "send/m.room.message/1", "{}"), 504);
    assert_int_equal(in_room(client, "PUT", "send/m.room.message/1", "{}"), 200);
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 1);
    hs_fault_add(client->hs,
                 &(struct hs_fault){.kind = HS_FAULT_FORGET_TXNS, .times = 1});
    (void)snprintf(first, sizeof first, "%s", say(client, "t", "x"));
    assert_string_not_equal(say(client, "t", "x"), first);
}

static void fault__slows_down(void **state)
{
    struct client *client = *state;
    client->asked_ms = client->now_ms;
    hs_fault_add(client->hs,
                 &(struct hs_fault){.kind = HS_FAULT_SLOW, .delay_ms = 3000, .times = 1});
    request(client, "GET", "/_matrix/client/v3/joined_rooms", NULL, NULL);
    assert_true(client->has_waited);
    client->now_ms += 3000;
    assert_int_equal(
        request(client, "GET", "/_matrix/client/v3/joined_rooms", NULL, NULL), 200);
}

static void fault__limits_repeats_and_reorders_timelines(void **state)
{
    struct client *client = *state;
    meet(client);
    sync_more(client, "");
    hs_fault_add(client->hs,
                 &(struct hs_fault){.kind = HS_FAULT_LIMITED, .limit = 1, .times = 1});
    say_many(client, 0, 3);
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 1);
    assert_true(cJSON_IsTrue(joined(client, "timeline/limited")));
    hs_fault_add(client->hs, &(struct hs_fault){.kind = HS_FAULT_DUPLICATE, .times = 1});
    say_many(client, 3, 2);
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 2);
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 1);
    assert_string_equal(body_of(client, 0), "m4");
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 0);
    hs_fault_add(client->hs, &(struct hs_fault){.kind = HS_FAULT_REORDER, .times = 1});
    say_many(client, 5, 2);
    sync_more(client, "");
    assert_string_equal(body_of(client, 0), "m6");
    assert_string_equal(body_of(client, 1), "m5");
}

/* One frame from the client; the answer is in client->json. */
static bool stream(struct client *client, const char *frame)
{
    struct buf out;
    buf_init(&out, UPDATE_MAX);
    bool is_frame = hs_stream_request(client->hs, client->token, frame, strlen(frame),
                                      client->now_ms, &out);
    cJSON_Delete(client->json);
    client->json = out.len > 0 ? cJSON_ParseWithLength(out.data, out.len) : NULL;
    buf_clear(&out);
    return is_frame;
}

static void stream__answers_requests(void **state)
{
    struct client *client = *state;
    char frame[600], event_id[100];
    meet(client);
    assert_true(stream(client, "{\"id\":\"1\",\"method\":\"ping\"}"));
    assert_string_equal(text_at(client, "id"), "1");
    assert_true(cJSON_IsObject(at(client->json, "result")));
    (void)snprintf(frame, sizeof frame,
                   "{\"id\":\"2\",\"method\":\"send\",\"params\":{\"room_id\":\"%s\","
                   "\"event_type\":\"m.room.message\",\"txn_id\":\"t/1\","
                   "\"content\":{\"body\":\"x\"}}}",
                   client->room);
    assert_true(stream(client, frame));
    (void)snprintf(event_id, sizeof event_id, "%s", text_at(client, "result/event_id"));
    assert_int_equal(in_room(client, "PUT", "send/m.room.message/t%2F1", "{}"), 200);
    assert_string_equal(text_at(client, "event_id"), event_id);
    (void)snprintf(frame, sizeof frame,
                   "{\"id\":3,\"method\":\"state\",\"param\":{\"room_id\":\"%s\","
                   "\"event_type\":\"m.room.topic\",\"content\":{\"topic\":\"x\"}}}",
                   client->room);
    assert_true(stream(client, frame));
    assert_non_null(text_at(client, "result/event_id"));
    assert_true(stream(client, "{\"id\":\"4\",\"method\":\"dance\"}"));
    assert_string_equal(text_at(client, "error/errcode"), "M_UNRECOGNIZED");
    assert_true(stream(client, "{\"id\":\"5\",\"method\":\"send\",\"params\":{}}"));
    assert_string_equal(text_at(client, "error/errcode"), "M_BAD_JSON");
    assert_true(
        stream(client, "{\"method\":\"ack\",\"params\":{\"next_batch\":\"s1\"}}"));
    assert_null(client->json);
    assert_false(stream(client, "{\"id\":\"6\"}"));
    assert_false(stream(client, "hello"));
    assert_false(stream(client, "[]"));
}

static bool take_frame(struct client *client)
{
    struct buf out;
    buf_init(&out, UPDATE_MAX);
    bool has_any = hs_stream_frame(client->hs, client->token,
                                   *client->since ? client->since : NULL, NULL, &out);
    hs_stream_token(client->hs, client->since);
    cJSON_Delete(client->json);
    client->json = has_any ? cJSON_ParseWithLength(out.data, out.len) : NULL;
    buf_clear(&out);
    return has_any;
}

static void stream__sends_updates_and_keeps_to_device_until_acked(void **state)
{
    struct client *client = *state;
    char old[80], ack[200];
    meet(client);
    assert_true(take_frame(client));
    assert_string_equal(text_at(client, "next_batch"), client->since);
    assert_false(take_frame(client));
    (void)snprintf(old, sizeof old, "%s", client->since);
    request(client, "PUT", "/_matrix/client/v3/sendToDevice/org.test/1", NULL,
            "{\"messages\":{\"@alice:localhost\":{\"*\":{\"n\":1}}}}");
    assert_true(take_frame(client));
    assert_int_equal(count_at(client, "to_device/events"), 1);
    (void)snprintf(ack, sizeof ack,
                   "{\"id\":\"1\",\"method\":\"ack\",\"params\":{\"next_batch\":\"%s\"}}",
                   client->since);
    (void)say(client, "t1", "x");
    assert_true(take_frame(client));
    (void)snprintf(client->since, sizeof client->since, "%s", old);
    assert_true(take_frame(client));
    assert_int_equal(count_at(client, "to_device/events"), 1);
    assert_true(stream(client, ack));
    (void)snprintf(client->since, sizeof client->since, "%s", old);
    assert_true(take_frame(client));
    assert_null(at(client->json, "to_device"));
    assert_int_equal(hs_stream_check(client->hs, "x", NULL, NULL), HS_STREAM_BAD_TOKEN);
    assert_int_equal(hs_stream_check(client->hs, client->alice, "s1", NULL),
                     HS_STREAM_BAD_SINCE);
    assert_int_equal(hs_stream_check(client->hs, client->alice, old, "{"),
                     HS_STREAM_BAD_FILTER);
}

static void stream__drops_after_some_frames(void **state)
{
    struct client *client = *state;
    assert_false(hs_stream_must_drop(client->hs));
    hs_fault_add(client->hs, &(struct hs_fault){
                                 .kind = HS_FAULT_DROP_STREAM, .after = 2, .times = 1});
    assert_false(hs_stream_must_drop(client->hs));
    assert_false(hs_stream_must_drop(client->hs));
    assert_true(hs_stream_must_drop(client->hs));
    assert_false(hs_stream_must_drop(client->hs));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HS_TEST(fault__answers_instead),
        HS_TEST(fault__loses_answers_and_forgets_txns),
        HS_TEST(fault__slows_down),
        HS_TEST(fault__limits_repeats_and_reorders_timelines),
        HS_TEST(stream__answers_requests),
        HS_TEST(stream__sends_updates_and_keeps_to_device_until_acked),
        HS_TEST(stream__drops_after_some_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
