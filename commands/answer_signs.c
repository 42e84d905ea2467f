/* answer_signs.c - see answer_signs.h.
 *
 * One pass over the tokens (numbers: answer_numbers.c). Then the numbers of
 * clauses that speak of somebody else or of another time are taken out.
 */
#include "commands/answer_reader.h"

#include <string.h>

const struct token *reader_token(const struct sign_reader *r, size_t at)
{
    static const struct token none = {.kind = TOKEN_MARK, .mark = '\0'};
    return at < r->tokens->count ? &r->tokens->items[at] : &none;
}

bool reader_is_mark(const struct sign_reader *r, size_t at, char mark)
{
    const struct token *token = reader_token(r, at);
    return token->kind == TOKEN_MARK && token->mark == mark;
}

bool reader_is_word(const struct sign_reader *r, size_t at, const char *list)
{
    const struct token *token = reader_token(r, at);
    return token->kind == TOKEN_WORD && answer_in_list(token->text, list);
}

struct sign *reader_add(struct sign_reader *r, enum sign_kind kind, size_t token)
{
    struct signs *signs = r->signs;
    struct sign *sign = &signs->items[signs->count++];
    *sign = (struct sign){.kind = kind, .token = token};
    return sign;
}

enum sign_kind reader_before_glue(const struct sign_reader *r, size_t *ret_token)
{
    for (size_t i = r->signs->count; i-- > 0;) {
        if (r->signs->items[i].kind != SIGN_GLUE) {
            *ret_token = r->signs->items[i].token;
            return r->signs->items[i].kind;
        }
    }
    *ret_token = TOKENS_MAX;
    return SIGN_BREAK;
}

/* "no sleep" is no number: for these, nothing at all is the bad end. */
static bool is_good_thing(const struct sign_reader *r, size_t at, size_t used)
{
    for (size_t i = at; i < at + used; i++) {
        if (reader_is_word(r, i, "sleep|rest|energy|appetite|mood|slept|sleeping"))
            return true;
    }
    return false;
}

/* Behind "no pain": nothing that makes it "no pain relief". */
static bool ends_phrase(const struct sign_reader *r, size_t at)
{
    if (reader_is_word(r, at, "no") && reader_is_word(r, at + 1, "gain"))
        return false;
    return !reader_is_word(r, at,
                           "relief|killer|killers|meds|med|medication|gain|control|"
                           "management|clinic|tablets|pills|patch|gel|specialist");
}

static size_t read_item(struct sign_reader *r, size_t at, size_t used, size_t owner,
                        bool is_none)
{
    reader_add(r, SIGN_ITEM, at)->item = owner;
    if (is_none)
        reader_add(r, SIGN_SCORE, at)->value = 0;
    return at + used;
}

/* "no", and "no pain" as a whole. */
static size_t read_no(struct sign_reader *r, size_t at)
{
    size_t owner = 0;
    size_t used = phrases_match(r->items, r->tokens, at + 1, &owner);
    if (used > 0 && !is_good_thing(r, at + 1, used) && ends_phrase(r, at + 1 + used))
        return read_item(r, at + 1, used, owner, true);
    reader_add(r, SIGN_WORD, at);
    r->signs->has_item_word |= used > 0;
    return at + 1 + used; /* "no sleep": neither a number nor an item to fill */
}

/* "nothing for pain" */
static size_t read_none_first(struct sign_reader *r, size_t at)
{
    size_t owner = 0;
    if (!reader_is_word(r, at + 1, "for|on|in|of"))
        return 0;
    size_t used = phrases_match(r->items, r->tokens, at + 2, &owner);
    if (used == 0 || is_good_thing(r, at + 2, used))
        return 0;
    return read_item(r, at + 2, used, owner, true);
}

/* "pain: none", "pain-free". */
static void read_none(struct sign_reader *r, size_t at)
{
    size_t token = 0;
    enum sign_kind before = reader_before_glue(r, &token);
    bool is_zero = (before == SIGN_ITEM || before == SIGN_DASH) && r->signs->count > 0;
    for (size_t i = r->signs->count; i-- > 0 && is_zero;) {
        if (r->signs->items[i].kind == SIGN_ITEM) {
            is_zero = !is_good_thing(r, r->signs->items[i].token, 1);
            break;
        }
    }
    if (before == SIGN_DASH && is_zero)
        r->signs->items[r->signs->count - 1].kind = SIGN_GLUE;
    if (is_zero)
        reader_add(r, SIGN_SCORE, at)->value = 0;
    else
        reader_add(r, SIGN_WORD, at);
}

/* "than yesterday" compares; else the clause tells of then, unless the whole
 * answer is about yesterday (find_yesterday). */
static size_t read_past(struct sign_reader *r, size_t at)
{
    if (reader_is_word(r, at, "last") &&
        reader_is_word(r, at + 1, "night|night's|nights")) {
        reader_add(r, SIGN_GLUE, at);
        return at + 2;
    }
    bool is_former = at > 1 && reader_is_word(r, at - 2, "from") &&
                     reader_token(r, at - 1)->kind == TOKEN_NUMBER; /* "up from 5 ..." */
    bool is_compared =
        is_former || (at > 0 && reader_is_word(r, at - 1, "than|as|like|vs|versus"));
    r->has_past[r->signs->count] = !is_compared;
    r->is_compared[r->signs->count] = is_compared;
    reader_add(r, SIGN_CHAT, at);
    return at + 1;
}

static bool follows_item(const struct sign_reader *r)
{
    size_t count = r->signs->count;
    return count > 0 && r->signs->items[count - 1].kind == SIGN_ITEM;
}

/* "the pain he is 6": not somebody else's. */
static bool is_item_subject(const struct sign_reader *r, size_t at)
{
    return follows_item(r) && reader_is_word(r, at, "he|she|they|it");
}

/* "not too bad", "not great": how many words, 0 when it is another "not". */
static size_t count_litotes(const struct sign_reader *r, size_t at)
{
    size_t next = at + 1;
    if (!reader_is_word(r, at, "not"))
        return 0;
    while (reader_is_word(r, next, "too|so|that|very|all|really|exactly"))
        next++;
    return reader_is_word(r, next, "bad|great|good|terrible|awful|brilliant|fab")
               ? next + 1 - at
               : 0;
}

/* Whose numbers? Said behind one's own, or of "all of them", it does not matter. */
static bool means_somebody(const struct sign_reader *r, size_t at)
{
    if (is_item_subject(r, at) ||
        (reader_is_word(r, at, "them") && at > 1 && reader_is_word(r, at - 1, "of")))
        return false;
    if (at > 0 && reader_is_word(r, at - 1, "for|my|his|her|their"))
        return true;
    for (size_t i = r->signs->count; i-- > 0 && r->signs->items[i].kind != SIGN_BREAK;) {
        if (r->signs->items[i].kind == SIGN_SCORE)
            return false;
    }
    return true;
}

static size_t read_small_word(struct sign_reader *r, size_t at)
{
    size_t next = count_litotes(r, at);
    if (next > 0) {
        reader_add(r, SIGN_GLUE, at);
        return at + next;
    }
    switch (answer_word(reader_token(r, at)->text)) {
    case WORD_GLUE:
        reader_add(r, SIGN_GLUE, at);
        break;
    case WORD_CHAT:
        reader_add(r, SIGN_CHAT, at);
        break;
    case WORD_AND:
        reader_add(r, SIGN_AND, at);
        break;
    case WORD_ALL: /* but "all day" */
        reader_add(
            r,
            reader_is_word(r, at + 1, "day|night|morning|week|over|afternoon|evening")
                ? SIGN_GLUE
                : SIGN_ALL,
            at);
        break;
    case WORD_NONE:
        next = read_none_first(r, at);
        if (next > 0)
            return next;
        read_none(r, at);
        break;
    case WORD_NO:
        return read_no(r, at);
    case WORD_SKIP:
        reader_add(r, SIGN_SCORE, at)->value = SCORE_SKIP;
        break;
    case WORD_PAST:
        return read_past(r, at);
    case WORD_PERSON:
        r->has_person[r->signs->count] = means_somebody(r, at);
        reader_add(r, means_somebody(r, at) ? SIGN_WORD : SIGN_GLUE, at);
        break;
    case WORD_LIMITS:
        r->signs->has_limits = true;
        reader_add(r, SIGN_WORD, at);
        break;
    case WORD_UNKNOWN:
    case WORD_UNIT:
    case WORD_TAKES:
        reader_add(r, SIGN_WORD, at);
        break;
    }
    return at + 1;
}

/* "payn 6", "sleap: 4" */
static bool has_number_behind(const struct sign_reader *r, size_t at)
{
    const struct token *next = reader_token(r, at + 1);
    if (next->kind == TOKEN_MARK && strchr(":=-", next->mark) != NULL &&
        next->mark != '\0')
        next = reader_token(r, at + 2);
    return next->kind == TOKEN_NUMBER ||
           (next->kind == TOKEN_WORD && answer_number_word(next->text) >= 0);
}

static size_t read_word(struct sign_reader *r, size_t at)
{
    const struct token *token = reader_token(r, at);
    size_t owner = 0;
    if (strcmp(token->text, "x") == 0) {
        reader_add(r, SIGN_X, at);
        return at + 1;
    }
    if (strcmp(token->text, "n") == 0 && reader_is_mark(r, at + 1, '/') &&
        reader_is_word(r, at + 2, "a")) {
        reader_add(r, SIGN_SCORE, at)->value = SCORE_SKIP;
        return at + 3;
    }
    if (strcmp(token->text, "not") == 0 && reader_is_word(r, at + 1, "applicable")) {
        reader_add(r, SIGN_SCORE, at)->value = SCORE_SKIP;
        return at + 2;
    }
    bool is_saying =
        reader_is_word(r, at, "call") && reader_is_word(r, at + 1, "it|a|an|that");
    if (is_saying || (reader_is_word(r, at, "both") && follows_item(r))) {
        reader_add(r, SIGN_GLUE, at);
        return at + 1;
    }
    if (reader_is_word(r, at,
                       "comma|vs|versus|compared|semicolon")) { /* dictated, or a bar */
        reader_add(r, SIGN_BREAK, at);
        return at + 1;
    }
    int value = answer_number_word(token->text);
    if (value >= 0)
        return reader_take_number_word(r, at, value);
    value = answer_plural_number(token->text);
    if (value >= 0 && reader_speaks_of_all(r)) {
        reader_add(r, SIGN_ALL, at);
        reader_add(r, SIGN_SCORE, at)->value = value;
        return at + 1;
    }
    bool is_hour = at > 0 && reader_is_word(r, at - 1, "at") &&
                   reader_is_word(r, at, "night"); /* no word for sleep then */
    size_t used = is_hour ? 0 : phrases_match(r->items, r->tokens, at, &owner);
    if (used == 1 && answer_word(token->text) == WORD_TAKES)
        used = 0; /* "slept 4", but "slept badly 8" */
    if (used == 0 && has_number_behind(r, at) &&
        answer_word(token->text) == WORD_UNKNOWN &&
        phrases_match_by_ear(r->items, token->text, &owner))
        used = 1;
    if (used > 0)
        return read_item(r, at, used, owner, false);
    return read_small_word(r, at);
}

static size_t read_mark(struct sign_reader *r, size_t at)
{
    const struct token *token = reader_token(r, at);
    bool joins_words = at > 0 && token->is_glued && reader_token(r, at + 1)->is_glued &&
                       reader_token(r, at - 1)->kind == TOKEN_WORD &&
                       reader_token(r, at + 1)->kind == TOKEN_WORD;
    bool is_alone = !token->is_glued && !reader_token(r, at + 1)->is_glued;
    bool is_between = at > 0 && reader_token(r, at - 1)->kind == TOKEN_NUMBER &&
                      reader_token(r, at + 1)->kind == TOKEN_NUMBER;
    if (is_alone && is_between && strchr("_.", token->mark) != NULL) {
        reader_add(r, SIGN_DASH, at);
        return at + 1;
    }
    if ((is_alone && is_between && token->mark == '?') || token->mark == '>' ||
        token->mark == '<' || (is_between && strchr("~=", token->mark) != NULL)) {
        reader_add(r, SIGN_BAD, at);
        return at + 1;
    }
    if (token->mark == '-' && !joins_words)
        reader_add(r, SIGN_DASH, at);
    else if (token->mark == '&')
        reader_add(r, SIGN_AND, at);
    else if (strchr(",;.!|?()[]", token->mark))
        reader_add(r, SIGN_BREAK, at);
    return at + 1;
}

struct clause {
    size_t start, end, scores;
    bool has_past, has_person, is_compared;
};

static struct clause clause_at(const struct sign_reader *r, size_t start)
{
    const struct signs *signs = r->signs;
    struct clause clause = {.start = start};
    size_t i = start;
    for (; i < signs->count && (i == start || signs->items[i].kind != SIGN_BREAK); i++) {
        enum sign_kind kind = signs->items[i].kind;
        clause.scores += kind == SIGN_SCORE || kind == SIGN_BAD;
        clause.has_past |= r->has_past[i];
        clause.has_person |= r->has_person[i];
        clause.is_compared |= r->is_compared[i];
    }
    clause.end = i;
    return clause;
}

/* "7 (was 9)" */
static bool is_former_aside(const struct sign_reader *r, const struct clause *clause)
{
    size_t first = clause->start + 1;
    return first < clause->end &&
           reader_is_mark(r, r->signs->items[clause->start].token, '(') &&
           reader_is_word(r, r->signs->items[first].token, "was|were|from|before|prev");
}

static bool is_number_sign(enum sign_kind kind)
{
    return kind == SIGN_SCORE || kind == SIGN_BAD;
}

/* Do the numbers of this clause belong to today? */
static bool speaks_of_now(const struct sign_reader *r, const struct clause *clause)
{
    bool has_now = false;
    for (size_t i = clause->start; i < clause->end; i++)
        has_now |=
            reader_is_word(r, r->signs->items[i].token, "today|today's|now|tonight");
    return has_now && clause->scores > 0;
}

/* "for yesterday", "these are for yesterday", "6 4 3 7 2 for yesterday"; but not
 * "paying for yesterday". */
static bool is_meant_for(const struct sign_reader *r, size_t at)
{
    const struct token *before = reader_token(r, at > 1 ? at - 2 : TOKENS_MAX);
    if (at == 0 || !reader_is_word(r, at - 1, "for"))
        return false;
    return at == 1 || before->kind != TOKEN_WORD ||
           answer_in_list(before->text, "is|are|was|were|values|numbers|answers|scores|"
                                        "meant|these|this|it|figures|mine");
}

/* "forgot to answer yesterday, it was ..." */
static bool owes_an_answer(const struct sign_reader *r, const struct clause *clause)
{
    for (size_t i = clause->start; i < clause->end; i++) {
        if (reader_is_word(r, r->signs->items[i].token, "forgot|forgotten|missed|late"))
            return clause->end + 1 < r->signs->count &&
                   reader_is_word(r, r->signs->items[clause->end + 1].token + 1,
                                  "was|were");
    }
    return false;
}

/* "yesterday 5 7", "for yesterday: pain 5", "Yesterday (13/03): 5 5 4": the answer is
 * about yesterday when the word comes before all numbers, with numbers in its clause or
 * with nothing to say but that, and no numbers are said to be of today. */
static void find_yesterday(struct sign_reader *r)
{
    struct signs *signs = r->signs;
    bool has_number_before = false, is_about = false, says_for = false;
    for (size_t start = 0; start < signs->count;) {
        struct clause clause = clause_at(r, start);
        size_t unknown = 0;
        if (speaks_of_now(r, &clause))
            return;
        for (size_t i = clause.start; i < clause.end; i++) {
            const struct sign *sign = &signs->items[i];
            bool names_it = r->has_past[i] &&
                            reader_token(r, sign->token)->kind == TOKEN_WORD &&
                            answer_is_yesterday(reader_token(r, sign->token)->text);
            unknown += sign->kind == SIGN_WORD;
            bool is_for = is_meant_for(r, sign->token);
            says_for |= names_it && is_for;
            if (names_it && (!has_number_before || is_for) && !is_about) {
                is_about = true;
                signs->past_start = clause.start;
                signs->past_end = clause.end;
            }
            has_number_before |= is_number_sign(sign->kind);
        }
        if (is_about && clause.start == signs->past_start && clause.scores == 0 &&
            unknown > 0 && !says_for && !owes_an_answer(r, &clause))
            return; /* it tells something of yesterday */
        start = clause.end;
    }
    signs->is_past_first = is_about;
}

/* What a clause says about another time or somebody else is no answer. */
static void judge_clause(struct sign_reader *r, const struct clause *clause)
{
    struct signs *signs = r->signs;
    bool is_about = signs->is_past_first && clause->start == signs->past_start;
    bool is_then = (clause->has_past && !is_about) || is_former_aside(r, clause);
    bool is_theirs = clause->has_person && clause->scores > 0;
    bool is_remark = clause->is_compared && clause->scores == 0;
    signs->has_comparison |= is_theirs || (clause->is_compared && clause->scores > 0);
    signs->has_comparison_of_now |= clause->is_compared && clause->scores > 0;
    signs->has_void_clause |= (is_then && clause->scores > 0) || is_theirs;
    for (size_t i = clause->start; i < clause->end; i++) {
        struct sign *sign = &signs->items[i];
        if (sign->kind == SIGN_BREAK)
            continue;
        signs->has_item_word |= is_then && sign->kind == SIGN_ITEM;
        if (is_then || is_remark || (is_theirs && sign->kind == SIGN_ITEM))
            sign->kind = SIGN_CHAT;
        else if (is_theirs && (sign->kind == SIGN_SCORE || sign->kind == SIGN_BAD))
            sign->kind = SIGN_VOID;
    }
}

void signs_read(const struct tokens *tokens, const struct phrases *items,
                size_t item_count, size_t open_count, struct signs *ret_signs)
{
    struct sign_reader r = {.tokens = tokens,
                            .items = items,
                            .item_count = item_count,
                            .open_count = open_count,
                            .signs = ret_signs};
    memset(ret_signs, 0, sizeof *ret_signs);
    for (size_t at = 0; at < tokens->count;) {
        switch (tokens->items[at].kind) {
        case TOKEN_NUMBER:
            at = reader_take_number(&r, at);
            break;
        case TOKEN_WORD:
            at = read_word(&r, at);
            break;
        case TOKEN_MARK:
            at = read_mark(&r, at);
            break;
        }
    }
    signs_join_breaks(ret_signs, tokens);
    find_yesterday(&r);
    for (size_t start = 0; start < ret_signs->count;) {
        struct clause clause = clause_at(&r, start);
        judge_clause(&r, &clause);
        start = clause.end;
    }
    signs_drop_asides(ret_signs, tokens, item_count);
}
