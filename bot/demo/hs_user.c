/* hs_user.c - users, their devices, and what is kept for each.
 *
 * A user comes into being by registering, by a first log-in, or as soon as a
 * membership event names them; only the first two make an account.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

struct hs_user *hs_user_get(struct hs *hs, const char *user_id)
{
    return g_hash_table_lookup(hs->users_by_id, user_id);
}

struct hs_user *hs_user_ensure(struct hs *hs, const char *user_id)
{
    struct hs_user *user = hs_user_get(hs, user_id);
    if (user || hs->user_count >= HS_USERS_MAX)
        return user;
    user = mem_alloc(sizeof *user);
    user->id = mem_dup(user_id);
    user->profile = cJSON_CreateObject();
    user->stay_index = g_hash_table_new(g_direct_hash, g_direct_equal);
    MEM_GROW(hs->users, hs->user_count, hs->user_capacity);
    hs->users[hs->user_count++] = user;
    g_hash_table_insert(hs->users_by_id, user->id, user);
    return user;
}

static void free_device(struct hs_device *device)
{
    for (size_t i = 0; i < device->inbox_count; i++)
        free(device->inbox[i].json);
    free(device->inbox);
    g_hash_table_destroy(device->members_sent);
    free(device->id);
    free(device->token);
    free(device->name);
    free(device->keys);
    free(device->again_room_id);
    free(device->again_event_id);
    free(device);
}

void hs_user_free(struct hs_user *user)
{
    for (size_t i = 0; i < user->device_count; i++)
        free_device(user->devices[i]);
    for (size_t i = 0; i < user->account_data_count; i++) {
        free(user->account_data[i].room_id);
        free(user->account_data[i].type);
        free(user->account_data[i].text);
    }
    free(user->devices);
    free(user->account_data);
    free(user->stays);
    g_hash_table_destroy(user->stay_index);
    strv_clear(&user->filters);
    cJSON_Delete(user->profile);
    free(user->id);
    free(user);
}

struct hs_stay *hs_user_stay(struct hs_user *user, const struct hs_room *room)
{
    size_t index = GPOINTER_TO_SIZE(g_hash_table_lookup(user->stay_index, room));
    return index ? &user->stays[index - 1] : NULL;
}

struct hs_device *hs_device_get(const struct hs_user *user, const char *device_id)
{
    for (size_t i = 0; i < user->device_count; i++)
        if (text_equal(user->devices[i]->id, device_id))
            return user->devices[i];
    return NULL;
}

static void renew_token(struct hs *hs, struct hs_device *device)
{
    char token[4 + 2 * 24 + 1] = "syt_";
    if (device->token)
        g_hash_table_remove(hs->devices_by_token, device->token);
    free(device->token);
    random_hex(&hs->random, 24, token + 4);
    device->token = mem_dup(token);
    g_hash_table_insert(hs->devices_by_token, device->token, device);
}

struct hs_device *hs_device_add(struct hs *hs, struct hs_user *user,
                                const char *device_id, const char *name)
{
    struct hs_device *device = device_id ? hs_device_get(user, device_id) : NULL;
    if (!device) {
        char made_id[11];
        random_hex(&hs->random, 5, made_id);
        if (user->device_count >= HS_DEVICES_MAX)
            hs_device_remove(hs, user->devices[0]);
        device = mem_alloc(sizeof *device);
        device->user = user;
        for (char *c = made_id; *c; c++)
            *c = g_ascii_toupper(*c);
        device->id = mem_dup(device_id ? device_id : made_id);
        device->name = mem_dup(name);
        device->members_sent = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
        MEM_GROW(user->devices, user->device_count, user->device_capacity);
        user->devices[user->device_count++] = device;
    }
    renew_token(hs, device);
    return device;
}

void hs_device_remove(struct hs *hs, struct hs_device *device)
{
    struct hs_user *user = device->user;
    size_t at = 0;
    while (user->devices[at] != device)
        at++;
    memmove(&user->devices[at], &user->devices[at + 1],
            (user->device_count - at - 1) * sizeof *user->devices);
    user->device_count--;
    g_hash_table_remove(hs->devices_by_token, device->token);
    hs_txns_forget(hs, device);
    free_device(device);
    (void)hs_touch(hs); /* whoever waits with its token must hear of it */
}

void hs_inbox_drop(struct hs_device *device, uint64_t up_to)
{
    size_t gone = 0;
    while (gone < device->inbox_count && device->inbox[gone].position <= up_to)
        free(device->inbox[gone++].json);
    if (gone == 0)
        return;
    memmove(device->inbox, device->inbox + gone,
            (device->inbox_count - gone) * sizeof *device->inbox);
    device->inbox_count -= gone;
}

void hs_account_data_put(struct hs *hs, struct hs_user *user, const char *room_id,
                         const char *type, char *text_taken)
{
    struct hs_account_data *entry = NULL;
    for (size_t i = 0; i < user->account_data_count && !entry; i++)
        if (text_equal(user->account_data[i].type, type) &&
            text_equal(user->account_data[i].room_id, room_id))
            entry = &user->account_data[i];
    if (!entry && user->account_data_count >= HS_ACCOUNT_DATA_MAX) {
        free(text_taken);
        return;
    }
    if (!entry) {
        MEM_GROW(user->account_data, user->account_data_count,
                 user->account_data_capacity);
        entry = &user->account_data[user->account_data_count++];
        *entry =
            (struct hs_account_data){.room_id = mem_dup(room_id), .type = mem_dup(type)};
    }
    free(entry->text);
    entry->text = text_taken;
    entry->position = user->account_data_position = hs_touch(hs);
}

const cJSON *hs_profile_get(const struct hs_user *user, const char *key)
{
    return hs_json_get(user->profile, key);
}
