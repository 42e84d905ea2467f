/* record.h - tag, length, value: how fields lie inside a sealed blob.
 *
 * One byte of tag, four of length (little-endian), the value. Unknown tags are
 * passed over and missing ones read as a fallback, so fields may be added
 * without rewriting rows. A tag stands at most once.
 */
#ifndef HEARTH_STORE_RECORD_H
#define HEARTH_STORE_RECORD_H

#include "bot/base/buf.h"
#include "store/seal.h"
#include <stdint.h>

void record_put_int(struct buf *out, uint8_t tag, int64_t value);
void record_put_text(struct buf *out, uint8_t tag, const char *text); /* NULL: nothing */
void record_put_bytes(struct buf *out, uint8_t tag, const void *bytes, size_t len);

/* Open a sealed record and check it: ST_CORRUPT unless it authenticates and the
 * fields fill it exactly. `ret_record` is overwritten; the caller wipes it. */
enum status record_open(const unsigned char *key, struct seal_name name,
                        const unsigned char *sealed, size_t sealed_len, size_t block,
                        struct buf *ret_record) MUST_CHECK;
/* ST_CORRUPT unless the fields fill `record` exactly. The getters may be used
 * only on a record that passed. */
enum status record_check(const struct buf *record) MUST_CHECK;
int64_t record_int(const struct buf *record, uint8_t tag, int64_t fallback);
char *record_text(const struct buf *record, uint8_t tag); /* the caller's; NULL: absent */
/* Borrowed; NULL when absent. */
const char *record_bytes(const struct buf *record, uint8_t tag, size_t *ret_len);

#endif
