/* json_get.h - small parts of outside JSON as cJSON trees, read with care.
 *
 * A span of checked text (json_scan.h) becomes a tree only if no string in it
 * holds a NUL, which cJSON would cut. Getters are case-sensitive, accept NULL
 * for the object, and treat a field of the wrong type as absent. What they
 * return is borrowed from the tree.
 */
#ifndef HEARTH_MATRIX_JSON_GET_H
#define HEARTH_MATRIX_JSON_GET_H

#include "bot/matrix/json_scan.h"
#include <cjson/cJSON.h>
#include <stdint.h>

/* The caller's (cJSON_Delete). NULL: longer than `max`, a NUL, a lone
 * surrogate, or a number that cJSON cannot hold. */
cJSON *json_get_tree(struct json_span value, size_t max);

/* Check and read a whole small body, at most 1 MiB, that must be an object. */
enum status json_get_whole(const char *bytes, size_t len, cJSON **ret_tree) MUST_CHECK;

/* A string's text, the caller's; NULL if the span is not a string or not usable. */
char *json_get_span_text(struct json_span value);

const cJSON *json_get_object(const cJSON *object, const char *key);
const cJSON *json_get_array(const cJSON *object, const char *key);
const char *json_get_text(const cJSON *object, const char *key);
/* A text that can be an id: not empty, at most MATRIX_ID_MAX bytes. */
const char *json_get_id(const cJSON *object, const char *key);
bool json_get_true(const cJSON *object, const char *key);
/* An integer within +-2^53; a fraction counts as absent. */
int64_t json_get_int(const cJSON *object, const char *key, int64_t fallback);

#endif
