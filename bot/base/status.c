/* status.c - the phrases of status.h, one a code. */
#include "bot/base/status.h"

#include <stddef.h>

static const char *const phrases[ST_COUNT] = {
    [ST_OK] = "done",
    [ST_NOT_FOUND] = "not found",
    [ST_EXISTS] = "it is there already",
    [ST_INVALID] = "malformed",
    [ST_RANGE] = "outside its bounds",
    [ST_TOO_BIG] = "too big",
    [ST_DENIED] = "permission denied",
    [ST_BUSY] = "in use by another process",
    [ST_FULL] = "the disk is full",
    [ST_IO] = "reading or writing failed",
    [ST_CORRUPT] = "stored data is damaged",
    [ST_NEWER] = "stored by a newer version of Hearth",
    [ST_PASSING] = "failed for now",
};

const char *status_text(enum status status)
{
    if ((unsigned)status >= ST_COUNT || phrases[status] == NULL)
        return "unknown status";
    return phrases[status];
}
