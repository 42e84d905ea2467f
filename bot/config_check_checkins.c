/* config_check_checkins.c - check-ins and their items: from names to indexes.
 *
 * A check-in's version is a hash of what its answers mean, so that a changed
 * question never shares a figure with the one before it.
 */
#include "bot/config_check.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/config_value.h"
#include "commands/votes.h"

#include <stdlib.h>
#include <string.h>

#define REMINDER_MIN 15

/* FNV-1a, with an end mark so that "ab","c" and "a","bc" differ. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    do {
        hash = (hash ^ *p) * UINT64_C(1099511628211);
    } while (*p++ != '\0');
    return hash;
}

static int version_of(const struct settings *settings,
                      const struct checkin_settings *checkin)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < checkin->item_count; i++) {
        const struct item_settings *item = &settings->items[checkin->items[i]];
        hash = hash_text(hash, item->name);
        hash = hash_text(hash, item->question);
        hash = hash_text(hash, item->low);
        hash = hash_text(hash, item->high);
    }
    hash = hash_text(hash, "triggers");
    for (size_t i = 0; i < checkin->trigger_count; i++) {
        const struct item_settings *item = &settings->items[checkin->triggers[i]];
        char letter[2] = {item->letter, '\0'};
        hash = hash_text(hash, item->name);
        hash = hash_text(hash, item->label);
        hash = hash_text(hash, letter);
    }
    return (int)((hash ^ (hash >> 32)) % INT32_MAX) + 1;
}

static size_t find_item(const struct settings *settings, const char *name)
{
    size_t i = 0;
    while (i < settings->item_count && !text_equal(settings->items[i].name, name))
        i++;
    return i;
}

static void report_unknown_item(struct config_reader *reader, const char *checkin,
                                const char *key, const char *name)
{
    const struct settings *settings = reader->settings;
    const char **names = mem_resize(NULL, settings->item_count + 1, sizeof *names);
    for (size_t i = 0; i < settings->item_count; i++)
        names[i] = settings->items[i].name;
    const char *near = text_nearest(name, names, settings->item_count);
    config_report(reader, IS_ERROR, SECTION_CHECKIN, checkin, key,
                  "there is no [item %s]%s%s%s", name, near ? ": did you mean \"" : "",
                  near ? near : "", near ? "\"?" : "");
    free(names);
}

/* One of the two lists of a check-in. */
struct list {
    const char *key;
    bool is_triggers;
    size_t max;
    size_t *indexes, *count;
};

static bool has_index(const struct list *list, size_t index)
{
    for (size_t i = 0; i < *list->count; i++) {
        if (list->indexes[i] == index)
            return true;
    }
    return false;
}

static void add_item(struct config_reader *reader, const char *checkin,
                     const struct list *list, const char *name)
{
    const struct settings *settings = reader->settings;
    size_t index = find_item(settings, name);
    if (index == settings->item_count)
        report_unknown_item(reader, checkin, list->key, name);
    else if (settings->items[index].is_trigger != list->is_triggers)
        config_report(reader, IS_ERROR, SECTION_CHECKIN, checkin, list->key,
                      "%s is answered by a %s: it belongs in %s", name,
                      list->is_triggers ? "number" : "letter",
                      list->is_triggers ? "items" : "triggers");
    else if (has_index(list, index))
        config_report(reader, IS_ERROR, SECTION_CHECKIN, checkin, list->key,
                      "%s stands here twice", name);
    else
        list->indexes[(*list->count)++] = index;
}

static void read_items(struct config_reader *reader, const char *checkin,
                       const struct list *list)
{
    const struct config_place *place =
        config_reader_find(reader, SECTION_CHECKIN, checkin, list->key);
    struct strv names;
    if (place == NULL)
        return;
    config_value_split(place->entry->value, &names);
    if (names.count > list->max)
        config_report_at(
            reader, IS_ERROR, place, "%zu are too many, at most %zu are possible: %s",
            names.count, list->max,
            list->is_triggers
                ? "a member has to read them all"
                : "every further question tells more about each person, and asks more of "
                  "somebody who is in pain");
    for (size_t i = 0; i < names.count && names.count <= list->max; i++)
        add_item(reader, checkin, list, names.items[i]);
    strv_clear(&names);
}

/* Two items of one check-in must not share a word or a letter. */
static void claim_word(struct config_reader *reader, GHashTable *words,
                       const char *checkin, const struct item_settings *item,
                       const char *word)
{
    char *folded = text_fold(word);
    const struct item_settings *owner = g_hash_table_lookup(words, folded);
    if (owner == NULL) {
        g_hash_table_insert(words, folded, (void *)(uintptr_t)item);
        return;
    }
    if (owner != item)
        config_report(
            reader, IS_ERROR, SECTION_ITEM, item->name, "also",
            "\"%s\" already means %s in [checkin %s]: an answer must mean one item", word,
            owner->name, checkin);
    free(folded);
}

static void claim_item(struct config_reader *reader, GHashTable *words,
                       const char *checkin, const struct item_settings *item)
{
    claim_word(reader, words, checkin, item, item->name);
    claim_word(reader, words, checkin, item, item->label);
    for (size_t i = 0; i < item->also.count; i++)
        claim_word(reader, words, checkin, item, item->also.items[i]);
}

static void check_words(struct config_reader *reader,
                        const struct checkin_settings *checkin)
{
    const struct item_settings *items = reader->settings->items;
    const struct item_settings *letters[26] = {NULL};
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    for (size_t i = 0; i < checkin->item_count; i++)
        claim_item(reader, words, checkin->name, &items[checkin->items[i]]);
    for (size_t i = 0; i < checkin->trigger_count; i++) {
        const struct item_settings *item = &items[checkin->triggers[i]];
        claim_item(reader, words, checkin->name, item);
        int at = item->letter - 'A';
        if (at < 0 || at >= 26)
            continue;
        if (letters[at] != NULL)
            config_report(reader, IS_ERROR, SECTION_ITEM, item->name, "letter",
                          "%c already means %s in [checkin %s]: choose another letter",
                          item->letter, letters[at]->name, checkin->name);
        letters[at] = item;
    }
    g_hash_table_destroy(words);
}

static void check_hour(struct config_reader *reader,
                       const struct checkin_settings *checkin)
{
    const struct hearth_settings *hearth = &reader->settings->hearth;
    int night = (hearth->quiet_until - hearth->quiet_from + 1440) % 1440;
    int into = (checkin->minute - hearth->quiet_from + 1440) % 1440;
    if (into < night)
        config_report(
            reader, IS_ERROR, SECTION_CHECKIN, checkin->name, "hour",
            "this hour lies between quiet_from and quiet_until, when nothing is "
            "sent: choose an hour of the day");
}

static void check_reminder(struct config_reader *reader,
                           const struct checkin_settings *checkin)
{
    if (checkin->reminder_min != 0 && checkin->reminder_min < REMINDER_MIN)
        config_report(reader, IS_ERROR, SECTION_CHECKIN, checkin->name,
                      "reminder_minutes",
                      "a reminder after less than %d minutes is pressure: choose 0 for "
                      "none, or more",
                      REMINDER_MIN);
    else if (checkin->reminder_min >= checkin->window_min)
        config_report(reader, IS_ERROR, SECTION_CHECKIN, checkin->name,
                      "reminder_minutes",
                      "the check-in is closed by then: choose less than window_minutes");
}

static void need_text(struct config_reader *reader, const struct item_settings *item,
                      const char *key, const char *value)
{
    if (!item->is_trigger && value[0] == '\0')
        config_report(reader, IS_ERROR, SECTION_ITEM, item->name, key,
                      "[item %s] %s is missing: an item answered by a number needs it",
                      item->name, key);
    else if (item->is_trigger && value[0] != '\0')
        config_report(reader, IS_ERROR, SECTION_ITEM, item->name, key,
                      "an item answered by a letter has no %s: take the line out", key);
}

static void check_item(struct config_reader *reader, const struct item_settings *item)
{
    const struct config_place *letter =
        config_reader_find(reader, SECTION_ITEM, item->name, "letter");
    need_text(reader, item, "question", item->question);
    need_text(reader, item, "low", item->low);
    need_text(reader, item, "high", item->high);
    if (item->is_trigger && (letter == NULL || letter->entry->value[0] == '\0'))
        config_report(
            reader, IS_ERROR, SECTION_ITEM, item->name, "letter",
            "[item %s] letter is missing: an item answered by a letter needs it",
            item->name);
    if (item->is_trigger && item->is_optional)
        config_report(
            reader, IS_ERROR, SECTION_ITEM, item->name, "optional",
            "an item answered by a letter is never asked for: take the line out");
    if (!item->is_trigger && item->letter != 0)
        config_report(
            reader, IS_ERROR, SECTION_ITEM, item->name, "letter",
            "a letter needs answer = letter; an item answered by a number has none");
}

static void report_unasked(struct config_reader *reader, const bool *is_asked)
{
    for (size_t i = 0; i < reader->settings->item_count; i++) {
        const char *name = reader->settings->items[i].name;
        if (!is_asked[i])
            config_report(
                reader, IS_WARNING, SECTION_ITEM, name, "",
                "no check-in asks [item %s]: name it under items or triggers, or "
                "take it out",
                name);
    }
}

/* How many of the items (or triggers) all check-ins of a group ask together. */
static size_t count_asked(const struct settings *settings,
                          const struct group_settings *group, bool is_triggers)
{
    bool *is_asked = mem_alloc((settings->item_count + 1) * sizeof *is_asked);
    size_t count = 0;
    for (size_t i = 0; i < settings->checkin_count; i++) {
        const struct checkin_settings *checkin = &settings->checkins[i];
        const size_t *indexes = is_triggers ? checkin->triggers : checkin->items;
        size_t index_count = is_triggers ? checkin->trigger_count : checkin->item_count;
        for (size_t k = 0; group_offers(group, checkin->name) && k < index_count; k++)
            is_asked[indexes[k]] = true;
    }
    for (size_t i = 0; i < settings->item_count; i++)
        count += is_asked[i];
    free(is_asked);
    return count;
}

static void limit(struct config_reader *reader, const struct group_settings *group,
                  const char *what, size_t count, size_t max)
{
    if (count > max)
        config_report(reader, IS_ERROR, SECTION_GROUP, group->name, "checkins",
                      "the check-ins of [group %s] have %zu %s together: at most %zu are "
                      "kept of one person in a week, so offer fewer",
                      group->name, count, what, max);
}

static void check_group(struct config_reader *reader, const struct group_settings *group)
{
    const struct settings *settings = reader->settings;
    size_t checkin_count = 0;
    for (size_t i = 0; i < settings->checkin_count; i++)
        checkin_count += group_offers(group, settings->checkins[i].name);
    if (checkin_count > WEEK_CHECKINS_MAX)
        config_report(reader, IS_ERROR, SECTION_GROUP, group->name, "checkins",
                      "[group %s] offers %zu check-ins, at most %d are possible",
                      group->name, checkin_count, WEEK_CHECKINS_MAX);
    limit(reader, group, "items", count_asked(settings, group, false), ITEMS_MAX);
    limit(reader, group, "triggers", count_asked(settings, group, true), TRIGGERS_MAX);
}

void config_check_checkins(struct config_reader *reader)
{
    struct settings *settings = reader->settings;
    bool *is_asked = mem_alloc((settings->item_count + 1) * sizeof *is_asked);
    for (size_t i = 0; i < settings->item_count; i++)
        check_item(reader, &settings->items[i]);
    for (size_t i = 0; i < settings->checkin_count; i++) {
        struct checkin_settings *checkin = &settings->checkins[i];
        struct list items = {"items", false, ITEMS_MAX, checkin->items,
                             &checkin->item_count};
        struct list triggers = {"triggers", true, TRIGGERS_MAX, checkin->triggers,
                                &checkin->trigger_count};
        read_items(reader, checkin->name, &items);
        read_items(reader, checkin->name, &triggers);
        for (size_t k = 0; k < checkin->item_count; k++) {
            is_asked[checkin->items[k]] = true;
            if (settings->items[checkin->items[k]].is_optional)
                checkin->optional |= 1u << k;
        }
        for (size_t k = 0; k < checkin->trigger_count; k++)
            is_asked[checkin->triggers[k]] = true;
        check_words(reader, checkin);
        check_hour(reader, checkin);
        check_reminder(reader, checkin);
        checkin->version = version_of(settings, checkin);
    }
    report_unasked(reader, is_asked);
    free(is_asked);
    for (size_t i = 0; i < settings->group_count; i++)
        check_group(reader, &settings->groups[i]);
}
