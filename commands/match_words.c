/* match_words.c - words that mean the same, from [synonyms] and the thesaurus, made
 * ready for questions. See match_index.h.
 */
#include "commands/match_index.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define SYNONYM_FACTOR 0.8f /* of a line of [synonyms] */
#define THESAURUS_FACTOR 0.5f
#define PART_SHARE 0.7f /* a word of a wording of several words */

static void add_meaning(struct wording *wording, size_t term, float factor)
{
    for (size_t i = 0; i < wording->meaning_count; i++) {
        if (wording->meanings[i].term != term)
            continue;
        if (wording->meanings[i].factor < factor)
            wording->meanings[i].factor = factor;
        return;
    }
    MEM_GROW(wording->meanings, wording->meaning_count, wording->meaning_capacity);
    wording->meanings[wording->meaning_count++] = (struct meaning){term, factor};
}

static bool is_same(const struct wording *wording, const struct words *words)
{
    if (wording->stem_count != words->count)
        return false;
    for (size_t i = 0; i < words->count; i++) {
        char stem[WORD_LEN];
        word_stem(words->items[i].text, stem);
        if (strcmp(stem, wording->stems[i]) != 0)
            return false;
    }
    return true;
}

static void free_array(void *array)
{
    g_array_free(array, TRUE);
}

/* Index of the wording of these words, made if it is new. */
static size_t find_or_add(struct faq_index *index, const struct words *words)
{
    char first[WORD_LEN];
    word_stem(words->items[0].text, first);
    GArray *list = g_hash_table_lookup(index->wordings_of, first);
    if (list == NULL) {
        list = g_array_new(FALSE, FALSE, sizeof(size_t));
        g_hash_table_insert(index->wordings_of, mem_dup(first), list);
    }
    for (size_t i = 0; i < list->len; i++) {
        size_t at = g_array_index(list, size_t, i);
        if (is_same(&index->wordings[at], words))
            return at;
    }
    size_t at = index->wording_count;
    MEM_GROW(index->wordings, index->wording_count, index->wording_capacity);
    struct wording *wording = &index->wordings[index->wording_count++];
    *wording = (struct wording){.stem_count = words->count};
    wording->stems = mem_resize(NULL, words->count, sizeof *wording->stems);
    for (size_t i = 0; i < words->count; i++)
        word_stem(words->items[i].text, wording->stems[i]);
    g_array_append_val(list, at);
    return at;
}

/* Give the wording at `to` the terms that `words` has in the FAQ. */
static void give(struct faq_index *index, size_t to, const struct words *words,
                 float factor)
{
    for (size_t i = 0; i < words->count; i++) {
        char stem[WORD_LEN];
        word_stem(words->items[i].text, stem);
        size_t term = index_find(index, stem);
        if (term == NO_TERM || index->terms[term].is_stop)
            continue;
        add_meaning(&index->wordings[to], term,
                    words->count == 1 ? factor : factor * PART_SHARE);
    }
}

static void add_group(struct faq_index *index, const struct strv *group, float factor)
{
    struct words *read = mem_alloc((group->count + 1) * sizeof *read);
    for (size_t i = 0; i < group->count; i++)
        words_read(group->items[i], &read[i]);
    for (size_t i = 0; i < group->count; i++) {
        if (read[i].count == 0)
            continue;
        size_t at = find_or_add(index, &read[i]);
        for (size_t j = 0; j < group->count; j++) {
            if (j != i)
                give(index, at, &read[j], factor);
        }
        for (size_t j = 0; j < read[i].count && index->wordings[at].meaning_count > 0;
             j++)
            index_add_spelling(index, read[i].items[j].text);
    }
    for (size_t i = 0; i < group->count; i++)
        words_clear(&read[i]);
    free(read);
}

void index_add_wordings(struct faq_index *index)
{
    index->wordings_of = g_hash_table_new_full(g_str_hash, g_str_equal, free, free_array);
    for (size_t i = 0; i < index->settings->synonym_count; i++)
        add_group(index, &index->settings->synonyms[i].words, SYNONYM_FACTOR);
    for (const char *const *line = thesaurus; *line; line++) {
        struct strv group;
        text_split(*line, ',', &group);
        add_group(index, &group, THESAURUS_FACTOR);
        strv_clear(&group);
    }
}

void index_free_wordings(struct faq_index *index)
{
    for (size_t i = 0; i < index->wording_count; i++) {
        free(index->wordings[i].stems);
        free(index->wordings[i].meanings);
    }
    free(index->wordings);
    g_hash_table_destroy(index->wordings_of);
}
