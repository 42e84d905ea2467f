/* update.c - any bytes as a /sync answer, a page, members, state, an error.
 *
 * Beyond "does not crash": ids that came through fit their limit, text is valid
 * UTF-8, an event that is kept has what an event must have.
 */
#include "bot/matrix/parse.h"

#include "bot/base/limits.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(const char *text)
{
    require(!text || text_is_utf8(text, strlen(text)));
}

static void check_id(const char *id)
{
    check_text(id);
    require(!id || strlen(id) <= MATRIX_ID_MAX);
}

static void check_events(const struct event_list *list, bool may_be_stripped)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct event *event = &list->items[i];
        require(event->event_id && event->sender && *event->sender);
        require(may_be_stripped || *event->event_id);
        check_id(event->event_id);
        check_id(event->sender);
        check_id(event->in_reply_to);
        check_id(event->thread_root);
        check_id(event->replaces);
        check_id(event->target);
        check_text(event->body);
        check_text(event->formatted_body);
        check_text(event->key);
        require(event->type != EVENT_POLL_RESPONSE || !event->key ||
                strlen(event->key) <= CHOICE_ID_MAX);
        require(!event->creators.count || event->type == EVENT_CREATE);
        require(!event->body || event->type == EVENT_MESSAGE);
    }
}

static void check_update(const char *bytes, size_t size)
{
    struct update update;
    if (parse_update(bytes, size, &update) == ST_OK) {
        for (size_t i = 0; i < update.room_count; i++) {
            check_id(update.rooms[i].room_id);
            check_events(&update.rooms[i].state, true);
            check_events(&update.rooms[i].timeline, false);
        }
        update_clear(&update);
    }
    if (parse_direct(bytes, size, &update) == ST_OK)
        update_clear(&update);
}

static void check_lists(const char *bytes, size_t size)
{
    struct event_list list;
    char *end = NULL;
    if (parse_messages(bytes, size, &list, &end) == ST_OK) {
        check_events(&list, false);
        event_list_clear(&list);
        free(end);
    }
    if (parse_members(bytes, size, &list) == ST_OK)
        event_list_clear(&list);
    if (parse_state(bytes, size, &list) == ST_OK) {
        check_events(&list, false);
        event_list_clear(&list);
    }
}

static void check_small(const char *bytes, size_t size)
{
    struct matrix_error error;
    struct account account;
    bool offers_stream;
    if (parse_error(bytes, size, &error) == ST_OK)
        matrix_error_clear(&error);
    if (parse_account(bytes, size, &account) == ST_OK)
        account_clear(&account);
    char *zone = NULL;
    if (parse_profile_zone(bytes, size, &zone) == ST_OK)
        require(strlen(zone) <= ZONE_NAME_MAX && strpbrk(zone, ". `\n") == NULL);
    free(zone);
    if (parse_versions(bytes, size, &offers_stream) != ST_OK)
        return;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_update((const char *)data, size);
    check_lists((const char *)data, size);
    check_small((const char *)data, size);
    return 0;
}
