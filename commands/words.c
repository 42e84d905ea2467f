/* words.c - see words.h. */
#include "commands/words.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* Sorted, so that it can be searched. Forms without apostrophe, because that is
 * how words arrive; chat spellings of the same words too. */
const char *const words_stop[] = {
    "a",        "about",  "actually", "after",   "again",    "all",     "also",
    "am",       "an",     "and",      "another", "any",      "anybody", "anyone",
    "anything", "are",    "arent",    "as",      "at",       "b",       "be",
    "because",  "been",   "before",   "being",   "but",      "by",      "c",
    "can",      "cannot", "cant",     "cos",     "could",    "couldnt", "cuz",
    "d",        "did",    "didnt",    "do",      "does",     "doesnt",  "doing",
    "done",     "dont",   "dunno",    "each",    "either",   "else",    "em",
    "er",       "etc",    "even",     "ever",    "every",    "for",     "from",
    "get",      "gets",   "getting",  "go",      "goes",     "going",   "gonna",
    "got",      "gotta",  "had",      "has",     "hasnt",    "have",    "havent",
    "having",   "he",     "hello",    "her",     "here",     "hers",    "hey",
    "hi",       "him",    "his",      "hm",      "how",      "hows",    "i",
    "id",       "if",     "ill",      "im",      "in",       "into",    "is",
    "isnt",     "it",     "its",      "ive",     "just",     "kind",    "kinda",
    "know",     "let",    "lets",     "like",    "ll",       "lot",     "lots",
    "m",        "many",   "may",      "maybe",   "me",       "might",   "more",
    "most",     "much",   "must",     "my",      "n",        "need",    "no",
    "nor",      "not",    "now",      "of",      "ok",       "okay",    "on",
    "one",      "ones",   "only",     "or",      "other",    "others",  "our",
    "ours",     "out",    "own",      "perhaps", "please",   "pls",     "plz",
    "point",    "put",    "quite",    "r",       "rather",   "re",      "really",
    "s",        "same",   "say",      "says",    "shall",    "she",     "should",
    "shouldnt", "since",  "so",       "some",    "somebody", "someone", "something",
    "sort",     "still",  "such",     "t",       "tell",     "than",    "thank",
    "thanks",   "that",   "thats",    "the",     "their",    "theirs",  "them",
    "then",     "there",  "theres",   "these",   "they",     "theyre",  "thing",
    "things",   "this",   "those",    "though",  "to",       "too",     "u",
    "um",       "up",     "ur",       "us",      "use",      "used",    "ve",
    "very",     "wanna",  "want",     "wants",   "was",      "wasnt",   "wat",
    "we",       "well",   "were",     "werent",  "weve",     "what",    "whats",
    "when",     "where",  "wheres",   "whether", "which",    "while",   "who",
    "whom",     "whos",   "whose",    "why",     "will",     "with",    "would",
    "wouldnt",  "yeah",   "yes",      "yet",     "you",      "youd",    "youll",
    "your",     "youre",  "yours",    "youve",   NULL,
};

static int compare_word(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

bool word_is_stop(const char *word)
{
    size_t count = sizeof words_stop / sizeof *words_stop - 1;
    return bsearch(word, words_stop, count, sizeof *words_stop, compare_word) != NULL;
}

/* Chinese and Japanese characters, Thai, Lao, Khmer: no spaces between words. */
static bool stands_alone(gunichar c)
{
    return (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1780 && c <= 0x17ff) ||
           (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_word_char(gunichar c)
{
    if (c < 0x80)
        return g_ascii_isalnum((gchar)c);
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static void open_sentence(struct words *words)
{
    MEM_GROW(words->has_question_mark, words->sentence_count, words->sentence_capacity);
    words->has_question_mark[words->sentence_count++] = false;
}

/* `is_open`: the last word goes on. */
static void add_char(struct words *words, bool is_open, const char *bytes, size_t len)
{
    if (!is_open) {
        MEM_GROW(words->items, words->count, words->capacity);
        struct word *word = &words->items[words->count++];
        memset(word, 0, sizeof *word);
        word->sentence = words->sentence_count - 1;
    }
    char *text = words->items[words->count - 1].text;
    size_t used = strlen(text);
    if (used + len < WORD_LEN)
        memcpy(text + used, bytes, len);
}

static void end_sentence(struct words *words, bool is_question)
{
    words->has_question_mark[words->sentence_count - 1] |= is_question;
    bool has_words = words->count > 0 &&
                     words->items[words->count - 1].sentence == words->sentence_count - 1;
    if (has_words)
        open_sentence(words);
}

/* A dot inside "1.5" or "e.g" ends no sentence. */
static bool ends_sentence(const char *p)
{
    return *p == '?' || *p == '!' || *p == ';' ||
           (*p == '.' && !g_ascii_isalnum((gchar)p[1]));
}

static void read_line(struct words *words, const char *folded)
{
    bool is_open = false;
    for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        size_t len = (size_t)(g_utf8_next_char(p) - p);
        if (stands_alone(c) && is_word_char(c)) {
            add_char(words, false, p, len);
            is_open = false;
        } else if (is_word_char(c)) {
            add_char(words, is_open, p, len);
            is_open = true;
        } else if (c != '\'') {
            is_open = false;
            if (ends_sentence(p) || c == 0xff1f || c == 0x3002 || c == 0x61f)
                end_sentence(words, c == '?' || c == 0xff1f || c == 0x61f);
        }
    }
}

void words_read(const char *text, struct words *ret_words)
{
    struct words words = {0};
    struct strv lines;
    text_split(text, '\n', &lines);
    open_sentence(&words);
    for (size_t i = 0; i < lines.count; i++) {
        char *folded = text_fold(lines.items[i]);
        text_strip_accents(folded);
        read_line(&words, folded);
        end_sentence(&words, false);
        free(folded);
    }
    strv_clear(&lines);
    *ret_words = words;
}

void words_clear(struct words *words)
{
    free(words->items);
    free(words->has_question_mark);
    *words = (struct words){0};
}
