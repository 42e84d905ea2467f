/* commands_stem.c - which words share a stem and which do not, by family. */
#include "commands/words.h"

#include "bot/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define FAMILY_MAX 16

/* Each word shares its stem with the first. */
static const char *const families[] = {
    /* plurals and possessives */
    "baby babies babys",
    "body bodies",
    "box boxes",
    "brake brakes",
    "bus buses busses",
    "child children childrens",
    "class classes",
    "cookie cookies",
    "crisis crises",
    "dish dishes",
    "egg eggs",
    "family families",
    "fly flies flew flown flying",
    "foot feet",
    "goose geese",
    "gp gps",
    "half halves",
    "headache headaches",
    "hero heroes",
    "knife knives",
    "lens lenses",
    "man men mens",
    "mouse mice",
    "movie movies",
    "person people peoples",
    "potato potatoes",
    "quiz quizzes",
    "shelf shelves",
    "shoe shoes",
    "sky skies",
    "taxi taxis",
    "tie ties tied tying",
    "toe toes",
    "tomato tomatoes",
    "tooth teeth teething",
    "video videos",
    "virus viruses",
    "watch watches watched watching",
    "wife wives",
    "woman women womens",
    "worry worries worried worrying",
    /* verbs by rule */
    "ache aches ached aching achy",
    "add adds added adding",
    "agree agrees agreed agreeing agreement",
    "balance balanced balancing",
    "buy buys buying buyer bought",
    "call calls called calling caller",
    "care cares cared caring careful carefully carer",
    "carry carries carried carrying",
    "change changes changed changing",
    "cry cries cried crying",
    "die dies died dying",
    "dry dries dried drying dryer dryness",
    "fill fills filled filling",
    "free freed freely",
    "hope hopes hoped hoping hopeful hopefully",
    "hop hops hopped hopping",
    "lie lies lied lying lay laid lain",
    "move moves moved moving mover movement",
    "need needs needed needing",
    "owe owed owing",
    "plan plans planned planning planner",
    "play plays played playing player",
    "queue queues queuing",
    "reply replies replied replying",
    "rise rises rising risen",
    "run runs running ran runner runny",
    "scare scared scaring scary",
    "see sees seeing seen saw",
    "ski skis skiing",
    "stop stops stopped stopping",
    "swim swims swimming swam swum swimmer",
    "tire tired tiring tiredness",
    "travel travels travelled traveled travelling traveling traveller",
    "try tries tried trying",
    "use uses used using useful user usage",
    /* irregular verbs */
    "beat beats beaten beating",
    "become became becoming",
    "begin begins began begun beginning beginner",
    "bend bent bending",
    "bite bites biting bitten",
    "bleed bleeds bleeding bled",
    "blow blew blown blowing",
    "break breaks broke broken breaking breakage",
    "breastfeed breastfed breastfeeding",
    "breed bred breeding",
    "bring brings brought bringing",
    "build builds built building builder",
    "burn burns burnt burned burning",
    "catch caught catching",
    "choose chooses chose chosen choosing",
    "come came comes coming",
    "deal dealt dealing",
    "dig dug digging",
    "draw drew drawn drawing",
    "dream dreamt dreamed dreaming",
    "drink drank drunk drinking",
    "drive drove driven driving driver",
    "eat ate eaten eating",
    "fall fell fallen falling",
    "feed fed feeding feeds",
    "feel felt feeling",
    "fight fought fighting",
    "find found finding",
    "forget forgot forgotten forgetful",
    "forgive forgave forgiven",
    "freeze froze frozen freezing freezer",
    "give gave given giving",
    "go went gone going",
    "grow grew grown growing growth",
    "hang hung hanging",
    "hear heard hearing",
    "hide hid hidden hiding",
    "hold held holding holder",
    "hurt hurts hurting",
    "kill kills killed killing killer kiling kiled", /* slips */
    "keep kept keeping",
    "know knew known knowing",
    "lead led leading leader",
    "learn learnt learned learning",
    "leave leaves leaving",
    "lend lent lending",
    "live lives lived living life",
    "lose lost losing loss losses",
    "make made making",
    "mean meant meaning",
    "meet met meeting meetings",
    "mow mown mowing mower",
    "pay paid paying payment",
    "prove proven proof",
    "ride rode ridden riding rider",
    "ring rang rung ringing",
    "say said saying",
    "seek sought seeking",
    "sell sold selling seller",
    "send sent sending sender",
    "sew sewn sewing",
    "shake shook shaken shaking shaky",
    "shine shone shining",
    "shrink shrank shrunk",
    "sing sang sung singing singer",
    "sink sank sunk sinking",
    "sit sat sitting",
    "sleep slept sleeping sleepy asleep",
    "slide slid sliding",
    "sow sown sowing",
    "speak spoke spoken speaking speaker",
    "spend spent spending",
    "stand stood standing",
    "steal stole stolen",
    "stick stuck sticking sticky",
    "sting stung stinging",
    "swell swollen swelling",
    "take took taken taking",
    "teach taught teaching teacher",
    "tear tore torn tearing",
    "tell told telling",
    "think thought thinking",
    "throw threw thrown throwing",
    "understand understood understanding",
    "wake woke woken waking awake",
    "wear wore worn wearing",
    "win won winning winner",
    "write wrote written writing writer",
    /* comparison and adverbs */
    "big bigger biggest",
    "early earlier earliest",
    "easy easier easiest easily",
    "hot hotter hottest",
    "late later latest",
    "nice nicer nicest nicely",
    "old older oldest",
    "probable probably",
    "quick quicker quickly",
    "safe safer safely safety",
    "simple simply",
    "worse worst worsen",
    /* derivations */
    "accurate accuracy accurately",
    "act action acted",
    "active activity activities actively",
    "advise advice adviser",
    "allergy allergies allergic",
    "anger angry",
    "anxious anxiety",
    "apply applying application applications",
    "argue argument arguing",
    "art artist artistic",
    "arthritis arthritic",
    "asthma asthmatic",
    "available availability",
    "beauty beautiful beautifully",
    "breathe breath breathing breathless",
    "comfort comfortable",
    "complain complaint",
    "cure cured curable curing",
    "cycle cycling cyclist",
    "dark darkness darken",
    "day daily",
    "decide decision",
    "deep deepest depth",
    "deliver delivery deliveries",
    "dentist dental",
    "depress depressed depression",
    "describe description",
    "diabetes diabetic",
    "diagnose diagnosed diagnosis diagnoses diagnostic",
    "differ different difference",
    "dirt dirty",
    "disable disabled disability",
    "dizzy dizziness",
    "donate donation",
    "exhaust exhausted exhausting exhaustion",
    "fit fitness fitter",
    "fog foggy",
    "frequent frequency frequently",
    "happy happiness happily happier",
    "heal healing healed",
    "health healthy",
    "hospital hospitals hospitalised",
    "important importance importantly",
    "infect infected infection infections infectious",
    "inflame inflamed inflammation inflammatory",
    "inject injection injections",
    "injure injury injuries",
    "itch itchy itching",
    "locate location",
    "loose loosen",
    "marry marriage married",
    "medicine medicines medication medical medic",
    "member members membership",
    "mobile mobility",
    "nausea nauseous",
    "notify notification notified",
    "numb numbness",
    "oil oily",
    "pain painful pains",
    "panic panicked panicking",
    "permit permission",
    "physio physios physiotherapy physiotherapist",
    "pregnant pregnancy",
    "prescribe prescription prescriptions",
    "prevent prevention preventative preventing",
    "private privacy privately",
    "react reaction reacting",
    "recover recovery recovering",
    "relate relation related",
    "relax relaxation relaxed",
    "reliable reliability rely relied",
    "relieve relief",
    "remind reminder reminders",
    "remove removal removed",
    "rent rental rented",
    "respiratory respiration",
    "rust rusty rusting",
    "severe severely severity",
    "silent silence",
    "special specialist specialise",
    "spine spinal",
    "stiff stiffness stiffer",
    "strong stronger strength strengthen",
    "suggest suggestion",
    "surgery surgical surgeries",
    "sweat sweaty sweating",
    "symptom symptoms symptomatic",
    "taste tasty tasting",
    "tense tension",
    "therapy therapies therapist",
    "treat treatment treated",
    "true truly truth",
    "vaccine vaccinate vaccination vaccinated",
    "vary variable varied",
    "violent violence",
    "visit visitor visiting",
    "vomit vomiting vomited",
    "weak weakness weaken",
    "weigh weight weighing",
    "wheeze wheezy wheezing",
    "wood wooden woody",
    /* spellings */
    "aluminium aluminum",
    "anaemia anemia",
    "anaesthetic anesthetic",
    "analyse analyze analysis analysing",
    "apnoea apnea",
    "behaviour behavior behave behaviours",
    "catalogue catalog",
    "centre center centres",
    "coeliac celiac",
    "colour color coloured coloring colourful",
    "cosy cozy",
    "defence defense",
    "diarrhoea diarrhea",
    "dialogue dialog",
    "enquiry inquiry",
    "fibre fiber",
    "grey gray",
    "haemorrhage hemorrhage",
    "judgement judgment judge",
    "leukaemia leukemia",
    "licence license licensed",
    "metre meter metres",
    "mould mold mouldy",
    "mum mom mums moms",
    "neighbour neighbor neighbourly",
    "odour odor",
    "oedema edema",
    "oesophagus esophagus oesophageal",
    "oestrogen estrogen",
    "organise organize organising organized organisation organization",
    "paediatric pediatric",
    "practice practise practising practicing practised",
    "programme program programmes programmed",
    "pyjamas pajamas",
    "realise realize realised realizing",
    "skilful skillful skill",
    "size sizes sizing",
    "theatre theater",
    "tumour tumor tumours",
    "yoghurt yogurt",
};

/* No two of a row share a stem. */
static const char *const strangers[] = {
    "car care carry cart career carrot",
    "bus busy business",
    "part party partner depart",
    "number numb",
    "show shower",
    "ready read",
    "early ear earn earnest",
    "story store",
    "present press prevent previous presence president",
    "important import",
    "list listen",
    "several severe seven",
    "current cure curry currency",
    "both bother brother",
    "let letter",
    "body bod bode",
    "medic media medal",
    "live leave",
    "pace pass",
    "sleep slip slipper",
    "tyre tyrant",
    "good better best",
    "bad worse bed",
    "past paste pasta",
    "plan plane plant",
    "hop hope",
    "us use bus",
    "bit bite bitter",
    "cut cute",
    "mad made",
    "rat rate",
    "rid ride",
    "tap tape",
    "pin pine",
    "car scar",
    "win wine",
    "kit kite kitten kitchen",
    "hat hate",
    "not note notice",
    "far fare",
    "star stare start",
    "quit quite quiet",
    "corn corner",
    "count county country counter",
    "flow flower floor flour",
    "tow tower towel",
    "sum summer",
    "pap paper pepper",
    "wed wedding weed wednesday",
    "even evening event every ever",
    "new news knew",
    "river rival",
    "cove cover",
    "liver live",
    "let later latter",
    "mat matter mate material",
    "but butter",
    "met meter metal",
    "moth mother",
    "off offer office officer",
    "ham hammer",
    "hung hunger",
    "lad ladder lady",
    "post poster",
    "port porter portable",
    "prop proper property",
    "should shoulder",
    "sweat sweater",
    "super supper supply",
    "tend tender tent",
    "under undo",
    "even oven",
    "often off open",
    "gard garden guard",
    "doze dozen",
    "fast fasten",
    "have haven heaven",
    "line linen",
    "poll pollen",
    "chick chicken",
    "hard hardly",
    "like likely",
    "near nearly",
    "bell belly",
    "bull bully",
    "sill silly",
    "app apply apple",
    "man many manage manner",
    "arm army",
    "bun bunny",
    "bug buggy",
    "fun funny",
    "hand handy handle",
    "nap nappy",
    "pen penny",
    "pet petrol",
    "study stud student",
    "tin tiny",
    "war wary warm",
    "fair fairy",
    "hard hardy",
    "copy cop cope",
    "city cite",
    "policy police",
    "fact factory factor",
    "battery batter",
    "nurse nursery",
    "colon colony",
    "unit unity",
    "gene general generate generous",
    "organ organic organise",
    "author authority authorise",
    "person personal personality",
    "prior priority",
    "major majority",
    "custom customer",
    "minister mine minor",
    "domestic dome",
    "community communicate",
    "state station statement statistic",
    "comment come",
    "apart apartment",
    "base basement",
    "pig pigment",
    "experience experiment",
    "position positive",
    "lot lotion lottery",
    "pot potion",
    "port portion",
    "rat ration",
    "stat station",
    "act active",
    "nation native",
    "miss mission",
    "pass passion",
    "ass assist",
    "exist exit",
    "hone honest",
    "dig digest",
    "mode modest modern",
    "forest for",
    "interest internet interval",
    "inform informal",
    "internal intern",
    "later lateral",
    "ration rational",
    "object objective",
    "accident acid",
    "patient patience",
    "able unable",
    "cap cape capable",
    "disable dis",
    "pose possible impossible",
    "confident confidential",
    "celebrate celebrity",
    "desert dessert",
    "comma coma",
    "dine dinner",
    "moped mope",
    "wit witness",
    "hare harness",
    "grate grateful",
    "wide widow",
    "hole holy holly",
    "cannon canon",
    "wander wonder",
    "hear heart",
    "heat heath hit",
    "think thing thin",
    "brake break",
    "breath bread",
    "dye die",
    "role roll",
    "file fill",
    "pale pal",
    "sole sold soul",
    "tale tall tail",
    "mile mill",
    "pile pill",
    "scan scandal",
    "stick sticker",
    "test testament",
    "use useless",
    "worth worthless",
    "help helpless",
    "point pointless",
    "hope hopeless",
    "diet die",
    "sore sorry",
    "wear weary",
    "leaf leave",
};

/* Rows of the two word lists of words.h that may share a stem. */
static const char *const everyday[] = {
    "asleep sleep",     "be being",     "bored boring",     "break broken",
    "daily day",        "do doing",     "get gets getting", "go going",
    "guy guys",         "have having",  "her hers",         "honest honestly",
    "how hows",         "late later",   "let lets",         "life live",
    "lot lots",         "love lovely",  "one ones",         "other others",
    "our ours",         "paid pay",     "park parking",     "probable probably",
    "real really",      "say says",     "teeth tooth",      "thank thanks",
    "that thats",       "their theirs", "there theres",     "thing things",
    "true truth",       "use used",     "want wants",       "weigh weight",
    "what whats",       "where wheres", "who whos",         "worse worst",
    "your youre yours",
};

static const char *const endings[] = {
    "s",       "es",      "ies",       "ied",   "ed",    "eed",   "ing",     "er",
    "est",     "ier",     "iest",      "ly",    "ily",   "y",     "ment",    "ness",
    "iness",   "edness",  "ful",       "iful",  "able",  "iable", "ibility", "ability",
    "isation", "ization", "ification", "ation", "ative", "atory", "ition",   "ction",
    "tion",    "sion",    "ance",      "ancy",  "ence",  "ency",  "acy",     "itis",
    "ical",    "ial",     "ator",      "ious",  "ous",   "ity",   "ivity",   "ant",
    "ent",     "ist",     "ism",       "ive",   "ate",   "ise",   "ize",     "izing",
    "or",      "al",      "ic",        "een",   "en",    "amme",  "ogue",    "tre",
    "bre",     "ie",      "oes",       "sses",  "zzes",  "hoea",  "aemia",   "our",
    "oured",
};

/* What its words are separated by is one blank. */
static size_t read_row(const char *row, char ret_words[FAMILY_MAX][WORD_LEN])
{
    size_t count = 0;
    for (size_t len; *row; row += len + (row[len] == ' ')) {
        len = strcspn(row, " ");
        assert_true(len < WORD_LEN && count < FAMILY_MAX);
        memcpy(ret_words[count], row, len);
        ret_words[count][len] = '\0';
        count++;
    }
    return count;
}

static bool share_stem(const char *a, const char *b)
{
    char stem_a[WORD_LEN], stem_b[WORD_LEN];
    word_stem(a, stem_a);
    word_stem(b, stem_b);
    return strcmp(stem_a, stem_b) == 0;
}

static void word_stem__joins__the_forms_of_a_word(void **state)
{
    (void)state;
    size_t pairs = 0, failures = 0;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        char words[FAMILY_MAX][WORD_LEN];
        size_t count = read_row(families[i], words);
        for (size_t k = 1; k < count; k++, pairs++) {
            if (share_stem(words[0], words[k]))
                continue;
            print_error("%s and %s are brought apart\n", words[0], words[k]);
            failures++;
        }
    }
    assert_true(pairs >= 150);
    assert_int_equal(failures, 0);
}

static void word_stem__keeps_apart__words_that_look_alike(void **state)
{
    (void)state;
    size_t pairs = 0, failures = 0;
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        char words[FAMILY_MAX][WORD_LEN];
        size_t count = read_row(strangers[i], words);
        for (size_t k = 1; k < count; k++) {
            for (size_t j = 0; j < k; j++, pairs++) {
                if (!share_stem(words[j], words[k]))
                    continue;
                print_error("%s and %s are brought together\n", words[j], words[k]);
                failures++;
            }
        }
    }
    assert_true(pairs >= 150);
    assert_int_equal(failures, 0);
}

static bool is_in_one_row(const char *a, const char *b)
{
    for (size_t i = 0; i < sizeof everyday / sizeof *everyday; i++) {
        char words[FAMILY_MAX][WORD_LEN];
        size_t count = read_row(everyday[i], words);
        int found = 0;
        for (size_t k = 0; k < count; k++)
            found += strcmp(words[k], a) == 0 || strcmp(words[k], b) == 0;
        if (found == 2)
            return true;
    }
    return false;
}

/* Stems of a list; returns how many. The caller frees them. */
static size_t read_stems(const char *const *list, char (**ret_stems)[WORD_LEN])
{
    size_t count = 0;
    while (list[count] != NULL)
        count++;
    char(*stems)[WORD_LEN] = mem_alloc(count * sizeof *stems);
    for (size_t i = 0; i < count; i++)
        word_stem(list[i], stems[i]);
    *ret_stems = stems;
    return count;
}

static size_t compare_lists(const char *const *one, const char *const *other)
{
    char(*stems)[WORD_LEN], (*others)[WORD_LEN];
    size_t count = read_stems(one, &stems), other_count = read_stems(other, &others);
    size_t failures = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < other_count; k++) {
            if (strcmp(stems[i], others[k]) != 0 || strcmp(one[i], other[k]) == 0 ||
                is_in_one_row(one[i], other[k]))
                continue;
            print_error("%s and %s are brought together\n", one[i], other[k]);
            failures++;
        }
    }
    free(stems);
    free(others);
    return failures;
}

static void word_stem__keeps_apart__everyday_words(void **state)
{
    (void)state;
    assert_int_equal(compare_lists(words_common, words_common), 0);
    assert_int_equal(compare_lists(words_common, words_stop), 0);
    assert_int_equal(compare_lists(words_stop, words_stop), 0);
}

/* A stem has letters, none but a-z, no more than its word, and nothing is written
 * behind the buffer. */
static void check_stem(const char *word)
{
    struct {
        char stem[WORD_LEN];
        char guard[8];
    } result = {.guard = "guarded"};
    word_stem(word, result.stem);
    size_t len = strnlen(result.stem, WORD_LEN);
    assert_string_equal(result.guard, "guarded");
    if (len == 0 || len > strlen(word) ||
        strspn(result.stem, "abcdefghijklmnopqrstuvwxyz") != len)
        fail_msg("%s gives \"%.*s\"", word, WORD_LEN, result.stem);
}

static void check_rows(const char *const *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char words[FAMILY_MAX][WORD_LEN];
        for (size_t k = read_row(rows[i], words); k > 0; k--)
            check_stem(words[k - 1]);
    }
}

static void word_stem__is_never__empty_or_longer(void **state)
{
    (void)state;
    check_rows(families, sizeof families / sizeof *families);
    check_rows(strangers, sizeof strangers / sizeof *strangers);
    for (size_t i = 0; words_common[i] != NULL; i++)
        check_stem(words_common[i]);
    for (size_t i = 0; words_stop[i] != NULL; i++)
        check_stem(words_stop[i]);
}

static void word_stem__survives__any_pile_of_endings(void **state)
{
    (void)state;
    static const char *const starts[] = {"",   "a",  "b",   "y",    "e",     "ll",
                                         "st", "oe", "ize", "quay", "rhythm"};
    size_t count = sizeof endings / sizeof *endings;
    for (size_t i = 0; i < sizeof starts / sizeof *starts * count * count; i++) {
        char word[WORD_LEN];
        snprintf(word, sizeof word, "%s%s%s", starts[i / count / count],
                 endings[i / count % count], endings[i % count]);
        check_stem(word);
    }
}

static void word_stem__handles__the_longest_words(void **state)
{
    (void)state;
    static const char fills[] = "abeslyz";
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        for (const char *fill = fills; *fill; fill++) {
            char word[WORD_LEN];
            size_t len = strlen(endings[i]);
            memset(word, *fill, sizeof word - 1);
            memcpy(word + sizeof word - 1 - len, endings[i], len + 1);
            check_stem(word);
        }
    }
}

static void word_stem__leaves_alone__what_is_not_plain(void **state)
{
    (void)state;
    static const char *const words[] = {
        "",           "a",          "is",
        "bus",        "5htp",       "b12s",
        "covid19s",   "caf\u00e9s", "na\u00efvely",
        "z\u00fcgen", "d\u00edas",  "\u5934\u75db",
        "Running",    "x-rays",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char stem[WORD_LEN];
        word_stem(words[i], stem);
        assert_string_equal(stem, words[i]);
    }
}

static void word_stem__gives__the_same_twice(void **state)
{
    (void)state;
    char stem[WORD_LEN];
    memset(stem, 'x', sizeof stem);
    word_stem("colours", stem);
    assert_string_equal(stem, "color");
    word_stem("us", stem);
    assert_string_equal(stem, "us");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_stem__joins__the_forms_of_a_word),
        cmocka_unit_test(word_stem__keeps_apart__words_that_look_alike),
        cmocka_unit_test(word_stem__keeps_apart__everyday_words),
        cmocka_unit_test(word_stem__is_never__empty_or_longer),
        cmocka_unit_test(word_stem__survives__any_pile_of_endings),
        cmocka_unit_test(word_stem__handles__the_longest_words),
        cmocka_unit_test(word_stem__leaves_alone__what_is_not_plain),
        cmocka_unit_test(word_stem__gives__the_same_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
