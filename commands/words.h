/* words.h - a message as words: what the matcher and the safety layer compare.
 *
 * Words are folded runs of letters and digits without accents; apostrophes inside a word
 * are dropped ("don't" is "dont"), hyphens and slashes part words. Scripts that are
 * written without spaces give one word a character. Sentences end at . ! ? and
 * line breaks.
 */
#ifndef HEARTH_COMMANDS_WORDS_H
#define HEARTH_COMMANDS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#define WORD_LEN 48 /* bytes of a word with its NUL; what is longer is cut */

struct word {
    char text[WORD_LEN];
    size_t sentence;
};

struct words {
    struct word *items;
    size_t count, capacity;
    bool *has_question_mark; /* of each sentence */
    size_t sentence_count, sentence_capacity;
};

/* `ret_words` is overwritten; the caller clears it. Linear in `text`. */
void words_read(const char *text, struct words *ret_words);
void words_clear(struct words *words);

/* A word of grammar that says nothing about a topic: "the", "cant", "please". */
bool word_is_stop(const char *word);
extern const char *const words_stop[]; /* sorted, ended by NULL */

/* The form that inflections and spellings of a word share: "colours" and
 * "coloring" give "color". No word by itself. Words with anything but a-z stay
 * as they are. */
void word_stem(const char *word, char ret_stem[WORD_LEN]);

/* The list of everyday words that typo repair leaves alone, sorted, ended by
 * NULL; and whether a word is one of them or an inflection of one. */
extern const char *const words_common[];
bool word_is_common(const char *word);

#endif
