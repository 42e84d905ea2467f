/* match.c - which FAQ entry a question means.
 *
 * People write with other words than the FAQ, with slips, and around the point. So a
 * message passes through five steps, each with a file of its own.
 *
 * - match_query.c: words to the terms they may stand for. Stems (stem.c), slips mended
 *   towards the FAQ's own words (match_repair.c; a dictionary only tells what is a word),
 *   compounds, and words that mean the same (match_synonyms.c: [synonyms] and a thesaurus
 * of everyday English). Of several sentences the one that asks counts most.
 * - match_rank.c: how well each entry fits, by four figures gathered over inverted lists.
 *   Cover is the share of the question's worth (inverse document frequency) that the
 * entry has, its questions counting more than its answer. Likeness is the cosine of the
 * question and the nearest single wording. Contain tells how much of a telling wording,
 * such as an item of `words`, the question contains. Pull tells how much likelier the
 * question's words are where this entry is meant: a smoothed language model learnt from
 * its wordings, so that words that all entries share weigh nothing. Pairs of neighbouring
 * words count like words. The weighted sum of the four ranks.
 * - match_veto.c: what shows that the question is about something else.
 * - match_signs.c: how sure it is that the first is meant, a logistic function of some
 *   twenty signs; 700 means right about seven times in ten.
 * - match_gate.c: overheard, is it a question at all, and put to nobody else?
 *
 * Decision. Sure enough: answer. Less: ask which of the first three is meant. Otherwise
 * nothing: in case of doubt Hearth does not know. match_explain.c tells a moderator why.
 *
 * The constants were fitted on the questions below tests/faq (tests/bench/fit.py);
 * `make bench-faq` measures.
 */
#include "commands/match.h"

#include "commands/match_signs.h"
#include "commands/safety.h"
#include "commands/small_talk.h"

#include <math.h>

/* Permille. An FAQ with many wordings can wait for a sure sign; one that has only its
 * questions would hardly answer anything then. */
#define ANSWER_LEAST 500
#define ANSWER_LEAST_RICH 660
#define SUGGEST_LEAST 300
#define OVERHEARD_LEAST 800
#define SMALL_SCORE 900
#define COVER_LEAST 0.15f /* of the question's worth: less is no hint at all */
#define SHORT_MESSAGE 10  /* words: an animal in it is what it is about */

static void keep_best(const struct faq_index *index, const struct ranking *r,
                      struct match *match, float *sums)
{
    for (size_t i = 0; i < index->settings->faq_count; i++) {
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

/* The first by its signs, the others by how far they lie behind it. */
static void score(const struct faq_index *index, const struct inquiry *inquiry,
                  const struct vetoes *vetoes, const float *sums, struct match *match)
{
    float signs[SIGN_COUNT];
    struct best_two best = {match->ranked[0].faq, sums[0],
                            match->ranked_count > 1 ? sums[1] : 0};
    if (match->ranked_count == 0)
        return;
    match_signs_read(index, inquiry, vetoes, &best, signs);
    float first = (float)match_signs_chance(signs);
    for (size_t i = 0; i < match->ranked_count; i++)
        match->ranked[i].score = (int)lroundf(first * expf(sums[i] - sums[0]));
}

/* A message of small words only tells nothing, unless it is just how an entry is asked
 * for: "who are you". */
static void take_small(const struct faq_index *index, const struct inquiry *inquiry,
                       struct match *match)
{
    size_t faq = index_find_small(index, &inquiry->words);
    if (faq == index->settings->faq_count)
        return;
    match->ranked[0] = (struct ranked){faq, SMALL_SCORE};
    match->ranked_count = 1;
    match->decision = DECIDE_ANSWER;
}

static enum decision decide(const struct faq_index *index, const struct inquiry *inquiry,
                            const struct match *match, const struct vetoes *vetoes,
                            bool is_overheard)
{
    if (match->ranked_count == 0 || vetoes->forbids || vetoes->is_about_animal)
        return DECIDE_NONE;
    if (inquiry->ranking.fits[match->ranked[0].faq].cover < COVER_LEAST)
        return DECIDE_NONE;
    int score = match->ranked[0].score;
    bool is_doubtful =
        vetoes->found[VETO_ILLNESS] > 0 ||
        (vetoes->found[VETO_ANIMAL] > 0 && inquiry->words.count <= SHORT_MESSAGE);
    if (is_overheard)
        return score >= OVERHEARD_LEAST && !is_doubtful &&
                       !gate_is_talk(inquiry->text, &inquiry->words)
                   ? DECIDE_ANSWER
                   : DECIDE_NONE;
    int rich = (int)(index_richness(index) * (ANSWER_LEAST_RICH - ANSWER_LEAST));
    return score >= ANSWER_LEAST + rich && !is_doubtful ? DECIDE_ANSWER
           : score >= SUGGEST_LEAST                     ? DECIDE_SUGGEST
                                                        : DECIDE_NONE;
}

void faq_match(const struct faq_index *index, const char *query, bool is_overheard,
               struct match *ret_match)
{
    struct inquiry inquiry;
    struct vetoes vetoes;
    struct match match = {.decision = DECIDE_NONE};
    float sums[RANKED_MAX] = {0};
    inquiry_read(index, query, &inquiry);
    keep_best(index, &inquiry.ranking, &match, sums);
    veto_read(index, &inquiry.words, match.ranked[0].faq, &vetoes);
    score(index, &inquiry, &vetoes, sums, &match);
    match.is_forbidden = vetoes.forbids;
    if (query_has_content(&inquiry.query))
        match.decision = decide(index, &inquiry, &match, &vetoes, is_overheard);
    else if (!is_overheard)
        take_small(index, &inquiry, &match);
    inquiry_clear(&inquiry);
    *ret_match = match;
}

void faq_decide(const struct faq_index *index, const char *query, bool is_overheard,
                struct match *ret_match)
{
    faq_match(index, query, is_overheard, ret_match);
    switch (safety_read(index->safety, query)) {
    case SAFETY_CRISIS_SELF:
    case SAFETY_CRISIS_OTHER:
        ret_match->decision = DECIDE_CRISIS;
        break;
    case SAFETY_URGENT:
        ret_match->decision = DECIDE_URGENT;
        break;
    case SAFETY_UNCLEAR:
    case SAFETY_NONE:
        if (small_talk_read(query) != SMALL_TALK_NONE)
            ret_match->decision = DECIDE_NONE;
        break;
    }
}
