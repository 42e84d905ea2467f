/* effect.h - what a command wants to happen outside: one entry an effect.
 *
 * Commands append effects; dispatch turns them into outbox rows in the same
 * transaction as what the command stored. An effect names rooms by id and
 * people by user id; it never carries JSON.
 */
#ifndef HEARTH_MODEL_EFFECT_H
#define HEARTH_MODEL_EFFECT_H

#include "bot/base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum effect_kind {
    EFFECT_SAY,        /* a message into room_id (or the DM of user_id: room_id NULL) */
    EFFECT_SHOW,       /* a message made in memory when it is sent: `show` names it */
    EFFECT_REDACT,     /* target event in room_id; of `checkin`: when due, or at a TIDY */
    EFFECT_RECEIPT,    /* target event in room_id */
    EFFECT_REACT,      /* `text` as key on target */
    EFFECT_JOIN,       /* room_id; `via` may name a server */
    EFFECT_LEAVE,      /* room_id; `text` is the reason */
    EFFECT_CREATE_DM,  /* with user_id */
    EFFECT_INVITE,     /* user_id into room_id */
    EFFECT_SET_DIRECT, /* write m.direct: user_id has room_id */
    EFFECT_FETCH_MEMBERS, /* of room_id */
    EFFECT_DROP_PROMPTS,  /* delete queued prompts of user_id that were never tried */
    EFFECT_PASS_ON,       /* when due, read `target`, the newest version of the question
                             `answers` in room_id, and tell the moderators of the group `text`.
                             Text NULL: it waits already, this is a newer version of it */
    EFFECT_SHARE,         /* a file of the view `show`, made in memory when it is sent */
    EFFECT_TIDY, /* what waits to be redacted for `checkin` of user_id goes now */
    EFFECT_FETCH_PROFILE, /* the zone in user_id's profile, for the notice about a
                             check-in that answers `answers` in room_id */
    EFFECT_DROP_REMINDER, /* delete the queued reminder of `checkin` for user_id */
    EFFECT_KIND_COUNT     /* new kinds before this: rows keep their number */
};

/* How the row behaves when it is late or the person's wishes change. */
enum effect_lifetime {
    LIFE_ALWAYS, /* never too old (safety, stop, receipts of rights) */
    LIFE_ANSWER, /* an answer to a question: goes stale when never tried */
    LIFE_PROMPT  /* a check-in prompt: dropped by stop, obeys quiet hours */
};

struct effect {
    enum effect_kind kind;
    enum effect_lifetime lifetime;
    char *room_id;
    char *user_id;
    char *text;       /* Markdown of a message; see enum */
    bool is_prompt;   /* m.text instead of m.notice, of a check-in */
    bool is_reminder; /* of `checkin`: waits in a lane of its own, carries nothing */
    char *
        answers; /* event id of the question this answers: reply, edits follow; or NULL */
    char *thread_root;
    bool is_private_receipt; /* m.read.private instead of m.read */
    bool is_unasked;         /* overheard: a reaction of anyone there takes it back */
    char *target;
    char *via;
    char *show;             /* EFFECT_SHOW, EFFECT_SHARE: name of the view, for user_id */
    char *mention;          /* user id to name in m.mentions, or NULL */
    int64_t due_utc_ms;     /* not before; 0 at once */
    int64_t expires_utc_ms; /* not after, tried or not; 0 never */
    /* NS.checkin of a prompt, or of a question about some of its items; NULL: none */
    char *checkin;
    int checkin_version;
    int32_t checkin_day;
    struct strv checkin_items;
    /* A poll, if there are choices: `text` remains the whole message, for clients
     * without polls and for who would rather type. */
    char *question;           /* Markdown, one line */
    struct strv choice_ids;   /* what one would type instead of tapping */
    struct strv choice_texts; /* as many; Markdown, one line each */
};

struct effects {
    struct effect *items;
    size_t count, capacity;
};

struct effect *effects_add(struct effects *effects, enum effect_kind kind); /* zeroed */
void effect_clear(struct effect *effect);
void effects_clear(struct effects *effects);
/* Drop everything added after the list had `count` entries. */
void effects_cut(struct effects *effects, size_t count);

#endif
