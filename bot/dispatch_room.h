/* dispatch_room.h - the part of dispatch that is about rooms: membership, state,
 * invites, upgrades. Inside the caller's transaction.
 */
#ifndef HEARTH_BOT_DISPATCH_ROOM_H
#define HEARTH_BOT_DISPATCH_ROOM_H

#include "bot/dispatch.h"
#include "bot/rooms.h"

/* A room of an update before its timeline: invite, leave, join, state. */
enum status dispatch_room_begin(struct bot *bot, const struct room_update *part,
                                bool is_first) MUST_CHECK;

/* A state event of the timeline. */
enum status dispatch_state_event(struct bot *bot, struct room *room,
                                 const struct event *event) MUST_CHECK;

/* The person is in no room of `group` any more: counts as `stop`, and as
 * `forget me` after a while. */
enum status dispatch_left(struct bot *bot, const struct group_settings *group,
                          const char *user_id) MUST_CHECK;

/* m.direct names DMs that this database does not know (a new database, another
 * client): take those over in which we are. After the update's rooms. */
enum status dispatch_directs(struct bot *bot, const struct update *update) MUST_CHECK;

/* Join configured rooms that we are not in: at start and after a reload. */
enum status dispatch_join_configured(struct bot *bot) MUST_CHECK;

#endif
