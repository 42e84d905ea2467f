/* matrix_rest.c - REST over libcurl against a loopback server in the same loop. */
#include "bot/matrix/rest_curl.h"

#include "bot/base/limits.h"
#include "bot/base/text.h"
#include "bot/matrix/url.h"
#include "tests/unit/tiny_server.h"

#include <signal.h>

struct fixture {
    struct tiny_server server;
    struct rest_curl *curl;
    struct rest rest;
    const char *reply;  /* NULL: say nothing */
    char request[4096]; /* the last one, as it came */
    int answers;
    struct rest_answer answer;
    char body[256], error[256];
    bool closes_in_callback, starts_in_callback;
};

static void handle_request(struct tiny_peer *peer)
{
    struct fixture *f = peer->server->ctx;
    snprintf(f->request, sizeof f->request, "%s", peer->in.data);
    if (f->reply)
        tiny_send(peer, f->reply, strlen(f->reply));
}

static void take_answer(void *ctx, const struct rest_answer *answer);

static uint64_t get(struct fixture *f, const char *path)
{
    struct rest_request request = {.method = "GET", .path = path, .timeout_ms = 10000};
    return f->rest.start(f->rest.ctx, &request, take_answer, f);
}

static void take_answer(void *ctx, const struct rest_answer *answer)
{
    struct fixture *f = ctx;
    f->answers++;
    f->answer = *answer;
    assert_int_equal(answer->body[answer->body_len], '\0');
    snprintf(f->body, sizeof f->body, "%s", answer->body);
    snprintf(f->error, sizeof f->error, "%s", answer->error ? answer->error : "");
    if (f->closes_in_callback)
        rest_curl_close(f->curl);
    if (f->starts_in_callback) {
        f->starts_in_callback = false;
        get(f, "/again");
    }
}

static void begin(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    tiny_open(&f->server);
    f->server.on_request = handle_request;
    f->server.ctx = f;
    struct rest_curl_config config = {.base_url = f->server.url};
    assert_int_equal(rest_curl_open(&f->server.loop, &config, &f->curl), ST_OK);
    f->rest = rest_curl_interface(f->curl);
}

static void end(struct fixture *f)
{
    if (!f->closes_in_callback)
        rest_curl_close(f->curl);
    tiny_close(&f->server);
}

static void rest_start__sends__what_was_asked(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.reply = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n"
              "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n{\"a\":1}";
    f.rest.set_token(f.rest.ctx, "tok");
    struct rest_request request = {.method = "PUT",
                                   .path = "/rooms/%21r/../x?q=1",
                                   .body = "{\"b\":2}",
                                   .body_len = 7,
                                   .timeout_ms = 10000};
    uint64_t id = f.rest.start(f.rest.ctx, &request, take_answer, &f);
    assert_int_not_equal(id, 0);
    assert_int_equal(f.answers, 0);
    run_until(&f.server, &f.answers, 1);
    assert_int_equal(f.answer.http_status, 200);
    assert_string_equal(f.body, "{\"a\":1}");
    assert_int_equal(f.answer.date_utc_ms, INT64_C(784111777000));
    assert_int_equal(f.answer.retry_after_ms, -1);
    assert_ptr_equal(strstr(f.request, "PUT /rooms/%21r/../x?q=1 HTTP/1.1\r\n"),
                     f.request);
    assert_non_null(strstr(f.request, "\r\nAuthorization: Bearer tok\r\n"));
    assert_non_null(strstr(f.request, "\r\nContent-Type: application/json\r\n"));
    assert_non_null(strstr(f.request, "\r\n\r\n{\"b\":2}"));
    assert_null(strstr(f.request, "Expect"));
    end(&f);
}

static void rest_start__reuses__the_connection(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    for (int i = 1; i <= 3; i++) {
        get(&f, "/x");
        run_until(&f.server, &f.answers, i);
    }
    assert_int_equal(f.server.accepted, 1);
    assert_null(strstr(f.request, "Authorization"));
    assert_string_equal(f.body, "");
    struct rest_request request = {.method = "POST", .path = "/p", .timeout_ms = 10000};
    f.rest.start(f.rest.ctx, &request, take_answer, &f);
    run_until(&f.server, &f.answers, 4);
    assert_non_null(strstr(f.request, "POST /p HTTP/1.1\r\n"));
    assert_non_null(strstr(f.request, "Content-Length: 0\r\n"));
    end(&f);
}

static void rest_answer__reads__retry_after_in_both_forms(void **state)
{
    (void)state;
    static const struct {
        const char *reply;
        int64_t expected;
    } cases[] = {
        {"HTTP/1.1 429 Slow\r\nRetry-After: 12\r\nContent-Length: 0\r\n\r\n", 12000},
        {"HTTP/1.1 429 Slow\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, "
         "06 "
         "Nov 1994 08:50:07 GMT\r\nContent-Length: 0\r\n\r\n",
         30000},
        {"HTTP/1.1 429 Slow\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        begin(&f);
        f.reply = cases[i].reply;
        get(&f, "/");
        run_until(&f.server, &f.answers, 1);
        assert_int_equal(f.answer.http_status, 429);
        assert_int_equal(f.answer.retry_after_ms, cases[i].expected);
        end(&f);
    }
}

static void rest_answer__is_none__when_the_connection_fails(void **state)
{
    (void)state;
    static const char *const replies[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", "garbage\r\n\r\n"};
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        struct fixture f;
        begin(&f);
        f.reply = replies[i];
        get(&f, "/");
        while (!*f.request)
            uv_run(&f.server.loop, UV_RUN_ONCE);
        tiny_hang_up(f.server.last_peer);
        run_until(&f.server, &f.answers, 1);
        assert_int_equal(f.answer.http_status, 0);
        assert_string_not_equal(f.error, "");
        assert_string_equal(f.body, "");
        end(&f);
    }
}

static void rest_answer__is_none__after_the_time_limit(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    struct rest_request request = {.method = "GET", .path = "/", .timeout_ms = 50};
    f.rest.start(f.rest.ctx, &request, take_answer, &f);
    run_until(&f.server, &f.answers, 1);
    assert_int_equal(f.answer.http_status, 0);
    assert_string_not_equal(f.error, "");
    end(&f);
}

static void rest_start__follows__no_redirect(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.reply = "HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n";
    get(&f, "/");
    run_until(&f.server, &f.answers, 1);
    assert_int_equal(f.answer.http_status, 302);
    assert_int_equal(f.server.accepted, 1);
    end(&f);
}

static void handle_flood(struct tiny_peer *peer)
{
    static char block[1 << 16];
    tiny_send(peer, "HTTP/1.1 200 OK\r\n\r\n", 19);
    memset(block, 'x', sizeof block);
    for (size_t sent = 0; sent <= REST_BODY_MAX; sent += sizeof block)
        tiny_send(peer, block, sizeof block);
}

static void rest_answer__is_none__over_the_size_limit(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.server.on_request = handle_flood;
    get(&f, "/");
    run_until(&f.server, &f.answers, 1);
    assert_int_equal(f.answer.http_status, 0);
    assert_string_equal(f.error, "the answer is too big");
    end(&f);
}

static void rest_cancel__leaves__no_callback(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    uint64_t id = get(&f, "/first");
    while (!*f.request)
        uv_run(&f.server.loop, UV_RUN_ONCE);
    f.rest.cancel(f.rest.ctx, id);
    f.rest.cancel(f.rest.ctx, id);
    f.rest.cancel(f.rest.ctx, 12345);
    f.reply = "HTTP/1.1 204 No\r\n\r\n";
    get(&f, "/second");
    run_until(&f.server, &f.answers, 1);
    assert_int_equal(f.answers, 1);
    assert_int_equal(f.answer.http_status, 204);
    end(&f);
}

static void rest_callback__may_start__the_next_request(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    f.starts_in_callback = true;
    get(&f, "/");
    run_until(&f.server, &f.answers, 2);
    assert_non_null(strstr(f.request, "/again"));
    end(&f);
}

static void rest_callback__may_close__everything(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    f.closes_in_callback = true;
    get(&f, "/");
    get(&f, "/other");
    run_until(&f.server, &f.answers, 1);
    end(&f);
    assert_int_equal(f.answers, 1);
}

static void rest_set_token__refuses__what_would_break_the_header(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    f.rest.set_token(f.rest.ctx, "a\r\nX-Evil: 1");
    get(&f, "/");
    run_until(&f.server, &f.answers, 1);
    assert_null(strstr(f.request, "Evil"));
    end(&f);
}

static void rest_curl_open__refuses__unsafe_urls(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        enum status expected;
    } cases[] = {
        {"http://example.org", ST_DENIED},  {"http://127.0.0.1.example.org", ST_DENIED},
        {"ftp://127.0.0.1", ST_INVALID},    {"", ST_INVALID},
        {"file:///etc/passwd", ST_INVALID}, {"http://localhost:8008", ST_OK},
        {"http://[::1]:8008", ST_OK},       {"https://example.org", ST_OK},
    };
    uv_loop_t loop;
    uv_loop_init(&loop);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rest_curl *curl = NULL;
        struct rest_curl_config config = {.base_url = cases[i].url};
        assert_int_equal(rest_curl_open(&loop, &config, &curl), cases[i].expected);
        rest_curl_close(curl);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void rest_curl_once__says__why_there_is_no_answer(void **state)
{
    (void)state;
    struct fixture f;
    struct buf body;
    struct rest_answer answer;
    begin(&f);
    char url[64];
    snprintf(url, sizeof url, "%s", f.server.url);
    end(&f); /* nobody listens there now */
    struct rest_curl_config config = {.base_url = url};
    struct rest_request request = {.method = "GET", .path = "/", .timeout_ms = 5000};
    assert_int_equal(rest_curl_once(&config, "t", &request, &body, &answer), ST_OK);
    assert_int_equal(answer.http_status, 0);
    assert_non_null(answer.error);
    assert_string_equal(answer.body, "");
    buf_clear(&body);
}

static void url_parse__takes_apart__the_base_url(void **state)
{
    (void)state;
    static const struct {
        const char *text, *host, *authority, *path;
        int port;
        bool is_tls, is_loopback;
    } cases[] = {
        {"https://m.example", "m.example", "m.example", "", 443, true, false},
        {"https://m.example:8448/x", "m.example", "m.example:8448", "/x", 8448, true,
         false},
        {"http://localhost", "localhost", "localhost", "", 80, false, true},
        {"http://[::1]:8008/", "::1", "[::1]:8008", "", 8008, false, true},
        {"http://127.0.0.1:1", "127.0.0.1", "127.0.0.1:1", "", 1, false, true},
        {"http://127.evil.example", "127.evil.example", "127.evil.example", "", 80, false,
         false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct url url;
        assert_int_equal(url_parse(cases[i].text, &url), ST_OK);
        assert_string_equal(url.host, cases[i].host);
        assert_string_equal(url.authority, cases[i].authority);
        assert_string_equal(url.path, cases[i].path);
        assert_int_equal(url.port, cases[i].port);
        assert_int_equal(url.is_tls, cases[i].is_tls);
        assert_int_equal(url_is_loopback(&url), cases[i].is_loopback);
        url_clear(&url);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rest_start__sends__what_was_asked),
        cmocka_unit_test(rest_start__reuses__the_connection),
        cmocka_unit_test(rest_answer__reads__retry_after_in_both_forms),
        cmocka_unit_test(rest_answer__is_none__when_the_connection_fails),
        cmocka_unit_test(rest_answer__is_none__after_the_time_limit),
        cmocka_unit_test(rest_start__follows__no_redirect),
        cmocka_unit_test(rest_answer__is_none__over_the_size_limit),
        cmocka_unit_test(rest_cancel__leaves__no_callback),
        cmocka_unit_test(rest_callback__may_start__the_next_request),
        cmocka_unit_test(rest_callback__may_close__everything),
        cmocka_unit_test(rest_set_token__refuses__what_would_break_the_header),
        cmocka_unit_test(rest_curl_open__refuses__unsafe_urls),
        cmocka_unit_test(rest_curl_once__says__why_there_is_no_answer),
        cmocka_unit_test(url_parse__takes_apart__the_base_url),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
