/* path.h - the one place where request paths are built (rule E2).
 *
 * Every function returns the caller's string, percent-encoded (RFC 3986
 * unreserved characters stay), API version fixed, no query unless named.
 */
#ifndef HEARTH_MATRIX_PATH_H
#define HEARTH_MATRIX_PATH_H

#include <stdbool.h>
#include <stdint.h>

char *path_encode(const char *text); /* one segment or query value */
char *path_send(const char *room_id, const char *event_type, const char *txn_id);
char *path_redact(const char *room_id, const char *event_id, const char *txn_id);
char *path_state(const char *room_id, const char *event_type, const char *state_key);
char *path_full_state(const char *room_id);
char *path_receipt(const char *room_id, const char *kind, const char *event_id);
char *path_join(const char *room_id_or_alias, const char *via); /* via: query, or NULL */
char *path_leave(const char *room_id);
char *path_create_room(void);
char *path_account_data(const char *user_id, const char *type);
char *path_profile_zone(const char *user_id);
char *path_members(const char *room_id);
char *path_event(const char *room_id, const char *event_id);
/* Backwards from `from` (NULL: the newest), down to `to` (NULL: no end). */
char *path_messages(const char *room_id, const char *from, const char *to, int limit);
/* An id for bytes to come; the bytes for it (NULL: no mxc URI); both in one. */
char *path_media_create(void);
char *path_media_put(const char *mxc_uri);
char *path_media_upload(void);
char *path_sync(const char *since, const char *filter, int timeout_ms);
char *path_alias(const char *alias); /* directory look-up */
char *path_joined_rooms(void);
char *path_whoami(void);
char *path_login(void);
char *path_versions(void);
/* The stream's request target with since and filter. `token` only for an old
 * gateway that wants it in the query, else NULL. */
char *path_stream(const char *since, const char *filter, const char *token,
                  bool is_legacy);

/* The inline /sync filter: lazy members, no presence, only the types Hearth
 * reads, timeline limit. The caller's JSON text. */
char *sync_filter(void);

#endif
