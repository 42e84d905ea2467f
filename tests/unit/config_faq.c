/* config_faq.c - what the config tells the matcher: `words`, [vetoes], the lists of
 * words, and questions that stand in two places.
 */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define TODAY day_from_date(2026, 11, 23)
#define ENTRY(id, question) "[faq " id "]\nquestion = " question "\nanswer = x\n"

struct loaded {
    enum status status;
    struct settings *settings;
    struct config_problems problems;
    char *text; /* of the problems */
};

static struct loaded finish(struct loaded loaded)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    config_problems_print(&loaded.problems, &text);
    loaded.text = buf_take(&text);
    return loaded;
}

static struct loaded load(const char *ini)
{
    struct loaded loaded = {0};
    loaded.status = config_load_bytes("t.ini", ini, strlen(ini), CONFIG_COMMUNITY, TODAY,
                                      &loaded.settings, &loaded.problems);
    return finish(loaded);
}

/* From a file, with its lists of words. */
static struct loaded load_file(const char *path, const char *ini)
{
    struct loaded loaded = {0};
    assert_int_equal(file_write(path, ini, strlen(ini)), ST_OK);
    loaded.status =
        config_load(path, CONFIG_COMMUNITY, TODAY, &loaded.settings, &loaded.problems);
    return finish(loaded);
}

static void unload(struct loaded *loaded)
{
    if (loaded->status == ST_OK)
        config_free(loaded->settings);
    config_problems_clear(&loaded->problems);
    free(loaded->text);
}

static void assert_one_problem(const struct loaded *loaded, bool is_warning,
                               const char *where, const char *what)
{
    if (loaded->problems.count != 1 || !text_starts(loaded->text, where) ||
        strstr(loaded->text, what) == NULL ||
        loaded->problems.items[0].is_warning != is_warning)
        fail_msg("not just \"%s ... %s\":\n%s", where, what, loaded->text);
    assert_int_equal(loaded->status, is_warning ? ST_OK : ST_INVALID);
}

static void assert_items(const struct strv *list, const char *const *expected)
{
    size_t count = 0;
    while (expected[count] != NULL)
        count++;
    assert_int_equal(list->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(list->items[i], expected[i]);
}

/* Items parted by commas or line breaks, on as many lines as one likes. */
#define ITEMS(key)                                                                       \
    key " = one, two words ,, three\n" key " =\n  four,\n  five words here, six\n" key   \
        " = six\n"

static void config_load__reads__words_of_an_entry(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "one", "two words", "three", "four", "five words here", "six", "six", NULL};
    struct loaded loaded = load(ENTRY("a", "Why?") ITEMS("words") ENTRY("b", "How?"));
    assert_string_equal(loaded.text, "");
    assert_items(&loaded.settings->faqs[0].words, expected);
    assert_int_equal(loaded.settings->faqs[0].also.count, 0);
    assert_int_equal(loaded.settings->faqs[1].words.count, 0);
    unload(&loaded);
}

static void config_load__reads__what_the_faq_leaves_alone(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "one", "two words", "three", "four", "five words here", "six", "six", NULL};
    struct loaded loaded = load("[vetoes]\n" ITEMS("elsewhere"));
    assert_string_equal(loaded.text, "");
    assert_items(&loaded.settings->vetoes.elsewhere, expected);
    unload(&loaded);
    loaded = load("[vetoes]\nelsewhere =\n");
    assert_string_equal(loaded.text, "");
    assert_int_equal(loaded.settings->vetoes.elsewhere.count, 0);
    unload(&loaded);
    /* Written in the file of the moderators, too, and [texts] is another thing. */
    assert_int_equal(file_write("mods.ini", "[vetoes]\nelsewhere = zorb\n", 26), ST_OK);
    loaded = load("[hearth]\ncommunity = mods.ini\n[texts]\npong = Here.\n");
    assert_string_equal(loaded.text, "");
    assert_items(&loaded.settings->vetoes.elsewhere, (const char *const[]){"zorb", NULL});
    unload(&loaded);
}

static void config_load__explains__mistakes_in_lists_of_words(void **state)
{
    (void)state;
    struct loaded loaded = load("[vetos]\nelsewhere = zorb\n");
    assert_one_problem(&loaded, false, "t.ini:1: ", "did you mean [vetoes]?");
    unload(&loaded);
    loaded = load("[vetoes]\nelswhere = zorb\n");
    assert_one_problem(&loaded, false, "t.ini:2: ", "did you mean \"elsewhere\"?");
    unload(&loaded);
    loaded = load("[vetoes mine]\nelsewhere = zorb\n");
    assert_one_problem(&loaded, false, "t.ini:1: ", "takes no name");
    unload(&loaded);
    for (size_t len = 100; len <= 101; len++) {
        struct buf ini;
        buf_init(&ini, SIZE_MAX);
        buf_add_text(&ini, ENTRY("a", "Why?") "words = short, ");
        for (size_t i = 0; i < len; i++)
            buf_add_char(&ini, 'x');
        loaded = load(ini.data);
        if (len > 100)
            assert_one_problem(&loaded, false, "t.ini:4: ", "words");
        else
            assert_string_equal(loaded.text, "");
        unload(&loaded);
        buf_clear(&ini);
    }
}

/* A question leads to one entry; a word may lead to several. */
static void config_load__lets__entries_share_words_but_no_question(void **state)
{
    (void)state;
    struct loaded loaded =
        load(ENTRY("a", "Why?") "words = six\n" ENTRY("b", "How?") "words = six, why\n");
    assert_string_equal(loaded.text, "");
    unload(&loaded);
    loaded = load(ENTRY("a", "Why is it so?") ENTRY("b", "How?") "also =\n"
                                                                 "    When?\n"
                                                                 "    WHY  is it so\n");
    assert_one_problem(&loaded, false, "t.ini:9: ", "[faq a] already, at t.ini:2");
    unload(&loaded);
}

static bool knows(const struct loaded *loaded, const char *word)
{
    return word_list_has(&loaded->settings->known_words, word);
}

static void config_load__reads__the_lists_of_words(void **state)
{
    (void)state;
    assert_int_equal(file_write("one", "Saddle\r\ndon't", 13), ST_OK);
    assert_int_equal(file_write("two", "colour\n", 7), ST_OK);
    assert_int_equal(symlink("two", "linked"), 0);
    struct loaded loaded = load_file("c.ini", "[hearth]\ndictionary = one, linked\n");
    assert_string_equal(loaded.text, "");
    assert_true(knows(&loaded, "saddle"));
    assert_true(knows(&loaded, "dont")); /* does not run into the next file */
    assert_true(knows(&loaded, "colour"));
    assert_false(knows(&loaded, "dontcolour"));
    assert_false(knows(&loaded, "color"));
    unload(&loaded);
}

static void config_load__warns__of_a_list_of_words_that_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(file_write("two", "colour\n", 7), ST_OK);
    struct loaded loaded = load_file("c.ini", "[hearth]\ndictionary = none-such, two\n");
    assert_one_problem(&loaded, true,
                       "c.ini: warning: ", "none-such cannot be read (not found)");
    assert_non_null(strstr(loaded.text, "wbritish-small and wamerican-small"));
    assert_true(knows(&loaded, "colour"));
    unload(&loaded);
}

static void config_load__warns__of_a_list_of_words_that_is_too_big(void **state)
{
    (void)state;
    size_t len = WORD_LIST_FILE_MAX + 1;
    char *lines = mem_alloc(len);
    memset(lines, '\n', len);
    assert_int_equal(file_write("big", lines, len), ST_OK);
    struct loaded loaded = load_file("c.ini", "[hearth]\ndictionary = big\n");
    assert_one_problem(&loaded, true, "c.ini: warning: ", "too big");
    unload(&loaded);
    free(lines);
}

/* As data_dir and the other paths do. */
static void config_load__starts__lists_of_words_at_the_config_file(void **state)
{
    (void)state;
    assert_int_equal(mkdir("sub", 0700), 0);
    assert_int_equal(file_write("sub/list", "colour\n", 7), ST_OK);
    struct loaded loaded = load_file("sub/c.ini", "[hearth]\ndictionary = list\n");
    assert_string_equal(loaded.text, "");
    assert_true(knows(&loaded, "colour"));
    unload(&loaded);
}

/* The test's state is the path of a new folder, also the working one. */
static int make_folder(void **state)
{
    char *path;
    if (file_temp_dir("hearth-config-faq", &path) || chdir(path) != 0)
        return -1;
    *state = path;
    return 0;
}

static int remove_folder(void **state)
{
    int failed = chdir("/");
    file_remove_tree(*state);
    free(*state);
    return failed;
}

#define IN_A_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(config_load__reads__words_of_an_entry),
        IN_A_FOLDER(config_load__reads__what_the_faq_leaves_alone),
        IN_A_FOLDER(config_load__explains__mistakes_in_lists_of_words),
        IN_A_FOLDER(config_load__lets__entries_share_words_but_no_question),
        IN_A_FOLDER(config_load__reads__the_lists_of_words),
        IN_A_FOLDER(config_load__warns__of_a_list_of_words_that_is_not_there),
        IN_A_FOLDER(config_load__warns__of_a_list_of_words_that_is_too_big),
        IN_A_FOLDER(config_load__starts__lists_of_words_at_the_config_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
