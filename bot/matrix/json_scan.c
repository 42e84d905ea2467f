/* json_scan.c - a strict JSON checker and a walker over checked text.
 *
 * The checker is a loop with a stack of one flag a level, no recursion. The
 * walker trusts its text to be checked; it still never reads behind its end.
 */
#include "bot/matrix/json_scan.h"

#include "bot/base/limits.h"
#include "bot/base/text.h"

#include <string.h>

struct scanner {
    const char *at, *end;
    unsigned char in_object[JSON_NEST_MAX / 8]; /* a bit a level */
    int depth;
};

static void set_level(struct scanner *s, int level, bool is_object)
{
    unsigned char bit = (unsigned char)(1u << level % 8);
    unsigned char *bits = &s->in_object[level / 8];
    *bits = (unsigned char)(is_object ? *bits | bit : *bits & ~bit);
}

static bool is_object_level(const struct scanner *s, int level)
{
    return s->in_object[level / 8] >> level % 8 & 1;
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool scan_escape(struct scanner *s)
{
    s->at++;
    if (s->at == s->end || !strchr("\"\\/bfnrtu", *s->at) || *s->at == '\0')
        return false;
    if (*s->at++ != 'u')
        return true;
    for (int i = 0; i < 4; i++, s->at++)
        if (s->at == s->end || !is_hex(*s->at))
            return false;
    return true;
}

static bool scan_string(struct scanner *s)
{
    if (s->at == s->end || *s->at != '"')
        return false;
    s->at++;
    while (s->at < s->end && *s->at != '"') {
        if ((unsigned char)*s->at < 0x20)
            return false;
        if (*s->at != '\\')
            s->at++;
        else if (!scan_escape(s))
            return false;
    }
    if (s->at == s->end)
        return false;
    s->at++;
    return true;
}

static bool scan_digits(struct scanner *s)
{
    const char *start = s->at;
    while (s->at < s->end && is_digit(*s->at))
        s->at++;
    return s->at > start;
}

static bool scan_number(struct scanner *s)
{
    if (*s->at == '-')
        s->at++;
    bool is_zero = s->at < s->end && *s->at == '0';
    const char *start = s->at;
    if (!scan_digits(s) || (is_zero && s->at - start > 1))
        return false;
    if (s->at < s->end && *s->at == '.') {
        s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
        s->at++;
        if (s->at < s->end && (*s->at == '+' || *s->at == '-'))
            s->at++;
        return scan_digits(s);
    }
    return true;
}

static bool scan_word(struct scanner *s, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
        return false;
    s->at += len;
    return true;
}

static bool scan_scalar(struct scanner *s)
{
    switch (*s->at) {
    case '"':
        return scan_string(s);
    case 't':
        return scan_word(s, "true");
    case 'f':
        return scan_word(s, "false");
    case 'n':
        return scan_word(s, "null");
    default:
        return (*s->at == '-' || is_digit(*s->at)) && scan_number(s);
    }
}

static bool scan_key(struct scanner *s)
{
    s->at = skip_space(s->at, s->end);
    if (!scan_string(s))
        return false;
    s->at = skip_space(s->at, s->end);
    if (s->at == s->end || *s->at != ':')
        return false;
    s->at++;
    return true;
}

/* Open an object or array. True in `ret_is_value_next` when a value follows,
 * false when it was empty and is closed again. */
static enum status open_container(struct scanner *s, bool *ret_is_value_next)
{
    if (s->depth == JSON_NEST_MAX)
        return ST_TOO_BIG;
    bool is_object = *s->at == '{';
    set_level(s, s->depth++, is_object);
    s->at = skip_space(s->at + 1, s->end);
    if (s->at < s->end && *s->at == (is_object ? '}' : ']')) {
        s->at++;
        s->depth--;
        *ret_is_value_next = false;
        return ST_OK;
    }
    if (is_object && !scan_key(s))
        return ST_INVALID;
    *ret_is_value_next = true;
    return ST_OK;
}

/* Behind a value: close what ends here; false in `ret_is_value_next` when the
 * outermost value has ended. */
static enum status follow_value(struct scanner *s, bool *ret_is_value_next)
{
    while (s->depth > 0) {
        bool is_object = is_object_level(s, s->depth - 1);
        s->at = skip_space(s->at, s->end);
        if (s->at == s->end)
            return ST_INVALID;
        char c = *s->at++;
        if (c == ',') {
            if (is_object && !scan_key(s))
                return ST_INVALID;
            *ret_is_value_next = true;
            return ST_OK;
        }
        if (c != (is_object ? '}' : ']'))
            return ST_INVALID;
        s->depth--;
    }
    *ret_is_value_next = false;
    return ST_OK;
}

static enum status scan_value(struct scanner *s)
{
    enum status status = ST_OK;
    bool is_value_next = true;

    while (is_value_next && status == ST_OK) {
        s->at = skip_space(s->at, s->end);
        if (s->at == s->end)
            return ST_INVALID;
        if (*s->at == '{' || *s->at == '[') {
            status = open_container(s, &is_value_next);
            if (status != ST_OK || is_value_next)
                continue;
        } else if (!scan_scalar(s)) {
            return ST_INVALID;
        }
        status = follow_value(s, &is_value_next);
    }
    return status;
}

enum status json_scan_check(const char *bytes, size_t len, struct json_span *ret_value)
{
    if (!bytes || len == 0 || !text_is_utf8(bytes, len))
        return ST_INVALID;
    const char *start = skip_space(bytes, bytes + len);
    struct scanner s = {.at = start, .end = bytes + len};
    enum status status = scan_value(&s);
    if (status != ST_OK)
        return status;
    if (skip_space(s.at, s.end) != s.end)
        return ST_INVALID;
    ret_value->at = start;
    ret_value->len = (size_t)(s.at - start);
    return ST_OK;
}

bool json_scan_is_object(struct json_span value)
{
    return value.len > 0 && *value.at == '{';
}

bool json_scan_is_array(struct json_span value)
{
    return value.len > 0 && *value.at == '[';
}

static const char *pass_string(const char *at, const char *end)
{
    at++;
    while (at < end && *at != '"')
        at += *at == '\\' ? 2 : 1;
    return at < end ? at + 1 : end;
}

static const char *pass_value(const char *at, const char *end)
{
    int depth = 0;
    do {
        char c = *at;
        if (c == '"') {
            at = pass_string(at, end);
        } else if (c == '{' || c == '[') {
            depth++;
            at++;
        } else if (c == '}' || c == ']') {
            depth--;
            at++;
        } else if (depth > 0) {
            at++;
        } else {
            while (at < end && !strchr(",]} \t\r\n", *at))
                at++;
        }
    } while (depth > 0 && at < end);
    return at;
}

void json_walk_begin(struct json_walk *walk, struct json_span value)
{
    walk->at = walk->end = value.at;
    if (json_scan_is_object(value) || json_scan_is_array(value)) {
        walk->at = value.at + 1;
        walk->end = value.at + value.len - 1;
    }
}

static bool take_value(struct json_walk *walk, struct json_span *ret_value)
{
    const char *start = skip_space(walk->at, walk->end);
    if (start == walk->end)
        return false;
    const char *after = pass_value(start, walk->end);
    ret_value->at = start;
    ret_value->len = (size_t)(after - start);
    walk->at = skip_space(after, walk->end);
    return true;
}

bool json_walk_element(struct json_walk *walk, struct json_span *ret_value)
{
    if (!take_value(walk, ret_value))
        return false;
    if (walk->at < walk->end)
        walk->at++; /* the comma */
    return true;
}

bool json_walk_member(struct json_walk *walk, struct json_span *ret_key,
                      struct json_span *ret_value)
{
    struct json_span key;
    if (!take_value(walk, &key) || walk->at == walk->end)
        return false;
    walk->at++; /* the colon */
    if (!json_walk_element(walk, ret_value))
        return false;
    *ret_key = key;
    return true;
}

bool json_span_is(struct json_span key, const char *name)
{
    size_t len = strlen(name);
    return key.len == len + 2 && memcmp(key.at + 1, name, len) == 0;
}

bool json_scan_find(struct json_span object, const char *name,
                    struct json_span *ret_value)
{
    struct json_walk walk;
    struct json_span key, value;

    if (!json_scan_is_object(object))
        return false;
    json_walk_begin(&walk, object);
    while (json_walk_member(&walk, &key, &value)) {
        if (json_span_is(key, name)) {
            *ret_value = value;
            return true;
        }
    }
    return false;
}

bool json_scan_is_deep(struct json_span value)
{
    const char *at = value.at, *end = value.at + value.len;
    int depth = 0;
    while (at < end && depth <= JSON_DEPTH_MAX) {
        if (*at == '"') {
            at = pass_string(at, end);
            continue;
        }
        depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
        at++;
    }
    return depth > JSON_DEPTH_MAX;
}

bool json_scan_has_nul(struct json_span value)
{
    const char *at = value.at, *end = value.at + value.len;
    while ((at = memchr(at, '\\', (size_t)(end - at)))) {
        if (end - at >= 6 && memcmp(at + 1, "u0000", 5) == 0)
            return true;
        at += 2;
        if (at >= end)
            break;
    }
    return false;
}
