/* parse_misc.c - the smaller answers: pages, members, state, errors, accounts,
 * versions, and the head of a stream frame. */
#include "bot/matrix/parse.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/ns.h"
#include "bot/matrix/json_get.h"
#include "bot/matrix/parse_event.h"

#include <stdlib.h>
#include <string.h>

static enum status check_body(const char *bytes, size_t len, struct json_span *ret_root)
{
    if (len > REST_BODY_MAX)
        return ST_TOO_BIG;
    return json_scan_check(bytes, len, ret_root);
}

static void reverse(struct event_list *list)
{
    for (size_t i = 0; i < list->count / 2; i++) {
        struct event other = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = other;
    }
}

enum status parse_messages(const char *bytes, size_t len, struct event_list *ret_events,
                           char **ret_end)
{
    struct json_span root, chunk, end;
    struct event_list events = {0};

    enum status status = check_body(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (!json_scan_find(root, "chunk", &chunk) || !json_scan_is_array(chunk))
        return ST_INVALID;
    (void)parse_event_array(chunk, false, &events);
    reverse(&events);
    *ret_events = events;
    *ret_end = json_scan_find(root, "end", &end) ? json_get_span_text(end) : NULL;
    return ST_OK;
}

enum status parse_members(const char *bytes, size_t len, struct event_list *ret_members)
{
    struct json_span root, chunk;
    struct event_list all = {0}, members = {0};

    enum status status = check_body(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (!json_scan_find(root, "chunk", &chunk) || !json_scan_is_array(chunk))
        return ST_INVALID;
    (void)parse_event_array(chunk, false, &all);
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].type != EVENT_MEMBER)
            continue;
        *event_list_add(&members) = all.items[i];
        all.items[i] = (struct event){0};
    }
    event_list_clear(&all);
    *ret_members = members;
    return ST_OK;
}

enum status parse_one_event(const char *bytes, size_t len, struct event_list *ret_events)
{
    struct json_span root, id;
    struct event_list events = {0};

    enum status status = check_body(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (!json_scan_is_object(root) || !json_scan_find(root, "event_id", &id))
        return ST_INVALID;
    (void)parse_event(root, false, &events);
    *ret_events = events;
    return ST_OK;
}

enum status parse_state(const char *bytes, size_t len, struct event_list *ret_state)
{
    struct json_span root;
    struct event_list state = {0};

    enum status status = check_body(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (!json_scan_is_array(root))
        return ST_INVALID;
    (void)parse_event_array(root, false, &state);
    *ret_state = state;
    return ST_OK;
}

enum status parse_error(const char *bytes, size_t len, struct matrix_error *ret_error)
{
    cJSON *root = NULL;
    enum status status = json_get_whole(bytes, len, &root);
    if (status != ST_OK)
        return status;
    const char *errcode = json_get_text(root, "errcode");
    if (errcode) {
        int64_t retry_after_ms = json_get_int(root, "retry_after_ms", -1);
        *ret_error = (struct matrix_error){
            .errcode = mem_dup(errcode),
            .message = mem_dup(json_get_text(root, "error")),
            .retry_after_ms = retry_after_ms < 0 ? -1 : retry_after_ms,
            .soft_logout = json_get_true(root, "soft_logout"),
        };
    }
    cJSON_Delete(root);
    return errcode ? ST_OK : ST_INVALID;
}

void matrix_error_clear(struct matrix_error *error)
{
    if (!error)
        return;
    free(error->errcode);
    free(error->message);
    *error = (struct matrix_error){.retry_after_ms = -1};
}

enum status parse_string_field(const char *bytes, size_t len, const char *field,
                               char **ret_value)
{
    struct json_span root, value;
    enum status status = check_body(bytes, len, &root);
    if (status != ST_OK)
        return status;
    char *text = json_scan_find(root, field, &value) ? json_get_span_text(value) : NULL;
    if (!text)
        return ST_INVALID;
    *ret_value = text;
    return ST_OK;
}

enum status parse_profile_zone(const char *bytes, size_t len, char **ret_name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_+-/";
    char *name = NULL;
    if (parse_string_field(bytes, len, "m.tz", &name) != ST_OK)
        return ST_NOT_FOUND;
    size_t name_len = strlen(name);
    if (name_len == 0 || name_len > ZONE_NAME_MAX || name[0] == '/' ||
        strspn(name, letters) != name_len) {
        free(name);
        return ST_NOT_FOUND;
    }
    *ret_name = name;
    return ST_OK;
}

enum status parse_account(const char *bytes, size_t len, struct account *ret_account)
{
    cJSON *root = NULL;
    enum status status = json_get_whole(bytes, len, &root);
    if (status != ST_OK)
        return status;
    const char *user_id = json_get_id(root, "user_id");
    if (user_id)
        *ret_account = (struct account){
            .user_id = mem_dup(user_id),
            .device_id = mem_dup(json_get_text(root, "device_id")),
            .access_token = mem_dup(json_get_text(root, "access_token")),
        };
    else
        status = ST_INVALID;
    cJSON_Delete(root);
    return status;
}

void account_clear(struct account *account)
{
    if (!account)
        return;
    if (account->access_token)
        explicit_bzero(account->access_token, strlen(account->access_token));
    free(account->user_id);
    free(account->device_id);
    free(account->access_token);
    *account = (struct account){0};
}

enum status parse_versions(const char *bytes, size_t len, bool *ret_offers_stream)
{
    cJSON *root = NULL;
    enum status status = json_get_whole(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (json_get_array(root, "versions"))
        *ret_offers_stream =
            json_get_true(json_get_object(root, "unstable_features"), NS_STREAM);
    else
        status = ST_INVALID;
    cJSON_Delete(root);
    return status;
}

/* Ids are ours and text; an old server may turn them into numbers. */
static char *read_frame_id(struct json_span value)
{
    char *text = json_get_span_text(value);
    return text ? text : mem_dup_len(value.at, value.len);
}

enum status parse_frame_head(const char *bytes, size_t len, struct frame_head *ret_head)
{
    struct json_span root, id, part, field;
    struct frame_head head = {0};

    enum status status = check_body(bytes, len, &root);
    if (status != ST_OK)
        return status;
    if (!json_scan_is_object(root))
        return ST_INVALID;
    if (json_scan_find(root, "id", &id)) {
        head.kind = FRAME_RESULT;
        head.id = read_frame_id(id);
        if (json_scan_find(root, "error", &part)) {
            head.kind = FRAME_ERROR;
            if (json_scan_find(part, "errcode", &field))
                head.errcode = json_get_span_text(field);
        } else if (json_scan_find(root, "result", &part) &&
                   json_scan_find(part, "event_id", &field)) {
            head.event_id = json_get_span_text(field);
        }
    }
    *ret_head = head;
    return ST_OK;
}

void frame_head_clear(struct frame_head *head)
{
    if (!head)
        return;
    free(head->id);
    free(head->errcode);
    free(head->event_id);
    *head = (struct frame_head){0};
}
