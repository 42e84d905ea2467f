/* event.h - what arrives: one update, its rooms, their events.
 *
 * Plain structs that own their strings. The parser fills them, dispatch reads
 * them; nothing here knows JSON. Strings are valid UTF-8 without NULs. An event
 * whose JSON could not be used is left out by the parser and counted.
 */
#ifndef HEARTH_MODEL_EVENT_H
#define HEARTH_MODEL_EVENT_H

#include "bot/base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum event_type {
    EVENT_OTHER, /* kept: it is part of the timeline and may be ours */
    EVENT_MESSAGE,
    EVENT_REACTION,
    EVENT_REDACTION,
    EVENT_ENCRYPTED,
    EVENT_MEMBER,
    EVENT_CREATE,
    EVENT_POWER_LEVELS,
    EVENT_ENCRYPTION,
    EVENT_TOMBSTONE,
    EVENT_POLL_RESPONSE
};

enum membership {
    MEMBERSHIP_LEAVE,
    MEMBERSHIP_INVITE,
    MEMBERSHIP_JOIN,
    MEMBERSHIP_BAN,
    MEMBERSHIP_KNOCK
};

struct power_user {
    char *user_id;
    int64_t level;
};

struct event {
    enum event_type type;
    char *event_id; /* "" in stripped invite state */
    char *sender;
    char *state_key; /* NULL unless it is a state event */
    int64_t origin_server_ts_ms;
    bool is_redacted;     /* its content was gone when it arrived */
    char *transaction_id; /* unsigned.transaction_id: our own send, else NULL */
    char *ns_txn;         /* content NS.txn, else NULL */
    char *ns_instance;    /* content NS.instance, else NULL */
    bool is_ns_checkin;   /* content has NS.checkin: one of our prompts */
    /* Of it, as far as it can be used; a question about one item has only that item. */
    char *checkin; /* NULL: not usable */
    int checkin_version;
    int32_t checkin_day;
    struct strv checkin_items;

    /* EVENT_MESSAGE: text of m.room.message, reply fallback stripped. For an
     * edit (replaces != NULL) it is that of m.new_content. NULL body: the
     * message has no text that counts (an image without caption ...). */
    char *msgtype;
    char *body;
    char *formatted_body; /* HTML as sent, NULL if none */
    char *in_reply_to;    /* event id or NULL */
    char *thread_root;    /* event id or NULL */
    char *replaces;       /* m.replace target or NULL */
    bool has_mentions;    /* m.mentions is present */
    struct strv mentions; /* its user_ids */

    /* EVENT_REACTION / EVENT_POLL_RESPONSE: target event; reaction key or the id of
     * the first choice (1..CHOICE_ID_MAX bytes), "" for a vote that is taken back.
     * EVENT_REDACTION: target. NULL: none
     * that can be used. */
    char *target;
    char *key;

    /* EVENT_MEMBER */
    enum membership membership;
    enum membership prev_membership; /* unsigned.prev_content; LEAVE when unknown */
    bool has_prev;                   /* prev_content was present */
    bool is_direct;

    /* EVENT_CREATE */
    struct strv
        creators; /* of room versions >= 12 (sender, additional_creators), else empty */
    char *room_type;   /* "m.space" ... or NULL */
    char *predecessor; /* room id or NULL */
    char *nonce;       /* content NS.nonce or NULL */

    /* EVENT_POWER_LEVELS */
    struct power_user *power_users;
    size_t power_user_count;
    int64_t users_default, events_default, state_default, redact_level, invite_level;
    int64_t message_level; /* events["m.room.message"], else events_default */

    /* EVENT_TOMBSTONE */
    char *replacement_room;
};

struct event_list {
    struct event *items;
    size_t count, capacity;
};

struct room_update {
    char *room_id;
    enum membership
        membership; /* ours: JOIN, INVITE, LEAVE (kicked and banned too) or KNOCK */
    struct event_list state;    /* before the timeline; stripped state of an invite */
    struct event_list timeline; /* oldest first */
    bool is_limited;
    char *prev_batch;                    /* NULL if none */
    int64_t joined_count, invited_count; /* of the summary; -1 when absent */
};

/* One entry of m.direct account data. */
struct direct {
    char *user_id;
    struct strv rooms;
};

struct update {
    char *next_batch; /* NULL: the token stays where it is */
    struct room_update *rooms;
    size_t room_count, room_capacity;
    bool has_direct; /* m.direct was in the account data */
    struct direct *directs;
    size_t direct_count, direct_capacity;
    size_t bad_event_count; /* events left out because they could not be used */
};

void event_clear(struct event *event);
struct event *event_list_add(
    struct event_list *list); /* zeroed, valid until the next add */
void event_list_clear(struct event_list *list);
/* Move all of `from` in front of `to`; `from` is empty afterwards. */
void event_list_prepend(struct event_list *to, struct event_list *from);
struct room_update *update_add_room(struct update *update, const char *room_id,
                                    enum membership membership);
void update_clear(struct update *update);

#endif
