/* answer_read.c - see answer_read.h.
 *
 * Whole-message words first ("stop", "go"). Then the signs (answer_signs.h) are
 * tried as triggers behind the scores, "all 5", named values clause by clause,
 * and a plain list, in that order; the first form that explains every score
 * wins, and if none does, the message is unclear.
 */
#include "commands/answer_forms.h"

#include "bot/base/buf.h"

#include <stdlib.h>
#include <string.h>

static bool is_question(const struct tokens *tokens)
{
    if (tokens->count > 3 && tokens->items[0].kind == TOKEN_WORD &&
        answer_is_asking(tokens->items[0].text))
        return true;
    size_t words = 0;
    bool has_mark = false;
    for (size_t i = 0; i < tokens->count; i++) {
        words += tokens->items[i].kind == TOKEN_WORD;
        has_mark |= tokens->items[i].kind == TOKEN_MARK && tokens->items[i].mark == '?';
    }
    return has_mark && words > 2;
}

/* A message that no form explains: meant as an answer, or something else? */
static enum reading_kind judge(const struct form *f)
{
    const struct signs *signs = f->signs;
    bool has_vague = false;
    size_t words = 0, unknown = 0;
    for (size_t i = 0; i < f->tokens->count; i++) {
        const struct token *token = &f->tokens->items[i];
        if (token->kind != TOKEN_WORD)
            continue;
        words++;
        has_vague |=
            answer_is_vague(token->text) || answer_plural_number(token->text) >= 0;
    }
    for (size_t i = 0; i < signs->count; i++)
        unknown += signs->items[i].kind == SIGN_WORD;
    if (is_question(f->tokens))
        return READ_NONE;
    if (signs_have(signs, SIGN_SCORE) || signs_have(signs, SIGN_BAD) ||
        signs_have(signs, SIGN_VOID) || signs->has_void_clause)
        return f->tokens->is_cut ? READ_NONE : READ_UNCLEAR;
    if (((has_vague || signs->has_item_word) && words <= 6) ||
        (signs_have(signs, SIGN_ITEM) && unknown == 0))
        return READ_UNCLEAR;
    return READ_NONE;
}

static bool is_first_in_clause_one(const struct signs *signs)
{
    return signs_clause_has(signs, 0, signs_clause_end(signs, 0), SIGN_SCORE);
}

/* Nothing but dashes and x: "- - - - -". */
static bool is_left_out(const struct signs *signs)
{
    for (size_t i = 0; i < signs->count; i++) {
        if (signs->items[i].kind != SIGN_DASH && signs->items[i].kind != SIGN_X)
            return false;
    }
    return signs->count > 0;
}

static void read_signs(struct form *f)
{
    struct reading *reading = f->reading;
    bool is_readable = !signs_have(f->signs, SIGN_BAD) && !f->tokens->is_cut;
    if (is_readable)
        form_take_triggers(f);
    bool is_read = is_readable && signs_have(f->signs, SIGN_SCORE) && form_read_list(f);
    if (!is_read && is_readable) {
        form_reset_values(f);
        is_read = form_read_all(f) || form_read_named(f);
    }
    bool asks_how = f->tokens->count > 0 && strcmp(f->tokens->items[0].text, "how") == 0;
    if (is_read && is_question(f->tokens) && (!reading->is_whole || asks_how))
        is_read = false;
    if (is_read && f->signs->is_past_first && !is_first_in_clause_one(f->signs))
        is_read = false;
    reading->is_yesterday = is_read && f->signs->is_past_first;
    reading->kind = is_read ? READ_VALUES : is_left_out(f->signs) ? READ_SKIP : judge(f);
    if (!is_read) {
        form_reset_values(f);
        reading->triggers = 0;
        reading->is_whole = false;
    }
}

/* The words of a message with single spaces, marks left out ("n/a" apart). */
static char *plain_words(const struct tokens *tokens)
{
    struct buf out;
    buf_init(&out, (size_t)TOKENS_MAX * TOKEN_TEXT_MAX);
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        bool counts = token->kind == TOKEN_WORD ||
                      (token->kind == TOKEN_MARK && strchr("/-", token->mark));
        if (counts && out.len > 0 && !token->is_glued)
            buf_add_char(&out, ' ');
        if (token->kind == TOKEN_NUMBER)
            buf_add_char(&out, '0');
        else if (token->kind == TOKEN_WORD)
            buf_add_text(&out, token->text);
        else if (counts)
            buf_add_char(&out, token->mark);
    }
    return buf_take(&out);
}

static enum reading_kind read_phrase(const struct tokens *tokens)
{
    static const struct {
        enum reading_kind kind;
        const char *phrases;
    } table[] = {
        {READ_STOP, "stop|stop please|please stop|stop it|stop asking|stop this|stop now|"
                    "unsubscribe|stop asking me|please stop asking|stop all this"},
        {READ_GO,
         "go|go on|go ahead|ok go|okay go|let's go|lets go|start|begin|one by one|"
         "one at a time|ask me|yes go"},
        {READ_SKIP,
         "skip|skip today|skip this|skip it|skip please|pass|not today|skip all|"
         "no answer|-|x|n/a|na|skip this one|i'll skip|i'll skip today|pass today|"
         "please skip|skip tonight|not tonight|not now"},
        {READ_SAME,
         "same|same again|same as yesterday|same as before|same as usual|"
         "same as last time|same old|the same|the same again|unchanged|no change|"
         "ditto|same today|about the same|the same as yesterday|still the same|"
         "just the same|same same|all the same|same please|same as ever"},
    };
    char *words = plain_words(tokens);
    enum reading_kind kind = READ_NONE;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (*words && answer_in_list(words, table[i].phrases))
            kind = table[i].kind;
    }
    if (kind == READ_NONE && tokens->count > 0 && tokens->count <= 6 &&
        answer_in_list(tokens->items[0].text, "pause"))
        kind = READ_PAUSE;
    free(words);
    return kind;
}

static void add_phrases(const struct settings *settings, const size_t *places,
                        size_t count, struct phrases *phrases)
{
    phrases_init(phrases);
    for (size_t i = 0; i < count; i++)
        phrases_add_item(phrases, &settings->items[places[i]], i);
}

void answer_read(const struct settings *settings, const struct checkin_settings *checkin,
                 unsigned open_items, const char *text, struct reading *ret_reading)
{
    struct tokens tokens;
    struct signs signs;
    struct phrases items, triggers;
    memset(ret_reading, 0, sizeof *ret_reading);
    memset(ret_reading->values, VALUE_NONE, sizeof ret_reading->values);
    tokens_read(text, &tokens);
    ret_reading->kind = read_phrase(&tokens);
    if (ret_reading->kind != READ_NONE)
        return;
    add_phrases(settings, checkin->items, checkin->item_count, &items);
    add_phrases(settings, checkin->triggers, checkin->trigger_count, &triggers);
    struct form form = {.tokens = &tokens,
                        .triggers = &triggers,
                        .settings = settings,
                        .checkin = checkin,
                        .signs = &signs,
                        .open_items = open_items,
                        .reading = ret_reading};
    size_t open_count = 0;
    for (unsigned open = form_open_mask(&form); open != 0; open >>= 1)
        open_count += open & 1;
    signs_read(&tokens, &items, checkin->item_count, open_count, &signs);
    read_signs(&form);
    phrases_clear(&items);
    phrases_clear(&triggers);
}
