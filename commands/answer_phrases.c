/* answer_phrases.c - see answer_phrases.h. */
#include "commands/answer_phrases.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"

#include <stdlib.h>
#include <string.h>

/* Words that a phrase keeps its meaning without. */
static bool is_filler(const char *word)
{
    return answer_in_list(
        word, "please|pls|plz|pleas|thanks|thank|thx|ty|cheers|you|dear|love|lovey|hun|"
              "mate|today|tonight|today's|just|only|hi|hello|hey|ok|okay|yes|yeah|yep|no|"
              "nah|nope|roger|oh|so|ugh|sorry|idc|again|this|time|the|a|an|it|can|could|"
              "would|will|we|i|i'd|i'll|i'm|like|to|want|me|my|them|check|checkin|in|for|"
              "let|let's|lets|do|hearth|bot|think|guess|maybe|all|of|one's|now|"
              "still|pretty|much|really|and|too|them|ask|questions|with");
}

/* The clauses of a message, a line each, with single spaces; marks left out ("n/a"
 * apart) and, if `drops_fillers`, filler words. */
static char *plain_words(const struct tokens *tokens, bool drops_fillers)
{
    struct buf out;
    bool is_start = true;
    buf_init(&out, (size_t)TOKENS_MAX * TOKEN_TEXT_MAX);
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        bool is_mark = token->kind == TOKEN_MARK;
        bool counts = !is_mark || strchr("/-", token->mark);
        if (drops_fillers && is_mark && strchr(",.;!?()", token->mark) && !is_start) {
            buf_add_char(&out, '\n');
            is_start = true;
        }
        if (!counts || (drops_fillers && !is_mark && is_filler(token->text)))
            continue;
        if (!is_start && !token->is_glued)
            buf_add_char(&out, ' ');
        is_start = false;
        if (token->kind == TOKEN_NUMBER)
            buf_add_char(&out, '0');
        else if (token->kind == TOKEN_WORD)
            buf_add_text(&out, token->text);
        else
            buf_add_char(&out, token->mark);
    }
    return buf_take(&out);
}

struct phrase_list {
    enum reading_kind kind;
    const char *phrases;
};

static enum reading_kind find_phrase(const char *words, const struct phrase_list *lists,
                                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (*words && answer_in_list(words, lists[i].phrases))
            return lists[i].kind;
    }
    return READ_NONE;
}

/* As they stand. */
static const struct phrase_list whole_phrases[] = {
    {READ_STOP, "stop|stop please|please stop|stop it|stop asking|stop this|stop now|"
                "unsubscribe|stop asking me|please stop asking|stop all this"},
    {READ_GO, "go|go on|go ahead|ok go|okay go|let's go|lets go|start|begin|one by one|"
              "one at a time|ask me|yes go"},
    {READ_SKIP, "skip|skip today|skip this|skip it|skip please|pass|not today|skip all|"
                "no answer|-|x|n/a|na|skip this one|i'll skip|i'll skip today|pass today|"
                "please skip|skip tonight|not tonight|not now"},
    {READ_SAME, "same|same again|same as yesterday|same as before|same as usual|"
                "same as last time|same old|the same|the same again|unchanged|no change|"
                "ditto|same today|about the same|the same as yesterday|still the same|"
                "just the same|same same|all the same|same please|same as ever"},
};

/* What a clause without its filler words may be. */
static const struct phrase_list clause_phrases[] = {
    {READ_STOP, "stop|stop asking|unsubscribe|stop messaging|stop sending"},
    {READ_GO, "go ahead|go on|go then|go on then|one by one|one at|one question at|one "
              "question after other|step by step|"
              "one after other|one question|begin|start|one at once|single|one another|"
              "go|one thing one by one"},
    {READ_SKIP,
     "skip|skipp|skipping|pass|not|skip one|rather skip|rather not|not feeling|"
     "no numbers|skip skip|skip skip skip|have skip|give miss|giving miss|"
     "be silent|busy skip|tired skip|too tired|having skip|nothing report|miss "
     "one|leave"},
    {READ_SAME,
     "same|same yesterday|as yesterday|same as yesterday|same as yday|same old|"
     "no change|change from yesterday|same as before|same as last|unchanged|"
     "same yday|same numbers|same as yesterday's|no different|ditto|as before|"
     "as last|same as last night|nothing changed|nothing new|same numbers as "
     "yesterday|identical yesterday|same old same old|as usual|same as usual|"
     "about same|no change from yesterday|same scores|same answers|same as other"},
    {READ_PAUSE, "pause|take break|taking break"},
};

static bool has_word(const struct tokens *tokens, const char *list)
{
    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->items[i].kind == TOKEN_WORD &&
            answer_in_list(tokens->items[i].text, list))
            return true;
    }
    return false;
}

/* Digits, or number words other than "one". */
static bool has_number(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        if (token->kind == TOKEN_NUMBER ||
            (token->kind == TOKEN_WORD && strcmp(token->text, "one") != 0 &&
             answer_number_word(token->text) >= 0))
            return true;
    }
    return false;
}

/* "I would like to skip today's check-in": one clear word in a short message. */
static enum reading_kind read_key_word(const struct tokens *tokens)
{
    bool is_negated = has_word(tokens, "not|don't|dont|never|can't|cant|won't|didn't");
    if (is_negated || has_word(tokens, "why|what|how|when|which|if"))
        return READ_NONE;
    if (has_word(tokens, "skip|skipp") && tokens->count <= 14)
        return READ_SKIP;
    if (has_word(tokens, "pause") && tokens->count <= 8)
        return READ_PAUSE;
    if (tokens->count > 1 && tokens->count <= 8 &&
        answer_in_list(tokens->items[0].text, "stop") &&
        answer_in_list(tokens->items[1].text,
                       "sending|asking|messaging|texting|bothering|"
                       "pinging|writing|contacting"))
        return READ_STOP;
    return READ_NONE;
}

enum reading_kind answer_clauses_read(const struct tokens *tokens)
{
    struct strv clauses;
    enum reading_kind found = READ_NONE;
    size_t others = 0;
    bool has_numbers = has_number(tokens), differs = false;
    char *words = plain_words(tokens, true);
    text_split(words, '\n', &clauses);
    for (size_t i = 0; i < clauses.count; i++) {
        enum reading_kind kind =
            find_phrase(clauses.items[i], clause_phrases,
                        sizeof clause_phrases / sizeof clause_phrases[0]);
        differs |= kind != READ_NONE && found != READ_NONE && kind != found;
        others += kind == READ_NONE && clauses.items[i][0] != '\0';
        found = kind != READ_NONE ? kind : found;
    }
    strv_clear(&clauses);
    free(words);
    if (differs || (found == READ_STOP && others > 0) ||
        (has_numbers && found != READ_PAUSE))
        return READ_NONE;
    return found != READ_NONE || has_numbers ? found : read_key_word(tokens);
}

enum reading_kind answer_whole_read(const struct tokens *tokens)
{
    char *words = plain_words(tokens, false);
    enum reading_kind kind =
        find_phrase(words, whole_phrases, sizeof whole_phrases / sizeof whole_phrases[0]);
    free(words);
    if (kind == READ_NONE && tokens->count > 0 && tokens->count <= 6 &&
        answer_in_list(tokens->items[0].text, "pause"))
        kind = READ_PAUSE;
    return kind;
}
