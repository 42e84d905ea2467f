/* word_list.c - see word_list.h. */
#include "bot/base/word_list.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define BITS_PER_BYTE_OF_FILE 2 /* a line has about nine bytes */
#define PROBES 5
#define WORD_MAX 64 /* longer lines are no words */

/* FNV-1a, 64 bits; its halves make the probes (Kirsch and Mitzenmacher, 2006). */
static uint64_t hash(const char *word)
{
    uint64_t value = 0xcbf29ce484222325u;
    for (; *word; word++)
        value = (value ^ (unsigned char)*word) * 0x100000001b3u;
    return value ^ (value >> 29);
}

static size_t probe(const struct word_list *list, uint64_t value, unsigned i)
{
    return (size_t)((uint32_t)value + i * (uint32_t)((value >> 32) | 1)) %
           list->bit_count;
}

void word_list_init(struct word_list *list, size_t bytes)
{
    list->bit_count = (bytes * BITS_PER_BYTE_OF_FILE / 64 + 1) * 64;
    list->bits = mem_alloc(list->bit_count / 8);
}

static void set(struct word_list *list, const char *word)
{
    uint64_t value = hash(word);
    for (unsigned i = 0; i < PROBES && word[0] != '\0'; i++) {
        size_t at = probe(list, value, i);
        list->bits[at / 64] |= (uint64_t)1 << (at % 64);
    }
}

static void add(struct word_list *list, const char *line, size_t len)
{
    char word[WORD_MAX];
    size_t kept = 0;
    bool is_ascii = true;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)line[i];
        is_ascii = is_ascii && c < 0x80;
        if (c != '\'' && c != '\r')
            word[kept++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (char)c;
    }
    word[kept] = '\0';
    if (is_ascii) { /* nearly all: folding 100,000 words takes a tenth of a second */
        set(list, word);
        return;
    }
    char *folded = text_fold(word);
    text_strip_accents(folded);
    set(list, folded);
    free(folded);
}

void word_list_add_lines(struct word_list *list, const char *bytes, size_t len)
{
    for (const char *line = bytes, *end = bytes + len; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop ? stop : end;
        if ((size_t)(stop - line) < WORD_MAX && list->bit_count > 0)
            add(list, line, (size_t)(stop - line));
        line = stop + 1;
    }
}

bool word_list_has(const struct word_list *list, const char *word)
{
    uint64_t value = hash(word);
    if (list->bit_count == 0)
        return false;
    for (unsigned i = 0; i < PROBES; i++) {
        size_t at = probe(list, value, i);
        if (!(list->bits[at / 64] >> (at % 64) & 1))
            return false;
    }
    return true;
}

void word_list_clear(struct word_list *list)
{
    free(list->bits);
    *list = (struct word_list){0};
}
