/* config.c - INI to settings: every kind of mistake, with its line.
 *
 * Most tests load a text and look for lines of the printed problems: where
 * they point, and some of their words.
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

/* The parts of a whole config. */
#define MATRIX "[matrix]\nhomeserver = https://m.test\nuser = @hearth:m.test\n"
#define SAFETY                                                                           \
    "[safety]\nemergency = 112\nhelpline = a line\nurgent = a clinic\n"                  \
    "reviewed = 2026-11-20\ncrisis_self = I want to die\n"                               \
    "crisis_other = she wants to die\nurgent_sign = chest pain\n"
#define GROUP "[group main]\nrooms = #room:m.test\nzone = Europe/London\n"
#define CHECKIN "[checkin daily]\nitems = pain\n"
#define PAIN "[item pain]\nlabel = Pain\nquestion = How bad?\nlow = none\nhigh = worst\n"
#define PEOPLE(matrix, count)                                                            \
    MATRIX matrix SAFETY GROUP "expected_people = " count "\n" CHECKIN PAIN
#define COMMUNITY GROUP CHECKIN PAIN
#define WHOLE MATRIX SAFETY COMMUNITY

struct loaded {
    enum status status;
    struct settings *settings;
    struct config_problems problems;
    struct buf text;
};

static struct loaded *load(const char *text, enum config_scope scope)
{
    struct loaded *loaded = mem_alloc(sizeof *loaded);
    buf_init(&loaded->text, SIZE_MAX);
    loaded->status = config_load_bytes("t.ini", text, strlen(text), scope, TODAY,
                                       &loaded->settings, &loaded->problems);
    config_problems_print(&loaded->problems, &loaded->text);
    return loaded;
}

static void unload(struct loaded *loaded)
{
    if (loaded->status == ST_OK)
        config_free(loaded->settings);
    config_problems_clear(&loaded->problems);
    buf_clear(&loaded->text);
    free(loaded);
}

/* Is there a problem that begins with `where` and says `what`? */
static bool says(const struct loaded *loaded, const char *where, const char *what)
{
    struct strv lines;
    bool found = false;
    text_split(loaded->text.data ? loaded->text.data : "", '\n', &lines);
    for (size_t i = 0; i < lines.count; i++)
        found |=
            text_starts(lines.items[i], where) && strstr(lines.items[i], what) != NULL;
    strv_clear(&lines);
    return found;
}

static void assert_says(const struct loaded *loaded, const char *where, const char *what)
{
    if (!says(loaded, where, what))
        fail_msg("no problem \"%s ... %s\" in:\n%s", where, what,
                 loaded->text.data ? loaded->text.data : "(nothing)");
}

/* The text has exactly one problem: an error at `where` that says `what`. */
static void assert_one_error(const char *text, enum config_scope scope, const char *where,
                             const char *what)
{
    struct loaded *loaded = load(text, scope);
    assert_says(loaded, where, what);
    if (loaded->problems.count != 1)
        fail_msg("more than one problem:\n%s", loaded->text.data);
    assert_int_equal(loaded->status, ST_INVALID);
    unload(loaded);
}

/* The same for a warning: the config is used. */
static void assert_one_warning(const char *text, enum config_scope scope,
                               const char *where, const char *what)
{
    struct loaded *loaded = load(text, scope);
    assert_says(loaded, where, "warning: ");
    assert_says(loaded, where, what);
    if (loaded->problems.count != 1)
        fail_msg("more than one problem:\n%s", loaded->text.data);
    assert_int_equal(loaded->status, ST_OK);
    unload(loaded);
}

static void config_load__accepts__a_whole_config(void **state)
{
    (void)state;
    struct loaded *loaded = load(WHOLE, CONFIG_WHOLE);
    assert_null(loaded->text.data);
    assert_int_equal(loaded->status, ST_OK);
    const struct settings *settings = loaded->settings;
    assert_string_equal(settings->matrix.homeserver, "https://m.test");
    assert_string_equal(settings->matrix.invite_from.items[0], "m.test");
    assert_null(settings->matrix.token);
    assert_null(settings->hearth.community);
    assert_string_equal(settings->hearth.data_dir, "data");
    assert_int_equal(settings->hearth.quiet_from, 23 * 60);
    assert_int_equal(settings->privacy.min_people, 8);
    assert_int_equal(settings->privacy.epsilon_permille, 1000);
    assert_string_equal(settings_group(settings, "main")->moderators_room, "");
    assert_non_null(settings_group(settings, "main")->zone_rules);
    assert_int_equal(settings_checkin(settings, "daily")->weekdays, 0x7f);
    assert_int_equal(settings_checkin(settings, "daily")->item_count, 1);
    assert_true(settings_checkin(settings, "daily")->version > 0);
    assert_string_equal(settings->items[0].question, "How bad?");
    unload(loaded);
}

static void config_load__needs_less__for_the_community_alone(void **state)
{
    (void)state;
    struct loaded *loaded = load(COMMUNITY, CONFIG_COMMUNITY);
    assert_int_equal(loaded->status, ST_OK);
    assert_int_equal(loaded->problems.count, 0);
    assert_string_equal(loaded->settings->matrix.homeserver, "");
    assert_string_equal(loaded->settings->safety.helpline, "");
    unload(loaded);
    loaded = load("", CONFIG_COMMUNITY);
    assert_int_equal(loaded->status, ST_OK);
    unload(loaded);
}

static void config_load__names_all_that_is_missing__in_a_whole_config(void **state)
{
    (void)state;
    struct loaded *loaded = load("[matrix]\nuser =\n", CONFIG_WHOLE);
    assert_says(loaded,
                "t.ini:1: ", "[matrix] homeserver is missing: write a web address");
    assert_says(loaded, "t.ini:2: ", "[matrix] user is blank");
    assert_says(loaded, "t.ini: ", "[safety] emergency is missing");
    assert_says(loaded, "t.ini: ", "[safety] helpline is missing");
    assert_says(loaded, "t.ini: ", "[safety] urgent is missing");
    assert_says(loaded, "t.ini: ", "[safety] crisis_self is missing");
    assert_says(loaded, "t.ini: ", "there is no group");
    assert_int_equal(loaded->status, ST_INVALID);
    unload(loaded);
}

static void config_load__finds_every_problem__in_the_order_of_the_lines(void **state)
{
    (void)state;
    struct loaded *loaded =
        load("[hearth]\nlog_level = loud\nprefx = !\n[faq a]\nanswer = x\n"
             "quiet\n[matrix]\nuser = hearth\n",
             CONFIG_COMMUNITY);
    assert_string_equal(
        loaded->text.data,
        "t.ini:2: \"loud\" is not a choice here: log_level takes error, warn, info or "
        "debug\n"
        "t.ini:3: [hearth] has no key \"prefx\": did you mean \"prefix\"?\n"
        "t.ini:4: [faq a] question is missing: write text (The question in its plainest "
        "form.)\n"
        "t.ini:6: expected `key = value` or a [section]: indent a line that continues a "
        "value, begin a comment with ;\n"
        "t.ini:8: \"hearth\" is not a user id: user takes a user id such as "
        "@hearth:example.org\n");
    assert_int_equal(loaded->problems.error_count, 5);
    unload(loaded);
}

static void config_load__explains__sections_it_does_not_know(void **state)
{
    (void)state;
    assert_one_error("[grup main]\nrooms = x\n", CONFIG_COMMUNITY,
                     "t.ini:1: ", "did you mean [group]?");
    assert_one_error("[zzzzzzzz]\n", CONFIG_COMMUNITY,
                     "t.ini:1: ", "see config.example.ini");
    assert_one_error("[group]\n", CONFIG_COMMUNITY, "t.ini:1: ", "[group] needs a name");
    assert_one_error("[privacy a]\n", CONFIG_COMMUNITY, "t.ini:1: ", "takes no name");
    assert_one_error("[group Main Room]\n", CONFIG_COMMUNITY,
                     "t.ini:1: ", "cannot be a name here");
}

static void config_load__explains__keys_it_does_not_know(void **state)
{
    (void)state;
    assert_one_error("[privacy]\nmin_peple = 8\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "did you mean \"min_people\"?");
    assert_one_error("[privacy]\nhomeserver = x\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "it belongs in [matrix]");
    assert_one_error("[privacy]\nqqqqqqqqqq = x\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "see config.example.ini");
}

static void config_load__refuses__what_is_there_twice(void **state)
{
    (void)state;
    assert_one_error("[privacy]\nmin_people = 8\nmin_people = 9\n", CONFIG_COMMUNITY,
                     "t.ini:3: ", "given twice, first at t.ini:2");
    assert_one_error("[privacy]\nmin_people = 8\n[hearth]\n[privacy]\nmin_people = 9\n",
                     CONFIG_COMMUNITY, "t.ini:5: ", "first at t.ini:2");
    assert_one_error(COMMUNITY "[item pain]\nlabel = Again\n", CONFIG_COMMUNITY,
                     "t.ini:11: ", "[item pain] is there already, at t.ini:6");
    assert_one_error("[texts]\npong = a\npong = b\n", CONFIG_COMMUNITY,
                     "t.ini:3: ", "first at t.ini:2");
}

static void config_load__refuses__values_of_another_type(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"[matrix]\nhomeserver = m.test\n", "does not begin with https://"},
        {"[matrix]\nhomeserver = https://\n", "is not the address of a homeserver"},
        {"[matrix]\nhomeserver = https://a b\n", "is not the address of a homeserver"},
        {"[matrix]\nhomeserver = https://u@h/?q\n", "is not the address"},
        {"[matrix]\ntls_verify = perhaps\n", "takes yes or no"},
        {"[matrix]\ntransport = snyc\n", "did you mean \"sync\""},
        {"[matrix]\nsync_timeout_seconds = soon\n", "is not a whole number"},
        {"[matrix]\nsync_timeout_seconds = 4\n", "seconds, 5 to 120"},
        {"[matrix]\nsync_timeout_seconds = 121\n", "is out of bounds"},
        {"[matrix]\ninvite_from = a.test, b/c\n", "\"b/c\" does not fit here"},
        {"[matrix]\ninvite_from = @nobody\n", "\"@nobody\" does not fit here"},
        {"[hearth]\nprefix = hey\n", "begins with a letter"},
        {"[hearth]\nprefix = ! !\n", "has a blank in it"},
        {"[hearth]\nprefix =\n", "prefix is blank"},
        {"[hearth]\nquiet_from = 25:00\n", "is no time of the day"},
        {"[hearth]\nquiet_from = dusk\n", "is not a time"},
        {"[privacy]\nepsilon = much\n", "is not a number"},
        {"[privacy]\nepsilon = 0.12345\n", "at most three decimals"},
        {"[safety]\nreviewed = 1 May\n", "is not a date"},
        {"[safety]\nreviewed = 2026-02-30\n", "a day that does not exist"},
        {"[group a]\nrooms = room\n", "\"room\" does not fit here"},
        {"[group a]\nmoderators_room = mods\n", "neither a room id nor an alias"},
        {"[group a]\nzone = CET\n", "is no time zone"},
        {"[group a]\nsummary_day = Someday\n", "is not a day of the week"},
        {"[group a]\ncheckins = Daily Two\n", "does not fit here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_one_error(cases[i][0], CONFIG_COMMUNITY, "t.ini:2: ", cases[i][1]);
    assert_one_error("[checkin a]\nitems = pain\nweekdays = Mon, Someday\n" PAIN,
                     CONFIG_COMMUNITY, "t.ini:3: ", "does not name days of the week");
    assert_one_error(
        COMMUNITY
        "[item b]\nlabel = An item whose label is far too long for a line\n"
        "answer = letter\nletter = B\n[checkin c]\nitems = pain\ntriggers = b\n",
        CONFIG_COMMUNITY, "t.ini:12: ", "at most 40 are possible");
}

static void config_load__takes__values_as_people_write_them(void **state)
{
    (void)state;
    struct loaded *loaded =
        load("[matrix]\nhomeserver = https://m.test//\ntransport = Sync\n"
             "token_in_query = off\n"
             "[privacy]\nepsilon = 0.25\n"
             "[hearth]\nquiet_from = 10 pm\nquiet_until = 7.30\n"
             "[group a]\nrooms = !id,\n  #b:m.test\nsummary_day = tues\n"
             "[checkin daily]\nitems = pain\nhour = noon\n"
             "weekdays = Fri to Mon, Wednesday\n" PAIN
             "also = ache\nalso =\n  hurt\n  sore, aching\n",
             CONFIG_COMMUNITY);
    assert_null(loaded->text.data);
    const struct settings *settings = loaded->settings;
    assert_string_equal(settings->matrix.homeserver, "https://m.test");
    assert_int_equal(settings->matrix.transport, TRANSPORT_SYNC);
    assert_false(settings->matrix.token_in_query);
    assert_int_equal(settings->privacy.epsilon_permille, 250);
    assert_int_equal(settings->hearth.quiet_from, 22 * 60);
    assert_int_equal(settings->hearth.quiet_until, 7 * 60 + 30);
    assert_int_equal(settings->groups[0].rooms.count, 2);
    assert_int_equal(settings->groups[0].summary_weekday, 2);
    assert_int_equal(settings->checkins[0].minute, 12 * 60);
    assert_int_equal(settings->checkins[0].weekdays, 0x01 | 0x04 | 0x10 | 0x20 | 0x40);
    assert_int_equal(settings->items[0].also.count, 3);
    assert_string_equal(settings->items[0].also.items[2], "sore, aching");
    unload(loaded);
}

static void config_load__refuses__less_privacy_and_says_why(void **state)
{
    (void)state;
    assert_one_error("[privacy]\nmin_people = 4\n", CONFIG_COMMUNITY, "t.ini:2: ",
                     "fewer than 5 people, one person's answers can be guessed");
    assert_one_error("[privacy]\nepsilon = 1.5\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "the noise is too small to hide one person's answer");
    assert_one_error(
        "[item a]\nanswer = text\nlabel = A\nquestion = q\nlow = l\nhigh = h\n"
        "[checkin c]\nitems = a\n",
        CONFIG_COMMUNITY, "t.ini:2: ", "Hearth keeps no free text");
    assert_one_error("[checkin d]\nitems = a, b, c, d, e, f, g, h, i\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "at most 8 are possible: every further question");
}

static void config_load__refuses__more_items_than_a_week_can_hold(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, SIZE_MAX);
    buf_add_text(&text, "[group a]\nrooms = !a\n[group b]\nrooms = !b\ncheckins = one\n"
                        "[checkin one]\nitems = i0, i1, i2, i3, i4, i5, i6, i7\n"
                        "[checkin two]\nitems = i7, i8\n");
    for (int i = 0; i <= 8; i++)
        buf_addf(&text, "[item i%d]\nlabel = L%d\nquestion = q\nlow = l\nhigh = h\n", i,
                 i);
    assert_one_error(text.data, CONFIG_COMMUNITY,
                     "t.ini:1: ", "[group a] have 9 items together: at most 8");
    buf_clear(&text);
}

static void config_load__accepts__the_bounds_of_privacy(void **state)
{
    (void)state;
    struct loaded *loaded =
        load("[privacy]\nmin_people = 5\nepsilon = 0.2\n", CONFIG_COMMUNITY);
    assert_int_equal(loaded->status, ST_OK);
    assert_int_equal(loaded->settings->privacy.min_people, 5);
    assert_int_equal(loaded->settings->privacy.epsilon_permille, 200);
    unload(loaded);
}

static void config_load__follows__references(void **state)
{
    (void)state;
    assert_one_error("[checkin a]\nitems = pan\n" CHECKIN PAIN, CONFIG_COMMUNITY,
                     "t.ini:2: ", "there is no [item pan]: did you mean \"pain\"?");
    assert_one_error(
        COMMUNITY "[group b]\nrooms = !b\ncheckins = dayly\n", CONFIG_COMMUNITY,
        "t.ini:13: ", "there is no [checkin dayly]: did you mean \"daily\"?");
    assert_one_error("[faq a]\nquestion = q\nanswer = x\nrelated = bb\n"
                     "[faq b]\nquestion = r\nanswer = y\n",
                     CONFIG_COMMUNITY,
                     "t.ini:4: ", "there is no [faq bb]: did you mean \"b\"");
    assert_one_error("[faq a]\nquestion = q\nanswer = x\nrelated = a\n", CONFIG_COMMUNITY,
                     "t.ini:4: ", "names itself");
    assert_one_error("[checkin a]\nitems =\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "[checkin a] items is blank");
    assert_one_warning(COMMUNITY "[item b]\nlabel = B\nquestion = q\nlow = l\nhigh = h\n",
                       CONFIG_COMMUNITY, "t.ini:11: ", "no check-in asks [item b]");
}

static void config_load__keeps_apart__numbers_and_letters(void **state)
{
    (void)state;
#define LETTER "[item w]\nanswer = letter\nlabel = W\n"
    assert_one_error("[checkin a]\nitems = pain\ntriggers = w\n" PAIN LETTER,
                     CONFIG_COMMUNITY, "t.ini:9: ", "letter is missing");
    assert_one_error("[checkin a]\nitems = pain, w\ntriggers = w\n" PAIN LETTER
                     "letter = w\n",
                     CONFIG_COMMUNITY, "t.ini:2: ", "w is answered by a letter");
    assert_one_error("[checkin a]\nitems = pain\ntriggers = w, w\n" PAIN LETTER
                     "letter = w\n",
                     CONFIG_COMMUNITY, "t.ini:3: ", "w stands here twice");
    assert_one_error("[checkin a]\nitems = pain\ntriggers = w\n" PAIN LETTER
                     "letter = w\nlow = l\n",
                     CONFIG_COMMUNITY, "t.ini:13: ", "has no low");
    assert_one_error("[checkin a]\nitems = pain\n" PAIN "letter = P\n", CONFIG_COMMUNITY,
                     "t.ini:8: ", "a letter needs answer = letter");
    assert_one_error("[checkin a]\nitems = pain\ntriggers = w, x\n" PAIN LETTER
                     "letter = w\n[item x]\nanswer = letter\nlabel = X\nletter = W\n",
                     CONFIG_COMMUNITY, "t.ini:16: ", "W already means w in [checkin a]");
    assert_one_error("[checkin a]\nitems = pain\ntriggers = w\n" PAIN LETTER
                     "letter = w\nalso = PAIN\n",
                     CONFIG_COMMUNITY, "t.ini:13: ", "\"PAIN\" already means pain");
}

static void config_load__checks__rooms_and_times_of_groups(void **state)
{
    (void)state;
    assert_one_error(GROUP "[group two]\nrooms = !x, #room:m.test\n", CONFIG_COMMUNITY,
                     "t.ini:5: ", "is a room of [group main] already");
    assert_one_error("[group two]\nrooms = !x, !x\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "!x stands here twice");
    assert_one_error(GROUP "moderators_room = #room:m.test\n", CONFIG_COMMUNITY,
                     "t.ini:4: ", "moderators need one of their own");
    assert_one_error(GROUP "summary_hour = 15:59\n", CONFIG_COMMUNITY,
                     "t.ini:4: ", "until Monday 16:00");
    struct loaded *loaded = load(GROUP "summary_day = Tue\nsummary_hour = 9\n"
                                       "[group b]\nrooms = !b\nsummary_hour = 16:00\n",
                                 CONFIG_COMMUNITY);
    assert_int_equal(loaded->problems.count, 0);
    unload(loaded);
}

static void config_load__keeps__check_ins_out_of_the_night(void **state)
{
    (void)state;
    assert_one_error(CHECKIN "hour = 23:00\n" PAIN, CONFIG_COMMUNITY,
                     "t.ini:3: ", "between quiet_from and quiet_until");
    assert_one_error("[hearth]\nquiet_from = 8:00\nquiet_until = 7:00\n",
                     CONFIG_COMMUNITY, "t.ini:2: ", "less than 8 hours of day");
    struct loaded *loaded = load(
        "[hearth]\nquiet_from = 5:00\nquiet_until = 5:00\n" CHECKIN "hour = 23:00\n" PAIN,
        CONFIG_COMMUNITY);
    assert_int_equal(loaded->problems.count, 0);
    unload(loaded);
}

static void config_load__keeps__a_reminder_within_the_window(void **state)
{
    (void)state;
    assert_one_error(CHECKIN "reminder_minutes = 14\n" PAIN, CONFIG_COMMUNITY,
                     "t.ini:3: ", "less than 15 minutes");
    assert_one_error(CHECKIN "window_minutes = 60\nreminder_minutes = 60\n" PAIN,
                     CONFIG_COMMUNITY, "t.ini:4: ", "less than window_minutes");
    struct loaded *loaded =
        load(GROUP CHECKIN "window_minutes = 60\nreminder_minutes = 59\n" PAIN
                           "optional = yes\n",
             CONFIG_COMMUNITY);
    assert_int_equal(loaded->problems.count, 0);
    assert_int_equal(loaded->settings->checkins[0].reminder_min, 59);
    assert_int_equal(loaded->settings->checkins[0].optional, 1);
    unload(loaded);
}

static void config_load__keeps__folders_apart(void **state)
{
    (void)state;
    assert_one_error("[hearth]\nkey_dir = data/keys\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "key_dir lies in data_dir");
    assert_one_error("[hearth]\ndata_dir = ./week-keys/../keys/data\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "data_dir lies in key_dir");
    assert_one_error("[hearth]\nweek_key_dir = keys\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "week_key_dir lies in key_dir");
    struct loaded *loaded = load("[hearth]\nkey_dir = data-keys\n", CONFIG_COMMUNITY);
    assert_int_equal(loaded->problems.count, 0);
    unload(loaded);
}

static void config_load__starts_relative_paths__at_the_config_file(void **state)
{
    (void)state;
    struct settings *settings;
    struct config_problems problems;
    const char *text = "[hearth]\nkey_dir = ../keys\nweek_key_dir = /run/hearth\n";
    assert_int_equal(config_load_bytes("/etc/hearth/h.ini", text, strlen(text),
                                       CONFIG_COMMUNITY, TODAY, &settings, &problems),
                     ST_OK);
    assert_string_equal(settings->hearth.data_dir, "/etc/hearth/data");
    assert_string_equal(settings->hearth.key_dir, "/etc/hearth/../keys");
    assert_string_equal(settings->hearth.week_key_dir, "/run/hearth");
    config_free(settings);
    config_problems_clear(&problems);
}

static void config_load__gives_one_question__to_one_entry(void **state)
{
    (void)state;
#define ENTRY(id, question) "[faq " id "]\nquestion = " question "\nanswer = x\n"
    assert_one_error(ENTRY("a", "Why me?") ENTRY("b", "why  ME"), CONFIG_COMMUNITY,
                     "t.ini:5: ", "a question of [faq a] already, at t.ini:2");
    assert_one_error(ENTRY("a", "Why?")
                         ENTRY("b", "How?") "also = When?\nalso =\n  Where?\n"
                                            "  Why\n",
                     CONFIG_COMMUNITY, "t.ini:10: ", "at t.ini:2");
    assert_one_warning(ENTRY("a", "Why?") "also = why\n", CONFIG_COMMUNITY,
                       "t.ini:4: ", "take one out");
    assert_one_error(ENTRY("a", "Why?") ENTRY("a", "How?"), CONFIG_COMMUNITY,
                     "t.ini:4: ", "[faq a] is there already, at t.ini:1");
}

static void config_load__checks__texts_and_synonyms(void **state)
{
    (void)state;
    assert_one_error("[texts]\npongg = x\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "did you mean \"pong\"?");
    assert_one_error("[texts]\npong = {nobody} here\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "{nobody} is no placeholder");
    assert_one_error("[texts]\npong =\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "cannot be blank");
    assert_one_error("[synonyms]\nsame = alone\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "two words at least");
    struct loaded *loaded =
        load("[texts]\npong = Still here.\n[synonyms]\nsame = a, b c\nsame = d, e, f\n",
             CONFIG_COMMUNITY);
    assert_int_equal(loaded->status, ST_OK);
    assert_int_equal(loaded->settings->synonym_count, 2);
    assert_string_equal(loaded->settings->synonyms[0].words.items[1], "b c");
    char *said = say(loaded->settings, TEXT_PONG, NULL);
    assert_string_equal(said, "Still here.");
    free(said);
    unload(loaded);
}

static void config_load__warns__when_a_review_is_old(void **state)
{
    (void)state;
#define REVIEWED(date)                                                                   \
    "[safety]\nemergency = 112\nhelpline = l\nurgent = u\n"                              \
    "crisis_self = a\ncrisis_other = b\nurgent_sign = c\n" date MATRIX GROUP
    assert_one_warning(REVIEWED("reviewed = 2026-05-23\n"), CONFIG_WHOLE,
                       "t.ini:8: ", "last tried 184 days ago");
    assert_one_warning(REVIEWED("reviewed = 2027-11-23\n"), CONFIG_WHOLE,
                       "t.ini:8: ", "has not come yet");
    assert_one_warning(REVIEWED(""), CONFIG_WHOLE, "t.ini:1: ", "nobody said when");
    struct loaded *loaded = load(REVIEWED("reviewed = 2026-05-24\n"), CONFIG_WHOLE);
    assert_int_equal(loaded->problems.count, 0);
    unload(loaded);
    assert_one_warning("[faq a]\nquestion = q\nanswer = a\nreviewed = 2027-01-01\n",
                       CONFIG_COMMUNITY, "t.ini:4: ", "has not come yet");
}

static void config_load__protects__the_way_to_the_homeserver(void **state)
{
    (void)state;
    assert_one_error("[matrix]\nhomeserver = http://m.test\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "plain http would send the token");
    assert_one_warning("[matrix]\ntls_verify = no\n", CONFIG_COMMUNITY,
                       "t.ini:2: ", "could read along");
    assert_one_warning("[matrix]\ntoken_in_query = yes\n", CONFIG_COMMUNITY,
                       "t.ini:2: ", "write addresses to their logs");
    struct loaded *loaded =
        load("[matrix]\nhomeserver = http://127.0.0.1:8008/\n", CONFIG_COMMUNITY);
    assert_int_equal(loaded->problems.count, 0);
    unload(loaded);
}

static void config_load__warns__about_the_room_of_the_example(void **state)
{
    (void)state;
    assert_one_warning(MATRIX SAFETY "[group main]\nrooms = #support:example.org\n",
                       CONFIG_WHOLE, "t.ini:13: ", "is the room of the example");
}

static void config_version__changes__with_the_meaning_only(void **state)
{
    (void)state;
    const char *texts[] = {
        CHECKIN PAIN, CHECKIN "intro = Hello\nhour = 10:00\n" PAIN "also = ache\n",
        CHECKIN
        "[item pain]\nlabel = Pain\nquestion = How bad?\nlow = none\nhigh = most\n",
        CHECKIN "[item pain]\nlabel = Pain\nquestion = How?\nlow = none\nhigh = worst\n"};
    int versions[4];
    for (int i = 0; i < 4; i++) {
        struct loaded *loaded = load(texts[i], CONFIG_COMMUNITY);
        assert_int_equal(loaded->status, ST_OK);
        versions[i] = loaded->settings->checkins[0].version;
        assert_true(versions[i] > 0);
        unload(loaded);
    }
    assert_int_equal(versions[0], 139729044); /* stored with answers: must never move */
    assert_int_equal(versions[1], versions[0]);
    assert_int_not_equal(versions[2], versions[0]);
    assert_int_not_equal(versions[3], versions[0]);
    assert_int_not_equal(versions[3], versions[2]);
}

/* Files: the test's state is the path of a new folder, also the working one. */
static int make_folder(void **state)
{
    const char *base = getenv("TMPDIR");
    char *path = file_join(base ? base : "/tmp", "hearth-config-XXXXXX");
    if (mkdtemp(path) == NULL || chdir(path) != 0)
        return -1;
    *state = path;
    return 0;
}

static int remove_folder(void **state)
{
    struct strv names;
    if (file_list(*state, &names) != ST_OK)
        return -1;
    for (size_t i = 0; i < names.count; i++)
        unlink(names.items[i]);
    strv_clear(&names);
    int failed = chdir("/") != 0 || rmdir(*state) != 0;
    free(*state);
    return failed ? -1 : 0;
}

static void write_file(const char *name, const char *text)
{
    assert_int_equal(file_write(name, text, strlen(text)), ST_OK);
}

static void config_load__reads__the_community_file_too(void **state)
{
    (void)state;
    write_file("mods.ini", "[item pain]\nlabel = Pain\nquestion = q\nlow = l\nhigh = h\n"
                           "[texts]\npong = Here.\n");
    struct loaded *loaded =
        load("[hearth]\ncommunity = mods.ini\n" GROUP CHECKIN, CONFIG_COMMUNITY);
    assert_null(loaded->text.data);
    assert_int_equal(loaded->settings->item_count, 1);
    assert_int_equal(loaded->settings->group_count, 1);
    unload(loaded);
}

static void config_load__says_which_file__a_problem_is_in(void **state)
{
    (void)state;
    write_file("mods.ini", "[matrix]\nuser = x\n[item pain]\nlabel = Pain\n[privacy]\n"
                           "[group main]\nrooms = !other\n[nonsens\n");
    struct loaded *loaded =
        load("[hearth]\ncommunity = mods.ini\nnope = 1\n" GROUP, CONFIG_COMMUNITY);
    assert_says(loaded, "t.ini:3: ", "[hearth] has no key \"nope\"");
    assert_says(loaded, "mods.ini:1: ",
                "does not belong in the community file: move it to "
                "t.ini");
    assert_says(loaded, "mods.ini:3: ", "question is missing");
    assert_says(loaded, "mods.ini:5: ", "[privacy] does not belong");
    assert_says(loaded, "mods.ini:6: ", "[group main] is there already, at t.ini:4");
    assert_says(loaded, "mods.ini:8: ", "needs a closing ]");
    assert_true(text_starts(loaded->text.data, "t.ini:3: "));
    unload(loaded);
    assert_one_error("[hearth]\ncommunity = missing.ini\n", CONFIG_COMMUNITY,
                     "t.ini:2: ", "missing.ini cannot be read");
}

static void config_load__finds_the_token__in_one_of_three_places(void **state)
{
    (void)state;
#define TOKEN(line) MATRIX line "\n" SAFETY COMMUNITY
    struct loaded *loaded = load(TOKEN("token = syt_1"), CONFIG_WHOLE);
    assert_string_equal(loaded->settings->matrix.token, "syt_1");
    unload(loaded);
    write_file("secret", "syt_2\n");
    loaded = load(TOKEN("token_file = secret"), CONFIG_WHOLE);
    assert_string_equal(loaded->settings->matrix.token, "syt_2");
    unload(loaded);
    assert_int_equal(symlink("secret", "mounted"), 0);
    loaded = load(TOKEN("token_file = mounted"), CONFIG_WHOLE);
    assert_string_equal(loaded->settings->matrix.token, "syt_2");
    unload(loaded);
    setenv("HEARTH_TEST_TOKEN", "syt_3", 1);
    loaded = load(TOKEN("token_env = HEARTH_TEST_TOKEN"), CONFIG_WHOLE);
    assert_string_equal(loaded->settings->matrix.token, "syt_3");
    unload(loaded);
    unsetenv("HEARTH_TEST_TOKEN");
    loaded = load(TOKEN("token = syt_1"), CONFIG_COMMUNITY);
    assert_null(loaded->settings->matrix.token);
    unload(loaded);
}

static void config_load__refuses__a_token_it_cannot_use(void **state)
{
    (void)state;
    assert_one_error(TOKEN("token = a\ntoken_env = B"), CONFIG_WHOLE,
                     "t.ini:5: ", "token and token_env are both given");
    assert_one_error(TOKEN("token_file = missing"), CONFIG_WHOLE,
                     "t.ini:4: ", "missing cannot be read");
    assert_one_error(TOKEN("token_env = HEARTH_TEST_UNSET"), CONFIG_WHOLE,
                     "t.ini:4: ", "there is no environment variable HEARTH_TEST_UNSET");
    struct loaded *loaded = load(TOKEN("token = two secrets"), CONFIG_WHOLE);
    assert_says(loaded, "t.ini:4: ", "does not hold an access token");
    assert_null(strstr(loaded->text.data, "secrets"));
    unload(loaded);
    write_file("empty", "\n");
    assert_one_error(TOKEN("token_file = empty"), CONFIG_WHOLE,
                     "t.ini:4: ", "the file does not hold an access token");
}

/* Synapse's 12 messages a minute, three quarters of them for prompts. */
static void config_load__warns__when_a_group_cannot_be_asked_in_time(void **state)
{
    (void)state;
    struct loaded *loaded = load(PEOPLE("", "90"), CONFIG_WHOLE);
    assert_int_equal(loaded->problems.count, 0);
    unload(loaded);
    assert_one_warning(PEOPLE("", "200"), CONFIG_WHOLE,
                       "t.ini:", "takes 22 minutes at messages_per_minute = 12: have");
    assert_one_warning(PEOPLE("", "2000"), CONFIG_WHOLE,
                       "t.ini:", "left out that day: have");
    loaded = load(PEOPLE("messages_per_minute = 0\n", "200"), CONFIG_WHOLE);
    assert_false(says(loaded, "t.ini:", "same hour"));
    unload(loaded);
}

static void config_load__warns__when_others_may_read_the_token(void **state)
{
    (void)state;
    write_file("secret", "syt_2\n");
    assert_int_equal(chmod("secret", 0644), 0);
    assert_one_warning(TOKEN("token_file = secret"), CONFIG_WHOLE,
                       "t.ini:4: ", "others on this machine may read it");
}

static void config_load__explains__a_file_that_cannot_be_read(void **state)
{
    (void)state;
    struct settings *settings;
    struct config_problems problems;
    struct buf text;
    buf_init(&text, SIZE_MAX);
    assert_int_equal(
        config_load("missing.ini", CONFIG_WHOLE, TODAY, &settings, &problems),
        ST_INVALID);
    config_problems_print(&problems, &text);
    assert_true(text_starts(text.data, "missing.ini: the config cannot be read: "));
    buf_clear(&text);
    config_problems_clear(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(config_load__accepts__a_whole_config),
        cmocka_unit_test(config_load__needs_less__for_the_community_alone),
        cmocka_unit_test(config_load__names_all_that_is_missing__in_a_whole_config),
        cmocka_unit_test(config_load__finds_every_problem__in_the_order_of_the_lines),
        cmocka_unit_test(config_load__explains__sections_it_does_not_know),
        cmocka_unit_test(config_load__explains__keys_it_does_not_know),
        cmocka_unit_test(config_load__refuses__what_is_there_twice),
        cmocka_unit_test(config_load__refuses__values_of_another_type),
        cmocka_unit_test(config_load__takes__values_as_people_write_them),
        cmocka_unit_test(config_load__refuses__less_privacy_and_says_why),
        cmocka_unit_test(config_load__refuses__more_items_than_a_week_can_hold),
        cmocka_unit_test(config_load__accepts__the_bounds_of_privacy),
        cmocka_unit_test(config_load__follows__references),
        cmocka_unit_test(config_load__keeps_apart__numbers_and_letters),
        cmocka_unit_test(config_load__checks__rooms_and_times_of_groups),
        cmocka_unit_test(config_load__keeps__check_ins_out_of_the_night),
        cmocka_unit_test(config_load__keeps__a_reminder_within_the_window),
        cmocka_unit_test(config_load__keeps__folders_apart),
        cmocka_unit_test(config_load__starts_relative_paths__at_the_config_file),
        cmocka_unit_test(config_load__gives_one_question__to_one_entry),
        cmocka_unit_test(config_load__checks__texts_and_synonyms),
        cmocka_unit_test(config_load__warns__when_a_review_is_old),
        cmocka_unit_test(config_load__protects__the_way_to_the_homeserver),
        cmocka_unit_test(config_load__warns__about_the_room_of_the_example),
        cmocka_unit_test(config_version__changes__with_the_meaning_only),
        cmocka_unit_test(config_load__reads__the_community_file_too),
        cmocka_unit_test(config_load__says_which_file__a_problem_is_in),
        cmocka_unit_test(config_load__finds_the_token__in_one_of_three_places),
        cmocka_unit_test(config_load__refuses__a_token_it_cannot_use),
        cmocka_unit_test(config_load__warns__when_a_group_cannot_be_asked_in_time),
        cmocka_unit_test(config_load__warns__when_others_may_read_the_token),
        cmocka_unit_test(config_load__explains__a_file_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
