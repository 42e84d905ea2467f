/* votes.h - one person's answers of one week in one group, and what they vote.
 *
 * Pure. A struct with the answers, its fixed-size form for the store, and the
 * arithmetic: a day's value is the (lower) median of that day's entries, a
 * person's vote the (lower) median of the days.
 *
 * Items, triggers and check-ins stand in small tables of keys (hashes of name
 * and meaning, week.h); everything else points into them. A question whose
 * meaning changed has another key, so its numbers are never mixed with the old
 * ones. The table of items has ITEMS_MAX places: no person-week holds more item
 * votes, whatever the configuration says.
 *
 * Hold these structs no longer than needed and wipe them (votes_wipe).
 */
#ifndef HEARTH_COMMANDS_VOTES_H
#define HEARTH_COMMANDS_VOTES_H

#include "bot/base/limits.h"
#include "bot/base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEEK_ENTRIES_MAX 64
#define WEEK_CHECKINS_MAX 6
#define CARRIED_WEEKS 3 /* with the running one: four weeks of trigger sums */
#define VALUE_NONE (-1)
#define VALUE_MAX 10

/* One message that held an answer. */
struct week_entry {
    uint64_t tag;             /* of its event id */
    uint32_t edit_s;          /* newest edit, seconds since the week's Monday; 0 none */
    int day;                  /* 0 Monday .. 6 */
    int checkin;              /* place in `checkins` */
    int8_t values[ITEMS_MAX]; /* by place in `items`; VALUE_NONE */
    uint16_t triggers;        /* bit by place in `triggers` */
};

/* How an item went on days with and without a trigger, of one past week. */
struct trigger_sums {
    uint8_t days[ITEMS_MAX], sum[ITEMS_MAX]; /* all days with a value */
    uint8_t with_days[TRIGGERS_MAX][ITEMS_MAX], with_sum[TRIGGERS_MAX][ITEMS_MAX];
};

struct week_answers {
    char user_id[MATRIX_ID_MAX + 1];
    uint32_t items[ITEMS_MAX]; /* keys; 0 free */
    uint32_t triggers[TRIGGERS_MAX];
    uint32_t checkins[WEEK_CHECKINS_MAX];
    int8_t last_votes[ITEMS_MAX];               /* of the week before; VALUE_NONE */
    struct trigger_sums carried[CARRIED_WEEKS]; /* [0] the week before */
    struct week_entry entries[WEEK_ENTRIES_MAX];
    size_t entry_count;
};

void votes_init(struct week_answers *answers, const char *user_id);
void votes_wipe(struct week_answers *answers);

void votes_encode(const struct week_answers *answers,
                  unsigned char ret_blob[PENDING_BLOB_LEN]);
/* ST_CORRUPT, and `ret_answers` undefined, when it is no such blob. */
enum status votes_decode(const unsigned char blob[PENDING_BLOB_LEN],
                         struct week_answers *ret_answers) MUST_CHECK;

/* The short name under which an event is known here. */
uint64_t votes_tag(const char *event_id);
/* The entry of an event, or NULL; valid until entries change. */
struct week_entry *votes_find(struct week_answers *answers, uint64_t tag);
/* An empty entry, or NULL when there are WEEK_ENTRIES_MAX. */
struct week_entry *votes_add(struct week_answers *answers, uint64_t tag, int day,
                             int checkin);
bool votes_has_values(const struct week_entry *entry);
void votes_remove(struct week_answers *answers, struct week_entry *entry);

/* Place of a key in its table, added if new; -1 when the table is full. A place
 * that no entry uses is taken over: set the entry's value before asking for the
 * next place. */
int votes_item(struct week_answers *answers, uint32_t key);
int votes_trigger(struct week_answers *answers, uint32_t key);
int votes_checkin(struct week_answers *answers, uint32_t key);
/* Place of an item's key, or -1. */
int votes_find_item(const struct week_answers *answers, uint32_t key);

/* Has an entry a value for it? How many items have one? */
bool votes_has_item(const struct week_answers *answers, uint32_t key);
int votes_item_count(const struct week_answers *answers);

/* VALUE_NONE when nothing was said. */
int votes_day_value(const struct week_answers *answers, int day, int item);
int votes_vote(const struct week_answers *answers, int item);

/* Write into `to`, the same person's next week, what outlives `from`: last votes
 * and trigger sums, replacing what `to` carried before; its entries stay. False
 * when there was nothing to carry. */
bool votes_carry(const struct week_answers *from, struct week_answers *to);
void votes_drop_carried(struct week_answers *answers);
/* Nothing in it but the name? */
bool votes_is_empty(const struct week_answers *answers);

#endif
