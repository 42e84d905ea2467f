/* answer_signs.h - tokens of an answer as signs: scores, items, and what is neither.
 *
 * Pure. Each number becomes a score, or is known to be something else (a time,
 * a dose, another person's), or makes the message unclear.
 */
#ifndef HEARTH_COMMANDS_ANSWER_SIGNS_H
#define HEARTH_COMMANDS_ANSWER_SIGNS_H

#include "commands/answer_words.h"

#define SCORE_SKIP (-2) /* an item left out on purpose */

enum sign_kind {
    SIGN_SCORE,
    SIGN_DASH, /* left out, a bullet, a rule between: the place decides */
    SIGN_X,    /* left out, or a kiss */
    SIGN_ITEM,
    SIGN_TRIGGER, /* a letter or name that was taken as a trigger */
    SIGN_AND,
    SIGN_ALL,
    SIGN_GLUE,
    SIGN_CHAT,
    SIGN_WORD, /* unknown */
    SIGN_VOID, /* a number that is no score */
    SIGN_BREAK,
    SIGN_BAD /* a number that makes the whole message unclear */
};

struct sign {
    enum sign_kind kind;
    int value;    /* of a score: 0..10 or SCORE_SKIP */
    size_t item;  /* of an item */
    size_t token; /* first token */
};

struct signs {
    struct sign items[TOKENS_MAX]; /* never more than tokens */
    size_t count;
    bool is_past_first;          /* all of it is about yesterday ... */
    size_t past_start, past_end; /* ... as this clause says */
    bool has_comparison;         /* scores stand beside another time or person */
    bool has_comparison_of_now;  /* "worse than yesterday's 5": the number is not now's */
    bool has_void_clause;        /* scores of another time or person were taken out */
    bool has_limits;             /* "more than", "not": beside no number */
    bool has_item_word;          /* "no sleep" */
};

/* A comma between an item and its score is none: "pain, 6; sleep, 3". */
void signs_join_breaks(struct signs *signs, const struct tokens *tokens);
/* Numbers told beside an answer that is clear without them, in a clause about
 * something else ("gate 7, pain 6"), are no scores. */
void signs_drop_asides(struct signs *signs, const struct tokens *tokens,
                       size_t item_count);

/* `open_count`: how many items are being asked right now. */
void signs_read(const struct tokens *tokens, const struct phrases *items,
                size_t item_count, size_t open_count, struct signs *ret_signs);

#endif
