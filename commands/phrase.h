/* phrase.h - reviewed phrases found in what people really type.
 *
 * A phrase is plain words in order, as a moderator writes them:
 *   kill/harm myself     one of several words
 *   going to ... it      up to four other words between
 *   fever + stiff neck   parts that stand anywhere, in any order
 * Small words ("just", "to", "the" ...) are passed over on both sides, short
 * forms are written out ("don't", "dont", "do not"), endings and doubled letters
 * levelled, words written apart or together understood, and one slip is allowed in
 * a word of five letters or more that is no everyday word itself.
 */
#ifndef HEARTH_COMMANDS_PHRASE_H
#define HEARTH_COMMANDS_PHRASE_H

#include "commands/words.h"

/* A message made ready for many phrases. */
struct speech {
    struct speech_word {
        char text[WORD_LEN]; /* folded */
        char key[WORD_LEN];  /* what is compared */
        size_t sentence;
        size_t next; /* the next word with the same first letter */
        bool is_cut; /* belongs to an idiom: stands for nothing */
    } * words;
    size_t count, capacity;
    size_t first_with[256]; /* first word that begins with this byte */
    bool begins[256][128];  /* how words begin: two bytes, vowels alike */
};

struct span {
    size_t first, end; /* words [first, end) */
};

/* `ret_speech` is overwritten; the caller clears it. */
void speech_read(const char *text, struct speech *ret_speech);
void speech_clear(struct speech *speech);

/* Where the phrase stands first (of a phrase with `+`: its first part). A part
 * never spans two sentences. */
bool phrase_find(const struct speech *speech, const char *phrase, struct span *ret_span);

/* Take every occurrence of an idiom out. */
void phrase_cut(struct speech *speech, const char *phrase);

#endif
