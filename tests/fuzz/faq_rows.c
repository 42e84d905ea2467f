/* faq_rows.c - fuzz target: a moderator's test file of questions, and the table of
 * what came of them.
 *
 * Beside memory errors it looks for broken promises: rows of entries that do not
 * exist, problems without a line, rows beside problems, text that is not UTF-8.
 */
#include "bot/base/mem.h"
#include "bot/faq_tally.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char ids[][16] = {"sleep-better", "warm-bath", "x"};

#define COUNT (sizeof ids / sizeof *ids)

static struct faq_settings faqs[COUNT];
static struct settings settings = {.faqs = faqs, .faq_count = COUNT};

static void promise(bool kept)
{
    if (!kept)
        abort();
}

static void check_text(const char *text)
{
    promise(text_is_utf8(text, strlen(text)));
    promise(strpbrk(text, "\t\r\n") == NULL);
}

static void check_rows(const struct faq_rows *rows)
{
    int line = 1; /* of the names of the columns */
    for (size_t i = 0; i < rows->count; i++) {
        const struct faq_row *row = &rows->items[i];
        promise(row->line > line);
        line = row->line;
        check_text(row->question);
        check_text(row->kind);
        promise(!text_is_empty(row->question));
        promise(row->expected != EXPECT_ENTRY || row->faq < COUNT);
    }
}

/* "line: what is wrong", each in a line of its own. */
static void check_problems(const struct buf *problems)
{
    struct strv lines;
    promise(text_is_utf8(problems->data, problems->len));
    promise(problems->data[problems->len - 1] == '\n');
    text_split(problems->data, '\n', &lines);
    for (size_t i = 0; i < lines.count; i++) {
        size_t digits = strspn(lines.items[i], "0123456789");
        promise(digits > 0 && text_starts(lines.items[i] + digits, ": "));
    }
    strv_clear(&lines);
}

/* Each row counts once, whatever was decided. */
static void check_tally(const struct faq_rows *rows)
{
    struct faq_tally tally = {0};
    struct buf table;
    size_t outcomes = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct match match = {.decision = (enum decision)(i % (DECIDE_URGENT + 1)),
                              .ranked = {{i % COUNT, 500}},
                              .ranked_count = 1};
        faq_tally_add(&tally, &rows->items[i], &match);
    }
    for (size_t i = 0; i < tally.count; i++) {
        for (int k = 0; k < OUTCOME_COUNT; k++)
            outcomes += tally.kinds[i].outcomes[k];
    }
    promise(outcomes == rows->count);
    promise(tally.entries.rows + tally.others.rows == rows->count);
    buf_init(&table, SIZE_MAX);
    faq_tally_print(&tally, &table);
    buf_clear(&table);
    faq_tally_clear(&tally);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct faq_rows rows = {0};
    struct buf problems;
    for (size_t i = 0; i < COUNT; i++)
        faqs[i].id = ids[i];
    buf_init(&problems, SIZE_MAX);
    enum status status =
        faq_rows_read(&settings, (const char *)data, size, &problems, &rows);
    promise(status == ST_OK || status == ST_INVALID);
    promise((status == ST_OK) == (problems.len == 0));
    promise(status == ST_OK || rows.items == NULL);
    if (status == ST_OK)
        check_tally(&rows);
    else
        check_problems(&problems);
    check_rows(&rows);
    faq_rows_clear(&rows);
    buf_clear(&problems);
    return 0;
}
