/* member.h - who asked for a check-in: one row per person and check-in.
 *
 * A row exists only between a member's yes and their stop. In the file: a keyed
 * hash of the user id, the check-in's name, the next due time, and everything
 * else in a sealed blob of MEMBER_BLOB_LEN.
 */
#ifndef HEARTH_STORE_MEMBER_H
#define HEARTH_STORE_MEMBER_H

#include "store/store.h"

/* How they like to be asked. */
enum answer_way {
    ANSWER_ALL,   /* everything in one message */
    ANSWER_STEPS, /* one question at a time */
    ANSWER_TAPS   /* one poll at a time */
};

struct member {
    char *user_id;
    char *checkin; /* name of the check-in */
    char *group;   /* its answers count there and nowhere else */
    char *dm_room;
    char *zone;       /* IANA name */
    int minute;       /* of the local day, 0..1439 */
    int weekdays;     /* bit 0 Monday .. bit 6 Sunday */
    bool is_tidy;     /* answers in the chat are redacted after each check-in */
    bool asks_openly; /* the prompt contains the questions */
    int consent_version;
    int agreed_people; /* the floor of a summary at the yes; 0 not known */
    int32_t consent_day;
    int32_t last_prompt_day;  /* local date asked last, 0 never */
    int32_t last_answer_day;  /* 0 never */
    int32_t paused_until_day; /* first day asked again, 0 not paused */
    int silent_days;          /* prompts in a row without an answer */
    bool is_resting;
    enum answer_way answer_way;
    int told_version;   /* prompt version the member was told about */
    bool was_away;      /* a day was left out while we were down, and it was not said */
    int64_t due_utc_ms; /* next prompt; INT64_MAX when none is planned */
};

struct member_list {
    struct member *items;
    size_t count, capacity;
};

void member_clear(struct member *member);
void member_copy(struct member *to, const struct member *from); /* `to` is overwritten */
void member_list_clear(struct member_list *list);

/* Write, replacing (user_id, checkin). ST_RANGE when a field is out of bounds,
 * ST_TOO_BIG when it does not fit the blob, ST_DENIED when the person was
 * forgotten (tombstone_remove first: a yes after a forget me); nothing is
 * written then. */
enum status member_put(struct store *store, const struct member *member) MUST_CHECK;
enum status member_get(struct store *store, const char *user_id, const char *checkin,
                       struct member *ret_member) MUST_CHECK;
/* All rows of one person; an empty list is ST_OK. */
enum status member_of_user(struct store *store, const char *user_id,
                           struct member_list *ret_members) MUST_CHECK;
/* checkin NULL: all of them. ST_NOT_FOUND if there was none. */
enum status member_remove(struct store *store, const char *user_id,
                          const char *checkin) MUST_CHECK;
/* Rows due at or before `now_utc_ms`, earliest first, at most `max`; costs by
 * what is due. */
enum status member_due(struct store *store, int64_t now_utc_ms, int max,
                       struct member_list *ret_members) MUST_CHECK;
enum status member_due_count(struct store *store, int64_t now_utc_ms,
                             int64_t *ret_count) MUST_CHECK;
/* Due time of the earliest row; ST_NOT_FOUND if no prompt is planned. */
enum status member_next_due(struct store *store, int64_t *ret_utc_ms) MUST_CHECK;
/* A page of all rows in hash order, behind the cursor (empty at first; kept by
 * the caller, 64 hex digits + name): for zone changes and reloads. */
enum status member_page(struct store *store, char **cursor, int max,
                        struct member_list *ret_members) MUST_CHECK;
enum status member_count(struct store *store, int64_t *ret_count) MUST_CHECK;

/* One prompt a member, check-in and local day (rule E12): ST_EXISTS when that
 * day was asked already; store_tidy drops days that are long past. */
#define PROMPTED_DAYS 30
enum status prompted_add(struct store *store, const char *user_id, const char *checkin,
                         int32_t day) MUST_CHECK;

/* Forget that any of these local days was asked. */
enum status prompted_remove(struct store *store, const char *user_id, const char *checkin,
                            int32_t from_day, int32_t to_day) MUST_CHECK;

/* Remember in key_dir, outside the database and its transaction, that this
 * person was forgotten: before the commit of the removal. store_open removes rows of
 * such people, which a restored copy may bring back. Adding twice, and removing
 * what is not there: ST_OK. */
enum status tombstone_add(struct store *store, const char *user_id) MUST_CHECK;
enum status tombstone_remove(struct store *store, const char *user_id) MUST_CHECK;
bool tombstone_has(struct store *store, const char *user_id);

#endif
