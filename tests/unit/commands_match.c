/* commands_match.c - words, stems and which entry a question means. */
#include "commands/match.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/match_index.h"
#include "commands/words.h"
#include "tests/unit/commands_talk.h"

#include <time.h>

/* With 5,000 entries. */
#define INDEX_MS_MAX 2000
#define QUESTION_MS_MAX 20
#define QUESTIONS_TIMED 20

#define SCRIPTS 5

struct bench {
    struct settings *settings;
    struct faq_index *index;
};

/* As [hearth] dictionary would have: words that are no slips of the FAQ's. */
static const char dictionary[] = "bake\nbread\ncapital\nelection\nlandlord\nnovel\n"
                                 "Poland\nrecommend\nright\ntranslate\nwon\n";

static int make_bench(void **state)
{
    struct bench *bench = mem_alloc(sizeof *bench);
    bench->settings = talk_settings_from(talk_ini);
    word_list_init(&bench->settings->known_words, strlen(dictionary));
    word_list_add_lines(&bench->settings->known_words, dictionary, strlen(dictionary));
    bench->index = faq_index_new(bench->settings);
    *state = bench;
    return 0;
}

static int remove_bench(void **state)
{
    struct bench *bench = *state;
    faq_index_free(bench->index);
    config_free(bench->settings);
    free(bench);
    return 0;
}

static const char *best(const struct bench *bench, const struct match *match)
{
    return match->ranked_count ? bench->settings->faqs[match->ranked[0].faq].id : "";
}

static void assert_sane(const struct bench *bench, const struct match *match)
{
    assert_true(match->ranked_count <= RANKED_MAX);
    for (size_t i = 0; i < match->ranked_count; i++) {
        assert_true(match->ranked[i].faq < bench->settings->faq_count);
        assert_in_range(match->ranked[i].score, 0, 1000);
        if (i > 0)
            assert_true(match->ranked[i].score <= match->ranked[i - 1].score);
    }
    if (match->decision == DECIDE_ANSWER || match->decision == DECIDE_SUGGEST)
        assert_true(match->ranked_count > 0);
}

static void ask(const struct bench *bench, const char *question, struct match *match)
{
    faq_match(bench->index, question, false, match);
    assert_sane(bench, match);
}

static void assert_answer(const struct bench *bench, const char *question, const char *id)
{
    struct match match;
    ask(bench, question, &match);
    if (match.decision != DECIDE_ANSWER || strcmp(best(bench, &match), id) != 0)
        fail_msg("\"%s\": decision %d, %s %d", question, match.decision,
                 best(bench, &match), match.ranked_count ? match.ranked[0].score : 0);
}

static void assert_best(const struct bench *bench, const char *question, const char *id)
{
    struct match match;
    ask(bench, question, &match);
    if (strcmp(best(bench, &match), id) != 0)
        fail_msg("\"%s\": %s", question, best(bench, &match));
}

static void assert_none(const struct bench *bench, const char *question,
                        bool is_overheard)
{
    struct match match;
    faq_match(bench->index, question, is_overheard, &match);
    assert_sane(bench, &match);
    if (match.decision != DECIDE_NONE)
        fail_msg("\"%s\": decision %d, %s %d", question, match.decision,
                 best(bench, &match), match.ranked[0].score);
}

/* It may ask which entry is meant, but it does not answer. */
static void assert_unanswered(const struct bench *bench, const char *question)
{
    struct match match;
    ask(bench, question, &match);
    if (match.decision == DECIDE_ANSWER)
        fail_msg("\"%s\": %s %d", question, best(bench, &match), match.ranked[0].score);
    assert_none(bench, question, true);
}

static void words_read__keeps__words_and_sentences(void **state)
{
    (void)state;
    struct words words;
    words_read("Don't stop \xE2\x80\x94 e.g. 1.5 omega-3!\nIt\xE2\x80\x99s   MINE?",
               &words);
    static const char *const expected[] = {"dont", "stop",  "e", "g",   "1",
                                           "5",    "omega", "3", "its", "mine"};
    assert_int_equal(words.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < words.count; i++)
        assert_string_equal(words.items[i].text, expected[i]);
    assert_int_equal(words.items[7].sentence, words.items[4].sentence);
    assert_true(words.items[8].sentence > words.items[7].sentence);
    assert_true(words.has_question_mark[words.items[9].sentence]);
    assert_false(words.has_question_mark[words.items[0].sentence]);
    words_clear(&words);
}

static void words_read__takes__scripts_without_spaces_sign_by_sign(void **state)
{
    (void)state;
    struct words words;
    words_read("\xE8\x86\x9D\xE7\x9B\x96\xEF\xBC\x9F \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
               &words);
    assert_int_equal(words.count, 3);
    assert_true(words.has_question_mark[0]);
    words_clear(&words);
}

static void words_read__cuts__endless_words(void **state)
{
    (void)state;
    struct words words;
    char *text = mem_alloc(100001);
    memset(text, 'a', 100000);
    words_read(text, &words);
    assert_int_equal(words.count, 1);
    assert_int_equal(strlen(words.items[0].text), WORD_LEN - 1);
    words_clear(&words);
    free(text);
}

static void assert_same_stem(const char *a, const char *b)
{
    char stem_a[WORD_LEN], stem_b[WORD_LEN];
    word_stem(a, stem_a);
    word_stem(b, stem_b);
    if (strcmp(stem_a, stem_b) != 0)
        fail_msg("%s gives %s, %s gives %s", a, stem_a, b, stem_b);
}

static void words_read__joins__spellings_with_and_without_accents(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Fianc\xC3\xA9"
         "e",
         "fiancee"},
        {"SCH\xC3\x96N", "scho\xCC\x88n"},
        {"\xD0\x99\xD0\xBE\xD0\xB4", "\xD0\xB9\xD0\xBE\xD0\xB4"},
        {"\xED\x95\x9C\xEA\xB8\x80",
         "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80"
         "\xE1\x85\xB3\xE1\x86\xAF"}, /* Hangul, whole and in parts */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct words one, two;
        words_read(pairs[i][0], &one);
        words_read(pairs[i][1], &two);
        assert_int_equal(one.count, 1);
        assert_int_equal(two.count, 1);
        assert_string_equal(one.items[0].text, two.items[0].text);
        words_clear(&one);
        words_clear(&two);
    }
}

/* Signs of more bytes than an accent had. */
static void words_read__reads__on_behind_accents(void **state)
{
    (void)state;
    struct words words;
    words_read("Zo\xC3\xAB \xF0\x9F\x98\x80 caf\xC3\xA9\xE8\x86\x9D tea\nna\xC3\xAFve "
               "\xEF\xBF\xBD\xF0\x9D\x9F\x99",
               &words);
    static const char *const expected[] = {"zoe", "cafe",  "\xE8\x86\x9D",
                                           "tea", "naive", "1"};
    assert_int_equal(words.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < words.count; i++)
        assert_string_equal(words.items[i].text, expected[i]);
    words_clear(&words);
}

static void word_stem__joins__forms_and_spellings(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"brake", "brakes"},       {"colour", "coloring"},     {"organise", "organizing"},
        {"centre", "center"},      {"anaemia", "anemia"},      {"swimming", "swim"},
        {"slept", "sleeping"},     {"tyres", "tyre"},          {"member", "members"},
        {"relaxation", "relaxed"}, {"stiffness", "stiff"},     {"bodies", "body"},
        {"practise", "practice"},  {"infections", "infected"}, {"medication", "medicine"},
        {"fibre", "fiber"},        {"worries", "worry"},       {"curable", "cure"},
        {"travelling", "travel"},  {"boxes", "box"},           {"oestrogen", "estrogen"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_same_stem(pairs[i][0], pairs[i][1]);
}

static void word_stem__keeps__apart_what_differs(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"heat", "heater"}, {"pace", "pass"}, {"sleep", "slip"}, {"live", "leave"}};
    for (size_t i = 1; i < sizeof pairs / sizeof *pairs; i++) {
        char a[WORD_LEN], b[WORD_LEN];
        word_stem(pairs[i][0], a);
        word_stem(pairs[i][1], b);
        assert_string_not_equal(a, b);
    }
}

static void word_lists__are__sorted(void **state)
{
    (void)state;
    for (size_t i = 0; words_common[i] != NULL; i++) {
        if (i > 0)
            assert_true(strcmp(words_common[i - 1], words_common[i]) < 0);
        assert_true(word_is_common(words_common[i]));
    }
    assert_true(word_is_common("walking") && word_is_common("stopped") &&
                word_is_common("made") == word_is_common("made"));
    assert_false(word_is_common("inomyalgia"));
    static const char *const stops[] = {"a",   "dont", "i",    "kinda",
                                        "the", "what", "youve"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        assert_true(word_is_stop(stops[i]));
    assert_false(word_is_stop("brakes"));
}

static void faq_match__finds__every_entry_by_its_own_question(void **state)
{
    const struct bench *bench = *state;
    for (size_t i = 0; i < bench->settings->faq_count; i++)
        assert_answer(bench, bench->settings->faqs[i].question,
                      bench->settings->faqs[i].id);
}

static void faq_match__understands__other_forms(void **state)
{
    const struct bench *bench = *state;
    assert_answer(bench, "mending a flat tire", "flat-tyre");
    assert_answer(bench, "i LOST my KEYS!!", "lost-key");
    assert_answer(bench, "is it possible to rent bikes", "rent-a-bike");
    assert_answer(bench, "opening hours", "opening-hours");
    assert_best(bench, "looking after chains when it is winter", "winter");
}

static void faq_match__repairs__typos(void **state)
{
    const struct bench *bench = *state;
    assert_answer(bench, "how high shuold the sadle be", "saddle-height");
    assert_answer(bench, "why do my barkes sqeual", "brakes");
    assert_best(bench, "membershp fee", "membership");
    assert_best(bench, "innertube puncutre", "flat-tyre");
}

static void query_repair__leaves__words_without_a_near_one(void **state)
{
    const struct bench *bench = *state;
    assert_string_equal(query_repair(bench->index, "sadlde", false), "saddle");
    assert_string_equal(query_repair(bench->index, "emmber", false), "member");
    assert_null(query_repair(bench->index, "xylophone", false));
    assert_null(query_repair(bench->index, "ke", false));
}

static void faq_match__uses__associations(void **state)
{
    const struct bench *bench = *state;
    assert_best(bench, "how can I join the club", "membership");
    assert_best(bench, "what is the price", "membership");
    assert_best(bench, "how do I repair a puncture", "flat-tyre");
}

static void faq_match__picks__the_question_out_of_a_long_message(void **state)
{
    const struct bench *bench = *state;
    assert_best(
        bench,
        "Hello all, what a week. My daughter started school and the cat ran away, "
        "then it rained for three days. Anyway, how high should my saddle be? I am "
        "rather tall and everyone tells me something else.",
        "saddle-height");
}

static void faq_match__does_not_know__foreign_questions(void **state)
{
    const struct bench *bench = *state;
    static const char *const foreign[] = {
        "who won the election",      "what is the capital of France",
        "can you recommend a novel", "how do I bake bread",
        "is my landlord right",      "translate this into Polish",
    };
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        assert_unanswered(bench, foreign[i]);
}

static void faq_match__leaves_alone__doses_and_drugs_in_ones_own_case(void **state)
{
    const struct bench *bench = *state;
    assert_none(bench,
                "how many tablets can I take when I look after the chain in winter",
                false);
    assert_none(bench, "can I mix ibuprofen with wine on the weekend rent a bike", false);
    assert_none(bench, "is it safe to take painkillers and rent a bike when pregnant",
                false);
    assert_none(bench, "How high should the saddle be? Which dose is right?", false);
}

/* They make it less sure, no more: who asks about a bicycle may mention the dog. */
static void faq_match__doubts__questions_about_animals_and_illness(void **state)
{
    const struct bench *bench = *state;
    assert_unanswered(bench, "can I give my dog a saddle");
    assert_unanswered(bench, "how do I mend a migraine");
    assert_answer(bench, "how do I mend a flat tyre, the dog is waiting", "flat-tyre");
}

/* Nobody asks for an entry with "the". */
static void faq_match__needs__more_than_words_of_grammar(void **state)
{
    const struct bench *bench = *state;
    static const char *const small[] = {
        "a",      "the",    "why?",      "what is it", "how do I",
        "can I?", "is it?", "who is it", "i",          "what about me"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        assert_unanswered(bench, small[i]);
}

static void faq_match__answers__overheard_questions_only(void **state)
{
    const struct bench *bench = *state;
    struct match match;
    faq_match(bench->index, "does anybody know when the workshop is open?", true, &match);
    assert_int_equal(match.decision, DECIDE_ANSWER);
    assert_none(bench, "I mended my flat tyre yesterday", true);
    assert_none(bench, "the workshop is open again, hurray", true);
    assert_none(bench, "how did you mend your flat tyre, Ana?", true);
    assert_none(bench, "my brakes squeal", true);
}

static void faq_match__survives__strange_messages(void **state)
{
    const struct bench *bench = *state;
    struct match match;
    static const char *const strange[] = {
        "",
        " ",
        "?",
        "\xF0\x9F\x98\x80",
        "\xF0\x9F\x98\x80?",
        "...",
        "'",
        "''''",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D?",
        "\342\200\256elddas",
        "\xFF\xFE\x80",
        "1 2 3 4 5 6 7",
        "!!!???",
        "A\xCC\x81\xCC\x81",
    };
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        ask(bench, strange[i], &match);
        assert_int_not_equal(match.decision, DECIDE_ANSWER);
    }
}

static void faq_match__reads__no_more_than_its_limit(void **state)
{
    const struct bench *bench = *state;
    size_t len = 64 * 1024;
    char *text = mem_alloc(len + 64);
    struct match match;
    for (size_t i = 0; i < len; i += 4)
        memcpy(text + i, "qux ", 4);
    strcpy(text + len, " why do my brakes squeal?");
    ask(bench, text, &match);
    assert_int_equal(match.ranked_count, 0);
    memset(text, 'e', len);
    ask(bench, text, &match);
    free(text);
}

/* An FAQ of `count` entries, each about two words of its own. */
static struct settings *make_many(size_t count)
{
    struct settings *settings = mem_alloc(sizeof *settings);
    settings->faqs = mem_resize(NULL, count + 1, sizeof *settings->faqs);
    settings->faq_count = count;
    for (size_t i = 0; i < count; i++) {
        char question[96], id[32];
        snprintf(id, sizeof id, "entry-%zu", i);
        snprintf(question, sizeof question, "How do I find thing%zuab near place%zucd?",
                 i, i * 7 % count);
        settings->faqs[i] = (struct faq_settings){.id = mem_dup(id),
                                                  .question = mem_dup(question),
                                                  .answer = mem_dup("Behind the house."),
                                                  .source = mem_dup(""),
                                                  .reviewed = mem_dup("")};
    }
    return settings;
}

static void close_many(struct bench *bench)
{
    faq_index_free(bench->index);
    settings_clear(bench->settings);
    free(bench->settings);
}

static void faq_match__works__with_any_number_of_entries(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 100};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct bench bench = {.settings = make_many(counts[i])};
        struct match match;
        bench.index = faq_index_new(bench.settings);
        if (counts[i] > 0) {
            const struct faq_settings *last = &bench.settings->faqs[counts[i] - 1];
            ask(&bench, last->question, &match);
            assert_string_equal(best(&bench, &match), last->id);
        }
        ask(&bench, "what about bananas", &match);
        assert_int_not_equal(match.decision, DECIDE_ANSWER);
        close_many(&bench);
    }
}

static double cpu_ms_since(clock_t start)
{
    return 1000.0 * (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void faq_match__is_quick__with_thousands_of_entries(void **state)
{
    (void)state;
    struct bench bench = {.settings = make_many(5000)};
    const struct faq_settings *last = &bench.settings->faqs[4999];
    struct match match;
    clock_t start = clock();
    bench.index = faq_index_new(bench.settings);
    double built_ms = cpu_ms_since(start);
    start = clock();
    for (int i = 0; i < QUESTIONS_TIMED; i++)
        ask(&bench, i % 2 ? "whree is thign4999ab nera plaec7?" : last->question, &match);
    double asked_ms = cpu_ms_since(start) / QUESTIONS_TIMED;
    if (built_ms > INDEX_MS_MAX || asked_ms > QUESTION_MS_MAX)
        fail_msg("index %.1f ms, a question %.3f ms", built_ms, asked_ms);
    ask(&bench, last->question, &match);
    assert_string_equal(best(&bench, &match), last->id);
    close_many(&bench);
}

static void faq_match__answers__in_the_script_of_the_faq(void **state)
{
    (void)state;
    struct bench bench = {.settings = make_many(SCRIPTS)};
    static const char *const questions[SCRIPTS][2] = {
        {"\u05de\u05ea\u05d9 \u05d4\u05e1\u05d3\u05e0\u05d4 "
         "\u05e4\u05ea\u05d5\u05d7\u05d4?",
         "\u202e\u05d4\u05e1\u05d3\u05e0\u05d4"}, /* Hebrew, and turned round */
        {"\u0643\u0645 \u0627\u0644\u0631\u0633\u0648\u0645\u061f",
         "\u0627\u0644\u0631\u0633\u0648\u0645\u061f"}, /* Arabic, its own mark */
        {"\u819d\u76d6\u75bc\u600e\u4e48\u529e\uff1f", "\u819d\u76d6"},
        {"\u0413\u0434\u0435 \u0431\u0430\u0441\u0441\u0435\u0439\u043d?",
         "\u0411\u0410\u0421\u0421\u0415\u0419\u041d"}, /* Russian, shouted */
        {"Wo ist die Stra\u00dfenk\u00fcche?", "STRASSENK\u00dcCHE"},
    };
    for (size_t i = 0; i < SCRIPTS; i++) {
        free(bench.settings->faqs[i].question);
        bench.settings->faqs[i].question = mem_dup(questions[i][0]);
    }
    bench.index = faq_index_new(bench.settings);
    for (size_t i = 0; i < SCRIPTS; i++) {
        assert_answer(&bench, questions[i][0], bench.settings->faqs[i].id);
        assert_best(&bench, questions[i][1], bench.settings->faqs[i].id);
    }
    close_many(&bench);
}

static void faq_match__survives__an_faq_of_nothing_but_signs(void **state)
{
    (void)state;
    struct bench bench = {.settings = make_many(3)};
    static const char *const questions[] = {"?!", "\U0001f600", "the"};
    struct match match;
    for (size_t i = 0; i < 3; i++) {
        free(bench.settings->faqs[i].question);
        bench.settings->faqs[i].question = mem_dup(questions[i]);
    }
    bench.index = faq_index_new(bench.settings);
    for (size_t i = 0; i < 3; i++)
        ask(&bench, questions[i], &match);
    ask(&bench, "behind the house", &match);
    close_many(&bench);
}

/* The matcher does not rest on the config check that refuses them. */
static void faq_match__survives__the_same_question_twice(void **state)
{
    (void)state;
    struct bench bench = {.settings = make_many(2)};
    struct match match;
    free(bench.settings->faqs[1].question);
    bench.settings->faqs[1].question = mem_dup(bench.settings->faqs[0].question);
    bench.index = faq_index_new(bench.settings);
    ask(&bench, bench.settings->faqs[0].question, &match);
    assert_int_equal(match.ranked_count, 2);
    close_many(&bench);
}

static void faq_match__suggests__when_entries_are_alike(void **state)
{
    (void)state;
    struct bench bench = {.settings = make_many(2)};
    struct match match;
    for (size_t i = 0; i < 2; i++) {
        free(bench.settings->faqs[i].question);
        bench.settings->faqs[i].question =
            mem_dup(i ? "Where is the red lantern kept?" : "Who paints the red lantern?");
    }
    bench.index = faq_index_new(bench.settings);
    ask(&bench, "something with a lantern", &match);
    assert_int_equal(match.ranked_count, 2);
    assert_int_not_equal(match.decision, DECIDE_NONE);
    close_many(&bench);
}

static void faq_decide__puts__safety_first(void **state)
{
    const struct bench *bench = *state;
    struct match match;
    faq_decide(bench->index, "I want to die, when is the workshop open?", false, &match);
    assert_int_equal(match.decision, DECIDE_CRISIS);
    faq_decide(bench->index, "when is the workshop open? I have chest pain", false,
               &match);
    assert_int_equal(match.decision, DECIDE_URGENT);
    faq_decide(bench->index, "when is the workshop open?", false, &match);
    assert_int_equal(match.decision, DECIDE_ANSWER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_read__keeps__words_and_sentences),
        cmocka_unit_test(words_read__takes__scripts_without_spaces_sign_by_sign),
        cmocka_unit_test(words_read__cuts__endless_words),
        cmocka_unit_test(words_read__joins__spellings_with_and_without_accents),
        cmocka_unit_test(words_read__reads__on_behind_accents),
        cmocka_unit_test(word_stem__joins__forms_and_spellings),
        cmocka_unit_test(word_stem__keeps__apart_what_differs),
        cmocka_unit_test(word_lists__are__sorted),
        cmocka_unit_test(faq_match__finds__every_entry_by_its_own_question),
        cmocka_unit_test(faq_match__understands__other_forms),
        cmocka_unit_test(faq_match__repairs__typos),
        cmocka_unit_test(query_repair__leaves__words_without_a_near_one),
        cmocka_unit_test(faq_match__uses__associations),
        cmocka_unit_test(faq_match__picks__the_question_out_of_a_long_message),
        cmocka_unit_test(faq_match__does_not_know__foreign_questions),
        cmocka_unit_test(faq_match__leaves_alone__doses_and_drugs_in_ones_own_case),
        cmocka_unit_test(faq_match__doubts__questions_about_animals_and_illness),
        cmocka_unit_test(faq_match__needs__more_than_words_of_grammar),
        cmocka_unit_test(faq_match__answers__overheard_questions_only),
        cmocka_unit_test(faq_match__survives__strange_messages),
        cmocka_unit_test(faq_match__reads__no_more_than_its_limit),
        cmocka_unit_test(faq_match__works__with_any_number_of_entries),
        cmocka_unit_test(faq_match__is_quick__with_thousands_of_entries),
        cmocka_unit_test(faq_match__answers__in_the_script_of_the_faq),
        cmocka_unit_test(faq_match__survives__an_faq_of_nothing_but_signs),
        cmocka_unit_test(faq_match__survives__the_same_question_twice),
        cmocka_unit_test(faq_match__suggests__when_entries_are_alike),
        cmocka_unit_test(faq_decide__puts__safety_first),
    };
    return cmocka_run_group_tests(tests, make_bench, remove_bench);
}
