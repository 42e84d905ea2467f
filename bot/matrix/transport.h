/* transport.h - how updates come in: start, stop, acknowledge.
 *
 * A transport is a small state machine over `rest` (sync) or `wire` (stream)
 * with no clock of its own: transport_tick tells it the time and it says when
 * it wants to be told again. Each start has a generation; callbacks carry it,
 * and the link drops those of an older one (rule E12). After `on_down` a
 * transport is idle until it is started again.
 */
#ifndef HEARTH_MATRIX_TRANSPORT_H
#define HEARTH_MATRIX_TRANSPORT_H

#include "bot/base/clock.h"
#include "bot/base/random.h"
#include "bot/matrix/rest.h"
#include "bot/matrix/wire.h"
#include <stdbool.h>

enum down_reason {
    DOWN_PASSING, /* connection lost, time-out, 5xx, 429: try again */
    DOWN_REFUSED, /* the server has no such transport: use another */
    DOWN_TOKEN,   /* the account's token is not accepted: stop */
    DOWN_SINCE,   /* the sync token is not accepted: start without one (E13) */
    DOWN_REPLACED /* another connection took our place: stop and say so */
};

struct transport_events {
    /* One /sync-shaped JSON object as it came; borrowed for the call. */
    void (*on_update)(void *ctx, uint64_t generation, const char *bytes, size_t len);
    void (*on_down)(void *ctx, uint64_t generation, enum down_reason reason,
                    int64_t retry_after_ms, const char *detail);
    void *ctx;
};

struct transport {
    const char *name; /* "stream", "sync" */
    void (*start)(void *ctx, uint64_t generation, const char *since);
    void (*stop)(void *ctx);
    /* The update that ended in `next_batch` is committed: the next may come. */
    void (*ack)(void *ctx, const char *next_batch);
    /* Returns when it wants to be called again (monotonic ms), or INT64_MAX. */
    int64_t (*tick)(void *ctx, struct now now);
    void *ctx;
};

/* Long-polling /sync: one request at a time, the next only after ack. */
struct sync_transport;
struct sync_transport *sync_transport_new(const struct rest *rest,
                                          const struct transport_events *events,
                                          int timeout_ms);
void sync_transport_free(struct sync_transport *sync);
struct transport sync_transport_interface(struct sync_transport *sync);

/* The client stream over a websocket: NS.stream first, then (only if
 * `is_legacy_allowed`) the draft's path and subprotocol. Announces and sends
 * `ack` after each committed update; an application ping every 30 s, dead after 60 s of
 * silence. */
struct stream_config {
    const char *token; /* copied */
    bool is_legacy;    /* the 2015 draft's path, m.json, token in the query */
};
struct stream_transport;
struct stream_transport *stream_transport_new(const struct wire *wire,
                                              const struct transport_events *events,
                                              const struct stream_config *config);
void stream_transport_free(struct stream_transport *stream);
struct transport stream_transport_interface(struct stream_transport *stream);

#endif
