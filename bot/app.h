/* app.h - subcommands and the seams they run on.
 *
 * main() and the test program differ only in the clock they pass; no
 * configuration can reach the seams.
 */
#ifndef HEARTH_BOT_APP_H
#define HEARTH_BOT_APP_H

#include "bot/base/clock.h"
#include "bot/base/random.h"

struct seams {
    struct clock clock;
    struct random random;
};

/* Exit codes of every subcommand. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_UNHEALTHY = 1, /* health: not fresh; ask: nothing found is still 0 */
    EXIT_USAGE = 2,     /* wrong words, or a config with errors */
    EXIT_BUSY = 3,      /* another Hearth holds data_dir, or a port is in use */
    EXIT_ACCOUNT = 4,   /* the homeserver does not accept the account or token */
    EXIT_STORE = 5,     /* the store cannot be used; it was left unharmed */
    EXIT_FAILED = 6     /* anything else, said on stderr */
};

struct subcommand {
    const char *name;
    const char *usage;   /* "run -c FILE" */
    const char *summary; /* one line */
    const char *help;    /* paragraph for --help */
    int (*run)(const struct seams *seams, int argc,
               char **argv); /* argv[0] is its name */
};

extern const struct subcommand *const subcommand_table[]; /* ends with NULL */

int app_main(const struct seams *seams, int argc, char **argv);

#endif
