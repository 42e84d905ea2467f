/* faq_counts.c - see faq_counts.h. */
#include "commands/faq_counts.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "commands/close.h"
#include "commands/dates.h"
#include "store/trend.h"

#include <stdio.h>
#include <stdlib.h>

#define ENTRIES_SHOWN 10

enum status faq_counts_add(struct turn *turn, const char *faq_id)
{
    if (turn->request->kind == REQUEST_EDIT)
        return ST_OK;
    return faq_count_add(turn->store, faq_id, week_of_day(day_of_utc(turn->now.utc_ms)));
}

enum status faq_counts_add_unknown(struct turn *turn)
{
    return faq_counts_add(turn, FAQ_COUNT_UNKNOWN);
}

/* Counters go by the UTC week, which has ended everywhere when a group may close. */
static int32_t last_closed_week(const struct turn *turn,
                                const struct group_settings *group)
{
    int32_t week = week_add(week_of_day(day_of_utc(turn->now.utc_ms)), -1);
    return close_due(group, week) <= turn->now.utc_ms ? week : week_add(week, -1);
}

static void add(struct buf *out, char *text)
{
    if (out->len > 0)
        buf_add_char(out, '\n');
    buf_add_text(out, text);
    free(text);
}

static void add_title(const struct turn *turn, int32_t week, enum text_id id,
                      struct buf *out)
{
    char least[16];
    char *from = date_words(turn->settings, week_monday(week));
    char *until = date_words(turn->settings, week_monday(week) + 6);
    snprintf(least, sizeof least, "%d", FAQ_COUNT_FLOOR);
    add(out, say(turn->settings, id, "from", from, "until", until, "least", least, NULL));
    free(from);
    free(until);
}

static void add_lines(const struct turn *turn, const struct faq_count_list *counts,
                      int64_t unknown, struct buf *out)
{
    char number[24];
    buf_add_char(out, '\n');
    for (size_t i = 0; i < counts->count; i++) {
        snprintf(number, sizeof number, "%lld", (long long)counts->items[i].count);
        add(out, say(turn->settings, TEXT_STATUS_FAQ_LINE, "id", counts->items[i].faq,
                     "count", number, NULL));
    }
    snprintf(number, sizeof number, "%lld", (long long)unknown);
    if (unknown >= FAQ_COUNT_FLOOR)
        add(out, say(turn->settings, TEXT_STATUS_FAQ_UNKNOWN, "count", number, NULL));
}

enum status faq_counts_write(const struct turn *turn, const struct group_settings *group,
                             char **ret_text)
{
    struct faq_count_list counts = {0};
    struct buf out;
    int64_t unknown = 0;
    int32_t week = last_closed_week(turn, group);
    enum status status = faq_count_read(turn->store, FAQ_COUNT_UNKNOWN, week, &unknown);
    if (status == ST_OK)
        status = faq_count_top(turn->store, week, ENTRIES_SHOWN, &counts);
    if (status != ST_OK)
        return status;
    buf_init(&out, MESSAGE_TEXT_MAX);
    if (counts.count > 0 || unknown >= FAQ_COUNT_FLOOR) {
        add_title(turn, week, TEXT_STATUS_FAQ, &out);
        add_lines(turn, &counts, unknown, &out);
    } else {
        add_title(turn, week, TEXT_STATUS_FAQ_NONE, &out);
    }
    faq_count_list_clear(&counts);
    *ret_text = buf_take(&out);
    return ST_OK;
}
