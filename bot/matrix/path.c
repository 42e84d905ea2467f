/* path.c - request paths and the sync filter. */
#include "bot/matrix/path.h"

#include "bot/base/buf.h"
#include "bot/base/json_write.h"
#include "bot/base/mem.h"
#include "bot/base/ns.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define CLIENT "/_matrix/client/v3"
#define MEDIA "/_matrix/media"
#define PATH_MAX_LEN (64 * 1024) /* a since token and a filter can be long */

static void add_encoded(struct buf *out, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (const unsigned char *p = (const unsigned char *)(text ? text : ""); *p; p++) {
        bool is_plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                        (*p >= '0' && *p <= '9') || strchr("-._~", *p);
        if (is_plain) {
            buf_add_char(out, (char)*p);
        } else {
            buf_add_char(out, '%');
            buf_add_char(out, hex[*p >> 4]);
            buf_add_char(out, hex[*p & 15]);
        }
    }
}

static char *finish(struct buf *out)
{
    char *path = buf_take(out);
    buf_clear(out);
    return path;
}

char *path_encode(const char *text)
{
    struct buf out;
    buf_init(&out, 3 * PATH_MAX_LEN);
    add_encoded(&out, text);
    return finish(&out);
}

/* `pattern` with each '*' replaced by the next encoded part. */
static void add_pattern(struct buf *out, const char *pattern, const char *const *parts)
{
    for (; *pattern; pattern++) {
        if (*pattern == '*')
            add_encoded(out, *parts++);
        else
            buf_add_char(out, *pattern);
    }
}

static char *fill(const char *pattern, const char *a, const char *b, const char *c)
{
    const char *parts[] = {a, b, c};
    struct buf out;
    buf_init(&out, PATH_MAX_LEN);
    add_pattern(&out, pattern, parts);
    return finish(&out);
}

/* The first parameter of a query is added with '?', the others with '&'. */
static void add_query(struct buf *out, char separator, const char *name,
                      const char *value)
{
    buf_addf(out, "%c%s=", separator, name);
    add_encoded(out, value);
}

char *path_send(const char *room_id, const char *event_type, const char *txn_id)
{
    return fill(CLIENT "/rooms/*/send/*/*", room_id, event_type, txn_id);
}

char *path_redact(const char *room_id, const char *event_id, const char *txn_id)
{
    return fill(CLIENT "/rooms/*/redact/*/*", room_id, event_id, txn_id);
}

char *path_state(const char *room_id, const char *event_type, const char *state_key)
{
    return fill(CLIENT "/rooms/*/state/*/*", room_id, event_type, state_key);
}

char *path_full_state(const char *room_id)
{
    return fill(CLIENT "/rooms/*/state", room_id, NULL, NULL);
}

char *path_receipt(const char *room_id, const char *kind, const char *event_id)
{
    return fill(CLIENT "/rooms/*/receipt/*/*", room_id, kind, event_id);
}

char *path_join(const char *room_id_or_alias, const char *via)
{
    /* Servers before specification 1.12 know only the older name. */
    if (via && *via)
        return fill(CLIENT "/join/*?via=*&server_name=*", room_id_or_alias, via, via);
    return fill(CLIENT "/join/*", room_id_or_alias, NULL, NULL);
}

char *path_leave(const char *room_id)
{
    return fill(CLIENT "/rooms/*/leave", room_id, NULL, NULL);
}

char *path_create_room(void)
{
    return fill(CLIENT "/createRoom", NULL, NULL, NULL);
}

char *path_account_data(const char *user_id, const char *type)
{
    return fill(CLIENT "/user/*/account_data/*", user_id, type, NULL);
}

char *path_profile_zone(const char *user_id)
{
    return fill(CLIENT "/profile/*/m.tz", user_id, NULL, NULL);
}

char *path_members(const char *room_id)
{
    return fill(CLIENT "/rooms/*/members", room_id, NULL, NULL);
}

char *path_event(const char *room_id, const char *event_id)
{
    return fill(CLIENT "/rooms/*/event/*", room_id, event_id, NULL);
}

char *path_messages(const char *room_id, const char *from, const char *to, int limit)
{
    const char *parts[] = {room_id};
    struct buf out;
    buf_init(&out, PATH_MAX_LEN);
    add_pattern(&out, CLIENT "/rooms/*/messages?dir=b", parts);
    buf_addf(&out, "&limit=%d", limit);
    if (from)
        add_query(&out, '&', "from", from);
    if (to)
        add_query(&out, '&', "to", to);
    return finish(&out);
}

char *path_media_create(void)
{
    return fill(MEDIA "/v1/create", NULL, NULL, NULL);
}

char *path_media_put(const char *mxc_uri)
{
    static const char scheme[] = "mxc://";
    const char *server = mxc_uri + strlen(scheme);
    const char *slash = text_starts(mxc_uri, scheme) ? strchr(server, '/') : NULL;
    if (slash == NULL || slash == server || slash[1] == '\0')
        return NULL;
    char *name = mem_dup_len(server, (size_t)(slash - server));
    char *path = fill(MEDIA "/v3/upload/*/*", name, slash + 1, NULL);
    free(name);
    return path;
}

char *path_media_upload(void)
{
    return fill(MEDIA "/v3/upload", NULL, NULL, NULL);
}

char *path_sync(const char *since, const char *filter, int timeout_ms)
{
    struct buf out;
    buf_init(&out, PATH_MAX_LEN);
    buf_addf(&out, CLIENT "/sync?timeout=%d&set_presence=offline", timeout_ms);
    if (since)
        add_query(&out, '&', "since", since);
    if (filter)
        add_query(&out, '&', "filter", filter);
    return finish(&out);
}

char *path_alias(const char *alias)
{
    return fill(CLIENT "/directory/room/*", alias, NULL, NULL);
}

char *path_joined_rooms(void)
{
    return fill(CLIENT "/joined_rooms", NULL, NULL, NULL);
}

char *path_whoami(void)
{
    return fill(CLIENT "/account/whoami", NULL, NULL, NULL);
}

char *path_login(void)
{
    return fill(CLIENT "/login", NULL, NULL, NULL);
}

char *path_versions(void)
{
    return fill("/_matrix/client/versions", NULL, NULL, NULL);
}

char *path_stream(const char *since, const char *filter, const char *token,
                  bool is_legacy)
{
    struct buf out;
    char separator = '?';

    buf_init(&out, PATH_MAX_LEN);
    buf_add_text(&out, is_legacy ? "/_matrix/client/unstable/stream"
                                 : "/_matrix/client/unstable/" NS_STREAM "/v1");
    if (since) {
        add_query(&out, separator, "since", since);
        separator = '&';
    }
    if (filter) {
        add_query(&out, separator, "filter", filter);
        separator = '&';
    }
    if (token)
        add_query(&out, separator, "access_token", token);
    return finish(&out);
}

static const char *const state_types[] = {
    "m.room.member",     "m.room.create",    "m.room.power_levels",
    "m.room.encryption", "m.room.tombstone",
};

static const char *const message_types[] = {
    "m.room.message",
    "m.room.encrypted",
    "m.reaction",
    "m.room.redaction",
    "org.matrix.msc3381.poll.response",
    "m.poll.response",
    "org.matrix.msc3381.poll.start", /* our own: what comes back acknowledges it */
};

static void write_types(struct json_writer *w, const char *const *types, size_t count)
{
    for (size_t i = 0; i < count; i++)
        json_text(w, NULL, types[i]);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* {"types":[]} matches nothing: the part is left out of the answer. */
static void write_none(struct json_writer *w, const char *part)
{
    json_object(w, part);
    json_array(w, "types");
    json_array_end(w);
    json_object_end(w);
}

static void write_room_filter(struct json_writer *w)
{
    json_object(w, "room");
    json_object(w, "timeline");
    json_int(w, "limit", 100);
    json_bool(w, "lazy_load_members", true);
    json_array(w, "types");
    write_types(w, message_types, COUNT(message_types));
    write_types(w, state_types, COUNT(state_types));
    json_array_end(w);
    json_object_end(w);
    json_object(w, "state");
    json_bool(w, "lazy_load_members", true);
    json_bool(w, "include_redundant_members", false);
    json_array(w, "types");
    write_types(w, state_types, COUNT(state_types));
    json_array_end(w);
    json_object_end(w);
    write_none(w, "ephemeral");
    write_none(w, "account_data");
    json_object_end(w);
}

char *sync_filter(void)
{
    struct json_writer w;
    struct buf out;

    buf_init(&out, PATH_MAX_LEN);
    json_begin(&w, &out);
    json_object(&w, NULL);
    write_room_filter(&w);
    write_none(&w, "presence");
    json_object(&w, "account_data");
    json_array(&w, "types");
    json_text(&w, NULL, "m.direct");
    json_array_end(&w);
    json_object_end(&w);
    json_object_end(&w);
    return finish(&out);
}
