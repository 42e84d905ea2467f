/* hs_shell_ws.c - the streams: authentication, frames out, requests in.
 *
 * A stream gets its next update only when the last one has left, so what piles
 * up for a slow reader becomes one `limited` update. One stream a device: the
 * newest wins. Closing is asked for (close_with), noticed at the next chance to
 * write, and done in a timer's callback (close_now).
 */
#include "bot/demo/hs_shell_internal.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define CLOSE_RESTART 1012
#define CLOSE_REPLACED 4001
#define CLOSE_BAD_FRAME 4400
#define CLOSE_TOKEN 4401
#define CLOSE_TOO_MANY 4429

bool shell_ws_is_path(const char *path)
{
    static const char *const prefix = "/_matrix/client/";
    if (text_equal(path, HS_STREAM_PATH) || text_equal(path, "/stream"))
        return true;
    if (!text_starts(path, prefix))
        return false;
    const char *rest = strchr(path + strlen(prefix), '/');
    return text_equal(rest, "/stream");
}

static void close_with(struct stream *stream, int code, const char *reason)
{
    if (stream->close_code)
        return;
    stream->close_code = code;
    stream->close_reason = reason;
    (void)lws_callback_on_writable(stream->wsi);
}

static void free_stream(struct shell_session *session)
{
    struct stream *stream = session->stream;
    if (!stream)
        return;
    struct stream **link = &stream->shell->streams;
    while (*link && *link != stream)
        link = &(*link)->next;
    if (*link)
        *link = stream->next;
    g_queue_clear_full(&stream->replies, free);
    buf_clear(&stream->message);
    free(stream->token);
    free(stream->filter);
    free(stream);
    session->stream = NULL;
}

static char *query_value(struct lws *wsi, const char *name)
{
    char *query = shell_read_query(wsi);
    struct hs_request request = {.query = query};
    char *value = hs_query_get(&(struct hs_call){.request = &request}, name);
    free(query);
    return value;
}

/* The status that a fault wants instead of the 101, else 0. */
static int take_fault(struct hs *hs, const char *path, const char *token)
{
    struct hs_fault *fault =
        hs_fault_find(hs, HS_FAULT_STATUS, "GET", path, hs_whoami(hs, token));
    if (!fault)
        return 0;
    hs_fault_use(fault);
    return fault->status;
}

/* Before the 101: what can be said as plain HTTP is. */
static int filter_handshake(struct hs_shell *shell, struct lws *wsi)
{
    const char *method;
    char *path = shell_read_path(wsi, &method);
    char *token = shell_read_bearer(wsi);
    char *since = query_value(wsi, "since"), *filter = query_value(wsi, "filter");
    enum hs_stream_start start = HS_STREAM_OK;
    int refused = -1, fault = path ? take_fault(shell->hs, path, token) : 0;
    if (token)
        start = hs_stream_check(shell->hs, token, since, filter);
    if (fault)
        shell_refuse(wsi, fault, "{\"errcode\":\"M_UNKNOWN\",\"error\":\"As ordered\"}");
    else if (!path || !shell_ws_is_path(path) || !shell->hs->offers_stream ||
             shell->is_stopping)
        shell_refuse(wsi, 404,
                     "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"No such stream\"}");
    else if (start == HS_STREAM_BAD_TOKEN)
        shell_refuse(wsi, 401,
                     "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Invalid token\"}");
    else if (start == HS_STREAM_BAD_SINCE)
        shell_refuse(wsi, 400, "{\"errcode\":\"M_UNKNOWN\",\"error\":\"Invalid since\"}");
    else if (start == HS_STREAM_BAD_FILTER)
        shell_refuse(wsi, 400,
                     "{\"errcode\":\"M_INVALID_PARAM\",\"error\":\"Invalid filter\"}");
    else
        refused = 0;
    free(path);
    free(token);
    free(since);
    free(filter);
    return refused;
}

static bool is_same_device(const struct hs *hs, const char *a, const char *b)
{
    return text_equal(hs_whoami(hs, a), hs_whoami(hs, b)) &&
           text_equal(hs_stream_device(hs, a), hs_stream_device(hs, b));
}

/* `token` is taken. */
static void authenticate(struct stream *stream, char *token)
{
    const struct hs *hs = stream->shell->hs;
    const char *since = *stream->since ? stream->since : NULL;
    enum hs_stream_start start = hs_stream_check(hs, token, since, stream->filter);
    if (start != HS_STREAM_OK) {
        free(token);
        close_with(stream, start == HS_STREAM_BAD_TOKEN ? CLOSE_TOKEN : CLOSE_BAD_FRAME,
                   start == HS_STREAM_BAD_TOKEN ? "M_UNKNOWN_TOKEN" : "M_UNKNOWN");
        return;
    }
    for (struct stream *other = stream->shell->streams; other; other = other->next)
        if (other != stream && other->token && is_same_device(hs, other->token, token))
            close_with(other, CLOSE_REPLACED, "replaced");
    stream->token = token;
    (void)lws_callback_on_writable(stream->wsi);
}

static void open_stream(struct hs_shell *shell, struct lws *wsi,
                        struct shell_session *session)
{
    struct stream *stream = session->stream = mem_alloc(sizeof *stream);
    size_t count = 1;
    stream->shell = shell;
    stream->wsi = wsi;
    stream->opened_mono_ms = shell_now(shell).mono_ms;
    buf_init(&stream->message, HS_JSON_BODY_MAX);
    g_queue_init(&stream->replies);
    struct stream **end = &shell->streams;
    for (; *end; count++)
        end = &(*end)->next;
    *end = stream;
    char *since = query_value(wsi, "since");
    stream->filter = query_value(wsi, "filter");
    if (since)
        g_strlcpy(stream->since, since, sizeof stream->since);
    free(since);
    char *token = shell_read_bearer(wsi);
    if (count > SHELL_STREAMS_MAX) {
        free(token);
        close_with(stream, CLOSE_TOO_MANY, "too many streams");
    } else if (token) {
        authenticate(stream, token);
    } else {
        shell_tick_soon(shell);
    }
}

static void reply(struct stream *stream, char *text_taken)
{
    g_queue_push_tail(&stream->replies, text_taken);
    if (stream->replies.length > SHELL_REPLIES_MAX)
        close_with(stream, CLOSE_TOO_MANY, "too many requests");
    (void)lws_callback_on_writable(stream->wsi);
}

/* {"id":…,"method":"auth","params":{"access_token":…}} and nothing else. */
static void take_auth(struct stream *stream)
{
    cJSON *json = hs_json_parse(stream->message.data, stream->message.len, NULL);
    const cJSON *params = hs_json_object(json, "params");
    const char *token =
        hs_json_str(params ? params : hs_json_object(json, "param"), "access_token");
    if (!text_equal(hs_json_str(json, "method"), "auth") || !token) {
        close_with(stream, CLOSE_TOKEN, "M_MISSING_TOKEN");
    } else {
        authenticate(stream, mem_dup(token));
        if (stream->token) {
            struct buf text;
            struct json_writer w;
            buf_init(&text, 2 * SHELL_AUTH_LEN_MAX);
            json_begin(&w, &text);
            json_object(&w, NULL);
            hs_json_write(&w, "id", hs_json_get(json, "id"));
            json_raw(&w, "result", "{}");
            json_object_end(&w);
            reply(stream, buf_take(&text));
        }
    }
    cJSON_Delete(json);
}

static void take_message(struct stream *stream)
{
    struct buf out;
    if (!stream->token) {
        take_auth(stream);
        return;
    }
    buf_init(&out, UPDATE_MAX);
    if (!hs_stream_request(stream->shell->hs, stream->token, stream->message.data,
                           stream->message.len, shell_now(stream->shell).utc_ms, &out))
        close_with(stream, CLOSE_BAD_FRAME, "bad frame");
    else if (out.len > 0)
        reply(stream, buf_take(&out));
    buf_clear(&out);
}

static void receive(struct stream *stream, const char *in, size_t len)
{
    if (stream->close_code)
        return;
    buf_add(&stream->message, in, len);
    if (lws_frame_is_binary(stream->wsi) || stream->message.overflowed) {
        close_with(stream, CLOSE_BAD_FRAME, "bad frame");
        return;
    }
    if (!stream->token && stream->message.len > SHELL_AUTH_LEN_MAX) {
        close_with(stream, CLOSE_TOKEN, "M_MISSING_TOKEN");
        return;
    }
    if (!lws_is_final_fragment(stream->wsi) ||
        lws_remaining_packet_payload(stream->wsi) > 0)
        return;
    buf_add(&stream->message, "", 0);
    take_message(stream);
    buf_reset(&stream->message);
}

static int write_text(struct lws *wsi, const char *text, size_t len)
{
    unsigned char *bytes = mem_alloc(LWS_PRE + len);
    memcpy(bytes + LWS_PRE, text, len);
    int written = lws_write(wsi, bytes + LWS_PRE, len, LWS_WRITE_TEXT);
    free(bytes);
    return written < (int)len ? -1 : 0;
}

static int write_update(struct stream *stream)
{
    struct hs *hs = stream->shell->hs;
    struct buf frame;
    int result = 0;
    buf_init(&frame, UPDATE_MAX);
    bool has_any = hs_stream_frame(
        hs, stream->token, *stream->since ? stream->since : NULL, stream->filter, &frame);
    if (has_any && hs_stream_must_drop(hs)) {
        result = -1;
    } else {
        hs_stream_token(hs, stream->since);
        if (has_any)
            result = write_text(stream->wsi, frame.data, frame.len);
        if (has_any)
            (void)lws_callback_on_writable(stream->wsi);
    }
    buf_clear(&frame);
    return result;
}

/* Debian's 4.1.6 on libuv drops the close frame when a socket callback asks for
 * the close; from a timer's callback it is sent. */
static int close_now(struct stream *stream)
{
    if (!stream->close_code)
        return 0;
    lws_close_reason(stream->wsi, (enum lws_close_status)stream->close_code,
                     (unsigned char *)(uintptr_t)stream->close_reason,
                     strlen(stream->close_reason));
    return -1;
}

/* One frame a call; -1 ends the connection. */
static int write_next(struct stream *stream)
{
    if (stream->close_code) {
        lws_set_timer_usecs(stream->wsi, 1); /* leads to close_now */
        return 0;
    }
    char *text = g_queue_pop_head(&stream->replies);
    if (text) {
        int result = write_text(stream->wsi, text, strlen(text));
        free(text);
        (void)lws_callback_on_writable(stream->wsi);
        return result;
    }
    return stream->token ? write_update(stream) : 0;
}

void shell_ws_wake(struct hs_shell *shell)
{
    for (struct stream *stream = shell->streams; stream; stream = stream->next) {
        if (stream->token && !hs_whoami(shell->hs, stream->token))
            close_with(stream, CLOSE_TOKEN, "M_UNKNOWN_TOKEN");
        (void)lws_callback_on_writable(stream->wsi);
    }
}

void shell_ws_tick(struct hs_shell *shell)
{
    int64_t mono_ms = shell_now(shell).mono_ms;
    for (struct stream *stream = shell->streams; stream; stream = stream->next) {
        if (stream->token || stream->close_code)
            continue;
        if (mono_ms - stream->opened_mono_ms >= SHELL_AUTH_MS)
            close_with(stream, CLOSE_TOKEN, "M_MISSING_TOKEN");
        else
            shell_tick_soon(shell);
    }
}

void shell_ws_say_goodbye(struct hs_shell *shell)
{
    for (struct stream *stream = shell->streams; stream; stream = stream->next)
        close_with(stream, CLOSE_RESTART, "restarting");
}

int shell_ws_callback(struct hs_shell *shell, struct lws *wsi,
                      enum lws_callback_reasons reason, struct shell_session *session,
                      const char *in, size_t len)
{
    switch (reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return filter_handshake(shell, wsi);
    case LWS_CALLBACK_ESTABLISHED:
        open_stream(shell, wsi, session);
        return 0;
    case LWS_CALLBACK_RECEIVE:
        if (session->stream)
            receive(session->stream, in, len);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return session->stream ? write_next(session->stream) : 0;
    case LWS_CALLBACK_TIMER:
        return session->stream ? close_now(session->stream) : 0;
    case LWS_CALLBACK_CLOSED:
        free_stream(session);
        return 0;
    default:
        return 0;
    }
}
