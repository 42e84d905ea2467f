/* config_example.c - config.example.ini is true: every key of the table stands in
 * it with its own explanation, and every default shown is the default.
 */
#include "bot/base/mem.h"
#include "bot/config.h"
#include "bot/config_reader.h"
#include "bot/example_config.h"
#include "commands/match.h"
#include "commands/safety.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define TODAY day_from_date(2026, 11, 23)
#define SMALL "abcdefghijklmnopqrstuvwxyz_"

/* A key as it stands in the example: the first time in its section. */
struct shown {
    enum config_section_id section;
    char *key, *value, *comment; /* the comment's lines joined by spaces */
    bool is_commented;
    int line;
};

struct example {
    struct shown *items;
    size_t count, capacity;
};

/* The length of KEY in "KEY = ..." or "KEY ="; 0: it is no such line. */
static size_t key_len(const char *line)
{
    size_t len = strspn(line, SMALL);
    return len > 0 && text_starts(line + len, " =") ? len : 0;
}

static bool is_shown(const struct example *example, enum config_section_id section,
                     const char *key)
{
    for (size_t i = 0; i < example->count; i++) {
        if (example->items[i].section == section &&
            text_equal(example->items[i].key, key))
            return true;
    }
    return false;
}

static void add_key(struct example *example, enum config_section_id section,
                    const char *line, const struct buf *comment, int number)
{
    bool is_commented = *line == ';';
    size_t len = key_len(line + is_commented);
    const char *key_start = line + is_commented;
    char *key = mem_dup_len(key_start, len);
    if (is_shown(example, section, key)) {
        free(key);
        return;
    }
    MEM_GROW(example->items, example->count, example->capacity);
    example->items[example->count++] =
        (struct shown){.section = section,
                       .key = key,
                       .value = text_trim(key_start + len + 2),
                       .comment = mem_dup(comment->data ? comment->data : ""),
                       .is_commented = is_commented,
                       .line = number};
}

static void read_line(struct example *example, char *line,
                      enum config_section_id *section, struct buf *comment, int number)
{
    if (*line == '[') {
        line[strcspn(line, " ]")] = '\0';
        *section = config_section_find(line + 1);
        assert_int_not_equal(*section, SECTION_COUNT);
    } else if (key_len(line + (*line == ';')) > 0) {
        add_key(example, *section, line, comment, number);
        buf_reset(comment);
    } else if (text_starts(line, "; ")) {
        buf_addf(comment, "%s%s", comment->len ? " " : "", line + 2);
    } else if (*line == '\0') {
        buf_reset(comment);
    } else {
        /* A continued value, a rule, or an empty comment. */
        assert_true(*line == ' ' || text_starts(line, ";==") || text_equal(line, ";"));
    }
}

static int setup(void **state)
{
    struct example *example = mem_alloc(sizeof *example);
    struct buf comment;
    enum config_section_id section = SECTION_COUNT;
    char *text = mem_dup_len((const char *)example_config, example_config_len);
    char *rest = text;
    buf_init(&comment, SIZE_MAX);
    int number = 1;
    for (char *line; (line = strsep(&rest, "\n")) != NULL; number++)
        read_line(example, line, &section, &comment, number);
    buf_clear(&comment);
    free(text);
    *state = example;
    return 0;
}

static int teardown(void **state)
{
    struct example *example = *state;
    for (size_t i = 0; i < example->count; i++) {
        free(example->items[i].key);
        free(example->items[i].value);
        free(example->items[i].comment);
    }
    free(example->items);
    free(example);
    return 0;
}

static void example__shows__every_key_of_the_table(void **state)
{
    for (size_t i = 0; i < config_key_count; i++) {
        if (!is_shown(*state, config_keys[i].section, config_keys[i].key))
            fail_msg("[%s] %s is missing", config_sections[config_keys[i].section].name,
                     config_keys[i].key);
    }
}

static void example__shows__no_key_that_is_not_in_the_table(void **state)
{
    const struct example *example = *state;
    for (size_t i = 0; i < example->count; i++) {
        if (config_key_find(example->items[i].section, example->items[i].key) == NULL)
            fail_msg("line %d: %s is no key", example->items[i].line,
                     example->items[i].key);
    }
}

static void example__comments_out__true_defaults_only(void **state)
{
    const struct example *example = *state;
    for (size_t i = 0; i < example->count; i++) {
        const struct shown *shown = &example->items[i];
        const struct config_key *key = config_key_find(shown->section, shown->key);
        const char *fallback = key->fallback ? key->fallback : "";
        if (shown->is_commented && !text_equal(shown->value, fallback))
            fail_msg("line %d: the default of %s is \"%s\"", shown->line, key->key,
                     fallback);
    }
}

static void example__explains__every_key_as_the_table_does(void **state)
{
    const struct example *example = *state;
    for (size_t i = 0; i < example->count; i++) {
        const struct shown *shown = &example->items[i];
        const struct config_key *key = config_key_find(shown->section, shown->key);
        char *form = config_key_form(key);
        size_t len = strlen(shown->comment), form_len = strlen(form);
        if (!text_starts(shown->comment, key->help))
            fail_msg("line %d: %s should begin with: %s", shown->line, key->key,
                     key->help);
        if (len < form_len || !text_equal(shown->comment + len - form_len, form))
            fail_msg("line %d: %s should end with: %s", shown->line, key->key, form);
        free(form);
    }
}

static struct settings *load(const char *text, size_t len, enum config_scope scope,
                             const char *expected_problems)
{
    struct settings *settings = NULL;
    struct config_problems problems;
    struct buf printed;
    buf_init(&printed, SIZE_MAX);
    enum status status =
        config_load_bytes("e.ini", text, len, scope, TODAY, &settings, &problems);
    for (size_t i = 0; i < problems.count; i++)
        buf_addf(&printed, "%s%s\n", problems.items[i].is_warning ? "warning: " : "",
                 problems.items[i].message);
    assert_string_equal(printed.data ? printed.data : "", expected_problems);
    assert_int_equal(status, problems.error_count ? ST_INVALID : ST_OK);
    buf_clear(&printed);
    config_problems_clear(&problems);
    return settings;
}

/* Without its lists of words, which are not on every machine. */
static struct settings *load_example(void)
{
    return load((const char *)example_config, example_config_len, CONFIG_COMMUNITY, "");
}

/* The example with everything uncommented that has a value. */
static char *uncomment(void)
{
    struct buf out;
    char *text = mem_dup_len((const char *)example_config, example_config_len),
         *rest = text;
    buf_init(&out, SIZE_MAX);
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        size_t len = *line == ';' ? key_len(line + 1) : 0;
        bool has_value = len > 0 && line[1 + len + 2] != '\0';
        buf_addf(&out, "%s\n", has_value ? line + 1 : line);
    }
    free(text);
    return buf_take(&out);
}

static void example__means_the_same__with_its_defaults_written_out(void **state)
{
    (void)state;
    char *text = uncomment();
    struct settings *plain = load_example();
    struct settings *written = load(text, strlen(text), CONFIG_COMMUNITY, "");
    assert_int_equal(plain->matrix.transport, written->matrix.transport);
    assert_true(written->matrix.tls_verify && plain->matrix.tls_verify);
    assert_int_equal(plain->hearth.quiet_until, written->hearth.quiet_until);
    assert_int_equal(plain->privacy.epsilon_permille, written->privacy.epsilon_permille);
    assert_int_equal(plain->groups[0].summary_minute, written->groups[0].summary_minute);
    assert_int_equal(plain->checkins[0].weekdays, written->checkins[0].weekdays);
    assert_int_equal(plain->checkins[0].version, written->checkins[0].version);
    config_free(plain);
    config_free(written);
    free(text);
}

/* What a person has to fill in, and nothing else. */
static void example__runs__once_the_blanks_are_filled(void **state)
{
    (void)state;
    static const char *const blanks[][2] = {
        {"\nhomeserver =\n", "\nhomeserver = https://m.test\n"},
        {"\nuser =\n", "\nuser = @hearth:m.test\n"},
        {"\nemergency =\n", "\nemergency = 112\n"},
        {"\nhelpline =\n", "\nhelpline = A line.\n"},
        {"\nurgent =\n", "\nurgent = A clinic.\n"},
        {"\n;reviewed =\n", "\nreviewed = 2026-11-22\n"},
        {"\nrooms = #support:example.org\n", "\nrooms = #support:m.test\n"},
    };
    struct buf text;
    buf_init(&text, SIZE_MAX);
    buf_add(&text, (const char *)example_config, example_config_len);
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        char *whole = buf_take(&text);
        const char *at = strstr(whole, blanks[i][0]);
        assert_non_null(at);
        buf_add(&text, whole, (size_t)(at - whole));
        buf_add_text(&text, blanks[i][1]);
        buf_add_text(&text, at + strlen(blanks[i][0]));
        free(whole);
    }
    config_free(load(text.data, text.len, CONFIG_WHOLE, ""));
    buf_clear(&text);
}

static void example__says__what_is_left_to_fill_in(void **state)
{
    (void)state;
    struct settings *settings;
    struct config_problems problems;
    static const char *const keys[] = {"homeserver is blank", "user is blank",
                                       "nobody said when",    "emergency is blank",
                                       "helpline is blank",   "urgent is blank",
                                       "room of the example"};
    assert_int_equal(config_load(NULL, CONFIG_WHOLE, TODAY, &settings, &problems),
                     ST_INVALID);
    assert_int_equal(problems.count, 7);
    assert_int_equal(problems.error_count, 5);
    for (size_t i = 0; i < problems.count; i++)
        assert_non_null(strstr(problems.items[i].message, keys[i]));
    config_problems_clear(&problems);
}

static void example__asks__five_things_and_five_triggers(void **state)
{
    (void)state;
    struct settings *settings = load_example();
    const struct checkin_settings *daily = settings_checkin(settings, "daily");
    static const char *const names[] = {"pain", "fatigue", "stiffness", "sleep", "fog"};
    assert_non_null(daily);
    assert_int_equal(daily->item_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(settings->items[daily->items[i]].name, names[i]);
    assert_int_equal(daily->trigger_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(settings->items[daily->triggers[i]].letter, "SWFAN"[i]);
    config_free(settings);
}

static const char *const topics[] = {"what-is-inomyalgia",
                                     "how-long-it-lasts",
                                     "recognised-condition",
                                     "is-it-curable",
                                     "vs-fibromyalgia",
                                     "vs-muscle-strain",
                                     "who-is-at-risk",
                                     "complications",
                                     "causes",
                                     "inflammation-autoimmune",
                                     "nerve-sensitivity",
                                     "stress",
                                     "infections-long-covid",
                                     "vitamin-d",
                                     "symptoms",
                                     "fatigue-weakness",
                                     "stiffness",
                                     "sleep",
                                     "brain-fog",
                                     "diagnosis",
                                     "tests-and-scans",
                                     "conditions-ruled-out",
                                     "treatment-options",
                                     "medications",
                                     "exercise",
                                     "complementary-therapies",
                                     "emerging-treatments",
                                     "diet",
                                     "pacing",
                                     "symptom-diary",
                                     "heat-and-baths",
                                     "support-groups",
                                     "care-team",
                                     "bot-daily-checkin",
                                     "bot-privacy",
                                     "bot-stop-checkins",
                                     "bot-delete-data",
                                     "bot-change-time",
                                     "bot-summaries",
                                     "bot-identity"};

#define TOPICS (sizeof topics / sizeof *topics)

static const struct faq_settings *faq_find(const struct settings *settings,
                                           const char *id)
{
    for (size_t i = 0; i < settings->faq_count; i++) {
        if (text_equal(settings->faqs[i].id, id))
            return &settings->faqs[i];
    }
    return NULL;
}

/* A number and a unit of medicine: "400 mg", "2 tablets". */
static bool names_a_dose(const char *text)
{
    static const char *const units[] = {
        "mg",     "mcg",  "ml",      "iu",   "gram", "milligram", "microgram",
        "tablet", "pill", "capsule", "drop", "dose", "unit",      "\xC2\xB5g"};
    char *folded = text_fold(text);
    bool found = false;
    for (const char *p = strpbrk(folded, "0123456789"); p != NULL;
         p = strpbrk(p, "0123456789")) {
        p += strspn(p, "0123456789.,");
        const char *unit = p + strspn(p, " -");
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            found |= text_starts(unit, units[i]);
    }
    free(folded);
    return found;
}

static void names_a_dose__finds__doses_only(void **state)
{
    (void)state;
    assert_true(names_a_dose("take 400 mg of it"));
    assert_true(names_a_dose("with 1,000IU a day"));
    assert_true(names_a_dose("25-mg"));
    assert_true(names_a_dose("2 tablets"));
    assert_false(names_a_dose("15 to 20 minutes"));
    assert_false(names_a_dose("over the age of 50, omega-3, at 9 in the evening"));
}

static void example__answers__forty_topics(void **state)
{
    (void)state;
    struct settings *settings = load_example();
    assert_int_equal(TOPICS, 40);
    assert_int_equal(settings->faq_count, TOPICS);
    for (size_t i = 0; i < TOPICS; i++) {
        const struct faq_settings *faq = faq_find(settings, topics[i]);
        int32_t day;
        if (faq == NULL)
            fail_msg("%s is missing", topics[i]);
        if (faq->also.count == 0 || faq->words.count == 0 || faq->related.count == 0 ||
            text_is_empty(faq->source) || day_parse(faq->reviewed, &day) != ST_OK)
            fail_msg("%s is not filled in", faq->id);
        if (strlen(faq->answer) < 100 || strlen(faq->answer) > 900)
            fail_msg("%s: an answer of %zu bytes", faq->id, strlen(faq->answer));
        if (names_a_dose(faq->answer) || names_a_dose(faq->question))
            fail_msg("%s names a dose", faq->id);
        for (size_t k = 0; k < faq->also.count; k++) {
            if (names_a_dose(faq->also.items[k]))
                fail_msg("%s names a dose: %s", faq->id, faq->also.items[k]);
        }
    }
    config_free(settings);
}

/* Whatever else an entry is asked with. */
static void example__answers__its_own_questions(void **state)
{
    (void)state;
    struct settings *settings = load_example();
    struct faq_index *index = faq_index_new(settings);
    for (size_t i = 0; i < settings->faq_count; i++) {
        struct match match;
        faq_decide(index, settings->faqs[i].question, false, &match);
        if (match.decision != DECIDE_ANSWER || match.ranked[0].faq != i)
            fail_msg("\"%s\": decision %d, %s %d", settings->faqs[i].question,
                     match.decision,
                     match.ranked_count ? settings->faqs[match.ranked[0].faq].id : "",
                     match.ranked_count ? match.ranked[0].score : 0);
    }
    faq_index_free(index);
    config_free(settings);
}

static void assert_no_sign(const struct safety_rules *rules, const char *question)
{
    enum safety_sign sign = safety_read(rules, question);
    if (sign != SAFETY_NONE)
        fail_msg("\"%s\" is taken for sign %d", question, sign);
}

/* Nobody who asks what the FAQ answers is sent to an emergency number instead. */
static void example__takes__no_question_of_its_own_for_a_sign(void **state)
{
    (void)state;
    struct settings *settings = load_example();
    struct safety_rules *rules = safety_rules_new(&settings->safety);
    for (size_t i = 0; i < settings->faq_count; i++) {
        const struct faq_settings *faq = &settings->faqs[i];
        assert_no_sign(rules, faq->question);
        for (size_t k = 0; k < faq->also.count; k++)
            assert_no_sign(rules, faq->also.items[k]);
    }
    safety_rules_free(rules);
    config_free(settings);
}

static void assert_free_of(const struct strv *phrases, const struct strv *idioms)
{
    for (size_t i = 0; i < phrases->count; i++) {
        char *phrase = text_fold(phrases->items[i]);
        for (size_t k = 0; k < idioms->count; k++) {
            char *idiom = text_fold(idioms->items[k]);
            if (strstr(phrase, idiom) != NULL)
                fail_msg("the idiom \"%s\" would hide \"%s\"", idiom, phrase);
            free(idiom);
        }
        free(phrase);
    }
}

static void assert_once(GHashTable *seen, const struct strv *phrases)
{
    for (size_t i = 0; i < phrases->count; i++) {
        char *phrase = text_fold(phrases->items[i]);
        if (!g_hash_table_add(seen, phrase))
            fail_msg("\"%s\" stands in the lists twice", phrases->items[i]);
    }
}

static void example__lists__phrases_that_do_not_hide_each_other(void **state)
{
    (void)state;
    struct settings *settings = load_example();
    const struct safety_settings *safety = &settings->safety;
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    assert_once(seen, &safety->crisis_self);
    assert_once(seen, &safety->crisis_other);
    assert_once(seen, &safety->crisis_unclear);
    assert_once(seen, &safety->idioms);
    assert_once(seen, &safety->urgent_signs);
    g_hash_table_destroy(seen);
    assert_free_of(&safety->crisis_self, &safety->idioms);
    assert_free_of(&safety->crisis_other, &safety->idioms);
    assert_free_of(&safety->crisis_unclear, &safety->idioms);
    assert_free_of(&safety->urgent_signs, &safety->idioms);
    assert_true(safety->crisis_self.count + safety->crisis_other.count >= 60);
    config_free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example__shows__every_key_of_the_table),
        cmocka_unit_test(example__shows__no_key_that_is_not_in_the_table),
        cmocka_unit_test(example__comments_out__true_defaults_only),
        cmocka_unit_test(example__explains__every_key_as_the_table_does),
        cmocka_unit_test(example__means_the_same__with_its_defaults_written_out),
        cmocka_unit_test(example__runs__once_the_blanks_are_filled),
        cmocka_unit_test(example__says__what_is_left_to_fill_in),
        cmocka_unit_test(example__asks__five_things_and_five_triggers),
        cmocka_unit_test(names_a_dose__finds__doses_only),
        cmocka_unit_test(example__answers__forty_topics),
        cmocka_unit_test(example__answers__its_own_questions),
        cmocka_unit_test(example__takes__no_question_of_its_own_for_a_sign),
        cmocka_unit_test(example__lists__phrases_that_do_not_hide_each_other),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
