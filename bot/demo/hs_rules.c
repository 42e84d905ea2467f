/* hs_rules.c - may this event be added to this room?
 *
 * The authorization rules of room version 10 and later, in the order in which
 * a reader would ask: is the sender in the room, is the type special, is the
 * sender's power enough, does a change of power stay below the changer's own.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/limits.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct hs_error not_in_room = {403, "M_FORBIDDEN",
                                            "The sender is not in the room"};
static const struct hs_error no_power = {
    403, "M_FORBIDDEN", "You don't have permission to post that to the room."};
static const struct hs_error foreign_key = {403, "M_FORBIDDEN",
                                            "You are not allowed to set others' state"};
static const struct hs_error second_create = {403, "M_FORBIDDEN",
                                              "A room is created only once"};
static const struct hs_error too_large = {413, "M_TOO_LARGE", "event too large"};
static const struct hs_error long_id = {400, "M_INVALID_PARAM", "A field is too long"};
static const struct hs_error bad_levels = {400, "M_BAD_JSON",
                                           "Power levels must be integers"};
static const struct hs_error creator_level = {
    400, "M_BAD_JSON", "Creators must not be listed in the power levels"};
static const struct hs_error banned = {403, "M_FORBIDDEN",
                                       "The user is banned from the room"};
static const struct hs_error not_invited = {403, "M_FORBIDDEN",
                                            "You are not invited to this room."};
static const struct hs_error others_join = {403, "M_FORBIDDEN",
                                            "Cannot force another user to join"};
static const struct hs_error already_in = {403, "M_FORBIDDEN",
                                           "The user is already in the room."};
static const struct hs_error target_absent = {403, "M_FORBIDDEN",
                                              "The target user is not in the room"};
static const struct hs_error bad_membership = {400, "M_BAD_JSON", "Unknown membership"};
static const struct hs_error full = {403, "M_RESOURCE_LIMIT_EXCEEDED",
                                     "The room is full"};

static const struct hs_error *check_join(const struct hs_room *room, const char *sender,
                                         const char *target)
{
    const char *now = hs_room_membership(room, target);
    const struct hs_event *rules = hs_room_state(room, "m.room.join_rules", "");
    const char *rule = rules ? hs_json_str(rules->content, "join_rule") : NULL;
    if (!text_equal(sender, target))
        return &others_join;
    if (text_equal(now, "ban"))
        return &banned;
    if (text_equal(now, "join") || text_equal(now, "invite") ||
        text_equal(rule, "public"))
        return NULL;
    return &not_invited;
}

static const struct hs_error *check_invite(const struct hs_room *room, const char *sender,
                                           const char *target)
{
    const char *now = hs_room_membership(room, target);
    if (!hs_room_has_joined(room, sender))
        return &not_in_room;
    if (text_equal(now, "ban"))
        return &banned;
    if (text_equal(now, "join"))
        return &already_in;
    if (hs_room_level(room, sender) < hs_room_level_of(room, "invite", 0))
        return &no_power;
    return NULL;
}

static const struct hs_error *check_leave(const struct hs_room *room, const char *sender,
                                          const char *target)
{
    const char *now = hs_room_membership(room, target);
    int64_t power = hs_room_level(room, sender);
    if (text_equal(sender, target)) {
        bool may = text_equal(now, "join") || text_equal(now, "invite") ||
                   text_equal(now, "knock");
        return may ? NULL : text_equal(now, "ban") ? &banned : &target_absent;
    }
    if (!hs_room_has_joined(room, sender))
        return &not_in_room;
    if (text_equal(now, "ban"))
        return power >= hs_room_level_of(room, "ban", 50) ? NULL : &no_power;
    if (text_equal(now, "leave"))
        return &target_absent;
    if (power < hs_room_level_of(room, "kick", 50) ||
        power <= hs_room_level(room, target))
        return &no_power;
    return NULL;
}

static const struct hs_error *check_ban(const struct hs_room *room, const char *sender,
                                        const char *target)
{
    int64_t power = hs_room_level(room, sender);
    if (!hs_room_has_joined(room, sender))
        return &not_in_room;
    if (power < hs_room_level_of(room, "ban", 50) || power <= hs_room_level(room, target))
        return &no_power;
    return NULL;
}

static const struct hs_error *check_member(const struct hs_room *room,
                                           const struct hs_draft *draft)
{
    const char *membership = hs_json_str(draft->content, "membership");
    const char *target = draft->state_key;
    if (target[0] != '@' || !strchr(target, ':'))
        return &bad_membership;
    if (text_equal(membership, "join"))
        return check_join(room, draft->sender, target);
    if (text_equal(membership, "invite"))
        return check_invite(room, draft->sender, target);
    if (text_equal(membership, "leave"))
        return check_leave(room, draft->sender, target);
    if (text_equal(membership, "ban"))
        return check_ban(room, draft->sender, target);
    return &bad_membership;
}

static bool is_level(const cJSON *item)
{
    return cJSON_IsNumber(item) && item->valuedouble == floor(item->valuedouble);
}

static const struct hs_error *check_level_types(const struct hs_room *room,
                                                const cJSON *levels)
{
    static const char *const single[] = {
        "ban",    "events_default", "invite",       "kick",
        "redact", "state_default",  "users_default"};
    static const char *const maps[] = {"users", "events", "notifications"};
    const cJSON *item;
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
        item = hs_json_get(levels, single[i]);
        if (item && !is_level(item))
            return &bad_levels;
    }
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        const cJSON *map = hs_json_get(levels, maps[i]);
        if (map && !cJSON_IsObject(map))
            return &bad_levels;
        cJSON_ArrayForEach(item, map) if (!is_level(item)) return &bad_levels;
    }
    cJSON_ArrayForEach(
        item, hs_json_object(levels,
                             "users")) if (room->version >= 12 &&
                                           hs_room_is_creator(
                                               room, item->string)) return &creator_level;
    return NULL;
}

/* Every value of `from` that `to` changes or drops must be within `power`; for
 * other users' own levels it must be below it. */
static bool stays_within(const cJSON *from, const cJSON *to, int64_t power,
                         const char *self)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, from)
    {
        const cJSON *other = hs_json_get(to, item->string);
        if (!cJSON_IsNumber(item) ||
            (cJSON_IsNumber(other) && other->valuedouble == item->valuedouble))
            continue;
        bool is_other_user = self && !text_equal(self, item->string);
        if (item->valuedouble > (double)power ||
            (is_other_user && item->valuedouble >= (double)power))
            return false;
    }
    return true;
}

static const struct hs_error *check_levels(const struct hs_room *room,
                                           const struct hs_draft *draft)
{
    const struct hs_event *now = hs_room_state(room, "m.room.power_levels", "");
    const cJSON *old = now ? now->content : NULL, *new = draft->content;
    int64_t power = hs_room_level(room, draft->sender);
    const struct hs_error *error = check_level_types(room, new);
    if (error || !old)
        return error;
    bool may = stays_within(old, new, power, NULL) &&
               stays_within(new, old, power, NULL) &&
               stays_within(hs_json_object(old, "events"), hs_json_object(new, "events"),
                            power, NULL) &&
               stays_within(hs_json_object(new, "events"), hs_json_object(old, "events"),
                            power, NULL) &&
               stays_within(hs_json_object(old, "users"), hs_json_object(new, "users"),
                            power, draft->sender) &&
               stays_within(hs_json_object(new, "users"), hs_json_object(old, "users"),
                            power, NULL);
    return may ? NULL : &no_power;
}

static const struct hs_error *check_size(const struct hs_room *room,
                                         const struct hs_draft *draft)
{
    char *text;
    size_t len;
    if (strlen(draft->type) > HS_ID_MAX ||
        (draft->state_key && strlen(draft->state_key) > HS_ID_MAX))
        return &long_id;
    text = hs_json_print(draft->content);
    len = strlen(text) + strlen(draft->type) + strlen(room->id) + strlen(draft->sender) +
          400;
    free(text);
    if (len > EVENT_MAX)
        return &too_large;
    if (draft->state_key && room->state_count >= HS_STATE_MAX)
        return &full;
    return NULL;
}

const struct hs_error *hs_rules_check(const struct hs_room *room,
                                      const struct hs_draft *draft)
{
    bool is_state = draft->state_key != NULL;
    const struct hs_error *error = check_size(room, draft);
    if (error)
        return error;
    if (is_state && text_equal(draft->type, "m.room.member"))
        return check_member(room, draft);
    if (!hs_room_has_joined(room, draft->sender))
        return &not_in_room;
    if (text_equal(draft->type, "m.room.create"))
        return &second_create;
    if (hs_room_level(room, draft->sender) <
        hs_room_level_for(room, draft->type, is_state))
        return &no_power;
    if (is_state && draft->state_key[0] == '@' &&
        !text_equal(draft->state_key, draft->sender))
        return &foreign_key;
    if (is_state && text_equal(draft->type, "m.room.power_levels"))
        return check_levels(room, draft);
    return NULL;
}
