/* match_rank.c - see match_rank.h.
 *
 * All figures are gathered over the lists of the question's terms, so that the
 * cost grows with those lists and not with the FAQ.
 */
#include "commands/match_rank.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <math.h>
#include <stdlib.h>

#define UNKNOWN_SHARE 0.6f /* worth of a word that no entry has */
#define PAIR_PULL 0.5f     /* of a pair against that of a word */
#define APART_MAX 2        /* words between the two of a pair */
#define APART_SHARE 0.6f   /* what such a pair is worth */
#define STOP_PULL 0.3f
#define CONTAIN_HALF 2.5f /* norm of a wording that is half convincing */

/* Fitted on the questions below tests/faq by tests/bench/fit.py. */
#define COVER_WEIGHT 1.2f
#define LIKENESS_WEIGHT 4.14f
#define CONTAIN_WEIGHT 1.08f
#define PULL_WEIGHT 1.41f

/* The best meaning of a word for one document. */
struct best {
    float weight, pull;
};

struct gather {
    const struct faq_index *index;
    struct ranking *ranking;
    float *dots;       /* of wordings */
    struct best *best; /* of one word: by entry */
    float *best_dot;   /* of one word: by wording */
    uint32_t *touched, *touched_wordings;
    size_t touched_count, touched_wording_count;
    float norm; /* of the question's vector, squared */
};

static void touch(struct gather *g, const struct term *term, float factor)
{
    for (size_t i = 0; i < term->entry_count; i++) {
        const struct holding *held = &term->entries[i];
        struct best *best = &g->best[held->entry];
        if (best->weight == 0)
            g->touched[g->touched_count++] = held->entry;
        best->weight = fmaxf(best->weight, factor * held->weight);
        best->pull = fmaxf(best->pull, factor * held->pull);
    }
    for (size_t i = 0; i < term->wording_count; i++) {
        uint32_t at = term->wordings[i];
        if (g->best_dot[at] == 0)
            g->touched_wordings[g->touched_wording_count++] = at;
        g->best_dot[at] = fmaxf(g->best_dot[at], factor * term->value);
    }
}

/* What was touched counts once for the word, whichever of its meanings was best. */
static void settle(struct gather *g, float value, float weight, bool is_pair)
{
    for (size_t i = 0; i < g->touched_count; i++) {
        struct best *best = &g->best[g->touched[i]];
        struct fit *fit = &g->ranking->fits[g->touched[i]];
        if (!is_pair)
            fit->cover += value * best->weight;
        fit->pull += weight * best->pull;
        *best = (struct best){0};
    }
    for (size_t i = 0; i < g->touched_wording_count; i++) {
        uint32_t at = g->touched_wordings[i];
        g->dots[at] += value * g->best_dot[at];
        g->best_dot[at] = 0;
    }
    g->touched_count = g->touched_wording_count = 0;
    g->norm += value * value;
}

/* What a word is worth: the value of its surest meaning. */
float rank_word_value(const struct faq_index *index, const struct query_word *word)
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

static void add_word(struct gather *g, const struct query_word *word)
{
    float value = rank_word_value(g->index, word);
    g->ranking->worth += value;
    if (word->meaning_count > 0)
        g->ranking->known += value;
    for (size_t i = 0; i < word->meaning_count; i++)
        touch(g, &g->index->terms[word->meanings[i].term], word->meanings[i].factor);
    settle(g, value, word->weight * (word->is_stop ? STOP_PULL : 1), false);
}

/* Two words of the question that stand side by side in the FAQ; `apart`: how many others
 * are between them here ("turn the check-ins off"). */
static void add_pair(struct gather *g, const struct query_word *word, size_t apart)
{
    const struct query_word *other = &word[1 + apart];
    size_t at = index_find_pair(g->index, word->stem, other->stem);
    if (at == NO_TERM || (apart > 0 && word->is_stop && other->is_stop))
        return;
    const struct term *term = &g->index->terms[at];
    float closeness = apart > 0 ? APART_SHARE : 1;
    touch(g, term, closeness);
    settle(g, term->value * word->weight * closeness, PAIR_PULL * word->weight, true);
}

static void sum_up(struct gather *g)
{
    const struct faq_index *index = g->index;
    struct ranking *r = g->ranking;
    float length = sqrtf(g->norm) + 1e-6f, best = 0;
    for (size_t i = 0; i < index->wording_count; i++) {
        const struct wording *wording = &index->wordings[i];
        struct fit *fit = &r->fits[wording->entry];
        if (g->dots[i] == 0)
            continue;
        float share = g->dots[i] / (wording->norm * wording->norm + 1e-6f);
        float contain = share * share * wording->norm / (wording->norm + CONTAIN_HALF);
        fit->likeness = fmaxf(fit->likeness, g->dots[i] / (wording->norm * length));
        fit->contain = fmaxf(fit->contain, contain);
    }
    for (size_t i = 0; i < index->settings->faq_count; i++) {
        struct fit *fit = &r->fits[i];
        if (fit->cover == 0)
            continue;
        fit->cover /= r->worth + 1e-6f;
        fit->sum = COVER_WEIGHT * fit->cover + LIKENESS_WEIGHT * fit->likeness +
                   CONTAIN_WEIGHT * fit->contain + PULL_WEIGHT * fit->pull;
        best = fmaxf(best, fit->sum);
    }
    for (size_t i = 0; i < index->settings->faq_count; i++) {
        if (r->fits[i].sum > 0)
            r->total += expf(r->fits[i].sum - best);
    }
    r->known /= r->worth + 1e-6f;
}

static void rank(const struct faq_index *index, const struct query *query,
                 struct ranking *ret_ranking)
{
    struct ranking ranking = {0};
    struct gather g = {.index = index, .ranking = &ranking};
    size_t entries = index->settings->faq_count + 1, wordings = index->wording_count + 1;
    ranking.fits = mem_alloc(entries * sizeof *ranking.fits);
    g.best = mem_alloc(entries * sizeof *g.best);
    g.touched = mem_alloc(entries * sizeof *g.touched);
    g.dots = mem_alloc(wordings * sizeof *g.dots);
    g.best_dot = mem_alloc(wordings * sizeof *g.best_dot);
    g.touched_wordings = mem_alloc(wordings * sizeof *g.touched_wordings);
    for (size_t i = 0; i < query->count; i++)
        add_word(&g, &query->words[i]);
    for (size_t apart = 0; apart <= APART_MAX; apart++) {
        for (size_t i = 0; i + 1 + apart < query->count; i++)
            add_pair(&g, &query->words[i], apart);
    }
    sum_up(&g);
    free(g.best);
    free(g.touched);
    free(g.dots);
    free(g.best_dot);
    free(g.touched_wordings);
    *ret_ranking = ranking;
}

float rank_word_cover(const struct faq_index *index, const struct query_word *word,
                      size_t entry, const struct meaning **ret_meaning)
{
    float best = 0;
    *ret_meaning = NULL;
    for (size_t i = 0; i < word->meaning_count; i++) {
        const struct meaning *meaning = &word->meanings[i];
        const struct holding *held =
            index_find_holding(&index->terms[meaning->term], entry);
        if (held != NULL && meaning->factor * held->weight > best) {
            best = meaning->factor * held->weight;
            *ret_meaning = meaning;
        }
    }
    return best;
}

void inquiry_read(const struct faq_index *index, const char *message,
                  struct inquiry *ret_inquiry)
{
    ret_inquiry->text = text_clip(message, QUESTION_MAX);
    words_read(ret_inquiry->text, &ret_inquiry->words);
    query_read(index, &ret_inquiry->words, &ret_inquiry->query);
    rank(index, &ret_inquiry->query, &ret_inquiry->ranking);
}

void inquiry_clear(struct inquiry *inquiry)
{
    free(inquiry->ranking.fits);
    query_clear(&inquiry->query);
    words_clear(&inquiry->words);
    free(inquiry->text);
    *inquiry = (struct inquiry){0};
}
