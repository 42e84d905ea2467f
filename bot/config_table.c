/* config_table.c - sections and keys: the rows are in config_keys.def. */
#include "bot/config_table.h"

#include "bot/base/buf.h"
#include "bot/model/settings.h"

#include <string.h>

#define AT(kind, field) offsetof(struct kind##_settings, field)

#define FORM_NAMES "names, separated by commas"
#define FORM_PHRASES "a phrase on each line; the key may be repeated"
#define FORM_WORDS "words and phrases, separated by commas; the key may be repeated"
#define FORM_TIME "a time of day such as 21:00 or 9 pm"
#define FORM_DATE "a date such as 2026-11-22"
#define FORM_MARKDOWN "text in Markdown, indented when it has more lines than one"

const struct config_section config_sections[SECTION_COUNT] = {
    [SECTION_MATRIX] = {"matrix", false, false},
    [SECTION_HEARTH] = {"hearth", false, false},
    [SECTION_PRIVACY] = {"privacy", false, false},
    [SECTION_SAFETY] = {"safety", false, false},
    [SECTION_GROUP] = {"group", true, true},
    [SECTION_CHECKIN] = {"checkin", true, true},
    [SECTION_ITEM] = {"item", true, true},
    [SECTION_FAQ] = {"faq", true, true},
    [SECTION_TEXTS] = {"texts", false, true},
    [SECTION_SYNONYMS] = {"synonyms", false, true},
    [SECTION_VETOES] = {"vetoes", false, true},
};

const struct config_key config_keys[] = {
#include "bot/config_keys.def"
};

const size_t config_key_count = sizeof config_keys / sizeof config_keys[0];

const struct config_key *config_key_find(enum config_section_id section, const char *key)
{
    for (size_t i = 0; i < config_key_count; i++) {
        if (config_keys[i].section == section && text_equal(config_keys[i].key, key))
            return &config_keys[i];
    }
    return NULL;
}

char *config_key_form(const struct config_key *key)
{
    struct buf out;
    buf_init(&out, 1024);
    buf_add_text(&out, key->form);
    if (key->type == CONFIG_INT)
        buf_addf(&out, ", %lld to %lld", (long long)key->min, (long long)key->max);
    else if (key->type == CONFIG_PERMILLE)
        buf_addf(&out, ", %g to %g", (double)key->min / 1000, (double)key->max / 1000);
    return buf_take(&out);
}
