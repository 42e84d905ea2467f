/* request.h - one thing to handle, with all that dispatch knows about it.
 *
 * A due job is a request without a sender. All pointers are borrowed from
 * dispatch for the length of the turn.
 */
#ifndef HEARTH_MODEL_REQUEST_H
#define HEARTH_MODEL_REQUEST_H

#include "bot/model/settings.h"
#include <stdbool.h>
#include <stdint.h>

enum request_kind {
    REQUEST_MESSAGE,   /* text of a person */
    REQUEST_EDIT,      /* the text of `target` is now `text` */
    REQUEST_REDACTION, /* `target` was redacted by its sender */
    REQUEST_REACTION,  /* `text` is the key, `target` the event */
    REQUEST_POLL_VOTE, /* `text` is the answer id, `target` the poll */
    REQUEST_JOINED_DM, /* the person and the bot are together in the DM now */
    REQUEST_LEFT_GROUP /* the person left `group` */
};

enum role { ROLE_STRANGER, ROLE_MEMBER, ROLE_MODERATOR };

struct request {
    enum request_kind kind;
    const char *sender;
    const char *room_id;
    const char
        *event_id; /* of an edit: of the message that it changes, see dispatch_edit */
    const char *edit_id;     /* of an edit: its own */
    const char *target;      /* of edits, redactions, reactions, votes */
    const char *in_reply_to; /* event id or NULL */
    bool replies_to_us;      /* in_reply_to is one of our events */
    const char *thread_root; /* or NULL */
    const char *text;    /* as written, mention and prefix of ours removed; "" if none */
    int64_t sent_utc_ms; /* origin_server_ts, at most now */
    bool is_dm;          /* a room of exactly the sender and the bot */
    bool is_addressed;   /* DM, mention, or our prefix */
    bool has_prefix;     /* text began with our prefix (removed) */
    bool may_tidy;       /* in a DM: the bot may redact the sender's messages there */
    bool is_moderators_room;
    bool has_moderators; /* the group has a moderators' room that we can write to */
    bool is_catching_up; /* written while the bot was away */
    bool is_stale;       /* too old for an information answer (rule E4) */
    enum role role;      /* in `group` */
    const struct group_settings
        *group;               /* the room's; in a DM the sender's first; NULL if none */
    int32_t member_since_day; /* in that group's room; 0 unknown */
};

#endif
