/* ini.c - fuzz target: the INI reader under any bytes.
 *
 * Beside memory errors it looks for broken promises: texts that are not clean
 * UTF-8, values that are too long or not trimmed, places outside the file.
 */
#include "bot/base/ini.h"
#include "bot/base/limits.h"
#include "bot/base/text.h"

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void promise(bool kept)
{
    if (!kept)
        abort();
}

static void check_text(const char *text)
{
    size_t len = strlen(text);
    promise(text_is_utf8(text, len));
    promise(len == 0 ||
            (strchr(" \t\n", text[0]) == NULL && strchr(" \t\n", text[len - 1]) == NULL));
    for (; *text; text = g_utf8_next_char(text))
        promise(*text == '\t' || *text == '\n' ||
                !g_unichar_iscntrl(g_utf8_get_char(text)));
}

static void check_entry(const struct ini_entry *entry)
{
    check_text(entry->section);
    check_text(entry->name);
    check_text(entry->key);
    check_text(entry->value);
    promise(entry->section[0] != '\0');
    promise(strpbrk(entry->section, " \t\n]") == NULL);
    promise(strpbrk(entry->name, "\n]") == NULL);
    promise(strpbrk(entry->key, "\n=") == NULL);
    promise(entry->key[0] != '\0' || (entry->value[0] == '\0' && entry->column == 1));
    promise(strlen(entry->value) <= INI_VALUE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ini ini;
    int last_line = 0, line_max = 1;
    for (size_t i = 0; i < size; i++)
        line_max += data[i] == '\n';
    ini_parse((const char *)data, size, &ini);
    for (size_t i = 0; i < ini.entry_count; i++) {
        const struct ini_entry *entry = &ini.entries[i];
        check_entry(entry);
        promise(entry->line > last_line && entry->line <= line_max && entry->column > 0);
        last_line = entry->line;
    }
    promise(ini.error_count <= 100);
    for (size_t i = 0; i < ini.error_count; i++) {
        promise(ini.errors[i].line > 0 && ini.errors[i].line <= line_max);
        promise(ini.errors[i].column > 0 && ini.errors[i].message[0] != '\0');
    }
    ini_clear(&ini);
    return 0;
}
