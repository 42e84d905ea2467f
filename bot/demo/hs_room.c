/* hs_room.c - a room: its state, who is in it, what they may.
 *
 * In room version 12 the room id is the id of the create event without a
 * domain, and the creators stand above all power levels and are not listed in
 * them.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CREATOR_LEVEL 9007199254740991 /* above every level an event can hold */
#define STATE_KEY_LEN (2 * HS_ID_MAX + 8)

static const struct hs_error unknown_room = {404, "M_NOT_FOUND", "Unknown room"};
static const struct hs_error not_in_room = {403, "M_FORBIDDEN",
                                            "You are not a member of the room"};

struct hs_room *hs_room_get(struct hs *hs, const char *room_id)
{
    return g_hash_table_lookup(hs->rooms_by_id, room_id);
}

struct hs_room *hs_room_add(struct hs *hs, int version)
{
    char id[48];
    struct hs_room *room = mem_alloc(sizeof *room);
    hs_make_id(hs, '!', id);
    if (version < 12)
        id[19] = 0;
    struct buf full;
    buf_init(&full, HS_ID_MAX);
    buf_add_text(&full, id);
    if (version < 12)
        buf_addf(&full, ":%s", hs->server_name);
    room->id = buf_take(&full);
    room->hs = hs;
    room->version = version;
    room->state_index = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    room->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    room->annotations = g_hash_table_new(g_str_hash, g_str_equal);
    MEM_GROW(hs->rooms, hs->room_count, hs->room_capacity);
    hs->rooms[hs->room_count++] = room;
    g_hash_table_insert(hs->rooms_by_id, room->id, room);
    return room;
}

void hs_room_free(struct hs_room *room)
{
    for (size_t i = 0; i < room->state_count; i++)
        if (room->state[i]->is_forgotten)
            hs_event_free(room->state[i]);
    for (size_t i = room->event_count; i-- > 0;)
        hs_event_free(room->events[i]);
    for (size_t i = 0; i < room->receipt_count; i++)
        hs_receipt_clear(&room->receipts[i]);
    for (size_t i = 0; i < room->typist_count; i++)
        free(room->typists[i].user_id);
    free(room->events);
    free(room->state);
    free(room->receipts);
    free(room->typists);
    g_hash_table_destroy(room->state_index);
    g_hash_table_destroy(room->by_id);
    g_hash_table_destroy(room->annotations);
    free(room->id);
    free(room);
}

static void write_state_key(const char *type, const char *state_key, char *ret_key)
{
    (void)snprintf(ret_key, STATE_KEY_LEN, "%.*s\x1f%.*s", HS_ID_MAX, type, HS_ID_MAX,
                   state_key);
}

struct hs_event *hs_room_state(const struct hs_room *room, const char *type,
                               const char *state_key)
{
    char key[STATE_KEY_LEN];
    write_state_key(type, state_key, key);
    size_t index = GPOINTER_TO_SIZE(g_hash_table_lookup(room->state_index, key));
    return index ? room->state[index - 1] : NULL;
}

void hs_room_state_put(struct hs_room *room, struct hs_event *event)
{
    char key[STATE_KEY_LEN];
    write_state_key(event->type, event->state_key, key);
    size_t index = GPOINTER_TO_SIZE(g_hash_table_lookup(room->state_index, key));
    if (index) {
        event->replaces = room->state[index - 1];
        event->replaces->is_current = false;
        room->state[index - 1] = event;
    } else {
        MEM_GROW(room->state, room->state_count, room->state_capacity);
        room->state[room->state_count++] = event;
        g_hash_table_insert(room->state_index, mem_dup(key),
                            GSIZE_TO_POINTER(room->state_count));
    }
    event->is_current = true;
}

struct hs_event *hs_event_at(struct hs_event *event, uint64_t position)
{
    while (event && event->position > position)
        event = event->replaces;
    return event;
}

const char *hs_event_membership(const struct hs_event *event)
{
    const char *membership = event ? hs_json_str(event->content, "membership") : NULL;
    return membership ? membership : "leave";
}

const char *hs_room_membership(const struct hs_room *room, const char *user_id)
{
    return hs_event_membership(hs_room_state(room, "m.room.member", user_id));
}

bool hs_room_has_joined(const struct hs_room *room, const char *user_id)
{
    return text_equal(hs_room_membership(room, user_id), "join");
}

bool hs_room_is_creator(const struct hs_room *room, const char *user_id)
{
    const struct hs_event *create = hs_room_state(room, "m.room.create", "");
    const cJSON *other;
    if (!create)
        return false;
    if (text_equal(create->sender, user_id))
        return true;
    if (room->version < 12)
        return false;
    cJSON_ArrayForEach(
        other,
        hs_json_get(create->content,
                    "additional_creators")) if (text_equal(cJSON_GetStringValue(other),
                                                           user_id)) return true;
    return false;
}

int64_t hs_room_level(const struct hs_room *room, const char *user_id)
{
    const struct hs_event *levels = hs_room_state(room, "m.room.power_levels", "");
    bool is_creator = hs_room_is_creator(room, user_id);
    if (is_creator && room->version >= 12)
        return CREATOR_LEVEL;
    if (!levels)
        return is_creator ? 100 : 0;
    return hs_json_int(hs_json_object(levels->content, "users"), user_id,
                       hs_json_int(levels->content, "users_default", 0));
}

int64_t hs_room_level_of(const struct hs_room *room, const char *action, int64_t fallback)
{
    const struct hs_event *levels = hs_room_state(room, "m.room.power_levels", "");
    return levels ? hs_json_int(levels->content, action, fallback) : fallback;
}

int64_t hs_room_level_for(const struct hs_room *room, const char *type, bool is_state)
{
    const struct hs_event *levels = hs_room_state(room, "m.room.power_levels", "");
    if (!levels)
        return 0;
    return hs_json_int(hs_json_object(levels->content, "events"), type,
                       is_state ? hs_json_int(levels->content, "state_default", 50)
                                : hs_json_int(levels->content, "events_default", 0));
}

struct hs_room *hs_call_room(struct hs_call *call, size_t part)
{
    struct hs_room *room = hs_room_get(call->hs, call->parts[part]);
    if (!room)
        hs_fail(call, &unknown_room);
    else if (!hs_room_has_joined(room, call->user->id))
        hs_fail(call, &not_in_room);
    else
        return room;
    return NULL;
}

struct hs_room *hs_call_room_seen(struct hs_call *call, size_t part)
{
    struct hs_room *room = hs_room_get(call->hs, call->parts[part]);
    struct hs_event *member =
        room ? hs_room_state(room, "m.room.member", call->user->id) : NULL;
    while (member && !text_equal(hs_event_membership(member), "join"))
        member = member->replaces;
    if (!room)
        hs_fail(call, &unknown_room);
    else if (!member)
        hs_fail(call, &not_in_room);
    else
        return room;
    return NULL;
}
