/* base_json_write.c - the JSON writer's text, byte for byte. */
#include "bot/base/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void json__places__commas(void **state)
{
    (void)state;
    struct buf out;
    struct json_writer w;
    buf_init(&out, 1000);
    json_begin(&w, &out);
    json_object(&w, NULL);
    json_int(&w, "a", 1);
    json_array(&w, "b");
    json_object(&w, NULL);
    json_object_end(&w);
    json_object(&w, NULL);
    json_bool(&w, "c", true);
    json_bool(&w, "d", false);
    json_object_end(&w);
    json_text(&w, NULL, "e");
    json_array(&w, NULL);
    json_array_end(&w);
    json_array_end(&w);
    json_text(&w, "f", NULL);
    json_raw(&w, "g", "[1,{}]");
    json_object_end(&w);
    assert_string_equal(out.data, "{\"a\":1,\"b\":[{},{\"c\":true,\"d\":false},\"e\",[]],"
                                  "\"f\":null,\"g\":[1,{}]}");
    buf_clear(&out);
}

static void json_int__writes__both_ends(void **state)
{
    (void)state;
    struct buf out;
    struct json_writer w;
    buf_init(&out, 1000);
    json_begin(&w, &out);
    json_array(&w, NULL);
    json_int(&w, NULL, INT64_MIN);
    json_int(&w, NULL, INT64_MAX);
    json_int(&w, NULL, 0);
    json_array_end(&w);
    assert_string_equal(out.data, "[-9223372036854775808,9223372036854775807,0]");
    buf_clear(&out);
}

static void json_text__escapes__what_json_and_logs_need(void **state)
{
    static const char *const cases[][2] = {
        {"", "\"\""},
        {"plain \xC3\xA4 \xF0\x9F\x8D\x80", "\"plain \xC3\xA4 \xF0\x9F\x8D\x80\""},
        {"\"\\/", "\"\\\"\\\\/\""},
        {"\n\r\t", "\"\\n\\r\\t\""},
        {"\x01\b\x1F\x7F", "\"\\u0001\\u0008\\u001f\\u007f\""},
        {"\xC2\x80\xC2\x9F\xC2\xA0", "\"\\u0080\\u009f\xC2\xA0\""},
        {"\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA",
         "\"\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA\""},
        {"a\xFF"
         "b",
         "\"a\xEF\xBF\xBD"
         "b\""},
        {"\xC3", "\"\xEF\xBF\xBD\""},
        {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xC3\n", "\"\xEF\xBF\xBD\\n\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        struct json_writer w;
        buf_init(&out, 1000);
        json_begin(&w, &out);
        json_text(&w, NULL, cases[i][0]);
        assert_string_equal(out.data, cases[i][1]);
        buf_clear(&out);
    }
}

static void json_text__escapes__keys_too(void **state)
{
    (void)state;
    struct buf out;
    struct json_writer w;
    buf_init(&out, 1000);
    json_begin(&w, &out);
    json_object(&w, NULL);
    json_text(&w, "a\"\n\xFF", "b");
    json_object_end(&w);
    assert_string_equal(out.data, "{\"a\\\"\\n\xEF\xBF\xBD\":\"b\"}");
    buf_clear(&out);
}

static void json_text__marks_the_overflow__of_its_buffer(void **state)
{
    (void)state;
    struct buf out;
    struct json_writer w;
    buf_init(&out, 8);
    json_begin(&w, &out);
    json_text(&w, NULL, "123456");
    assert_false(out.overflowed);
    buf_reset(&out);
    json_begin(&w, &out);
    json_text(&w, NULL, "1234567");
    assert_true(out.overflowed);
    buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json__places__commas),
        cmocka_unit_test(json_int__writes__both_ends),
        cmocka_unit_test(json_text__escapes__what_json_and_logs_need),
        cmocka_unit_test(json_text__escapes__keys_too),
        cmocka_unit_test(json_text__marks_the_overflow__of_its_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
