/* personal.c - see personal.h. */
#include "commands/personal.h"

#include "bot/base/mem.h"
#include "commands/checkin.h"
#include "commands/dates.h"
#include "commands/schedule.h"

#include <stdlib.h>

enum status personal_reply(struct turn *turn, char *text)
{
    reply(turn, text)->lifetime = LIFE_ALWAYS;
    return ST_OK;
}

enum status personal_say(struct turn *turn, enum text_id id)
{
    return personal_reply(turn, say(turn->settings, id, NULL));
}

char *member_next_words(const struct settings *settings, const struct member *member)
{
    if (member->is_resting)
        return say(settings, TEXT_CHECKIN_RESTING, NULL);
    if (member->paused_until_day >= PAUSED_OPEN)
        return say(settings, TEXT_PAUSED_OPEN, NULL);
    if (member->due_utc_ms == INT64_MAX)
        return mem_dup("");
    char *day = date_words(settings, schedule_local_day(member, member->due_utc_ms));
    char *text = say(settings, TEXT_CHECKIN_NEXT, "day", day, NULL);
    free(day);
    return text;
}

enum status member_replan(struct turn *turn, struct member *member)
{
    member->due_utc_ms = checkin_next_due(turn->settings, member, 0, turn->now.utc_ms);
    return member_put(turn->store, member);
}

void drop_queued_prompts(struct turn *turn, const char *user_id)
{
    effects_add(turn->effects, EFFECT_DROP_PROMPTS)->user_id = mem_dup(user_id);
}
