/* random.c - libsodium behind the seam of random.h.
 *
 * The seeded generator is ChaCha20 with (seed, counter) as its key, so that a
 * run depends on the seed and the order of the calls, not on the machine.
 */
#include "bot/base/random.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

static void need_sodium(void)
{
    if (sodium_init() < 0) {
        fputs("hearth: the system gives no randomness\n", stderr);
        abort();
    }
}

static void fill_system(void *ctx, void *bytes, size_t len)
{
    (void)ctx;
    randombytes_buf(bytes, len);
}

struct random random_system(void)
{
    need_sodium();
    return (struct random){.fill = fill_system, .ctx = NULL};
}

static void put_little_endian(unsigned char *bytes, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static void fill_seeded(void *ctx, void *bytes, size_t len)
{
    struct random_seeded *state = ctx;
    unsigned char key[randombytes_SEEDBYTES] = {0};
    put_little_endian(key, state->seed);
    put_little_endian(key + 8, state->counter++);
    randombytes_buf_deterministic(bytes, len, key);
}

struct random random_from_seed(struct random_seeded *state, uint64_t seed)
{
    need_sodium();
    *state = (struct random_seeded){.seed = seed, .counter = 0};
    return (struct random){.fill = fill_seeded, .ctx = state};
}

static uint64_t draw(const struct random *random)
{
    unsigned char bytes[8];
    random->fill(random->ctx, bytes, sizeof bytes);
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

uint64_t random_below(const struct random *random, uint64_t bound)
{
    /* 2^64 mod bound: the values below it would favour small results. */
    uint64_t rest = (0 - bound) % bound;
    uint64_t value = draw(random);
    while (value < rest)
        value = draw(random);
    return value % bound;
}

void random_hex(const struct random *random, size_t len, char *ret_text)
{
    unsigned char bytes[32];
    ret_text[0] = '\0';
    while (len > 0) {
        size_t part = len < sizeof bytes ? len : sizeof bytes;
        random->fill(random->ctx, bytes, part);
        sodium_bin2hex(ret_text, 2 * part + 1, bytes, part);
        ret_text += 2 * part;
        len -= part;
    }
    sodium_memzero(bytes, sizeof bytes);
}
