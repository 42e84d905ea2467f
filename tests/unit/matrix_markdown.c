/* matrix_markdown.c - Markdown to safe HTML and to a body that stands alone. */
#include "bot/matrix/message.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void check(const char *markdown, const char *plain, const char *html)
{
    char *got_plain = NULL, *got_html = NULL;
    markdown_render(markdown, &got_plain, &got_html);
    assert_string_equal(got_plain, plain);
    if (html) {
        assert_non_null(got_html);
        assert_string_equal(got_html, html);
    } else {
        assert_null(got_html);
    }
    free(got_plain);
    free(got_html);
}

static void markdown_render__makes_no_html__without_markup(void **state)
{
    (void)state;
    check("Hello there.", "Hello there.", NULL);
    check("One.\n\nTwo & <3.", "One.\n\nTwo & <3.", NULL);
    check("line one\nline two", "line one line two", NULL);
    check("line one\\\nline two", "line one\nline two", NULL);
    check("*a*\\\nb", "a\nb", "<p><em>a</em><br>b</p>");
    check("", "", NULL);
    check("1 \\* 2 &amp; 3", "1 * 2 & 3", NULL);
}

static void markdown_render__drops_the_asterisks__of_emphasis(void **state)
{
    (void)state;
    check("a *b* **c** `d*`", "a b c d*",
          "<p>a <em>b</em> <strong>c</strong> <code>d*</code></p>");
    check("# Title\ntext", "Title\n\ntext", "<h1>Title</h1><p>text</p>");
    check("*a\nb*", "a b", "<p><em>a b</em></p>");
}

static void markdown_render__keeps_the_markers__of_lists(void **state)
{
    (void)state;
    check("Intro:\n- a\n- b\n\nEnd", "Intro:\n\n- a\n- b\n\nEnd",
          "<p>Intro:</p><ul><li>a</li><li>b</li></ul><p>End</p>");
    check("3. a\n4. b", "3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>");
    check("1. a\n   - x\n   - y\n2. b", "1. a\n   - x\n   - y\n2. b",
          "<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>");
    check("- a\n\n- b", "- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
    check("-\n- b", "- \n- b", "<ul><li></li><li>b</li></ul>");
    check("- a\n  c", "- a c", "<ul><li>a c</li></ul>");
}

static void markdown_render__marks_every_line__of_a_quote(void **state)
{
    (void)state;
    check("> a\n> b", "> a b", "<blockquote><p>a b</p></blockquote>");
    check("> a\n>\n> b\n\nc", "> a\n>\n> b\n\nc",
          "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>");
    check("a\n\n> b", "a\n\n> b", "<p>a</p><blockquote><p>b</p></blockquote>");
}

static void markdown_render__keeps_code__as_it_is(void **state)
{
    (void)state;
    check("```c\nif (a < b)\n  *p;\n```", "if (a < b)\n  *p;",
          "<pre><code class=\"language-c\">if (a &lt; b)\n  *p;\n</code></pre>");
    check("```c\"onload=x\nq\n```", "q", "<pre><code>q\n</code></pre>");
}

static void markdown_render__names_the_url__of_a_link(void **state)
{
    (void)state;
    check("[here](https://a.example/x?y=1&z)", "here (https://a.example/x?y=1&z)",
          "<p><a href=\"https://a.example/x?y=1&amp;z\">here</a></p>");
    check("<https://a.example>", "https://a.example",
          "<p><a href=\"https://a.example\">https://a.example</a></p>");
    check("<a@b.example>", "a@b.example",
          "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>");
    check("[](https://a.example)", "https://a.example",
          "<p><a href=\"https://a.example\">https://a.example</a></p>");
    check("[room](matrix:r/x:a.example)", "room (matrix:r/x:a.example)",
          "<p><a href=\"matrix:r/x:a.example\">room</a></p>");
}

static void markdown_render__drops_links__to_other_schemes(void **state)
{
    (void)state;
    check("[x](javascript:alert(1))", "x", NULL);
    check("[x](JaVaScRiPt:alert(1)) *y*", "x y", "<p>x <em>y</em></p>");
    check("[x](data:text/html,y)", "x", NULL);
    check("[x](/relative)", "x", NULL);
    check("[x](<https://a b>)", "x", NULL);
    check("[x](https://)", "x", NULL);
    check("[x](<https:&#10;//a>)", "x", NULL);
}

static void markdown_render__turns_images__into_links(void **state)
{
    (void)state;
    check("![cat](https://a.example/c.png)", "cat (https://a.example/c.png)",
          "<p><a href=\"https://a.example/c.png\">cat</a></p>");
    check("[![cat](https://a.example/c.png)](https://b.example)",
          "cat (https://b.example)", "<p><a href=\"https://b.example\">cat</a></p>");
}

static void markdown_render__shows_raw_html__as_text(void **state)
{
    (void)state;
    check("<script>alert(1)</script>", "<script>alert(1)</script>", NULL);
    check("a <b onclick='x'>c</b> *d*", "a <b onclick='x'>c</b> d",
          "<p>a &lt;b onclick=&#39;x&#39;&gt;c&lt;/b&gt; <em>d</em></p>");
    check("<!-- x -->\n\n*d*", "<!-- x -->\n\nd",
          "<p>&lt;!-- x --&gt;</p><p><em>d</em></p>");
}

static void markdown_render__closes_every_tag__when_nested_deeply(void **state)
{
    (void)state;
    char *text = mem_alloc(4001), *plain = NULL, *html = NULL;
    memset(text, '>', 4000);
    memcpy(text + 3996, "> xy", 4);
    markdown_render(text, &plain, &html);
    assert_non_null(strstr(plain, "xy"));
    assert_true(strlen(plain) < 200);
    size_t opened = 0, closed = 0;
    for (const char *p = html; (p = strstr(p, "<blockquote>")); p++)
        opened++;
    for (const char *p = html; (p = strstr(p, "</blockquote>")); p++)
        closed++;
    assert_int_equal(opened, closed);
    assert_true(opened > 10 && opened < 100);
    free(plain);
    free(html);
    free(text);
}

static void markdown_render__stays_small__with_hostile_input(void **state)
{
    (void)state;
    static const char *const units[] = {"[",     "![",    "*a_", "`a``", "<a ", "> - ",
                                        "**x ",  "a<!--", "\\",  "&",    "\"",  "[a](",
                                        "- \n ", "[x]: ", "_*",  "~~~\n"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i]), count = MESSAGE_TEXT_MAX / len;
        char *text = mem_alloc(count * len + 1), *plain = NULL, *html = NULL;
        for (size_t k = 0; k < count; k++)
            memcpy(text + k * len, units[i], len);
        markdown_render(text, &plain, &html);
        assert_non_null(plain);
        assert_true(strlen(plain) <= 8 * MESSAGE_TEXT_MAX);
        free(plain);
        free(html);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_render__makes_no_html__without_markup),
        cmocka_unit_test(markdown_render__drops_the_asterisks__of_emphasis),
        cmocka_unit_test(markdown_render__keeps_the_markers__of_lists),
        cmocka_unit_test(markdown_render__marks_every_line__of_a_quote),
        cmocka_unit_test(markdown_render__keeps_code__as_it_is),
        cmocka_unit_test(markdown_render__names_the_url__of_a_link),
        cmocka_unit_test(markdown_render__drops_links__to_other_schemes),
        cmocka_unit_test(markdown_render__turns_images__into_links),
        cmocka_unit_test(markdown_render__shows_raw_html__as_text),
        cmocka_unit_test(markdown_render__closes_every_tag__when_nested_deeply),
        cmocka_unit_test(markdown_render__stays_small__with_hostile_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
