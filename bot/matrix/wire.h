/* wire.h - the seam for a websocket client: connect, text messages, close.
 *
 * The real one is libwebsockets as a guest of the libuv loop (wire_lws.h). One
 * connection at a time; opening again drops the old one without a callback.
 * Messages are delivered whole, at most UPDATE_MAX. No compression is offered.
 */
#ifndef HEARTH_MATRIX_WIRE_H
#define HEARTH_MATRIX_WIRE_H

#include "bot/base/status.h"
#include <stdbool.h>
#include <stddef.h>

struct wire_events {
    void (*on_open)(void *ctx);
    void (*on_message)(void *ctx, const char *bytes, size_t len);
    /* The end of a connection or of an attempt. `http_status` is that of a
     * refused handshake or 0; `close_code` that of a close frame or 0. */
    void (*on_close)(void *ctx, int http_status, int close_code, const char *reason);
    void *ctx;
};

struct wire {
    enum status (*open)(void *ctx, const char *path, const char *token,
                        const char *subprotocol, const struct wire_events *events);
    enum status (*send)(void *ctx, const char *bytes, size_t len); /* copies */
    void (*ping)(void *ctx);  /* websocket control ping */
    void (*close)(void *ctx); /* no callback follows */
    void *ctx;
};

#endif
