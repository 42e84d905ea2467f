/* config_reader.h - what the parts of the config share while it is being read.
 *
 * A source is one file: the main one first, then the community file. Every
 * section and key that was given has a place (source and entry), found by
 * name, so that the checks that come later can point at a line.
 */
#ifndef HEARTH_BOT_CONFIG_READER_H
#define HEARTH_BOT_CONFIG_READER_H

#include "bot/base/ini.h"
#include "bot/config.h"
#include "bot/config_problem.h"
#include "bot/config_table.h"

#include <glib.h>

struct config_source {
    char *file; /* as messages name it */
    char *dir;  /* where its relative paths start */
    bool is_community;
    struct ini ini;
};

struct config_place {
    const struct config_source *source;
    const struct ini_entry *entry;
};

struct config_reader {
    enum config_scope scope;
    int32_t today;
    struct config_source sources[2];
    size_t source_count;
    GHashTable *places; /* "section\nname\nkey" to struct config_place */
    struct settings *settings;
    struct config_problems *problems;
};

/* `settings` and `problems` are borrowed. */
void config_reader_init(struct config_reader *reader, enum config_scope scope,
                        int32_t today, struct settings *settings,
                        struct config_problems *problems);
void config_reader_clear(struct config_reader *reader);

/* Read one file's entries into the settings. `file` and `dir` are copied. */
void config_reader_add(struct config_reader *reader, const char *file, const char *dir,
                       bool is_community, const char *bytes, size_t len);
/* After the last file: defaults, and keys that are missing. */
void config_reader_finish(struct config_reader *reader);

/* Where a key (or with "" the section) was given first; NULL: nowhere. */
const struct config_place *config_reader_find(const struct config_reader *reader,
                                              enum config_section_id section,
                                              const char *name, const char *key);

/* The section's number, SECTION_COUNT if there is none of that name. */
enum config_section_id config_section_find(const char *name);

/* Report at a key's place, or else at its section's, or else at the file. */
void config_report(struct config_reader *reader, enum severity severity,
                   enum config_section_id section, const char *name, const char *key,
                   const char *format, ...) PRINTF_LIKE(6, 7);
void config_report_at(struct config_reader *reader, enum severity severity,
                      const struct config_place *place, const char *format, ...)
    PRINTF_LIKE(4, 5);

#endif
