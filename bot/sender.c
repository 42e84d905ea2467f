/* sender.c - see sender.h. */
#include "bot/sender.h"
#include "bot/base/limits.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/flight.h"
#include "bot/results.h"
#include "bot/rooms.h"
#include <stdlib.h>
#include <string.h>

#define FLIGHTS_MAX 16
#define PROMPT_FLIGHTS_MAX 12 /* the rest is for answers, which overtake prompts */
#define CLOCK_JUMP_MS 60000

struct sender {
    struct bot *bot;
    struct flight flights[FLIGHTS_MAX];
    bool has_more;    /* a row was dropped: its lane may have another */
    int64_t ahead_ms; /* wall clock minus monotonic clock */
    bool has_ahead;
};

struct sender *sender_new(struct bot *bot)
{
    struct sender *sender = mem_alloc(sizeof *sender);
    sender->bot = bot;
    return sender;
}

void sender_free(struct sender *sender)
{
    if (sender == NULL)
        return;
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        flight_end(&sender->flights[i]);
    free(sender);
}

static bool is_expired(const struct bot *bot, const struct outbox_item *item)
{
    int64_t limit = (int64_t)bot->settings->hearth.catch_up_min * 60000;
    int64_t since =
        item->due_utc_ms > item->queued_utc_ms ? item->due_utc_ms : item->queued_utc_ms;
    return item->tries == 0 && item->lifetime != LIFE_ALWAYS &&
           bot->now.utc_ms - since > limit;
}

/* Its own end has passed, tried or not. */
static bool is_over(const struct bot *bot, const struct payload *payload)
{
    return payload->expires_utc_ms != 0 && bot->now.utc_ms > payload->expires_utc_ms;
}

/* A message for a room that is encrypted by now, or not ours any more. */
static bool is_homeless(struct bot *bot, const struct outbox_item *item,
                        const struct payload *payload)
{
    if (payload->kind != EFFECT_SAY && payload->kind != EFFECT_SHOW &&
        payload->kind != EFFECT_SHARE)
        return false;
    const struct room *room = rooms_find(bot->rooms, payload->room_id);
    /* A prompt or reminder that waited: somebody else may be in the chat by now. */
    bool is_overheard = item->lifetime == LIFE_PROMPT && payload->user_id != NULL &&
                        !rooms_is_dm(bot->rooms, payload->room_id, payload->user_id);
    return room == NULL || room->is_encrypted || room->membership != MEMBERSHIP_JOIN ||
           is_overheard;
}

static bool is_doubtful(const struct bot *bot, const struct outbox_item *item)
{
    if (item->first_try_utc_ms == 0 ||
        (item->kind != EFFECT_SAY && item->kind != EFFECT_SHOW &&
         item->kind != EFFECT_SHARE))
        return false;
    int64_t age_ms = bot->now.utc_ms - item->first_try_utc_ms; /* clocks go back too */
    return item->first_try_utc_ms < bot->started_utc_ms || age_ms > DOUBT_AFTER_MS ||
           age_ms < -DOUBT_AFTER_MS;
}

/* Freeze and count the try: inside the transaction of this batch. */
static enum status prepare(struct flight *flight)
{
    struct bot *bot = flight->bot;
    struct outbox_item *item = &flight->item;
    bool may_freeze = item->kind != EFFECT_SHOW && item->kind != EFFECT_SHARE &&
                      item->kind != EFFECT_SET_DIRECT;
    if (may_freeze && flight->payload.wire == NULL) {
        enum status status =
            payload_freeze(&flight->payload, item->txn_id, store_instance(bot->store));
        if (status != ST_OK)
            return status;
        struct buf bytes;
        buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
        payload_encode(&flight->payload, &bytes);
        if (!bytes.overflowed) {
            free(item->payload);
            item->payload_len = bytes.len;
            item->payload = buf_take(&bytes);
        }
        buf_clear(&bytes);
    }
    item->tries++;
    return ST_OK;
}

/* Make a flight of a due row, or drop the row. */
static enum status take_row(struct sender *sender, struct outbox_item *item)
{
    struct bot *bot = sender->bot;
    struct flight *flight = NULL;
    for (size_t i = 0; i < FLIGHTS_MAX && flight == NULL; i++)
        if (!sender->flights[i].is_used)
            flight = &sender->flights[i];
    bool is_prompt = item->lifetime == LIFE_PROMPT;
    if (flight == NULL || (is_prompt && flight - sender->flights >= PROMPT_FLIGHTS_MAX))
        return ST_OK;
    flight->bot = bot;
    flight->item = *item;
    memset(item, 0, sizeof *item);
    enum status status =
        payload_decode(flight->item.payload, flight->item.payload_len, &flight->payload);
    bool is_dead = is_expired(bot, &flight->item) ||
                   (is_over(bot, &flight->payload) && flight->item.tries == 0);
    if (status == ST_OK && !is_dead && !is_homeless(bot, &flight->item, &flight->payload))
        status = prepare(flight);
    else
        status = status == ST_OK ? ST_NOT_FOUND : status;
    if (status != ST_OK) { /* expired, homeless or unusable */
        status = is_dead && flight->payload.kind == EFFECT_SHARE
                     ? results_file_failed(bot, &flight->item, &flight->payload,
                                           TEXT_FILE_LATE)
                     : results_refused(bot, &flight->item, &flight->payload);
        sender->has_more = true;
        flight_end(flight);
        return status;
    }
    flight->is_used = true;
    flight->is_expired = is_over(bot, &flight->payload);
    bool must_look = flight->is_expired || is_doubtful(bot, &flight->item);
    flight->step = must_look                                ? STEP_LOOK
                   : flight->item.kind == EFFECT_SET_DIRECT ? STEP_READ_DIRECT
                                                            : STEP_ACT;
    if (flight->item.first_try_utc_ms == 0)
        flight->item.first_try_utc_ms = bot->now.utc_ms;
    return outbox_update(bot->store, &flight->item);
}

static enum status take_due(struct sender *sender, bool is_new[FLIGHTS_MAX])
{
    struct bot *bot = sender->bot;
    int64_t busy[FLIGHTS_MAX];
    size_t busy_count = 0;
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        if (sender->flights[i].is_used)
            busy[busy_count++] = sender->flights[i].item.id;
    struct outbox_list due = {0};
    if (busy_count == FLIGHTS_MAX)
        return ST_OK;
    enum status status = outbox_due(bot->store, bot->now.utc_ms, busy, busy_count,
                                    (int)(FLIGHTS_MAX - busy_count), &due);
    bool was_used[FLIGHTS_MAX];
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        was_used[i] = sender->flights[i].is_used;
    if (status == ST_OK && due.count > 0)
        status = store_begin(bot->store);
    for (size_t i = 0; i < due.count && status == ST_OK; i++)
        status = take_row(sender, &due.items[i]);
    if (due.count > 0) {
        if (status == ST_OK)
            status = store_commit(bot->store);
        else
            store_rollback(bot->store);
    }
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        is_new[i] = sender->flights[i].is_used && !was_used[i];
    outbox_list_clear(&due);
    return status;
}

/* The wall clock was put back, perhaps while we were not running: no retry waits
 * for the time that it showed before (rule E11). */
static enum status wake_retries(struct sender *sender)
{
    struct bot *bot = sender->bot;
    int64_t ahead_ms = bot->now.utc_ms - bot->now.mono_ms;
    bool is_back = !sender->has_ahead || ahead_ms < sender->ahead_ms - CLOCK_JUMP_MS;
    struct outbox_list rows = {0};
    sender->has_ahead = true;
    sender->ahead_ms = ahead_ms;
    if (!is_back)
        return ST_OK;
    enum status status = outbox_tried_before(bot->store, INT64_MAX, &rows);
    if (status == ST_OK)
        status = store_begin(bot->store);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        if (rows.items[i].due_utc_ms <= bot->now.utc_ms + RETRY_AFTER_MAX_MS)
            continue;
        rows.items[i].due_utc_ms = bot->now.utc_ms;
        status = outbox_update(bot->store, &rows.items[i]);
    }
    outbox_list_clear(&rows);
    if (status == ST_OK)
        return store_commit(bot->store);
    store_rollback(bot->store);
    return status;
}

int64_t sender_turn(struct sender *sender)
{
    struct bot *bot = sender->bot;
    bool is_new[FLIGHTS_MAX] = {false};
    if (!bot->has_updated)
        return INT64_MAX;
    sender->has_more = false;
    enum status status = wake_retries(sender);
    if (status == ST_OK)
        status = take_due(sender, is_new);
    if (status != ST_OK) {
        log_error("the outbox cannot be read: %s", status_text(status));
        bot_stop(bot, EXIT_STORE);
        return INT64_MAX;
    }
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        if (is_new[i])
            flight_start(&sender->flights[i]);
    if (sender->has_more)
        return bot->now.mono_ms;
    int64_t due = 0;
    if (outbox_next_due(bot->store, &due) != ST_OK)
        return INT64_MAX;
    /* What is due but not taken waits behind a flight: its end wakes us. */
    return bot->now.mono_ms + (due > bot->now.utc_ms ? due - bot->now.utc_ms : 1000);
}
