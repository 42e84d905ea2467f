/* answers_quality.c - typed answers of people who did not know the reader: bounds that
 * a change of it, or of the example's words, must keep.
 *
 * tests/answers: a line an answer: text, what a careful human reads (as `hearth read`
 * prints it), kind; \n in a text is a line break. A misreading is a value recorded that
 * the human would not have recorded, or for another item or day: the worst failure.
 */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/config.h"
#include "commands/first_answer.h"
#include "commands/safety.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FILE_MAX (1 << 20)

struct tally {
    int rows, exact, misread;
};

static bool has_values(const char *line)
{
    return strchr(line, '=') != NULL;
}

/* Is each part of `got` with a value also one of `expected`? */
static bool is_within(const char *got, const char *expected)
{
    struct strv parts, due;
    bool is = text_starts(got, "yesterday ") == text_starts(expected, "yesterday ");
    text_split(got, ' ', &parts);
    text_split(expected, ' ', &due);
    for (size_t i = 0; i < parts.count; i++) {
        bool is_left_out = strstr(parts.items[i], "=skip") != NULL;
        is = is && (is_left_out || strv_has(&due, parts.items[i]));
    }
    strv_clear(&parts);
    strv_clear(&due);
    return is;
}

static void unescape(char *text)
{
    for (char *p = strstr(text, "\\n"); p != NULL; p = strstr(p, "\\n")) {
        *p = '\n';
        memmove(p + 1, p + 2, strlen(p + 2) + 1);
    }
}

static void read_row(const struct settings *settings, const struct safety_rules *rules,
                     const char *line, struct tally *tally)
{
    struct strv columns;
    text_split(line, '\t', &columns);
    assert_int_equal(columns.count, 3);
    unescape(columns.items[0]);
    const char *expected = columns.items[1];
    char *got = first_answer_line(settings, rules, settings_checkin(settings, "daily"),
                                  columns.items[0]);
    bool is_exact = strcmp(got, expected) == 0;
    bool is_misread = has_values(got) && !is_exact && !is_within(got, expected);
    tally->rows++;
    tally->exact += is_exact;
    tally->misread += is_misread;
    if (is_misread)
        print_message("misread: \"%s\" as %s, not %s\n", columns.items[0], got, expected);
    free(got);
    strv_clear(&columns);
}

static void read_file(const char *file, struct tally *tally)
{
    struct settings *settings = NULL;
    struct config_problems problems;
    struct buf bytes;
    struct strv lines;
    assert_int_equal(config_load(NULL, CONFIG_COMMUNITY, 0, &settings, &problems), ST_OK);
    config_problems_clear(&problems);
    struct safety_rules *rules = safety_rules_new(&settings->safety);
    buf_init(&bytes, FILE_MAX);
    assert_int_equal(file_read(file, &bytes), ST_OK);
    text_split(bytes.data, '\n', &lines);
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.items[i][0] != '\0')
            read_row(settings, rules, lines.items[i], tally);
    }
    strv_clear(&lines);
    buf_clear(&bytes);
    safety_rules_free(rules);
    config_free(settings);
}

static void typed_answers__are_read__as_a_careful_human_would(void **state)
{
    static const char *const files[] = {"tests/answers/a.tsv", "tests/answers/b.tsv",
                                        "tests/answers/c.tsv"};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct tally tally = {0};
        read_file(files[i], &tally);
        print_message("%s: %d of %d read exactly, %d misread\n", files[i], tally.exact,
                      tally.rows, tally.misread);
        assert_true(tally.rows >= 300);
        assert_true(tally.exact * 100 >= tally.rows * 94);
        assert_true(tally.misread * 1000 <= tally.rows * 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_answers__are_read__as_a_careful_human_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
