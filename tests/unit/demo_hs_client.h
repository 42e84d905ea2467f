/* demo_hs_client.h - a client in memory, shared by the homeserver's tests. */
#ifndef HEARTH_TESTS_DEMO_HS_CLIENT_H
#define HEARTH_TESTS_DEMO_HS_CLIENT_H

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/ns.h"
#include "bot/base/text.h"
#include "bot/demo/hs.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define HS_TEST_ID_LEN 200

struct client {
    struct random_seeded seed;
    struct hs *hs;
    int64_t now_ms, asked_ms;
    const char *token;         /* of the next request */
    char alice[80], bob[80];   /* tokens */
    char room[HS_TEST_ID_LEN]; /* of the latest createRoom */
    char since[80];
    int status; /* of the latest answer */
    int64_t retry_after_ms;
    char content_type[80];
    cJSON *json; /* body of the latest answer, NULL if it was not JSON */
    bool has_waited;
};

/* One request; the answer's body is in client->json until the next one. */
static inline int request(struct client *client, const char *method, const char *path,
                          const char *query, const char *body)
{
    struct hs_request rest = {.method = method,
                              .path = path,
                              .query = query,
                              .token = client->token,
                              .content_type = "text/plain",
                              .body = body,
                              .body_len = body ? strlen(body) : 0};
    struct hs_response response;
    cJSON_Delete(client->json);
    client->json = NULL;
    client->status = 0;
    client->has_waited = hs_handle(client->hs, &rest, client->now_ms,
                                   client->asked_ms ? client->asked_ms : client->now_ms,
                                   &response) == HS_WAIT;
    if (client->has_waited)
        return 0;
    client->status = response.status;
    client->retry_after_ms = response.retry_after_ms;
    (void)snprintf(client->content_type, sizeof client->content_type, "%s",
                   response.content_type);
    if (response.body.len > 0)
        client->json = cJSON_ParseWithLength(response.body.data, response.body.len);
    buf_clear(&response.body);
    return client->status;
}

/* A path with the room in place of "ROOM". */
static inline int in_room(struct client *client, const char *method, const char *tail,
                          const char *body)
{
    char path[1200];
    (void)snprintf(path, sizeof path, "/_matrix/client/v3/rooms/%s/%s", client->room,
                   tail);
    return request(client, method, path, NULL, body);
}

/* Text at a path of keys and indices ("rooms.join.0.x"; "*" is the first child). */
static inline const cJSON *at(const cJSON *json, const char *path)
{
    struct strv keys = {0};
    text_split(path, '/', &keys);
    for (size_t i = 0; i < keys.count; i++) {
        const char *key = keys.items[i];
        if (text_equal(key, "*"))
            json = json ? json->child : NULL;
        else if (cJSON_IsArray(json))
            json = cJSON_GetArrayItem(json, atoi(key));
        else
            json = cJSON_GetObjectItemCaseSensitive(json, key);
    }
    strv_clear(&keys);
    return json;
}

static inline const char *text_at(const struct client *client, const char *path)
{
    return cJSON_GetStringValue(at(client->json, path));
}

static inline int count_at(const struct client *client, const char *path)
{
    return cJSON_GetArraySize(at(client->json, path));
}

static inline void assert_error(const struct client *client, int status,
                                const char *errcode)
{
    assert_int_equal(client->status, status);
    assert_string_equal(text_at(client, "errcode"), errcode);
}

static inline void log_in(struct client *client, const char *name, char ret_token[80])
{
    char body[300];
    client->token = NULL;
    (void)snprintf(
        body, sizeof body,
        "{\"type\":\"m.login.password\",\"identifier\":{\"type\":\"m.id.user\","
        "\"user\":\"%s\"},\"password\":\"pw\",\"device_id\":\"DEV%s\"}",
        name, name);
    assert_int_equal(request(client, "POST", "/_matrix/client/v3/login", NULL, body),
                     200);
    (void)snprintf(ret_token, 80, "%s", text_at(client, "access_token"));
    client->token = ret_token;
}

static inline void create_room(struct client *client, const char *body)
{
    assert_int_equal(request(client, "POST", "/_matrix/client/v3/createRoom", NULL, body),
                     200);
    (void)snprintf(client->room, sizeof client->room, "%s", text_at(client, "room_id"));
}

/* Send a text; the event id stays in client->json. */
static inline const char *say(struct client *client, const char *txn, const char *text)
{
    char tail[200], body[600];
    (void)snprintf(tail, sizeof tail, "send/m.room.message/%s", txn);
    (void)snprintf(body, sizeof body, "{\"msgtype\":\"m.text\",\"body\":\"%s\"}", text);
    assert_int_equal(in_room(client, "PUT", tail, body), 200);
    return text_at(client, "event_id");
}

static inline void sync_more(struct client *client, const char *extra)
{
    char query[800];
    (void)snprintf(query, sizeof query, "timeout=0%s%s%s",
                   *client->since ? "&since=" : "", client->since, extra);
    assert_int_equal(request(client, "GET", "/_matrix/client/v3/sync", query, NULL), 200);
    (void)snprintf(client->since, sizeof client->since, "%s",
                   text_at(client, "next_batch"));
}

/* The joined room's part of the latest sync; NULL if it is not there. */
static inline const cJSON *joined(const struct client *client, const char *path)
{
    char full[300];
    const cJSON *room = at(client->json, "rooms/join");
    room = cJSON_GetObjectItemCaseSensitive(room, client->room);
    (void)snprintf(full, sizeof full, "%s", path);
    return at(room, full);
}

static inline int setup_client(void **state)
{
    struct client *client = mem_alloc(sizeof *client);
    struct random random = random_from_seed(&client->seed, 7);
    client->hs = hs_new(
        &(struct hs_config){.server_name = "localhost", .offers_stream = true}, &random);
    client->now_ms = 1795379484198;
    log_in(client, "bob", client->bob);
    log_in(client, "alice", client->alice);
    *state = client;
    return 0;
}

static inline int teardown_client(void **state)
{
    struct client *client = *state;
    cJSON_Delete(client->json);
    hs_free(client->hs);
    free(client);
    return 0;
}

/* alice and bob in one room; alice speaks. */
static inline void meet(struct client *client)
{
    char path[300];
    client->token = client->alice;
    create_room(client, "{\"preset\":\"public_chat\",\"name\":\"Evening\"}");
    client->token = client->bob;
    (void)snprintf(path, sizeof path, "/_matrix/client/v3/join/%s", client->room);
    assert_int_equal(request(client, "POST", path, NULL, NULL), 200);
    client->token = client->alice;
}

#define HS_TEST(name) cmocka_unit_test_setup_teardown(name, setup_client, teardown_client)

#endif
