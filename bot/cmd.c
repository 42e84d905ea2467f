/* cmd.c - what the subcommands share. */
#include "bot/cmd.h"

#include <stdio.h>
#include <string.h>

const char *cmd_config_option(int argc, char **argv)
{
    return argc == 3 && strcmp(argv[1], "-c") == 0 ? argv[2] : NULL;
}

int cmd_usage(const struct subcommand *subcommand)
{
    fprintf(stderr, "usage: hearth %s\n`hearth %s --help` tells more.\n",
            subcommand->usage, subcommand->name);
    return EXIT_USAGE;
}

int32_t cmd_today(const struct seams *seams)
{
    return day_of_utc(clock_read(&seams->clock).utc_ms);
}

const char *cmd_decision_name(const struct settings *settings, const struct match *match)
{
    switch (match->decision) {
    case DECIDE_ANSWER:
        return settings->faqs[match->ranked[0].faq].id;
    case DECIDE_SUGGEST:
        return "SUGGEST";
    case DECIDE_CRISIS:
        return "CRISIS";
    case DECIDE_URGENT:
        return "URGENT";
    case DECIDE_NONE:
        break;
    }
    return "NONE";
}

int cmd_load_config(const struct seams *seams, const char *path, enum config_scope scope,
                    struct settings **ret_settings)
{
    struct config_problems problems;
    struct buf text;
    enum status status =
        config_load(path, scope, cmd_today(seams), ret_settings, &problems);
    buf_init(&text, SIZE_MAX);
    config_problems_print(&problems, &text);
    if (text.len > 0)
        fputs(text.data, stderr);
    if (status && path != NULL)
        fprintf(stderr, "hearth: mend this first; `hearth check -c %s` looks again\n",
                path);
    buf_clear(&text);
    config_problems_clear(&problems);
    return status ? EXIT_USAGE : EXIT_FINE;
}
