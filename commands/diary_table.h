/* diary_table.h - from single answers to a table of days: what diary_read.c fills.
 *
 * An entry's `item` is an index into the settings that the table is made with.
 */
#ifndef HEARTH_COMMANDS_DIARY_TABLE_H
#define HEARTH_COMMANDS_DIARY_TABLE_H

#include "commands/diary_read.h"

struct diary_entry {
    int32_t day;
    size_t item;
    int value;
    const char *poll; /* the poll of a vote, borrowed; NULL: typed */
};

struct diary_entries {
    struct diary_entry *items;
    size_t count, capacity;
};

void diary_entries_add(struct diary_entries *entries, const struct diary_entry *entry);
/* A later vote takes the place of the one before it in the same poll. */
void diary_entries_drop_vote(struct diary_entries *entries, const char *poll);
void diary_entries_clear(struct diary_entries *entries); /* wipes */

/* Items and values of `diary`, whose days are set; `entries` is sorted on the way. */
void diary_fill(const struct settings *settings, struct diary_entries *entries,
                struct diary *diary);

#endif
