/* faq_rows.h - a moderator's test file: questions and what should come of them.
 *
 * Lines of three columns with tabs between: question, id of the entry that should
 * answer (or NONE, CRISIS, URGENT), kind. The first line names the columns. Empty
 * lines are passed over.
 */
#ifndef HEARTH_BOT_FAQ_ROWS_H
#define HEARTH_BOT_FAQ_ROWS_H

#include "bot/base/buf.h"
#include "bot/model/settings.h"

#define FAQ_ROWS_FILE_MAX (16 * 1024 * 1024)

enum faq_expected { EXPECT_ENTRY, EXPECT_NONE, EXPECT_CRISIS, EXPECT_URGENT };

struct faq_row {
    char *question, *kind;
    enum faq_expected expected;
    size_t faq; /* EXPECT_ENTRY: index into settings.faqs */
    int line;
};

struct faq_rows {
    struct faq_row *items;
    size_t count, capacity;
};

/* Read a whole file. ST_INVALID: `problems` has a line "line: what is wrong" for
 * each bad row, and nothing else is set. `ret_rows` is the caller's to clear. */
enum status faq_rows_read(const struct settings *settings, const char *bytes, size_t len,
                          struct buf *problems, struct faq_rows *ret_rows) MUST_CHECK;
/* What a row expects as its file writes it: an id, NONE, CRISIS or URGENT. */
const char *faq_row_expects(const struct settings *settings, const struct faq_row *row);
void faq_rows_clear(struct faq_rows *rows);

#endif
