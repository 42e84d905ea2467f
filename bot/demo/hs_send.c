/* hs_send.c - sending: transaction ids, relations, redactions, state.
 *
 * As on Synapse a transaction id belongs to (user, device, room): a redaction
 * that reuses the id of a send is answered with that send's event and does
 * nothing. Ids are forgotten after 24 hours and with their device; the event
 * goes on telling its own device (unsigned.transaction_id).
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>

static const struct hs_error float_found = {
    400, "M_BAD_JSON", "Bad JSON value: float or too large a number"};
static const struct hs_error duplicate = {400, "M_DUPLICATE_ANNOTATION",
                                          "Can't send same reaction twice"};
static const struct hs_error unknown_target = {400, "M_UNKNOWN",
                                               "Can't send relation to unknown event"};
static const struct hs_error nested_thread = {
    400, "M_UNKNOWN", "Cannot start threads from an event with a relation"};
static const struct hs_error unknown_event = {404, "M_NOT_FOUND", "Could not find event"};
static const struct hs_error no_redact = {403, "M_FORBIDDEN",
                                          "You don't have permission to redact events"};
static const struct hs_error no_membership = {400, "M_BAD_JSON",
                                              "The membership is missing"};

static char *txn_key(const struct hs_call *call, const char *room_id, const char *txn_id)
{
    return g_strjoin("\x1f", call->user->id, call->device->id, room_id, txn_id,
                     (char *)NULL);
}

static void free_txn(struct hs *hs, struct hs_txn *txn)
{
    g_hash_table_remove(hs->txns_by_key, txn->key);
    free(txn->key);
    free(txn->event_id);
    free(txn);
}

static void expire_txns(struct hs *hs)
{
    struct hs_txn *oldest;
    while ((oldest = g_queue_peek_head(&hs->txns)) &&
           (hs->now_ms - oldest->at_ms > HS_TXN_LIFE_MS || hs->txns.length > HS_TXNS_MAX))
        free_txn(hs, g_queue_pop_head(&hs->txns));
}

char *hs_txn_get(struct hs_call *call, const char *room_id, const char *txn_id)
{
    struct hs *hs = call->hs;
    const struct hs_request *request = call->request;
    char *key = txn_key(call, room_id, txn_id);
    expire_txns(hs);
    struct hs_txn *txn = g_hash_table_lookup(hs->txns_by_key, key);
    struct hs_fault *forgets = hs_fault_find(hs, HS_FAULT_FORGET_TXNS, request->method,
                                             request->path, call->user->id);
    free(key);
    if (txn && forgets) {
        hs_fault_use(forgets);
        g_queue_remove(&hs->txns, txn);
        free_txn(hs, txn);
        return NULL;
    }
    return txn ? mem_dup(txn->event_id) : NULL;
}

void hs_txn_put(struct hs_call *call, const char *room_id, const char *txn_id,
                const char *event_id)
{
    struct hs_txn *txn = mem_alloc(sizeof *txn);
    txn->key = txn_key(call, room_id, txn_id);
    txn->event_id = mem_dup(event_id);
    txn->at_ms = call->now_ms;
    g_hash_table_insert(call->hs->txns_by_key, txn->key, txn);
    g_queue_push_tail(&call->hs->txns, txn);
}

void hs_txns_forget(struct hs *hs, const struct hs_device *device)
{
    char *prefix = g_strjoin("\x1f", device->user->id, device->id, "", (char *)NULL);
    GList *next;
    for (GList *link = hs->txns.head; link; link = next) {
        struct hs_txn *txn = link->data;
        next = link->next;
        if (!text_starts(txn->key, prefix))
            continue;
        g_queue_delete_link(&hs->txns, link);
        free_txn(hs, txn);
    }
    free(prefix);
}

void hs_txns_free(struct hs *hs)
{
    struct hs_txn *txn;
    while ((txn = g_queue_pop_head(&hs->txns)))
        free_txn(hs, txn);
}

static const struct hs_error *check_relation(const struct hs_room *room,
                                             const struct hs_draft *draft)
{
    const cJSON *relation = hs_json_object(draft->content, "m.relates_to");
    const char *kind = hs_json_str(relation, "rel_type");
    const char *target_id = hs_json_str(relation, "event_id");
    const char *key = hs_json_str(relation, "key");
    if (!kind || !target_id)
        return NULL;
    const struct hs_event *target = hs_room_event(room, target_id);
    if (!target)
        return &unknown_target;
    if (text_equal(kind, "m.thread") &&
        hs_json_str(hs_json_object(target->content, "m.relates_to"), "rel_type"))
        return &nested_thread;
    if (!text_equal(kind, "m.annotation") || !key)
        return NULL;
    char *annotation =
        g_strjoin("\x1f", target_id, key, draft->sender, draft->type, (char *)NULL);
    bool is_known = g_hash_table_contains(room->annotations, annotation);
    free(annotation);
    return is_known ? &duplicate : NULL;
}

static const struct hs_error *check_redaction(const struct hs_room *room,
                                              const struct hs_draft *draft)
{
    const struct hs_event *target = hs_room_event(room, draft->redacts);
    if (!target)
        return &unknown_event;
    if (text_equal(target->type, "m.room.create"))
        return &no_redact;
    if (!text_equal(target->sender, draft->sender) &&
        hs_room_level(room, draft->sender) < hs_room_level_of(room, "redact", 50))
        return &no_redact;
    return NULL;
}

static struct hs_event *find_identical(const struct hs_room *room,
                                       const struct hs_draft *draft)
{
    struct hs_event *now =
        draft->state_key ? hs_room_state(room, draft->type, draft->state_key) : NULL;
    if (now && text_equal(now->sender, draft->sender) &&
        cJSON_Compare(now->content, draft->content, true))
        return now;
    return NULL;
}

const struct hs_error *hs_submit(struct hs_room *room, const struct hs_draft *draft,
                                 bool keep_identical, struct hs_event **ret_event)
{
    const struct hs_error *error = hs_rules_check(room, draft);
    if (!error && !draft->state_key)
        error = check_relation(room, draft);
    if (!error && draft->redacts)
        error = check_redaction(room, draft);
    struct hs_event *same = !error && keep_identical ? find_identical(room, draft) : NULL;
    if (error || same) {
        cJSON_Delete(draft->content);
        if (same && ret_event)
            *ret_event = same;
        return error;
    }
    struct hs_event *event = hs_event_add(room, draft);
    if (draft->redacts)
        hs_event_redact(hs_room_event(room, draft->redacts), event);
    if (ret_event)
        *ret_event = event;
    return NULL;
}

static void reply_event_id(struct hs_call *call, const char *event_id)
{
    struct json_writer *w = hs_reply_begin(call);
    json_text(w, "event_id", event_id);
    hs_reply_end(call);
}

/* Submit what the client sent under `txn_id`, unless it already was. */
static void submit_once(struct hs_call *call, struct hs_draft *draft, const char *txn_id)
{
    struct hs_event *event;
    struct hs_room *room = hs_call_room(call, 0);
    if (!room) {
        cJSON_Delete(draft->content);
        return;
    }
    draft->sender = call->user->id;
    draft->txn_id = txn_id;
    draft->device_id = call->device->id;
    const struct hs_error *error = hs_submit(room, draft, false, &event);
    if (error) {
        hs_fail(call, error);
        return;
    }
    hs_txn_put(call, room->id, txn_id, event->id);
    reply_event_id(call, event->id);
}

static bool answer_known_txn(struct hs_call *call, const char *txn_id)
{
    char *event_id = hs_txn_get(call, call->parts[0], txn_id);
    if (event_id)
        reply_event_id(call, event_id);
    free(event_id);
    return event_id != NULL;
}

void hs_send_event(struct hs_call *call)
{
    struct hs_draft draft = {.type = call->parts[1]};
    if (answer_known_txn(call, call->parts[2]))
        return;
    if (call->body_has_float) {
        hs_fail(call, &float_found);
        return;
    }
    draft.content = cJSON_Duplicate(call->body, true);
    if (text_equal(draft.type, "m.room.redaction"))
        draft.redacts = hs_json_str(call->body, "redacts");
    submit_once(call, &draft, call->parts[2]);
}

void hs_send_redact(struct hs_call *call)
{
    const struct hs_room *room = hs_room_get(call->hs, call->parts[0]);
    const char *reason = hs_json_str(call->body, "reason");
    struct hs_draft draft = {.type = "m.room.redaction", .redacts = call->parts[1]};
    if (answer_known_txn(call, call->parts[2]))
        return;
    draft.content = cJSON_CreateObject();
    if (reason)
        cJSON_AddStringToObject(draft.content, "reason", reason);
    if (room && room->version >= 11)
        cJSON_AddStringToObject(draft.content, "redacts", call->parts[1]);
    submit_once(call, &draft, call->parts[2]);
}

static const struct hs_error *put_member(struct hs_call *call, struct hs_room *room,
                                         struct hs_event **ret_event)
{
    struct hs_move move = {.actor = call->user->id,
                           .target = call->parts[2],
                           .membership = hs_json_str(call->body, "membership"),
                           .extra = call->body,
                           .keep_identical = true};
    return move.membership ? hs_member_set(room, &move, ret_event) : &no_membership;
}

void hs_send_state(struct hs_call *call)
{
    struct hs_event *event;
    const struct hs_error *error;
    struct hs_room *room = hs_room_get(call->hs, call->parts[0]);
    bool is_member = call->part_count > 2 && text_equal(call->parts[1], "m.room.member");
    if (!is_member || !room)
        room = hs_call_room(call, 0);
    if (!room)
        return;
    if (call->body_has_float) {
        error = &float_found;
    } else if (is_member) {
        error = put_member(call, room, &event);
    } else {
        struct hs_draft draft = {.type = call->parts[1],
                                 .state_key = call->part_count > 2 ? call->parts[2] : "",
                                 .sender = call->user->id,
                                 .content = cJSON_Duplicate(call->body, true)};
        error = hs_submit(room, &draft, true, &event);
    }
    if (error)
        hs_fail(call, error);
    else
        reply_event_id(call, event->id);
}
