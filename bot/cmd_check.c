/* cmd_check.c - `hearth check`: every problem of a config, all at once. */
#include "bot/cmd.h"
#include "bot/config_check.h"
#include "bot/session.h"

#include <stdio.h>

/* Is there a token at all? Not an error: `hearth login` may be the next step. */
static void check_token(const struct settings *settings, const char *file,
                        struct config_problems *problems)
{
    struct session session;
    if (settings->matrix.token != NULL)
        return;
    enum status status = session_read(settings->hearth.key_dir, &session);
    if (status == ST_OK && !text_equal(session.user_id, settings->matrix.user))
        config_problem_add(
            problems, file, 0, 0, IS_WARNING,
            "`hearth login` was last done as another account: do it again");
    else if (status)
        config_problem_add(problems, file, 0, 0, IS_WARNING,
                           "there is no access token yet (%s): run `hearth login -c %s`",
                           status_text(status), file);
    if (status == ST_OK)
        session_clear(&session);
}

static void print(const char *file, const struct config_problems *problems,
                  const struct settings *settings)
{
    struct buf text;
    size_t warnings = problems->count - problems->error_count;
    buf_init(&text, SIZE_MAX);
    config_problems_print(problems, &text);
    buf_addf(&text, "%s: errors: %zu, warnings: %zu", file, problems->error_count,
             warnings);
    if (settings != NULL)
        buf_addf(&text, "; groups: %zu, check-ins: %zu, FAQ entries: %zu",
                 settings->group_count, settings->checkin_count, settings->faq_count);
    printf("%s\n", text.data);
    buf_clear(&text);
}

static int run(const struct seams *seams, int argc, char **argv)
{
    const char *path = cmd_config_option(argc, argv);
    struct settings *settings = NULL;
    struct config_problems problems;
    if (path == NULL)
        return cmd_usage(&subcommand_check);
    if (config_load(path, CONFIG_WHOLE, cmd_today(seams), &settings, &problems) ==
        ST_OK) {
        config_check_folders(settings, path, &problems);
        check_token(settings, path, &problems);
        config_check_confusion(settings, path, &problems);
    }
    print(path, &problems, settings);
    int code = problems.error_count > 0 ? EXIT_USAGE : EXIT_FINE;
    config_problems_clear(&problems);
    config_free(settings);
    return code;
}

const struct subcommand subcommand_check = {
    .name = "check",
    .usage = "check -c FILE",
    .summary = "every problem of a config, with its line and the remedy",
    .help =
        "Reads the config as `hearth run` would, and changes nothing. Each problem is a\n"
        "line `file:line: message`. Warnings do not stop Hearth; errors do: exit 2.\n"
        "When there are no errors, every question of the FAQ is tried: a warning names\n"
        "entries that are taken for each other or that nobody can reach.\n",
    .run = run,
};
