/* stop.c - `stop`: one word, from anywhere, however late it arrives.
 *
 * Registry rows, queued prompts and the open question go at once; this week's
 * answers go unless the member says `stop keep`. What is carried from week to
 * week goes in both cases.
 */
#include "commands/stop.h"

#include "bot/base/mem.h"
#include "commands/checkin.h"
#include "commands/personal.h"
#include "commands/question.h"
#include "commands/tidy.h"
#include "commands/week.h"
#include "store/dialogue.h"

#include <string.h>

static enum status stop_row(struct turn *turn, const struct member *row)
{
    tidy_release(turn, row);
    enum status status = member_remove(turn->store, row->user_id, row->checkin);
    if (status == ST_OK || status == ST_NOT_FOUND)
        status = question_drop(turn->store, row->user_id, row->checkin);
    return status;
}

enum status checkin_stop(struct turn *turn, const char *user_id, const char *group,
                         bool keeps_answers)
{
    struct member_list rows = {0};
    bool had_any = false;
    enum status status = member_of_user(turn->store, user_id, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        if (group != NULL && strcmp(rows.items[i].group, group) != 0)
            continue;
        had_any = true;
        status = stop_row(turn, &rows.items[i]);
    }
    member_list_clear(&rows);
    if (status == ST_OK)
        status = week_drop(turn, user_id, group, keeps_answers);
    if (status != ST_OK)
        return status;
    if (had_any)
        drop_queued_prompts(turn, user_id);
    return had_any ? ST_OK : ST_NOT_FOUND;
}

enum status checkin_stop_one(struct turn *turn, const char *user_id, const char *checkin)
{
    struct member row = {0};
    enum status status = member_get(turn->store, user_id, checkin, &row);
    if (status != ST_OK)
        return status;
    struct effect *effect = effects_add(turn->effects, EFFECT_DROP_REMINDER);
    effect->user_id = mem_dup(user_id);
    effect->checkin = mem_dup(checkin);
    status = stop_row(turn, &row);
    member_clear(&row);
    return status;
}

enum status stop_everything(struct turn *turn, bool keeps_answers)
{
    const char *user_id = turn->request->sender;
    enum status status = dialogue_drop(turn->store, PLACE_CONSENT, user_id);
    if (status == ST_OK)
        status = checkin_stop(turn, user_id, NULL, keeps_answers);
    if (status == ST_NOT_FOUND)
        return personal_say(turn, TEXT_STOPPED_NONE);
    if (status != ST_OK)
        return status;
    return personal_say(turn, keeps_answers ? TEXT_STOPPED_KEEP : TEXT_STOPPED);
}

static enum status run_stop(struct turn *turn, const struct strv *args)
{
    return stop_everything(turn, args->count == 1 && strcmp(args->items[0], "keep") == 0);
}

const struct command cmd_stop = {
    .name = "stop",
    .aliases = "stop it|stop asking|unsubscribe",
    .usage = "stop",
    .summary = TEXT_ABOUT_STOP,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .max_args = 1,
    .takes = "keep",
    .is_prompt_safe = true,
    .is_never_stale = true,
    .run = run_stop,
};
