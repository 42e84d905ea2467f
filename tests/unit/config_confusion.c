/* config_confusion.c - which FAQ entries `hearth check` warns of, and where. */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/config.h"
#include "bot/config_check.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define TODAY day_from_date(2026, 11, 23)
#define BASE                                                                             \
    "[matrix]\nhomeserver = https://m.test\nuser = @hearth:m.test\n"                     \
    "[safety]\nemergency = 112\nhelpline = a line\nurgent = a clinic\n"                  \
    "reviewed = 2026-11-20\ncrisis_self = I want to die\n"                               \
    "crisis_other = she wants to die\nurgent_sign = chest pain\n"                        \
    "[group main]\nrooms = #room:m.test\nzone = Europe/London\n"                         \
    "[checkin daily]\nitems = pain\n"                                                    \
    "[item pain]\nlabel = Pain\nquestion = How bad?\nlow = none\nhigh = worst\n"
/* Entries that have nothing to do with each other, to be found among. */
#define OTHERS                                                                           \
    "[faq tyre]\nquestion = How do I mend a flat tyre?\nanswer = Patch the tube.\n"      \
    "[faq key]\nquestion = Who has a key to the shed?\nanswer = The treasurer.\n"        \
    "[faq cost]\nquestion = What does the membership cost?\nanswer = 20 a year.\n"       \
    "[faq cake]\nquestion = May I bring cake for everyone?\nanswer = Please do.\n"

struct folder {
    char *dir, *config, *community;
};

struct checked {
    struct config_problems problems;
    struct buf text; /* the problems, printed */
};

static int make_folder(void **state)
{
    struct folder *folder = mem_alloc(sizeof *folder);
    folder->dir = g_dir_make_tmp("hearth-confusion-XXXXXX", NULL);
    folder->config = g_build_filename(folder->dir, "c.ini", NULL);
    folder->community = g_build_filename(folder->dir, "faq.ini", NULL);
    *state = folder;
    return folder->dir == NULL;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    g_remove(folder->config);
    g_remove(folder->community);
    g_rmdir(folder->dir);
    g_free(folder->config);
    g_free(folder->community);
    g_free(folder->dir);
    free(folder);
    return 0;
}

static void write_text(const char *path, const char *text)
{
    assert_int_equal(file_write(path, text, strlen(text)), ST_OK);
}

/* What is said about the FAQ of a whole config, behind all that loading says. */
static struct checked *check(const struct folder *folder, const char *faq)
{
    struct checked *checked = mem_alloc(sizeof *checked);
    struct config_problems others = {0};
    struct settings *settings = NULL;
    char *text = g_strconcat(BASE, faq, NULL);
    write_text(folder->config, text);
    g_free(text);
    buf_init(&checked->text, SIZE_MAX);
    if (config_load(folder->config, CONFIG_WHOLE, TODAY, &settings, &others) != ST_OK) {
        config_problems_print(&others, &checked->text);
        fail_msg("%s", checked->text.data);
    }
    config_problems_clear(&others);
    config_check_confusion(settings, folder->config, &checked->problems);
    config_problems_print(&checked->problems, &checked->text);
    config_free(settings);
    return checked;
}

static void drop(struct checked *checked)
{
    config_problems_clear(&checked->problems);
    buf_clear(&checked->text);
    free(checked);
}

/* Where `line` stands in a file, counted from 1. */
static int find_line(const char *file, const char *line)
{
    struct buf content;
    int found = 0;
    buf_init(&content, 1 << 20);
    assert_int_equal(file_read(file, &content), ST_OK);
    char **all = g_strsplit(content.data, "\n", -1);
    for (int i = 0; all[i] != NULL && found == 0; i++)
        found = strcmp(all[i], line) == 0 ? i + 1 : 0;
    g_strfreev(all);
    buf_clear(&content);
    return found;
}

/* One of the warnings is at this line of `file` and has these words. */
static void assert_warned(const struct checked *checked, const char *file,
                          const char *line, const char *words)
{
    int number = find_line(file, line);
    bool found = false;
    for (size_t i = 0; i < checked->problems.count; i++) {
        const struct config_problem *problem = &checked->problems.items[i];
        found |= problem->is_warning && problem->line == number &&
                 strcmp(problem->file, file) == 0 &&
                 strstr(problem->message, words) != NULL;
    }
    if (!found)
        fail_msg("no warning at line %d \"%s\" in:\n%s", number, words,
                 checked->text.data ? checked->text.data : "(nothing)");
}

static void assert_count(const struct checked *checked, size_t count)
{
    if (checked->problems.count != count)
        fail_msg("not %zu warnings:\n%s", count,
                 checked->text.data ? checked->text.data : "(nothing)");
}

static void check__is_silent__when_all_entries_are_found(void **state)
{
    struct checked *checked = check(*state, OTHERS);
    assert_count(checked, 0);
    drop(checked);
    checked = check(*state, ""); /* no FAQ at all */
    assert_count(checked, 0);
    drop(checked);
}

static void check__warns_of_both__when_two_questions_are_nearly_one(void **state)
{
    const struct folder *folder = *state;
    struct checked *checked = check(
        folder, OTHERS "[faq rest]\nquestion = Why am I tired?\nanswer = Rest.\n"
                       "[faq sleep]\nquestion = Why am I so tired?\nanswer = Sleep.\n");
    assert_count(checked, 2);
    assert_warned(checked, folder->config, "question = Why am I tired?",
                  "[faq rest] \"Why am I tired?\" is nearly taken for [faq sleep]: give "
                  "one of them words of its own in \"also\" or \"words\"");
    assert_warned(checked, folder->config, "question = Why am I so tired?",
                  "[faq sleep] \"Why am I so tired?\" is nearly taken for [faq rest]");
    drop(checked);
}

static void check__points_at_the_line__that_leads_elsewhere(void **state)
{
    const struct folder *folder = *state;
    struct checked *checked = check(
        folder, OTHERS "[faq join]\nquestion = How do I join?\nalso =\n    sign me up\n"
                       "    the fee\nanswer = Fill in the form.\n"
                       "[faq dues]\nquestion = What do members pay?\nalso =\n"
                       "    what is the fee\n    when is the fee due\n"
                       "    how do I pay the fee\nwords = fee\nanswer = 20 a year.\n");
    assert_count(checked, 1);
    assert_warned(
        checked, folder->config, "    the fee",
        "[faq join] \"the fee\" is taken for [faq dues]: give one of them words "
        "of its own in \"also\" or \"words\", or take this line out");
    drop(checked);
}

static void check__warns__of_an_entry_that_nothing_reaches(void **state)
{
    const struct folder *folder = *state;
    struct checked *checked = check(
        folder, OTHERS "[faq marks]\nquestion = ???\nanswer = One.\n"
                       "[faq crisis]\nquestion = What if I want to die?\nanswer = Two.\n"
                       "[faq heart]\nquestion = Does chest pain belong to it?\n"
                       "answer = Three.\n");
    assert_count(checked, 3);
    assert_warned(checked, folder->config, "question = ???",
                  "[faq marks] \"???\" is not answered: ask it in other words");
    assert_warned(checked, folder->config, "question = What if I want to die?",
                  "brings the crisis lines instead of this entry");
    assert_warned(checked, folder->config, "question = Does chest pain belong to it?",
                  "brings the text about urgent care instead of this entry");
    drop(checked);
}

static void check__names__the_community_file(void **state)
{
    const struct folder *folder = *state;
    write_text(folder->community, "; ours\n" OTHERS "[faq marks]\nquestion = A question\n"
                                  "also = and\n    ???\nanswer = One.\n");
    struct checked *checked = check(folder, "[hearth]\ncommunity = faq.ini\n");
    assert_count(checked, 1);
    assert_warned(checked, folder->community, "    ???", "is not answered");
    drop(checked);
}

/* Own questions come first, whatever stands before them in the file. */
static void check__shows_twenty__and_counts_the_others(void **state)
{
    const struct folder *folder = *state;
    struct buf faq;
    buf_init(&faq, SIZE_MAX);
    buf_add_text(&faq, OTHERS "[faq heart]\nquestion = What about the heart?\nalso =\n");
    for (int i = 0; i < 30; i++)
        buf_addf(&faq, "    chest pain since day %d\n", i);
    buf_add_text(&faq, "answer = One.\n[faq marks]\nquestion = ???\nanswer = Two.\n");
    struct checked *checked = check(folder, faq.data);
    assert_count(checked, 21);
    assert_warned(checked, folder->config, "question = ???", "is not answered");
    assert_warned(checked, folder->config, "    chest pain since day 18", "urgent care");
    const struct config_problem *last = &checked->problems.items[20];
    assert_int_equal(last->line, 0);
    assert_non_null(strstr(last->message, "11 more questions of the FAQ"));
    drop(checked);
    buf_clear(&faq);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_A_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
        IN_A_FOLDER(check__is_silent__when_all_entries_are_found),
        IN_A_FOLDER(check__warns_of_both__when_two_questions_are_nearly_one),
        IN_A_FOLDER(check__points_at_the_line__that_leads_elsewhere),
        IN_A_FOLDER(check__warns__of_an_entry_that_nothing_reaches),
        IN_A_FOLDER(check__names__the_community_file),
        IN_A_FOLDER(check__shows_twenty__and_counts_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
