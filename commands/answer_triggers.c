/* answer_triggers.c - letters and names of triggers behind the scores (answer_forms.h).
 * A trigger needs a score: a word in mere talk is none.
 */
#include "commands/answer_forms.h"

#include <string.h>

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
