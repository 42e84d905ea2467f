/* buf.h - a growable byte buffer with a maximum.
 *
 * Always NUL-terminated after the first write (the NUL is not counted), so
 * that `data` can be read as a string. An append that would pass the maximum
 * appends nothing and marks the buffer `overflowed`: write freely, then check
 * once. What is appended must not lie in the buffer itself: growing moves it.
 */
#ifndef HEARTH_BASE_BUF_H
#define HEARTH_BASE_BUF_H

#include "bot/base/status.h"
#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data; /* NULL until the first write */
    size_t len;
    size_t capacity;
    size_t max;
    bool overflowed;
};

void buf_init(struct buf *buf, size_t max);
void buf_clear(struct buf *buf); /* frees; may be used again with the same maximum */
void buf_wipe(struct buf *buf);  /* zeroes the bytes first: for secrets and answers */
void buf_reset(struct buf *buf); /* empties, keeps the memory */

void buf_add(struct buf *buf, const char *bytes, size_t len);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_consume(struct buf *buf, size_t len); /* drop from the front */

/* The content as a string of the caller's ("" when nothing was written); the
 * buffer is empty afterwards. */
char *buf_take(struct buf *buf);

#endif
