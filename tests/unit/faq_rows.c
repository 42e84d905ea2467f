/* faq_rows.c - a moderator's test file: which rows are read, what is said about those
 * that are not, and the table of what came of them, counted by hand.
 */
#include "bot/faq_rows.h"

#include "bot/base/mem.h"
#include "bot/faq_tally.h"
#include "tests/unit/commands_talk.h"

#define HEAD "query\texpected_id\tkind\n"

static int make_settings(void **state)
{
    *state = talk_settings_from(talk_ini);
    return 0;
}

static int remove_settings(void **state)
{
    config_free(*state);
    return 0;
}

static void read_good(const struct settings *settings, const char *text,
                      struct faq_rows *ret_rows)
{
    struct buf problems;
    buf_init(&problems, SIZE_MAX);
    enum status status = faq_rows_read(settings, text, strlen(text), &problems, ret_rows);
    if (status || problems.len > 0)
        fail_msg("%s", problems.data);
    buf_clear(&problems);
}

static void assert_problems(const struct settings *settings, const char *text,
                            const char *expected)
{
    struct faq_rows rows = {.count = 77}; /* must stay */
    struct buf problems;
    buf_init(&problems, SIZE_MAX);
    enum status status = faq_rows_read(settings, text, strlen(text), &problems, &rows);
    assert_string_equal(problems.data ? problems.data : "", expected);
    assert_int_equal(status, ST_INVALID);
    assert_int_equal(rows.count, 77);
    assert_null(rows.items);
    buf_clear(&problems);
}

static void faq_rows__reads__what_each_row_expects(void **state)
{
    const struct settings *settings = *state;
    struct faq_rows rows;
    read_good(settings,
              HEAD "Why squeal?\tbrakes\tplain\n"
                   "I had toast\tNONE\tambient\n"
                   "I want to die\tCRISIS\tcrisis\n"
                   "chest pain\tURGENT\tred flag\n",
              &rows);
    static const struct {
        const char *question, *kind;
        enum faq_expected expected;
    } expected[] = {{"Why squeal?", "plain", EXPECT_ENTRY},
                    {"I had toast", "ambient", EXPECT_NONE},
                    {"I want to die", "crisis", EXPECT_CRISIS},
                    {"chest pain", "red flag", EXPECT_URGENT}};
    assert_int_equal(rows.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(rows.items[i].question, expected[i].question);
        assert_string_equal(rows.items[i].kind, expected[i].kind);
        assert_int_equal(rows.items[i].expected, expected[i].expected);
        assert_int_equal(rows.items[i].line, (int)i + 2);
    }
    assert_string_equal(settings->faqs[rows.items[0].faq].id, "brakes");
    faq_rows_clear(&rows);
    assert_int_equal(rows.count, 0);
    faq_rows_clear(&rows);
}

static void faq_rows__passes_over__empty_lines_and_windows_line_ends(void **state)
{
    struct faq_rows rows;
    read_good(*state,
              "query\texpected_id\tkind\r\n\r\n  \r\nWhy squeal?\tbrakes\tplain\r\n\n"
              "toast\tNONE\t",
              &rows);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.items[0].kind, "plain");
    assert_int_equal(rows.items[0].line, 4);
    assert_string_equal(rows.items[1].kind, "");
    assert_int_equal(rows.items[1].line, 6);
    faq_rows_clear(&rows);
    read_good(*state, "query\texpected_id\tkind", &rows);
    assert_int_equal(rows.count, 0);
    faq_rows_clear(&rows);
}

#define NO_HEAD                                                                          \
    "1: the first line must name the columns, with tabs between: query, expected_id, "   \
    "kind\n"

static void faq_rows__needs__the_names_of_the_columns(void **state)
{
    assert_problems(*state, "", NO_HEAD);
    assert_problems(*state, "\n" HEAD, NO_HEAD "2: there is no [faq expected_id]\n");
    assert_problems(*state, "query expected_id kind\n", NO_HEAD);
    assert_problems(*state, "Why squeal?\tbrakes\tplain\n", NO_HEAD);
    assert_problems(*state, "query\texpected_id\tkind\tnote\n", NO_HEAD);
}

/* Spreadsheets put a mark in front of what they save as UTF-8. */
static void faq_rows__passes_over__a_byte_order_mark(void **state)
{
    struct faq_rows rows;
    read_good(*state, "\xEF\xBB\xBF" HEAD "Why squeal?\tbrakes\tplain\n", &rows);
    assert_int_equal(rows.count, 1);
    faq_rows_clear(&rows);
}

#define COLUMNS ": needs three columns with tabs between: question, expected id, kind\n"

static void faq_rows__names__every_bad_row_by_its_line(void **state)
{
    assert_problems(*state,
                    HEAD "Why squeal?\n"
                         "Why squeal?\tbrakes\n"
                         "Why squeal?\tbrakes\tplain\n"
                         "Why squeal?\tbrakes\tplain\tmore\n"
                         "\tbrakes\tplain\n"
                         " \tbrakes\tplain\n"
                         "Why squeal?\t\tplain\n",
                    "2" COLUMNS "3" COLUMNS "5" COLUMNS "6" COLUMNS "7" COLUMNS
                    "8: there is no [faq ]\n");
}

static void faq_rows__suggests__an_id_that_is_near(void **state)
{
    assert_problems(*state,
                    HEAD "a\tbrake\tplain\n"
                         "b\tmembershp\tplain\n"
                         "c\txylophone-solo\tplain\n"
                         "d\tcrisis\tplain\n",
                    "2: there is no [faq brake]: did you mean \"brakes\"?\n"
                    "3: there is no [faq membershp]: did you mean \"membership\"?\n"
                    "4: there is no [faq xylophone-solo]\n"
                    "5: there is no [faq crisis]\n");
}

static void faq_rows__works__without_any_entry(void **state)
{
    (void)state;
    struct settings settings = {0};
    struct faq_rows rows;
    read_good(&settings, HEAD "toast\tNONE\tx\n", &rows);
    assert_int_equal(rows.count, 1);
    faq_rows_clear(&rows);
    assert_problems(&settings, HEAD "Why squeal?\tbrakes\tplain\n",
                    "2: there is no [faq brakes]\n");
}

static void faq_rows__makes__bad_bytes_readable(void **state)
{
    static const char text[] = HEAD "Why \xFF squeal\0?\tbrakes\tpl\xC3in\n";
    struct faq_rows rows;
    struct buf problems;
    buf_init(&problems, SIZE_MAX);
    assert_int_equal(faq_rows_read(*state, text, sizeof text - 1, &problems, &rows),
                     ST_OK);
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.items[0].question, "Why \xEF\xBF\xBD squeal\xEF\xBF\xBD?");
    assert_string_equal(rows.items[0].kind, "pl\xEF\xBF\xBDin");
    faq_rows_clear(&rows);
    buf_clear(&problems);
}

/* Outcomes. */

#define BRAKES 3
#define WINTER 7

static struct match decided(enum decision decision, size_t count, size_t first,
                            size_t second)
{
    return (struct match){.decision = decision,
                          .ranked = {{first, 600}, {second, 300}},
                          .ranked_count = count};
}

static void assert_outcome(enum faq_expected expected, const struct match *match,
                           enum faq_outcome outcome)
{
    struct faq_row row = {.expected = expected, .faq = BRAKES};
    if (faq_outcome(&row, match) != outcome)
        fail_msg("expected %d, decision %d: %d instead of %d", expected, match->decision,
                 faq_outcome(&row, match), outcome);
}

static void faq_outcome__is__what_the_header_says(void **state)
{
    (void)state;
    static const enum faq_outcome nothing_due[] = {
        [DECIDE_ANSWER] = OUTCOME_WRONG, [DECIDE_SUGGEST] = OUTCOME_SILENT,
        [DECIDE_NONE] = OUTCOME_RIGHT,   [DECIDE_CRISIS] = OUTCOME_WRONG,
        [DECIDE_URGENT] = OUTCOME_WRONG,
    };
    for (int i = DECIDE_ANSWER; i <= DECIDE_URGENT; i++) {
        struct match match = decided((enum decision)i, 2, BRAKES, WINTER);
        assert_outcome(EXPECT_NONE, &match, nothing_due[i]);
        assert_outcome(EXPECT_CRISIS, &match,
                       i == DECIDE_CRISIS ? OUTCOME_RIGHT : OUTCOME_WRONG);
        assert_outcome(EXPECT_URGENT, &match,
                       i == DECIDE_URGENT ? OUTCOME_RIGHT : OUTCOME_WRONG);
    }
    struct match match = decided(DECIDE_ANSWER, 2, BRAKES, WINTER);
    assert_outcome(EXPECT_ENTRY, &match, OUTCOME_RIGHT);
    match = decided(DECIDE_ANSWER, 2, WINTER, BRAKES);
    assert_outcome(EXPECT_ENTRY, &match, OUTCOME_WRONG);
    match = decided(DECIDE_SUGGEST, 2, WINTER, BRAKES);
    assert_outcome(EXPECT_ENTRY, &match, OUTCOME_ASKED);
    match = decided(DECIDE_SUGGEST, 1, WINTER, BRAKES); /* the second is not there */
    assert_outcome(EXPECT_ENTRY, &match, OUTCOME_SILENT);
    match = decided(DECIDE_NONE, 2, BRAKES, WINTER);
    assert_outcome(EXPECT_ENTRY, &match, OUTCOME_SILENT);
    match = decided(DECIDE_CRISIS, 2, BRAKES, WINTER);
    assert_outcome(EXPECT_ENTRY, &match, OUTCOME_WRONG);
}

static void add(struct faq_tally *tally, const char *kind, enum faq_expected expected,
                struct match match)
{
    struct faq_row row = {
        .kind = (char *)(uintptr_t)kind, .expected = expected, .faq = BRAKES};
    faq_tally_add(tally, &row, &match);
}

/* Four plain rows: right, asked with the entry in front, silent, wrong; a short one
 * that is silent though its entry is in front; two of small talk, one answered. */
static void faq_tally__counts__by_kind_and_in_all(void **state)
{
    (void)state;
    struct faq_tally tally = {0};
    struct buf table;
    add(&tally, "plain", EXPECT_ENTRY, decided(DECIDE_ANSWER, 2, BRAKES, WINTER));
    add(&tally, "talk", EXPECT_NONE, decided(DECIDE_NONE, 0, 0, 0));
    add(&tally, "plain", EXPECT_ENTRY, decided(DECIDE_SUGGEST, 2, BRAKES, WINTER));
    add(&tally, "plain", EXPECT_ENTRY, decided(DECIDE_NONE, 0, 0, 0));
    add(&tally, "plain", EXPECT_ENTRY, decided(DECIDE_ANSWER, 2, WINTER, BRAKES));
    add(&tally, "talk", EXPECT_NONE, decided(DECIDE_ANSWER, 1, WINTER, 0));
    add(&tally, "short", EXPECT_ENTRY, decided(DECIDE_NONE, 1, BRAKES, 0));
    assert_int_equal(tally.count, 3);
    assert_string_equal(tally.kinds[0].kind, "plain");
    assert_string_equal(tally.kinds[1].kind, "talk");
    assert_int_equal(tally.kinds[0].first, 2);
    assert_int_equal(tally.entries.rows, 5);
    assert_int_equal(tally.entries.with_entry, 5);
    assert_int_equal(tally.entries.first, 3);
    assert_int_equal(tally.others.rows, 2);
    assert_int_equal(tally.others.with_entry, 0);
    buf_init(&table, SIZE_MAX);
    faq_tally_print(&tally, &table);
    assert_string_equal(
        table.data,
        "kind              rows    first    right    asked   silent    wrong\n"
        "plain                4   50.0 %   25.0 %   25.0 %   25.0 %   25.0 %\n"
        "talk                 2        -   50.0 %    0.0 %    0.0 %   50.0 %\n"
        "short                1  100.0 %    0.0 %    0.0 %  100.0 %    0.0 %\n"
        "with an answer       5   60.0 %   20.0 %   20.0 %   40.0 %   20.0 %\n"
        "without one          2        -   50.0 %    0.0 %    0.0 %   50.0 %\n");
    buf_clear(&table);
    faq_tally_clear(&tally);
    assert_int_equal(tally.count, 0);
}

static void faq_tally__prints__dashes_for_nothing(void **state)
{
    (void)state;
    struct faq_tally tally = {0};
    struct buf table;
    buf_init(&table, SIZE_MAX);
    faq_tally_print(&tally, &table);
    assert_string_equal(
        table.data,
        "kind              rows    first    right    asked   silent    wrong\n"
        "with an answer       0        -        -        -        -        -\n"
        "without one          0        -        -        -        -        -\n");
    buf_clear(&table);
}

/* A long name is cut between two characters, not inside one. */
static void faq_tally__prints__whole_characters(void **state)
{
    (void)state;
    struct faq_tally tally = {0};
    struct buf table;
    add(&tally, "fifteen letters\xC3\xA9 and more", EXPECT_NONE,
        decided(DECIDE_NONE, 0, 0, 0));
    buf_init(&table, SIZE_MAX);
    faq_tally_print(&tally, &table);
    assert_non_null(strstr(table.data, "\nfifteen letters"));
    assert_true(text_is_utf8(table.data, table.len));
    buf_clear(&table);
    faq_tally_clear(&tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faq_rows__reads__what_each_row_expects),
        cmocka_unit_test(faq_rows__passes_over__empty_lines_and_windows_line_ends),
        cmocka_unit_test(faq_rows__needs__the_names_of_the_columns),
        cmocka_unit_test(faq_rows__passes_over__a_byte_order_mark),
        cmocka_unit_test(faq_rows__names__every_bad_row_by_its_line),
        cmocka_unit_test(faq_rows__suggests__an_id_that_is_near),
        cmocka_unit_test(faq_rows__works__without_any_entry),
        cmocka_unit_test(faq_rows__makes__bad_bytes_readable),
        cmocka_unit_test(faq_outcome__is__what_the_header_says),
        cmocka_unit_test(faq_tally__counts__by_kind_and_in_all),
        cmocka_unit_test(faq_tally__prints__dashes_for_nothing),
        cmocka_unit_test(faq_tally__prints__whole_characters),
    };
    return cmocka_run_group_tests(tests, make_settings, remove_settings);
}
