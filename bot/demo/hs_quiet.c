/* hs_quiet.c - what clients call and this server only has to survive.
 *
 * Keys are kept as they came, so that a client finds its own device again;
 * there is no encryption here. To-device messages are really delivered: they
 * are gone once a newer `since` was used, which a bot must be able to live with.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>

static const struct hs_error not_found = {404, "M_NOT_FOUND", "Not found"};

void hs_quiet_empty(struct hs_call *call)
{
    hs_reply_empty(call);
}

void hs_quiet_not_found(struct hs_call *call)
{
    hs_fail(call, &not_found);
}

void hs_quiet_pushrules(struct hs_call *call)
{
    hs_reply_raw(call, "{\"global\":{\"override\":[],\"content\":[],\"room\":[],"
                       "\"sender\":[],\"underride\":[]}}");
}

void hs_quiet_pushers(struct hs_call *call)
{
    hs_reply_raw(call, "{\"pushers\":[]}");
}

void hs_quiet_presence(struct hs_call *call)
{
    hs_reply_raw(call, "{\"presence\":\"offline\"}");
}

void hs_quiet_keys_upload(struct hs_call *call)
{
    const cJSON *keys = hs_json_object(call->body, "device_keys");
    if (keys) {
        free(call->device->keys);
        call->device->keys = hs_json_print(keys);
    }
    hs_reply_raw(call, "{\"one_time_key_counts\":{\"signed_curve25519\":50}}");
}

void hs_quiet_keys_query(struct hs_call *call)
{
    const cJSON *wanted;
    struct json_writer *w = hs_reply_begin(call);
    json_object(w, "device_keys");
    cJSON_ArrayForEach(wanted, hs_json_object(call->body, "device_keys"))
    {
        const struct hs_user *user = hs_user_get(call->hs, wanted->string);
        json_object(w, wanted->string);
        for (size_t i = 0; user && i < user->device_count; i++)
            if (user->devices[i]->keys)
                json_raw(w, user->devices[i]->id, user->devices[i]->keys);
        json_object_end(w);
    }
    json_object_end(w);
    json_raw(w, "failures", "{}");
    hs_reply_end(call);
}

void hs_quiet_keys_claim(struct hs_call *call)
{
    hs_reply_raw(call, "{\"one_time_keys\":{},\"failures\":{}}");
}

void hs_quiet_keys_changes(struct hs_call *call)
{
    hs_reply_raw(call, "{\"changed\":[],\"left\":[]}");
}

static void put_in_inbox(struct hs_call *call, struct hs_device *device,
                         const cJSON *content)
{
    struct buf json;
    struct json_writer w;
    if (device->inbox_count >= HS_INBOX_MAX)
        return;
    buf_init(&json, 2 * HS_JSON_BODY_MAX);
    json_begin(&w, &json);
    json_object(&w, NULL);
    json_text(&w, "type", call->parts[0]);
    json_text(&w, "sender", call->user->id);
    hs_json_write(&w, "content", content);
    json_object_end(&w);
    MEM_GROW(device->inbox, device->inbox_count, device->inbox_capacity);
    device->inbox[device->inbox_count++] =
        (struct hs_inbox_item){.json = buf_take(&json), .position = hs_touch(call->hs)};
}

void hs_quiet_to_device(struct hs_call *call)
{
    const cJSON *by_user, *content;
    char *known = hs_txn_get(call, "to_device", call->parts[1]);
    if (known) {
        free(known);
        hs_reply_empty(call);
        return;
    }
    cJSON_ArrayForEach(by_user, hs_json_object(call->body, "messages"))
    {
        const struct hs_user *user = hs_user_get(call->hs, by_user->string);
        cJSON_ArrayForEach(
            content,
            by_user) for (size_t i = 0; user && i < user->device_count;
                          i++) if (text_equal(content->string, "*") ||
                                   text_equal(content->string, user->devices[i]->id))
            put_in_inbox(call, user->devices[i], content);
    }
    hs_txn_put(call, "to_device", call->parts[1], "");
    hs_reply_empty(call);
}
