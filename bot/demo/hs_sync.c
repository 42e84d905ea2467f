/* hs_sync.c - /sync: what changed for a device since a token.
 *
 * The same builder serves the stream. A room is looked at only if something in
 * it is newer than `since`. To-device messages are dropped once a newer `since`
 * was used on /sync, or acknowledged on the stream.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define TIMELINE_DEFAULT 10
#define TIMELINE_MAX 100
#define MEMBERS_SENT_MAX 100000

static const struct hs_error bad_since = {400, "M_UNKNOWN", "Invalid stream token"};
static const struct hs_error bad_filter = {400, "M_INVALID_PARAM", "Invalid filter"};

void hs_token_write(const struct hs *hs, char kind, uint64_t position, char ret_token[40])
{
    g_snprintf(ret_token, 40, "%c%" G_GUINT64_FORMAT "_%s", kind, position, hs->epoch);
}

bool hs_token_parse(const struct hs *hs, const char *token, uint64_t *ret_position)
{
    char *end;
    if ((token[0] != 's' && token[0] != 't') || !g_ascii_isdigit(token[1]))
        return false;
    uint64_t position = g_ascii_strtoull(token + 1, &end, 10);
    if (*end != '_' || !text_equal(end + 1, hs->epoch) || position > hs->position)
        return false;
    *ret_position = position;
    return true;
}

bool hs_filter_find(const struct hs_user *user, const char *filter, cJSON **ret_filter)
{
    int64_t id;
    cJSON *json = NULL;
    if (filter[0] == '{') {
        json = hs_json_parse(filter, strlen(filter), NULL);
    } else if (text_to_int(filter, 1, INT64_MAX / 2, &id) == ST_OK) {
        uint64_t forgotten = user->filters_made - user->filters.count;
        if ((uint64_t)id > forgotten && (uint64_t)id <= user->filters_made) {
            const char *text = user->filters.items[(uint64_t)id - forgotten - 1];
            json = hs_json_parse(text, strlen(text), NULL);
        }
    }
    if (!cJSON_IsObject(json)) {
        cJSON_Delete(json);
        return false;
    }
    *ret_filter = json;
    return true;
}

static bool matches(const char *pattern, const char *type)
{
    size_t len = pattern ? strlen(pattern) : 0;
    if (len > 0 && pattern[len - 1] == '*')
        return strncmp(pattern, type, len - 1) == 0;
    return text_equal(pattern, type);
}

static bool lists(const cJSON *list, const char *text)
{
    const cJSON *item;
    cJSON_ArrayForEach(item,
                       list) if (matches(cJSON_GetStringValue(item), text)) return true;
    return false;
}

static bool allows(const cJSON *part, const char *only, const char *never,
                   const char *text)
{
    const cJSON *list = hs_json_get(part, only);
    return (!cJSON_IsArray(list) || lists(list, text)) &&
           !lists(hs_json_get(part, never), text);
}

bool hs_filter_allows(const cJSON *part, const char *type, const char *sender)
{
    return allows(part, "types", "not_types", type) &&
           (!sender || allows(part, "senders", "not_senders", sender));
}

bool hs_filter_allows_room(const cJSON *part, const char *room_id)
{
    return allows(part, "rooms", "not_rooms", room_id);
}

struct section {
    struct buf json;
    struct json_writer writer;
    bool has_any;
};

static void open_section(struct section *section)
{
    buf_init(&section->json, UPDATE_MAX);
    json_begin(&section->writer, &section->json);
    json_object(&section->writer, NULL);
    section->has_any = false;
}

static void close_section(struct section *section, struct json_writer *w, const char *key)
{
    json_object_end(&section->writer);
    if (section->has_any)
        json_raw(w, key, section->json.data);
    buf_clear(&section->json);
}

static bool write_stay(struct hs_sync *sync, const struct hs_stay *stay,
                       struct section *joined, struct section *invited,
                       struct section *left)
{
    const struct hs_sync_query *query = sync->query;
    const char *membership = hs_event_membership(stay->member);
    bool is_newer = !query->has_since || stay->member->position > query->since;
    struct section *section = left;
    bool did;
    if (text_equal(membership, "join")) {
        section = joined;
        did = hs_sync_joined(sync, &joined->writer, stay);
    } else if (text_equal(membership, "invite")) {
        section = invited;
        did = is_newer;
        if (did)
            hs_sync_invite(&invited->writer, stay);
    } else {
        did = is_newer && query->has_since && hs_sync_left(sync, &left->writer, stay);
    }
    section->has_any |= did;
    return did;
}

static bool write_rooms(struct hs_sync *sync, struct json_writer *w)
{
    struct section joined, invited, left;
    struct hs_user *user = sync->query->device->user;
    bool has_news = false;
    open_section(&joined);
    open_section(&invited);
    open_section(&left);
    for (size_t i = 0; i < user->stay_count; i++)
        if (hs_filter_allows_room(sync->rooms, user->stays[i].room->id))
            has_news |= write_stay(sync, &user->stays[i], &joined, &invited, &left);
    if (has_news)
        json_object(w, "rooms");
    close_section(&joined, w, "join");
    close_section(&invited, w, "invite");
    close_section(&left, w, "leave");
    if (has_news)
        json_object_end(w);
    return has_news;
}

static bool write_inbox(const struct hs_device *device, struct json_writer *w,
                        uint64_t after)
{
    bool has_any = false;
    for (size_t i = 0; i < device->inbox_count; i++) {
        if (device->inbox[i].position <= after)
            continue;
        if (!has_any) {
            json_object(w, "to_device");
            json_array(w, "events");
        }
        has_any = true;
        json_raw(w, NULL, device->inbox[i].json);
    }
    if (has_any) {
        json_array_end(w);
        json_object_end(w);
    }
    return has_any;
}

static void open_sync(struct hs_sync *sync, struct hs_fault *limits)
{
    const cJSON *filter = sync->query->filter;
    struct hs_device *device = sync->query->device;
    sync->rooms = hs_json_object(filter, "room");
    sync->timeline = hs_json_object(sync->rooms, "timeline");
    sync->state = hs_json_object(sync->rooms, "state");
    sync->ephemeral = hs_json_object(sync->rooms, "ephemeral");
    sync->account_data = hs_json_object(sync->rooms, "account_data");
    sync->is_lazy = hs_json_true(sync->state, "lazy_load_members") ||
                    hs_json_true(sync->timeline, "lazy_load_members");
    sync->limit = (size_t)CLAMP(hs_json_int(sync->timeline, "limit", TIMELINE_DEFAULT), 0,
                                TIMELINE_MAX);
    if (limits)
        sync->limit = MIN(sync->limit, (size_t)MAX(limits->limit, 0));
    if (!sync->query->has_since ||
        g_hash_table_size(device->members_sent) > MEMBERS_SENT_MAX)
        g_hash_table_remove_all(device->members_sent);
}

/* What DUPLICATE promised last time has been said; note the next. */
static void note_again(struct hs_sync *sync, struct hs_fault *duplicates)
{
    struct hs_device *device = sync->query->device;
    free(device->again_room_id);
    free(device->again_event_id);
    device->again_room_id = device->again_event_id = NULL;
    if (!duplicates || !sync->last)
        return;
    hs_fault_use(duplicates);
    device->again_room_id = mem_dup(sync->last->room->id);
    device->again_event_id = mem_dup(sync->last->id);
}

static struct hs_fault *find_fault(struct hs *hs, const struct hs_sync_query *query,
                                   enum hs_fault_kind kind)
{
    return hs_fault_find(hs, kind, "GET", query->path, query->device->user->id);
}

bool hs_sync_build(struct hs *hs, const struct hs_sync_query *query, struct buf *ret_body)
{
    struct hs_fault *limits = find_fault(hs, query, HS_FAULT_LIMITED);
    struct hs_fault *reorders = find_fault(hs, query, HS_FAULT_REORDER);
    struct hs_sync sync = {.hs = hs, .query = query, .reorders = reorders};
    uint64_t after = query->has_since ? query->since : 0;
    struct json_writer w;
    char token[40];
    open_sync(&sync, limits);
    hs_token_write(hs, 's', hs->position, token);
    json_begin(&w, ret_body);
    json_object(&w, NULL);
    json_text(&w, "next_batch", token);
    bool has_news = write_rooms(&sync, &w);
    sync.account_data = hs_json_object(query->filter, "account_data");
    has_news |= hs_sync_account_data(&sync, &w, NULL, after);
    has_news |= write_inbox(query->device, &w, after);
    json_raw(&w, "device_one_time_keys_count", "{\"signed_curve25519\":50}");
    json_raw(&w, "device_unused_fallback_key_types", "[]");
    json_object_end(&w);
    if (sync.did_limit && limits)
        hs_fault_use(limits);
    if (sync.did_reorder)
        hs_fault_use(reorders);
    if (has_news)
        note_again(&sync, find_fault(hs, query, HS_FAULT_DUPLICATE));
    return has_news || !query->has_since || query->full_state;
}

/* The short way for a request that is asked again and again while it waits. */
static bool cannot_have_news(const struct hs *hs, const struct hs_sync_query *query)
{
    return query->has_since && query->since == hs->position && !query->full_state &&
           !query->device->again_room_id;
}

void hs_sync_route(struct hs_call *call)
{
    struct hs_sync_query query = {.device = call->device, .path = call->request->path};
    char *since = hs_query_get(call, "since"), *text = hs_query_get(call, "filter");
    char *full_state = hs_query_get(call, "full_state");
    cJSON *filter = NULL;
    int64_t timeout_ms = hs_query_int(call, "timeout", 0);
    query.has_since = since && *since;
    query.full_state = text_equal(full_state, "true");
    if (query.has_since && !hs_token_parse(call->hs, since, &query.since)) {
        hs_fail(call, &bad_since);
        goto out;
    }
    if (text && *text && !hs_filter_find(call->user, text, &filter)) {
        hs_fail(call, &bad_filter);
        goto out;
    }
    query.filter = filter;
    if (query.has_since)
        hs_inbox_drop(call->device, query.since);
    call->response->status = 200;
    bool may_wait = call->now_ms - call->asked_ms < timeout_ms;
    if (may_wait && cannot_have_news(call->hs, &query))
        call->must_wait = true;
    else if (!hs_sync_build(call->hs, &query, &call->response->body))
        call->must_wait = may_wait;
out:
    cJSON_Delete(filter);
    free(since);
    free(text);
    free(full_state);
}
