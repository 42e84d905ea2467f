/* match_query.c - a message to the terms it may mean: stems, repairs, parts of
 * compounds, synonyms. See match_index.h.
 */
#include "commands/match_index.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define REPAIR_FACTOR 0.85f
#define SLIP_FACTOR 0.5f /* a word of its own that may be a slip */
#define PREFIX_FACTOR 0.7f
#define PREFIX_LEAST 4 /* letters that an abbreviation has */
#define QUERY_WORDS_MAX 400
#define ASIDE_WEIGHT 0.35f /* of words beside the sentence that asks */

static void add_meaning(struct query_word *word, size_t term, float factor,
                        enum reading how)
{
    for (size_t i = 0; i < word->meaning_count; i++) {
        if (word->meanings[i].term == term) {
            if (word->meanings[i].factor < factor)
                word->meanings[i] = (struct meaning){term, factor, how};
            return;
        }
    }
    if (term != NO_TERM && word->meaning_count < MEANINGS_MAX)
        word->meanings[word->meaning_count++] = (struct meaning){term, factor, how};
}

/* The shortest spelling that `word` abbreviates. */
static const char *find_longer(const struct faq_index *index, const char *word)
{
    size_t len = strlen(word);
    if (len < PREFIX_LEAST)
        return NULL;
    for (size_t at = 0; at < index->spelling_count; at++) { /* by length */
        const struct spelling *spelling = &index->spellings[at];
        if (spelling->letters > len && strncmp(spelling->text, word, len) == 0)
            return spelling->text;
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
    memcpy(word->text, text, strlen(text) + 1);
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
            add_meaning(word, index_find(index, word->stem), 1, READ_WRITTEN);
        }
        return true;
    }
    return false;
}

static void add_spelled(const struct faq_index *index, struct query_word *word,
                        const char *spelling, float factor, enum reading how)
{
    char stem[WORD_LEN];
    word_stem(spelling, stem);
    add_meaning(word, index_find(index, stem), factor, how);
    memcpy(word->stem, stem, sizeof word->stem);
}

/* `word` is rewritten where it was a slip, so that gates and vetoes see what was meant.
 */
static void read_word(const struct faq_index *index, struct query *query,
                      struct word *written, float weight)
{
    const char *text = written->text;
    char stem[WORD_LEN];
    word_stem(text, stem);
    size_t term = index_find(index, stem);
    bool is_known = term != NO_TERM || word_is_stop(text) || is_everyday(index, stem) ||
                    index_is_spelling(index, text) ||
                    g_hash_table_contains(index->vetoes, text) ||
                    g_hash_table_contains(index->synonyms_of, stem) ||
                    strpbrk(text, "0123456789") != NULL;
    bool is_word = word_list_has(&index->settings->known_words, text) ||
                   g_hash_table_contains(index->veto_words, text);
    const char *repair = is_known ? NULL : query_repair(index, text, is_word);
    if (repair != NULL && word_is_stop(repair)) { /* "wht": what was meant */
        memcpy(written->text, repair, strlen(repair) + 1);
        read_word(index, query, written, weight);
        return;
    }
    if (!is_known && !is_word && repair == NULL &&
        split_compound(index, query, text, weight))
        return;
    struct query_word *word = add_word(query, text, weight);
    word->is_common = is_everyday(index, stem);
    add_meaning(word, term, 1, READ_WRITTEN);
    if (term != NO_TERM && !is_word && !index_is_spelling(index, text) &&
        index->terms[term].written != NULL) { /* "painkilers" shares the stem */
        memcpy(written->text, index->terms[term].written,
               strlen(index->terms[term].written) + 1);
    }
    if (repair != NULL) {
        if (!is_word)
            memcpy(written->text, repair, strlen(repair) + 1);
        add_spelled(index, word, repair, is_word ? SLIP_FACTOR : REPAIR_FACTOR,
                    READ_REPAIRED);
    } else if (!is_known && !is_word) {
        const char *longer = find_longer(index, text);
        if (longer != NULL)
            add_spelled(index, word, longer, PREFIX_FACTOR, READ_SHORTENED);
    }
    word->is_unknown = word->meaning_count == 0;
}

static bool stands_at(const struct query *query, size_t at, const struct synonym *synonym)
{
    if (synonym->stem_count > query->count - at)
        return false;
    for (size_t i = 0; i < synonym->stem_count; i++) {
        if (strcmp(synonym->stems[i], query->words[at + i].stem) != 0)
            return false;
    }
    return true;
}

static void take_meanings(struct query_word *word, const struct synonym *synonym)
{
    for (size_t i = 0; i < synonym->meaning_count; i++)
        add_meaning(word, synonym->meanings[i].term, synonym->meanings[i].factor,
                    READ_SYNONYM);
    if (word->meaning_count > 0)
        word->is_unknown = false;
}

/* What a phrase that begins with this word is used for elsewhere; its words alone then
 * stand for nothing else: "sign me up" is no sign. */
static void add_phrases(const struct faq_index *index, struct query *query, size_t at)
{
    struct query_word *word = &query->words[at];
    const GArray *list = g_hash_table_lookup(index->synonyms_of, word->stem);
    for (size_t i = 0; list != NULL && i < list->len; i++) {
        const struct synonym *synonym = &index->synonyms[g_array_index(list, size_t, i)];
        if (synonym->stem_count == 1 || synonym->meaning_count == 0 ||
            !stands_at(query, at, synonym))
            continue;
        take_meanings(word, synonym);
        word->is_stop = false; /* "how long" asks for something */
        for (size_t k = 0; k < synonym->stem_count; k++)
            query->words[at + k].is_in_phrase = true;
    }
}

static void add_synonyms(const struct faq_index *index, struct query_word *word)
{
    const GArray *list = g_hash_table_lookup(index->synonyms_of, word->stem);
    for (size_t i = 0; list != NULL && i < list->len; i++) {
        const struct synonym *synonym = &index->synonyms[g_array_index(list, size_t, i)];
        if (synonym->stem_count == 1 && !word->is_stop && !word->is_in_phrase)
            take_meanings(word, synonym);
    }
}

void query_read(const struct faq_index *index, struct words *words,
                struct query *ret_query)
{
    struct query query = {0};
    bool *asks = mem_alloc((words->sentence_count + 1) * sizeof *asks);
    bool has_question = false;
    for (size_t i = 0; i < words->sentence_count && words->sentence_count > 1; i++)
        has_question |= asks[i] = gate_is_question(words, i);
    for (size_t i = 0; i < words->count && query.count < QUERY_WORDS_MAX; i++) {
        struct word *word = &words->items[i];
        bool is_aside = has_question && !asks[word->sentence];
        read_word(index, &query, word, is_aside ? ASIDE_WEIGHT : 1);
    }
    free(asks);
    for (size_t i = 0; i < query.count; i++)
        add_phrases(index, &query, i);
    for (size_t i = 0; i < query.count; i++)
        add_synonyms(index, &query.words[i]);
    *ret_query = query;
}

bool query_has_content(const struct query *query)
{
    for (size_t i = 0; i < query->count; i++) {
        const char *text = query->words[i].text;
        if (!query->words[i].is_stop && text[1] != '\0' &&
            text[strspn(text, "0123456789")] != '\0')
            return true;
    }
    return false;
}

void query_clear(struct query *query)
{
    free(query->words);
    *query = (struct query){0};
}
