/* opening.h - what open.c and folders.c share while a store is being opened. */
#ifndef HEARTH_STORE_OPENING_H
#define HEARTH_STORE_OPENING_H

#include "store/internal.h"

struct opening {
    const struct store_config *config;
    struct store *store;
    long holder;
    char *why;
    char *database;  /* its path */
    bool was_there;  /* the file, before SQLite made it */
    bool was_killed; /* a WAL was left behind */
    bool is_fresh;   /* holds nothing yet */
    int version;
};

/* Note why it fails; the first note stays: it is the nearest to the cause. */
void opening_explain(struct opening *opening, const char *format, ...) PRINTF_LIKE(2, 3);

/* Make the folders, check modes and that they are apart, take their locks. */
enum status opening_take_folders(struct opening *opening) MUST_CHECK;

#endif
