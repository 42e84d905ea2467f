/* faq_rows.c - see faq_rows.h. */
#include "bot/faq_rows.h"

#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

#define HEADER "query\texpected_id\tkind"
#define COLUMNS 3

static const char *const words_for[] = {
    [EXPECT_NONE] = "NONE", [EXPECT_CRISIS] = "CRISIS", [EXPECT_URGENT] = "URGENT"};

/* What a row expects; false when no entry has this id. */
static bool read_expected(const struct settings *settings, const char *id,
                          struct faq_row *row)
{
    for (int i = EXPECT_NONE; i <= EXPECT_URGENT; i++) {
        row->expected = (enum faq_expected)i;
        if (strcmp(id, words_for[i]) == 0)
            return true;
    }
    row->expected = EXPECT_ENTRY;
    row->faq = settings_faq(settings, id);
    return row->faq < settings->faq_count;
}

const char *faq_row_expects(const struct settings *settings, const struct faq_row *row)
{
    return row->expected == EXPECT_ENTRY ? settings->faqs[row->faq].id
                                         : words_for[row->expected];
}

static void report_unknown(const struct settings *settings, const char *id, int line,
                           struct buf *problems)
{
    const char *near = settings_nearest_faq(settings, id);
    buf_addf(problems, "%d: there is no [faq %s]", line, id);
    if (near != NULL)
        buf_addf(problems, ": did you mean \"%s\"?", near);
    buf_add_char(problems, '\n');
}

static void read_row(const struct settings *settings, char *text, int line,
                     struct buf *problems, struct faq_rows *rows)
{
    char *columns[COLUMNS] = {text};
    size_t count = 1;
    for (char *tab = text; (tab = strchr(tab, '\t')) != NULL; count++) {
        *tab++ = '\0';
        if (count < COLUMNS)
            columns[count] = tab;
    }
    if (count != COLUMNS || text_is_empty(columns[0])) {
        buf_addf(problems,
                 "%d: needs three columns with tabs between: question, expected id, "
                 "kind\n",
                 line);
        return;
    }
    struct faq_row row = {.line = line};
    if (!read_expected(settings, columns[1], &row)) {
        report_unknown(settings, columns[1], line, problems);
        return;
    }
    row.question = mem_dup(columns[0]);
    row.kind = mem_dup(columns[2]);
    MEM_GROW(rows->items, rows->count, rows->capacity);
    rows->items[rows->count++] = row;
}

enum status faq_rows_read(const struct settings *settings, const char *bytes, size_t len,
                          struct buf *problems, struct faq_rows *ret_rows)
{
    struct faq_rows rows = {0};
    bool has_mark = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0; /* spreadsheets */
    bytes += has_mark ? 3 : 0;
    len -= has_mark ? 3 : 0;
    char *text = text_make_utf8(bytes, len), *rest = text, *line;
    size_t before = problems->len;
    for (int number = 1; (line = strsep(&rest, "\n")) != NULL; number++) {
        line[strcspn(line, "\r")] = '\0';
        if (number == 1 && strcmp(line, HEADER) != 0)
            buf_add_text(problems, "1: the first line must name the columns, with tabs "
                                   "between: query, expected_id, kind\n");
        else if (number > 1 && !text_is_empty(line))
            read_row(settings, line, number, problems, &rows);
    }
    free(text);
    if (problems->len > before) {
        faq_rows_clear(&rows);
        return ST_INVALID;
    }
    *ret_rows = rows;
    return ST_OK;
}

void faq_rows_clear(struct faq_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->items[i].question);
        free(rows->items[i].kind);
    }
    free(rows->items);
    *rows = (struct faq_rows){0};
}
