/* close.c - the weekly close: see close.h for the order of its steps.
 *
 * A vote counts when its owner has been in one of the group's rooms since the
 * week's Monday at the latest (seven days at the close) and was not forgotten.
 * Items are published one by one: each needs the floor of people of its own.
 * From the exact numbers comes only whether a row is made; shape and epsilon
 * come from the last sealed week, the range from the noisy cells.
 *
 * Exact numbers stand in memory from the first counted person to the seal. A step
 * of the loop counts some; who goes meanwhile (stop, forget me) is not counted,
 * because counting begins anew.
 *
 * What is carried is written over what an earlier, broken off run wrote, so
 * repeating is harmless. Nobody can answer for a week any more once its close is
 * due (week_is_open), so carrying and counting see the same votes.
 */
#include "commands/close.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/group_rooms.h"
#include "commands/summary.h"
#include "commands/tally.h"
#include "commands/week.h"
#include "store/member.h"
#include "store/pending.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define CLOSE_MINUTE (4 * 60)
#define GRACE_MS (12 * 60 * 60 * INT64_C(1000))
#define WEEK_MS (7 * 24 * 60 * 60 * INT64_C(1000))
#define SUMMARY_GRACE_MS (2 * 60 * 60 * INT64_C(1000))
#define LAST_SEALED_WEEKS 26 /* how far back shape and epsilon look */
#define FLOOR_MIN 5

int64_t close_due(const struct group_settings *group, int32_t week)
{
    int32_t monday = week_monday(week) + 7;
    return zone_instant(group->zone_rules, monday, CLOSE_MINUTE) + GRACE_MS;
}

/* ---- carrying ---- */

struct carrying {
    struct turn *turn;
    const struct group_settings *group;
    int32_t week;
};

/* Still taking part in this group? */
static enum status takes_part(const struct carrying *c, const char *user_id,
                              bool *ret_does)
{
    struct member_list rows = {0};
    bool does = false;
    enum status status = member_of_user(c->turn->store, user_id, &rows);
    for (size_t i = 0; i < rows.count; i++)
        does |= strcmp(rows.items[i].group, c->group->name) == 0;
    member_list_clear(&rows);
    *ret_does = does && !tombstone_has(c->turn->store, user_id);
    return status;
}

static enum status carry(struct carrying *c, const struct week_answers *from)
{
    struct week_answers to;
    struct store *store = c->turn->store;
    int32_t next = week_add(c->week, 1);
    bool does = false;
    enum status status = takes_part(c, from->user_id, &does);
    if (status != ST_OK || !does)
        return status;
    status = week_load(store, c->group->name, next, from->user_id, &to);
    if (status == ST_NOT_FOUND) {
        votes_init(&to, from->user_id);
        status = ST_OK;
    }
    if (status == ST_OK) {
        votes_carry(from, &to);
        status = week_save(store, c->group->name, next, &to);
    }
    votes_wipe(&to);
    return status;
}

static enum status carry_blob(void *ctx, const unsigned char blob[PENDING_BLOB_LEN])
{
    struct week_answers from;
    enum status status = votes_decode(blob, &from);
    if (status == ST_OK)
        status = carry(ctx, &from);
    votes_wipe(&from);
    return status == ST_CORRUPT ? ST_OK : status; /* one bad row must not stop the week */
}

enum status close_carry(struct turn *turn, const struct group_settings *group,
                        int32_t week, int64_t *cursor, int max)
{
    struct carrying carrying = {turn, group, week};
    int32_t next = week_add(week, 1);
    /* A week that is closed already takes nothing over (a bot that was away). */
    if (closed_has(turn->store, group->name, next) ||
        !week_key_exists(turn->store, group->name, next))
        return ST_NOT_FOUND;
    return pending_walk(turn->store, group->name, week, cursor, max, carry_blob,
                        &carrying, NULL);
}

/* ---- counting ---- */

struct close_count {
    char *group;
    int32_t week;
    int64_t cursor;
    bool has_begun, is_whole;
    struct week_items items;
    struct tally *tallies; /* one for each of `items` */
};

struct counting {
    struct turn *turn;
    const struct group_settings *group;
    int32_t week;
    const struct week_items *items;
    struct tally *tallies;
};

static void drop_counts(struct close_count *count)
{
    if (count->tallies != NULL)
        sodium_memzero(count->tallies, (count->items.count + 1) * sizeof *count->tallies);
    free(count->tallies);
    count->tallies = NULL;
    week_items_clear(&count->items);
    count->cursor = 0;
    count->has_begun = count->is_whole = false;
}

struct close_count *close_count_new(const struct group_settings *group, int32_t week)
{
    struct close_count *count = mem_alloc(sizeof *count);
    count->group = mem_dup(group->name);
    count->week = week;
    return count;
}

void close_count_free(struct close_count *count)
{
    if (count == NULL)
        return;
    drop_counts(count);
    free(count->group);
    free(count);
}

/* In one of the group's rooms for seven days at the close, and not forgotten. */
static enum status may_count(const struct counting *c, const char *user_id, bool *ret_may)
{
    bool is_member = false;
    int32_t since = 0;
    enum status status =
        group_has_member(c->turn->store, c->group, user_id, &is_member, &since);
    if (status == ST_OK)
        *ret_may = is_member && since <= week_monday(c->week) &&
                   !tombstone_has(c->turn->store, user_id);
    return status;
}

static enum status count(struct counting *c, const struct week_answers *answers)
{
    bool may = false;
    enum status status = may_count(c, answers->user_id, &may);
    for (size_t i = 0; i < c->items->count && status == ST_OK && may; i++) {
        int place = votes_find_item(answers, c->items->items[i].key);
        int vote = place < 0 ? VALUE_NONE : votes_vote(answers, place);
        if (vote != VALUE_NONE)
            tally_add(&c->tallies[i], vote, answers->last_votes[place]);
    }
    return status;
}

static enum status count_blob(void *ctx, const unsigned char blob[PENDING_BLOB_LEN])
{
    struct week_answers answers;
    enum status status = votes_decode(blob, &answers);
    if (status == ST_OK)
        status = count(ctx, &answers);
    votes_wipe(&answers);
    return status == ST_CORRUPT ? ST_OK : status;
}

static enum status begin_count(struct turn *turn, struct close_count *count)
{
    drop_counts(count);
    pending_watch(turn->store, count->group, count->week);
    enum status status =
        week_items_read(turn->store, count->group, count->week, &count->items);
    if (status != ST_OK)
        return status;
    count->tallies = mem_alloc((count->items.count + 1) * sizeof *count->tallies);
    count->has_begun = true;
    return ST_OK;
}

static struct counting counting_of(struct turn *turn, const struct close_count *count)
{
    return (struct counting){turn, settings_group(turn->settings, count->group),
                             count->week, &count->items, count->tallies};
}

enum status close_count(struct turn *turn, struct close_count *count, int max)
{
    enum status status = ST_OK;
    if (settings_group(turn->settings, count->group) == NULL)
        return ST_INVALID;
    if (!count->has_begun || pending_has_changed(turn->store))
        status = begin_count(turn, count);
    if (status != ST_OK)
        return status;
    struct counting c = counting_of(turn, count);
    status = pending_walk(turn->store, count->group, count->week, &count->cursor, max,
                          count_blob, &c, NULL);
    count->is_whole = status == ST_NOT_FOUND;
    return status;
}

/* ---- sealing ---- */

/* Noisy total of the item's last sealed week, 0 when there is none. */
static int64_t last_total(const struct trend_list *sealed, const char *item, int version)
{
    int64_t total = 0;
    for (size_t i = 0; i < sealed->count; i++) {
        const struct trend *trend = &sealed->items[i];
        if (strcmp(trend->item, item) == 0 && trend->item_version == version)
            total = tally_total(trend->cells, trend->shape);
    }
    return total;
}

static enum status seal_item(const struct counting *c, size_t index,
                             const struct trend_list *sealed)
{
    const struct privacy_settings *privacy = &c->turn->settings->privacy;
    const struct week_item *item = &c->items->items[index];
    int floor = privacy->min_people > FLOOR_MIN ? privacy->min_people : FLOOR_MIN;
    if (c->tallies[index].voters < floor)
        return ST_OK;
    int64_t last = last_total(sealed, item->name, (int)item->key);
    struct trend trend = {.group = c->group->name,
                          .week = c->week,
                          .item = item->name,
                          .item_version = (int)item->key,
                          .shape = tally_shape(last),
                          .epsilon_permille =
                              tally_epsilon(last, privacy->epsilon_permille)};
    tally_draw(&c->tallies[index], trend.shape, trend.epsilon_permille, c->turn->random,
               trend.cells);
    trend.range_low = tally_range(tally_total(trend.cells, trend.shape));
    return trend_add(c->turn->store, &trend);
}

/* In the order of the configuration; items that left it come last. */
static enum status seal_items(const struct counting *c)
{
    const struct settings *settings = c->turn->settings;
    struct trend_list sealed = {0};
    enum status status =
        trend_read(c->turn->store, c->group->name, week_add(c->week, -LAST_SEALED_WEEKS),
                   week_add(c->week, -1), &sealed);
    for (size_t pass = 0; pass <= settings->item_count; pass++) {
        for (size_t i = 0; i < c->items->count && status == ST_OK; i++) {
            size_t place = 0;
            while (place < settings->item_count &&
                   strcmp(settings->items[place].name, c->items->items[i].name) != 0)
                place++;
            if (place == pass)
                status = seal_item(c, i, &sealed);
        }
    }
    trend_list_clear(&sealed);
    return status;
}

/* The first moment of the group's summary day and hour after the week could
 * close, also if that was a moment ago; if it was missed, the same hour of the
 * next day it can be. */
static int64_t summary_due(const struct group_settings *group, int32_t week,
                           int64_t now_utc_ms)
{
    struct local_time local;
    bool is_missed = false;
    zone_local(group->zone_rules, close_due(group, week), &local);
    for (int32_t day = local.day;; day++) {
        int64_t due = zone_instant(group->zone_rules, day, group->summary_minute);
        bool is_its_day = is_missed || day_weekday(day) == group->summary_weekday;
        if (due < close_due(group, week) || !is_its_day)
            continue;
        if (due + SUMMARY_GRACE_MS >= now_utc_ms)
            return due;
        is_missed = true;
    }
}

/* Whether the room hears of it. Not of a week long past; and of too few people
 * once, not week after week: both are known from sealed facts only. */
static enum status may_say(const struct counting *c, bool *ret_may)
{
    struct trend_list before = {0}, now = {0};
    struct store *store = c->turn->store;
    int32_t last = week_add(c->week, -1);
    enum status status = trend_read(store, c->group->name, last, last, &before);
    if (status == ST_OK)
        status = trend_read(store, c->group->name, c->week, c->week, &now);
    bool is_old = c->turn->now.utc_ms >= close_due(c->group, c->week) + WEEK_MS;
    bool was_told =
        now.count == 0 && before.count == 0 && closed_has(store, c->group->name, last);
    *ret_may = !is_old && !was_told && c->group->rooms.count > 0;
    trend_list_clear(&before);
    trend_list_clear(&now);
    return status;
}

static enum status say_summary(const struct counting *c)
{
    bool may = false;
    char *text = NULL;
    enum status status = may_say(c, &may);
    if (status != ST_OK || !may)
        return status;
    status = summary_text(c->turn, c->group, c->week, &text);
    if (status != ST_OK)
        return status;
    struct effect *effect = effects_add(c->turn->effects, EFFECT_SAY);
    effect->lifetime = LIFE_ALWAYS;
    effect->room_id = mem_dup(c->group->rooms.items[0]);
    effect->due_utc_ms = summary_due(c->group, c->week, c->turn->now.utc_ms);
    effect->text = text;
    return ST_OK;
}

enum status close_seal(struct turn *turn, const struct close_count *count)
{
    struct counting c = counting_of(turn, count);
    if (c.group == NULL || !count->is_whole || pending_has_changed(turn->store))
        return ST_INVALID;
    enum status status = closed_add(turn->store, count->group, count->week);
    if (status != ST_OK)
        return status; /* closed before: a week is drawn once */
    status = seal_items(&c);
    if (status == ST_OK)
        status = week_items_forget(turn->store, count->group, count->week);
    return status == ST_OK ? say_summary(&c) : status;
}
