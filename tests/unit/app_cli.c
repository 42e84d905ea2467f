/* app_cli.c - the subcommands as a person calls them: words in, text and exit
 * code out. What needs a homeserver is tested elsewhere.
 */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/cmd.h"
#include "bot/faq_rows.h"
#include "bot/heartbeat.h"
#include "bot/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define NOW_MS INT64_C(1795305600000) /* 2026-11-22T00:00:00Z */
#define ARGS_MAX 16

static struct now read_fixed(void *ctx)
{
    (void)ctx;
    return (struct now){.utc_ms = NOW_MS};
}

/* What one call said. */
struct called {
    int code;
    struct buf out, err;
};

static int save(FILE *stream, const char *path)
{
    fflush(stream);
    int saved = dup(fileno(stream));
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(dup2(fileno(file), fileno(stream)) >= 0);
    fclose(file);
    return saved;
}

static void restore(FILE *stream, int saved, const char *path, struct buf *ret_text)
{
    fflush(stream);
    assert_true(dup2(saved, fileno(stream)) >= 0);
    close(saved);
    buf_init(ret_text, SIZE_MAX);
    assert_int_equal(file_read(path, ret_text), ST_OK);
    buf_add_text(ret_text, ""); /* a string even when nothing was said */
}

/* Run `hearth WORDS`, the words separated by blanks. */
static struct called call(const char *words)
{
    const struct seams seams = {.clock = {read_fixed, NULL}, .random = random_system()};
    char *copy = mem_dup(words), *rest = copy, *argv[ARGS_MAX] = {(char[]){"hearth"}};
    int argc = 1;
    for (char *word; argc < ARGS_MAX - 1 && (word = strsep(&rest, " ")) != NULL;) {
        if (*word != '\0')
            argv[argc++] = word;
    }
    struct called called;
    int out = save(stdout, "out"), err = save(stderr, "err");
    called.code = app_main(&seams, argc, argv);
    restore(stdout, out, "out", &called.out);
    restore(stderr, err, "err", &called.err);
    free(copy);
    return called;
}

static void clear(struct called *called)
{
    buf_clear(&called->out);
    buf_clear(&called->err);
}

static void assert_call(const char *words, int code, const char *out, const char *err)
{
    struct called called = call(words);
    if (called.code != code || (out && !strstr(called.out.data, out)) ||
        (err && !strstr(called.err.data, err)))
        fail_msg("hearth %s: code %d\nout: %s\nerr: %s", words, called.code,
                 called.out.data, called.err.data);
    clear(&called);
}

/* The test's state is the path of a new folder, also the working one. */
static int make_folder(void **state)
{
    const char *base = getenv("TMPDIR");
    char *path = file_join(base ? base : "/tmp", "hearth-app-XXXXXX");
    if (mkdtemp(path) == NULL || chdir(path) != 0)
        return -1;
    *state = path;
    return 0;
}

static int empty(const char *path)
{
    struct strv names;
    if (file_list(path, &names) != ST_OK)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        char *name = file_join(path, names.items[i]);
        if (unlink(name) != 0) {
            (void)empty(name);
            rmdir(name);
        }
        free(name);
    }
    strv_clear(&names);
    return 0;
}

static int remove_folder(void **state)
{
    int failed = empty(*state) || chdir("/") || rmdir(*state);
    free(*state);
    return failed ? -1 : 0;
}

static void write_text(const char *path, const char *text)
{
    assert_int_equal(file_write(path, text, strlen(text)), ST_OK);
}

#define CONFIG                                                                           \
    "[matrix]\nhomeserver = https://m.test\nuser = @hearth:m.test\n[safety]\n"           \
    "emergency = 112\nhelpline = l\nurgent = u\nreviewed = 2026-11-20\n"                 \
    "crisis_self = I want to die\ncrisis_other = she wants to die\n"                     \
    "urgent_sign = chest pain\n[group main]\nrooms = #a:m.test\n"                        \
    "[faq exercise]\nquestion = Does exercise help?\nanswer =\n  It may.\n  Be "         \
    "gentle.\n"

static void help__lists__every_subcommand_and_exit_code(void **state)
{
    (void)state;
    struct called called = call("help");
    assert_int_equal(called.code, EXIT_FINE);
    for (size_t i = 0; subcommand_table[i] != NULL; i++) {
        assert_non_null(strstr(called.out.data, subcommand_table[i]->name));
        assert_non_null(strstr(called.out.data, subcommand_table[i]->summary));
    }
    for (char code[] = "\n  0  "; code[3] <= '6'; code[3]++)
        assert_non_null(strstr(called.out.data, code));
    clear(&called);
    assert_call("--help", EXIT_FINE, "usage: hearth SUBCOMMAND", NULL);
    assert_call("", EXIT_USAGE, NULL, "usage: hearth SUBCOMMAND");
}

static void help__is_there__for_every_subcommand(void **state)
{
    (void)state;
    for (size_t i = 0; subcommand_table[i] != NULL; i++) {
        char *asked = file_join("help", subcommand_table[i]->name);
        *strchr(asked, '/') = ' ';
        assert_call(asked, EXIT_FINE, subcommand_table[i]->usage, NULL);
        free(asked);
        asked = file_join(subcommand_table[i]->name, "--help");
        *strchr(asked, '/') = ' ';
        assert_call(asked, EXIT_FINE, subcommand_table[i]->help, NULL);
        free(asked);
    }
    assert_call("help texts", EXIT_FINE, "\n;pong = ", NULL);
}

static void app__refuses__words_it_does_not_know(void **state)
{
    (void)state;
    assert_call("chekc", EXIT_USAGE, NULL, "did you mean \"check\"?");
    assert_call("help chekc", EXIT_USAGE, NULL, "did you mean \"check\"?");
    assert_call("check", EXIT_USAGE, NULL, "usage: hearth check -c FILE");
    assert_call("check -c", EXIT_USAGE, NULL, "usage: ");
    assert_call("version now", EXIT_USAGE, NULL, "usage: ");
    assert_call("ask", EXIT_USAGE, NULL, "usage: ");
    assert_call("ask --batch why", EXIT_USAGE, NULL, "usage: ");
    assert_call("ask --loud why", EXIT_USAGE, NULL, "usage: ");
    assert_call("read", EXIT_USAGE, NULL, "usage: ");
    assert_call("read --batch 6", EXIT_USAGE, NULL, "usage: ");
    assert_call("read --loud 6", EXIT_USAGE, NULL, "usage: ");
    assert_call("login -c x --token --token-file y", EXIT_USAGE, NULL, "usage: ");
    assert_call("health", EXIT_USAGE, NULL, "usage: ");
}

static void version__says__name_and_version(void **state)
{
    (void)state;
    assert_call("version", EXIT_FINE, "hearth " HEARTH_VERSION "\n", NULL);
    assert_call("--version", EXIT_FINE, "hearth " HEARTH_VERSION "\n", NULL);
}

static void check__prints__every_problem_with_its_line(void **state)
{
    (void)state;
    write_text("c.ini", "[matrix]\nhomeserver = m.test\n[privacy]\nmin_people = 3\n");
    struct called called = call("check -c c.ini");
    assert_int_equal(called.code, EXIT_USAGE);
    assert_non_null(strstr(called.out.data, "c.ini:1: [matrix] user is missing"));
    assert_non_null(strstr(called.out.data, "\nc.ini:2: \"m.test\" does not begin"));
    assert_non_null(strstr(called.out.data, "\nc.ini:4: \"3\" is out of bounds"));
    assert_non_null(strstr(called.out.data, "errors: "));
    clear(&called);
    assert_call("check -c missing.ini", EXIT_USAGE,
                "missing.ini: the config cannot be read", NULL);
}

static void check__ends_well__with_warnings_only(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    assert_call("check -c c.ini", EXIT_FINE, "no access token yet", NULL);
    assert_call("check -c c.ini", EXIT_FINE, "errors: 0", NULL);
    assert_int_equal(file_private_dir("keys"), ST_OK);
    struct session session = {.user_id = (char[]){"@hearth:m.test"},
                              .device_id = (char[]){"DEV"},
                              .access_token = (char[]){"tok"}};
    assert_int_equal(session_write("keys", &session), ST_OK);
    struct called called = call("check -c c.ini");
    assert_null(strstr(called.out.data, "token"));
    clear(&called);
    assert_int_equal(chmod("keys", 0755), 0);
    assert_call("check -c c.ini", EXIT_FINE, "key_dir: keys must belong to", NULL);
}

static void ask__shows__the_answer_and_the_score(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    assert_call("ask -c c.ini does exercise help?", EXIT_FINE,
                "answers with exercise, score ", NULL);
    assert_call("ask -c c.ini does exercise help?", EXIT_FINE,
                "    It may.\n    Be gentle.\n", NULL);
    assert_call("ask -c c.ini I want to die", EXIT_FINE, "crisis lines", NULL);
    assert_call("ask -c c.ini my chest pain is bad", EXIT_FINE, "urgent care", NULL);
    assert_call("ask does exercise help?", EXIT_FINE, "answers with exercise", NULL);
}

static void ask__prints__a_line_for_each_line_in_a_batch(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    write_text("in", "does exercise help?\r\n\nI want to die\nI have chest pain");
    assert_non_null(freopen("in", "re", stdin));
    struct called called = call("ask -c c.ini --batch");
    struct strv lines, fields;
    assert_int_equal(called.code, EXIT_FINE);
    text_split(called.out.data, '\n', &lines);
    assert_int_equal(lines.count, 4);
    static const char *const decisions[] = {"exercise\t", "NONE\t", "CRISIS\t",
                                            "URGENT\t"};
    for (size_t i = 0; i < 4; i++)
        assert_true(text_starts(lines.items[i], decisions[i]));
    text_split(lines.items[0], '\t', &fields);
    assert_int_equal(fields.count, 3);
    assert_int_equal(strlen(fields.items[1]), 5); /* 0.987 */
    assert_string_equal(fields.items[2], "exercise");
    strv_clear(&fields);
    strv_clear(&lines);
    clear(&called);
}

#define ITEM(name)                                                                       \
    "[item " name "]\nlabel = " name "\nquestion = How?\nlow = none\nhigh = worst\n"
#define CHECKINS                                                                         \
    CONFIG "[checkin day]\nitems = pain\n[checkin night]\nitems = pain, itch\n" ITEM(    \
        "pain") ITEM("itch")

static void read__tells__what_would_be_noted(void **state)
{
    (void)state;
    assert_call("read --checkin daily 6 4 3 7 2 S W", EXIT_FINE,
                "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2 triggers=S,W\n", NULL);
    assert_call("read yesterday 5 7", EXIT_FINE, "yesterday pain=5 fatigue=7\n", NULL);
    assert_call("read -", EXIT_FINE, "SKIP\n", NULL);
    assert_call("read -- --checkin", EXIT_FINE, "UNCLEAR\n", NULL);
    assert_call("read !help", EXIT_FINE, "COMMAND\n", NULL);
    assert_call("read help now", EXIT_FINE, "COMMAND\n", NULL);
    assert_call("read stop", EXIT_FINE, "STOP\n", NULL);
    write_text("c.ini", CHECKINS);
    assert_call("read -c c.ini --checkin night 4 2", EXIT_FINE, "pain=4 itch=2\n", NULL);
    assert_call("read -c c.ini --checkin day 4 2", EXIT_FINE, "UNCLEAR\n", NULL);
    assert_call("read -c c.ini --checkin day I want to die, pain 9", EXIT_FINE,
                "CRISIS\n", NULL);
    assert_call("read -c c.ini --checkin day chest pain 9", EXIT_FINE, "URGENT\n", NULL);
}

static void read__names__the_checkins_there_are(void **state)
{
    (void)state;
    write_text("c.ini", CHECKINS);
    assert_call("read -c c.ini --checkin noon 4", EXIT_USAGE, NULL,
                "there is no [checkin noon]; there is day, night");
    assert_call("read -c c.ini 4", EXIT_USAGE, NULL,
                "say which one with --checkin NAME; there is day, night");
    write_text("c.ini", CONFIG);
    assert_call("read -c c.ini 4", EXIT_USAGE, NULL, "this config has no [checkin]");
    assert_call("read -c missing.ini 4", EXIT_USAGE, NULL, "missing.ini");
}

static void read__prints__a_line_for_each_line_in_a_batch(void **state)
{
    (void)state;
    write_text("in", "6 4 3 7 2\r\n\npain 6\\nsleep 3\nskip\n\xFF\xFE\nsame");
    assert_non_null(freopen("in", "re", stdin));
    struct called called = call("read --batch");
    assert_int_equal(called.code, EXIT_FINE);
    assert_string_equal(called.out.data,
                        "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2\nUNCLEAR\n"
                        "pain=6 sleep=3\nSKIP\nUNCLEAR\nSAME\n");
    clear(&called);
}

static void ask__explains__the_reasons(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    assert_call("ask -c c.ini does exercise help?", EXIT_FINE,
                "\nwhy:\n    exercise, score ", NULL);
    assert_call("ask -c c.ini does exercise help?", EXIT_FINE, "as written", NULL);
    assert_call("ask -c c.ini -- what frobnitz -c", EXIT_FINE, "in no entry: frobnitz",
                NULL);
    assert_call("ask -c c.ini what dose of exercise?", EXIT_FINE, "left alone: ", NULL);
    struct called called = call("ask -c c.ini I want to die, does exercise help?");
    assert_null(strstr(called.out.data, "why:")); /* nobody's words are taken apart */
    assert_null(strstr(called.out.data, "It may."));
    clear(&called);
}

static void ask__is_silent__on_overheard_talk(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    assert_call("ask -c c.ini exercise does help", EXIT_FINE, "answers with exercise",
                NULL);
    assert_call("ask -c c.ini --overheard exercise does help", EXIT_FINE,
                "does not answer", NULL);
    assert_call("ask --overheard -c c.ini exercise does help", EXIT_FINE,
                "left alone: overheard talk", NULL);
    assert_call("ask -c c.ini --overheard does exercise help?", EXIT_FINE,
                "answers with exercise", NULL);
    assert_call("ask -c c.ini --overheard I want to die", EXIT_FINE, "crisis lines",
                NULL);
}

static void ask__ends_well__when_it_knows_nothing(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    assert_call("ask -c c.ini frobnitz", EXIT_FINE, "does not answer", NULL);
    assert_call("ask -c c.ini \xF0\x9F\x98\x80", EXIT_FINE, "does not answer", NULL);
    assert_call("ask -c c.ini \xFF\xFE", EXIT_FINE, "does not answer", NULL);
    write_text("c.ini", "[faq a\n");
    assert_call("ask -c c.ini why", EXIT_USAGE, NULL, "c.ini:1: ");
    assert_call("ask -c missing.ini why", EXIT_USAGE, NULL, "missing.ini");
}

#define LONG_LEN (64 * 1024)

/* A text in quotes is one word of the command. */
static void ask__reads__the_beginning_of_a_long_question(void **state)
{
    (void)state;
    struct buf words;
    write_text("c.ini", CONFIG);
    buf_init(&words, SIZE_MAX);
    buf_add_text(&words, "ask -c c.ini does-exercise-help?");
    while (words.len < LONG_LEN)
        buf_add_text(&words, "-frobnitz");
    struct called called = call(words.data);
    assert_int_equal(called.code, EXIT_FINE);
    assert_non_null(strstr(called.out.data, "exercise, score "));
    clear(&called);
    buf_clear(&words);
}

static void ask__survives__strange_lines_in_a_batch(void **state)
{
    (void)state;
    struct buf lines;
    write_text("c.ini", CONFIG);
    buf_init(&lines, SIZE_MAX);
    buf_add_text(&lines, "\xF0\x9F\x98\x80\n\xFF\xFE\n\t\t\n");
    for (int i = 0; i < LONG_LEN; i++)
        buf_add_char(&lines, i % 8 ? 'x' : ' ');
    buf_add(&lines, "\n\0\0\n", 4);
    buf_add_text(&lines, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D?\r\n");
    assert_int_equal(file_write("in", lines.data, lines.len), ST_OK);
    assert_non_null(freopen("in", "re", stdin));
    assert_call("ask -c c.ini --batch", EXIT_FINE,
                "NONE\t0.000\t\nNONE\t0.000\t\nNONE\t0.000\t\n"
                "NONE\t0.000\t\nNONE\t0.000\t\nNONE\t0.000\t\n",
                NULL);
    buf_clear(&lines);
}

#define ROWS "query\texpected_id\tkind\n"

static void faq_eval__refuses__files_it_cannot_use(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    write_text("q.tsv", ROWS "does exercise help?\texercise\tplain\n");
    assert_call("faq-eval", EXIT_USAGE, NULL, "usage: hearth faq-eval");
    assert_call("faq-eval -c c.ini", EXIT_USAGE, NULL, "usage: ");
    assert_call("faq-eval -c c.ini q.tsv q.tsv", EXIT_USAGE, NULL, "usage: ");
    assert_call("faq-eval -c c.ini --loud q.tsv", EXIT_USAGE, NULL, "usage: ");
    assert_call("faq-eval q.tsv -c", EXIT_USAGE, NULL, "usage: ");
    assert_call("faq-eval -c c.ini missing.tsv", EXIT_USAGE, NULL,
                "missing.tsv cannot be read: not found");
    assert_call("faq-eval -c missing.ini q.tsv", EXIT_USAGE, NULL, "missing.ini");
    write_text("bad.tsv", ROWS "a\texercises\tplain\nb\n");
    struct called called = call("faq-eval -c c.ini bad.tsv");
    assert_int_equal(called.code, EXIT_USAGE);
    assert_string_equal(called.out.data, "");
    assert_non_null(strstr(called.err.data, "bad.tsv:2: there is no [faq exercises]: did "
                                            "you mean \"exercise\"?\n"));
    assert_non_null(strstr(called.err.data, "bad.tsv:3: needs three columns"));
    clear(&called);
}

static void faq_eval__reads__files_up_to_its_limit(void **state)
{
    (void)state;
    size_t len = FAQ_ROWS_FILE_MAX;
    char *text = mem_alloc(len + 1);
    write_text("c.ini", CONFIG);
    memset(text, '\n', len + 1);
    memcpy(text, ROWS, strlen(ROWS));
    assert_int_equal(file_write("q.tsv", text, len), ST_OK);
    assert_call("faq-eval -c c.ini q.tsv", EXIT_FINE, "with an answer", NULL);
    assert_int_equal(file_write("q.tsv", text, len + 1), ST_OK);
    assert_call("faq-eval -c c.ini q.tsv", EXIT_USAGE, NULL,
                "q.tsv cannot be read: too big");
    free(text);
}

static void faq_eval__counts__what_came_of_the_questions(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    write_text("q.tsv", ROWS "does exercise help?\texercise\tplain\r\n"
                             "frobnitz\texercise\tplain\n"
                             "I want to die\tCRISIS\tsigns\n"
                             "my chest pain is bad\tURGENT\tsigns\n"
                             "does exercise help\tNONE\tother\n"
                             "Does exercise help me?\tNONE\tother\n"
                             "frobnitz\tNONE\tother\n");
    struct called called = call("faq-eval -c c.ini q.tsv");
    assert_int_equal(called.code, EXIT_FINE);
    assert_string_equal(
        called.out.data,
        "kind              rows    first    right    asked   silent    wrong\n"
        "plain                2   50.0 %   50.0 %    0.0 %   50.0 %    0.0 %\n"
        "signs                2        -  100.0 %    0.0 %    0.0 %    0.0 %\n"
        "other                3        -   33.3 %    0.0 %    0.0 %   66.7 %\n"
        "with an answer       2   50.0 %   50.0 %    0.0 %   50.0 %    0.0 %\n"
        "without one          5        -   60.0 %    0.0 %    0.0 %   40.0 %\n"
        "\nanswered instead of what was due:\n"
        "   2  exercise instead of NONE\n");
    clear(&called);
}

static void faq_eval__lists__what_came_of_each_question(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    write_text("q.tsv", ROWS "does exercise help?\texercise\tplain\n\n"
                             "frobnitz\texercise\tplain\n"
                             "I want to die\tURGENT\tsigns\n"
                             "exercise does help\tNONE\tambient\n"
                             "exercise does help\tNONE\tplain\n");
    struct called called = call("faq-eval --list q.tsv -c c.ini");
    assert_int_equal(called.code, EXIT_FINE);
    assert_string_equal(called.out.data,
                        "right\t2\texercise\texercise\tdoes exercise help?\n"
                        "silent\t4\texercise\tNONE\tfrobnitz\n"
                        "wrong\t5\tURGENT\tCRISIS\tI want to die\n"
                        "right\t6\tNONE\tNONE\texercise does help\n"
                        "wrong\t7\tNONE\texercise\texercise does help\n");
    clear(&called);
    /* Overheard, all of them. */
    assert_call("faq-eval --list --overheard q.tsv -c c.ini", EXIT_FINE,
                "right\t7\tNONE\tNONE\texercise does help\n", NULL);
    assert_call("faq-eval --list --overheard q.tsv -c c.ini", EXIT_FINE,
                "right\t2\texercise\texercise\tdoes exercise help?\n", NULL);
}

static void faq_eval__asks__the_example_without_a_config(void **state)
{
    (void)state;
    write_text("q.tsv", ROWS "does exercise help?\texercise\tplain\n");
    assert_call("faq-eval q.tsv", EXIT_FINE, "plain                1  100.0 %  100.0 %",
                NULL);
}

static void assert_health(int64_t age_ms, int code, const char *out, const char *err)
{
    struct heartbeat beat = {.updated_utc_ms = NOW_MS - age_ms,
                             .written_utc_ms = NOW_MS,
                             .outbox = 4,
                             .transport = (char[]){"sync"}};
    assert_int_equal(heartbeat_write("data", &beat), ST_OK);
    assert_call("health -c c.ini", code, out, err);
}

static void health__is_well__while_updates_are_fresh(void **state)
{
    (void)state;
    write_text("c.ini", CONFIG);
    assert_call("health -c c.ini", EXIT_UNHEALTHY, NULL, "no heartbeat in data");
    assert_int_equal(file_private_dir("data"), ST_OK);
    assert_health(12 * 1000, EXIT_FINE,
                  "12 s ago over sync; waiting to be sent: 4; version " HEARTH_VERSION,
                  NULL);
    assert_health(HEARTBEAT_FRESH_MS - 1, EXIT_FINE, "well", NULL);
    assert_health(HEARTBEAT_FRESH_MS, EXIT_UNHEALTHY, NULL, "180 s ago");
    assert_health(-1000, EXIT_FINE, "0 s ago", NULL);
    assert_health(-HEARTBEAT_FRESH_MS, EXIT_UNHEALTHY, NULL, "in the future");
    write_text("data/heartbeat", "{\"updated_utc_ms\":1}");
    assert_call("health -c c.ini", EXIT_UNHEALTHY, NULL, "no heartbeat in data");
}

static void login__asks_for__what_is_blank_first(void **state)
{
    (void)state;
    write_text("c.ini", "[hearth]\nlog_level = info\n");
    assert_call("login -c c.ini --token-file x", EXIT_USAGE, NULL,
                "homeserver and user must be filled in first");
    write_text("c.ini", CONFIG);
    assert_call("login -c c.ini --token-file missing", EXIT_USAGE, NULL,
                "missing cannot be read");
}

static void session__comes_back__as_it_was_written(void **state)
{
    (void)state;
    struct session back, session = {.user_id = (char[]){"@hearth:m.test"},
                                    .device_id = (char[]){""},
                                    .access_token = (char[]){"syt_a=b;c"}};
    assert_int_equal(session_read("nowhere", &back), ST_NOT_FOUND);
    assert_int_equal(file_private_dir("kept"), ST_OK);
    assert_int_equal(session_write("kept", &session), ST_OK);
    assert_int_equal(session_read("kept", &back), ST_OK);
    assert_string_equal(back.user_id, "@hearth:m.test");
    assert_string_equal(back.device_id, "");
    assert_string_equal(back.access_token, "syt_a=b;c");
    session_clear(&back);
    session.device_id = (char[]){"A\naccess_token = other"};
    assert_int_equal(session_write("kept", &session), ST_INVALID);
    write_text("kept/session", "[session]\nuser_id = @a:b\n");
    assert_int_equal(session_read("kept", &back), ST_CORRUPT);
    session_clear(NULL);
}

#define IN_A_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(help__lists__every_subcommand_and_exit_code),
        IN_A_FOLDER(help__is_there__for_every_subcommand),
        IN_A_FOLDER(app__refuses__words_it_does_not_know),
        IN_A_FOLDER(version__says__name_and_version),
        IN_A_FOLDER(check__prints__every_problem_with_its_line),
        IN_A_FOLDER(check__ends_well__with_warnings_only),
        IN_A_FOLDER(ask__shows__the_answer_and_the_score),
        IN_A_FOLDER(ask__prints__a_line_for_each_line_in_a_batch),
        IN_A_FOLDER(read__tells__what_would_be_noted),
        IN_A_FOLDER(read__names__the_checkins_there_are),
        IN_A_FOLDER(read__prints__a_line_for_each_line_in_a_batch),
        IN_A_FOLDER(ask__explains__the_reasons),
        IN_A_FOLDER(ask__is_silent__on_overheard_talk),
        IN_A_FOLDER(ask__ends_well__when_it_knows_nothing),
        IN_A_FOLDER(ask__reads__the_beginning_of_a_long_question),
        IN_A_FOLDER(ask__survives__strange_lines_in_a_batch),
        IN_A_FOLDER(faq_eval__refuses__files_it_cannot_use),
        IN_A_FOLDER(faq_eval__reads__files_up_to_its_limit),
        IN_A_FOLDER(faq_eval__counts__what_came_of_the_questions),
        IN_A_FOLDER(faq_eval__lists__what_came_of_each_question),
        IN_A_FOLDER(faq_eval__asks__the_example_without_a_config),
        IN_A_FOLDER(health__is_well__while_updates_are_fresh),
        IN_A_FOLDER(login__asks_for__what_is_blank_first),
        IN_A_FOLDER(session__comes_back__as_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
