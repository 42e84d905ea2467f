/* wire_lws.h - the websocket client on libwebsockets, a guest of a libuv loop.
 *
 * Loop thread only. Callbacks come from the loop, never from inside open, send
 * or close; a callback may call any of them, wire_lws_close included. The http
 * status of a refused handshake is always reported; redirects are not followed.
 */
#ifndef HEARTH_MATRIX_WIRE_LWS_H
#define HEARTH_MATRIX_WIRE_LWS_H

#include "bot/matrix/wire.h"
#include <uv.h>

struct wire_lws;

/* `base_url` is that of the homeserver (http -> ws, https -> wss); ST_INVALID
 * if it is not such a URL. */
enum status wire_lws_open(uv_loop_t *loop, const char *base_url, const char *ca_file,
                          bool skip_verify, struct wire_lws **ret_wire) MUST_CHECK;
struct wire wire_lws_interface(struct wire_lws *wire);
/* Ends the connection and frees the wire; the library's own handles close in
 * the loop's next turns. */
void wire_lws_close(struct wire_lws *wire);

#endif
