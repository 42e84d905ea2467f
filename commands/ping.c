/* ping.c - `ping`: a notice that it is there. */
#include "commands/reply.h"

static enum status run_ping(struct turn *turn, const struct strv *args)
{
    (void)args;
    return reply_text(turn, TEXT_PONG);
}

const struct command cmd_ping = {
    .name = "ping",
    .usage = "ping",
    .summary = TEXT_ABOUT_PING,
    .where = ANYWHERE,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_information = true,
    .run = run_ping,
};
