/* hs_shell_admin.c - faults and time for test drivers in other processes. */
#include "bot/demo/hs_shell_internal.h"
#include "bot/base/mem.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    enum hs_fault_kind kind;
} kinds[] = {
    {"status", HS_FAULT_STATUS},
    {"lose_answer", HS_FAULT_LOSE_ANSWER},
    {"slow", HS_FAULT_SLOW},
    {"limited", HS_FAULT_LIMITED},
    {"duplicate", HS_FAULT_DUPLICATE},
    {"reorder", HS_FAULT_REORDER},
    {"drop_stream", HS_FAULT_DROP_STREAM},
    {"forget_txns", HS_FAULT_FORGET_TXNS},
};

static bool knows_secret(const struct exchange *exchange)
{
    struct hs_request request = {.query = exchange->query};
    const char *secret = exchange->shell->admin_secret;
    char *from_query = hs_query_get(&(struct hs_call){.request = &request}, "secret");
    const char *given = exchange->secret ? exchange->secret : from_query;
    bool knows = given && strlen(given) == strlen(secret) &&
                 sodium_memcmp(given, secret, strlen(secret)) == 0;
    free(from_query);
    return knows;
}

static void answer(struct exchange *exchange, int status, const char *json)
{
    exchange->response.status = status;
    exchange->response.content_type = "application/json";
    buf_add_text(&exchange->response.body, json);
}

static void set_fault(struct exchange *exchange, const cJSON *body)
{
    const char *name = hs_json_str(body, "kind");
    size_t at = 0;
    if (hs_json_true(body, "clear"))
        hs_fault_clear(exchange->shell->hs);
    while (at < G_N_ELEMENTS(kinds) && !text_equal(kinds[at].name, name))
        at++;
    if (at < G_N_ELEMENTS(kinds))
        hs_fault_add(exchange->shell->hs,
                     &(struct hs_fault){.kind = kinds[at].kind,
                                        .method = hs_json_str(body, "method"),
                                        .path_part = hs_json_str(body, "path_part"),
                                        .user_id = hs_json_str(body, "user_id"),
                                        .status = (int)hs_json_int(body, "status", 500),
                                        .retry_after_ms =
                                            hs_json_int(body, "retry_after_ms", 1000),
                                        .delay_ms = hs_json_int(body, "delay_ms", 0),
                                        .limit = (int)hs_json_int(body, "limit", 1),
                                        .after = (int)hs_json_int(body, "after", 0),
                                        .times = (int)hs_json_int(body, "times", 1)});
    if (at < G_N_ELEMENTS(kinds) || hs_json_true(body, "clear"))
        answer(exchange, 200, "{}");
    else
        answer(exchange, 400, "{\"errcode\":\"M_INVALID_PARAM\",\"error\":\"kind\"}");
}

static void move_clock(struct exchange *exchange, const cJSON *body)
{
    struct hs_shell *shell = exchange->shell;
    char text[64];
    shell->advanced_ms +=
        CLAMP(hs_json_int(body, "advance_ms", 0), 0, INT32_MAX * (int64_t)1000);
    g_snprintf(text, sizeof text, "{\"now_ms\":%lld}",
               (long long)shell_now(shell).utc_ms);
    answer(exchange, 200, text);
    shell_tick_soon(shell);
}

bool shell_admin_answer(struct exchange *exchange)
{
    bool is_fault = text_equal(exchange->path, "/_hearth/fault");
    bool is_clock = text_equal(exchange->path, "/_hearth/clock");
    if (!exchange->shell->admin_secret || !text_equal(exchange->method, "POST") ||
        (!is_fault && !is_clock))
        return false;
    cJSON *body = exchange->body.len > 0
                      ? hs_json_parse(exchange->body.data, exchange->body.len, NULL)
                      : NULL;
    if (!knows_secret(exchange))
        answer(exchange, 403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"secret\"}");
    else if (!cJSON_IsObject(body))
        answer(exchange, 400, "{\"errcode\":\"M_NOT_JSON\",\"error\":\"body\"}");
    else if (is_fault)
        set_fault(exchange, body);
    else
        move_clock(exchange, body);
    cJSON_Delete(body);
    return true;
}
