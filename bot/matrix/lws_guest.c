/* lws_guest.c - see the header for why ending a context is not one call. */
#include "bot/matrix/lws_guest.h"

#include "bot/base/mem.h"

#include <stdbool.h>
#include <stdlib.h>

#define QUIET_TURNS 3 /* turns without a closing handle before the rest is freed */

struct lws_guest {
    uv_loop_t *loop;
    struct lws_context *context; /* the library sets it to NULL when it is gone */
    uv_check_t check;            /* runs right before handles are closed */
    uv_idle_t idle;              /* keeps the loop turning until then */
    int handle_count;
    int quiet_turns;
    bool is_ending;
    void (*on_closed)(void *ctx);
    void *on_closed_ctx;
};

struct lws_guest *lws_guest_open(uv_loop_t *loop, struct lws_context_creation_info *info)
{
    void *loops[] = {loop};
    struct lws_guest *guest = mem_alloc(sizeof *guest);
    guest->loop = loop;
    info->options |= LWS_SERVER_OPTION_LIBUV;
    info->foreign_loops = loops;
    info->pcontext = &guest->context;
    info->gid = info->uid = -1;
    guest->context = lws_create_context(info);
    if (!guest->context) {
        free(guest);
        return NULL;
    }
    /* A context that ends before it was used would keep its TLS part. */
    (void)lws_protocol_init(guest->context);
    return guest;
}

struct lws_context *lws_guest_context(const struct lws_guest *guest)
{
    return guest->context;
}

static void release(uv_handle_t *handle)
{
    struct lws_guest *guest = handle->data;
    if (--guest->handle_count > 0)
        return;
    if (guest->on_closed)
        guest->on_closed(guest->on_closed_ctx);
    free(guest);
}

static void count_closing(uv_handle_t *handle, void *ctx)
{
    *(int *)ctx += uv_is_closing(handle);
}

static void end_round(uv_check_t *check)
{
    struct lws_guest *guest = check->data;
    int closing = 0;

    if (!guest->is_ending) {
        guest->is_ending = true;
        lws_context_destroy(guest->context);
        return;
    }
    uv_walk(guest->loop, count_closing, &closing);
    guest->quiet_turns = closing > 0 ? 0 : guest->quiet_turns + 1;
    if (guest->quiet_turns < QUIET_TURNS)
        return;
    lws_context_destroy(guest->context);
    uv_close((uv_handle_t *)&guest->check, release);
    uv_close((uv_handle_t *)&guest->idle, release);
}

static void turn(uv_idle_t *idle)
{
    (void)idle;
}

void lws_guest_close(struct lws_guest *guest, void (*on_closed)(void *ctx), void *ctx)
{
    if (!guest) {
        if (on_closed)
            on_closed(ctx);
        return;
    }
    guest->on_closed = on_closed;
    guest->on_closed_ctx = ctx;
    uv_check_init(guest->loop, &guest->check);
    uv_idle_init(guest->loop, &guest->idle);
    guest->check.data = guest->idle.data = guest;
    guest->handle_count = 2;
    uv_check_start(&guest->check, end_round);
    uv_idle_start(&guest->idle, turn);
}
