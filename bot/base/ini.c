/* ini.c - the INI reader.
 *
 * One pass, line by line. A line is first checked byte by byte, then told
 * apart by its first character: comment, section, key, or, when indented, more
 * of the open value. An entry is delivered when its value ends. After an error
 * what hangs on the bad line (its continuation, the keys of a broken section)
 * is passed over in silence, so that one slip gives one message. Messages never
 * quote values: they may be secrets.
 */
#include "bot/base/ini.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define ERRORS_MAX 100
#define NAME_MAX_LEN 255 /* a key, a section's kind and name */

enum value_state {
    VALUE_NONE,    /* an indented line is an error */
    VALUE_OPEN,    /* it continues the value */
    VALUE_SKIPPED, /* it belongs to a bad line and is passed over */
};

enum section_state { SECTION_NONE, SECTION_OPEN, SECTION_SKIPPED };

struct reader {
    struct ini *ini;
    int line;
    enum section_state section_state;
    const char *section, *name; /* owned by ini->strings, like key */
    enum value_state value_state;
    const char *key;
    struct buf value;
    int value_line, value_column;
    size_t blank_lines; /* since the value's last line */
};

/* Part of a line, without its line break. */
struct span {
    const char *start, *end;
};

static void add_error(struct reader *r, int line, int column, const char *message)
{
    struct ini *ini = r->ini;
    if (ini->error_count == ERRORS_MAX)
        return;
    MEM_GROW(ini->errors, ini->error_count, ini->error_capacity);
    ini->errors[ini->error_count++] =
        (struct ini_error){.line = line, .column = column, .message = mem_dup(message)};
}

/* The 1-based column of `at` in characters; what is before it is valid UTF-8. */
static int column_of(struct span line, const char *at)
{
    return (int)g_utf8_strlen(line.start, at - line.start) + 1;
}

static const char *own(struct reader *r, char *text)
{
    strv_add_take(&r->ini->strings, text);
    return text;
}

static const char *own_lower(struct reader *r, struct span part)
{
    char *text = mem_dup_len(part.start, (size_t)(part.end - part.start));
    for (char *p = text; *p; p++)
        *p = g_ascii_tolower(*p);
    return own(r, text);
}

static void add_entry(struct reader *r, const char *key, const char *value, int line,
                      int column)
{
    struct ini *ini = r->ini;
    MEM_GROW(ini->entries, ini->entry_count, ini->entry_capacity);
    ini->entries[ini->entry_count++] = (struct ini_entry){.section = r->section,
                                                          .name = r->name,
                                                          .key = key,
                                                          .value = value,
                                                          .line = line,
                                                          .column = column};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct span trim(struct span part)
{
    while (part.start < part.end && is_blank(*part.start))
        part.start++;
    while (part.start < part.end && is_blank(part.end[-1]))
        part.end--;
    return part;
}

/* Deliver the open value, if one is open. */
static void close_value(struct reader *r)
{
    if (r->value_state == VALUE_OPEN && !r->value.overflowed) {
        const char *value = own(r, mem_dup_len(r->value.data, r->value.len));
        add_entry(r, r->key, value, r->value_line, r->value_column);
    } else if (r->value_state == VALUE_OPEN) {
        struct buf message;
        buf_init(&message, 200);
        buf_addf(&message, "this value is longer than %d bytes: shorten or split it",
                 INI_VALUE_MAX);
        add_error(r, r->value_line, r->value_column, message.data);
        buf_clear(&message);
    }
    r->value_state = VALUE_NONE;
}

static void add_to_value(struct reader *r, struct span line, struct span part)
{
    if (r->value.len == 0 && !r->value.overflowed && part.start < part.end) {
        r->value_line = r->line;
        r->value_column = column_of(line, part.start);
    } else if (r->value.len > 0) {
        for (size_t i = 0; i <= r->blank_lines && !r->value.overflowed; i++)
            buf_add_char(&r->value, '\n');
    }
    r->blank_lines = 0;
    buf_add(&r->value, part.start, (size_t)(part.end - part.start));
}

static void read_indented(struct reader *r, struct span line)
{
    struct span part = trim(line);
    if (r->value_state == VALUE_OPEN) {
        add_to_value(r, line, part);
    } else if (r->value_state == VALUE_NONE) {
        add_error(r, r->line, column_of(line, part.start),
                  "this line is indented but there is no value for it to continue: "
                  "start keys, sections and comments in the first column");
        r->value_state = VALUE_SKIPPED;
    }
}

static void skip_section(struct reader *r)
{
    r->section_state = SECTION_SKIPPED;
    r->value_state = VALUE_SKIPPED;
}

static void read_section(struct reader *r, struct span line)
{
    const char *close = memchr(line.start, ']', (size_t)(line.end - line.start));
    skip_section(r); /* until we know better */
    if (close == NULL) {
        add_error(r, r->line, 1, "a section needs a closing ]");
        return;
    }
    if (close + 1 < line.end) {
        add_error(r, r->line, column_of(line, close + 1),
                  "nothing may follow the ] of a section: comments have their own line");
        return;
    }
    struct span inside = trim((struct span){line.start + 1, close});
    struct span kind = inside, name = inside;
    for (kind.end = inside.start; kind.end < inside.end && !is_blank(*kind.end);)
        kind.end++;
    name.start = kind.end;
    name = trim(name);
    if (kind.start == kind.end) {
        add_error(r, r->line, 1, "a section needs a name: [kind] or [kind name]");
        return;
    }
    if (inside.end - inside.start > NAME_MAX_LEN) {
        add_error(r, r->line, 1, "this section's name is too long");
        return;
    }
    r->section = own_lower(r, kind);
    r->name = own(r, mem_dup_len(name.start, (size_t)(name.end - name.start)));
    r->section_state = SECTION_OPEN;
    r->value_state = VALUE_NONE;
    add_entry(r, "", "", r->line, 1);
}

static void read_key(struct reader *r, struct span line)
{
    r->value_state = VALUE_SKIPPED;
    if (r->section_state == SECTION_SKIPPED)
        return;
    const char *equals = memchr(line.start, '=', (size_t)(line.end - line.start));
    if (equals == NULL) {
        add_error(r, r->line, 1,
                  "expected `key = value` or a [section]: indent a line that continues "
                  "a value, begin a comment with ;");
        return;
    }
    struct span key = trim((struct span){line.start, equals});
    if (key.start == key.end) {
        add_error(r, r->line, 1, "there is no key before the =");
        return;
    }
    if (key.end - key.start > NAME_MAX_LEN) {
        add_error(r, r->line, 1, "this key is too long");
        return;
    }
    if (r->section_state == SECTION_NONE) {
        add_error(r, r->line, 1, "this key stands before the first [section]");
        r->section_state = SECTION_SKIPPED;
        return;
    }
    r->key = own_lower(r, key);
    r->value_state = VALUE_OPEN;
    r->value_line = r->line;
    r->value_column = column_of(line, equals + 1);
    r->blank_lines = 0;
    buf_reset(&r->value);
    add_to_value(r, line, trim((struct span){equals + 1, line.end}));
}

/* Report the first byte of the line that text may not hold; false if one is. */
static bool check_bytes(struct reader *r, struct span line)
{
    const char *valid_end;
    g_utf8_validate_len(line.start, (gsize)(line.end - line.start), &valid_end);
    for (const char *p = line.start; p < valid_end; p = g_utf8_next_char(p)) {
        if (g_unichar_iscntrl(g_utf8_get_char(p)) && *p != '\t') {
            add_error(r, r->line, column_of(line, p),
                      "there is a control character here: delete it");
            return false;
        }
    }
    if (valid_end == line.end)
        return true;
    add_error(r, r->line, column_of(line, valid_end),
              *valid_end == '\0' ? "there is a NUL byte here: delete it"
                                 : "this is not UTF-8: save the file as UTF-8");
    return false;
}

static void read_line(struct reader *r, struct span line)
{
    bool is_clean = check_bytes(r, line);
    struct span part = trim(line);
    if (part.start == part.end) {
        r->blank_lines++;
        return;
    }
    if (*line.start == ';' || *line.start == '#')
        return;
    if (is_blank(*line.start)) {
        if (is_clean)
            read_indented(r, line);
        return;
    }
    close_value(r);
    line.end = part.end;
    if (!is_clean && *line.start == '[')
        skip_section(r);
    else if (!is_clean)
        r->value_state = VALUE_SKIPPED;
    else if (*line.start == '[')
        read_section(r, line);
    else
        read_key(r, line);
}

void ini_parse(const char *bytes, size_t len, struct ini *ret_ini)
{
    *ret_ini = (struct ini){0};
    struct reader r = {.ini = ret_ini};
    if (len > INI_FILE_MAX) {
        add_error(&r, 1, 1, "the file is too big");
        return;
    }
    buf_init(&r.value, INI_VALUE_MAX);
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    while (len > 0) {
        const char *end = memchr(bytes, '\n', len);
        size_t line_len = end ? (size_t)(end - bytes) : len;
        struct span line = {bytes, bytes + line_len};
        if (line_len > 0 && line.end[-1] == '\r')
            line.end--;
        r.line++;
        read_line(&r, line);
        line_len += end != NULL;
        bytes += line_len;
        len -= line_len;
    }
    close_value(&r);
    buf_wipe(&r.value);
}

void ini_clear(struct ini *ini)
{
    if (ini == NULL)
        return;
    for (size_t i = 0; i < ini->error_count; i++)
        free(ini->errors[i].message);
    free(ini->errors);
    free(ini->entries);
    strv_clear(&ini->strings);
    *ini = (struct ini){0};
}

void ini_wipe(struct ini *ini)
{
    for (size_t i = 0; i < ini->strings.count; i++)
        explicit_bzero(ini->strings.items[i], strlen(ini->strings.items[i]));
    ini_clear(ini);
}
