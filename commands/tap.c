/* tap.c - see tap.h.
 *
 * The answer is kept under the poll's event, with the second of the vote as an edit
 * has it: the vote written last counts, whichever arrives last. That a vote stands
 * behind it is a mark among the seen events (vote, poll and second, hashed), so that
 * a redaction of the vote that counts finds the answer, and one of an older vote
 * finds nothing.
 */
#include "commands/tap.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "commands/answer.h"
#include "commands/asking.h"
#include "commands/poll.h"
#include "commands/schedule.h"
#include "store/inbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *make_id(uint32_t checkin, uint32_t item, int32_t day, int value)
{
    char date[11];
    struct buf id;
    day_format(day, date);
    buf_init(&id, CHOICE_ID_MAX);
    buf_addf(&id, "score %08" PRIx32 " %08" PRIx32 " %s %d", checkin, item, date, value);
    return buf_take(&id);
}

void tap_fill(const struct settings *settings, struct effect *effect,
              const struct checkin_settings *checkin, size_t item, int32_t day,
              char *question)
{
    const struct item_settings *asked = &settings->items[checkin->items[item]];
    uint32_t checkin_key = week_checkin_key(checkin), item_key = week_item_key(asked);
    for (int value = 0; value <= VALUE_MAX; value++)
        poll_add_choice(effect, make_id(checkin_key, item_key, day, value),
                        asking_choice(settings, asked, value));
    poll_finish(effect, question);
}

static const struct checkin_settings *find_checkin(const struct settings *settings,
                                                   uint32_t key)
{
    for (size_t i = 0; i < settings->checkin_count; i++) {
        if (week_checkin_key(&settings->checkins[i]) == key)
            return &settings->checkins[i];
    }
    return NULL;
}

/* The parts of an id; false when it is none. */
static bool take_apart(const char *id, uint32_t *ret_checkin, uint32_t *ret_item,
                       struct tap *tap)
{
    char date[11];
    if (sscanf(id, "score %8" SCNx32 " %8" SCNx32 " %10s %2d", ret_checkin, ret_item,
               date, &tap->value) != 4 ||
        tap->value < 0 || tap->value > VALUE_MAX || day_parse(date, &tap->day) != ST_OK)
        return false;
    char *same = make_id(*ret_checkin, *ret_item, tap->day, tap->value);
    bool is_exact = strcmp(same, id) == 0;
    free(same);
    return is_exact;
}

int tap_value(const char *id)
{
    uint32_t checkin_key = 0, item_key = 0;
    struct tap tap = {0};
    return take_apart(id, &checkin_key, &item_key, &tap) ? tap.value : VALUE_NONE;
}

bool tap_read(const struct settings *settings, const char *id, struct tap *ret_tap)
{
    uint32_t checkin_key = 0, item_key = 0;
    struct tap tap = {0};
    if (!take_apart(id, &checkin_key, &item_key, &tap))
        return false;
    tap.checkin = find_checkin(settings, checkin_key);
    if (tap.checkin == NULL)
        return false;
    while (tap.item < tap.checkin->item_count &&
           week_item_key(&settings->items[tap.checkin->items[tap.item]]) != item_key)
        tap.item++;
    if (tap.item == tap.checkin->item_count)
        return false;
    *ret_tap = tap;
    return true;
}

/* --- one vote ------------------------------------------------------------ */

static void name_vote(const char *vote, uint64_t tag, uint32_t second,
                      char ret_mark[MATRIX_ID_MAX + 64])
{
    snprintf(ret_mark, MATRIX_ID_MAX + 64, "%s votes %016" PRIx64 " %" PRIu32, vote, tag,
             second);
}

static enum status mark_vote(struct turn *turn, uint32_t second)
{
    char mark[MATRIX_ID_MAX + 64];
    const struct request *request = turn->request;
    name_vote(request->event_id, votes_tag(request->target), second, mark);
    enum status status = seen_add(turn->store, request->room_id, mark, turn->now.utc_ms);
    return status == ST_EXISTS ? ST_OK : status;
}

/* What was typed for the same item before is corrected by the vote: it must not
 * count beside it. */
static void drop_others(struct week_answers *answers, uint64_t tag, int item)
{
    const struct week_entry own = *votes_find(answers, tag);
    for (size_t i = answers->entry_count; i-- > 0;) {
        struct week_entry *entry = &answers->entries[i];
        if (entry->tag == tag || entry->day != own.day || entry->checkin != own.checkin)
            continue;
        entry->values[item] = VALUE_NONE;
        if (!votes_has_values(entry))
            votes_remove(answers, entry);
    }
}

/* Behind week_record: the second of the vote, and nothing else for the item. */
static enum status settle(struct turn *turn, const struct tap *tap)
{
    struct week_place place;
    const struct request *request = turn->request;
    enum status status = week_find_event(turn, request->sender, request->target, &place);
    if (status != ST_OK)
        return status;
    const struct item_settings *item =
        &turn->settings->items[tap->checkin->items[tap->item]];
    uint32_t second = week_seconds(request->sent_utc_ms, place.week);
    int at = votes_find_item(&place.answers, week_item_key(item));
    place.entry->edit_s = second;
    if (at >= 0)
        drop_others(&place.answers, place.entry->tag, at);
    status = week_save(turn->store, place.group->name, place.week, &place.answers);
    votes_wipe(&place.answers);
    return status == ST_OK ? mark_vote(turn, second) : status;
}

/* Has a vote in this poll been taken that was written later? `ret_is_first`: none
 * was taken at all. */
static enum status compare(struct turn *turn, bool *ret_is_older, bool *ret_is_first)
{
    struct week_place place;
    const struct request *request = turn->request;
    enum status status = week_find_event(turn, request->sender, request->target, &place);
    *ret_is_older = false;
    *ret_is_first = status == ST_NOT_FOUND;
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    *ret_is_older = week_seconds(request->sent_utc_ms, place.week) < place.entry->edit_s;
    votes_wipe(&place.answers);
    return ST_OK;
}

/* What is open of the poll's check-in; `ret_is_past`: the poll's day is not. */
static enum status find_open(const struct turn *turn, const struct tap *tap,
                             struct open_checkin *ret_open, bool *ret_is_past)
{
    const char *sender = turn->request->sender;
    ret_open->checkin = tap->checkin;
    enum status status =
        member_get(turn->store, sender, tap->checkin->name, &ret_open->member);
    if (status != ST_OK)
        return status;
    status = question_get(turn->store, sender, tap->checkin->name, turn->now.utc_ms,
                          &ret_open->question);
    if (status != ST_OK && status != ST_NOT_FOUND)
        return status;
    *ret_is_past = status != ST_OK || ret_open->question.day != tap->day ||
                   ret_open->question.version != tap->checkin->version;
    if (*ret_is_past)
        ret_open->question =
            (struct question){.version = tap->checkin->version, .day = tap->day};
    return ST_OK;
}

static bool has_begun(const struct turn *turn, const struct member *member, int32_t day)
{
    return day <= member->last_prompt_day ||
           day <= schedule_local_day(member, turn->now.utc_ms);
}

/* In a poll of ours, as a reply to it: nobody sees a vote in the timeline. */
static enum status take_vote(struct turn *turn, const struct tap *tap,
                             struct open_checkin *open, bool is_past)
{
    bool is_older = false, is_first = true;
    struct request as_reply = *turn->request;
    struct turn at_poll = *turn;
    struct reading reading = {.kind = READ_VALUES};
    enum status status = compare(turn, &is_older, &is_first);
    if (status != ST_OK || is_older)
        return status;
    as_reply.event_id = turn->request->target;
    at_poll.request = &as_reply;
    memset(reading.values, VALUE_NONE, sizeof reading.values);
    reading.values[tap->item] = (int8_t)tap->value;
    struct answer answer = {.event_id = as_reply.event_id,
                            .receipt_id = turn->request->event_id,
                            .reading = &reading,
                            .is_past = is_past,
                            .is_correction =
                                !is_first || open->question.done & 1u << tap->item};
    status = answer_take(&at_poll, open, &answer);
    return status == ST_OK && answer.is_recorded ? settle(turn, tap) : status;
}

/* An empty vote takes the answer back, unless a later one is in force. */
static enum status take_back(struct turn *turn, bool *ret_is_handled)
{
    struct week_place place;
    const struct request *request = turn->request;
    enum status status = week_find_event(turn, request->sender, request->target, &place);
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    *ret_is_handled = true;
    if (week_seconds(request->sent_utc_ms, place.week) >= place.entry->edit_s)
        status = answer_take_back(turn, &place, true);
    votes_wipe(&place.answers);
    return status;
}

enum status tap_vote(struct turn *turn, bool *ret_is_handled)
{
    struct tap tap;
    struct open_checkin open = {0};
    const struct request *request = turn->request;
    *ret_is_handled = false;
    if (!request->is_dm || !ours_has(turn->store, request->room_id, request->target))
        return ST_OK;
    if (text_is_empty(request->text))
        return take_back(turn, ret_is_handled);
    if (!tap_read(turn->settings, request->text, &tap))
        return ST_OK;
    *ret_is_handled = true;
    bool is_past = false;
    enum status status = find_open(turn, &tap, &open, &is_past);
    if (status == ST_OK && has_begun(turn, &open.member, tap.day))
        status = take_vote(turn, &tap, &open, is_past);
    open_checkin_clear(&open);
    return status == ST_NOT_FOUND ? ST_OK : status; /* they take no part in it */
}

/* --- a vote that is redacted --------------------------------------------- */

static bool is_behind(const void *ctx, const struct week_entry *entry)
{
    const struct turn *turn = ctx;
    char mark[MATRIX_ID_MAX + 64];
    name_vote(turn->request->target, entry->tag, entry->edit_s, mark);
    return seen_has(turn->store, turn->request->room_id, mark);
}

enum status tap_find_voted(const struct turn *turn, struct week_place *ret_place)
{
    return week_find_entry(turn, turn->request->sender, is_behind, turn, ret_place);
}
