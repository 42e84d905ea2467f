/* base_text.c - strings, small parsers, and the buffer they are built in. */
#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "bot/base/status.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib.h>
#include <cmocka.h>

static void assert_freed_equal(char *got, const char *expected)
{
    assert_string_equal(got, expected);
    free(got);
}

static void status_text__names__every_status(void **state)
{
    (void)state;
    for (int i = 0; i < ST_COUNT; i++) {
        assert_string_not_equal(status_text((enum status)i), "unknown status");
        for (int j = 0; j < i; j++)
            assert_string_not_equal(status_text((enum status)i),
                                    status_text((enum status)j));
    }
    assert_string_equal(status_text(ST_COUNT), "unknown status");
    assert_string_equal(status_text((enum status) - 1), "unknown status");
}

static void buf__keeps_a_nul__behind_its_content(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1000);
    assert_null(buf.data);
    for (int i = 0; i < 1000; i++) {
        buf_add_char(&buf, 'x');
        assert_int_equal(buf.data[buf.len], '\0');
    }
    assert_int_equal(buf.len, 1000);
    assert_false(buf.overflowed);
    assert_true(buf.capacity <= 1001);
    buf_clear(&buf);
}

static void buf__marks_the_overflow__and_adds_nothing(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 5);
    buf_add_text(&buf, "1234");
    buf_add_text(&buf, "56");
    assert_true(buf.overflowed);
    assert_string_equal(buf.data, "1234");
    buf_addf(&buf, "%d", 56);
    assert_string_equal(buf.data, "1234");
    buf_reset(&buf);
    assert_false(buf.overflowed);
    assert_string_equal(buf.data, "");
    buf_addf(&buf, "%d%s", 56, "789");
    assert_string_equal(buf.data, "56789");
    assert_false(buf.overflowed);
    buf_wipe(&buf);
    assert_null(buf.data);
    assert_int_equal(buf.max, 5);
}

static void buf_consume__drops__from_the_front(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, SIZE_MAX);
    buf_consume(&buf, 3);
    buf_add_text(&buf, "abcdef");
    buf_consume(&buf, 2);
    assert_string_equal(buf.data, "cdef");
    assert_int_equal(buf.len, 4);
    buf_consume(&buf, 100);
    assert_int_equal(buf.len, 0);
    assert_string_equal(buf.data, "");
    buf_clear(&buf);
}

static void buf_take__gives__the_content_away(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 10);
    assert_freed_equal(buf_take(&buf), "");
    buf_add_text(&buf, "abc");
    assert_freed_equal(buf_take(&buf), "abc");
    assert_null(buf.data);
    assert_int_equal(buf.max, 10);
}

static void mem_grow__keeps__the_elements(void **state)
{
    (void)state;
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 100; i++) {
        MEM_GROW(items, count, capacity);
        items[count++] = i;
    }
    for (int i = 0; i < 100; i++)
        assert_int_equal(items[i], i);
    free(items);
    assert_null(mem_dup(NULL));
    assert_freed_equal(mem_dup_len("abc", 2), "ab");
}

static void strv__owns__copies(void **state)
{
    (void)state;
    struct strv list = {0}, copy;
    char text[] = "one";
    strv_add(&list, text);
    text[0] = 'x';
    strv_add_take(&list, mem_dup("two"));
    strv_copy(&copy, &list);
    strv_clear(&list);
    assert_int_equal(list.count, 0);
    assert_int_equal(copy.count, 2);
    assert_true(strv_has(&copy, "one"));
    assert_true(strv_has(&copy, "two"));
    assert_false(strv_has(&copy, "three"));
    strv_clear(&copy);
    strv_clear(NULL);
}

static void text_equal__takes__null(void **state)
{
    (void)state;
    assert_true(text_equal(NULL, NULL));
    assert_false(text_equal(NULL, ""));
    assert_false(text_equal("", NULL));
    assert_true(text_equal("a", "a"));
    assert_false(text_equal("a", "ab"));
    assert_true(text_starts("abc", "ab"));
    assert_true(text_starts("abc", ""));
    assert_false(text_starts("a", "ab"));
}

static void text_is_empty__knows__white_space(void **state)
{
    (void)state;
    assert_true(text_is_empty(NULL));
    assert_true(text_is_empty(""));
    assert_true(text_is_empty(" \t\r\n\v\xC2\xA0\xE2\x80\xA8\xE3\x80\x80"));
    assert_false(text_is_empty("  .  "));
    assert_false(text_is_empty("\xC2")); /* half a no-break space */
}

static void text_trim__drops__outer_white_space(void **state)
{
    (void)state;
    assert_freed_equal(text_trim("  a b\t\n"), "a b");
    assert_freed_equal(text_trim("\xC2\xA0"
                                 "a\xE3\x80\x80"),
                       "a");
    assert_freed_equal(text_trim("   "), "");
    assert_freed_equal(text_trim(""), "");
    assert_freed_equal(text_trim("\xFF \xFF"), "\xFF \xFF");
}

static void text_split__leaves_out__empty_parts(void **state)
{
    (void)state;
    struct strv list;
    text_split(" a, b c ,,  ,d", ',', &list);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0], "a");
    assert_string_equal(list.items[1], "b c");
    assert_string_equal(list.items[2], "d");
    strv_clear(&list);
    text_split(" ,", ',', &list);
    assert_int_equal(list.count, 0);
    strv_clear(&list);
}

static void text_clip__cuts__between_characters(void **state)
{
    (void)state;
    const char *text = "a\xC3\xA4\xF0\x9F\x8D\x80z"; /* 1 + 2 + 4 + 1 bytes */
    static const size_t lens[] = {0, 1, 1, 3, 3, 3, 3, 7, 8, 8};
    for (size_t max = 0; max < sizeof lens / sizeof *lens; max++) {
        char *clipped = text_clip(text, max);
        assert_int_equal(strlen(clipped), lens[max]);
        assert_memory_equal(clipped, text, lens[max]);
        free(clipped);
    }
}

static void text_make_utf8__replaces__each_bad_byte(void **state)
{
    (void)state;
    assert_freed_equal(text_make_utf8("", 0), "");
    assert_freed_equal(text_make_utf8("a\xC3\xA4", 3), "a\xC3\xA4");
    assert_freed_equal(text_make_utf8("a\0b", 3), "a\xEF\xBF\xBD"
                                                  "b");
    assert_freed_equal(text_make_utf8("\xC3", 1), "\xEF\xBF\xBD");
    assert_freed_equal(text_make_utf8("\xED\xA0\x80", 3),
                       "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_freed_equal(text_make_utf8("\xC0\xAF.", 3), "\xEF\xBF\xBD\xEF\xBF\xBD.");
    assert_true(text_is_utf8("", 0));
    assert_true(text_is_utf8("\xC3\xA4", 2));
    assert_false(text_is_utf8("\xC3\xA4", 1));
    assert_false(text_is_utf8("a\0b", 3));
    assert_false(text_is_utf8("\xED\xA0\x80", 3));
}

static void text_fold__makes__what_people_type_comparable(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"  !CheckIn\tON \n 21:00 ", "!checkin on 21:00"},
        {"don\xE2\x80\x99t", "don't"},
        {"don\xC2\xB4t", "don't"},
        {"\xE2\x80\x9Cso\xE2\x80\x9D \xC2\xABso\xC2\xBB", "\"so\" \"so\""},
        {"7\xE2\x80\x93"
         "9 \xE2\x88\x92 1",
         "7-9 - 1"},
        {"\xEF\xBC\xA8\xEF\xBD\x89 \xEF\xBC\x91", "hi 1"}, /* full width */
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"\xC3\x84"
         "a\xCC\x88",
         "\xC3\xA4\xC3\xA4"}, /* composed alike */
        {"a\xE2\x80\x8B"
         "b\xEF\xBB\xBF"
         "c\xC2\xAD"
         "d",
         "abcd"}, /* zero width */
        {"e\xE2\x80\x8D\xCC\x81", "\xC3\xA9"},
        {"\xE2\x9D\xA4\xEF\xB8\x8F", "\xE2\x9D\xA4"}, /* emoji or not */
        {"a\x01"
         "b\x7F"
         "c",
         "abc"},
        {"a\xC2\xA0\xE3\x80\x80 b", "a b"},
        {"\xC4\xB0stanbul", "istanbul"},
        {"wait\xE2\x80\xA6", "wait..."},
        {"\xFF", "\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_freed_equal(text_fold(cases[i][0]), cases[i][1]);
}

static void text_fold__changes_nothing__in_folded_text(void **state)
{
    (void)state;
    for (gunichar c = 1; c < 0x110000; c++) {
        char text[8] = "a";
        if (c >= 0xd800 && c < 0xe000)
            continue;
        text[1 + g_unichar_to_utf8(c, text + 1)] = '\0';
        char *once = text_fold(text), *twice = text_fold(once);
        if (!text_equal(once, twice))
            fail_msg("U+%04X: \"%s\", then \"%s\"", (unsigned)c, once, twice);
        free(once);
        free(twice);
    }
}

static void text_distance__counts__edits_and_swaps(void **state)
{
    static const struct {
        const char *a, *b;
        unsigned distance;
    } cases[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"abc", "abc", 0},
        {"abc", "abd", 1},
        {"abc", "acb", 1},
        {"ca", "abc", 3}, /* no part is edited twice */
        {"kitten", "sitting", 3},
        {"checkin", "chekcin", 1},
        {"\xC3\xA4", "a", 1},
        {"\xC3\xA4\xF0\x9F\x8D\x80", "\xF0\x9F\x8D\x80\xC3\xA4", 1},
        {"\xFF", "\xFE", 1},
        {"summary", "", 7},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (unsigned max = 0; max < 12; max++) {
            unsigned expected = cases[i].distance > max ? max + 1 : cases[i].distance;
            assert_int_equal(text_distance(cases[i].a, cases[i].b, max), expected);
            assert_int_equal(text_distance(cases[i].b, cases[i].a, max), expected);
        }
    }
    assert_int_equal(text_distance("abc", "xyz", UINT_MAX), 3);
}

/* The textbook's whole table. */
static unsigned plain_distance(const char *a, const char *b)
{
    unsigned table[16][16];
    size_t a_len = strlen(a), b_len = strlen(b);
    for (size_t i = 0; i <= a_len; i++) {
        for (size_t j = 0; j <= b_len; j++) {
            unsigned best = i == 0 ? (unsigned)j : j == 0 ? (unsigned)i : UINT_MAX;
            if (i > 0 && j > 0) {
                best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                best = MIN(best, MIN(table[i - 1][j], table[i][j - 1]) + 1);
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN(best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
        }
    }
    return table[a_len][b_len];
}

static void make_word(unsigned *seed, char *ret_word)
{
    *seed = *seed * 1103515245u + 12345u;
    size_t len = *seed >> 16 & 15;
    len = len > 12 ? 12 : len;
    for (size_t i = 0; i < len; i++) {
        *seed = *seed * 1103515245u + 12345u;
        ret_word[i] = "abc"[(*seed >> 16) % 3];
    }
    ret_word[len] = '\0';
}

static void text_distance__agrees__with_the_whole_table(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int round = 0; round < 20000; round++) {
        char a[16], b[16];
        make_word(&seed, a);
        make_word(&seed, b);
        unsigned max = (unsigned)round % 14, expected = plain_distance(a, b);
        expected = expected > max ? max + 1 : expected;
        if (text_distance(a, b, max) != expected)
            fail_msg("%s %s up to %u", a, b, max);
    }
}

static void text_nearest__finds__the_closest_word(void **state)
{
    (void)state;
    static const char *const words[] = {"checkin", "summary", "stop", "help", "step"};
    assert_string_equal(text_nearest("chekin", words, 5), "checkin");
    assert_string_equal(text_nearest("sumary", words, 5), "summary");
    assert_string_equal(text_nearest("step", words, 5), "step");
    assert_string_equal(text_nearest("stp", words, 5), "stop");
    assert_null(text_nearest("xyz", words, 5));
    assert_null(text_nearest("", words, 5));
    assert_null(text_nearest("help", words, 0));
}

static void text_to_int__accepts__whole_numbers_in_bounds(void **state)
{
    static const struct {
        const char *text;
        int64_t min, max;
        enum status status;
        int64_t value;
    } cases[] = {
        {"0", 0, 10, ST_OK, 0},
        {"007", 0, 10, ST_OK, 7},
        {"11", 0, 10, ST_RANGE, 0},
        {"1", 2, 10, ST_RANGE, 0},
        {"-1", 0, 10, ST_INVALID, 0},
        {"-1", -1, 10, ST_OK, -1},
        {"-2", -1, 10, ST_RANGE, 0},
        {"+1", -1, 10, ST_INVALID, 0},
        {"", 0, 10, ST_INVALID, 0},
        {"-", -1, 10, ST_INVALID, 0},
        {" 1", 0, 10, ST_INVALID, 0},
        {"1 ", 0, 10, ST_INVALID, 0},
        {"1x", 0, 10, ST_INVALID, 0},
        {"0x1", 0, 10, ST_INVALID, 0},
        {"9223372036854775807", 0, INT64_MAX, ST_OK, INT64_MAX},
        {"9223372036854775808", 0, INT64_MAX, ST_RANGE, 0},
        {"-9223372036854775808", INT64_MIN, 0, ST_OK, INT64_MIN},
        {"-9223372036854775809", INT64_MIN, INT64_MAX, ST_RANGE, 0},
        {"99999999999999999999999", INT64_MIN, INT64_MAX, ST_RANGE, 0},
        {"18446744073709551617", 0, INT64_MAX, ST_RANGE, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 55;
        enum status status =
            text_to_int(cases[i].text, cases[i].min, cases[i].max, &value);
        if (status != cases[i].status)
            fail_msg("%s: status %d", cases[i].text, (int)status);
        assert_int_equal(value, status ? 55 : cases[i].value);
    }
}

static void text_to_minute__reads__times_as_people_write_them(void **state)
{
    static const struct {
        const char *text;
        enum status status;
        int minute;
    } cases[] = {
        {"21:00", ST_OK, 1260},
        {"9", ST_OK, 540},
        {"09:05", ST_OK, 545},
        {"9am", ST_OK, 540},
        {"9 AM", ST_OK, 540},
        {"9.30 pm", ST_OK, 1290},
        {"9:30 P.M.", ST_OK, 1290},
        {"12am", ST_OK, 0},
        {"12:01 pm", ST_OK, 721},
        {"0", ST_OK, 0},
        {"23:59", ST_OK, 1439},
        {" Noon ", ST_OK, 720},
        {"midnight", ST_OK, 0},
        {"\xEF\xBC\x92\xEF\xBC\x91\xEF\xBC\x9A\xEF\xBC\x90\xEF\xBC\x90", ST_OK, 1260},
        {"24", ST_RANGE, 0},
        {"21:60", ST_RANGE, 0},
        {"13pm", ST_RANGE, 0},
        {"0am", ST_RANGE, 0},
        {"", ST_INVALID, 0},
        {":30", ST_INVALID, 0},
        {"9:3", ST_INVALID, 0},
        {"9:300", ST_INVALID, 0},
        {"100", ST_INVALID, 0},
        {"9 o'clock", ST_INVALID, 0},
        {"9  am pm", ST_INVALID, 0},
        {"nine", ST_INVALID, 0},
        {"-9", ST_INVALID, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int minute = 5555;
        enum status status = text_to_minute(cases[i].text, &minute);
        if (status != cases[i].status)
            fail_msg("%s: status %d", cases[i].text, (int)status);
        assert_int_equal(minute, status ? 5555 : cases[i].minute);
    }
}

static void text_is_one_of__finds__whole_words_only(void **state)
{
    (void)state;
    static const char *const list[] = {"can", "does", NULL}, *const none[] = {NULL};
    assert_true(text_is_one_of("can", list));
    assert_true(text_is_one_of("does", list));
    assert_false(text_is_one_of("do", list));
    assert_false(text_is_one_of("doesnt", list));
    assert_false(text_is_one_of("", list));
    assert_false(text_is_one_of("can", none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_one_of__finds__whole_words_only),
        cmocka_unit_test(status_text__names__every_status),
        cmocka_unit_test(buf__keeps_a_nul__behind_its_content),
        cmocka_unit_test(buf__marks_the_overflow__and_adds_nothing),
        cmocka_unit_test(buf_consume__drops__from_the_front),
        cmocka_unit_test(buf_take__gives__the_content_away),
        cmocka_unit_test(mem_grow__keeps__the_elements),
        cmocka_unit_test(strv__owns__copies),
        cmocka_unit_test(text_equal__takes__null),
        cmocka_unit_test(text_is_empty__knows__white_space),
        cmocka_unit_test(text_trim__drops__outer_white_space),
        cmocka_unit_test(text_split__leaves_out__empty_parts),
        cmocka_unit_test(text_clip__cuts__between_characters),
        cmocka_unit_test(text_make_utf8__replaces__each_bad_byte),
        cmocka_unit_test(text_fold__makes__what_people_type_comparable),
        cmocka_unit_test(text_fold__changes_nothing__in_folded_text),
        cmocka_unit_test(text_distance__counts__edits_and_swaps),
        cmocka_unit_test(text_distance__agrees__with_the_whole_table),
        cmocka_unit_test(text_nearest__finds__the_closest_word),
        cmocka_unit_test(text_to_int__accepts__whole_numbers_in_bounds),
        cmocka_unit_test(text_to_minute__reads__times_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
