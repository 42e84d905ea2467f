/* mem.c - allocation that ends the process instead of returning NULL.
 *
 * The end is _exit: handlers registered with atexit may need memory.
 */
#include "bot/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_NO_MEMORY 70

static void *need(void *memory)
{
    if (memory == NULL) {
        fputs("hearth: out of memory\n", stderr);
        _exit(EXIT_NO_MEMORY);
    }
    return memory;
}

void *mem_alloc(size_t len)
{
    return need(calloc(1, len ? len : 1));
}

void *mem_resize(void *old, size_t count, size_t size)
{
    /* Zero bytes would free `old` and return NULL. */
    if (count == 0 || size == 0)
        count = size = 1;
    return need(reallocarray(old, count, size));
}

char *mem_dup(const char *text)
{
    return text ? need(strdup(text)) : NULL;
}

char *mem_dup_len(const char *bytes, size_t len)
{
    char *copy = need(malloc(len + 1));
    if (len)
        memcpy(copy, bytes, len);
    copy[len] = '\0';
    return copy;
}

void *mem_copy(const void *bytes, size_t len)
{
    void *copy = need(malloc(len ? len : 1));
    if (len)
        memcpy(copy, bytes, len);
    return copy;
}
