/* hs_sync_room.c - one joined or left room of a /sync answer.
 *
 * The timeline is the newest events behind `since`, at most the limit, and then
 * `limited`; the state is what changed between `since` and the timeline's first
 * event. A room joined since then comes whole, as if there were no `since`, and
 * `limited`. With lazy loading only the members who speak in the timeline are
 * told, and each only once to a device.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>

struct slice {
    struct hs_event **events; /* oldest first */
    size_t count, capacity;
};

struct part {
    struct hs_sync *sync;
    struct hs_room *room;
    uint64_t after, until; /* of the timeline */
    bool is_whole;         /* all the state, not only what changed */
    bool is_limited;
    struct slice timeline, state;
    struct hs_event *again; /* delivered once more, NULL: none */
};

static void slice_add(struct slice *slice, struct hs_event *event)
{
    MEM_GROW(slice->events, slice->count, slice->capacity);
    slice->events[slice->count++] = event;
}

static void slice_reverse(struct slice *slice)
{
    for (size_t i = 0; i < slice->count / 2; i++) {
        struct hs_event *event = slice->events[i];
        slice->events[i] = slice->events[slice->count - 1 - i];
        slice->events[slice->count - 1 - i] = event;
    }
}

static void collect_timeline(struct part *part)
{
    struct hs_sync *sync = part->sync;
    struct hs_user *user = sync->query->device->user;
    if (!hs_filter_allows_room(sync->timeline, part->room->id))
        return;
    for (size_t at = part->room->event_count; at-- > 0;) {
        struct hs_event *event = part->room->events[at];
        if (event->position <= part->after)
            break;
        if (event->position > part->until ||
            !hs_filter_allows(sync->timeline, event->type, event->sender) ||
            !hs_event_is_visible(event, user))
            continue;
        if (part->timeline.count == sync->limit) {
            part->is_limited = sync->did_limit = true;
            break;
        }
        slice_add(&part->timeline, event);
    }
    slice_reverse(&part->timeline);
}

static uint64_t timeline_start(const struct part *part)
{
    return part->timeline.count > 0 ? part->timeline.events[0]->position - 1
                                    : part->until;
}

static bool is_wanted_state(const struct part *part, const struct hs_event *event)
{
    return event && hs_filter_allows(part->sync->state, event->type, event->sender);
}

/* True once a device: it is noted as told. */
static bool must_tell_member(const struct part *part, const struct hs_event *member)
{
    GHashTable *sent = part->sync->query->device->members_sent;
    char *key = g_strjoin("\x1f", part->room->id, member->state_key, (char *)NULL);
    bool is_known = text_equal(g_hash_table_lookup(sent, key), member->id) &&
                    !hs_json_true(part->sync->state, "include_redundant_members");
    g_hash_table_replace(sent, key, mem_dup(member->id));
    return !is_known;
}

static bool speaks(const struct part *part, const char *user_id)
{
    for (size_t i = 0; i < part->timeline.count; i++)
        if (text_equal(part->timeline.events[i]->sender, user_id))
            return true;
    return false;
}

static void add_member(struct part *part, const char *user_id, uint64_t at)
{
    struct hs_event *member =
        hs_event_at(hs_room_state(part->room, "m.room.member", user_id), at);
    if (is_wanted_state(part, member) && must_tell_member(part, member))
        slice_add(&part->state, member);
}

static void collect_speakers(struct part *part, uint64_t at)
{
    const char *self = part->sync->query->device->user->id;
    if (part->is_whole && !speaks(part, self))
        add_member(part, self, at);
    for (size_t i = 0; i < part->timeline.count; i++) {
        const char *sender = part->timeline.events[i]->sender;
        bool is_first = true;
        for (size_t j = 0; j < i && is_first; j++)
            is_first = !text_equal(part->timeline.events[j]->sender, sender);
        if (is_first)
            add_member(part, sender, at);
    }
}

static void collect_state(struct part *part)
{
    uint64_t at = timeline_start(part);
    if (!hs_filter_allows_room(part->sync->state, part->room->id))
        return;
    for (size_t i = 0; i < part->room->state_count; i++) {
        if (!part->is_whole && part->room->state[i]->position <= part->after)
            continue;
        struct hs_event *event = hs_event_at(part->room->state[i], at);
        bool is_member = event && text_equal(event->type, "m.room.member");
        if (is_wanted_state(part, event) &&
            (part->is_whole || event->position > part->after) &&
            !(is_member && part->sync->is_lazy))
            slice_add(&part->state, event);
    }
    if (part->sync->is_lazy)
        collect_speakers(part, at);
}

static void write_slice(const struct part *part, struct json_writer *w, const char *key,
                        const struct slice *slice)
{
    json_object(w, key);
    json_array(w, "events");
    for (size_t i = 0; i < slice->count; i++)
        hs_event_write(w, NULL, slice->events[i], part->sync->query->device, false);
    json_array_end(w);
    json_object_end(w);
}

static void reorder(struct part *part)
{
    struct slice *slice = &part->timeline;
    for (size_t i = 0; i + 1 < slice->count; i += 2) {
        struct hs_event *event = slice->events[i];
        slice->events[i] = slice->events[i + 1];
        slice->events[i + 1] = event;
        part->sync->did_reorder = true;
    }
}

static void write_timeline(struct part *part, struct json_writer *w)
{
    const struct hs_device *device = part->sync->query->device;
    char token[40];
    hs_token_write(part->sync->hs, 't',
                   part->timeline.count > 0 ? timeline_start(part) : part->after, token);
    if (part->timeline.count > 0)
        part->sync->last = part->timeline.events[part->timeline.count - 1];
    if (part->sync->reorders)
        reorder(part);
    json_object(w, "timeline");
    json_array(w, "events");
    if (part->again)
        hs_event_write(w, NULL, part->again, device, false);
    for (size_t i = 0; i < part->timeline.count; i++)
        hs_event_write(w, NULL, part->timeline.events[i], device, false);
    json_array_end(w);
    json_bool(w, "limited", part->is_limited);
    json_text(w, "prev_batch", token);
    json_object_end(w);
}

static void find_again(struct part *part)
{
    const struct hs_device *device = part->sync->query->device;
    if (text_equal(device->again_room_id, part->room->id))
        part->again = hs_room_event(part->room, device->again_event_id);
}

static void clear_part(struct part *part)
{
    free(part->timeline.events);
    free(part->state.events);
}

bool hs_sync_joined(struct hs_sync *sync, struct json_writer *w,
                    const struct hs_stay *stay)
{
    const struct hs_sync_query *query = sync->query;
    struct part part = {.sync = sync, .room = stay->room};
    const char *before =
        query->has_since ? hs_event_membership(hs_event_at(stay->member, query->since))
                         : NULL;
    bool is_new = !text_equal(before, "join");
    part.after = is_new ? 0 : query->since;
    part.until = sync->hs->position;
    part.is_whole = is_new || query->full_state;
    find_again(&part);
    if (!part.is_whole && !part.again && part.room->last_position <= part.after &&
        !hs_sync_has_extra(sync, part.room, part.after))
        return false;
    collect_timeline(&part);
    collect_state(&part);
    part.is_limited |= is_new && query->has_since;
    bool has_extra = hs_sync_has_extra(sync, part.room, part.after);
    bool has_news = part.is_whole || part.again || part.timeline.count > 0 ||
                    part.state.count > 0 || part.is_limited || has_extra;
    if (has_news) {
        json_object(w, part.room->id);
        write_timeline(&part, w);
        write_slice(&part, w, "state", &part.state);
        if (sync->is_lazy && (part.is_whole || part.room->members_position > part.after))
            hs_sync_summary(sync, w, part.room);
        hs_sync_ephemeral(sync, w, part.room, part.after);
        (void)hs_sync_account_data(sync, w, part.room->id, part.after);
        json_raw(w, "unread_notifications",
                 "{\"highlight_count\":0,\"notification_count\":0}");
        json_object_end(w);
    }
    clear_part(&part);
    return has_news;
}

bool hs_sync_left(struct hs_sync *sync, struct json_writer *w, const struct hs_stay *stay)
{
    struct part part = {.sync = sync,
                        .room = stay->room,
                        .after = sync->query->since,
                        .until = stay->member->position};
    collect_timeline(&part);
    collect_state(&part);
    json_object(w, part.room->id);
    write_timeline(&part, w);
    write_slice(&part, w, "state", &part.state);
    json_object_end(w);
    clear_part(&part);
    return true;
}
