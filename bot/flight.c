/* flight.c - see flight.h. */
#include "bot/flight.h"
#include "bot/base/limits.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"
#include "bot/results.h"
#include <stdlib.h>
#include <string.h>

#define REQUEST_TIMEOUT_MS 60000
#define PROFILE_TIMEOUT_MS 5000 /* a person waits for what comes after it */
#define CREATE_DOUBT_MS 30000   /* a room may still show up in an update */
#define LOOKUP_PAGES_MAX 50
#define BACKOFF_MAX_MS (5 * 60 * 1000)

void flight_end(struct flight *flight)
{
    if (flight->request != 0)
        flight->bot->rest.cancel(flight->bot->rest.ctx, flight->request);
    flight_view_clear(flight);
    outbox_item_clear(&flight->item);
    payload_clear(&flight->payload);
    memset(flight, 0, sizeof *flight);
}

/* Run `write` on the flight in a transaction; a store that refuses stops the
 * process (the outcome of a commit may be unknown, rule E8). */
void flight_settle(struct flight *flight, enum status (*write)(struct flight *))
{
    struct bot *bot = flight->bot;
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = write(flight);
    if (status == ST_OK)
        status = store_commit(bot->store);
    else
        store_rollback(bot->store);
    if (status != ST_OK) {
        log_error("the store refused a sending result: %s", status_text(status));
        bot_stop(bot, EXIT_STORE);
    }
}

/* The row may be gone: its echo acknowledged it, or its room was left. */
static enum status write_item(struct flight *flight)
{
    enum status status = outbox_update(flight->bot->store, &flight->item);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

static enum status write_refused(struct flight *flight)
{
    return results_refused(flight->bot, &flight->item, &flight->payload);
}

/* Try again later: `retry_after_ms` as the server asked, else exponential with
 * jitter. */
void flight_postpone(struct flight *flight, int64_t retry_after_ms)
{
    struct bot *bot = flight->bot;
    int64_t wait =
        retry_after_ms < RETRY_AFTER_MAX_MS ? retry_after_ms : RETRY_AFTER_MAX_MS;
    if (wait < 0) {
        int shift = flight->item.tries < 9 ? flight->item.tries : 9;
        wait = (int64_t)500 << shift;
        if (wait > BACKOFF_MAX_MS)
            wait = BACKOFF_MAX_MS;
        wait += (int64_t)random_below(&bot->random, (uint64_t)wait / 4 + 1);
    }
    if (flight->item.kind == EFFECT_CREATE_DM && wait < CREATE_DOUBT_MS)
        wait = CREATE_DOUBT_MS;
    flight->item.due_utc_ms = bot->now.utc_ms + wait;
    flight_settle(flight, write_item);
    flight_end(flight);
}

bool flight_is_passing(const struct rest_answer *answer, const char *errcode)
{
    return answer->http_status < 400 || answer->http_status >= 500 ||
           answer->http_status == 429 || strcmp(errcode, "M_LIMIT_EXCEEDED") == 0 ||
           strcmp(errcode, "M_UNKNOWN") == 0;
}

/* An errcode that says: what you ask for is there already. */
static bool is_done_errcode(const char *errcode)
{
    return strcmp(errcode, "M_DUPLICATE_ANNOTATION") == 0 ||
           strcmp(errcode, "M_CANNOT_OVERWRITE_MEDIA") == 0;
}

static enum status write_done(struct flight *flight)
{
    return results_done(flight->bot, &flight->item, &flight->payload, NULL);
}

void flight_fail(struct flight *flight, const struct rest_answer *answer)
{
    struct bot *bot = flight->bot;
    struct matrix_error error = {.retry_after_ms = -1};
    bool is_matrix = parse_error(answer->body, answer->body_len, &error) == ST_OK;
    int64_t retry = answer->retry_after_ms >= 0 ? answer->retry_after_ms
                    : is_matrix                 ? error.retry_after_ms
                                                : -1;
    if (is_matrix && error.errcode != NULL && answer->http_status == 401) {
        log_error(
            "the homeserver does not accept the access token any more (%s); please run "
            "`hearth login` again",
            error.errcode);
        bot_stop(bot, EXIT_ACCOUNT);
    } else if (flight->item.kind == EFFECT_FETCH_PROFILE) { /* one try is enough */
        flight_settle(flight, write_refused);
        flight_end(flight);
    } else if (is_matrix && error.errcode != NULL && is_done_errcode(error.errcode)) {
        flight_settle(flight, write_done);
        flight_end(flight);
    } else if (is_matrix && error.errcode != NULL &&
               !flight_is_passing(answer, error.errcode)) {
        log_warn("the homeserver refused a row of kind %d for good: %s",
                 flight->item.kind, error.errcode);
        flight_settle(flight, write_refused);
        flight_end(flight);
    } else {
        log_debug("a try of kind %d failed for now (%d)", flight->item.kind,
                  answer->http_status);
        flight_postpone(flight, answer->http_status == 429 ? retry : -1);
    }
    matrix_error_clear(&error);
}

static void take_success(struct flight *flight, const struct rest_answer *answer)
{
    struct bot *bot = flight->bot;
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = results_take(bot, &flight->item, &flight->payload, answer->body,
                              answer->body_len);
    if (status == ST_INVALID) { /* 200 with a body that is not Matrix's: a proxy */
        store_rollback(bot->store);
        flight_postpone(flight, -1);
        return;
    }
    if (status == ST_OK)
        status = store_commit(bot->store);
    else
        store_rollback(bot->store);
    if (status != ST_OK) {
        log_error("the store refused a sending result: %s", status_text(status));
        bot_stop(bot, EXIT_STORE);
    }
    flight_end(flight);
}

static void on_acted(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    flight->request = 0;
    bot_note_date(flight->bot, answer);
    if (answer->http_status >= 200 && answer->http_status < 300)
        take_success(flight, answer);
    else
        flight_fail(flight, answer);
}

void flight_request(struct flight *flight, const struct rest_request *request,
                    rest_done done)
{
    struct bot *bot = flight->bot;
    struct rest_request timed = *request;
    timed.timeout_ms = flight->item.kind == EFFECT_FETCH_PROFILE ? PROFILE_TIMEOUT_MS
                                                                 : REQUEST_TIMEOUT_MS;
    flight->request = bot->rest.start(bot->rest.ctx, &timed, done, flight);
}

void flight_refuse(struct flight *flight, enum status status)
{
    log_error("a row of kind %d cannot be sent: %s", flight->item.kind,
              status_text(status));
    flight_settle(flight, write_refused);
    flight_end(flight);
}

void flight_send(struct flight *flight)
{
    struct bot *bot = flight->bot;
    if (flight->payload.wire == NULL) {
        enum status status = payload_freeze(&flight->payload, flight->item.txn_id,
                                            store_instance(bot->store));
        if (status != ST_OK) {
            flight_refuse(flight, status);
            return;
        }
    }
    const struct payload *payload = &flight->payload;
    bool is_get = strcmp(payload->method, "GET") == 0;
    const char *body = is_get ? NULL : payload->wire;
    struct rest_request request = {.method = payload->method,
                                   .path = payload->path,
                                   .body = body,
                                   .body_len = body ? strlen(body) : 0};
    flight->step = STEP_ACT;
    flight_request(flight, &request, on_acted);
}

static void act(struct flight *flight)
{
    bool is_view =
        flight->payload.kind == EFFECT_SHOW || flight->payload.kind == EFFECT_SHARE;
    if (is_view)
        flight_view_start(flight);
    else
        flight_send(flight);
}

static void look(struct flight *flight, const char *from);

static enum status write_found(struct flight *flight)
{
    return results_done(flight->bot, &flight->item, &flight->payload,
                        flight->payload.reason);
}

/* Is our row among the events of this page? The id of the event, or NULL. */
static const char *find_own(struct flight *flight, const struct event_list *events)
{
    for (size_t i = 0; i < events->count; i++) {
        const struct event *event = &events->items[i];
        bool is_txn = text_equal(event->transaction_id, flight->item.txn_id) ||
                      text_equal(event->ns_txn, flight->item.txn_id);
        if (is_txn && text_equal(event->sender, flight->bot->user_id))
            return event->event_id;
    }
    return NULL;
}

/* Not there: try again, or let it be. */
static void finish_look(struct flight *flight)
{
    if (!flight->is_expired) {
        act(flight);
        return;
    }
    flight_settle(flight, flight->payload.kind == EFFECT_SHARE ? flight_write_late
                                                               : write_refused);
    flight_end(flight);
}

bool flight_is_page_before(const struct event_list *events, int64_t utc_ms)
{
    for (size_t i = 0; i < events->count; i++)
        if (events->items[i].origin_server_ts_ms >= utc_ms)
            return false;
    return events->count > 0;
}

static void on_looked(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    struct event_list events = {0};
    char *end = NULL;
    flight->request = 0;
    if (answer->http_status != 200 ||
        parse_messages(answer->body, answer->body_len, &events, &end) != ST_OK) {
        flight_fail(flight, answer);
        return;
    }
    const char *own = find_own(flight, &events);
    bool is_past =
        flight_is_page_before(&events, flight->item.first_try_utc_ms - DOUBT_AFTER_MS);
    if (own != NULL) {
        free(flight->payload.reason);
        flight->payload.reason = mem_dup(own);
        flight_settle(flight, write_found);
        flight_end(flight);
    } else if (end == NULL || is_past || ++flight->pages >= LOOKUP_PAGES_MAX) {
        finish_look(flight);
    } else {
        look(flight, end);
    }
    event_list_clear(&events);
    free(end);
}

static void look(struct flight *flight, const char *from)
{
    char *path = path_messages(flight->payload.room_id, from, NULL, 100);
    flight->step = STEP_LOOK;
    struct rest_request request = {.method = "GET", .path = path};
    flight_request(flight, &request, on_looked);
    free(path);
}

static void on_direct_read(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    struct update known = {0};
    flight->request = 0;
    if (answer->http_status != 200 && answer->http_status != 404) {
        flight_fail(flight, answer);
        return;
    }
    if (answer->http_status == 200 &&
        parse_direct(answer->body, answer->body_len, &known) != ST_OK) {
        flight_postpone(flight, -1);
        return;
    }
    free(flight->payload.content);
    flight->payload.content =
        direct_content(&known, flight->payload.user_id, flight->payload.room_id);
    free(flight->payload.user_id); /* account data lies under our own name */
    flight->payload.user_id = mem_dup(flight->bot->user_id);
    update_clear(&known);
    act(flight);
}

static void read_direct(struct flight *flight)
{
    char *path = path_account_data(flight->bot->user_id, "m.direct");
    flight->step = STEP_READ_DIRECT;
    struct rest_request request = {.method = "GET", .path = path};
    flight_request(flight, &request, on_direct_read);
    free(path);
}

void flight_start(struct flight *flight)
{
    if (flight->step == STEP_LOOK)
        look(flight, NULL);
    else if (flight->step == STEP_READ_DIRECT)
        read_direct(flight);
    else
        act(flight);
}
