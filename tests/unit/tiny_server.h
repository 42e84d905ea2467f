/* tiny_server.h - a loopback TCP server for tests, in the loop of the client.
 *
 * It collects one HTTP request a connection at a time and hands it to the
 * test, which answers with bytes of its own; what comes after an upgrade goes to
 * the test as it is. `run_until` turns the loop until a condition holds and
 * fails the test after a guard time, so nothing here sleeps or retries.
 */
#ifndef HEARTH_TESTS_UNIT_TINY_SERVER_H
#define HEARTH_TESTS_UNIT_TINY_SERVER_H

#include "bot/base/buf.h"
#include "bot/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uv.h>
#include <cmocka.h>

#define GUARD_MS 20000

struct tiny_peer {
    struct tiny_server *server;
    uv_tcp_t tcp;
    struct buf in;
    bool is_upgraded;
};

struct tiny_server {
    uv_loop_t loop;
    uv_tcp_t tcp;
    uv_timer_t guard;
    char url[64];
    int port, accepted, peer_count;
    struct tiny_peer *last_peer;
    /* A whole request is in peer->in; it is emptied afterwards. */
    void (*on_request)(struct tiny_peer *peer);
    /* Bytes after an upgrade. */
    void (*on_bytes)(struct tiny_peer *peer);
    void *ctx;
};

struct tiny_write {
    uv_write_t request;
    char *bytes;
};

static void tiny_written(uv_write_t *request, int status)
{
    (void)status;
    struct tiny_write *write = request->data;
    free(write->bytes);
    free(write);
}

static void tiny_send(struct tiny_peer *peer, const void *bytes, size_t len)
{
    struct tiny_write *write = mem_alloc(sizeof *write);
    write->bytes = mem_copy(bytes, len);
    write->request.data = write;
    uv_buf_t buf = uv_buf_init(write->bytes, (unsigned)len);
    assert_int_equal(
        uv_write(&write->request, (uv_stream_t *)&peer->tcp, &buf, 1, tiny_written), 0);
}

static void tiny_peer_closed(uv_handle_t *handle)
{
    struct tiny_peer *peer = handle->data;
    if (peer->server->last_peer == peer)
        peer->server->last_peer = NULL;
    peer->server->peer_count--;
    buf_clear(&peer->in);
    free(peer);
}

static void tiny_hang_up(struct tiny_peer *peer)
{
    if (!uv_is_closing((uv_handle_t *)&peer->tcp))
        uv_close((uv_handle_t *)&peer->tcp, tiny_peer_closed);
}

static void tiny_alloc(uv_handle_t *handle, size_t wanted, uv_buf_t *ret_buf)
{
    (void)handle;
    *ret_buf = uv_buf_init(mem_alloc(wanted), (unsigned)wanted);
}

static size_t tiny_request_len(const struct buf *in)
{
    const char *end = in->data ? strstr(in->data, "\r\n\r\n") : NULL;
    if (!end)
        return SIZE_MAX;
    const char *length = strcasestr(in->data, "\r\nContent-Length: ");
    return (size_t)(end - in->data) + 4 +
           (length && length < end ? (size_t)atoi(length + 18) : 0);
}

static void tiny_read(uv_stream_t *stream, ssize_t len, const uv_buf_t *bytes)
{
    struct tiny_peer *peer = stream->data;
    if (len > 0)
        buf_add(&peer->in, bytes->base, (size_t)len);
    free(bytes->base);
    if (len < 0) {
        tiny_hang_up(peer);
        return;
    }
    if (peer->is_upgraded) {
        if (peer->server->on_bytes && peer->in.len > 0)
            peer->server->on_bytes(peer);
        buf_reset(&peer->in);
    } else if (tiny_request_len(&peer->in) <= peer->in.len) {
        peer->server->on_request(peer);
        buf_reset(&peer->in);
    }
}

static void tiny_accept(uv_stream_t *listener, int status)
{
    struct tiny_server *server = listener->data;
    struct tiny_peer *peer = mem_alloc(sizeof *peer);
    assert_int_equal(status, 0);
    buf_init(&peer->in, (size_t)1024 * 1024);
    peer->server = server;
    peer->tcp.data = peer;
    assert_int_equal(uv_tcp_init(&server->loop, &peer->tcp), 0);
    assert_int_equal(uv_accept(listener, (uv_stream_t *)&peer->tcp), 0);
    assert_int_equal(uv_read_start((uv_stream_t *)&peer->tcp, tiny_alloc, tiny_read), 0);
    server->accepted++;
    server->peer_count++;
    server->last_peer = peer;
}

static void tiny_open(struct tiny_server *server)
{
    struct sockaddr_in address;
    int len = sizeof address;
    memset(server, 0, sizeof *server);
    assert_int_equal(uv_loop_init(&server->loop), 0);
    assert_int_equal(uv_timer_init(&server->loop, &server->guard), 0);
    assert_int_equal(uv_tcp_init(&server->loop, &server->tcp), 0);
    uv_ip4_addr("127.0.0.1", 0, &address);
    assert_int_equal(uv_tcp_bind(&server->tcp, (struct sockaddr *)&address, 0), 0);
    assert_int_equal(uv_listen((uv_stream_t *)&server->tcp, 8, tiny_accept), 0);
    uv_tcp_getsockname(&server->tcp, (struct sockaddr *)&address, &len);
    server->tcp.data = server;
    server->port = ntohs(address.sin_port);
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d", server->port);
}

static void tiny_guard_fired(uv_timer_t *timer)
{
    (void)timer;
    fail_msg("nothing happened within the guard time");
}

/* Turn the loop until *flag is at least `value`. */
static void run_until(struct tiny_server *server, const int *flag, int value)
{
    uv_timer_start(&server->guard, tiny_guard_fired, GUARD_MS, 0);
    while (*flag < value)
        uv_run(&server->loop, UV_RUN_ONCE);
    uv_timer_stop(&server->guard);
}

/* Turn the loop until every handle is closed: the client must have closed its. */
static void tiny_close(struct tiny_server *server)
{
    uv_timer_start(&server->guard, tiny_guard_fired, GUARD_MS, 0);
    uv_unref((uv_handle_t *)&server->guard);
    uv_close((uv_handle_t *)&server->tcp, NULL);
    if (server->last_peer)
        tiny_hang_up(server->last_peer);
    uv_run(&server->loop, UV_RUN_DEFAULT);
    uv_close((uv_handle_t *)&server->guard, NULL);
    uv_run(&server->loop, UV_RUN_DEFAULT);
    assert_int_equal(server->peer_count, 0);
    assert_int_equal(uv_loop_close(&server->loop), 0);
}

#endif
