/* payload.c - what one outbox row holds, to bytes and back.
 *
 * Encoded as one JSON object of the fields that are set. `content` and `wire`
 * are JSON themselves and stand in it as they are, so that decoding gives back
 * the very bytes: a frozen request never changes (rule E2).
 */
#include "bot/matrix/message.h"

#include "bot/base/json_write.h"
#include "bot/base/mem.h"
#include "bot/matrix/json_get.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Names, not numbers: rows outlive versions of the enum. */
static const char *const kind_names[EFFECT_KIND_COUNT] = {
    [EFFECT_SAY] = "say",
    [EFFECT_SHOW] = "show",
    [EFFECT_REDACT] = "redact",
    [EFFECT_RECEIPT] = "receipt",
    [EFFECT_REACT] = "react",
    [EFFECT_JOIN] = "join",
    [EFFECT_LEAVE] = "leave",
    [EFFECT_CREATE_DM] = "create_dm",
    [EFFECT_INVITE] = "invite",
    [EFFECT_SET_DIRECT] = "set_direct",
    [EFFECT_FETCH_MEMBERS] = "fetch_members",
    [EFFECT_DROP_PROMPTS] = "drop_prompts",
    [EFFECT_DROP_REMINDER] = "drop_reminder",
    [EFFECT_PASS_ON] = "pass_on",
    [EFFECT_SHARE] = "share",
    [EFFECT_TIDY] = "tidy",
    [EFFECT_FETCH_PROFILE] = "fetch_profile",
};

/* The string fields under their names, the JSON ones apart. */
struct field {
    const char *name;
    size_t offset;
    bool is_json;
};
#define FIELD(name, is_json)                                                             \
    {                                                                                    \
#name, offsetof(struct payload, name), is_json                                   \
    }
static const struct field fields[] = {
    FIELD(room_id, false), FIELD(user_id, false), FIELD(event_type, false),
    FIELD(content, true),  FIELD(target, false),  FIELD(show, false),
    FIELD(via, false),     FIELD(reason, false),  FIELD(key, false),
    FIELD(nonce, false),   FIELD(group, false),   FIELD(checkin, false),
    FIELD(method, false),  FIELD(media, false),   FIELD(thumbnail, false),
    FIELD(path, false),    FIELD(wire, true),
};
#define FIELD_COUNT (sizeof fields / sizeof *fields)

static char **field_of(struct payload *payload, size_t i)
{
    return (char **)(void *)((char *)payload + fields[i].offset);
}

void payload_clear(struct payload *payload)
{
    if (!payload)
        return;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        free(*field_of(payload, i));
    memset(payload, 0, sizeof *payload);
}

void payload_encode(const struct payload *payload, struct buf *ret_bytes)
{
    struct payload view = *payload;
    struct json_writer w;

    json_begin(&w, ret_bytes);
    json_object(&w, NULL);
    json_text(&w, "kind", kind_names[payload->kind]);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const char *value = *field_of(&view, i);
        if (value && fields[i].is_json)
            json_raw(&w, fields[i].name, value);
        else if (value)
            json_text(&w, fields[i].name, value);
    }
    if (payload->expires_utc_ms != 0)
        json_int(&w, "expires_utc_ms", payload->expires_utc_ms);
    if (payload->uploaded != 0)
        json_int(&w, "uploaded", payload->uploaded);
    if (payload->is_private_receipt)
        json_bool(&w, "is_private_receipt", true);
    if (payload->is_unasked)
        json_bool(&w, "is_unasked", true);
    if (payload->replaces_target)
        json_bool(&w, "replaces_target", true);
    json_object_end(&w);
}

static enum status read_kind(struct json_span root, enum effect_kind *ret_kind)
{
    struct json_span value;
    if (!json_scan_find(root, "kind", &value))
        return ST_INVALID;
    for (int i = 0; i < EFFECT_KIND_COUNT; i++) {
        if (json_span_is(value, kind_names[i])) {
            *ret_kind = (enum effect_kind)i;
            return ST_OK;
        }
    }
    return ST_INVALID;
}

static bool read_flag(struct json_span root, const char *name)
{
    struct json_span value;
    return json_scan_find(root, name, &value) && *value.at == 't';
}

enum status payload_decode(const char *bytes, size_t len, struct payload *ret_payload)
{
    struct json_span root, value;
    struct payload payload = {0};

    enum status status = json_scan_check(bytes, len, &root);
    if (status != ST_OK)
        return status;
    status = read_kind(root, &payload.kind);
    for (size_t i = 0; i < FIELD_COUNT && status == ST_OK; i++) {
        if (!json_scan_find(root, fields[i].name, &value))
            continue;
        char *text = fields[i].is_json ? mem_dup_len(value.at, value.len)
                                       : json_get_span_text(value);
        *field_of(&payload, i) = text;
        if (!text)
            status = ST_INVALID;
    }
    /* Frozen is whole or not at all. */
    bool is_half = !payload.path != !payload.method || (payload.wire && !payload.path);
    if (status != ST_OK || is_half) {
        payload_clear(&payload);
        return ST_INVALID;
    }
    if (json_scan_find(root, "expires_utc_ms", &value))
        payload.expires_utc_ms = strtoll(value.at, NULL, 10);
    if (json_scan_find(root, "uploaded", &value))
        payload.uploaded = (int)strtol(value.at, NULL, 10);
    payload.is_private_receipt = read_flag(root, "is_private_receipt");
    payload.is_unasked = read_flag(root, "is_unasked");
    payload.replaces_target = read_flag(root, "replaces_target");
    *ret_payload = payload;
    return ST_OK;
}
