/* event.c - growing and freeing of updates; no other behaviour. */
#include "bot/model/event.h"

#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

void event_clear(struct event *event)
{
    if (!event)
        return;
    char *strings[] = {
        event->event_id,       event->sender,      event->state_key,
        event->transaction_id, event->ns_txn,      event->ns_instance,
        event->msgtype,        event->body,        event->formatted_body,
        event->in_reply_to,    event->thread_root, event->replaces,
        event->target,         event->key,         event->room_type,
        event->predecessor,    event->nonce,       event->replacement_room,
        event->checkin,
    };
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        free(strings[i]);
    for (size_t i = 0; i < event->power_user_count; i++)
        free(event->power_users[i].user_id);
    free(event->power_users);
    strv_clear(&event->mentions);
    strv_clear(&event->checkin_items);
    strv_clear(&event->creators);
    memset(event, 0, sizeof *event);
}

struct event *event_list_add(struct event_list *list)
{
    MEM_GROW(list->items, list->count, list->capacity);
    struct event *event = &list->items[list->count++];
    memset(event, 0, sizeof *event);
    return event;
}

void event_list_clear(struct event_list *list)
{
    if (!list)
        return;
    for (size_t i = 0; i < list->count; i++)
        event_clear(&list->items[i]);
    free(list->items);
    memset(list, 0, sizeof *list);
}

void event_list_prepend(struct event_list *to, struct event_list *from)
{
    if (from->count > 0) {
        size_t count = to->count + from->count;
        struct event *items = mem_resize(NULL, count, sizeof *items);
        memcpy(items, from->items, from->count * sizeof *items);
        if (to->count > 0)
            memcpy(items + from->count, to->items, to->count * sizeof *items);
        free(to->items);
        to->items = items;
        to->count = to->capacity = count;
    }
    free(from->items);
    memset(from, 0, sizeof *from);
}

struct room_update *update_add_room(struct update *update, const char *room_id,
                                    enum membership membership)
{
    MEM_GROW(update->rooms, update->room_count, update->room_capacity);
    struct room_update *room = &update->rooms[update->room_count++];
    memset(room, 0, sizeof *room);
    room->room_id = mem_dup(room_id);
    room->membership = membership;
    room->joined_count = room->invited_count = -1;
    return room;
}

void update_clear(struct update *update)
{
    if (!update)
        return;
    for (size_t i = 0; i < update->room_count; i++) {
        struct room_update *room = &update->rooms[i];
        free(room->room_id);
        free(room->prev_batch);
        event_list_clear(&room->state);
        event_list_clear(&room->timeline);
    }
    for (size_t i = 0; i < update->direct_count; i++) {
        free(update->directs[i].user_id);
        strv_clear(&update->directs[i].rooms);
    }
    free(update->rooms);
    free(update->directs);
    free(update->next_batch);
    memset(update, 0, sizeof *update);
}
