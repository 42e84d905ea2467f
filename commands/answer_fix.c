/* answer_fix.c - corrections: an edit changes what its message was recorded as, a
 * redaction takes it back, until the week closes.
 *
 * Of two edits the one written last counts, whichever arrives last. An edit is
 * read like the message it replaces: against the items that message answered, so
 * that "7" instead of "6" corrects the same question.
 */
#include "bot/base/mem.h"
#include "commands/ack.h"
#include "commands/answer.h"
#include "commands/personal.h"
#include "store/inbox.h"
#include "commands/tap.h"
#include "commands/tidy.h"

#include <stdlib.h>

/* The check-in an entry was read with, or NULL when it has changed since. */
static const struct checkin_settings *checkin_of(const struct settings *settings,
                                                 const struct week_place *place)
{
    uint32_t key = place->answers.checkins[place->entry->checkin];
    for (size_t i = 0; i < settings->checkin_count; i++) {
        if (week_checkin_key(&settings->checkins[i]) == key)
            return &settings->checkins[i];
    }
    return NULL;
}

/* Bits of the items that an entry has values for. */
static unsigned valued_items(const struct settings *settings,
                             const struct checkin_settings *checkin,
                             const struct week_answers *answers,
                             const struct week_entry *entry)
{
    unsigned items = 0;
    for (size_t i = 0; i < checkin->item_count; i++) {
        uint32_t key = week_item_key(&settings->items[checkin->items[i]]);
        int at = votes_find_item(answers, key);
        if (at >= 0 && entry->values[at] != VALUE_NONE)
            items |= 1u << i;
    }
    return items;
}

/* The same over all answers to the check-in for `weekday`. */
static unsigned valued_that_day(const struct settings *settings,
                                const struct checkin_settings *checkin,
                                const struct week_answers *answers, int weekday)
{
    uint32_t key = week_checkin_key(checkin);
    unsigned items = 0;
    for (size_t i = 0; i < answers->entry_count; i++) {
        const struct week_entry *entry = &answers->entries[i];
        if (entry->day == weekday && answers->checkins[entry->checkin] == key)
            items |= valued_items(settings, checkin, answers, entry);
    }
    return items;
}

static enum status save(struct turn *turn, struct week_place *place)
{
    if (!votes_has_values(place->entry))
        votes_remove(&place->answers, place->entry);
    return week_save(turn->store, place->group->name, place->week, &place->answers);
}

/* Say that it is corrected, and how the open question stands now. */
static enum status acknowledge(struct turn *turn, const struct checkin_settings *checkin,
                               const struct reading *reading,
                               const struct left_open *left)
{
    const struct request *request = turn->request;
    struct member member = {0};
    answer_receipt(turn, request->event_id);
    size_t said = turn->effects->count;
    enum status status = answer_say_corrected(turn, left);
    if (status == ST_OK)
        status = member_get(turn->store, request->sender, checkin->name, &member);
    if (status == ST_OK) /* the edit holds the value, too */
        status = tidy_add(turn, &member,
                          request->edit_id ? request->edit_id : request->event_id);
    if (status == ST_OK)
        status = ack_comfort(turn, said, &member, reading, !left->asks_other);
    member_clear(&member);
    return status == ST_NOT_FOUND ? ST_OK : status; /* they have stopped since */
}

static enum status rewrite(struct turn *turn, struct week_place *place,
                           const struct checkin_settings *checkin,
                           const struct reading *reading)
{
    const struct settings *settings = turn->settings;
    struct left_open left;
    int weekday = place->entry->day;
    unsigned before = valued_that_day(settings, checkin, &place->answers, weekday);
    unsigned said = reading->kind == READ_SKIP
                        ? valued_items(settings, checkin, &place->answers, place->entry)
                        : 0;
    for (size_t i = 0; i < checkin->item_count; i++) {
        if (reading->values[i] != VALUE_NONE)
            said |= 1u << i;
    }
    enum status status = week_fill_entry(turn, place->group->name, place->week,
                                         &place->answers, place->entry, checkin, reading);
    place->entry->edit_s = week_seconds(turn->request->sent_utc_ms, place->week);
    if (status == ST_OK)
        status = save(turn, place);
    if (status != ST_OK)
        return status;
    unsigned after = valued_that_day(settings, checkin, &place->answers, weekday);
    status = answer_reopen(turn, checkin, week_monday(place->week) + weekday,
                           before & ~after, said, &left);
    if (status == ST_OK)
        status = acknowledge(turn, checkin, reading, &left);
    open_checkin_clear(&left.open);
    return status;
}

static enum status correct(struct turn *turn, struct week_place *place)
{
    const struct settings *settings = turn->settings;
    const struct checkin_settings *checkin = checkin_of(settings, place);
    struct reading reading;
    if (!week_is_open(turn, place->group, place->week))
        return personal_say(turn, TEXT_WEEK_CLOSED);
    if (week_seconds(turn->request->sent_utc_ms, place->week) < place->entry->edit_s)
        return ST_OK; /* a later edit is in force */
    if (checkin == NULL)
        return personal_say(turn, TEXT_CORRECTION_OLD);
    answer_read(settings, checkin,
                valued_items(settings, checkin, &place->answers, place->entry),
                turn->request->text, &reading);
    if (reading.kind != READ_VALUES && reading.kind != READ_SKIP)
        return personal_say(turn, TEXT_CORRECTION_UNCLEAR);
    return rewrite(turn, place, checkin, &reading); /* skip: it has no values */
}

/* Was the edited message sent to the open question, and is not of an earlier one? */
static bool may_answer(const struct turn *turn, const struct open_checkin *open)
{
    const struct request *request = turn->request;
    return !seen_has(turn->store, request->room_id, request->target) ||
           question_was_unread(turn->store, request->room_id, request->target,
                               open->checkin->name, open->question.day);
}

/* The edited message was not recorded: made readable now, it answers the open
 * question that it was sent to; else it is of a closed week. */
static enum status take_late(struct turn *turn, bool *ret_is_handled)
{
    struct open_checkin open = {0};
    struct reading reading;
    enum status status = open_checkin_find(turn, &open);
    if (status == ST_OK) {
        answer_read(turn->settings, open.checkin,
                    question_left(&open.question, open.checkin), turn->request->text,
                    &reading);
        if (reading.kind == READ_VALUES &&
            open.question.version == open.checkin->version) {
            *ret_is_handled = true;
            struct answer answer = {.event_id = turn->request->target,
                                    .reading = &reading};
            status = may_answer(turn, &open) ? answer_take(turn, &open, &answer)
                                             : personal_say(turn, TEXT_WEEK_CLOSED);
        }
        open_checkin_clear(&open);
        return status;
    }
    if (status != ST_NOT_FOUND)
        return status;
    struct member_list rows = {0};
    status = member_of_user(turn->store, turn->request->sender, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK && !*ret_is_handled; i++) {
        const struct checkin_settings *checkin =
            settings_checkin(turn->settings, rows.items[i].checkin);
        if (checkin == NULL)
            continue;
        answer_read(turn->settings, checkin, 0, turn->request->text, &reading);
        *ret_is_handled = reading.kind == READ_VALUES;
    }
    member_list_clear(&rows);
    return status == ST_OK && *ret_is_handled ? personal_say(turn, TEXT_WEEK_CLOSED)
                                              : status;
}

enum status checkin_edited(struct turn *turn, bool *ret_is_handled)
{
    struct week_place place;
    *ret_is_handled = false;
    if (!turn->request->is_dm)
        return ST_OK;
    enum status status =
        week_find_event(turn, turn->request->sender, turn->request->target, &place);
    if (status == ST_NOT_FOUND)
        return take_late(turn, ret_is_handled);
    if (status != ST_OK)
        return status;
    *ret_is_handled = true;
    status = correct(turn, &place);
    votes_wipe(&place.answers);
    return status;
}

enum status answer_take_back(struct turn *turn, struct week_place *place, bool is_vote)
{
    const struct settings *settings = turn->settings;
    const struct checkin_settings *checkin = checkin_of(settings, place);
    struct left_open left = {0};
    int weekday = place->entry->day;
    unsigned before = 0, after = 0;
    if (checkin != NULL)
        before = valued_that_day(settings, checkin, &place->answers, weekday);
    votes_remove(&place->answers, place->entry);
    if (checkin != NULL)
        after = valued_that_day(settings, checkin, &place->answers, weekday);
    enum status status =
        week_save(turn->store, place->group->name, place->week, &place->answers);
    if (status == ST_OK && checkin != NULL && !is_vote)
        status = answer_reopen(turn, checkin, week_monday(place->week) + weekday,
                               before & ~after, 0, &left);
    if (status == ST_OK)
        answer_say_taken_back(turn, &left);
    open_checkin_clear(&left.open);
    return status;
}

enum status checkin_redacted(struct turn *turn, bool *ret_is_handled)
{
    struct week_place place;
    *ret_is_handled = false;
    enum status status =
        week_find_event(turn, turn->request->sender, turn->request->target, &place);
    bool is_vote = status == ST_NOT_FOUND;
    if (is_vote)
        status = tap_find_voted(turn, &place);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status != ST_OK)
        return status;
    *ret_is_handled = true;
    status = answer_take_back(turn, &place, is_vote);
    votes_wipe(&place.answers);
    return status;
}
