/* match_index.c - settings to index. See match_index.h. */
#include "commands/match_index.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/safety.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much it says about an entry that a word stands in this field. */
#define QUESTION_WEIGHT 1.0f
#define ID_WEIGHT 0.8f
#define ANSWER_WEIGHT 0.45f
#define STOP_SHARE 0.15f
#define PAIR_SHARE 0.6f
#define RICH_WORDINGS 30.0f /* for each entry: plenty */
#define CHANCE_SHARE 0.7f   /* of a word that one `also` line alone has, in passing */
#define LEAST_VALUE 0.03f   /* words that stand everywhere tell no wording from another */
#define SMOOTHING 3.0f

float index_richness(const struct faq_index *index)
{
    float per_entry =
        (float)index->wording_count / (float)(index->settings->faq_count + 1);
    return fminf(1, logf(1 + per_entry) / logf(1 + RICH_WORDINGS));
}

size_t index_find(const struct faq_index *index, const char *text)
{
    void *found = g_hash_table_lookup(index->term_of, text);
    return found ? GPOINTER_TO_SIZE(found) - 1 : NO_TERM;
}

static void write_pair(const char *first, const char *second, char ret_pair[2 * WORD_LEN])
{
    size_t len = strlen(first);
    memcpy(ret_pair, first, len);
    ret_pair[len] = ' ';
    memcpy(ret_pair + len + 1, second, strlen(second) + 1);
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
    void *found = g_hash_table_lookup(index->spelling_set, word);
    return found != NULL && GPOINTER_TO_SIZE(found) - 1 <= FROM_GRAMMAR;
}

const struct holding *index_find_holding(const struct term *term, size_t entry)
{
    size_t low = 0, high = term->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (term->entries[middle].entry < entry)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_there = low < term->entry_count && term->entries[low].entry == entry;
    return is_there ? &term->entries[low] : NULL;
}

static size_t add_term(struct faq_index *index, const char *text, bool is_stop)
{
    size_t at = index_find(index, text);
    if (at != NO_TERM)
        return at;
    MEM_GROW(index->terms, index->term_count, index->term_capacity);
    at = index->term_count++;
    char *key = mem_dup(text);
    index->terms[at] = (struct term){.text = key, .is_stop = is_stop};
    g_hash_table_insert(index->term_of, key, GSIZE_TO_POINTER(at + 1));
    return at;
}

/* Entries and wordings are added in ascending order: only the last can be there. */
static void hold(struct term *term, size_t entry, float weight)
{
    struct holding *last =
        term->entry_count ? &term->entries[term->entry_count - 1] : NULL;
    if (last == NULL || last->entry != entry) {
        MEM_GROW(term->entries, term->entry_count, term->entry_capacity);
        last = &term->entries[term->entry_count++];
        *last = (struct holding){.entry = (uint32_t)entry};
    }
    if (last->weight < weight)
        last->weight = weight;
}

/* The wording that is being read, the last one, contains the term. */
static void word_with(struct faq_index *index, struct term *term, float weight)
{
    uint32_t at = (uint32_t)index->wording_count - 1;
    if (term->wording_count > 0 && term->wordings[term->wording_count - 1] == at)
        return;
    MEM_GROW(term->wordings, term->wording_count, term->wording_capacity);
    term->wordings[term->wording_count++] = at;
    term->entries[term->entry_count - 1].mass += weight;
}

void index_add_spelling(struct faq_index *index, const char *word, enum origin origin)
{
    if (g_hash_table_contains(index->spelling_set, word))
        return;
    MEM_GROW(index->spellings, index->spelling_count, index->spelling_capacity);
    struct spelling *spelling = &index->spellings[index->spelling_count++];
    memset(spelling, 0, sizeof *spelling);
    memcpy(spelling->text, word, strlen(word));
    spelling->letters = strlen(word);
    spelling->bag = repair_bag(word);
    spelling->origin = origin;
    g_hash_table_insert(index->spelling_set, mem_dup(word),
                        GSIZE_TO_POINTER((size_t)origin + 1));
}

enum field { FIELD_QUESTION, FIELD_ALSO, FIELD_WORDS, FIELD_ID, FIELD_ANSWER };

static const float field_weight[] = {QUESTION_WEIGHT, QUESTION_WEIGHT, QUESTION_WEIGHT,
                                     ID_WEIGHT, ANSWER_WEIGHT};

static void post(struct faq_index *index, size_t at, size_t entry, enum field field)
{
    struct term *term = &index->terms[at];
    hold(term, entry, field_weight[field]);
    term->entries[term->entry_count - 1].is_asked |=
        field == FIELD_QUESTION || field == FIELD_ALSO;
    term->is_chosen |= field != FIELD_ALSO && field != FIELD_ANSWER;
    if (field != FIELD_ANSWER)
        word_with(index, term, field_weight[field]);
    else if (term->entries[term->entry_count - 1].mass == 0)
        term->entries[term->entry_count - 1].mass = ANSWER_WEIGHT;
}

/* A moderator chose the small words of a `words` item; elsewhere two of them side
 * by side are chance. */
static bool is_pair_kept(enum field field, bool was_stop, bool is_stop)
{
    return field == FIELD_WORDS || (field != FIELD_ANSWER && !(was_stop && is_stop));
}

/* The words joined, or NULL when one of them is no small word; the caller's. */
static char *join_small(const struct words *words)
{
    struct buf joined;
    buf_init(&joined, SIZE_MAX);
    for (size_t i = 0; i < words->count; i++) {
        if (!word_is_stop(words->items[i].text)) {
            buf_clear(&joined);
            return NULL;
        }
        buf_addf(&joined, "%s ", words->items[i].text);
    }
    return buf_take(&joined);
}

static void add_small(struct faq_index *index, const struct words *words, size_t entry)
{
    char *joined = join_small(words);
    if (joined != NULL && joined[0] != '\0' &&
        !g_hash_table_contains(index->small_wordings, joined))
        g_hash_table_insert(index->small_wordings, mem_dup(joined),
                            GSIZE_TO_POINTER(entry + 1));
    free(joined);
}

size_t index_find_small(const struct faq_index *index, const struct words *words)
{
    char *joined = join_small(words);
    void *found = joined ? g_hash_table_lookup(index->small_wordings, joined) : NULL;
    free(joined);
    return found ? GPOINTER_TO_SIZE(found) - 1 : index->settings->faq_count;
}

static void add_field(struct faq_index *index, size_t entry, const char *text,
                      enum field field)
{
    struct words words;
    char before[WORD_LEN] = "";
    bool was_stop = true;
    words_read(text, &words);
    if (field != FIELD_ANSWER) {
        MEM_GROW(index->wordings, index->wording_count, index->wording_capacity);
        index->wordings[index->wording_count++] =
            (struct wording){.entry = (uint32_t)entry};
    }
    index->masses[entry] += field_weight[field];
    for (size_t i = 0; i < words.count; i++) {
        char stem[WORD_LEN], pair[2 * WORD_LEN];
        const char *word = words.items[i].text;
        bool is_stop = word_is_stop(word);
        word_stem(word, stem);
        size_t at = add_term(index, stem, is_stop);
        if (index->terms[at].written == NULL)
            index->terms[at].written = mem_dup(word);
        post(index, at, entry, field);
        if (before[0] && is_pair_kept(field, was_stop, is_stop)) {
            write_pair(before, stem, pair);
            at = add_term(index, pair, false);
            index->terms[at].is_pair = true;
            post(index, at, entry, field);
        }
        index_add_spelling(index, word, is_stop ? FROM_GRAMMAR : FROM_FAQ);
        memcpy(before, stem, sizeof before);
        was_stop = is_stop;
    }
    if (field != FIELD_ID && field != FIELD_ANSWER)
        add_small(index, &words, entry);
    words_clear(&words);
}

static void add_entry(struct faq_index *index, size_t entry)
{
    const struct faq_settings *faq = &index->settings->faqs[entry];
    add_field(index, entry, faq->question, FIELD_QUESTION);
    for (size_t i = 0; i < faq->also.count; i++)
        add_field(index, entry, faq->also.items[i], FIELD_ALSO);
    for (size_t i = 0; i < faq->words.count; i++)
        add_field(index, entry, faq->words.items[i], FIELD_WORDS);
    add_field(index, entry, faq->id, FIELD_ID);
    add_field(index, entry, faq->answer, FIELD_ANSWER);
}

static float inverse_frequency(size_t all, size_t having)
{
    return logf(1 + ((float)all - (float)having + 0.5f) / ((float)having + 0.5f));
}

/* The smoothed language model of an entry against that of all (Zhai and Lafferty,
 * 2004): how much likelier the term is where this entry is meant. */
static void learn_pull(const struct faq_index *index, struct term *term, float all)
{
    for (size_t i = 0; i < term->entry_count; i++)
        term->mass += term->entries[i].mass;
    float background = (term->mass + 0.5f) / (all + 1);
    for (size_t i = 0; i < term->entry_count; i++) {
        struct holding *held = &term->entries[i];
        float own = (held->mass + SMOOTHING * background) /
                    (index->masses[held->entry] + SMOOTHING);
        held->pull =
            fmaxf(0, logf(own / background)) * sqrtf(term->value / index->unknown_value);
    }
}

/* Values of terms, then lengths of wordings: a pass over all lists. */
static void weigh(struct faq_index *index)
{
    size_t count = index->settings->faq_count;
    float all = 0;
    for (size_t i = 0; i < count; i++)
        all += index->masses[i];
    index->unknown_value = inverse_frequency(count, 0);
    for (size_t i = 0; i < index->term_count; i++) {
        struct term *term = &index->terms[i];
        term->value =
            inverse_frequency(count, term->entry_count) * (term->is_stop   ? STOP_SHARE
                                                           : term->is_pair ? PAIR_SHARE
                                                                           : 1);
        if (!term->is_chosen && term->wording_count == 1)
            term->value *= CHANCE_SHARE;
        learn_pull(index, term, all);
        if (term->value < LEAST_VALUE)
            term->wording_count = 0;
        for (size_t j = 0; j < term->wording_count; j++)
            index->wordings[term->wordings[j]].norm += term->value * term->value;
    }
    for (size_t i = 0; i < index->wording_count; i++)
        index->wordings[i].norm = sqrtf(index->wordings[i].norm);
}

static int compare_spelling(const void *a, const void *b)
{
    const struct spelling *one = a, *two = b;
    if (one->letters != two->letters)
        return one->letters < two->letters ? -1 : 1;
    return strcmp(one->text, two->text);
}

static void add_everyday(struct faq_index *index)
{
    for (const char *const *word = words_common; *word; word++) {
        char stem[WORD_LEN];
        word_stem(*word, stem);
        g_hash_table_add(index->common, mem_dup(stem));
        index_add_spelling(index, *word, FROM_EVERYDAY);
    }
    for (const char *const *word = words_stop; *word; word++)
        index_add_spelling(index, *word, FROM_GRAMMAR);
}

static void allow_asked(struct faq_index *index)
{
    for (size_t i = 0; i < index->settings->faq_count; i++) {
        const struct faq_settings *faq = &index->settings->faqs[i];
        index_allow_asked(index, i, faq->question);
        for (size_t k = 0; k < faq->also.count; k++)
            index_allow_asked(index, i, faq->also.items[k]);
    }
}

struct faq_index *faq_index_new(const struct settings *settings)
{
    struct faq_index *index = mem_alloc(sizeof *index);
    index->settings = settings;
    index->safety = safety_rules_new(&settings->safety);
    index->term_of = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    index->spelling_set = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    index->masses = mem_alloc((settings->faq_count + 1) * sizeof *index->masses);
    index->small_wordings = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    index->common = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    for (size_t i = 0; i < settings->faq_count; i++)
        add_entry(index, i);
    index_add_synonyms(index);
    repair_costs_init(&index->costs);
    add_everyday(index);
    index_add_vetoes(index);
    allow_asked(index);
    if (index->spelling_count > 0)
        qsort(index->spellings, index->spelling_count, sizeof *index->spellings,
              compare_spelling);
    weigh(index);
    return index;
}

const struct safety_rules *faq_safety(const struct faq_index *index)
{
    return index->safety;
}

void faq_index_free(struct faq_index *index)
{
    if (index == NULL)
        return;
    for (size_t i = 0; i < index->term_count; i++) {
        free(index->terms[i].written);
        free(index->terms[i].entries);
        free(index->terms[i].wordings);
    }
    free(index->terms);
    free(index->wordings);
    free(index->masses);
    free(index->spellings);
    g_hash_table_destroy(index->term_of);
    g_hash_table_destroy(index->spelling_set);
    g_hash_table_destroy(index->common);
    g_hash_table_destroy(index->small_wordings);
    g_hash_table_destroy(index->vetoes);
    g_hash_table_destroy(index->veto_words);
    g_hash_table_destroy(index->allowed);
    index_free_synonyms(index);
    safety_rules_free(index->safety);
    free(index);
}
