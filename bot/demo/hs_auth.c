/* hs_auth.c - who is asking: versions, accounts, log-in, devices' tokens.
 *
 * It is a demo on loopback: unless `strict`, an unknown name becomes an account
 * at its first log-in, and that password counts from then on.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const struct hs_error bad_type = {400, "M_UNKNOWN", "Unknown login type"};
static const struct hs_error bad_login = {403, "M_FORBIDDEN",
                                          "Invalid username or password"};
static const struct hs_error no_password = {400, "M_MISSING_PARAM",
                                            "The user or the password is missing"};
static const struct hs_error closed = {403, "M_FORBIDDEN",
                                       "Registration has been disabled"};
static const struct hs_error no_guests = {403, "M_GUEST_ACCESS_FORBIDDEN",
                                          "Guest access is disabled"};
static const struct hs_error bad_name = {
    400, "M_INVALID_USERNAME", "User ID can only contain a-z, 0-9, or '=_-./+'"};
static const struct hs_error in_use = {400, "M_USER_IN_USE", "User ID already taken."};
static const struct hs_error bad_device = {400, "M_INVALID_PARAM", "Bad device_id"};
static const struct hs_error full = {403, "M_RESOURCE_LIMIT_EXCEEDED", "Too many users"};

void hs_auth_versions(struct hs_call *call)
{
    static const char *const versions[] = {"r0.6.1", "v1.1",  "v1.2", "v1.3", "v1.4",
                                           "v1.5",   "v1.6",  "v1.7", "v1.8", "v1.9",
                                           "v1.10",  "v1.11", "v1.12"};
    struct json_writer *w = hs_reply_begin(call);
    json_array(w, "versions");
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++)
        json_text(w, NULL, versions[i]);
    json_array_end(w);
    json_object(w, "unstable_features");
    if (call->hs->offers_stream)
        json_bool(w, NS_STREAM, true);
    json_object_end(w);
    hs_reply_end(call);
}

void hs_auth_flows(struct hs_call *call)
{
    hs_reply_raw(call, "{\"flows\":[{\"type\":\"m.login.password\"}]}");
}

void hs_auth_capabilities(struct hs_call *call)
{
    hs_reply_raw(
        call, "{\"capabilities\":{\"m.room_versions\":{\"default\":\"12\",\"available\":"
              "{\"6\":\"stable\",\"7\":\"stable\",\"8\":\"stable\",\"9\":\"stable\","
              "\"10\":\"stable\",\"11\":\"stable\",\"12\":\"stable\"}},"
              "\"m.change_password\":{\"enabled\":false},"
              "\"m.set_displayname\":{\"enabled\":true},"
              "\"m.set_avatar_url\":{\"enabled\":true},"
              "\"m.3pid_changes\":{\"enabled\":false},"
              "\"m.profile_fields\":{\"enabled\":true}}}");
}

/* The user id of "alice", "Alice" or "@alice:server"; NULL if it cannot be one here. */
static char *read_user_id(const struct hs *hs, const char *name)
{
    char *suffix = g_strconcat(":", hs->server_name, (char *)NULL);
    char *local = g_ascii_strdown(name[0] == '@' ? name + 1 : name, -1);
    char *colon = name[0] == '@' ? strchr(local, ':') : NULL;
    char *id = NULL;
    bool is_ours = name[0] != '@' || (colon && text_equal(colon, suffix));
    if (colon)
        *colon = 0;
    if (is_ours && *local && strlen(local) + strlen(suffix) < HS_ID_MAX &&
        local[strspn(local, "abcdefghijklmnopqrstuvwxyz0123456789=_-./+")] == 0)
        id = g_strconcat("@", local, suffix, (char *)NULL);
    free(suffix);
    free(local);
    return id;
}

static void hash_password(const struct hs *hs, const char *password,
                          unsigned char ret_hash[32])
{
    crypto_generichash(ret_hash, 32, (const unsigned char *)password, strlen(password),
                       hs->password_key, sizeof hs->password_key);
}

static struct hs_user *open_account(struct hs *hs, const char *user_id,
                                    const char *password)
{
    struct hs_user *user = hs_user_ensure(hs, user_id);
    if (!user)
        return NULL;
    if (!user->is_registered && !hs_profile_get(user, "displayname")) {
        char *local = mem_dup_len(user_id + 1, strcspn(user_id + 1, ":"));
        cJSON_AddStringToObject(user->profile, "displayname", local);
        free(local);
    }
    user->is_registered = true;
    hash_password(hs, password, user->password);
    return user;
}

char *hs_user_add(struct hs *hs, const char *localpart, const char *password)
{
    char *id = read_user_id(hs, localpart);
    if (id)
        (void)open_account(hs, id, password);
    return id;
}

static void reply_session(struct hs_call *call, const struct hs_user *user,
                          const struct hs_device *device)
{
    struct json_writer *w = hs_reply_begin(call);
    json_text(w, "user_id", user->id);
    json_text(w, "home_server", call->hs->server_name);
    if (device) {
        json_text(w, "access_token", device->token);
        json_text(w, "device_id", device->id);
    }
    hs_reply_end(call);
}

static struct hs_device *add_device(struct hs_call *call, struct hs_user *user)
{
    const char *device_id = hs_json_str(call->body, "device_id");
    if (device_id && (!*device_id || strlen(device_id) > HS_ID_MAX)) {
        hs_fail(call, &bad_device);
        return NULL;
    }
    return hs_device_add(call->hs, user, device_id,
                         hs_json_str(call->body, "initial_device_display_name"));
}

/* NULL: refused. */
static struct hs_user *check_password(struct hs *hs, const char *name,
                                      const char *password)
{
    unsigned char hash[32];
    char *id = read_user_id(hs, name);
    struct hs_user *user = id ? hs_user_get(hs, id) : NULL;
    hash_password(hs, password, hash);
    if (user && user->is_registered)
        user = sodium_memcmp(hash, user->password, sizeof hash) == 0 ? user : NULL;
    else
        user = id && !hs->strict ? open_account(hs, id, password) : NULL;
    free(id);
    return user;
}

void hs_auth_login(struct hs_call *call)
{
    const char *name = hs_json_str(hs_json_object(call->body, "identifier"), "user");
    const char *password = hs_json_str(call->body, "password");
    if (!name)
        name = hs_json_str(call->body, "user");
    if (!text_equal(hs_json_str(call->body, "type"), "m.login.password")) {
        hs_fail(call, &bad_type);
        return;
    }
    if (!name || !password) {
        hs_fail(call, &no_password);
        return;
    }
    struct hs_user *user = check_password(call->hs, name, password);
    if (!user) {
        hs_fail(call, &bad_login);
        return;
    }
    const struct hs_device *device = add_device(call, user);
    if (device)
        reply_session(call, user, device);
}

static void ask_for_dummy(struct hs_call *call)
{
    char session[25];
    random_hex(&call->hs->random, 12, session);
    struct json_writer *w = hs_reply_begin(call);
    call->response->status = 401;
    json_text(w, "session", session);
    json_raw(w, "flows", "[{\"stages\":[\"m.login.dummy\"]}]");
    json_raw(w, "params", "{}");
    hs_reply_end(call);
}

static char *wanted_id(struct hs_call *call)
{
    char made[17];
    const char *name = hs_json_str(call->body, "username");
    random_hex(&call->hs->random, 8, made);
    return read_user_id(call->hs, name ? name : made);
}

static const struct hs_error *check_register(struct hs_call *call, const char *id)
{
    char *kind = hs_query_get(call, "kind");
    bool is_guest = text_equal(kind, "guest");
    const struct hs_user *known = id ? hs_user_get(call->hs, id) : NULL;
    free(kind);
    if (call->hs->strict)
        return &closed;
    if (is_guest)
        return &no_guests;
    if (!id)
        return &bad_name;
    return known && known->is_registered ? &in_use : NULL;
}

void hs_auth_register(struct hs_call *call)
{
    const char *password = hs_json_str(call->body, "password");
    const char *stage = hs_json_str(hs_json_object(call->body, "auth"), "type");
    char *id = wanted_id(call);
    const struct hs_error *error = check_register(call, id);
    if (error) {
        hs_fail(call, error);
    } else if (!text_equal(stage, "m.login.dummy")) {
        ask_for_dummy(call);
    } else {
        struct hs_user *user = open_account(call->hs, id, password ? password : "");
        bool wants_device = !hs_json_true(call->body, "inhibit_login");
        const struct hs_device *device =
            user && wants_device ? add_device(call, user) : NULL;
        if (!user)
            hs_fail(call, &full);
        else if (device || !wants_device)
            reply_session(call, user, device);
    }
    free(id);
}

void hs_auth_available(struct hs_call *call)
{
    char *name = hs_query_get(call, "username");
    char *id = name ? read_user_id(call->hs, name) : NULL;
    const struct hs_error *error = check_register(call, id);
    if (error)
        hs_fail(call, error);
    else
        hs_reply_raw(call, "{\"available\":true}");
    free(name);
    free(id);
}

void hs_auth_logout(struct hs_call *call)
{
    hs_device_remove(call->hs, call->device);
    hs_reply_empty(call);
}

void hs_auth_logout_all(struct hs_call *call)
{
    struct hs_user *user = call->user;
    while (user->device_count > 0)
        hs_device_remove(call->hs, user->devices[user->device_count - 1]);
    hs_reply_empty(call);
}

void hs_auth_whoami(struct hs_call *call)
{
    struct json_writer *w = hs_reply_begin(call);
    json_text(w, "user_id", call->user->id);
    json_text(w, "device_id", call->device->id);
    json_bool(w, "is_guest", false);
    hs_reply_end(call);
}
