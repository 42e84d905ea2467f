/* json_scan.h - JSON text walked in place, without a tree.
 *
 * json_scan_check reads the whole text once and says whether it is one strict
 * JSON value: grammar, depth, UTF-8, nothing behind it. After that the outer
 * shape of a big text is walked as spans of the same bytes, so that a /sync
 * answer costs no memory beyond the events that come out of it, and one bad
 * event can be left out without harming its neighbours. Only spans of checked
 * text may be walked.
 */
#ifndef HEARTH_MATRIX_JSON_SCAN_H
#define HEARTH_MATRIX_JSON_SCAN_H

#include "bot/base/status.h"
#include <stdbool.h>
#include <stddef.h>

struct json_span {
    const char *at; /* first byte of a value, a string's quotes included */
    size_t len;
};

/* ST_INVALID: not one strict JSON value. ST_TOO_BIG: nested deeper than
 * JSON_NEST_MAX. `ret_value` is the value without the white space around it. */
enum status json_scan_check(const char *bytes, size_t len,
                            struct json_span *ret_value) MUST_CHECK;

bool json_scan_is_object(struct json_span value);
bool json_scan_is_array(struct json_span value);

/* Walk the members of an object or the elements of an array, in order; any
 * other value has none. */
struct json_walk {
    const char *at, *end;
};
void json_walk_begin(struct json_walk *walk, struct json_span value);
bool json_walk_member(struct json_walk *walk, struct json_span *ret_key,
                      struct json_span *ret_value);
bool json_walk_element(struct json_walk *walk, struct json_span *ret_value);

/* Is the key (a span with quotes) exactly `name`? Names are written without
 * escapes by every server; a key with escapes is not recognised. */
bool json_span_is(struct json_span key, const char *name);

/* The first member called `name`; false if there is none. */
bool json_scan_find(struct json_span object, const char *name,
                    struct json_span *ret_value);

/* Does any string in the span hold an escaped NUL? */
bool json_scan_has_nul(struct json_span value);

/* Is it nested deeper than JSON_DEPTH_MAX? */
bool json_scan_is_deep(struct json_span value);

#endif
