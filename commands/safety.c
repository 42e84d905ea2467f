/* safety.c - what is said when safety_read finds a sign, and where.
 *
 * In a DM the answer comes at once. In a room it goes into the sender's DM when
 * there is one already; else it stands in a thread below the message and says no
 * more than where to find help. Nothing is quoted, kept or counted.
 */
#include "commands/safety.h"

#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "commands/checkin.h"
#include "commands/match.h"
#include "commands/reply.h"
#include "store/dialogue.h"
#include "store/member.h"
#include "store/room.h"

#include <stdlib.h>

#define ONCE_MS (60 * 1000) /* identical answers within it are one */

static char *dup_or_say(const struct turn *turn, const char *text, enum text_id instead)
{
    return text[0] ? mem_dup(text) : say(turn->settings, instead, NULL);
}

char *safety_say(const struct turn *turn, enum text_id id)
{
    const struct safety_settings *safety = &turn->settings->safety;
    char *emergency = dup_or_say(turn, safety->emergency, TEXT_NO_EMERGENCY);
    char *helpline = dup_or_say(turn, safety->helpline, TEXT_NO_HELPLINE);
    char *urgent = dup_or_say(turn, safety->urgent, TEXT_NO_URGENT);
    char *text = say(turn->settings, id, "emergency", emergency, "helpline", helpline,
                     "urgent", urgent, "prefix", reply_prefix(turn), NULL);
    free(emergency);
    free(helpline);
    free(urgent);
    return text;
}

/* Is there a DM that the sender is in? */
static enum status find_dm(const struct turn *turn, bool *ret_is_joined)
{
    char *room = NULL;
    int standing = 0;
    enum status status = dm_get(turn->store, turn->request->sender, &room);
    if (status == ST_OK)
        status =
            room_member_get(turn->store, room, turn->request->sender, &standing, NULL);
    free(room);
    if (status != ST_OK && status != ST_NOT_FOUND)
        return status;
    *ret_is_joined = standing == STANDING_JOINED;
    return ST_OK;
}

static void say_in_thread(struct turn *turn, enum text_id id)
{
    struct effect *effect = reply(turn, safety_say(turn, id));
    effect->lifetime = LIFE_ALWAYS;
    if (effect->thread_root == NULL)
        effect->thread_root = mem_dup(effect->answers);
}

/* `in_room` is said where everyone reads it, `in_dm` where only the sender does. */
static enum status answer(struct turn *turn, enum text_id in_dm, enum text_id in_room)
{
    bool was_said = false, has_dm = turn->request->is_dm;
    enum status status = has_dm ? ST_OK : find_dm(turn, &has_dm);
    if (status == ST_OK && turn->request->kind == REQUEST_MESSAGE)
        status =
            said_lately(turn, has_dm ? turn->request->sender : turn->request->room_id,
                        text_key(has_dm ? in_dm : in_room), ONCE_MS, &was_said);
    if (status != ST_OK || was_said)
        return status;
    if (has_dm)
        reply_in_dm(turn, safety_say(turn, in_dm))->lifetime = LIFE_ALWAYS;
    else
        say_in_thread(turn, in_room);
    return ST_OK;
}

/* No check-in any more on the member's own today. */
static enum status rest_today(struct turn *turn, struct member *member)
{
    struct zone *zone = NULL;
    struct local_time local;
    if (zone_open(member->zone, &zone) != ST_OK)
        return ST_OK; /* a zone that tzdata dropped: its prompt waits for a new one */
    zone_local(zone, turn->now.utc_ms, &local);
    zone_close(zone);
    int64_t due = checkin_next_due(turn->settings, member, local.day, turn->now.utc_ms);
    if (member->due_utc_ms >= due)
        return ST_OK;
    member->due_utc_ms = due;
    return member_put(turn->store, member);
}

static enum status end_prompts(struct turn *turn)
{
    struct member_list members = {0};
    const char *sender = turn->request->sender;
    enum status status = member_of_user(turn->store, sender, &members);
    for (size_t i = 0; i < members.count && status == ST_OK; i++)
        status = rest_today(turn, &members.items[i]);
    if (status == ST_OK && members.count > 0) {
        effects_add(turn->effects, EFFECT_DROP_PROMPTS)->user_id = mem_dup(sender);
        status = dialogue_drop(turn->store, "dm", sender);
    }
    member_list_clear(&members);
    return status;
}

enum status safety_respond(struct turn *turn, bool *ret_is_handled)
{
    const struct request *request = turn->request;
    enum status status = ST_OK;
    *ret_is_handled = false;
    if (!request->is_dm && !request->is_addressed)
        return ST_OK;
    switch (safety_read(faq_safety(turn->faq), request->text)) {
    case SAFETY_CRISIS_SELF:
        *ret_is_handled = true;
        status = answer(turn, TEXT_CRISIS_SELF, TEXT_CRISIS_ROOM);
        return status == ST_OK ? end_prompts(turn) : status;
    case SAFETY_CRISIS_OTHER:
        *ret_is_handled = true;
        return answer(turn, TEXT_CRISIS_OTHER, TEXT_CRISIS_OTHER);
    case SAFETY_URGENT:
        *ret_is_handled = true;
        return answer(turn, TEXT_URGENT, TEXT_URGENT);
    case SAFETY_UNCLEAR:
        return request->is_dm ? answer(turn, TEXT_CRISIS_UNCLEAR, TEXT_CRISIS_UNCLEAR)
                              : ST_OK;
    case SAFETY_NONE:
        break;
    }
    return ST_OK;
}
