/* diary_read.h - a person's own answers, read back from the events of their DM.
 *
 * Pure: events in, a table of local days and items out. Read as the bot read them
 * when they came (answer_read.h): a message belongs to the prompt or question that
 * it replies to, else to the newest that is open; what fits none but is a whole set
 * counts for its local day. An edit corrects (the newest readable one of the same
 * sender), what was redacted is not there, of several votes in a poll the last
 * counts. A day's value is the lower median of that day's entries.
 *
 * These are health data: hold the table no longer than needed, diary_clear wipes it.
 */
#ifndef HEARTH_COMMANDS_DIARY_READ_H
#define HEARTH_COMMANDS_DIARY_READ_H

#include "bot/model/event.h"
#include "bot/model/settings.h"
#include "store/member.h"

struct diary_item {
    char *name, *label;
    bool is_trigger; /* its value is 1 on days it was noted */
};

struct diary {
    int32_t from, until;      /* local days, both in it */
    struct diary_item *items; /* those with a value: scales first, then triggers */
    size_t item_count, item_capacity;
    int8_t *values; /* diary_value */
};

struct diary_source {
    const struct settings *settings;
    const struct event_list *events; /* of the DM, oldest first */
    const char *user_id, *bot_user_id;
    const struct member_list *rows; /* the person's check-ins; may be empty */
    const struct zone *zone;        /* in which a day without a prompt is told */
};

/* `ret_diary` is overwritten. */
void diary_read(const struct diary_source *source, int32_t from, int32_t until,
                struct diary *ret_diary);
void diary_clear(struct diary *diary);
/* VALUE_NONE when nothing was said. */
int diary_value(const struct diary *diary, int32_t day, size_t item);
bool diary_is_empty(const struct diary *diary);

#endif
