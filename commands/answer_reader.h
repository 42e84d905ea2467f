/* answer_reader.h - the pass over the tokens, shared by the two files that make it:
 * answer_numbers.c (what a number is) and answer_signs.c (all else).
 */
#ifndef HEARTH_COMMANDS_ANSWER_READER_H
#define HEARTH_COMMANDS_ANSWER_READER_H

#include "commands/answer_signs.h"

struct sign_reader {
    const struct tokens *tokens;
    const struct phrases *items;
    size_t item_count, open_count;
    struct signs *signs;
    bool has_past[TOKENS_MAX], has_person[TOKENS_MAX],
        is_compared[TOKENS_MAX]; /* by sign */
};

/* A mark '\0' behind the end. */
const struct token *reader_token(const struct sign_reader *r, size_t at);
bool reader_is_mark(const struct sign_reader *r, size_t at, char mark);
bool reader_is_word(const struct sign_reader *r, size_t at, const char *list);
/* The new sign; valid until the pass ends. */
struct sign *reader_add(struct sign_reader *r, enum sign_kind kind, size_t token);
/* The kind of the last sign that is not glue, and its token. */
enum sign_kind reader_before_glue(const struct sign_reader *r, size_t *ret_token);

/* Is there a word that makes "fives" the score of every item? */
bool reader_speaks_of_all(const struct sign_reader *r);

/* Take the number at `at` with all that belongs to it; the index behind. */
size_t reader_take_number(struct sign_reader *r, size_t at);
size_t reader_take_number_word(struct sign_reader *r, size_t at, int value);

#endif
