/* hs_internal.h - what the files of the embedded homeserver share.
 *
 * One counter, `hs->position`, numbers every change: events, receipts, account
 * data, typing. A sync token is a position ("everything up to here was seen"),
 * so `since`, `prev_batch`, `from` and `to` are the same thing. State events
 * form a chain through `replaces`; the state at a position is found by walking
 * it back. Order of iteration is order of arrival everywhere (arrays), so one
 * seed gives one run; hash tables are only for look-ups.
 */
#ifndef HEARTH_DEMO_HS_INTERNAL_H
#define HEARTH_DEMO_HS_INTERNAL_H

#include "bot/base/json_write.h"
#include "bot/base/ns.h"
#include "bot/base/text.h"
#include "bot/demo/hs.h"
#include <cjson/cJSON.h>
#include <glib.h>

#define HS_USERS_MAX 20000
#define HS_DEVICES_MAX 50 /* of one user; the oldest goes */
#define HS_ROOMS_MAX 20000
#define HS_EVENTS_KEPT 20000 /* of one room; then the oldest quarter is forgotten */
#define HS_STATE_MAX 50000   /* entries of one room's state */
#define HS_RECEIPTS_MAX 50000
#define HS_TXNS_MAX 100000
#define HS_TXN_LIFE_MS (24 * 60 * 60 * (int64_t)1000)
#define HS_ACCOUNT_DATA_MAX 20000 /* entries of one user */
#define HS_PROFILE_MAX (64 * 1024)
#define HS_FILTERS_MAX 100 /* of one user; the oldest goes */
#define HS_INBOX_MAX 1000  /* to-device messages of one device */
#define HS_MEDIA_TOTAL_MAX (256 * 1024 * 1024)
#define HS_MEDIA_COUNT_MAX 20000
#define HS_FAULTS_MAX 64
#define HS_JSON_BODY_MAX (1024 * 1024)
#define HS_MEDIA_BODY_MAX (50 * 1024 * 1024)
#define HS_ID_MAX 255
#define HS_PARTS_MAX 5 /* variable segments of one path */
#define HS_STREAM_PATH "/_matrix/client/unstable/" NS_STREAM "/v1"

struct hs_room;

struct hs_event {
    char *id, *type, *sender;
    char *state_key; /* NULL: not a state event */
    struct hs_room *room;
    cJSON *content; /* an object */
    char *text;     /* the same, as JSON */
    int64_t at_ms;  /* origin_server_ts */
    uint64_t position;
    struct hs_event *replaces;    /* the state event before; NULL: first, or long ago */
    struct hs_event *redacted_by; /* NULL: not redacted, or forgotten by whom */
    char *redacts;
    char *annotation;             /* key in room->annotations, NULL if none */
    char *txn_id, *txn_device_id; /* NULL: made without a transaction id */
    bool is_redacted;
    bool is_current; /* in room->state */
    /* Left room->events: owned by the event that replaced it, else by the state. */
    bool is_forgotten;
};

struct hs_receipt {
    char *user_id, *type, *event_id;
    char *thread_id; /* NULL: unthreaded */
    int64_t at_ms;
    uint64_t position;
};

struct hs_typist {
    char *user_id;
    int64_t until_ms;
};

struct hs_room {
    struct hs *hs; /* borrowed */
    char *id;
    int version;              /* 12 */
    struct hs_event **events; /* the timeline, by position */
    size_t event_count, event_capacity;
    struct hs_event **state; /* current, by first appearance */
    size_t state_count, state_capacity;
    GHashTable *state_index; /* "type\x1fstate_key" -> index + 1 */
    GHashTable *by_id;       /* borrowed */
    GHashTable *annotations; /* reaction -> event, borrowed */
    struct hs_receipt *receipts;
    size_t receipt_count, receipt_capacity;
    struct hs_typist *typists;
    size_t typist_count, typist_capacity;
    int64_t joined_count, invited_count;
    uint64_t typing_position, members_position, last_position;
    bool is_listed; /* in the public room list */
};

struct hs_account_data {
    char *room_id; /* NULL: global */
    char *type, *text;
    uint64_t position;
};

struct hs_inbox_item {
    char *json;
    uint64_t position;
};

struct hs_device {
    struct hs_user *user;
    char *id, *token, *name;
    char *keys; /* uploaded device keys as JSON, NULL if none */
    struct hs_inbox_item *inbox;
    size_t inbox_count, inbox_capacity;
    GHashTable *members_sent; /* "room\x1fuser" -> event id, for lazy loading */
    char *again_room_id, *again_event_id; /* to be delivered twice (a fault) */
};

/* A room a user was ever invited to, in or banned from. */
struct hs_stay {
    struct hs_room *room;
    struct hs_event *member; /* the current m.room.member of the user */
};

struct hs_user {
    char *id;
    bool is_registered; /* false: only known from membership events */
    unsigned char password[32];
    cJSON *profile;
    struct hs_device **devices;
    size_t device_count, device_capacity;
    struct hs_stay *stays;
    size_t stay_count, stay_capacity;
    GHashTable *stay_index; /* room -> index + 1 */
    struct hs_account_data *account_data;
    size_t account_data_count, account_data_capacity;
    uint64_t account_data_position; /* of the latest change */
    struct strv filters;            /* the id is the number in `filters_made` */
    uint64_t filters_made;
};

struct hs_media {
    char *id, *owner_id, *content_type;
    char *bytes;
    size_t len;
    int64_t created_ms;
    bool is_uploaded;
};

struct hs_txn {
    char *key, *event_id;
    int64_t at_ms;
};

struct hs_own_fault {
    struct hs_fault fault;
    char *method, *path_part, *user_id; /* what `fault` points to */
};

struct hs {
    char *server_name;
    bool strict, offers_stream;
    struct random random;
    unsigned char password_key[32];
    char epoch[9]; /* part of every sync token: those of another run are refused */
    uint64_t position;
    int64_t now_ms; /* of the latest request */
    struct hs_user **users;
    size_t user_count, user_capacity;
    struct hs_room **rooms;
    size_t room_count, room_capacity;
    size_t typist_count;                                      /* in all rooms */
    GHashTable *users_by_id, *devices_by_token, *rooms_by_id; /* borrowed */
    GHashTable *aliases;                                      /* owned alias -> room id */
    GHashTable *media_by_id;                                  /* borrowed */
    GQueue media; /* struct hs_media, oldest first */
    size_t media_len;
    GHashTable *txns_by_key; /* borrowed */
    GQueue txns;             /* struct hs_txn, oldest first */
    struct hs_own_fault faults[HS_FAULTS_MAX];
    size_t fault_count;
};

/* What a request may be refused with; constants, never freed. */
struct hs_error {
    int status;
    const char *errcode, *text;
};

struct hs_call {
    struct hs *hs;
    const struct hs_request *request;
    struct hs_user *user; /* NULL on open routes */
    struct hs_device *device;
    char *parts[HS_PARTS_MAX]; /* decoded variable segments of the path */
    size_t part_count;
    cJSON *body; /* an object; NULL on routes that take no JSON */
    bool body_has_float;
    int64_t now_ms, asked_ms;
    struct hs_response *response;
    struct json_writer writer; /* onto response->body */
    bool must_wait;
};

/* hs_routes.c: the one table. */
enum hs_route_flags {
    HS_OPEN = 1,        /* no token needed */
    HS_RAW = 2,         /* the body is not JSON */
    HS_MAY_BE_EMPTY = 4 /* an empty body counts as {} */
};
struct hs_route {
    const char *method;
    const char *path; /* "+": a version, "*": a variable segment */
    void (*run)(struct hs_call *call);
    unsigned flags;
};
/* The route of a request, filling call->parts. NULL: `ret_has_path` says
 * whether the path exists with another method. */
const struct hs_route *hs_route_find(struct hs_call *call, bool *ret_has_path);
/* For a path whose %2F were decoded: the slashes behind the last variable of a
 * known path become %2F again. The caller's. */
char *hs_routes_refit(const char *path);

/* hs.c */
void hs_fail(struct hs_call *call, const struct hs_error *error);
struct json_writer *hs_reply_begin(struct hs_call *call); /* 200, object opened */
void hs_reply_end(struct hs_call *call);
void hs_reply_empty(struct hs_call *call);
void hs_reply_raw(struct hs_call *call, const char *json);
uint64_t hs_touch(struct hs *hs); /* the next position */
void hs_make_id(struct hs *hs, char sigil, char ret_id[48]);

/* hs_json.c */
cJSON *hs_json_parse(const char *bytes, size_t len, bool *ret_has_float);
void hs_json_write(struct json_writer *w, const char *key, const cJSON *item);
char *hs_json_print(const cJSON *item);
const char *hs_json_str(const cJSON *object, const char *key); /* NULL unless text */
cJSON *hs_json_get(const cJSON *object, const char *key);
cJSON *hs_json_object(const cJSON *object, const char *key); /* NULL unless object */
bool hs_json_true(const cJSON *object, const char *key);
int64_t hs_json_int(const cJSON *object, const char *key, int64_t fallback);
char *hs_percent_decode(const char *bytes, size_t len); /* NULL: not UTF-8 or a NUL */
void hs_percent_encode(struct buf *out, const char *text);
char *hs_query_get(const struct hs_call *call, const char *name); /* NULL: absent */
int64_t hs_query_int(const struct hs_call *call, const char *name, int64_t fallback);

/* hs_user.c */
struct hs_user *hs_user_get(struct hs *hs, const char *user_id);
struct hs_user *hs_user_ensure(struct hs *hs, const char *user_id);
void hs_user_free(struct hs_user *user);
struct hs_stay *hs_user_stay(struct hs_user *user, const struct hs_room *room);
struct hs_device *hs_device_get(const struct hs_user *user, const char *device_id);
struct hs_device *hs_device_add(struct hs *hs, struct hs_user *user,
                                const char *device_id, const char *name);
void hs_device_remove(struct hs *hs, struct hs_device *device);
void hs_inbox_drop(struct hs_device *device, uint64_t up_to);
void hs_account_data_put(struct hs *hs, struct hs_user *user, const char *room_id,
                         const char *type, char *text_taken);
const cJSON *hs_profile_get(const struct hs_user *user, const char *key);

/* hs_room.c: a room and its state */
struct hs_room *hs_room_get(struct hs *hs, const char *room_id);
struct hs_room *hs_room_add(struct hs *hs, int version);
void hs_room_free(struct hs_room *room);
struct hs_event *hs_room_state(const struct hs_room *room, const char *type,
                               const char *state_key);
void hs_room_state_put(struct hs_room *room, struct hs_event *event);
struct hs_event *hs_event_at(struct hs_event *event, uint64_t position);
const char *hs_event_membership(const struct hs_event *event); /* NULL: "leave" */
const char *hs_room_membership(const struct hs_room *room, const char *user_id);
bool hs_room_has_joined(const struct hs_room *room, const char *user_id);
bool hs_room_is_creator(const struct hs_room *room, const char *user_id);
int64_t hs_room_level(const struct hs_room *room, const char *user_id);
int64_t hs_room_level_for(const struct hs_room *room, const char *type, bool is_state);
int64_t hs_room_level_of(const struct hs_room *room, const char *action,
                         int64_t fallback);
/* The room of call->parts[i], joined by the caller; else the call has failed. */
struct hs_room *hs_call_room(struct hs_call *call, size_t part);
/* The same, but a former member may look too. */
struct hs_room *hs_call_room_seen(struct hs_call *call, size_t part);

/* hs_event.c: events are added without questions; hs_rules.c asks them. */
struct hs_draft {
    const char *type, *state_key, *sender;
    cJSON *content; /* taken, also on failure */
    const char *redacts;
    const char *txn_id, *device_id;
};
struct hs_event *hs_event_add(struct hs_room *room, const struct hs_draft *draft);
struct hs_event *hs_room_event(const struct hs_room *room, const char *event_id);
void hs_event_free(struct hs_event *event);
void hs_event_redact(struct hs_event *event, struct hs_event *because);
bool hs_event_is_visible(struct hs_event *event, struct hs_user *user);
/* As a client's device sees it. `with_room`: /messages, not /sync. */
void hs_event_write(struct json_writer *w, const char *key, const struct hs_event *event,
                    const struct hs_device *device, bool with_room);

/* hs_rules.c */
const struct hs_error *hs_rules_check(const struct hs_room *room,
                                      const struct hs_draft *draft);

/* hs_send.c: check, add, and what follows from it. `keep_identical`: state that
 * says the same is left as it is. */
const struct hs_error *hs_submit(struct hs_room *room, const struct hs_draft *draft,
                                 bool keep_identical, struct hs_event **ret_event);
char *hs_txn_get(struct hs_call *call, const char *room_id, const char *txn_id);
void hs_txn_put(struct hs_call *call, const char *room_id, const char *txn_id,
                const char *event_id);
void hs_txns_forget(struct hs *hs, const struct hs_device *device);
void hs_txns_free(struct hs *hs);

/* hs_member.c */
struct hs_move { /* one change of membership */
    const char *actor, *target, *membership;
    const cJSON *extra; /* further keys of the content, NULL if none; borrowed */
    bool keep_identical;
};
cJSON *hs_member_content(struct hs *hs,
                         const struct hs_move *move); /* with the profile */
const struct hs_error *hs_member_set(struct hs_room *room, const struct hs_move *move,
                                     struct hs_event **ret_event);

/* hs_sync.c */
struct hs_sync_query {
    struct hs_device *device;
    bool has_since;
    uint64_t since;
    const cJSON *filter; /* NULL: none */
    bool full_state;
    const char *path; /* for faults */
};
/* Write the whole answer; true when it says something new. */
bool hs_sync_build(struct hs *hs, const struct hs_sync_query *query,
                   struct buf *ret_body);
bool hs_token_parse(const struct hs *hs, const char *token, uint64_t *ret_position);
void hs_token_write(const struct hs *hs, char kind, uint64_t position,
                    char ret_token[40]);
/* The filter of a `filter` parameter; false: unknown or not JSON. */
bool hs_filter_find(const struct hs_user *user, const char *filter, cJSON **ret_filter);
bool hs_filter_allows(const cJSON *part, const char *type, const char *sender);
bool hs_filter_allows_room(const cJSON *part, const char *room_id);

/* hs_sync_room.c: one joined or left room into the section's object. */
struct hs_sync {
    struct hs *hs;
    const struct hs_sync_query *query;
    const cJSON *rooms, *timeline, *state, *ephemeral, *account_data; /* filter parts */
    size_t limit;
    bool is_lazy;
    const struct hs_fault *reorders;
    bool did_limit, did_reorder;
    struct hs_event *last; /* last event of the last timeline written */
};
bool hs_sync_joined(struct hs_sync *sync, struct json_writer *w,
                    const struct hs_stay *stay);
bool hs_sync_left(struct hs_sync *sync, struct json_writer *w,
                  const struct hs_stay *stay);
/* hs_sync_extra.c: what a room's timeline does not hold. */
bool hs_sync_has_extra(const struct hs_sync *sync, const struct hs_room *room,
                       uint64_t after);
void hs_sync_ephemeral(const struct hs_sync *sync, struct json_writer *w,
                       const struct hs_room *room, uint64_t after);
bool hs_sync_account_data(const struct hs_sync *sync, struct json_writer *w,
                          const char *room_id, uint64_t after);
void hs_sync_summary(const struct hs_sync *sync, struct json_writer *w,
                     const struct hs_room *room);
void hs_sync_invite(struct json_writer *w, const struct hs_stay *stay);

/* hs_media.c */
void hs_media_clear(struct hs *hs);

/* hs_directory.c: the caller frees nothing; NULL if unknown. */
const char *hs_alias_get(const struct hs *hs, const char *alias);
bool hs_alias_put(struct hs *hs, const char *alias, const char *room_id);

/* hs_receipt.c */
void hs_typing_expire(struct hs *hs);
void hs_receipt_clear(struct hs_receipt *receipt);

/* hs_fault.c: the first matching fault with uses left; `hs_fault_use` counts one. */
struct hs_fault *hs_fault_find(struct hs *hs, enum hs_fault_kind kind, const char *method,
                               const char *path, const char *user_id);
void hs_fault_use(struct hs_fault *fault);
bool hs_fault_before(struct hs_call *call); /* true: answered or must wait */
void hs_fault_after(struct hs_call *call);  /* may take the answer away */
void hs_fault_answer(struct hs_call *call, int status, int64_t retry_after_ms);

/* Routes; named after the file that has them. */
void hs_auth_versions(struct hs_call *call);
void hs_auth_flows(struct hs_call *call);
void hs_auth_login(struct hs_call *call);
void hs_auth_register(struct hs_call *call);
void hs_auth_available(struct hs_call *call);
void hs_auth_logout(struct hs_call *call);
void hs_auth_logout_all(struct hs_call *call);
void hs_auth_whoami(struct hs_call *call);
void hs_auth_capabilities(struct hs_call *call);
void hs_account_devices(struct hs_call *call);
void hs_account_profile(struct hs_call *call);
void hs_account_profile_field(struct hs_call *call);
void hs_account_profile_put(struct hs_call *call);
void hs_account_profile_delete(struct hs_call *call);
void hs_account_filter_post(struct hs_call *call);
void hs_account_filter_get(struct hs_call *call);
void hs_account_data_route_get(struct hs_call *call);
void hs_account_data_route_put(struct hs_call *call);
void hs_account_room_data_get(struct hs_call *call);
void hs_account_room_data_put(struct hs_call *call);
void hs_account_search(struct hs_call *call);
void hs_quiet_empty(struct hs_call *call);
void hs_quiet_not_found(struct hs_call *call);
void hs_quiet_pushrules(struct hs_call *call);
void hs_quiet_pushers(struct hs_call *call);
void hs_quiet_presence(struct hs_call *call);
void hs_quiet_keys_upload(struct hs_call *call);
void hs_quiet_keys_query(struct hs_call *call);
void hs_quiet_keys_claim(struct hs_call *call);
void hs_quiet_keys_changes(struct hs_call *call);
void hs_quiet_to_device(struct hs_call *call);
void hs_create_room(struct hs_call *call);
void hs_create_upgrade(struct hs_call *call);
void hs_member_join(struct hs_call *call);
void hs_member_leave(struct hs_call *call);
void hs_member_forget(struct hs_call *call);
void hs_member_invite(struct hs_call *call);
void hs_member_kick(struct hs_call *call);
void hs_member_ban(struct hs_call *call);
void hs_member_unban(struct hs_call *call);
void hs_member_joined_rooms(struct hs_call *call);
void hs_member_joined_members(struct hs_call *call);
void hs_member_members(struct hs_call *call);
void hs_directory_get(struct hs_call *call);
void hs_directory_put(struct hs_call *call);
void hs_directory_delete(struct hs_call *call);
void hs_directory_aliases(struct hs_call *call);
void hs_directory_public(struct hs_call *call);
void hs_send_event(struct hs_call *call);
void hs_send_redact(struct hs_call *call);
void hs_send_state(struct hs_call *call);
void hs_history_state_all(struct hs_call *call);
void hs_history_state_one(struct hs_call *call);
void hs_history_messages(struct hs_call *call);
void hs_history_context(struct hs_call *call);
void hs_history_event(struct hs_call *call);
void hs_history_relations(struct hs_call *call);
void hs_receipt_post(struct hs_call *call);
void hs_receipt_markers(struct hs_call *call);
void hs_receipt_typing(struct hs_call *call);
void hs_sync_route(struct hs_call *call);
void hs_media_upload(struct hs_call *call);
void hs_media_create(struct hs_call *call);
void hs_media_put(struct hs_call *call);
void hs_media_download(struct hs_call *call);
void hs_media_config(struct hs_call *call);

#endif
