/* faq_quality.c - how well the FAQ and the safety lists do on the questions below
 * tests/faq: bounds that a change of the matcher or of the example must keep.
 *
 * `make bench-faq` prints the figures themselves.
 */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/config.h"
#include "bot/faq_tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct bench {
    struct settings *settings;
    struct faq_index *index;
};

static void open_bench(const char *config, struct bench *bench)
{
    struct config_problems problems;
    assert_int_equal(
        config_load(config, CONFIG_COMMUNITY, 0, &bench->settings, &problems), ST_OK);
    config_problems_clear(&problems);
    bench->index = faq_index_new(bench->settings);
}

static void close_bench(struct bench *bench)
{
    faq_index_free(bench->index);
    config_free(bench->settings);
}

/* Put a file's questions; those of the kind "ambient" are overheard. */
static void ask_all(const struct bench *bench, const char *file, struct faq_rows *rows,
                    struct faq_tally *tally)
{
    struct buf bytes, problems;
    buf_init(&bytes, FAQ_ROWS_FILE_MAX);
    buf_init(&problems, SIZE_MAX);
    assert_int_equal(file_read(file, &bytes), ST_OK);
    assert_int_equal(
        faq_rows_read(bench->settings, bytes.data, bytes.len, &problems, rows), ST_OK);
    for (size_t i = 0; i < rows->count; i++) {
        struct match match;
        bool is_overheard = text_equal(rows->items[i].kind, "ambient");
        faq_decide(bench->index, rows->items[i].question, is_overheard, &match);
        faq_tally_add(tally, &rows->items[i], &match);
    }
    buf_clear(&bytes);
    buf_clear(&problems);
}

static const struct faq_kind_tally *kind_of(const struct faq_tally *tally,
                                            const char *kind)
{
    for (size_t i = 0; i < tally->count; i++) {
        if (text_equal(tally->kinds[i].kind, kind))
            return &tally->kinds[i];
    }
    fail_msg("no questions of the kind %s", kind);
    return NULL;
}

static double percent(size_t part, size_t whole)
{
    return 100.0 * (double)part / (double)whole;
}

static void assert_least(double percent, double least, const char *what)
{
    if (percent < least)
        fail_msg("%s: %.1f %%, at least %.1f %% are due", what, percent, least);
}

static void assert_most(double percent, double most, const char *what)
{
    if (percent > most)
        fail_msg("%s: %.1f %%, at most %.1f %% may be", what, percent, most);
}

static void assert_entries(const struct faq_tally *tally, double first, double right,
                           double wrong, const char *what)
{
    const struct faq_kind_tally *all = &tally->entries;
    char label[64];
    snprintf(label, sizeof label, "%s: first", what);
    assert_least(percent(all->first, all->rows), first, label);
    snprintf(label, sizeof label, "%s: right", what);
    assert_least(percent(all->outcomes[OUTCOME_RIGHT], all->rows), right, label);
    snprintf(label, sizeof label, "%s: wrong", what);
    assert_most(percent(all->outcomes[OUTCOME_WRONG], all->rows), wrong, label);
}

static void example__understands__lay_words_and_slips(void **state)
{
    (void)state;
    static const char *const files[] = {"tests/faq/inomyalgia-a.tsv",
                                        "tests/faq/inomyalgia-b.tsv"};
    struct bench bench;
    open_bench(NULL, &bench);
    for (size_t i = 0; i < 2; i++) {
        struct faq_tally tally = {0};
        struct faq_rows rows;
        ask_all(&bench, files[i], &rows, &tally);
        assert_entries(&tally, 88, 75, 4, files[i]);
        const struct faq_kind_tally *talk = kind_of(&tally, "ambient");
        assert_most(percent(talk->outcomes[OUTCOME_WRONG], talk->rows), 1, "overheard");
        const struct faq_kind_tally *beside = kind_of(&tally, "oos");
        assert_most(percent(beside->outcomes[OUTCOME_WRONG], beside->rows), 15,
                    "near misses answered"); /* half of these rows are near misses */
        faq_tally_clear(&tally);
        faq_rows_clear(&rows);
    }
    close_bench(&bench);
}

static void bare_entries__are_found__in_other_communities(void **state)
{
    (void)state;
    static const char *const names[] = {"migraine", "bicycle", "parents", "garden"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char config[64], questions[64];
        struct bench bench;
        struct faq_tally tally = {0};
        struct faq_rows rows;
        snprintf(config, sizeof config, "tests/faq/%s.ini", names[i]);
        snprintf(questions, sizeof questions, "tests/faq/%s.tsv", names[i]);
        open_bench(config, &bench);
        ask_all(&bench, questions, &rows, &tally);
        assert_entries(&tally, 70, 45, 6, names[i]);
        faq_tally_clear(&tally);
        faq_rows_clear(&rows);
        close_bench(&bench);
    }
}

static void safety_lists__catch__what_was_written_for_them(void **state)
{
    (void)state;
    struct bench bench;
    struct faq_tally tally = {0};
    struct faq_rows rows;
    open_bench(NULL, &bench);
    ask_all(&bench, "tests/faq/safety.tsv", &rows, &tally);
    const struct faq_kind_tally *crisis = kind_of(&tally, "crisis");
    const struct faq_kind_tally *urgent = kind_of(&tally, "redflag");
    assert_least(percent(crisis->outcomes[OUTCOME_RIGHT], crisis->rows), 98, "crisis");
    assert_least(percent(urgent->outcomes[OUTCOME_RIGHT], urgent->rows), 98, "urgent");
    size_t idioms = 0, alarms = 0;
    for (size_t i = 0; i < rows.count; i++) {
        struct match match;
        if (rows.items[i].expected != EXPECT_NONE)
            continue;
        faq_decide(bench.index, rows.items[i].question, false, &match);
        idioms++;
        alarms += match.decision == DECIDE_CRISIS || match.decision == DECIDE_URGENT;
    }
    assert_most(percent(alarms, idioms), 1, "idioms that trigger");
    faq_tally_clear(&tally);
    faq_rows_clear(&rows);
    close_bench(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example__understands__lay_words_and_slips),
        cmocka_unit_test(bare_entries__are_found__in_other_communities),
        cmocka_unit_test(safety_lists__catch__what_was_written_for_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
