/* sync_transport.c - long-polling /sync as a transport.
 *
 *            start                 answer                 ack
 *    IDLE ----------> ASKING ----------------> WAITING ---------> ASKING
 *      ^                 |  error                 |
 *      +-----------------+------------------------+-- stop
 *
 * One request at a time and the next only after the ack, so the token in the
 * next request is always one that is committed. The first request after a start
 * asks with timeout 0: what piled up comes at once. Every change of state is
 * made before a callback is called, because the callback may call back in.
 */
#include "bot/matrix/transport.h"

#include "bot/base/mem.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUEST_MARGIN_MS 30000            /* beyond the time the server may wait */
#define INITIAL_TIMEOUT_MS (5 * 60 * 1000) /* an initial sync takes a server long */

enum state { IDLE, ASKING, WAITING };

struct sync_transport {
    struct rest rest;
    struct transport_events events;
    int timeout_ms;
    char *filter;
    enum state state;
    uint64_t generation;
    uint64_t request; /* to cancel with; 0 for none */
    char *since;      /* NULL: initial sync */
    bool is_first;    /* no answer since the start */
};

static void go_down(struct sync_transport *sync, enum down_reason reason,
                    int64_t retry_after_ms, const char *detail)
{
    sync->state = IDLE;
    sync->events.on_down(sync->events.ctx, sync->generation, reason, retry_after_ms,
                         detail);
}

static enum down_reason judge_error(const struct sync_transport *sync, int http_status,
                                    const char *errcode)
{
    if (http_status == 401 && (text_equal(errcode, "M_UNKNOWN_TOKEN") ||
                               text_equal(errcode, "M_MISSING_TOKEN")))
        return DOWN_TOKEN;
    if (http_status == 400 && sync->since &&
        (text_equal(errcode, "M_UNKNOWN") || text_equal(errcode, "M_INVALID_PARAM")))
        return DOWN_SINCE;
    return DOWN_PASSING;
}

static void handle_error(struct sync_transport *sync, const struct rest_answer *answer)
{
    struct matrix_error error = {.retry_after_ms = -1};
    char detail[160];

    if (answer->http_status == 0) {
        go_down(sync, DOWN_PASSING, -1, answer->error ? answer->error : "no answer");
        return;
    }
    if (parse_error(answer->body, answer->body_len, &error) != ST_OK)
        error = (struct matrix_error){.retry_after_ms = -1};
    int64_t retry_after_ms =
        answer->retry_after_ms >= 0 ? answer->retry_after_ms : error.retry_after_ms;
    snprintf(detail, sizeof detail, "HTTP %d %.100s", answer->http_status,
             error.errcode ? error.errcode : "without an error code");
    enum down_reason reason = judge_error(sync, answer->http_status, error.errcode);
    matrix_error_clear(&error);
    go_down(sync, reason, retry_after_ms, detail);
}

static void handle_answer(void *ctx, const struct rest_answer *answer)
{
    struct sync_transport *sync = ctx;
    char *next_batch = NULL;

    if (sync->state != ASKING)
        return;
    sync->request = 0;
    if (answer->http_status != 200) {
        handle_error(sync, answer);
        return;
    }
    if (parse_string_field(answer->body, answer->body_len, "next_batch", &next_batch) !=
        ST_OK) {
        go_down(sync, DOWN_PASSING, answer->retry_after_ms, "not an answer to /sync");
        return;
    }
    free(next_batch);
    sync->state = WAITING;
    sync->is_first = false;
    sync->events.on_update(sync->events.ctx, sync->generation, answer->body,
                           answer->body_len);
}

static void ask(struct sync_transport *sync)
{
    int timeout_ms = sync->is_first ? 0 : sync->timeout_ms;
    char *path = path_sync(sync->since, sync->filter, timeout_ms);
    struct rest_request request = {
        .method = "GET",
        .path = path,
        .timeout_ms =
            sync->since ? sync->timeout_ms + REQUEST_MARGIN_MS : INITIAL_TIMEOUT_MS,
    };
    sync->state = ASKING;
    sync->request = sync->rest.start(sync->rest.ctx, &request, handle_answer, sync);
    free(path);
}

static void stop(void *ctx)
{
    struct sync_transport *sync = ctx;
    if (sync->request)
        sync->rest.cancel(sync->rest.ctx, sync->request);
    sync->request = 0;
    sync->state = IDLE;
}

static void start(void *ctx, uint64_t generation, const char *since)
{
    struct sync_transport *sync = ctx;
    char *copy = mem_dup(since);
    stop(sync);
    free(sync->since);
    sync->since = copy;
    sync->generation = generation;
    sync->is_first = true;
    ask(sync);
}

static void ack(void *ctx, const char *next_batch)
{
    struct sync_transport *sync = ctx;
    if (sync->state != WAITING)
        return;
    char *copy = mem_dup(next_batch);
    free(sync->since);
    sync->since = copy;
    ask(sync);
}

/* The request has its own time limit. */
static int64_t tick(void *ctx, struct now now)
{
    (void)ctx;
    (void)now;
    return INT64_MAX;
}

struct sync_transport *sync_transport_new(const struct rest *rest,
                                          const struct transport_events *events,
                                          int timeout_ms)
{
    struct sync_transport *sync = mem_alloc(sizeof *sync);
    sync->rest = *rest;
    sync->events = *events;
    sync->timeout_ms = timeout_ms;
    sync->filter = sync_filter();
    return sync;
}

void sync_transport_free(struct sync_transport *sync)
{
    if (!sync)
        return;
    stop(sync);
    free(sync->filter);
    free(sync->since);
    free(sync);
}

struct transport sync_transport_interface(struct sync_transport *sync)
{
    return (struct transport){.name = "sync",
                              .start = start,
                              .stop = stop,
                              .ack = ack,
                              .tick = tick,
                              .ctx = sync};
}
