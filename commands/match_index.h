/* match_index.h - the inside of the matcher: index, query, gate. Only match*.c
 * and their tests include it; match.c explains the method.
 *
 * A term is a stem, or two neighbouring stems with a space between them. It has
 * two lists: entries that contain it in any field (weight: the best field), and
 * phrases (a question, an `also` line, an id) that contain it.
 */
#ifndef HEARTH_COMMANDS_MATCH_INDEX_H
#define HEARTH_COMMANDS_MATCH_INDEX_H

#include "commands/match.h"
#include "commands/words.h"

#include <glib.h>

struct posting {
    uint32_t doc; /* an entry or a phrase */
    float weight;
};

struct postings {
    struct posting *items;
    size_t count, capacity;
};

struct term {
    struct postings entries, phrases;
    float value; /* inverse document frequency, lowered for stop words */
    bool is_stop;
};

struct phrase {
    uint32_t entry;
    float norm; /* length of its vector of term values */
};

/* A word or short phrase that stands for others: its stems, and the terms of the
 * others in its groups. Built once, so that a question costs only look-ups. */
struct wording {
    char (*stems)[WORD_LEN];
    size_t stem_count;
    struct meaning {
        size_t term;
        float factor; /* 1 as written; less for a repair or an association */
    } * meanings;
    size_t meaning_count, meaning_capacity;
};

/* Groups "a, b, c d", ended by NULL. */
extern const char *const thesaurus[];

/* A word of the FAQ as it is written there: what typos are repaired to. */
struct spelling {
    char text[WORD_LEN];
    size_t letters; /* length in bytes */
};

struct faq_index {
    const struct settings *settings;
    GHashTable *term_of; /* stem or pair -> index + 1 */
    struct term *terms;
    size_t term_count, term_capacity;
    struct phrase *phrases;
    size_t phrase_count, phrase_capacity;
    struct spelling *spellings; /* sorted by first byte, length, text */
    size_t spelling_count, spelling_capacity;
    GHashTable *spelling_set;
    GHashTable *common; /* stems of everyday words */
    struct wording *wordings;
    size_t wording_count, wording_capacity;
    GHashTable *wordings_of; /* first stem -> GArray of indices into wordings */
    float unknown_value;     /* of a word that no entry has */
};

#define NO_TERM SIZE_MAX

/* Words that mean the same: every wording gets the others' terms. match_words.c */
void index_add_wordings(struct faq_index *index);
void index_free_wordings(struct faq_index *index);
void index_add_spelling(struct faq_index *index, const char *word);

size_t index_find(const struct faq_index *index, const char *text);
/* The term of two stems side by side. */
size_t index_find_pair(const struct faq_index *index, const char *first,
                       const char *second);
bool index_is_spelling(const struct faq_index *index, const char *word);

#define MEANINGS_MAX 40

/* A word of the question and the terms it may stand for. */
struct query_word {
    char stem[WORD_LEN];
    float weight; /* of the sentence it stands in */
    bool is_stop;
    bool is_unknown; /* nothing in the FAQ is like it */
    struct meaning meanings[MEANINGS_MAX];
    size_t meaning_count;
};

struct query {
    struct query_word *words;
    size_t count, capacity;
};

/* `ret_query` is overwritten; cleared with query_clear. */
void query_read(const struct faq_index *index, const struct words *words,
                struct query *ret_query);
void query_clear(struct query *query);

/* The nearest spelling of the FAQ to a word that is none, or NULL. */
const char *query_repair(const struct faq_index *index, const char *word);

/* What the wording itself says, whatever it is about. */
bool gate_is_question(const struct words *words, size_t sentence);
/* Talk that asks this room's bot nothing: no question, or one put to a person. */
bool gate_is_talk(const struct words *words);
/* Doses, mixing drugs, drugs in one's own case, pets, another illness: never to
 * be answered from a near miss. */
bool gate_is_vetoed(const struct faq_index *index, const struct words *words);

#endif
