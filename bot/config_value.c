/* config_value.c - one value of a config: text to a field, by the key's type.
 *
 * Each reader takes the text, writes its field and is done, or says in a few
 * words what is wrong; config_reader.c adds what to write instead.
 */
#include "bot/config_value.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "bot/base/zone.h"
#include "bot/config_days.h"
#include "bot/config_path.h"
#include "bot/matrix/url.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 1000 /* characters, for keys that name no other maximum */
#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define CAPITAL "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static enum status refuse(struct buf *why, const char *text, const char *what)
{
    char *short_text = text_clip(text, 80);
    buf_addf(why, "\"%s%s\" %s", short_text, text[strlen(short_text)] ? "..." : "", what);
    free(short_text);
    return ST_INVALID;
}

static bool has_space(const char *text)
{
    return text[strcspn(text, " \t\n")] != '\0';
}

size_t config_value_max(const struct config_key *key)
{
    return key->max > 0 ? (size_t)key->max : TEXT_MAX;
}

static enum status check_length(const struct config_key *key, const char *text,
                                struct buf *why)
{
    size_t len = (size_t)g_utf8_strlen(text, -1);
    if (len <= config_value_max(key))
        return ST_OK;
    buf_addf(why, "this is %zu characters long, at most %zu are possible", len,
             config_value_max(key));
    return ST_RANGE;
}

void config_value_split(const char *text, struct strv *ret_list)
{
    char *commas = mem_dup(text);
    for (char *p = commas; *p; p++)
        *p = *p == '\n' ? ',' : *p;
    text_split(commas, ',', ret_list);
    free(commas);
}

bool config_value_is_user(const char *text)
{
    const char *colon = strchr(text, ':');
    return text[0] == '@' && colon != NULL && colon > text + 1 && colon[1] != '\0' &&
           !has_space(text) && strlen(text) <= MATRIX_ID_MAX;
}

bool config_value_is_room(const char *text)
{
    bool is_alias = text[0] == '#' && strchr(text, ':') > text + 1;
    return (is_alias || text[0] == '!') && text[1] != '\0' && !has_space(text) &&
           strlen(text) <= MATRIX_ID_MAX;
}

bool config_value_is_name(const char *text)
{
    size_t len = strspn(text, SMALL DIGITS "-_");
    return len > 0 && len <= CONFIG_NAME_MAX && text[len] == '\0';
}

static bool is_server(const char *text)
{
    size_t len = strspn(text, SMALL CAPITAL DIGITS ".:-[]");
    return len > 0 && len <= MATRIX_ID_MAX && text[len] == '\0' &&
           strchr(text, '.') != text;
}

static enum status read_one_line(const struct config_key *key, const char *text,
                                 char **field, struct buf *why)
{
    enum status status = check_length(key, text, why);
    if (status)
        return status;
    *field = mem_dup(text);
    for (char *p = *field; *p; p++)
        *p = *p == '\n' ? ' ' : *p;
    return ST_OK;
}

static enum status read_markdown(const struct config_key *key, const char *text,
                                 char **field, struct buf *why)
{
    enum status status = check_length(key, text, why);
    if (status == ST_OK)
        *field = mem_dup(text);
    return status;
}

static enum status read_path(const char *dir, const char *text, char **field,
                             struct buf *why)
{
    if (strchr(text, '\n') != NULL)
        return refuse(why, text, "has more lines than one");
    *field = config_path_from(dir, text);
    return ST_OK;
}

static enum status read_url(const char *text, char **field, struct buf *why)
{
    struct url url;
    if (!text_starts(text, "https://") && !text_starts(text, "http://"))
        return refuse(why, text, "does not begin with https://");
    if (has_space(text) || strpbrk(text, "?#@") || url_parse(text, &url))
        return refuse(why, text, "is not the address of a homeserver");
    url_clear(&url);
    size_t len = strlen(text);
    while (text[len - 1] == '/')
        len--;
    *field = mem_dup_len(text, len);
    return ST_OK;
}

static enum status read_user(const char *text, char **field, struct buf *why)
{
    if (!config_value_is_user(text))
        return refuse(why, text, "is not a user id");
    *field = mem_dup(text);
    return ST_OK;
}

static enum status read_prefix(const struct config_key *key, const char *text,
                               char **field, struct buf *why)
{
    if (has_space(text))
        return refuse(why, text, "has a blank in it");
    if (g_unichar_isalnum(g_utf8_get_char(text)))
        return refuse(why, text, "begins with a letter or a digit, as ordinary words do");
    return read_one_line(key, text, field, why);
}

static enum status read_date(const char *text, char **field, struct buf *why)
{
    int32_t day;
    enum status status = day_parse(text, &day);
    if (status == ST_RANGE)
        return refuse(why, text, "is a day that does not exist");
    if (status)
        return refuse(why, text, "is not a date");
    *field = mem_dup(text);
    return ST_OK;
}

static enum status read_room(const char *text, char **field, struct buf *why)
{
    if (!config_value_is_room(text))
        return refuse(why, text, "is neither a room id nor an alias");
    *field = mem_dup(text);
    return ST_OK;
}

static enum status read_zone(const char *text, char **field, struct buf *why)
{
    if (!zone_exists(text))
        return refuse(why, text, "is no time zone that this system knows");
    *field = mem_dup(text);
    return ST_OK;
}

/* Position of the text among the choices; ST_INVALID with the nearest one. */
static enum status find_choice(const struct config_key *key, const char *text,
                               int *ret_index, struct buf *why)
{
    struct strv choices;
    char *folded = text_fold(text);
    enum status status = ST_INVALID;
    text_split(key->choices, '|', &choices);
    for (size_t i = 0; i < choices.count && status; i++) {
        if (text_equal(choices.items[i], folded)) {
            *ret_index = (int)i;
            status = ST_OK;
        }
    }
    if (status) {
        const char *near =
            text_nearest(folded, (const char *const *)choices.items, choices.count);
        refuse(why, text, "is not a choice here");
        if (near)
            buf_addf(why, " (did you mean \"%s\"?)", near);
    }
    free(folded);
    strv_clear(&choices);
    return status;
}

static enum status read_choice(const struct config_key *key, const char *text,
                               void *field, struct buf *why)
{
    int index;
    enum status status = find_choice(key, text, &index, why);
    if (status)
        return status;
    if (key->type == CONFIG_WORD)
        *(char **)field = text_fold(text);
    else if (key->type == CONFIG_ANSWER)
        *(bool *)field = index == 1;
    else
        memcpy(field, &index, sizeof index);
    return ST_OK;
}

static enum status read_bool(const char *text, bool *field, struct buf *why)
{
    static const char *const words[] = {"no",  "false", "off", "0",
                                        "yes", "true",  "on",  "1"};
    char *folded = text_fold(text);
    size_t count = sizeof words / sizeof words[0], at = 0;
    while (at < count && !text_equal(folded, words[at]))
        at++;
    free(folded);
    if (at == count)
        return refuse(why, text, "is neither yes nor no");
    *field = at >= count / 2;
    return ST_OK;
}

static enum status read_letter(const char *text, char *field, struct buf *why)
{
    if (strlen(text) != 1 || !g_ascii_isalpha(*text))
        return refuse(why, text, "is not one letter");
    *field = g_ascii_toupper(*text);
    return ST_OK;
}

static enum status read_int(const struct config_key *key, const char *text, int *field,
                            struct buf *why)
{
    int64_t value;
    enum status status = text_to_int(text, key->min, key->max, &value);
    if (status == ST_OK)
        *field = (int)value;
    else
        refuse(why, text,
               status == ST_RANGE ? "is out of bounds" : "is not a whole number");
    return status;
}

/* "1", "0.25" in thousandths. */
static enum status read_permille(const struct config_key *key, const char *text,
                                 int *field, struct buf *why)
{
    char digits[16] = "";
    const char *point = strchr(text, '.');
    size_t whole = point ? (size_t)(point - text) : strlen(text);
    size_t decimals = point ? strlen(point + 1) : 0;
    if (whole == 0 || whole > 9 || decimals > 3 || (point && decimals == 0))
        return refuse(why, text, "is not a number with at most three decimals");
    memcpy(digits, text, whole);
    memcpy(digits + whole, "000", 4);
    if (point)
        memcpy(digits + whole, point + 1, decimals);
    int64_t value;
    enum status status = text_to_int(digits, key->min, key->max, &value);
    if (status == ST_OK)
        *field = (int)value;
    else
        refuse(why, text, status == ST_RANGE ? "is out of bounds" : "is not a number");
    return status;
}

static enum status read_time(const char *text, int *field, struct buf *why)
{
    enum status status = text_to_minute(text, field);
    if (status)
        refuse(why, text, status == ST_RANGE ? "is no time of the day" : "is not a time");
    return status;
}

static enum status read_days(const struct config_key *key, const char *text, int *field,
                             struct buf *why)
{
    enum status status = key->type == CONFIG_WEEKDAY ? config_days_read_one(text, field)
                                                     : config_days_read_set(text, field);
    if (status)
        refuse(why, text,
               key->type == CONFIG_WEEKDAY ? "is not a day of the week"
                                           : "does not name days of the week");
    return status;
}

static bool fits_list(enum config_type type, const char *part)
{
    if (type == CONFIG_ROOMS)
        return config_value_is_room(part);
    if (type == CONFIG_INVITERS)
        return part[0] == '@' ? config_value_is_user(part) : is_server(part);
    return config_value_is_name(part);
}

static enum status read_list(const struct config_key *key, const char *text,
                             struct strv *field, struct buf *why)
{
    struct strv parts;
    enum status status = ST_OK;
    config_value_split(text, &parts);
    for (size_t i = 0; i < parts.count && status == ST_OK; i++) {
        if (!fits_list(key->type, parts.items[i]))
            status = refuse(why, parts.items[i], "does not fit here");
    }
    for (size_t i = 0; i < parts.count && status == ST_OK; i++)
        strv_add(field, parts.items[i]);
    strv_clear(&parts);
    return status;
}

static enum status read_phrases(const struct config_key *key, const char *text,
                                struct strv *field, struct buf *why)
{
    struct strv lines;
    enum status status = ST_OK;
    if (key->type == CONFIG_WORDS)
        config_value_split(text, &lines);
    else
        text_split(text, '\n', &lines);
    for (size_t i = 0; i < lines.count && status == ST_OK; i++)
        status = check_length(key, lines.items[i], why);
    for (size_t i = 0; i < lines.count && status == ST_OK; i++)
        strv_add(field, lines.items[i]);
    strv_clear(&lines);
    return status;
}

enum status config_value_read(const struct config_key *key, const char *dir,
                              const char *text, void *field, struct buf *why)
{
    switch (key->type) {
    case CONFIG_TEXT:
        return read_one_line(key, text, field, why);
    case CONFIG_MARKDOWN:
        return read_markdown(key, text, field, why);
    case CONFIG_PATH:
        return read_path(dir, text, field, why);
    case CONFIG_URL:
        return read_url(text, field, why);
    case CONFIG_USER:
        return read_user(text, field, why);
    case CONFIG_PREFIX:
        return read_prefix(key, text, field, why);
    case CONFIG_DATE:
        return read_date(text, field, why);
    case CONFIG_ROOM:
        return read_room(text, field, why);
    case CONFIG_ZONE:
        return read_zone(text, field, why);
    case CONFIG_WORD:
    case CONFIG_CHOICE:
    case CONFIG_ANSWER:
        return read_choice(key, text, field, why);
    case CONFIG_LETTER:
        return read_letter(text, field, why);
    case CONFIG_BOOL:
        return read_bool(text, field, why);
    case CONFIG_INT:
        return read_int(key, text, field, why);
    case CONFIG_PERMILLE:
        return read_permille(key, text, field, why);
    case CONFIG_TIME:
        return read_time(text, field, why);
    case CONFIG_WEEKDAY:
    case CONFIG_WEEKDAYS:
        return read_days(key, text, field, why);
    case CONFIG_NAMES:
    case CONFIG_ROOMS:
    case CONFIG_INVITERS:
        return read_list(key, text, field, why);
    case CONFIG_PHRASES:
    case CONFIG_WORDS:
        return read_phrases(key, text, field, why);
    case CONFIG_SAME:
    case CONFIG_LATER:
        break;
    }
    return ST_OK;
}

void config_value_blank(const struct config_key *key, void *field)
{
    /* A path that is not set is NULL; every other field is zero already. */
    bool is_text = key->type <= CONFIG_WORD && key->type != CONFIG_PATH;
    if (is_text && *(char **)field == NULL)
        *(char **)field = mem_dup("");
}
