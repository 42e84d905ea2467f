/* question.h - the open check-in of a member: what was asked, and how far it is.
 *
 * One per person and check-in, in the store's dialogue table: the items that
 * were answered as bits, never a value. Gone when the window is over.
 */
#ifndef HEARTH_COMMANDS_QUESTION_H
#define HEARTH_COMMANDS_QUESTION_H

#include "bot/model/settings.h"
#include "store/store.h"

struct question {
    int version; /* of the check-in when it was asked */
    int32_t day; /* the local day it asks about */
    int64_t asked_utc_ms;
    int64_t expires_utc_ms;
    bool is_stepwise; /* one item at a time */
    unsigned done;    /* bits of items answered or left out */
};

enum status question_put(struct store *store, const char *user_id, const char *checkin,
                         const struct question *question) MUST_CHECK;
/* The one open for a message sent at `sent_utc_ms`; ST_NOT_FOUND. */
enum status question_get(struct store *store, const char *user_id, const char *checkin,
                         int64_t sent_utc_ms, struct question *ret_question) MUST_CHECK;
enum status question_drop(struct store *store, const char *user_id,
                          const char *checkin) MUST_CHECK;

/* Our message `event_id` asks for this check-in: a reply to it is meant for that. */
enum status question_mark(struct store *store, const char *room_id, const char *event_id,
                          const char *checkin, int64_t now_utc_ms) MUST_CHECK;
bool question_is_asked_by(struct store *store, const char *room_id, const char *event_id,
                          const char *checkin);

/* A message that was sent while the question of `day` was open and held no answer: only
 * such a one may become an answer to it by an edit. */
enum status question_note_unread(struct store *store, const char *room_id,
                                 const char *event_id, const char *checkin, int32_t day,
                                 int64_t now_utc_ms) MUST_CHECK;
bool question_was_unread(struct store *store, const char *room_id, const char *event_id,
                         const char *checkin, int32_t day);

/* The first item that is not done, the optional ones last, or the count of items. */
size_t question_next(const struct question *question,
                     const struct checkin_settings *checkin);
/* Bits of the items not done, and of those that a check-in is not complete without. */
unsigned question_left(const struct question *question,
                       const struct checkin_settings *checkin);
unsigned question_missing(const struct question *question,
                          const struct checkin_settings *checkin);

#endif
