/* hs_history.c - looking at a room: its state, its past, one event.
 *
 * A token is a place between two positions: `from` with dir=b gives what is at
 * or before it, with dir=f what is behind it. So /messages from a limited
 * timeline's prev_batch to the old since gives exactly the gap.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define PAGE_DEFAULT 10
#define PAGE_MAX 1000

static const struct hs_error no_state = {404, "M_NOT_FOUND", "Event not found."};
static const struct hs_error no_event = {404, "M_NOT_FOUND", "Event not found."};
static const struct hs_error bad_token = {400, "M_UNKNOWN", "Invalid token"};
static const struct hs_error bad_dir = {400, "M_MISSING_PARAM", "dir must be f or b"};
static const struct hs_error bad_filter = {400, "M_NOT_JSON", "The filter is not JSON"};

/* What the caller may know of the state: up to now, or up to their leaving. */
static uint64_t seen_until(struct hs_call *call, const struct hs_room *room)
{
    const struct hs_stay *stay = hs_user_stay(call->user, room);
    bool is_joined = text_equal(hs_event_membership(stay->member), "join");
    return is_joined ? call->hs->position : stay->member->position;
}

void hs_history_state_all(struct hs_call *call)
{
    struct hs_room *room = hs_call_room_seen(call, 0);
    if (!room)
        return;
    struct json_writer w;
    uint64_t until = seen_until(call, room);
    call->response->status = 200;
    json_begin(&w, &call->response->body);
    json_array(&w, NULL);
    for (size_t i = 0; i < room->state_count; i++) {
        const struct hs_event *event = hs_event_at(room->state[i], until);
        if (event)
            hs_event_write(&w, NULL, event, call->device, true);
    }
    json_array_end(&w);
}

void hs_history_state_one(struct hs_call *call)
{
    struct hs_room *room = hs_call_room_seen(call, 0);
    if (!room)
        return;
    const char *state_key = call->part_count > 2 ? call->parts[2] : "";
    struct hs_event *event = hs_room_state(room, call->parts[1], state_key);
    char *format = hs_query_get(call, "format");
    event = hs_event_at(event, seen_until(call, room));
    if (!event) {
        hs_fail(call, &no_state);
    } else if (text_equal(format, "event")) {
        struct json_writer w;
        call->response->status = 200;
        json_begin(&w, &call->response->body);
        hs_event_write(&w, NULL, event, call->device, true);
    } else {
        hs_reply_raw(call, event->text);
    }
    free(format);
}

struct page {
    bool is_back;
    uint64_t from, to; /* the tokens' positions */
    size_t limit;
    const cJSON *filter;
};

static bool is_wanted(struct hs_call *call, const struct page *page,
                      struct hs_event *event)
{
    return hs_filter_allows(page->filter, event->type, event->sender) &&
           hs_event_is_visible(event, call->user);
}

/* Index of the first event behind `position`. */
static size_t find_behind(const struct hs_room *room, uint64_t position)
{
    size_t low = 0, high = room->event_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (room->events[middle]->position <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Write the chunk; `ret_end` is where the next page starts, false: no events. */
static bool write_chunk(struct hs_call *call, struct json_writer *w,
                        const struct hs_room *room, const struct page *page,
                        uint64_t *ret_end)
{
    size_t at = find_behind(room, page->from), count = 0;
    bool has_any = false;
    for (; count < page->limit; count++) {
        struct hs_event *event = NULL;
        while (!event) {
            if (page->is_back ? at == 0 : at == room->event_count)
                return has_any;
            event = page->is_back ? room->events[--at] : room->events[at++];
            if (page->is_back ? event->position <= page->to : event->position > page->to)
                return has_any;
            if (!is_wanted(call, page, event))
                event = NULL;
        }
        hs_event_write(w, NULL, event, call->device, true);
        *ret_end = page->is_back ? event->position - 1 : event->position;
        has_any = true;
    }
    return has_any;
}

static bool read_token(const struct hs_call *call, const char *name, uint64_t *position)
{
    char *text = hs_query_get(call, name);
    bool ok = !text || hs_token_parse(call->hs, text, position);
    free(text);
    return ok;
}

static const struct hs_error *read_page(const struct hs_call *call, struct page *page,
                                        cJSON **ret_filter)
{
    char *dir = hs_query_get(call, "dir");
    char *filter = hs_query_get(call, "filter");
    const struct hs_error *error = NULL;
    page->is_back = !text_equal(dir, "f");
    page->from = page->is_back ? call->hs->position : 0;
    page->to = page->is_back ? 0 : call->hs->position;
    page->limit = (size_t)CLAMP(hs_query_int(call, "limit", PAGE_DEFAULT), 0, PAGE_MAX);
    if (!text_equal(dir, "f") && !text_equal(dir, "b"))
        error = &bad_dir;
    else if (!read_token(call, "from", &page->from) || !read_token(call, "to", &page->to))
        error = &bad_token;
    else if (filter && !(*ret_filter = hs_json_parse(filter, strlen(filter), NULL)))
        error = &bad_filter;
    page->filter = *ret_filter;
    free(dir);
    free(filter);
    return error;
}

void hs_history_messages(struct hs_call *call)
{
    struct page page = {0};
    cJSON *filter = NULL;
    uint64_t end;
    char token[40];
    const struct hs_room *room = hs_call_room_seen(call, 0);
    if (!room)
        return;
    const struct hs_error *error = read_page(call, &page, &filter);
    if (error) {
        hs_fail(call, error);
        goto out;
    }
    struct json_writer *w = hs_reply_begin(call);
    hs_token_write(call->hs, 't', page.from, token);
    json_text(w, "start", token);
    json_array(w, "chunk");
    bool has_any = write_chunk(call, w, room, &page, &end);
    json_array_end(w);
    if (has_any) {
        hs_token_write(call->hs, 't', end, token);
        json_text(w, "end", token);
    }
    hs_reply_end(call);
out:
    cJSON_Delete(filter);
}

/* The event of parts[0] and parts[1] if the caller may see it; else failed. */
static struct hs_event *seen_event(struct hs_call *call)
{
    const struct hs_room *room = hs_call_room_seen(call, 0);
    struct hs_event *event = room ? hs_room_event(room, call->parts[1]) : NULL;
    if (room && event && hs_event_is_visible(event, call->user))
        return event;
    if (room)
        hs_fail(call, &no_event);
    return NULL;
}

void hs_history_event(struct hs_call *call)
{
    struct json_writer w;
    const struct hs_event *event = seen_event(call);
    if (!event)
        return;
    call->response->status = 200;
    json_begin(&w, &call->response->body);
    hs_event_write(&w, NULL, event, call->device, true);
}

static void write_side(struct hs_call *call, const struct hs_event *event, bool is_back,
                       size_t limit)
{
    struct json_writer *w = &call->writer;
    struct page page = {.is_back = is_back,
                        .from = is_back ? event->position - 1 : event->position,
                        .to = is_back ? 0 : call->hs->position,
                        .limit = limit};
    uint64_t end = page.from;
    char token[40];
    json_array(w, is_back ? "events_before" : "events_after");
    (void)write_chunk(call, w, event->room, &page, &end);
    json_array_end(w);
    hs_token_write(call->hs, 't', end, token);
    json_text(w, is_back ? "start" : "end", token);
}

void hs_history_context(struct hs_call *call)
{
    size_t limit = (size_t)CLAMP(hs_query_int(call, "limit", PAGE_DEFAULT), 0, PAGE_MAX);
    const struct hs_event *event = seen_event(call);
    if (!event)
        return;
    struct json_writer *w = hs_reply_begin(call);
    hs_event_write(w, "event", event, call->device, true);
    write_side(call, event, true, limit / 2);
    write_side(call, event, false, limit - limit / 2);
    json_array(w, "state");
    for (size_t i = 0; i < event->room->state_count; i++) {
        const struct hs_event *state =
            hs_event_at(event->room->state[i], event->position);
        if (state)
            hs_event_write(w, NULL, state, call->device, true);
    }
    json_array_end(w);
    hs_reply_end(call);
}

static bool relates(const struct hs_call *call, const struct hs_event *event)
{
    const cJSON *relation = hs_json_object(event->content, "m.relates_to");
    const char *kind = hs_json_str(relation, "rel_type");
    return kind && text_equal(hs_json_str(relation, "event_id"), call->parts[1]) &&
           (call->part_count < 3 || text_equal(kind, call->parts[2])) &&
           (call->part_count < 4 || text_equal(event->type, call->parts[3]));
}

/* Newest first, like dir=b. */
void hs_history_relations(struct hs_call *call)
{
    size_t left = (size_t)CLAMP(hs_query_int(call, "limit", 50), 1, PAGE_MAX);
    uint64_t from = call->hs->position, end = 0;
    char token[40];
    const struct hs_event *target = seen_event(call);
    if (!target)
        return;
    if (!read_token(call, "from", &from)) {
        hs_fail(call, &bad_token);
        return;
    }
    struct json_writer *w = hs_reply_begin(call);
    json_array(w, "chunk");
    for (size_t at = find_behind(target->room, from); at-- > 0 && left > 0;) {
        struct hs_event *event = target->room->events[at];
        if (!relates(call, event) || !hs_event_is_visible(event, call->user))
            continue;
        hs_event_write(w, NULL, event, call->device, true);
        end = event->position - 1;
        left--;
    }
    json_array_end(w);
    if (left == 0) {
        hs_token_write(call->hs, 't', end, token);
        json_text(w, "next_batch", token);
    }
    hs_reply_end(call);
}
