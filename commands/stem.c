/* stem.c - word_stem: what inflections and spellings of an English word share.
 *
 * A table of endings in the manner of Porter's, in three steps (plural, verb
 * forms, two rounds of derivations), with British spellings and doubled
 * consonants levelled first. Both sides of every comparison go through it, so a
 * stem need not be a word; it only must not bring apart what belongs together
 * or together what does not.
 */
#include "commands/words.h"

#include <stdlib.h>
#include <string.h>

struct ending {
    const char *text, *replacement;
    size_t least; /* letters that must be left in front of it */
};

struct form {
    const char *word, *base;
};

static const struct form irregular[] = {
    /* sorted */
    {"ate", "eat"},        {"children", "child"},   {"died", "die"},
    {"drank", "drink"},    {"dying", "die"},        {"eaten", "eat"},
    {"feet", "foot"},      {"fell", "fall"},        {"felt", "feel"},
    {"forgot", "forget"},  {"forgotten", "forget"}, {"gave", "give"},
    {"given", "give"},     {"gone", "go"},          {"grey", "gray"},
    {"kept", "keep"},      {"lay", "lie"},          {"lost", "lose"},
    {"lying", "lie"},      {"made", "make"},        {"meant", "mean"},
    {"medicine", "medic"}, {"medicines", "medic"},  {"mom", "mum"},
    {"people", "person"},  {"ran", "run"},          {"said", "say"},
    {"sat", "sit"},        {"saw", "see"},          {"seen", "see"},
    {"slept", "sleep"},    {"stood", "stand"},      {"swam", "swim"},
    {"taken", "take"},     {"thought", "think"},    {"told", "tell"},
    {"took", "take"},      {"torn", "tear"},        {"warmth", "warm"},
    {"went", "go"},        {"woke", "wake"},        {"woken", "wake"},
    {"written", "write"},  {"wrote", "write"},
};

static const struct ending plurals[] = {
    {"sses", "ss", 1}, {"ies", "y", 2}, {"ches", "ch", 2},
    {"shes", "sh", 2}, {"xes", "x", 2}, {"us", "us", 0},
    {"is", "is", 0},   {"ss", "ss", 0}, {"s", "", 2},
};

static const struct ending verb_forms[] = {
    {"eed", "eed", 0},
    {"ied", "y", 2},
    {"ing", "", 3},
    {"ed", "", 3},
};

static const struct ending derivations[] = {
    {"ization", "", 4}, {"ational", "", 4}, {"ation", "", 4}, {"ition", "", 4},
    {"ivity", "", 3},   {"ility", "il", 3}, {"able", "", 3},  {"ible", "", 4},
    {"ness", "", 3},    {"ment", "", 4},    {"less", "", 4},  {"ance", "", 4},
    {"anse", "", 4},    {"ence", "", 4},    {"ense", "", 4},  {"ical", "", 3},
    {"ity", "", 4},     {"acy", "", 4},     {"ant", "", 4},   {"ent", "", 4},
    {"ful", "", 4},     {"ist", "", 4},     {"ism", "", 4},   {"ous", "", 4},
    {"ive", "", 4},     {"ize", "", 4},     {"iz", "", 4},    {"ice", "", 5},
    {"ate", "", 4},     {"tion", "t", 3},   {"sion", "s", 3}, {"al", "", 4},
    {"ly", "", 3},      {"er", "", 4},      {"or", "", 4},    {"ic", "", 4},
    {"en", "", 4},      {"y", "", 3},
};

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouy", c) != NULL;
}

static bool has_vowel(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (is_vowel(word[i]))
            return true;
    }
    return false;
}

static bool ends_with(const char *word, const char *ending)
{
    size_t len = strlen(word), ending_len = strlen(ending);
    return len >= ending_len && strcmp(word + len - ending_len, ending) == 0;
}

/* Replace the first ending of the table that fits. */
static bool cut(char *word, const struct ending *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ends_with(word, table[i].text))
            continue;
        size_t left = strlen(word) - strlen(table[i].text);
        if (left < table[i].least || (table[i].least > 0 && !has_vowel(word, left)))
            continue;
        /* A replacement is never longer than its ending. */
        memcpy(word + left, table[i].replacement, strlen(table[i].replacement) + 1);
        return true;
    }
    return false;
}

#define CUT(word, table) cut((word), (table), sizeof(table) / sizeof *(table))

static void replace_at(char *word, size_t at, size_t old_len, const char *with)
{
    char *rest = word + at + old_len;
    memcpy(word + at, with, strlen(with));
    memmove(word + at + strlen(with), rest, strlen(rest) + 1);
}

/* British to American, where it is one rule and not a list. No replacement is
 * longer than what it replaces. */
static void level_spelling(char *word)
{
    static const struct form inside[] = {
        {"isation", "ization"}, {"ising", "izing"}, {"ised", "ized"},
        {"yse", "yze"},         {"ysing", "yzing"}, {"aem", "em"},
        {"aed", "ed"},          {"aes", "es"},      {"hoea", "hea"},
    };
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        char *at = strstr(word + 1, inside[i].word);
        if (at != NULL && strlen(word) > 5)
            replace_at(word, (size_t)(at - word), strlen(inside[i].word), inside[i].base);
    }
    char *our = strstr(word, "our");
    if (our != NULL && our - word >= 3)
        replace_at(word, (size_t)(our - word), 3, "or");
    if (strncmp(word, "oe", 2) == 0)
        replace_at(word, 0, 2, "e");
    size_t len = strlen(word);
    if (len > 5 && ends_with(word, "ise"))
        word[len - 2] = 'z';
    if (len > 4 && (ends_with(word, "tre") || ends_with(word, "bre")))
        memcpy(word + len - 2, "er", 2);
}

static void undouble(char *word)
{
    size_t kept = 0;
    for (size_t i = 0; word[i]; i++) {
        if (kept == 0 || word[i] != word[kept - 1] || is_vowel(word[i]))
            word[kept++] = word[i];
    }
    word[kept] = '\0';
}

static bool is_plain(const char *word)
{
    return word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static int compare_form(const void *key, const void *entry)
{
    return strcmp(key, ((const struct form *)entry)->word);
}

static const char *find_base(const char *word)
{
    const struct form *form =
        bsearch(word, irregular, sizeof irregular / sizeof *irregular, sizeof *irregular,
                compare_form);
    return form ? form->base : word;
}

void word_stem(const char *word, char ret_stem[WORD_LEN])
{
    char stem[WORD_LEN] = {0};
    const char *base = find_base(word);
    memcpy(stem, base, strlen(base) + 1);
    if (is_plain(stem) && strlen(stem) > 3) {
        CUT(stem, plurals);
        level_spelling(stem);
        CUT(stem, verb_forms);
        for (int round = 0; round < 2 && strlen(stem) > 4; round++) {
            if (!CUT(stem, derivations))
                break;
        }
        size_t len = strlen(stem);
        if (len > 3 && stem[len - 1] == 'e')
            stem[--len] = '\0';
        if (len > 3 && stem[len - 1] == 'c') /* licence, license; dance, dancing */
            stem[len - 1] = 's';
        undouble(stem);
    }
    memcpy(ret_stem, stem, sizeof stem);
}
