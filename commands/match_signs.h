/* match_signs.h - how sure is it that the entry in front is meant? match.c explains. */
#ifndef HEARTH_COMMANDS_MATCH_SIGNS_H
#define HEARTH_COMMANDS_MATCH_SIGNS_H

#include "commands/match_rank.h"

/* What speaks for and against the entry in front. "Content" words are those of the
 * sentence that asks that are no stop words. */
enum sign {
    SIGN_ONE,     /* always 1 */
    SIGN_RICH,    /* index_richness */
    SIGN_COVER,   /* share of the question's worth found in the entry */
    SIGN_SHARE,   /* of the entry in the sum over all, by exponentials */
    SIGN_LEAD,    /* over the second */
    SIGN_KNOWN,   /* share of the question's worth that any entry has */
    SIGN_LENGTH,  /* logarithm of the number of content words */
    SIGN_FOREIGN, /* content words that no entry has and that are not everyday ones */
    SIGN_FOREIGN_PART, /* their share of the content words */
    SIGN_EVERYDAY,     /* everyday content words that the entry does not hold */
    SIGN_OTHER,        /* other content words that it does not hold */
    SIGN_TAIL,         /* the last content word is one that it does not hold */
    SIGN_STRONGEST,    /* value of the strongest word that it holds */
    SIGN_STRONG,       /* number of its strong words */
    SIGN_SYNONYM,      /* share of the worth held only through synonyms */
    SIGN_ANIMAL,       /* words of veto lists, see match_veto.c */
    SIGN_ILLNESS,
    SIGN_ELSEWHERE,
    SIGN_SHORT_ILLNESS, /* the same in a short question */
    SIGN_SHORT_ELSEWHERE,
    SIGN_STATEMENT, /* a message of some length that asks nothing */
    SIGN_COUNT
};

struct best_two {
    size_t entry; /* in front */
    float sum;
    float second; /* sum of the next, 0 if there is none */
};

/* `vetoes` are those of the message with `best->entry` as its answer. */
void match_signs_read(const struct faq_index *index, const struct inquiry *inquiry,
                      const struct vetoes *vetoes, const struct best_two *best,
                      float ret_signs[SIGN_COUNT]);

/* The chance in permille that the entry is meant. */
int match_signs_chance(const float signs[SIGN_COUNT]);

#endif
