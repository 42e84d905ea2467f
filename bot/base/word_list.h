/* word_list.h - is this a word? A dictionary that only answers yes or no.
 *
 * A Bloom filter: 12 bits a word, so that two lists of 50,000 words take 150 kB and
 * are read in milliseconds. It never misses a word it was given; about one in 200
 * other strings is taken for a word. (A spelling dictionary with its endings was tried:
 * 34 ms and 11 MB for the same answers.)
 */
#ifndef HEARTH_BASE_WORD_LIST_H
#define HEARTH_BASE_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORD_LIST_FILE_MAX (16 * 1024 * 1024)

struct word_list {
    uint64_t *bits;
    size_t bit_count;
};

/* Room for the words of a file of so many bytes, none in it yet. All zero is an empty
 * list, too: it has no word. */
void word_list_init(struct word_list *list, size_t bytes);
/* A word a line, in any case; an apostrophe is left out ("dont"), as words arrive. */
void word_list_add_lines(struct word_list *list, const char *bytes, size_t len);
/* `word` is folded and has no apostrophe. */
bool word_list_has(const struct word_list *list, const char *word);
void word_list_clear(struct word_list *list);

#endif
