/* phrase.c - see phrase.h.
 *
 * Phrases are read anew for each message, because settings are plain text: of
 * hundreds all but a few are dismissed before that, for the message has no word
 * that begins like one of theirs. Words of the message with the same first letter
 * are chained, so that a phrase looks only where it can begin.
 */
#include "commands/phrase.h"

#include "bot/base/text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define ALTERNATIVES_MAX 128 /* of all words of a part; the config allows 200 letters */
#define PATTERN_WORDS_MAX 32
#define GAP_MAX 4      /* words that `...` stands for */
#define TYPO_LETTERS 5 /* from here on one slip is allowed */

struct alternative {
    char text[WORD_LEN];
    size_t len;
    char key[WORD_LEN]; /* "" until it is needed */
    bool is_exact;
};

struct pattern_word {
    struct alternative *alternatives;
    size_t count;
    bool is_gap_before;
};

/* A phrase's part, read: words in order, each with its alternatives. */
struct pattern {
    bool allows_slips;
    struct pattern_word words[PATTERN_WORDS_MAX];
    size_t count;
    struct alternative alternatives[ALTERNATIVES_MAX];
    size_t alternative_count;
};

/* Where a token of a phrase stands in it: a word, or one of / + and dots. */
struct token {
    const char *start;
    size_t len;
    bool is_exact;
    bool is_plain; /* small letters only */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == ',' || c == '-';
}

static bool is_sign(char c)
{
    return c == '/' || c == '+' || c == '.';
}

static bool is_letter(char c) /* most of a phrase */
{
    return c >= 'a' && c <= 'z';
}

/* `len` is 0 at the end. */
static const char *read_token(const char *p, struct token *ret_token)
{
    while (is_blank(*p))
        p++;
    bool is_exact = *p == '"';
    p += is_exact;
    const char *start = p;
    bool is_plain = true;
    if (is_sign(*p)) {
        while (*p == *start)
            p++;
    } else {
        for (; is_letter(*p) || (*p && *p != '"' && !is_blank(*p) && !is_sign(*p)); p++)
            is_plain &= is_letter(*p);
    }
    *ret_token = (struct token){start, (size_t)(p - start), is_exact, is_plain};
    return p + (is_exact && *p == '"');
}

static void copy_word(const struct token *token, char ret_word[WORD_LEN])
{
    size_t len = 0;
    for (size_t i = 0; i < token->len && len + 1 < WORD_LEN; i++) {
        char c = token->start[i];
        if (c != '\'')
            ret_word[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    ret_word[len] = '\0';
}

static void add_word(const struct speech *speech, struct pattern *pattern,
                     bool is_alternative, const char *text, bool is_exact)
{
    if (speech_is_filler(speech, text) ||
        pattern->alternative_count == ALTERNATIVES_MAX ||
        (!is_alternative && pattern->count == PATTERN_WORDS_MAX))
        return;
    struct alternative *alternative =
        &pattern->alternatives[pattern->alternative_count++];
    alternative->len = strlen(text);
    memcpy(alternative->text, text, alternative->len + 1);
    alternative->key[0] = '\0';
    alternative->is_exact = is_exact;
    if (!is_alternative)
        pattern->words[pattern->count++] = (struct pattern_word){alternative, 0, false};
    pattern->words[pattern->count - 1].count++;
}

/* Read up to the next `+` or the end. */
static const char *read_pattern(const struct speech *speech, const char *p,
                                struct pattern *ret_pattern)
{
    struct token token;
    bool is_alternative = false, is_gap = false;
    ret_pattern->count = ret_pattern->alternative_count = 0;
    for (p = read_token(p, &token); token.len > 0 && *token.start != '+';
         p = read_token(p, &token)) {
        if (is_sign(*token.start)) {
            is_gap |= *token.start == '.';
            is_alternative |= *token.start == '/' && ret_pattern->count > 0;
            continue;
        }
        char word[WORD_LEN];
        copy_word(&token, word);
        const struct expansion *expansion = speech_expand(speech, word);
        size_t before = ret_pattern->count;
        add_word(speech, ret_pattern, is_alternative, expansion ? expansion->first : word,
                 token.is_exact);
        if (ret_pattern->count > before) {
            ret_pattern->words[before].is_gap_before = is_gap && before > 0;
            is_gap = false;
        }
        if (expansion != NULL && expansion->second != NULL && !is_alternative)
            add_word(speech, ret_pattern, false, expansion->second, token.is_exact);
        is_alternative = false;
    }
    return p;
}

static void complete_key(struct alternative *meant)
{
    if (meant->key[0] == '\0')
        speech_make_key(meant->text, meant->key);
}

static bool is_slip(const char *meant, const char *typed)
{
    bool begins_alike =
        meant[0] == typed[0] || (meant[0] == typed[1] && meant[1] == typed[0]);
    return begins_alike && text_distance(meant, typed, 1) <= 1;
}

/* "pian" */
static bool is_swapped(const char *meant, const char *typed, size_t len)
{
    size_t at = 0;
    while (at < len && meant[at] == typed[at])
        at++;
    return at + 1 < len && meant[at] == typed[at + 1] && meant[at + 1] == typed[at] &&
           strcmp(meant + at + 2, typed + at + 2) == 0;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Stems whose second letters differ are other words, vowels apart: "took" is
 * "take", but where "dying" is asked for, "die" is not it. */
static bool has_key(struct alternative *meant, const char *key)
{
    char second = meant->text[1];
    if (meant->text[0] != key[0] || second == '\0' ||
        (second != key[1] && !(is_vowel(second) && is_vowel(key[1]))))
        return false;
    complete_key(meant);
    return strcmp(meant->key, key) == 0;
}

static bool is_misspelt(struct alternative *meant, const struct speech_word *typed)
{
    if (typed->is_everyday || meant->len + 1 < TYPO_LETTERS)
        return false;
    if (meant->len < TYPO_LETTERS)
        return typed->len == meant->len &&
               is_swapped(meant->text, typed->text, meant->len);
    if (is_slip(meant->text, typed->text))
        return !meant->is_exact || !has_key(meant, typed->key); /* not another form */
    if (meant->is_exact)
        return false;
    complete_key(meant);
    return strlen(meant->key) > TYPO_LETTERS && is_slip(meant->key, typed->key);
}

static bool is_word(struct pattern_word *word, const struct speech_word *typed,
                    bool allows_slips)
{
    for (size_t i = 0; i < word->count; i++) {
        struct alternative *meant = &word->alternatives[i];
        if (meant->len == typed->len && memcmp(meant->text, typed->text, typed->len) == 0)
            return true;
        if ((!meant->is_exact && has_key(meant, typed->key)) ||
            (allows_slips && is_misspelt(meant, typed)))
            return true;
    }
    return false;
}

/* Does `whole` consist of `first` and `second`? */
static bool consists_of(const char *whole, const char *first, size_t first_len,
                        const char *second)
{
    return whole[0] == first[0] && strncmp(whole, first, first_len) == 0 &&
           strcmp(whole + first_len, second) == 0;
}

/* Two words of the phrase were typed as one. */
static bool is_joined(const struct pattern_word *words, const struct speech_word *typed)
{
    for (size_t i = 0; i < words[0].count && !typed->is_everyday; i++) {
        const struct alternative *first = &words[0].alternatives[i];
        if (first->text[0] != typed->text[0] || first->len >= typed->len)
            continue;
        for (size_t j = 0; j < words[1].count; j++) {
            if (consists_of(typed->text, first->text, first->len,
                            words[1].alternatives[j].text))
                return true;
        }
    }
    return false;
}

/* A word of the phrase was typed as two. */
static bool is_split(const struct pattern_word *word, const struct speech_word *first,
                     const struct speech_word *second)
{
    for (size_t i = 0; i < word->count; i++) {
        const struct alternative *whole = &word->alternatives[i];
        if (whole->len >= TYPO_LETTERS && whole->len == first->len + second->len &&
            consists_of(whole->text, first->text, first->len, second->text))
            return true;
    }
    return false;
}

/* Words of the pattern from `at` against the speech from `from`; `ret_end` is
 * behind the last. */
static bool match_from(const struct speech *speech, struct pattern *pattern, size_t at,
                       size_t from, size_t sentence, size_t *ret_end)
{
    if (at == pattern->count) {
        *ret_end = from;
        return true;
    }
    struct pattern_word *word = &pattern->words[at];
    size_t reach = word->is_gap_before ? GAP_MAX : 0;
    for (size_t i = from; i <= from + reach && i < speech->count; i++) {
        const struct speech_word *typed = &speech->words[i];
        if (typed->is_cut || typed->sentence != sentence)
            return false;
        if (is_word(word, typed, pattern->allows_slips) &&
            match_from(speech, pattern, at + 1, i + 1, sentence, ret_end))
            return true;
        if (at + 1 < pattern->count && !word[1].is_gap_before && is_joined(word, typed) &&
            match_from(speech, pattern, at + 2, i + 1, sentence, ret_end))
            return true;
        if (i + 1 < speech->count && !typed[1].is_cut && typed[1].sentence == sentence &&
            is_split(word, typed, &typed[1]) &&
            match_from(speech, pattern, at + 1, i + 2, sentence, ret_end))
            return true;
    }
    return false;
}

static bool match_chain(const struct speech *speech, struct pattern *pattern, char first,
                        struct span *ret_span)
{
    for (size_t i = speech->first_with[(unsigned char)first]; i != SPEECH_END;
         i = speech->words[i].next) {
        size_t end;
        if (match_from(speech, pattern, 0, i, speech->words[i].sentence, &end)) {
            *ret_span = (struct span){i, end};
            return true;
        }
    }
    return false;
}

static bool match_pattern(const struct speech *speech, struct pattern *pattern,
                          struct span *ret_span)
{
    if (pattern->count == 0)
        return false;
    const struct pattern_word *word = &pattern->words[0];
    for (size_t i = 0; i < word->count; i++) {
        const char *text = word->alternatives[i].text;
        if (match_chain(speech, pattern, text[0], ret_span) ||
            (text[1] != text[0] && text[1] != '\0' &&
             match_chain(speech, pattern, text[1], ret_span)))
            return true;
    }
    return false;
}

static bool has_outline(const struct speech *speech, unsigned outline, bool is_first)
{
    return outlines_have(&speech->begin, outline) ||
           (!is_first && outlines_have(&speech->inside, outline));
}

/* Could a word of the speech be this one? `is_first`: none stands before it that
 * it could have been typed onto. */
static bool may_be(const struct speech *speech, const struct token *token, bool is_first)
{
    unsigned outline = speech_outline(token->start, token->len);
    if (has_outline(speech, outline, is_first))
        return true;
    if (token->start[token->len - 1] == 's' && /* "says" is "said" */
        has_outline(speech, speech_outline(token->start, token->len - 1), is_first))
        return true;
    if (token->len + 1 >= TYPO_LETTERS &&
        speech_may_be_odd(speech, token->start, token->len))
        return true; /* with a slip, perhaps */
    if (token->is_plain && !speech_may_be_small(speech, outline, token->len))
        return false;
    char word[WORD_LEN];
    copy_word(token, word);
    if (speech_is_filler(speech, word) || !g_str_is_ascii(word))
        return true;
    const struct expansion *expansion = speech_expand(speech, word);
    if (expansion == NULL)
        return false;
    outline = speech_outline(expansion->first, strlen(expansion->first));
    return speech_is_filler(speech, expansion->first) ||
           has_outline(speech, outline, is_first);
}

static const char *skip_blanks(const char *p)
{
    while (is_blank(*p))
        p++;
    return p;
}

/* Has the speech a candidate for each word of the phrase? */
static bool may_match(const struct speech *speech, const char *phrase)
{
    bool is_first = true;
    for (const char *p = skip_blanks(phrase); *p; p = skip_blanks(p)) {
        bool is_met = false;
        if (is_sign(*p)) {
            p++;
            continue;
        }
        do {
            struct token token;
            p = read_token(*p == '/' ? p + 1 : p, &token);
            is_met = is_met || token.len == 0 || may_be(speech, &token, is_first);
            while (is_met && *p && !is_blank(*p)) /* the other alternatives */
                p++;
            p = skip_blanks(p);
        } while (*p == '/');
        if (!is_met)
            return false;
        is_first = false;
    }
    return true;
}

static bool find(const struct speech *speech, const char *phrase, bool allows_slips,
                 struct span *ret_span)
{
    if (!may_match(speech, phrase))
        return false;
    struct span first = {0, 0};
    bool is_first = true, is_found = true;
    char *folded = g_str_is_ascii(phrase) ? NULL : text_fold(phrase);
    const char *p = folded ? folded : phrase;
    while (is_found && *p) {
        struct pattern pattern;
        struct span span = {0, 0};
        pattern.allows_slips = allows_slips;
        p = read_pattern(speech, p, &pattern);
        is_found = match_pattern(speech, &pattern, &span);
        if (is_first)
            first = span;
        is_first = false;
    }
    free(folded);
    if (is_found && !is_first)
        *ret_span = first;
    return is_found && !is_first;
}

bool phrase_find(const struct speech *speech, const char *phrase, struct span *ret_span)
{
    return find(speech, phrase, true, ret_span);
}

void phrase_cut(struct speech *speech, const char *phrase)
{
    struct span span;
    while (find(speech, phrase, false, &span)) {
        for (size_t i = span.first; i < span.end; i++)
            speech->words[i].is_cut = true;
    }
}
