/* votes.c - see votes.h; the fixed-size form is in votes_blob.c. */
#include "commands/votes.h"

#include <sodium.h>
#include <string.h>

void votes_init(struct week_answers *answers, const char *user_id)
{
    memset(answers, 0, sizeof *answers);
    memset(answers->last_votes, VALUE_NONE, sizeof answers->last_votes);
    size_t len = strnlen(user_id, MATRIX_ID_MAX);
    memcpy(answers->user_id, user_id, len);
}

void votes_wipe(struct week_answers *answers)
{
    sodium_memzero(answers, sizeof *answers);
}

uint64_t votes_tag(const char *event_id)
{
    /* The key is no secret: tags stand in sealed blobs only. */
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "hearth event";
    unsigned char hash[crypto_shorthash_BYTES];
    crypto_shorthash(hash, (const unsigned char *)event_id, strlen(event_id), key);
    uint64_t tag = 0;
    for (size_t i = 0; i < sizeof hash; i++)
        tag = tag << 8 | hash[i];
    return tag;
}

struct week_entry *votes_find(struct week_answers *answers, uint64_t tag)
{
    for (size_t i = 0; i < answers->entry_count; i++) {
        if (answers->entries[i].tag == tag)
            return &answers->entries[i];
    }
    return NULL;
}

struct week_entry *votes_add(struct week_answers *answers, uint64_t tag, int day,
                             int checkin)
{
    if (answers->entry_count == WEEK_ENTRIES_MAX)
        return NULL;
    struct week_entry *entry = &answers->entries[answers->entry_count++];
    *entry = (struct week_entry){.tag = tag, .day = day, .checkin = checkin};
    memset(entry->values, VALUE_NONE, sizeof entry->values);
    return entry;
}

bool votes_has_values(const struct week_entry *entry)
{
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (entry->values[i] != VALUE_NONE)
            return true;
    }
    return false;
}

void votes_remove(struct week_answers *answers, struct week_entry *entry)
{
    struct week_entry *last = &answers->entries[--answers->entry_count];
    memmove(entry, entry + 1, (size_t)(last - entry) * sizeof *entry);
    sodium_memzero(last, sizeof *last);
}

static int find_key(const uint32_t *keys, int count, uint32_t key)
{
    for (int i = 0; i < count; i++) {
        if (keys[i] == key)
            return i;
    }
    return -1;
}

/* Forget what the carried figures say about an item. */
static void drop_item(struct week_answers *answers, int item)
{
    answers->last_votes[item] = VALUE_NONE;
    for (int week = 0; week < CARRIED_WEEKS; week++) {
        struct trigger_sums *sums = &answers->carried[week];
        sums->days[item] = sums->sum[item] = 0;
        for (int t = 0; t < TRIGGERS_MAX; t++)
            sums->with_days[t][item] = sums->with_sum[t][item] = 0;
    }
}

static void drop_trigger(struct week_answers *answers, int trigger)
{
    for (int week = 0; week < CARRIED_WEEKS; week++) {
        struct trigger_sums *sums = &answers->carried[week];
        memset(sums->with_days[trigger], 0, sizeof sums->with_days[trigger]);
        memset(sums->with_sum[trigger], 0, sizeof sums->with_sum[trigger]);
    }
}

static bool is_item_answered(const struct week_answers *answers, int item)
{
    for (size_t i = 0; i < answers->entry_count; i++) {
        if (answers->entries[i].values[item] != VALUE_NONE)
            return true;
    }
    return false;
}

static bool is_trigger_answered(const struct week_answers *answers, int trigger)
{
    for (size_t i = 0; i < answers->entry_count; i++) {
        if (answers->entries[i].triggers & 1u << trigger)
            return true;
    }
    return false;
}

int votes_find_item(const struct week_answers *answers, uint32_t key)
{
    return find_key(answers->items, ITEMS_MAX, key);
}

/* Place of a key, added if there is a free one, else -1. */
static int place_key(uint32_t *keys, int count, uint32_t key)
{
    int place = find_key(keys, count, key);
    if (place < 0)
        place = find_key(keys, count, 0);
    if (place >= 0)
        keys[place] = key;
    return place;
}

int votes_item(struct week_answers *answers, uint32_t key)
{
    int place = place_key(answers->items, ITEMS_MAX, key);
    if (place >= 0)
        return place;
    for (int i = 0; i < ITEMS_MAX && place < 0; i++)
        place = is_item_answered(answers, i) ? -1 : i;
    if (place < 0)
        return -1;
    drop_item(answers, place);
    answers->items[place] = key;
    return place;
}

int votes_trigger(struct week_answers *answers, uint32_t key)
{
    int place = place_key(answers->triggers, TRIGGERS_MAX, key);
    if (place >= 0)
        return place;
    for (int i = 0; i < TRIGGERS_MAX && place < 0; i++)
        place = is_trigger_answered(answers, i) ? -1 : i;
    if (place < 0)
        return -1;
    drop_trigger(answers, place);
    answers->triggers[place] = key;
    return place;
}

int votes_checkin(struct week_answers *answers, uint32_t key)
{
    return place_key(answers->checkins, WEEK_CHECKINS_MAX, key);
}

bool votes_has_item(const struct week_answers *answers, uint32_t key)
{
    int place = votes_find_item(answers, key);
    return place >= 0 && is_item_answered(answers, place);
}

int votes_item_count(const struct week_answers *answers)
{
    int count = 0;
    for (int item = 0; item < ITEMS_MAX; item++)
        count += is_item_answered(answers, item);
    return count;
}

/* Lower median of how often each value stands in a list. */
static int middle_of(const int counts[VALUE_MAX + 1], int total)
{
    int seen = 0;
    for (int value = 0; value <= VALUE_MAX; value++) {
        seen += counts[value];
        if (total > 0 && seen >= (total + 1) / 2)
            return value;
    }
    return VALUE_NONE;
}

int votes_day_value(const struct week_answers *answers, int day, int item)
{
    int counts[VALUE_MAX + 1] = {0}, total = 0;
    for (size_t i = 0; i < answers->entry_count; i++) {
        const struct week_entry *entry = &answers->entries[i];
        if (entry->day == day && entry->values[item] != VALUE_NONE) {
            counts[entry->values[item]]++;
            total++;
        }
    }
    return middle_of(counts, total);
}

int votes_vote(const struct week_answers *answers, int item)
{
    int counts[VALUE_MAX + 1] = {0}, total = 0;
    for (int day = 0; day < 7; day++) {
        int value = votes_day_value(answers, day, item);
        if (value != VALUE_NONE) {
            counts[value]++;
            total++;
        }
    }
    return middle_of(counts, total);
}

static uint16_t day_triggers(const struct week_answers *answers, int day)
{
    uint16_t triggers = 0;
    for (size_t i = 0; i < answers->entry_count; i++) {
        if (answers->entries[i].day == day)
            triggers |= answers->entries[i].triggers;
    }
    return triggers;
}

static void sum_week(const struct week_answers *answers, struct trigger_sums *ret_sums)
{
    memset(ret_sums, 0, sizeof *ret_sums);
    for (int day = 0; day < 7; day++) {
        uint16_t triggers = day_triggers(answers, day);
        for (int item = 0; item < ITEMS_MAX; item++) {
            int value = votes_day_value(answers, day, item);
            if (value == VALUE_NONE)
                continue;
            ret_sums->days[item]++;
            ret_sums->sum[item] = (uint8_t)(ret_sums->sum[item] + value);
            for (int t = 0; t < TRIGGERS_MAX; t++) {
                if (!(triggers & 1u << t))
                    continue;
                ret_sums->with_days[t][item]++;
                ret_sums->with_sum[t][item] =
                    (uint8_t)(ret_sums->with_sum[t][item] + value);
            }
        }
    }
}

/* Add one item's figures of one week, `trigger_to` saying where triggers went. */
static void copy_sums(const struct trigger_sums *from, int item, struct trigger_sums *to,
                      int item_to, const int trigger_to[TRIGGERS_MAX])
{
    to->days[item_to] = from->days[item];
    to->sum[item_to] = from->sum[item];
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        if (trigger_to[t] < 0)
            continue;
        to->with_days[trigger_to[t]][item_to] = from->with_days[t][item];
        to->with_sum[trigger_to[t]][item_to] = from->with_sum[t][item];
    }
}

static bool has_trigger_days(const struct trigger_sums weeks[CARRIED_WEEKS], int trigger)
{
    int days = 0;
    for (int week = 0; week < CARRIED_WEEKS; week++) {
        for (int item = 0; item < ITEMS_MAX; item++)
            days += weeks[week].with_days[trigger][item];
    }
    return days > 0;
}

static bool has_item_days(const struct trigger_sums weeks[CARRIED_WEEKS], int item)
{
    int days = 0;
    for (int week = 0; week < CARRIED_WEEKS; week++)
        days += weeks[week].days[item];
    return days > 0;
}

bool votes_carry(const struct week_answers *from, struct week_answers *to)
{
    struct trigger_sums weeks[CARRIED_WEEKS];
    int trigger_to[TRIGGERS_MAX];
    bool has_any = false;
    sum_week(from, &weeks[0]);
    memcpy(&weeks[1], from->carried, (CARRIED_WEEKS - 1) * sizeof weeks[0]);
    votes_drop_carried(to);
    for (int t = 0; t < TRIGGERS_MAX; t++)
        trigger_to[t] = has_trigger_days(weeks, t)
                            ? place_key(to->triggers, TRIGGERS_MAX, from->triggers[t])
                            : -1;
    for (int item = 0; item < ITEMS_MAX; item++) {
        if (from->items[item] == 0 || !has_item_days(weeks, item))
            continue;
        int place = place_key(to->items, ITEMS_MAX, from->items[item]);
        if (place < 0)
            continue; /* this week's own items have filled the table */
        has_any = true;
        to->last_votes[place] = (int8_t)votes_vote(from, item);
        for (int week = 0; week < CARRIED_WEEKS; week++)
            copy_sums(&weeks[week], item, &to->carried[week], place, trigger_to);
    }
    sodium_memzero(weeks, sizeof weeks);
    return has_any;
}

/* Keys that nothing needs any more leave their tables. */
static void drop_unused_keys(struct week_answers *answers)
{
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (!is_item_answered(answers, i))
            answers->items[i] = 0;
    }
    for (int t = 0; t < TRIGGERS_MAX; t++) {
        if (!is_trigger_answered(answers, t))
            answers->triggers[t] = 0;
    }
}

void votes_drop_carried(struct week_answers *answers)
{
    memset(answers->last_votes, VALUE_NONE, sizeof answers->last_votes);
    memset(answers->carried, 0, sizeof answers->carried);
    drop_unused_keys(answers);
}

bool votes_is_empty(const struct week_answers *answers)
{
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (answers->last_votes[i] != VALUE_NONE || has_item_days(answers->carried, i))
            return false;
    }
    return answers->entry_count == 0;
}
