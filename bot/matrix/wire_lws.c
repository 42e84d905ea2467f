/* wire_lws.c - the websocket client on libwebsockets 4.1, a guest of libuv.
 *
 * Opening goes: resolve the name in libuv's thread pool (the library would
 * block the loop), then try its addresses one after the other until a server
 * answers HTTP. Each try is an `attempt`, the one thing the library's callbacks
 * know: it points back to the wire while it is the current one and to nothing
 * after it was dropped, so that an old connection can end in its own time
 * without a callback and without the wire still being there.
 *
 * The status of a refused upgrade: 4.1 ends it with "ws upgrade response not
 * 101" and forgets the number, but calls LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP
 * before it judges the answer, also for websockets. It is read there.
 */
#include "bot/matrix/wire_lws.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "bot/matrix/lws_guest.h"
#include "bot/matrix/url.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#define HANDSHAKE_MAX 16384 /* the headers both ways */
#define TARGET_MAX 2000     /* the library cuts a request line at 2048 bytes */
#define RX_CHUNK 65536      /* a message arrives in pieces of this */
#define QUEUE_MAX (1 << 20) /* bytes of ours that wait to be sent */
#define CLOSE_TOO_BIG 1009
#define CLOSE_LOST 1006 /* no close frame came */
#define REASON_MAX 125  /* of a close frame */

struct message {
    struct message *next;
    size_t len;
    unsigned char bytes[]; /* LWS_PRE bytes of room, then the text */
};

struct attempt {
    struct wire_lws *wire; /* NULL: dropped */
    struct lws *wsi;
    bool is_beginning; /* inside lws_client_connect_via_info */
    bool is_gone;      /* the library let go of it there */
    bool is_open;
    int http_status, close_code;
    char reason[REASON_MAX + 1];
};

struct lookup {
    uv_getaddrinfo_t request;
    struct wire_lws *wire; /* NULL: dropped */
};

struct wire_lws {
    uv_loop_t *loop;
    struct lws_guest *guest;
    struct url url;
    int ssl_flags;
    /* of the current opening */
    struct wire_events events;
    char *path, *authorization, *subprotocol;
    struct lookup *lookup;
    struct addrinfo *addresses, *next_address;
    struct attempt *attempt;
    struct buf incoming;
    struct message *outgoing;
    size_t outgoing_len;
    bool wants_ping;
};

static void wipe_text(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    free(text);
}

/* Forget the current opening; whatever still runs of it ends by itself. */
static void drop_current(struct wire_lws *wire)
{
    struct attempt *attempt = wire->attempt;
    if (wire->lookup) {
        wire->lookup->wire = NULL;
        uv_cancel((uv_req_t *)&wire->lookup->request);
        wire->lookup = NULL;
    }
    if (attempt) {
        attempt->wire = NULL;
        wire->attempt = NULL;
        if (attempt->wsi && attempt->is_open)
            lws_callback_on_writable(attempt->wsi); /* says goodbye there */
        else if (attempt->wsi)
            lws_set_timeout(attempt->wsi, PENDING_TIMEOUT_USER_REASON_BASE,
                            LWS_TO_KILL_ASYNC);
    }
    uv_freeaddrinfo(wire->addresses);
    wire->addresses = wire->next_address = NULL;
    while (wire->outgoing) {
        struct message *message = wire->outgoing;
        wire->outgoing = message->next;
        free(message);
    }
    wire->outgoing_len = 0;
    wire->wants_ping = false;
    buf_clear(&wire->incoming);
    free(wire->path);
    free(wire->subprotocol);
    wipe_text(wire->authorization);
    wire->path = wire->subprotocol = wire->authorization = NULL;
}

/* The end of what was current: nothing of the wire may be used afterwards. */
static void end_current(struct wire_lws *wire, int http_status, int close_code,
                        const char *reason)
{
    struct wire_events events = wire->events;
    drop_current(wire);
    events.on_close(events.ctx, http_status, close_code, reason);
}

static int handle_lws(struct lws *wsi, enum lws_callback_reasons reason, void *user,
                      void *in, size_t len);

static const struct lws_protocols protocols[] = {
    {.name = "hearth-wire", .callback = handle_lws, .rx_buffer_size = RX_CHUNK},
    {.name = NULL},
};

static enum status connect_address(struct wire_lws *wire, const struct addrinfo *address)
{
    char numeric[64];
    struct attempt *attempt = mem_alloc(sizeof *attempt);
    struct lws_client_connect_info info = {
        .context = lws_guest_context(wire->guest),
        .address = numeric,
        .port = wire->url.port,
        .path = wire->path,
        .host = wire->url.authority,
        .protocol = wire->subprotocol,
        .local_protocol_name = protocols[0].name,
        .ssl_connection = wire->ssl_flags | LCCSCF_HTTP_NO_FOLLOW_REDIRECT,
        .alpn = "http/1.1",
        .userdata = attempt,
        .pwsi = &attempt->wsi,
    };
    if (getnameinfo(address->ai_addr, address->ai_addrlen, numeric, sizeof numeric, NULL,
                    0, NI_NUMERICHOST) != 0) {
        free(attempt);
        return ST_INVALID;
    }
    attempt->wire = wire;
    attempt->is_beginning = true;
    wire->attempt = attempt;
    struct lws *wsi = lws_client_connect_via_info(&info);
    attempt->is_beginning = false;
    if (wsi && !attempt->is_gone)
        return ST_OK;
    wire->attempt = NULL;
    free(attempt);
    return ST_PASSING;
}

/* Try the addresses that are left. */
static enum status connect_next(struct wire_lws *wire)
{
    while (wire->next_address) {
        const struct addrinfo *address = wire->next_address;
        wire->next_address = address->ai_next;
        if (connect_address(wire, address) == ST_OK)
            return ST_OK;
    }
    return ST_PASSING;
}

static void handle_lookup(uv_getaddrinfo_t *request, int result,
                          struct addrinfo *addresses)
{
    struct lookup *lookup = request->data;
    struct wire_lws *wire = lookup->wire;
    free(lookup);
    if (!wire) {
        uv_freeaddrinfo(addresses);
        return;
    }
    wire->lookup = NULL;
    wire->addresses = wire->next_address = addresses;
    if (result != 0)
        end_current(wire, 0, 0, "the name of the server cannot be resolved");
    else if (connect_next(wire) != ST_OK)
        end_current(wire, 0, 0, "no connection");
}

static enum status begin_lookup(struct wire_lws *wire)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};
    struct lookup *lookup = mem_alloc(sizeof *lookup);
    lookup->wire = wire;
    lookup->request.data = lookup;
    if (uv_getaddrinfo(wire->loop, &lookup->request, handle_lookup, wire->url.host, NULL,
                       &hints) != 0) {
        free(lookup);
        return ST_PASSING;
    }
    wire->lookup = lookup;
    return ST_OK;
}

static enum status open_wire(void *ctx, const char *path, const char *token,
                             const char *subprotocol, const struct wire_events *events)
{
    struct wire_lws *wire = ctx;
    struct buf text;

    drop_current(wire);
    if (strlen(path) + strlen(wire->url.path) > TARGET_MAX)
        return ST_TOO_BIG;
    wire->events = *events;
    wire->subprotocol = mem_dup(subprotocol);
    buf_init(&text, HANDSHAKE_MAX);
    buf_add_text(&text, wire->url.path);
    buf_add_text(&text, path);
    wire->path = buf_take(&text);
    if (token) {
        buf_init(&text, HANDSHAKE_MAX);
        buf_add_text(&text, "Bearer ");
        buf_add_text(&text, token);
        wire->authorization = buf_take(&text);
    }
    enum status status = begin_lookup(wire);
    if (status != ST_OK)
        drop_current(wire);
    return status;
}

static void close_wire(void *ctx)
{
    drop_current(ctx);
}

static bool is_open(const struct wire_lws *wire)
{
    return wire->attempt && wire->attempt->is_open;
}

static enum status send_message(void *ctx, const char *bytes, size_t len)
{
    struct wire_lws *wire = ctx;
    if (!is_open(wire))
        return ST_PASSING;
    if (len > QUEUE_MAX - wire->outgoing_len)
        return ST_TOO_BIG;
    struct message *message = mem_alloc(sizeof *message + LWS_PRE + len);
    message->len = len;
    memcpy(message->bytes + LWS_PRE, bytes, len);
    struct message **link = &wire->outgoing;
    while (*link)
        link = &(*link)->next;
    *link = message;
    wire->outgoing_len += len;
    lws_callback_on_writable(wire->attempt->wsi);
    return ST_OK;
}

static void ping_wire(void *ctx)
{
    struct wire_lws *wire = ctx;
    if (!is_open(wire))
        return;
    wire->wants_ping = true;
    lws_callback_on_writable(wire->attempt->wsi);
}

/* What a callback returns to end a connection that is not wanted any more. */
static int say_goodbye(struct lws *wsi)
{
    lws_close_reason(wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
    return -1;
}

static int add_authorization(const struct attempt *attempt, struct lws *wsi, void *in,
                             size_t len)
{
    unsigned char **at = in;
    const char *value = attempt->wire ? attempt->wire->authorization : NULL;
    if (!value)
        return 0;
    return lws_add_http_header_by_name(
        wsi, (const unsigned char *)"authorization:", (const unsigned char *)value,
        (int)strlen(value), at, *at + len);
}

/* One write a callback. Non-zero ends the connection. */
static int write_next(struct attempt *attempt, struct lws *wsi)
{
    struct wire_lws *wire = attempt->wire;
    if (!wire)
        return say_goodbye(wsi);
    if (wire->wants_ping) {
        unsigned char empty[LWS_PRE + 1];
        wire->wants_ping = false;
        if (lws_write(wsi, empty + LWS_PRE, 0, LWS_WRITE_PING) < 0)
            return -1;
    } else if (wire->outgoing) {
        struct message *message = wire->outgoing;
        wire->outgoing = message->next;
        wire->outgoing_len -= message->len;
        int written =
            lws_write(wsi, message->bytes + LWS_PRE, message->len, LWS_WRITE_TEXT);
        free(message);
        if (written < 0)
            return -1;
    }
    if (wire->wants_ping || wire->outgoing)
        lws_callback_on_writable(wsi);
    return 0;
}

/* Collect the pieces of a message; a whole one goes up in a buffer of its own,
 * because the callback may close everything. Binary ones are not ours. */
static int take_piece(struct attempt *attempt, struct lws *wsi, const char *bytes,
                      size_t len)
{
    struct wire_lws *wire = attempt->wire;
    if (!wire)
        return say_goodbye(wsi);
    if (lws_frame_is_binary(wsi))
        return 0;
    buf_add(&wire->incoming, bytes, len);
    if (wire->incoming.overflowed) {
        lws_close_reason(wsi, (enum lws_close_status)CLOSE_TOO_BIG, NULL, 0);
        end_current(wire, 0, CLOSE_TOO_BIG, "a message over the limit");
        return -1;
    }
    if (!lws_is_final_fragment(wsi) || lws_remaining_packet_payload(wsi) > 0)
        return 0;
    struct buf message = wire->incoming;
    buf_init(&wire->incoming, UPDATE_MAX);
    wire->events.on_message(wire->events.ctx, message.data ? message.data : "",
                            message.len);
    buf_clear(&message);
    return attempt->wire ? 0 : say_goodbye(wsi);
}

static void note_close(struct attempt *attempt, const unsigned char *in, size_t len)
{
    if (len < 2)
        return;
    size_t reason_len = len - 2 < REASON_MAX ? len - 2 : REASON_MAX;
    char *reason = text_make_utf8((const char *)in + 2, reason_len);
    attempt->close_code = in[0] << 8 | in[1];
    strncpy(attempt->reason, reason, sizeof attempt->reason - 1);
    free(reason);
}

static void fail_attempt(struct attempt *attempt, const char *in, size_t len)
{
    struct wire_lws *wire = attempt->wire;
    if (!wire || attempt->is_beginning)
        return;
    attempt->wsi = NULL; /* it is ending: not to be ended again */
    if (attempt->http_status == 0) {
        attempt->wire = NULL;
        wire->attempt = NULL;
        if (connect_next(wire) == ST_OK)
            return;
    }
    char *reason = text_make_utf8(in ? in : "", in ? len : 0);
    end_current(wire, attempt->http_status, 0, reason);
    free(reason);
}

static void close_attempt(struct attempt *attempt)
{
    struct wire_lws *wire = attempt->wire;
    if (!wire)
        return;
    attempt->wsi = NULL;
    end_current(wire, 0, attempt->close_code ? attempt->close_code : CLOSE_LOST,
                attempt->reason);
}

static void release_attempt(struct attempt *attempt)
{
    close_attempt(attempt);
    if (attempt->is_beginning)
        attempt->is_gone = true;
    else
        free(attempt);
}

static int handle_lws(struct lws *wsi, enum lws_callback_reasons reason, void *user,
                      void *in, size_t len)
{
    struct attempt *attempt = user;
    if (!attempt)
        return 0;
    switch (reason) {
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
        return add_authorization(attempt, wsi, in, len);
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
        attempt->http_status = (int)lws_http_client_http_response(wsi);
        return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        fail_attempt(attempt, in, len);
        return 0;
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        attempt->is_open = true;
        if (attempt->wire)
            attempt->wire->events.on_open(attempt->wire->events.ctx);
        return attempt->wire ? 0 : say_goodbye(wsi);
    case LWS_CALLBACK_CLIENT_RECEIVE:
        return take_piece(attempt, wsi, in, len);
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return write_next(attempt, wsi);
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        note_close(attempt, in, len);
        return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
        close_attempt(attempt);
        return 0;
    case LWS_CALLBACK_WSI_DESTROY:
        release_attempt(attempt);
        return 0;
    default:
        return 0;
    }
}

static void free_wire(struct wire_lws *wire)
{
    url_clear(&wire->url);
    free(wire);
}

enum status wire_lws_open(uv_loop_t *loop, const char *base_url, const char *ca_file,
                          bool skip_verify, struct wire_lws **ret_wire)
{
    struct wire_lws *wire = mem_alloc(sizeof *wire);
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = protocols,
        .max_http_header_data = HANDSHAKE_MAX,
        .pt_serv_buf_size = HANDSHAKE_MAX,
        .client_ssl_ca_filepath = ca_file,
    };
    enum status status = url_parse(base_url, &wire->url);
    if (status != ST_OK) {
        free_wire(wire);
        return status;
    }
    if (wire->url.is_tls) {
        wire->ssl_flags = LCCSCF_USE_SSL;
        info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    }
    if (skip_verify)
        wire->ssl_flags |= LCCSCF_ALLOW_SELFSIGNED | LCCSCF_ALLOW_EXPIRED |
                           LCCSCF_ALLOW_INSECURE | LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK;
    lws_set_log_level(0, NULL); /* its lines would hold request paths */
    wire->guest = lws_guest_open(loop, &info);
    if (!wire->guest) {
        free_wire(wire);
        return ST_IO;
    }
    wire->loop = loop;
    buf_init(&wire->incoming, UPDATE_MAX);
    *ret_wire = wire;
    return ST_OK;
}

struct wire wire_lws_interface(struct wire_lws *wire)
{
    return (struct wire){.open = open_wire,
                         .send = send_message,
                         .ping = ping_wire,
                         .close = close_wire,
                         .ctx = wire};
}

void wire_lws_close(struct wire_lws *wire)
{
    if (!wire)
        return;
    drop_current(wire);
    lws_guest_close(wire->guest, NULL, NULL);
    free_wire(wire);
}
