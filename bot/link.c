/* link.c - see link.h. */
#include "bot/link.h"
#include "bot/base/limits.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/intake.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/transport.h"
#include <stdlib.h>
#include <string.h>

#define RETRY_FIRST_MS 1000
#define RETRY_MAX_MS 60000
#define STREAM_TRIES_MAX 3 /* then poll for a while */
#define STREAM_RETRY_FIRST_MS (5 * 60 * 1000)
#define STREAM_RETRY_MAX_MS (6 * 60 * 60 * 1000)

enum kind { KIND_NONE, KIND_STREAM, KIND_SYNC };

struct link {
    struct bot *bot;
    struct stream_transport *stream; /* NULL: no websocket here */
    struct sync_transport *sync;
    struct transport transports[3];
    enum kind up;
    uint64_t generation;
    bool is_first_update; /* of this generation: it may hold a backlog */
    char *since;          /* of this generation */
    int failures;         /* in a row */
    int64_t start_mono_ms;
    int64_t stream_mono_ms; /* when the websocket may be tried again */
    int64_t stream_pause_ms;
};

static int64_t jitter(struct bot *bot, int64_t ms)
{
    return ms / 2 + (int64_t)random_below(&bot->random, (uint64_t)ms / 2 + 1);
}

/* The websocket does not work for now: poll, and try it again later. */
static void rest_stream(struct link *link)
{
    struct bot *bot = link->bot;
    link->stream_pause_ms =
        link->stream_pause_ms == 0 ? STREAM_RETRY_FIRST_MS : link->stream_pause_ms * 2;
    if (link->stream_pause_ms > STREAM_RETRY_MAX_MS)
        link->stream_pause_ms = STREAM_RETRY_MAX_MS;
    link->stream_mono_ms = bot->now.mono_ms + jitter(bot, link->stream_pause_ms);
}

static void on_update(void *ctx, uint64_t generation, const char *bytes, size_t len)
{
    struct link *link = ctx;
    struct update update = {0};
    if (generation != link->generation || link->up == KIND_NONE)
        return;
    if (parse_update(bytes, len, &update) != ST_OK) {
        log_error(
            "the homeserver sent an update that is not valid; it is asked for again");
        link->transports[link->up].stop(link->transports[link->up].ctx);
        link->up = KIND_NONE;
        link->start_mono_ms = link->bot->now.mono_ms + RETRY_MAX_MS;
        return;
    }
    if (update.bad_event_count > 0)
        log_warn("%zu events of an update could not be used and were left out",
                 update.bad_event_count);
    link->failures = 0;
    if (link->up == KIND_STREAM)
        link->stream_pause_ms = 0;
    char *next = mem_dup(update.next_batch);
    intake_push(link->bot->intake, &update, link->since, link->is_first_update);
    link->is_first_update = false;
    if (next != NULL) {
        free(link->since);
        link->since = next;
    }
}

static void take_since_refused(struct link *link)
{
    struct bot *bot = link->bot;
    log_warn(
        "the homeserver does not know where we were; starting from what is there now");
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = store_meta_set(bot->store, "token", NULL);
    if (status == ST_OK)
        status = store_commit(bot->store);
    if (status != ST_OK)
        bot_stop(bot, EXIT_STORE);
}

static void on_down(void *ctx, uint64_t generation, enum down_reason reason,
                    int64_t retry_after_ms, const char *detail)
{
    struct link *link = ctx;
    struct bot *bot = link->bot;
    if (generation != link->generation || link->up == KIND_NONE)
        return;
    const char *name = link_name(link);
    bool is_stream = link->up == KIND_STREAM;
    if (is_stream && reason == DOWN_TOKEN &&
        bot->settings->matrix.transport == TRANSPORT_AUTO)
        reason = DOWN_REFUSED; /* a proxy's word; polling hears the homeserver's own */
    link->up = KIND_NONE;
    int64_t wait =
        retry_after_ms < RETRY_AFTER_MAX_MS ? retry_after_ms : RETRY_AFTER_MAX_MS;
    if (wait < 0) {
        int shift = link->failures < 6 ? link->failures : 6;
        wait = (int64_t)RETRY_FIRST_MS << shift;
        wait = jitter(bot, wait < RETRY_MAX_MS ? wait : RETRY_MAX_MS);
    }
    link->failures++;
    switch (reason) {
    case DOWN_TOKEN:
        log_error(
            "the homeserver does not accept the access token; please run `hearth login` "
            "again");
        bot_stop(bot, EXIT_ACCOUNT);
        return;
    case DOWN_REPLACED:
        log_error("another connection took this bot's place, so this one stops");
        bot_stop(bot, EXIT_BUSY);
        return;
    case DOWN_SINCE:
        take_since_refused(link);
        break;
    case DOWN_REFUSED:
        if (bot->settings->matrix.transport == TRANSPORT_STREAM) {
            log_warn("no websocket here (%s); trying again", detail ? detail : "refused");
            break;
        }
        wait = 0;
        log_info("no websocket here (%s); polling instead", detail ? detail : "refused");
        break;
    case DOWN_PASSING:
        if (link->failures == 1)
            log_warn("the connection (%s) is down: %s; trying again", name,
                     detail ? detail : "no reason given");
        break;
    }
    if (is_stream && (reason == DOWN_REFUSED || link->failures >= STREAM_TRIES_MAX))
        rest_stream(link);
    link->start_mono_ms = bot->now.mono_ms + wait;
}

struct link *link_new(struct bot *bot)
{
    struct link *link = mem_alloc(sizeof *link);
    struct transport_events events = {on_update, on_down, link};
    const struct matrix_settings *matrix = &bot->settings->matrix;
    link->bot = bot;
    link->sync = sync_transport_new(&bot->rest, &events, matrix->sync_timeout_s * 1000);
    link->transports[KIND_SYNC] = sync_transport_interface(link->sync);
    if (bot->wire.open != NULL && matrix->transport != TRANSPORT_SYNC) {
        struct stream_config config = {bot->token, matrix->token_in_query};
        link->stream = stream_transport_new(&bot->wire, &events, &config);
        link->transports[KIND_STREAM] = stream_transport_interface(link->stream);
    }
    return link;
}

void link_free(struct link *link)
{
    if (link == NULL)
        return;
    if (link->up != KIND_NONE)
        link->transports[link->up].stop(link->transports[link->up].ctx);
    link->up = KIND_NONE;
    stream_transport_free(link->stream);
    sync_transport_free(link->sync);
    free(link->since);
    free(link);
}

static enum kind choose(const struct link *link)
{
    bool is_forced = link->bot->settings->matrix.transport == TRANSPORT_STREAM;
    if (link->stream == NULL)
        return KIND_SYNC;
    if (is_forced || link->bot->now.mono_ms >= link->stream_mono_ms)
        return KIND_STREAM;
    return KIND_SYNC;
}

static void start(struct link *link, enum kind kind)
{
    struct bot *bot = link->bot;
    char *since = NULL;
    if (link->up != KIND_NONE)
        link->transports[link->up].stop(link->transports[link->up].ctx);
    intake_drop(bot->intake); /* not committed: it will come again */
    if (store_meta_get(bot->store, "token", &since) != ST_OK)
        since = NULL;
    free(link->since);
    link->since = since;
    link->is_first_update = true;
    link->generation++;
    link->up = kind;
    log_debug("starting the %s transport", link->transports[kind].name);
    link->transports[kind].start(link->transports[kind].ctx, link->generation, since);
}

int64_t link_turn(struct link *link)
{
    struct bot *bot = link->bot;
    int64_t now = bot->now.mono_ms;
    if (link->up == KIND_NONE) {
        if (now < link->start_mono_ms)
            return link->start_mono_ms;
        start(link, choose(link));
    } else if (link->up == KIND_SYNC && choose(link) == KIND_STREAM) {
        start(link, KIND_STREAM);
    }
    int64_t next =
        link->up == KIND_NONE
            ? link->start_mono_ms
            : link->transports[link->up].tick(link->transports[link->up].ctx, bot->now);
    if (link->up == KIND_SYNC && link->stream != NULL && link->stream_mono_ms < next)
        next = link->stream_mono_ms;
    return next;
}

void link_acknowledge(struct link *link, const char *next_batch)
{
    if (link->up != KIND_NONE)
        link->transports[link->up].ack(link->transports[link->up].ctx, next_batch);
}

int64_t link_heard_utc_ms(const struct link *link)
{
    const struct bot *bot = link->bot;
    return link->up == KIND_STREAM && bot->has_updated ? bot->now.utc_ms
                                                       : bot->last_update_utc_ms;
}

const char *link_name(const struct link *link)
{
    return link->up == KIND_NONE ? "none" : link->transports[link->up].name;
}
