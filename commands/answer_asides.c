/* answer_asides.c - numbers that stand beside an answer: see answer_signs.h.
 *
 * An answer is clear by itself when items are named with their scores, or when as
 * many scores as there are items stand in a row. What other clauses then count, date
 * or measure is told in passing. A clause that corrects or bounds, or that names an
 * item, is never taken out.
 */
#include "commands/answer_signs.h"

#include <string.h>

static const struct token *token_of(const struct tokens *tokens, const struct sign *sign)
{
    return &tokens->items[sign->token];
}

static bool is_soft(const struct tokens *tokens, const struct sign *sign)
{
    return sign->kind == SIGN_BREAK &&
           strchr(",()", token_of(tokens, sign)->mark) != NULL;
}

void signs_join_breaks(struct signs *signs, const struct tokens *tokens)
{
    for (size_t i = 0; i < signs->count; i++) {
        size_t next = i + 1;
        bool is_first = i == 0 || signs->items[i - 1].kind != SIGN_SCORE;
        if (signs->items[i].kind != SIGN_ITEM || !is_first)
            continue;
        while (next < signs->count && (signs->items[next].kind == SIGN_GLUE ||
                                       is_soft(tokens, &signs->items[next])))
            next++;
        if (next == signs->count || signs->items[next].kind != SIGN_SCORE ||
            (signs->items[next].value < 0 && next > i + 1))
            continue;
        for (size_t k = i + 1; k < next; k++)
            signs->items[k].kind = SIGN_GLUE;
    }
}

static bool is_rest(enum sign_kind kind)
{
    return kind == SIGN_X || kind == SIGN_DASH;
}

/* The row of exactly `item_count` scores, if there is one and only one. */
static bool find_row(const struct signs *signs, size_t item_count, size_t *ret_first,
                     size_t *ret_last)
{
    size_t rows = 0;
    for (size_t i = 0; i < signs->count;) {
        size_t count = 0, last = i, first = i;
        for (; i < signs->count; i++) {
            enum sign_kind kind = signs->items[i].kind;
            if (kind == SIGN_SCORE || kind == SIGN_X) {
                count++;
                last = i;
            } else if (kind != SIGN_BREAK && kind != SIGN_AND && !is_rest(kind)) {
                break;
            }
        }
        if (count == item_count && item_count > 1 && count > 0) {
            *ret_first = first;
            *ret_last = last;
            rows++;
        }
        i = i == first ? i + 1 : i;
    }
    return rows == 1;
}

static size_t clause_end(const struct signs *signs, size_t at)
{
    while (at < signs->count && signs->items[at].kind != SIGN_BREAK)
        at++;
    return at;
}

struct facts {
    bool has_item, has_score, has_number, has_word, has_all;
    bool corrects; /* or goes on: the number belongs to what was said before */
};

static struct facts facts_of(const struct signs *signs, const struct tokens *tokens,
                             size_t start, size_t end)
{
    struct facts facts = {0};
    for (size_t i = start; i < end; i++) {
        const struct sign *sign = &signs->items[i];
        const struct token *token = token_of(tokens, sign);
        facts.has_item |= sign->kind == SIGN_ITEM;
        facts.has_score |= sign->kind == SIGN_SCORE;
        facts.has_number |= sign->kind == SIGN_SCORE || sign->kind == SIGN_BAD;
        facts.has_word |= sign->kind == SIGN_WORD || sign->kind == SIGN_VOID;
        bool is_word = token->kind == TOKEN_WORD;
        facts.has_all |= sign->kind == SIGN_ALL;
        facts.corrects |=
            is_word && !facts.has_number &&
            answer_in_list(token->text,
                           "no|wait|scratch|rather|instead|correction|meant|"
                           "mean|oops|hang|sorry|make|not|or|actually|could|might|maybe");
        bool is_behind = i > start && (signs->items[i - 1].kind == SIGN_SCORE ||
                                       signs->items[i - 1].kind == SIGN_BAD);
        facts.corrects |=
            is_word && is_behind &&
            answer_in_list(token->text,
                           "in|on|at|for|by|this|tonight|later|after|before");
    }
    return facts;
}

static bool has_named(const struct signs *signs, const struct tokens *tokens)
{
    for (size_t start = 0; start < signs->count;) {
        size_t end = clause_end(signs, start);
        struct facts facts = facts_of(signs, tokens, start, end);
        if (facts.has_item && facts.has_score)
            return true;
        start = end + 1;
    }
    return false;
}

static void drop_numbers(struct signs *signs, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (signs->items[i].kind == SIGN_SCORE || signs->items[i].kind == SIGN_BAD)
            signs->items[i].kind = SIGN_VOID;
    }
}

/* In front of the row, in its own clause: "day 2 in Lisbon: 3 3 2 4 1". */
static void drop_before_row(struct signs *signs, size_t start, size_t first)
{
    if (first > start && signs->items[first - 1].kind == SIGN_GLUE)
        first--;
    if (first > start && signs->items[first - 1].kind == SIGN_WORD)
        drop_numbers(signs, start, first);
}

/* Behind it: "6 4 3 7 2 took 2 paracetamol at 8". */
static void drop_behind_row(struct signs *signs, const struct tokens *tokens, size_t last,
                            size_t end)
{
    bool is_talk = last + 1 < end && (signs->items[last + 1].kind == SIGN_WORD ||
                                      signs->items[last + 1].kind == SIGN_VOID);
    if (is_talk && !facts_of(signs, tokens, last + 1, end).corrects &&
        !facts_of(signs, tokens, last + 1, end).has_item)
        drop_numbers(signs, last + 1, end);
}

/* "I'm 47" */
static bool tells_an_age(const struct signs *signs, const struct tokens *tokens,
                         size_t start, size_t end)
{
    for (size_t i = start + 1; i < end; i++) {
        const struct token *number = token_of(tokens, &signs->items[i]);
        const struct token *before = number - 1;
        if (number->kind == TOKEN_NUMBER && number->number >= 18 &&
            number->number < 110 && before->kind == TOKEN_WORD &&
            answer_in_list(before->text, "i'm|im|am|turned"))
            return true;
    }
    return false;
}

/* "pain 3 at rest, 7 moving": the number comes first behind a comma, so it may belong
 * to what was named before. */
static bool goes_on(const struct signs *signs, const struct tokens *tokens, size_t start)
{
    if (start == 0 || token_of(tokens, &signs->items[start - 1])->mark != ',')
        return false;
    while (start < signs->count && signs->items[start].kind == SIGN_GLUE)
        start++;
    return start < signs->count && (signs->items[start].kind == SIGN_SCORE ||
                                    signs->items[start].kind == SIGN_BAD);
}

void signs_drop_asides(struct signs *signs, const struct tokens *tokens,
                       size_t item_count)
{
    size_t first = signs->count, last = signs->count;
    bool has_row = find_row(signs, item_count, &first, &last);
    bool was_talk = false, was_named = false;
    if (!has_row && !has_named(signs, tokens))
        return;
    for (size_t start = 0; start < signs->count;) {
        size_t end = clause_end(signs, start);
        struct facts facts = facts_of(signs, tokens, start, end);
        bool is_row = has_row && start <= last && end > first;
        bool is_bare = facts.has_number && !facts.has_word && was_talk;
        bool is_aside =
            !is_row && facts.has_number && !facts.has_item && !facts.has_all &&
            !facts.corrects && !(was_named && goes_on(signs, tokens, start)) &&
            (facts.has_word || is_bare || tells_an_age(signs, tokens, start, end));
        if (is_aside)
            drop_numbers(signs, start, end);
        else if (is_row && start < first && !facts.has_item)
            drop_before_row(signs, start, first);
        if (is_row && end > last)
            drop_behind_row(signs, tokens, last, end);
        was_talk = is_aside || (facts.has_word && !facts.has_item && !facts.has_number &&
                                !facts.corrects);
        was_named = facts.has_item && facts.has_score;
        start = end + 1;
    }
}
