/* hearth_test.c - the program with a clock that a test can set (file_clock.h):
 * HEARTH_TEST_CLOCK names its file. The shipped program has no such door.
 */
#include "bot/app.h"
#include "tests/file_clock.h"

#include <stdlib.h>

int main(int argc, char **argv)
{
    struct file_clock clock;
    const struct seams seams = {.clock =
                                    file_clock_init(&clock, getenv("HEARTH_TEST_CLOCK")),
                                .random = random_system()};
    return app_main(&seams, argc, argv);
}
