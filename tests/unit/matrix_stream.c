/* matrix_stream.c - the client stream over a fake wire. */
#include "tests/unit/matrix_transport.h"

/* A wire that keeps what was sent. */
struct fake_wire {
    bool is_open, refuses_open, refuses_send;
    struct wire_events events;
    char *path, *token, *subprotocol;
    struct strv sent;
    int opened, closed;
};

static void set(char **field, const char *value)
{
    free(*field);
    *field = mem_dup(value);
}

static enum status fake_open(void *ctx, const char *path, const char *token,
                             const char *subprotocol, const struct wire_events *events)
{
    struct fake_wire *fake = ctx;
    fake->opened++;
    set(&fake->path, path);
    set(&fake->token, token);
    set(&fake->subprotocol, subprotocol);
    if (fake->refuses_open)
        return ST_IO;
    fake->is_open = true;
    fake->events = *events;
    return ST_OK;
}

static enum status fake_send(void *ctx, const char *bytes, size_t len)
{
    struct fake_wire *fake = ctx;
    assert_true(fake->is_open);
    if (fake->refuses_send)
        return ST_IO;
    strv_add_take(&fake->sent, mem_dup_len(bytes, len));
    return ST_OK;
}

static void fake_ping(void *ctx)
{
    (void)ctx;
}

static void fake_close(void *ctx)
{
    struct fake_wire *fake = ctx;
    assert_true(fake->is_open);
    fake->is_open = false;
    fake->closed++;
}

struct stream_fixture {
    struct link link;
    struct fake_wire wire;
    struct stream_transport *stream;
};

static struct transport *stream_begin(struct stream_fixture *f, bool is_legacy)
{
    memset(f, 0, sizeof *f);
    struct wire wire = {.open = fake_open,
                        .send = fake_send,
                        .ping = fake_ping,
                        .close = fake_close,
                        .ctx = &f->wire};
    struct transport_events events = events_of(&f->link);
    struct stream_config config = {.token = "secret", .is_legacy = is_legacy};
    f->stream = stream_transport_new(&wire, &events, &config);
    f->link.transport = stream_transport_interface(f->stream);
    return &f->link.transport;
}

static void stream_end(struct stream_fixture *f)
{
    stream_transport_free(f->stream);
    assert_false(f->wire.is_open);
    strv_clear(&f->wire.sent);
    free(f->wire.path);
    free(f->wire.token);
    free(f->wire.subprotocol);
}

static void say(struct stream_fixture *f, const char *frame)
{
    f->wire.events.on_message(f->wire.events.ctx, frame, strlen(frame));
}

static void end_wire(struct stream_fixture *f, int http_status, int close_code,
                     const char *reason)
{
    f->wire.is_open = false;
    f->wire.events.on_close(f->wire.events.ctx, http_status, close_code, reason);
}

static int64_t tick_at(struct transport *t, int64_t mono_ms)
{
    return t->tick(t->ctx, (struct now){.mono_ms = mono_ms});
}

static void stream_transport__acks__only_what_was_committed(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, false);
    t->start(t->ctx, 4, "s0");
    assert_non_null(strstr(f.wire.path, "org.hearthbot.stream/v1?since=s0&filter="));
    assert_null(strstr(f.wire.path, "secret"));
    assert_string_equal(f.wire.token, "secret");
    assert_string_equal(f.wire.subprotocol, "org.hearthbot.stream.v1");
    f.wire.events.on_open(f.wire.events.ctx);
    assert_int_equal(f.wire.sent.count, 1);
    assert_string_equal(f.wire.sent.items[0],
                        "{\"id\":\"ack-0\",\"method\":\"ack\",\"params\":{\"next_batch\":"
                        "\"s0\"}}");
    say(&f, "{\"id\":\"ack-0\",\"result\":{}}");
    assert_int_equal(f.link.update_count, 0);
    say(&f, "{\"next_batch\":\"s1\",\"rooms\":{}}");
    assert_int_equal(f.link.update_count, 1);
    assert_int_equal(f.link.generation, 4);
    assert_int_equal(f.wire.sent.count, 1);
    t->ack(t->ctx, "s1");
    assert_int_equal(f.wire.sent.count, 2);
    assert_non_null(strstr(f.wire.sent.items[1], "\"next_batch\":\"s1\""));
    stream_end(&f);
    assert_int_equal(f.link.down_count, 0);
}

static void stream_transport__announces__that_it_has_no_token(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, false);
    t->start(t->ctx, 1, NULL);
    f.wire.events.on_open(f.wire.events.ctx);
    assert_non_null(strstr(f.wire.sent.items[0], "{\"next_batch\":null}"));
    stream_end(&f);
}

static void stream_transport__speaks_the_draft__when_legacy(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, true);
    t->start(t->ctx, 1, "s");
    assert_non_null(strstr(f.wire.path, "/stream?since=s&filter="));
    assert_non_null(strstr(f.wire.path, "&access_token=secret"));
    assert_null(f.wire.token);
    assert_string_equal(f.wire.subprotocol, "m.json");
    f.wire.events.on_open(f.wire.events.ctx);
    say(&f, "{\"next_batch\":\"s1\"}");
    t->ack(t->ctx, "s1");
    assert_int_equal(f.link.update_count, 1);
    assert_int_equal(f.wire.sent.count, 0);
    stream_end(&f);
}

static void stream_transport__says_why__the_handshake_failed(void **state)
{
    (void)state;
    static const struct {
        int http_status;
        enum down_reason first, later;
    } cases[] = {
        {401, DOWN_TOKEN, DOWN_TOKEN},     {404, DOWN_REFUSED, DOWN_REFUSED},
        {400, DOWN_REFUSED, DOWN_REFUSED}, {426, DOWN_REFUSED, DOWN_REFUSED},
        {405, DOWN_REFUSED, DOWN_REFUSED}, {501, DOWN_REFUSED, DOWN_REFUSED},
        {403, DOWN_REFUSED, DOWN_PASSING}, {502, DOWN_REFUSED, DOWN_PASSING},
        {200, DOWN_REFUSED, DOWN_PASSING}, {0, DOWN_REFUSED, DOWN_PASSING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stream_fixture f;
        struct transport *t = stream_begin(&f, false);
        t->start(t->ctx, 1, "s");
        end_wire(&f, cases[i].http_status, 0, NULL);
        assert_int_equal(f.link.reason, cases[i].first);
        t->start(t->ctx, 2, "s");
        f.wire.events.on_open(f.wire.events.ctx);
        end_wire(&f, 0, 1006, "gone");
        assert_int_equal(f.link.reason, DOWN_PASSING);
        t->start(t->ctx, 3, "s");
        end_wire(&f, cases[i].http_status, 0, "x");
        assert_int_equal(f.link.reason, cases[i].later);
        assert_int_equal(f.link.down_count, 3);
        stream_end(&f);
    }
}

static void stream_transport__says_why__it_was_closed(void **state)
{
    (void)state;
    static const struct {
        int close_code;
        const char *reason;
        enum down_reason expected;
    } cases[] = {
        {4401, "M_UNKNOWN_TOKEN", DOWN_TOKEN},
        {4001, "replaced", DOWN_REPLACED},
        {4400, "bad frame", DOWN_PASSING},
        {4429, "too many", DOWN_PASSING},
        {1011, "upstream", DOWN_PASSING},
        {1012, NULL, DOWN_PASSING},
        {1001, "", DOWN_PASSING},
        {0, NULL, DOWN_PASSING},
        {1011, "M_UNKNOWN", DOWN_SINCE},
        {4400, "M_INVALID_PARAM", DOWN_SINCE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stream_fixture f;
        struct transport *t = stream_begin(&f, false);
        t->start(t->ctx, 9, "s");
        f.wire.events.on_open(f.wire.events.ctx);
        end_wire(&f, 0, cases[i].close_code, cases[i].reason);
        assert_int_equal(f.link.down_count, 1);
        assert_int_equal(f.link.generation, 9);
        assert_int_equal(f.link.reason, cases[i].expected);
        assert_int_equal(f.link.retry_after_ms, -1);
        stream_end(&f);
    }
}

static void stream_transport__goes_down__on_a_frame_that_is_none(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    "hello", "[1]", "{", "{\"a\":\"\xff\"}",
                                      "null"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct stream_fixture f;
        struct transport *t = stream_begin(&f, false);
        t->start(t->ctx, 1, "s");
        f.wire.events.on_open(f.wire.events.ctx);
        say(&f, bad[i]);
        assert_int_equal(f.link.down_count, 1);
        assert_int_equal(f.link.reason, DOWN_PASSING);
        assert_int_equal(f.wire.closed, 1);
        say(&f, "{\"next_batch\":\"late\"}");
        assert_int_equal(f.link.update_count, 0);
        stream_end(&f);
    }
}

static void stream_transport__pings__then_gives_up_in_silence(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, false);
    t->start(t->ctx, 1, "s");
    assert_int_equal(tick_at(t, 1000), 61000);
    f.wire.events.on_open(f.wire.events.ctx);
    assert_int_equal(tick_at(t, 2000), 12000);
    tick_at(t, 31999);
    assert_int_equal(f.wire.sent.count, 1);
    tick_at(t, 32000);
    assert_int_equal(f.wire.sent.count, 2);
    assert_non_null(strstr(f.wire.sent.items[1], "\"method\":\"ping\""));
    tick_at(t, 40000);
    assert_int_equal(f.wire.sent.count, 2);
    say(&f, "{\"id\":\"ping-1\",\"result\":{}}");
    tick_at(t, 45000);
    tick_at(t, 74999);
    assert_int_equal(f.wire.sent.count, 2);
    tick_at(t, 75000);
    assert_int_equal(f.wire.sent.count, 3);
    tick_at(t, 104999);
    assert_int_equal(f.link.down_count, 0);
    assert_int_equal(tick_at(t, 105000), INT64_MAX);
    assert_int_equal(f.link.down_count, 1);
    assert_int_equal(f.link.reason, DOWN_PASSING);
    assert_int_equal(f.wire.closed, 1);
    stream_end(&f);
}

static void stream_transport__gives_up__a_handshake_that_hangs(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, false);
    t->start(t->ctx, 1, "s");
    tick_at(t, 5000);
    tick_at(t, 64999);
    assert_int_equal(f.link.down_count, 0);
    assert_int_equal(tick_at(t, 65000), INT64_MAX);
    assert_int_equal(f.link.reason, DOWN_REFUSED);
    stream_end(&f);
}

static void stream_transport__waits_for_the_tick__when_it_cannot_begin(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, false);
    f.wire.refuses_open = true;
    t->start(t->ctx, 1, "s");
    assert_int_equal(f.link.down_count, 0);
    assert_int_equal(tick_at(t, 1), INT64_MAX);
    assert_int_equal(f.link.down_count, 1);
    assert_int_equal(tick_at(t, 2), INT64_MAX);
    assert_int_equal(f.link.down_count, 1);
    stream_end(&f);
}

static void stream_transport__goes_down__when_an_ack_cannot_be_sent(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, false);
    t->start(t->ctx, 1, "s");
    f.wire.events.on_open(f.wire.events.ctx);
    f.wire.refuses_send = true;
    t->ack(t->ctx, "s1");
    assert_int_equal(f.link.down_count, 0);
    tick_at(t, 1);
    assert_int_equal(f.link.down_count, 1);
    assert_int_equal(f.link.reason, DOWN_PASSING);
    stream_end(&f);
}

static void stream_transport__starts_anew__with_each_generation(void **state)
{
    (void)state;
    struct stream_fixture f;
    struct transport *t = stream_begin(&f, false);
    t->start(t->ctx, 1, "a");
    f.wire.events.on_open(f.wire.events.ctx);
    t->start(t->ctx, 2, "b");
    assert_int_equal(f.wire.closed, 1);
    say(&f, "{\"next_batch\":\"old\"}");
    assert_int_equal(f.link.update_count, 0);
    t->ack(t->ctx, "old");
    assert_int_equal(f.wire.sent.count, 1);
    f.wire.events.on_open(f.wire.events.ctx);
    say(&f, "{\"next_batch\":\"new\"}");
    assert_int_equal(f.link.generation, 2);
    f.link.restart_at_once = "c";
    end_wire(&f, 0, 1012, "restarting");
    assert_int_equal(f.wire.opened, 3);
    assert_non_null(strstr(f.wire.path, "since=c"));
    t->stop(t->ctx);
    t->stop(t->ctx);
    assert_int_equal(f.link.down_count, 1);
    assert_int_equal(tick_at(t, 1), INT64_MAX);
    stream_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stream_transport__acks__only_what_was_committed),
        cmocka_unit_test(stream_transport__announces__that_it_has_no_token),
        cmocka_unit_test(stream_transport__speaks_the_draft__when_legacy),
        cmocka_unit_test(stream_transport__says_why__the_handshake_failed),
        cmocka_unit_test(stream_transport__says_why__it_was_closed),
        cmocka_unit_test(stream_transport__goes_down__on_a_frame_that_is_none),
        cmocka_unit_test(stream_transport__pings__then_gives_up_in_silence),
        cmocka_unit_test(stream_transport__gives_up__a_handshake_that_hangs),
        cmocka_unit_test(stream_transport__waits_for_the_tick__when_it_cannot_begin),
        cmocka_unit_test(stream_transport__goes_down__when_an_ack_cannot_be_sent),
        cmocka_unit_test(stream_transport__starts_anew__with_each_generation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
