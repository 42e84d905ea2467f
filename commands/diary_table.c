/* diary_table.c - see diary_table.h. */
#include "commands/diary_table.h"

#include "bot/base/mem.h"
#include "commands/votes.h"

#include <stdlib.h>
#include <string.h>

void diary_entries_add(struct diary_entries *entries, const struct diary_entry *entry)
{
    MEM_GROW(entries->items, entries->count, entries->capacity);
    entries->items[entries->count++] = *entry;
}

void diary_entries_drop_vote(struct diary_entries *entries, const char *poll)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].poll != NULL && strcmp(entries->items[i].poll, poll) == 0)
            entries->items[i].value = VALUE_NONE;
    }
}

void diary_entries_clear(struct diary_entries *entries)
{
    if (entries->items != NULL)
        explicit_bzero(entries->items, entries->capacity * sizeof *entries->items);
    free(entries->items);
    memset(entries, 0, sizeof *entries);
}

static int compare_entries(const void *a, const void *b)
{
    const struct diary_entry *left = a, *right = b;
    if (left->item != right->item)
        return left->item < right->item ? -1 : 1;
    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    return (left->value > right->value) - (left->value < right->value);
}

/* Items with a value, in the order of the settings; `ret_places` by their index. */
static void list_items(const struct settings *settings,
                       const struct diary_entries *entries, struct diary *diary,
                       size_t *ret_places)
{
    for (int triggers = 0; triggers < 2; triggers++) {
        for (size_t i = 0; i < entries->count; i++) {
            const struct diary_entry *entry = &entries->items[i];
            const struct item_settings *item = &settings->items[entry->item];
            bool is_first = i == 0 || entries->items[i - 1].item != entry->item;
            if (item->is_trigger != (triggers == 1) || !is_first)
                continue;
            ret_places[entry->item] = diary->item_count;
            MEM_GROW(diary->items, diary->item_count, diary->item_capacity);
            diary->items[diary->item_count++] =
                (struct diary_item){.name = mem_dup(item->name),
                                    .label = mem_dup(item->label),
                                    .is_trigger = item->is_trigger};
        }
    }
}

static void drop_taken_back(struct diary_entries *entries)
{
    size_t kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].value != VALUE_NONE)
            entries->items[kept++] = entries->items[i];
    }
    entries->count = kept;
}

void diary_fill(const struct settings *settings, struct diary_entries *entries,
                struct diary *diary)
{
    drop_taken_back(entries);
    if (entries->count == 0)
        return;
    size_t *places = mem_resize(NULL, settings->item_count, sizeof *places);
    qsort(entries->items, entries->count, sizeof *entries->items, compare_entries);
    list_items(settings, entries, diary, places);
    size_t cells = (size_t)(diary->until - diary->from + 1) * diary->item_count;
    diary->values = mem_alloc(cells);
    memset(diary->values, VALUE_NONE, cells);
    for (size_t i = 0, end = 0; i < entries->count; i = end) {
        const struct diary_entry *first = &entries->items[i];
        for (end = i; end < entries->count && entries->items[end].item == first->item &&
                      entries->items[end].day == first->day;)
            end++;
        size_t row = (size_t)(first->day - diary->from);
        diary->values[row * diary->item_count + places[first->item]] =
            (int8_t)entries->items[i + (end - i - 1) / 2].value;
    }
    free(places);
}

void diary_clear(struct diary *diary)
{
    if (diary->values != NULL)
        explicit_bzero(diary->values,
                       (size_t)(diary->until - diary->from + 1) * diary->item_count);
    for (size_t i = 0; i < diary->item_count; i++) {
        free(diary->items[i].name);
        free(diary->items[i].label);
    }
    free(diary->items);
    free(diary->values);
    memset(diary, 0, sizeof *diary);
}

int diary_value(const struct diary *diary, int32_t day, size_t item)
{
    return diary->values[(size_t)(day - diary->from) * diary->item_count + item];
}

bool diary_is_empty(const struct diary *diary)
{
    return diary->item_count == 0;
}
