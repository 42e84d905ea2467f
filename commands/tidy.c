/* tidy.c - see tidy.h. */
#include "commands/tidy.h"

#include "bot/base/mem.h"
#include "commands/question.h"

enum status tidy_add(struct turn *turn, const struct member *member, const char *event_id)
{
    struct question question = {0};
    if (!member->is_tidy || !turn->request->may_tidy)
        return ST_OK;
    enum status status = question_get(turn->store, member->user_id, member->checkin,
                                      turn->now.utc_ms, &question);
    if (status != ST_OK && status != ST_NOT_FOUND)
        return status;
    struct effect *effect = effects_add(turn->effects, EFFECT_REDACT);
    effect->lifetime = LIFE_ALWAYS;
    effect->room_id = mem_dup(turn->request->room_id);
    effect->target = mem_dup(event_id);
    effect->checkin = mem_dup(member->checkin);
    effect->due_utc_ms = question.expires_utc_ms; /* 0: none is open, at once */
    return ST_OK;
}

void tidy_release(struct turn *turn, const struct member *member)
{
    if (!member->is_tidy)
        return;
    struct effect *effect = effects_add(turn->effects, EFFECT_TIDY);
    effect->user_id = mem_dup(member->user_id);
    effect->checkin = mem_dup(member->checkin);
}
