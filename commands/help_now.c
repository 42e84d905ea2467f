/* help_now.c - `help now`: the emergency number and the helpline, for everyone,
 * however late and whatever else is going on.
 */
#include "commands/reply.h"
#include "commands/safety.h"

#define ONCE_MS (60 * 1000) /* identical answers within it are one */

static enum status run_help_now(struct turn *turn, const struct strv *args)
{
    (void)args;
    bool was_said = false;
    enum status status = ST_OK;
    if (turn->request->kind == REQUEST_MESSAGE)
        status =
            said_lately(turn, turn->request->room_id, "help now", ONCE_MS, &was_said);
    if (status != ST_OK || was_said)
        return status;
    reply(turn, safety_say(turn, TEXT_HELP_NOW))->lifetime = LIFE_ALWAYS;
    return ST_OK;
}

const struct command cmd_help_now = {
    .name = "help now",
    .aliases = "helpnow|help me now|emergency|crisis|sos",
    .usage = "help now",
    .summary = TEXT_ABOUT_HELP_NOW,
    .where = ANYWHERE,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .is_information = true,
    .run = run_help_now,
};
