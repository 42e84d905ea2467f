/* seal.h - authenticated encryption of what a row holds.
 *
 * XChaCha20-Poly1305 with a random nonce: nonce, ciphertext, tag. The associated
 * data is the table's purpose and the row's key, so a blob opens only in the
 * row it was made for.
 */
#ifndef HEARTH_STORE_SEAL_H
#define HEARTH_STORE_SEAL_H

#include "bot/base/buf.h"
#include <stddef.h>

#define SEAL_OVERHEAD (24 + 16)

struct seal_name {
    const char *purpose;
    const void *row;
    size_t row_len;
};

/* `ret_sealed` has room for `len` + SEAL_OVERHEAD bytes. */
void seal_fixed(const unsigned char *key, struct seal_name name,
                const unsigned char *plain, size_t len, unsigned char *ret_sealed);
/* ST_CORRUPT unless it authenticates and holds exactly `plain_len` bytes. */
enum status seal_open_fixed(const unsigned char *key, struct seal_name name,
                            const unsigned char *sealed, size_t sealed_len,
                            unsigned char *ret_plain, size_t plain_len) MUST_CHECK;

/* The plain bytes are padded to a multiple of `block`, at least one byte more
 * than `len`: the size in the file tells no more than that. `ret_sealed` and
 * `ret_plain` are overwritten; the caller clears (wipes) them. */
void seal_padded(const unsigned char *key, struct seal_name name, const void *plain,
                 size_t len, size_t block, struct buf *ret_sealed);
enum status seal_open_padded(const unsigned char *key, struct seal_name name,
                             const unsigned char *sealed, size_t sealed_len, size_t block,
                             struct buf *ret_plain) MUST_CHECK;

#endif
