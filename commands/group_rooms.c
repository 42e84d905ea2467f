/* group_rooms.c - see group_rooms.h. */
#include "commands/group_rooms.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "store/room.h"

#include <stdlib.h>

char *group_room_key(const char *name)
{
    struct buf key;
    buf_init(&key, SIZE_MAX);
    buf_addf(&key, "room %s", name);
    return buf_take(&key);
}

static enum status find_room(struct store *store, const char *name, char **ret_room_id)
{
    char *key = group_room_key(name);
    enum status status = store_meta_get(store, key, ret_room_id);
    free(key);
    if (status == ST_NOT_FOUND) {
        *ret_room_id = mem_dup(name);
        status = ST_OK;
    }
    return status;
}

enum status group_has_member(struct store *store, const struct group_settings *group,
                             const char *user_id, bool *ret_is_member,
                             int32_t *ret_since_day)
{
    bool is_member = false;
    int32_t since = 0;
    for (size_t i = 0; i < group->rooms.count; i++) {
        char *room_id = NULL;
        int standing = 0;
        int32_t day = 0;
        enum status status = find_room(store, group->rooms.items[i], &room_id);
        if (status == ST_OK)
            status = room_member_get(store, room_id, user_id, &standing, &day);
        free(room_id);
        if (status != ST_OK)
            return status;
        if (standing != STANDING_JOINED)
            continue;
        since = is_member && since < day ? since : day;
        is_member = true;
    }
    *ret_is_member = is_member;
    if (ret_since_day != NULL)
        *ret_since_day = since;
    return ST_OK;
}
