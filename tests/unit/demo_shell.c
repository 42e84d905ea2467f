/* demo_shell.c - the embedded homeserver on a real socket, client in the same loop. */
#include "demo_hs_client.h"

#include "bot/demo/hs_internal.h"
#include "bot/demo/hs_shell.h"
#include "bot/demo/hs_shell_internal.h"

#define WATCHDOG_MS 10000
#define STREAM_PATH "/_matrix/client/unstable/" NS_STREAM "/v1"

struct shell_test {
    struct client client; /* the core, and what is done to it in memory */
    uv_loop_t loop;
    uv_timer_t watchdog;
    struct clock clock;
    struct now now;
    struct hs_shell *shell;
    bool is_done;
};

struct peer {
    struct shell_test *test;
    uv_tcp_t tcp;
    uv_connect_t connect;
    uv_write_t write;
    struct buf in;
    char chunk[65536];
    bool is_connected, is_ended, is_closed;
};

static struct now read_now(void *ctx)
{
    const struct shell_test *test = ctx;
    return test->now;
}

static void bark(uv_timer_t *timer)
{
    (void)timer;
    fail_msg("the server did not answer");
}

static void note_done(void *ctx)
{
    *(bool *)ctx = true;
}

static int setup_shell(void **state)
{
    struct shell_test *test = mem_alloc(sizeof *test);
    struct random random = random_from_seed(&test->client.seed, 7);
    enum status status;
    lws_set_log_level(LLL_ERR, NULL);
    test->client.hs = hs_new(
        &(struct hs_config){.server_name = "localhost", .offers_stream = true}, &random);
    test->client.now_ms = 1795379484198;
    log_in(&test->client, "bob", test->client.bob);
    log_in(&test->client, "alice", test->client.alice);
    test->now = (struct now){.utc_ms = test->client.now_ms, .mono_ms = 1000};
    test->clock = (struct clock){.read = read_now, .ctx = test};
    assert_int_equal(uv_loop_init(&test->loop), 0);
    uv_timer_init(&test->loop, &test->watchdog);
    uv_timer_start(&test->watchdog, bark, WATCHDOG_MS, 0);
    test->shell = hs_shell_start(&test->loop, test->client.hs, &test->clock, "127.0.0.1",
                                 0, &status);
    assert_int_equal(status, ST_OK);
    *state = test;
    return 0;
}

static void stop(struct shell_test *test)
{
    hs_shell_stop(test->shell, note_done, &test->is_done);
    while (!test->is_done)
        (void)uv_run(&test->loop, UV_RUN_ONCE);
}

static int teardown_shell(void **state)
{
    struct shell_test *test = *state;
    if (!test->is_done)
        stop(test);
    uv_close((uv_handle_t *)&test->watchdog, NULL);
    (void)uv_run(&test->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&test->loop), 0);
    cJSON_Delete(test->client.json);
    hs_free(test->client.hs);
    free(test);
    return 0;
}

static void note_connected(uv_connect_t *connect, int status)
{
    struct peer *peer = connect->data;
    assert_int_equal(status, 0);
    peer->is_connected = true;
}

static void give_chunk(uv_handle_t *handle, size_t wanted, uv_buf_t *ret_buf)
{
    struct peer *peer = handle->data;
    (void)wanted;
    *ret_buf = uv_buf_init(peer->chunk, sizeof peer->chunk);
}

static void take_chunk(uv_stream_t *stream, ssize_t len, const uv_buf_t *chunk)
{
    struct peer *peer = stream->data;
    if (len < 0)
        peer->is_ended = true;
    else
        buf_add(&peer->in, chunk->base, (size_t)len);
}

static struct peer *connect_to(struct shell_test *test)
{
    struct peer *peer = mem_alloc(sizeof *peer);
    struct sockaddr_in address;
    peer->test = test;
    peer->tcp.data = peer->connect.data = peer;
    buf_init(&peer->in, 4 * 1024 * 1024);
    uv_tcp_init(&test->loop, &peer->tcp);
    uv_ip4_addr("127.0.0.1", hs_shell_port(test->shell), &address);
    uv_tcp_connect(&peer->connect, &peer->tcp, (struct sockaddr *)&address,
                   note_connected);
    while (!peer->is_connected)
        (void)uv_run(&test->loop, UV_RUN_ONCE);
    uv_read_start((uv_stream_t *)&peer->tcp, give_chunk, take_chunk);
    return peer;
}

static void note_closed(uv_handle_t *handle)
{
    ((struct peer *)handle->data)->is_closed = true;
}

static void hang_up(struct peer *peer)
{
    uv_close((uv_handle_t *)&peer->tcp, note_closed);
    while (!peer->is_closed)
        (void)uv_run(&peer->test->loop, UV_RUN_ONCE);
    buf_clear(&peer->in);
    free(peer);
}

static void put(struct peer *peer, const char *bytes, size_t len)
{
    uv_buf_t part = uv_buf_init((char *)(uintptr_t)bytes, (unsigned)len);
    assert_int_equal(uv_try_write((uv_stream_t *)&peer->tcp, &part, 1), (int)len);
}

/* Send a request; `more` are further header lines, each ending in CR LF. */
static void put_request(struct peer *peer, const char *line, const char *token,
                        const char *more, const char *body)
{
    char *text =
        g_strdup_printf("%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n%s",
                        line, token ? token : "", more ? more : "", body ? body : "");
    put(peer, text, strlen(text));
    free(text);
}

static void wait_for(struct peer *peer, const char *text)
{
    while (!(peer->in.data && strstr(peer->in.data, text)) && !peer->is_ended)
        (void)uv_run(&peer->test->loop, UV_RUN_ONCE);
    if (!peer->in.data || !strstr(peer->in.data, text))
        fail_msg("expected %s, got %s", text, peer->in.data ? peer->in.data : "nothing");
}

/* The status of one whole answer; its JSON goes to client->json. */
static int take_answer(struct peer *peer)
{
    struct client *client = &peer->test->client;
    wait_for(peer, "\r\n\r\n");
    const char *body = strstr(peer->in.data, "\r\n\r\n") + 4;
    const char *length = strstr(peer->in.data, "content-length: ");
    size_t head_len = (size_t)(body - peer->in.data);
    size_t len = (size_t)atoi(length + strlen("content-length: "));
    while (peer->in.len < head_len + len)
        (void)uv_run(&peer->test->loop, UV_RUN_ONCE);
    int status = atoi(peer->in.data + strlen("HTTP/1.1 "));
    cJSON_Delete(client->json);
    client->json = cJSON_ParseWithLength(peer->in.data + head_len, len);
    buf_consume(&peer->in, head_len + len);
    return status;
}

static int ask(struct peer *peer, const char *line, const char *token)
{
    put_request(peer, line, token, NULL, NULL);
    return take_answer(peer);
}

static int post(struct peer *peer, const char *line, const char *token, const char *body)
{
    char length[60];
    (void)snprintf(length, sizeof length, "Content-Length: %zu\r\n", strlen(body));
    put_request(peer, line, token, length, body);
    return take_answer(peer);
}

static void shell__answers_on_one_connection(void **state)
{
    struct shell_test *test = *state;
    struct peer *peer = connect_to(test);
    char line[400];
    assert_int_equal(ask(peer, "GET /_matrix/client/versions", NULL), 200);
    assert_int_equal(ask(peer, "GET /nothing", NULL), 404);
    assert_int_equal(post(peer, "POST /_matrix/client/v3/createRoom", test->client.alice,
                          "{\"preset\":\"public_chat\"}"),
                     200);
    char *room = mem_dup(text_at(&test->client, "room_id"));
    (void)snprintf(line, sizeof line,
                   "PUT /_matrix/client/v3/rooms/%s/state/org.test/a%%2Fb", room);
    assert_int_equal(post(peer, line, test->client.alice, "{\"v\":1}"), 200);
    (void)snprintf(test->client.room, sizeof test->client.room, "%s", room);
    test->client.token = test->client.alice;
    assert_int_equal(in_room(&test->client, "GET", "state/org.test/a%2Fb", NULL), 200);
    assert_int_equal(ask(peer,
                         "GET /_matrix/client/v3/sync?filter=%7B%22room%22%3A%7B%7D%7D",
                         test->client.alice),
                     200);
    assert_int_equal(
        ask(peer, "GET /_matrix/client/v3/sync?filter=%7B%22a", test->client.alice), 400);
    free(room);
    hang_up(peer);
}

static void shell__takes_chunked_bodies_and_refuses_large_ones(void **state)
{
    struct shell_test *test = *state;
    struct peer *peer = connect_to(test);
    put_request(peer, "POST /_matrix/client/v3/login", NULL,
                "Transfer-Encoding: chunked\r\n",
                "1b\r\n{\"type\":\"m.login.password\",\r\n"
                "1f;x=y\r\n\"user\":\"carol\",\"password\":\"pw\"}\r\n0\r\n\r\n");
    assert_int_equal(take_answer(peer), 200);
    hang_up(peer);
    peer = connect_to(test);
    put_request(peer, "POST /_matrix/media/v3/upload", test->client.alice,
                "Content-Length: 99999999999\r\n", NULL);
    assert_int_equal(take_answer(peer), 413);
    hang_up(peer);
    peer = connect_to(test);
    put_request(peer, "POST /_matrix/client/v3/login", NULL,
                "Transfer-Encoding: chunked\r\n", "zz\r\n");
    assert_int_equal(take_answer(peer), 400);
    hang_up(peer);
}

static void shell__wakes_a_waiting_sync(void **state)
{
    struct shell_test *test = *state;
    struct peer *peer = connect_to(test);
    char line[300];
    meet(&test->client);
    sync_more(&test->client, "");
    (void)snprintf(line, sizeof line,
                   "GET /_matrix/client/v3/sync?timeout=30000&since=%s",
                   test->client.since);
    put_request(peer, line, test->client.alice, NULL, NULL);
    for (int i = 0; i < 20; i++)
        (void)uv_run(&test->loop, UV_RUN_NOWAIT);
    assert_int_equal(peer->in.len, 0);
    test->client.token = test->client.bob;
    (void)say(&test->client, "b1", "hi");
    assert_int_equal(take_answer(peer), 200);
    assert_string_equal(
        cJSON_GetStringValue(joined(&test->client, "timeline/events/0/content/body")),
        "hi");
    (void)snprintf(line, sizeof line,
                   "GET /_matrix/client/v3/sync?timeout=30000&since=%s",
                   text_at(&test->client, "next_batch"));
    put_request(peer, line, test->client.alice, NULL, NULL);
    for (int i = 0; i < 20; i++)
        (void)uv_run(&test->loop, UV_RUN_NOWAIT);
    test->now.utc_ms += 30000;
    assert_int_equal(take_answer(peer), 200);
    assert_null(at(test->client.json, "rooms"));
    hang_up(peer);
}

/* A masked text frame. */
static void put_frame(struct peer *peer, const char *text)
{
    char frame[200] = {(char)0x81, (char)(0x80 | (int)strlen(text))};
    assert_true(strlen(text) < 126);
    memcpy(frame + 6, text, strlen(text));
    put(peer, frame, 6 + strlen(text));
}

static struct peer *open_stream(struct shell_test *test, const char *path,
                                const char *token, const char *protocol)
{
    struct peer *peer = connect_to(test);
    char *line = g_strdup_printf("GET %s HTTP/1.1\r\nHost: x\r\n%s%s%s"
                                 "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n"
                                 "Sec-WebSocket-Version: 13\r\n"
                                 "Sec-WebSocket-Protocol: %s\r\n\r\n",
                                 path, token ? "Authorization: Bearer " : "",
                                 token ? token : "", token ? "\r\n" : "", protocol);
    put(peer, line, strlen(line));
    free(line);
    wait_for(peer, "\r\n\r\n");
    return peer;
}

/* The close frame at the end of what came: code and reason. */
static void assert_closed(struct peer *peer, int code, const char *reason)
{
    char frame[128] = {(char)0x88, (char)(2 + strlen(reason)), (char)(code >> 8),
                       (char)(code & 0xff)};
    size_t len = 4 + strlen(reason);
    memcpy(frame + 4, reason, strlen(reason));
    while (!(peer->in.len >= len &&
             memcmp(peer->in.data + peer->in.len - len, frame, len) == 0) &&
           !peer->is_ended)
        (void)uv_run(&peer->test->loop, UV_RUN_ONCE);
    assert_true(peer->in.len >= len);
    assert_memory_equal(peer->in.data + peer->in.len - len, frame, len);
    hang_up(peer);
}

static void stream__carries_updates_and_requests(void **state)
{
    struct shell_test *test = *state;
    meet(&test->client);
    struct peer *peer =
        open_stream(test, STREAM_PATH, test->client.alice, NS_STREAM ".v1");
    wait_for(peer, "101 Switching");
    wait_for(peer, "\"next_batch\"");
    test->client.token = test->client.bob;
    (void)say(&test->client, "b1", "over the socket");
    wait_for(peer, "over the socket");
    put_frame(peer, "{\"id\":\"p1\",\"method\":\"ping\"}");
    wait_for(peer, "{\"id\":\"p1\",\"result\":{}}");
    struct peer *newer = open_stream(test, "/stream", test->client.alice, "m.json");
    assert_closed(peer, 4001, "replaced");
    put_frame(newer, "nonsense");
    assert_closed(newer, 4400, "bad frame");
}

static void stream__refuses_what_it_can_before_the_101(void **state)
{
    struct shell_test *test = *state;
    struct peer *peer = open_stream(test, STREAM_PATH, "wrong", NS_STREAM ".v1");
    assert_int_equal(take_answer(peer), 401);
    hang_up(peer);
    peer = open_stream(test, STREAM_PATH "?since=x", test->client.alice, NS_STREAM ".v1");
    assert_int_equal(take_answer(peer), 400);
    hang_up(peer);
    peer = open_stream(test, "/other", test->client.alice, NS_STREAM ".v1");
    assert_int_equal(take_answer(peer), 404);
    hang_up(peer);
}

static void stream__wants_a_token_first(void **state)
{
    struct shell_test *test = *state;
    char frame[200];
    struct peer *peer = open_stream(test, "/stream", NULL, "m.json");
    (void)snprintf(
        frame, sizeof frame,
        "{\"id\":\"1\",\"method\":\"auth\",\"params\":{\"access_token\":\"%s\"}}",
        test->client.bob);
    assert_true(strlen(frame) < 126);
    put_frame(peer, frame);
    wait_for(peer, "{\"id\":\"1\",\"result\":{}}");
    wait_for(peer, "\"next_batch\"");
    hang_up(peer);
    peer = open_stream(test, "/stream", NULL, "m.json");
    put_frame(peer, "{\"id\":\"1\",\"method\":\"ping\"}");
    assert_closed(peer, 4401, "M_MISSING_TOKEN");
    peer = open_stream(test, "/stream", NULL, "m.json");
    test->now.mono_ms += 5000;
    assert_closed(peer, 4401, "M_MISSING_TOKEN");
}

static void stream__is_told_of_the_stop(void **state)
{
    struct shell_test *test = *state;
    struct peer *peer =
        open_stream(test, STREAM_PATH, test->client.alice, NS_STREAM ".v1");
    wait_for(peer, "\"next_batch\"");
    hs_shell_stop(test->shell, note_done, &test->is_done);
    assert_closed(peer, 1012, "restarting");
    while (!test->is_done)
        (void)uv_run(&test->loop, UV_RUN_ONCE);
}

static void shell__says_busy__when_the_port_is_taken(void **state)
{
    struct shell_test *test = *state;
    enum status status = ST_OK;
    assert_null(hs_shell_start(&test->loop, test->client.hs, &test->clock, "127.0.0.1",
                               hs_shell_port(test->shell), &status));
    assert_int_equal(status, ST_BUSY);
}

static void admin__needs_its_secret(void **state)
{
    struct shell_test *test = *state;
    struct peer *peer = connect_to(test);
    assert_int_equal(post(peer, "POST /_hearth/clock", NULL, "{\"advance_ms\":5}"), 404);
    hs_shell_allow_admin(test->shell, "open sesame");
    assert_int_equal(post(peer, "POST /_hearth/clock", NULL, "{\"advance_ms\":5}"), 403);
    assert_int_equal(post(peer, "POST /_hearth/clock?secret=open%20sesame", NULL,
                          "{\"advance_ms\":5}"),
                     200);
    assert_true(at(test->client.json, "now_ms")->valuedouble ==
                (double)(test->now.utc_ms + 5));
    put_request(peer, "POST /_hearth/fault", NULL,
                "X-Hearth-Admin: open sesame\r\nContent-Length: 49\r\n",
                "{\"kind\":\"status\",\"status\":429,\"retry_after_ms\":1}");
    assert_int_equal(take_answer(peer), 200);
    put_request(peer, "GET /_matrix/client/versions", NULL, NULL, NULL);
    wait_for(peer, "retry-after: 1\r\n");
    assert_int_equal(take_answer(peer), 429);
    assert_int_equal(ask(peer, "GET /_matrix/client/versions", NULL), 200);
    hang_up(peer);
}

static void path__gets_its_slash_back(void **state)
{
    static const char *const cases[][2] = {
        {"/_matrix/client/v3/rooms/!r/send/m/a/b",
         "/_matrix/client/v3/rooms/!r/send/m/a%2Fb"},
        {"/_matrix/client/v3/join/#a/b/c", "/_matrix/client/v3/join/#a%2Fb%2Fc"},
        {"/_matrix/client/v3/rooms/!r/state/m.x/",
         "/_matrix/client/v3/rooms/!r/state/m.x/"},
        {"/_matrix/client/v3/nothing/a/b", "/_matrix/client/v3/nothing/a/b"},
        {"/", "/"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = hs_routes_refit(cases[i][0]);
        assert_string_equal(path, cases[i][1]);
        free(path);
    }
}

#define SHELL_TEST(name)                                                                 \
    cmocka_unit_test_setup_teardown(name, setup_shell, teardown_shell)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHELL_TEST(shell__answers_on_one_connection),
        SHELL_TEST(shell__takes_chunked_bodies_and_refuses_large_ones),
        SHELL_TEST(shell__wakes_a_waiting_sync),
        SHELL_TEST(stream__carries_updates_and_requests),
        SHELL_TEST(stream__refuses_what_it_can_before_the_101),
        SHELL_TEST(stream__wants_a_token_first),
        SHELL_TEST(stream__is_told_of_the_stop),
        SHELL_TEST(shell__says_busy__when_the_port_is_taken),
        SHELL_TEST(admin__needs_its_secret),
        cmocka_unit_test(path__gets_its_slash_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
