/* rooms.c - facts about rooms: a short list in memory over sealed rows.
 *
 * A row is lines of `key value`, values percent-encoded so that whatever a
 * server sends as an id stays one word. Unknown keys are skipped, so that a newer
 * version may add some.
 */
#include "bot/rooms.h"
#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/matrix/path.h"
#include "commands/group_rooms.h"
#include "store/room.h"
#include <stdlib.h>
#include <string.h>

#define ROOMS_AT_REST_MAX 200 /* kept in memory between turns */

static void free_room(struct room *room)
{
    free(room->room_id);
    free(room->inviter);
    free(room->room_type);
    free(room->predecessor);
    free(room->replacement);
    free(room->replaced_by);
    strv_clear(&room->names);
    strv_clear(&room->creators);
    for (size_t i = 0; i < room->power_user_count; i++)
        free(room->power_users[i].user_id);
    free(room->power_users);
    free(room);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

static char *decode_word(const char *text, size_t len)
{
    char *out = mem_alloc(len + 1);
    size_t used = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '%' && i + 2 < len && hex_value(text[i + 1]) >= 0 &&
            hex_value(text[i + 2]) >= 0) {
            out[used++] = (char)(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out[used++] = text[i];
        }
    }
    return out;
}

static void write_text(struct buf *out, const char *key, const char *value)
{
    if (value == NULL)
        return;
    char *encoded = path_encode(value);
    buf_addf(out, "%s %s\n", key, encoded);
    free(encoded);
}

static void write_int(struct buf *out, const char *key, int64_t value)
{
    buf_addf(out, "%s %lld\n", key, (long long)value);
}

static void encode_room(const struct room *room, struct buf *out)
{
    write_int(out, "membership", (int64_t)room->membership);
    write_int(out, "encrypted", room->is_encrypted);
    write_int(out, "told", room->was_told_encrypted);
    write_int(out, "members", room->has_members);
    write_int(out, "members_day", room->members_day);
    write_int(out, "direct", room->is_direct);
    write_text(out, "inviter", room->inviter);
    write_text(out, "type", room->room_type);
    write_text(out, "predecessor", room->predecessor);
    write_text(out, "replacement", room->replacement);
    write_text(out, "replaced_by", room->replaced_by);
    for (size_t i = 0; i < room->names.count; i++)
        write_text(out, "name", room->names.items[i]);
    for (size_t i = 0; i < room->creators.count; i++)
        write_text(out, "creator", room->creators.items[i]);
    write_int(out, "users_default", room->users_default);
    write_int(out, "message_level", room->message_level);
    write_int(out, "redact_level", room->redact_level);
    write_int(out, "invite_level", room->invite_level);
    for (size_t i = 0; i < room->power_user_count; i++) {
        char *user = path_encode(room->power_users[i].user_id);
        buf_addf(out, "power %lld:%s\n", (long long)room->power_users[i].level, user);
        free(user);
    }
}

static void set_text(char **field, const char *value)
{
    if (*field != value) {
        char *copy = mem_dup(value);
        free(*field);
        *field = copy;
    }
}

static void add_power(struct room *room, const char *user_id, int64_t level)
{
    room->power_users = mem_resize(room->power_users, room->power_user_count + 1,
                                   sizeof *room->power_users);
    room->power_users[room->power_user_count++] =
        (struct power_user){.user_id = mem_dup(user_id), .level = level};
}

static void decode_power(struct room *room, const char *value)
{
    const char *colon = strchr(value, ':');
    if (colon == NULL)
        return;
    add_power(room, colon + 1, strtoll(value, NULL, 10));
}

static void decode_line(struct room *room, const char *key, const char *value)
{
    struct {
        const char *key;
        char **field;
    } texts[] = {{"inviter", &room->inviter},
                 {"type", &room->room_type},
                 {"predecessor", &room->predecessor},
                 {"replacement", &room->replacement},
                 {"replaced_by", &room->replaced_by}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(key, texts[i].key) == 0)
            set_text(texts[i].field, value);
    struct {
        const char *key;
        int64_t *field;
    } levels[] = {{"users_default", &room->users_default},
                  {"message_level", &room->message_level},
                  {"redact_level", &room->redact_level},
                  {"invite_level", &room->invite_level}};
    int64_t number = strtoll(value, NULL, 10);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(key, levels[i].key) == 0)
            *levels[i].field = number;
    struct {
        const char *key;
        bool *field;
    } flags[] = {{"encrypted", &room->is_encrypted},
                 {"told", &room->was_told_encrypted},
                 {"members", &room->has_members},
                 {"direct", &room->is_direct}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(key, flags[i].key) == 0)
            *flags[i].field = number != 0;
    if (strcmp(key, "membership") == 0 && number >= 0 && number <= MEMBERSHIP_KNOCK)
        room->membership = (enum membership)number;
    else if (strcmp(key, "members_day") == 0)
        room->members_day = (int32_t)number;
    else if (strcmp(key, "name") == 0)
        strv_add(&room->names, value);
    else if (strcmp(key, "creator") == 0)
        strv_add(&room->creators, value);
    else if (strcmp(key, "power") == 0)
        decode_power(room, value);
}

/* A direct chat of which everything is known and nothing is under way. */
static bool is_at_rest(const struct room *room)
{
    return room->is_direct && room->membership == MEMBERSHIP_JOIN && room->has_members &&
           room->names.count == 0 && room->replacement == NULL;
}

static struct room *find_loaded(const struct rooms *rooms, const char *room_id)
{
    for (size_t i = 0; i < rooms->count; i++)
        if (strcmp(rooms->items[i]->room_id, room_id) == 0)
            return rooms->items[i];
    return NULL;
}

static struct room *add_new(struct rooms *rooms, const char *room_id)
{
    struct room *room = mem_alloc(sizeof *room);
    room->room_id = mem_dup(room_id);
    room->membership = MEMBERSHIP_LEAVE;
    room->redact_level = 50;
    MEM_GROW(rooms->items, rooms->count, rooms->capacity);
    rooms->items[rooms->count++] = room;
    return room;
}

static enum status load_room(void *ctx, const char *room_id, const char *bytes,
                             size_t len)
{
    struct room *room = add_new(ctx, room_id);
    size_t at = 0;
    while (at < len) {
        const char *line = bytes + at;
        const char *end = memchr(line, '\n', len - at);
        size_t line_len = end ? (size_t)(end - line) : len - at;
        const char *space = memchr(line, ' ', line_len);
        if (space != NULL) {
            char *key = mem_dup_len(line, (size_t)(space - line));
            char *value = decode_word(space + 1, line_len - (size_t)(space - line) - 1);
            decode_line(room, key, value);
            free(key);
            free(value);
        }
        at += line_len + 1;
    }
    return ST_OK;
}

enum status rooms_load(struct store *store, struct rooms **ret_rooms)
{
    struct rooms *rooms = mem_alloc(sizeof *rooms);
    rooms->store = store;
    enum status status = room_each(store, load_room, rooms);
    if (status != ST_OK) {
        rooms_free(rooms);
        return status;
    }
    *ret_rooms = rooms;
    return ST_OK;
}

void rooms_free(struct rooms *rooms)
{
    if (rooms == NULL)
        return;
    for (size_t i = 0; i < rooms->count; i++)
        free_room(rooms->items[i]);
    free(rooms->items);
    free(rooms);
}

void rooms_trim(struct rooms *rooms, int64_t now_mono_ms)
{
    size_t kept = 0, at_rest = 0;
    for (size_t i = 0; i < rooms->count; i++)
        at_rest += is_at_rest(rooms->items[i]);
    if (at_rest <= ROOMS_AT_REST_MAX)
        return;
    for (size_t i = 0; i < rooms->count; i++) {
        struct room *room = rooms->items[i];
        /* A reply budget in use is not in the store. */
        if (is_at_rest(room) && room->budget_mono_ms <= now_mono_ms)
            free_room(room);
        else
            rooms->items[kept++] = room;
    }
    rooms->count = kept;
}

struct room *rooms_find(struct rooms *rooms, const char *room_id)
{
    struct room *room = find_loaded(rooms, room_id);
    if (room == NULL && room_get(rooms->store, room_id, load_room, rooms) == ST_OK)
        room = rooms->items[rooms->count - 1];
    return room;
}

struct room *rooms_by_name(struct rooms *rooms, const char *id_or_alias)
{
    for (size_t i = 0; i < rooms->count; i++)
        if (strv_has(&rooms->items[i]->names, id_or_alias))
            return rooms->items[i];
    return rooms_find(rooms, id_or_alias);
}

struct room *rooms_add(struct rooms *rooms, const char *room_id)
{
    struct room *room = rooms_find(rooms, room_id);
    return room != NULL ? room : add_new(rooms, room_id);
}

/* Tell the commands which room each of its names means now. */
static enum status save_names(struct rooms *rooms, const struct room *room)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < room->names.count && status == ST_OK; i++) {
        char *key = group_room_key(room->names.items[i]);
        status = store_meta_set(rooms->store, key, room->room_id);
        free(key);
    }
    return status;
}

enum status rooms_save(struct rooms *rooms, const struct room *room)
{
    struct buf out;
    buf_init(&out, 60 * 1024);
    encode_room(room, &out);
    /* A room whose power list is too long keeps what fits: the rest counts as
     * users_default, which never gives anyone rights. */
    enum status status = room_put(rooms->store, room->room_id, out.data ? out.data : "",
                                  out.len, is_at_rest(room));
    buf_clear(&out);
    return status == ST_OK ? save_names(rooms, room) : status;
}

enum status rooms_forget(struct rooms *rooms, const char *room_id)
{
    for (size_t i = 0; i < rooms->count; i++)
        if (strcmp(rooms->items[i]->room_id, room_id) == 0) {
            enum status status = room_remove(rooms->store, room_id);
            if (status != ST_OK && status != ST_NOT_FOUND)
                return status;
            free_room(rooms->items[i]);
            rooms->items[i] = rooms->items[--rooms->count];
            return ST_OK;
        }
    return ST_OK;
}

void room_add_name(struct room *room, const char *name)
{
    if (!strv_has(&room->names, name))
        strv_add(&room->names, name);
}

static void take_power(struct room *room, const struct event *event)
{
    for (size_t i = 0; i < room->power_user_count; i++)
        free(room->power_users[i].user_id);
    room->power_user_count = 0;
    for (size_t i = 0; i < event->power_user_count; i++)
        add_power(room, event->power_users[i].user_id, event->power_users[i].level);
    room->users_default = event->users_default;
    room->message_level = event->message_level;
    room->redact_level = event->redact_level;
    room->invite_level = event->invite_level;
}

bool room_apply_state(struct room *room, const struct event *event)
{
    if (event->state_key == NULL || event->state_key[0] != '\0')
        return false;
    switch (event->type) {
    case EVENT_ENCRYPTION:
        room->is_encrypted = true;
        return true;
    case EVENT_POWER_LEVELS:
        take_power(room, event);
        return true;
    case EVENT_CREATE:
        strv_clear(&room->creators);
        strv_copy(&room->creators, &event->creators);
        set_text(&room->room_type, event->room_type);
        set_text(&room->predecessor, event->predecessor);
        return true;
    case EVENT_TOMBSTONE:
        set_text(&room->replacement, event->replacement_room);
        set_text(&room->replaced_by, event->sender);
        return true;
    default:
        return false;
    }
}

int64_t room_power(const struct room *room, const char *user_id)
{
    if (strv_has(&room->creators, user_id))
        return INT64_MAX;
    for (size_t i = 0; i < room->power_user_count; i++)
        if (strcmp(room->power_users[i].user_id, user_id) == 0)
            return room->power_users[i].level;
    return room->users_default;
}

static bool has_room(const struct room *room, const struct strv *configured)
{
    for (size_t i = 0; i < configured->count; i++)
        if (strcmp(room->room_id, configured->items[i]) == 0 ||
            strv_has(&room->names, configured->items[i]))
            return true;
    return false;
}

const struct group_settings *rooms_group(struct rooms *rooms,
                                         const struct settings *settings,
                                         const struct room *room, bool *ret_is_moderators)
{
    (void)rooms;
    for (size_t i = 0; i < settings->group_count; i++) {
        const struct group_settings *group = &settings->groups[i];
        if (has_room(room, &group->rooms)) {
            *ret_is_moderators = false;
            return group;
        }
        if (group->moderators_room[0] != '\0' &&
            (strcmp(room->room_id, group->moderators_room) == 0 ||
             strv_has(&room->names, group->moderators_room))) {
            *ret_is_moderators = true;
            return group;
        }
    }
    return NULL;
}

static bool is_joined(struct rooms *rooms, const char *name, const char *user_id,
                      int32_t *ret_since_day)
{
    const struct room *room = rooms_by_name(rooms, name);
    int standing = 0;
    int32_t since_day = 0;
    if (room == NULL || room->membership != MEMBERSHIP_JOIN ||
        room_member_get(rooms->store, room->room_id, user_id, &standing, &since_day) !=
            ST_OK)
        return false;
    if (standing != STANDING_JOINED)
        return false;
    *ret_since_day = since_day;
    return true;
}

bool rooms_is_member(struct rooms *rooms, const struct group_settings *group,
                     const char *user_id, int32_t *ret_since_day)
{
    bool found = false;
    for (size_t i = 0; i < group->rooms.count; i++) {
        int32_t since_day = 0;
        if (!is_joined(rooms, group->rooms.items[i], user_id, &since_day))
            continue;
        if (!found || since_day < *ret_since_day)
            *ret_since_day = since_day;
        found = true;
    }
    return found;
}

bool rooms_is_moderator(struct rooms *rooms, const struct group_settings *group,
                        const char *user_id)
{
    int32_t since_day = 0;
    if (group->moderators_room[0] == '\0' ||
        !is_joined(rooms, group->moderators_room, user_id, &since_day))
        return false;
    for (size_t i = 0; i < group->rooms.count; i++) {
        const struct room *room = rooms_by_name(rooms, group->rooms.items[i]);
        if (room != NULL && room_power(room, user_id) >= group->moderator_power)
            return true;
    }
    return false;
}

/* What others wrote, that is: one's own one always may. */
bool rooms_may_redact(struct rooms *rooms, const char *room_id, const char *our_id)
{
    const struct room *room = rooms_find(rooms, room_id);
    return room != NULL && room_power(room, our_id) >= room->redact_level;
}

bool rooms_is_dm(struct rooms *rooms, const char *room_id, const char *user_id)
{
    const struct room *room = rooms_find(rooms, room_id);
    int joined = 0, invited = 0, standing = 0;
    if (room == NULL || !room->is_direct ||
        room_member_count(rooms->store, room_id, &joined, &invited) != ST_OK ||
        room_member_get(rooms->store, room_id, user_id, &standing, NULL) != ST_OK)
        return false;
    return standing != 0 && joined + invited == 2;
}
