/* week_items.c - one small setting of the database for each open week of a group:
 * "name=key" for each item it has used, a line each. It says what was asked, and
 * nothing about anyone.
 */
#include "commands/week_items.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/week.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static char *list_name(const char *group, int32_t week)
{
    struct buf name;
    char text[9];
    buf_init(&name, SIZE_MAX);
    week_format(week, text);
    buf_addf(&name, "items %s %s", text, group);
    return buf_take(&name);
}

static enum status read_list(struct store *store, const char *group, int32_t week,
                             char **ret_list)
{
    char *name = list_name(group, week);
    enum status status = store_meta_get(store, name, ret_list);
    free(name);
    if (status == ST_NOT_FOUND) {
        *ret_list = mem_dup("");
        status = ST_OK;
    }
    return status;
}

void week_items_clear(struct week_items *items)
{
    for (size_t i = 0; i < items->count; i++)
        free(items->items[i].name);
    free(items->items);
    *items = (struct week_items){0};
}

/* Lines "name=key". */
static void parse_list(const char *list, struct week_items *ret_items)
{
    struct strv lines;
    text_split(list, '\n', &lines);
    for (size_t i = 0; i < lines.count; i++) {
        char *equals = strrchr(lines.items[i], '=');
        int64_t key = 0;
        if (equals == NULL || text_to_int(equals + 1, 1, INT32_MAX, &key) != ST_OK)
            continue;
        MEM_GROW(ret_items->items, ret_items->count, ret_items->capacity);
        ret_items->items[ret_items->count++] = (struct week_item){
            .name = mem_dup_len(lines.items[i], (size_t)(equals - lines.items[i])),
            .key = (uint32_t)key};
    }
    strv_clear(&lines);
}

enum status week_items_read(struct store *store, const char *group, int32_t week,
                            struct week_items *ret_items)
{
    char *list = NULL;
    enum status status = read_list(store, group, week, &list);
    if (status != ST_OK)
        return status;
    *ret_items = (struct week_items){0};
    parse_list(list, ret_items);
    free(list);
    return ST_OK;
}

enum status week_items_note(struct store *store, const char *group, int32_t week,
                            const char *name, uint32_t key)
{
    char *list = NULL;
    struct week_items items = {0};
    enum status status = read_list(store, group, week, &list);
    if (status != ST_OK)
        return status;
    parse_list(list, &items);
    bool is_known = false;
    for (size_t i = 0; i < items.count; i++)
        is_known = is_known || text_equal(items.items[i].name, name);
    if (!is_known) {
        struct buf longer;
        char *list_key = list_name(group, week);
        buf_init(&longer, SIZE_MAX);
        buf_addf(&longer, "%s%s=%" PRIu32 "\n", list, name, key);
        status = store_meta_set(store, list_key, longer.data);
        buf_clear(&longer);
        free(list_key);
    }
    week_items_clear(&items);
    free(list);
    return status;
}

enum status week_items_forget(struct store *store, const char *group, int32_t week)
{
    char *name = list_name(group, week);
    enum status status = store_meta_set(store, name, NULL);
    free(name);
    return status;
}
