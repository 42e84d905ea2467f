/* loop.h - the bot on a libuv loop: real HTTP, real websocket, signals.
 *
 * The loop calls bot_turn before it sleeps and sets one timer to the time the
 * bot named. Used by `run` and `demo`.
 */
#ifndef HEARTH_BOT_LOOP_H
#define HEARTH_BOT_LOOP_H

#include "bot/bot.h"
#include <uv.h>

struct loop_bot;

struct loop_config {
    const struct seams *seams;
    struct settings *settings; /* taken over */
    const char *config_path;   /* for a reload on SIGHUP; NULL: none */
    const char *token;
    const char *heartbeat_dir; /* NULL: no heartbeat file */
};

/* Open the store, REST and websocket, and make the bot; errors are logged and
 * the exit code returned (EXIT_FINE: `ret_bot` is running on the loop). */
int loop_bot_open(uv_loop_t *loop, const struct loop_config *config,
                  struct loop_bot **ret_bot);

/* Called once when the bot stopped by itself or by SIGINT/SIGTERM. */
void loop_bot_on_end(struct loop_bot *loop_bot, void (*on_end)(void *ctx), void *ctx);
int loop_bot_exit_code(const struct loop_bot *loop_bot);

/* Close everything; run the loop until it is empty, then loop_bot_free. */
void loop_bot_close(struct loop_bot *loop_bot);
void loop_bot_free(struct loop_bot *loop_bot);

#endif
