/* answer_same.c - `same`: the values of the day answered last, for what is asked now.
 *
 * Only from a week that is open still: what is sealed for the close cannot be read
 * any more, and then it asks. A day with several answers counts with its middle
 * value, as it does for the week.
 */
#include "commands/answer.h"

#include "commands/personal.h"

#include <string.h>

#define WEEKS_BACK 1 /* the week before may be open, too */

/* Values of `day` for `items` (bits) into `reading`; false when there are none. */
static bool read_day(const struct settings *settings,
                     const struct checkin_settings *checkin,
                     const struct week_answers *answers, int weekday, unsigned items,
                     struct reading *reading)
{
    bool has_any = false;
    for (size_t i = 0; i < checkin->item_count; i++) {
        uint32_t key = week_item_key(&settings->items[checkin->items[i]]);
        int at = votes_find_item(answers, key);
        int value = at >= 0 ? votes_day_value(answers, weekday, at) : VALUE_NONE;
        if (!(items & 1u << i) || value == VALUE_NONE)
            continue;
        reading->values[i] = (int8_t)value;
        has_any = true;
    }
    return has_any;
}

/* The last day before `before` in the week of `answers` that has values. */
static int32_t find_day(const struct settings *settings,
                        const struct checkin_settings *checkin,
                        const struct week_answers *answers, int32_t monday,
                        int32_t before, unsigned items, struct reading *reading)
{
    int32_t day = before - 1 < monday + 6 ? before - 1 : monday + 6;
    while (day >= monday &&
           !read_day(settings, checkin, answers, day - monday, items, reading))
        day--;
    return day >= monday ? day : 0;
}

static enum status find_values(struct turn *turn, const struct open_checkin *open,
                               unsigned items, struct reading *reading, int32_t *ret_day)
{
    const struct group_settings *group =
        settings_group(turn->settings, open->member.group);
    int32_t week = week_of_day(open->question.day);
    *ret_day = 0;
    for (int back = 0; group != NULL && back <= WEEKS_BACK && *ret_day == 0; back++) {
        struct week_answers answers;
        int32_t looked = week_add(week, -back);
        if (!week_is_open(turn, group, looked))
            break;
        enum status status =
            week_load(turn->store, group->name, looked, open->member.user_id, &answers);
        if (status == ST_OK)
            *ret_day = find_day(turn->settings, open->checkin, &answers,
                                week_monday(looked), open->question.day, items, reading);
        votes_wipe(&answers);
        if (status != ST_OK && status != ST_NOT_FOUND)
            return status;
    }
    return ST_OK;
}

enum status answer_same(struct turn *turn, struct open_checkin *open, unsigned items)
{
    struct reading reading = {.kind = READ_VALUES};
    struct answer answer = {.event_id = turn->request->event_id, .reading = &reading};
    memset(reading.values, VALUE_NONE, sizeof reading.values);
    enum status status = find_values(turn, open, items, &reading, &answer.same_day);
    if (status != ST_OK)
        return status;
    if (answer.same_day == 0)
        return personal_say(turn, TEXT_ANSWER_SAME);
    return answer_take(turn, open, &answer);
}
