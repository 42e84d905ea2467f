/* my_data.c - `my data`: the DM gets a row that holds only the request; the text is
 * made in memory when it is sent (view.c).
 */
#include "bot/base/mem.h"
#include "commands/personal.h"

static enum status run_my_data(struct turn *turn, const struct strv *args)
{
    (void)args;
    const struct request *request = turn->request;
    struct effect *effect = effects_add(turn->effects, EFFECT_SHOW);
    effect->lifetime = LIFE_ALWAYS;
    effect->user_id = mem_dup(request->sender);
    effect->show = mem_dup("my-data");
    if (request->event_id[0] != '\0')
        effect->answers = mem_dup(request->event_id);
    if (request->room_id[0] != '\0')
        effect->room_id = mem_dup(request->room_id);
    return ST_OK;
}

const struct command cmd_my_data = {
    .name = "my data",
    .aliases = "mydata|show my data|what do you know about me",
    .usage = "my data",
    .summary = TEXT_ABOUT_MY_DATA,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .is_information = true,
    .run = run_my_data,
};
