/* flight.c - see flight.h. */
#include "bot/flight.h"
#include "bot/base/limits.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"
#include "bot/results.h"
#include "bot/rooms.h"
#include "commands/view.h"
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
    outbox_item_clear(&flight->item);
    payload_clear(&flight->payload);
    memset(flight, 0, sizeof *flight);
}

/* Run `write` on the flight in a transaction; a store that refuses stops the
 * process (the outcome of a commit may be unknown, rule E8). */
static void settle(struct flight *flight, enum status (*write)(struct flight *))
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
static void postpone(struct flight *flight, int64_t retry_after_ms)
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
    settle(flight, write_item);
    flight_end(flight);
}

static bool is_passing_errcode(const char *errcode)
{
    return strcmp(errcode, "M_LIMIT_EXCEEDED") == 0 || strcmp(errcode, "M_UNKNOWN") == 0;
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

static void take_failure(struct flight *flight, const struct rest_answer *answer)
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
        settle(flight, write_refused);
        flight_end(flight);
    } else if (is_matrix && error.errcode != NULL && is_done_errcode(error.errcode)) {
        settle(flight, write_done);
        flight_end(flight);
    } else if (is_matrix && error.errcode != NULL && answer->http_status >= 400 &&
               answer->http_status < 500 && answer->http_status != 429 &&
               !is_passing_errcode(error.errcode)) {
        log_warn("the homeserver refused a row of kind %d for good: %s",
                 flight->item.kind, error.errcode);
        settle(flight, write_refused);
        flight_end(flight);
    } else {
        log_debug("a try of kind %d failed for now (%d)", flight->item.kind,
                  answer->http_status);
        postpone(flight, answer->http_status == 429 ? retry : -1);
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
        postpone(flight, -1);
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
        take_failure(flight, answer);
}

static void request(struct flight *flight, const char *method, const char *path,
                    const char *body, rest_done done)
{
    struct rest_request request = {.method = method,
                                   .path = path,
                                   .body = body,
                                   .body_len = body ? strlen(body) : 0,
                                   .timeout_ms = flight->item.kind == EFFECT_FETCH_PROFILE
                                                     ? PROFILE_TIMEOUT_MS
                                                     : REQUEST_TIMEOUT_MS};
    struct bot *bot = flight->bot;
    flight->request = bot->rest.start(bot->rest.ctx, &request, done, flight);
}

/* A view is made now, in memory, and is not written into the row. Somebody may
 * have come into the DM since it was asked for. */
static enum status render_view(struct flight *flight)
{
    struct bot *bot = flight->bot;
    if (!rooms_is_dm(bot->rooms, flight->payload.room_id, flight->payload.user_id))
        return ST_DENIED;
    struct effects none = {0};
    struct turn turn = bot_make_turn(bot, NULL, &none, NULL);
    struct effect effect = {.kind = EFFECT_SAY, .answers = flight->payload.target};
    enum status status =
        view_render(&turn, flight->payload.show, flight->payload.user_id, &effect.text);
    if (status == ST_OK)
        flight->payload.content = message_content(&effect);
    free(effect.text);
    effects_clear(&none);
    return status;
}

static void act(struct flight *flight)
{
    struct bot *bot = flight->bot;
    enum status status = ST_OK;
    if (flight->payload.kind == EFFECT_SHOW)
        status = render_view(flight);
    if (status == ST_OK && flight->payload.wire == NULL)
        status = payload_freeze(&flight->payload, flight->item.txn_id,
                                store_instance(bot->store));
    if (status != ST_OK) {
        log_error("a row of kind %d cannot be sent: %s", flight->item.kind,
                  status_text(status));
        settle(flight, write_refused);
        flight_end(flight);
        return;
    }
    flight->step = STEP_ACT;
    request(flight, flight->payload.method, flight->payload.path,
            strcmp(flight->payload.method, "GET") == 0 ? NULL : flight->payload.wire,
            on_acted);
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
    settle(flight, write_refused);
    flight_end(flight);
}

/* Is all of the page from before that time? One event may claim any time. */
static bool is_page_before(const struct event_list *events, int64_t utc_ms)
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
        take_failure(flight, answer);
        return;
    }
    const char *own = find_own(flight, &events);
    bool is_past =
        is_page_before(&events, flight->item.first_try_utc_ms - DOUBT_AFTER_MS);
    if (own != NULL) {
        free(flight->payload.reason);
        flight->payload.reason = mem_dup(own);
        settle(flight, write_found);
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
    request(flight, "GET", path, NULL, on_looked);
    free(path);
}

static void on_direct_read(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    struct update known = {0};
    flight->request = 0;
    if (answer->http_status != 200 && answer->http_status != 404) {
        take_failure(flight, answer);
        return;
    }
    if (answer->http_status == 200 &&
        parse_direct(answer->body, answer->body_len, &known) != ST_OK) {
        postpone(flight, -1);
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
    request(flight, "GET", path, NULL, on_direct_read);
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
