/* hs_event.c - events: adding, redacting, forgetting, showing.
 *
 * Nothing is asked here: hs_rules.c says what may be added. A room keeps
 * HS_EVENTS_KEPT events; past that the oldest quarter is forgotten, except for
 * current state and what the oldest kept state events replaced.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

struct hs_event *hs_room_event(const struct hs_room *room, const char *event_id)
{
    return event_id ? g_hash_table_lookup(room->by_id, event_id) : NULL;
}

void hs_event_free(struct hs_event *event)
{
    if (!event)
        return;
    if (event->replaces && event->replaces->is_forgotten)
        hs_event_free(event->replaces);
    if (event->annotation)
        g_hash_table_remove(event->room->annotations, event->annotation);
    g_hash_table_remove(event->room->by_id, event->id);
    cJSON_Delete(event->content);
    free(event->id);
    free(event->type);
    free(event->sender);
    free(event->state_key);
    free(event->text);
    free(event->redacts);
    free(event->annotation);
    free(event->txn_id);
    free(event->txn_device_id);
    free(event);
}

static void cut_past(struct hs_event *event)
{
    if (event->replaces)
        hs_event_free(event->replaces);
    event->replaces = NULL;
}

static void forget_oldest(struct hs_room *room)
{
    size_t gone = HS_EVENTS_KEPT / 4;
    for (size_t i = 0; i < gone; i++)
        room->events[i]->is_forgotten = true;
    for (size_t i = 0; i < room->event_count; i++) {
        struct hs_event *event = room->events[i];
        if (event->redacted_by && event->redacted_by->is_forgotten)
            event->redacted_by = NULL;
    }
    for (size_t i = 0; i < room->state_count; i++) {
        struct hs_event *event = room->state[i];
        if (event->redacted_by && event->redacted_by->is_forgotten)
            event->redacted_by = NULL;
    }
    for (size_t i = 0; i < gone; i++) {
        if (room->events[i]->state_key)
            cut_past(room->events[i]);
        else
            hs_event_free(room->events[i]);
    }
    room->event_count -= gone;
    memmove(room->events, room->events + gone, room->event_count * sizeof *room->events);
}

static void count_member(struct hs_room *room, const char *membership, int64_t by)
{
    if (text_equal(membership, "join"))
        room->joined_count += by;
    else if (text_equal(membership, "invite"))
        room->invited_count += by;
}

static void note_member(struct hs *hs, struct hs_room *room, struct hs_event *event)
{
    struct hs_user *user = hs_user_ensure(hs, event->state_key);
    room->members_position = event->position;
    if (event->replaces)
        count_member(room, hs_event_membership(event->replaces), -1);
    count_member(room, hs_event_membership(event), 1);
    if (!user)
        return;
    struct hs_stay *stay = hs_user_stay(user, room);
    if (!stay) {
        MEM_GROW(user->stays, user->stay_count, user->stay_capacity);
        stay = &user->stays[user->stay_count++];
        stay->room = room;
        g_hash_table_insert(user->stay_index, room, GSIZE_TO_POINTER(user->stay_count));
    }
    stay->member = event;
}

static void note_annotation(struct hs_room *room, struct hs_event *event)
{
    const cJSON *relation = hs_json_object(event->content, "m.relates_to");
    const char *target = hs_json_str(relation, "event_id");
    const char *key = hs_json_str(relation, "key");
    if (!text_equal(hs_json_str(relation, "rel_type"), "m.annotation") || !target || !key)
        return;
    event->annotation =
        g_strjoin("\x1f", target, key, event->sender, event->type, (char *)NULL);
    g_hash_table_insert(room->annotations, event->annotation, event);
}

static char *make_event_id(struct hs *hs, const struct hs_room *room)
{
    char id[48];
    if (room->version >= 12 && room->event_count == 0) {
        char *create_id = mem_dup(room->id);
        create_id[0] = '$';
        return create_id;
    }
    hs_make_id(hs, '$', id);
    return mem_dup(id);
}

struct hs_event *hs_event_add(struct hs_room *room, const struct hs_draft *draft)
{
    struct hs *hs = room->hs;
    struct hs_event *event = mem_alloc(sizeof *event);
    event->id = make_event_id(hs, room);
    event->type = mem_dup(draft->type);
    event->sender = mem_dup(draft->sender);
    event->state_key = mem_dup(draft->state_key);
    event->room = room;
    event->content = draft->content;
    event->text = hs_json_print(draft->content);
    event->at_ms = hs->now_ms;
    event->position = hs_touch(hs);
    event->redacts = mem_dup(draft->redacts);
    event->txn_id = mem_dup(draft->txn_id);
    event->txn_device_id = mem_dup(draft->txn_id ? draft->device_id : NULL);
    if (room->event_count >= HS_EVENTS_KEPT)
        forget_oldest(room);
    MEM_GROW(room->events, room->event_count, room->event_capacity);
    room->events[room->event_count++] = event;
    room->last_position = event->position;
    g_hash_table_insert(room->by_id, event->id, event);
    if (event->state_key)
        hs_room_state_put(room, event);
    if (event->state_key && text_equal(event->type, "m.room.member"))
        note_member(hs, room, event);
    note_annotation(room, event);
    return event;
}

/* What a redaction leaves, by event type (room version 11 and later). */
static const struct kept_keys {
    const char *type;
    const char *keys[10];
} kept[] = {
    {"m.room.member", {"membership", "join_authorised_via_users_server"}},
    {"m.room.join_rules", {"join_rule", "allow"}},
    {"m.room.power_levels",
     {"ban", "events", "events_default", "invite", "kick", "redact", "state_default",
      "users", "users_default"}},
    {"m.room.history_visibility", {"history_visibility"}},
    {"m.room.redaction", {"redacts"}},
};

static cJSON *strip(const struct hs_event *event)
{
    cJSON *left = cJSON_CreateObject();
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (!text_equal(kept[i].type, event->type))
            continue;
        for (const char *const *key = kept[i].keys; *key; key++) {
            cJSON *item = hs_json_get(event->content, *key);
            if (item)
                cJSON_AddItemToObject(left, *key, cJSON_Duplicate(item, true));
        }
    }
    return left;
}

void hs_event_redact(struct hs_event *event, struct hs_event *because)
{
    if (event->is_redacted || text_equal(event->type, "m.room.create"))
        return;
    cJSON *left = strip(event);
    cJSON_Delete(event->content);
    free(event->text);
    event->content = left;
    event->text = hs_json_print(left);
    event->is_redacted = true;
    event->redacted_by = because;
    if (event->annotation)
        g_hash_table_remove(event->room->annotations, event->annotation);
    free(event->annotation);
    event->annotation = NULL;
}

/* A former member sees what was there until they left; the rest follows
 * m.room.history_visibility at the time of the event. */
bool hs_event_is_visible(struct hs_event *event, struct hs_user *user)
{
    struct hs_room *room = event->room;
    const struct hs_stay *stay = hs_user_stay(user, room);
    struct hs_event *rule = hs_event_at(
        hs_room_state(room, "m.room.history_visibility", ""), event->position);
    const char *visibility =
        rule ? hs_json_str(rule->content, "history_visibility") : NULL;
    if (text_equal(visibility, "world_readable"))
        return true;
    if (!stay)
        return false;
    if (!text_equal(hs_event_membership(stay->member), "join") &&
        event->position > stay->member->position)
        return false;
    if (!text_equal(visibility, "joined") && !text_equal(visibility, "invited"))
        return true;
    if (text_equal(event->state_key, user->id))
        return true;
    const char *then = hs_event_membership(hs_event_at(stay->member, event->position));
    return text_equal(then, "join") ||
           (text_equal(visibility, "invited") && text_equal(then, "invite"));
}

static void write_body(struct json_writer *w, const struct hs_event *event,
                       bool with_room)
{
    json_text(w, "type", event->type);
    if (with_room)
        json_text(w, "room_id", event->room->id);
    json_text(w, "sender", event->sender);
    json_raw(w, "content", event->text);
    if (event->state_key)
        json_text(w, "state_key", event->state_key);
    if (event->redacts)
        json_text(w, "redacts", event->redacts);
    json_int(w, "origin_server_ts", event->at_ms);
    json_text(w, "event_id", event->id);
}

static void write_unsigned(struct json_writer *w, const struct hs_event *event,
                           const struct hs_device *device)
{
    const struct hs_event *old = event->replaces;
    json_object(w, "unsigned");
    json_int(w, "age", event->room->hs->now_ms - event->at_ms);
    if (event->txn_id && device && text_equal(device->user->id, event->sender) &&
        text_equal(device->id, event->txn_device_id))
        json_text(w, "transaction_id", event->txn_id);
    if (old) {
        json_text(w, "replaces_state", old->id);
        json_raw(w, "prev_content", old->text);
        json_text(w, "prev_sender", old->sender);
    }
    if (event->redacted_by) {
        json_text(w, "redacted_by", event->redacted_by->id);
        json_object(w, "redacted_because"); /* flat: a redaction may be redacted too */
        write_body(w, event->redacted_by, true);
        json_object_end(w);
    }
    json_object_end(w);
}

void hs_event_write(struct json_writer *w, const char *key, const struct hs_event *event,
                    const struct hs_device *device, bool with_room)
{
    json_object(w, key);
    write_body(w, event, with_room);
    write_unsigned(w, event, device);
    json_object_end(w);
}
