/* answer_list.c - unnamed scores: a list, the beginning of one, or one in a sentence
 * (answer_forms.h). They fill the open items in order.
 */
#include "commands/answer_forms.h"

#include <string.h>

struct list {
    size_t first, last; /* signs of the first and last number */
    size_t scores, rests, dashes;
    bool has_gap;  /* something else stands between the numbers */
    bool has_glue; /* small words between */
};

static bool is_rest(enum sign_kind kind)
{
    return kind == SIGN_DASH || kind == SIGN_X;
}

/* The list from the first to the last score; with the dashes and x around it, if
 * `with_rests`. */
static void measure(const struct signs *signs, bool with_rests, struct list *ret_list)
{
    *ret_list = (struct list){.first = signs->count};
    for (size_t i = 0; i < signs->count; i++) {
        enum sign_kind kind = signs->items[i].kind;
        if (kind == SIGN_SCORE || (with_rests && is_rest(kind))) {
            ret_list->first = i < ret_list->first ? i : ret_list->first;
            ret_list->last = i;
        }
    }
    for (size_t i = ret_list->first; i < signs->count && i <= ret_list->last; i++) {
        enum sign_kind kind = signs->items[i].kind;
        ret_list->scores += kind == SIGN_SCORE;
        ret_list->rests += is_rest(kind);
        ret_list->dashes += kind == SIGN_DASH;
        ret_list->has_gap |= kind == SIGN_WORD || kind == SIGN_VOID || kind == SIGN_ITEM;
        ret_list->has_glue |= kind == SIGN_GLUE || kind == SIGN_CHAT || kind == SIGN_ALL;
    }
}

/* The numbers of the list in order; dashes and x count as left out if
 * `with_rests`. */
static size_t collect(const struct signs *signs, const struct list *list, bool with_rests,
                      int8_t values[ITEMS_MAX + 1])
{
    size_t count = 0;
    for (size_t i = list->first; i <= list->last && count <= ITEMS_MAX; i++) {
        const struct sign *sign = &signs->items[i];
        if (sign->kind == SIGN_SCORE)
            values[count++] = (int8_t)sign->value;
        else if (with_rests && is_rest(sign->kind))
            values[count++] = SCORE_SKIP;
    }
    return count;
}

/* Does a name of an item touch the list, so that it may own one of the numbers?
 * The first item's in front and the last one's behind only say what the order
 * says anyway; names farther off are talk. */
static bool has_stray_item(const struct signs *signs, const struct list *list,
                           size_t item_count)
{
    const struct sign *before = list->first > 0 ? &signs->items[list->first - 1] : NULL;
    const struct sign *after =
        list->last + 1 < signs->count ? &signs->items[list->last + 1] : NULL;
    return (before != NULL && before->kind == SIGN_ITEM && before->item != 0) ||
           (after != NULL && after->kind == SIGN_ITEM && after->item + 1 != item_count);
}

static bool fill_open(struct form *f, const int8_t *values, size_t count)
{
    size_t used = 0;
    unsigned open = form_open_mask(f);
    for (size_t item = 0; item < f->checkin->item_count && used < count; item++) {
        if (open & 1u << item)
            f->reading->values[item] = values[used++];
    }
    return used == count;
}

static size_t count_bits(unsigned bits)
{
    size_t count = 0;
    for (; bits != 0; bits >>= 1)
        count += bits & 1;
    return count;
}

/* Every number of the list has its place: what it is as a whole, if that is
 * enough, else with the dashes and x around it. False: it is no list. */
static bool find_list(const struct form *f, struct list *ret_list, bool *ret_with_rests)
{
    size_t wanted = f->checkin->item_count;
    size_t open = count_bits(form_open_mask(f));
    for (int pass = 0; pass < 2; pass++) {
        measure(f->signs, pass == 1, ret_list);
        size_t all = ret_list->scores + ret_list->rests;
        bool is_ruled = ret_list->dashes + 1 == ret_list->scores; /* 6 - 4 - 3 - 7 - 2 */
        *ret_with_rests = all == wanted || (ret_list->rests > 0 && all == open);
        if (ret_list->scores == 0 || ret_list->has_gap)
            return false;
        if (is_ruled && ret_list->rests == ret_list->dashes &&
            ret_list->scores != wanted && ret_list->scores > 2)
            return false; /* 5 - 3 - 2: dashes between, or left out? */
        if (*ret_with_rests || (is_ruled && ret_list->rests == ret_list->dashes &&
                                ret_list->scores == wanted))
            return true;
    }
    *ret_with_rests = false;
    return ret_list->rests == 0;
}

/* Behind the number: nothing, or words that say no more than the number does. */
static bool ends_calmly(const struct form *f, size_t at)
{
    const struct signs *signs = f->signs;
    for (at++; at < signs->count && signs->items[at].kind != SIGN_BREAK; at++) {
        enum sign_kind kind = signs->items[at].kind;
        const struct token *token = &f->tokens->items[signs->items[at].token];
        bool is_kind_of = token->kind == TOKEN_WORD &&
                          answer_in_list(token->text, "kind|sort|type|out|xx|x");
        if (kind != SIGN_GLUE && kind != SIGN_CHAT && kind != SIGN_TRIGGER &&
            kind != SIGN_AND && !is_kind_of)
            return false;
    }
    return true;
}

/* In front of it: the start of the clause, small words, or an article with what
 * describes the number ("a soft grey four"). A bare word ("gate 7") names it. */
static bool begins_calmly(const struct form *f, size_t at)
{
    const struct signs *signs = f->signs;
    bool has_article = false, has_word = false, is_named = false;
    size_t start = at;
    while (start > 0 && signs->items[start - 1].kind != SIGN_BREAK)
        start--;
    for (size_t i = start; i < at; i++) {
        const struct sign *sign = &signs->items[i];
        const struct token *token = &f->tokens->items[sign->token];
        if (sign->kind == SIGN_VOID || sign->kind == SIGN_BAD || sign->kind == SIGN_ALL)
            return false;
        bool is_limit =
            token->kind == TOKEN_WORD && (answer_word(token->text) == WORD_LIMITS ||
                                          answer_word(token->text) == WORD_NO);
        bool is_wish = token->kind == TOKEN_WORD &&
                       answer_in_list(token->text, "wish|hope|hoping|if|when|used|could|"
                                                   "should|imagine|aim|aiming|day|days");
        if ((sign->kind == SIGN_WORD && is_limit) || is_wish)
            return false;
        has_article |= token->kind == TOKEN_WORD && answer_in_list(token->text, "a|an");
        has_word |= sign->kind == SIGN_WORD;
        is_named = sign->kind == SIGN_WORD;
    }
    return !has_word || !is_named || has_article;
}

/* A word that sounds like a number and stands where one would: "for four three". */
static bool may_be_dictated(const struct form *f)
{
    const struct tokens *tokens = f->tokens;
    static const char sounds[] = "to|too|for|ate|won|tree|fore";
    size_t last = tokens->count - 1;
    return tokens->count > 2 && (answer_in_list(tokens->items[0].text, sounds) ||
                                 answer_in_list(tokens->items[last].text, sounds));
}

/* Talk of the night: then the number is about sleep, or about something else. */
static bool tells_of_the_night(const struct form *f)
{
    for (size_t i = 0; i < f->tokens->count; i++) {
        const struct token *token = &f->tokens->items[i];
        if (token->kind == TOKEN_WORD &&
            answer_in_list(token->text, "slept|sleep|asleep|night|nights|kip|he's|she's"))
            return true;
    }
    return false;
}

/* "3 4 5 so far": the first items, when the message begins with them and goes on
 * without numbers or items. */
static bool begins_list(const struct form *f, const struct list *list)
{
    const struct signs *signs = f->signs;
    for (size_t i = 0; i < list->first; i++) {
        if (signs->items[i].kind != SIGN_CHAT && signs->items[i].kind != SIGN_BREAK)
            return false;
    }
    size_t next = list->last + 1;
    for (size_t i = next; i < signs->count; i++) {
        enum sign_kind kind = signs->items[i].kind;
        if (kind == SIGN_VOID || kind == SIGN_ITEM || kind == SIGN_X || kind == SIGN_DASH)
            return false;
    }
    if (list->scores < 2 || list->has_glue || next >= signs->count)
        return false;
    const struct token *token = &f->tokens->items[signs->items[next].token];
    return signs->items[next].kind == SIGN_BREAK ||
           (token->kind == TOKEN_WORD &&
            answer_in_list(token->text, "so|that's|thats|will|for|today|can't|cant|only|"
                                        "rest|dunno|too|i'll|i"));
}

bool form_read_list(struct form *f)
{
    const struct signs *signs = f->signs;
    struct list list;
    bool with_rests = false;
    int8_t values[ITEMS_MAX + 1];
    size_t wanted = f->checkin->item_count;
    form_reset_values(f);
    if (!find_list(f, &list, &with_rests) || has_stray_item(signs, &list, wanted))
        return false;
    size_t count = collect(signs, &list, with_rests, values);
    if (count == wanted && (wanted > 1 || !signs_have(signs, SIGN_WORD))) {
        memcpy(f->reading->values, values, count);
        f->reading->is_whole = true;
        return true;
    }
    if (count == 1 && (!begins_calmly(f, list.first) || signs->has_item_word ||
                       (signs->count > 1 && tells_of_the_night(f))))
        return false;
    if (count < wanted && may_be_dictated(f))
        return false;
    if (!signs->has_comparison && !signs->has_limits && begins_list(f, &list))
        return fill_open(f, values, count);
    if (signs_have(signs, SIGN_WORD) || signs_have(signs, SIGN_VOID) ||
        signs_have(signs, SIGN_ALL) || signs_have(signs, SIGN_ITEM) || list.has_glue ||
        signs->has_comparison)
        return false;
    return fill_open(f, values, count);
}

/* The one score of a message that names no item, or only the first: of that. */
bool form_read_single(struct form *f)
{
    const struct signs *signs = f->signs;
    size_t scores = 0, at = 0, first = 0;
    while (!(form_open_mask(f) & 1u << first))
        first++;
    form_reset_values(f);
    for (size_t i = 0; i < signs->count; i++) {
        const struct sign *sign = &signs->items[i];
        bool is_other = sign->kind == SIGN_ITEM && sign->item != first;
        if (is_other || sign->kind == SIGN_BAD || sign->kind == SIGN_ALL)
            return false;
        if (sign->kind == SIGN_SCORE) {
            scores++;
            at = i;
        }
    }
    if (scores != 1 || signs->items[at].value < 0 || signs->has_item_word ||
        tells_of_the_night(f) || signs->has_comparison_of_now || !begins_calmly(f, at) ||
        !ends_calmly(f, at))
        return false;
    int8_t value = (int8_t)signs->items[at].value;
    return fill_open(f, &value, 1);
}
