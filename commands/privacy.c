/* privacy.c - `privacy`: the promise, and where it ends, with this bot's figures. */
#include "bot/base/buf.h"
#include "commands/reply.h"

#include <stdio.h>

/* 1000 permille is "1", 500 is "0.5". */
static void write_permille(int permille, char ret_text[16])
{
    if (permille % 1000 == 0)
        snprintf(ret_text, 16, "%d", permille / 1000);
    else if (permille % 100 == 0)
        snprintf(ret_text, 16, "%d.%d", permille / 1000, permille % 1000 / 100);
    else
        snprintf(ret_text, 16, "%d.%03d", permille / 1000, permille % 1000);
}

static enum status run_privacy(struct turn *turn, const struct strv *args)
{
    (void)args;
    char people[16], epsilon[16], double_epsilon[16];
    const struct privacy_settings *privacy = &turn->settings->privacy;
    snprintf(people, sizeof people, "%d", privacy->min_people);
    write_permille(privacy->epsilon_permille, epsilon);
    write_permille(2 * privacy->epsilon_permille, double_epsilon);
    reply(turn,
          say(turn->settings, TEXT_PRIVACY, "min_people", people, "epsilon", epsilon,
              "double_epsilon", double_epsilon, "prefix", reply_prefix(turn), NULL));
    return ST_OK;
}

const struct command cmd_privacy = {
    .name = "privacy",
    .usage = "privacy",
    .summary = TEXT_ABOUT_PRIVACY,
    .where = ANYWHERE,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_information = true,
    .run = run_privacy,
};
