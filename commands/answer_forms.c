/* answer_forms.c - see answer_forms.h. */
#include "commands/answer_forms.h"

#include <string.h>

bool signs_have(const struct signs *signs, enum sign_kind kind)
{
    for (size_t i = 0; i < signs->count; i++) {
        if (signs->items[i].kind == kind)
            return true;
    }
    return false;
}

/* All items of the open ones, or of the check-in. */
unsigned form_open_mask(const struct form *f)
{
    unsigned all = (1u << f->checkin->item_count) - 1;
    unsigned open = f->open_items & all;
    return open ? open : all;
}

/* False when the item has another value already. */
static bool set_value(struct form *f, size_t item, int value)
{
    int8_t *place = &f->reading->values[item];
    if (*place != VALUE_NONE && *place != value)
        return false;
    *place = (int8_t)value;
    return true;
}

void form_reset_values(struct form *f)
{
    memset(f->reading->values, VALUE_NONE, sizeof f->reading->values);
}

/* ---- "all 5" ---- */

bool form_read_all(struct form *f)
{
    int value = VALUE_NONE;
    size_t scores = 0;
    bool has_all = false;
    for (size_t i = 0; i < f->signs->count; i++) {
        const struct sign *sign = &f->signs->items[i];
        if (sign->kind == SIGN_ITEM || sign->kind == SIGN_BAD || sign->kind == SIGN_DASH)
            return false;
        has_all |= sign->kind == SIGN_ALL;
        if (sign->kind == SIGN_SCORE) {
            value = sign->value;
            scores++;
        }
    }
    if (!has_all || scores != 1 || f->signs->has_comparison || f->signs->has_limits)
        return false;
    for (size_t item = 0; item < f->checkin->item_count; item++)
        set_value(f, item, value);
    return true;
}

/* The sign behind `at`, glue passed over; the count if there is none. */
static size_t behind_glue(const struct signs *signs, size_t at)
{
    do
        at++;
    while (at < signs->count && signs->items[at].kind == SIGN_GLUE);
    return at;
}

static bool is_rest_word(const struct form *f, const struct sign *sign)
{
    const struct token *token = &f->tokens->items[sign->token];
    return token->kind == TOKEN_WORD &&
           answer_in_list(token->text, "else|other|others|except|but|apart|rest|only");
}

/* "everything else 3", "all 4 except ...": the score that goes with "all"; its signs
 * become chat. VALUE_NONE: there is no such thing. */
static int take_rest_value(struct form *f)
{
    struct signs *signs = f->signs;
    for (size_t i = 0; i < signs->count; i++) {
        bool is_all = signs->items[i].kind == SIGN_ALL;
        size_t next = behind_glue(signs, i);
        if (is_all && next < signs->count && is_rest_word(f, &signs->items[next]))
            next = behind_glue(signs, next);
        if (!is_all || next >= signs->count || signs->items[next].kind != SIGN_SCORE ||
            signs->items[next].value < 0)
            continue;
        for (size_t k = i; k <= next; k++)
            signs->items[k].kind = SIGN_CHAT;
        for (size_t k = 0; k < signs->count; k++) {
            if (signs->items[k].kind == SIGN_WORD && is_rest_word(f, &signs->items[k]))
                signs->items[k].kind = SIGN_GLUE;
        }
        return signs->items[next].value;
    }
    return VALUE_NONE;
}

bool form_read_rest(struct form *f)
{
    bool has_exception = false;
    for (size_t i = 0; i < f->signs->count; i++)
        has_exception |= is_rest_word(f, &f->signs->items[i]);
    if (!has_exception || !signs_have(f->signs, SIGN_ALL))
        return false;
    int value = take_rest_value(f);
    if (value == VALUE_NONE || !form_read_named(f))
        return false;
    for (size_t item = 0; item < f->checkin->item_count; item++) {
        if (f->reading->values[item] == VALUE_NONE)
            set_value(f, item, value);
    }
    return true;
}

/* ---- named values ---- */

/* Index of the next sign in [at, end) that is an item, a score or a word that
 * parts them; glue, chat and the like are passed over. */
static size_t next_sign(const struct signs *signs, size_t at, size_t end)
{
    while (at < end) {
        enum sign_kind kind = signs->items[at].kind;
        if (kind != SIGN_GLUE && kind != SIGN_CHAT && kind != SIGN_TRIGGER &&
            kind != SIGN_BREAK)
            return at;
        at++;
    }
    return end;
}

static bool is_kind(const struct signs *signs, size_t at, size_t end, enum sign_kind kind)
{
    return at < end && signs->items[at].kind == kind;
}

/* "pain 6", "pain and fatigue 6", "sleep - 3", "sleep x" from an item on; 0 when it
 * is nothing of the kind, else the index behind. */
static size_t read_item_first(struct form *f, size_t at, size_t end)
{
    const struct signs *signs = f->signs;
    size_t items[ITEMS_MAX], count = 0;
    for (;;) {
        if (!is_kind(signs, at, end, SIGN_ITEM) || count == ITEMS_MAX)
            return 0;
        items[count++] = signs->items[at].item;
        at = next_sign(signs, at + 1, end);
        if (!is_kind(signs, at, end, SIGN_AND))
            break;
        at = next_sign(signs, at + 1, end);
    }
    int value = SCORE_SKIP;
    bool is_left_out =
        is_kind(signs, at, end, SIGN_DASH) || is_kind(signs, at, end, SIGN_X);
    size_t next = is_left_out ? next_sign(signs, at + 1, end) : at;
    if (is_kind(signs, next, end, SIGN_SCORE)) {
        value = signs->items[next].value;
        next = next + 1;
    } else if (!is_left_out || next < end) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (!set_value(f, items[i], value))
            return 0;
    }
    return next;
}

/* "6 pain", "6 for pain". */
static size_t read_score_first(struct form *f, size_t at, size_t end)
{
    size_t next = next_sign(f->signs, at + 1, end);
    if (is_kind(f->signs, next, end, SIGN_DASH) &&
        is_kind(f->signs, next + 1, end, SIGN_ITEM) && next + 2 == end)
        next++; /* "8 - fatigue" */
    if (!is_kind(f->signs, next, end, SIGN_ITEM) ||
        !set_value(f, f->signs->items[next].item, f->signs->items[at].value))
        return 0;
    return next + 1;
}

/* "stiff as a board so stiffness 8": the name alone is followed by other words, and
 * comes again with its score. */
static bool is_named_again(const struct signs *signs, size_t at, size_t end)
{
    size_t next = next_sign(signs, at + 1, end);
    if (!is_kind(signs, next, end, SIGN_WORD) && !is_kind(signs, next, end, SIGN_ITEM))
        return false;
    for (size_t i = next; i < end; i++) {
        if (signs->items[i].kind == SIGN_ITEM &&
            signs->items[i].item == signs->items[at].item)
            return is_kind(signs, next_sign(signs, i + 1, end), end, SIGN_SCORE);
    }
    return false;
}

/* One clause: pairs in one direction, other words only between the pairs. */
static bool read_pairs(struct form *f, size_t at, size_t end)
{
    int direction = 0; /* 1 item first, 2 score first */
    for (at = next_sign(f->signs, at, end); at < end; at = next_sign(f->signs, at, end)) {
        enum sign_kind kind = f->signs->items[at].kind;
        int wanted = kind == SIGN_ITEM ? 1 : kind == SIGN_SCORE ? 2 : 0;
        if (wanted == 0) {
            at++; /* a word, a bullet, a number that is no score */
            continue;
        }
        if (wanted == 1 && is_named_again(f->signs, at, end)) {
            at++;
            continue;
        }
        if (direction != 0 && direction != wanted)
            return false;
        direction = wanted;
        at = wanted == 1 ? read_item_first(f, at, end) : read_score_first(f, at, end);
        if (at == 0)
            return false;
    }
    return true;
}

bool signs_clause_has(const struct signs *signs, size_t at, size_t end,
                      enum sign_kind kind)
{
    for (; at < end; at++) {
        if (signs->items[at].kind == kind)
            return true;
    }
    return false;
}

size_t signs_clause_end(const struct signs *signs, size_t at)
{
    while (at < signs->count && signs->items[at].kind != SIGN_BREAK)
        at++;
    return at;
}

/* "pain, fatigue, sleep: 6 4 3": as many items as scores, in two blocks. */
static bool read_columns(struct form *f)
{
    size_t items[TOKENS_MAX], item_count = 0, score_count = 0;
    const struct signs *signs = f->signs;
    form_reset_values(f);
    for (size_t i = 0; i < signs->count; i++) {
        const struct sign *sign = &signs->items[i];
        if (sign->kind == SIGN_ITEM && score_count == 0 && item_count < TOKENS_MAX)
            items[item_count++] = sign->item;
        else if (sign->kind == SIGN_ITEM || sign->kind == SIGN_WORD)
            return false;
        else if (sign->kind == SIGN_SCORE &&
                 (score_count >= item_count ||
                  !set_value(f, items[score_count++], sign->value)))
            return false;
    }
    return item_count > 1 && item_count == score_count;
}

bool form_read_named(struct form *f)
{
    const struct signs *signs = f->signs;
    bool has_any = false;
    form_reset_values(f);
    for (size_t at = 0; at < signs->count;) {
        size_t end = signs_clause_end(signs, at);
        bool has_score = signs_clause_has(signs, at, end, SIGN_SCORE);
        bool has_item = signs_clause_has(signs, at, end, SIGN_ITEM);
        bool is_left_out = has_item && (signs_clause_has(signs, at, end, SIGN_DASH) ||
                                        signs_clause_has(signs, at, end, SIGN_X));
        if (has_score || is_left_out) {
            if (!read_pairs(f, at, end))
                return read_columns(f);
            has_any = true;
        }
        at = end + 1;
    }
    return has_any;
}
