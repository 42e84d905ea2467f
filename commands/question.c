/* question.c - see question.h. */
#include "commands/question.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "store/dialogue.h"
#include "store/inbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* No room has such a name, so it is a place of its own among the dialogues. */
static char *place_of(const char *checkin)
{
    struct buf place;
    buf_init(&place, SIZE_MAX);
    buf_addf(&place, "checkin:%s", checkin);
    return buf_take(&place);
}

enum status question_put(struct store *store, const char *user_id, const char *checkin,
                         const struct question *question)
{
    struct buf bytes;
    buf_init(&bytes, DIALOGUE_BLOB_LEN);
    buf_addf(&bytes, "%d %" PRId32 " %" PRId64 " %" PRId64 " %d %u", question->version,
             question->day, question->asked_utc_ms, question->expires_utc_ms,
             question->is_stepwise, question->done);
    char *place = place_of(checkin);
    enum status status = dialogue_put(store, place, user_id, bytes.data, bytes.len,
                                      question->expires_utc_ms);
    free(place);
    buf_clear(&bytes);
    return status;
}

enum status question_get(struct store *store, const char *user_id, const char *checkin,
                         int64_t sent_utc_ms, struct question *ret_question)
{
    char *bytes = NULL, *place = place_of(checkin);
    size_t len = 0;
    struct question question = {0};
    int is_stepwise = 0;
    enum status status = dialogue_get(store, place, user_id, sent_utc_ms, &bytes, &len);
    free(place);
    if (status != ST_OK)
        return status;
    int fields = sscanf(bytes, "%d %" SCNd32 " %" SCNd64 " %" SCNd64 " %d %u",
                        &question.version, &question.day, &question.asked_utc_ms,
                        &question.expires_utc_ms, &is_stepwise, &question.done);
    free(bytes);
    /* What was sent before the question was asked is no answer to it. */
    if (fields != 6 || sent_utc_ms < question.asked_utc_ms)
        return ST_NOT_FOUND;
    question.is_stepwise = is_stepwise != 0;
    *ret_question = question;
    return ST_OK;
}

enum status question_drop(struct store *store, const char *user_id, const char *checkin)
{
    char *place = place_of(checkin);
    enum status status = dialogue_drop(store, place, user_id);
    free(place);
    return status;
}

/* A mark among the seen events, hashed as they are. */
static char *mark_of(const char *event_id, const char *checkin)
{
    struct buf mark;
    buf_init(&mark, SIZE_MAX);
    buf_addf(&mark, "%s asks %s", event_id, checkin);
    return buf_take(&mark);
}

enum status question_mark(struct store *store, const char *room_id, const char *event_id,
                          const char *checkin, int64_t now_utc_ms)
{
    char *mark = mark_of(event_id, checkin);
    enum status status = seen_add(store, room_id, mark, now_utc_ms);
    free(mark);
    return status == ST_EXISTS ? ST_OK : status;
}

bool question_is_asked_by(struct store *store, const char *room_id, const char *event_id,
                          const char *checkin)
{
    char *mark = mark_of(event_id, checkin);
    bool is_asked = seen_has(store, room_id, mark);
    free(mark);
    return is_asked;
}

static char *unread_mark(const char *event_id, const char *checkin, int32_t day)
{
    struct buf mark;
    buf_init(&mark, SIZE_MAX);
    buf_addf(&mark, "%s left %s open on %" PRId32, event_id, checkin, day);
    return buf_take(&mark);
}

enum status question_note_unread(struct store *store, const char *room_id,
                                 const char *event_id, const char *checkin, int32_t day,
                                 int64_t now_utc_ms)
{
    char *mark = unread_mark(event_id, checkin, day);
    enum status status = seen_add(store, room_id, mark, now_utc_ms);
    free(mark);
    return status == ST_EXISTS ? ST_OK : status;
}

bool question_was_unread(struct store *store, const char *room_id, const char *event_id,
                         const char *checkin, int32_t day)
{
    char *mark = unread_mark(event_id, checkin, day);
    bool was = seen_has(store, room_id, mark);
    free(mark);
    return was;
}

unsigned question_left(const struct question *question,
                       const struct checkin_settings *checkin)
{
    return ((1u << checkin->item_count) - 1) & ~question->done;
}

unsigned question_missing(const struct question *question,
                          const struct checkin_settings *checkin)
{
    return question_left(question, checkin) & ~checkin->optional;
}

size_t question_next(const struct question *question,
                     const struct checkin_settings *checkin)
{
    unsigned missing = question_missing(question, checkin);
    unsigned left = missing != 0 ? missing : question_left(question, checkin);
    size_t item = 0;
    while (item < checkin->item_count && !(left & 1u << item))
        item++;
    return item;
}
