/* matrix_transport.h - the link that the tests of both transports report to. */
#ifndef HEARTH_TESTS_UNIT_MATRIX_TRANSPORT_H
#define HEARTH_TESTS_UNIT_MATRIX_TRANSPORT_H

#include "bot/matrix/transport.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* What the transport told the link, and how the link reacts. */
struct link {
    struct transport transport;
    int update_count, down_count;
    uint64_t generation;
    char last_update[128], detail[256];
    enum down_reason reason;
    int64_t retry_after_ms;
    const char *ack_at_once, *restart_at_once;
};

static void on_update(void *ctx, uint64_t generation, const char *bytes, size_t len)
{
    struct link *link = ctx;
    link->update_count++;
    link->generation = generation;
    assert_true(len < sizeof link->last_update);
    memcpy(link->last_update, bytes, len);
    link->last_update[len] = '\0';
    if (link->ack_at_once)
        link->transport.ack(link->transport.ctx, link->ack_at_once);
}

static void on_down(void *ctx, uint64_t generation, enum down_reason reason,
                    int64_t retry_after_ms, const char *detail)
{
    struct link *link = ctx;
    link->down_count++;
    link->generation = generation;
    link->reason = reason;
    link->retry_after_ms = retry_after_ms;
    assert_non_null(detail);
    strncpy(link->detail, detail, sizeof link->detail - 1);
    if (link->restart_at_once)
        link->transport.start(link->transport.ctx, generation + 1, link->restart_at_once);
}

static struct transport_events events_of(struct link *link)
{
    return (struct transport_events){
        .on_update = on_update, .on_down = on_down, .ctx = link};
}

#endif
