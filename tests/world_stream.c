/* world_stream.c - see world_stream.h. */
#include "tests/world_stream.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

static enum status open_stream(void *ctx, const char *path, const char *token,
                               const char *subprotocol, const struct wire_events *events)
{
    struct world *world = ctx;
    const char *since = strstr(path, "since=");
    (void)token;
    (void)subprotocol;
    free(world->stream.since);
    world->stream.since = since ? mem_dup_len(since + 6, strcspn(since + 6, "&")) : NULL;
    world->stream.events = *events;
    world->stream.is_open = false;
    world->stream.is_opening = true;
    strv_clear(&world->stream.replies);
    return ST_OK;
}

static enum status send_stream(void *ctx, const char *bytes, size_t len)
{
    struct world *world = ctx;
    struct buf frame;
    buf_init(&frame, UPDATE_MAX);
    if (hs_stream_request(world->hs, world->bot_token, bytes, len, world->now_ms,
                          &frame) &&
        frame.len > 0)
        strv_add(&world->stream.replies, frame.data);
    buf_clear(&frame);
    return ST_OK;
}

static void ping_stream(void *ctx)
{
    (void)ctx;
}

static void close_stream(void *ctx)
{
    struct world *world = ctx;
    world->stream.is_open = world->stream.is_opening = false;
}

static void end_stream(struct world *world, int http_status)
{
    struct wire_events events = world->stream.events;
    close_stream(world);
    events.on_close(events.ctx, http_status, 0, "cut");
}

bool world_stream_pump(struct world *world)
{
    struct stream_end *stream = &world->stream;
    bool is_up = stream->is_open || stream->is_opening;
    if (is_up && (stream->mode != STREAM_WORKS || world->is_cut)) {
        end_stream(world, stream->mode == STREAM_REFUSED ? 404 : 0);
        return true;
    }
    if (stream->is_opening) {
        stream->is_opening = false;
        stream->is_open = true;
        stream->opened++;
        stream->events.on_open(stream->events.ctx);
        return true;
    }
    if (!stream->is_open)
        return false;
    struct buf frame;
    char token[40];
    buf_init(&frame, UPDATE_MAX);
    bool moved = false;
    if (stream->replies.count > 0) {
        struct strv replies = stream->replies;
        stream->replies = (struct strv){0};
        for (size_t i = 0; i < replies.count && stream->is_open; i++)
            stream->events.on_message(stream->events.ctx, replies.items[i],
                                      strlen(replies.items[i]));
        strv_clear(&replies);
        moved = true;
    } else if (hs_stream_frame(world->hs, world->bot_token, stream->since, NULL,
                               &frame)) {
        hs_stream_token(world->hs, token);
        free(stream->since);
        stream->since = mem_dup(token);
        stream->events.on_message(stream->events.ctx, frame.data, frame.len);
        moved = true;
    }
    buf_clear(&frame);
    return moved;
}

struct wire world_stream_wire(struct world *world)
{
    return (struct wire){open_stream, send_stream, ping_stream, close_stream, world};
}

void world_stream_close(struct world *world)
{
    close_stream(world);
}
