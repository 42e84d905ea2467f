/* ack.c - see ack.h. */
#include "commands/ack.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/dates.h"
#include "commands/reply.h"
#include "commands/schedule.h"

#include <stdio.h>
#include <stdlib.h>

#define HARD_FROM 9
#define SAID_MS INT64_C(172800000) /* longer than any local day */

/* A message of its own, before the one at `at`. */
static void insert(struct turn *turn, size_t at, char *text)
{
    struct effects *effects = turn->effects;
    reply(turn, text)->lifetime = LIFE_ALWAYS;
    struct effect own = effects->items[effects->count - 1];
    for (size_t i = effects->count - 1; i > at; i--)
        effects->items[i] = effects->items[i - 1];
    effects->items[at] = own;
}

/* `text` (taken over) beside what the message at `at` says; a poll shows its question
 * and nothing else. */
static void join(struct turn *turn, size_t at, char *text, bool is_behind)
{
    struct effects *effects = turn->effects;
    if (at >= effects->count || effects->items[at].choice_ids.count > 0) {
        insert(turn, at < effects->count ? at : effects->count, text);
        return;
    }
    char *said = effects->items[at].text;
    struct buf joined;
    buf_init(&joined, MESSAGE_TEXT_MAX);
    buf_addf(&joined, "%s\n\n%s", is_behind ? said : text, is_behind ? text : said);
    free(text);
    free(said);
    effects->items[at].text = buf_take(&joined);
}

void ack_lead(struct turn *turn, size_t at, char *text)
{
    join(turn, at, text, false);
}

void ack_lead_same(struct turn *turn, size_t at, int32_t day)
{
    char *date = date_words(turn->settings, day);
    ack_lead(turn, at, say(turn->settings, TEXT_SAME_AS, "date", date, NULL));
    free(date);
}

static bool is_hard(const struct reading *reading)
{
    for (size_t i = 0; i < ITEMS_MAX; i++) {
        if (reading->values[i] >= HARD_FROM)
            return true;
    }
    return false;
}

enum status ack_comfort(struct turn *turn, size_t at, const struct member *member,
                        const struct reading *reading, bool is_behind)
{
    char date[11], place[32];
    bool was_said = false;
    if (!is_hard(reading))
        return ST_OK;
    day_format(schedule_local_day(member, turn->now.utc_ms), date);
    snprintf(place, sizeof place, "hard day %s", date);
    enum status status = said_lately(turn, place, member->user_id, SAID_MS, &was_said);
    if (status == ST_OK && !was_said)
        join(turn, at, say(turn->settings, TEXT_HARD_DAY, NULL), is_behind);
    return status;
}
