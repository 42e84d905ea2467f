/* room.h - rooms Hearth is in, who is in them, and which DM belongs to whom.
 *
 * Facts about a room (encrypted, power levels ...) are the caller's opaque
 * bytes, sealed. Membership rows hold keyed hashes only.
 */
#ifndef HEARTH_STORE_ROOM_H
#define HEARTH_STORE_ROOM_H

#include "store/store.h"

/* Replaces. At most 64 KiB (ST_TOO_BIG). A quiet room is left out of room_each. */
enum status room_put(struct store *store, const char *room_id, const void *bytes,
                     size_t len, bool is_quiet) MUST_CHECK;
/* `visit` gets the one room; ST_NOT_FOUND. */
enum status room_get(struct store *store, const char *room_id,
                     enum status (*visit)(void *ctx, const char *room_id,
                                          const char *bytes, size_t len),
                     void *ctx) MUST_CHECK;
enum status room_remove(struct store *store,
                        const char *room_id) MUST_CHECK; /* and its members */
/* Every room that is not quiet: visited once, at start. */
enum status room_each(struct store *store,
                      enum status (*visit)(void *ctx, const char *room_id,
                                           const char *bytes, size_t len),
                      void *ctx) MUST_CHECK;

enum room_standing { STANDING_INVITED = 1, STANDING_JOINED = 2 };

/* `since_day`: UTC day of the join as far as known; kept when already joined.
 * Standing 0 removes the row. */
enum status room_member_set(struct store *store, const char *room_id, const char *user_id,
                            int standing, int32_t since_day) MUST_CHECK;
/* 0 and ST_OK when not there. `ret_since_day` may be NULL. */
enum status room_member_get(struct store *store, const char *room_id, const char *user_id,
                            int *ret_standing, int32_t *ret_since_day) MUST_CHECK;
enum status room_member_count(struct store *store, const char *room_id, int *ret_joined,
                              int *ret_invited) MUST_CHECK;
/* Reconcile: begin marks all rows of the room, set unmarks, end drops what is
 * still marked. */
enum status room_members_begin(struct store *store, const char *room_id) MUST_CHECK;
enum status room_members_end(struct store *store, const char *room_id) MUST_CHECK;

/* The DM of a person: room id, sealed. */
enum status dm_put(struct store *store, const char *user_id,
                   const char *room_id) MUST_CHECK;
enum status dm_get(struct store *store, const char *user_id,
                   char **ret_room_id) MUST_CHECK;
enum status dm_remove(struct store *store, const char *user_id) MUST_CHECK;
/* Whose DM a room is; ST_NOT_FOUND. */
enum status dm_user(struct store *store, const char *room_id,
                    char **ret_user_id) MUST_CHECK;

#endif
