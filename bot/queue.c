/* queue.c - see queue.h. */
#include "bot/queue.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/matrix/message.h"
#include "bot/queue_row.h"
#include "bot/rooms.h"
#include "store/member.h"
#include "store/room.h"
#include <stdlib.h>
#include <string.h>

#define SHARE_LIFE_MS (60 * 60 * 1000) /* a file that cannot be sent is given up then */
#define BUDGET_BURST_MIN 5 /* minutes' worth of replies that may come at once */

static char *lane_for(const char *prefix, const char *name)
{
    struct buf lane;
    buf_init(&lane, 2048);
    buf_add_text(&lane, prefix);
    buf_add_text(&lane, name);
    return buf_take(&lane);
}

/* A row of `kind` about a room, in a lane of its own or the room's. */
static enum status add_simple(struct bot *bot, const char *lane_prefix,
                              const struct payload *payload)
{
    char *lane = lane_for(lane_prefix, payload->room_id);
    enum status status = queue_row_add(bot, lane, payload, LIFE_ALWAYS, 0, 0, NULL);
    free(lane);
    return status;
}

enum status queue_join(struct bot *bot, const char *room, const char *via)
{
    struct payload payload = {
        .kind = EFFECT_JOIN, .room_id = (char *)room, .via = (char *)via};
    return queue_row_once(bot, "join:", room, &payload);
}

enum status queue_leave(struct bot *bot, const char *room_id, const char *reason)
{
    struct payload payload = {
        .kind = EFFECT_LEAVE, .room_id = (char *)room_id, .reason = (char *)reason};
    return queue_row_once(bot, "leave:", room_id, &payload);
}

enum status queue_members(struct bot *bot, const char *room_id)
{
    struct payload payload = {.kind = EFFECT_FETCH_MEMBERS, .room_id = (char *)room_id};
    return queue_row_once(bot, "members:", room_id, &payload);
}

/* When a reply into `room` may leave, by the room's budget (a leaky bucket in
 * its virtual-time form); -1: over budget and part of a loop. */
static int64_t budget_due(struct bot *bot, struct room *room,
                          const struct request *request)
{
    int64_t interval = 60000 / bot->settings->hearth.replies_per_minute;
    int64_t burst = BUDGET_BURST_MIN * 60000;
    int64_t now = bot->now.mono_ms;
    if (room->budget_mono_ms < now)
        room->budget_mono_ms = now;
    int64_t late = room->budget_mono_ms - now - burst;
    if (late > 0 && request != NULL && request->replies_to_us && !request->is_dm)
        return -1;
    room->budget_mono_ms += interval;
    return late > 0 ? bot->now.utc_ms + late : 0;
}

/* The room a message goes to: NULL when the DM has to be made first. */
static enum status find_target(struct bot *bot, const struct effect *effect,
                               char **ret_room_id)
{
    *ret_room_id = NULL;
    if (effect->room_id != NULL) {
        struct room *named = rooms_by_name(bot->rooms, effect->room_id);
        *ret_room_id = mem_dup(named ? named->room_id : effect->room_id);
        return ST_OK;
    }
    char *room_id = NULL;
    enum status status = dm_get(bot->store, effect->user_id, &room_id);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status != ST_OK)
        return status;
    struct room *room = rooms_find(bot->rooms, room_id);
    if (room != NULL && room->membership == MEMBERSHIP_JOIN && !room->is_encrypted &&
        rooms_is_dm(bot->rooms, room_id, effect->user_id)) {
        *ret_room_id = room_id;
        return ST_OK;
    }
    free(room_id);
    return dm_remove(bot->store, effect->user_id);
}

/* Queue what makes a DM (rule E7) unless that is under way. */
static enum status begin_dm(struct bot *bot, const char *user_id, const char *lane)
{
    struct intent intent = {0};
    enum status status = intent_add(bot->store, user_id, &intent);
    if (status == ST_EXISTS)
        return ST_OK;
    if (status != ST_OK)
        return status;
    struct payload create = {.kind = EFFECT_CREATE_DM,
                             .room_id = (char *)"",
                             .user_id = (char *)user_id,
                             .nonce = intent.nonce};
    status = queue_row_add(bot, lane, &create, LIFE_ALWAYS, 0, 0, NULL);
    struct payload invite = {
        .kind = EFFECT_INVITE, .room_id = (char *)"", .user_id = (char *)user_id};
    if (status == ST_OK)
        status = queue_row_add(bot, lane, &invite, LIFE_ALWAYS, 0, 0, NULL);
    intent_clear(&intent);
    return status;
}

static void fill_message(const struct effect *effect, struct payload *payload)
{
    payload->event_type = (char *)message_type(effect);
    payload->expires_utc_ms = effect->expires_utc_ms;
    payload->is_unasked = effect->is_unasked;
    payload->checkin = effect->checkin;
    if (effect->kind == EFFECT_SHOW) {
        payload->show = effect->show;
        payload->target = effect->answers;
    } else {
        payload->content = message_content(effect);
    }
}

/* Edits and redactions of the question will find row `id`. */
static enum status remember_reply(struct bot *bot, const struct request *request,
                                  const struct effect *effect, const char *room_id,
                                  int64_t id)
{
    enum status status = answered_add(bot->store, room_id, effect->answers,
                                      request->sender, id, bot->now.utc_ms);
    if (status == ST_OK && effect->choice_ids.count > 0)
        status = answered_mark_poll(bot->store, room_id, effect->answers);
    return status;
}

static enum status say_in_room(struct bot *bot, const struct request *request,
                               const struct effect *effect, const char *room_id)
{
    struct room *room = rooms_find(bot->rooms, room_id);
    if (room == NULL || room->membership != MEMBERSHIP_JOIN || room->is_encrypted) {
        log_debug("a message was left out: the room is %s",
                  room != NULL && room->is_encrypted ? "encrypted" : "not joined");
        return ST_OK;
    }
    int64_t due = effect->due_utc_ms;
    bool is_later = due > bot->now.utc_ms;
    if (effect->lifetime == LIFE_PROMPT && due == 0)
        due = bot->now.utc_ms; /* what was asked for (due 0) goes before it */
    if (!is_later && effect->lifetime == LIFE_ANSWER &&
        (due = budget_due(bot, room, request)) < 0) {
        log_warn("a reply was dropped: this room answers the bot faster than its budget");
        return ST_OK;
    }
    struct payload payload = {
        .kind = effect->kind, .room_id = (char *)room_id, .user_id = effect->user_id};
    fill_message(effect, &payload);
    /* What is never too old (safety) does not wait behind delayed answers. */
    bool is_urgent =
        request != NULL && !request->is_dm && effect->lifetime == LIFE_ALWAYS;
    /* What is read back takes its time: nothing else waits for it. */
    bool is_view = effect->kind == EFFECT_SHOW;
    char *lane = effect->is_reminder ? queue_reminder_lane(effect->checkin, room_id)
                                     : lane_for(is_later    ? "later:"
                                                : is_urgent ? "now:"
                                                : is_view   ? "view:"
                                                            : "",
                                                room_id);
    int64_t id = 0;
    enum status status =
        queue_row_add(bot, lane, &payload, effect->lifetime, due, 0, &id);
    if (status == ST_OK && effect->answers != NULL && request != NULL)
        status = remember_reply(bot, request, effect, room_id, id);
    free(payload.content);
    free(lane);
    return status;
}

static enum status say_in_new_dm(struct bot *bot, const struct effect *effect)
{
    char *lane = lane_for("dm:", effect->user_id);
    enum status status = begin_dm(bot, effect->user_id, lane);
    struct payload payload = {
        .kind = effect->kind, .room_id = (char *)"", .user_id = effect->user_id};
    fill_message(effect, &payload);
    if (status == ST_OK)
        status = queue_row_add(bot, lane, &payload, effect->lifetime, 0, 0, NULL);
    free(payload.content);
    free(lane);
    return status;
}

static enum status queue_message(struct bot *bot, const struct request *request,
                                 const struct effect *effect)
{
    char *room_id = NULL;
    enum status status = find_target(bot, effect, &room_id);
    if (status != ST_OK)
        return status;
    if (room_id != NULL)
        status = say_in_room(bot, request, effect, room_id);
    else if (effect->lifetime != LIFE_PROMPT) /* who left the DM is not pursued */
        status = say_in_new_dm(bot, effect);
    free(room_id);
    return status;
}

static enum status drop_prompts(struct bot *bot, const char *user_id)
{
    char *room_id = NULL;
    enum status status = dm_get(bot->store, user_id, &room_id);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    const char *prefixes[] = {"", "later:"};
    for (size_t i = 0; i < 2 && status == ST_OK; i++) {
        char *lane = lane_for(prefixes[i], room_id);
        status = outbox_remove_lane(bot->store, lane, LIFE_PROMPT, false);
        free(lane);
    }
    for (size_t i = 0; i < bot->settings->checkin_count && status == ST_OK; i++)
        status = queue_drop_reminder(bot, bot->settings->checkins[i].name, room_id);
    free(room_id);
    return status;
}

/* Of one check-in: a prompt or a reminder of another one stays. */
static enum status drop_reminder(struct bot *bot, const struct effect *effect)
{
    char *room_id = NULL;
    enum status status = dm_get(bot->store, effect->user_id, &room_id);
    if (status == ST_OK)
        status = queue_drop_reminder(bot, effect->checkin, room_id);
    free(room_id);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

static enum status queue_react(struct bot *bot, const struct effect *effect)
{
    struct payload payload = {.kind = EFFECT_REACT,
                              .room_id = effect->room_id,
                              .target = effect->target,
                              .key = effect->text};
    return add_simple(bot, "", &payload);
}

static enum status queue_one(struct bot *bot, const struct request *request,
                             const struct effect *effect)
{
    struct payload payload = {.kind = effect->kind,
                              .room_id = effect->room_id,
                              .user_id = effect->user_id,
                              .target = effect->target,
                              .is_private_receipt = effect->is_private_receipt};
    switch (effect->kind) {
    case EFFECT_SAY:
    case EFFECT_SHOW:
        return queue_message(bot, request, effect);
    case EFFECT_REDACT:
        return queue_redact(bot, effect);
    case EFFECT_TIDY:
        return queue_tidy(bot, effect);
    case EFFECT_RECEIPT: /* must not hold the room's messages up */
        return add_simple(bot, "receipt:", &payload);
    case EFFECT_REACT:
        return queue_react(bot, effect);
    case EFFECT_JOIN:
        return queue_join(bot, effect->room_id, effect->via);
    case EFFECT_LEAVE: /* behind what is still to be said there */
        payload.reason = effect->text;
        return add_simple(bot, "", &payload);
    case EFFECT_INVITE:
        return add_simple(bot, "", &payload);
    case EFFECT_FETCH_MEMBERS:
        return queue_members(bot, effect->room_id);
    case EFFECT_DROP_PROMPTS:
        return drop_prompts(bot, effect->user_id);
    case EFFECT_DROP_REMINDER:
        return drop_reminder(bot, effect);
    case EFFECT_SET_DIRECT:
        return add_simple(bot, "direct:", &payload);
    case EFFECT_PASS_ON:
        return queue_pass_on(bot, effect);
    case EFFECT_SHARE: /* takes its time: what is said meanwhile does not wait */
        payload.show = effect->show;
        payload.target = effect->answers;
        payload.expires_utc_ms = bot->now.utc_ms + SHARE_LIFE_MS;
        return add_simple(bot, "view:", &payload);
    case EFFECT_FETCH_PROFILE: /* a lane of its own: it must not hold up what is said */
        payload.target = effect->answers;
        return queue_row_once(bot, "profile:", effect->user_id, &payload);
    case EFFECT_CREATE_DM:
    case EFFECT_KIND_COUNT:
        break;
    }
    return ST_INVALID;
}

enum status queue_effects(struct bot *bot, const struct request *request,
                          struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        enum status status = queue_one(bot, request, &effects->items[i]);
        if (status != ST_OK)
            return status;
    }
    return ST_OK;
}

static const struct effect *first_message(const struct effects *effects,
                                          const char *room_id)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        if (effect->kind == EFFECT_SAY && effect->room_id != NULL &&
            strcmp(effect->room_id, room_id) == 0)
            return effect;
    }
    return NULL;
}

/* Everything but messages into the question's own room. */
static enum status queue_elsewhere(struct bot *bot, const struct request *request,
                                   const struct effects *effects)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < effects->count && status == ST_OK; i++) {
        const struct effect *effect = &effects->items[i];
        bool is_message = effect->kind == EFFECT_SAY || effect->kind == EFFECT_SHOW;
        if (!is_message || !text_equal(effect->room_id, request->room_id))
            status = queue_one(bot, request, effect);
    }
    return status;
}

/* Change the content of a row that was never tried. ST_EXISTS: it was tried;
 * ST_NOT_FOUND: it is gone. */
static enum status replace_in_place(struct bot *bot, int64_t id, const char *content)
{
    struct outbox_item item = {0};
    enum status status = outbox_get(bot->store, id, &item);
    if (status != ST_OK)
        return status;
    if (item.tries > 0) {
        outbox_item_clear(&item);
        return ST_EXISTS;
    }
    struct payload payload = {0};
    struct buf bytes;
    buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
    status = payload_decode(item.payload, item.payload_len, &payload);
    if (status == ST_OK) {
        free(payload.content);
        payload.content = mem_dup(content);
        payload_encode(&payload, &bytes);
        free(item.payload);
        item.payload_len = bytes.len;
        item.payload = buf_take(&bytes);
        status = outbox_update(bot->store, &item);
    }
    payload_clear(&payload);
    buf_clear(&bytes);
    outbox_item_clear(&item);
    return status;
}

/* A poll cannot be edited into words: it goes, and the new reply is one of its own. */
static enum status exchange(struct bot *bot, const struct request *request,
                            const struct answered *answered, const struct effect *effect)
{
    struct answered gone = {0};
    enum status status = queue_retraction(bot, request->room_id, answered);
    if (status == ST_OK)
        status = answered_take(bot->store, request->room_id, request->target, &gone);
    answered_clear(&gone);
    return status == ST_OK ? queue_message(bot, request, effect) : status;
}

enum status queue_replacement(struct bot *bot, const struct request *request,
                              const struct answered *answered, struct effects *effects)
{
    const struct effect *effect = first_message(effects, request->room_id);
    enum status status = queue_elsewhere(bot, request, effects);
    if (effect == NULL || status != ST_OK)
        return status;
    if (answered->is_poll)
        return exchange(bot, request, answered, effect);
    char *content = message_content(effect);
    status = ST_EXISTS;
    if (answered->event_id == NULL)
        status = replace_in_place(bot, answered->outbox_id, content);
    if (status == ST_NOT_FOUND) { /* the reply was refused for good: nothing to edit */
        status = ST_OK;
    } else if (status == ST_EXISTS) {
        struct payload payload = {.kind = EFFECT_SAY,
                                  .room_id = (char *)request->room_id,
                                  .event_type = (char *)"m.room.message",
                                  .content = content,
                                  .target = answered->event_id,
                                  .replaces_target = true};
        int64_t waits_for = answered->event_id == NULL ? answered->outbox_id : 0;
        status = queue_row_add(bot, request->room_id, &payload, LIFE_ALWAYS, 0, waits_for,
                               NULL);
    }
    free(content);
    return status;
}

enum status queue_retraction(struct bot *bot, const char *room_id,
                             const struct answered *answered)
{
    struct payload payload = {
        .kind = EFFECT_REDACT, .room_id = (char *)room_id, .target = answered->event_id};
    if (answered->event_id != NULL)
        return queue_row_add(bot, room_id, &payload, LIFE_ALWAYS, 0, 0, NULL);
    struct outbox_item item = {0};
    enum status status = outbox_get(bot->store, answered->outbox_id, &item);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status != ST_OK)
        return status;
    if (item.tries == 0)
        status = outbox_remove(bot->store, item.id);
    else
        status = queue_row_add(bot, room_id, &payload, LIFE_ALWAYS, 0, item.id, NULL);
    outbox_item_clear(&item);
    return status;
}

static enum status fill_room(struct bot *bot, struct outbox_item *item,
                             const char *room_id)
{
    struct payload payload = {0};
    struct buf bytes;
    buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
    enum status status = payload_decode(item->payload, item->payload_len, &payload);
    if (status == ST_OK) {
        free(payload.room_id);
        payload.room_id = mem_dup(room_id);
        payload_encode(&payload, &bytes);
        free(item->payload);
        item->payload_len = bytes.len;
        item->payload = buf_take(&bytes);
        status = outbox_update(bot->store, item);
    }
    if (status == ST_OK)
        status = outbox_move(bot->store, item->id, room_id);
    payload_clear(&payload);
    buf_clear(&bytes);
    return status;
}

enum status queue_adopt_dm(struct bot *bot, const char *user_id, const char *room_id)
{
    char *lane = lane_for("dm:", user_id);
    struct outbox_list rows = {0};
    enum status status = outbox_lane(bot->store, lane, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        if (rows.items[i].kind == EFFECT_CREATE_DM)
            status = outbox_remove(bot->store, rows.items[i].id);
        else
            status = fill_room(bot, &rows.items[i], room_id);
    }
    struct payload direct = {.kind = EFFECT_SET_DIRECT,
                             .room_id = (char *)room_id,
                             .user_id = (char *)user_id};
    if (status == ST_OK)
        status = add_simple(bot, "direct:", &direct);
    outbox_list_clear(&rows);
    free(lane);
    return status;
}

enum status queue_moderators(struct bot *bot, char *text)
{
    struct effects effects = {0};
    for (size_t i = 0; i < bot->settings->group_count; i++) {
        const char *name = bot->settings->groups[i].moderators_room;
        if (name[0] == '\0')
            continue;
        struct effect *effect = effects_add(&effects, EFFECT_SAY);
        effect->room_id = mem_dup(name);
        effect->text = mem_dup(text);
    }
    enum status status = queue_effects(bot, NULL, &effects);
    effects_clear(&effects);
    free(text);
    return status;
}
