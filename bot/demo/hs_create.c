/* hs_create.c - making a room, and replacing it by one of a newer version.
 *
 * The order of the first events is Synapse's: create, the creator's join, power
 * levels, alias, join rules, history visibility, guest access, initial_state,
 * name, topic, invitations. They are added unasked, except the invitations.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define VERSION_DEFAULT 12
#define VERSION_OLDEST 6

static const struct hs_error bad_version = {
    400, "M_UNSUPPORTED_ROOM_VERSION",
    "Your homeserver does not support this room version"};
static const struct hs_error alias_taken = {400, "M_ROOM_IN_USE",
                                            "Room alias already taken"};
static const struct hs_error bad_alias = {400, "M_INVALID_PARAM", "Invalid room alias"};
static const struct hs_error bad_state = {400, "M_BAD_JSON", "Bad initial_state"};
static const struct hs_error bad_invite = {400, "M_INVALID_PARAM",
                                           "Invalid user id to invite"};
static const struct hs_error bad_override = {
    400, "M_BAD_JSON", "Creators must not be listed in the power levels"};
static const struct hs_error float_found = {400, "M_BAD_JSON", "Bad JSON value: float"};
static const struct hs_error too_many = {403, "M_RESOURCE_LIMIT_EXCEEDED",
                                         "Too many rooms"};
static const struct hs_error no_power = {403, "M_FORBIDDEN",
                                         "You may not upgrade this room"};

struct making {
    struct hs_room *room;
    const char *creator;
};

static struct hs_event *add(const struct making *making, const char *type,
                            const char *state_key, cJSON *content)
{
    struct hs_draft draft = {.type = type,
                             .state_key = state_key,
                             .sender = making->creator,
                             .content = content};
    return hs_event_add(making->room, &draft);
}

static void add_simple(const struct making *making, const char *type, const char *key,
                       const char *value)
{
    cJSON *content = cJSON_CreateObject();
    cJSON_AddStringToObject(content, key, value);
    add(making, type, "", content);
}

/* 0 if it is not one we know. */
static int read_version(const char *text)
{
    int64_t version;
    if (!text)
        return VERSION_DEFAULT;
    if (text_to_int(text, VERSION_OLDEST, VERSION_DEFAULT, &version) != ST_OK)
        return 0;
    return (int)version;
}

static bool is_trusted(const cJSON *body)
{
    return text_equal(hs_json_str(body, "preset"), "trusted_private_chat");
}

static bool is_public(const cJSON *body)
{
    const char *preset = hs_json_str(body, "preset");
    if (preset)
        return text_equal(preset, "public_chat");
    return text_equal(hs_json_str(body, "visibility"), "public");
}

static void add_create(const struct making *making, const cJSON *body)
{
    const cJSON *extra = hs_json_object(body, "creation_content");
    const struct hs_room *room = making->room;
    cJSON *content = extra ? cJSON_Duplicate(extra, true) : cJSON_CreateObject();
    char version[4];
    g_snprintf(version, sizeof version, "%d", room->version);
    cJSON_DeleteItemFromObjectCaseSensitive(content, "room_version");
    cJSON_DeleteItemFromObjectCaseSensitive(content, "creator");
    cJSON_AddStringToObject(content, "room_version", version);
    if (room->version < 11)
        cJSON_AddStringToObject(content, "creator", making->creator);
    const cJSON *invite = hs_json_get(body, "invite");
    if (room->version >= 12 && is_trusted(body) && cJSON_IsArray(invite) &&
        !hs_json_get(content, "additional_creators"))
        cJSON_AddItemToObject(content, "additional_creators",
                              cJSON_Duplicate(invite, true));
    add(making, "m.room.create", "", content);
}

static cJSON *default_levels(const struct making *making, const cJSON *body)
{
    static const struct {
        const char *type;
        int level;
    } events[] = {{"m.room.name", 50},
                  {"m.room.power_levels", 100},
                  {"m.room.history_visibility", 100},
                  {"m.room.canonical_alias", 50},
                  {"m.room.avatar", 50},
                  {"m.room.tombstone", 100},
                  {"m.room.server_acl", 100},
                  {"m.room.encryption", 100}};
    cJSON *levels = cJSON_CreateObject();
    cJSON *users = cJSON_AddObjectToObject(levels, "users");
    const cJSON *user;
    if (making->room->version < 12)
        cJSON_AddNumberToObject(users, making->creator, 100);
    cJSON_ArrayForEach(
        user, hs_json_get(body, "invite")) if (making->room->version < 12 &&
                                               is_trusted(body) && cJSON_IsString(user))
        cJSON_AddNumberToObject(users, user->valuestring, 100);
    cJSON_AddNumberToObject(levels, "users_default", 0);
    cJSON *map = cJSON_AddObjectToObject(levels, "events");
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        bool is_raised =
            making->room->version >= 12 && text_equal(events[i].type, "m.room.tombstone");
        cJSON_AddNumberToObject(map, events[i].type, is_raised ? 150 : events[i].level);
    }
    cJSON_AddNumberToObject(levels, "events_default", 0);
    cJSON_AddNumberToObject(levels, "state_default", 50);
    cJSON_AddNumberToObject(levels, "ban", 50);
    cJSON_AddNumberToObject(levels, "kick", 50);
    cJSON_AddNumberToObject(levels, "redact", 50);
    cJSON_AddNumberToObject(levels, "invite", is_public(body) ? 50 : 0);
    cJSON_AddNumberToObject(levels, "historical", 100);
    return levels;
}

static void add_levels(const struct making *making, const cJSON *body)
{
    cJSON *levels = default_levels(making, body);
    const cJSON *item;
    cJSON_ArrayForEach(item, hs_json_object(body, "power_level_content_override"))
    {
        cJSON_DeleteItemFromObjectCaseSensitive(levels, item->string);
        cJSON_AddItemToObject(levels, item->string, cJSON_Duplicate(item, true));
    }
    add(making, "m.room.power_levels", "", levels);
}

static bool initial_state_has(const cJSON *body, const char *type)
{
    const cJSON *item;
    cJSON_ArrayForEach(
        item,
        hs_json_get(body, "initial_state")) if (text_equal(hs_json_str(item, "type"),
                                                           type)) return true;
    return false;
}

static void add_initial_state(const struct making *making, const cJSON *body)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, hs_json_get(body, "initial_state"))
    {
        const char *state_key = hs_json_str(item, "state_key");
        add(making, hs_json_str(item, "type"), state_key ? state_key : "",
            cJSON_Duplicate(hs_json_object(item, "content"), true));
    }
}

static void add_rules(const struct making *making, const cJSON *body)
{
    if (!initial_state_has(body, "m.room.join_rules"))
        add_simple(making, "m.room.join_rules", "join_rule",
                   is_public(body) ? "public" : "invite");
    if (!initial_state_has(body, "m.room.history_visibility"))
        add_simple(making, "m.room.history_visibility", "history_visibility", "shared");
    if (!is_public(body) && !initial_state_has(body, "m.room.guest_access"))
        add_simple(making, "m.room.guest_access", "guest_access", "can_join");
}

static void add_invites(const struct making *making, const cJSON *body)
{
    const cJSON *target;
    cJSON *extra = cJSON_CreateObject();
    if (hs_json_true(body, "is_direct"))
        cJSON_AddBoolToObject(extra, "is_direct", true);
    cJSON_ArrayForEach(target, hs_json_get(body, "invite"))
    {
        struct hs_move move = {.actor = making->creator,
                               .target = cJSON_GetStringValue(target),
                               .membership = "invite",
                               .extra = extra};
        /* a creator who invites themselves is refused, the room stays */
        (void)hs_member_set(making->room, &move, NULL);
    }
    cJSON_Delete(extra);
}

static char *full_alias(const struct hs *hs, const cJSON *body)
{
    const char *name = hs_json_str(body, "room_alias_name");
    return name ? g_strconcat("#", name, ":", hs->server_name, (char *)NULL) : NULL;
}

static const struct hs_error *check_body(const struct hs_call *call, const char *alias)
{
    const cJSON *item;
    if (call->body_has_float)
        return &float_found;
    if (call->hs->room_count >= HS_ROOMS_MAX)
        return &too_many;
    if (read_version(hs_json_str(call->body, "room_version")) == 0)
        return &bad_version;
    if (read_version(hs_json_str(call->body, "room_version")) >= 12 &&
        hs_json_get(
            hs_json_object(hs_json_object(call->body, "power_level_content_override"),
                           "users"),
            call->user->id))
        return &bad_override;
    if (alias && (strlen(alias) > HS_ID_MAX || strpbrk(alias, " \t\r\n") ||
                  strchr(hs_json_str(call->body, "room_alias_name"), ':')))
        return &bad_alias;
    if (alias && hs_alias_get(call->hs, alias))
        return &alias_taken;
    cJSON_ArrayForEach(item, hs_json_get(call->body, "initial_state"))
    {
        const char *type = hs_json_str(item, "type"),
                   *key = hs_json_str(item, "state_key");
        if (!type || !hs_json_object(item, "content") || strlen(type) > HS_ID_MAX ||
            (key && strlen(key) > HS_ID_MAX) || text_equal(type, "m.room.member") ||
            text_equal(type, "m.room.create"))
            return &bad_state;
    }
    cJSON_ArrayForEach(item, hs_json_get(call->body, "invite"))
    {
        const char *id = cJSON_GetStringValue(item);
        if (!id || id[0] != '@' || !strchr(id, ':') || strlen(id) > HS_ID_MAX)
            return &bad_invite;
    }
    return NULL;
}

static struct hs_room *make_room(struct hs *hs, const char *creator, const cJSON *body,
                                 const char *alias)
{
    struct making making = {.creator = creator};
    struct hs_move join = {.actor = creator, .target = creator, .membership = "join"};
    making.room = hs_room_add(hs, read_version(hs_json_str(body, "room_version")));
    making.room->is_listed = text_equal(hs_json_str(body, "visibility"), "public");
    add_create(&making, body);
    add(&making, "m.room.member", creator, hs_member_content(hs, &join));
    add_levels(&making, body);
    if (alias && hs_alias_put(hs, alias, making.room->id))
        add_simple(&making, "m.room.canonical_alias", "alias", alias);
    add_rules(&making, body);
    add_initial_state(&making, body);
    if (hs_json_str(body, "name"))
        add_simple(&making, "m.room.name", "name", hs_json_str(body, "name"));
    if (hs_json_str(body, "topic"))
        add_simple(&making, "m.room.topic", "topic", hs_json_str(body, "topic"));
    add_invites(&making, body);
    return making.room;
}

void hs_create_room(struct hs_call *call)
{
    char *alias = full_alias(call->hs, call->body);
    const struct hs_error *error = check_body(call, alias);
    if (error) {
        hs_fail(call, error);
    } else {
        struct hs_room *room = make_room(call->hs, call->user->id, call->body, alias);
        struct json_writer *w = hs_reply_begin(call);
        json_text(w, "room_id", room->id);
        if (alias)
            json_text(w, "room_alias", alias);
        hs_reply_end(call);
    }
    free(alias);
}

/* The createRoom body of a room that carries on an old one. */
static cJSON *successor_body(const struct hs_room *old, const char *version)
{
    static const char *const carried[] = {
        "m.room.name",       "m.room.topic",        "m.room.avatar",
        "m.room.join_rules", "m.room.guest_access", "m.room.history_visibility",
        "m.room.encryption", "m.room.server_acl"};
    cJSON *body = cJSON_CreateObject();
    cJSON *creation = cJSON_AddObjectToObject(body, "creation_content");
    cJSON *predecessor = cJSON_AddObjectToObject(creation, "predecessor");
    cJSON_AddStringToObject(predecessor, "room_id", old->id);
    if (text_equal(version, "12") == false && old->event_count > 0)
        cJSON_AddStringToObject(predecessor, "event_id",
                                old->events[old->event_count - 1]->id);
    const char *type =
        hs_json_str(hs_room_state(old, "m.room.create", "")->content, "type");
    if (type)
        cJSON_AddStringToObject(creation, "type", type);
    cJSON_AddStringToObject(body, "room_version", version);
    cJSON *state = cJSON_AddArrayToObject(body, "initial_state");
    for (size_t i = 0; i < sizeof carried / sizeof carried[0]; i++) {
        const struct hs_event *event = hs_room_state(old, carried[i], "");
        if (!event)
            continue;
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "type", carried[i]);
        cJSON_AddItemToObject(item, "content", cJSON_Duplicate(event->content, true));
        cJSON_AddItemToArray(state, item);
    }
    return body;
}

static void carry_levels(const struct hs_room *old, struct hs_room *new,
                         const char *creator)
{
    const struct hs_event *levels = hs_room_state(old, "m.room.power_levels", "");
    struct making making = {.room = new, .creator = creator};
    if (!levels)
        return;
    cJSON *content = cJSON_Duplicate(levels->content, true);
    cJSON *users = hs_json_object(content, "users");
    if (new->version >= 12)
        cJSON_DeleteItemFromObjectCaseSensitive(users, creator);
    else if (users && !hs_json_get(users, creator))
        cJSON_AddNumberToObject(users, creator, 100);
    add(&making, "m.room.power_levels", "", content);
}

static void move_aliases(struct hs *hs, const struct hs_room *old,
                         const struct hs_room *new)
{
    GHashTableIter iter;
    gpointer alias, room_id;
    g_hash_table_iter_init(&iter, hs->aliases);
    while (g_hash_table_iter_next(&iter, &alias, &room_id))
        if (text_equal(room_id, old->id))
            g_hash_table_iter_replace(&iter, mem_dup(new->id));
}

void hs_create_upgrade(struct hs_call *call)
{
    struct hs_room *old = hs_call_room(call, 0);
    const char *version = hs_json_str(call->body, "new_version");
    if (!old)
        return;
    if (!version || read_version(version) == 0) {
        hs_fail(call, &bad_version);
        return;
    }
    if (hs_room_level(old, call->user->id) <
            hs_room_level_for(old, "m.room.tombstone", true) ||
        call->hs->room_count >= HS_ROOMS_MAX) {
        hs_fail(call, &no_power);
        return;
    }
    cJSON *body = successor_body(old, version);
    struct hs_room *new = make_room(call->hs, call->user->id, body, NULL);
    cJSON_Delete(body);
    carry_levels(old, new, call->user->id);
    move_aliases(call->hs, old, new);
    cJSON *tombstone = cJSON_CreateObject();
    cJSON_AddStringToObject(tombstone, "body", "This room has been replaced");
    cJSON_AddStringToObject(tombstone, "replacement_room", new->id);
    struct making making = {.room = old, .creator = call->user->id};
    add(&making, "m.room.tombstone", "", tombstone);
    struct json_writer *w = hs_reply_begin(call);
    json_text(w, "replacement_room", new->id);
    hs_reply_end(call);
}
