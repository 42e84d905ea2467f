/* match_query.c - a message to the terms it may mean: stems, repairs, parts of
 * compounds, synonyms. See match_index.h.
 */
#include "commands/match_index.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define REPAIR_FACTOR 0.85f
#define PREFIX_FACTOR 0.7f
#define PREFIX_LEAST 4 /* letters that an abbreviation has */
#define REPAIR_LEAST 4 /* shorter words are too near to others */
#define LONG_WORD 8    /* from here on two slips are repaired */
#define QUERY_WORDS_MAX 400
#define ASIDE_WEIGHT 0.35f /* of words beside the question in a long message */
#define LONG_MESSAGE 12    /* words */

static void add_meaning(struct query_word *word, size_t term, float factor)
{
    for (size_t i = 0; i < word->meaning_count; i++) {
        if (word->meanings[i].term == term) {
            if (word->meanings[i].factor < factor)
                word->meanings[i].factor = factor;
            return;
        }
    }
    if (term != NO_TERM && word->meaning_count < MEANINGS_MAX)
        word->meanings[word->meaning_count++] = (struct meaning){term, factor};
}

/* First spelling that starts with `first` and has at least `letters` bytes. */
static size_t find_bucket(const struct faq_index *index, char first, size_t letters)
{
    size_t low = 0, high = index->spelling_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct spelling *at = &index->spellings[middle];
        bool is_before = at->text[0] == first
                             ? at->letters < letters
                             : (unsigned char)at->text[0] < (unsigned char)first;
        if (is_before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t count_entries(const struct faq_index *index, const char *word)
{
    char stem[WORD_LEN];
    word_stem(word, stem);
    size_t term = index_find(index, stem);
    return term == NO_TERM ? 0 : index->terms[term].entries.count;
}

/* Look among spellings that begin with `first`; `distance` is the best so far. */
static const char *search_bucket(const struct faq_index *index, const char *word,
                                 char first, unsigned *distance, const char *best)
{
    size_t len = strlen(word), reach = len < LONG_WORD ? 1 : 2;
    size_t at = find_bucket(index, first, len > reach ? len - reach : 1);
    for (; at < index->spelling_count; at++) {
        const struct spelling *spelling = &index->spellings[at];
        if (spelling->text[0] != first || spelling->letters > len + reach)
            break;
        if (spelling->letters < REPAIR_LEAST)
            continue;
        unsigned found = text_distance(word, spelling->text, *distance);
        bool is_better = found < *distance || (found == *distance && best == NULL);
        if (found == *distance && best != NULL)
            is_better = count_entries(index, spelling->text) > count_entries(index, best);
        if (is_better) {
            *distance = found;
            best = spelling->text;
        }
    }
    return best;
}

const char *query_repair(const struct faq_index *index, const char *word)
{
    size_t len = strlen(word);
    if (len < REPAIR_LEAST)
        return NULL;
    unsigned distance = len < LONG_WORD ? 1 : 2;
    /* People rarely miss the first letter; two swapped first letters count too. */
    const char *best = search_bucket(index, word, word[0], &distance, NULL);
    if (word[1] != word[0])
        best = search_bucket(index, word, word[1], &distance, best);
    return best;
}

/* The shortest spelling that `word` abbreviates. */
static const char *find_longer(const struct faq_index *index, const char *word)
{
    size_t len = strlen(word);
    if (len < PREFIX_LEAST)
        return NULL;
    size_t at = find_bucket(index, word[0], len + 1);
    for (; at < index->spelling_count && index->spellings[at].text[0] == word[0]; at++) {
        if (strncmp(index->spellings[at].text, word, len) == 0)
            return index->spellings[at].text;
    }
    return NULL;
}

static bool is_everyday(const struct faq_index *index, const char *stem)
{
    return g_hash_table_contains(index->common, stem);
}

static struct query_word *add_word(struct query *query, const char *text, float weight)
{
    MEM_GROW(query->words, query->count, query->capacity);
    struct query_word *word = &query->words[query->count++];
    memset(word, 0, sizeof *word);
    word_stem(text, word->stem);
    word->weight = weight;
    word->is_stop = word_is_stop(text);
    return word;
}

static bool is_part(const struct faq_index *index, const char *word)
{
    return index_is_spelling(index, word) || word_is_stop(word);
}

/* "heatpad": two words of the FAQ written as one. */
static bool split_compound(const struct faq_index *index, struct query *query,
                           const char *text, float weight)
{
    size_t len = strlen(text);
    for (size_t cut = 3; cut + 2 <= len; cut++) {
        char first[WORD_LEN] = {0}, second[WORD_LEN] = {0};
        memcpy(first, text, cut);
        memcpy(second, text + cut, len - cut);
        if (!is_part(index, first) || !is_part(index, second))
            continue;
        if (word_is_stop(first) && (word_is_stop(second) || len - cut < 4))
            continue;
        const char *parts[] = {first, second};
        for (size_t i = 0; i < 2; i++) {
            struct query_word *word = add_word(query, parts[i], weight);
            add_meaning(word, index_find(index, word->stem), 1);
        }
        return true;
    }
    return false;
}

static void add_spelled(const struct faq_index *index, struct query_word *word,
                        const char *spelling, float factor)
{
    char stem[WORD_LEN];
    word_stem(spelling, stem);
    add_meaning(word, index_find(index, stem), factor);
    memcpy(word->stem, stem, sizeof word->stem);
}

static void read_word(const struct faq_index *index, struct query *query,
                      const char *text, float weight)
{
    char stem[WORD_LEN];
    word_stem(text, stem);
    size_t term = index_find(index, stem);
    bool is_known = term != NO_TERM || word_is_stop(text) || is_everyday(index, stem) ||
                    index_is_spelling(index, text) || strpbrk(text, "0123456789") != NULL;
    const char *repair = is_known ? NULL : query_repair(index, text);
    if (!is_known && repair == NULL && split_compound(index, query, text, weight))
        return;
    struct query_word *word = add_word(query, text, weight);
    add_meaning(word, term, 1);
    if (repair != NULL) {
        add_spelled(index, word, repair, REPAIR_FACTOR);
    } else if (!is_known) {
        const char *longer = find_longer(index, text);
        if (longer != NULL)
            add_spelled(index, word, longer, PREFIX_FACTOR);
    }
    word->is_unknown = word->meaning_count == 0;
}

static bool stands_at(const struct query *query, size_t at, const struct wording *wording)
{
    if (wording->stem_count > query->count - at)
        return false;
    for (size_t i = 0; i < wording->stem_count; i++) {
        if (strcmp(wording->stems[i], query->words[at + i].stem) != 0)
            return false;
    }
    return true;
}

/* What a word, or a phrase that begins with it, is used for elsewhere. */
static void add_wordings(const struct faq_index *index, struct query *query, size_t at)
{
    struct query_word *word = &query->words[at];
    const GArray *list = g_hash_table_lookup(index->wordings_of, word->stem);
    for (size_t i = 0; list != NULL && i < list->len; i++) {
        const struct wording *wording = &index->wordings[g_array_index(list, size_t, i)];
        if (!stands_at(query, at, wording) || (wording->stem_count == 1 && word->is_stop))
            continue;
        for (size_t j = 0; j < wording->meaning_count; j++)
            add_meaning(word, wording->meanings[j].term, wording->meanings[j].factor);
        if (wording->meaning_count > 0 && wording->stem_count > 1)
            word->is_stop = false; /* "how long" asks for something */
    }
    if (word->meaning_count > 0)
        word->is_unknown = false;
}

void query_read(const struct faq_index *index, const struct words *words,
                struct query *ret_query)
{
    struct query query = {0};
    bool *asks = mem_alloc((words->sentence_count + 1) * sizeof *asks);
    bool has_question = false;
    for (size_t i = 0; i < words->sentence_count && words->count > LONG_MESSAGE; i++)
        has_question |= asks[i] = gate_is_question(words, i);
    for (size_t i = 0; i < words->count && query.count < QUERY_WORDS_MAX; i++) {
        const struct word *word = &words->items[i];
        bool is_aside = has_question && !asks[word->sentence];
        read_word(index, &query, word->text, is_aside ? ASIDE_WEIGHT : 1);
    }
    free(asks);
    for (size_t i = 0; i < query.count; i++)
        add_wordings(index, &query, i);
    *ret_query = query;
}

void query_clear(struct query *query)
{
    free(query->words);
    *query = (struct query){0};
}
