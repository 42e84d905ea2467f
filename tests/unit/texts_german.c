/* texts_german.c - bot/dist/texts.de.ini is a whole translation: every sentence has one,
 * with the placeholders it needs, and hardly any is left as it was.
 */
#include "bot/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Marks, units and the like, which read the same. */
static bool is_same_in_both(const char *sentence)
{
    size_t letters = 0, depth = 0;
    for (const char *p = sentence; *p; p++) {
        depth += *p == '{';
        letters += depth == 0 && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'));
        depth -= *p == '}';
    }
    return letters <= 4;
}

static void translation__has__every_sentence(void **state)
{
    struct settings *settings = NULL;
    struct config_problems problems;
    (void)state;
    assert_int_equal(
        config_load("bot/dist/texts.de.ini", CONFIG_COMMUNITY, 0, &settings, &problems),
        ST_OK);
    assert_int_equal(problems.count, 0);
    for (int id = 0; id < (int)TEXT_COUNT; id++) {
        const char *original = text_default((enum text_id)id);
        const char *sentence = settings->texts[id];
        if (sentence == NULL)
            fail_msg("%s is missing", text_key((enum text_id)id));
        if (strcmp(sentence, original) == 0 && !is_same_in_both(original))
            fail_msg("%s is not translated", text_key((enum text_id)id));
    }
    config_problems_clear(&problems);
    config_free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(translation__has__every_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
