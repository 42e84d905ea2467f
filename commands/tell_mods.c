/* tell_mods.c - `tell mods`: after a yes, one line to the moderators' room that
 * names the person and quotes nothing. Never without being asked to.
 */
#include "commands/tell_mods.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/reply.h"

#include <stdlib.h>
#include <string.h>

#define TELL_MARK "tell mods\n"   /* begins what talk_ask remembers; the group follows */
#define AGAIN_MS (10 * 60 * 1000) /* before the same person is passed on again */

static enum status run_tell_mods(struct turn *turn, const struct strv *args)
{
    (void)args;
    const struct group_settings *group = turn->request->group;
    if (group == NULL || group->moderators_room[0] == '\0') {
        char *text = say(turn->settings, TEXT_TELL_MODS_NOBODY, NULL);
        reply(turn, text)->lifetime = LIFE_ALWAYS;
        return ST_OK;
    }
    struct buf asked;
    buf_init(&asked, 900);
    buf_addf(&asked, TELL_MARK "%s", group->name);
    enum status status = asked.overflowed ? ST_TOO_BIG : talk_ask(turn, asked.data);
    buf_clear(&asked);
    if (status != ST_OK)
        return status;
    reply(turn, say(turn->settings, TEXT_TELL_MODS_ASK, NULL))->lifetime = LIFE_ALWAYS;
    return ST_OK;
}

/* A link that shows the person's name in every client. */
static char *write_person(const char *user_id)
{
    struct buf out;
    char *name = reply_escape(user_id);
    buf_init(&out, 4096);
    buf_addf(&out, "[%s](<https://matrix.to/#/%s>)", name, user_id);
    free(name);
    return buf_take(&out);
}

static enum status tell(struct turn *turn, const struct group_settings *group)
{
    bool was_said = false;
    enum status status =
        said_lately(turn, "told", turn->request->sender, AGAIN_MS, &was_said);
    if (status != ST_OK)
        return status;
    reply(turn, say(turn->settings, TEXT_TELL_MODS_DONE, NULL))->lifetime = LIFE_ALWAYS;
    if (was_said)
        return ST_OK;
    char *person = write_person(turn->request->sender);
    struct effect *line = effects_add(turn->effects, EFFECT_SAY);
    line->lifetime = LIFE_ALWAYS;
    line->room_id = mem_dup(group->moderators_room);
    line->text = say(turn->settings, TEXT_TELL_MODS_LINE, "person", person, NULL);
    free(person);
    return ST_OK;
}

enum status tell_mods_answer(struct turn *turn, const char *asked, bool *ret_is_handled)
{
    *ret_is_handled = false;
    if (!text_starts(asked, TELL_MARK))
        return ST_OK;
    const struct group_settings *group =
        settings_group(turn->settings, asked + strlen(TELL_MARK));
    if (group != NULL && group->moderators_room[0] != '\0' && reply_is_yes(turn)) {
        *ret_is_handled = true;
        return tell(turn, group);
    }
    if (reply_is_no(turn)) {
        *ret_is_handled = true;
        return reply_text(turn, TEXT_TELL_MODS_NOT);
    }
    return ST_OK;
}

const struct command cmd_tell_mods = {
    .name = "tell mods",
    .aliases = "tell moderators|tell the mods|tell the moderators|tell my mods",
    .usage = "tell mods",
    .summary = TEXT_ABOUT_TELL_MODS,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .run = run_tell_mods,
};
