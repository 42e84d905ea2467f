/* config_wordings.c - see config_wordings.h. */
#include "bot/config_wordings.h"

#include "bot/base/mem.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static void add(struct config_wordings *wordings, struct config_wording wording)
{
    MEM_GROW(wordings->items, wordings->count, wordings->capacity);
    wordings->items[wordings->count++] = wording;
}

static void add_lines(struct config_wordings *wordings, struct config_wording wording,
                      const char *value)
{
    char *lines = mem_dup(value), *rest = lines;
    for (char *line; (line = strsep(&rest, "\n")) != NULL; wording.line++) {
        if (line[0] == '\0')
            continue;
        wording.text = mem_dup(line);
        add(wordings, wording);
    }
    free(lines);
}

void config_wordings_add(struct config_wordings *wordings, const struct ini *ini,
                         const char *file)
{
    for (size_t i = 0; i < ini->entry_count; i++) {
        const struct ini_entry *entry = &ini->entries[i];
        struct config_wording wording = {entry->name, file, entry->line, false, NULL};
        if (!text_equal(entry->section, "faq") || entry->value[0] == '\0')
            continue;
        if (text_equal(entry->key, "also")) {
            add_lines(wordings, wording, entry->value);
        } else if (text_equal(entry->key, "question")) {
            wording.is_own = true;
            wording.text = g_strdelimit(mem_dup(entry->value), "\n", ' ');
            add(wordings, wording);
        }
    }
}

void config_wordings_clear(struct config_wordings *wordings)
{
    for (size_t i = 0; i < wordings->count; i++)
        free(wordings->items[i].text);
    free(wordings->items);
    *wordings = (struct config_wordings){0};
}
