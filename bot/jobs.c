/* jobs.c - see jobs.h. */
#include "bot/jobs.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/dispatch_room.h"
#include "bot/intake.h"
#include "bot/queue.h"
#include "bot/rooms.h"
#include "bot/spread.h"
#include "commands/checkin.h"
#include "commands/close.h"
#include "store/departed.h"
#include "store/inbox.h"
#include "store/member.h"
#include "store/outbox.h"
#include "store/pending.h"
#include <stdlib.h>
#include <string.h>

#define PROMPTS_A_TURN 100
#define FORGET_A_TURN 20
#define CARRY_A_TURN 50
#define COUNT_A_TURN 500
#define PURGE_A_TURN 200
#define TIDY_A_TURN 1000
#define UPKEEP_MS (10 * 60 * 1000LL)
#define GAP_RETRY_FIRST_MS 30000LL
#define GAP_RETRY_MAX_MS (60 * 60 * 1000LL)
#define SKEW_MAX_MS (60 * 60 * 1000LL) /* rule E11 */
#define OPEN_WEEKS_MAX 64

struct jobs {
    struct bot *bot;
    int64_t upkeep_mono_ms;
    bool has_purge; /* rows of closed weeks may be left */
    bool has_tidy;
    bool has_close; /* look for a week to close */
    bool skew_told;
    struct spread spread;
    struct {
        char *group;
        int32_t week;
        int64_t cursor;
        bool is_carried;
        struct close_count *count;
    } closing; /* the close under way; group NULL: none */
};

static void end_closing(struct jobs *jobs)
{
    free(jobs->closing.group);
    close_count_free(jobs->closing.count);
    memset(&jobs->closing, 0, sizeof jobs->closing);
}

struct jobs *jobs_new(struct bot *bot)
{
    struct jobs *jobs = mem_alloc(sizeof *jobs);
    jobs->bot = bot;
    jobs->has_purge = true;
    jobs->has_tidy = true;
    return jobs;
}

void jobs_free(struct jobs *jobs)
{
    if (jobs == NULL)
        return;
    end_closing(jobs);
    free(jobs);
}

/* End a step's transaction: commit, or roll back and leave it for later. */
static bool end_step(struct jobs *jobs, enum status status, const char *what)
{
    struct bot *bot = jobs->bot;
    if (status == ST_OK) {
        status = store_commit(bot->store);
        if (status == ST_OK)
            return true;
        log_error(
            "the store did not confirm a commit; ending, a restart finds the true state");
        bot_stop(bot, EXIT_STORE);
        return false;
    }
    store_rollback(bot->store);
    log_error("%s failed (%s); it will be tried again", what, status_text(status));
    jobs->bot->store_retry_mono_ms = bot->now.mono_ms + 5000;
    return false;
}

/* Between steps that follow each other at once. What fails here fails at the next
 * commit, too, and is told then. */
static void shorten_wal(struct bot *bot)
{
    enum status status = store_shorten_wal(bot->store);
    (void)status;
}

/* Left the group unseen (in a gap of the timeline)? Only where all of the
 * group's member lists are known. */
static bool has_left(struct bot *bot, const struct member *member)
{
    const struct group_settings *group = settings_group(bot->settings, member->group);
    int32_t since_day = 0;
    for (size_t i = 0; group != NULL && i < group->rooms.count; i++) {
        const struct room *room = rooms_by_name(bot->rooms, group->rooms.items[i]);
        if (room == NULL || room->membership != MEMBERSHIP_JOIN || !room->has_members)
            return false;
    }
    return group != NULL &&
           !rooms_is_member(bot->rooms, group, member->user_id, &since_day);
}

static enum status ask_member(struct bot *bot, struct member *member,
                              struct effects *effects)
{
    struct turn turn = bot_make_turn(bot, NULL, effects, NULL);
    if (has_left(bot, member))
        return dispatch_left(bot, settings_group(bot->settings, member->group),
                             member->user_id);
    return checkin_prompt(&turn, member);
}

/* One member's prompt leaves at its own moment, and what belongs to it with it. */
static void delay_prompts(const struct jobs *jobs, struct effects *effects)
{
    const struct bot *bot = jobs->bot;
    int64_t now = bot->now.utc_ms, moment = 0;
    for (size_t i = 0; i < effects->count; i++) {
        struct effect *effect = &effects->items[i];
        if (effect->lifetime != LIFE_PROMPT)
            continue;
        if (moment == 0)
            moment = spread_due(&jobs->spread, &bot->random, now, effect->expires_utc_ms);
        if (effect->due_utc_ms == 0)
            effect->due_utc_ms = moment;
        else if (moment > now) /* a reminder comes as long after it as ever */
            effect->due_utc_ms += moment - now;
    }
}

static enum status prompt_one(struct jobs *jobs, struct member *member)
{
    struct bot *bot = jobs->bot;
    struct effects effects = {0};
    enum status status = store_savepoint(bot->store);
    if (status != ST_OK)
        return status;
    status = ask_member(bot, member, &effects);
    delay_prompts(jobs, &effects);
    if (status == ST_OK)
        status = queue_effects(bot, NULL, &effects);
    effects_clear(&effects);
    if (status == ST_OK)
        return store_release(bot->store);
    store_rollback_savepoint(bot->store);
    if (status == ST_FULL || status == ST_IO || status == ST_CORRUPT)
        return status;
    log_error("one prompt could not be made: %s", status_text(status));
    /* Not again at once: the day is lost for this person, the others go on. */
    member->due_utc_ms = bot->now.utc_ms + DAY_MS;
    return member_put(bot->store, member);
}

/* True when there may be more at once. */
static bool run_prompts(struct jobs *jobs)
{
    struct bot *bot = jobs->bot;
    struct member_list due = {0};
    int64_t count = 0;
    enum status status = member_due(bot->store, bot->now.utc_ms, PROMPTS_A_TURN, &due);
    bool has_more = due.count == PROMPTS_A_TURN;
    if (status == ST_OK && due.count == 0)
        return false;
    if (status == ST_OK)
        status = member_due_count(bot->store, bot->now.utc_ms, &count);
    spread_begin(&jobs->spread, bot->settings, count, bot->now.utc_ms);
    if (status == ST_OK)
        status = store_begin(bot->store);
    for (size_t i = 0; i < due.count && status == ST_OK; i++)
        status = prompt_one(jobs, &due.items[i]);
    member_list_clear(&due);
    return end_step(jobs, status, "asking for check-ins") && has_more;
}

/* A week is never closed while our clock and the homeserver's differ by more
 * than an hour: a jump would destroy keys. */
static bool may_close(struct jobs *jobs)
{
    int64_t skew_ms = 0;
    if (bot_clock_skew(jobs->bot, &skew_ms) != ST_OK)
        return false;
    bool is_off = skew_ms > SKEW_MAX_MS || skew_ms < -SKEW_MAX_MS;
    if (is_off && !jobs->skew_told)
        log_error(
            "this machine's clock and the homeserver's differ by %lld minutes; no week "
            "is closed until they agree",
            (long long)(skew_ms / 60000));
    jobs->skew_told = is_off;
    return !is_off;
}

/* The oldest week of any group that may close now. */
static const struct group_settings *find_close(struct bot *bot, int32_t *ret_week)
{
    for (size_t i = 0; i < bot->settings->group_count; i++) {
        const struct group_settings *group = &bot->settings->groups[i];
        int32_t weeks[OPEN_WEEKS_MAX];
        int count = 0;
        if (pending_open_weeks(bot->store, group->name, weeks, &count) != ST_OK)
            continue;
        if (count > 0 && close_due(group, weeks[0]) <= bot->now.utc_ms) {
            *ret_week = weeks[0];
            return group;
        }
    }
    return NULL;
}

static bool seal(struct jobs *jobs)
{
    struct bot *bot = jobs->bot;
    struct effects effects = {0};
    struct turn turn = bot_make_turn(bot, NULL, &effects, NULL);
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = close_seal(&turn, jobs->closing.count);
    if (status == ST_OK)
        status = queue_effects(bot, NULL, &effects);
    effects_clear(&effects);
    if (status == ST_EXISTS) { /* a crash after the seal: only the key is left */
        store_rollback(bot->store);
        return true;
    }
    return end_step(jobs, status, "closing a week");
}

static void destroy_key(struct jobs *jobs, const char *group, int32_t week)
{
    struct bot *bot = jobs->bot;
    enum status status = store_truncate_wal(bot->store);
    if (status == ST_OK)
        status = week_key_destroy(bot->store, group, week);
    if (status != ST_OK && status != ST_NOT_FOUND)
        log_error(
            "the key of a closed week could not be destroyed (%s); it dies at the next "
            "start",
            status_text(status));
    else
        log_info("a week was closed");
    jobs->has_purge = true;
}

static void begin_closing(struct jobs *jobs, const struct group_settings *group,
                          int32_t week)
{
    if (text_equal(jobs->closing.group, group->name) && jobs->closing.week == week)
        return;
    end_closing(jobs);
    jobs->closing.group = mem_dup(group->name);
    jobs->closing.week = week;
    jobs->closing.count = close_count_new(group, week);
}

/* Carry some people over; false after an error. */
static bool carry_some(struct jobs *jobs, const struct group_settings *group)
{
    struct bot *bot = jobs->bot;
    struct effects none = {0};
    struct turn turn = bot_make_turn(bot, NULL, &none, NULL);
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = close_carry(&turn, group, jobs->closing.week, &jobs->closing.cursor,
                             CARRY_A_TURN);
    bool is_carried = status == ST_NOT_FOUND;
    if (!end_step(jobs, is_carried ? ST_OK : status, "closing a week")) {
        jobs->closing.cursor = 0; /* what was rolled back has to be carried again */
        return false;
    }
    jobs->closing.is_carried = is_carried;
    shorten_wal(bot);
    return true;
}

/* Count some people; behind the last one, seal. False after an error. */
static bool count_some(struct jobs *jobs, const struct group_settings *group)
{
    struct bot *bot = jobs->bot;
    struct effects none = {0};
    struct turn turn = bot_make_turn(bot, NULL, &none, NULL);
    enum status status = close_count(&turn, jobs->closing.count, COUNT_A_TURN);
    if (status == ST_OK)
        return true;
    if (status != ST_NOT_FOUND) {
        log_error("counting a week failed (%s); it will be tried again",
                  status_text(status));
        bot->store_retry_mono_ms = bot->now.mono_ms + 5000;
        end_closing(jobs);
        return false;
    }
    if (!seal(jobs))
        return false;
    destroy_key(jobs, group->name, jobs->closing.week);
    end_closing(jobs);
    return true;
}

/* One step of a close. True when there is more to do at once. */
static bool run_close(struct jobs *jobs)
{
    struct bot *bot = jobs->bot;
    int32_t week = 0;
    const struct group_settings *group = find_close(bot, &week);
    if (group == NULL || !may_close(jobs))
        return false;
    begin_closing(jobs, group, week);
    enum status status = week_key_ensure(bot->store, group->name, week_add(week, 1));
    if (status != ST_OK && status != ST_NOT_FOUND) {
        log_error("the key of the next week cannot be written: %s", status_text(status));
        jobs->bot->store_retry_mono_ms = bot->now.mono_ms + 5000;
        return false;
    }
    return jobs->closing.is_carried ? count_some(jobs, group) : carry_some(jobs, group);
}

/* Every group has a key for its running week, so that a key says nothing about
 * who took part, and every week is closed. */
static void ensure_week_keys(struct bot *bot)
{
    for (size_t i = 0; i < bot->settings->group_count; i++) {
        const struct group_settings *group = &bot->settings->groups[i];
        struct local_time local;
        zone_local(group->zone_rules, bot->now.utc_ms, &local);
        enum status status =
            week_key_ensure(bot->store, group->name, week_of_day(local.day));
        if (status != ST_OK && status != ST_NOT_FOUND)
            log_error("the key of this week cannot be written: %s", status_text(status));
    }
}

static enum status refresh_members(struct bot *bot)
{
    int32_t today = day_of_utc(bot->now.utc_ms);
    enum status status = ST_OK;
    for (size_t i = 0; i < bot->rooms->count && status == ST_OK; i++) {
        const struct room *room = bot->rooms->items[i];
        if (room->membership == MEMBERSHIP_JOIN &&
            (!room->has_members || (room->members_day != today && !room->is_direct)))
            status = queue_members(bot, room->room_id);
    }
    return status;
}

/* Whoever left their last group a while ago. */
static enum status forget_departed(struct bot *bot)
{
    struct strv users = {0};
    struct effects effects = {0};
    struct turn turn = bot_make_turn(bot, NULL, &effects, NULL);
    int32_t today = day_of_utc(bot->now.utc_ms);
    enum status status =
        departed_before(bot->store, today - DEPARTED_DAYS, FORGET_A_TURN, &users);
    for (size_t i = 0; i < users.count && status == ST_OK; i++)
        status = checkin_forget(&turn, users.items[i]);
    if (status == ST_OK)
        status = queue_effects(bot, NULL, &effects);
    effects_clear(&effects);
    strv_clear(&users);
    return status;
}

static void run_upkeep(struct jobs *jobs)
{
    struct bot *bot = jobs->bot;
    ensure_week_keys(bot);
    enum status status = week_keys_destroy_closed(bot->store);
    if (status != ST_OK)
        log_error("the key of a closed week cannot be destroyed: %s",
                  status_text(status));
    status = store_begin(bot->store);
    if (status == ST_OK)
        status = outbox_rotate_key(bot->store, week_of_day(day_of_utc(bot->now.utc_ms)));
    if (status == ST_OK)
        status = refresh_members(bot);
    if (status == ST_OK)
        status = forget_departed(bot);
    end_step(jobs, status, "upkeep");
    jobs->has_tidy = true;
    jobs->has_close = true;
    jobs->upkeep_mono_ms = bot->now.mono_ms + UPKEEP_MS;
}

static void run_gaps(struct jobs *jobs)
{
    struct bot *bot = jobs->bot;
    struct gap gap = {0};
    if (gap_due(bot->store, bot->now.utc_ms, &gap) != ST_OK)
        return;
    int64_t wait = GAP_RETRY_FIRST_MS << (gap.tries < 7 ? gap.tries : 7);
    if (wait > GAP_RETRY_MAX_MS)
        wait = GAP_RETRY_MAX_MS;
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = gap_retry(bot->store, gap.id, bot->now.utc_ms + wait);
    if (end_step(jobs, status, "retrying a gap"))
        intake_retry_gap(bot->intake, &gap);
    gap_clear(&gap);
}

static void run_purge(struct jobs *jobs)
{
    struct store *store = jobs->bot->store;
    jobs->has_purge = pending_purge_closed(store, PURGE_A_TURN) == ST_OK;
    if (jobs->has_purge)
        shorten_wal(jobs->bot);
}

static int64_t next_due(const struct jobs *jobs)
{
    const struct bot *bot = jobs->bot;
    int64_t due = 0, next = jobs->upkeep_mono_ms;
    int64_t ahead = bot->now.mono_ms - bot->now.utc_ms;
    if (member_next_due(bot->store, &due) == ST_OK && due != INT64_MAX &&
        due + ahead < next)
        next = due + ahead;
    if (gap_next_due(bot->store, &due) == ST_OK && due + ahead < next)
        next = due + ahead;
    return next > bot->now.mono_ms ? next : bot->now.mono_ms;
}

int64_t jobs_turn(struct jobs *jobs)
{
    struct bot *bot = jobs->bot;
    if (!bot->has_updated)
        return INT64_MAX;
    if (bot->now.mono_ms < bot->store_retry_mono_ms)
        return bot->store_retry_mono_ms;
    if (bot->now.mono_ms >= jobs->upkeep_mono_ms)
        run_upkeep(jobs);
    run_gaps(jobs);
    bool has_more = run_prompts(jobs);
    jobs->has_close = jobs->has_close && run_close(jobs);
    if (jobs->has_purge)
        run_purge(jobs);
    if (jobs->has_tidy && store_tidy(bot->store, bot->now.utc_ms, TIDY_A_TURN) != ST_OK)
        jobs->has_tidy = false;
    if (bot->now.mono_ms < bot->store_retry_mono_ms)
        return bot->store_retry_mono_ms;
    if (has_more || jobs->has_close || jobs->has_purge || jobs->has_tidy)
        return bot->now.mono_ms;
    return next_due(jobs);
}
