/* week.h - the answers of open weeks in the store: opened, changed, sealed again.
 *
 * An answer belongs to a local day and that day's ISO week, in one group. A week
 * takes answers until its close is due. Of items and triggers the blobs know
 * keys only (hash of name and meaning); which names a group's week has used
 * stands beside them, so that the close can tell, and so that a question whose
 * meaning changes in mid-week counts from the next week on.
 */
#ifndef HEARTH_COMMANDS_WEEK_H
#define HEARTH_COMMANDS_WEEK_H

#include "commands/answer_read.h"
#include "commands/command.h"
#include "commands/votes.h"

struct member;

/* Positive, and new when the meaning is. */
uint32_t week_item_key(const struct item_settings *item);
uint32_t week_trigger_key(const struct item_settings *trigger);
uint32_t week_checkin_key(const struct checkin_settings *checkin);

/* ST_NOT_FOUND when the person has no row or its key is gone. Wipe it. */
enum status week_load(struct store *store, const char *group, int32_t week,
                      const char *user_id, struct week_answers *ret_answers) MUST_CHECK;
/* Answers with nothing in them leave no row. */
enum status week_save(struct store *store, const char *group, int32_t week,
                      const struct week_answers *answers) MUST_CHECK;

/* Does it still take answers? */
bool week_is_open(const struct turn *turn, const struct group_settings *group,
                  int32_t week);

/* An instant as an entry keeps that of its newest edit: seconds since two days
 * before the week's Monday in UTC, when it begins nowhere on earth. At least 1. */
uint32_t week_seconds(int64_t utc_ms, int32_t week);

enum week_outcome { WEEK_RECORDED, WEEK_CLOSED, WEEK_FULL };

/* Record a reading of READ_VALUES for the member's local `day`. The same event
 * again replaces what it said before. */
enum status week_record(struct turn *turn, const struct member *member,
                        const struct checkin_settings *checkin, int32_t day,
                        const char *event_id, const struct reading *reading,
                        enum week_outcome *ret_outcome) MUST_CHECK;

/* Replace the values of an entry. */
enum status week_fill_entry(struct turn *turn, const char *group, int32_t week,
                            struct week_answers *answers, struct week_entry *entry,
                            const struct checkin_settings *checkin,
                            const struct reading *reading) MUST_CHECK;

/* An event of this person in an open week. */
struct week_place {
    const struct group_settings *group;
    int32_t week;
    struct week_answers answers;
    struct week_entry *entry; /* within `answers` */
};
/* The first that `matches`; ST_NOT_FOUND. Wipe `ret_place->answers` after ST_OK. */
typedef bool (*week_match)(const void *ctx, const struct week_entry *entry);
enum status week_find_entry(const struct turn *turn, const char *user_id,
                            week_match matches, const void *ctx,
                            struct week_place *ret_place) MUST_CHECK;
enum status week_find_event(const struct turn *turn, const char *user_id,
                            const char *event_id,
                            struct week_place *ret_place) MUST_CHECK;

/* Drop a person's answers and carried values in every open week; only the carried
 * ones if `keeps_answers`. `group` NULL: in all groups. */
enum status week_drop(struct turn *turn, const char *user_id, const char *group,
                      bool keeps_answers) MUST_CHECK;

/* The items that a group's week has used, each with the meaning it began with. */
struct week_item {
    char *name;
    uint32_t key;
};
struct week_items {
    struct week_item *items;
    size_t count, capacity;
};
void week_items_clear(struct week_items *items);
enum status week_items_read(struct store *store, const char *group, int32_t week,
                            struct week_items *ret_items) MUST_CHECK;
/* Once the week is sealed. */
enum status week_items_forget(struct store *store, const char *group,
                              int32_t week) MUST_CHECK;

#endif
