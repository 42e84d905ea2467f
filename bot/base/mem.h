/* mem.h - allocation that does not return on failure.
 *
 * Out of memory ends the process with one line on stderr (exit 70): a
 * supervisor restarts it and the transaction rule keeps the state whole. What
 * these return is freed with free().
 */
#ifndef HEARTH_BASE_MEM_H
#define HEARTH_BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t len); /* zeroed */
void *mem_resize(void *old, size_t count, size_t size);
char *mem_dup(const char *text); /* NULL in, NULL out */
char *mem_dup_len(const char *bytes, size_t len);
void *mem_copy(const void *bytes, size_t len);

/* Make room for one more element in a growing array: doubles `*capacity`. */
#define MEM_GROW(array, count, capacity)                                                 \
    do {                                                                                 \
        if ((count) == (capacity)) {                                                     \
            (capacity) = (capacity) ? (capacity)*2 : 8;                                  \
            (array) = mem_resize((array), (capacity), sizeof *(array));                  \
        }                                                                                \
    } while (0)

#endif
