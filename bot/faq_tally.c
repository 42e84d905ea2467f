/* faq_tally.c - see faq_tally.h. */
#include "bot/faq_tally.h"

#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH 16

static bool is_ranked(const struct match *match, size_t faq)
{
    for (size_t i = 0; i < match->ranked_count; i++) {
        if (match->ranked[i].faq == faq)
            return true;
    }
    return false;
}

static enum faq_outcome entry_outcome(const struct faq_row *row,
                                      const struct match *match)
{
    switch (match->decision) {
    case DECIDE_ANSWER:
        return match->ranked[0].faq == row->faq ? OUTCOME_RIGHT : OUTCOME_WRONG;
    case DECIDE_SUGGEST:
        return is_ranked(match, row->faq) ? OUTCOME_ASKED : OUTCOME_SILENT;
    case DECIDE_NONE:
        return OUTCOME_SILENT;
    case DECIDE_CRISIS:
    case DECIDE_URGENT:
        break;
    }
    return OUTCOME_WRONG;
}

enum faq_outcome faq_outcome(const struct faq_row *row, const struct match *match)
{
    switch (row->expected) {
    case EXPECT_ENTRY:
        return entry_outcome(row, match);
    case EXPECT_CRISIS:
        return match->decision == DECIDE_CRISIS ? OUTCOME_RIGHT : OUTCOME_WRONG;
    case EXPECT_URGENT:
        return match->decision == DECIDE_URGENT ? OUTCOME_RIGHT : OUTCOME_WRONG;
    case EXPECT_NONE:
        break;
    }
    return match->decision == DECIDE_NONE      ? OUTCOME_RIGHT
           : match->decision == DECIDE_SUGGEST ? OUTCOME_SILENT
                                               : OUTCOME_WRONG;
}

static void count(struct faq_kind_tally *kind, const struct faq_row *row,
                  const struct match *match)
{
    kind->rows++;
    kind->outcomes[faq_outcome(row, match)]++;
    if (row->expected != EXPECT_ENTRY)
        return;
    kind->with_entry++;
    if (match->ranked_count > 0 && match->ranked[0].faq == row->faq)
        kind->first++;
}

void faq_tally_add(struct faq_tally *tally, const struct faq_row *row,
                   const struct match *match)
{
    size_t at = 0;
    while (at < tally->count && strcmp(tally->kinds[at].kind, row->kind) != 0)
        at++;
    if (at == tally->count) {
        MEM_GROW(tally->kinds, tally->count, tally->capacity);
        tally->kinds[tally->count++] = (struct faq_kind_tally){.kind = row->kind};
    }
    count(&tally->kinds[at], row, match);
    count(row->expected == EXPECT_ENTRY ? &tally->entries : &tally->others, row, match);
}

static void print_share(size_t part, size_t whole, struct buf *out)
{
    if (whole == 0)
        buf_addf(out, "%9s", "-");
    else
        buf_addf(out, "%7.1f %%", 100.0 * (double)part / (double)whole);
}

static void print_kind(const struct faq_kind_tally *kind, const char *name,
                       struct buf *out)
{
    char *clipped = text_clip(name, NAME_WIDTH - 1);
    buf_addf(out, "%-*s%6zu", NAME_WIDTH, clipped, kind->rows);
    free(clipped);
    print_share(kind->first, kind->with_entry, out);
    for (int i = 0; i < OUTCOME_COUNT; i++)
        print_share(kind->outcomes[i], kind->rows, out);
    buf_add_char(out, '\n');
}

void faq_tally_print(const struct faq_tally *tally, struct buf *out)
{
    buf_addf(out, "%-16s%6s%9s%9s%9s%9s%9s\n", "kind", "rows", "first", "right", "asked",
             "silent", "wrong");
    for (size_t i = 0; i < tally->count; i++)
        print_kind(&tally->kinds[i], tally->kinds[i].kind, out);
    print_kind(&tally->entries, "with an answer", out);
    print_kind(&tally->others, "without one", out);
}

void faq_tally_clear(struct faq_tally *tally)
{
    free(tally->kinds);
    *tally = (struct faq_tally){0};
}
