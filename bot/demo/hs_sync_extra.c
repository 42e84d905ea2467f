/* hs_sync_extra.c - the parts of a /sync answer beside timeline and state:
 * receipts, typing, account data, the summary, invitations. */
#include "bot/demo/hs_internal.h"

#define HEROES_MAX 5

static bool is_visible_receipt(const struct hs_sync *sync,
                               const struct hs_receipt *receipt, uint64_t after)
{
    return receipt->position > after &&
           (!text_equal(receipt->type, "m.read.private") ||
            text_equal(receipt->user_id, sync->query->device->user->id));
}

static bool has_receipts(const struct hs_sync *sync, const struct hs_room *room,
                         uint64_t after)
{
    if (!hs_filter_allows(sync->ephemeral, "m.receipt", NULL))
        return false;
    for (size_t i = 0; i < room->receipt_count; i++)
        if (is_visible_receipt(sync, &room->receipts[i], after))
            return true;
    return false;
}

static bool has_typing(const struct hs_sync *sync, const struct hs_room *room,
                       uint64_t after)
{
    return room->typing_position > after && (after > 0 || room->typist_count > 0) &&
           hs_filter_allows(sync->ephemeral, "m.typing", NULL);
}

static bool is_due(const struct hs_sync *sync, const struct hs_account_data *data,
                   const char *room_id, uint64_t after)
{
    return data->position > after && text_equal(data->room_id, room_id) &&
           hs_filter_allows(sync->account_data, data->type, NULL);
}

bool hs_sync_has_extra(const struct hs_sync *sync, const struct hs_room *room,
                       uint64_t after)
{
    const struct hs_user *user = sync->query->device->user;
    if (room->last_position > after && hs_filter_allows_room(sync->ephemeral, room->id) &&
        (has_receipts(sync, room, after) || has_typing(sync, room, after)))
        return true;
    if (user->account_data_position <= after)
        return false;
    for (size_t i = 0; i < user->account_data_count; i++)
        if (is_due(sync, &user->account_data[i], room->id, after))
            return true;
    return false;
}

static cJSON *child(cJSON *object, const char *key)
{
    cJSON *found = hs_json_get(object, key);
    return found ? found : cJSON_AddObjectToObject(object, key);
}

/* {event id: {type: {user: {ts, thread_id}}}} */
static void write_receipts(const struct hs_sync *sync, struct json_writer *w,
                           const struct hs_room *room, uint64_t after)
{
    cJSON *content = cJSON_CreateObject();
    for (size_t i = 0; i < room->receipt_count; i++) {
        const struct hs_receipt *receipt = &room->receipts[i];
        if (!is_visible_receipt(sync, receipt, after))
            continue;
        cJSON *entry = child(child(child(content, receipt->event_id), receipt->type),
                             receipt->user_id);
        cJSON_AddNumberToObject(entry, "ts", (double)receipt->at_ms);
        if (receipt->thread_id)
            cJSON_AddStringToObject(entry, "thread_id", receipt->thread_id);
    }
    json_object(w, NULL);
    json_text(w, "type", "m.receipt");
    hs_json_write(w, "content", content);
    json_object_end(w);
    cJSON_Delete(content);
}

static void write_typing(struct json_writer *w, const struct hs_room *room)
{
    json_object(w, NULL);
    json_text(w, "type", "m.typing");
    json_object(w, "content");
    json_array(w, "user_ids");
    for (size_t i = 0; i < room->typist_count; i++)
        json_text(w, NULL, room->typists[i].user_id);
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
}

void hs_sync_ephemeral(const struct hs_sync *sync, struct json_writer *w,
                       const struct hs_room *room, uint64_t after)
{
    bool is_allowed = hs_filter_allows_room(sync->ephemeral, room->id);
    json_object(w, "ephemeral");
    json_array(w, "events");
    if (is_allowed && has_receipts(sync, room, after))
        write_receipts(sync, w, room, after);
    if (is_allowed && has_typing(sync, room, after))
        write_typing(w, room);
    json_array_end(w);
    json_object_end(w);
}

bool hs_sync_account_data(const struct hs_sync *sync, struct json_writer *w,
                          const char *room_id, uint64_t after)
{
    const struct hs_user *user = sync->query->device->user;
    bool has_any = false;
    for (size_t i = 0; i < user->account_data_count; i++) {
        const struct hs_account_data *data = &user->account_data[i];
        if (!is_due(sync, data, room_id, after))
            continue;
        if (!has_any) {
            json_object(w, "account_data");
            json_array(w, "events");
        }
        has_any = true;
        json_object(w, NULL);
        json_text(w, "type", data->type);
        json_raw(w, "content", data->text);
        json_object_end(w);
    }
    if (has_any) {
        json_array_end(w);
        json_object_end(w);
    }
    return has_any;
}

void hs_sync_summary(const struct hs_sync *sync, struct json_writer *w,
                     const struct hs_room *room)
{
    const char *self = sync->query->device->user->id;
    size_t left = HEROES_MAX;
    json_object(w, "summary");
    json_array(w, "m.heroes");
    for (size_t i = 0; i < room->state_count && left > 0; i++) {
        const struct hs_event *event = room->state[i];
        if (!text_equal(event->type, "m.room.member") ||
            text_equal(event->state_key, self))
            continue;
        const char *membership = hs_event_membership(event);
        if (!text_equal(membership, "join") && !text_equal(membership, "invite"))
            continue;
        json_text(w, NULL, event->state_key);
        left--;
    }
    json_array_end(w);
    json_int(w, "m.joined_member_count", room->joined_count);
    json_int(w, "m.invited_member_count", room->invited_count);
    json_object_end(w);
}

static void write_stripped(struct json_writer *w, const struct hs_event *event)
{
    if (!event)
        return;
    json_object(w, NULL);
    json_text(w, "type", event->type);
    json_text(w, "state_key", event->state_key);
    json_text(w, "sender", event->sender);
    json_raw(w, "content", event->text);
    json_object_end(w);
}

void hs_sync_invite(struct json_writer *w, const struct hs_stay *stay)
{
    static const char *const shown[] = {
        "m.room.create", "m.room.join_rules", "m.room.canonical_alias",
        "m.room.avatar", "m.room.encryption", "m.room.name",
        "m.room.topic"};
    json_object(w, stay->room->id);
    json_object(w, "invite_state");
    json_array(w, "events");
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        write_stripped(w, hs_room_state(stay->room, shown[i], ""));
    if (!text_equal(stay->member->sender, stay->member->state_key))
        write_stripped(w,
                       hs_room_state(stay->room, "m.room.member", stay->member->sender));
    write_stripped(w, stay->member);
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
}
