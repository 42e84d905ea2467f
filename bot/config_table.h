/* config_table.h - the one table of everything a config may say.
 *
 * A row is one key: its section, type, bounds, default, where it goes, and the
 * sentence that explains it. Reading, messages and the check of the example
 * config all come from here; a new setting is a field, a row and a paragraph
 * of the example.
 */
#ifndef HEARTH_BOT_CONFIG_TABLE_H
#define HEARTH_BOT_CONFIG_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONFIG_NAME_MAX 64 /* a group's, check-in's, item's, FAQ entry's name */

enum config_section_id {
    SECTION_MATRIX,
    SECTION_HEARTH,
    SECTION_PRIVACY,
    SECTION_SAFETY,
    SECTION_GROUP,
    SECTION_CHECKIN,
    SECTION_ITEM,
    SECTION_FAQ,
    SECTION_TEXTS, /* its keys are those of bot/model/texts.h */
    SECTION_SYNONYMS,
    SECTION_VETOES,
    SECTION_COUNT
};

struct config_section {
    const char *name;
    bool is_named;     /* [group evening]; may occur once for each name */
    bool is_community; /* may stand in the community file */
};

/* The field a value goes to. */
enum config_type {
    CONFIG_TEXT,     /* char *: one line; line breaks become spaces */
    CONFIG_MARKDOWN, /* char *: as many lines as written */
    CONFIG_PATH,     /* char *: relative ones start at the config file's folder */
    CONFIG_URL,      /* char *: without the slash at the end */
    CONFIG_USER,     /* char *: a user id */
    CONFIG_PREFIX,   /* char *: begins a command */
    CONFIG_DATE,     /* char *: 2026-11-22 */
    CONFIG_ROOM,     /* char *: a room id or alias */
    CONFIG_ZONE,     /* char *: an IANA name */
    CONFIG_WORD,     /* char *: one of `choices` */
    CONFIG_CHOICE,   /* int-sized enum: position in `choices` */
    CONFIG_ANSWER,   /* bool: false number, true letter */
    CONFIG_LETTER,   /* char: upper case */
    CONFIG_BOOL,     /* bool */
    CONFIG_INT,      /* int */
    CONFIG_PERMILLE, /* int: 0.2 is 200 */
    CONFIG_TIME,     /* int: minute of the day */
    CONFIG_WEEKDAY,  /* int: 1 Monday .. 7 */
    CONFIG_WEEKDAYS, /* int: bit 0 Monday .. bit 6 Sunday */
    CONFIG_NAMES,    /* struct strv: names separated by commas */
    CONFIG_ROOMS,    /* struct strv: room ids and aliases separated by commas */
    CONFIG_INVITERS, /* struct strv: server names and user ids separated by commas */
    CONFIG_PHRASES,  /* struct strv: one a line, the key may be repeated */
    CONFIG_WORDS,    /* struct strv: separated by commas, the key may be repeated */
    CONFIG_SAME,     /* struct synonym_settings: a new one for each value */
    CONFIG_LATER     /* nothing: read from its place when all is known */
};

enum {
    KEY_REQUIRED = 1, /* in every scope */
    KEY_TO_RUN = 2    /* in CONFIG_WHOLE */
};

struct config_key {
    enum config_section_id section;
    const char *key;
    enum config_type type;
    unsigned flags;
    int64_t min, max;     /* numbers: the value; texts: most characters, 0: 1000 */
    const char *form;     /* what to write: "minutes"; the range is added */
    const char *choices;  /* "auto|stream|sync" */
    const char *fallback; /* default, as it would be written; NULL: not set */
    const char *help;     /* a sentence */
    const char *reason;   /* why the bounds are where they are, or NULL */
    size_t offset;        /* in the section's struct */
};

extern const struct config_section config_sections[SECTION_COUNT];
extern const struct config_key config_keys[];
extern const size_t config_key_count;

/* The row, or NULL. */
const struct config_key *config_key_find(enum config_section_id section, const char *key);

/* "minutes, 1 to 1440": the caller's string. */
char *config_key_form(const struct config_key *key);

#endif
