/* dispatch.c - events to requests. See dispatch.h. */
#include "bot/dispatch.h"
#include "bot/attempt.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/dispatch_change.h"
#include "bot/dispatch_room.h"
#include "bot/link.h"
#include "bot/matrix/message.h"
#include "bot/mention.h"
#include "bot/queue.h"
#include "bot/results.h"
#include "bot/rooms.h"
#include "store/inbox.h"
#include "store/room.h"
#include <stdlib.h>
#include <string.h>

#define CHUNK_EVENTS 200
#define STORE_RETRY_MS 5000

struct pass {
    struct bot *bot;
    const struct dispatch_input *input;
    int in_chunk;
};

enum status dispatch_request(struct bot *bot, const struct request *request)
{
    struct effects effects = {0};
    struct process_status process;
    struct turn turn = bot_make_turn(bot, request, &effects, &process);
    enum status status = respond(&turn);
    if (status == ST_OK)
        status = queue_effects(bot, request, &effects);
    effects_clear(&effects);
    return status;
}

/* Our own event came back: it acknowledges its row. */
static enum status dispatch_own(struct pass *pass, const char *room_id,
                                const struct event *event)
{
    struct bot *bot = pass->bot;
    const char *txn = event->transaction_id ? event->transaction_id : event->ns_txn;
    bool is_twin = event->ns_instance != NULL && !pass->input->is_catching_up &&
                   event->origin_server_ts_ms >= bot->started_utc_ms &&
                   !text_equal(event->ns_instance, store_instance(bot->store));
    if (is_twin) {
        log_error(
            "another Hearth answers with this account at this moment; two would answer "
            "everything twice, so this one stops");
        bot_stop(bot, EXIT_BUSY);
    }
    if (txn == NULL)
        return ST_OK;
    struct outbox_item item = {0};
    enum status status = outbox_by_txn(bot->store, txn, &item);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    struct payload payload = {0};
    if (status == ST_OK)
        status = payload_decode(item.payload, item.payload_len, &payload);
    if (status == ST_OK && text_equal(payload.room_id, room_id))
        status = results_done(bot, &item, &payload, event->event_id);
    payload_clear(&payload);
    outbox_item_clear(&item);
    return status;
}

/* What dispatch knows about the sender: group, role, DM. */
static void fill_person(struct bot *bot, const struct room *room, struct request *request)
{
    bool is_moderators = false;
    const struct settings *settings = bot->settings;
    request->is_dm = rooms_is_dm(bot->rooms, room->room_id, request->sender);
    request->may_tidy =
        request->is_dm && rooms_may_redact(bot->rooms, room->room_id, bot->user_id);
    request->group = rooms_group(bot->rooms, settings, room, &is_moderators);
    request->is_moderators_room = is_moderators;
    int32_t since_day = 0;
    for (size_t i = 0; i < settings->group_count && request->group == NULL; i++)
        if (request->is_dm && rooms_is_member(bot->rooms, &settings->groups[i],
                                              request->sender, &since_day))
            request->group = &settings->groups[i];
    if (request->group == NULL)
        return;
    if (rooms_is_member(bot->rooms, request->group, request->sender, &since_day)) {
        request->role = ROLE_MEMBER;
        request->member_since_day = since_day;
    }
    if (rooms_is_moderator(bot->rooms, request->group, request->sender))
        request->role = ROLE_MODERATOR;
    const char *name = request->group->moderators_room;
    const struct room *mods = name[0] != '\0' ? rooms_by_name(bot->rooms, name) : NULL;
    request->has_moderators =
        mods != NULL && mods->membership == MEMBERSHIP_JOIN && !mods->is_encrypted;
}

static bool fill_kind(const struct event *event, struct request *request)
{
    switch (event->type) {
    case EVENT_MESSAGE:
        request->kind = event->replaces ? REQUEST_EDIT : REQUEST_MESSAGE;
        request->target = event->replaces;
        return !event->is_redacted && event->body != NULL &&
               (text_equal(event->msgtype, "m.text") ||
                text_equal(event->msgtype, "m.emote"));
    case EVENT_REACTION:
        request->kind = REQUEST_REACTION;
        request->target = event->target;
        return event->target != NULL && event->key != NULL;
    case EVENT_POLL_RESPONSE:
        request->kind = REQUEST_POLL_VOTE;
        request->target = event->target;
        return event->target != NULL && event->key != NULL;
    case EVENT_REDACTION:
        request->kind = REQUEST_REDACTION;
        request->target = event->target;
        return event->target != NULL;
    default:
        return false;
    }
}

/* A sender's server can claim any time: between 1970 and now. */
static int64_t sent_time(const struct bot *bot, const struct event *event)
{
    int64_t sent = event->origin_server_ts_ms;
    return sent < 0 ? 0 : sent < bot->now.utc_ms ? sent : bot->now.utc_ms;
}

/* Of two DMs with one person the one they write in is the DM. */
static enum status repair_dm(struct bot *bot, const struct room *room, const char *sender)
{
    char *owner = NULL;
    bool is_moderators = false;
    if (!rooms_is_dm(bot->rooms, room->room_id, sender) ||
        rooms_group(bot->rooms, bot->settings, room, &is_moderators) != NULL)
        return ST_OK;
    enum status status = dm_user(bot->store, room->room_id, &owner);
    free(owner);
    return status == ST_NOT_FOUND ? dm_put(bot->store, sender, room->room_id) : status;
}

static enum status dispatch_message(struct pass *pass, const struct room *room,
                                    const struct event *event)
{
    struct bot *bot = pass->bot;
    struct request request = {.sender = event->sender,
                              .room_id = room->room_id,
                              .event_id = event->event_id,
                              .in_reply_to = event->in_reply_to,
                              .thread_root = event->thread_root,
                              .text = ""};
    if (room->is_encrypted || room->room_type != NULL || !fill_kind(event, &request))
        return ST_OK;
    request.sent_utc_ms = sent_time(bot, event);
    request.is_catching_up = pass->input->is_catching_up;
    request.is_stale =
        request.is_catching_up && bot->now.utc_ms - request.sent_utc_ms >
                                      (int64_t)bot->settings->hearth.catch_up_min * 60000;
    request.replies_to_us = event->in_reply_to != NULL &&
                            ours_has(bot->store, room->room_id, event->in_reply_to);
    enum status status = repair_dm(bot, room, event->sender);
    if (status != ST_OK || dispatch_was_answered_early(bot, &request))
        return status;
    fill_person(bot, room, &request);
    struct addressed addressed = {0};
    if (event->type == EVENT_MESSAGE) {
        mention_read(bot, event, request.is_dm, request.replies_to_us, &addressed);
        request.text = addressed.text;
        request.is_addressed = addressed.is_addressed;
        request.has_prefix = addressed.has_prefix;
    } else {
        request.text = event->key ? event->key : "";
        request.is_addressed = request.is_dm;
    }
    bool is_gone =
        (request.kind == REQUEST_MESSAGE || request.kind == REQUEST_POLL_VOTE) &&
        redacted_has(bot->store, room->room_id, event->event_id);
    if (request.kind == REQUEST_MESSAGE)
        status = dispatch_mark_author(bot, &request);
    if (request.kind == REQUEST_EDIT)
        status = dispatch_edit(bot, &request);
    else if (request.kind == REQUEST_REDACTION)
        status = dispatch_redaction(bot, &request);
    else if (status == ST_OK && !is_gone)
        status = dispatch_request(bot, &request);
    free(addressed.text);
    return status;
}

/* One event of a timeline; what it writes is inside a savepoint. */
static enum status handle_event(struct pass *pass, struct room *room,
                                const struct event *event, bool is_ours_to_answer)
{
    struct bot *bot = pass->bot;
    enum status status = ST_OK;
    bool is_late = pass->input->done_gap != 0; /* newer state is known since (E6) */
    if (event->state_key != NULL && !is_late)
        status = dispatch_state_event(bot, room, event);
    if (status == ST_OK && text_equal(event->sender, bot->user_id))
        return dispatch_own(pass, room->room_id, event);
    if (status == ST_OK && is_ours_to_answer)
        status = dispatch_message(pass, room, event);
    return status;
}

/* ST_CORRUPT may be one person's row: it must not stop everybody's events. */
static bool is_store_trouble(enum status status)
{
    return status == ST_FULL || status == ST_IO || status == ST_BUSY;
}

static enum status dispatch_event(struct pass *pass, struct room *room,
                                  const struct event *event, bool is_ours_to_answer)
{
    struct bot *bot = pass->bot;
    enum status status =
        seen_add(bot->store, room->room_id, event->event_id, bot->now.utc_ms);
    if (status == ST_EXISTS)
        return ST_OK;
    if (status != ST_OK)
        return status;
    if (attempt_must_skip(bot->attempt, event->event_id)) {
        log_error("a message stopped the bot several times; it is left out now");
        return ST_OK;
    }
    attempt_event(bot->attempt, event->event_id);
    status = store_savepoint(bot->store);
    if (status != ST_OK)
        return status;
    status = handle_event(pass, room, event, is_ours_to_answer);
    if (status == ST_OK)
        return store_release(bot->store);
    store_rollback_savepoint(bot->store);
    if (is_store_trouble(status))
        return status;
    log_error("one message could not be handled: %s", status_text(status));
    return rooms_save(bot->rooms, room); /* its state in memory stays */
}

/* The first event of the timeline that is ours to answer: behind our own join,
 * in a DM behind our invite (people write before the bot is in). */
static size_t first_to_answer(const struct pass *pass, const struct room *room,
                              const struct room_update *part)
{
    const struct bot *bot = pass->bot;
    for (size_t i = part->timeline.count; i-- > 0;) {
        const struct event *event = &part->timeline.items[i];
        if (event->type != EVENT_MEMBER || !text_equal(event->state_key, bot->user_id))
            continue;
        bool is_join = event->membership == MEMBERSHIP_JOIN &&
                       !(event->has_prev && event->prev_membership == MEMBERSHIP_JOIN);
        bool is_invite = event->membership == MEMBERSHIP_INVITE;
        if ((is_join && !room->is_direct) || (is_invite && room->is_direct))
            return i + 1;
    }
    return 0;
}

static enum status commit_chunk(struct pass *pass)
{
    pass->in_chunk = 0;
    enum status status = store_commit(pass->bot->store);
    if (status != ST_OK) /* what is in the store now is unknown (rule E8) */
        bot_stop(pass->bot, EXIT_STORE);
    return status == ST_OK ? store_begin(pass->bot->store) : status;
}

static enum status dispatch_timeline(struct pass *pass, const struct room_update *part)
{
    struct bot *bot = pass->bot;
    struct room *room = rooms_find(bot->rooms, part->room_id);
    if (room == NULL)
        return ST_OK;
    int limit = attempt_is_careful(bot->attempt) ? 1 : CHUNK_EVENTS;
    size_t first = first_to_answer(pass, room, part);
    enum status status = ST_OK;
    for (size_t i = 0; i < part->timeline.count && status == ST_OK; i++) {
        bool is_ours = i >= first && !pass->input->is_first;
        status = dispatch_event(pass, room, &part->timeline.items[i], is_ours);
        if (status == ST_OK && ++pass->in_chunk >= limit)
            status = commit_chunk(pass);
    }
    return status;
}

/* The DM a person opened is ours now; a greeting unless more is being said. */
static enum status greet(struct pass *pass, const char *room_id)
{
    const struct room *room = rooms_find(pass->bot->rooms, room_id);
    if (room == NULL || !room->is_direct || room->inviter == NULL ||
        pass->input->is_first)
        return ST_OK;
    struct request request = {.kind = REQUEST_JOINED_DM,
                              .sender = room->inviter,
                              .room_id = room->room_id,
                              .event_id = "",
                              .text = "",
                              .sent_utc_ms = pass->bot->now.utc_ms,
                              .is_addressed = true};
    fill_person(pass->bot, room, &request);
    return request.is_dm ? dispatch_request(pass->bot, &request) : ST_OK;
}

/* What was rolled back must not live on in memory. */
static void reload_rooms(struct bot *bot)
{
    struct rooms *rooms = NULL;
    if (rooms_load(bot->store, &rooms) != ST_OK) {
        log_error("the store cannot be read any more");
        bot_stop(bot, EXIT_STORE);
        return;
    }
    rooms_free(bot->rooms);
    bot->rooms = rooms;
}

/* End a savepoint: one room's trouble does not stop the others. `ret_is_done`:
 * what it covered was kept. */
static enum status end_guard(struct pass *pass, enum status status, bool *ret_is_done)
{
    *ret_is_done = status == ST_OK;
    if (status == ST_OK)
        return store_release(pass->bot->store);
    store_rollback_savepoint(pass->bot->store);
    if (is_store_trouble(status))
        return status;
    log_error("a room's part of an update could not be handled: %s", status_text(status));
    reload_rooms(pass->bot);
    return ST_OK;
}

static enum status begin_room(struct pass *pass, const struct room_update *part,
                              bool *ret_is_done)
{
    enum status status = store_savepoint(pass->bot->store);
    if (status != ST_OK)
        return status;
    status = dispatch_room_begin(pass->bot, part, pass->input->is_first);
    return end_guard(pass, status, ret_is_done);
}

static enum status greet_guarded(struct pass *pass, const char *room_id)
{
    bool is_done = false;
    enum status status = store_savepoint(pass->bot->store);
    return status == ST_OK ? end_guard(pass, greet(pass, room_id), &is_done) : status;
}

static enum status run_room(struct pass *pass, const struct room_update *part)
{
    struct bot *bot = pass->bot;
    const struct room *before = rooms_find(bot->rooms, part->room_id);
    bool was_in = before != NULL && before->membership == MEMBERSHIP_JOIN;
    if (pass->input->done_gap != 0) /* it says nothing about being there now */
        return was_in ? dispatch_timeline(pass, part) : ST_OK;
    bool is_begun = false;
    enum status status = begin_room(pass, part, &is_begun);
    if (status != ST_OK || !is_begun || part->membership != MEMBERSHIP_JOIN)
        return status;
    status = dispatch_timeline(pass, part);
    return status == ST_OK && !was_in ? greet_guarded(pass, part->room_id) : status;
}

static enum status write_gaps(struct pass *pass)
{
    const struct dispatch_input *input = pass->input;
    enum status status = ST_OK;
    for (size_t i = 0; i < input->gap_count && status == ST_OK; i++) {
        struct gap gap = {.room_id = input->gaps[i].room_id,
                          .from = input->gaps[i].from,
                          .to = input->gaps[i].to,
                          .due_utc_ms = pass->bot->now.utc_ms + 30000};
        status = gap_add(pass->bot->store, &gap);
    }
    if (status == ST_OK && input->done_gap != 0)
        status = gap_remove(pass->bot->store, input->done_gap);
    return status;
}

static enum status run_pass(struct pass *pass)
{
    struct bot *bot = pass->bot;
    const struct update *update = pass->input->update;
    enum status status = ST_OK;
    for (size_t i = 0; i < update->room_count && status == ST_OK; i++)
        status = run_room(pass, &update->rooms[i]);
    if (status == ST_OK && update->has_direct)
        status = dispatch_directs(bot, update);
    if (status == ST_OK)
        status = write_gaps(pass);
    if (status == ST_OK && !bot->has_updated)
        status = dispatch_join_configured(bot);
    if (status == ST_OK && update->next_batch != NULL)
        status = store_meta_set(bot->store, "token", update->next_batch);
    return status;
}

bool dispatch_update(struct bot *bot, struct dispatch_input *input)
{
    struct pass pass = {.bot = bot, .input = input};
    char *since = NULL;
    if (store_meta_get(bot->store, "token", &since) != ST_OK)
        since = mem_dup("");
    attempt_begin(bot->attempt, since);
    free(since);
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = run_pass(&pass);
    if (status != ST_OK) {
        store_rollback(bot->store);
        reload_rooms(bot);
        attempt_end(bot->attempt);
        log_error("an update could not be stored (%s); it will be tried again",
                  status_text(status));
        bot->store_retry_mono_ms = bot->now.mono_ms + STORE_RETRY_MS;
        return false;
    }
    if (store_commit(bot->store) != ST_OK) {
        log_error(
            "the store did not confirm a commit; ending, a restart finds the true state");
        bot_stop(bot, EXIT_STORE);
        return false;
    }
    attempt_end(bot->attempt);
    if (input->update->next_batch != NULL) {
        bot->has_updated = true;
        bot->last_update_utc_ms = bot->now.utc_ms;
        link_acknowledge(bot->link, input->update->next_batch);
    }
    return true;
}
