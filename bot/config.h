/* config.h - INI to settings: one table of keys, every problem at once.
 *
 * A problem names file, line and column, what is wrong and what to do ("did you
 * mean ..."). Nothing is ignored: unknown sections and keys, wrong types, bounds,
 * duplicates and missing references are errors; a stale review date or an
 * unsafe folder are warnings.
 */
#ifndef HEARTH_BOT_CONFIG_H
#define HEARTH_BOT_CONFIG_H

#include "bot/base/buf.h"
#include "bot/model/settings.h"

struct config_problem {
    char *file;
    int line, column;
    bool is_warning;
    char *message;
};

struct config_problems {
    struct config_problem *items;
    size_t count, capacity;
    size_t error_count;
};

void config_problems_clear(struct config_problems *problems);
/* "file:line: message" lines into `out`. */
void config_problems_print(const struct config_problems *problems, struct buf *out);

enum config_scope {
    CONFIG_COMMUNITY, /* ask and demo: homeserver, user, folders, help lines may be blank
                       */
    CONFIG_WHOLE      /* run: everything */
};

/* Read `path` (and its community file). NULL path: the built-in example. ST_OK
 * when there is no error; then `ret_settings` is the caller's. ST_INVALID: see
 * the problems, which are filled in both cases. `today` is a UTC day. */
enum status config_load(const char *path, enum config_scope scope, int32_t today,
                        struct settings **ret_settings,
                        struct config_problems *ret_problems) MUST_CHECK;
/* The same from memory; `name` stands for the file in messages. */
enum status config_load_bytes(const char *name, const char *bytes, size_t len,
                              enum config_scope scope, int32_t today,
                              struct settings **ret_settings,
                              struct config_problems *ret_problems) MUST_CHECK;
void config_free(struct settings *settings);

#endif
