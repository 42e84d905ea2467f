/* cmd.h - what the subcommands share: options, the config, a word to the user. */
#ifndef HEARTH_BOT_CMD_H
#define HEARTH_BOT_CMD_H

#include "bot/app.h"
#include "bot/config.h"
#include "commands/match.h"

extern const struct subcommand subcommand_run, subcommand_demo, subcommand_check,
    subcommand_ask, subcommand_faq_eval, subcommand_login, subcommand_health,
    subcommand_version, subcommand_when;

/* The FILE of a subcommand that takes `-c FILE` and nothing else; NULL: those are
 * not the words. */
const char *cmd_config_option(int argc, char **argv);

/* Say how the subcommand is called, on stderr; EXIT_USAGE. */
int cmd_usage(const struct subcommand *subcommand);

/* Load a config (NULL: the built-in example) and print its problems to stderr.
 * EXIT_FINE: `ret_settings` is the caller's. EXIT_USAGE: it has errors. */
int cmd_load_config(const struct seams *seams, const char *path, enum config_scope scope,
                    struct settings **ret_settings) MUST_CHECK;

/* A decision as `ask` and `faq-eval` print it: an id, SUGGEST, NONE, CRISIS, URGENT. */
const char *cmd_decision_name(const struct settings *settings, const struct match *match);

int32_t cmd_today(const struct seams *seams); /* the UTC day */

#endif
