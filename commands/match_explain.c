/* match_explain.c - faq_explain: the matcher's reasons in words. See match.h. */
#include "commands/match_rank.h"

struct account {
    const struct faq_index *index;
    const struct inquiry *inquiry;
    struct buf *out;
};

static void add_word(const struct account *a, const struct query_word *word,
                     const struct meaning *meaning, float share)
{
    const struct term *found = &a->index->terms[meaning->term];
    const char *term = found->written ? found->written : found->text;
    switch (meaning->how) {
    case READ_WRITTEN:
        buf_addf(a->out, "      %-20s as written", word->text);
        break;
    case READ_REPAIRED:
        buf_addf(a->out, "      %-20s taken for a slip of \"%s\"", word->text, term);
        break;
    case READ_SHORTENED:
        buf_addf(a->out, "      %-20s short for \"%s\"", word->text, term);
        break;
    case READ_SYNONYM:
        buf_addf(a->out, "      %-20s means the same as \"%s\"", word->text, term);
        break;
    }
    buf_addf(a->out, ", %.0f %%\n", (double)(100 * share));
}

/* The words that the entry holds, with their share of what the question is worth. */
static void add_entry(const struct account *a, size_t entry)
{
    for (size_t i = 0; i < a->inquiry->query.count; i++) {
        const struct query_word *word = &a->inquiry->query.words[i];
        const struct meaning *meaning;
        float cover = rank_word_cover(a->index, word, entry, &meaning);
        float share = cover * rank_word_value(a->index, word) / a->inquiry->ranking.worth;
        if (meaning != NULL && share >= 0.01f)
            add_word(a, word, meaning, share);
    }
}

static void add_unknown(const struct account *a)
{
    bool is_first = true;
    for (size_t i = 0; i < a->inquiry->query.count; i++) {
        const struct query_word *word = &a->inquiry->query.words[i];
        if (!word->is_unknown || word->is_stop)
            continue;
        buf_add_text(a->out, is_first ? "    in no entry: " : ", ");
        buf_add_text(a->out, word->text);
        is_first = false;
    }
    if (!is_first)
        buf_add_char(a->out, '\n');
}

static void add_gates(const struct account *a, size_t first, bool is_overheard)
{
    struct vetoes vetoes;
    veto_read(a->index, &a->inquiry->words, first, &vetoes);
    if (vetoes.forbids)
        buf_add_text(a->out,
                     "    left alone: it asks about a dose, about mixing medicines, or "
                     "about somebody's own medicine\n");
    if (vetoes.is_about_animal)
        buf_add_text(a->out, "    left alone: it asks about an animal\n");
    if (vetoes.found[VETO_ILLNESS] > 0)
        buf_add_text(a->out, "    at most offered: it names another illness\n");
    if (!query_has_content(&a->inquiry->query))
        buf_add_text(a->out,
                     "    small words only: answered where a wording is just that\n");
    if (is_overheard && gate_is_talk(a->inquiry->text, &a->inquiry->words))
        buf_add_text(a->out,
                     "    left alone: overheard talk that asks the room nothing\n");
}

void faq_explain(const struct faq_index *index, const char *query, bool is_overheard,
                 struct buf *out)
{
    struct inquiry inquiry;
    struct match match;
    faq_match(index, query, is_overheard, &match);
    inquiry_read(index, query, &inquiry);
    struct account account = {index, &inquiry, out};
    for (size_t i = 0; i < match.ranked_count; i++) {
        size_t faq = match.ranked[i].faq;
        buf_addf(out, "    %s, score %.3f\n", index->settings->faqs[faq].id,
                 match.ranked[i].score / 1000.0);
        add_entry(&account, faq);
    }
    add_unknown(&account);
    if (match.ranked_count > 0)
        add_gates(&account, match.ranked[0].faq, is_overheard);
    inquiry_clear(&inquiry);
}
