/* file_clock.h - a clock that a file moves: the wall clock plus an offset.
 *
 * The file holds one number, milliseconds to add; it is read again whenever it
 * was replaced. The monotonic clock stays the system's, as when somebody sets
 * the clock of a real machine.
 */
#ifndef HEARTH_TESTS_FILE_CLOCK_H
#define HEARTH_TESTS_FILE_CLOCK_H

#include "bot/base/clock.h"
#include <sys/types.h>
#include <time.h>

struct file_clock {
    const char *path; /* NULL: no offset */
    struct clock system;
    ino_t inode;
    struct timespec changed;
    int64_t offset_ms;
};

/* `self` and `path` must outlive the clock. */
struct clock file_clock_init(struct file_clock *self, const char *path);

#endif
