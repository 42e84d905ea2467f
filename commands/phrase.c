/* phrase.c - see phrase.h.
 *
 * Phrases are read anew for each message: the settings are plain text and most
 * phrases are dismissed at their first word, because no word of the message
 * begins like it. Words with the same first letter are chained, so that a phrase
 * looks only where it can begin.
 */
#include "commands/phrase.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define PATTERN_WORDS_MAX 16
#define ALTERNATIVES_MAX 12
#define GAP_MAX 4      /* words that `...` stands for */
#define TYPO_LETTERS 5 /* from here on one slip is allowed */
#define NO_WORD SIZE_MAX

struct expansion {
    const char *word, *first, *second;
};

/* clang-format off */
static const struct expansion expansions[] = { /* sorted, as the next */
    {"aint", "is", "not"}, {"arent", "are", "not"}, {"cannot", "can", "not"}, {"cant", "can", "not"},
    {"couldnt", "could", "not"}, {"didnt", "did", "not"}, {"doesnt", "does", "not"},
    {"dont", "do", "not"}, {"gonna", "going", NULL}, {"hes", "he", "is"}, {"id", "i", "would"},
    {"im", "i", "am"}, {"isnt", "is", "not"}, {"ive", "i", "have"}, {"shes", "she", "is"},
    {"shouldnt", "should", "not"}, {"theyre", "they", "are"}, {"tryna", "trying", NULL},
    {"u", "you", NULL}, {"wanna", "want", NULL}, {"wasnt", "was", "not"}, {"wont", "will", "not"},
    {"wouldnt", "would", "not"}, {"youre", "you", "are"},
};
static const char *const fillers[] = {
    "a", "actually", "an", "basically", "bloody", "even", "ever", "fucking", "honestly", "just",
    "literally", "really", "seriously", "simply", "so", "the", "to", "totally", "truly", "very",
};
/* clang-format on */

static int compare_filler(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

static bool is_filler(const char *word)
{
    return bsearch(word, fillers, sizeof fillers / sizeof *fillers, sizeof *fillers,
                   compare_filler) != NULL;
}

static int compare_expansion(const void *key, const void *entry)
{
    return strcmp(key, ((const struct expansion *)entry)->word);
}

static const struct expansion *find_expansion(const char *word)
{
    return bsearch(word, expansions, sizeof expansions / sizeof *expansions,
                   sizeof *expansions, compare_expansion);
}

/* Shorten runs of one letter that are at least `least` long. */
static void shorten_runs(char *word, size_t least)
{
    size_t kept = 0;
    for (size_t i = 0; word[i];) {
        size_t run = 1;
        while (word[i + run] == word[i])
            run++;
        for (size_t j = 0; j < (run >= least ? 1 : run); j++)
            word[kept++] = word[i];
        i += run;
    }
    word[kept] = '\0';
}

/* Second letters by kind: "took" and "take" begin alike. */
static unsigned char kind_of(char c)
{
    return c != '\0' && strchr("aeiou", c) ? 'a' : (unsigned char)c & 127;
}

static void make_key(const char *word, char ret_key[WORD_LEN])
{
    char plain[WORD_LEN];
    memcpy(plain, word, strlen(word) + 1);
    shorten_runs(plain, 3);
    word_stem(plain, ret_key);
    shorten_runs(ret_key, 2);
}

static void add_one(struct speech *speech, const char *text, size_t sentence)
{
    if (is_filler(text))
        return;
    MEM_GROW(speech->words, speech->count, speech->capacity);
    struct speech_word *word = &speech->words[speech->count++];
    memset(word, 0, sizeof *word);
    memcpy(word->text, text, strlen(text) + 1);
    make_key(word->text, word->key);
    word->sentence = sentence;
}

static void add_expanded(struct speech *speech, const char *text, size_t sentence)
{
    const struct expansion *expansion = find_expansion(text);
    add_one(speech, expansion ? expansion->first : text, sentence);
    if (expansion != NULL && expansion->second != NULL)
        add_one(speech, expansion->second, sentence);
}

/* How many single letters stand in a row from `at`: "k i l l". */
static size_t count_letters(const struct words *words, size_t at)
{
    size_t count = 0;
    while (at + count < words->count && words->items[at + count].text[1] == '\0' &&
           words->items[at + count].sentence == words->items[at].sentence)
        count++;
    return count;
}

static void chain(struct speech *speech)
{
    for (size_t i = 0; i < 256; i++)
        speech->first_with[i] = NO_WORD;
    for (size_t i = speech->count; i-- > 0;) {
        const char *text = speech->words[i].text;
        unsigned char first = (unsigned char)text[0];
        speech->words[i].next = speech->first_with[first];
        speech->first_with[first] = i;
        speech->begins[first][kind_of(text[1])] = true;
    }
}

void speech_read(const char *text, struct speech *ret_speech)
{
    struct speech speech = {0};
    struct words words;
    words_read(text, &words);
    for (size_t i = 0; i < words.count;) {
        size_t letters = count_letters(&words, i);
        if (letters < 3) {
            add_expanded(&speech, words.items[i].text, words.items[i].sentence);
            i++;
            continue;
        }
        char joined[WORD_LEN] = "";
        for (size_t j = 0; j < letters && j + 1 < WORD_LEN; j++)
            joined[j] = words.items[i + j].text[0];
        add_expanded(&speech, joined, words.items[i].sentence);
        i += letters;
    }
    words_clear(&words);
    chain(&speech);
    *ret_speech = speech;
}

void speech_clear(struct speech *speech)
{
    free(speech->words);
    *speech = (struct speech){0};
}

/* A phrase's part, read: words in order, each with its alternatives. */
struct pattern {
    struct pattern_word {
        char text[ALTERNATIVES_MAX][WORD_LEN];
        char key[ALTERNATIVES_MAX][WORD_LEN]; /* "" until it is needed */
        size_t count;
        bool is_gap_before;
    } words[PATTERN_WORDS_MAX];
    size_t count;
};

static void add_pattern_word(struct pattern *pattern, bool is_alternative,
                             const char *text)
{
    if (!is_alternative && pattern->count == PATTERN_WORDS_MAX)
        return;
    if (!is_alternative)
        pattern->words[pattern->count++].count = 0;
    struct pattern_word *word = &pattern->words[pattern->count - 1];
    if (word->count == ALTERNATIVES_MAX)
        return;
    memcpy(word->text[word->count], text, strlen(text) + 1);
    word->key[word->count++][0] = '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == ',' || c == '-';
}

/* The next token of a phrase: a word, or one of / + and dots. */
static const char *read_token(const char *p, char ret_token[WORD_LEN])
{
    size_t len = 0;
    while (is_blank(*p))
        p++;
    if (*p == '/' || *p == '+' || *p == '.') {
        char sign = ret_token[len++] = *p;
        while (*p == sign)
            p++;
    } else {
        for (; *p && !is_blank(*p) && *p != '/' && *p != '+' && *p != '.'; p++) {
            if (*p != '\'' && len + 1 < WORD_LEN)
                ret_token[len++] = g_ascii_tolower(*p);
        }
    }
    ret_token[len] = '\0';
    return p;
}

/* Read up to the next `+` or the end. */
static const char *read_pattern(const char *p, struct pattern *ret_pattern)
{
    char token[WORD_LEN];
    bool is_alternative = false, is_gap = false;
    ret_pattern->count = 0;
    for (p = read_token(p, token); token[0] && token[0] != '+';
         p = read_token(p, token)) {
        if (token[0] == '.' || token[0] == '/') {
            is_gap |= token[0] == '.';
            is_alternative |= token[0] == '/' && ret_pattern->count > 0;
            continue;
        }
        const struct expansion *expansion = find_expansion(token);
        const char *first = expansion ? expansion->first : token;
        size_t before = ret_pattern->count;
        if (!is_filler(first))
            add_pattern_word(ret_pattern, is_alternative, first);
        if (ret_pattern->count > before) {
            ret_pattern->words[before].is_gap_before = is_gap && before > 0;
            is_gap = false;
        }
        if (expansion != NULL && expansion->second != NULL && !is_alternative) {
            before = ret_pattern->count;
            add_pattern_word(ret_pattern, false, expansion->second);
            if (ret_pattern->count > before)
                ret_pattern->words[before].is_gap_before = false;
        }
        is_alternative = false;
    }
    return p;
}

static bool is_slip(const char *meant, const char *typed)
{
    size_t len = strlen(meant), typed_len = strlen(typed);
    if (len < TYPO_LETTERS || typed_len + 1 < len || typed_len > len + 1)
        return false;
    bool begins_alike =
        meant[0] == typed[0] || (meant[0] == typed[1] && meant[1] == typed[0]);
    return begins_alike && text_distance(meant, typed, 1) <= 1 && !word_is_stop(typed) &&
           !word_is_common(typed);
}

static bool has_key(struct pattern_word *word, size_t at, const char *key)
{
    const char *text = word->text[at];
    if (text[0] != key[0] || text[1] == '\0' || kind_of(text[1]) != kind_of(key[1]))
        return false;
    if (word->key[at][0] == '\0')
        make_key(text, word->key[at]);
    return strcmp(word->key[at], key) == 0;
}

static bool is_word(struct pattern_word *word, const struct speech_word *typed)
{
    for (size_t i = 0; i < word->count; i++) {
        if (strcmp(word->text[i], typed->text) == 0 || has_key(word, i, typed->key) ||
            is_slip(word->text[i], typed->text))
            return true;
    }
    return false;
}

/* Does `whole` consist of `first` and `second`? */
static bool consists_of(const char *whole, const char *first, const char *second)
{
    size_t len = strlen(first);
    return strncmp(whole, first, len) == 0 && strcmp(whole + len, second) == 0;
}

/* Two words of the phrase were typed as one. */
static bool is_joined(const struct pattern_word *words, const char *typed)
{
    for (size_t i = 0; i < words[0].count; i++) {
        for (size_t j = 0; j < words[1].count; j++) {
            if (consists_of(typed, words[0].text[i], words[1].text[j]))
                return true;
        }
    }
    return false;
}

/* A word of the phrase was typed as two. */
static bool is_split(const struct pattern_word *word, const char *first,
                     const char *second)
{
    for (size_t i = 0; i < word->count; i++) {
        if (strlen(word->text[i]) >= TYPO_LETTERS &&
            consists_of(word->text[i], first, second))
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
        if (is_word(word, typed) &&
            match_from(speech, pattern, at + 1, i + 1, sentence, ret_end))
            return true;
        if (at + 1 < pattern->count && !word[1].is_gap_before &&
            is_joined(word, typed->text) &&
            match_from(speech, pattern, at + 2, i + 1, sentence, ret_end))
            return true;
        if (i + 1 < speech->count && !typed[1].is_cut && typed[1].sentence == sentence &&
            is_split(word, typed->text, typed[1].text) &&
            match_from(speech, pattern, at + 1, i + 2, sentence, ret_end))
            return true;
    }
    return false;
}

static bool match_chain(const struct speech *speech, struct pattern *pattern, char first,
                        struct span *ret_span)
{
    for (size_t i = speech->first_with[(unsigned char)first]; i != NO_WORD;
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
        char first = word->text[i][0], second = word->text[i][1];
        if (match_chain(speech, pattern, first, ret_span) ||
            (second != first && second != '\0' &&
             match_chain(speech, pattern, second, ret_span)))
            return true;
    }
    return false;
}

/* Could a word of the speech be this first word of a phrase? */
static bool may_stand(const struct speech *speech, const char *word)
{
    unsigned char first = (unsigned char)word[0], second = (unsigned char)word[1];
    size_t len = strlen(word);
    if (len == 1 || len >= TYPO_LETTERS) /* joined to the next, or with a slip */
        return speech->first_with[first] != NO_WORD ||
               (second && speech->begins[second][kind_of((char)first)]);
    return speech->begins[first][kind_of((char)second)];
}

static bool may_begin(const struct speech *speech, const char *phrase)
{
    char token[WORD_LEN];
    for (phrase = read_token(phrase, token); token[0];
         phrase = read_token(phrase, token)) {
        const struct expansion *expansion = find_expansion(token);
        const char *word = expansion ? expansion->first : token;
        if (token[0] == '.' || token[0] == '/' || is_filler(word))
            continue;
        if (may_stand(speech, word))
            return true;
        if (*phrase != '/')
            return false;
    }
    return false;
}

bool phrase_find(const struct speech *speech, const char *phrase, struct span *ret_span)
{
    struct span first = {0, 0};
    bool is_first = true;
    char *folded = NULL;
    for (const char *p = phrase; *p && !folded; p++) {
        if (*p & 0x80) /* plain letters are lowered by read_token */
            folded = text_fold(phrase);
    }
    const char *p = folded ? folded : phrase;
    bool is_found = may_begin(speech, p);
    while (is_found && *p) {
        struct pattern pattern;
        struct span span = {0, 0};
        p = read_pattern(p, &pattern);
        is_found = match_pattern(speech, &pattern, &span);
        if (is_first)
            first = span;
        is_first = false;
    }
    free(folded);
    if (is_found)
        *ret_span = first;
    return is_found;
}

void phrase_cut(struct speech *speech, const char *phrase)
{
    struct span span;
    while (phrase_find(speech, phrase, &span)) {
        for (size_t i = span.first; i < span.end; i++)
            speech->words[i].is_cut = true;
    }
}
