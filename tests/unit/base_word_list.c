/* base_word_list.c - a word list knows every word it was given and hardly any other. */
#include "bot/base/word_list.h"

#include "bot/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define MANY 20000

static struct word_list make(const char *lines)
{
    struct word_list list = {0};
    word_list_init(&list, strlen(lines));
    word_list_add_lines(&list, lines, strlen(lines));
    return list;
}

static void word_list__has__the_words_of_its_lines(void **state)
{
    (void)state;
    struct word_list list = make("saddle\ncolour\r\n\n\nlast");
    assert_true(word_list_has(&list, "saddle"));
    assert_true(word_list_has(&list, "colour"));
    assert_true(word_list_has(&list, "last")); /* without a line break behind it */
    assert_false(word_list_has(&list, "sadle"));
    assert_false(word_list_has(&list, ""));
    assert_false(word_list_has(&list, "colour\r"));
    word_list_clear(&list);
    assert_false(word_list_has(&list, "saddle"));
}

/* As words of a message arrive: folded, without apostrophes. */
static void word_list__takes__words_in_any_case_without_apostrophes(void **state)
{
    (void)state;
    struct word_list list = make("Don't\nLONDON\nAndr\xC3\xA9\n\xC3\x89"
                                 "clair\nrock'n'roll\n");
    assert_true(word_list_has(&list, "dont"));
    assert_true(word_list_has(&list, "london"));
    /* As words of a message arrive: without accents. */
    assert_true(word_list_has(&list, "andre"));
    assert_true(word_list_has(&list, "eclair"));
    assert_true(word_list_has(&list, "rocknroll"));
    assert_false(word_list_has(&list, "Don't"));
    assert_false(word_list_has(&list, "London"));
    word_list_clear(&list);
}

static void word_list__is_empty__without_words(void **state)
{
    (void)state;
    struct word_list zero = {0}, blank = make(""), breaks = make("\n\r\n\n''\n");
    static const char *const words[] = {"", "a", "the", "saddle"};
    word_list_add_lines(&zero, "saddle\n", 7); /* no room was made */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_false(word_list_has(&zero, words[i]));
        assert_false(word_list_has(&blank, words[i]));
        assert_false(word_list_has(&breaks, words[i]));
    }
    word_list_clear(&zero);
    word_list_clear(&blank);
    word_list_clear(&breaks);
}

static void word_list__survives__files_that_are_none_of_words(void **state)
{
    (void)state;
    char bytes[70000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7 % 256);
    memcpy(bytes + 69000, "\nsaddle\n", 8);
    memset(bytes + 1000, 'x', 60000); /* an endless line */
    struct word_list list = {0};
    word_list_init(&list, sizeof bytes);
    word_list_add_lines(&list, bytes, sizeof bytes);
    assert_true(word_list_has(&list, "saddle"));
    assert_false(word_list_has(&list, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    word_list_clear(&list);
}

/* Also more words than it has room for: they are found, others too. */
static void word_list__misses__none_of_many(void **state)
{
    (void)state;
    for (int has_room = 0; has_room < 2; has_room++) {
        struct buf lines;
        struct word_list list = {0};
        char word[32];
        buf_init(&lines, SIZE_MAX);
        for (int i = 0; i < MANY; i++)
            buf_addf(&lines, "word%d\n", i * 3);
        word_list_init(&list, has_room ? lines.len : 1);
        word_list_add_lines(&list, lines.data, lines.len);
        size_t wrong = 0;
        for (int i = 0; i < 3 * MANY; i++) {
            snprintf(word, sizeof word, "word%d", i);
            if (i % 3 == 0)
                assert_true(word_list_has(&list, word));
            else
                wrong += word_list_has(&list, word);
        }
        /* About one in 200 is promised; one in 100 leaves room for chance. */
        if (has_room && wrong > 2 * MANY / 100)
            fail_msg("%zu of %d strings are taken for words", wrong, 2 * MANY);
        word_list_clear(&list);
        buf_clear(&lines);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_list__has__the_words_of_its_lines),
        cmocka_unit_test(word_list__takes__words_in_any_case_without_apostrophes),
        cmocka_unit_test(word_list__is_empty__without_words),
        cmocka_unit_test(word_list__survives__files_that_are_none_of_words),
        cmocka_unit_test(word_list__misses__none_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
