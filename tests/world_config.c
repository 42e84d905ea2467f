/* world_config.c - see world_config.h. */
#include "tests/world_config.h"
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char base_config[] =
    "[matrix]\nhomeserver = http://127.0.0.1:1\nuser = @hearth:hearth.test\n"
    "token = not-used\ninvite_from = hearth.test\n"
    "[group main]\nrooms = #support:hearth.test\nmoderators_room = #mods:hearth.test\n"
    "zone = Europe/London\n";

static void die(const char *what)
{
    fprintf(stderr, "config.example.ini: %s\n", what);
    exit(70);
}

struct settings *world_config_load(const char *config, bool *ret_ok, char **ret_problems)
{
    struct settings *settings = NULL;
    struct config_problems problems = {0};
    struct buf text;
    buf_init(&text, 1 << 20);
    *ret_ok = config_load_bytes("world.ini", config, strlen(config), CONFIG_WHOLE, 20780,
                                &settings, &problems) == ST_OK;
    config_problems_print(&problems, &text);
    *ret_problems = buf_take(&text);
    config_problems_clear(&problems);
    return settings;
}

/* The example's line `KEY =` with a value. */
static void add_filled(struct buf *text, const char *from, const char *to)
{
    static const char *const blanks[][2] = {
        {"emergency =", "emergency = 999"},
        {"helpline =", "helpline = Samaritans 116 123"},
        {"urgent =", "urgent = NHS 111"}};
    while (from < to) {
        const char *end = memchr(from, '\n', (size_t)(to - from));
        size_t len = end ? (size_t)(end - from) : (size_t)(to - from);
        const char *filled = NULL;
        for (size_t i = 0; i < 3; i++)
            if (len == strlen(blanks[i][0]) && strncmp(from, blanks[i][0], len) == 0)
                filled = blanks[i][1];
        buf_add(text, filled ? filled : from, filled ? strlen(filled) : len);
        buf_add_char(text, '\n');
        from += len + 1;
    }
}

/* The end of the value that begins in the line at `line`: continued lines belong to it.
 */
static const char *end_of_value(const char *line)
{
    const char *end = line;
    do {
        const char *stop = strchr(end, '\n');
        if (stop == NULL)
            return end + strlen(end);
        end = stop + 1;
    } while (*end == ' ' || *end == '\n');
    return end;
}

static size_t key_len(const char *line)
{
    return strcspn(line, "=\n[;");
}

/* Does `section` (the text behind its header) set the key of `line`? */
static bool sets_key(const char *section, const char *line)
{
    size_t len = key_len(line);
    while (len > 0 && *section != '\0' && *section != '[') {
        if (line[len] == '=' && strncmp(section, line, len + 1) == 0)
            return true;
        section = end_of_value(section);
    }
    return false;
}

/* Behind this header of `text`, or NULL. */
static const char *find_section(const char *text, const char *header)
{
    size_t len = strcspn(header, "\n");
    for (const char *line = text; *line != '\0'; line = end_of_value(line))
        if (strncmp(line, header, len) == 0 && strcspn(line, "\n") == len)
            return end_of_value(line);
    return NULL;
}

static const char *end_of_section(const char *section)
{
    while (*section != '\0' && *section != '[')
        section = end_of_value(section);
    return section;
}

/* `base` with the sections of `extra`: a key that both have is extra's. */
static char *merge(const char *base, const char *extra)
{
    struct buf text;
    const char *section = NULL, *next;
    buf_init(&text, 4 << 20);
    for (const char *line = base; *line != '\0'; line = next) {
        next = end_of_value(line);
        if (section == NULL || *line == '[' || !sets_key(section, line))
            buf_add(&text, line, (size_t)(next - line));
        if (*line == '[' && (section = find_section(extra, line)) != NULL)
            buf_add(&text, section, (size_t)(end_of_section(section) - section));
    }
    for (const char *line = extra; *line != '\0'; line = end_of_value(line))
        if (*line == '[' && find_section(base, line) == NULL)
            buf_add(&text, line, (size_t)(end_of_section(end_of_value(line)) - line));
    return buf_take(&text);
}

char *world_config_compose(const char *folder, const char *extra)
{
    struct buf text, example;
    buf_init(&text, 4 << 20);
    buf_init(&example, 4 << 20);
    buf_add_text(&text, base_config);
    buf_addf(&text,
             "[hearth]\ndata_dir = %s/data\nkey_dir = %s/keys\nweek_key_dir = %s/weeks\n",
             folder, folder, folder);
    if (file_read("config.example.ini", &example) != ST_OK)
        die("run from the top of the checkout");
    const char *safety = strstr(example.data, "\n[safety]");
    const char *group = strstr(example.data, "\n[group ");
    const char *community = strstr(example.data, "\n[checkin ");
    if (safety == NULL || group == NULL || community == NULL)
        die("it has no [safety], [group] or [checkin]");
    add_filled(&text, safety + 1, group);
    buf_add_text(&text, community + 1);
    char *merged = merge(text.data, extra ? extra : "");
    buf_clear(&text);
    buf_clear(&example);
    return merged;
}
