/* match_signs.c - see match_signs.h.
 *
 * A logistic function of signs that were chosen because a careful reader would look at
 * them too. Its weights were fitted on the questions below tests/faq, see
 * tests/bench/fit.py: 700 means right about seven times in ten.
 */
#include "commands/match_signs.h"

#include <math.h>

#define SHORT_QUESTION 6 /* content words */
#define STRONG_VALUE 2.0f
#define STATEMENT_WORDS 4

static const float weights[SIGN_COUNT] = {
    [SIGN_ONE] = -1.15f,           [SIGN_RICH] = -0.81f,
    [SIGN_COVER] = 2.35f,          [SIGN_SHARE] = 1.58f,
    [SIGN_LEAD] = 1.02f,           [SIGN_KNOWN] = 0.33f,
    [SIGN_LENGTH] = 0.13f,         [SIGN_FOREIGN] = -0.01f,
    [SIGN_FOREIGN_PART] = -0.37f,  [SIGN_EVERYDAY] = -0.12f,
    [SIGN_OTHER] = -0.22f,         [SIGN_TAIL] = -0.16f,
    [SIGN_STRONGEST] = -1.73f,     [SIGN_STRONG] = -1.23f,
    [SIGN_SYNONYM] = 0.82f,        [SIGN_ANIMAL] = -0.95f,
    [SIGN_ILLNESS] = -0.57f,       [SIGN_ELSEWHERE] = -0.78f,
    [SIGN_SHORT_ILLNESS] = -0.41f, [SIGN_SHORT_ELSEWHERE] = -0.78f,
    [SIGN_STATEMENT] = 0.07f,
};

/* What the content words of a question look like from one entry. */
struct content {
    size_t count, foreign, everyday, other, strong;
    float worth, synonym, strongest;
    bool is_tail_missing;
};

static void read_content(const struct faq_index *index, const struct query *query,
                         size_t entry, struct content *content)
{
    for (size_t i = 0; i < query->count; i++) {
        const struct query_word *word = &query->words[i];
        const struct meaning *meaning;
        if (word->is_stop || word->weight < 1)
            continue;
        float value = rank_word_value(index, word);
        float held = value * rank_word_cover(index, word, entry, &meaning);
        content->count++;
        content->worth += value;
        content->is_tail_missing = meaning == NULL;
        content->strongest = fmaxf(content->strongest, held);
        content->strong += held > STRONG_VALUE;
        if (meaning != NULL && meaning->how == READ_SYNONYM)
            content->synonym += held;
        if (meaning == NULL && word->is_common)
            content->everyday++;
        else if (meaning == NULL && word->is_unknown)
            content->foreign++;
        else if (meaning == NULL)
            content->other++;
    }
}

static bool is_statement(const struct words *words)
{
    for (size_t i = 0; i < words->sentence_count; i++) {
        if (gate_is_question(words, i))
            return false;
    }
    return words->count > STATEMENT_WORDS;
}

static float at_most(unsigned count, unsigned most)
{
    return (float)(count < most ? count : most);
}

static void read_vetoes(const struct vetoes *vetoes, bool is_short, float *signs)
{
    signs[SIGN_ANIMAL] = at_most(vetoes->found[VETO_ANIMAL], 1);
    signs[SIGN_ILLNESS] = at_most(vetoes->found[VETO_ILLNESS], 2);
    signs[SIGN_ELSEWHERE] = at_most(vetoes->found[VETO_ELSEWHERE], 2);
    signs[SIGN_SHORT_ILLNESS] = is_short && vetoes->found[VETO_ILLNESS] > 0;
    signs[SIGN_SHORT_ELSEWHERE] = is_short && vetoes->found[VETO_ELSEWHERE] > 0;
}

void match_signs_read(const struct faq_index *index, const struct inquiry *inquiry,
                      const struct vetoes *vetoes, const struct best_two *best,
                      float ret_signs[SIGN_COUNT])
{
    const struct ranking *ranking = &inquiry->ranking;
    struct content content = {0};
    read_content(index, &inquiry->query, best->entry, &content);
    float count = content.count ? (float)content.count : 1;
    ret_signs[SIGN_ONE] = 1;
    ret_signs[SIGN_RICH] = index_richness(index);
    ret_signs[SIGN_COVER] = ranking->fits[best->entry].cover;
    ret_signs[SIGN_SHARE] = 1 / ranking->total;
    ret_signs[SIGN_LEAD] = (best->sum - best->second) / 3;
    ret_signs[SIGN_KNOWN] = ranking->known;
    ret_signs[SIGN_LENGTH] = logf(count);
    ret_signs[SIGN_FOREIGN] = (float)content.foreign;
    ret_signs[SIGN_FOREIGN_PART] = (float)content.foreign / count;
    ret_signs[SIGN_EVERYDAY] = (float)content.everyday;
    ret_signs[SIGN_OTHER] = (float)content.other;
    ret_signs[SIGN_TAIL] = content.is_tail_missing;
    ret_signs[SIGN_STRONGEST] = content.strongest / 4;
    ret_signs[SIGN_STRONG] = (float)content.strong / 3;
    ret_signs[SIGN_SYNONYM] = content.synonym / (content.worth + 1e-6f);
    ret_signs[SIGN_STATEMENT] = is_statement(&inquiry->words);
    read_vetoes(vetoes, content.count <= SHORT_QUESTION, ret_signs);
}

int match_signs_chance(const float signs[SIGN_COUNT])
{
    float sum = 0;
    for (int i = 0; i < SIGN_COUNT; i++)
        sum += weights[i] * signs[i];
    return (int)lroundf(1000 / (1 + expf(-sum)));
}
