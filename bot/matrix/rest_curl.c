/* rest_curl.c - REST over libcurl's multi interface on a libuv loop.
 *
 * curl says which sockets to watch (a `watch` each) and when to be woken (one
 * timer); both lead to the same place, where finished transfers are taken out
 * and answered. Nothing is answered while curl is on the stack, and never from
 * inside start, so a callback may start, cancel and close as it likes.
 *
 * rest_curl_close ends everything at once and the struct frees itself when the
 * loop has closed its last handle.
 */
#include "bot/matrix/rest_curl.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "bot/matrix/url.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_TIMEOUT_MS 15000L
#define CONNECTIONS_MAX 16L

struct transfer {
    struct rest_curl *rest;
    struct transfer *next;
    uint64_t id;
    CURL *easy;
    struct curl_slist *headers;
    struct buf body;
    rest_done done;
    void *done_ctx;
    char error[CURL_ERROR_SIZE];
};

struct watch {
    struct rest_curl *rest;
    uv_poll_t poll;
    curl_socket_t socket;
};

struct rest_curl {
    uv_loop_t *loop;
    CURLM *multi;
    uv_timer_t timer;
    int handle_count; /* libuv handles not closed yet; the last one frees us */
    bool is_closing;
    char *base_url, *ca_file, *token;
    bool skip_verify;
    struct transfer *transfers;
    uint64_t last_id;
};

static void wipe_text(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    free(text);
}

static void release_handle(struct rest_curl *rest)
{
    if (--rest->handle_count > 0)
        return;
    wipe_text(rest->token);
    free(rest->base_url);
    free(rest->ca_file);
    free(rest);
    curl_global_cleanup();
}

/* Out of the list, out of curl, freed. */
static void drop_transfer(struct transfer *transfer)
{
    struct transfer **link = &transfer->rest->transfers;
    while (*link != transfer)
        link = &(*link)->next;
    *link = transfer->next;
    curl_multi_remove_handle(transfer->rest->multi, transfer->easy);
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    buf_wipe(&transfer->body);
    free(transfer);
}

static int64_t read_date(CURL *easy, const char *name)
{
    struct curl_header *header;
    if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return -1;
    time_t when = curl_getdate(header->value, NULL);
    return when < 0 ? -1 : (int64_t)when * 1000;
}

/* Seconds, or a date that counts from the server's own. */
static int64_t read_retry_after(CURL *easy, int64_t date_utc_ms)
{
    struct curl_header *header;
    int64_t seconds;
    if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return -1;
    if (text_to_int(header->value, 0, INT32_MAX, &seconds) == ST_OK)
        return seconds * 1000;
    int64_t until_ms = read_date(easy, "Retry-After");
    if (until_ms < 0 || date_utc_ms < 0)
        return -1;
    return until_ms > date_utc_ms ? until_ms - date_utc_ms : 0;
}

static void answer_transfer(struct transfer *transfer, CURLcode result)
{
    struct rest_answer answer = {.body = "", .retry_after_ms = -1, .date_utc_ms = -1};
    rest_done done = transfer->done;
    void *done_ctx = transfer->done_ctx;
    struct buf body = transfer->body;
    char error[CURL_ERROR_SIZE];
    long http_status = 0;

    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &http_status);
    if (body.overflowed) {
        answer.error = "the answer is too big";
    } else if (result != CURLE_OK) {
        memcpy(error, transfer->error, sizeof error);
        answer.error = *error ? error : curl_easy_strerror(result);
    } else {
        answer.http_status = (int)http_status;
        answer.body = body.data ? body.data : "";
        answer.body_len = body.len;
        answer.date_utc_ms = read_date(transfer->easy, "Date");
        answer.retry_after_ms = read_retry_after(transfer->easy, answer.date_utc_ms);
    }
    buf_init(&transfer->body, 0);
    drop_transfer(transfer);
    done(done_ctx, &answer);
    buf_wipe(&body);
}

static void answer_finished(struct rest_curl *rest)
{
    CURLMsg *message;
    int left;
    while (!rest->is_closing && (message = curl_multi_info_read(rest->multi, &left))) {
        char *transfer = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode result = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        answer_transfer((struct transfer *)(void *)transfer, result);
    }
}

/* A callback may close us, and the last handle's closing frees us: the count
 * holds the struct until we are done with it. */
static void drive(struct rest_curl *rest, curl_socket_t socket, int actions)
{
    int running;
    rest->handle_count++;
    curl_multi_socket_action(rest->multi, socket, actions, &running);
    answer_finished(rest);
    release_handle(rest);
}

static void handle_timer(uv_timer_t *timer)
{
    drive(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static void handle_poll(uv_poll_t *poll, int status, int events)
{
    struct watch *watch = poll->data;
    int actions = status < 0 ? CURL_CSELECT_ERR : 0;
    if (events & UV_READABLE)
        actions |= CURL_CSELECT_IN;
    if (events & UV_WRITABLE)
        actions |= CURL_CSELECT_OUT;
    drive(watch->rest, watch->socket, actions);
}

static void free_watch(uv_handle_t *handle)
{
    struct watch *watch = handle->data;
    release_handle(watch->rest);
    free(watch);
}

static struct watch *open_watch(struct rest_curl *rest, curl_socket_t socket)
{
    struct watch *watch = mem_alloc(sizeof *watch);
    if (uv_poll_init_socket(rest->loop, &watch->poll, socket) != 0) {
        free(watch);
        return NULL;
    }
    watch->rest = rest;
    watch->socket = socket;
    watch->poll.data = watch;
    rest->handle_count++;
    curl_multi_assign(rest->multi, socket, watch);
    return watch;
}

static int watch_socket(CURL *easy, curl_socket_t socket, int what, void *ctx,
                        void *socket_ctx)
{
    (void)easy;
    struct rest_curl *rest = ctx;
    struct watch *watch = socket_ctx;

    if (what == CURL_POLL_REMOVE) {
        if (watch) {
            uv_poll_stop(&watch->poll);
            uv_close((uv_handle_t *)&watch->poll, free_watch);
            curl_multi_assign(rest->multi, socket, NULL);
        }
        return 0;
    }
    if (!watch && !(watch = open_watch(rest, socket)))
        return -1;
    int events = (what & CURL_POLL_IN ? UV_READABLE : 0) |
                 (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    return uv_poll_start(&watch->poll, events, handle_poll) == 0 ? 0 : -1;
}

static int set_timer(CURLM *multi, long timeout_ms, void *ctx)
{
    (void)multi;
    struct rest_curl *rest = ctx;
    if (timeout_ms < 0 || rest->is_closing)
        uv_timer_stop(&rest->timer);
    else
        uv_timer_start(&rest->timer, handle_timer, (uint64_t)timeout_ms, 0);
    return 0;
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *ctx)
{
    struct transfer *transfer = ctx;
    buf_add(&transfer->body, bytes, size * count);
    return transfer->body.overflowed ? 0 : size * count;
}

static void add_header(struct transfer *transfer, const char *name, const char *value)
{
    struct buf line;
    buf_init(&line, 16 * 1024);
    buf_add_text(&line, name);
    buf_add_text(&line, value);
    if (!line.overflowed)
        transfer->headers = curl_slist_append(transfer->headers, line.data);
    buf_wipe(&line);
}

static void set_headers(struct transfer *transfer, const struct rest_request *request)
{
    const char *type = request->content_type;
    add_header(transfer, "Expect:", ""); /* no pause before a body */
    if (request->body)
        add_header(transfer, "Content-Type: ", type ? type : "application/json");
    if (transfer->rest->token)
        add_header(transfer, "Authorization: Bearer ", transfer->rest->token);
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
}

static void set_target(CURL *easy, const char *base_url,
                       const struct rest_request *request)
{
    struct buf url;
    buf_init(&url, 1024 * 1024);
    buf_add_text(&url, base_url);
    buf_add_text(&url, request->path);
    curl_easy_setopt(easy, CURLOPT_URL, url.overflowed ? "" : url.data);
    buf_clear(&url);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS,
                     1L); /* paths are encoded once, by path.c */
    if (request->body || strcmp(request->method, "GET") != 0) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)request->body_len);
        curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS,
                         request->body ? request->body : "");
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
}

static void set_connection(CURL *easy, const struct rest_curl *rest, int64_t timeout_ms)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Hearth");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    if (rest->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, rest->ca_file);
    if (rest->skip_verify) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

static uint64_t start_request(void *ctx, const struct rest_request *request,
                              rest_done done, void *done_ctx)
{
    struct rest_curl *rest = ctx;
    struct transfer *transfer = mem_alloc(sizeof *transfer);

    transfer->rest = rest;
    transfer->id = ++rest->last_id;
    transfer->done = done;
    transfer->done_ctx = done_ctx;
    buf_init(&transfer->body, REST_BODY_MAX);
    transfer->easy = curl_easy_init();
    if (!transfer->easy)
        abort(); /* out of memory */
    curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_ERRORBUFFER, transfer->error);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
    set_target(transfer->easy, rest->base_url, request);
    set_connection(transfer->easy, rest, request->timeout_ms);
    set_headers(transfer, request);
    transfer->next = rest->transfers;
    rest->transfers = transfer;
    curl_multi_add_handle(rest->multi, transfer->easy); /* sets the timer */
    return transfer->id;
}

static void cancel_request(void *ctx, uint64_t id)
{
    struct rest_curl *rest = ctx;
    for (struct transfer *transfer = rest->transfers; transfer;
         transfer = transfer->next) {
        if (transfer->id == id) {
            drop_transfer(transfer);
            return;
        }
    }
}

/* A token that could end the header's line is not used at all. */
static void set_token(void *ctx, const char *token)
{
    struct rest_curl *rest = ctx;
    wipe_text(rest->token);
    rest->token = NULL;
    for (const char *p = token; p && *p; p++)
        if (*p <= ' ' || *p > '~')
            return;
    rest->token = mem_dup(token);
}

static enum status check_url(const struct rest_curl_config *config)
{
    struct url url;
    enum status status = url_parse(config->base_url, &url);
    if (status != ST_OK)
        return status;
    if (!url.is_tls && !config->allow_plain_http && !url_is_loopback(&url))
        status = ST_DENIED;
    url_clear(&url);
    return status;
}

enum status rest_curl_open(uv_loop_t *loop, const struct rest_curl_config *config,
                           struct rest_curl **ret_rest)
{
    enum status status = check_url(config);
    if (status != ST_OK)
        return status;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return ST_IO;
    struct rest_curl *rest = mem_alloc(sizeof *rest);
    rest->multi = curl_multi_init();
    if (!rest->multi || uv_timer_init(loop, &rest->timer) != 0) {
        curl_multi_cleanup(rest->multi);
        free(rest);
        curl_global_cleanup();
        return ST_IO;
    }
    rest->loop = loop;
    rest->timer.data = rest;
    rest->handle_count = 1;
    rest->base_url = mem_dup(config->base_url);
    rest->ca_file = mem_dup(config->ca_file);
    rest->skip_verify = config->skip_verify;
    curl_multi_setopt(rest->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    curl_multi_setopt(rest->multi, CURLMOPT_SOCKETDATA, rest);
    curl_multi_setopt(rest->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(rest->multi, CURLMOPT_TIMERDATA, rest);
    curl_multi_setopt(rest->multi, CURLMOPT_MAX_HOST_CONNECTIONS, CONNECTIONS_MAX);
    *ret_rest = rest;
    return ST_OK;
}

struct rest rest_curl_interface(struct rest_curl *rest)
{
    return (struct rest){.start = start_request,
                         .cancel = cancel_request,
                         .set_token = set_token,
                         .ctx = rest};
}

static void free_timer(uv_handle_t *handle)
{
    release_handle(handle->data);
}

void rest_curl_close(struct rest_curl *rest)
{
    if (!rest || rest->is_closing)
        return;
    rest->is_closing = true;
    while (rest->transfers)
        drop_transfer(rest->transfers);
    curl_multi_cleanup(rest->multi); /* takes its watches away through watch_socket */
    uv_close((uv_handle_t *)&rest->timer, free_timer);
}
