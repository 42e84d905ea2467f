/* hs.c - one request through the homeserver.
 *
 *   fault? -> route -> token -> body -> handler -> fault?
 *
 * Handlers write into call->response and return nothing; a refusal is one of
 * the constant hs_errors, given to hs_fail. The answer reaches the caller only
 * when the call does not have to wait.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const struct hs_error unrecognized = {404, "M_UNRECOGNIZED",
                                             "Unrecognized request"};
static const struct hs_error wrong_method = {405, "M_UNRECOGNIZED",
                                             "Unrecognized request"};
static const struct hs_error no_token = {401, "M_MISSING_TOKEN", "Missing access token"};
static const struct hs_error bad_token = {401, "M_UNKNOWN_TOKEN",
                                          "Invalid access token passed."};
static const struct hs_error too_large = {413, "M_TOO_LARGE", "The request is too large"};
static const struct hs_error not_json = {400, "M_NOT_JSON", "Content not JSON."};
static const struct hs_error not_object = {400, "M_BAD_JSON",
                                           "Content must be a JSON object."};

struct hs *hs_new(const struct hs_config *config, const struct random *random)
{
    struct hs *hs = mem_alloc(sizeof *hs);
    hs->server_name = mem_dup(config->server_name);
    hs->strict = config->strict;
    hs->offers_stream = config->offers_stream;
    hs->random = *random;
    random->fill(random->ctx, hs->password_key, sizeof hs->password_key);
    random_hex(random, 4, hs->epoch);
    hs->users_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    hs->devices_by_token = g_hash_table_new(g_str_hash, g_str_equal);
    hs->rooms_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    hs->aliases = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
    hs->media_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    hs->txns_by_key = g_hash_table_new(g_str_hash, g_str_equal);
    g_queue_init(&hs->media);
    g_queue_init(&hs->txns);
    return hs;
}

void hs_free(struct hs *hs)
{
    if (!hs)
        return;
    hs_fault_clear(hs);
    hs_txns_free(hs);
    hs_media_clear(hs);
    for (size_t i = 0; i < hs->user_count; i++)
        hs_user_free(hs->users[i]);
    for (size_t i = 0; i < hs->room_count; i++)
        hs_room_free(hs->rooms[i]);
    free(hs->users);
    free(hs->rooms);
    g_hash_table_destroy(hs->users_by_id);
    g_hash_table_destroy(hs->devices_by_token);
    g_hash_table_destroy(hs->rooms_by_id);
    g_hash_table_destroy(hs->aliases);
    g_hash_table_destroy(hs->media_by_id);
    g_hash_table_destroy(hs->txns_by_key);
    free(hs->server_name);
    free(hs);
}

uint64_t hs_version(const struct hs *hs)
{
    return hs->position;
}

uint64_t hs_touch(struct hs *hs)
{
    return ++hs->position;
}

const char *hs_whoami(const struct hs *hs, const char *token)
{
    const struct hs_device *device =
        token ? g_hash_table_lookup(hs->devices_by_token, token) : NULL;
    return device ? device->user->id : NULL;
}

void hs_make_id(struct hs *hs, char sigil, char ret_id[48])
{
    unsigned char bytes[32];
    hs->random.fill(hs->random.ctx, bytes, sizeof bytes);
    ret_id[0] = sigil;
    sodium_bin2base64(ret_id + 1, 47, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void hs_fail(struct hs_call *call, const struct hs_error *error)
{
    struct json_writer w;
    buf_reset(&call->response->body);
    call->response->status = error->status;
    call->response->content_type = "application/json";
    json_begin(&w, &call->response->body);
    json_object(&w, NULL);
    json_text(&w, "errcode", error->errcode);
    json_text(&w, "error", error->text);
    json_object_end(&w);
}

struct json_writer *hs_reply_begin(struct hs_call *call)
{
    call->response->status = 200;
    json_begin(&call->writer, &call->response->body);
    json_object(&call->writer, NULL);
    return &call->writer;
}

void hs_reply_end(struct hs_call *call)
{
    json_object_end(&call->writer);
}

void hs_reply_empty(struct hs_call *call)
{
    hs_reply_raw(call, "{}");
}

void hs_reply_raw(struct hs_call *call, const char *json)
{
    call->response->status = 200;
    buf_add_text(&call->response->body, json);
}

/* NULL when the caller may go on. */
static const struct hs_error *authorize(struct hs_call *call,
                                        const struct hs_route *route)
{
    const char *token = call->request->token;
    if (token)
        call->device = g_hash_table_lookup(call->hs->devices_by_token, token);
    if (call->device)
        call->user = call->device->user;
    if (call->device || (route->flags & HS_OPEN))
        return NULL;
    return token && *token ? &bad_token : &no_token;
}

static const struct hs_error *read_body(struct hs_call *call,
                                        const struct hs_route *route)
{
    const struct hs_request *request = call->request;
    bool has_body =
        text_equal(request->method, "POST") || text_equal(request->method, "PUT");
    if (request->body_len > HS_MEDIA_BODY_MAX)
        return &too_large;
    if (!has_body || (route->flags & HS_RAW))
        return NULL;
    if (request->body_len > HS_JSON_BODY_MAX)
        return &too_large;
    if (request->body_len == 0 && (route->flags & HS_MAY_BE_EMPTY))
        call->body = cJSON_CreateObject();
    else if (request->body_len > 0)
        call->body =
            hs_json_parse(request->body, request->body_len, &call->body_has_float);
    if (!call->body)
        return &not_json;
    return cJSON_IsObject(call->body) ? NULL : &not_object;
}

static void answer(struct hs_call *call)
{
    bool has_path;
    const struct hs_route *route = hs_route_find(call, &has_path);
    const struct hs_error *error = NULL;
    if (!route)
        error = has_path ? &wrong_method : &unrecognized;
    if (!error)
        error = authorize(call, route);
    if (!error)
        error = read_body(call, route);
    if (error)
        hs_fail(call, error);
    else
        route->run(call);
}

static void clear_call(struct hs_call *call)
{
    for (size_t i = 0; i < call->part_count; i++)
        free(call->parts[i]);
    cJSON_Delete(call->body);
}

enum hs_outcome hs_handle(struct hs *hs, const struct hs_request *request, int64_t now_ms,
                          int64_t asked_ms, struct hs_response *ret_response)
{
    struct hs_response response = {
        .status = 500, .content_type = "application/json", .retry_after_ms = -1};
    struct hs_call call = {.hs = hs,
                           .request = request,
                           .now_ms = now_ms,
                           .asked_ms = asked_ms,
                           .response = &response};
    buf_init(&response.body, UPDATE_MAX);
    hs->now_ms = now_ms;
    hs_typing_expire(hs);
    if (!hs_fault_before(&call)) {
        answer(&call);
        if (!call.must_wait)
            hs_fault_after(&call);
    }
    clear_call(&call);
    if (call.must_wait) {
        buf_clear(&response.body);
        return HS_WAIT;
    }
    *ret_response = response;
    return HS_DONE;
}
