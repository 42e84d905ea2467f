/* answer_words.h - the words of an answer: what each may mean.
 *
 * Fixed lists for the small words, and the phrases that the configuration gives
 * to a check-in's items and triggers. Pure.
 */
#ifndef HEARTH_COMMANDS_ANSWER_WORDS_H
#define HEARTH_COMMANDS_ANSWER_WORDS_H

#include "bot/base/text.h"
#include "bot/model/settings.h"
#include "commands/answer_lex.h"

enum answer_word {
    WORD_UNKNOWN,
    WORD_GLUE, /* between an item and its score: "is", "about a" */
    WORD_CHAT, /* harmless anywhere: "thanks", "hello" */
    WORD_AND,
    WORD_ALL,  /* "all", "everything" */
    WORD_NONE, /* "none" */
    WORD_NO,
    WORD_SKIP,
    WORD_UNIT,   /* behind a number: it counts something else */
    WORD_TAKES,  /* before a number: a time, a dose, a count */
    WORD_PERSON, /* somebody else's numbers */
    WORD_PAST,   /* numbers of another time */
    WORD_LIMITS  /* "over", "not", "wait": the number beside it is no score, or not yet */
};

enum answer_word answer_word(const char *word);
/* "yesterday", in the spellings of tired people. */
bool answer_is_yesterday(const char *word);
/* 0..10, 11 for any larger one, -1 when it is no number. */
int answer_number_word(const char *word);
/* "fives" and "5s" is what "all" goes with: the number, or -1. */
int answer_plural_number(const char *word);
/* Words that tell how it is without a number: "worse", "idk". */
bool answer_is_vague(const char *word);
/* Opens a question: "what", "can". */
bool answer_is_asking(const char *word);
/* Words of `list` are separated by "|". */
bool answer_in_list(const char *word, const char *list);

/* Everything that names one item or trigger. */
struct phrases {
    struct strv *words;            /* each phrase as its folded words */
    size_t *owner;                 /* place in the check-in's items, or triggers */
    const struct word_list *known; /* words that are no slips; borrowed, may be NULL */
    size_t count, capacity;
};

void phrases_init(struct phrases *phrases, const struct word_list *known);
void phrases_clear(struct phrases *phrases);
/* Name, label, other words and the last word of a longer label. */
void phrases_add_item(struct phrases *phrases, const struct item_settings *item,
                      size_t owner);
/* Longest phrase at token `at`, small typos forgiven: number of tokens, 0 none. */
size_t phrases_match(const struct phrases *phrases, const struct tokens *tokens,
                     size_t at, size_t *ret_owner);
/* Is `typed`, a word with a number beside it, one of these written by ear ("payn",
 * "sleap", "fgo")? Only where it is so for the phrases of one owner. */
bool phrases_match_by_ear(const struct phrases *phrases, const char *typed,
                          size_t *ret_owner);

#endif
