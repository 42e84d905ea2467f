/* group_rooms.h - whether a person is in a group's rooms, as the store knows it.
 *
 * Configured names are ids or aliases. Which room a name means now is written by
 * bot/ as a small setting of the database under group_room_key; a name without
 * one is taken as an id.
 */
#ifndef HEARTH_COMMANDS_GROUP_ROOMS_H
#define HEARTH_COMMANDS_GROUP_ROOMS_H

#include "bot/model/settings.h"
#include "store/store.h"

/* Key of store_meta_get for a configured room name. The caller's. */
char *group_room_key(const char *name);

/* `ret_since_day`: earliest day of joining one of them, 0 unknown; may be NULL. */
enum status group_has_member(struct store *store, const struct group_settings *group,
                             const char *user_id, bool *ret_is_member,
                             int32_t *ret_since_day) MUST_CHECK;

#endif
