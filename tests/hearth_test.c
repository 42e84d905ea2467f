/* hearth_test.c - the program with a clock that a test can set.
 *
 * The file named by HEARTH_TEST_CLOCK holds milliseconds that are added to the
 * time; it is looked at whenever the time is asked for. Both clocks move: a
 * test that sets the clock forward wants the time in between to have passed.
 * Without the variable, or with a file that holds no number, time is as it is.
 */
#include "bot/app.h"
#include "bot/base/buf.h"
#include "bot/base/file.h"
#include "bot/base/text.h"

#include <stdlib.h>

#define FILE_MAX 64

struct test_clock {
    struct clock real;
    const char *path;
    int64_t offset_ms, mono_offset_ms; /* the latter never shrinks */
};

static void read_offset(struct test_clock *self)
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

static struct now read_clock(void *ctx)
{
    struct test_clock *self = ctx;
    if (self->path != NULL)
        read_offset(self);
    struct now now = clock_read(&self->real);
    now.utc_ms += self->offset_ms;
    now.mono_ms += self->mono_offset_ms;
    return now;
}

int main(int argc, char **argv)
{
    struct test_clock clock = {.real = clock_system(),
                               .path = getenv("HEARTH_TEST_CLOCK")};
    const struct seams seams = {.clock = {read_clock, &clock}, .random = random_system()};
    return app_main(&seams, argc, argv);
}
