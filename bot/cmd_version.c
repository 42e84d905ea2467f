/* cmd_version.c - `hearth version`. */
#include "bot/cmd.h"

#include <stdio.h>

static int run(const struct seams *seams, int argc, char **argv)
{
    (void)seams;
    (void)argv;
    if (argc > 1)
        return cmd_usage(&subcommand_version);
    printf("hearth %s\n", HEARTH_VERSION);
    return EXIT_FINE;
}

const struct subcommand subcommand_version = {
    .name = "version",
    .usage = "version",
    .summary = "which Hearth this is",
    .help = "Prints the name and version of this program.\n",
    .run = run,
};
