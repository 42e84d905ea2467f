/* texts.c - the table of sentences and the substitution into them. */
#include "bot/base/mem.h"
#include "bot/model/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void assert_said(char *said, const char *expected)
{
    assert_string_equal(said, expected);
    free(said);
}

static void assert_refused(enum text_id id, const char *sentence, const char *expected)
{
    char *message = NULL;
    assert_int_equal(text_check(id, sentence, &message), ST_INVALID);
    assert_string_equal(message, expected);
    free(message);
}

/* A text of the table whose placeholders are exactly these. */
static enum text_id find_text(const char *placeholders)
{
    for (int id = 0; id < (int)TEXT_COUNT; id++) {
        if (text_equal(text_placeholders((enum text_id)id), placeholders))
            return (enum text_id)id;
    }
    fail_msg("no text has the placeholders %s", placeholders);
    return TEXT_COUNT;
}

static void text_table__is_sound__in_every_row(void **state)
{
    (void)state;
    char *message = NULL;
    for (int i = 0; i < (int)TEXT_COUNT; i++) {
        enum text_id id = (enum text_id)i;
        const char *key = text_key(id);
        assert_true(*key != '\0' &&
                    key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0');
        assert_false(text_is_empty(text_default(id)));
        if (text_check(id, text_default(id), &message))
            fail_msg("%s: %s", key, message);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(text_key((enum text_id)k), key);
    }
}

static void say__gives__the_default_or_the_config_sentence(void **state)
{
    (void)state;
    struct settings settings = {0};
    assert_said(say(NULL, TEXT_PONG, NULL), text_default(TEXT_PONG));
    assert_said(say(&settings, TEXT_PONG, NULL), text_default(TEXT_PONG));
    settings.texts[TEXT_PONG] = mem_dup("still here");
    assert_said(say(&settings, TEXT_PONG, NULL), "still here");
    settings_clear(&settings);
}

static void say__fills__every_place_of_a_name_once(void **state)
{
    (void)state;
    struct settings settings = {0};
    settings.texts[TEXT_PONG] = mem_dup("{a}{b} {a}, {unknown} {A} { } {} {b");
    assert_said(say(&settings, TEXT_PONG, "a", "{b}", "b", "%s", NULL),
                "{b}%s {b}, {unknown} {A} { } {} {b");
    assert_said(say(&settings, TEXT_PONG, "a", NULL, "b", "", NULL),
                " , {unknown} {A} { } {} {b");
    settings_clear(&settings);
}

static void text_check__accepts__what_the_table_allows(void **state)
{
    (void)state;
    char *message = NULL;
    enum text_id id = find_text("usage!,summary!");
    assert_int_equal(text_check(id, "{summary} {usage} } ok", &message), ST_OK);
    assert_int_equal(text_check(TEXT_PONG, "no braces", &message), ST_OK);
    assert_null(message);
}

static void text_check__refuses__unknown_and_missing_placeholders(void **state)
{
    (void)state;
    enum text_id id = find_text("usage!,summary!");
    assert_refused(id, "{usage}", "{summary} is missing: this text must say it");
    assert_refused(
        id, "{usage} {sumary}",
        "{sumary} is no placeholder of this text: it may use {usage}, {summary}");
    assert_refused(id, "{usage} {summary} {",
                   "a { opens no placeholder: it may use {usage}, {summary}");
    assert_refused(TEXT_PONG, "{usage}",
                   "{usage} is no placeholder of this text: this text has none");
}

static void settings_clear__accepts__nothing(void **state)
{
    (void)state;
    struct settings settings = {0};
    settings_clear(NULL);
    settings_clear(&settings);
    settings_clear(&settings);
}

static void group_offers__is_true__for_all_when_none_is_named(void **state)
{
    (void)state;
    struct group_settings group = {0};
    assert_true(group_offers(&group, "daily"));
    strv_add(&group.checkins, "weekly");
    assert_false(group_offers(&group, "daily"));
    assert_true(group_offers(&group, "weekly"));
    strv_clear(&group.checkins);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_table__is_sound__in_every_row),
        cmocka_unit_test(say__gives__the_default_or_the_config_sentence),
        cmocka_unit_test(say__fills__every_place_of_a_name_once),
        cmocka_unit_test(text_check__accepts__what_the_table_allows),
        cmocka_unit_test(text_check__refuses__unknown_and_missing_placeholders),
        cmocka_unit_test(settings_clear__accepts__nothing),
        cmocka_unit_test(group_offers__is_true__for_all_when_none_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
