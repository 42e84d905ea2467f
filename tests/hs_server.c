/* hs_server.c - the embedded homeserver as a process of its own, for drivers
 * that kill the bot.
 *
 * usage: hs-server [PORT [SECRET]]
 * Listens on 127.0.0.1 (0 or none: any free port), prints the port and serves
 * until SIGTERM or SIGINT. SECRET opens the paths for faults (hs_shell.h). Its
 * clock is that of HEARTH_TEST_CLOCK, so that it and the bot agree.
 */
#include "bot/base/random.h"
#include "bot/demo/hs_shell.h"
#include "tests/file_clock.h"

#include <stdio.h>
#include <stdlib.h>

static void stop(uv_signal_t *signal, int number)
{
    (void)number;
    uv_stop(signal->loop);
}

static void catch_signal(uv_loop_t *loop, uv_signal_t *signal, int number)
{
    uv_signal_init(loop, signal);
    uv_signal_start(signal, stop, number);
}

static void serve(uv_loop_t *loop, struct hs_shell *shell)
{
    uv_signal_t signals[2];
    catch_signal(loop, &signals[0], SIGTERM);
    catch_signal(loop, &signals[1], SIGINT);
    printf("%d\n", hs_shell_port(shell));
    fflush(stdout);
    uv_run(loop, UV_RUN_DEFAULT);
    uv_close((uv_handle_t *)&signals[0], NULL);
    uv_close((uv_handle_t *)&signals[1], NULL);
    hs_shell_stop(shell, NULL, NULL);
    uv_run(loop, UV_RUN_DEFAULT);
}

int main(int argc, char **argv)
{
    struct file_clock moved;
    struct clock clock = file_clock_init(&moved, getenv("HEARTH_TEST_CLOCK"));
    struct random random = random_system();
    struct hs_config config = {.server_name = "localhost", .offers_stream = true};
    struct hs *hs = hs_new(&config, &random);
    enum status status = ST_OK;
    uv_loop_t loop;
    uv_loop_init(&loop);
    struct hs_shell *shell = hs_shell_start(&loop, hs, &clock, "127.0.0.1",
                                            argc > 1 ? atoi(argv[1]) : 0, &status);
    if (shell == NULL) {
        fprintf(stderr, "hs-server: %s\n", status_text(status));
    } else {
        if (argc > 2)
            hs_shell_allow_admin(shell, argv[2]);
        serve(&loop, shell);
    }
    uv_loop_close(&loop);
    hs_free(hs);
    return shell == NULL;
}
