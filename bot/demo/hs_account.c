/* hs_account.c - what a user keeps here: profile, filters, account data, devices. */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

static const struct hs_error unknown_user = {404, "M_NOT_FOUND", "Profile was not found"};
static const struct hs_error no_field = {404, "M_NOT_FOUND", "No such profile field"};
static const struct hs_error not_self = {403, "M_FORBIDDEN", "That is not you"};
static const struct hs_error bad_field = {400, "M_MISSING_PARAM", "The field is missing"};
static const struct hs_error large_profile = {400, "M_PROFILE_TOO_LARGE",
                                              "Profile too large"};
static const struct hs_error no_filter = {404, "M_NOT_FOUND", "No such filter"};
static const struct hs_error no_data = {404, "M_NOT_FOUND", "Account data not found"};

void hs_account_devices(struct hs_call *call)
{
    struct json_writer *w = hs_reply_begin(call);
    json_array(w, "devices");
    for (size_t i = 0; i < call->user->device_count; i++) {
        json_object(w, NULL);
        json_text(w, "device_id", call->user->devices[i]->id);
        json_text(w, "user_id", call->user->id);
        json_text(w, "display_name", call->user->devices[i]->name);
        json_text(w, "last_seen_ip", "127.0.0.1");
        json_int(w, "last_seen_ts", call->now_ms);
        json_object_end(w);
    }
    json_array_end(w);
    hs_reply_end(call);
}

/* The registered user of call->parts[0]; else the call has failed. */
static struct hs_user *named_user(struct hs_call *call)
{
    struct hs_user *user = hs_user_get(call->hs, call->parts[0]);
    if (user && user->is_registered)
        return user;
    hs_fail(call, &unknown_user);
    return NULL;
}

static bool is_self(struct hs_call *call)
{
    if (text_equal(call->parts[0], call->user->id))
        return true;
    hs_fail(call, &not_self);
    return false;
}

void hs_account_profile(struct hs_call *call)
{
    const struct hs_user *user = named_user(call);
    if (!user)
        return;
    char *text = hs_json_print(user->profile);
    hs_reply_raw(call, text);
    free(text);
}

void hs_account_profile_field(struct hs_call *call)
{
    const struct hs_user *user = named_user(call);
    const cJSON *value = user ? hs_profile_get(user, call->parts[1]) : NULL;
    if (!user)
        return;
    if (!value) {
        hs_fail(call, &no_field);
        return;
    }
    hs_json_write(hs_reply_begin(call), call->parts[1], value);
    hs_reply_end(call);
}

/* Name and picture are shown per room: each membership says them again. */
static void spread_profile(struct hs_call *call)
{
    for (size_t i = 0; i < call->user->stay_count; i++) {
        struct hs_stay stay = call->user->stays[i];
        struct hs_move move = {.actor = call->user->id,
                               .target = call->user->id,
                               .membership = "join",
                               .keep_identical = true};
        if (text_equal(hs_event_membership(stay.member), "join"))
            (void)hs_member_set(stay.room, &move, NULL);
    }
}

static bool is_shown(const char *field)
{
    return text_equal(field, "displayname") || text_equal(field, "avatar_url");
}

void hs_account_profile_put(struct hs_call *call)
{
    const char *field = call->parts[1];
    const cJSON *value = hs_json_get(call->body, field);
    if (!is_self(call))
        return;
    if (!value || strlen(field) > HS_ID_MAX) {
        hs_fail(call, &bad_field);
        return;
    }
    char *text = hs_json_print(call->user->profile);
    size_t len = strlen(text) + call->request->body_len;
    free(text);
    if (len > HS_PROFILE_MAX) {
        hs_fail(call, &large_profile);
        return;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(call->user->profile, field);
    bool is_removal = cJSON_IsNull(value) ||
                      (is_shown(field) && text_equal(cJSON_GetStringValue(value), ""));
    if (!is_removal)
        cJSON_AddItemToObject(call->user->profile, field, cJSON_Duplicate(value, true));
    if (is_shown(field))
        spread_profile(call);
    hs_reply_empty(call);
}

void hs_account_profile_delete(struct hs_call *call)
{
    if (!is_self(call))
        return;
    cJSON_DeleteItemFromObjectCaseSensitive(call->user->profile, call->parts[1]);
    if (is_shown(call->parts[1]))
        spread_profile(call);
    hs_reply_empty(call);
}

void hs_account_filter_post(struct hs_call *call)
{
    struct hs_user *user = call->user;
    char id[24];
    if (!is_self(call))
        return;
    if (user->filters.count >= HS_FILTERS_MAX) {
        free(user->filters.items[0]);
        user->filters.count--;
        memmove(user->filters.items, user->filters.items + 1,
                user->filters.count * sizeof *user->filters.items);
    }
    strv_add_take(&user->filters, hs_json_print(call->body));
    g_snprintf(id, sizeof id, "%" G_GUINT64_FORMAT, ++user->filters_made);
    struct json_writer *w = hs_reply_begin(call);
    json_text(w, "filter_id", id);
    hs_reply_end(call);
}

void hs_account_filter_get(struct hs_call *call)
{
    cJSON *filter = NULL;
    if (!is_self(call))
        return;
    if (call->parts[1][0] == '{' ||
        !hs_filter_find(call->user, call->parts[1], &filter)) {
        hs_fail(call, &no_filter);
        return;
    }
    char *text = hs_json_print(filter);
    hs_reply_raw(call, text);
    free(text);
    cJSON_Delete(filter);
}

static void get_data(struct hs_call *call, const char *room_id, const char *type)
{
    const struct hs_user *user = call->user;
    if (!is_self(call))
        return;
    for (size_t i = 0; i < user->account_data_count; i++) {
        if (!text_equal(user->account_data[i].type, type) ||
            !text_equal(user->account_data[i].room_id, room_id))
            continue;
        hs_reply_raw(call, user->account_data[i].text);
        return;
    }
    hs_fail(call, &no_data);
}

static void put_data(struct hs_call *call, const char *room_id, const char *type)
{
    if (!is_self(call))
        return;
    hs_account_data_put(call->hs, call->user, room_id, type, hs_json_print(call->body));
    hs_reply_empty(call);
}

void hs_account_data_route_get(struct hs_call *call)
{
    get_data(call, NULL, call->parts[1]);
}

void hs_account_data_route_put(struct hs_call *call)
{
    put_data(call, NULL, call->parts[1]);
}

void hs_account_room_data_get(struct hs_call *call)
{
    get_data(call, call->parts[1], call->parts[2]);
}

void hs_account_room_data_put(struct hs_call *call)
{
    put_data(call, call->parts[1], call->parts[2]);
}

void hs_account_search(struct hs_call *call)
{
    const char *term = hs_json_str(call->body, "search_term");
    int64_t left = CLAMP(hs_json_int(call->body, "limit", 10), 0, 50);
    char *folded = text_fold(term ? term : "");
    struct json_writer *w = hs_reply_begin(call);
    json_array(w, "results");
    for (size_t i = 0; i < call->hs->user_count && left > 0; i++) {
        const struct hs_user *user = call->hs->users[i];
        const char *name = cJSON_GetStringValue(hs_profile_get(user, "displayname"));
        char *folded_name = text_fold(name ? name : "");
        if (user->is_registered &&
            (strstr(user->id, folded) || strstr(folded_name, folded))) {
            left--;
            json_object(w, NULL);
            json_text(w, "user_id", user->id);
            json_text(w, "display_name", name);
            json_object_end(w);
        }
        free(folded_name);
    }
    json_array_end(w);
    json_bool(w, "limited", left == 0);
    hs_reply_end(call);
    free(folded);
}
