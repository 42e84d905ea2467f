/* commands_match_parts.c - the parts of the matcher, each by what it promises: what a
 * slip costs, which word is meant, pairs of words, `words`, the dictionary, how sure is
 * sure enough, and the reasons given. Vetoes have a file of their own.
 */
#include "bot/base/mem.h"
#include "commands/match_index.h"
#include "commands/match_signs.h"
#include "tests/unit/commands_bench.h"

#define NO_LIMIT 100.0f

/* What [hearth] dictionary would have read. */
static void give_dictionary(struct bench *bench, const char *lines)
{
    word_list_clear(&bench->settings->known_words);
    word_list_init(&bench->settings->known_words, strlen(lines));
    word_list_add_lines(&bench->settings->known_words, lines, strlen(lines));
}

static struct match ask(const struct bench *bench, const char *question)
{
    struct match match;
    faq_match(bench->index, question, false, &match);
    return match;
}

static const char *best(const struct bench *bench, const char *question)
{
    struct match match = ask(bench, question);
    return match.ranked_count ? bench->settings->faqs[match.ranked[0].faq].id : "";
}

static void assert_best(const struct bench *bench, const char *question, const char *id)
{
    if (strcmp(best(bench, question), id) != 0)
        fail_msg("\"%s\": %s instead of %s", question, best(bench, question), id);
}

/* The score of an entry in the answer to a question; 0: not among the best. */
static int score_of(const struct bench *bench, const char *question, const char *id)
{
    struct match match = ask(bench, question);
    for (size_t i = 0; i < match.ranked_count; i++) {
        if (text_equal(bench->settings->faqs[match.ranked[i].faq].id, id))
            return match.ranked[i].score;
    }
    return 0;
}

static char *reasons(const struct bench *bench, const char *question, bool is_overheard)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    faq_explain(bench->index, question, is_overheard, &out);
    return buf_take(&out);
}

static void assert_reason(const struct bench *bench, const char *question,
                          const char *word, const char *reason)
{
    char *text = reasons(bench, question, false);
    struct strv lines;
    bool is_found = false;
    text_split(text, '\n', &lines);
    for (size_t i = 0; i < lines.count; i++)
        is_found |= text_starts(lines.items[i], word) && strstr(lines.items[i], reason);
    if (!is_found)
        fail_msg("\"%s\": no \"%s ... %s\" in:\n%s", question, word, reason, text);
    strv_clear(&lines);
    free(text);
}

/* Repairs. */

static float cost_within(const char *typed, const char *meant, float limit)
{
    struct repair_costs costs;
    repair_costs_init(&costs);
    return repair_cost(&costs, typed, strlen(typed), meant, strlen(meant), limit);
}

static float cost(const char *typed, const char *meant)
{
    return cost_within(typed, meant, NO_LIMIT);
}

static void repair_cost__is_nothing__for_the_word_itself(void **state)
{
    (void)state;
    static const char *const words[] = {"a", "saddle", "caf\xC3\xA9", "physio", "1234"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_true(cost(words[i], words[i]) <= 0);
        assert_true(cost_within(words[i], words[i], 0) <= 0);
    }
}

static void repair_cost__is_less__for_slips_of_fingers_and_ears(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        /* meant, a likely slip, an unlikely one at the same place */
        {"brakes", "barkes", "bqakes"},   /* a swap; another letter */
        {"brakes", "braakes", "braqkes"}, /* typed twice; one slipped in */
        {"saddle", "sadle", "sadde"},     /* once of two; left out */
        {"brakes", "brajes", "brapes"},   /* the key beside; one far away */
        {"brakes", "brekes", "brqkes"},   /* the wrong vowel; no vowel */
        {"physio", "fysio", "qysio"},     /* by ear */
        {"muscle", "mussle", "mustle"},   /* by ear */
        {"rhythm", "rythm", "rhythq"},    /* a mute letter */
        {"brake", "brak", "brke"},        /* the last e; another vowel */
        {"chain", "chan", "chai"},        /* a vowel; a consonant */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float likely = cost(cases[i][1], cases[i][0]);
        float unlikely = cost(cases[i][2], cases[i][0]);
        if (!(likely > 0 && likely < unlikely))
            fail_msg("%s: %s costs %.2f, %s %.2f", cases[i][0], cases[i][1],
                     (double)likely, cases[i][2], (double)unlikely);
    }
}

static void repair_cost__is_more__for_the_first_letter(void **state)
{
    (void)state;
    assert_true(cost("qrakes", "brakes") > cost("braqes", "brakes"));
    assert_true(cost("addle", "saddle") > cost("sadde", "saddle"));
    assert_true(cost("xsaddle", "saddle") > cost("sxaddle", "saddle"));
}

static void repair_cost__grows__with_every_slip(void **state)
{
    (void)state;
    assert_true(cost("bralkes", "brakes") < cost("bralkjs", "brakes"));
    assert_true(cost("bralkjs", "brakes") < cost("bqalkjs", "brakes"));
    assert_true(cost("", "brakes") > cost("b", "brakes"));
}

/* A limit saves work. It must not change a cost that lies within. */
static void repair_cost__is_the_same__whatever_the_limit(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"sadlde", "saddle"}, {"brekes", "brakes"},     {"teh", "the"},
        {"wht", "what"},      {"dairy", "diary"},       {"fysio", "physio"},
        {"membr", "member"},  {"untreatd", "untreated"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float whole = cost(cases[i][0], cases[i][1]);
        float within = cost_within(cases[i][0], cases[i][1], whole + 0.001f);
        if (within > whole || within < whole)
            fail_msg("%s for %s: %.2f, within its limit %.2f", cases[i][0], cases[i][1],
                     (double)whole, (double)within);
        assert_true(cost_within(cases[i][0], cases[i][1], whole - 0.01f) > whole - 0.01f);
    }
}

/* The letter that is swapped costs nothing until its neighbour is read. */
static void repair_cost__is_the_same__for_swaps_at_the_limit(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"barkes", "brakes"},
                                           {"adn", "and"},
                                           {"hte", "the"},
                                           {"apin", "pain"},
                                           {"angel", "angle"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float whole = cost(cases[i][0], cases[i][1]);
        float within = cost_within(cases[i][0], cases[i][1], whole + 0.001f);
        if (within > whole || within < whole)
            fail_msg("%s for %s: %.2f, within its limit %.2f", cases[i][0], cases[i][1],
                     (double)whole, (double)within);
    }
}

static void assert_repair(const struct bench *bench, const char *typed, bool is_word,
                          const char *meant)
{
    const char *found = query_repair(bench->index, typed, is_word);
    if (!text_equal(found, meant))
        fail_msg("\"%s\": %s instead of %s", typed, found ? found : "nothing",
                 meant ? meant : "nothing");
}

static void query_repair__finds__the_word_that_was_meant(void **state)
{
    (void)state;
    struct bench bench = open_bench(talk_ini);
    static const char *const cases[][2] = {
        {"sadlde", "saddle"},  {"sadle", "saddle"},      {"squael", "squeal"},
        {"emmber", "member"},  {"pucnture", "puncture"}, {"membershop", "membership"},
        {"wekend", "weekend"}, {"wintr", "winter"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_repair(&bench, cases[i][0], false, cases[i][1]);
    close_bench(&bench);
}

static void query_repair__leaves__what_is_too_far_or_too_short(void **state)
{
    (void)state;
    struct bench bench = open_bench(talk_ini);
    assert_repair(&bench, "xylophone", false, NULL);
    assert_repair(&bench, "ke", false, NULL);
    assert_repair(&bench, "", false, NULL);
    assert_repair(&bench, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", false, NULL);
    close_bench(&bench);
}

#define ENTRY(id, question) "[faq " id "]\nquestion = " question "\nanswer = So it is.\n"

static void query_repair__prefers__small_words_and_those_of_the_faq(void **state)
{
    (void)state;
    struct bench bench = open_bench(ENTRY("bet", "Who may join the wager?"));
    assert_true(word_is_common("water"));
    assert_false(word_is_common("wager"));
    /* F lies beside T and G: what the FAQ speaks of is likelier here. */
    assert_repair(&bench, "wafer", false, "wager");
    assert_repair(&bench, "watfr", false, "water"); /* the FAQ has nothing as near */
    assert_repair(&bench, "thsi", false, "this");
    assert_repair(&bench, "becuase", false, "because");
    close_bench(&bench);
}

/* A vowel left out is likelier than a Y for a T. */
static void query_repair__reads__wht_as_what(void **state)
{
    (void)state;
    struct bench bench = open_bench(ENTRY("whet", "How do I whet a knife?"));
    assert_repair(&bench, "wht", false, "what");
    close_bench(&bench);
}

/* Swapped letters are the commonest slip of all. */
static void query_repair__finds__swapped_letters_in_short_words(void **state)
{
    (void)state;
    struct bench bench = open_bench(ENTRY("heat", "Does heat lie in the api?"));
    static const char *const cases[][2] = {
        {"hwat", "what"}, {"liek", "like"}, {"adn", "and"}, {"hte", "the"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_repair(&bench, cases[i][0], false, cases[i][1]);
    close_bench(&bench);
}

/* What is a word by itself was hardly meant to be another. */
static void query_repair__nearly_leaves_alone__real_words(void **state)
{
    (void)state;
    struct bench bench = open_bench(ENTRY("oil", "How do I grease the spindle?")
                                        ENTRY("log", "What do I write into my diary?"));
    assert_repair(&bench, "swindle", false, "spindle");
    assert_repair(&bench, "swindle", true, NULL);
    assert_repair(&bench, "dairy", true, "diary");
    assert_repair(&bench, "dia", true, NULL); /* too short to tell */
    close_bench(&bench);
}

static void faq_match__reads__slips_as_what_was_meant(void **state)
{
    (void)state;
    struct bench bench = open_bench(talk_ini);
    static const char *const pairs[][2] = {
        {"wht is the membership fee", "what is the membership fee"},
        {"how high shoudl the saddle be", "how high should the saddle be"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct match slip = ask(&bench, pairs[i][0]), right = ask(&bench, pairs[i][1]);
        assert_int_equal(slip.ranked[0].faq, right.ranked[0].faq);
        assert_int_equal(slip.ranked[0].score, right.ranked[0].score);
        assert_int_equal(slip.decision, right.decision);
    }
    /* A repaired word is a little less sure than one that was typed well. */
    assert_true(score_of(&bench, "why do my barkes squeal", "brakes") <=
                score_of(&bench, "why do my brakes squeal", "brakes"));
    close_bench(&bench);
}

/* Pairs and `words`. */

static void faq_match__tells_apart__by_words_side_by_side(void **state)
{
    (void)state;
    struct bench bench =
        open_bench(ENTRY("lamp", "Where is the red lamp near the green door?")
                       ENTRY("door", "Where is the green lamp near the red door?"));
    assert_best(&bench, "the red lamp", "lamp");
    assert_best(&bench, "the green door", "lamp");
    assert_best(&bench, "the green lamp", "door");
    assert_best(&bench, "the red door", "door");
    assert_best(&bench, "is the red old lamp broken", "lamp"); /* a word between */
    close_bench(&bench);
}

#define TALLY_WORDS                                                                      \
    ENTRY("kettle", "Where does the kettle belong?")                                     \
    "words = brew corner, tea\nwords =\n  get on with\n" ENTRY(                          \
        "ladder", "Who may climb the ladder?") "words = upstairs\n"

static void faq_match__finds__entries_by_their_words(void **state)
{
    (void)state;
    struct bench with = open_bench(TALLY_WORDS);
    struct bench without = open_bench(ENTRY("kettle", "Where does the kettle belong?")
                                          ENTRY("ladder", "Who may climb the ladder?"));
    assert_best(&with, "tea", "kettle");
    assert_best(&with, "upstairs", "ladder");
    assert_best(&with, "that brew corner", "kettle");
    assert_string_not_equal(best(&without, "that brew corner"), "kettle");
    /* Small words that somebody put side by side on purpose count as a pair. */
    assert_int_not_equal(index_find_pair(with.index, "get", "on"), NO_TERM);
    assert_int_equal(index_find_pair(without.index, "get", "on"), NO_TERM);
    close_bench(&with);
    close_bench(&without);
}

static void faq_match__holds__words_of_the_question_above_those_of_the_answer(
    void **state)
{
    (void)state;
    struct bench bench = open_bench("[faq a]\nquestion = Where is the lantern?\n"
                                    "answer = Behind the curtain.\n"
                                    "[faq b]\nquestion = Where is the curtain?\n"
                                    "answer = Behind the lantern.\n");
    assert_best(&bench, "lantern", "a");
    assert_best(&bench, "curtain", "b");
    close_bench(&bench);
}

static void synonyms__lead__from_word_and_phrase_to_the_entry(void **state)
{
    (void)state;
    struct bench bench = open_bench(ENTRY("pram", "Where do I leave the pram?") ENTRY(
        "coat",
        "Where do I hang the coat?") "[synonyms]\nsame = pram, zibble, pushing thing\n");
    assert_best(&bench, "zibble", "pram");
    assert_best(&bench, "the pushing thing", "pram");
    assert_string_equal(best(&bench, "that gadget"), "");
    /* As written counts more than by a synonym. */
    assert_true(score_of(&bench, "leave the zibble", "pram") <=
                score_of(&bench, "leave the pram", "pram"));
    close_bench(&bench);
}

/* The dictionary. */

static void dictionary__keeps__real_words_from_being_repaired(void **state)
{
    (void)state;
    const char *ini = ENTRY("spindle", "How do I clean the spindle?")
        ENTRY("lantern", "How do I hang the lantern?");
    struct bench bench = open_bench(ini);
    const char *question = "how do I clean the swindle";
    assert_reason(&bench, question, "swindle", "taken for a slip of");
    int unlisted = score_of(&bench, question, "spindle");
    give_dictionary(&bench, "Swindle\nother\n");
    assert_reason(&bench, question, "in no entry:", "swindle");
    assert_true(score_of(&bench, question, "spindle") < unlisted);
    /* It knows whether a word is one, not what it means. */
    assert_best(&bench, "clean the spnidle", "spindle");
    close_bench(&bench);
}

/* Words of a message come without accents; those of a list must meet them. */
static void dictionary__knows__words_with_accents(void **state)
{
    (void)state;
    struct bench bench = open_bench(ENTRY("spindle", "How do I clean the spindle?")
                                        ENTRY("lantern", "How do I hang the lantern?"));
    give_dictionary(&bench, "Sw\xC3\xADndle\n");
    assert_reason(&bench, "clean the sw\xC3\xADndle", "in no entry:", "swindle");
    close_bench(&bench);
}

/* How sure is sure enough. */

static const char *const many_questions[] = {
    "how high should the saddle be",
    "saddle",
    "where is the saddle",
    "my saddle hurts on long rides in winter",
    "what does it cost",
    "do you lend saddles",
    "lost",
    "is the workshop open in winter",
    "can I bring my bike",
    "brakes and chain",
    "how do I look after my brakes",
    "a puncture on Sunday",
    "is there a fee for the weekend",
    "wheel",
    "squeal squeal",
    "I would like to become somebody else",
    "my aunt has a key",
    "what about the oil",
};

/* `least`: where an answer begins. */
static void assert_thresholds(const struct bench *bench, int least)
{
    for (size_t i = 0; i < sizeof many_questions / sizeof *many_questions; i++) {
        struct match open = ask(bench, many_questions[i]), overheard;
        faq_match(bench->index, many_questions[i], true, &overheard);
        int score = open.ranked_count ? open.ranked[0].score : 0;
        enum decision expected = score >= least ? DECIDE_ANSWER
                                 : score >= 200 ? DECIDE_SUGGEST
                                                : DECIDE_NONE;
        if (open.decision != expected)
            fail_msg("\"%s\": score %d gives %d", many_questions[i], score,
                     open.decision);
        assert_int_not_equal(overheard.decision, DECIDE_SUGGEST);
        assert_true(overheard.decision == DECIDE_NONE ||
                    overheard.ranked[0].score >= 800);
        for (size_t k = 1; k < open.ranked_count; k++)
            assert_true(open.ranked[k].score <= open.ranked[k - 1].score);
    }
}

static char *with_words(const char *ini, size_t count)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    buf_add_text(&text, ini);
    for (size_t faq = 0; faq < 2; faq++) {
        buf_addf(&text, "[faq more%zu]\nquestion = Why more%zu?\nanswer = So.\n", faq,
                 faq);
        for (size_t i = 0; i < count; i++)
            buf_addf(&text, "words = zq%zuv%zu\n", faq, i);
    }
    return buf_take(&text);
}

static void faq_match__answers__at_a_threshold_that_grows_with_the_wordings(void **state)
{
    (void)state;
    char *ini = with_words(talk_ini, 2000);
    struct bench bare = open_bench(talk_ini), rich = open_bench(ini);
    assert_true(index_richness(bare.index) > 0);
    assert_true(index_richness(bare.index) < index_richness(rich.index));
    assert_true(index_richness(rich.index) >= 1 && index_richness(rich.index) <= 1);
    assert_thresholds(&rich, 660); /* plenty of wordings */
    /* Between the thresholds, in proportion. */
    assert_thresholds(&bare, 500 + (int)(index_richness(bare.index) * 160));
    free(ini);
    close_bench(&bare);
    close_bench(&rich);
}

static void match_signs_chance__follows__what_speaks_for_and_against(void **state)
{
    (void)state;
    static const enum sign for_it[] = {SIGN_COVER, SIGN_SHARE, SIGN_LEAD, SIGN_KNOWN};
    static const enum sign against[] = {
        SIGN_FOREIGN,   SIGN_FOREIGN_PART,  SIGN_OTHER,
        SIGN_TAIL,      SIGN_ANIMAL,        SIGN_ILLNESS,
        SIGN_ELSEWHERE, SIGN_SHORT_ILLNESS, SIGN_SHORT_ELSEWHERE};
    for (size_t i = 0; i < sizeof for_it / sizeof *for_it; i++) {
        float signs[SIGN_COUNT] = {[SIGN_ONE] = 1};
        int before = match_signs_chance(signs);
        signs[for_it[i]] = 1;
        assert_true(match_signs_chance(signs) > before);
        assert_in_range(match_signs_chance(signs), 0, 1000);
    }
    for (size_t i = 0; i < sizeof against / sizeof *against; i++) {
        float signs[SIGN_COUNT] = {[SIGN_ONE] = 1};
        int before = match_signs_chance(signs);
        signs[against[i]] = 1;
        assert_true(match_signs_chance(signs) < before);
        assert_in_range(match_signs_chance(signs), 0, 1000);
    }
}

/* The more of a question is there, the surer it is; the more is foreign, the less. */
static void faq_match__is_surer__the_more_of_a_question_it_knows(void **state)
{
    (void)state;
    struct bench bench = open_bench(talk_ini);
    static const char *const growing[] = {"how high should zorb quandle fip",
                                          "how high should the saddle fip",
                                          "how high should the saddle be"};
    for (size_t i = 1; i < sizeof growing / sizeof *growing; i++)
        assert_true(score_of(&bench, growing[i], "saddle-height") >
                    score_of(&bench, growing[i - 1], "saddle-height"));
    static const char *const drowning[] = {
        "how high should the saddle be", "how high should the saddle be zorb",
        "how high should the saddle be zorb quandle",
        "how high should the saddle be zorb quandle fip"};
    for (size_t i = 1; i < sizeof drowning / sizeof *drowning; i++)
        assert_true(score_of(&bench, drowning[i], "saddle-height") <
                    score_of(&bench, drowning[i - 1], "saddle-height"));
    close_bench(&bench);
}

/* Reasons. */

static void faq_explain__tells__how_each_word_was_read(void **state)
{
    (void)state;
    struct bench bench = open_bench(
        ENTRY("puncture", "How do I repair a puncture?")
            ENTRY("quandlewick",
                  "Where is the quandlewick?") "[synonyms]\nsame = repair, zibble\n");
    char *text = reasons(&bench, "how do I zibble a puncutre frobnitz", false);
    assert_true(text_starts(text, "    puncture, score 0."));
    free(text);
    const char *question = "zibble puncutre quandle frobnitz";
    assert_reason(&bench, "the puncture", "puncture", "as written");
    assert_reason(&bench, question, "puncutre", "taken for a slip of");
    assert_reason(&bench, question, "zibble", "means the same as \"repair\"");
    assert_reason(&bench, question, "quandle", "short for");
    assert_reason(&bench, question, "in no entry:", "frobnitz");
    text = reasons(&bench, "what is that", false);
    assert_null(strstr(text, "in no entry")); /* words of grammar are nobody's */
    free(text);
    close_bench(&bench);
}

/* Whoever reads it wrote the words, not the stems. */
static void faq_explain__names__words_as_people_write_them(void **state)
{
    (void)state;
    struct bench bench =
        open_bench(ENTRY("puncture", "How do I repair a puncture?") ENTRY(
            "battery", "Where is the battery?") "[synonyms]\nsame = battery, zibble\n");
    assert_reason(&bench, "the puncutre", "puncutre", "slip of \"puncture\"");
    assert_reason(&bench, "the zibble", "zibble", "the same as \"battery\"");
    close_bench(&bench);
}

static void faq_explain__tells__why_a_question_is_left_alone(void **state)
{
    (void)state;
    struct bench bench = open_bench(talk_ini);
    char *text = reasons(&bench, "what dose of ibuprofen for the saddle", false);
    assert_non_null(strstr(text, "left alone"));
    assert_non_null(strstr(text, "dose"));
    free(text);
    text = reasons(&bench, "I mended my flat tyre", true);
    assert_non_null(strstr(text, "left alone"));
    assert_non_null(strstr(text, "overheard"));
    free(text);
    text = reasons(&bench, "I mended my flat tyre", false);
    assert_null(strstr(text, "left alone"));
    free(text);
    text = reasons(&bench, "how high should the saddle be", false);
    assert_null(strstr(text, "left alone"));
    free(text);
    close_bench(&bench);
}

static void faq_explain__says_nothing__of_nothing(void **state)
{
    (void)state;
    struct bench bench = open_bench(talk_ini), empty = open_bench("");
    char *text = reasons(&bench, "", false);
    assert_string_equal(text, "");
    free(text);
    text = reasons(&empty, "how high should the saddle be", false);
    assert_null(strstr(text, "score"));
    free(text);
    close_bench(&bench);
    close_bench(&empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repair_cost__is_nothing__for_the_word_itself),
        cmocka_unit_test(repair_cost__is_less__for_slips_of_fingers_and_ears),
        cmocka_unit_test(repair_cost__is_more__for_the_first_letter),
        cmocka_unit_test(repair_cost__grows__with_every_slip),
        cmocka_unit_test(repair_cost__is_the_same__whatever_the_limit),
        cmocka_unit_test(repair_cost__is_the_same__for_swaps_at_the_limit),
        cmocka_unit_test(query_repair__finds__the_word_that_was_meant),
        cmocka_unit_test(query_repair__leaves__what_is_too_far_or_too_short),
        cmocka_unit_test(query_repair__prefers__small_words_and_those_of_the_faq),
        cmocka_unit_test(query_repair__reads__wht_as_what),
        cmocka_unit_test(query_repair__finds__swapped_letters_in_short_words),
        cmocka_unit_test(query_repair__nearly_leaves_alone__real_words),
        cmocka_unit_test(faq_match__reads__slips_as_what_was_meant),
        cmocka_unit_test(faq_match__tells_apart__by_words_side_by_side),
        cmocka_unit_test(faq_match__finds__entries_by_their_words),
        cmocka_unit_test(
            faq_match__holds__words_of_the_question_above_those_of_the_answer),
        cmocka_unit_test(synonyms__lead__from_word_and_phrase_to_the_entry),
        cmocka_unit_test(dictionary__keeps__real_words_from_being_repaired),
        cmocka_unit_test(dictionary__knows__words_with_accents),
        cmocka_unit_test(faq_match__answers__at_a_threshold_that_grows_with_the_wordings),
        cmocka_unit_test(match_signs_chance__follows__what_speaks_for_and_against),
        cmocka_unit_test(faq_match__is_surer__the_more_of_a_question_it_knows),
        cmocka_unit_test(faq_explain__tells__how_each_word_was_read),
        cmocka_unit_test(faq_explain__names__words_as_people_write_them),
        cmocka_unit_test(faq_explain__tells__why_a_question_is_left_alone),
        cmocka_unit_test(faq_explain__says_nothing__of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
