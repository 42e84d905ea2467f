/* match_index.c - settings to index. See match_index.h. */
#include "commands/match_index.h"

#include "bot/base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much it says about an entry that a word stands in this field. */
#define QUESTION_WEIGHT 1.0f
#define ID_WEIGHT 0.8f
#define ANSWER_WEIGHT 0.45f
#define STOP_SHARE 0.15f /* of a stop word's value */

size_t index_find(const struct faq_index *index, const char *text)
{
    void *found = g_hash_table_lookup(index->term_of, text);
    return found ? GPOINTER_TO_SIZE(found) - 1 : NO_TERM;
}

static void write_pair(const char *first, const char *second, char ret_pair[2 * WORD_LEN])
{
    snprintf(ret_pair, 2 * WORD_LEN, "%s %s", first, second);
}

size_t index_find_pair(const struct faq_index *index, const char *first,
                       const char *second)
{
    char pair[2 * WORD_LEN];
    write_pair(first, second, pair);
    return index_find(index, pair);
}

bool index_is_spelling(const struct faq_index *index, const char *word)
{
    return g_hash_table_contains(index->spelling_set, word);
}

static size_t add_term(struct faq_index *index, const char *text, bool is_stop)
{
    size_t at = index_find(index, text);
    if (at != NO_TERM)
        return at;
    MEM_GROW(index->terms, index->term_count, index->term_capacity);
    at = index->term_count++;
    index->terms[at] = (struct term){.is_stop = is_stop};
    g_hash_table_insert(index->term_of, mem_dup(text), GSIZE_TO_POINTER(at + 1));
    return at;
}

/* Documents are added in ascending order: only the last can be there already. */
static void add_posting(struct postings *list, size_t doc, float weight)
{
    struct posting *last = list->count ? &list->items[list->count - 1] : NULL;
    if (last != NULL && last->doc == doc) {
        if (last->weight < weight)
            last->weight = weight;
        return;
    }
    MEM_GROW(list->items, list->count, list->capacity);
    list->items[list->count++] = (struct posting){(uint32_t)doc, weight};
}

void index_add_spelling(struct faq_index *index, const char *word)
{
    if (index_is_spelling(index, word))
        return;
    MEM_GROW(index->spellings, index->spelling_count, index->spelling_capacity);
    struct spelling *spelling = &index->spellings[index->spelling_count++];
    memset(spelling, 0, sizeof *spelling);
    memcpy(spelling->text, word, strlen(word));
    spelling->letters = strlen(word);
    g_hash_table_add(index->spelling_set, mem_dup(word));
}

static void post(struct faq_index *index, size_t term, size_t entry, float weight,
                 bool is_phrase)
{
    add_posting(&index->terms[term].entries, entry, weight);
    if (is_phrase)
        add_posting(&index->terms[term].phrases, index->phrase_count - 1, 1);
}

static void add_field(struct faq_index *index, size_t entry, const char *text,
                      float weight, bool is_phrase)
{
    struct words words;
    char before[WORD_LEN] = "";
    bool was_stop = true;
    words_read(text, &words);
    if (is_phrase) {
        MEM_GROW(index->phrases, index->phrase_count, index->phrase_capacity);
        index->phrases[index->phrase_count++] = (struct phrase){.entry = (uint32_t)entry};
    }
    for (size_t i = 0; i < words.count; i++) {
        char stem[WORD_LEN], pair[2 * WORD_LEN];
        const char *word = words.items[i].text;
        bool is_stop = word_is_stop(word);
        word_stem(word, stem);
        post(index, add_term(index, stem, is_stop), entry, weight, is_phrase);
        if (before[0] && is_phrase && !(was_stop && is_stop)) {
            write_pair(before, stem, pair);
            post(index, add_term(index, pair, false), entry, weight, is_phrase);
        }
        index_add_spelling(index, word);
        memcpy(before, stem, sizeof before);
        was_stop = is_stop;
    }
    words_clear(&words);
}

static void add_entry(struct faq_index *index, size_t entry)
{
    const struct faq_settings *faq = &index->settings->faqs[entry];
    add_field(index, entry, faq->question, QUESTION_WEIGHT, true);
    for (size_t i = 0; i < faq->also.count; i++)
        add_field(index, entry, faq->also.items[i], QUESTION_WEIGHT, true);
    add_field(index, entry, faq->id, ID_WEIGHT, true);
    add_field(index, entry, faq->answer, ANSWER_WEIGHT, false);
}

static float inverse_frequency(size_t all, size_t having)
{
    return logf(1 + ((float)all - (float)having + 0.5f) / ((float)having + 0.5f));
}

/* Values of terms, then lengths of phrases: a pass over all lists. */
static void weigh(struct faq_index *index)
{
    size_t all = index->settings->faq_count;
    index->unknown_value = inverse_frequency(all, 0);
    for (size_t i = 0; i < index->term_count; i++) {
        struct term *term = &index->terms[i];
        term->value = inverse_frequency(all, term->entries.count);
        if (term->is_stop)
            term->value *= STOP_SHARE;
        for (size_t j = 0; j < term->phrases.count; j++)
            index->phrases[term->phrases.items[j].doc].norm += term->value * term->value;
    }
    for (size_t i = 0; i < index->phrase_count; i++)
        index->phrases[i].norm = sqrtf(index->phrases[i].norm);
}

static int compare_spelling(const void *a, const void *b)
{
    const struct spelling *one = a, *two = b;
    if (one->text[0] != two->text[0])
        return (unsigned char)one->text[0] < (unsigned char)two->text[0] ? -1 : 1;
    if (one->letters != two->letters)
        return one->letters < two->letters ? -1 : 1;
    return strcmp(one->text, two->text);
}

static void add_common(struct faq_index *index)
{
    for (const char *const *word = words_common; *word; word++) {
        char stem[WORD_LEN];
        word_stem(*word, stem);
        g_hash_table_add(index->common, mem_dup(stem));
    }
}

struct faq_index *faq_index_new(const struct settings *settings)
{
    struct faq_index *index = mem_alloc(sizeof *index);
    index->settings = settings;
    index->term_of = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    index->spelling_set = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    index->common = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    for (size_t i = 0; i < settings->faq_count; i++)
        add_entry(index, i);
    index_add_wordings(index);
    add_common(index);
    if (index->spelling_count > 0)
        qsort(index->spellings, index->spelling_count, sizeof *index->spellings,
              compare_spelling);
    weigh(index);
    return index;
}

void faq_index_free(struct faq_index *index)
{
    if (index == NULL)
        return;
    for (size_t i = 0; i < index->term_count; i++) {
        free(index->terms[i].entries.items);
        free(index->terms[i].phrases.items);
    }
    free(index->terms);
    free(index->phrases);
    free(index->spellings);
    g_hash_table_destroy(index->term_of);
    g_hash_table_destroy(index->spelling_set);
    g_hash_table_destroy(index->common);
    index_free_wordings(index);
    free(index);
}
