/* match.c - which FAQ entry a question means.
 *
 * Method. A message becomes words with the terms they may stand for
 * (match_query.c: stems, repaired typos, split compounds, synonyms). Three
 * figures say how well an entry fits, all computed over inverted lists, so that
 * the cost grows with the lists of the question's words and not with the FAQ:
 *   cover   the share of the question's worth (inverse document frequency) that
 *           is found in the entry, a word in the question counting more than one
 *           in the answer
 *   phrase  the cosine between the question and the nearest single wording of
 *           the entry (its question, an `also` line or its id)
 *   pair    the share of neighbouring words that stand side by side there too
 * Their sum ranks. How sure that is comes from a logistic function of the three,
 * of the lead over the second entry and of the share of the question's worth that
 * any entry knows; its constants were fitted once so that 700 means: right about
 * seven times in ten.
 *
 * Decision. Sure enough: answer. Less: suggest. Vetoed wording, little known
 * ground or overheard talk: nothing. In case of doubt Hearth does not know.
 */
#include "commands/match.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "commands/match_index.h"
#include "commands/safety.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PHRASE_SHARE 0.8f
#define PAIR_SHARE 0.3f
#define UNKNOWN_SHARE 0.6f /* worth of a word that no entry has */

#define ANSWER_LEAST 450
#define SUGGEST_LEAST 200
#define OVERHEARD_LEAST 800

struct fit {
    float cover, phrase, pair;
    float sum;
};

struct ranking {
    const struct faq_index *index;
    const struct query *query;
    struct fit *fits;  /* of entries */
    float *phrases;    /* dot products */
    float *best;       /* of one word: by document */
    uint32_t *touched; /* documents with a value in `best` */
    size_t touched_count;
    float worth; /* of all words of the question */
    float norm;  /* of its vector */
    float known; /* share of the worth that some entry has */
};

static void touch(struct ranking *r, const struct postings *list, float factor)
{
    for (size_t i = 0; i < list->count; i++) {
        uint32_t doc = list->items[i].doc;
        float value = factor * list->items[i].weight;
        if (r->best[doc] == 0)
            r->touched[r->touched_count++] = doc;
        if (value > r->best[doc])
            r->best[doc] = value;
    }
}

/* What a word is worth: the value of its surest meaning. */
static float word_value(const struct faq_index *index, const struct query_word *word)
{
    float value = 0, factor = 0;
    for (size_t i = 0; i < word->meaning_count; i++) {
        if (word->meanings[i].factor > factor) {
            factor = word->meanings[i].factor;
            value = index->terms[word->meanings[i].term].value;
        }
    }
    if (word->meaning_count == 0 && !word->is_stop)
        value = index->unknown_value * UNKNOWN_SHARE;
    return value * word->weight;
}

static void add_word(struct ranking *r, const struct query_word *word)
{
    const struct term *terms = r->index->terms;
    float value = word_value(r->index, word);
    r->worth += value;
    r->norm += value * value;
    if (word->meaning_count > 0)
        r->known += value;
    for (size_t i = 0; i < word->meaning_count; i++)
        touch(r, &terms[word->meanings[i].term].entries, word->meanings[i].factor);
    for (size_t i = 0; i < r->touched_count; i++) {
        r->fits[r->touched[i]].cover += value * r->best[r->touched[i]];
        r->best[r->touched[i]] = 0;
    }
    r->touched_count = 0;
    for (size_t i = 0; i < word->meaning_count; i++)
        touch(r, &terms[word->meanings[i].term].phrases,
              word->meanings[i].factor * terms[word->meanings[i].term].value);
    for (size_t i = 0; i < r->touched_count; i++) {
        r->phrases[r->touched[i]] += value * r->best[r->touched[i]];
        r->best[r->touched[i]] = 0;
    }
    r->touched_count = 0;
}

static void add_pair(struct ranking *r, size_t at)
{
    const struct query_word *word = &r->query->words[at];
    size_t term = index_find_pair(r->index, word[0].stem, word[1].stem);
    if (term == NO_TERM)
        return;
    const struct postings *list = &r->index->terms[term].entries;
    for (size_t i = 0; i < list->count; i++)
        r->fits[list->items[i].doc].pair += r->index->terms[term].value * word->weight;
}

static void sum_up(struct ranking *r)
{
    const struct faq_index *index = r->index;
    for (size_t i = 0; i < index->phrase_count; i++) {
        const struct phrase *phrase = &index->phrases[i];
        if (r->phrases[i] == 0)
            continue;
        float cosine = r->phrases[i] / (phrase->norm * sqrtf(r->norm) + 1e-6f);
        struct fit *fit = &r->fits[phrase->entry];
        if (cosine > fit->phrase)
            fit->phrase = cosine;
    }
    for (size_t i = 0; i < index->settings->faq_count; i++) {
        struct fit *fit = &r->fits[i];
        fit->cover /= r->worth + 1e-6f;
        fit->pair = fminf(1, fit->pair / (r->worth + 1e-6f));
        fit->sum = fit->cover + PHRASE_SHARE * fit->phrase + PAIR_SHARE * fit->pair;
    }
}

static void rank(struct ranking *r)
{
    size_t docs = r->index->phrase_count + r->index->settings->faq_count + 1;
    r->fits = mem_alloc(docs * sizeof *r->fits);
    r->phrases = mem_alloc(docs * sizeof *r->phrases);
    r->best = mem_alloc(docs * sizeof *r->best);
    r->touched = mem_alloc(docs * sizeof *r->touched);
    for (size_t i = 0; i < r->query->count; i++)
        add_word(r, &r->query->words[i]);
    for (size_t i = 0; i + 1 < r->query->count; i++)
        add_pair(r, i);
    r->known /= r->worth + 1e-6f;
    sum_up(r);
}

static void ranking_clear(struct ranking *r)
{
    free(r->fits);
    free(r->phrases);
    free(r->best);
    free(r->touched);
}

static void keep_best(const struct ranking *r, struct match *match, float *sums)
{
    for (size_t i = 0; i < r->index->settings->faq_count; i++) {
        float sum = r->fits[i].sum;
        size_t at = match->ranked_count;
        if (sum <= 0 || (at == RANKED_MAX && sum <= sums[at - 1]))
            continue;
        if (at < RANKED_MAX)
            match->ranked_count++;
        else
            at--;
        for (; at > 0 && sums[at - 1] < sum; at--) {
            sums[at] = sums[at - 1];
            match->ranked[at] = match->ranked[at - 1];
        }
        sums[at] = sum;
        match->ranked[at].faq = i;
    }
}

/* Permille, from a logistic function. */
static int chance(const struct fit *fit, float lead, float known)
{
    float x = -4.6f + 2.0f * fit->cover + 4.4f * fit->phrase + 0.4f * fit->pair +
              0.9f * lead + 1.6f * known;
    return (int)lroundf(1000 / (1 + expf(-x)));
}

static void score(const struct ranking *r, const float *sums, struct match *match)
{
    for (size_t i = 0; i < match->ranked_count; i++) {
        float second = match->ranked_count > 1 ? sums[1] : 0;
        float lead = i == 0 ? (sums[0] - second) / sums[0] : 0;
        match->ranked[i].score = chance(&r->fits[match->ranked[i].faq], lead, r->known);
        if (i > 0 && match->ranked[i].score > match->ranked[i - 1].score)
            match->ranked[i].score = match->ranked[i - 1].score;
    }
}

static enum decision decide(const struct faq_index *index, const struct words *words,
                            const struct match *match, bool is_overheard)
{
    if (match->ranked_count == 0 || gate_is_vetoed(index, words))
        return DECIDE_NONE;
    int score = match->ranked[0].score;
    if (is_overheard)
        return score >= OVERHEARD_LEAST && !gate_is_talk(words) ? DECIDE_ANSWER
                                                                : DECIDE_NONE;
    return score >= ANSWER_LEAST    ? DECIDE_ANSWER
           : score >= SUGGEST_LEAST ? DECIDE_SUGGEST
                                    : DECIDE_NONE;
}

void faq_match(const struct faq_index *index, const char *query, bool is_overheard,
               struct match *ret_match)
{
    char *clipped = text_clip(query, QUESTION_MAX);
    struct words words;
    struct query read;
    struct match match = {0};
    float sums[RANKED_MAX] = {0};
    words_read(clipped, &words);
    query_read(index, &words, &read);
    struct ranking ranking = {.index = index, .query = &read};
    rank(&ranking);
    keep_best(&ranking, &match, sums);
    score(&ranking, sums, &match);
    match.decision = decide(index, &words, &match, is_overheard);
    ranking_clear(&ranking);
    query_clear(&read);
    words_clear(&words);
    free(clipped);
    *ret_match = match;
}

void faq_decide(const struct faq_index *index, const struct settings *settings,
                const char *query, bool is_overheard, struct match *ret_match)
{
    faq_match(index, query, is_overheard, ret_match);
    switch (safety_read(settings, query)) {
    case SAFETY_CRISIS_SELF:
    case SAFETY_CRISIS_OTHER:
        ret_match->decision = DECIDE_CRISIS;
        break;
    case SAFETY_URGENT:
        ret_match->decision = DECIDE_URGENT;
        break;
    case SAFETY_UNCLEAR:
    case SAFETY_NONE:
        break;
    }
}
