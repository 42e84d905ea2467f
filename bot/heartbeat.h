/* heartbeat.h - the file by which `hearth health` sees that the bot is alive.
 *
 * One line of JSON in data_dir, replaced whole. What counts is when the last
 * update of the homeserver was handled: a process whose connection is dead is
 * not well, however busy it looks.
 */
#ifndef HEARTH_BOT_HEARTBEAT_H
#define HEARTH_BOT_HEARTBEAT_H

#include "bot/base/status.h"

#include <stdint.h>

#define HEARTBEAT_FILE "heartbeat"
#define HEARTBEAT_FRESH_MS (3 * 60 * 1000)

struct heartbeat {
    int64_t updated_utc_ms; /* the last update was handled */
    int64_t written_utc_ms;
    int64_t outbox;  /* rows waiting to be sent, -1 unknown */
    char *transport; /* "stream", "sync" or "none" */
    char *version;   /* ignored when written: it is our own */
};

enum status heartbeat_write(const char *data_dir,
                            const struct heartbeat *beat) MUST_CHECK;
/* ST_NOT_FOUND: no bot ran here yet. ST_CORRUPT: not such a file. `ret_beat` is
 * overwritten; the caller clears it. */
enum status heartbeat_read(const char *data_dir, struct heartbeat *ret_beat) MUST_CHECK;
void heartbeat_clear(struct heartbeat *beat);

#endif
