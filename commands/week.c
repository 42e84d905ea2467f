/* week.c - see week.h; the list of used items is in week_items.c. */
#include "commands/week.h"

#include "commands/close.h"
#include "commands/week_items.h"
#include "store/member.h"
#include "store/pending.h"

#include <sodium.h>
#include <string.h>

#define OPEN_WEEKS_MAX 64

static uint32_t hash_text(uint32_t hash, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    do
        hash = (hash ^ *p) * 16777619u; /* FNV-1a, the NUL included */
    while (*p++ != '\0');
    return hash;
}

/* As a positive int, so that it can be a prompt version too. */
static uint32_t make_key(uint32_t hash)
{
    uint32_t key = (hash ^ hash >> 31) & 0x7fffffffu;
    return key ? key : 1;
}

#define HASH_START 2166136261u

uint32_t week_item_key(const struct item_settings *item)
{
    uint32_t hash = hash_text(HASH_START, item->name);
    hash = hash_text(hash, item->question);
    hash = hash_text(hash, item->low);
    return make_key(hash_text(hash, item->high));
}

uint32_t week_trigger_key(const struct item_settings *trigger)
{
    uint32_t hash = hash_text(HASH_START, trigger->name);
    return make_key(hash_text(hash, trigger->label));
}

uint32_t week_checkin_key(const struct checkin_settings *checkin)
{
    uint32_t hash = hash_text(HASH_START, checkin->name);
    return make_key((hash ^ (uint32_t)checkin->version) * 16777619u);
}

enum status week_load(struct store *store, const char *group, int32_t week,
                      const char *user_id, struct week_answers *ret_answers)
{
    unsigned char blob[PENDING_BLOB_LEN];
    enum status status = pending_get(store, group, week, user_id, blob);
    if (status == ST_OK)
        status = votes_decode(blob, ret_answers);
    sodium_memzero(blob, sizeof blob);
    return status == ST_CORRUPT ? ST_NOT_FOUND
                                : status; /* unreadable is as good as none */
}

enum status week_save(struct store *store, const char *group, int32_t week,
                      const struct week_answers *answers)
{
    unsigned char blob[PENDING_BLOB_LEN];
    if (votes_is_empty(answers))
        return pending_remove(store, group, week, answers->user_id);
    votes_encode(answers, blob);
    enum status status = pending_put(store, group, week, answers->user_id, blob);
    sodium_memzero(blob, sizeof blob);
    return status;
}

uint32_t week_seconds(int64_t utc_ms, int32_t week)
{
    int64_t start_ms = (week_monday(week) - 2) * INT64_C(86400000);
    int64_t seconds = (utc_ms - start_ms) / 1000;
    return seconds < 1 ? 1 : seconds > 0xffffff ? 0xffffff : (uint32_t)seconds;
}

bool week_is_open(const struct turn *turn, const struct group_settings *group,
                  int32_t week)
{
    return turn->now.utc_ms < close_due(group, week) &&
           !closed_has(turn->store, group->name, week);
}

/* Items this person has answered in other groups this week: a person-week has
 * ITEMS_MAX item votes over all groups. */
static enum status count_elsewhere(const struct turn *turn, const char *group,
                                   int32_t week, const char *user_id, int *ret_count)
{
    int count = 0;
    for (size_t i = 0; i < turn->settings->group_count; i++) {
        const char *other = turn->settings->groups[i].name;
        struct week_answers answers;
        if (strcmp(other, group) == 0)
            continue;
        enum status status = week_load(turn->store, other, week, user_id, &answers);
        if (status == ST_OK)
            count += votes_item_count(&answers);
        else if (status != ST_NOT_FOUND)
            return status;
        votes_wipe(&answers);
    }
    *ret_count = count;
    return ST_OK;
}

static enum status fill_values(struct turn *turn, const char *group, int32_t week,
                               struct week_answers *answers, struct week_entry *entry,
                               const struct checkin_settings *checkin,
                               const struct reading *reading)
{
    int elsewhere = 0;
    enum status status = count_elsewhere(turn, group, week, answers->user_id, &elsewhere);
    for (size_t i = 0; i < checkin->item_count && status == ST_OK; i++) {
        const struct item_settings *item = &turn->settings->items[checkin->items[i]];
        uint32_t key = week_item_key(item);
        if (reading->values[i] < 0)
            continue;
        bool is_new = !votes_has_item(answers, key);
        if (is_new && votes_item_count(answers) + elsewhere >= ITEMS_MAX)
            continue;
        int place = votes_item(answers, key);
        if (place < 0)
            continue;
        entry->values[place] = reading->values[i];
        status = week_items_note(turn->store, group, week, item->name, key);
    }
    return status;
}

enum status week_fill_entry(struct turn *turn, const char *group, int32_t week,
                            struct week_answers *answers, struct week_entry *entry,
                            const struct checkin_settings *checkin,
                            const struct reading *reading)
{
    memset(entry->values, VALUE_NONE, sizeof entry->values);
    entry->triggers = 0;
    for (size_t i = 0; i < checkin->trigger_count; i++) {
        const struct item_settings *trigger =
            &turn->settings->items[checkin->triggers[i]];
        int place = reading->triggers & 1u << i
                        ? votes_trigger(answers, week_trigger_key(trigger))
                        : -1;
        if (place >= 0)
            entry->triggers = (uint16_t)(entry->triggers | 1u << place);
    }
    return fill_values(turn, group, week, answers, entry, checkin, reading);
}

/* The entry to fill: the event's own, or a new one; NULL when there is no room. */
static struct week_entry *take_entry(struct week_answers *answers,
                                     const struct checkin_settings *checkin, int32_t day,
                                     const char *event_id)
{
    uint64_t tag = votes_tag(event_id);
    int weekday = day_weekday(day) - 1;
    int place = votes_checkin(answers, week_checkin_key(checkin));
    struct week_entry *entry = votes_find(answers, tag);
    if (place < 0)
        return NULL;
    if (entry == NULL)
        return votes_add(answers, tag, weekday, place);
    entry->day = weekday;
    entry->checkin = place;
    return entry;
}

enum status week_record(struct turn *turn, const struct member *member,
                        const struct checkin_settings *checkin, int32_t day,
                        const char *event_id, const struct reading *reading,
                        enum week_outcome *ret_outcome)
{
    int32_t week = week_of_day(day);
    const struct group_settings *group = settings_group(turn->settings, member->group);
    struct week_answers answers;
    *ret_outcome = WEEK_CLOSED;
    if (group == NULL || !week_is_open(turn, group, week))
        return ST_OK;
    enum status status = week_key_ensure(turn->store, group->name, week);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status == ST_OK)
        status = week_load(turn->store, group->name, week, member->user_id, &answers);
    if (status == ST_NOT_FOUND) {
        votes_init(&answers, member->user_id);
        status = ST_OK;
    }
    if (status != ST_OK)
        return status;
    struct week_entry *entry = take_entry(&answers, checkin, day, event_id);
    *ret_outcome = entry ? WEEK_RECORDED : WEEK_FULL;
    if (entry != NULL)
        status =
            week_fill_entry(turn, group->name, week, &answers, entry, checkin, reading);
    if (entry != NULL && status == ST_OK)
        status = week_save(turn->store, group->name, week, &answers);
    votes_wipe(&answers);
    return status;
}

static struct week_entry *find_entry(struct week_answers *answers, week_match matches,
                                     const void *ctx)
{
    for (size_t i = 0; i < answers->entry_count; i++) {
        if (matches(ctx, &answers->entries[i]))
            return &answers->entries[i];
    }
    return NULL;
}

/* In one group's open weeks. */
static enum status find_in_group(const struct turn *turn, const char *user_id,
                                 week_match matches, const void *ctx,
                                 struct week_place *place)
{
    int32_t weeks[OPEN_WEEKS_MAX];
    int count = 0;
    enum status status =
        pending_open_weeks(turn->store, place->group->name, weeks, &count);
    for (int i = 0; i < count && status == ST_OK; i++) {
        place->week = weeks[i];
        status = week_load(turn->store, place->group->name, weeks[i], user_id,
                           &place->answers);
        place->entry = status == ST_OK ? find_entry(&place->answers, matches, ctx) : NULL;
        if (place->entry != NULL)
            return ST_OK;
        votes_wipe(&place->answers);
        if (status == ST_NOT_FOUND)
            status = ST_OK;
    }
    return status == ST_OK ? ST_NOT_FOUND : status;
}

enum status week_find_entry(const struct turn *turn, const char *user_id,
                            week_match matches, const void *ctx,
                            struct week_place *ret_place)
{
    enum status status = ST_NOT_FOUND;
    for (size_t i = 0; i < turn->settings->group_count && status == ST_NOT_FOUND; i++) {
        ret_place->group = &turn->settings->groups[i];
        status = find_in_group(turn, user_id, matches, ctx, ret_place);
    }
    return status;
}

static bool has_tag(const void *ctx, const struct week_entry *entry)
{
    return entry->tag == *(const uint64_t *)ctx;
}

enum status week_find_event(const struct turn *turn, const char *user_id,
                            const char *event_id, struct week_place *ret_place)
{
    uint64_t tag = votes_tag(event_id);
    return week_find_entry(turn, user_id, has_tag, &tag, ret_place);
}

static enum status drop_week(struct turn *turn, const char *user_id, const char *group,
                             int32_t week, bool keeps_answers)
{
    struct week_answers answers;
    if (!keeps_answers)
        return pending_remove(turn->store, group, week, user_id);
    enum status status = week_load(turn->store, group, week, user_id, &answers);
    if (status == ST_OK) {
        votes_drop_carried(&answers);
        status = week_save(turn->store, group, week, &answers);
    }
    votes_wipe(&answers);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

enum status week_drop(struct turn *turn, const char *user_id, const char *group,
                      bool keeps_answers)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < turn->settings->group_count && status == ST_OK; i++) {
        const char *name = turn->settings->groups[i].name;
        int32_t weeks[OPEN_WEEKS_MAX];
        int count = 0;
        if (group != NULL && strcmp(group, name) != 0)
            continue;
        status = pending_open_weeks(turn->store, name, weeks, &count);
        for (int k = 0; k < count && status == ST_OK; k++)
            status = drop_week(turn, user_id, name, weeks[k], keeps_answers);
    }
    return status;
}
