/* week_items.h - writing the list of week.h: which items a group's week has used. */
#ifndef HEARTH_COMMANDS_WEEK_ITEMS_H
#define HEARTH_COMMANDS_WEEK_ITEMS_H

#include "store/store.h"

/* The first meaning of a name in a week is the week's. */
enum status week_items_note(struct store *store, const char *group, int32_t week,
                            const char *name, uint32_t key) MUST_CHECK;

#endif
