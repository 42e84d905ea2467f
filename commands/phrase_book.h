/* phrase_book.h - the phrases of the safety lists, read once.
 *
 * Words that stand in many phrases are kept once, with what finding them takes.
 * What a phrase may hold is told in phrase.h.
 */
#ifndef HEARTH_COMMANDS_PHRASE_BOOK_H
#define HEARTH_COMMANDS_PHRASE_BOOK_H

#include "commands/speech.h"

struct phrase_word {
    unsigned outline, outline_without_s, frame; /* see speech.h */
    bool is_exact;
    size_t len; /* of `text` */
    char text[WORD_LEN];
    char key[WORD_LEN]; /* what its inflections share */
};

/* A place in a phrase: one of some words. */
struct phrase_slot {
    size_t first, count; /* into `choices` */
    bool is_gap_before;
};

/* What stands between two `+`. */
struct phrase_part {
    size_t first, count; /* into `slots` */
};

struct phrase {
    size_t first, count; /* into `parts` */
};

struct phrase_book {
    struct phrase_word *words;
    size_t word_count, word_capacity;
    unsigned *choices; /* into `words` */
    size_t choice_count, choice_capacity;
    struct phrase_slot *slots;
    size_t slot_count, slot_capacity;
    struct phrase_part *parts;
    size_t part_count, part_capacity;
    struct phrase *phrases;
    size_t phrase_count, phrase_capacity;
    GHashTable *places; /* word, in quotes or not -> index into `words` + 1 */
    GHashTable *known;  /* the words and their keys */
};

struct phrase_book *phrase_book_new(void);
void phrase_book_free(struct phrase_book *book);

/* Phrases are numbered from 0 as they come. One without words is never found. */
void phrase_book_add(struct phrase_book *book, const char *phrase);

#endif
