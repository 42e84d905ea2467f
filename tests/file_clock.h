/* file_clock.h - a clock that a test can set through a file.
 *
 * The file holds milliseconds that are added to the time; it is looked at
 * whenever the time is asked for. Both clocks move: a test that sets the clock
 * forward wants the time in between to have passed. The monotonic clock never
 * goes back. Without a file, or with one that holds no number, time is as it is.
 */
#ifndef HEARTH_TESTS_FILE_CLOCK_H
#define HEARTH_TESTS_FILE_CLOCK_H

#include "bot/base/clock.h"

struct file_clock {
    struct clock real;
    const char *path;
    int64_t offset_ms, mono_offset_ms; /* the latter never shrinks */
};

/* `self` and `path` (NULL: no file) must outlive the clock. */
struct clock file_clock_init(struct file_clock *self, const char *path);

#endif
