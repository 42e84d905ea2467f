/* results.c - see results.h. */
#include "bot/results.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/matrix/parse.h"
#include "bot/mention.h"
#include "bot/queue.h"
#include "bot/rooms.h"
#include "commands/faq.h"
#include "commands/question.h"
#include "commands/pass_on.h"
#include "commands/personal.h"
#include "store/inbox.h"
#include "store/room.h"
#include <stdlib.h>
#include <string.h>

/* Tell the rows that waited for this one which event they are about. */
static enum status free_waiting(struct bot *bot, int64_t id, const char *event_id)
{
    struct outbox_list rows = {0};
    enum status status = outbox_waiting(bot->store, id, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        struct outbox_item *item = &rows.items[i];
        struct payload payload = {0};
        struct buf bytes;
        buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
        if (event_id == NULL ||
            payload_decode(item->payload, item->payload_len, &payload) != ST_OK) {
            status = outbox_remove(bot->store, item->id);
        } else {
            free(payload.target);
            payload.target = mem_dup(event_id);
            payload_encode(&payload, &bytes);
            free(item->payload);
            item->payload_len = bytes.len;
            item->payload = buf_take(&bytes);
            item->waits_for = 0;
            status = outbox_update(bot->store, item);
        }
        payload_clear(&payload);
        buf_clear(&bytes);
    }
    outbox_list_clear(&rows);
    return status;
}

enum status results_done(struct bot *bot, const struct outbox_item *item,
                         const struct payload *payload, const char *event_id)
{
    enum status status = ST_OK;
    bool is_message = payload->kind == EFFECT_SAY || payload->kind == EFFECT_SHOW ||
                      payload->kind == EFFECT_SHARE;
    if (event_id != NULL && is_message && !payload->replaces_target) {
        status = answered_ack(bot->store, item->id, event_id);
        if (status == ST_OK)
            status = ours_add(bot->store, payload->room_id, event_id, bot->now.utc_ms);
        if (status == ST_OK && payload->checkin != NULL)
            status = question_mark(bot->store, payload->room_id, event_id,
                                   payload->checkin, bot->now.utc_ms);
        if (status == ST_OK && payload->is_unasked)
            status =
                faq_unasked_keep(bot->store, payload->room_id, event_id, bot->now.utc_ms);
    }
    if (status == ST_OK)
        status = free_waiting(bot, item->id, event_id);
    if (status == ST_OK)
        status = outbox_remove(bot->store, item->id);
    return status;
}

/* The notice about a check-in, now that it is known what their profile says (or
 * that it will not be). A chat that is not there yet is one the bot makes. */
static enum status say_notice(struct bot *bot, const struct payload *payload,
                              const char *zone)
{
    struct effects effects = {0};
    struct request request = {.kind = REQUEST_MESSAGE,
                              .sender = payload->user_id,
                              .room_id = payload->room_id,
                              .event_id = payload->target ? payload->target : "",
                              .text = "",
                              .is_dm = true};
    bool is_known = payload->room_id != NULL && payload->room_id[0] != '\0';
    request.may_tidy =
        !is_known || rooms_may_redact(bot->rooms, payload->room_id, bot->user_id);
    struct turn turn = bot_make_turn(bot, &request, &effects, NULL);
    enum status status = consent_continue(&turn, zone);
    if (status == ST_OK)
        status = queue_effects(bot, &request, &effects);
    effects_clear(&effects);
    return status;
}

static enum status take_profile(struct bot *bot, const struct payload *payload,
                                const char *body, size_t len)
{
    char *zone = NULL;
    enum status status = parse_profile_zone(body, len, &zone);
    if (status == ST_OK || status == ST_NOT_FOUND)
        status = say_notice(bot, payload, zone);
    free(zone);
    return status;
}

/* Their server or they themselves let nobody invite them: a room made for nothing is
 * left, with what was to be said there. What they were told in a room, the same for
 * everyone, says how they open a chat themselves. Refused is also an invite to who
 * has come already, repeated after a crash: then the room stays. */
static enum status leave_uninvited(struct bot *bot, const struct outbox_item *item,
                                   const struct payload *payload)
{
    int joined = 0, invited = 0;
    char *room_id = NULL;
    enum status status =
        room_member_count(bot->store, payload->room_id, &joined, &invited);
    if (status != ST_OK || joined > 1 || item->first_try_utc_ms < bot->started_utc_ms)
        return status;
    status = dm_get(bot->store, payload->user_id, &room_id);
    if (status == ST_OK && text_equal(room_id, payload->room_id))
        status = dm_remove(bot->store, payload->user_id);
    free(room_id);
    if (status == ST_OK || status == ST_NOT_FOUND)
        status = outbox_remove_lane(bot->store, payload->room_id, -1, false);
    return status == ST_OK ? queue_leave(bot, payload->room_id, NULL) : status;
}

/* An edit in a room's queue whose message was refused has nothing to change. */
enum status results_refused(struct bot *bot, const struct outbox_item *item,
                            const struct payload *payload)
{
    enum status status = ST_OK;
    if (payload->kind == EFFECT_CREATE_DM && payload->user_id != NULL)
        status = intent_remove(bot->store, payload->user_id);
    if (payload->kind == EFFECT_INVITE && payload->user_id != NULL)
        status = leave_uninvited(bot, item, payload);
    if (payload->kind == EFFECT_FETCH_PROFILE && payload->user_id != NULL)
        status = say_notice(bot, payload, NULL);
    if (status == ST_OK)
        status = free_waiting(bot, item->id, NULL);
    if (status == ST_OK)
        status = outbox_remove(bot->store, item->id);
    return status;
}

enum status results_file_failed(struct bot *bot, const struct outbox_item *item,
                                const struct payload *payload, enum text_id text)
{
    struct effects effects = {0};
    struct effect *line = effects_add(&effects, EFFECT_SAY);
    line->lifetime = LIFE_ALWAYS;
    line->room_id = mem_dup(payload->room_id);
    line->user_id = mem_dup(payload->user_id);
    line->answers = mem_dup(payload->target);
    line->text = say(bot->settings, text, NULL);
    enum status status = queue_effects(bot, NULL, &effects);
    effects_clear(&effects);
    return status == ST_OK ? results_refused(bot, item, payload) : status;
}

enum status results_adopt(struct bot *bot, const char *user_id, const char *nonce,
                          const char *room_id)
{
    struct room *room = rooms_add(bot->rooms, room_id);
    room->membership = MEMBERSHIP_JOIN;
    room->is_direct = true;
    int32_t today = day_of_utc(bot->now.utc_ms);
    enum status status = intent_set_room(bot->store, nonce, room_id);
    if (status == ST_OK)
        status = rooms_save(bot->rooms, room);
    if (status == ST_OK)
        status =
            room_member_set(bot->store, room_id, bot->user_id, STANDING_JOINED, today);
    if (status == ST_OK)
        status = room_member_set(bot->store, room_id, user_id, STANDING_INVITED, today);
    if (status == ST_OK)
        status = dm_put(bot->store, user_id, room_id);
    if (status == ST_OK)
        status = queue_adopt_dm(bot, user_id, room_id);
    if (status == ST_OK)
        status = intent_remove(bot->store, user_id);
    return status;
}

static enum status take_created(struct bot *bot, const struct payload *payload,
                                const char *body, size_t len)
{
    char *room_id = NULL;
    enum status status = parse_string_field(body, len, "room_id", &room_id);
    struct intent intent = {0};
    if (status == ST_OK)
        status = intent_by_nonce(bot->store, payload->nonce, &intent);
    if (status == ST_NOT_FOUND) /* adopted already: this is the same room, or a stray */
        status = ST_OK;
    else if (status == ST_OK)
        status = results_adopt(bot, payload->user_id, payload->nonce, room_id);
    intent_clear(&intent);
    free(room_id);
    return status;
}

static void drop_name(struct room *room, const char *name)
{
    struct strv kept = {0};
    for (size_t i = 0; i < room->names.count; i++)
        if (strcmp(room->names.items[i], name) != 0)
            strv_add(&kept, room->names.items[i]);
    strv_clear(&room->names);
    room->names = kept;
}

/* An alias means `room` from now on and no other; `room` itself is not saved. */
static enum status move_name(struct rooms *rooms, struct room *room, const char *name)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < rooms->count && status == ST_OK; i++) {
        struct room *other = rooms->items[i];
        if (other == room || !strv_has(&other->names, name))
            continue;
        drop_name(other, name);
        status = rooms_save(rooms, other);
    }
    room_add_name(room, name);
    return status;
}

/* Joined: a configured name (alias or id) now means this room. */
static enum status take_joined(struct bot *bot, const struct payload *payload,
                               const char *body, size_t len)
{
    char *room_id = NULL;
    enum status status = parse_string_field(body, len, "room_id", &room_id);
    if (status != ST_OK)
        return status;
    struct room *room = rooms_add(bot->rooms, room_id);
    if (strcmp(room_id, payload->room_id) != 0)
        status = move_name(bot->rooms, room, payload->room_id);
    if (status == ST_OK)
        status = rooms_save(bot->rooms, room);
    if (status == ST_OK)
        status = queue_members(bot, room_id);
    free(room_id);
    return status;
}

/* Who was not in the list of `first_day` has not joined before it, whatever the
 * event says. */
static int32_t join_day(const struct event *event, int32_t first_day, int32_t today)
{
    if (event->has_prev && event->prev_membership == MEMBERSHIP_JOIN)
        return first_day; /* a changed name hides when the join was */
    int64_t day = event->origin_server_ts_ms / DAY_MS;
    if (day >= 0 && day < first_day)
        return first_day;
    return day < 0 || day > today ? today : (int32_t)day;
}

static enum status take_members(struct bot *bot, const struct payload *payload,
                                const char *body, size_t len)
{
    struct event_list members = {0};
    const struct room *before = rooms_find(bot->rooms, payload->room_id);
    int32_t first_day = before != NULL && before->has_members ? before->members_day : 0;
    int32_t today = day_of_utc(bot->now.utc_ms);
    enum status status = parse_members(body, len, &members);
    if (status == ST_OK)
        status = room_members_begin(bot->store, payload->room_id);
    for (size_t i = 0; i < members.count && status == ST_OK; i++) {
        const struct event *event = &members.items[i];
        int standing = event->membership == MEMBERSHIP_JOIN     ? STANDING_JOINED
                       : event->membership == MEMBERSHIP_INVITE ? STANDING_INVITED
                                                                : 0;
        if (standing != 0 && event->state_key != NULL)
            status = room_member_set(bot->store, payload->room_id, event->state_key,
                                     standing, join_day(event, first_day, today));
    }
    if (status == ST_OK)
        status = room_members_end(bot->store, payload->room_id);
    if (status == ST_OK) {
        struct room *room = rooms_add(bot->rooms, payload->room_id);
        room->has_members = true;
        room->members_day = today;
        status = rooms_save(bot->rooms, room);
    }
    event_list_clear(&members);
    return status;
}

/* The row may be gone: what it asks for was taken back while it was read. */
static enum status find_row(struct bot *bot, int64_t id, bool *ret_is_there)
{
    struct outbox_item item = {0};
    enum status status = outbox_get(bot->store, id, &item);
    outbox_item_clear(&item);
    *ret_is_there = status == ST_OK;
    return status == ST_NOT_FOUND ? ST_OK : status;
}

static enum status pass_on(struct bot *bot, const struct payload *payload,
                           const struct event *event)
{
    struct addressed addressed = {0};
    struct effects effects = {0};
    struct turn turn = bot_make_turn(bot, NULL, &effects, NULL);
    bool is_dm = rooms_is_dm(bot->rooms, payload->room_id, event->sender);
    mention_read(bot, event, is_dm, false, &addressed);
    enum status status = pass_on_tell(&turn, payload->group, addressed.text);
    const char *question = event->replaces ? event->replaces : event->event_id;
    if (status == ST_OK)
        status = pass_on_gone(&turn, event->sender, payload->room_id, question);
    if (status == ST_OK)
        status = queue_effects(bot, NULL, &effects);
    effects_clear(&effects);
    free(addressed.text);
    return status;
}

/* A question as it stands in the chat now; nothing is left of a redacted one. */
static enum status take_question(struct bot *bot, int64_t id,
                                 const struct payload *payload, const char *body,
                                 size_t len)
{
    struct event_list events = {0};
    bool is_there = false;
    enum status status = parse_one_event(body, len, &events);
    if (status == ST_OK)
        status = find_row(bot, id, &is_there);
    const struct event *event = events.items;
    bool has_text = is_there && events.count > 0 && event->type == EVENT_MESSAGE &&
                    !event->is_redacted && event->body != NULL;
    if (status == ST_OK && has_text && payload->group != NULL)
        status = pass_on(bot, payload, event);
    event_list_clear(&events);
    return status;
}

enum status results_take(struct bot *bot, const struct outbox_item *item,
                         const struct payload *payload, const char *body, size_t len)
{
    char *event_id = NULL;
    enum status status = ST_OK;
    switch (payload->kind) {
    case EFFECT_SAY:
    case EFFECT_SHOW:
    case EFFECT_SHARE:
    case EFFECT_REACT:
    case EFFECT_REDACT:
    case EFFECT_INVITE:
        status = parse_string_field(body, len, "event_id", &event_id);
        break;
    case EFFECT_CREATE_DM:
        status = take_created(bot, payload, body, len);
        break;
    case EFFECT_JOIN:
        status = take_joined(bot, payload, body, len);
        break;
    case EFFECT_FETCH_MEMBERS:
        status = take_members(bot, payload, body, len);
        break;
    case EFFECT_PASS_ON:
        status = take_question(bot, item->id, payload, body, len);
        break;
    case EFFECT_FETCH_PROFILE:
        status = take_profile(bot, payload, body, len);
        break;
    default:
        break;
    }
    if (status == ST_OK)
        status = results_done(bot, item, payload, event_id);
    free(event_id);
    return status;
}
