/* config_wordings.h - every way the FAQ is asked, each with its place in a file. */
#ifndef HEARTH_BOT_CONFIG_WORDINGS_H
#define HEARTH_BOT_CONFIG_WORDINGS_H

#include "bot/base/ini.h"

#include <stdbool.h>

struct config_wording {
    const char *faq; /* id; borrowed from the ini, as `file` from the caller */
    const char *file;
    int line; /* where it begins; comments between the lines of `also` are not counted */
    bool is_own; /* the entry's question, not a line of `also` */
    char *text;
};

struct config_wordings {
    struct config_wording *items;
    size_t count, capacity;
};

/* Those of a file, in its order, behind what is there. Both are borrowed. */
void config_wordings_add(struct config_wordings *wordings, const struct ini *ini,
                         const char *file);
void config_wordings_clear(struct config_wordings *wordings);

#endif
