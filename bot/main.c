/* main.c - the program: the real clock, real chance, and the rest is app.c. */
#include "bot/app.h"

int main(int argc, char **argv)
{
    const struct seams seams = {.clock = clock_system(), .random = random_system()};
    return app_main(&seams, argc, argv);
}
