/* inbox.h - what was handled already: seen events, answered questions, gaps.
 *
 * Event ids stand in the file as keyed hashes; kept by time, never evicted by
 * a flood (rule E12).
 */
#ifndef HEARTH_STORE_INBOX_H
#define HEARTH_STORE_INBOX_H

#include "store/store.h"

#define SEEN_DAYS 30
#define ANSWERED_DAYS 30

/* ST_EXISTS: handled before. */
enum status seen_add(struct store *store, const char *room_id, const char *event_id,
                     int64_t now_utc_ms) MUST_CHECK;
bool seen_has(struct store *store, const char *room_id, const char *event_id);

/* What we said to a question: one row per (question, reply), in order. */
struct answered {
    int64_t outbox_id;  /* 0 once acknowledged */
    char *event_id;     /* ours; NULL until acknowledged */
    int64_t edit_ts_ms; /* newest edit applied; 0 none */
    char *edit_event_id;
    char sender_tag[65]; /* hash of who asked; compare with answered_sender_tag */
    bool is_poll;        /* no edit makes words of it */
};

void answered_clear(struct answered *answered);
void answered_sender_tag(struct store *store, const char *user_id, char ret_tag[65]);

/* Remember that outbox row `outbox_id` answers `question`. */
enum status answered_add(struct store *store, const char *room_id,
                         const char *question_id, const char *sender, int64_t outbox_id,
                         int64_t now_utc_ms) MUST_CHECK;
/* Its (first) reply is a poll. */
enum status answered_mark_poll(struct store *store, const char *room_id,
                               const char *question_id) MUST_CHECK;
/* Its (first) reply; ST_NOT_FOUND. */
enum status answered_get(struct store *store, const char *room_id,
                         const char *question_id,
                         struct answered *ret_answered) MUST_CHECK;
/* The same, and the reply's row goes. */
enum status answered_take(struct store *store, const char *room_id,
                          const char *question_id,
                          struct answered *ret_answered) MUST_CHECK;
/* The row was acknowledged as `event_id`. None: ST_OK. */
enum status answered_ack(struct store *store, int64_t outbox_id,
                         const char *event_id) MUST_CHECK;
/* An edit of the question was applied. */
enum status answered_edited(struct store *store, const char *room_id,
                            const char *question_id, int64_t ts_ms,
                            const char *edit_event_id) MUST_CHECK;
enum status answered_remove(struct store *store, const char *room_id,
                            const char *question_id) MUST_CHECK;
/* Was `event_id` one of ours that answers something or asks something? Used to
 * see replies to us. Every acknowledged send is remembered for 30 days. */
enum status ours_add(struct store *store, const char *room_id, const char *event_id,
                     int64_t now_utc_ms) MUST_CHECK;
bool ours_has(struct store *store, const char *room_id, const char *event_id);

/* A redaction seen before its event: handled when that comes. */
enum status redacted_add(struct store *store, const char *room_id, const char *event_id,
                         int64_t now_utc_ms) MUST_CHECK;
bool redacted_has(struct store *store, const char *room_id, const char *event_id);

/* A piece of a timeline that could not be fetched yet (rule E6). */
struct gap {
    int64_t id;
    char *room_id;
    char *from; /* prev_batch: newest end */
    char *to;   /* the sync token before: oldest end */
    int tries;
    int64_t due_utc_ms;
};
void gap_clear(struct gap *gap);
enum status gap_add(struct store *store, const struct gap *gap) MUST_CHECK;
enum status gap_due(struct store *store, int64_t now_utc_ms,
                    struct gap *ret_gap) MUST_CHECK;
enum status gap_next_due(struct store *store, int64_t *ret_utc_ms) MUST_CHECK;
enum status gap_retry(struct store *store, int64_t id, int64_t due_utc_ms) MUST_CHECK;
enum status gap_remove(struct store *store, int64_t id) MUST_CHECK;

/* A room we are about to make for someone (rule E7): one per person. */
struct intent {
    char *user_id;
    char nonce[33];
    char *room_id; /* NULL until it is known */
};
void intent_clear(struct intent *intent);
/* ST_EXISTS when there is one for the person. Draws the nonce. */
enum status intent_add(struct store *store, const char *user_id,
                       struct intent *ret_intent) MUST_CHECK;
enum status intent_by_user(struct store *store, const char *user_id,
                           struct intent *ret_intent) MUST_CHECK;
enum status intent_by_nonce(struct store *store, const char *nonce,
                            struct intent *ret_intent) MUST_CHECK;
enum status intent_set_room(struct store *store, const char *nonce,
                            const char *room_id) MUST_CHECK;
enum status intent_remove(struct store *store, const char *user_id) MUST_CHECK;

#endif
