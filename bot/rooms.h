/* rooms.h - what the bot knows of its rooms, in memory and in the store.
 *
 * Written through at every change inside the caller's transaction. Loaded at
 * start are the rooms that somebody has to go through: groups, moderators, what is
 * not joined or not known in full. All others are direct chats at rest, one a
 * member: each is loaded when it is asked for, and rooms_trim lets them go again,
 * so memory does not grow with members. "Encrypted" is for ever. A configured room name
 * (id or alias) belongs to the room that was joined by it, and moves with an upgrade.
 */
#ifndef HEARTH_BOT_ROOMS_H
#define HEARTH_BOT_ROOMS_H

#include "bot/model/event.h"
#include "bot/model/settings.h"
#include "store/store.h"

struct room {
    char *room_id;
    enum membership membership; /* ours */
    bool is_encrypted;
    bool was_told_encrypted; /* moderators and inviter know that we cannot read here */
    bool has_members;        /* a full member list was read */
    int32_t members_day;     /* when, UTC day */
    char *inviter;           /* of an open or accepted invite, or NULL */
    bool is_direct;          /* invited or made as a DM */
    char *room_type;
    char *predecessor;
    char *replacement; /* of a tombstone */
    char *replaced_by; /* sender of the tombstone */
    struct strv names; /* configured ids and aliases that mean this room */
    struct strv creators;
    struct power_user *power_users;
    size_t power_user_count;
    int64_t users_default, message_level, redact_level, invite_level;
    int64_t budget_mono_ms; /* reply budget: when the queued replies are all due; not
                               stored */
};

struct rooms {
    struct room **items; /* those in memory */
    size_t count, capacity;
    struct store *store;
};

enum status rooms_load(struct store *store, struct rooms **ret_rooms) MUST_CHECK;
void rooms_free(struct rooms *rooms);

/* Let go of chats at rest when there are many. Between turns only: every pointer to
 * a room may be gone. */
void rooms_trim(struct rooms *rooms, int64_t now_mono_ms);

/* NULL: unknown, or unreadable in the store. Valid until rooms_trim. */
struct room *rooms_find(struct rooms *rooms, const char *room_id);
struct room *rooms_by_name(struct rooms *rooms, const char *id_or_alias);
struct room *rooms_add(struct rooms *rooms, const char *room_id); /* found or new */
enum status rooms_save(struct rooms *rooms, const struct room *room) MUST_CHECK;
enum status rooms_forget(struct rooms *rooms, const char *room_id) MUST_CHECK;

/* Take a state event over; true when something changed. */
bool room_apply_state(struct room *room, const struct event *event);
int64_t room_power(const struct room *room,
                   const char *user_id); /* creators: INT64_MAX */
void room_add_name(struct room *room, const char *name);

/* The group whose room (or moderators' room) this is, or NULL. */
const struct group_settings *rooms_group(struct rooms *rooms,
                                         const struct settings *settings,
                                         const struct room *room,
                                         bool *ret_is_moderators);
/* Is the person joined in one of the group's rooms, and since when? */
bool rooms_is_member(struct rooms *rooms, const struct group_settings *group,
                     const char *user_id, int32_t *ret_since_day);
bool rooms_is_moderator(struct rooms *rooms, const struct group_settings *group,
                        const char *user_id);
/* A DM: meant as one, two people and no more, the bot one of them. A person may
 * have several; prompts go to the one that dm_get names. */
bool rooms_may_redact(struct rooms *rooms, const char *room_id, const char *our_id);
bool rooms_is_dm(struct rooms *rooms, const char *room_id, const char *user_id);

#endif
