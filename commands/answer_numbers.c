/* answer_numbers.c - what a number in an answer is: a score, a list of them, a time,
 * a dose, another scale.
 *
 * A function for each thing a number can be part of; what none of them knows
 * and nothing beside it forbids is a score.
 */
#include "commands/answer_reader.h"

#include <string.h>

static bool is_number(const struct sign_reader *r, size_t at)
{
    return reader_token(r, at)->kind == TOKEN_NUMBER;
}

/* Score of a number token, halves up; 11 when it is none. */
static int score_of(const struct token *token)
{
    if (token->has_zero || token->number > 10 ||
        (token->number == 10 && token->tenths > 0))
        return 11;
    return token->number + (token->tenths >= 5);
}

/* The word before, glue passed over, when it changes what a number means. */
static enum answer_word word_before(const struct sign_reader *r)
{
    size_t token = 0;
    enum sign_kind kind = reader_before_glue(r, &token);
    const struct token *word = reader_token(r, token);
    if (kind == SIGN_BREAK || word->kind != TOKEN_WORD)
        return WORD_UNKNOWN;
    return answer_word(word->text);
}

static void add_score(struct sign_reader *r, size_t token, int value)
{
    if (value > 10)
        reader_add(r, SIGN_BAD, token);
    else
        reader_add(r, SIGN_SCORE, token)->value = value;
}

/* "at 9" says when, unless something is at 9: "pain at 9", "I'm at 9". */
static bool is_clock_time(const struct sign_reader *r, size_t token)
{
    if (token == 0 || !reader_is_word(r, token - 1, "at"))
        return false;
    size_t count = r->signs->count;
    enum sign_kind before = count > 1 ? r->signs->items[count - 2].kind : SIGN_BREAK;
    return before != SIGN_ITEM && before != SIGN_GLUE;
}

/* "day 3", "number 5", "in 5" count something else. */
static bool is_count(const struct sign_reader *r, size_t token)
{
    return token > 0 && reader_is_word(r, token - 1, "day|number|in");
}

/* "6, down from 8": the second number is what it was. */
static bool is_former(const struct sign_reader *r, size_t token)
{
    size_t count = r->signs->count;
    return token > 2 && count > 2 && reader_is_word(r, token - 1, "from") &&
           reader_is_word(r, token - 2, "down|up");
}

static void drop_former(struct sign_reader *r, size_t token)
{
    for (size_t i = r->signs->count - 2; i < r->signs->count; i++)
        r->signs->items[i].kind = SIGN_CHAT;
    reader_add(r, SIGN_CHAT, token);
}

/* "6 or more", "6 at least"; "2 points higher" tells a difference. */
static bool is_bound(const struct sign_reader *r, size_t after)
{
    bool is_minutes = reader_is_word(r, after, "min") && after > 0 &&
                      reader_token(r, after - 1)->number > 10;
    return (!is_minutes &&
            reader_is_word(r, after, "max|min|maximum|minimum|tops|plus|point|points")) ||
           reader_is_word(r, after, "more|less|higher|lower|better|worse") ||
           (reader_is_word(r, after, "or") &&
            reader_is_word(
                r, after + 1,
                "more|less|higher|lower|above|below|over|under|worse|better")) ||
           (reader_is_word(r, after, "at") &&
            reader_is_word(r, after + 1, "most|least|worst|best"));
}

/* "woke me at 3": what stands before it in the clause tells of sleep or meals. */
static bool is_told_hour(const struct sign_reader *r, size_t token)
{
    if (!is_clock_time(r, token))
        return false;
    for (size_t i = token; i-- > 0 && reader_token(r, i)->kind != TOKEN_MARK;) {
        if (reader_token(r, i)->kind == TOKEN_WORD &&
            answer_word(reader_token(r, i)->text) == WORD_TAKES)
            return true;
    }
    return false;
}

/* "half past four" */
static bool is_past_hour(const struct sign_reader *r, size_t token)
{
    return token > 1 && reader_is_word(r, token - 1, "past|to") &&
           reader_is_word(r, token - 2, "half|quarter");
}

/* "woke at 6", "more than 6": what stands before a single number decides. */
static void add_single(struct sign_reader *r, size_t token, int value)
{
    enum answer_word before = word_before(r);
    if (before == WORD_TAKES || is_past_hour(r, token) || is_told_hour(r, token))
        reader_add(r, SIGN_VOID, token);
    else if (is_former(r, token))
        drop_former(r, token);
    else if (before == WORD_LIMITS || before == WORD_NO || is_clock_time(r, token) ||
             is_count(r, token))
        reader_add(r, SIGN_BAD, token);
    else
        add_score(r, token, value);
}

static bool is_year(const struct token *token)
{
    return token->digits == 4 && token->number >= 1900 && token->number < 2100;
}

/* Numbers joined by one sign without spaces ("6/4/3/7/2", x for one left out):
 * how many, and the index behind them. */
static size_t joined_count(const struct sign_reader *r, size_t at, char mark,
                           size_t *ret_end)
{
    size_t count = 1;
    while (reader_is_mark(r, at + 1, mark) &&
           (mark == '/' || reader_token(r, at + 1)->is_glued) &&
           (mark == '/' || reader_token(r, at + 2)->is_glued) &&
           (is_number(r, at + 2) || reader_is_word(r, at + 2, "x") ||
            (mark == '/' && reader_is_mark(r, at + 2, '-')))) {
        at += 2;
        count++;
    }
    *ret_end = at + 1;
    return count;
}

static void add_list(struct sign_reader *r, size_t at, size_t end)
{
    for (size_t i = at; i < end; i += 2) {
        if (is_number(r, i))
            add_score(r, i, score_of(reader_token(r, i)));
        else
            reader_add(r, SIGN_SCORE, i)->value = SCORE_SKIP;
    }
}

/* n/10, or a fraction behind a whole number, or another scale. */
static size_t read_pair(struct sign_reader *r, size_t at)
{
    const struct token *over = reader_token(r, at + 2);
    struct sign *last = r->signs->count ? &r->signs->items[r->signs->count - 1] : NULL;
    bool is_half = reader_token(r, at)->number == 1 && over->number == 2;
    if (over->number == 10 && over->tenths < 0)
        add_single(r, at, score_of(reader_token(r, at)));
    else if (is_half && last != NULL && last->kind == SIGN_SCORE && at > 0 &&
             last->token == at - 1 && last->value >= 0 && last->value < 10)
        last->value++;
    else
        reader_add(r, SIGN_BAD, at);
    return at + 3;
}

static size_t count_numbers(const struct sign_reader *r)
{
    size_t count = 0;
    for (size_t i = 0; i < r->tokens->count; i++)
        count += is_number(r, i);
    return count;
}

/* "7,5" with a name before it or other numbers around, where it cannot be two. */
static bool is_decimal_comma(const struct sign_reader *r, size_t at, size_t count)
{
    size_t numbers = 0, decimals = 0;
    const struct token *half = reader_token(r, at + 2);
    if (count != 2 || half->kind != TOKEN_NUMBER || half->digits != 1 ||
        half->number != 5)
        return false;
    for (size_t i = 0; i < r->tokens->count; i++) {
        bool is_half = i > 1 && is_number(r, i) && reader_is_mark(r, i - 1, ',') &&
                       reader_token(r, i)->is_glued && reader_token(r, i - 1)->is_glued &&
                       is_number(r, i - 2);
        numbers += is_number(r, i);
        decimals += is_half;
    }
    bool is_named = reader_before_glue(r, &(size_t){0}) == SIGN_ITEM;
    return numbers - decimals == r->item_count ||
           (is_named && numbers - decimals > 1 && !reader_is_mark(r, at + 3, ','));
}

/* "(0-10)" behind a name, "24/7". */
static bool is_scale_itself(const struct sign_reader *r, size_t at, char mark,
                            size_t count)
{
    const struct token *first = reader_token(r, at), *second = reader_token(r, at + 2);
    bool is_scale = mark == '-' && first->number <= 1 && second->number == 10 && at > 0 &&
                    reader_is_mark(r, at - 1, '(');
    bool is_always = mark == '/' && first->number == 24 && second->number == 7;
    return count == 2 && second->kind == TOKEN_NUMBER && (is_scale || is_always);
}

bool reader_speaks_of_all(const struct sign_reader *r)
{
    for (size_t i = 0; i < r->tokens->count; i++) {
        if (reader_is_word(r, i, "all|everything|across|straight|lot|except|board|every"))
            return true;
    }
    return false;
}

/* What numbers joined by `mark` are; 0 when the number at `at` is not joined. */
static size_t read_joined(struct sign_reader *r, size_t at)
{
    static const char marks[] = "/-:.,";
    const char *mark = marks;
    size_t end = at, count = 1;
    for (; *mark; mark++) {
        count = joined_count(r, at, *mark, &end);
        if (count > 1)
            break;
    }
    if (count == 1)
        return 0;
    const struct token *second = reader_token(r, at + 2);
    if (is_scale_itself(r, at, *mark, count)) {
        reader_add(r, SIGN_GLUE, at);
        return end;
    }
    bool has_year = is_year(reader_token(r, at)) || is_year(reader_token(r, end - 1));
    if (*mark == ',' && is_decimal_comma(r, at, count)) {
        add_single(r, at, score_of(reader_token(r, at)) + 1);
        return end;
    }
    if (*mark == '/' && count == 2 && second->has_zero) { /* 13/03 */
        reader_add(r, SIGN_VOID, at);
        return end;
    }
    if (*mark == '/' && count == 2 && is_number(r, at + 2))
        return read_pair(r, at);
    if (*mark == ':' && count == 2 && second->digits == 2)
        reader_add(r, SIGN_VOID, at);
    else if (*mark != ':' && (count == r->item_count || count == r->open_count) &&
             (count > 2 || *mark == ','))
        add_list(r, at, end);
    else if (*mark == ',' && (count > 2 || count_numbers(r) == r->item_count))
        add_list(r, at, end);
    else
        reader_add(r, has_year && count == 3 ? SIGN_VOID : SIGN_BAD, at);
    return end;
}

/* "6 out of 10": tokens used, 0 when it is something else. */
static size_t read_out_of(struct sign_reader *r, size_t at, int value)
{
    size_t over = reader_is_word(r, at + 1, "out") && reader_is_word(r, at + 2, "of|off")
                      ? at + 3
                  : reader_is_word(r, at + 1, "of|outta|outa|from|on|over|in") ? at + 2
                                                                               : 0;
    const struct token *scale = reader_token(r, over);
    bool is_loose =
        reader_is_word(r, at + 1, "from|on|over|in"); /* may say other things */
    if (over == 0 || (is_loose && (scale->kind != TOKEN_NUMBER || scale->number != 10)))
        return 0;
    bool is_ten = (scale->kind == TOKEN_NUMBER && scale->number == 10) ||
                  (scale->kind == TOKEN_WORD && answer_number_word(scale->text) == 10);
    bool is_scale = scale->kind == TOKEN_NUMBER ||
                    (scale->kind == TOKEN_WORD && answer_number_word(scale->text) >= 0);
    if (!is_scale)
        return 0;
    if (is_ten)
        add_single(r, at, value);
    else
        reader_add(r, SIGN_BAD, at);
    return over + 1;
}

/* Something directly behind a number: "%", "mg", "ish", "and a half". Returns
 * the index behind, 0 when the number stands alone. */
static size_t read_suffix(struct sign_reader *r, size_t at, int value)
{
    const struct token *next = reader_token(r, at + 1);
    if (is_bound(r, at + 1) || reader_is_mark(r, at + 1, '%') ||
        (next->is_glued && reader_is_mark(r, at + 1, '+'))) {
        reader_add(r, SIGN_BAD, at);
        return at + 2;
    }
    if (reader_is_mark(r, at + 1, 'o')) { /* degrees */
        reader_add(r, SIGN_VOID, at);
        return at + 2;
    }
    if (reader_is_word(r, at + 1, "and") && reader_is_word(r, at + 2, "a") &&
        reader_is_word(r, at + 3, "half")) {
        add_single(r, at, value < 11 ? value + 1 : 11);
        return at + 4;
    }
    size_t suffix = reader_is_mark(r, at + 1, '-') && reader_is_word(r, at + 2, "ish")
                        ? at + 2
                        : at + 1;
    if (reader_is_word(r, at + 1, "or") && reader_is_word(r, at + 2, "so"))
        suffix = at + 2;
    if (reader_is_word(r, suffix, "ish|so") &&
        (suffix > at + 1 || reader_is_word(r, suffix, "ish"))) {
        add_single(r, at, value);
        return suffix + 1;
    }
    if (next->kind != TOKEN_WORD)
        return 0;
    if (next->is_glued && strcmp(next->text, "s") == 0) { /* "all 5s" */
        if (reader_speaks_of_all(r)) {
            reader_add(r, SIGN_ALL, at);
            add_score(r, at, value);
        } else
            reader_add(r, SIGN_BAD, at);
        return at + 2;
    }
    bool is_clock = strcmp(next->text, "am") == 0;
    bool is_letter = next->text[1] == '\0'; /* "7h", but "2 f" may be a trigger */
    if ((answer_word(next->text) == WORD_UNIT && (next->is_glued || !is_letter)) ||
        is_clock) {
        reader_add(r, SIGN_VOID, at);
        return at + 2;
    }
    if (next->is_glued && reader_token(r, at)->kind == TOKEN_NUMBER) {
        size_t owner = 0;
        if (phrases_match(r->items, r->tokens, at + 1, &owner) > 0)
            return 0; /* "6pain" */
        reader_add(r, strcmp(next->text, "x") == 0 ? SIGN_VOID : SIGN_BAD, at);
        return at + 2;
    }
    return 0;
}

/* "on a scale of 0 to 10": the index behind, 0 when it is none. */
static size_t read_scale(struct sign_reader *r, size_t at)
{
    size_t from = at > 3 ? at - 3 : 0;
    bool has_word = false;
    for (size_t i = from; i < at; i++)
        has_word |= reader_is_word(r, i, "scale|scales");
    bool is_to = reader_is_word(r, at + 1, "to") || reader_is_mark(r, at + 1, '-');
    if (!has_word || !is_to || reader_token(r, at)->number > 1 ||
        reader_token(r, at + 2)->number != 10)
        return 0;
    for (size_t i = 0; i < r->signs->count; i++) {
        if (r->signs->items[i].token >= from && r->signs->items[i].kind == SIGN_WORD)
            r->signs->items[i].kind = SIGN_GLUE;
    }
    reader_add(r, SIGN_GLUE, at)->token = at + 2; /* the ten */
    return at + 3;
}

/* What comes before a number and makes it something else than a score. */
static bool is_no_score(const struct sign_reader *r, size_t at)
{
    bool is_other_scale = at > 1 && reader_is_word(r, at - 1, "of") &&
                          reader_is_word(r, at - 2, "out") &&
                          reader_token(r, at)->number != 10;
    bool is_range = reader_is_mark(r, at + 1, '~') && reader_token(r, at + 1)->is_glued &&
                    is_number(r, at + 2);
    return is_other_scale || is_range;
}

size_t reader_take_number(struct sign_reader *r, size_t at)
{
    size_t scale_end = read_scale(r, at);
    if (scale_end != 0)
        return scale_end;
    if (is_no_score(r, at)) {
        reader_add(r, SIGN_BAD, at);
        return at + 1;
    }
    const struct token *token = reader_token(r, at);
    const struct token *before =
        at > 0 ? reader_token(r, at - 1) : reader_token(r, TOKENS_MAX);
    int value = score_of(token);
    if (token->is_glued && before->kind == TOKEN_MARK && strchr("<>.-+^", before->mark)) {
        reader_add(r, SIGN_BAD, at);
        return at + 1;
    }
    if (token->is_glued && before->kind == TOKEN_MARK && strchr("$#", before->mark)) {
        reader_add(r, SIGN_VOID, at);
        return at + 1;
    }
    bool is_name = token->is_glued && before->kind == TOKEN_WORD; /* "b12", "pain6" */
    if (is_name && !(r->signs->count > 0 &&
                     r->signs->items[r->signs->count - 1].kind == SIGN_ITEM)) {
        reader_add(r, SIGN_VOID, at);
        return at + 1;
    }
    size_t end = read_joined(r, at);
    if (end == 0)
        end = read_out_of(r, at, value);
    if (end == 0)
        end = read_suffix(r, at, value);
    if (end != 0)
        return end;
    if (reader_is_mark(r, at + 1, '>') || reader_is_mark(r, at + 1, '<'))
        reader_add(r, SIGN_BAD, at);
    else
        add_single(r, at, value);
    return at + 1;
}

/* "one" is a number less often than the others. */
static bool is_other_one(const struct sign_reader *r, size_t at)
{
    return strcmp(reader_token(r, at)->text, "one") == 0 &&
           ((at > 0 && reader_is_word(r, at - 1,
                                      "this|that|bad|rough|good|tough|no|the|a|another|"
                                      "hard|every|which|any|number|easy|last")) ||
            reader_is_word(r, at + 1, "of|day|thing|more|hell|big|long|bad|another|by"));
}

/* "all five are a 6" */
static bool is_all_of_them(const struct sign_reader *r, size_t at, int value)
{
    return at > 0 && reader_is_word(r, at - 1, "all") && (size_t)value == r->item_count &&
           reader_is_word(r, at + 1, "are|is|at|of|were|a");
}

/* "five-five-six-seven-four": as many as there are items. The index behind, or 0. */
static size_t read_word_list(struct sign_reader *r, size_t at)
{
    size_t count = 1, end = at + 1;
    while (reader_is_mark(r, end, '-') && reader_token(r, end)->is_glued &&
           reader_token(r, end + 1)->kind == TOKEN_WORD &&
           answer_number_word(reader_token(r, end + 1)->text) >= 0) {
        count++;
        end += 2;
    }
    if (count < 3 || count != r->item_count)
        return 0;
    for (size_t i = at; i < end; i += 2)
        add_score(r, i, answer_number_word(reader_token(r, i)->text));
    return end;
}

size_t reader_take_number_word(struct sign_reader *r, size_t at, int value)
{
    if (is_other_one(r, at)) {
        reader_add(r, SIGN_WORD, at);
        return at + 1;
    }
    if (is_all_of_them(r, at, value)) {
        reader_add(r, SIGN_GLUE, at);
        return at + 1;
    }
    if (reader_is_mark(r, at + 1, '/') && is_number(r, at + 2)) { /* "six/10" */
        if (reader_token(r, at + 2)->number == 10)
            add_single(r, at, value);
        else
            reader_add(r, SIGN_BAD, at);
        return at + 3;
    }
    size_t list_end = read_word_list(r, at);
    if (list_end != 0)
        return list_end;
    if (reader_is_word(r, at + 1, "point") && value < 10) { /* "three point five" */
        int tenths = answer_number_word(reader_token(r, at + 2)->text);
        if (tenths >= 0 && tenths < 10) {
            add_single(r, at, value + (tenths >= 5));
            return at + 3;
        }
    }
    bool is_range =
        reader_is_mark(r, at + 1, '-') && reader_token(r, at + 1)->is_glued &&
        (is_number(r, at + 2) || answer_number_word(reader_token(r, at + 2)->text) >= 0);
    if (is_range) {
        reader_add(r, SIGN_BAD, at);
        return at + 3;
    }
    size_t end = read_out_of(r, at, value);
    if (end == 0)
        end = read_suffix(r, at, value);
    if (end == 0) {
        add_single(r, at, value);
        end = at + 1;
    }
    return end;
}
