/* hs_receipt.c - receipts, read markers, typing: what passes by in a room. */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define TYPING_DEFAULT_MS 30000
#define TYPING_MAX_MS 120000
#define TYPISTS_MAX 1000

static const struct hs_error not_self = {403, "M_FORBIDDEN", "That is not you"};
static const struct hs_error bad_kind = {
    400, "M_INVALID_PARAM",
    "Receipt type must be one of m.read, m.read.private, "
    "m.fully_read"};

void hs_receipt_clear(struct hs_receipt *receipt)
{
    free(receipt->user_id);
    free(receipt->type);
    free(receipt->event_id);
    free(receipt->thread_id);
}

static struct hs_receipt *find_receipt(struct hs_room *room, const char *user_id,
                                       const char *type, const char *thread_id)
{
    for (size_t i = 0; i < room->receipt_count; i++) {
        struct hs_receipt *receipt = &room->receipts[i];
        if (text_equal(receipt->user_id, user_id) && text_equal(receipt->type, type) &&
            text_equal(receipt->thread_id, thread_id))
            return receipt;
    }
    return NULL;
}

static void put_receipt(struct hs_call *call, struct hs_room *room, const char *type,
                        const char *event_id)
{
    const char *thread_id = hs_json_str(call->body, "thread_id");
    struct hs_receipt *receipt = find_receipt(room, call->user->id, type, thread_id);
    if (!receipt && room->receipt_count >= HS_RECEIPTS_MAX)
        return;
    if (!receipt) {
        MEM_GROW(room->receipts, room->receipt_count, room->receipt_capacity);
        receipt = &room->receipts[room->receipt_count++];
        *receipt = (struct hs_receipt){.user_id = mem_dup(call->user->id),
                                       .type = mem_dup(type),
                                       .thread_id = mem_dup(thread_id)};
    }
    free(receipt->event_id);
    receipt->event_id = mem_dup(event_id);
    receipt->at_ms = call->now_ms;
    receipt->position = room->last_position = hs_touch(call->hs);
}

static void put_fully_read(struct hs_call *call, const struct hs_room *room,
                           const char *event_id)
{
    struct buf json;
    struct json_writer w;
    buf_init(&json, HS_JSON_BODY_MAX);
    json_begin(&w, &json);
    json_object(&w, NULL);
    json_text(&w, "event_id", event_id);
    json_object_end(&w);
    hs_account_data_put(call->hs, call->user, room->id, "m.fully_read", buf_take(&json));
}

static bool mark(struct hs_call *call, struct hs_room *room, const char *type,
                 const char *event_id)
{
    if (text_equal(type, "m.fully_read"))
        put_fully_read(call, room, event_id);
    else if (text_equal(type, "m.read") || text_equal(type, "m.read.private"))
        put_receipt(call, room, type, event_id);
    else
        return false;
    return true;
}

void hs_receipt_post(struct hs_call *call)
{
    struct hs_room *room = hs_call_room(call, 0);
    if (!room)
        return;
    if (mark(call, room, call->parts[1], call->parts[2]))
        hs_reply_empty(call);
    else
        hs_fail(call, &bad_kind);
}

void hs_receipt_markers(struct hs_call *call)
{
    static const char *const types[] = {"m.fully_read", "m.read", "m.read.private"};
    struct hs_room *room = hs_call_room(call, 0);
    if (!room)
        return;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const char *event_id = hs_json_str(call->body, types[i]);
        if (event_id)
            (void)mark(call, room, types[i], event_id);
    }
    hs_reply_empty(call);
}

static void note_typing(struct hs_room *room)
{
    room->typing_position = room->last_position = hs_touch(room->hs);
}

static void remove_typist(struct hs_room *room, size_t at)
{
    free(room->typists[at].user_id);
    room->typists[at] = room->typists[--room->typist_count];
    room->hs->typist_count--;
    note_typing(room);
}

static void add_typist(struct hs_room *room, const char *user_id, int64_t until_ms)
{
    if (room->typist_count >= TYPISTS_MAX)
        return;
    MEM_GROW(room->typists, room->typist_count, room->typist_capacity);
    room->typists[room->typist_count++] =
        (struct hs_typist){.user_id = mem_dup(user_id), .until_ms = until_ms};
    room->hs->typist_count++;
    note_typing(room);
}

void hs_receipt_typing(struct hs_call *call)
{
    struct hs_room *room = hs_call_room(call, 0);
    bool is_typing = hs_json_true(call->body, "typing");
    int64_t wanted_ms = hs_json_int(call->body, "timeout", TYPING_DEFAULT_MS);
    int64_t until_ms = call->now_ms + CLAMP(wanted_ms, 0, TYPING_MAX_MS);
    size_t at = 0;
    if (!room)
        return;
    if (!text_equal(call->parts[1], call->user->id)) {
        hs_fail(call, &not_self);
        return;
    }
    while (at < room->typist_count &&
           !text_equal(room->typists[at].user_id, call->user->id))
        at++;
    if (at < room->typist_count && is_typing)
        room->typists[at].until_ms = until_ms;
    else if (at < room->typist_count)
        remove_typist(room, at);
    else if (is_typing)
        add_typist(room, call->user->id, until_ms);
    hs_reply_empty(call);
}

void hs_typing_expire(struct hs *hs)
{
    for (size_t i = 0; i < hs->room_count && hs->typist_count > 0; i++) {
        struct hs_room *room = hs->rooms[i];
        for (size_t at = room->typist_count; at-- > 0;)
            if (room->typists[at].until_ms <= hs->now_ms)
                remove_typist(room, at);
    }
}
