/* ini.h - the INI reader: bytes to entries with line and column.
 *
 * Linear in the input. `;` or `#` at column 0 starts a comment. `[kind]` or
 * `[kind name]` opens a section. `key = value` at column 0 opens a value; an
 * indented line continues it with its line break kept, blank lines between two
 * such lines included; a comment between them is not part of the value and does
 * not end it. White space (space, tab) around a value and around each of its
 * lines is dropped. Repeated keys and sections are delivered as they come: the
 * caller knows where they are allowed. A UTF-8 byte order mark and CR LF are
 * accepted; NULs, invalid UTF-8, control characters, an over-long value are
 * errors with line and column, and reading goes on behind them: what hangs on a
 * bad line (continuations, the keys of a broken section) is passed over in
 * silence. Any text may be a key; its ASCII letters are lowered. Columns count
 * characters. Messages quote no values: they may be secret.
 */
#ifndef HEARTH_BASE_INI_H
#define HEARTH_BASE_INI_H

#include "bot/base/status.h"
#include "bot/base/text.h"
#include <stddef.h>

struct ini_entry {
    const char *section; /* kind, lower case: "group" of [group evening] */
    const char *name;    /* "evening", or "" */
    const char *key;     /* lower case; "" for the entry that opens a section */
    const char *value;
    int line, column; /* of the value, 1-based; of the section for its opening entry */
};

struct ini_error {
    int line, column;
    char *message; /* what is wrong and what to do */
};

struct ini {
    struct ini_entry *entries; /* in file order */
    size_t entry_count, entry_capacity;
    struct ini_error *errors;
    size_t error_count, error_capacity;
    struct strv strings; /* owns what the entries point to */
};

/* Read `bytes`; always succeeds, problems are in `errors` (at most 100).
 * More than INI_FILE_MAX bytes are one error and no entries.
 * `ret_ini` is overwritten; the caller clears it. */
void ini_parse(const char *bytes, size_t len, struct ini *ret_ini);
void ini_clear(struct ini *ini);
void ini_wipe(struct ini *ini); /* and leave nothing of it in memory */

#endif
