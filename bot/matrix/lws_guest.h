/* lws_guest.h - a libwebsockets context as a guest of a libuv loop, and its end.
 *
 * Ending one takes several turns of the loop: version 4.1 closes its handles in
 * two rounds and frees the rest only when it is asked a second time. It also
 * closes the descriptor that wakes it twice, the second time when the loop
 * closes handles: whatever was opened in between would be closed with it. So
 * the first round is begun right before the loop closes handles.
 */
#ifndef HEARTH_MATRIX_LWS_GUEST_H
#define HEARTH_MATRIX_LWS_GUEST_H

#include <libwebsockets.h>
#include <uv.h>

struct lws_guest;

/* `info` without loop, context pointer and user ids, which are set here. NULL
 * when libwebsockets cannot make a context. */
struct lws_guest *lws_guest_open(uv_loop_t *loop, struct lws_context_creation_info *info);
struct lws_context *lws_guest_context(const struct lws_guest *guest);
/* Frees itself when the loop has closed everything, then calls `on_closed` (may
 * be NULL); a NULL guest is closed already. May be called from inside a callback
 * of the context. */
void lws_guest_close(struct lws_guest *guest, void (*on_closed)(void *ctx), void *ctx);

#endif
