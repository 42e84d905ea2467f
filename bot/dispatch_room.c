/* dispatch_room.c - see dispatch_room.h. */
#include "bot/dispatch_room.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/queue.h"
#include "bot/results.h"
#include "store/departed.h"
#include "store/inbox.h"
#include "store/room.h"
#include <stdlib.h>
#include <string.h>

/* The server part of a user id, "" if there is none. */
static const char *server_of(const char *user_id)
{
    const char *colon = strchr(user_id, ':');
    return colon ? colon + 1 : "";
}

static bool is_in_any_group(const struct bot *bot, const char *user_id)
{
    int32_t since_day = 0;
    for (size_t i = 0; i < bot->settings->group_count; i++)
        if (rooms_is_member(bot->rooms, &bot->settings->groups[i], user_id, &since_day))
            return true;
    return false;
}

/* Configured people and servers, and whoever is in a group's room. */
static bool is_welcome(const struct bot *bot, const char *inviter)
{
    const struct strv *from = &bot->settings->matrix.invite_from;
    return is_in_any_group(bot, inviter) || strv_has(from, inviter) ||
           strv_has(from, server_of(inviter));
}

static const struct event *own_invite(const struct bot *bot,
                                      const struct room_update *part)
{
    for (size_t i = 0; i < part->state.count; i++) {
        const struct event *event = &part->state.items[i];
        if (event->type == EVENT_MEMBER && text_equal(event->state_key, bot->user_id) &&
            event->membership == MEMBERSHIP_INVITE)
            return event;
    }
    return NULL;
}

static size_t joined_rooms(const struct rooms *rooms)
{
    size_t count = 0;
    for (size_t i = 0; i < rooms->count; i++)
        count +=
            rooms->items[i]->membership == MEMBERSHIP_JOIN && !rooms->items[i]->is_direct;
    return count;
}

static enum status take_invite(struct bot *bot, const struct room_update *part)
{
    const struct event *invite = own_invite(bot, part);
    if (invite == NULL)
        return ST_OK;
    struct room *room = rooms_add(bot->rooms, part->room_id);
    room->membership = MEMBERSHIP_INVITE;
    room->is_direct = invite->is_direct;
    free(room->inviter);
    room->inviter = mem_dup(invite->sender);
    for (size_t i = 0; i < part->state.count; i++)
        room_apply_state(room, &part->state.items[i]);
    bool is_group = false;
    bool is_known = rooms_group(bot->rooms, bot->settings, room, &is_group) != NULL;
    room->is_direct = room->is_direct && !is_known;
    if (!is_known && !is_welcome(bot, invite->sender)) {
        log_info("an invitation from a stranger was refused");
        enum status status = queue_leave(bot, part->room_id, NULL);
        return status == ST_OK ? rooms_save(bot->rooms, room) : status;
    }
    bool is_plain = room->room_type == NULL &&
                    (room->is_direct || joined_rooms(bot->rooms) < ROOMS_MAX);
    if (!is_plain) {
        log_info("an invitation to a space, or to one room too many, was refused");
        enum status status = queue_leave(bot, part->room_id, NULL);
        return status == ST_OK ? rooms_save(bot->rooms, room) : status;
    }
    enum status status = queue_join(bot, part->room_id, server_of(invite->sender));
    return status == ST_OK ? rooms_save(bot->rooms, room) : status;
}

/* Rows of a room that was left are dropped, not sent after a return (E10). */
static enum status take_leave(struct bot *bot, const struct room_update *part)
{
    struct room *room = rooms_find(bot->rooms, part->room_id);
    if (room == NULL)
        return ST_OK;
    log_info("the bot is not in a room any more");
    char *user = NULL;
    enum status status = outbox_remove_lane(bot->store, part->room_id, -1, false);
    if (status == ST_OK && dm_user(bot->store, part->room_id, &user) == ST_OK)
        status = dm_remove(bot->store, user);
    free(user);
    bool is_group = false;
    bool is_known = rooms_group(bot->rooms, bot->settings, room, &is_group) != NULL;
    if (status != ST_OK)
        return status;
    if (!is_known)
        return rooms_forget(bot->rooms, part->room_id);
    room->membership = MEMBERSHIP_LEAVE;
    return rooms_save(bot->rooms, room);
}

/* Encrypted is known before anything is said or kept about the room. */
static void note_encryption(struct room *room, const struct room_update *part)
{
    for (size_t i = 0; i < part->state.count; i++)
        if (part->state.items[i].type == EVENT_ENCRYPTION)
            room->is_encrypted = true;
    for (size_t i = 0; i < part->timeline.count; i++)
        if (part->timeline.items[i].type == EVENT_ENCRYPTION)
            room->is_encrypted = true;
}

/* We are in: a DM becomes its person's (unless we could not read there), the
 * members are read. */
static enum status take_join(struct bot *bot, struct room *room)
{
    enum status status = ST_OK;
    int32_t today = day_of_utc(bot->now.utc_ms);
    room->membership = MEMBERSHIP_JOIN;
    status =
        room_member_set(bot->store, room->room_id, bot->user_id, STANDING_JOINED, today);
    if (status == ST_OK && room->is_direct && room->inviter != NULL &&
        !room->is_encrypted) {
        status = dm_put(bot->store, room->inviter, room->room_id);
        if (status == ST_OK)
            status = room_member_set(bot->store, room->room_id, room->inviter,
                                     STANDING_JOINED, today);
        struct effect direct = {.kind = EFFECT_SET_DIRECT,
                                .room_id = room->room_id,
                                .user_id = room->inviter};
        struct effects effects = {.items = &direct, .count = 1};
        if (status == ST_OK)
            status = queue_effects(bot, NULL, &effects);
    }
    return status == ST_OK ? queue_members(bot, room->room_id) : status;
}

/* A room made by us shows up: adopt it if its answer was lost (rule E7). */
static enum status adopt_by_nonce(struct bot *bot, const struct room_update *part)
{
    for (size_t i = 0; i < part->state.count + part->timeline.count; i++) {
        const struct event *event = i < part->state.count
                                        ? &part->state.items[i]
                                        : &part->timeline.items[i - part->state.count];
        struct intent intent = {0};
        if (event->type != EVENT_CREATE || event->nonce == NULL ||
            !text_equal(event->sender, bot->user_id) ||
            intent_by_nonce(bot->store, event->nonce, &intent) != ST_OK)
            continue;
        enum status status = ST_OK;
        if (intent.room_id == NULL)
            status = results_adopt(bot, intent.user_id, event->nonce, part->room_id);
        else if (strcmp(intent.room_id, part->room_id) != 0)
            status = queue_leave(bot, part->room_id, NULL);
        intent_clear(&intent);
        return status;
    }
    return ST_OK;
}

enum status dispatch_room_begin(struct bot *bot, const struct room_update *part,
                                bool is_first)
{
    if (part->membership == MEMBERSHIP_INVITE)
        return take_invite(bot, part);
    if (part->membership != MEMBERSHIP_JOIN)
        return take_leave(bot, part);
    struct room *room = rooms_add(bot->rooms, part->room_id);
    enum status status = ST_OK;
    bool is_new = room->membership != MEMBERSHIP_JOIN;
    note_encryption(room, part);
    if (is_new)
        status = take_join(bot, room);
    if (status == ST_OK && is_new)
        status = adopt_by_nonce(bot, part);
    for (size_t i = 0; i < part->state.count && status == ST_OK; i++)
        status = dispatch_state_event(bot, room, &part->state.items[i]);
    if (status == ST_OK && part->is_limited && !is_new && !is_first)
        status = queue_members(bot, part->room_id); /* changes may lie in the gap */
    if (status == ST_OK && (is_new || part->state.count > 0))
        status = rooms_save(bot->rooms, room);
    return status;
}

/* Whom we know is forgotten thirty days later, unless they come back. */
static enum status note_departure(struct bot *bot, const char *user_id)
{
    char *room_id = NULL;
    enum status status = dm_get(bot->store, user_id, &room_id);
    free(room_id);
    if (status == ST_NOT_FOUND || is_in_any_group(bot, user_id))
        return ST_OK;
    return status == ST_OK
               ? departed_add(bot->store, user_id, day_of_utc(bot->now.utc_ms))
               : status;
}

enum status dispatch_left(struct bot *bot, const struct group_settings *group,
                          const char *user_id)
{
    struct request request = {.kind = REQUEST_LEFT_GROUP,
                              .sender = user_id,
                              .room_id = "",
                              .event_id = "",
                              .text = "",
                              .sent_utc_ms = bot->now.utc_ms,
                              .group = group};
    enum status status = dispatch_request(bot, &request);
    return status == ST_OK ? note_departure(bot, user_id) : status;
}

/* A person came into or went out of a room: does that matter to a group? */
static enum status move_person(struct bot *bot, const struct room *room,
                               const char *user_id, int before, int standing)
{
    bool is_moderators = false;
    const struct group_settings *group =
        rooms_group(bot->rooms, bot->settings, room, &is_moderators);
    int32_t since_day = 0;
    if (group == NULL || is_moderators)
        return ST_OK;
    if (standing == STANDING_JOINED && before != STANDING_JOINED)
        return departed_remove(bot->store, user_id);
    if (before != STANDING_JOINED || standing == STANDING_JOINED ||
        rooms_is_member(bot->rooms, group, user_id, &since_day))
        return ST_OK;
    return dispatch_left(bot, group, user_id);
}

/* The person left our DM: nobody is there to talk to (what was queued goes with
 * the room). */
static enum status leave_empty_dm(struct bot *bot, const struct room *room,
                                  const char *user_id)
{
    char *owner = NULL;
    int joined = 0, invited = 0;
    enum status status = dm_user(bot->store, room->room_id, &owner);
    bool is_theirs = status == ST_OK && strcmp(owner, user_id) == 0;
    free(owner);
    if (!is_theirs)
        return status == ST_NOT_FOUND ? ST_OK : status;
    status = room_member_count(bot->store, room->room_id, &joined, &invited);
    if (status == ST_OK && joined + invited <= 1)
        status = queue_leave(bot, room->room_id, NULL);
    return status;
}

static enum status take_member(struct bot *bot, struct room *room,
                               const struct event *event)
{
    int standing = event->membership == MEMBERSHIP_JOIN     ? STANDING_JOINED
                   : event->membership == MEMBERSHIP_INVITE ? STANDING_INVITED
                                                            : 0;
    int32_t today = day_of_utc(bot->now.utc_ms);
    int64_t day = event->origin_server_ts_ms / DAY_MS;
    int32_t since = day > 0 && day < today ? (int32_t)day : today;
    if (event->has_prev && event->prev_membership == MEMBERSHIP_JOIN)
        since = 0;
    if (room->has_members && since < room->members_day)
        since = room->members_day; /* the list held nobody new, whatever a server says */
    int before = 0;
    enum status status =
        room_member_get(bot->store, room->room_id, event->state_key, &before, NULL);
    if (status == ST_OK)
        status =
            room_member_set(bot->store, room->room_id, event->state_key, standing, since);
    if (status == ST_OK)
        status = move_person(bot, room, event->state_key, before, standing);
    if (status == ST_OK && before != 0 && standing == 0 &&
        strcmp(event->state_key, bot->user_id) != 0)
        status = leave_empty_dm(bot, room, event->state_key);
    return status;
}

/* Encrypted from now on: say so where it can be said, once (never in clear
 * text in that room). */
static enum status tell_encrypted(struct bot *bot, struct room *room)
{
    if (room->was_told_encrypted)
        return ST_OK;
    room->was_told_encrypted = true;
    log_warn("a room is encrypted; the bot cannot read there and says nothing there");
    char *person = NULL;
    enum status status = ST_OK;
    if (dm_user(bot->store, room->room_id, &person) == ST_OK)
        status = dm_remove(bot->store, person);
    else
        person = mem_dup(room->inviter);
    struct effects effects = {0};
    if (person != NULL) {
        struct effect *effect = effects_add(&effects, EFFECT_SAY);
        effect->user_id = mem_dup(person);
        effect->text = say(bot->settings, TEXT_ENCRYPTED_PERSON, NULL);
    }
    if (status == ST_OK)
        status = queue_effects(bot, NULL, &effects);
    effects_clear(&effects);
    free(person);
    if (status == ST_OK)
        status =
            queue_moderators(bot, say(bot->settings, TEXT_ENCRYPTED_MODERATORS, NULL));
    return status;
}

/* A tombstone counts only where its sender may invite. */
static bool is_replaced(const struct room *room)
{
    return room->replacement != NULL && room->replaced_by != NULL &&
           room_power(room, room->replaced_by) >= room->invite_level;
}

static enum status take_names_over(struct bot *bot, struct room *room)
{
    struct room *old =
        room->predecessor ? rooms_find(bot->rooms, room->predecessor) : NULL;
    if (old == NULL || !is_replaced(old) || !text_equal(old->replacement, room->room_id))
        return ST_OK;
    room_add_name(room, old->room_id);
    for (size_t i = 0; i < old->names.count; i++)
        room_add_name(room, old->names.items[i]);
    strv_clear(&old->names);
    old->names = (struct strv){0};
    char *person = NULL;
    enum status status = rooms_save(bot->rooms, old);
    if (status == ST_OK && dm_user(bot->store, old->room_id, &person) == ST_OK) {
        status = dm_put(bot->store, person, room->room_id);
        room->is_direct = true;
    }
    free(person);
    return status == ST_OK ? queue_leave(bot, old->room_id, NULL) : status;
}

/* A room was replaced: the old names go along once the new room names its
 * predecessor, which it may have done already. */
static enum status follow(struct bot *bot, struct room *room)
{
    if (!is_replaced(room))
        return ST_OK;
    struct room *next = rooms_find(bot->rooms, room->replacement);
    if (next != NULL && next->membership == MEMBERSHIP_JOIN) {
        enum status status = take_names_over(bot, next);
        return status == ST_OK ? rooms_save(bot->rooms, next) : status;
    }
    log_info("a room was upgraded; the bot follows");
    return queue_join(bot, room->replacement, server_of(room->replaced_by));
}

enum status dispatch_state_event(struct bot *bot, struct room *room,
                                 const struct event *event)
{
    enum status status = ST_OK;
    if (event->type == EVENT_MEMBER)
        return event->state_key != NULL ? take_member(bot, room, event) : ST_OK;
    if (!room_apply_state(room, event))
        return ST_OK;
    if (event->type == EVENT_ENCRYPTION)
        status = tell_encrypted(bot, room);
    else if (event->type == EVENT_TOMBSTONE)
        status = follow(bot, room);
    else if (event->type == EVENT_CREATE)
        status = take_names_over(bot, room);
    return status == ST_OK ? rooms_save(bot->rooms, room) : status;
}

static enum status take_direct(struct bot *bot, const char *user_id, const char *room_id)
{
    struct room *room = rooms_find(bot->rooms, room_id);
    char *known = NULL;
    bool is_moderators = false;
    if (room == NULL || room->membership != MEMBERSHIP_JOIN || room->is_encrypted ||
        rooms_group(bot->rooms, bot->settings, room, &is_moderators) != NULL)
        return ST_OK;
    enum status status = dm_get(bot->store, user_id, &known);
    if (status == ST_NOT_FOUND)
        status = dm_user(bot->store, room_id, &known); /* one person a room */
    free(known);
    if (status != ST_NOT_FOUND)
        return status;
    room->is_direct = true;
    status = dm_put(bot->store, user_id, room_id);
    return status == ST_OK ? rooms_save(bot->rooms, room) : status;
}

enum status dispatch_directs(struct bot *bot, const struct update *update)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < update->direct_count && status == ST_OK; i++) {
        const struct direct *direct = &update->directs[i];
        for (size_t j = direct->rooms.count; j-- > 0 && status == ST_OK;)
            status = take_direct(bot, direct->user_id, direct->rooms.items[j]);
    }
    return status;
}

enum status dispatch_join_configured(struct bot *bot)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < bot->settings->group_count && status == ST_OK; i++) {
        const struct group_settings *group = &bot->settings->groups[i];
        for (size_t j = 0; j <= group->rooms.count && status == ST_OK; j++) {
            const char *name =
                j < group->rooms.count ? group->rooms.items[j] : group->moderators_room;
            const struct room *room = name[0] ? rooms_by_name(bot->rooms, name) : NULL;
            if (name[0] != '\0' && (room == NULL || room->membership != MEMBERSHIP_JOIN))
                status = queue_join(bot, name, NULL);
        }
    }
    return status;
}
