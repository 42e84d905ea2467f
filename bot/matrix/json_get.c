/* json_get.c - spans to cJSON trees, and typed getters. */
#include "bot/matrix/json_get.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <string.h>

#define SMALL_BODY_MAX ((size_t)1024 * 1024)
#define EXACT_INT_MAX 9007199254740992.0 /* 2^53: a double is exact up to here */

cJSON *json_get_tree(struct json_span value, size_t max)
{
    if (value.len > max || json_scan_has_nul(value) || json_scan_is_deep(value))
        return NULL;
    return cJSON_ParseWithLength(value.at, value.len);
}

enum status json_get_whole(const char *bytes, size_t len, cJSON **ret_tree)
{
    struct json_span value;
    if (len > SMALL_BODY_MAX)
        return ST_TOO_BIG;
    enum status status = json_scan_check(bytes, len, &value);
    if (status != ST_OK)
        return status;
    cJSON *tree =
        json_scan_is_object(value) ? json_get_tree(value, SMALL_BODY_MAX) : NULL;
    if (!tree)
        return ST_INVALID;
    *ret_tree = tree;
    return ST_OK;
}

char *json_get_span_text(struct json_span value)
{
    if (value.len < 2 || *value.at != '"')
        return NULL;
    cJSON *tree = json_get_tree(value, EVENT_MAX);
    char *text = cJSON_IsString(tree) ? mem_dup(tree->valuestring) : NULL;
    cJSON_Delete(tree);
    return text;
}

const cJSON *json_get_object(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsObject(item) ? item : NULL;
}

const cJSON *json_get_array(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsArray(item) ? item : NULL;
}

const char *json_get_text(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

const char *json_get_id(const cJSON *object, const char *key)
{
    const char *text = json_get_text(object, key);
    if (!text || !*text || strlen(text) > MATRIX_ID_MAX)
        return NULL;
    return text;
}

bool json_get_true(const cJSON *object, const char *key)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, key));
}

int64_t json_get_int(const cJSON *object, const char *key, int64_t fallback)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item))
        return fallback;
    double number = item->valuedouble;
    if (!(number >= -EXACT_INT_MAX && number <= EXACT_INT_MAX))
        return fallback;
    int64_t whole = (int64_t)number;
    return (double)whole < number || (double)whole > number ? fallback : whole;
}
