/* cmd_run.c - `hearth run`: the bot against a homeserver, until a signal. */
#include "bot/app.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/cmd.h"
#include "bot/loop.h"
#include "bot/session.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static void stop_loop(void *ctx)
{
    uv_stop(ctx);
}

/* The token of the config, else that of `hearth login`. NULL: none, said. */
static char *find_token(const struct settings *settings)
{
    if (settings->matrix.token != NULL)
        return mem_dup(settings->matrix.token);
    struct session session = {0};
    enum status status = session_read(settings->hearth.key_dir, &session);
    if (status != ST_OK) {
        log_error(
            "there is no access token yet (%s): please run `hearth login -c FILE` first",
            status_text(status));
        return NULL;
    }
    char *token = mem_dup(session.access_token);
    session_clear(&session);
    return token;
}

/* Run the loop until the bot ends, then until every handle is closed. */
static int run_loop(uv_loop_t *loop, const struct loop_config *config)
{
    struct loop_bot *loop_bot = NULL;
    int code = loop_bot_open(loop, config, &loop_bot);
    if (code != EXIT_FINE) {
        uv_run(loop, UV_RUN_DEFAULT);
        return code;
    }
    loop_bot_on_end(loop_bot, stop_loop, loop);
    uv_run(loop, UV_RUN_DEFAULT);
    code = loop_bot_exit_code(loop_bot);
    loop_bot_close(loop_bot);
    uv_run(loop, UV_RUN_DEFAULT);
    loop_bot_free(loop_bot);
    return code;
}

static int run(const struct seams *seams, int argc, char **argv)
{
    const char *path = cmd_config_option(argc, argv);
    struct settings *settings = NULL;
    struct rlimit no_core = {0, 0}; /* keys and answers must not reach a core file */
    if (path == NULL)
        return cmd_usage(&subcommand_run);
    int code = cmd_load_config(seams, path, CONFIG_WHOLE, &settings);
    if (code != EXIT_FINE)
        return code;
    enum log_level level = LOG_INFO;
    if (log_level_parse(settings->hearth.log_level, &level) == ST_OK)
        log_set_level(level);
    setrlimit(RLIMIT_CORE, &no_core);
    char *token = find_token(settings);
    if (token == NULL) {
        config_free(settings);
        return EXIT_ACCOUNT;
    }
    uv_loop_t loop;
    uv_loop_init(&loop);
    struct loop_config config = {.seams = seams,
                                 .settings = settings,
                                 .config_path = path,
                                 .token = token,
                                 .heartbeat_dir = settings->hearth.data_dir};
    code = run_loop(&loop, &config);
    uv_loop_close(&loop);
    free(token);
    return code;
}

const struct subcommand subcommand_run = {
    .name = "run",
    .usage = "run -c FILE",
    .summary = "be the bot, until a signal ends it",
    .help =
        "Connects to the homeserver of the config and answers. SIGHUP reads the config\n"
        "again (a config with errors is refused and the old one kept); SIGINT or "
        "SIGTERM\n"
        "end it. Needs `hearth login` once, or a token in the config.\n",
    .run = run,
};
