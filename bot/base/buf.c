/* buf.c - a growable byte buffer with a maximum.
 *
 * Growing copies and wipes the old memory instead of calling realloc: any
 * buffer may hold an answer or a key, and buf_wipe can only reach the last
 * place the bytes were in.
 */
#include "bot/base/buf.h"

#include "bot/base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64

void buf_init(struct buf *buf, size_t max)
{
    *buf = (struct buf){.max = max};
}

void buf_clear(struct buf *buf)
{
    if (buf == NULL)
        return;
    free(buf->data);
    buf_init(buf, buf->max);
}

void buf_wipe(struct buf *buf)
{
    if (buf == NULL)
        return;
    if (buf->data)
        explicit_bzero(buf->data, buf->capacity);
    buf_clear(buf);
}

void buf_reset(struct buf *buf)
{
    buf->len = 0;
    buf->overflowed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

static void grow(struct buf *buf, size_t needed)
{
    size_t capacity = buf->capacity ? buf->capacity * 2 : FIRST_CAPACITY;
    if (capacity < needed)
        capacity = needed;
    if (capacity - 1 > buf->max)
        capacity = buf->max + 1;
    char *data = mem_resize(NULL, capacity, 1);
    if (buf->data) {
        memcpy(data, buf->data, buf->len + 1);
        explicit_bzero(buf->data, buf->capacity);
        free(buf->data);
    }
    buf->data = data;
    buf->capacity = capacity;
}

/* Make `len` bytes and a NUL fit behind the content, or mark the overflow. */
static bool make_room(struct buf *buf, size_t len)
{
    if (len > buf->max - buf->len) {
        buf->overflowed = true;
        return false;
    }
    if (buf->len + len + 1 > buf->capacity)
        grow(buf, buf->len + len + 1);
    return true;
}

void buf_add(struct buf *buf, const char *bytes, size_t len)
{
    if (!make_room(buf, len))
        return;
    if (len)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0) {
        buf->overflowed = true; /* a text of more than INT_MAX bytes */
    } else if (make_room(buf, (size_t)len)) {
        vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

void buf_consume(struct buf *buf, size_t len)
{
    if (len > buf->len)
        len = buf->len;
    if (len == 0)
        return;
    buf->len -= len;
    memmove(buf->data, buf->data + len, buf->len + 1);
}

char *buf_take(struct buf *buf)
{
    char *data = buf->data ? buf->data : mem_dup("");
    buf_init(buf, buf->max);
    return data;
}
