/* speech.h - a message made ready for many phrases.
 *
 * Small words that say nothing ("just", "to", "the" ...) are left out, short forms
 * and chat spellings written out ("don't", "dont", "do not"; "wanna", "want to"),
 * letters typed one by one joined ("k i l l"), words run together parted
 * ("iwanttodie"), slips in the few short words that matter most put right ("my
 * lfe"). Phrases are written out in the same way, so that both sides agree.
 *
 * Nearly all phrases are dismissed by an outline of their words, before they are
 * looked for: how a word begins, vowels alike and repeated letters once. Words that
 * differ in an ending, or in a vowel ("take", "took"), share it.
 */
#ifndef HEARTH_COMMANDS_SPEECH_H
#define HEARTH_COMMANDS_SPEECH_H

#include "commands/words.h"

#include <glib.h>
#include <stdint.h>

#define OUTLINE_COUNT 32768 /* three letters of five bits */

struct outlines {
    uint64_t bits[OUTLINE_COUNT / 64];
};

struct speech_word {
    char text[WORD_LEN]; /* folded */
    char key[WORD_LEN];  /* what inflections share */
    size_t len;          /* of `text` */
    size_t sentence;
    size_t next;      /* the next word with the same first byte, or SPEECH_END */
    bool is_everyday; /* neither a slip nor two words typed as one */
    bool is_cut;      /* belongs to an idiom: stands for nothing */
};

#define SPEECH_END SIZE_MAX

struct speech {
    struct speech_word *words;
    size_t count, capacity;
    size_t first_with[256]; /* first word that begins with this byte */
    struct outlines begin;  /* of the words */
    struct outlines inside; /* of what may be typed onto the word in front */
    struct outlines odd;    /* frames of words that may be slips, see speech.c */
    bool has_odd[256];      /* by first byte: is there such a word? */
    unsigned char *marks;   /* of a phrase book's words, see phrase.c */
};

/* What a typed word stands for: one word or two. */
struct expansion {
    const char *word, *first, *second; /* `second` may be NULL */
};

/* `known`: words that others may be parted into. `ret_speech` is overwritten; the
 * caller clears it. */
void speech_read(const char *text, GHashTable *known, struct speech *ret_speech);
void speech_clear(struct speech *speech);

unsigned speech_outline(const char *word, size_t len);
/* First letter and last two: a slip leaves the outline alone, or this. `first`
 * stands for the word's own. */
unsigned speech_frame(char first, const char *word, size_t len);

/* Is the word passed over? */
bool speech_is_filler(const char *word);
/* NULL: it stands for itself. */
const struct expansion *speech_expand(const char *word);
/* The stem, with doubled letters levelled. */
void speech_make_key(const char *word, char ret_key[WORD_LEN]);

static inline bool outlines_have(const struct outlines *outlines, unsigned outline)
{
    return outlines->bits[outline / 64] >> outline % 64 & 1;
}

#endif
