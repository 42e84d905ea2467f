/* stream_transport.c - the client stream over a websocket as a transport.
 *
 *           start            on_open
 *    IDLE ---------> OPENING --------> OPEN      any end, stop: back to IDLE
 *
 * Opened with the committed token as `since`; an `ack` at the very start tells
 * the gateway that this client acknowledges, so that it never uses a token
 * upstream that was not committed here. Frames go up as they come, each commit
 * is answered with an `ack`.
 *
 * Silence is counted in ticks: a frame is stamped with the time of the next
 * tick, and ticks are at most TICK_MS apart, which is the error of the silence.
 *
 * What a failed connection means depends on whether a stream was ever had here:
 * before that the server (or a proxy) simply may not have one, after it the
 * connection was lost.
 */
#include "bot/matrix/transport.h"

#include "bot/base/json_write.h"
#include "bot/base/mem.h"
#include "bot/base/ns.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 10000
#define PING_AFTER_MS 30000
#define DEAD_AFTER_MS 60000
#define OPEN_WITHIN_MS 60000
#define FRAME_MAX ((size_t)64 * 1024) /* what we send: pings and acks */

enum state { IDLE, FAILED, OPENING, OPEN };

struct stream_transport {
    struct wire wire;
    struct transport_events events;
    char *token;
    bool is_legacy;
    char *filter;
    enum state state;
    uint64_t generation;
    char *since;
    bool was_open;        /* ever, in any generation */
    bool is_heard;        /* since the last tick */
    bool has_pinged;      /* since something was heard */
    bool is_broken;       /* a frame of ours could not be sent */
    int64_t last_mono_ms; /* when something was heard or opening began; -1: next tick */
    uint64_t next_id;
};

static void go_down(struct stream_transport *stream, enum down_reason reason,
                    const char *detail)
{
    stream->state = IDLE;
    stream->events.on_down(stream->events.ctx, stream->generation, reason, -1, detail);
}

static void send_frame(struct stream_transport *stream, const char *method,
                       bool has_next_batch, const char *next_batch)
{
    char id[32];
    struct json_writer w;
    struct buf out;

    snprintf(id, sizeof id, "%s-%" PRIu64, method, stream->next_id++);
    buf_init(&out, FRAME_MAX);
    json_begin(&w, &out);
    json_object(&w, NULL);
    json_text(&w, "id", id);
    json_text(&w, "method", method);
    json_object(&w, "params");
    if (has_next_batch)
        json_text(&w, "next_batch", next_batch);
    json_object_end(&w);
    json_object_end(&w);
    /* Given up at the next tick: a gateway that misses an ack waits for ever. */
    if (out.overflowed || stream->wire.send(stream->wire.ctx, out.data, out.len) != ST_OK)
        stream->is_broken = true;
    buf_clear(&out);
}

static void handle_open(void *ctx)
{
    struct stream_transport *stream = ctx;
    if (stream->state != OPENING)
        return;
    stream->state = OPEN;
    stream->was_open = true;
    stream->is_heard = true;
    stream->has_pinged = false;
    if (!stream->is_legacy)
        send_frame(stream, "ack", true, stream->since);
}

static void handle_message(void *ctx, const char *bytes, size_t len)
{
    struct stream_transport *stream = ctx;
    struct frame_head head;

    if (stream->state != OPEN)
        return;
    stream->is_heard = true;
    if (parse_frame_head(bytes, len, &head) != ST_OK) {
        stream->wire.close(stream->wire.ctx);
        go_down(stream, DOWN_PASSING, "a frame that is not a JSON object");
        return;
    }
    enum frame_kind kind = head.kind;
    frame_head_clear(&head);
    if (kind == FRAME_UPDATE)
        stream->events.on_update(stream->events.ctx, stream->generation, bytes, len);
}

static enum down_reason judge_refusal(const struct stream_transport *stream,
                                      int http_status)
{
    switch (http_status) {
    case 401:
        return DOWN_TOKEN;
    case 400:
    case 404:
    case 405:
    case 426:
    case 501:
        return DOWN_REFUSED;
    default:
        return stream->was_open ? DOWN_PASSING : DOWN_REFUSED;
    }
}

/* A gateway names the errcode of what its homeserver refused in the reason. */
static bool is_since_refused(const struct stream_transport *stream, int close_code,
                             const char *reason)
{
    return stream->since && reason && (close_code == 1011 || close_code == 4400) &&
           (strcmp(reason, "M_UNKNOWN") == 0 || strcmp(reason, "M_INVALID_PARAM") == 0);
}

static enum down_reason judge_close(const struct stream_transport *stream, int close_code,
                                    const char *reason)
{
    if (close_code == 4401)
        return DOWN_TOKEN;
    if (close_code == 4001)
        return DOWN_REPLACED;
    return is_since_refused(stream, close_code, reason) ? DOWN_SINCE : DOWN_PASSING;
}

static void handle_close(void *ctx, int http_status, int close_code, const char *reason)
{
    struct stream_transport *stream = ctx;
    char detail[200];

    if (stream->state != OPENING && stream->state != OPEN)
        return;
    bool was_opening = stream->state == OPENING;
    if (was_opening)
        snprintf(detail, sizeof detail, "handshake, HTTP %d %.120s", http_status,
                 reason ? reason : "");
    else
        snprintf(detail, sizeof detail, "closed, code %d %.120s", close_code,
                 reason ? reason : "");
    go_down(stream,
            was_opening && close_code == 0 ? judge_refusal(stream, http_status)
                                           : judge_close(stream, close_code, reason),
            detail);
}

static void stop(void *ctx)
{
    struct stream_transport *stream = ctx;
    if (stream->state == OPENING || stream->state == OPEN)
        stream->wire.close(stream->wire.ctx);
    stream->state = IDLE;
}

static void start(void *ctx, uint64_t generation, const char *since)
{
    struct stream_transport *stream = ctx;
    struct wire_events events = {.on_open = handle_open,
                                 .on_message = handle_message,
                                 .on_close = handle_close,
                                 .ctx = stream};
    char *copy = mem_dup(since);
    stop(stream);
    free(stream->since);
    stream->since = copy;
    stream->generation = generation;
    stream->is_heard = stream->has_pinged = stream->is_broken = false;
    stream->last_mono_ms = -1;
    stream->state = OPENING;

    char *path = path_stream(since, stream->filter,
                             stream->is_legacy ? stream->token : NULL, stream->is_legacy);
    enum status status = stream->wire.open(
        stream->wire.ctx, path, stream->is_legacy ? NULL : stream->token,
        stream->is_legacy ? "m.json" : NS_STREAM ".v1", &events);
    free(path);
    if (status != ST_OK)
        stream->state = FAILED; /* said at the next tick: no callback from in here */
}

static void ack(void *ctx, const char *next_batch)
{
    struct stream_transport *stream = ctx;
    if (stream->state != OPEN)
        return;
    char *copy = mem_dup(next_batch);
    free(stream->since);
    stream->since = copy;
    if (!stream->is_legacy)
        send_frame(stream, "ack", true, stream->since);
}

/* Close from our side and say why. */
static int64_t give_up(struct stream_transport *stream, enum down_reason reason,
                       const char *detail)
{
    stream->wire.close(stream->wire.ctx);
    go_down(stream, reason, detail);
    return INT64_MAX;
}

static int64_t tick_open(struct stream_transport *stream, int64_t now_ms)
{
    int64_t silence_ms = now_ms - stream->last_mono_ms;
    if (stream->is_broken)
        return give_up(stream, DOWN_PASSING, "a frame could not be sent");
    if (silence_ms >= DEAD_AFTER_MS)
        return give_up(stream, DOWN_PASSING, "nothing heard for a minute");
    if (silence_ms >= PING_AFTER_MS && !stream->has_pinged) {
        stream->has_pinged = true;
        send_frame(stream, "ping", false, NULL);
    }
    return now_ms + TICK_MS;
}

static int64_t tick(void *ctx, struct now now)
{
    struct stream_transport *stream = ctx;
    if (stream->state == FAILED) {
        go_down(stream, stream->was_open ? DOWN_PASSING : DOWN_REFUSED,
                "the connection could not be begun");
        return INT64_MAX;
    }
    if (stream->state == IDLE)
        return INT64_MAX;
    if (stream->is_heard || stream->last_mono_ms < 0) {
        stream->last_mono_ms = now.mono_ms;
        stream->is_heard = stream->has_pinged = false;
    }
    if (stream->state == OPEN)
        return tick_open(stream, now.mono_ms);
    if (now.mono_ms - stream->last_mono_ms >= OPEN_WITHIN_MS)
        return give_up(stream, judge_refusal(stream, 0), "the handshake took too long");
    return stream->last_mono_ms + OPEN_WITHIN_MS;
}

struct stream_transport *stream_transport_new(const struct wire *wire,
                                              const struct transport_events *events,
                                              const struct stream_config *config)
{
    struct stream_transport *stream = mem_alloc(sizeof *stream);
    stream->wire = *wire;
    stream->events = *events;
    stream->token = mem_dup(config->token);
    stream->is_legacy = config->is_legacy;
    stream->filter = sync_filter();
    stream->last_mono_ms = -1;
    return stream;
}

void stream_transport_free(struct stream_transport *stream)
{
    if (!stream)
        return;
    stop(stream);
    if (stream->token)
        explicit_bzero(stream->token, strlen(stream->token));
    free(stream->token);
    free(stream->filter);
    free(stream->since);
    free(stream);
}

struct transport stream_transport_interface(struct stream_transport *stream)
{
    return (struct transport){.name = "stream",
                              .start = start,
                              .stop = stop,
                              .ack = ack,
                              .tick = tick,
                              .ctx = stream};
}
