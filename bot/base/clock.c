/* clock.c - the system's clocks behind the seam of clock.h. */
#include "bot/base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec time = {0};
    clock_gettime(id, &time); /* cannot fail for the two clocks we name */
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static struct now read_system(void *ctx)
{
    (void)ctx;
    return (struct now){.utc_ms = read_ms(CLOCK_REALTIME),
                        .mono_ms = read_ms(CLOCK_MONOTONIC)};
}

struct clock clock_system(void)
{
    return (struct clock){.read = read_system, .ctx = NULL};
}

struct now clock_read(const struct clock *clock)
{
    return clock->read(clock->ctx);
}
