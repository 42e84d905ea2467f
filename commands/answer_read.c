/* answer_read.c - see answer_read.h.
 *
 * Whole-message words first ("stop", "go"; answer_phrases.h). Then the signs
 * (answer_signs.h), from which numbers of other times, people and things were taken
 * out, are tried as triggers behind the scores, a plain list, "all 5", named values
 * clause by clause, and one score in a sentence, in that order; the first form that
 * explains every score wins. If none does, a clause may say "skip" or the like; else
 * the message is unclear.
 */
#include "commands/answer_forms.h"

#include "commands/answer_phrases.h"

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

/* Nothing but dashes and x: "- - - - -"; or "I'd like to skip", which names no item. */
static bool is_left_out(const struct signs *signs, const struct reading *reading)
{
    bool has_skip = false, has_value = false;
    for (size_t i = 0; i < ITEMS_MAX; i++) {
        has_skip |= reading->values[i] == SCORE_SKIP;
        has_value |= reading->values[i] >= 0;
    }
    if (has_skip && !has_value && !signs_have(signs, SIGN_ITEM))
        return true;
    for (size_t i = 0; i < signs->count; i++) {
        if (signs->items[i].kind != SIGN_DASH && signs->items[i].kind != SIGN_X)
            return false;
    }
    return signs->count > 0;
}

/* "pain 6, is that bad?? fatigue 7": a question in the middle of named scores. */
static bool answers_beside(const struct form *f)
{
    const struct tokens *tokens = f->tokens;
    return signs_have(f->signs, SIGN_ITEM) && !answer_is_asking(tokens->items[0].text) &&
           tokens->items[tokens->count - 1].kind != TOKEN_MARK;
}

/* "pain 6, no wait, 7": which one holds is for the person to say. */
static bool is_taken_back(const struct form *f)
{
    const struct signs *signs = f->signs;
    bool has_score = false, has_correction = false;
    for (size_t i = 0; i < signs->count; i++) {
        const struct token *token = &f->tokens->items[signs->items[i].token];
        bool is_score = signs->items[i].kind == SIGN_SCORE;
        if (is_score && has_correction)
            return true;
        has_score |= is_score;
        has_correction |=
            has_score && token->kind == TOKEN_WORD &&
            answer_in_list(token->text, "wait|scratch|correction|mean|meant|oops|could");
    }
    return false;
}

static void read_signs(struct form *f)
{
    struct reading *reading = f->reading;
    bool is_readable =
        !signs_have(f->signs, SIGN_BAD) && !f->tokens->is_cut && !is_taken_back(f);
    if (is_readable)
        form_take_triggers(f);
    bool is_read = is_readable && signs_have(f->signs, SIGN_SCORE) && form_read_list(f);
    if (!is_read && is_readable) {
        form_reset_values(f);
        is_read = form_read_all(f) || form_read_rest(f) || form_read_named(f) ||
                  form_read_single(f);
    }
    bool asks_how = f->tokens->count > 0 && strcmp(f->tokens->items[0].text, "how") == 0;
    if (is_read && is_question(f->tokens) && (!reading->is_whole || asks_how) &&
        !answers_beside(f))
        is_read = false;
    bool leaves_out = is_left_out(f->signs, reading);
    is_read = is_read && !leaves_out;
    reading->is_yesterday = is_read && f->signs->is_past_first;
    reading->kind = is_read      ? READ_VALUES
                    : leaves_out ? READ_SKIP
                                 : answer_clauses_read(f->tokens);
    if (reading->kind == READ_NONE)
        reading->kind = judge(f);
    if (!is_read) {
        form_reset_values(f);
        reading->triggers = 0;
        reading->is_whole = false;
    }
}

static void add_phrases(const struct settings *settings, const size_t *places,
                        size_t count, struct phrases *phrases)
{
    phrases_init(phrases, &settings->known_words);
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
    ret_reading->kind = answer_whole_read(&tokens);
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
