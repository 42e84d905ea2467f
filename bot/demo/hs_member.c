/* hs_member.c - joining, inviting, leaving, removing, and who is there. */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>

static const struct hs_error unknown_room = {404, "M_NOT_FOUND", "Unknown room"};
static const struct hs_error no_servers = {
    404, "M_UNKNOWN",
    "Can't join remote room because no servers that are in the room have been provided."};
static const struct hs_error unknown_alias = {404, "M_NOT_FOUND", "Room alias not found"};
static const struct hs_error no_user = {400, "M_MISSING_PARAM", "user_id is missing"};
static const struct hs_error not_banned = {403, "M_FORBIDDEN", "The user is not banned"};
static const struct hs_error still_in = {400, "M_UNKNOWN", "You are still in the room"};

static void copy_profile(struct hs *hs, const char *user_id, cJSON *content)
{
    static const char *const keys[] = {"displayname", "avatar_url"};
    const struct hs_user *user = hs_user_get(hs, user_id);
    for (size_t i = 0; user && i < 2; i++) {
        const char *value = cJSON_GetStringValue(hs_profile_get(user, keys[i]));
        if (value && !hs_json_get(content, keys[i]))
            cJSON_AddStringToObject(content, keys[i], value);
    }
}

cJSON *hs_member_content(struct hs *hs, const struct hs_move *move)
{
    cJSON *content =
        move->extra ? cJSON_Duplicate(move->extra, true) : cJSON_CreateObject();
    cJSON_DeleteItemFromObjectCaseSensitive(content, "membership");
    cJSON_AddStringToObject(content, "membership", move->membership);
    if (text_equal(move->membership, "join") || text_equal(move->membership, "invite"))
        copy_profile(hs, move->target, content);
    return content;
}

const struct hs_error *hs_member_set(struct hs_room *room, const struct hs_move *move,
                                     struct hs_event **ret_event)
{
    struct hs_draft draft = {.type = "m.room.member",
                             .state_key = move->target,
                             .sender = move->actor,
                             .content = hs_member_content(room->hs, move)};
    return hs_submit(room, &draft, move->keep_identical, ret_event);
}

static cJSON *reason_of(const struct hs_call *call)
{
    const char *reason = hs_json_str(call->body, "reason");
    cJSON *extra = cJSON_CreateObject();
    if (reason)
        cJSON_AddStringToObject(extra, "reason", reason);
    return extra;
}

static const struct hs_error *move_user(struct hs_call *call, struct hs_room *room,
                                        const char *target, const char *membership)
{
    cJSON *extra = reason_of(call);
    struct hs_move move = {.actor = call->user->id,
                           .target = target,
                           .membership = membership,
                           .extra = extra};
    const struct hs_error *error = hs_member_set(room, &move, NULL);
    cJSON_Delete(extra);
    return error;
}

/* POST /join/{id or alias} and /rooms/{id}/join */
void hs_member_join(struct hs_call *call)
{
    const char *id = call->parts[0];
    const char *room_id = id[0] == '#' ? hs_alias_get(call->hs, id) : id;
    struct hs_room *room = room_id ? hs_room_get(call->hs, room_id) : NULL;
    const struct hs_error *error = NULL;
    if (!room)
        error = id[0] == '#' ? &unknown_alias : &no_servers;
    else if (!hs_room_has_joined(room, call->user->id))
        error = move_user(call, room, call->user->id, "join");
    if (error) {
        hs_fail(call, error);
        return;
    }
    struct json_writer *w = hs_reply_begin(call);
    json_text(w, "room_id", room->id);
    hs_reply_end(call);
}

void hs_member_leave(struct hs_call *call)
{
    struct hs_room *room = hs_room_get(call->hs, call->parts[0]);
    struct hs_stay *stay = room ? hs_user_stay(call->user, room) : NULL;
    const struct hs_error *error = NULL;
    if (!room)
        error = &unknown_room;
    else if (!stay || !text_equal(hs_event_membership(stay->member), "leave"))
        error = move_user(call, room, call->user->id, "leave");
    if (error)
        hs_fail(call, error);
    else
        hs_reply_empty(call);
}

void hs_member_forget(struct hs_call *call)
{
    const struct hs_room *room = hs_room_get(call->hs, call->parts[0]);
    if (room && hs_room_has_joined(room, call->user->id))
        hs_fail(call, &still_in);
    else
        hs_reply_empty(call);
}

static void move_named(struct hs_call *call, const char *membership, bool only_banned)
{
    struct hs_room *room = hs_call_room(call, 0);
    const char *target = hs_json_str(call->body, "user_id");
    const struct hs_error *error = NULL;
    if (!room)
        return;
    if (!target)
        error = &no_user;
    else if (only_banned && !text_equal(hs_room_membership(room, target), "ban"))
        error = &not_banned;
    else
        error = move_user(call, room, target, membership);
    if (error)
        hs_fail(call, error);
    else
        hs_reply_empty(call);
}

void hs_member_invite(struct hs_call *call)
{
    move_named(call, "invite", false);
}

void hs_member_kick(struct hs_call *call)
{
    move_named(call, "leave", false);
}

void hs_member_ban(struct hs_call *call)
{
    move_named(call, "ban", false);
}

void hs_member_unban(struct hs_call *call)
{
    move_named(call, "leave", true);
}

void hs_member_joined_rooms(struct hs_call *call)
{
    struct json_writer *w = hs_reply_begin(call);
    json_array(w, "joined_rooms");
    for (size_t i = 0; i < call->user->stay_count; i++)
        if (text_equal(hs_event_membership(call->user->stays[i].member), "join"))
            json_text(w, NULL, call->user->stays[i].room->id);
    json_array_end(w);
    hs_reply_end(call);
}

void hs_member_joined_members(struct hs_call *call)
{
    const struct hs_room *room = hs_call_room(call, 0);
    if (!room)
        return;
    struct json_writer *w = hs_reply_begin(call);
    json_object(w, "joined");
    for (size_t i = 0; i < room->state_count; i++) {
        const struct hs_event *event = room->state[i];
        if (!text_equal(event->type, "m.room.member") ||
            !text_equal(hs_event_membership(event), "join"))
            continue;
        json_object(w, event->state_key);
        json_text(w, "display_name", hs_json_str(event->content, "displayname"));
        json_text(w, "avatar_url", hs_json_str(event->content, "avatar_url"));
        json_object_end(w);
    }
    json_object_end(w);
    hs_reply_end(call);
}

void hs_member_members(struct hs_call *call)
{
    struct hs_room *room = hs_call_room_seen(call, 0);
    if (!room)
        return;
    struct hs_stay *stay = hs_user_stay(call->user, room);
    bool is_joined = text_equal(hs_event_membership(stay->member), "join");
    uint64_t until = is_joined ? call->hs->position : stay->member->position;
    char *only = hs_query_get(call, "membership");
    char *without = hs_query_get(call, "not_membership");
    struct json_writer *w = hs_reply_begin(call);
    json_array(w, "chunk");
    for (size_t i = 0; i < room->state_count; i++) {
        const struct hs_event *event = hs_event_at(room->state[i], until);
        if (!event || !text_equal(event->type, "m.room.member"))
            continue;
        const char *membership = hs_event_membership(event);
        if ((!only || text_equal(membership, only)) &&
            !(without && text_equal(membership, without)))
            hs_event_write(w, NULL, event, call->device, true);
    }
    json_array_end(w);
    hs_reply_end(call);
    free(only);
    free(without);
}
