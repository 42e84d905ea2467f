/* parse.h - outside JSON to plain structs. Pure; the only reader of Matrix JSON.
 *
 * Every reader takes bytes as they came. JSON must be one value with nothing
 * behind it, valid UTF-8 (an event more than JSON_DEPTH_MAX deep is left out); getters
 * are case-sensitive; a field of a wrong type counts as absent where it is not needed,
 * and leaves the event out where it is (event_id, sender, type). An event with a \u0000
 * anywhere is left out (cJSON would cut it). An event over EVENT_MAX is left out.
 */
#ifndef HEARTH_MATRIX_PARSE_H
#define HEARTH_MATRIX_PARSE_H

#include "bot/base/buf.h"
#include "bot/model/event.h"

/* A /sync answer or a stream frame. ST_INVALID: not such an object;
 * `ret_update` is overwritten on ST_OK. */
enum status parse_update(const char *bytes, size_t len,
                         struct update *ret_update) MUST_CHECK;

/* One page of /messages?dir=b: `ret_events` oldest first (the page is reversed
 * here), `ret_end` the token of the next older page or NULL at the end. State
 * events are kept in the list as they stand in the timeline. */
enum status parse_messages(const char *bytes, size_t len, struct event_list *ret_events,
                           char **ret_end) MUST_CHECK;

/* /members: member events. */
enum status parse_members(const char *bytes, size_t len,
                          struct event_list *ret_members) MUST_CHECK;

/* /rooms/{id}/event/{id}: the event, or none when it cannot be used. */
enum status parse_one_event(const char *bytes, size_t len,
                            struct event_list *ret_events) MUST_CHECK;

/* /rooms/{id}/state: the state events. */
enum status parse_state(const char *bytes, size_t len,
                        struct event_list *ret_state) MUST_CHECK;

/* An error body: both NULL-able, the caller's. ST_INVALID when it is not a
 * Matrix error object (HTML of a proxy ...). */
struct matrix_error {
    char *errcode;
    char *message;
    int64_t retry_after_ms; /* -1 if absent */
    bool soft_logout;
};
enum status parse_error(const char *bytes, size_t len,
                        struct matrix_error *ret_error) MUST_CHECK;
void matrix_error_clear(struct matrix_error *error);

/* One top-level string of an object: {"event_id": ...}. ST_INVALID if absent. */
enum status parse_string_field(const char *bytes, size_t len, const char *field,
                               char **ret_value) MUST_CHECK;

/* {"m.tz": ...} of a profile: a name of at most ZONE_NAME_MAX letters, digits and
 * "/_+-", no check that the zone exists. ST_NOT_FOUND for anything else: whatever
 * a person wrote into their profile is no reason to try again. */
#define ZONE_NAME_MAX 64
enum status parse_profile_zone(const char *bytes, size_t len, char **ret_name) MUST_CHECK;

/* whoami / login: user_id and (may be NULL) device_id, access_token. */
struct account {
    char *user_id, *device_id, *access_token;
};
enum status parse_account(const char *bytes, size_t len,
                          struct account *ret_account) MUST_CHECK;
void account_clear(struct account *account);

/* m.direct account data as /user/{id}/account_data/m.direct answers it. */
enum status parse_direct(const char *bytes, size_t len,
                         struct update *ret_update) MUST_CHECK;

/* /versions: does the server offer our stream (unstable_features)? */
enum status parse_versions(const char *bytes, size_t len,
                           bool *ret_offers_stream) MUST_CHECK;

/* A stream frame: an update has no `id`; a response has. */
enum frame_kind { FRAME_UPDATE, FRAME_RESULT, FRAME_ERROR };
struct frame_head {
    enum frame_kind kind;
    char *id;       /* of a response */
    char *errcode;  /* of an error */
    char *event_id; /* result.event_id or NULL */
};
enum status parse_frame_head(const char *bytes, size_t len,
                             struct frame_head *ret_head) MUST_CHECK;
void frame_head_clear(struct frame_head *head);

#endif
