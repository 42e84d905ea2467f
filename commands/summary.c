/* summary.c - `summary`: how the group has been, never who.
 *
 * The same text is posted after the close and shown on asking: it is made of
 * sealed rows, which never change, so asking all day tells nothing new.
 */
#include "commands/summary.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "commands/dates.h"
#include "commands/reply.h"
#include "commands/stats.h"
#include "store/pending.h"
#include "store/trend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHARE_FROM 20 /* contributors from which a share is told */
#define LOOK_BACK_WEEKS 3

static void add(struct buf *out, const char *before, char *text)
{
    buf_addf(out, "%s%s", before, text);
    free(text);
}

static const char *label_of(const struct settings *settings, const char *item)
{
    for (size_t i = 0; i < settings->item_count; i++) {
        if (strcmp(settings->items[i].name, item) == 0)
            return settings->items[i].label;
    }
    return item;
}

static void add_level(const struct settings *settings, const struct trend *trend,
                      struct buf *out)
{
    static const enum text_id texts[] = {
        [LEVEL_LOW] = TEXT_SUMMARY_MOSTLY_LOW,
        [LEVEL_MODERATE] = TEXT_SUMMARY_MOSTLY_MODERATE,
        [LEVEL_HIGH] = TEXT_SUMMARY_MOSTLY_HIGH,
        [LEVEL_MIXED] = TEXT_SUMMARY_MIXED,
    };
    char *level = say(settings, texts[stats_level(trend)], NULL);
    add(out, "\n",
        say(settings, TEXT_SUMMARY_SMALL, "label", label_of(settings, trend->item),
            "level", level, NULL));
    free(level);
}

static void add_share(const struct settings *settings, const struct trend *trend,
                      struct buf *out)
{
    struct share share;
    char percent[16], low[16], high[16];
    stats_share(trend, &share);
    snprintf(percent, sizeof percent, "%d", share.percent);
    snprintf(low, sizeof low, "%d", share.low);
    snprintf(high, sizeof high, "%d", share.high);
    add(out, "\n",
        say(settings, TEXT_SUMMARY_SHARE, "label", label_of(settings, trend->item),
            "share", percent, "low", low, "high", high, NULL));
}

static void add_change(const struct settings *settings, const struct trend *trend,
                       struct buf *out)
{
    static const enum text_id texts[] = {
        [CHANGE_BETTER] = TEXT_SUMMARY_BETTER,
        [CHANGE_SAME] = TEXT_SUMMARY_SAME,
        [CHANGE_WORSE] = TEXT_SUMMARY_WORSE,
    };
    char *change = say(settings, texts[stats_change(trend)], NULL);
    add(out, " ", say(settings, TEXT_SUMMARY_CHANGE, "change", change, NULL));
    free(change);
}

static void add_items(const struct settings *settings, const struct trend_list *trends,
                      struct buf *out)
{
    bool has_small = false;
    for (size_t i = 0; i < trends->count; i++) {
        const struct trend *trend = &trends->items[i];
        if (trend->range_low < SHARE_FROM) {
            add_level(settings, trend, out);
            has_small = true;
            continue;
        }
        add_share(settings, trend, out);
        if (trend->shape == TREND_CELLS_MAX)
            add_change(settings, trend, out);
    }
    if (has_small)
        add(out, "\n\n", say(settings, TEXT_SUMMARY_SMALL_NOTE, NULL));
    add(out, has_small ? " " : "\n\n", say(settings, TEXT_SUMMARY_FOOTER, NULL));
}

enum status summary_text(struct turn *turn, const struct group_settings *group,
                         int32_t week, char **ret_text)
{
    const struct settings *settings = turn->settings;
    struct trend_list trends = {0};
    struct buf out;
    enum status status = trend_read(turn->store, group->name, week, week, &trends);
    if (status != ST_OK)
        return status;
    buf_init(&out, MESSAGE_TEXT_MAX);
    char *from = date_words(settings, week_monday(week));
    char *until = date_words(settings, week_monday(week) + 6);
    add(&out, "", say(settings, TEXT_SUMMARY_TITLE, "from", from, "until", until, NULL));
    buf_add_text(&out, "\n");
    if (trends.count == 0)
        add(&out, "\n", say(settings, TEXT_SUMMARY_TOO_FEW, NULL));
    else
        add_items(settings, &trends, &out);
    free(from);
    free(until);
    trend_list_clear(&trends);
    *ret_text = buf_take(&out);
    return ST_OK;
}

/* The newest closed week of a group, 0 when none was closed lately. */
static int32_t last_closed(const struct turn *turn, const struct group_settings *group)
{
    struct local_time local;
    zone_local(group->zone_rules, turn->now.utc_ms, &local);
    int32_t week = week_of_day(local.day);
    for (int i = 0; i < LOOK_BACK_WEEKS; i++) {
        week = week_add(week, -1);
        if (closed_has(turn->store, group->name, week))
            return week;
    }
    return 0;
}

static enum status run_summary(struct turn *turn, const struct strv *args)
{
    (void)args;
    const struct group_settings *group = turn->request->group;
    int32_t week = group ? last_closed(turn, group) : 0;
    char *text = NULL;
    if (week == 0)
        return reply_text(turn, TEXT_SUMMARY_NOT_YET);
    enum status status = summary_text(turn, group, week, &text);
    if (status == ST_OK)
        reply(turn, text);
    return status;
}

const struct command cmd_summary = {
    .name = "summary",
    .aliases = "group summary|weekly summary",
    .usage = "summary",
    .summary = TEXT_ABOUT_SUMMARY,
    .where = ANYWHERE,
    .role = ROLE_MEMBER,
    .is_information = true,
    .run = run_summary,
};
