/* file_clock.c - see file_clock.h. */
#include "tests/file_clock.h"
#include "bot/base/buf.h"
#include "bot/base/file.h"
#include "bot/base/text.h"

#include <stdlib.h>

#define FILE_MAX 64

static void read_offset(struct file_clock *self)
{
    struct buf content;
    int64_t offset_ms;
    buf_init(&content, FILE_MAX);
    if (file_read(self->path, &content) == ST_OK && content.len > 0) {
        char *text = text_trim(content.data);
        /* A number that is being written is no number yet: keep the last one. */
        if (text_to_int(text, INT64_MIN / 4, INT64_MAX / 4, &offset_ms) == ST_OK)
            self->offset_ms = offset_ms;
        free(text);
    }
    buf_clear(&content);
    if (self->offset_ms > self->mono_offset_ms)
        self->mono_offset_ms = self->offset_ms;
}

static struct now read_moved(void *ctx)
{
    struct file_clock *self = ctx;
    if (self->path != NULL)
        read_offset(self);
    struct now now = clock_read(&self->real);
    now.utc_ms += self->offset_ms;
    now.mono_ms += self->mono_offset_ms;
    return now;
}

struct clock file_clock_init(struct file_clock *self, const char *path)
{
    *self = (struct file_clock){.real = clock_system(), .path = path};
    return (struct clock){.read = read_moved, .ctx = self};
}
