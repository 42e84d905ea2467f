/* hs_shell.h - the embedded homeserver on a socket: HTTP and websockets.
 *
 * A libwebsockets server as a guest of a libuv loop, around the pure core of
 * hs.h. Requests that have to wait are parked and asked again when hs_version()
 * changed or time passed. Plain HTTP, meant for loopback. Loop thread only.
 */
#ifndef HEARTH_DEMO_HS_SHELL_H
#define HEARTH_DEMO_HS_SHELL_H

#include "bot/base/clock.h"
#include "bot/demo/hs.h"
#include <uv.h>

struct hs_shell;

/* Listen on `bind_address` ("127.0.0.1"), `port` 0 for any free one. `hs` and
 * `clock` are borrowed until hs_shell_stop is done. NULL with `ret_status`
 * ST_BUSY when the port is in use, ST_IO when the system refuses otherwise. */
struct hs_shell *hs_shell_start(uv_loop_t *loop, struct hs *hs, const struct clock *clock,
                                const char *bind_address, int port,
                                enum status *ret_status) MUST_CHECK;
int hs_shell_port(const struct hs_shell *shell);

/* Tell the streams (1012), close everything, free the shell, then call `done`
 * (from the loop; may be NULL). The loop must go on running until then. */
void hs_shell_stop(struct hs_shell *shell, void (*done)(void *ctx), void *ctx);

/* For test drivers in other processes: with this secret, in the header
 * X-Hearth-Admin or as ?secret=,
 *   POST /_hearth/fault {"kind":"status","method":…,"path_part":…,"user_id":…,
 *     "status":…,"retry_after_ms":…,"delay_ms":…,"limit":…,"after":…,"times":…}
 *     or {"clear":true}; kinds: status, lose_answer, slow, limited, duplicate,
 *     reorder, drop_stream, forget_txns; `times` defaults to 1
 *   POST /_hearth/clock {"advance_ms":N}: the homeserver's time goes on by N
 * Without it these paths do not exist. The secret is copied. */
void hs_shell_allow_admin(struct hs_shell *shell, const char *secret);

#endif
