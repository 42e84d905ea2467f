/* random.h - the seam for chance: libsodium, or a seeded generator in tests.
 *
 * Key material never comes through here: store/keys.c asks libsodium itself.
 */
#ifndef HEARTH_BASE_RANDOM_H
#define HEARTH_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    void (*fill)(void *ctx, void *bytes, size_t len);
    void *ctx;
};

struct random random_system(void); /* aborts when the system has no randomness */

/* A deterministic generator (libsodium's ChaCha20 from a seed) for tests;
 * `state` must outlive it. */
struct random_seeded {
    uint64_t seed, counter;
};
struct random random_from_seed(struct random_seeded *state, uint64_t seed);

/* Uniform in [0, bound), without bias; bound > 0. */
uint64_t random_below(const struct random *random, uint64_t bound);

/* `len` random bytes as 2 * len lower-case hex digits and a NUL. */
void random_hex(const struct random *random, size_t len, char *ret_text);

#endif
