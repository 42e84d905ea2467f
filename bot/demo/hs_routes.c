/* hs_routes.c - every path the homeserver answers, in one table.
 *
 * "+" stands for an API version (r0, v1 … v3, unstable), "*" for a variable
 * segment, handed over decoded. A path is split before it is decoded, so that
 * %2F stays inside its segment.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define C "/_matrix/client/+"
#define M1 "/_matrix/client/v1/media"

static const struct hs_route routes[] = {
    {"GET", "/_matrix/client/versions", hs_auth_versions, HS_OPEN},
    {"GET", C "/login", hs_auth_flows, HS_OPEN},
    {"POST", C "/login", hs_auth_login, HS_OPEN},
    {"POST", C "/register", hs_auth_register, HS_OPEN},
    {"GET", C "/register/available", hs_auth_available, HS_OPEN},
    {"POST", C "/logout", hs_auth_logout, HS_MAY_BE_EMPTY},
    {"POST", C "/logout/all", hs_auth_logout_all, HS_MAY_BE_EMPTY},
    {"GET", C "/account/whoami", hs_auth_whoami, 0},
    {"GET", C "/capabilities", hs_auth_capabilities, 0},
    {"GET", C "/devices", hs_account_devices, 0},

    {"GET", C "/profile/*", hs_account_profile, HS_OPEN},
    {"GET", C "/profile/*/*", hs_account_profile_field, HS_OPEN},
    {"PUT", C "/profile/*/*", hs_account_profile_put, 0},
    {"DELETE", C "/profile/*/*", hs_account_profile_delete, 0},
    {"GET", C "/uk.tcpip.msc4133/profile/*", hs_account_profile, HS_OPEN},
    {"GET", C "/uk.tcpip.msc4133/profile/*/*", hs_account_profile_field, HS_OPEN},
    {"PUT", C "/uk.tcpip.msc4133/profile/*/*", hs_account_profile_put, 0},
    {"POST", C "/user/*/filter", hs_account_filter_post, 0},
    {"GET", C "/user/*/filter/*", hs_account_filter_get, 0},
    {"GET", C "/user/*/account_data/*", hs_account_data_route_get, 0},
    {"PUT", C "/user/*/account_data/*", hs_account_data_route_put, 0},
    {"GET", C "/user/*/rooms/*/account_data/*", hs_account_room_data_get, 0},
    {"PUT", C "/user/*/rooms/*/account_data/*", hs_account_room_data_put, 0},
    {"POST", C "/user_directory/search", hs_account_search, 0},

    {"POST", C "/createRoom", hs_create_room, HS_MAY_BE_EMPTY},
    {"POST", C "/rooms/*/upgrade", hs_create_upgrade, 0},
    {"POST", C "/join/*", hs_member_join, HS_MAY_BE_EMPTY},
    {"POST", C "/rooms/*/join", hs_member_join, HS_MAY_BE_EMPTY},
    {"POST", C "/rooms/*/leave", hs_member_leave, HS_MAY_BE_EMPTY},
    {"POST", C "/rooms/*/forget", hs_member_forget, HS_MAY_BE_EMPTY},
    {"POST", C "/rooms/*/invite", hs_member_invite, 0},
    {"POST", C "/rooms/*/kick", hs_member_kick, 0},
    {"POST", C "/rooms/*/ban", hs_member_ban, 0},
    {"POST", C "/rooms/*/unban", hs_member_unban, 0},
    {"GET", C "/joined_rooms", hs_member_joined_rooms, 0},
    {"GET", C "/rooms/*/joined_members", hs_member_joined_members, 0},
    {"GET", C "/rooms/*/members", hs_member_members, 0},
    {"GET", C "/rooms/*/aliases", hs_directory_aliases, 0},
    {"GET", C "/directory/room/*", hs_directory_get, HS_OPEN},
    {"PUT", C "/directory/room/*", hs_directory_put, 0},
    {"DELETE", C "/directory/room/*", hs_directory_delete, 0},
    {"GET", C "/publicRooms", hs_directory_public, HS_OPEN},
    {"POST", C "/publicRooms", hs_directory_public, HS_MAY_BE_EMPTY},

    {"PUT", C "/rooms/*/send/*/*", hs_send_event, 0},
    {"PUT", C "/rooms/*/redact/*/*", hs_send_redact, HS_MAY_BE_EMPTY},
    {"PUT", C "/rooms/*/state/*", hs_send_state, 0},
    {"PUT", C "/rooms/*/state/*/*", hs_send_state, 0},
    {"GET", C "/rooms/*/state", hs_history_state_all, 0},
    {"GET", C "/rooms/*/state/*", hs_history_state_one, 0},
    {"GET", C "/rooms/*/state/*/*", hs_history_state_one, 0},
    {"GET", C "/rooms/*/messages", hs_history_messages, 0},
    {"GET", C "/rooms/*/context/*", hs_history_context, 0},
    {"GET", C "/rooms/*/event/*", hs_history_event, 0},
    {"GET", C "/rooms/*/relations/*", hs_history_relations, 0},
    {"GET", C "/rooms/*/relations/*/*", hs_history_relations, 0},
    {"GET", C "/rooms/*/relations/*/*/*", hs_history_relations, 0},
    {"POST", C "/rooms/*/receipt/*/*", hs_receipt_post, HS_MAY_BE_EMPTY},
    {"POST", C "/rooms/*/read_markers", hs_receipt_markers, 0},
    {"PUT", C "/rooms/*/typing/*", hs_receipt_typing, 0},
    {"GET", C "/sync", hs_sync_route, 0},

    {"POST", "/_matrix/media/+/upload", hs_media_upload, HS_RAW},
    {"POST", "/_matrix/media/+/create", hs_media_create, HS_RAW},
    {"PUT", "/_matrix/media/+/upload/*/*", hs_media_put, HS_RAW},
    {"GET", "/_matrix/media/+/config", hs_media_config, 0},
    {"GET", M1 "/config", hs_media_config, 0},
    {"GET", M1 "/download/*/*", hs_media_download, 0},
    {"GET", M1 "/download/*/*/*", hs_media_download, 0},
    {"GET", M1 "/thumbnail/*/*", hs_media_download, 0},
    {"GET", "/_matrix/media/+/download/*/*", hs_quiet_not_found, HS_OPEN},
    {"GET", "/_matrix/media/+/download/*/*/*", hs_quiet_not_found, HS_OPEN},
    {"GET", "/_matrix/media/+/thumbnail/*/*", hs_quiet_not_found, HS_OPEN},

    {"GET", C "/pushrules", hs_quiet_pushrules, 0},
    {"GET", C "/pushrules/", hs_quiet_pushrules, 0},
    {"GET", C "/pushers", hs_quiet_pushers, 0},
    {"POST", C "/pushers/set", hs_quiet_empty, 0},
    {"GET", C "/presence/*/status", hs_quiet_presence, 0},
    {"PUT", C "/presence/*/status", hs_quiet_empty, 0},
    {"GET", C "/voip/turnServer", hs_quiet_empty, 0},
    {"GET", C "/thirdparty/protocols", hs_quiet_empty, 0},
    {"GET", C "/room_keys/version", hs_quiet_not_found, 0},
    {"GET", "/.well-known/matrix/client", hs_quiet_not_found, HS_OPEN},
    {"POST", C "/keys/upload", hs_quiet_keys_upload, HS_MAY_BE_EMPTY},
    {"POST", C "/keys/query", hs_quiet_keys_query, 0},
    {"POST", C "/keys/claim", hs_quiet_keys_claim, 0},
    {"GET", C "/keys/changes", hs_quiet_keys_changes, 0},
    {"POST", C "/keys/device_signing/upload", hs_quiet_empty, 0},
    {"POST", C "/keys/signatures/upload", hs_quiet_empty, 0},
    {"PUT", C "/sendToDevice/*/*", hs_quiet_to_device, 0},
};

struct segment {
    const char *at;
    size_t len;
};

/* The next segment behind "/"; false at the end. */
static bool next_segment(const char **at, struct segment *ret_segment)
{
    if (**at != '/')
        return false;
    ret_segment->at = *at + 1;
    ret_segment->len = strcspn(*at + 1, "/");
    *at += 1 + ret_segment->len;
    return true;
}

static bool is_text(struct segment segment, const char *text)
{
    return segment.len == strlen(text) && memcmp(segment.at, text, segment.len) == 0;
}

static bool is_version(struct segment segment)
{
    static const char *const versions[] = {"v3", "r0", "v1", "v2", "unstable"};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++)
        if (is_text(segment, versions[i]))
            return true;
    return false;
}

static bool fits(struct segment want, struct segment have)
{
    if (is_text(want, "+"))
        return is_version(have);
    return have.len == want.len && memcmp(have.at, want.at, want.len) == 0;
}

/* On success `ret_parts` are the variable segments, still encoded. */
static bool matches(const char *pattern, const char *path,
                    struct segment ret_parts[HS_PARTS_MAX], size_t *ret_count)
{
    struct segment want, have;
    size_t count = 0;
    while (next_segment(&pattern, &want)) {
        if (!next_segment(&path, &have))
            return false;
        if (is_text(want, "*"))
            ret_parts[count++] = have;
        else if (!fits(want, have))
            return false;
    }
    *ret_count = count;
    return *path == 0;
}

/* False: a segment that does not decode to text. */
static bool take_parts(struct hs_call *call, const struct segment *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *part = hs_percent_decode(parts[i].at, parts[i].len);
        if (!part)
            return false;
        call->parts[call->part_count++] = part;
    }
    return true;
}

const struct hs_route *hs_route_find(struct hs_call *call, bool *ret_has_path)
{
    struct segment parts[HS_PARTS_MAX];
    size_t count;
    *ret_has_path = false;
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        if (!matches(routes[i].path, call->request->path, parts, &count))
            continue;
        *ret_has_path = true;
        if (!text_equal(routes[i].method, call->request->method))
            continue;
        if (take_parts(call, parts, count))
            return &routes[i];
        *ret_has_path = false;
        return NULL;
    }
    return NULL;
}

/* Where the last "*" of `pattern` begins in `path`; NULL unless the pattern ends
 * in one and the path goes on behind it. */
static const char *find_tail(const char *pattern, const char *path)
{
    struct segment want, have;
    while (next_segment(&pattern, &want)) {
        if (!next_segment(&path, &have))
            return NULL;
        if (is_text(want, "*")) {
            if (*pattern == 0)
                return *path ? have.at : NULL;
        } else if (!fits(want, have)) {
            return NULL;
        }
    }
    return NULL;
}

char *hs_routes_refit(const char *path)
{
    struct segment parts[HS_PARTS_MAX];
    size_t count;
    const char *tail = NULL;
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        if (matches(routes[i].path, path, parts, &count))
            return mem_dup(path);
        const char *found = find_tail(routes[i].path, path);
        if (found && (!tail || found > tail))
            tail = found;
    }
    if (!tail)
        return mem_dup(path);
    struct buf out;
    buf_init(&out, 3 * strlen(path) + 1);
    buf_add(&out, path, (size_t)(tail - path));
    for (; *tail; tail++) {
        if (*tail == '/')
            buf_add_text(&out, "%2F");
        else
            buf_add_char(&out, *tail);
    }
    return buf_take(&out);
}
