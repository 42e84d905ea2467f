/* cmd_demo.c - `hearth demo`: a homeserver, a group and the bot in one process,
 * on loopback, until Ctrl-C; what it wrote is removed at the end.
 *
 * The bot in it is the real one: it talks to the embedded homeserver over HTTP
 * and the websocket like everybody else.
 */
#include "bot/app.h"
#include "bot/base/file.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/cmd.h"
#include "bot/config.h"
#include "bot/demo/hs.h"
#include "bot/demo/hs_shell.h"
#include "bot/loop.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEMO_PORT 8008
#define DEMO_SERVER "localhost"
#define DEMO_EMERGENCY "your local emergency number"
#define DEMO_HELPLINE                                                                    \
    "This is a demo and knows no helpline; whoever runs Hearth for a group names one."

struct demo {
    struct seams seams;
    uv_loop_t loop;
    struct hs *hs;
    struct hs_shell *shell;
    struct loop_bot *bot;
    char *folder;
    char *token; /* of the bot */
    char *moderator_token;
    int port;
};

static char *ask_hs(struct demo *demo, const char *token, const char *method,
                    const char *path, const char *body)
{
    int64_t now_ms = clock_read(&demo->seams.clock).utc_ms;
    struct hs_request request = {.method = method,
                                 .path = path,
                                 .token = token,
                                 .content_type = "application/json",
                                 .body = body,
                                 .body_len = strlen(body)};
    struct hs_response response = {0};
    if (hs_handle(demo->hs, &request, now_ms, now_ms, &response) != HS_DONE)
        return mem_dup("");
    return buf_take(&response.body);
}

static char *log_in(struct demo *demo, const char *name)
{
    struct buf body;
    buf_init(&body, 1024);
    buf_addf(&body,
             "{\"type\":\"m.login.password\",\"password\":\"demo\","
             "\"identifier\":{\"type\":\"m.id.user\",\"user\":\"%s\"}}",
             name);
    char *path = path_login();
    char *answer = ask_hs(demo, NULL, "POST", path, body.data);
    char *token = NULL;
    if (parse_string_field(answer, strlen(answer), "access_token", &token) != ST_OK)
        token = NULL;
    free(answer);
    free(path);
    buf_clear(&body);
    return token;
}

static void make_room(struct demo *demo, const char *alias, const char *name,
                      const char *preset)
{
    struct buf body;
    buf_init(&body, 1024);
    buf_addf(&body,
             "{\"room_alias_name\":\"%s\",\"name\":\"%s\",\"preset\":\"%s\","
             "\"invite\":[\"@hearth:" DEMO_SERVER "\"]}",
             alias, name, preset);
    char *path = path_create_room();
    free(ask_hs(demo, demo->moderator_token, "POST", path, body.data));
    free(path);
    buf_clear(&body);
}

/* The accounts and rooms a group would have. */
static bool make_group(struct demo *demo)
{
    struct hs_config config = {.server_name = DEMO_SERVER, .offers_stream = true};
    demo->hs = hs_new(&config, &demo->seams.random);
    free(hs_user_add(demo->hs, "hearth", "demo"));
    free(hs_user_add(demo->hs, "moderator", "demo"));
    demo->token = log_in(demo, "hearth");
    demo->moderator_token = log_in(demo, "moderator");
    if (demo->token == NULL || demo->moderator_token == NULL)
        return false;
    make_room(demo, "support", "Support group", "public_chat");
    make_room(demo, "moderators", "Moderators", "private_chat");
    return true;
}

static void set(char **field, char *value)
{
    free(*field);
    *field = value;
}

static void set_if_blank(char **field, const char *value)
{
    if (*field == NULL || (*field)[0] == '\0')
        set(field, mem_dup(value));
}

/* What the demo decides: where the server is, folders that vanish, its rooms. */
static void adapt(const struct demo *demo, struct settings *settings)
{
    struct buf url;
    buf_init(&url, 100);
    buf_addf(&url, "http://127.0.0.1:%d", demo->port);
    set(&settings->matrix.homeserver, buf_take(&url));
    set(&settings->matrix.user, mem_dup("@hearth:" DEMO_SERVER));
    strv_clear(&settings->matrix.invite_from);
    strv_add(&settings->matrix.invite_from, DEMO_SERVER);
    set(&settings->hearth.data_dir, file_join(demo->folder, "data"));
    set(&settings->hearth.key_dir, file_join(demo->folder, "keys"));
    set(&settings->hearth.week_key_dir, file_join(demo->folder, "week-keys"));
    set_if_blank(&settings->safety.emergency, DEMO_EMERGENCY);
    set_if_blank(&settings->safety.helpline, DEMO_HELPLINE);
    set_if_blank(&settings->safety.urgent, DEMO_HELPLINE);
    for (size_t i = 0; i < settings->group_count && i < 1; i++) {
        strv_clear(&settings->groups[i].rooms);
        strv_add(&settings->groups[i].rooms, "#support:" DEMO_SERVER);
        set(&settings->groups[i].moderators_room, mem_dup("#moderators:" DEMO_SERVER));
    }
}

static void say_what_to_do(const struct demo *demo)
{
    printf("\nHearth is running, with a small homeserver of its own on this machine.\n\n"
           "  Homeserver   http://127.0.0.1:%d\n"
           "  Log in       any name, any password (for example: sam, sam)\n"
           "  Join         #support:" DEMO_SERVER "\n"
           "  Then write   !faq does exercise help?\n"
           "  In private   start a chat with @hearth:" DEMO_SERVER " and write: help\n\n"
           "Use any Matrix client on this machine. Ctrl-C ends the demo and removes what "
           "it\n"
           "wrote.\n\n",
           demo->port);
    fflush(stdout);
}

static void stop_loop(void *ctx)
{
    uv_stop(ctx);
}

static int start(struct demo *demo, struct settings *settings, int port)
{
    enum status status = ST_OK;
    demo->shell = hs_shell_start(&demo->loop, demo->hs, &demo->seams.clock, "127.0.0.1",
                                 port, &status);
    if (demo->shell == NULL) {
        fprintf(stderr, "hearth demo: port %d: %s; choose another with --port\n", port,
                status_text(status));
        config_free(settings);
        return status == ST_BUSY ? EXIT_BUSY : EXIT_FAILED;
    }
    demo->port = hs_shell_port(demo->shell);
    adapt(demo, settings);
    struct loop_config config = {
        .seams = &demo->seams, .settings = settings, .token = demo->token};
    int code = loop_bot_open(&demo->loop, &config, &demo->bot);
    if (code == EXIT_FINE) {
        loop_bot_on_end(demo->bot, stop_loop, &demo->loop);
        say_what_to_do(demo);
        uv_run(&demo->loop, UV_RUN_DEFAULT);
        code = loop_bot_exit_code(demo->bot);
        loop_bot_close(demo->bot);
    }
    hs_shell_stop(demo->shell, NULL, NULL);
    uv_run(&demo->loop, UV_RUN_DEFAULT);
    loop_bot_free(demo->bot);
    return code;
}

static int run(const struct seams *seams, int argc, char **argv)
{
    const char *path = NULL;
    int64_t port = DEMO_PORT;
    struct settings *settings = NULL;
    for (int i = 1; i < argc; i += 2) {
        bool has_value = i + 1 < argc;
        if (has_value && strcmp(argv[i], "-c") == 0)
            path = argv[i + 1];
        else if (!has_value || strcmp(argv[i], "--port") != 0 ||
                 text_to_int(argv[i + 1], 0, 65535, &port) != ST_OK)
            return cmd_usage(&subcommand_demo);
    }
    int code = cmd_load_config(seams, path, CONFIG_COMMUNITY, &settings);
    if (code != EXIT_FINE)
        return code;
    struct demo demo = {.seams = *seams};
    uv_loop_init(&demo.loop);
    if (file_temp_dir("hearth-demo", &demo.folder) != ST_OK || !make_group(&demo)) {
        fprintf(stderr, "hearth demo: the demo's homeserver could not be set up\n");
        config_free(settings);
        code = EXIT_FAILED;
    } else {
        log_set_level(LOG_WARN);
        code = start(&demo, settings, (int)port);
    }
    uv_loop_close(&demo.loop);
    hs_free(demo.hs);
    free(demo.token);
    free(demo.moderator_token);
    if (demo.folder != NULL)
        file_remove_tree(demo.folder);
    free(demo.folder);
    return code;
}

const struct subcommand subcommand_demo = {
    .name = "demo",
    .usage = "demo [--port N] [-c FILE]",
    .summary = "a homeserver, a group and the bot on this machine, to try",
    .help =
        "Starts a small homeserver on 127.0.0.1 (port 8008, or N), a group room with a\n"
        "moderator, and the bot with the built-in example config or yours (only its\n"
        "community part is needed). Ctrl-C ends it and removes what it wrote.\n",
    .run = run,
};
