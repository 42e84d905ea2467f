/* parse_event.c - one event's JSON to struct event.
 *
 * An event needs event_id, sender and type; everything else has a default, so
 * that a state event with unusable content still says that it happened. One
 * table names the types and their readers.
 */
#include "bot/matrix/parse_event.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/ns.h"
#include "bot/base/zone.h"
#include "bot/matrix/json_get.h"

#include <string.h>

#define FIRST_VERSION_WITH_CREATORS 12
#define CHECKIN_NAME_MAX 100 /* bytes of a check-in's or an item's name */

typedef void (*content_reader)(const cJSON *root, const cJSON *content,
                               struct event *event);

static void read_message(const cJSON *root, const cJSON *content, struct event *event)
{
    (void)root;
    parse_message_content(content, event);
}

static void read_reaction(const cJSON *root, const cJSON *content, struct event *event)
{
    (void)root;
    const cJSON *relates = json_get_object(content, "m.relates_to");
    if (!text_equal(json_get_text(relates, "rel_type"), "m.annotation"))
        return;
    event->target = mem_dup(json_get_id(relates, "event_id"));
    event->key = mem_dup(json_get_text(relates, "key"));
}

/* Room version 11 moved `redacts` into the content; servers send both. */
static void read_redaction(const cJSON *root, const cJSON *content, struct event *event)
{
    const char *target = json_get_id(root, "redacts");
    event->target = mem_dup(target ? target : json_get_id(content, "redacts"));
}

static void read_poll_response(const cJSON *root, const cJSON *content,
                               struct event *event)
{
    (void)root;
    const cJSON *relates = json_get_object(content, "m.relates_to");
    if (!text_equal(json_get_text(relates, "rel_type"), "m.reference"))
        return;
    event->target = mem_dup(json_get_id(relates, "event_id"));

    const cJSON *answers = json_get_array(content, "m.selections");
    if (!answers)
        answers = json_get_array(
            json_get_object(content, "org.matrix.msc3381.poll.response"), "answers");
    if (!answers)
        answers = json_get_array(json_get_object(content, "m.poll.response"), "answers");
    const cJSON *first = answers ? answers->child : NULL;
    if (answers && !first)
        event->key = mem_dup(""); /* a vote that is taken back */
    if (cJSON_IsString(first) && *first->valuestring &&
        strlen(first->valuestring) <= CHOICE_ID_MAX)
        event->key = mem_dup(first->valuestring);
}

static enum membership read_membership(const cJSON *content)
{
    static const char *const names[] = {
        [MEMBERSHIP_LEAVE] = "leave", [MEMBERSHIP_INVITE] = "invite",
        [MEMBERSHIP_JOIN] = "join",   [MEMBERSHIP_BAN] = "ban",
        [MEMBERSHIP_KNOCK] = "knock",
    };
    const char *name = json_get_text(content, "membership");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(name, names[i]))
            return (enum membership)i;
    return MEMBERSHIP_LEAVE;
}

static void read_member(const cJSON *root, const cJSON *content, struct event *event)
{
    const cJSON *extra = json_get_object(root, "unsigned");
    const cJSON *prev = json_get_object(extra, "prev_content");
    if (!prev)
        prev = json_get_object(root, "prev_content");
    event->membership = read_membership(content);
    event->has_prev = prev != NULL;
    event->prev_membership = read_membership(prev);
    event->is_direct = json_get_true(content, "is_direct");
}

static void read_create(const cJSON *root, const cJSON *content, struct event *event)
{
    (void)root;
    const cJSON *predecessor = json_get_object(content, "predecessor");
    const char *version = json_get_text(content, "room_version");
    const cJSON *creator = NULL;
    int64_t number = 0;

    event->room_type = mem_dup(json_get_text(content, "type"));
    event->predecessor = mem_dup(json_get_id(predecessor, "room_id"));
    event->nonce = mem_dup(json_get_text(content, NS_NONCE));
    if (!version || text_to_int(version, 1, INT32_MAX, &number) != ST_OK ||
        number < FIRST_VERSION_WITH_CREATORS)
        return;
    strv_add(&event->creators, event->sender);
    cJSON_ArrayForEach(creator, json_get_array(content, "additional_creators"))
    {
        if (cJSON_IsString(creator) && strlen(creator->valuestring) <= MATRIX_ID_MAX)
            strv_add(&event->creators, creator->valuestring);
    }
}

/* Rooms before version 10 may hold levels as text. */
static int64_t read_level(const cJSON *item, int64_t fallback)
{
    int64_t level = fallback;
    if (cJSON_IsString(item) && item->valuestring &&
        text_to_int(item->valuestring, INT32_MIN, INT32_MAX, &level) != ST_OK)
        level = fallback;
    if (cJSON_IsNumber(item) && item->valuedouble >= -9e15 && item->valuedouble <= 9e15)
        level = (int64_t)item->valuedouble;
    return level;
}

static int64_t get_level(const cJSON *object, const char *key, int64_t fallback)
{
    return read_level(cJSON_GetObjectItemCaseSensitive(object, key), fallback);
}

static void read_power_levels(const cJSON *root, const cJSON *content,
                              struct event *event)
{
    (void)root;
    size_t capacity = 0;
    const cJSON *item = NULL;

    event->users_default = get_level(content, "users_default", 0);
    event->events_default = get_level(content, "events_default", 0);
    event->state_default = get_level(content, "state_default", 50);
    event->redact_level = get_level(content, "redact", 50);
    event->invite_level = get_level(content, "invite", 0);
    event->message_level = get_level(json_get_object(content, "events"), "m.room.message",
                                     event->events_default);
    cJSON_ArrayForEach(item, json_get_object(content, "users"))
    {
        if (!*item->string || strlen(item->string) > MATRIX_ID_MAX)
            continue;
        MEM_GROW(event->power_users, event->power_user_count, capacity);
        struct power_user *user = &event->power_users[event->power_user_count++];
        user->user_id = mem_dup(item->string);
        user->level = read_level(item, event->users_default);
    }
}

static void read_tombstone(const cJSON *root, const cJSON *content, struct event *event)
{
    (void)root;
    event->replacement_room = mem_dup(json_get_id(content, "replacement_room"));
}

static const struct type_entry {
    const char *name;
    enum event_type type;
    bool is_state;
    content_reader read;
} type_table[] = {
    {"m.room.message", EVENT_MESSAGE, false, read_message},
    {"m.reaction", EVENT_REACTION, false, read_reaction},
    {"m.room.redaction", EVENT_REDACTION, false, read_redaction},
    {"m.room.encrypted", EVENT_ENCRYPTED, false, NULL},
    {"m.poll.response", EVENT_POLL_RESPONSE, false, read_poll_response},
    {"org.matrix.msc3381.poll.response", EVENT_POLL_RESPONSE, false, read_poll_response},
    {"m.room.member", EVENT_MEMBER, true, read_member},
    {"m.room.create", EVENT_CREATE, true, read_create},
    {"m.room.power_levels", EVENT_POWER_LEVELS, true, read_power_levels},
    {"m.room.encryption", EVENT_ENCRYPTION, true, NULL},
    {"m.room.tombstone", EVENT_TOMBSTONE, true, read_tombstone},
};

/* A message type with a state key, or a state type without one, is neither. */
static const struct type_entry *find_type(const char *name, bool is_state)
{
    for (size_t i = 0; i < sizeof type_table / sizeof *type_table; i++)
        if (strcmp(type_table[i].name, name) == 0 && type_table[i].is_state == is_state)
            return &type_table[i];
    return NULL;
}

/* Anyone can send it: whoever uses it looks at the sender first. */
static void read_checkin(const cJSON *content, struct event *event)
{
    const cJSON *checkin = json_get_object(content, NS_CHECKIN), *item = NULL;
    const char *name = json_get_text(checkin, "checkin");
    const char *date = json_get_text(checkin, "date");
    int64_t version = json_get_int(checkin, "version", 0);
    event->is_ns_checkin = checkin != NULL;
    if (name == NULL || strlen(name) > CHECKIN_NAME_MAX || date == NULL || version < 0 ||
        version > INT32_MAX || day_parse(date, &event->checkin_day) != ST_OK)
        return;
    event->checkin = mem_dup(name);
    event->checkin_version = (int)version;
    cJSON_ArrayForEach(item, json_get_array(checkin, "items"))
    {
        if (cJSON_IsString(item) && strlen(item->valuestring) <= CHECKIN_NAME_MAX &&
            event->checkin_items.count < ITEMS_MAX)
            strv_add(&event->checkin_items, item->valuestring);
    }
}

static void read_common(const cJSON *root, const cJSON *content, struct event *event)
{
    const cJSON *extra = json_get_object(root, "unsigned");
    event->origin_server_ts_ms = json_get_int(root, "origin_server_ts", 0);
    event->transaction_id = mem_dup(json_get_text(extra, "transaction_id"));
    event->ns_txn = mem_dup(json_get_text(content, NS_TXN));
    event->ns_instance = mem_dup(json_get_text(content, NS_INSTANCE));
    read_checkin(content, event);
    event->is_redacted = json_get_object(extra, "redacted_because") != NULL;
}

static bool read_event(const cJSON *root, bool is_stripped, struct event_list *list)
{
    const char *type = json_get_text(root, "type");
    const char *sender = json_get_id(root, "sender");
    const char *event_id = json_get_id(root, "event_id");
    const char *state_key = json_get_text(root, "state_key");
    const cJSON *content = json_get_object(root, "content");

    if (is_stripped && !event_id)
        event_id = "";
    if (!type || !sender || !event_id || (is_stripped && !state_key))
        return false;
    struct event *event = event_list_add(list);
    event->event_id = mem_dup(event_id);
    event->sender = mem_dup(sender);
    event->state_key = mem_dup(state_key);
    read_common(root, content, event);

    const struct type_entry *entry = find_type(type, state_key != NULL);
    event->type = entry ? entry->type : EVENT_OTHER;
    if (entry && !entry->is_state && entry->type != EVENT_REDACTION &&
        (!content || !content->child))
        event->is_redacted = true;
    if (entry && entry->read)
        entry->read(root, content, event);
    return true;
}

/* The specification's limit does not count what the server adds as `unsigned`
 * (a bundled edit is a whole second event). */
static bool is_too_big(struct json_span json)
{
    struct json_span extra = {0};
    if (json.len <= EVENT_MAX)
        return false;
    if (!json_scan_find(json, "unsigned", &extra))
        return true;
    return json.len - extra.len > EVENT_MAX;
}

bool parse_event(struct json_span json, bool is_stripped, struct event_list *list)
{
    if (!json_scan_is_object(json) || is_too_big(json))
        return false;
    cJSON *root = json_get_tree(json, (size_t)4 * EVENT_MAX);
    bool is_usable = root && read_event(root, is_stripped, list);
    cJSON_Delete(root);
    return is_usable;
}

size_t parse_event_array(struct json_span array, bool is_stripped,
                         struct event_list *list)
{
    struct json_walk walk;
    struct json_span json;
    size_t bad_count = 0;

    if (!json_scan_is_array(array))
        return 0;
    json_walk_begin(&walk, array);
    while (json_walk_element(&walk, &json))
        if (!parse_event(json, is_stripped, list))
            bad_count++;
    return bad_count;
}
