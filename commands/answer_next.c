/* answer_next.c - what comes after an answer: the next question, what was left out, or
 * the end.
 *
 * A line that names what is left says so to the own diary, too (NS.checkin): the
 * numbers behind it are for those items, whatever was deleted before.
 */
#include "commands/answer.h"

#include "bot/base/mem.h"
#include "commands/ack.h"
#include "commands/asking.h"
#include "commands/dates.h"
#include "commands/personal.h"
#include "commands/tidy.h"

#include <stdlib.h>

enum status answer_ask_item(struct turn *turn, const struct open_checkin *open)
{
    /* What answers an edit is never a poll: no edit makes one of words. */
    bool is_poll =
        open->member.answer_way == ANSWER_TAPS && turn->request->kind != REQUEST_EDIT;
    struct effect *effect = reply(turn, NULL);
    effect->lifetime = LIFE_ALWAYS;
    asking_fill(turn->settings, effect, open->checkin,
                question_next(&open->question, open->checkin), open->question.day,
                is_poll);
    return ST_OK;
}

enum status answer_list_items(struct turn *turn, enum text_id id,
                              const struct checkin_settings *checkin, unsigned items)
{
    char *names = item_words(turn->settings, checkin, items);
    char *text = say(turn->settings, id, "items", names, NULL);
    free(names);
    return personal_reply(turn, text);
}

enum status answer_keep(struct turn *turn, const struct open_checkin *open)
{
    return question_put(turn->store, open->member.user_id, open->checkin->name,
                        &open->question);
}

char *answer_done_text(const struct settings *settings,
                       const struct checkin_settings *checkin)
{
    if (text_is_empty(checkin->closing))
        return say(settings, TEXT_RECORDED, NULL);
    return say(settings, TEXT_RECORDED_CLOSING, "closing", checkin->closing, NULL);
}

enum status answer_finish(struct turn *turn, const struct open_checkin *open)
{
    tidy_release(turn, &open->member);
    return question_drop(turn->store, open->member.user_id, open->checkin->name);
}

/* What has to be asked yet: an optional item only where one at a time is asked. */
static unsigned to_ask(const struct open_checkin *open)
{
    return open->question.is_stepwise ? question_left(&open->question, open->checkin)
                                      : question_missing(&open->question, open->checkin);
}

/* The line said last is about the items that are left. */
static void name_left(struct turn *turn, const struct open_checkin *open)
{
    struct effect *line = &turn->effects->items[turn->effects->count - 1];
    unsigned left = question_left(&open->question, open->checkin);
    asking_name(turn->settings, line, open->checkin, left, open->question.day);
}

enum status answer_go_on(struct turn *turn, struct open_checkin *open)
{
    unsigned left = to_ask(open);
    enum status status;
    if (left == 0) {
        status = answer_finish(turn, open);
        if (status == ST_OK)
            status =
                personal_reply(turn, answer_done_text(turn->settings, open->checkin));
        return status;
    }
    status = answer_keep(turn, open);
    if (status != ST_OK)
        return status;
    if (open->question.is_stepwise)
        return answer_ask_item(turn, open);
    status = answer_list_items(turn, TEXT_RECORDED_PART, open->checkin, left);
    name_left(turn, open);
    return status;
}

/* --- when an answer changes ---------------------------------------------- */

/* The open question of `checkin` about `day`, of the items as they are now. */
static enum status find_question(const struct turn *turn,
                                 const struct checkin_settings *checkin, int32_t day,
                                 struct open_checkin *ret_open)
{
    const struct request *request = turn->request;
    struct open_checkin open = {.checkin = checkin};
    enum status status =
        member_get(turn->store, request->sender, checkin->name, &open.member);
    if (status == ST_OK)
        status = question_get(turn->store, request->sender, checkin->name,
                              request->sent_utc_ms, &open.question);
    if (status == ST_OK &&
        (open.question.day != day || open.question.version != checkin->version))
        status = ST_NOT_FOUND;
    if (status == ST_OK)
        *ret_open = open;
    else
        open_checkin_clear(&open);
    return status;
}

enum status answer_reopen(struct turn *turn, const struct checkin_settings *checkin,
                          int32_t day, unsigned gone, unsigned said,
                          struct left_open *ret_left)
{
    struct open_checkin *open = &ret_left->open;
    *ret_left = (struct left_open){0};
    enum status status = find_question(turn, checkin, day, open);
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    size_t next = question_next(&open->question, checkin);
    open->question.done = (open->question.done & ~gone) | said;
    ret_left->is_open = to_ask(open) != 0;
    ret_left->asks_other = open->question.is_stepwise && ret_left->is_open &&
                           next != question_next(&open->question, checkin);
    return ret_left->is_open ? answer_keep(turn, open) : answer_finish(turn, open);
}

enum status answer_say_corrected(struct turn *turn, const struct left_open *left)
{
    const struct open_checkin *open = &left->open;
    if (!left->is_open || (open->question.is_stepwise && !left->asks_other))
        return personal_say(turn, TEXT_CORRECTED);
    if (!left->asks_other)
        return answer_list_items(turn, TEXT_CORRECTED_PART, open->checkin, to_ask(open));
    size_t at = turn->effects->count;
    enum status status = answer_ask_item(turn, open);
    ack_lead(turn, at, say(turn->settings, TEXT_CORRECTED, NULL));
    return status;
}

/* Said into the DM as new lines: what they would reply to is gone. */
static struct effect *say_anew(struct turn *turn, char *text)
{
    struct effect *effect = effects_add(turn->effects, EFFECT_SAY);
    effect->lifetime = LIFE_ALWAYS;
    effect->user_id = mem_dup(turn->request->sender);
    effect->room_id = mem_dup(turn->request->room_id);
    effect->text = text;
    return effect;
}

void answer_say_taken_back(struct turn *turn, const struct left_open *left)
{
    const struct open_checkin *open = &left->open;
    say_anew(turn, say(turn->settings, TEXT_TAKEN_BACK, NULL));
    if (left->is_open && !open->question.is_stepwise)
        name_left(turn, open);
    if (left->asks_other)
        asking_fill(turn->settings, say_anew(turn, NULL), open->checkin,
                    question_next(&open->question, open->checkin), open->question.day,
                    open->member.answer_way == ANSWER_TAPS);
}
