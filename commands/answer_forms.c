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

/* ---- triggers ---- */

static uint16_t letter_bit(const struct form *f, char letter)
{
    for (size_t i = 0; i < f->checkin->trigger_count; i++) {
        char own = f->settings->items[f->checkin->triggers[i]].letter;
        if (own != '\0' && own - 'A' == letter - 'a')
            return (uint16_t)(1u << i);
    }
    return 0;
}

/* "s", or letters run together: "sw"; 0 when one of them is no trigger or they
 * make an English word. */
static uint16_t letters_mask(const struct form *f, const char *word)
{
    uint16_t mask = 0;
    if (word[1] != '\0' &&
        answer_in_list(word, "an|as|was|saw|fan|fans|swan|wan|nan|fa|na|saw|was|want|new|"
                             "now|won|on|no|in|is|if|of|so|off|few|wow|to|too|at|am|do"))
        return 0;
    for (; *word; word++) {
        uint16_t bit = letter_bit(f, *word);
        if (bit == 0 || mask & bit)
            return 0;
        mask = (uint16_t)(mask | bit);
    }
    return mask;
}

/* Trigger at a sign's token: how many tokens it takes, 0 none. */
static size_t trigger_at(const struct form *f, size_t token, uint16_t *ret_mask)
{
    size_t place = 0;
    const struct token *word = &f->tokens->items[token];
    if (word->kind != TOKEN_WORD)
        return 0;
    size_t used = phrases_match(f->triggers, f->tokens, token, &place);
    if (used > 0)
        *ret_mask = (uint16_t)(1u << place);
    else
        *ret_mask = letters_mask(f, word->text);
    return used > 0 ? used : *ret_mask != 0;
}

/* "a bad day", not the letter A. */
static bool is_article(const struct form *f, size_t token)
{
    const struct tokens *tokens = f->tokens;
    uint16_t mask = 0;
    return strcmp(tokens->items[token].text, "a") == 0 && token + 1 < tokens->count &&
           tokens->items[token + 1].kind == TOKEN_WORD &&
           !answer_in_list(tokens->items[token + 1].text, "and|plus|n|thanks|thank") &&
           trigger_at(f, token + 1, &mask) == 0;
}

static bool is_talk(enum sign_kind kind)
{
    return kind == SIGN_WORD || kind == SIGN_VOID || kind == SIGN_ITEM ||
           kind == SIGN_ALL || kind == SIGN_BAD;
}

/* The break in front of sign `at` or at it, behind which a remark may stand. */
static bool is_behind_break(const struct signs *signs, size_t first, size_t at)
{
    for (size_t i = at; i > first; i--) {
        if (signs->items[i - 1].kind == SIGN_BREAK)
            return true;
        if (signs->items[i - 1].kind != SIGN_GLUE &&
            signs->items[i - 1].kind != SIGN_CHAT)
            return false;
    }
    return false;
}

/* Behind the last score: triggers and small words; where other words come, only what
 * a break parts from them ("S (exams)"), else it is talk and none is taken. */
void form_take_triggers(struct form *f)
{
    struct signs *signs = f->signs;
    bool is_trigger[TOKENS_MAX] = {false};
    size_t first = signs->count;
    while (first > 0 && signs->items[first - 1].kind != SIGN_SCORE)
        first--;
    uint16_t mask = 0;
    for (size_t i = first; i < signs->count;) {
        uint16_t own = 0;
        size_t token = signs->items[i].token;
        size_t used = is_article(f, token) ? 0 : trigger_at(f, token, &own);
        if (used == 0 && is_talk(signs->items[i].kind)) {
            if (mask == 0 || !is_behind_break(signs, first, i))
                return;
            break;
        }
        mask = (uint16_t)(mask | own);
        is_trigger[i++] = used > 0;
        while (used > 0 && i < signs->count && signs->items[i].token < token + used)
            is_trigger[i++] = true;
    }
    for (size_t i = first; i < signs->count && mask != 0; i++) {
        enum sign_kind kind = signs->items[i].kind;
        if (is_trigger[i] || is_talk(kind))
            signs->items[i].kind = SIGN_TRIGGER;
    }
    f->reading->triggers = mask;
}

/* ---- "all 5" ---- */

bool form_read_all(struct form *f)
{
    int value = VALUE_NONE;
    size_t scores = 0;
    bool has_all = false;
    for (size_t i = 0; i < f->tokens->count; i++) { /* "all fives", "all 5s" */
        const struct token *token = &f->tokens->items[i];
        int plural = token->kind == TOKEN_WORD ? answer_plural_number(token->text) : -1;
        bool has_all_before =
            i > 0 && answer_in_list(f->tokens->items[i - 1].text, "all");
        if (plural >= 0 && (has_all_before || signs_have(f->signs, SIGN_ALL))) {
            value = plural;
            scores++;
        }
    }
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

/* ---- a plain list ---- */

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
        if (*ret_with_rests || (is_ruled && ret_list->rests == ret_list->dashes &&
                                ret_list->scores == wanted))
            return true;
    }
    *ret_with_rests = false;
    return ret_list->rests == 0;
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
    if (signs_have(signs, SIGN_WORD) || signs_have(signs, SIGN_VOID) ||
        signs_have(signs, SIGN_ALL) || signs_have(signs, SIGN_ITEM) || list.has_glue ||
        signs->has_comparison)
        return false;
    return fill_open(f, values, count);
}

/* ---- one score in a sentence ---- */

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
        if (sign->kind == SIGN_WORD && is_limit)
            return false;
        has_article |= token->kind == TOKEN_WORD && answer_in_list(token->text, "a|an");
        has_word |= sign->kind == SIGN_WORD;
        is_named = sign->kind == SIGN_WORD;
    }
    return !has_word || !is_named || has_article;
}

/* The one score of a message that names no item: of the item that comes first. */
bool form_read_single(struct form *f)
{
    const struct signs *signs = f->signs;
    size_t scores = 0, at = 0;
    form_reset_values(f);
    for (size_t i = 0; i < signs->count; i++) {
        const struct sign *sign = &signs->items[i];
        if (sign->kind == SIGN_ITEM || sign->kind == SIGN_BAD || sign->kind == SIGN_ALL)
            return false;
        if (sign->kind == SIGN_SCORE) {
            scores++;
            at = i;
        }
    }
    if (scores != 1 || signs->items[at].value < 0 || signs->has_comparison_of_now ||
        !begins_calmly(f, at) || !ends_calmly(f, at))
        return false;
    int8_t value = (int8_t)signs->items[at].value;
    return fill_open(f, &value, 1);
}
