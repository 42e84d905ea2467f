/* answer.c - a message in the DM while a check-in is open.
 *
 * The open question (question.h) says which check-in, version and day it is and
 * which items are done. A message is read (answer_read.h), recorded for the
 * question's day, even after midnight, and acknowledged without its values: a
 * read receipt and a short line. Without an open question a whole set of numbers
 * counts for the member's today.
 */
#include "commands/answer.h"

#include "bot/base/mem.h"
#include "commands/ack.h"
#include "commands/dates.h"
#include "commands/personal.h"
#include "commands/schedule.h"
#include "commands/stop.h"
#include "commands/tidy.h"

#include <stdlib.h>
#include <string.h>

#define SHORT_ANSWER_MAX 60 /* bytes; what is longer may ask something */

void open_checkin_clear(struct open_checkin *open)
{
    member_clear(&open->member);
    *open = (struct open_checkin){0};
}

/* Take `row` over when its question is open and newer than what was found. */
static enum status consider(const struct turn *turn, const struct member *row,
                            struct open_checkin *found)
{
    struct question question;
    const struct checkin_settings *checkin =
        settings_checkin(turn->settings, row->checkin);
    if (checkin == NULL)
        return ST_OK;
    enum status status = question_get(turn->store, row->user_id, row->checkin,
                                      turn->request->sent_utc_ms, &question);
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    if (found->checkin != NULL && question.asked_utc_ms <= found->question.asked_utc_ms)
        return ST_OK;
    open_checkin_clear(found);
    member_copy(&found->member, row);
    found->checkin = checkin;
    found->question = question;
    return ST_OK;
}

enum status open_checkin_find(const struct turn *turn, struct open_checkin *ret_open)
{
    struct member_list rows = {0};
    struct open_checkin found = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++)
        status = consider(turn, &rows.items[i], &found);
    member_list_clear(&rows);
    if (status == ST_OK && found.checkin == NULL)
        status = ST_NOT_FOUND;
    if (status == ST_OK)
        *ret_open = found;
    else
        open_checkin_clear(&found);
    return status;
}

void answer_receipt(struct turn *turn, const char *event_id)
{
    struct effect *effect = effects_add(turn->effects, EFFECT_RECEIPT);
    effect->lifetime = LIFE_ALWAYS;
    effect->room_id = mem_dup(turn->request->room_id);
    effect->target = mem_dup(event_id);
}

/* The member has been heard of: silence and rest are over. */
static enum status note_heard(struct turn *turn, struct member *member, int32_t day)
{
    struct effect *effect = effects_add(turn->effects, EFFECT_DROP_REMINDER);
    effect->user_id = mem_dup(member->user_id);
    effect->checkin = mem_dup(member->checkin);
    if (member->last_answer_day < day)
        member->last_answer_day = day;
    member->silent_days = 0;
    if (!member->is_resting)
        return member_put(turn->store, member);
    member->is_resting = false;
    return member_replan(turn, member);
}

static enum status say_date(struct turn *turn, enum text_id id, int32_t day)
{
    char *date = date_words(turn->settings, day);
    char *text = say(turn->settings, id, "date", date, NULL);
    free(date);
    return personal_reply(turn, text);
}

static bool has_value(const struct reading *reading)
{
    for (size_t i = 0; i < ITEMS_MAX; i++) {
        if (reading->values[i] >= 0)
            return true;
    }
    return false;
}

/* A correction, another day than the one that is asked, or the next question. */
static enum status acknowledge(struct turn *turn, struct open_checkin *open,
                               const struct answer *answer, int32_t day)
{
    if (answer->is_correction)
        return personal_say(turn, TEXT_CORRECTED);
    if (answer->is_past || answer->reading->is_yesterday)
        return say_date(turn, TEXT_RECORDED_FOR, day);
    for (size_t i = 0; i < open->checkin->item_count; i++) {
        if (answer->reading->values[i] != VALUE_NONE)
            open->question.done |= 1u << i;
    }
    return answer_go_on(turn, open);
}

enum status answer_take(struct turn *turn, struct open_checkin *open,
                        struct answer *answer)
{
    enum week_outcome outcome = WEEK_RECORDED;
    enum status status = ST_OK;
    int32_t day = open->question.day - answer->reading->is_yesterday;
    if (has_value(answer->reading))
        status = week_record(turn, &open->member, open->checkin, day, answer->event_id,
                             answer->reading, &outcome);
    if (status == ST_OK && outcome == WEEK_CLOSED)
        return personal_say(turn, TEXT_WEEK_CLOSED);
    if (status == ST_OK && outcome == WEEK_FULL)
        return personal_say(turn, TEXT_WEEK_FULL);
    if (status == ST_OK)
        status = note_heard(turn, &open->member, open->question.day);
    if (status != ST_OK)
        return status;
    const char *own = answer->receipt_id ? answer->receipt_id : answer->event_id;
    answer->is_recorded = true;
    answer_receipt(turn, own);
    status = tidy_add(turn, &open->member, own);
    if (status != ST_OK)
        return status;
    size_t said = turn->effects->count;
    status = acknowledge(turn, open, answer, day);
    if (status == ST_OK && answer->same_day != 0)
        ack_lead_same(turn, said, answer->same_day);
    bool is_asking =
        open->question.is_stepwise && question_left(&open->question, open->checkin) != 0;
    if (status == ST_OK)
        status = ack_comfort(turn, said, &open->member, answer->reading, !is_asking);
    return status;
}

/* `skip`: this item, or today's check-in as a whole. */
static enum status take_skip(struct turn *turn, struct open_checkin *open)
{
    enum status status = note_heard(turn, &open->member, open->question.day);
    if (status != ST_OK)
        return status;
    if (open->question.is_stepwise) {
        open->question.done |= 1u << question_next(&open->question, open->checkin);
        if (question_left(&open->question, open->checkin) != 0)
            return answer_go_on(turn, open);
    }
    status = answer_finish(turn, open);
    return status == ST_OK ? personal_say(turn, TEXT_SKIPPED) : status;
}

static enum status take_go(struct turn *turn, struct open_checkin *open)
{
    open->question.is_stepwise = true;
    enum status status = answer_keep(turn, open);
    if (status != ST_OK)
        return status;
    return answer_ask_item(turn, open);
}

static enum status ask_back(struct turn *turn, const struct open_checkin *open)
{
    const struct checkin_settings *checkin = open->checkin;
    if (!open->question.is_stepwise)
        return answer_list_items(turn, TEXT_ANSWER_UNCLEAR, checkin, ~0u);
    size_t item = question_next(&open->question, checkin);
    return personal_reply(turn,
                          say(turn->settings, TEXT_ANSWER_UNCLEAR_ONE, "label",
                              turn->settings->items[checkin->items[item]].label, NULL));
}

/* The items have changed since they were asked: what was sent may mean the old
 * ones, so it is asked again. */
static enum status ask_anew(struct turn *turn, struct open_checkin *open)
{
    open->question.version = open->checkin->version;
    open->question.done = 0;
    open->question.is_stepwise = false;
    enum status status = answer_keep(turn, open);
    if (status != ST_OK)
        return status;
    return answer_list_items(turn, TEXT_ANSWER_CHANGED_QUESTIONS, open->checkin, ~0u);
}

/* "Could we pause until Monday, please": the command in more words. */
static enum status take_pause(struct turn *turn)
{
    struct strv args = {0};
    char *folded = text_fold(turn->request->text);
    const char *from = strstr(folded, "pause");
    const struct command *command = from != NULL ? command_find(from, &args) : NULL;
    enum status status = command != NULL && strcmp(command->name, "pause") == 0
                             ? command->run(turn, &args)
                             : personal_say(turn, TEXT_PAUSE_UNCLEAR);
    strv_clear(&args);
    free(folded);
    return status;
}

/* An edit may still make an answer of it. */
static enum status note_unread(struct turn *turn, const struct open_checkin *open)
{
    const struct request *request = turn->request;
    return question_note_unread(turn->store, request->room_id, request->event_id,
                                open->checkin->name, open->question.day,
                                turn->now.utc_ms);
}

static enum status answer_open(struct turn *turn, struct open_checkin *open,
                               bool *ret_is_handled)
{
    struct reading reading;
    const struct question *question = &open->question;
    unsigned items = question_left(question, open->checkin);
    if (question->is_stepwise)
        items = 1u << question_next(question, open->checkin);
    answer_read(turn->settings, open->checkin, items, turn->request->text, &reading);
    *ret_is_handled = reading.kind != READ_NONE;
    enum status status = reading.kind == READ_VALUES ? ST_OK : note_unread(turn, open);
    if (status != ST_OK)
        return status;
    if (question->version != open->checkin->version && *ret_is_handled &&
        reading.kind != READ_STOP && reading.kind != READ_SKIP &&
        reading.kind != READ_PAUSE)
        return ask_anew(turn, open);
    struct answer answer = {.event_id = turn->request->event_id, .reading = &reading};
    switch (reading.kind) {
    case READ_VALUES:
        return answer_take(turn, open, &answer);
    case READ_UNCLEAR:
        return ask_back(turn, open);
    case READ_SKIP:
        return take_skip(turn, open);
    case READ_SAME:
        return answer_same(turn, open, items);
    case READ_STOP:
        return stop_everything(turn, false);
    case READ_GO:
        return take_go(turn, open);
    case READ_PAUSE:
        return take_pause(turn);
    case READ_NONE:
        break;
    }
    return ST_OK;
}

/* A whole set of numbers for one of the check-ins of a member who was not asked
 * just now: for today. */
static enum status answer_row(struct turn *turn, const struct member *row,
                              bool *ret_is_handled)
{
    struct reading reading;
    struct open_checkin open = {.checkin =
                                    settings_checkin(turn->settings, row->checkin)};
    if (open.checkin == NULL)
        return ST_OK;
    answer_read(turn->settings, open.checkin, 0, turn->request->text, &reading);
    bool is_whole = reading.kind == READ_VALUES && reading.is_whole;
    bool is_short = strlen(turn->request->text) <= SHORT_ANSWER_MAX;
    bool is_part = (reading.kind == READ_VALUES || reading.kind == READ_SAME) &&
                   (is_short || turn->request->replies_to_us);
    if (!is_whole && !is_part)
        return ST_OK;
    *ret_is_handled = true;
    if (!is_whole)
        return personal_say(turn, TEXT_ANSWER_TOO_LATE);
    member_copy(&open.member, row);
    open.question =
        (struct question){.version = open.checkin->version,
                          .day = schedule_local_day(row, turn->request->sent_utc_ms)};
    struct answer answer = {.event_id = turn->request->event_id, .reading = &reading};
    enum status status = answer_take(turn, &open, &answer);
    open_checkin_clear(&open);
    return status;
}

/* The check-in asked last comes first. */
static int compare_rows(const void *a, const void *b)
{
    const struct member *left = a, *right = b;
    return (left->last_prompt_day < right->last_prompt_day) -
           (left->last_prompt_day > right->last_prompt_day);
}

static enum status answer_unasked(struct turn *turn, bool *ret_is_handled)
{
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK && rows.count > 1)
        qsort(rows.items, rows.count, sizeof *rows.items, compare_rows);
    for (size_t i = 0; i < rows.count && status == ST_OK && !*ret_is_handled; i++)
        status = answer_row(turn, &rows.items[i], ret_is_handled);
    member_list_clear(&rows);
    return status;
}

/* A reply to one of our questions is meant for its check-in, whichever was asked last. */
static enum status answer_meant(struct turn *turn, bool *ret_is_meant,
                                bool *ret_is_handled)
{
    const struct request *request = turn->request;
    struct member_list rows = {0};
    enum status status = ST_OK;
    if (request->in_reply_to == NULL)
        return ST_OK;
    status = member_of_user(turn->store, request->sender, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK && !*ret_is_meant; i++) {
        struct open_checkin open = {0};
        *ret_is_meant = question_is_asked_by(turn->store, request->room_id,
                                             request->in_reply_to, rows.items[i].checkin);
        if (!*ret_is_meant)
            continue;
        status = consider(turn, &rows.items[i], &open);
        if (status == ST_OK && open.checkin != NULL)
            status = answer_open(turn, &open, ret_is_handled);
        else if (status == ST_OK)
            status = answer_row(turn, &rows.items[i], ret_is_handled);
        open_checkin_clear(&open);
    }
    member_list_clear(&rows);
    return status;
}

enum status checkin_text(struct turn *turn, bool *ret_is_handled)
{
    struct open_checkin open = {0};
    bool is_meant = false;
    *ret_is_handled = false;
    if (!turn->request->is_dm)
        return ST_OK;
    enum status status = forget_text(turn, ret_is_handled);
    if (status == ST_OK && !*ret_is_handled)
        status = consent_text(turn, ret_is_handled);
    if (status != ST_OK || *ret_is_handled)
        return status;
    status = answer_meant(turn, &is_meant, ret_is_handled);
    if (status != ST_OK || is_meant)
        return status;
    status = open_checkin_find(turn, &open);
    if (status == ST_NOT_FOUND)
        return answer_unasked(turn, ret_is_handled);
    if (status == ST_OK)
        status = answer_open(turn, &open, ret_is_handled);
    open_checkin_clear(&open);
    return status;
}
