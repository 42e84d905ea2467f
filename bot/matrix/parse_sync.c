/* parse_sync.c - a /sync answer or a stream frame to struct update.
 *
 * The text is checked once and then walked in place; each event becomes a small
 * tree of its own and is freed before the next one. So memory is what the
 * structs take, time is linear, and an event that cannot be used costs only
 * itself.
 */
#include "bot/matrix/parse.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/matrix/json_get.h"
#include "bot/matrix/parse_event.h"

#include <stdlib.h>
#include <string.h>

/* More than any account is in; bounds the structs of a hostile frame. */
#define UPDATE_ROOMS_MAX 100000

static void read_list(struct json_span holder, bool is_stripped, struct event_list *list,
                      size_t *bad_count)
{
    struct json_span events;
    if (json_scan_find(holder, "events", &events))
        *bad_count += parse_event_array(events, is_stripped, list);
}

static int64_t read_count(const cJSON *summary, const char *key)
{
    int64_t count = json_get_int(summary, key, -1);
    return count < 0 ? -1 : count;
}

static void read_summary(struct json_span value, struct room_update *room)
{
    cJSON *summary = json_get_tree(value, EVENT_MAX);
    room->joined_count = read_count(summary, "m.joined_member_count");
    room->invited_count = read_count(summary, "m.invited_member_count");
    cJSON_Delete(summary);
}

static void read_timeline(struct json_span timeline, struct room_update *room,
                          size_t *bad_count)
{
    struct json_walk walk;
    struct json_span key, value;

    json_walk_begin(&walk, timeline);
    while (json_walk_member(&walk, &key, &value)) {
        if (json_span_is(key, "events"))
            *bad_count += parse_event_array(value, false, &room->timeline);
        else if (json_span_is(key, "limited"))
            room->is_limited = *value.at == 't';
        else if (json_span_is(key, "prev_batch") && !room->prev_batch)
            room->prev_batch = json_get_span_text(value);
    }
}

static void read_room(struct json_span content, struct room_update *room,
                      size_t *bad_count)
{
    struct json_walk walk;
    struct json_span key, value;

    json_walk_begin(&walk, content);
    while (json_walk_member(&walk, &key, &value)) {
        if (json_span_is(key, "timeline") && json_scan_is_object(value))
            read_timeline(value, room, bad_count);
        else if (json_span_is(key, "state"))
            read_list(value, false, &room->state, bad_count);
        else if (json_span_is(key, "invite_state") || json_span_is(key, "knock_state"))
            read_list(value, true, &room->state, bad_count);
        else if (json_span_is(key, "summary"))
            read_summary(value, room);
    }
}

static enum status read_section(struct json_span section, enum membership membership,
                                struct update *update)
{
    struct json_walk walk;
    struct json_span key, value;

    if (!json_scan_is_object(section))
        return ST_OK;
    json_walk_begin(&walk, section);
    while (json_walk_member(&walk, &key, &value)) {
        if (update->room_count == UPDATE_ROOMS_MAX)
            return ST_TOO_BIG;
        char *room_id = json_get_span_text(key);
        if (room_id && *room_id && strlen(room_id) <= MATRIX_ID_MAX &&
            json_scan_is_object(value))
            read_room(value, update_add_room(update, room_id, membership),
                      &update->bad_event_count);
        else
            update->bad_event_count++;
        free(room_id);
    }
    return ST_OK;
}

static enum status read_rooms(struct json_span rooms, struct update *update)
{
    static const struct {
        const char *name;
        enum membership membership;
    } sections[] = {
        {"join", MEMBERSHIP_JOIN},
        {"invite", MEMBERSHIP_INVITE},
        {"leave", MEMBERSHIP_LEAVE},
        {"knock", MEMBERSHIP_KNOCK},
    };
    struct json_walk walk;
    struct json_span key, value;
    enum status status = ST_OK;

    if (!json_scan_is_object(rooms))
        return ST_OK;
    json_walk_begin(&walk, rooms);
    while (status == ST_OK && json_walk_member(&walk, &key, &value))
        for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
            if (status == ST_OK && json_span_is(key, sections[i].name))
                status = read_section(value, sections[i].membership, update);
    return status;
}

static char *take_id(struct json_span value)
{
    char *id = json_get_span_text(value);
    if (id && *id && strlen(id) <= MATRIX_ID_MAX)
        return id;
    free(id);
    return NULL;
}

static void read_direct(struct json_span content, struct update *update)
{
    struct json_walk users, rooms;
    struct json_span key, value, room;

    if (!json_scan_is_object(content))
        return;
    update->has_direct = true;
    json_walk_begin(&users, content);
    while (json_walk_member(&users, &key, &value)) {
        char *user_id = json_scan_is_array(value) ? take_id(key) : NULL;
        if (!user_id)
            continue;
        MEM_GROW(update->directs, update->direct_count, update->direct_capacity);
        struct direct *direct = &update->directs[update->direct_count++];
        *direct = (struct direct){.user_id = user_id};
        json_walk_begin(&rooms, value);
        while (json_walk_element(&rooms, &room)) {
            char *room_id = take_id(room);
            if (room_id)
                strv_add_take(&direct->rooms, room_id);
        }
    }
}

static void read_account_data(struct json_span value, struct update *update)
{
    struct json_walk walk;
    struct json_span events, event, type, content;

    if (!json_scan_find(value, "events", &events) || !json_scan_is_array(events))
        return;
    json_walk_begin(&walk, events);
    while (json_walk_element(&walk, &event)) {
        if (!update->has_direct && json_scan_find(event, "type", &type) &&
            json_span_is(type, "m.direct") && json_scan_find(event, "content", &content))
            read_direct(content, update);
    }
}

/* One walk over the members: their order is the server's, their size any. */
static enum status read_root(struct json_span root, struct update *update)
{
    struct json_walk walk;
    struct json_span key, value;
    enum status status = ST_OK;

    json_walk_begin(&walk, root);
    while (status == ST_OK && json_walk_member(&walk, &key, &value)) {
        if (json_span_is(key, "next_batch") && !update->next_batch)
            update->next_batch = json_get_span_text(value);
        else if (json_span_is(key, "account_data"))
            read_account_data(value, update);
        else if (json_span_is(key, "rooms"))
            status = read_rooms(value, update);
    }
    return status;
}

enum status parse_update(const char *bytes, size_t len, struct update *ret_update)
{
    struct json_span root;
    struct update update = {0};

    if (len > UPDATE_MAX)
        return ST_TOO_BIG;
    enum status status = json_scan_check(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (!json_scan_is_object(root))
        return ST_INVALID;
    status = read_root(root, &update);
    if (status != ST_OK) {
        update_clear(&update);
        return status;
    }
    *ret_update = update;
    return ST_OK;
}

enum status parse_direct(const char *bytes, size_t len, struct update *ret_update)
{
    struct json_span root;
    struct update update = {0};

    if (len > REST_BODY_MAX)
        return ST_TOO_BIG;
    enum status status = json_scan_check(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (!json_scan_is_object(root))
        return ST_INVALID;
    read_direct(root, &update);
    *ret_update = update;
    return ST_OK;
}
