/* demo_hs.c - the embedded homeserver: accounts, rooms, sending, refusals. */
#include "demo_hs_client.h"
#include <glib.h>

static void login__keeps_the_first_password(void **state)
{
    struct client *client = *state;
    client->token = NULL;
    assert_int_equal(request(client, "POST", "/_matrix/client/v3/login", NULL,
                             "{\"type\":\"m.login.password\",\"user\":\"alice\","
                             "\"password\":\"other\"}"),
                     403);
    assert_error(client, 403, "M_FORBIDDEN");
    assert_string_equal(hs_whoami(client->hs, client->alice), "@alice:localhost");
}

static void login__gives_a_device_a_new_token(void **state)
{
    struct client *client = *state;
    char again[80];
    log_in(client, "alice", again);
    assert_string_not_equal(again, client->alice);
    assert_null(hs_whoami(client->hs, client->alice));
    assert_string_equal(hs_stream_device(client->hs, again), "DEValice");
}

static void login__refuses_strangers__when_strict(void **state)
{
    struct client *client = *state;
    struct random random = random_from_seed(&client->seed, 8);
    struct hs *open = client->hs;
    client->hs =
        hs_new(&(struct hs_config){.server_name = "here", .strict = true}, &random);
    char *id = hs_user_add(client->hs, "carol", "secret");
    assert_string_equal(id, "@carol:here");
    free(id);
    client->token = NULL;
    request(client, "POST", "/_matrix/client/v3/login", NULL,
            "{\"type\":\"m.login.password\",\"user\":\"alice\",\"password\":\"pw\"}");
    assert_error(client, 403, "M_FORBIDDEN");
    request(client, "POST", "/_matrix/client/v3/login", NULL,
            "{\"type\":\"m.login.password\",\"user\":\"@carol:here\",\"password\":"
            "\"secret\"}");
    assert_int_equal(client->status, 200);
    hs_free(client->hs);
    client->hs = open;
}

static void register__asks_for_the_dummy_stage(void **state)
{
    struct client *client = *state;
    const char *path = "/_matrix/client/v3/register";
    client->token = NULL;
    assert_int_equal(request(client, "POST", path, NULL, "{\"username\":\"dora\"}"), 401);
    assert_string_equal(text_at(client, "flows/0/stages/0"), "m.login.dummy");
    request(client, "POST", path, NULL,
            "{\"username\":\"dora\",\"password\":\"x\",\"auth\":{\"type\":\"m.login."
            "dummy\"}}");
    assert_int_equal(client->status, 200);
    assert_string_equal(text_at(client, "user_id"), "@dora:localhost");
    request(client, "POST", path, NULL, "{\"username\":\"alice\"}");
    assert_error(client, 400, "M_USER_IN_USE");
    request(client, "POST", path, NULL, "{\"username\":\"not ok\"}");
    assert_error(client, 400, "M_INVALID_USERNAME");
}

static void token__is_checked(void **state)
{
    struct client *client = *state;
    const char *path = "/_matrix/client/v3/account/whoami";
    client->token = NULL;
    request(client, "GET", path, NULL, NULL);
    assert_error(client, 401, "M_MISSING_TOKEN");
    client->token = "syt_wrong";
    request(client, "GET", path, NULL, NULL);
    assert_error(client, 401, "M_UNKNOWN_TOKEN");
    client->token = client->alice;
    assert_int_equal(request(client, "GET", path, NULL, NULL), 200);
    assert_string_equal(text_at(client, "device_id"), "DEValice");
    assert_int_equal(request(client, "POST", "/_matrix/client/v3/logout", NULL, NULL),
                     200);
    request(client, "GET", path, NULL, NULL);
    assert_error(client, 401, "M_UNKNOWN_TOKEN");
}

static void path__is_answered_with_m_unrecognized(void **state)
{
    struct client *client = *state;
    request(client, "GET", "/_matrix/client/v3/nothing", NULL, NULL);
    assert_error(client, 404, "M_UNRECOGNIZED");
    request(client, "DELETE", "/_matrix/client/v3/sync", NULL, NULL);
    assert_error(client, 405, "M_UNRECOGNIZED");
    request(client, "GET", "/_matrix/client/v9/sync", NULL, NULL);
    assert_error(client, 404, "M_UNRECOGNIZED");
}

static void versions__offer_the_stream(void **state)
{
    struct client *client = *state;
    client->token = NULL;
    assert_int_equal(request(client, "GET", "/_matrix/client/versions", NULL, NULL), 200);
    assert_true(cJSON_IsTrue(at(client->json, "unstable_features/" NS_STREAM)));
}

static void body__is_refused__when_malformed(void **state)
{
    struct client *client = *state;
    static const char *const bad[] = {
        "",         "{",       "{\"a\":1}x", "{\"a\":01}", "{\"a\":\"\\u0000\"}",
        "\"\xff\"", "{'a':1}", "nul",        "{\"a\":1,}", "{\"a\":\"\n\"}"};
    meet(client);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        in_room(client, "PUT", "send/m.room.message/m", bad[i]);
        assert_error(client, 400, "M_NOT_JSON");
    }
    in_room(client, "PUT", "send/m.room.message/m", "[1]");
    assert_error(client, 400, "M_BAD_JSON");
    char deep[2 * 400 + 20] = "{\"a\":";
    memset(deep + 5, '[', 400);
    memset(deep + 405, ']', 400);
    deep[805] = '}';
    in_room(client, "PUT", "send/m.room.message/m", deep);
    assert_error(client, 400, "M_NOT_JSON");
}

static void content__is_refused__with_a_float_or_too_large(void **state)
{
    struct client *client = *state;
    static const char *const bad[] = {"{\"a\":1.5}", "{\"a\":[1.0]}", "{\"a\":1e3}",
                                      "{\"a\":12345678901234567890}"};
    meet(client);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        in_room(client, "PUT", "send/m.room.message/f", bad[i]);
        assert_error(client, 400, "M_BAD_JSON");
    }
    assert_int_equal(
        in_room(client, "PUT", "send/x/ok", "{\"a\":1795379484198000,\"b\":\"1.5e\"}"),
        200);
    char *large = mem_alloc(EVENT_MAX + 100);
    memset(large, 'x', EVENT_MAX + 50);
    memcpy(large, "{\"body\":\"", 9);
    memcpy(large + EVENT_MAX + 40, "\"}", 3);
    in_room(client, "PUT", "send/m.room.message/l", large);
    assert_error(client, 413, "M_TOO_LARGE");
    free(large);
}

static void numbers__come_back_as_integers(void **state)
{
    struct client *client = *state;
    char tail[200];
    meet(client);
    in_room(client, "PUT", "send/x/ok", "{\"a\":1795379484198000}");
    (void)snprintf(tail, sizeof tail, "event/%s", text_at(client, "event_id"));
    in_room(client, "GET", tail, NULL);
    assert_true(at(client->json, "content/a")->valuedouble == 1795379484198000.0);
}

static void segment__may_hold_an_encoded_slash(void **state)
{
    struct client *client = *state;
    meet(client);
    assert_int_equal(in_room(client, "PUT", "state/org.test/a%2Fb%20c", "{\"v\":1}"),
                     200);
    assert_int_equal(in_room(client, "GET", "state/org.test/a%2Fb%20c", NULL), 200);
    in_room(client, "GET", "state/org.test/a/b", NULL);
    assert_error(client, 404, "M_UNRECOGNIZED");
    in_room(client, "GET", "state/org.test/a%00", NULL);
    assert_error(client, 404, "M_UNRECOGNIZED");
}

static void room__is_version_12(void **state)
{
    struct client *client = *state;
    meet(client);
    assert_null(strchr(client->room, ':'));
    in_room(client, "GET", "state/m.room.create/", NULL);
    assert_string_equal(text_at(client, "room_version"), "12");
    assert_null(text_at(client, "creator"));
    in_room(client, "GET", "state/m.room.power_levels", NULL);
    assert_int_equal(cJSON_GetArraySize(at(client->json, "users")), 0);
    in_room(client, "PUT", "state/m.room.power_levels",
            "{\"users\":{\"@alice:localhost\":100}}");
    assert_error(client, 400, "M_BAD_JSON");
}

static void room__takes_what_create_was_given(void **state)
{
    struct client *client = *state;
    create_room(client,
                "{\"room_version\":\"10\",\"topic\":\"t\",\"is_direct\":true,"
                "\"preset\":\"trusted_private_chat\",\"invite\":[\"@bob:localhost\"],"
                "\"room_alias_name\":\"den\",\"creation_content\":{\"n\":\"once\"},"
                "\"power_level_content_override\":{\"events_default\":5},"
                "\"initial_state\":[{\"type\":\"m.room.encryption\","
                "\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\"}}]}");
    assert_non_null(strchr(client->room, ':'));
    in_room(client, "GET", "state/m.room.create", NULL);
    assert_string_equal(text_at(client, "n"), "once");
    assert_string_equal(text_at(client, "creator"), "@alice:localhost");
    in_room(client, "GET", "state/m.room.power_levels", NULL);
    assert_int_equal(at(client->json, "events_default")->valueint, 5);
    assert_int_equal(at(client->json, "users/@bob:localhost")->valueint, 100);
    in_room(client, "GET", "state/m.room.member/%40bob%3Alocalhost", NULL);
    assert_true(cJSON_IsTrue(at(client->json, "is_direct")));
    assert_string_equal(text_at(client, "membership"), "invite");
    assert_string_equal(text_at(client, "displayname"), "bob");
    request(client, "GET", "/_matrix/client/v3/directory/room/%23den%3Alocalhost", NULL,
            NULL);
    assert_string_equal(text_at(client, "room_id"), client->room);
    request(client, "POST", "/_matrix/client/v3/createRoom", NULL,
            "{\"room_alias_name\":\"den\"}");
    assert_error(client, 400, "M_ROOM_IN_USE");
    request(client, "POST", "/_matrix/client/v3/createRoom", NULL,
            "{\"room_version\":\"99\"}");
    assert_error(client, 400, "M_UNSUPPORTED_ROOM_VERSION");
}

static void join__needs_an_invitation(void **state)
{
    struct client *client = *state;
    client->token = client->alice;
    create_room(client, "{}");
    client->token = client->bob;
    in_room(client, "POST", "join", NULL);
    assert_error(client, 403, "M_FORBIDDEN");
    in_room(client, "PUT", "send/m.room.message/1", "{}");
    assert_error(client, 403, "M_FORBIDDEN");
    client->token = client->alice;
    assert_int_equal(
        in_room(client, "POST", "invite", "{\"user_id\":\"@bob:localhost\"}"), 200);
    client->token = client->bob;
    assert_int_equal(in_room(client, "POST", "join", NULL), 200);
    assert_int_equal(in_room(client, "POST", "leave", "{}"), 200);
    assert_int_equal(in_room(client, "POST", "leave", "{}"), 200);
    in_room(client, "POST", "join", NULL);
    assert_error(client, 403, "M_FORBIDDEN");
    request(client, "POST", "/_matrix/client/v3/join/%23gone%3Alocalhost", NULL, NULL);
    assert_error(client, 404, "M_NOT_FOUND");
}

static void invite__by_state_keeps_the_event(void **state)
{
    struct client *client = *state;
    char first[100];
    const char *tail = "state/m.room.member/@bob:localhost";
    create_room(client, "{}");
    assert_int_equal(in_room(client, "PUT", tail, "{\"membership\":\"invite\"}"), 200);
    (void)snprintf(first, sizeof first, "%s", text_at(client, "event_id"));
    in_room(client, "PUT", tail, "{\"membership\":\"invite\"}");
    assert_string_equal(text_at(client, "event_id"), first);
    in_room(client, "POST", "invite", "{\"user_id\":\"@bob:localhost\"}");
    in_room(client, "GET", tail, NULL);
    assert_int_equal(request(client, "GET", "/_matrix/client/v3/sync", NULL, NULL), 200);
    in_room(client, "GET", "members", NULL);
    assert_int_equal(count_at(client, "chunk"), 2);
    assert_string_not_equal(text_at(client, "chunk/1/event_id"), first);
}

static void power__is_needed(void **state)
{
    struct client *client = *state;
    meet(client);
    client->token = client->bob;
    in_room(client, "PUT", "state/m.room.name", "{\"name\":\"mine\"}");
    assert_error(client, 403, "M_FORBIDDEN");
    in_room(client, "POST", "kick", "{\"user_id\":\"@alice:localhost\"}");
    assert_error(client, 403, "M_FORBIDDEN");
    in_room(client, "PUT", "state/m.room.power_levels",
            "{\"users\":{\"@bob:localhost\":100}}");
    assert_error(client, 403, "M_FORBIDDEN");
    client->token = client->alice;
    assert_int_equal(in_room(client, "PUT", "state/m.room.power_levels",
                             "{\"users\":{\"@bob:localhost\":50},\"state_default\":50,"
                             "\"events\":{\"m.room.power_levels\":50}}"),
                     200);
    client->token = client->bob;
    assert_int_equal(in_room(client, "PUT", "state/m.room.name", "{\"name\":\"mine\"}"),
                     200);
    in_room(client, "PUT", "state/m.room.power_levels",
            "{\"users\":{\"@bob:localhost\":51}}");
    assert_error(client, 403, "M_FORBIDDEN");
    in_room(client, "PUT", "state/org.test/@alice:localhost", "{}");
    assert_error(client, 403, "M_FORBIDDEN");
    client->token = client->alice;
    assert_int_equal(in_room(client, "POST", "ban", "{\"user_id\":\"@bob:localhost\"}"),
                     200);
    client->token = client->bob;
    in_room(client, "POST", "join", NULL);
    assert_error(client, 403, "M_FORBIDDEN");
}

static void txn__gives_the_same_event(void **state)
{
    struct client *client = *state;
    char first[100], tail[300];
    meet(client);
    (void)snprintf(first, sizeof first, "%s", say(client, "t1", "one"));
    assert_string_equal(say(client, "t1", "one"), first);
    (void)snprintf(tail, sizeof tail, "redact/%s/t1", first);
    assert_int_equal(in_room(client, "PUT", tail, "{}"), 200);
    assert_string_equal(text_at(client, "event_id"), first);
    (void)snprintf(tail, sizeof tail, "event/%s", first);
    in_room(client, "GET", tail, NULL);
    assert_string_equal(text_at(client, "content/body"), "one");
    assert_string_equal(text_at(client, "unsigned/transaction_id"), "t1");
    client->token = client->bob;
    in_room(client, "GET", tail, NULL);
    assert_null(text_at(client, "unsigned/transaction_id"));
    assert_string_not_equal(say(client, "t1", "one"), first);
}

static void txn__is_forgotten_with_its_device_and_its_day(void **state)
{
    struct client *client = *state;
    char first[100], second[100];
    meet(client);
    (void)snprintf(first, sizeof first, "%s", say(client, "t1", "one"));
    client->now_ms += 25 * 3600 * (int64_t)1000;
    (void)snprintf(second, sizeof second, "%s", say(client, "t1", "one"));
    assert_string_not_equal(second, first);
    request(client, "POST", "/_matrix/client/v3/logout", NULL, NULL);
    log_in(client, "alice", client->alice);
    assert_string_not_equal(say(client, "t1", "one"), second);
}

static void redaction__strips_and_names_its_reason(void **state)
{
    struct client *client = *state;
    char first[100], tail[300];
    meet(client);
    (void)snprintf(first, sizeof first, "%s", say(client, "t1", "one"));
    client->token = client->bob;
    (void)snprintf(tail, sizeof tail, "redact/%s/r1", first);
    in_room(client, "PUT", tail, "{}");
    assert_error(client, 403, "M_FORBIDDEN");
    client->token = client->alice;
    assert_int_equal(in_room(client, "PUT", tail, "{\"reason\":\"oops\"}"), 200);
    in_room(client, "PUT", "redact/$gone/r2", "{}");
    assert_error(client, 404, "M_NOT_FOUND");
    (void)snprintf(tail, sizeof tail, "event/%s", first);
    in_room(client, "GET", tail, NULL);
    assert_int_equal(count_at(client, "content"), 0);
    assert_string_equal(text_at(client, "unsigned/redacted_because/content/reason"),
                        "oops");
    assert_string_equal(text_at(client, "unsigned/redacted_because/redacts"), first);
    assert_string_equal(text_at(client, "unsigned/redacted_because/content/redacts"),
                        first);
}

static void reaction__counts_once(void **state)
{
    struct client *client = *state;
    char body[400], reaction[100], tail[200];
    meet(client);
    (void)snprintf(body, sizeof body,
                   "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\","
                   "\"key\":\"yes\"}}",
                   say(client, "t1", "one"));
    assert_int_equal(in_room(client, "PUT", "send/m.reaction/a", body), 200);
    (void)snprintf(reaction, sizeof reaction, "%s", text_at(client, "event_id"));
    in_room(client, "PUT", "send/m.reaction/b", body);
    assert_error(client, 400, "M_DUPLICATE_ANNOTATION");
    (void)snprintf(tail, sizeof tail, "redact/%s/c", reaction);
    assert_int_equal(in_room(client, "PUT", tail, "{}"), 200);
    assert_int_equal(in_room(client, "PUT", "send/m.reaction/d", body), 200);
    in_room(client, "PUT", "send/m.reaction/e",
            "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$no\","
            "\"key\":\"x\"}}");
    assert_error(client, 400, "M_UNKNOWN");
}

static void upgrade__leaves_a_tombstone(void **state)
{
    struct client *client = *state;
    char new_room[HS_TEST_ID_LEN], old_room[HS_TEST_ID_LEN];
    meet(client);
    assert_int_equal(in_room(client, "POST", "upgrade", "{\"new_version\":\"12\"}"), 200);
    (void)snprintf(new_room, sizeof new_room, "%s", text_at(client, "replacement_room"));
    in_room(client, "GET", "state/m.room.tombstone", NULL);
    assert_string_equal(text_at(client, "replacement_room"), new_room);
    memcpy(old_room, client->room, sizeof old_room);
    memcpy(client->room, new_room, sizeof new_room);
    in_room(client, "GET", "state/m.room.create", NULL);
    assert_string_equal(text_at(client, "predecessor/room_id"), old_room);
    in_room(client, "GET", "state/m.room.name", NULL);
    assert_string_equal(text_at(client, "name"), "Evening");
}

static void profile__holds_a_time_zone(void **state)
{
    struct client *client = *state;
    const char *path = "/_matrix/client/v3/profile/@alice:localhost/m.tz";
    request(client, "GET", path, NULL, NULL);
    assert_error(client, 404, "M_NOT_FOUND");
    assert_int_equal(request(client, "PUT", path, NULL, "{\"m.tz\":\"Europe/London\"}"),
                     200);
    client->token = client->bob;
    request(client, "GET", path, NULL, NULL);
    assert_string_equal(text_at(client, "m.tz"), "Europe/London");
    request(client, "PUT", path, NULL, "{\"m.tz\":\"UTC\"}");
    assert_error(client, 403, "M_FORBIDDEN");
    request(client, "GET", "/_matrix/client/v3/profile/@alice:localhost", NULL, NULL);
    assert_string_equal(text_at(client, "displayname"), "alice");
}

static void media__is_filled_once(void **state)
{
    struct client *client = *state;
    char path[200];
    request(client, "POST", "/_matrix/media/v1/create", NULL, NULL);
    assert_int_equal(client->status, 200);
    const char *uri = text_at(client, "content_uri");
    assert_true(text_starts(uri, "mxc://localhost/"));
    (void)snprintf(path, sizeof path, "/_matrix/media/v3/upload/%s", uri + 6);
    char *download = g_strdup_printf("/_matrix/client/v1/media/download/%s", uri + 6);
    request(client, "GET", download, NULL, NULL);
    assert_error(client, 504, "M_NOT_YET_UPLOADED");
    assert_int_equal(request(client, "PUT", path, NULL, "{\"picture\":1}"), 200);
    request(client, "PUT", path, NULL, "again");
    assert_error(client, 409, "M_CANNOT_OVERWRITE_MEDIA");
    assert_int_equal(request(client, "GET", download, NULL, NULL), 200);
    assert_string_equal(client->content_type, "text/plain");
    assert_int_equal(at(client->json, "picture")->valueint, 1);
    client->token = NULL;
    request(client, "GET", download, NULL, NULL);
    assert_error(client, 401, "M_MISSING_TOKEN");
    free(download);
}

static void media__is_forgotten__when_it_is_filled_too_late(void **state)
{
    struct client *client = *state;
    char path[200];
    request(client, "POST", "/_matrix/media/v1/create", NULL, NULL);
    (void)snprintf(path, sizeof path, "/_matrix/media/v3/upload/%s",
                   text_at(client, "content_uri") + 6);
    client->now_ms += 25 * 3600000LL;
    request(client, "PUT", path, NULL, "late");
    assert_error(client, 404, "M_NOT_FOUND");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HS_TEST(login__keeps_the_first_password),
        HS_TEST(login__gives_a_device_a_new_token),
        HS_TEST(login__refuses_strangers__when_strict),
        HS_TEST(register__asks_for_the_dummy_stage),
        HS_TEST(token__is_checked),
        HS_TEST(path__is_answered_with_m_unrecognized),
        HS_TEST(versions__offer_the_stream),
        HS_TEST(body__is_refused__when_malformed),
        HS_TEST(content__is_refused__with_a_float_or_too_large),
        HS_TEST(numbers__come_back_as_integers),
        HS_TEST(segment__may_hold_an_encoded_slash),
        HS_TEST(room__is_version_12),
        HS_TEST(room__takes_what_create_was_given),
        HS_TEST(join__needs_an_invitation),
        HS_TEST(invite__by_state_keeps_the_event),
        HS_TEST(power__is_needed),
        HS_TEST(txn__gives_the_same_event),
        HS_TEST(txn__is_forgotten_with_its_device_and_its_day),
        HS_TEST(redaction__strips_and_names_its_reason),
        HS_TEST(reaction__counts_once),
        HS_TEST(upgrade__leaves_a_tombstone),
        HS_TEST(profile__holds_a_time_zone),
        HS_TEST(media__is_filled_once),
        HS_TEST(media__is_forgotten__when_it_is_filled_too_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
