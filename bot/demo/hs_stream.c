/* hs_stream.c - the websocket stream's frames (shape of /sync, small requests).
 *
 * `send` and `state` become the same REST requests that another client would
 * make, so that transaction ids, rules and faults are the same on both ways.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/limits.h"
#include <stdlib.h>
#include <string.h>

struct stream_request {
    struct hs *hs;
    const char *token, *method;
    struct hs_device *device;
    const cJSON *id, *params;
    int64_t now_ms;
};

static struct hs_device *find_device(const struct hs *hs, const char *token)
{
    return token ? g_hash_table_lookup(hs->devices_by_token, token) : NULL;
}

enum hs_stream_start hs_stream_check(const struct hs *hs, const char *token,
                                     const char *since, const char *filter)
{
    const struct hs_device *device = find_device(hs, token);
    uint64_t position;
    cJSON *json = NULL;
    if (!device)
        return HS_STREAM_BAD_TOKEN;
    if (since && *since && !hs_token_parse(hs, since, &position))
        return HS_STREAM_BAD_SINCE;
    if (filter && *filter && !hs_filter_find(device->user, filter, &json))
        return HS_STREAM_BAD_FILTER;
    cJSON_Delete(json);
    return HS_STREAM_OK;
}

const char *hs_stream_device(const struct hs *hs, const char *token)
{
    const struct hs_device *device = find_device(hs, token);
    return device ? device->id : NULL;
}

void hs_stream_token(const struct hs *hs, char ret_token[40])
{
    hs_token_write(hs, 's', hs->position, ret_token);
}

bool hs_stream_frame(struct hs *hs, const char *token, const char *since,
                     const char *filter, struct buf *ret_frame)
{
    struct hs_sync_query query = {.device = find_device(hs, token),
                                  .path = HS_STREAM_PATH};
    cJSON *json = NULL;
    struct buf frame;
    if (hs_stream_check(hs, token, since, filter) != HS_STREAM_OK)
        return false;
    query.has_since = since && *since && hs_token_parse(hs, since, &query.since);
    if (filter && *filter)
        (void)hs_filter_find(query.device->user, filter, &json);
    query.filter = json;
    buf_init(&frame, UPDATE_MAX);
    bool has_news = hs_sync_build(hs, &query, &frame);
    if (has_news)
        buf_add(ret_frame, frame.data, frame.len);
    buf_clear(&frame);
    cJSON_Delete(json);
    return has_news;
}

static void write_result(const struct stream_request *request, struct buf *out,
                         const char *key, const char *json)
{
    struct json_writer w;
    json_begin(&w, out);
    json_object(&w, NULL);
    hs_json_write(&w, "id", request->id);
    json_raw(&w, key, json);
    json_object_end(&w);
}

static void write_error(const struct stream_request *request, struct buf *out,
                        const char *errcode, const char *text)
{
    struct buf error;
    struct json_writer w;
    buf_init(&error, EVENT_MAX);
    json_begin(&w, &error);
    json_object(&w, NULL);
    json_text(&w, "errcode", errcode);
    json_text(&w, "error", text);
    json_object_end(&w);
    write_result(request, out, "error", error.data);
    buf_clear(&error);
}

/* A lost answer stays lost: 504 writes nothing. */
static void pass_on(const struct stream_request *request, const char *path,
                    struct buf *out)
{
    char *content = hs_json_print(hs_json_object(request->params, "content"));
    struct hs_request rest = {.method = "PUT",
                              .path = path,
                              .token = request->token,
                              .body = content,
                              .body_len = strlen(content)};
    struct hs_response response;
    /* asked long ago: a frame is never parked */
    if (hs_handle(request->hs, &rest, request->now_ms, INT64_MIN / 2, &response) ==
        HS_DONE) {
        if (response.status == 200)
            write_result(request, out, "result", response.body.data);
        else if (response.status >= 500 && response.status != 504)
            write_error(request, out, "M_UNKNOWN", "Internal server error");
        else if (response.status < 500)
            write_result(request, out, "error", response.body.data);
        buf_clear(&response.body);
    }
    free(content);
}

static void add_segment(struct buf *path, const char *name, const char *value)
{
    buf_addf(path, "/%s/", name);
    hs_percent_encode(path, value);
}

static void answer_put(const struct stream_request *request, bool is_state,
                       struct buf *out)
{
    const cJSON *params = request->params;
    const char *room_id = hs_json_str(params, "room_id");
    const char *type = hs_json_str(params, "event_type");
    const char *last = hs_json_str(params, is_state ? "state_key" : "txn_id");
    struct buf path;
    if (!last && is_state)
        last = "";
    else if (!last)
        last = cJSON_GetStringValue(request->id); /* the draft's rule */
    if (!room_id || !type || !last || !hs_json_object(params, "content")) {
        write_error(request, out, "M_BAD_JSON", "room_id, event_type, content or txn_id");
        return;
    }
    buf_init(&path, 16 * HS_ID_MAX);
    buf_add_text(&path, "/_matrix/client/v3");
    add_segment(&path, "rooms", room_id);
    add_segment(&path, is_state ? "state" : "send", type);
    buf_add_char(&path, '/');
    hs_percent_encode(&path, last);
    if (path.overflowed)
        write_error(request, out, "M_INVALID_PARAM", "A parameter is too long");
    else
        pass_on(request, path.data, out);
    buf_clear(&path);
}

static void take_ack(const struct stream_request *request)
{
    uint64_t position;
    const char *token = hs_json_str(request->params, "next_batch");
    if (token && hs_token_parse(request->hs, token, &position))
        hs_inbox_drop(request->device, position);
}

static void answer_frame(const struct stream_request *request, struct buf *out)
{
    if (text_equal(request->method, "ping"))
        write_result(request, out, "result", "{}");
    else if (text_equal(request->method, "send"))
        answer_put(request, false, out);
    else if (text_equal(request->method, "state"))
        answer_put(request, true, out);
    else if (text_equal(request->method, "ack"))
        take_ack(request);
    else
        write_error(request, out, "M_UNRECOGNIZED", "Unknown method");
}

bool hs_stream_request(struct hs *hs, const char *token, const char *frame, size_t len,
                       int64_t now_ms, struct buf *ret_frame)
{
    struct stream_request request = {
        .hs = hs, .token = token, .now_ms = now_ms, .device = find_device(hs, token)};
    bool has_float = false;
    cJSON *json = len <= HS_JSON_BODY_MAX ? hs_json_parse(frame, len, &has_float) : NULL;
    request.id = hs_json_get(json, "id");
    request.method = hs_json_str(json, "method");
    request.params = hs_json_object(json, "params");
    if (!request.params)
        request.params = hs_json_object(json, "param");
    bool is_frame = cJSON_IsObject(json) && request.method &&
                    (cJSON_IsString(request.id) || cJSON_IsNumber(request.id) ||
                     text_equal(request.method, "ack"));
    if (is_frame && !request.device)
        write_error(&request, ret_frame, "M_UNKNOWN_TOKEN",
                    "Invalid access token passed.");
    else if (is_frame && has_float)
        write_error(&request, ret_frame, "M_BAD_JSON", "Bad JSON value: float");
    else if (is_frame)
        answer_frame(&request, ret_frame);
    cJSON_Delete(json);
    return is_frame;
}
