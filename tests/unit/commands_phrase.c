/* commands_phrase.c - phrases of the safety lists, found in what people type. */
#include "commands/phrase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static bool finds(const char *phrase, const char *text)
{
    struct phrase_book *book = phrase_book_new();
    struct speech speech;
    struct span span;
    phrase_book_add(book, phrase);
    speech_read(text, book->known, &speech);
    phrase_mark(book, &speech);
    bool is_found = phrase_find(book, 0, &speech, &span);
    speech_clear(&speech);
    phrase_book_free(book);
    return is_found;
}

static void phrase_find__reads__its_signs(void **state)
{
    (void)state;
    assert_true(finds("red/green lamp", "the green lamp"));
    assert_false(finds("red/green lamp", "the blue lamp"));
    assert_true(finds("going to ... it", "I am going to quietly mend it"));
    assert_false(finds("going to ... it", "going to one two three four five it"));
    assert_true(finds("fever + neck", "my neck hurts. Also a fever."));
    assert_false(finds("fever + neck", "my neck hurts"));
    assert_false(finds("red lamp", "it is red. Lamp off"));
    assert_true(finds("Red L\xC3\x84MP", "red l\xC3\xA4mp"));
    assert_false(finds("", "anything"));
    assert_false(finds("+ / ...", "anything"));
    assert_false(finds("/", ""));
    assert_true(finds("lamp /", "a lamp"));
}

static void phrase_find__takes__a_word_in_quotes_as_it_stands(void **state)
{
    (void)state;
    assert_true(finds("\"lamps\" on", "lamps on"));
    assert_false(finds("\"lamps\" on", "lamp on"));
    assert_true(finds("lamps on", "lamp on"));
    assert_true(finds("red/\"lanterns\" on", "lantrens on"));
    assert_false(finds("red/\"lanterns\" on", "lantern on"));
    assert_true(finds("\"red\"/\"green\" lamp", "green lamp"));
    assert_false(finds("\"\"", "lamp"));
    assert_true(finds("\"lamp", "lamp"));
}

static void phrase_find__reads__chat_spelling(void **state)
{
    (void)state;
    assert_true(finds("can't see", "cnat see"));
    assert_true(finds("cannot see", "can t see"));
    assert_true(finds("going to see ... tonight", "gonna see it 2nite"));
    assert_true(finds("glowing lamp", "glowin lamp"));
    assert_true(finds("glow ... lamp", "glowin green lamp"));
    assert_true(finds("want lamp", "wanna just literally a lamp"));
    assert_true(finds("red lamp", "redlamp"));
    assert_true(finds("lantern on", "lan tern on"));
    assert_true(finds("says ... lamp", "she said red lamp"));
    assert_true(finds("take lamp", "I took the lamp"));
}

static void phrase_find__holds__many_alternatives(void **state)
{
    (void)state;
    static const char phrase[] =
        "one/two/three/four/five/six/seven/eight/nine/ten/eleven/"
        "twelve/red/green/blue/pink/grey/white/brown/black lamp";
    assert_true(finds(phrase, "black lamp"));
    assert_true(finds(phrase, "one lamp"));
    assert_false(finds(phrase, "orange lamp"));
}

static void phrase_find__allows__one_slip_in_long_words(void **state)
{
    (void)state;
    assert_true(finds("purple lantern", "prple lantren"));
    assert_false(finds("purple lantern", "prpl lantrn"));
    assert_false(finds("kind lamp", "king lamp")); /* four letters */
    assert_true(finds("kind lamp", "kidn lmap"));  /* only swapped ones */
    assert_true(finds("lanterns", "lantrning"));   /* in the stem */
    assert_false(finds("broke", "a stroke of luck"));
    assert_false(finds("alive", "olive oil"));
    assert_false(finds("dying", "trying"));
}

static void phrase_find__takes__one_phrase_of_many(void **state)
{
    (void)state;
    struct phrase_book *book = phrase_book_new();
    struct speech speech;
    struct span span;
    phrase_book_add(book, "red lamp");
    phrase_book_add(book, "\"lamps\" + blue");
    phrase_book_add(book, "blue/green lamps");
    speech_read("a blue lamp", book->known, &speech);
    phrase_mark(book, &speech);
    assert_false(phrase_find(book, 0, &speech, &span));
    assert_false(phrase_find(book, 1, &speech, &span));
    assert_true(phrase_find(book, 2, &speech, &span));
    assert_int_equal(span.end - span.first, 2);
    speech_clear(&speech);
    phrase_book_free(book);
}

static void phrase_find__parts__words_run_together(void **state)
{
    (void)state;
    assert_true(finds("hang red lamp", "h a n g  r e d  l a m p"));
    assert_true(finds("hang red lamp", "please h.a.n.g r.e.d lamp"));
    assert_true(finds("hang red lantern", "ihangtheredlantern"));
    assert_false(finds("hang red lantern", "changeredlanterns"));
    assert_false(finds("red lamp", "r e d s l a m p x"));
}

static void phrase_find__mends__short_words_that_matter(void **state)
{
    (void)state;
    assert_true(finds("end my life", "end my lfe"));
    assert_true(finds("kill myself", "kil my slef"));
    assert_true(finds("kill myself", "klil my sefl"));
    assert_false(finds("end my life", "end my wife"));
    assert_false(finds("end my life", "end my lift"));
    assert_false(finds("end my life/lift", "end my lies")); /* two slips off */
    assert_false(finds("kill myself", "bill myself"));
}

static struct phrase_book *book_of(const char *phrase, const char *other)
{
    struct phrase_book *book = phrase_book_new();
    phrase_book_add(book, phrase);
    phrase_book_add(book, other);
    return book;
}

static void phrase_cut__leaves__the_rest(void **state)
{
    (void)state;
    struct phrase_book *book = book_of("red", "blue lamp");
    struct speech speech;
    struct span span;
    phrase_book_add(book, "red lamp");
    speech_read("red lamp and red lamp, blue lamp", book->known, &speech);
    phrase_mark(book, &speech);
    phrase_cut(book, 2, &speech);
    assert_false(phrase_find(book, 0, &speech, &span));
    assert_true(phrase_find(book, 1, &speech, &span));
    speech_clear(&speech);
    phrase_book_free(book);
}

static void phrase_cut__leaves__what_is_only_like_an_idiom(void **state)
{
    (void)state;
    struct phrase_book *book = book_of("purple lantern", "lamp");
    struct speech speech;
    struct span span;
    speech_read("a purple lantren", book->known, &speech);
    phrase_mark(book, &speech);
    phrase_cut(book, 0, &speech);
    assert_true(phrase_find(book, 0, &speech, &span));
    speech_clear(&speech);
    phrase_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrase_find__reads__its_signs),
        cmocka_unit_test(phrase_find__takes__a_word_in_quotes_as_it_stands),
        cmocka_unit_test(phrase_find__reads__chat_spelling),
        cmocka_unit_test(phrase_find__holds__many_alternatives),
        cmocka_unit_test(phrase_find__allows__one_slip_in_long_words),
        cmocka_unit_test(phrase_find__takes__one_phrase_of_many),
        cmocka_unit_test(phrase_find__parts__words_run_together),
        cmocka_unit_test(phrase_find__mends__short_words_that_matter),
        cmocka_unit_test(phrase_cut__leaves__the_rest),
        cmocka_unit_test(phrase_cut__leaves__what_is_only_like_an_idiom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
