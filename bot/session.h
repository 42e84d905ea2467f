/* session.h - what `hearth login` keeps: the account's token and device.
 *
 * One file in key_dir, mode 0600. One device is used again and again, because a
 * homeserver recognises repeats of a request only from the same one (rule E2).
 */
#ifndef HEARTH_BOT_SESSION_H
#define HEARTH_BOT_SESSION_H

#include "bot/base/status.h"

#define SESSION_FILE "session"

struct session {
    char *user_id, *device_id, *access_token; /* device_id may be "" */
};

/* ST_NOT_FOUND: nobody logged in yet. ST_CORRUPT: not such a file. `ret_session`
 * is overwritten; the caller clears it. */
enum status session_read(const char *key_dir, struct session *ret_session) MUST_CHECK;
/* ST_INVALID: a field holds a line break or an outer blank. */
enum status session_write(const char *key_dir, const struct session *session) MUST_CHECK;
void session_clear(struct session *session); /* the token is wiped */

#endif
