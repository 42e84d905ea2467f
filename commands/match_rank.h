/* match_rank.h - how well each entry fits a question. match.c explains the method. */
#ifndef HEARTH_COMMANDS_MATCH_RANK_H
#define HEARTH_COMMANDS_MATCH_RANK_H

#include "commands/match_index.h"

/* What speaks for one entry. */
struct fit {
    float cover;    /* 0..1: share of the question's worth found in the entry */
    float likeness; /* 0..1: cosine of the question and the nearest wording */
    float contain;  /* 0..1: how much of a telling wording the question contains */
    float pull;     /* sum of the pulls of its words and pairs */
    float sum;      /* of all of these, as they were fitted: what ranks */
};

struct ranking {
    struct fit *fits; /* of entries */
    float worth;      /* value of all words of the question */
    float known;      /* 0..1: share of the worth that some entry has */
    float total; /* sum of exp(fit.sum - best sum): 1 when nothing comes near the best */
};

/* A message as the matcher sees it. */
struct inquiry {
    char *text; /* at most QUESTION_MAX bytes of it */
    struct words words;
    struct query query;
    struct ranking ranking;
};

/* `ret_inquiry` is overwritten; cleared with inquiry_clear. */
void inquiry_read(const struct faq_index *index, const char *message,
                  struct inquiry *ret_inquiry);
void inquiry_clear(struct inquiry *inquiry);

/* What a word of the question is worth. */
float rank_word_value(const struct faq_index *index, const struct query_word *word);
/* How well an entry holds it, 0..1, and by which of its meanings (NULL: it does not). */
float rank_word_cover(const struct faq_index *index, const struct query_word *word,
                      size_t entry, const struct meaning **ret_meaning);

#endif
