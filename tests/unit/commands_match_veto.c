/* commands_match_veto.c - questions that are left alone, and words that only raise doubt.
 *
 * Doses, and a drug with mixing, amounts or one's own case, forbid an answer unless the
 * FAQ asks just that. Animals, other illnesses and far-away subjects lower the score.
 */
#include "bot/base/mem.h"
#include "commands/match_rank.h"
#include "commands/match_signs.h"
#include "tests/unit/commands_bench.h"

#define ENTRY(id, question) "[faq " id "]\nquestion = " question "\nanswer = So it is.\n"

/* An FAQ that speaks of drugs without asking for any of what is forbidden. */
#define FAQ                                                                              \
    ENTRY("drugs", "Which painkillers and tablets are used?")                            \
    ENTRY("rest", "How much does a rest help?")                                          \
    ENTRY("bath", "How warm should a bath be?")

static struct vetoes vetoes_of(const struct bench *bench, const char *question,
                               size_t entry)
{
    struct inquiry inquiry;
    struct vetoes vetoes;
    inquiry_read(bench->index, question, &inquiry); /* slips mended */
    veto_read(bench->index, &inquiry.words, entry, &vetoes);
    inquiry_clear(&inquiry);
    return vetoes;
}

/* Whichever entry it would be, and asked or overheard: no answer. */
static void assert_forbidden(const struct bench *bench, const char *question)
{
    for (size_t entry = 0; entry < bench->settings->faq_count; entry++) {
        struct vetoes vetoes = vetoes_of(bench, question, entry);
        if (!vetoes.forbids)
            fail_msg("\"%s\" is not forbidden for %s", question,
                     bench->settings->faqs[entry].id);
    }
    for (int is_overheard = 0; is_overheard < 2; is_overheard++) {
        struct match match;
        faq_match(bench->index, question, is_overheard != 0, &match);
        assert_int_equal(match.decision, DECIDE_NONE);
    }
}

static void assert_allowed(const struct bench *bench, const char *question)
{
    for (size_t entry = 0; entry < bench->settings->faq_count; entry++) {
        struct vetoes vetoes = vetoes_of(bench, question, entry);
        if (vetoes.forbids)
            fail_msg("\"%s\" is forbidden for %s", question,
                     bench->settings->faqs[entry].id);
    }
}

static unsigned count_of(const struct bench *bench, const char *question, enum veto veto)
{
    return vetoes_of(bench, question, 0).found[veto];
}

static int score(const struct bench *bench, const char *question)
{
    struct match match;
    faq_match(bench->index, question, false, &match);
    return match.ranked_count ? match.ranked[0].score : 0;
}

static void veto__forbids__doses(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    static const char *const questions[] = {
        "what dose should I take?",
        "Which dose of painkillers helps?",
        "what is the maximum dose",
        "is my dosage too high",
        "how many mg for a bath",
        "are 20 mg enough to rest",
        "how many milligrams of it",
        "I take a double dose, does a rest help?",
        "Is a bath fine? And how warm? What dosage?",
    };
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        assert_forbidden(&bench, questions[i]);
    close_bench(&bench);
}

static void veto__forbids__doses_that_begin_a_question(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    assert_forbidden(&bench, "Dose of painkillers?");
    assert_forbidden(&bench, "dose for the tablets");
    close_bench(&bench);
}

static void veto__forbids__amounts_written_in_one(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    assert_forbidden(&bench, "should a rest help with 400mg");
    assert_forbidden(&bench, "is 50mcg right");
    close_bench(&bench);
}

static void veto__forbids__a_drug_in_ones_own_case(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    static const char *const questions[] = {
        "can I mix ibuprofen with wine",    "which painkillers and tablets can I combine",
        "Are ibuprofen and naproxen used?", "are tablets safe when pregnant",
        "can I stop taking my painkillers", "how many tablets can I take",
        "how often are painkillers used",   "should I take antidepressants and rest",
    };
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        assert_forbidden(&bench, questions[i]);
    close_bench(&bench);
}

/* A drug by name beside any other: no word such as "mix" is needed. */
static void veto__forbids__one_drug_beside_another(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    assert_forbidden(&bench, "can I drink wine with my tablets");
    assert_forbidden(&bench, "can I have ibuprofen with my blood pressure tablets");
    close_bench(&bench);
}

/* Who types badly means the same drug. */
static void veto__forbids__what_is_meant_in_spite_of_slips(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    assert_forbidden(&bench, "how many tabelts can I take");
    assert_forbidden(&bench, "are painkilers safe when pregnant");
    close_bench(&bench);
}

static void veto__allows__drugs_in_general_and_care_without_them(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    static const char *const questions[] = {
        "Which painkillers are used?", "are there tablets for it",
        "how much does a rest help",   "is a warm bath safe when pregnant",
        "can I mix a bath and a rest", "how often should I take a bath",
        "can I stop resting",          "does ibuprofen help",
    };
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        assert_allowed(&bench, questions[i]);
    close_bench(&bench);
}

static void veto__reads__dose_for_does(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    assert_allowed(&bench, "dose a rest help");
    assert_allowed(&bench, "how much dose a rest help");
    assert_allowed(&bench, "when dose it help");
    assert_allowed(&bench, "why dose a bath help");
    assert_forbidden(&bench, "the usual dose");
    assert_forbidden(&bench, "is that dose right");
    close_bench(&bench);
}

static void veto__is_lifted__for_what_an_entry_asks_itself(void **state)
{
    (void)state;
    struct bench bench = open_bench(
        FAQ ENTRY("wine", "Can I mix wine and my tablets?") "also = Is there a usual "
                                                            "dose of sunshine?\n");
    struct match match;
    static const char *const questions[] = {"Can I mix wine and my tablets?",
                                            "can I mix wine and tablets",
                                            "is there a usual dose of sunshine"};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        faq_match(bench.index, questions[i], false, &match);
        assert_int_equal(match.decision, DECIDE_ANSWER);
        assert_string_equal(bench.settings->faqs[match.ranked[0].faq].id, "wine");
    }
    close_bench(&bench);
}

/* `words` lead to an entry; they ask nothing. */
static void veto__is_not_lifted__by_words_of_an_entry(void **state)
{
    (void)state;
    struct bench bench =
        open_bench(FAQ "words = mix wine and tablets, usual dose, how many tablets\n");
    assert_forbidden(&bench, "can I mix wine and my tablets");
    assert_forbidden(&bench, "what is the usual dose");
    assert_forbidden(&bench, "how many tablets can I take");
    close_bench(&bench);
}

/* That one question about tablets is answered opens no door for others. */
static void veto__is_not_lifted__for_what_no_entry_asks(void **state)
{
    (void)state;
    struct bench bench =
        open_bench(FAQ ENTRY("forever", "Do I have to swallow tablets forever?")
                       ENTRY("wine", "Can I mix wine and my tablets?"));
    struct match match;
    faq_match(bench.index, "do I have to swallow tablets forever", false, &match);
    assert_int_equal(match.decision, DECIDE_ANSWER);
    assert_forbidden(&bench, "how many tablets can I take");
    assert_forbidden(&bench, "are tablets safe when pregnant");
    assert_forbidden(&bench, "can I mix wine and ibuprofen");
    close_bench(&bench);
}

static void veto__only_doubts__animals_illnesses_and_far_subjects(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ);
    static const struct {
        const char *question, *plain; /* with another foreign word of its kind */
        enum veto veto;
    } cases[] = {
        {"how warm should a bath be for my dog", "how warm should a bath be for my zorb",
         VETO_ANIMAL},
        {"how warm should a bath be with asthma",
         "how warm should a bath be with quandle", VETO_ILLNESS},
        {"how warm should a bath be for a batman",
         "how warm should a bath be for a quandle", VETO_ELSEWHERE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(count_of(&bench, cases[i].question, cases[i].veto), 1);
        assert_int_equal(count_of(&bench, cases[i].plain, cases[i].veto), 0);
        assert_allowed(&bench, cases[i].question);
        assert_true(score(&bench, cases[i].question) < score(&bench, cases[i].plain));
        assert_true(score(&bench, cases[i].question) > 0);
    }
    close_bench(&bench);
}

static void veto__does_not_count__what_an_entry_asks_about(void **state)
{
    (void)state;
    struct bench bench = open_bench(ENTRY("pets", "Does a dog help with asthma?") ENTRY(
        "bath", "How warm should a bath be?") "words = dog\n");
    const char *question = "is a dog any good with asthma";
    struct vetoes own = vetoes_of(&bench, question, 0);
    struct vetoes other = vetoes_of(&bench, question, 1);
    assert_int_equal(own.found[VETO_ANIMAL] + own.found[VETO_ILLNESS], 0);
    assert_int_equal(other.found[VETO_ANIMAL], 1); /* `words` are no question */
    assert_int_equal(other.found[VETO_ILLNESS], 1);
    close_bench(&bench);
}

static void veto__takes__words_of_the_config(void **state)
{
    (void)state;
    struct bench bench = open_bench(FAQ "[vetoes]\nelsewhere = zorb, Blu-ray\n"
                                        "elsewhere =\n  quandle house, don't zip\n");
    struct bench without = open_bench(FAQ);
    assert_int_equal(count_of(&bench, "how warm is a ZORB", VETO_ELSEWHERE), 1);
    assert_int_equal(count_of(&bench, "a blu-ray or a Blu ray", VETO_ELSEWHERE), 2);
    assert_int_equal(count_of(&bench, "the quandle house", VETO_ELSEWHERE), 1);
    assert_int_equal(count_of(&bench, "the quandle. House of it", VETO_ELSEWHERE), 0);
    assert_int_equal(count_of(&bench, "a quandle", VETO_ELSEWHERE), 0);
    assert_int_equal(count_of(&bench, "dont zip it", VETO_ELSEWHERE), 1);
    assert_int_equal(count_of(&without, "how warm is a zorb", VETO_ELSEWHERE), 0);
    assert_true(score(&bench, "how warm should a bath be in a zorb") <
                score(&without, "how warm should a bath be in a zorb"));
    assert_allowed(&bench, "zorb blu-ray quandle house");
    close_bench(&bench);
    close_bench(&without);
}

/* A phrase is not made shorter, which would veto more than was asked for. */
static void veto__takes__whole_phrases_only(void **state)
{
    (void)state;
    struct bench bench =
        open_bench(FAQ "[vetoes]\nelsewhere = the house of my aunt, , !!\n");
    assert_int_equal(count_of(&bench, "the house of my friend", VETO_ELSEWHERE), 0);
    close_bench(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(veto__forbids__doses),
        cmocka_unit_test(veto__forbids__doses_that_begin_a_question),
        cmocka_unit_test(veto__forbids__amounts_written_in_one),
        cmocka_unit_test(veto__forbids__a_drug_in_ones_own_case),
        cmocka_unit_test(veto__forbids__one_drug_beside_another),
        cmocka_unit_test(veto__forbids__what_is_meant_in_spite_of_slips),
        cmocka_unit_test(veto__allows__drugs_in_general_and_care_without_them),
        cmocka_unit_test(veto__reads__dose_for_does),
        cmocka_unit_test(veto__is_lifted__for_what_an_entry_asks_itself),
        cmocka_unit_test(veto__is_not_lifted__by_words_of_an_entry),
        cmocka_unit_test(veto__is_not_lifted__for_what_no_entry_asks),
        cmocka_unit_test(veto__only_doubts__animals_illnesses_and_far_subjects),
        cmocka_unit_test(veto__does_not_count__what_an_entry_asks_about),
        cmocka_unit_test(veto__takes__words_of_the_config),
        cmocka_unit_test(veto__takes__whole_phrases_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
