/* forget.c - `forget me`: after a yes, nothing about the person is held any more.
 *
 * Registry rows, answers of open weeks with what they carried, open questions, and
 * questions that wait to be passed on.
 * The tombstone in key_dir comes first: should anything after it fail, the rows
 * that are left are deleted when they are next touched, and an old backup cannot
 * bring the person back.
 */
#include "bot/base/mem.h"
#include "commands/checkin.h"
#include "commands/pass_on.h"
#include "commands/personal.h"
#include "commands/reply.h"
#include "store/departed.h"
#include "store/dialogue.h"
#include "store/inbox.h"
#include "store/member.h"
#include "store/room.h"

#include <stdlib.h>

#define OPEN_MS (60 * 60 * INT64_C(1000))

static enum status run_forget(struct turn *turn, const struct strv *args)
{
    (void)args;
    const char *user_id = turn->request->sender;
    enum status status = dialogue_drop(turn->store, PLACE_CONSENT, user_id);
    if (status == ST_OK)
        status = dialogue_put(turn->store, PLACE_FORGET, user_id, "?", 1,
                              turn->now.utc_ms + OPEN_MS);
    return status == ST_OK ? personal_say(turn, TEXT_FORGET_ASK) : status;
}

/* What may be open with the person, besides questions of check-ins. */
static enum status drop_dialogues(struct turn *turn, const char *user_id)
{
    static const char *const places[] = {PLACE_CONSENT, PLACE_FORGET, "dm",
                                         "talk:dm",     "told",       "reaction"};
    enum status status = ST_OK;
    for (size_t i = 0; i < sizeof places / sizeof places[0] && status == ST_OK; i++)
        status = dialogue_drop(turn->store, places[i], user_id);
    return status;
}

/* The last word, then the door; which DM it was is forgotten with the leaving. */
static void leave(struct turn *turn)
{
    personal_say(turn, TEXT_FORGOTTEN);
    struct effect *leave = effects_add(turn->effects, EFFECT_LEAVE);
    leave->lifetime = LIFE_ALWAYS;
    leave->room_id = mem_dup(turn->request->room_id);
}

/* The days that were asked; nobody is asked on any but these. */
static enum status drop_prompted(struct turn *turn, const char *user_id)
{
    const struct settings *settings = turn->settings;
    int32_t today = day_of_utc(turn->now.utc_ms);
    enum status status = ST_OK;
    for (size_t i = 0; i < settings->checkin_count && status == ST_OK; i++)
        status = prompted_remove(turn->store, user_id, settings->checkins[i].name,
                                 today - PROMPTED_DAYS - 2, today + 1);
    return status;
}

static enum status forget_rows(struct turn *turn, const char *user_id)
{
    enum status status = tombstone_add(turn->store, user_id);
    if (status == ST_OK)
        status = checkin_stop(turn, user_id, NULL, false);
    if (status == ST_OK || status == ST_NOT_FOUND)
        status = drop_dialogues(turn, user_id);
    if (status == ST_OK)
        status = pass_on_forget(turn, user_id);
    if (status == ST_OK)
        status = drop_prompted(turn, user_id);
    if (status == ST_OK)
        status = departed_remove(turn->store, user_id);
    if (status == ST_OK)
        status = intent_remove(turn->store, user_id);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

static enum status forget(struct turn *turn)
{
    enum status status = forget_rows(turn, turn->request->sender);
    if (status == ST_OK)
        leave(turn);
    return status;
}

enum status checkin_forget(struct turn *turn, const char *user_id)
{
    char *room_id = NULL;
    enum status status = forget_rows(turn, user_id);
    if (status == ST_OK)
        status = dm_get(turn->store, user_id, &room_id);
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    effects_add(turn->effects, EFFECT_LEAVE)->room_id = room_id;
    return ST_OK;
}

enum status forget_text(struct turn *turn, bool *ret_is_handled)
{
    char *bytes = NULL;
    size_t len = 0;
    const char *user_id = turn->request->sender;
    *ret_is_handled = false;
    enum status status =
        dialogue_get(turn->store, PLACE_FORGET, user_id, turn->now.utc_ms, &bytes, &len);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    free(bytes);
    if (status != ST_OK)
        return status;
    bool is_yes = reply_is(turn, "yes|yes please|yes, forget me|yes forget me|forget me");
    bool is_no = reply_is(turn, "no|no thanks|no thank you|nope|not now|cancel|stay");
    *ret_is_handled = is_yes || is_no;
    if (is_yes)
        return forget(turn);
    if (!is_no)
        return ST_OK;
    status = dialogue_drop(turn->store, PLACE_FORGET, user_id);
    return status == ST_OK ? personal_say(turn, TEXT_FORGET_NO) : status;
}

const struct command cmd_forget = {
    .name = "forget me",
    .aliases = "forget|delete my data|delete me",
    .usage = "forget me",
    .summary = TEXT_ABOUT_FORGET_ME,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .run = run_forget,
};
