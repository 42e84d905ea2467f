/* base_ini.c - the INI reader: entries, errors with their place, linearity.
 *
 * Most tests compare a dump: one line an entry, `line:column kind/name key=value`
 * with line breaks as |, then one line an error, `line:column ! words`.
 */
#include "bot/base/buf.h"
#include "bot/base/ini.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

static void dump(const struct ini *ini, struct buf *out)
{
    for (size_t i = 0; i < ini->entry_count; i++) {
        const struct ini_entry *entry = &ini->entries[i];
        buf_addf(out, "%d:%d %s/%s %s=", entry->line, entry->column, entry->section,
                 entry->name, entry->key);
        for (const char *p = entry->value; *p; p++)
            buf_add_char(out, *p == '\n' ? '|' : *p);
        buf_add_char(out, '\n');
    }
    for (size_t i = 0; i < ini->error_count; i++)
        buf_addf(out, "%d:%d ! %.24s\n", ini->errors[i].line, ini->errors[i].column,
                 ini->errors[i].message);
}

static void assert_read_len(const char *bytes, size_t len, const char *expected)
{
    struct ini ini;
    struct buf out;
    buf_init(&out, SIZE_MAX);
    ini_parse(bytes, len, &ini);
    dump(&ini, &out);
    assert_string_equal(out.data ? out.data : "", expected);
    buf_clear(&out);
    ini_clear(&ini);
}

static void assert_read(const char *text, const char *expected)
{
    assert_read_len(text, strlen(text), expected);
}

static void ini_parse__gives_nothing__for_nothing(void **state)
{
    (void)state;
    assert_read("", "");
    assert_read_len(NULL, 0, "");
    assert_read("\n\r\n  \n\t", "");
    assert_read("; only\n# comments", "");
    assert_read("\xEF\xBB\xBF", "");
}

static void ini_parse__reads__sections_and_values(void **state)
{
    (void)state;
    assert_read("[Group Evening Circle ]\n"
                "Room=#support:example.org\n"
                "window  =  720  ; not a comment\n"
                "empty =\n"
                "a = b = c\n"
                "[\tlog\t]  \n"
                "level = debug",
                "1:1 group/Evening Circle =\n"
                "2:6 group/Evening Circle room=#support:example.org\n"
                "3:12 group/Evening Circle window=720  ; not a comment\n"
                "4:8 group/Evening Circle empty=\n"
                "5:5 group/Evening Circle a=b = c\n"
                "6:1 log/ =\n"
                "7:9 log/ level=debug\n");
}

static void ini_parse__delivers__repetitions_as_they_come(void **state)
{
    (void)state;
    assert_read("[a]\nk = 1\nk = 2\n[a]\nK = 3\n",
                "1:1 a/ =\n2:5 a/ k=1\n3:5 a/ k=2\n4:1 a/ =\n5:5 a/ k=3\n");
}

static void ini_parse__keeps__the_line_breaks_of_a_value(void **state)
{
    (void)state;
    assert_read("[a]\nk = one\n  two  \n\tthree\nj = x\n",
                "1:1 a/ =\n2:5 a/ k=one|two|three\n5:5 a/ j=x\n");
    assert_read("[a]\nk = one\n\n   \n two\n\n\n", "1:1 a/ =\n2:5 a/ k=one|||two\n");
    assert_read("[a]\nk =\n\n  one\n  two\n", "1:1 a/ =\n4:3 a/ k=one|two\n");
    assert_read("[a]\nk = one\n  [no section]\n  ; no comment\n  j = 1\n",
                "1:1 a/ =\n2:5 a/ k=one|[no section]|; no comment|j = 1\n");
}

static void ini_parse__passes_over__comments_inside_a_value(void **state)
{
    (void)state;
    assert_read("[a]\nk = one\n; note\n  two\n\n# note\n\n  three\n",
                "1:1 a/ =\n2:5 a/ k=one|two|||three\n");
}

static void ini_parse__accepts__what_editors_add(void **state)
{
    (void)state;
    assert_read("\xEF\xBB\xBF[a]\r\nk = one\r\n  two\r\n\r\n",
                "1:1 a/ =\n2:5 a/ k=one|two\n");
    assert_read("[a]\nk = v\r", "1:1 a/ =\n2:5 a/ k=v\n");
}

static void ini_parse__counts__columns_in_characters(void **state)
{
    (void)state;
    assert_read("[a]\ngr\xC3\xBC\xC3\x9F"
                "e = \xC3\xA4\n",
                "1:1 a/ =\n2:9 a/ gr\xC3\xBC\xC3\x9F"
                "e=\xC3\xA4\n");
}

static void ini_parse__reports__broken_sections_once(void **state)
{
    (void)state;
    assert_read("[a\nk = 1\nj\n  x\n[b] ; c\n[]\n[ ]\n[c]\nk = 1\n",
                "8:1 c/ =\n"
                "9:5 c/ k=1\n"
                "1:1 ! a section needs a closin\n"
                "5:4 ! nothing may follow the ]\n"
                "6:1 ! a section needs a name: \n"
                "7:1 ! a section needs a name: \n");
}

static void ini_parse__reports__keys_without_a_section_once(void **state)
{
    (void)state;
    assert_read("k = 1\nj = 2\n  3\n[a]\nk = 1\n",
                "4:1 a/ =\n5:5 a/ k=1\n1:1 ! this key stands before t\n");
}

static void ini_parse__reports__lines_it_cannot_tell(void **state)
{
    (void)state;
    assert_read("[a]\nwords\n  more words\n= 1\nk = 1\n",
                "1:1 a/ =\n5:5 a/ k=1\n"
                "2:1 ! expected `key = value` o\n"
                "4:1 ! there is no key before t\n");
    assert_read("[a]\n   k = 1\n   j = 2\nl = 3\n",
                "1:1 a/ =\n4:5 a/ l=3\n2:4 ! this line is indented bu\n");
}

static void ini_parse__reports__bytes_that_are_no_text(void **state)
{
    (void)state;
    assert_read("[a]\nk = \xC3\xA4\xFF\n  more\nj = 1\n",
                "1:1 a/ =\n4:5 a/ j=1\n2:6 ! this is not UTF-8: save \n");
    assert_read("[a]\nk = one\n  t\x01wo\n  three\n",
                "1:1 a/ =\n2:5 a/ k=one|three\n3:4 ! there is a control chara\n");
    assert_read_len("[a]\nk = 1\0\nj = 2", 16,
                    "1:1 a/ =\n3:5 a/ j=2\n2:6 ! there is a NUL byte here\n");
    assert_read("[a]\n; \xE9t\xE9\n[b\x7F]\nk = 1\n[c]\n",
                "1:1 a/ =\n5:1 c/ =\n"
                "2:3 ! this is not UTF-8: save \n"
                "3:3 ! there is a control chara\n");
    assert_read("[a]\rk = 1\r", "1:4 ! there is a control chara\n");
    assert_read("[a]\nk = \xC2\x85\n", "1:1 a/ =\n2:5 ! there is a control chara\n");
}

static void ini_parse__bounds__values(void **state)
{
    (void)state;
    struct ini ini;
    for (size_t extra = 0; extra < 2; extra++) {
        struct buf text;
        buf_init(&text, SIZE_MAX);
        buf_add_text(&text, "[a]\nk = \n ");
        for (size_t i = 0; i < INI_VALUE_MAX - 2 + extra; i++)
            buf_add_char(&text, 'x');
        buf_add_text(&text, "\n y\nj = 1\n");
        ini_parse(text.data, text.len, &ini);
        assert_int_equal(ini.entry_count, 3 - extra);
        assert_int_equal(ini.error_count, extra);
        if (extra) {
            assert_int_equal(ini.errors[0].line, 3);
            assert_int_equal(ini.errors[0].column, 2);
        } else {
            assert_int_equal(strlen(ini.entries[1].value), INI_VALUE_MAX);
        }
        ini_clear(&ini);
        buf_clear(&text);
    }
}

static void ini_parse__bounds__names_and_errors_and_the_file(void **state)
{
    (void)state;
    struct ini ini;
    struct buf text;
    char name[257];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    buf_init(&text, SIZE_MAX);
    buf_addf(&text, "[a]\n%s = 1\n[%s]\n[%s]\n%s = 1\n", name, name, name + 1, name + 1);
    ini_parse(text.data, text.len, &ini);
    assert_int_equal(ini.entry_count, 3);
    assert_int_equal(ini.error_count, 2);
    ini_clear(&ini);

    buf_reset(&text);
    for (int i = 0; i < 5000; i++)
        buf_add_text(&text, "[\n");
    ini_parse(text.data, text.len, &ini);
    assert_int_equal(ini.error_count, 100);
    ini_clear(&ini);

    buf_reset(&text);
    for (int i = 0; i <= INI_FILE_MAX; i++)
        buf_add_char(&text, '\n');
    ini_parse(text.data, text.len, &ini);
    assert_int_equal(ini.error_count, 1);
    ini_clear(&ini);
    buf_clear(&text);
    ini_clear(NULL);
}

/* Processor time in milliseconds for text made of `line`, up to `len` bytes. */
static double time_parse(const char *head, const char *line, size_t len)
{
    struct ini ini;
    struct buf text;
    buf_init(&text, len);
    buf_add_text(&text, head);
    while (!text.overflowed)
        buf_add_text(&text, line);
    clock_t start = clock();
    ini_parse(text.data, text.len, &ini);
    ini_clear(&ini);
    double time_ms = (double)(clock() - start) * 1000 / CLOCKS_PER_SEC;
    buf_clear(&text);
    return time_ms;
}

static void ini_parse__stays_linear__in_hard_inputs(void **state)
{
    (void)state;
    static const char *const inputs[][2] = {
        {"[a]\n", "key = value\n"},
        {"[a]\n", "k=\n"},
        {"", "[a b]\n"},
        {"[a]\nk = \n", " x\n"},
        {"[a]\nk = x\n", "\n"},
        {"", "\n"},
        {"[a]\nk = ", "\xC3\xA4 "},
        {"[a]\nk = ", "="},
        {"[", "["},
        {"[a]\nk = x\n", "; note\n"},
        {"", " "},
        {"", "\x01"},
        {"", "\xFF\n"},
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        double time_ms = time_parse(inputs[i][0], inputs[i][1], INI_FILE_MAX);
        if (time_ms > 3000) /* a quadratic reader needs hours */
            fail_msg("input %zu takes %.0f ms", i, time_ms);
        print_message("4 MiB of input %zu: %.0f ms\n", i, time_ms);
    }
}

static void ini_parse__reads__ten_thousand_entries(void **state)
{
    (void)state;
    struct ini ini;
    struct buf text;
    buf_init(&text, INI_FILE_MAX);
    buf_add_text(&text, "[a]\n");
    for (int i = 0; i < 10000; i++)
        buf_addf(&text, "key%d = value %d\n", i, i);
    ini_parse(text.data, text.len, &ini);
    assert_int_equal(ini.entry_count, 10001);
    assert_int_equal(ini.error_count, 0);
    assert_string_equal(ini.entries[10000].key, "key9999");
    assert_string_equal(ini.entries[10000].value, "value 9999");
    assert_int_equal(ini.entries[10000].line, 10001);
    assert_int_equal(ini.entries[10000].column, 11);
    ini_clear(&ini);
    buf_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ini_parse__gives_nothing__for_nothing),
        cmocka_unit_test(ini_parse__reads__sections_and_values),
        cmocka_unit_test(ini_parse__delivers__repetitions_as_they_come),
        cmocka_unit_test(ini_parse__keeps__the_line_breaks_of_a_value),
        cmocka_unit_test(ini_parse__passes_over__comments_inside_a_value),
        cmocka_unit_test(ini_parse__accepts__what_editors_add),
        cmocka_unit_test(ini_parse__counts__columns_in_characters),
        cmocka_unit_test(ini_parse__reports__broken_sections_once),
        cmocka_unit_test(ini_parse__reports__keys_without_a_section_once),
        cmocka_unit_test(ini_parse__reports__lines_it_cannot_tell),
        cmocka_unit_test(ini_parse__reports__bytes_that_are_no_text),
        cmocka_unit_test(ini_parse__bounds__values),
        cmocka_unit_test(ini_parse__bounds__names_and_errors_and_the_file),
        cmocka_unit_test(ini_parse__stays_linear__in_hard_inputs),
        cmocka_unit_test(ini_parse__reads__ten_thousand_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
