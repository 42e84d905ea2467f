/* clock.h - the seam for time. Nothing else asks the system for it.
 *
 * Wall time is UTC milliseconds since 1970; durations come from the monotonic
 * clock. Both are read once per turn and passed down as `now`.
 */
#ifndef HEARTH_BASE_CLOCK_H
#define HEARTH_BASE_CLOCK_H

#include <stdint.h>

struct now {
    int64_t utc_ms;  /* wall clock */
    int64_t mono_ms; /* for durations; starts anywhere, never goes back */
};

struct clock {
    struct now (*read)(void *ctx);
    void *ctx;
};

struct clock clock_system(void);
struct now clock_read(const struct clock *clock);

#endif
