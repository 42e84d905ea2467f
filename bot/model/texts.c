/* texts.c - the table of sentences and the substitution into them.
 *
 * A placeholder is a name of small letters, digits and underscores in braces.
 * Substitution goes over the sentence once: braces inside a value mean nothing,
 * and a name without a value stays as it is written, where a test will see it.
 */
#include "bot/model/texts.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "bot/model/settings.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct text {
    const char *key, *placeholders, *sentence;
};

#define X(id, key, placeholders, sentence) {key, placeholders, sentence},
static const struct text table[] = {
#include "bot/model/texts_talk.def"
#include "bot/model/texts_checkin.def"
#include "bot/model/texts_commands.def"
#include "bot/model/texts_process.def"
#include "bot/model/texts_diary.def"
    {"", "", ""} /* TEXT_COUNT: no text */
};
#undef X

#define VALUES_MAX 16

struct value {
    const char *name, *text;
};

const char *text_key(enum text_id id)
{
    return table[id].key;
}

const char *text_default(enum text_id id)
{
    return table[id].sentence;
}

const char *text_placeholders(enum text_id id)
{
    return table[id].placeholders;
}

/* Length of the name in the placeholder that opens at `brace`; 0 if none does. */
static size_t name_len(const char *brace)
{
    size_t len = strspn(brace + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return brace[1 + len] == '}' ? len : 0;
}

static bool uses(const char *sentence, const char *name)
{
    for (; (sentence = strchr(sentence, '{')) != NULL; sentence++) {
        size_t len = name_len(sentence);
        if (len == strlen(name) && strncmp(sentence + 1, name, len) == 0)
            return true;
    }
    return false;
}

/* Split "a,b!" into all names and those that must be used. */
static void read_names(const char *placeholders, struct strv *ret_all,
                       struct strv *ret_needed)
{
    struct strv needed = {0};
    text_split(placeholders, ',', ret_all);
    for (size_t i = 0; i < ret_all->count; i++) {
        char *name = ret_all->items[i];
        size_t len = strlen(name);
        if (name[len - 1] == '!') {
            name[len - 1] = '\0';
            strv_add(&needed, name);
        }
    }
    *ret_needed = needed;
}

static char *list_names(const struct strv *names)
{
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < names->count; i++)
        buf_addf(&out, "%s{%s}", i ? ", " : "", names->items[i]);
    return buf_take(&out);
}

static void describe_unknown(const char *brace, const struct strv *names,
                             struct buf *message)
{
    size_t len = name_len(brace);
    char *known = list_names(names);
    if (len == 0)
        buf_add_text(message, "a { opens no placeholder");
    else
        buf_addf(message, "{%.*s} is no placeholder of this text", (int)len, brace + 1);
    if (names->count > 0)
        buf_addf(message, ": it may use %s", known);
    else
        buf_add_text(message, ": this text has none");
    free(known);
}

enum status text_check(enum text_id id, const char *sentence, char **ret_message)
{
    struct strv names, needed;
    struct buf message;
    buf_init(&message, 8192);
    read_names(text_placeholders(id), &names, &needed);
    for (const char *p = sentence; (p = strchr(p, '{')) != NULL && message.len == 0;
         p++) {
        size_t len = name_len(p);
        char *name = mem_dup_len(p + 1, len);
        if (len == 0 || !strv_has(&names, name))
            describe_unknown(p, &names, &message);
        free(name);
    }
    for (size_t i = 0; i < needed.count && message.len == 0; i++) {
        if (!uses(sentence, needed.items[i]))
            buf_addf(&message, "{%s} is missing: this text must say it", needed.items[i]);
    }
    enum status status = message.len > 0 ? ST_INVALID : ST_OK;
    if (status)
        *ret_message = buf_take(&message);
    buf_clear(&message);
    strv_clear(&names);
    strv_clear(&needed);
    return status;
}

static const struct value *find_value(const struct value *values, size_t count,
                                      const char *name, size_t len)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(values[i].name) == len && strncmp(values[i].name, name, len) == 0)
            return &values[i];
    }
    return NULL;
}

static char *fill(const char *sentence, const struct value *values, size_t count)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    while (*sentence) {
        size_t plain = strcspn(sentence, "{");
        buf_add(&out, sentence, plain);
        sentence += plain;
        if (*sentence == '\0')
            break;
        size_t len = name_len(sentence);
        const struct value *value = find_value(values, count, sentence + 1, len);
        size_t used = value ? len + 2 : 1;
        if (value)
            buf_add_text(&out, value->text);
        else
            buf_add_char(&out, '{');
        sentence += used;
    }
    return buf_take(&out);
}

char *say(const struct settings *settings, enum text_id id, ...)
{
    struct value values[VALUES_MAX];
    size_t count = 0;
    va_list args;
    va_start(args, id);
    for (const char *name; count < VALUES_MAX && (name = va_arg(args, const char *));) {
        const char *text = va_arg(args, const char *);
        values[count++] = (struct value){name, text ? text : ""};
    }
    va_end(args);
    const char *own = settings ? settings->texts[id] : NULL;
    return fill(own ? own : text_default(id), values, count);
}
