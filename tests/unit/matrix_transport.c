/* matrix_transport.c - long-polling /sync over a fake REST. */
#include "tests/unit/matrix_transport.h"

/* A REST that keeps the one request under way. */
struct fake_rest {
    uint64_t last_id, open_id;
    char *path;
    int64_t timeout_ms;
    rest_done done;
    void *done_ctx;
    int started, cancelled;
};

static uint64_t fake_start(void *ctx, const struct rest_request *request, rest_done done,
                           void *done_ctx)
{
    struct fake_rest *fake = ctx;
    assert_int_equal(fake->open_id, 0);
    assert_string_equal(request->method, "GET");
    free(fake->path);
    fake->path = mem_dup(request->path);
    fake->timeout_ms = request->timeout_ms;
    fake->done = done;
    fake->done_ctx = done_ctx;
    fake->started++;
    return fake->open_id = ++fake->last_id;
}

static void fake_cancel(void *ctx, uint64_t id)
{
    struct fake_rest *fake = ctx;
    assert_int_equal(id, fake->open_id);
    fake->open_id = 0;
    fake->cancelled++;
}

static void answer_with(struct fake_rest *fake, struct rest_answer answer)
{
    assert_int_not_equal(fake->open_id, 0);
    fake->open_id = 0;
    answer.body_len = strlen(answer.body);
    fake->done(fake->done_ctx, &answer);
}

static void answer(struct fake_rest *fake, int http_status, const char *body)
{
    answer_with(fake, (struct rest_answer){.http_status = http_status,
                                           .body = body,
                                           .retry_after_ms = -1,
                                           .date_utc_ms = -1});
}

struct sync_fixture {
    struct link link;
    struct fake_rest rest;
    struct sync_transport *sync;
};

static struct transport *sync_begin(struct sync_fixture *f)
{
    memset(f, 0, sizeof *f);
    struct rest rest = {.start = fake_start, .cancel = fake_cancel, .ctx = &f->rest};
    struct transport_events events = events_of(&f->link);
    f->sync = sync_transport_new(&rest, &events, 25000);
    f->link.transport = sync_transport_interface(f->sync);
    return &f->link.transport;
}

static void sync_end(struct sync_fixture *f)
{
    sync_transport_free(f->sync);
    assert_int_equal(f->rest.open_id, 0);
    free(f->rest.path);
}

static void sync_transport__asks_again__only_after_the_ack(void **state)
{
    (void)state;
    struct sync_fixture f;
    struct transport *t = sync_begin(&f);
    t->start(t->ctx, 7, "s0");
    assert_non_null(strstr(f.rest.path, "/sync?timeout=0&"));
    assert_non_null(strstr(f.rest.path, "since=s0"));
    assert_int_equal(f.rest.timeout_ms, 55000);
    answer(&f.rest, 200, "{\"next_batch\":\"s1\"}");
    assert_int_equal(f.link.update_count, 1);
    assert_int_equal(f.link.generation, 7);
    assert_string_equal(f.link.last_update, "{\"next_batch\":\"s1\"}");
    assert_int_equal(f.rest.started, 1);
    t->ack(t->ctx, "s1");
    assert_int_equal(f.rest.started, 2);
    assert_non_null(strstr(f.rest.path, "timeout=25000"));
    assert_non_null(strstr(f.rest.path, "since=s1"));
    t->ack(t->ctx, "s1");
    assert_int_equal(f.rest.started, 2);
    sync_end(&f);
}

static void sync_transport__goes_on__when_acked_inside_the_update(void **state)
{
    (void)state;
    struct sync_fixture f;
    struct transport *t = sync_begin(&f);
    f.link.ack_at_once = "s1";
    t->start(t->ctx, 1, NULL);
    assert_null(strstr(f.rest.path, "since="));
    assert_true(f.rest.timeout_ms > 60000);
    answer(&f.rest, 200, "{\"next_batch\":\"s1\"}");
    assert_non_null(strstr(f.rest.path, "since=s1"));
    answer(&f.rest, 200, "{\"next_batch\":\"s1\"}");
    assert_int_equal(f.link.update_count, 2);
    sync_end(&f);
}

static void sync_transport__says_why__it_went_down(void **state)
{
    (void)state;
    static const struct {
        int http_status;
        const char *body, *since;
        enum down_reason reason;
        int64_t retry_after_ms;
    } cases[] = {
        {0, "", "s", DOWN_PASSING, -1},
        {401, "{\"errcode\":\"M_UNKNOWN_TOKEN\"}", "s", DOWN_TOKEN, -1},
        {401, "{\"errcode\":\"M_MISSING_TOKEN\"}", NULL, DOWN_TOKEN, -1},
        {401, "<html>", "s", DOWN_PASSING, -1},
        {400, "{\"errcode\":\"M_UNKNOWN\"}", "s", DOWN_SINCE, -1},
        {400, "{\"errcode\":\"M_INVALID_PARAM\"}", "s", DOWN_SINCE, -1},
        {400, "{\"errcode\":\"M_UNKNOWN\"}", NULL, DOWN_PASSING, -1},
        {400, "<html>", "s", DOWN_PASSING, -1},
        {429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":900}", "s",
         DOWN_PASSING, 900},
        {502, "<html>", "s", DOWN_PASSING, -1},
        {403, "{\"errcode\":\"M_FORBIDDEN\"}", "s", DOWN_PASSING, -1},
        {200, "<html>", "s", DOWN_PASSING, -1},
        {200, "{\"rooms\":{}}", "s", DOWN_PASSING, -1},
        {200, "", "s", DOWN_PASSING, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sync_fixture f;
        struct transport *t = sync_begin(&f);
        t->start(t->ctx, 3, cases[i].since);
        answer(&f.rest, cases[i].http_status, cases[i].body);
        assert_int_equal(f.link.down_count, 1);
        assert_int_equal(f.link.reason, cases[i].reason);
        assert_int_equal(f.link.retry_after_ms, cases[i].retry_after_ms);
        assert_int_equal(f.link.generation, 3);
        assert_int_equal(f.link.update_count, 0);
        assert_int_equal(f.rest.started, 1);
        sync_end(&f);
    }
}

static void sync_transport__prefers__the_retry_after_header(void **state)
{
    (void)state;
    struct sync_fixture f;
    struct transport *t = sync_begin(&f);
    t->start(t->ctx, 1, "s");
    answer_with(&f.rest,
                (struct rest_answer){.http_status = 429,
                                     .body = "{\"errcode\":\"M_X\",\"retry_after_ms\":5}",
                                     .retry_after_ms = 7000});
    assert_int_equal(f.link.retry_after_ms, 7000);
    sync_end(&f);
}

static void sync_transport__drops_the_request__when_stopped_or_restarted(void **state)
{
    (void)state;
    struct sync_fixture f;
    struct transport *t = sync_begin(&f);
    t->start(t->ctx, 1, "a");
    t->start(t->ctx, 2, "b");
    assert_int_equal(f.rest.cancelled, 1);
    answer(&f.rest, 200, "{\"next_batch\":\"c\"}");
    assert_int_equal(f.link.generation, 2);
    t->stop(t->ctx);
    t->ack(t->ctx, "c");
    assert_int_equal(f.rest.started, 2);
    f.link.restart_at_once = "r";
    t->start(t->ctx, 3, "c");
    answer(&f.rest, 500, "");
    assert_non_null(strstr(f.rest.path, "since=r"));
    assert_int_equal(t->tick(t->ctx, (struct now){0}), INT64_MAX);
    sync_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sync_transport__asks_again__only_after_the_ack),
        cmocka_unit_test(sync_transport__goes_on__when_acked_inside_the_update),
        cmocka_unit_test(sync_transport__says_why__it_went_down),
        cmocka_unit_test(sync_transport__prefers__the_retry_after_header),
        cmocka_unit_test(sync_transport__drops_the_request__when_stopped_or_restarted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
