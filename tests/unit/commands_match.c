/* commands_match.c - words, stems and which entry a question means. */
#include "commands/match.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/match_index.h"
#include "commands/words.h"
#include "tests/unit/commands_talk.h"

struct bench {
    struct settings *settings;
    struct faq_index *index;
};

static int make_bench(void **state)
{
    struct bench *bench = mem_alloc(sizeof *bench);
    bench->settings = talk_settings_from(talk_ini);
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
    assert_string_equal(query_repair(bench->index, "sadlde"), "saddle");
    assert_string_equal(query_repair(bench->index, "emmber"), "member");
    assert_null(query_repair(bench->index, "xylophone"));
    assert_null(query_repair(bench->index, "ke"));
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
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        struct match match;
        ask(bench, foreign[i], &match);
        if (match.decision == DECIDE_ANSWER)
            fail_msg("\"%s\": %s", foreign[i], best(bench, &match));
    }
}

static void faq_match__vetoes__advice_about_drugs_animals_and_illness(void **state)
{
    const struct bench *bench = *state;
    assert_none(bench,
                "how many tablets can I take when I look after the chain in winter",
                false);
    assert_none(bench, "can I mix ibuprofen with wine on the weekend rent a bike", false);
    assert_none(bench, "is it safe to take painkillers and rent a bike when pregnant",
                false);
    assert_none(bench, "can I give my dog a saddle", false);
    assert_none(bench, "how do I mend a migraine, flat tyre", false);
    assert_answer(bench, "how do I mend a flat tyre, the dog is waiting", "flat-tyre");
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
        "a",
        "the",
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

static void faq_match__works__with_any_number_of_entries(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 5000};
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
        faq_index_free(bench.index);
        settings_clear(bench.settings);
        free(bench.settings);
    }
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
    faq_index_free(bench.index);
    settings_clear(bench.settings);
    free(bench.settings);
}

static void faq_decide__puts__safety_first(void **state)
{
    const struct bench *bench = *state;
    struct match match;
    faq_decide(bench->index, bench->settings, "I want to die, when is the workshop open?",
               false, &match);
    assert_int_equal(match.decision, DECIDE_CRISIS);
    faq_decide(bench->index, bench->settings,
               "when is the workshop open? I have chest pain", false, &match);
    assert_int_equal(match.decision, DECIDE_URGENT);
    faq_decide(bench->index, bench->settings, "when is the workshop open?", false,
               &match);
    assert_int_equal(match.decision, DECIDE_ANSWER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_read__keeps__words_and_sentences),
        cmocka_unit_test(words_read__takes__scripts_without_spaces_sign_by_sign),
        cmocka_unit_test(words_read__cuts__endless_words),
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
        cmocka_unit_test(faq_match__vetoes__advice_about_drugs_animals_and_illness),
        cmocka_unit_test(faq_match__answers__overheard_questions_only),
        cmocka_unit_test(faq_match__survives__strange_messages),
        cmocka_unit_test(faq_match__reads__no_more_than_its_limit),
        cmocka_unit_test(faq_match__works__with_any_number_of_entries),
        cmocka_unit_test(faq_match__suggests__when_entries_are_alike),
        cmocka_unit_test(faq_decide__puts__safety_first),
    };
    return cmocka_run_group_tests(tests, make_bench, remove_bench);
}
