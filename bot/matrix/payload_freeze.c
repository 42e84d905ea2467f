/* payload_freeze.c - an outbox payload becomes a request: method, path, bytes.
 *
 * One small function a kind, in one table. What is frozen is never made again
 * (rule E2): the same row is the same request at every try.
 */
#include "bot/matrix/message.h"

#include "bot/base/json_write.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/ns.h"
#include "bot/matrix/json_get.h"
#include "bot/matrix/path.h"

#include <stdlib.h>
#include <string.h>

#define FALLBACK_MAX 2048 /* body of an edit for clients that know no edits */

static bool is_set(const char *text)
{
    return text && *text;
}

static void begin_body(struct json_writer *w, struct buf *out)
{
    buf_init(out, EVENT_MAX);
    json_begin(w, out);
    json_object(w, NULL);
}

/* NULL when it did not fit. */
static char *end_body(struct json_writer *w)
{
    json_object_end(w);
    if (!w->out->overflowed)
        return buf_take(w->out);
    buf_clear(w->out);
    return NULL;
}

/* Takes ownership of path and wire. Only a GET has no body. */
static enum status set_request(struct payload *payload, const char *method, char *path,
                               char *wire)
{
    if (!wire && strcmp(method, "GET") != 0) {
        free(path);
        return ST_TOO_BIG;
    }
    payload->method = mem_dup(method);
    payload->path = path;
    payload->wire = wire;
    return ST_OK;
}

/* One member of foreign content as it stands. */
static void copy_member(struct json_writer *w, struct json_span key,
                        struct json_span value)
{
    char *name = mem_dup_len(key.at + 1, key.len - 2);
    char *json = mem_dup_len(value.at, value.len);
    json_raw(w, name, json);
    free(name);
    free(json);
}

static void copy_members(struct json_writer *w, struct json_span content,
                         bool with_relations)
{
    struct json_walk walk;
    struct json_span key, value;

    json_walk_begin(&walk, content);
    while (json_walk_member(&walk, &key, &value))
        if (with_relations || !json_span_is(key, "m.relates_to"))
            copy_member(w, key, value);
}

static void write_fallback(struct json_writer *w, struct json_span content)
{
    struct json_span value;
    struct buf body;
    char *text =
        json_scan_find(content, "body", &value) ? json_get_span_text(value) : NULL;
    char *clipped = text_clip(text ? text : "", FALLBACK_MAX);

    buf_init(&body, FALLBACK_MAX + 2);
    buf_add_text(&body, "* ");
    buf_add_text(&body, clipped);
    if (json_scan_find(content, "msgtype", &value)) {
        char *msgtype = mem_dup_len(value.at, value.len);
        json_raw(w, "msgtype", msgtype);
        free(msgtype);
    }
    json_text(w, "body", body.data);
    buf_clear(&body);
    free(clipped);
    free(text);
}

/* Nobody is newly mentioned by an edit: the list at the top stays empty. */
static void write_edit(struct json_writer *w, struct json_span content,
                       const char *target)
{
    write_fallback(w, content);
    json_object(w, "m.mentions");
    json_object_end(w);
    json_object(w, "m.new_content");
    copy_members(w, content, false);
    json_object_end(w);
    json_object(w, "m.relates_to");
    json_text(w, "rel_type", "m.replace");
    json_text(w, "event_id", target);
    json_object_end(w);
}

/* What freezing one kind fills in; ST_INVALID when something is missing. */
typedef enum status (*freezer)(struct payload *payload, const char *txn_id,
                               const char *instance);

static enum status freeze_message(struct payload *payload, const char *txn_id,
                                  const char *instance)
{
    const char *type =
        is_set(payload->event_type) ? payload->event_type : "m.room.message";
    struct json_span content;
    struct json_writer w;
    struct buf out;

    if (!is_set(payload->room_id) || !is_set(payload->content) || !is_set(instance) ||
        (payload->replaces_target && !is_set(payload->target)))
        return ST_INVALID;
    enum status status =
        json_scan_check(payload->content, strlen(payload->content), &content);
    if (status != ST_OK || !json_scan_is_object(content))
        return ST_INVALID;

    begin_body(&w, &out);
    if (payload->replaces_target)
        write_edit(&w, content, payload->target);
    else
        copy_members(&w, content, true);
    json_text(&w, NS_TXN, txn_id);
    json_text(&w, NS_INSTANCE, instance);
    return set_request(payload, "PUT", path_send(payload->room_id, type, txn_id),
                       end_body(&w));
}

static enum status freeze_react(struct payload *payload, const char *txn_id,
                                const char *instance)
{
    (void)instance;
    struct json_writer w;
    struct buf out;

    if (!is_set(payload->room_id) || !is_set(payload->target) || !is_set(payload->key))
        return ST_INVALID;
    begin_body(&w, &out);
    json_object(&w, "m.relates_to");
    json_text(&w, "rel_type", "m.annotation");
    json_text(&w, "event_id", payload->target);
    json_text(&w, "key", payload->key);
    json_object_end(&w);
    json_text(&w, NS_TXN, txn_id);
    return set_request(payload, "PUT", path_send(payload->room_id, "m.reaction", txn_id),
                       end_body(&w));
}

/* {} or {"reason": ...} */
static char *reason_body(const char *reason)
{
    struct json_writer w;
    struct buf out;
    begin_body(&w, &out);
    if (is_set(reason))
        json_text(&w, "reason", reason);
    return end_body(&w);
}

static enum status freeze_redact(struct payload *payload, const char *txn_id,
                                 const char *instance)
{
    (void)instance;
    if (!is_set(payload->room_id) || !is_set(payload->target))
        return ST_INVALID;
    return set_request(payload, "PUT",
                       path_redact(payload->room_id, payload->target, txn_id),
                       reason_body(payload->reason));
}

static enum status freeze_receipt(struct payload *payload, const char *txn_id,
                                  const char *instance)
{
    (void)txn_id;
    (void)instance;
    const char *kind = payload->is_private_receipt ? "m.read.private" : "m.read";
    if (!is_set(payload->room_id) || !is_set(payload->target))
        return ST_INVALID;
    return set_request(payload, "POST",
                       path_receipt(payload->room_id, kind, payload->target),
                       mem_dup("{}"));
}

static enum status freeze_join(struct payload *payload, const char *txn_id,
                               const char *instance)
{
    (void)txn_id;
    (void)instance;
    if (!is_set(payload->room_id))
        return ST_INVALID;
    return set_request(payload, "POST", path_join(payload->room_id, payload->via),
                       mem_dup("{}"));
}

static enum status freeze_leave(struct payload *payload, const char *txn_id,
                                const char *instance)
{
    (void)txn_id;
    (void)instance;
    if (!is_set(payload->room_id))
        return ST_INVALID;
    return set_request(payload, "POST", path_leave(payload->room_id),
                       reason_body(payload->reason));
}

/* Empty, with the nonce by which it is found again after a crash; the person is
 * invited by a row of its own (rule E7). */
static enum status freeze_create_dm(struct payload *payload, const char *txn_id,
                                    const char *instance)
{
    (void)txn_id;
    (void)instance;
    struct json_writer w;
    struct buf out;

    if (!is_set(payload->nonce))
        return ST_INVALID;
    begin_body(&w, &out);
    json_text(&w, "preset", "trusted_private_chat");
    json_bool(&w, "is_direct", true);
    json_object(&w, "creation_content");
    json_text(&w, NS_NONCE, payload->nonce);
    json_object_end(&w);
    json_array(&w, "initial_state");
    json_object(&w, NULL);
    json_text(&w, "type", "m.room.history_visibility");
    json_text(&w, "state_key", "");
    json_object(&w, "content");
    json_text(&w, "history_visibility", "invited");
    json_object_end(&w);
    json_object_end(&w);
    json_array_end(&w);
    return set_request(payload, "POST", path_create_room(), end_body(&w));
}

static enum status freeze_invite(struct payload *payload, const char *txn_id,
                                 const char *instance)
{
    (void)txn_id;
    (void)instance;
    struct json_writer w;
    struct buf out;

    if (!is_set(payload->room_id) || !is_set(payload->user_id))
        return ST_INVALID;
    begin_body(&w, &out);
    json_text(&w, "membership", "invite");
    json_bool(&w, "is_direct", true);
    if (is_set(payload->reason))
        json_text(&w, "reason", payload->reason);
    return set_request(payload, "PUT",
                       path_state(payload->room_id, "m.room.member", payload->user_id),
                       end_body(&w));
}

static enum status freeze_set_direct(struct payload *payload, const char *txn_id,
                                     const char *instance)
{
    (void)txn_id;
    (void)instance;
    struct json_span content;
    if (!is_set(payload->user_id) || !is_set(payload->content) ||
        json_scan_check(payload->content, strlen(payload->content), &content) != ST_OK ||
        !json_scan_is_object(content))
        return ST_INVALID;
    return set_request(payload, "PUT", path_account_data(payload->user_id, "m.direct"),
                       mem_dup(payload->content));
}

static enum status freeze_fetch_members(struct payload *payload, const char *txn_id,
                                        const char *instance)
{
    (void)txn_id;
    (void)instance;
    if (!is_set(payload->room_id))
        return ST_INVALID;
    return set_request(payload, "GET", path_members(payload->room_id), NULL);
}

static enum status freeze_pass_on(struct payload *payload, const char *txn_id,
                                  const char *instance)
{
    (void)txn_id;
    (void)instance;
    if (!is_set(payload->room_id) || !is_set(payload->target))
        return ST_INVALID;
    return set_request(payload, "GET", path_event(payload->room_id, payload->target),
                       NULL);
}

static enum status freeze_fetch_profile(struct payload *payload, const char *txn_id,
                                        const char *instance)
{
    (void)txn_id;
    (void)instance;
    if (!is_set(payload->user_id))
        return ST_INVALID;
    return set_request(payload, "GET", path_profile_zone(payload->user_id), NULL);
}

static const freezer freezers[EFFECT_KIND_COUNT] = {
    [EFFECT_SAY] = freeze_message,
    [EFFECT_SHOW] = freeze_message,
    [EFFECT_REDACT] = freeze_redact,
    [EFFECT_RECEIPT] = freeze_receipt,
    [EFFECT_REACT] = freeze_react,
    [EFFECT_JOIN] = freeze_join,
    [EFFECT_LEAVE] = freeze_leave,
    [EFFECT_CREATE_DM] = freeze_create_dm,
    [EFFECT_INVITE] = freeze_invite,
    [EFFECT_SET_DIRECT] = freeze_set_direct,
    [EFFECT_FETCH_MEMBERS] = freeze_fetch_members,
    [EFFECT_DROP_PROMPTS] = NULL, /* never reaches the wire */
    [EFFECT_DROP_REMINDER] = NULL,
    [EFFECT_TIDY] = NULL,
    [EFFECT_PASS_ON] = freeze_pass_on,
    [EFFECT_SHARE] = freeze_message,
    [EFFECT_FETCH_PROFILE] = freeze_fetch_profile,
};

enum status payload_freeze(struct payload *payload, const char *txn_id,
                           const char *instance)
{
    freezer freeze = freezers[payload->kind];
    if (payload->path)
        return ST_OK; /* frozen is frozen */
    if (!freeze || !is_set(txn_id))
        return ST_INVALID;
    return freeze(payload, txn_id, instance);
}
