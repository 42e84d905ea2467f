/* seal.c - libsodium's XChaCha20-Poly1305 and its padding. */
#include "store/seal.h"

#include "bot/base/mem.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define NONCE_LEN crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_LEN crypto_aead_xchacha20poly1305_ietf_ABYTES

_Static_assert(SEAL_OVERHEAD == NONCE_LEN + TAG_LEN, "SEAL_OVERHEAD is nonce and tag");

/* purpose, NUL, row key */
static struct buf join_name(struct seal_name name)
{
    struct buf joined;
    buf_init(&joined, SIZE_MAX - 1);
    buf_add(&joined, name.purpose, strlen(name.purpose) + 1);
    buf_add(&joined, name.row, name.row_len);
    return joined;
}

/* A buffer that holds exactly `len` zero bytes. */
static struct buf new_buf(size_t len)
{
    return (struct buf){
        .data = mem_alloc(len + 1), .len = len, .capacity = len + 1, .max = len};
}

void seal_fixed(const unsigned char *key, struct seal_name name,
                const unsigned char *plain, size_t len, unsigned char *ret_sealed)
{
    struct buf about = join_name(name);
    randombytes_buf(ret_sealed, NONCE_LEN);
    crypto_aead_xchacha20poly1305_ietf_encrypt(ret_sealed + NONCE_LEN, NULL, plain, len,
                                               (const unsigned char *)about.data,
                                               about.len, NULL, ret_sealed, key);
    buf_clear(&about);
}

enum status seal_open_fixed(const unsigned char *key, struct seal_name name,
                            const unsigned char *sealed, size_t sealed_len,
                            unsigned char *ret_plain, size_t plain_len)
{
    if (sealed_len < SEAL_OVERHEAD || sealed_len - SEAL_OVERHEAD != plain_len)
        return ST_CORRUPT;
    struct buf about = join_name(name);
    int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        ret_plain, NULL, NULL, sealed + NONCE_LEN, sealed_len - NONCE_LEN,
        (const unsigned char *)about.data, about.len, sealed, key);
    buf_clear(&about);
    return failed ? ST_CORRUPT : ST_OK;
}

void seal_padded(const unsigned char *key, struct seal_name name, const void *plain,
                 size_t len, size_t block, struct buf *ret_sealed)
{
    size_t padded_len = (len / block + 1) * block;
    struct buf padded = new_buf(padded_len);
    struct buf sealed = new_buf(padded_len + SEAL_OVERHEAD);
    if (len)
        memcpy(padded.data, plain, len);
    sodium_pad(NULL, (unsigned char *)padded.data, len, block, padded_len);
    seal_fixed(key, name, (const unsigned char *)padded.data, padded_len,
               (unsigned char *)sealed.data);
    buf_wipe(&padded);
    *ret_sealed = sealed;
}

enum status seal_open_padded(const unsigned char *key, struct seal_name name,
                             const unsigned char *sealed, size_t sealed_len, size_t block,
                             struct buf *ret_plain)
{
    if (sealed_len < SEAL_OVERHEAD + block)
        return ST_CORRUPT;
    struct buf plain = new_buf(sealed_len - SEAL_OVERHEAD);
    enum status status = seal_open_fixed(key, name, sealed, sealed_len,
                                         (unsigned char *)plain.data, plain.len);
    size_t len = 0;
    if (status == ST_OK &&
        sodium_unpad(&len, (const unsigned char *)plain.data, plain.len, block) != 0)
        status = ST_CORRUPT;
    if (status) {
        buf_wipe(&plain);
        return status;
    }
    plain.len = len;
    plain.data[len] = '\0'; /* over the first byte of the padding */
    *ret_plain = plain;
    return ST_OK;
}
