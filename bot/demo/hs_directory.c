/* hs_directory.c - room aliases and the list of public rooms. */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <string.h>

static const struct hs_error unknown_alias = {404, "M_NOT_FOUND", "Room alias not found"};
static const struct hs_error bad_alias = {400, "M_INVALID_PARAM", "Room alias invalid"};
static const struct hs_error taken = {409, "M_UNKNOWN", "Room alias already exists"};
static const struct hs_error no_room = {400, "M_MISSING_PARAM", "room_id is missing"};
static const struct hs_error not_yours = {403, "M_FORBIDDEN",
                                          "You may not change aliases of this room"};

const char *hs_alias_get(const struct hs *hs, const char *alias)
{
    return g_hash_table_lookup(hs->aliases, alias);
}

bool hs_alias_put(struct hs *hs, const char *alias, const char *room_id)
{
    if (g_hash_table_size(hs->aliases) >= HS_ROOMS_MAX)
        return false;
    g_hash_table_replace(hs->aliases, mem_dup(alias), mem_dup(room_id));
    return true;
}

static bool is_alias(const struct hs *hs, const char *alias)
{
    const char *colon = strchr(alias, ':');
    return alias[0] == '#' && colon && colon > alias + 1 &&
           text_equal(colon + 1, hs->server_name) && strlen(alias) <= HS_ID_MAX;
}

void hs_directory_get(struct hs_call *call)
{
    const char *room_id = hs_alias_get(call->hs, call->parts[0]);
    if (!room_id) {
        hs_fail(call, &unknown_alias);
        return;
    }
    struct json_writer *w = hs_reply_begin(call);
    json_text(w, "room_id", room_id);
    json_array(w, "servers");
    json_text(w, NULL, call->hs->server_name);
    json_array_end(w);
    hs_reply_end(call);
}

void hs_directory_put(struct hs_call *call)
{
    const char *alias = call->parts[0];
    const char *room_id = hs_json_str(call->body, "room_id");
    const struct hs_room *room = room_id ? hs_room_get(call->hs, room_id) : NULL;
    const struct hs_error *error = NULL;
    if (!room_id)
        error = &no_room;
    else if (!is_alias(call->hs, alias))
        error = &bad_alias;
    else if (hs_alias_get(call->hs, alias))
        error = &taken;
    else if (!room || !hs_room_has_joined(room, call->user->id) ||
             !hs_alias_put(call->hs, alias, room_id))
        error = &not_yours;
    if (error)
        hs_fail(call, error);
    else
        hs_reply_empty(call);
}

void hs_directory_delete(struct hs_call *call)
{
    const char *room_id = hs_alias_get(call->hs, call->parts[0]);
    const struct hs_room *room = room_id ? hs_room_get(call->hs, room_id) : NULL;
    if (!room) {
        hs_fail(call, &unknown_alias);
        return;
    }
    if (hs_room_level(room, call->user->id) <
        hs_room_level_for(room, "m.room.canonical_alias", true)) {
        hs_fail(call, &not_yours);
        return;
    }
    g_hash_table_remove(call->hs->aliases, call->parts[0]);
    hs_reply_empty(call);
}

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

void hs_directory_aliases(struct hs_call *call)
{
    const struct hs_room *room = hs_call_room(call, 0);
    if (!room)
        return;
    GList *aliases = g_list_sort(g_hash_table_get_keys(call->hs->aliases), compare);
    struct json_writer *w = hs_reply_begin(call);
    json_array(w, "aliases");
    for (GList *link = aliases; link; link = link->next)
        if (text_equal(hs_alias_get(call->hs, link->data), room->id))
            json_text(w, NULL, link->data);
    json_array_end(w);
    hs_reply_end(call);
    g_list_free(aliases);
}

static const char *state_text(const struct hs_room *room, const char *type,
                              const char *key)
{
    const struct hs_event *event = hs_room_state(room, type, "");
    return event ? hs_json_str(event->content, key) : NULL;
}

void hs_directory_public(struct hs_call *call)
{
    struct json_writer *w = hs_reply_begin(call);
    int64_t count = 0;
    json_array(w, "chunk");
    for (size_t i = 0; i < call->hs->room_count; i++) {
        const struct hs_room *room = call->hs->rooms[i];
        if (!room->is_listed)
            continue;
        count++;
        json_object(w, NULL);
        json_text(w, "room_id", room->id);
        json_int(w, "num_joined_members", room->joined_count);
        json_bool(w, "world_readable", false);
        json_bool(w, "guest_can_join", false);
        if (state_text(room, "m.room.name", "name"))
            json_text(w, "name", state_text(room, "m.room.name", "name"));
        if (state_text(room, "m.room.topic", "topic"))
            json_text(w, "topic", state_text(room, "m.room.topic", "topic"));
        if (state_text(room, "m.room.canonical_alias", "alias"))
            json_text(w, "canonical_alias",
                      state_text(room, "m.room.canonical_alias", "alias"));
        json_object_end(w);
    }
    json_array_end(w);
    json_int(w, "total_room_count_estimate", count);
    hs_reply_end(call);
}
