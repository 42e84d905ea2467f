/* queue_row.c - see queue_row.h. */
#include "bot/queue_row.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/pass_on.h"
#include "store/outbox.h"
#include "store/room.h"
#include <stdlib.h>

enum status queue_row_add(struct bot *bot, const char *lane,
                          const struct payload *payload, enum effect_lifetime lifetime,
                          int64_t due_utc_ms, int64_t waits_for, int64_t *ret_id)
{
    struct buf bytes;
    buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
    payload_encode(payload, &bytes);
    struct outbox_item item = {.kind = payload->kind,
                               .lifetime = lifetime,
                               .queued_utc_ms = bot->now.utc_ms,
                               .due_utc_ms = due_utc_ms,
                               .waits_for = waits_for,
                               .payload = bytes.data,
                               .payload_len = bytes.len};
    enum status status =
        bytes.overflowed ? ST_TOO_BIG : outbox_add(bot->store, lane, &item);
    if (status == ST_OK && ret_id != NULL)
        *ret_id = item.id;
    buf_clear(&bytes);
    return status;
}

enum status queue_row_once(struct bot *bot, const char *lane_prefix, const char *name,
                           const struct payload *payload)
{
    struct buf lane;
    struct outbox_list queued = {0};
    buf_init(&lane, 2048);
    buf_addf(&lane, "%s%s", lane_prefix, name);
    enum status status = outbox_lane(bot->store, lane.data, &queued);
    if (status == ST_OK && queued.count == 0)
        status = queue_row_add(bot, lane.data, payload, LIFE_ALWAYS, 0, 0, NULL);
    outbox_list_clear(&queued);
    buf_clear(&lane);
    return status;
}

/* The group for which the question of this lane waits, NULL if none waits, and its hour;
 * whatever stands in the lane goes. */
static enum status take_waiting(struct bot *bot, const char *lane, char **ret_group,
                                int64_t *ret_due_utc_ms)
{
    struct outbox_list rows = {0};
    enum status status = outbox_lane(bot->store, lane, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        const struct outbox_item *item = &rows.items[i];
        struct payload payload = {0};
        status = payload_decode(item->payload, item->payload_len, &payload);
        if (status == ST_OK && *ret_group == NULL) {
            *ret_group = mem_dup(payload.group);
            *ret_due_utc_ms = item->due_utc_ms;
        }
        payload_clear(&payload);
        if (status == ST_OK || status == ST_INVALID)
            status = outbox_remove(bot->store, item->id);
    }
    outbox_list_clear(&rows);
    return status;
}

enum status queue_pass_on(struct bot *bot, const struct effect *effect)
{
    char *group = NULL, *lane = pass_on_lane(effect->room_id, effect->answers);
    int64_t due = effect->due_utc_ms;
    enum status status = take_waiting(bot, lane, &group, &due);
    struct payload payload = {.kind = EFFECT_PASS_ON,
                              .room_id = effect->room_id,
                              .target = effect->target,
                              .group = group ? group : effect->text};
    if (status == ST_OK && payload.group != NULL)
        status = queue_row_add(bot, lane, &payload, effect->lifetime, due, 0, NULL);
    free(group);
    free(lane);
    return status;
}

char *queue_reminder_lane(const char *checkin, const char *room_id)
{
    struct buf lane;
    buf_init(&lane, 2048);
    buf_addf(&lane, "remind:%s:%s", checkin, room_id);
    return buf_take(&lane);
}

enum status queue_drop_reminder(struct bot *bot, const char *checkin, const char *room_id)
{
    char *lane = queue_reminder_lane(checkin, room_id);
    enum status status = outbox_remove_lane(bot->store, lane, LIFE_PROMPT, false);
    free(lane);
    return status;
}

static char *tidy_lane(const char *checkin, const char *room_id)
{
    struct buf lane;
    buf_init(&lane, 2048);
    buf_addf(&lane, "tidy:%s:%s", checkin, room_id);
    return buf_take(&lane);
}

enum status queue_redact(struct bot *bot, const struct effect *effect)
{
    bool waits = effect->checkin != NULL && effect->due_utc_ms > bot->now.utc_ms;
    char *lane =
        waits ? tidy_lane(effect->checkin, effect->room_id) : mem_dup(effect->room_id);
    struct payload payload = {
        .kind = EFFECT_REDACT, .room_id = effect->room_id, .target = effect->target};
    enum status status = queue_row_add(bot, lane, &payload, LIFE_ALWAYS,
                                       waits ? effect->due_utc_ms : 0, 0, NULL);
    free(lane);
    return status;
}

enum status queue_tidy(struct bot *bot, const struct effect *effect)
{
    char *room_id = NULL;
    struct outbox_list rows = {0};
    enum status status = dm_get(bot->store, effect->user_id, &room_id);
    if (status == ST_NOT_FOUND)
        return ST_OK; /* what waits goes at the end of its window */
    if (status != ST_OK)
        return status;
    char *lane = tidy_lane(effect->checkin, room_id);
    status = outbox_lane(bot->store, lane, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        rows.items[i].due_utc_ms = 0;
        status = outbox_update(bot->store, &rows.items[i]);
        if (status == ST_OK)
            status = outbox_move(bot->store, rows.items[i].id, room_id);
    }
    outbox_list_clear(&rows);
    free(lane);
    free(room_id);
    return status;
}
