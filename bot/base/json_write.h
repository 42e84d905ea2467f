/* json_write.h - writes JSON text: for logs, exports, outgoing content.
 *
 * Appends to a buf. Commas are placed by the writer. Keys and text are escaped
 * (quote, backslash, U+2028/9 and control characters, DEL and U+0080..9F among
 * them); each byte of invalid UTF-8 becomes U+FFFD. Integers only: Matrix
 * refuses floats in events.
 */
#ifndef HEARTH_BASE_JSON_WRITE_H
#define HEARTH_BASE_JSON_WRITE_H

#include "bot/base/buf.h"
#include <stdint.h>

struct json_writer {
    struct buf *out; /* borrowed */
    bool needs_comma;
};

void json_begin(struct json_writer *w, struct buf *out);
/* `key` is NULL inside an array and at the top. */
void json_object(struct json_writer *w, const char *key);
void json_object_end(struct json_writer *w);
void json_array(struct json_writer *w, const char *key);
void json_array_end(struct json_writer *w);
void json_text(struct json_writer *w, const char *key, const char *text); /* NULL: null */
void json_int(struct json_writer *w, const char *key, int64_t value);
void json_bool(struct json_writer *w, const char *key, bool value);
void json_raw(struct json_writer *w, const char *key,
              const char *json); /* trusted JSON */

#endif
