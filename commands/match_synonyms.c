/* match_synonyms.c - words that mean the same, from [synonyms] and the thesaurus, made
 * ready for questions. See match_index.h.
 */
#include "commands/match_index.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define SYNONYM_FACTOR 0.8f /* of a line of [synonyms] */
/* Of the thesaurus: an FAQ with many wordings needs it less. */
#define BARE_FACTOR 0.6f
#define RICH_FACTOR 0.3f
#define PART_SHARE 0.7f /* a word of a wording of several words */

static void add_meaning(struct synonym *synonym, size_t term, float factor)
{
    for (size_t i = 0; i < synonym->meaning_count; i++) {
        if (synonym->meanings[i].term != term)
            continue;
        if (synonym->meanings[i].factor < factor)
            synonym->meanings[i].factor = factor;
        return;
    }
    MEM_GROW(synonym->meanings, synonym->meaning_count, synonym->meaning_capacity);
    synonym->meanings[synonym->meaning_count++] =
        (struct meaning){term, factor, READ_SYNONYM};
}

/* A wording of a group: its words and their stems. */
struct item {
    struct words words;
    char (*stems)[WORD_LEN];
};

static void add_stems(struct item *item)
{
    item->stems = mem_alloc((item->words.count + 1) * sizeof *item->stems);
    for (size_t i = 0; i < item->words.count; i++)
        word_stem(item->words.items[i].text, item->stems[i]);
}

/* words_read for the tables, which are lower-case ASCII: they have thousands of wordings,
 * and an index is made while people wait. */
static void read_plain(const char *text, const char *end, struct words *words)
{
    for (size_t len; text < end; text += len) {
        text += strspn(text, " ");
        len = strcspn(text, " ,:>");
        if (len == 0)
            break;
        MEM_GROW(words->items, words->count, words->capacity);
        struct word *word = &words->items[words->count++];
        memset(word, 0, sizeof *word);
        memcpy(word->text, text, len < WORD_LEN ? len : WORD_LEN - 1);
    }
}

static bool is_same(const struct synonym *synonym, const struct item *item)
{
    if (synonym->stem_count != item->words.count)
        return false;
    for (size_t i = 0; i < synonym->stem_count; i++) {
        if (strcmp(item->stems[i], synonym->stems[i]) != 0)
            return false;
    }
    return true;
}

static void free_array(void *array)
{
    g_array_free(array, TRUE);
}

/* Index of the wording, made if it is new. */
static size_t find_or_add(struct faq_index *index, const struct item *item)
{
    GArray *list = g_hash_table_lookup(index->synonyms_of, item->stems[0]);
    if (list == NULL) {
        list = g_array_new(FALSE, FALSE, sizeof(size_t));
        g_hash_table_insert(index->synonyms_of, mem_dup(item->stems[0]), list);
    }
    for (size_t i = 0; i < list->len; i++) {
        size_t at = g_array_index(list, size_t, i);
        if (is_same(&index->synonyms[at], item))
            return at;
    }
    size_t at = index->synonym_count, size = item->words.count * sizeof *item->stems;
    MEM_GROW(index->synonyms, index->synonym_count, index->synonym_capacity);
    struct synonym *synonym = &index->synonyms[index->synonym_count++];
    *synonym = (struct synonym){.stem_count = item->words.count};
    synonym->stems = mem_resize(NULL, item->words.count, sizeof *synonym->stems);
    memcpy(synonym->stems, item->stems, size);
    g_array_append_val(list, at);
    return at;
}

/* A term that a wording of a group has in the FAQ. */
struct gift {
    size_t from; /* the wording */
    size_t term;
    float factor;
};

/* Gifts of the wording `from`; returns how many `gifts` has now. */
static size_t find_gifts(const struct faq_index *index, const struct item *item,
                         size_t from, float factor, struct gift *gifts, size_t count)
{
    float share = item->words.count == 1 ? factor : factor * PART_SHARE;
    for (size_t i = 0; i < item->words.count; i++) {
        size_t term = index_find(index, item->stems[i]);
        if (term != NO_TERM && !index->terms[term].is_stop)
            gifts[count++] = (struct gift){from, term, share};
    }
    return count;
}

/* Give the wording `to` what the others of its group have. */
static void give(struct faq_index *index, const struct item *item, size_t to,
                 const struct gift *gifts, size_t gift_count)
{
    struct synonym *synonym = NULL;
    for (size_t i = 0; i < gift_count; i++) {
        if (gifts[i].from == to)
            continue;
        if (synonym == NULL) {
            size_t at = find_or_add(index, item); /* may move the array */
            synonym = &index->synonyms[at];
        }
        add_meaning(synonym, gifts[i].term, gifts[i].factor);
    }
    for (size_t i = 0; i < item->words.count && synonym != NULL; i++)
        index_add_spelling(index, item->words.items[i].text, FROM_THESAURUS);
}

/* The first `heard` wordings of the group suggest and are not suggested; those from
 * `given` on are only suggested. */
static void add_group(struct faq_index *index, struct item *items, size_t count,
                      size_t heard, size_t given, float factor)
{
    size_t gift_count = 0, word_count = 0;
    for (size_t i = 0; i < count; i++) {
        add_stems(&items[i]);
        word_count += items[i].words.count;
    }
    struct gift *gifts = mem_alloc((word_count + 1) * sizeof *gifts);
    for (size_t i = heard; i < count; i++)
        gift_count = find_gifts(index, &items[i], i, factor, gifts, gift_count);
    for (size_t i = 0; i < count; i++) {
        if (items[i].words.count > 0 && i < given)
            give(index, &items[i], i, gifts, gift_count);
        words_clear(&items[i].words);
        free(items[i].stems);
    }
    free(gifts);
}

static void add_config(struct faq_index *index, const struct strv *group)
{
    struct item *items = mem_alloc((group->count + 1) * sizeof *items);
    for (size_t i = 0; i < group->count; i++)
        words_read(group->items[i], &items[i].words);
    add_group(index, items, group->count, 0, group->count, SYNONYM_FACTOR);
    free(items);
}

/* "a, b, c d", "heard: a, b, c d" or "heard > a, b, c d". */
static void add_line(struct faq_index *index, const char *line, float factor)
{
    struct item *items = NULL;
    size_t count = 0, capacity = 0, heard = 0, given = SIZE_MAX;
    for (const char *p = line, *end; *p; p = *end ? end + 1 : end) {
        end = p + strcspn(p, ",:>");
        MEM_GROW(items, count, capacity);
        items[count] = (struct item){0};
        read_plain(p, end, &items[count++].words);
        if (*end == ':' || *end == '>')
            heard = count;
        if (*end == '>')
            given = count;
    }
    add_group(index, items, count, heard, given, factor);
    free(items);
}

void index_add_synonyms(struct faq_index *index)
{
    float richness = index_richness(index);
    float factor = BARE_FACTOR + richness * (RICH_FACTOR - BARE_FACTOR);
    index->synonyms_of = g_hash_table_new_full(g_str_hash, g_str_equal, free, free_array);
    for (size_t i = 0; i < index->settings->synonym_count; i++)
        add_config(index, &index->settings->synonyms[i].words);
    for (const char *const *const *table = thesaurus; *table; table++) {
        for (const char *const *line = *table; *line; line++)
            add_line(index, *line, factor);
    }
}

void index_free_synonyms(struct faq_index *index)
{
    for (size_t i = 0; i < index->synonym_count; i++) {
        free(index->synonyms[i].stems);
        free(index->synonyms[i].meanings);
    }
    free(index->synonyms);
    g_hash_table_destroy(index->synonyms_of);
}
