/* status.h - what a function that can fail returns.
 *
 * Lower layers return a status and never log; bot/ logs once, where it decides
 * what to do. A status says what the caller can do about it, not which call
 * failed: the caller knows that.
 */
#ifndef HEARTH_BASE_STATUS_H
#define HEARTH_BASE_STATUS_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

enum status {
    ST_OK = 0,
    ST_NOT_FOUND, /* the thing asked for is not there */
    ST_EXISTS,    /* it is there already; nothing was changed */
    ST_INVALID,   /* the input is malformed */
    ST_RANGE,     /* a value is outside its bounds */
    ST_TOO_BIG,   /* a named maximum of limits.h would be passed */
    ST_DENIED,    /* permissions, modes or ownership forbid it */
    ST_BUSY,      /* another process holds it */
    ST_FULL,      /* the disk is full */
    ST_IO,        /* the system refused a read or a write */
    ST_CORRUPT,   /* stored data cannot be read or does not authenticate */
    ST_NEWER,     /* stored by a newer version of Hearth */
    ST_PASSING,   /* failed for now; trying later may work */
    ST_COUNT
};

/* A short lower-case phrase ("the disk is full"); never NULL. */
const char *status_text(enum status status);

#endif
