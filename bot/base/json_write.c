/* json_write.c - writes JSON text into a buf.
 *
 * The only state is whether the next value needs a comma before it: true after
 * every value, false after an opening bracket.
 */
#include "bot/base/json_write.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

void json_begin(struct json_writer *w, struct buf *out)
{
    *w = (struct json_writer){.out = out, .needs_comma = false};
}

static void add_escape(struct buf *out, gunichar c)
{
    switch (c) {
    case '"':
        buf_add_text(out, "\\\"");
        break;
    case '\\':
        buf_add_text(out, "\\\\");
        break;
    case '\n':
        buf_add_text(out, "\\n");
        break;
    case '\r':
        buf_add_text(out, "\\r");
        break;
    case '\t':
        buf_add_text(out, "\\t");
        break;
    default:
        buf_addf(out, "\\u%04x", (unsigned)c);
    }
}

static bool needs_escape(gunichar c)
{
    return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
           c == 0x2029;
}

/* Escape valid UTF-8; what needs no escape is copied in runs. */
static void add_valid(struct buf *out, const char *text, const char *end)
{
    const char *run = text;
    while (text < end) {
        gunichar c = g_utf8_get_char(text);
        const char *next = g_utf8_next_char(text);
        if (needs_escape(c)) {
            buf_add(out, run, (size_t)(text - run));
            add_escape(out, c);
            run = next;
        }
        text = next;
    }
    buf_add(out, run, (size_t)(end - run));
}

static void add_string(struct buf *out, const char *text)
{
    const char *end = text + strlen(text);
    buf_add_char(out, '"');
    while (text < end) {
        const char *valid_end;
        g_utf8_validate_len(text, (gsize)(end - text), &valid_end);
        add_valid(out, text, valid_end);
        if (valid_end == end)
            break;
        buf_add_text(out, REPLACEMENT);
        text = valid_end + 1;
    }
    buf_add_char(out, '"');
}

/* What stands before a value: a comma, a key. */
static void open_value(struct json_writer *w, const char *key)
{
    if (w->needs_comma)
        buf_add_char(w->out, ',');
    if (key) {
        add_string(w->out, key);
        buf_add_char(w->out, ':');
    }
    w->needs_comma = true;
}

static void open_bracket(struct json_writer *w, const char *key, char bracket)
{
    open_value(w, key);
    buf_add_char(w->out, bracket);
    w->needs_comma = false;
}

static void close_bracket(struct json_writer *w, char bracket)
{
    buf_add_char(w->out, bracket);
    w->needs_comma = true;
}

void json_object(struct json_writer *w, const char *key)
{
    open_bracket(w, key, '{');
}

void json_object_end(struct json_writer *w)
{
    close_bracket(w, '}');
}

void json_array(struct json_writer *w, const char *key)
{
    open_bracket(w, key, '[');
}

void json_array_end(struct json_writer *w)
{
    close_bracket(w, ']');
}

void json_text(struct json_writer *w, const char *key, const char *text)
{
    open_value(w, key);
    if (text)
        add_string(w->out, text);
    else
        buf_add_text(w->out, "null");
}

void json_int(struct json_writer *w, const char *key, int64_t value)
{
    open_value(w, key);
    buf_addf(w->out, "%" PRId64, value);
}

void json_bool(struct json_writer *w, const char *key, bool value)
{
    open_value(w, key);
    buf_add_text(w->out, value ? "true" : "false");
}

void json_raw(struct json_writer *w, const char *key, const char *json)
{
    open_value(w, key);
    buf_add_text(w->out, json);
}
