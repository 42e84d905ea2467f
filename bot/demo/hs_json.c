/* hs_json.c - outside JSON in, JSON out, and the bytes around it.
 *
 * cJSON is lenient (leading zeros, trailing bytes, NULs that cut), so the strict
 * check of bot/matrix goes first. It also reads all numbers as doubles: floats,
 * which Matrix refuses in events, are looked for in the text.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/matrix/json_scan.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAFE_INT_MAX 9007199254740991.0 /* 2^53 - 1 */
#define SAFE_DIGITS_MAX 16

static size_t count_digits(const char *at, const char *end)
{
    const char *from = at;
    while (at < end && isdigit((unsigned char)*at))
        at++;
    return (size_t)(at - from);
}

/* In checked text: is there a number that a canonical event could not hold? */
static bool has_float(struct json_span text)
{
    bool is_inside = false; /* a string */
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (is_inside && c == '\\')
            i++;
        else if (c == '"')
            is_inside = !is_inside;
        if (is_inside || !isdigit((unsigned char)c))
            continue;
        size_t digits = count_digits(text.at + i, text.at + text.len);
        char next = i + digits < text.len ? text.at[i + digits] : 0;
        if (digits > SAFE_DIGITS_MAX || next == '.' || next == 'e' || next == 'E')
            return true;
        i += digits - 1;
    }
    return false;
}

cJSON *hs_json_parse(const char *bytes, size_t len, bool *ret_has_float)
{
    struct json_span value;
    if (json_scan_check(bytes, len, &value) != ST_OK || json_scan_has_nul(value) ||
        json_scan_is_deep(value))
        return NULL;
    cJSON *json = cJSON_ParseWithLength(value.at, value.len);
    if (json && ret_has_float)
        *ret_has_float = has_float(value);
    return json;
}

static void write_number(struct json_writer *w, const char *key, double number)
{
    if (number == floor(number) && fabs(number) <= SAFE_INT_MAX) {
        json_int(w, key, (int64_t)number);
        return;
    }
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    json_raw(w, key,
             isfinite(number) ? g_ascii_dtostr(text, sizeof text, number) : "null");
}

void hs_json_write(struct json_writer *w, const char *key, const cJSON *item)
{
    const cJSON *child;
    if (cJSON_IsObject(item)) {
        json_object(w, key);
        cJSON_ArrayForEach(child, item) hs_json_write(w, child->string, child);
        json_object_end(w);
    } else if (cJSON_IsArray(item)) {
        json_array(w, key);
        cJSON_ArrayForEach(child, item) hs_json_write(w, NULL, child);
        json_array_end(w);
    } else if (cJSON_IsString(item)) {
        json_text(w, key, item->valuestring);
    } else if (cJSON_IsNumber(item)) {
        write_number(w, key, item->valuedouble);
    } else if (cJSON_IsBool(item)) {
        json_bool(w, key, cJSON_IsTrue(item));
    } else {
        json_text(w, key, NULL);
    }
}

char *hs_json_print(const cJSON *item)
{
    struct buf out;
    struct json_writer w;
    buf_init(&out, UPDATE_MAX);
    json_begin(&w, &out);
    hs_json_write(&w, NULL, item);
    return buf_take(&out);
}

cJSON *hs_json_get(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

const char *hs_json_str(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(hs_json_get(object, key));
}

cJSON *hs_json_object(const cJSON *object, const char *key)
{
    cJSON *item = hs_json_get(object, key);
    return cJSON_IsObject(item) ? item : NULL;
}

bool hs_json_true(const cJSON *object, const char *key)
{
    return cJSON_IsTrue(hs_json_get(object, key));
}

int64_t hs_json_int(const cJSON *object, const char *key, int64_t fallback)
{
    const cJSON *item = hs_json_get(object, key);
    if (!cJSON_IsNumber(item) || fabs(item->valuedouble) > SAFE_INT_MAX)
        return fallback;
    return (int64_t)item->valuedouble;
}

char *hs_percent_decode(const char *bytes, size_t len)
{
    char *text = mem_alloc(len + 1);
    size_t out = 0;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (c == '%' && i + 2 < len && isxdigit((unsigned char)bytes[i + 1]) &&
            isxdigit((unsigned char)bytes[i + 2])) {
            char hex[3] = {bytes[i + 1], bytes[i + 2], 0};
            c = (char)strtol(hex, NULL, 16);
            i += 2;
        }
        text[out++] = c;
    }
    if (memchr(text, 0, out) || !text_is_utf8(text, out)) {
        free(text);
        return NULL;
    }
    return text;
}

void hs_percent_encode(struct buf *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (isalnum(c) || strchr("-._~", c))
            buf_add_char(out, (char)c);
        else
            buf_addf(out, "%%%02X", c);
    }
}

static char *decode_query(const char *bytes, size_t len)
{
    char *plain = mem_dup_len(bytes, len);
    for (char *c = plain; *c; c++)
        if (*c == '+')
            *c = ' ';
    char *text = hs_percent_decode(plain, strlen(plain));
    free(plain);
    return text;
}

char *hs_query_get(const struct hs_call *call, const char *name)
{
    size_t name_len = strlen(name);
    const char *at = call->request->query;
    while (at && *at) {
        size_t len = strcspn(at, "&");
        if (len > name_len && memcmp(at, name, name_len) == 0 && at[name_len] == '=')
            return decode_query(at + name_len + 1, len - name_len - 1);
        at += len;
        at += *at == '&';
    }
    return NULL;
}

int64_t hs_query_int(const struct hs_call *call, const char *name, int64_t fallback)
{
    char *text = hs_query_get(call, name);
    int64_t value;
    if (!text || text_to_int(text, 0, INT64_MAX / 2, &value) != ST_OK)
        value = fallback;
    free(text);
    return value;
}
