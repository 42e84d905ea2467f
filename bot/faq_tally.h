/* faq_tally.h - how well questions with a known answer fare: per kind, and which
 * entries are taken for one another. For `hearth faq-eval` and the benchmark.
 */
#ifndef HEARTH_BOT_FAQ_TALLY_H
#define HEARTH_BOT_FAQ_TALLY_H

#include "bot/faq_rows.h"
#include "commands/match.h"

/* What came of a question. */
enum faq_outcome {
    OUTCOME_RIGHT,  /* as expected */
    OUTCOME_ASKED,  /* asked which of several is meant, the expected one among them */
    OUTCOME_SILENT, /* not answered though there is an answer, or asked amiss */
    OUTCOME_WRONG,  /* another answer, or one where none was due, or a missed sign */
    OUTCOME_COUNT
};

struct faq_kind_tally {
    const char *kind; /* borrowed from the rows */
    size_t rows, with_entry;
    size_t first; /* the expected entry ranks first, whatever was decided */
    size_t outcomes[OUTCOME_COUNT];
};

struct faq_tally {
    struct faq_kind_tally *kinds; /* in the order of their first row */
    size_t count, capacity;
    struct faq_kind_tally entries, others; /* rows with an entry; rows without */
};

enum faq_outcome faq_outcome(const struct faq_row *row, const struct match *match);
/* Count one row. */
void faq_tally_add(struct faq_tally *tally, const struct faq_row *row,
                   const struct match *match);
/* The table, a line a kind. */
void faq_tally_print(const struct faq_tally *tally, struct buf *out);
void faq_tally_clear(struct faq_tally *tally);

#endif
