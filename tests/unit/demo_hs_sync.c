/* demo_hs_sync.c - the embedded homeserver: /sync, /messages, stream, faults. */
#include "demo_hs_client.h"

#define SYNC "/_matrix/client/v3/sync"
#define LAZY "&filter={\"room\":{\"state\":{\"lazy_load_members\":true}}}"

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

static void sync__says_what_is_new(void **state)
{
    struct client *client = *state;
    meet(client);
    sync_more(client, "");
    assert_true(timeline_len(client) > 0);
    assert_false(cJSON_IsTrue(joined(client, "timeline/limited")));
    (void)say(client, "t1", "hello");
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 1);
    assert_string_equal(body_of(client, 0), "hello");
    assert_string_equal(
        cJSON_GetStringValue(joined(client, "timeline/events/0/unsigned/transaction_id")),
        "t1");
    assert_null(joined(client, "timeline/events/0/room_id"));
    sync_more(client, "");
    assert_null(at(client->json, "rooms"));
}

static void sync__waits_until_there_is_news(void **state)
{
    struct client *client = *state;
    char query[200];
    meet(client);
    sync_more(client, "");
    (void)snprintf(query, sizeof query, "since=%s&timeout=30000", client->since);
    client->asked_ms = client->now_ms;
    request(client, "GET", SYNC, query, NULL);
    assert_true(client->has_waited);
    uint64_t version = hs_version(client->hs);
    client->now_ms += 10000;
    client->token = client->bob;
    (void)say(client, "b1", "hi");
    assert_true(hs_version(client->hs) > version);
    client->token = client->alice;
    request(client, "GET", SYNC, query, NULL);
    assert_false(client->has_waited);
    assert_string_equal(body_of(client, 0), "hi");
    (void)snprintf(query, sizeof query, "since=%s&timeout=30000",
                   text_at(client, "next_batch"));
    request(client, "GET", SYNC, query, NULL);
    assert_true(client->has_waited);
    client->now_ms += 30000;
    request(client, "GET", SYNC, query, NULL);
    assert_false(client->has_waited);
}

static void sync__refuses_a_token_it_does_not_know(void **state)
{
    struct client *client = *state;
    static const char *const bad[] = {"since=s1_00000000", "since=x", "since=s",
                                      "since=s9"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        request(client, "GET", SYNC, bad[i], NULL);
        assert_error(client, 400, "M_UNKNOWN");
    }
    sync_more(client, "");
    char query[200];
    (void)snprintf(query, sizeof query, "since=s999%s", strchr(client->since, '_'));
    request(client, "GET", SYNC, query, NULL);
    assert_error(client, 400, "M_UNKNOWN");
}

static void messages__give_exactly_the_gap(void **state)
{
    struct client *client = *state;
    char tail[300], old[80];
    meet(client);
    sync_more(client, "");
    (void)snprintf(old, sizeof old, "%s", client->since);
    say_many(client, 0, 35);
    sync_more(client, "&filter={\"room\":{\"timeline\":{\"limit\":5}}}");
    assert_int_equal(timeline_len(client), 5);
    assert_true(cJSON_IsTrue(joined(client, "timeline/limited")));
    assert_string_equal(body_of(client, 0), "m30");
    (void)snprintf(tail, sizeof tail, "/_matrix/client/v3/rooms/%s/messages",
                   client->room);
    char query[300], from[80];
    int total = 0;
    (void)snprintf(from, sizeof from, "%s",
                   cJSON_GetStringValue(joined(client, "timeline/prev_batch")));
    for (;;) {
        (void)snprintf(query, sizeof query, "dir=b&from=%s&to=%s&limit=7", from, old);
        assert_int_equal(request(client, "GET", tail, query, NULL), 200);
        for (int i = 0; i < count_at(client, "chunk"); i++) {
            char path[60], expected[20];
            (void)snprintf(path, sizeof path, "chunk/%d/content/body", i);
            (void)snprintf(expected, sizeof expected, "m%d", 29 - total++);
            assert_string_equal(text_at(client, path), expected);
        }
        if (!text_at(client, "end"))
            break;
        (void)snprintf(from, sizeof from, "%s", text_at(client, "end"));
    }
    assert_int_equal(total, 30);
    (void)snprintf(query, sizeof query, "dir=f&from=%s&limit=3", old);
    request(client, "GET", tail, query, NULL);
    assert_string_equal(text_at(client, "chunk/0/content/body"), "m0");
    request(client, "GET", tail, "dir=x", NULL);
    assert_int_equal(client->status, 400);
}

static void sync__caps_the_timeline_at_100(void **state)
{
    struct client *client = *state;
    meet(client);
    sync_more(client, "");
    say_many(client, 0, 120);
    sync_more(client, "&filter={\"room\":{\"timeline\":{\"limit\":1000}}}");
    assert_int_equal(timeline_len(client), 100);
}

static void sync__tells_state_changed_in_the_gap(void **state)
{
    struct client *client = *state;
    meet(client);
    sync_more(client, "");
    assert_int_equal(in_room(client, "PUT", "state/m.room.topic", "{\"topic\":\"new\"}"),
                     200);
    say_many(client, 0, 12);
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 10);
    assert_int_equal(cJSON_GetArraySize(joined(client, "state/events")), 1);
    assert_string_equal(
        cJSON_GetStringValue(joined(client, "state/events/0/content/topic")), "new");
}

static void sync__loads_members_lazily_and_once(void **state)
{
    struct client *client = *state;
    meet(client);
    say_many(client, 0, 12);
    sync_more(client, LAZY);
    int members = 0;
    const cJSON *event;
    cJSON_ArrayForEach(
        event,
        joined(client,
               "state/events")) if (text_equal(cJSON_GetStringValue(at(event, "type")),
                                               "m.room.member")) members++;
    assert_int_equal(members, 1);
    assert_int_equal(joined(client, "summary/m.joined_member_count")->valueint, 2);
    assert_string_equal(cJSON_GetStringValue(joined(client, "summary/m.heroes/0")),
                        "@bob:localhost");
    client->token = client->bob;
    (void)say(client, "b1", "hi");
    client->token = client->alice;
    sync_more(client, LAZY);
    assert_int_equal(cJSON_GetArraySize(joined(client, "state/events")), 1);
    assert_string_equal(cJSON_GetStringValue(joined(client, "state/events/0/state_key")),
                        "@bob:localhost");
    client->token = client->bob;
    (void)say(client, "b2", "hi");
    client->token = client->alice;
    sync_more(client, LAZY);
    assert_int_equal(cJSON_GetArraySize(joined(client, "state/events")), 0);
}

static void sync__shows_an_invite_once_and_then_the_room(void **state)
{
    struct client *client = *state;
    client->token = client->bob;
    sync_more(client, "");
    client->token = client->alice;
    create_room(client, "{\"name\":\"Den\",\"invite\":[\"@bob:localhost\"],"
                        "\"is_direct\":true}");
    client->token = client->bob;
    sync_more(client, "");
    const cJSON *invite = at(client->json, "rooms/invite/*/invite_state/events");
    const cJSON *event, *own = NULL;
    bool has_name = false;
    cJSON_ArrayForEach(event, invite)
    {
        has_name |= text_equal(cJSON_GetStringValue(at(event, "content/name")), "Den");
        if (text_equal(cJSON_GetStringValue(at(event, "state_key")), "@bob:localhost"))
            own = event;
    }
    assert_true(has_name);
    assert_true(cJSON_IsTrue(at(own, "content/is_direct")));
    sync_more(client, "");
    assert_null(at(client->json, "rooms"));
    assert_int_equal(in_room(client, "POST", "join", NULL), 200);
    sync_more(client, "");
    assert_true(cJSON_IsTrue(joined(client, "timeline/limited")));
    assert_true(timeline_len(client) > 1);
}

static void sync__tells_a_kick_and_what_was_said_meanwhile(void **state)
{
    struct client *client = *state;
    meet(client);
    client->token = client->bob;
    sync_more(client, "");
    client->token = client->alice;
    in_room(client, "POST", "kick", "{\"user_id\":\"@bob:localhost\",\"reason\":\"r\"}");
    (void)say(client, "t1", "secretly");
    client->token = client->bob;
    sync_more(client, "");
    const cJSON *left = at(client->json, "rooms/leave/*/timeline/events");
    assert_int_equal(cJSON_GetArraySize(left), 1);
    assert_string_equal(cJSON_GetStringValue(at(left, "0/content/membership")), "leave");
    in_room(client, "PUT", "send/m.room.message/1", "{}");
    assert_error(client, 403, "M_FORBIDDEN");
    assert_int_equal(in_room(client, "POST", "join", NULL), 200);
    sync_more(client, "");
    bool was_told = false;
    for (int i = 0; i < timeline_len(client); i++)
        was_told |= text_equal(body_of(client, i), "secretly");
    assert_true(was_told);
}

static void sync__carries_receipts_typing_and_account_data(void **state)
{
    struct client *client = *state;
    char tail[200], event_id[100];
    meet(client);
    (void)snprintf(event_id, sizeof event_id, "%s", say(client, "t1", "x"));
    sync_more(client, "");
    client->token = client->bob;
    (void)snprintf(tail, sizeof tail, "receipt/m.read/%s", event_id);
    assert_int_equal(in_room(client, "POST", tail, "{}"), 200);
    (void)snprintf(tail, sizeof tail, "receipt/m.read.private/%s", event_id);
    assert_int_equal(in_room(client, "POST", tail, NULL), 200);
    in_room(client, "PUT", "typing/@bob:localhost", "{\"typing\":true,\"timeout\":5000}");
    assert_int_equal(client->status, 200);
    client->token = client->alice;
    request(client, "PUT",
            "/_matrix/client/v3/user/@alice:localhost/account_data/m.direct", NULL,
            "{\"@bob:localhost\":[\"!r\"]}");
    assert_int_equal(client->status, 200);
    sync_more(client, "");
    const cJSON *receipts = joined(client, "ephemeral/events/0/content/*");
    assert_int_equal(cJSON_GetArraySize(receipts), 1);
    assert_non_null(at(receipts, "m.read/@bob:localhost/ts"));
    assert_string_equal(
        cJSON_GetStringValue(joined(client, "ephemeral/events/1/content/user_ids/0")),
        "@bob:localhost");
    assert_string_equal(text_at(client, "account_data/events/0/type"), "m.direct");
    client->now_ms += 6000;
    sync_more(client, "");
    assert_int_equal(
        cJSON_GetArraySize(joined(client, "ephemeral/events/0/content/user_ids")), 0);
}

static void filter__is_kept_and_used(void **state)
{
    struct client *client = *state;
    const char *path = "/_matrix/client/v3/user/@alice:localhost/filter";
    meet(client);
    request(client, "POST", path, NULL,
            "{\"room\":{\"timeline\":{\"types\":[\"m.room.mess*\"],\"limit\":3}}}");
    assert_string_equal(text_at(client, "filter_id"), "1");
    in_room(client, "PUT", "state/m.room.topic", "{\"topic\":\"t\"}");
    (void)say(client, "t1", "hello");
    sync_more(client, "&filter=1");
    assert_int_equal(timeline_len(client), 1);
    request(client, "GET", SYNC, "filter=2", NULL);
    assert_error(client, 400, "M_INVALID_PARAM");
}

static void to_device__is_gone_once_a_newer_since_was_used(void **state)
{
    struct client *client = *state;
    char query[200];
    sync_more(client, "");
    client->token = client->bob;
    request(client, "PUT", "/_matrix/client/v3/sendToDevice/org.test/1", NULL,
            "{\"messages\":{\"@alice:localhost\":{\"DEValice\":{\"n\":1}}}}");
    assert_int_equal(client->status, 200);
    client->token = client->alice;
    (void)snprintf(query, sizeof query, "since=%s", client->since);
    request(client, "GET", SYNC, query, NULL);
    assert_int_equal(count_at(client, "to_device/events"), 1);
    request(client, "GET", SYNC, query, NULL);
    assert_int_equal(count_at(client, "to_device/events"), 1);
    char newer[200];
    (void)snprintf(newer, sizeof newer, "since=%s", text_at(client, "next_batch"));
    request(client, "GET", SYNC, newer, NULL);
    request(client, "GET", SYNC, query, NULL);
    assert_null(at(client->json, "to_device"));
}

/* Longer than a room keeps: current state survives, the rest pages to an end. */
static void room__forgets_its_oldest_events(void **state)
{
    struct client *client = *state;
    char body[80];
    meet(client);
    for (int i = 0; i < 21000; i++) {
        (void)snprintf(body, sizeof body, "{\"n\":%d}", i);
        assert_int_equal(in_room(client, "PUT", i % 3 ? "state/a" : "state/b", body),
                         200);
    }
    in_room(client, "GET", "state/m.room.name", NULL);
    assert_string_equal(text_at(client, "name"), "Evening");
    sync_more(client, "");
    assert_int_equal(timeline_len(client), 10);
    in_room(client, "PUT", "state/m.room.name", "{\"name\":\"Later\"}");
    sync_more(client, "");
    assert_string_equal(cJSON_GetStringValue(joined(
                            client, "timeline/events/0/unsigned/prev_content/name")),
                        "Evening");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HS_TEST(sync__says_what_is_new),
        HS_TEST(sync__waits_until_there_is_news),
        HS_TEST(sync__refuses_a_token_it_does_not_know),
        HS_TEST(messages__give_exactly_the_gap),
        HS_TEST(sync__caps_the_timeline_at_100),
        HS_TEST(sync__tells_state_changed_in_the_gap),
        HS_TEST(sync__loads_members_lazily_and_once),
        HS_TEST(sync__shows_an_invite_once_and_then_the_room),
        HS_TEST(sync__tells_a_kick_and_what_was_said_meanwhile),
        HS_TEST(sync__carries_receipts_typing_and_account_data),
        HS_TEST(filter__is_kept_and_used),
        HS_TEST(to_device__is_gone_once_a_newer_since_was_used),
        HS_TEST(room__forgets_its_oldest_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
