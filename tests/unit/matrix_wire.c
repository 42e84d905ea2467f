/* matrix_wire.c - the websocket client against a loopback server in its loop. */
#include "bot/matrix/wire_lws.h"

#include "bot/base/limits.h"
#include "bot/base/text.h"
#include "tests/unit/tiny_server.h"

#include <glib.h>
#include <signal.h>

struct fixture {
    struct tiny_server server;
    struct wire_lws *lws;
    struct wire wire;
    struct wire_events events;
    const char *refusal; /* bytes instead of the upgrade */
    bool hangs_up;       /* close TCP instead of answering */
    char request[8192];
    int requests, opened, messages, closed, frames;
    char message[256];
    size_t message_len;
    int http_status, close_code;
    char reason[256];
    bool closes_in_message, reopens_in_close;
    int frame_opcode; /* the last one that the client sent */
    char frame[256];
};

static void send_frame(struct tiny_peer *peer, int first_byte, const char *bytes,
                       size_t len)
{
    unsigned char head[4] = {(unsigned char)first_byte, (unsigned char)len};
    size_t head_len = 2;
    if (len > 125) {
        head[1] = 126;
        head[2] = (unsigned char)(len >> 8);
        head[3] = (unsigned char)len;
        head_len = 4;
    }
    tiny_send(peer, head, head_len);
    tiny_send(peer, bytes, len);
}

static void upgrade(struct tiny_peer *peer, const char *key, const char *protocol)
{
    char text[256], reply[512];
    guchar digest[20];
    gsize digest_len = sizeof digest;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    snprintf(text, sizeof text, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    g_checksum_update(sum, (const guchar *)text, -1);
    g_checksum_get_digest(sum, digest, &digest_len);
    g_checksum_free(sum);
    char *accept = g_base64_encode(digest, digest_len);
    snprintf(reply, sizeof reply,
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
             "Connection: Upgrade\r\nSec-WebSocket-Protocol: %s\r\n"
             "Sec-WebSocket-Accept: %s\r\n\r\n",
             protocol, accept);
    g_free(accept);
    peer->is_upgraded = true;
    tiny_send(peer, reply, strlen(reply));
}

static void handle_request(struct tiny_peer *peer)
{
    struct fixture *f = peer->server->ctx;
    snprintf(f->request, sizeof f->request, "%s", peer->in.data);
    f->requests++;
    const char *key = strcasestr(f->request, "\r\nSec-WebSocket-Key: ");
    if (f->hangs_up)
        tiny_hang_up(peer);
    else if (f->refusal)
        tiny_send(peer, f->refusal, strlen(f->refusal));
    else if (key)
        upgrade(peer, key + 21, "test.v1");
}

/* One short masked frame. */
static void handle_bytes(struct tiny_peer *peer)
{
    struct fixture *f = peer->server->ctx;
    const unsigned char *in = (const unsigned char *)peer->in.data;
    assert_true(peer->in.len >= 6);
    size_t len = in[1] & 0x7f;
    assert_true((in[1] & 0x80) && len < 126 && peer->in.len >= 6 + len);
    for (size_t i = 0; i < len; i++)
        f->frame[i] = (char)(in[6 + i] ^ in[2 + i % 4]);
    f->frame[len] = '\0';
    f->frame_opcode = in[0] & 15;
    f->frames++;
}

static void on_open(void *ctx)
{
    struct fixture *f = ctx;
    f->opened++;
}

static void on_message(void *ctx, const char *bytes, size_t len)
{
    struct fixture *f = ctx;
    f->messages++;
    f->message_len = len;
    snprintf(f->message, sizeof f->message, "%.*s", (int)len, bytes);
    if (f->closes_in_message) {
        wire_lws_close(f->lws);
        f->lws = NULL;
    }
}

static void on_close(void *ctx, int http_status, int close_code, const char *reason)
{
    struct fixture *f = ctx;
    f->closed++;
    f->http_status = http_status;
    f->close_code = close_code;
    snprintf(f->reason, sizeof f->reason, "%s", reason ? reason : "");
    if (f->reopens_in_close) {
        f->reopens_in_close = false;
        f->refusal = NULL;
        assert_int_equal(f->wire.open(f->wire.ctx, "/again", NULL, "test.v1", &f->events),
                         ST_OK);
    }
}

/* The client talks to the server by this name, port 0 for its own. */
static void begin_at(struct fixture *f, const char *host, int port)
{
    memset(f, 0, sizeof *f);
    tiny_open(&f->server);
    f->server.on_request = handle_request;
    f->server.on_bytes = handle_bytes;
    f->server.ctx = f;
    f->events = (struct wire_events){on_open, on_message, on_close, f};
    snprintf(f->server.url, sizeof f->server.url, "http://%s:%d", host,
             port ? port : f->server.port);
    assert_int_equal(wire_lws_open(&f->server.loop, f->server.url, NULL, false, &f->lws),
                     ST_OK);
    f->wire = wire_lws_interface(f->lws);
}

static void begin(struct fixture *f)
{
    begin_at(f, "127.0.0.1", 0);
}

static void end(struct fixture *f)
{
    int closed = f->closed;
    wire_lws_close(f->lws);
    tiny_close(&f->server);
    assert_int_equal(f->closed, closed);
}

static void begin_open(struct fixture *f)
{
    assert_int_equal(
        f->wire.open(f->wire.ctx, "/p%21?since=s", "tok", "test.v1", &f->events), ST_OK);
}

static void wire_open__asks__with_token_and_subprotocol(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    begin_open(&f);
    assert_int_equal(f.opened, 0);
    run_until(&f.server, &f.opened, 1);
    assert_ptr_equal(strstr(f.request, "GET /p%21?since=s HTTP/1.1\r\n"), f.request);
    assert_non_null(strcasestr(f.request, "\r\nAuthorization: Bearer tok\r\n"));
    assert_non_null(strcasestr(f.request, "\r\nSec-WebSocket-Protocol: test.v1\r\n"));
    assert_null(strcasestr(f.request, "Extensions"));
    assert_null(strcasestr(f.request, "\r\nOrigin"));
    end(&f);
}

static void wire_open__carries__a_long_path(void **state)
{
    (void)state;
    struct fixture f;
    char path[2002];
    begin(&f);
    memset(path, 'a', sizeof path - 1);
    path[0] = '/';
    path[2001] = '\0';
    assert_int_equal(f.wire.open(f.wire.ctx, path, NULL, "test.v1", &f.events),
                     ST_TOO_BIG);
    path[2000] = '\0';
    assert_int_equal(f.wire.open(f.wire.ctx, path, NULL, "test.v1", &f.events), ST_OK);
    run_until(&f.server, &f.opened, 1);
    assert_true(strncmp(f.request + 4, path, 2000) == 0);
    assert_true(strncmp(f.request + 2004, " HTTP/1.1\r\n", 11) == 0);
    assert_null(strcasestr(f.request, "Authorization"));
    end(&f);
}

static void wire_message__comes__whole(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    begin_open(&f);
    run_until(&f.server, &f.opened, 1);
    send_frame(f.server.last_peer, 0x81, "{\"a\":1}", 7);
    run_until(&f.server, &f.messages, 1);
    assert_string_equal(f.message, "{\"a\":1}");
    send_frame(f.server.last_peer, 0x01, "one ", 4);
    send_frame(f.server.last_peer, 0x00, "two ", 4);
    send_frame(f.server.last_peer, 0x89, "", 0);
    send_frame(f.server.last_peer, 0x80, "three", 5);
    run_until(&f.server, &f.messages, 2);
    assert_string_equal(f.message, "one two three");
    send_frame(f.server.last_peer, 0x82, "binary", 6);
    for (int i = 0; i < 200; i++) {
        char block[1000];
        memset(block, 'x', sizeof block);
        send_frame(f.server.last_peer,
                   i == 0     ? 0x01
                   : i == 199 ? 0x80
                              : 0x00,
                   block, sizeof block);
    }
    run_until(&f.server, &f.messages, 3);
    assert_int_equal(f.message_len, 200000);
    end(&f);
}

static void wire_send__keeps__the_order(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    assert_int_equal(f.wire.send(f.wire.ctx, "x", 1), ST_PASSING);
    begin_open(&f);
    assert_int_equal(f.wire.send(f.wire.ctx, "x", 1), ST_PASSING);
    run_until(&f.server, &f.opened, 1);
    assert_int_equal(f.wire.send(f.wire.ctx, "hello", 5), ST_OK);
    run_until(&f.server, &f.frames, 1);
    assert_string_equal(f.frame, "hello");
    assert_int_equal(f.frame_opcode, 1);
    f.wire.ping(f.wire.ctx);
    run_until(&f.server, &f.frames, 2);
    assert_int_equal(f.frame_opcode, 9);
    char *big = mem_alloc(2 * 1024 * 1024);
    assert_int_equal(f.wire.send(f.wire.ctx, big, 2 * 1024 * 1024), ST_TOO_BIG);
    free(big);
    end(&f);
}

static void wire_close__reports__the_status_of_a_refusal(void **state)
{
    (void)state;
    static const int statuses[] = {200, 302, 400, 401, 403, 404, 405, 426, 429, 501, 502};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct fixture f;
        char reply[256];
        begin(&f);
        snprintf(
            reply, sizeof reply,
            "HTTP/1.1 %d Reason\r\nLocation: /else\r\nContent-Type: application/json\r\n"
            "Content-Length: 2\r\n\r\n{}",
            statuses[i]);
        f.refusal = reply;
        begin_open(&f);
        run_until(&f.server, &f.closed, 1);
        assert_int_equal(f.http_status, statuses[i]);
        assert_int_equal(f.close_code, 0);
        assert_int_equal(f.opened, 0);
        assert_int_equal(f.server.accepted, 1);
        end(&f);
    }
}

static void wire_close__reports__the_close_frame(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    begin_open(&f);
    run_until(&f.server, &f.opened, 1);
    send_frame(f.server.last_peer, 0x88, "\x11\x31M_UNKNOWN_TOKEN", 17);
    run_until(&f.server, &f.closed, 1);
    assert_int_equal(f.close_code, 4401);
    assert_int_equal(f.http_status, 0);
    assert_string_equal(f.reason, "M_UNKNOWN_TOKEN");
    assert_int_equal(f.wire.send(f.wire.ctx, "x", 1), ST_PASSING);
    end(&f);
}

static void wire_close__comes__when_tcp_ends(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    begin_open(&f);
    run_until(&f.server, &f.opened, 1);
    tiny_hang_up(f.server.last_peer);
    run_until(&f.server, &f.closed, 1);
    assert_int_equal(f.close_code, 1006);
    f.hangs_up = true;
    begin_open(&f);
    run_until(&f.server, &f.closed, 2);
    assert_int_equal(f.http_status, 0);
    assert_int_equal(f.close_code, 0);
    end(&f);
}

static void wire_close__comes__when_nobody_listens(void **state)
{
    (void)state;
    struct fixture f;
    begin_at(&f, "127.0.0.1", 1);
    begin_open(&f);
    assert_int_equal(f.closed, 0);
    run_until(&f.server, &f.closed, 1);
    assert_int_equal(f.http_status, 0);
    end(&f);
}

static void wire_open__tries__every_address_of_a_name(void **state)
{
    (void)state;
    struct fixture f;
    begin_at(&f, "localhost", 0);
    begin_open(&f);
    run_until(&f.server, &f.opened, 1);
    assert_non_null(strcasestr(f.request, "\r\nHost: localhost:"));
    assert_int_equal(f.closed, 0);
    end(&f);
}

static void wire_open__drops__the_old_connection_silently(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    begin_open(&f);
    begin_open(&f); /* while the name is looked up */
    run_until(&f.server, &f.opened, 1);
    begin_open(&f); /* while open */
    run_until(&f.server, &f.opened, 2);
    f.wire.close(f.wire.ctx);
    f.wire.close(f.wire.ctx);
    assert_int_equal(f.closed, 0);
    f.refusal = "HTTP/1.1 404 Nope\r\nContent-Length: 0\r\n\r\n";
    f.reopens_in_close = true;
    begin_open(&f);
    run_until(&f.server, &f.opened, 3);
    assert_int_equal(f.closed, 1);
    assert_non_null(strstr(f.request, "GET /again "));
    end(&f);
}

static void wire_open__may_be_dropped__at_any_step(void **state)
{
    (void)state;
    for (int turns = 0; turns < 12; turns++) {
        struct fixture f;
        begin(&f);
        begin_open(&f);
        for (int i = 0; i < turns; i++)
            uv_run(&f.server.loop, UV_RUN_NOWAIT);
        f.wire.close(f.wire.ctx);
        int opened = f.opened;
        for (int i = 0; i < 5; i++)
            uv_run(&f.server.loop, UV_RUN_NOWAIT);
        assert_int_equal(f.opened, opened);
        assert_int_equal(f.closed, 0);
        end(&f);
    }
}

static void wire_lws_close__leaves__nothing_of_an_unused_wire(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    end(&f);
    struct wire_lws *lws = NULL;
    assert_int_equal(wire_lws_open(NULL, "ftp://127.0.0.1", NULL, false, &lws),
                     ST_INVALID);
    assert_null(lws);
}

static void wire_message__may_close__the_wire_itself(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.closes_in_message = true;
    begin_open(&f);
    run_until(&f.server, &f.opened, 1);
    send_frame(f.server.last_peer, 0x81, "{}", 2);
    send_frame(f.server.last_peer, 0x81, "{}", 2);
    run_until(&f.server, &f.messages, 1);
    tiny_close(&f.server);
    assert_int_equal(f.messages, 1);
    assert_int_equal(f.closed, 0);
}

static void wire_open__refuses__a_subprotocol_it_did_not_offer(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    assert_int_equal(f.wire.open(f.wire.ctx, "/", NULL, "other.v1", &f.events), ST_OK);
    run_until(&f.server, &f.closed, 1);
    assert_int_equal(f.http_status, 101);
    assert_int_equal(f.opened, 0);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wire_open__asks__with_token_and_subprotocol),
        cmocka_unit_test(wire_open__carries__a_long_path),
        cmocka_unit_test(wire_message__comes__whole),
        cmocka_unit_test(wire_send__keeps__the_order),
        cmocka_unit_test(wire_close__reports__the_status_of_a_refusal),
        cmocka_unit_test(wire_close__reports__the_close_frame),
        cmocka_unit_test(wire_close__comes__when_tcp_ends),
        cmocka_unit_test(wire_close__comes__when_nobody_listens),
        cmocka_unit_test(wire_open__tries__every_address_of_a_name),
        cmocka_unit_test(wire_open__drops__the_old_connection_silently),
        cmocka_unit_test(wire_open__may_be_dropped__at_any_step),
        cmocka_unit_test(wire_lws_close__leaves__nothing_of_an_unused_wire),
        cmocka_unit_test(wire_message__may_close__the_wire_itself),
        cmocka_unit_test(wire_open__refuses__a_subprotocol_it_did_not_offer),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
