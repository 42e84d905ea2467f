/* match_veto.c - words by which a question shows that it is about something else.
 *
 * Some questions look like an entry although an answer to them would be advice on one
 * person's medicine, on an animal, on another illness, or beside the point. The lists of
 * veto_words.h, and [vetoes] of the config, name such words.
 *
 * Doses, and a drug together with mixing, amounts or one's own case, forbid an answer,
 * unless a question of the entry itself brings the same two together. The other words
 * only make it less likely that an entry is meant (match_signs.c): somebody who asks
 * about pain may mention the dog. They do not count where the entry's own questions use
 * them.
 */
#include "commands/match_index.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "commands/veto_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PHRASE_WORDS_MAX 6
#define SPELLING_LEAST 5 /* letters */
#define PHRASE_LEN (PHRASE_WORDS_MAX * WORD_LEN)

static void add_phrase(struct faq_index *index, const char *phrase, enum veto veto)
{
    struct strv words;
    text_split(phrase, ' ', &words);
    for (size_t i = 0; i < words.count; i++)
        g_hash_table_add(index->veto_words, mem_dup(words.items[i]));
    strv_clear(&words);
    size_t bits = GPOINTER_TO_SIZE(g_hash_table_lookup(index->vetoes, phrase));
    bits |= (size_t)1 << veto;
    g_hash_table_insert(index->vetoes, mem_dup(phrase), GSIZE_TO_POINTER(bits));
}

/* Slips in the names of drugs are mended, too. */
static void add_spelling(struct faq_index *index, const char *phrase, enum veto veto)
{
    bool is_drug = veto == VETO_DRUG || veto == VETO_DRUG_NAME;
    if (is_drug && strlen(phrase) >= SPELLING_LEAST && strchr(phrase, ' ') == NULL)
        index_add_spelling(index, phrase, FROM_FAQ);
}

static void add_list(struct faq_index *index, const char *const *lines, enum veto veto)
{
    for (; *lines; lines++) {
        struct strv items;
        text_split(*lines, ',', &items);
        for (size_t i = 0; i < items.count; i++) {
            add_phrase(index, items.items[i], veto);
            add_spelling(index, items.items[i], veto);
        }
        strv_clear(&items);
    }
}

/* As words arrive: "Blu-ray" is "blu ray". What is longer is passed over. */
static void add_own(struct faq_index *index, const char *text)
{
    struct words words;
    char phrase[PHRASE_LEN] = "";
    words_read(text, &words);
    for (size_t i = 0; i < words.count && words.count <= PHRASE_WORDS_MAX; i++) {
        if (i > 0)
            strcat(phrase, " ");
        strcat(phrase, words.items[i].text);
    }
    if (phrase[0] != '\0')
        add_phrase(index, phrase, VETO_ELSEWHERE);
    words_clear(&words);
}

void index_add_vetoes(struct faq_index *index)
{
    static const char *const *const lists[VETO_COUNT] = {
        [VETO_DOSE] = veto_doses,           [VETO_DRUG] = veto_drugs,
        [VETO_DRUG_NAME] = veto_drug_names, [VETO_AMOUNT] = veto_amounts,
        [VETO_MIXING] = veto_mixing,        [VETO_OWN_CASE] = veto_own_case,
        [VETO_ANIMAL] = veto_animals,       [VETO_ILLNESS] = veto_illnesses,
        [VETO_ELSEWHERE] = veto_elsewhere};
    const struct strv *own = &index->settings->vetoes.elsewhere;
    index->allowed = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    index->veto_words = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    index->vetoes = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    for (int i = 0; i < VETO_COUNT; i++)
        add_list(index, lists[i], (enum veto)i);
    for (size_t i = 0; i < own->count; i++)
        add_own(index, own->items[i]);
}

/* Do the entry's own questions speak of these words? */
static bool is_asked(const struct faq_index *index, const struct word *words,
                     size_t count, size_t entry)
{
    for (size_t i = 0; i + 1 < count || i == 0; i++) {
        char first[WORD_LEN], second[WORD_LEN];
        word_stem(words[i].text, first);
        size_t at = index_find(index, first);
        if (count > 1) {
            word_stem(words[i + 1].text, second);
            at = index_find_pair(index, first, second);
        }
        const struct holding *held =
            at == NO_TERM ? NULL : index_find_holding(&index->terms[at], entry);
        if (held == NULL || !held->is_asked)
            return false;
    }
    return true;
}

/* "dose" is how many people spell "does". */
static bool is_does(const struct words *words, size_t at)
{
    static const char *const before[] = {
        "a",       "any", "correct", "daily", "each",  "high",  "last", "low",
        "maximum", "my",  "next",    "one",   "per",   "right", "safe", "same",
        "that",    "the", "usual",   "what",  "which", "your",  NULL};
    static const char *const behind[] = {"for", "of", "per", "too", NULL};
    bool is_last = at + 1 == words->count;
    return strcmp(words->items[at].text, "dose") == 0 && !is_last &&
           !(at > 0 && text_is_one_of(words->items[at - 1].text, before)) &&
           !text_is_one_of(words->items[at + 1].text, behind);
}

/* "400mg", written as one word. */
static bool is_amount(const char *word)
{
    static const char *const units[] = {"iu", "mcg", "mg", "mgs", "ml", "ug", NULL};
    size_t digits = strspn(word, "0123456789");
    return digits > 0 && text_is_one_of(word + digits, units);
}

/* "give my cat", "can my dog have": an animal as the one it is about, not one that has to
 * be walked. */
static bool is_about(const struct words *words, size_t at)
{
    static const char *const about[] = {"can",   "do",     "does", "for", "gave",
                                        "give",  "giving", "has",  "is",  "sick",
                                        "treat", "why",    NULL};
    for (size_t i = at >= 2 ? at - 2 : 0; i < at; i++) {
        if (text_is_one_of(words->items[i].text, about))
            return true;
    }
    return false;
}

#define BIT(veto) (1u << (veto))
#define DRUGS (BIT(VETO_DRUG) | BIT(VETO_DRUG_NAME))
#define CASES (BIT(VETO_AMOUNT) | BIT(VETO_MIXING) | BIT(VETO_OWN_CASE))

/* A run of words in a message. */
struct run {
    const struct words *words;
    size_t at, count;
    char phrase[PHRASE_LEN];
};

static void add_hit(struct vetoes *vetoes, guint phrase, unsigned bits)
{
    for (size_t i = 0; i < vetoes->hit_count; i++) {
        if (vetoes->hits[i].phrase == phrase)
            return;
    }
    if (vetoes->hit_count < VETO_HITS_MAX)
        vetoes->hits[vetoes->hit_count++] = (struct veto_hit){phrase, bits};
    else
        vetoes->forbids = true; /* so much about drugs is no question of the FAQ */
}

static void note(const struct faq_index *index, const struct run *run, size_t entry,
                 struct vetoes *vetoes)
{
    unsigned bits =
        (unsigned)GPOINTER_TO_SIZE(g_hash_table_lookup(index->vetoes, run->phrase));
    if (run->count == 1 && is_amount(run->phrase))
        bits |= BIT(VETO_DOSE);
    if (bits == 0 || (run->count == 1 && is_does(run->words, run->at)))
        return;
    bool is_known = is_asked(index, &run->words->items[run->at], run->count, entry);
    for (int i = 0; i < VETO_COUNT; i++) {
        bool is_hard = BIT(i) & (DRUGS | CASES | BIT(VETO_DOSE));
        if ((bits & BIT(i)) && (is_hard || !is_known))
            vetoes->found[i]++;
    }
    if ((bits & BIT(VETO_ANIMAL)) && !is_known && is_about(run->words, run->at))
        vetoes->is_about_animal = true;
    if (bits & (DRUGS | CASES | BIT(VETO_DOSE)))
        add_hit(vetoes, g_str_hash(run->phrase), bits);
}

/* Every run of up to PHRASE_WORDS_MAX words of one sentence. */
static void read_runs(const struct faq_index *index, const struct words *words,
                      size_t entry, struct vetoes *vetoes)
{
    struct run run = {.words = words};
    for (run.at = 0; run.at < words->count; run.at++) {
        size_t len = 0;
        for (run.count = 1;
             run.count <= PHRASE_WORDS_MAX && run.at + run.count <= words->count;
             run.count++) {
            const struct word *word = &words->items[run.at + run.count - 1];
            if (word->sentence != words->items[run.at].sentence)
                break;
            if (run.count > 1)
                run.phrase[len++] = ' ';
            memcpy(run.phrase + len, word->text, strlen(word->text) + 1);
            len += strlen(word->text);
            note(index, &run, entry, vetoes);
        }
    }
}

/* Do two phrases together ask for advice on medicine? */
static bool clash(const struct veto_hit *a, const struct veto_hit *b, bool is_joined)
{
    bool are_names = (a->bits & b->bits & BIT(VETO_DRUG_NAME)) && a->phrase != b->phrase;
    bool is_name_and_drug = ((a->bits & BIT(VETO_DRUG_NAME)) && (b->bits & DRUGS)) ||
                            ((b->bits & BIT(VETO_DRUG_NAME)) && (a->bits & DRUGS));
    return ((a->bits & DRUGS) && (b->bits & CASES)) ||
           ((b->bits & DRUGS) && (a->bits & CASES)) || are_names ||
           (is_name_and_drug && is_joined && a->phrase != b->phrase);
}

static bool has_joint(const struct words *words)
{
    static const char *const joints[] = {"and", "on", "plus", "with", NULL};
    for (size_t i = 0; i < words->count; i++) {
        if (text_is_one_of(words->items[i].text, joints))
            return true;
    }
    return false;
}

static void write_key(size_t entry, const struct veto_hit *a, const struct veto_hit *b,
                      char ret_key[64])
{
    guint low = a->phrase < b->phrase ? a->phrase : b->phrase;
    guint high = a->phrase < b->phrase ? b->phrase : a->phrase;
    snprintf(ret_key, 64, "%zu %x %x", entry, low, high);
}

typedef bool clash_handler(const struct faq_index *index, const char *key);

/* Every clash, with its key, until `handle` returns true. */
static bool find_clash(const struct faq_index *index, const struct words *words,
                       size_t entry, const struct vetoes *vetoes, clash_handler *handle)
{
    bool is_joined = has_joint(words);
    for (size_t i = 0; i < vetoes->hit_count; i++) {
        for (size_t k = i; k < vetoes->hit_count; k++) {
            const struct veto_hit *a = &vetoes->hits[i], *b = &vetoes->hits[k];
            char key[64];
            bool is_clash =
                i == k ? (a->bits & BIT(VETO_DOSE)) != 0 : clash(a, b, is_joined);
            write_key(entry, a, b, key);
            if (is_clash && handle(index, key))
                return true;
        }
    }
    return false;
}

static bool is_not_allowed(const struct faq_index *index, const char *key)
{
    return !g_hash_table_contains(index->allowed, key);
}

static bool allow(const struct faq_index *index, const char *key)
{
    g_hash_table_add(index->allowed, mem_dup(key));
    return false;
}

void veto_read(const struct faq_index *index, const struct words *words, size_t entry,
               struct vetoes *ret_vetoes)
{
    struct vetoes vetoes = {0};
    read_runs(index, words, entry, &vetoes);
    vetoes.forbids =
        find_clash((struct faq_index *)index, words, entry, &vetoes, is_not_allowed);
    *ret_vetoes = vetoes;
}

void index_allow_asked(struct faq_index *index, size_t entry, const char *question)
{
    struct words words;
    struct vetoes vetoes = {0};
    words_read(question, &words);
    read_runs(index, &words, entry, &vetoes);
    find_clash(index, &words, entry, &vetoes, allow);
    words_clear(&words);
}
