/* answer_lex.h - a typed answer as numbers, words and marks.
 *
 * Pure. Digits of all scripts, keycap emoji and halves become plain numbers;
 * the rest is folded. Nothing is judged here.
 */
#ifndef HEARTH_COMMANDS_ANSWER_LEX_H
#define HEARTH_COMMANDS_ANSWER_LEX_H

#include <stdbool.h>
#include <stddef.h>

#define TOKENS_MAX 160
#define TOKEN_TEXT_MAX 32 /* a longer word is cut: it is no word we know */

enum token_kind { TOKEN_NUMBER, TOKEN_WORD, TOKEN_MARK };

struct token {
    enum token_kind kind;
    bool is_glued;             /* nothing stands between it and the token before */
    char text[TOKEN_TEXT_MAX]; /* of a word */
    char mark;                 /* of a mark: ',' '/' '-' ... ; a line break is ';' */
    int number;                /* whole part, at most NUMBER_CUT */
    int digits;                /* of the whole part, as typed */
    bool has_zero;             /* it begins with a needless 0: "06" */
    int tenths;                /* first digit behind the point; -1 none */
};

#define NUMBER_CUT 100000

struct tokens {
    struct token items[TOKENS_MAX];
    size_t count;
    bool is_cut; /* there were more */
};

void tokens_read(const char *text, struct tokens *ret_tokens);

#endif
