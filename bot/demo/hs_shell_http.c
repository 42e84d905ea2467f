/* hs_shell_http.c - one HTTP request and its answer.
 *
 * libwebsockets hands out the path already decoded, so %2F and a real slash
 * look the same here. What follows the last variable of a known path is put
 * together again (hs_routes_refit): that covers state keys, transaction ids and
 * aliases, which is where slashes occur. A POST without a length would be waited
 * for: it counts as empty.
 */
#include "bot/demo/hs_shell_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define PATH_LEN_MAX (8 * 1024)
#define HEADERS_LEN_MAX 2048
#define CORS_HEADERS "X-Requested-With, Content-Type, Authorization, X-Hearth-Admin"

static const char *const methods[] = {"GET",    "POST",    "OPTIONS", "PUT", "PATCH",
                                      "DELETE", "CONNECT", "HEAD",    "GET"};

char *shell_read_header(struct lws *wsi, enum lws_token_indexes token)
{
    int len = lws_hdr_total_length(wsi, token);
    if (len <= 0)
        return NULL;
    char *text = mem_alloc((size_t)len + 1);
    if (lws_hdr_copy(wsi, text, len + 1, token) < 0 ||
        !text_is_utf8(text, strlen(text))) {
        free(text);
        return NULL;
    }
    return text;
}

char *shell_read_bearer(struct lws *wsi)
{
    char *text = shell_read_header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION);
    char *token =
        text && g_ascii_strncasecmp(text, "Bearer ", 7) == 0 ? mem_dup(text + 7) : NULL;
    free(text);
    return token;
}

static char *read_custom(struct lws *wsi, const char *name)
{
    int name_len = (int)strlen(name);
    int len = lws_hdr_custom_length(wsi, name, name_len);
    if (len <= 0)
        return NULL;
    char *text = mem_alloc((size_t)len + 1);
    if (lws_hdr_custom_copy(wsi, text, len + 1, name, name_len) < 0) {
        free(text);
        return NULL;
    }
    return text;
}

char *shell_read_path(struct lws *wsi, const char **ret_method)
{
    char *uri = NULL;
    int len = 0;
    int method = lws_http_get_uri_and_method(wsi, &uri, &len);
    if (method < 0 || method >= (int)(sizeof methods / sizeof methods[0]) || !uri ||
        len <= 0)
        return NULL;
    struct buf path;
    buf_init(&path, 4 * PATH_LEN_MAX);
    char *text = mem_dup_len(uri, (size_t)len);
    for (char *at = text; *at;) {
        size_t part = strcspn(at, "/");
        char kept = at[part];
        at[part] = 0;
        hs_percent_encode(&path, at);
        if (kept)
            buf_add_char(&path, '/');
        at += part + (kept != 0);
    }
    free(text);
    *ret_method = methods[method];
    return buf_take(&path);
}

char *shell_read_query(struct lws *wsi)
{
    char fragment[PATH_LEN_MAX];
    struct buf query;
    buf_init(&query, 4 * PATH_LEN_MAX);
    for (int i = 0;; i++) {
        int len = lws_hdr_copy_fragment(wsi, fragment, sizeof fragment,
                                        WSI_TOKEN_HTTP_URI_ARGS, i);
        if (len < 0)
            break;
        char *value = strchr(fragment, '=');
        if (!value)
            continue;
        *value = 0;
        if (query.len > 0)
            buf_add_char(&query, '&');
        hs_percent_encode(&query, fragment);
        buf_add_char(&query, '=');
        hs_percent_encode(&query, value + 1);
    }
    return buf_take(&query);
}

static void unlink_exchange(struct exchange *exchange)
{
    struct exchange **link = &exchange->shell->exchanges;
    while (*link && *link != exchange)
        link = &(*link)->next;
    if (*link)
        *link = exchange->next;
}

static void free_exchange(struct shell_session *session)
{
    struct exchange *exchange = session->exchange;
    if (!exchange)
        return;
    session->exchange = NULL;
    unlink_exchange(exchange);
    free(exchange->method);
    free(exchange->path);
    free(exchange->query);
    free(exchange->token);
    free(exchange->content_type);
    free(exchange->secret);
    free(exchange->answer_type);
    buf_clear(&exchange->body);
    buf_clear(&exchange->response.body);
    free(exchange);
}

static struct exchange *open_exchange(struct hs_shell *shell, struct lws *wsi)
{
    const char *method;
    char *path = shell_read_path(wsi, &method);
    if (!path)
        return NULL;
    struct exchange *exchange = mem_alloc(sizeof *exchange);
    exchange->shell = shell;
    exchange->wsi = wsi;
    exchange->method = mem_dup(method);
    exchange->path = hs_routes_refit(path);
    free(path);
    exchange->query = shell_read_query(wsi);
    exchange->token = shell_read_bearer(wsi);
    exchange->content_type = shell_read_header(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE);
    exchange->secret = read_custom(wsi, "x-hearth-admin:");
    exchange->asked_ms = shell_now(shell).utc_ms;
    exchange->response.retry_after_ms = -1;
    buf_init(&exchange->body, HS_MEDIA_BODY_MAX + 1);
    buf_init(&exchange->response.body, HS_MEDIA_BODY_MAX);
    struct exchange **end = &shell->exchanges;
    while (*end)
        end = &(*end)->next;
    *end = exchange;
    return exchange;
}

static void have_answer(struct exchange *exchange)
{
    exchange->is_parked = false;
    exchange->has_answer = true;
    lws_set_timeout(exchange->wsi, NO_PENDING_TIMEOUT, 0);
    (void)lws_callback_on_writable(exchange->wsi);
}

/* Ask the core; the answer may be to wait. */
static void ask(struct exchange *exchange)
{
    struct hs_shell *shell = exchange->shell;
    struct hs_request request = {.method = exchange->method,
                                 .path = exchange->path,
                                 .query = exchange->query,
                                 .token = exchange->token,
                                 .content_type = exchange->content_type,
                                 .body = exchange->body.data,
                                 .body_len = exchange->body.len};
    struct hs_response response;
    if (hs_handle(shell->hs, &request, shell_now(shell).utc_ms, exchange->asked_ms,
                  &response) == HS_WAIT) {
        exchange->is_parked = true;
        lws_set_timeout(exchange->wsi, NO_PENDING_TIMEOUT, 0);
        shell_tick_soon(shell);
        return;
    }
    buf_clear(&exchange->response.body);
    exchange->response = response;
    exchange->answer_type = mem_dup(response.content_type); /* media may go meanwhile */
    exchange->response.content_type = exchange->answer_type;
    have_answer(exchange);
}

static void start(struct exchange *exchange)
{
    if (text_equal(exchange->method, "OPTIONS")) {
        exchange->response.status = 200;
        exchange->response.content_type = "application/json";
        buf_add_text(&exchange->response.body, "{}");
        have_answer(exchange);
    } else if (shell_admin_answer(exchange)) {
        have_answer(exchange);
    } else {
        ask(exchange);
    }
}

void shell_http_retry(struct hs_shell *shell)
{
    struct exchange *next;
    for (struct exchange *exchange = shell->exchanges; exchange; exchange = next) {
        next = exchange->next;
        if (exchange->is_parked)
            ask(exchange);
    }
}

struct headers {
    struct lws *wsi;
    unsigned char bytes[LWS_PRE + HEADERS_LEN_MAX], *at;
    bool failed;
};

static unsigned char *headers_end(struct headers *headers)
{
    return headers->bytes + sizeof headers->bytes - 1;
}

static void add_header(struct headers *headers, const char *name, const char *value)
{
    headers->failed |=
        lws_add_http_header_by_name(headers->wsi, (const unsigned char *)name,
                                    (const unsigned char *)value, (int)strlen(value),
                                    &headers->at, headers_end(headers)) != 0;
}

static void begin_headers(struct headers *headers, struct lws *wsi, int status,
                          const char *content_type, size_t len)
{
    headers->wsi = wsi;
    headers->at = headers->bytes + LWS_PRE;
    headers->failed = lws_add_http_header_status(wsi, (unsigned)status, &headers->at,
                                                 headers_end(headers)) != 0;
    add_header(headers, "content-type:", content_type);
    headers->failed |= lws_add_http_header_content_length(wsi, len, &headers->at,
                                                          headers_end(headers)) != 0;
    add_header(headers, "access-control-allow-origin:", "*");
    add_header(headers,
               "access-control-allow-methods:", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
    add_header(headers, "access-control-allow-headers:", CORS_HEADERS);
    add_header(headers, "access-control-expose-headers:", "Retry-After");
    add_header(headers, "x-content-type-options:", "nosniff");
}

static bool send_headers(struct headers *headers)
{
    return !headers->failed &&
           lws_finalize_write_http_header(headers->wsi, headers->bytes + LWS_PRE,
                                          &headers->at, headers_end(headers)) == 0;
}

void shell_refuse(struct lws *wsi, int status, const char *json)
{
    struct headers headers;
    size_t len = strlen(json);
    unsigned char *body = mem_alloc(LWS_PRE + len);
    memcpy(body + LWS_PRE, json, len);
    begin_headers(&headers, wsi, status, "application/json", len);
    if (send_headers(&headers))
        (void)lws_write(wsi, body + LWS_PRE, len, LWS_WRITE_HTTP_FINAL);
    free(body);
}

/* Uploaded bytes must not run as a page of ours. */
static bool send_head(struct exchange *exchange)
{
    struct headers headers;
    const struct hs_response *response = &exchange->response;
    char seconds[24];
    begin_headers(&headers, exchange->wsi, response->status, response->content_type,
                  response->body.len);
    if (strstr(exchange->path, "/media/"))
        add_header(&headers, "content-security-policy:", "sandbox; default-src 'none'");
    if (exchange->must_close)
        add_header(&headers, "connection:", "close");
    if (response->retry_after_ms >= 0) {
        g_snprintf(seconds, sizeof seconds, "%lld",
                   (long long)((response->retry_after_ms + 999) / 1000));
        add_header(&headers, "retry-after:", seconds);
    }
    return send_headers(&headers);
}

/* One write a call; -1 ends the connection. */
static int write_some(struct shell_session *session)
{
    struct exchange *exchange = session->exchange;
    struct hs_shell *shell = exchange->shell;
    struct lws *wsi = exchange->wsi;
    const struct buf *body = &exchange->response.body;
    if (!exchange->has_headers_sent) {
        exchange->has_headers_sent = true;
        if (!send_head(exchange))
            return -1;
        (void)lws_callback_on_writable(wsi);
        return 0;
    }
    size_t len = MIN(body->len - exchange->sent, (size_t)SHELL_CHUNK_LEN);
    bool is_last = exchange->sent + len == body->len;
    if (len > 0)
        memcpy(shell->scratch + LWS_PRE, body->data + exchange->sent, len);
    if (lws_write(wsi, shell->scratch + LWS_PRE, len,
                  is_last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) != (int)len)
        return -1;
    exchange->sent += len;
    if (!is_last) {
        (void)lws_callback_on_writable(wsi);
        return 0;
    }
    bool must_close = exchange->must_close;
    free_exchange(session);
    return lws_http_transaction_completed(wsi) || must_close ? -1 : 0;
}

static void answer_at_once(struct exchange *exchange, int status, const char *errcode,
                           const char *text)
{
    exchange->response.status = status;
    exchange->response.content_type = "application/json";
    buf_addf(&exchange->response.body, "{\"errcode\":\"%s\",\"error\":\"%s\"}", errcode,
             text);
    exchange->must_close = true;
    have_answer(exchange);
}

static bool has_method_body(const struct exchange *exchange)
{
    return text_equal(exchange->method, "POST") || text_equal(exchange->method, "PUT");
}

static void take_body(struct exchange *exchange, const char *in, size_t len)
{
    if (!exchange->is_chunked) {
        buf_add(&exchange->body, in, len);
        return;
    }
    shell_chunk_feed(&exchange->chunked, in, len, &exchange->body);
    if (exchange->body.overflowed)
        answer_at_once(exchange, 413, "M_TOO_LARGE", "The request is too large");
    else if (exchange->chunked.state == CHUNK_BAD)
        answer_at_once(exchange, 400, "M_UNKNOWN", "Bad chunk");
    else if (exchange->chunked.state == CHUNK_DONE)
        start(exchange);
}

/* Else curl waits a second before it sends a large body. */
static void say_continue(struct lws *wsi)
{
    static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
    unsigned char bytes[LWS_PRE + sizeof line];
    char *expected = shell_read_header(wsi, WSI_TOKEN_HTTP_EXPECT);
    if (expected && g_ascii_strcasecmp(expected, "100-continue") == 0) {
        memcpy(bytes + LWS_PRE, line, sizeof line);
        (void)lws_write(wsi, bytes + LWS_PRE, sizeof line - 1, LWS_WRITE_HTTP_HEADERS);
    }
    free(expected);
}

/* Headers are in. Without a body to come the answer can be made now. */
static int begin_request(struct hs_shell *shell, struct lws *wsi,
                         struct shell_session *session)
{
    free_exchange(session);
    struct exchange *exchange = session->exchange = open_exchange(shell, wsi);
    if (!exchange)
        return -1;
    char *length = shell_read_header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
    char *coding = shell_read_header(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING);
    int64_t body_len = 0;
    /* without a length libwebsockets cannot find the next request */
    exchange->must_close = !length && has_method_body(exchange);
    exchange->is_chunked = coding != NULL;
    if (length && text_to_int(length, 0, INT64_MAX / 2, &body_len) != ST_OK)
        answer_at_once(exchange, 400, "M_UNKNOWN", "Bad Content-Length");
    else if (body_len > HS_MEDIA_BODY_MAX)
        answer_at_once(exchange, 413, "M_TOO_LARGE", "The request is too large");
    else if (body_len == 0 && !exchange->is_chunked)
        start(exchange);
    else
        say_continue(wsi);
    free(length);
    free(coding);
    return 0;
}

int shell_http_callback(struct hs_shell *shell, struct lws *wsi,
                        enum lws_callback_reasons reason, struct shell_session *session,
                        const void *in, size_t len)
{
    struct exchange *exchange = session->exchange;
    bool is_open = exchange && !exchange->has_answer && !exchange->is_parked;
    switch (reason) {
    case LWS_CALLBACK_HTTP:
        return shell->is_stopping ? -1 : begin_request(shell, wsi, session);
    case LWS_CALLBACK_HTTP_BODY:
        if (is_open && len > 0)
            take_body(exchange, in, len);
        return 0;
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        if (is_open)
            start(exchange);
        return 0;
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return exchange && exchange->has_answer ? write_some(session) : 0;
    case LWS_CALLBACK_CLOSED_HTTP:
        free_exchange(session);
        return 0;
    default:
        return 0;
    }
}
