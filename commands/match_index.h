/* match_index.h - the inside of the matcher: index, query, gate. Only match*.c
 * and their tests include it; match.c explains the method.
 *
 * A term is a stem, or two neighbouring stems with a space between them. It knows
 * the entries that hold it in any field, and the wordings (a question, an `also`
 * line, an item of `words`, an id) that contain it.
 */
#ifndef HEARTH_COMMANDS_MATCH_INDEX_H
#define HEARTH_COMMANDS_MATCH_INDEX_H

#include "commands/match.h"
#include "commands/words.h"

#include <glib.h>

/* A term in an entry. */
struct holding {
    uint32_t entry;
    float weight;  /* of the best field it stands in */
    float mass;    /* in how many wordings of the entry it stands */
    float pull;    /* how much it speaks for this entry rather than any */
    bool is_asked; /* stands in the entry's question or an `also` line */
};

struct term {
    const char *text; /* borrowed from term_of */
    char *written;    /* a word of this stem as it stands in the FAQ; NULL: a pair */
    struct holding *entries;
    size_t entry_count, entry_capacity;
    uint32_t *wordings; /* ascending */
    size_t wording_count, wording_capacity;
    float value; /* inverse document frequency, lowered for stop words and pairs */
    float mass;  /* of all entries */
    bool is_stop, is_pair;
    bool is_chosen; /* in a question, an item of `words` or an id, not only in passing */
};

/* One way to put an entry's question. */
struct wording {
    uint32_t entry;
    float norm; /* length of its vector of term values */
};

/* A word or short phrase that stands for others: its stems, and the terms of the
 * others in its groups. Built once, so that a question costs only look-ups. */
struct synonym {
    char (*stems)[WORD_LEN];
    size_t stem_count;
    struct meaning {
        size_t term;
        float factor; /* 1 as written; less for a repair or an association */
        enum reading { READ_WRITTEN, READ_REPAIRED, READ_SHORTENED, READ_SYNONYM } how;
    } * meanings;
    size_t meaning_count, meaning_capacity;
};

/* Tables of groups, each ended by NULL, as their list is; thesaurus.c explains them. */
extern const char *const *const thesaurus[];
extern const char *const thesaurus_body[];
extern const char *const thesaurus_doing[];
extern const char *const thesaurus_idioms[];
extern const char *const thesaurus_kinds[];
extern const char *const thesaurus_kinds_more[];
extern const char *const thesaurus_measure[];
extern const char *const thesaurus_people[];
extern const char *const thesaurus_world[];

/* A word of the FAQ as it is written there, or an everyday one: what typos are
 * repaired to. */
struct spelling {
    char text[WORD_LEN];
    size_t letters; /* length in bytes */
    uint32_t bag;   /* a bit for each letter in it */
    enum origin { FROM_FAQ, FROM_GRAMMAR, FROM_EVERYDAY, FROM_THESAURUS } origin;
};

#define REPAIR_CODES 32

/* What it costs to take one letter for another; made once. match_repair.c */
struct repair_costs {
    float change[REPAIR_CODES][REPAIR_CODES];
};

void repair_costs_init(struct repair_costs *costs);

struct faq_index {
    const struct settings *settings;
    struct safety_rules *safety;
    GHashTable *term_of; /* stem or pair -> index + 1 */
    struct term *terms;
    size_t term_count, term_capacity;
    struct wording *wordings;
    size_t wording_count, wording_capacity;
    float *masses; /* of entries: how many wordings, the answer counted low */
    struct spelling *spellings; /* sorted by length, then text */
    size_t spelling_count, spelling_capacity;
    GHashTable *spelling_set; /* word -> its origin + 1 */
    struct repair_costs costs;
    GHashTable *common;         /* stems of everyday words */
    GHashTable *small_wordings; /* of small words only, their words -> entry + 1 */
    GHashTable *vetoes;         /* phrase -> bits by enum veto */
    GHashTable *veto_words;     /* each word of them: words, not slips */
    GHashTable *allowed;        /* "entry phrase phrase": two that forbid nothing there */
    struct synonym *synonyms;
    size_t synonym_count, synonym_capacity;
    GHashTable *synonyms_of; /* first stem -> GArray of indices into synonyms */
    float unknown_value;     /* of a word that no entry has */
};

#define NO_TERM SIZE_MAX

/* Words that mean the same: each gets the others' terms. match_synonyms.c */
void index_add_synonyms(struct faq_index *index);
void index_free_synonyms(struct faq_index *index);
void index_add_spelling(struct faq_index *index, const char *word, enum origin origin);

/* 0..1: how many wordings the FAQ has for each entry. */
float index_richness(const struct faq_index *index);
size_t index_find(const struct faq_index *index, const char *text);
/* The term of two stems side by side. */
size_t index_find_pair(const struct faq_index *index, const char *first,
                       const char *second);
/* The term in an entry, or NULL. */
const struct holding *index_find_holding(const struct term *term, size_t entry);
/* Is it a word of the FAQ, or of grammar, as written? */
bool index_is_spelling(const struct faq_index *index, const char *word);

#define MEANINGS_MAX 40

/* A word of the question and the terms it may stand for. */
struct query_word {
    char text[WORD_LEN]; /* as it was written, folded */
    char stem[WORD_LEN];
    float weight;      /* of the sentence it stands in */
    bool is_common;    /* an everyday word */
    bool is_in_phrase; /* that stands for something else as a whole */
    bool is_stop;
    bool is_unknown; /* nothing in the FAQ is like it */
    struct meaning meanings[MEANINGS_MAX];
    size_t meaning_count;
};

struct query {
    struct query_word *words;
    size_t count, capacity;
};

/* `ret_query` is overwritten; cleared with query_clear. Slips are mended in `words`, too.
 */
void query_read(const struct faq_index *index, struct words *words,
                struct query *ret_query);
void query_clear(struct query *query);

#define REPAIR_LEAST 3 /* bytes; shorter words are too near to others */

/* Has it a word that can tell one entry from another: no number, letter or small word? */
bool query_has_content(const struct query *query);
/* The entry that is asked in just these words, all of them small ("who are you"), or
 * faq_count. */
size_t index_find_small(const struct faq_index *index, const struct words *words);

/* The nearest spelling of the FAQ to a word it does not have, or NULL; of a string that
 * is a word by itself (`is_word`) only one very near. match_repair.c */
const char *query_repair(const struct faq_index *index, const char *word, bool is_word);
uint32_t repair_bag(const char *word);
/* What it costs to make one word of the other; anything above `limit` is too much. */
float repair_cost(const struct repair_costs *costs, const char *word, size_t word_len,
                  const char *spelling, size_t spelling_len, float limit);

/* What the wording itself says, whatever it is about. */
bool gate_is_question(const struct words *words, size_t sentence);
/* Talk that asks this room's bot nothing: no question, or one put to a person. `words`
 * are those of `text`. */
bool gate_is_talk(const char *text, const struct words *words);

/* What a question that is about something else shows. match_veto.c */
enum veto {
    VETO_DOSE,
    VETO_DRUG,
    VETO_DRUG_NAME,
    VETO_AMOUNT,
    VETO_MIXING,
    VETO_OWN_CASE,
    VETO_ANIMAL,
    VETO_ILLNESS,
    VETO_ELSEWHERE,
    VETO_COUNT
};

#define VETO_HITS_MAX 24

struct vetoes {
    unsigned found[VETO_COUNT];
    /* What may forbid: hash of the phrase, and its kinds. */
    struct veto_hit {
        guint phrase;
        unsigned bits;
    } hits[VETO_HITS_MAX];
    size_t hit_count;
    bool forbids; /* doses, mixing drugs, drugs in one's own case: never answered */
    bool is_about_animal; /* "can I give my cat ..." */
};

void index_add_vetoes(struct faq_index *index);
/* A question of the entry's own: what it brings together forbids nothing there. */
void index_allow_asked(struct faq_index *index, size_t entry, const char *question);
/* What `words` show if `entry` were the answer: a word that its own question or `also`
 * lines use does not count. */
void veto_read(const struct faq_index *index, const struct words *words, size_t entry,
               struct vetoes *ret_vetoes);

#endif
