/* stem.c - word_stem: what inflections and spellings of an English word share.
 *
 * Tables of endings in the manner of Porter's (1980): plurals and spellings, verb
 * forms, then up to three derivations, each cut only where enough is left. "Enough"
 * counts runs of vowels with consonants behind them, as he does: "tr-ee" has none,
 * "tr-oubl-e" one, "tr-oubl-es" two. So "infection" loses its ending and "lotion"
 * does not.
 *
 * What no rule can know stands in two lists, looked up between the steps: forms with
 * another base ("bought"), and words whose last letters only look like an ending
 * ("number", "shower"). The shorter of two words stands for both (feed, fed), so that
 * a stem is never longer than its word. It need not be a word itself: both sides of
 * every comparison go through here.
 */
#include "commands/words.h"

#include <stdlib.h>
#include <string.h>

struct ending {
    const char *text, *replacement;
    size_t len;   /* of the text */
    size_t least; /* runs of vowels closed by consonants that must be left */
};

struct form {
    const char *word, *base;
};

/* clang-format off */
#define ENDING(text, replacement, least) {text, replacement, sizeof(text) - 1, least}

/* Sorted. The base may itself be a form the rules know. */
static const struct form irregular[] = {
    {"ability", "able"}, {"achey", "ache"}, {"achy", "ache"}, {"admission", "admit"},
    {"advice", "advise"}, {"aeroplane", "airplane"}, {"agreed", "agree"},
    {"aluminium", "aluminum"}, {"amongst", "among"}, {"analysis", "analyse"},
    {"analyst", "analyse"}, {"angry", "anger"}, {"anxiety", "anxious"},
    {"applicable", "apply"}, {"applicant", "apply"}, {"application", "apply"},
    {"argument", "argue"}, {"asleep", "sleep"}, {"assumption", "assume"},
    {"asthmatic", "asthma"}, {"ate", "eat"}, {"awake", "wake"}, {"bacterial", "bacteria"},
    {"bacterium", "bacteria"}, {"beaten", "beat"}, {"became", "become"},
    {"began", "begin"}, {"begun", "begin"}, {"behavior", "behave"},
    {"behaviour", "behave"}, {"belief", "believ"}, {"beneficial", "benefit"},
    {"bent", "bend"}, {"bitten", "bite"}, {"bleed", "bled"}, {"blew", "blow"},
    {"blockage", "block"}, {"bloody", "blood"}, {"blown", "blow"}, {"bony", "bone"},
    {"borne", "bear"}, {"bought", "buy"}, {"breakage", "break"},
    {"breastfeed", "breastfed"}, {"breathless", "breath"}, {"breed", "bred"},
    {"broke", "break"}, {"broken", "break"}, {"brought", "bring"}, {"built", "build"},
    {"bumpy", "bump"}, {"burial", "bury"}, {"burnt", "burn"}, {"buses", "bus"},
    {"busses", "bus"}, {"calves", "calf"}, {"came", "come"}, {"catalogued", "catalog"},
    {"cataloguing", "catalog"}, {"caught", "catch"}, {"cautious", "caution"},
    {"central", "centre"}, {"certainty", "certain"}, {"children", "child"},
    {"chilly", "chill"}, {"chose", "choos"}, {"chosen", "choos"}, {"closure", "close"},
    {"cloudy", "cloud"}, {"clung", "cling"}, {"coastal", "coast"},
    {"comparison", "compare"}, {"competitor", "compete"}, {"complaint", "complain"},
    {"consumption", "consume"}, {"cosy", "cozy"}, {"crampy", "cramp"},
    {"creaky", "creak"}, {"creation", "create"}, {"creative", "create"},
    {"creator", "create"}, {"crept", "creep"}, {"crises", "crisis"},
    {"curiosity", "curious"}, {"cuting", "cut"}, {"dealt", "deal"},
    {"decision", "decide"}, {"defence", "defense"}, {"denial", "deny"},
    {"dentist", "dental"}, {"dentistry", "dental"}, {"departure", "depart"},
    {"depth", "deep"}, {"description", "describe"}, {"descriptive", "describe"},
    {"diabetes", "diabetic"}, {"diagnosis", "diagnose"}, {"diagnostic", "diagnose"},
    {"died", "die"}, {"dies", "die"}, {"dietary", "diet"}, {"dietitian", "dietician"},
    {"dirty", "dirt"}, {"disclosure", "disclose"}, {"division", "divide"},
    {"doughnut", "donut"}, {"drafty", "draft"}, {"drainage", "drain"}, {"drank", "drink"},
    {"draught", "draft"}, {"draughty", "draft"}, {"drawn", "draw"}, {"dreamt", "dream"},
    {"drew", "draw"}, {"dried", "dry"}, {"dries", "dry"}, {"driven", "drive"},
    {"droped", "drop"}, {"droping", "drop"}, {"drove", "drive"}, {"drunk", "drink"},
    {"dryer", "dry"}, {"dug", "dig"}, {"dusty", "dust"}, {"dyed", "dye"},
    {"dyeing", "dye"}, {"dying", "die"}, {"eaten", "eat"}, {"employee", "employ"},
    {"enclosure", "enclose"}, {"enquire", "inquire"}, {"enquiry", "inquiry"},
    {"epileptic", "epilepsy"}, {"erasure", "erase"}, {"esophageal", "esophag"},
    {"esophagus", "esophag"}, {"exhibition", "exhibit"}, {"exposure", "expose"},
    {"eyed", "eye"}, {"failure", "fail"}, {"fallen", "fall"}, {"faulty", "fault"},
    {"feed", "fed"}, {"feet", "foot"}, {"fell", "fall"}, {"felt", "feel"},
    {"filthy", "filth"}, {"financial", "finance"}, {"flaky", "flake"}, {"flee", "fled"},
    {"flew", "fly"}, {"flown", "fly"}, {"foggy", "fog"}, {"forgave", "forgive"},
    {"forgiven", "forgive"}, {"forgot", "forget"}, {"forgotten", "forget"},
    {"fought", "fight"}, {"found", "find"}, {"freed", "free"}, {"freely", "free"},
    {"froze", "freez"}, {"frozen", "freez"}, {"furry", "fur"}, {"fuzzy", "fuzz"},
    {"gases", "gas"}, {"gasses", "gas"}, {"gave", "give"}, {"geese", "goose"},
    {"generation", "generate"}, {"generator", "generate"}, {"genetic", "gene"},
    {"gently", "gentle"}, {"geting", "get"}, {"given", "give"}, {"global", "globe"},
    {"gluing", "glue"}, {"gone", "go"}, {"gps", "gp"}, {"greasy", "grease"},
    {"grew", "grow"}, {"grey", "gray"}, {"grown", "grow"}, {"growth", "grow"},
    {"guaranteed", "guarantee"}, {"guidance", "guide"}, {"guilty", "guilt"},
    {"hairy", "hair"}, {"halves", "half"}, {"healthy", "health"}, {"heard", "hear"},
    {"held", "hold"}, {"herbal", "herb"}, {"hereditary", "heredity"}, {"hidden", "hid"},
    {"hide", "hid"}, {"hooves", "hoof"}, {"hung", "hang"}, {"hungry", "hunger"},
    {"hygienist", "hygiene"}, {"icy", "ice"}, {"introduction", "introduce"},
    {"itchy", "itch"}, {"jewellery", "jewelry"}, {"judgement", "judge"},
    {"judgment", "judge"}, {"juicy", "juice"}, {"kept", "keep"}, {"kerb", "curb"},
    {"kiled", "kill"}, {"kiling", "kill"}, {"knew", "know"}, {"knives", "knife"},
    {"known", "know"}, {"laid", "lie"}, {"lain", "lie"}, {"laughter", "laugh"},
    {"lay", "lie"}, {"lead", "led"}, {"leakage", "leak"}, {"leaky", "leak"},
    {"leant", "lean"}, {"leapt", "leap"}, {"learnt", "learn"}, {"lenses", "lens"},
    {"lent", "lend"}, {"lice", "lous"}, {"licence", "license"}, {"lied", "lie"},
    {"lies", "lie"}, {"life", "live"}, {"loaves", "loaf"}, {"loss", "lose"},
    {"losses", "lose"}, {"lost", "lose"}, {"lucky", "luck"}, {"lumpy", "lump"},
    {"lying", "lie"}, {"made", "make"}, {"maintenance", "maintain"},
    {"manoeuvre", "maneuver"}, {"marriage", "marry"}, {"meant", "mean"},
    {"medicinal", "medic"}, {"medicine", "medic"}, {"medicines", "medic"},
    {"meet", "met"}, {"membership", "member"}, {"men", "man"}, {"menus", "menu"},
    {"messy", "mess"}, {"mice", "mous"}, {"milky", "milk"}, {"mistaken", "mistake"},
    {"mistook", "mistake"}, {"mixture", "mix"}, {"moderation", "moderate"},
    {"moderator", "moderate"}, {"moldy", "mold"}, {"mom", "mum"}, {"mommy", "mummy"},
    {"moody", "mood"}, {"mossy", "moss"}, {"mould", "mold"}, {"mouldy", "mold"},
    {"moustache", "mustache"}, {"mown", "mow"}, {"muddy", "mud"}, {"nauseous", "nausea"},
    {"noisy", "noise"}, {"odour", "odor"}, {"oesophageal", "esophag"},
    {"oesophagus", "esophag"}, {"offence", "offense"}, {"oily", "oil"},
    {"organiser", "organise"}, {"organizer", "organise"}, {"overcame", "overcome"},
    {"owed", "owe"}, {"owing", "owe"}, {"paid", "pay"}, {"pajamas", "pajama"},
    {"panicked", "panic"}, {"panicking", "panic"}, {"people", "person"},
    {"percentage", "percent"}, {"permission", "permit"}, {"pharmacist", "pharmacy"},
    {"physiotherapist", "physio"}, {"physiotherapy", "physio"}, {"pies", "pie"},
    {"plough", "plow"}, {"postage", "post"}, {"postal", "post"}, {"practice", "practise"},
    {"practiced", "practise"}, {"practicing", "practise"}, {"prescription", "prescribe"},
    {"problematic", "problem"}, {"proof", "prove"}, {"proven", "prove"},
    {"puffy", "puff"}, {"puting", "put"}, {"pyjama", "pajama"}, {"pyjamas", "pajama"},
    {"queuing", "queue"}, {"quizzed", "quiz"}, {"quizzes", "quiz"}, {"rainy", "rain"},
    {"ran", "run"}, {"rang", "ring"}, {"ranged", "range"}, {"ranging", "range"},
    {"reduction", "reduce"}, {"relief", "reliev"}, {"remainder", "remain"},
    {"rental", "rent"}, {"ridden", "ride"}, {"risen", "rise"}, {"rode", "ride"},
    {"rung", "ring"}, {"runing", "run"}, {"runny", "run"}, {"rusty", "rust"},
    {"safety", "safe"}, {"said", "say"}, {"salty", "salt"}, {"sang", "sing"},
    {"sank", "sink"}, {"sat", "sit"}, {"satisfaction", "satisfy"}, {"saw", "see"},
    {"scarves", "scarf"}, {"scary", "scare"}, {"sceptic", "skeptic"},
    {"scratchy", "scratch"}, {"seen", "see"}, {"selves", "self"}, {"sent", "send"},
    {"severity", "severe"}, {"sewn", "sew"}, {"shady", "shade"}, {"shaken", "shake"},
    {"shaky", "shake"}, {"shelves", "shelf"}, {"shone", "shine"}, {"shook", "shake"},
    {"shown", "show"}, {"shrank", "shrink"}, {"shrunk", "shrink"}, {"simply", "simple"},
    {"skilful", "skill"}, {"skillful", "skill"}, {"skis", "ski"}, {"sleepless", "sleep"},
    {"sleepy", "sleep"}, {"slept", "sleep"}, {"slide", "slid"}, {"slippery", "slip"},
    {"smelly", "smell"}, {"smelt", "smell"}, {"smoky", "smoke"}, {"snowy", "snow"},
    {"soapy", "soap"}, {"sold", "sell"}, {"sought", "seek"}, {"sown", "sow"},
    {"speciality", "special"}, {"specialty", "special"}, {"speed", "sped"},
    {"spelt", "spell"}, {"spent", "spend"}, {"spicy", "spice"}, {"spilt", "spill"},
    {"spinal", "spine"}, {"spoilt", "spoil"}, {"spoke", "speak"}, {"spoken", "speak"},
    {"sprang", "spring"}, {"sprung", "spring"}, {"spun", "spin"}, {"squeaky", "squeak"},
    {"sticky", "stick"}, {"stole", "steal"}, {"stolen", "steal"}, {"stood", "stand"},
    {"stoped", "stop"}, {"stoping", "stop"}, {"storage", "store"}, {"stormy", "storm"},
    {"strength", "strong"}, {"strove", "strive"}, {"stuck", "stick"}, {"stuffy", "stuff"},
    {"stung", "sting"}, {"subscription", "subscribe"}, {"sulphur", "sulfur"},
    {"sung", "sing"}, {"sunk", "sink"}, {"sunny", "sun"}, {"surgical", "surgery"},
    {"swam", "swim"}, {"sweaty", "sweat"}, {"swept", "sweep"}, {"swiming", "swim"},
    {"swollen", "swell"}, {"swore", "swear"}, {"sworn", "swear"}, {"swum", "swim"},
    {"swung", "swing"}, {"symptomatic", "symptom"}, {"systematic", "system"},
    {"taken", "take"}, {"tasty", "taste"}, {"taught", "teach"}, {"taxis", "taxi"},
    {"teeth", "tooth"}, {"tension", "tense"}, {"therapeutic", "therapy"},
    {"thieves", "thief"}, {"thirsty", "thirst"}, {"thought", "think"}, {"threw", "throw"},
    {"thrown", "throw"}, {"tied", "tie"}, {"ties", "tie"}, {"tingly", "tingle"},
    {"told", "tell"}, {"took", "take"}, {"tore", "tear"}, {"torn", "tear"},
    {"traumatic", "trauma"}, {"tricky", "trick"}, {"trodden", "tread"},
    {"truing", "true"}, {"truly", "true"}, {"truth", "true"}, {"twitchy", "twitch"},
    {"tying", "tie"}, {"uncertainty", "uncertain"}, {"undergone", "undergo"},
    {"understood", "understand"}, {"underwent", "undergo"}, {"undid", "undo"},
    {"undone", "undo"}, {"usage", "use"}, {"vaginal", "vagina"}, {"warmth", "warm"},
    {"weedy", "weed"}, {"weight", "weigh"}, {"went", "go"}, {"wept", "weep"},
    {"wheezy", "wheeze"}, {"wholly", "whole"}, {"width", "wide"}, {"windy", "wind"},
    {"withdrawn", "withdraw"}, {"withdrew", "withdraw"}, {"wives", "wife"},
    {"wobbly", "wobble"}, {"woke", "wake"}, {"woken", "wake"}, {"wolves", "wolf"},
    {"women", "woman"}, {"won", "win"}, {"woody", "wood"}, {"wore", "wear"},
    {"worn", "wear"}, {"worst", "worse"}, {"worthy", "worth"}, {"wove", "weav"},
    {"woven", "weav"}, {"written", "write"}, {"wrote", "write"}, {"yoghurt", "yogurt"},
};

/* Sorted. */
static const char *const whole[] = {
    "accessory", "accident", "apartment", "apply", "army", "assist", "authorise",
    "authority", "banner", "barber", "basement", "battery", "belly", "better", "billy",
    "bitter", "bother", "breastfed", "brother", "buffer", "bully", "business", "butter",
    "candidate", "cannon", "capable", "career", "carrier", "celebrity", "center",
    "chapter", "charter", "chicken", "colonial", "colony", "comma", "comment",
    "community", "competent", "confidential", "conservative", "consist", "conversation",
    "cooper", "copper", "corner", "counter", "cover", "currency", "customer", "delicate",
    "department", "designate", "dessert", "destination", "digest", "dinner", "directory",
    "disable", "domestic", "dozen", "during", "early", "earnest", "earring", "eleven",
    "embed", "emergency", "enable", "even", "evening", "ever", "every", "executive",
    "exist", "experiment", "factory", "family", "fasten", "fender", "fiber", "fiver",
    "flower", "forest", "former", "founder", "gallery", "garden", "general", "generate",
    "generic", "generous", "gluten", "golden", "grateful", "hammer", "hardly", "harness",
    "haven", "heather", "heaven", "herring", "holistic", "holly", "honest", "hospitality",
    "hunger", "imply", "important", "impossible", "incurable", "indigestion", "informal",
    "initiative", "inner", "insider", "insist", "instance", "interest", "internal",
    "interval", "inventory", "jelly", "kitchen", "kitten", "laboratory", "ladder",
    "laden", "lately", "lateral", "layer", "lens", "lesser", "letter", "likely", "linen",
    "listen", "literacy", "litter", "liver", "lottery", "maiden", "majority", "manner",
    "mannered", "master", "material", "matter", "meter", "mineral", "minister",
    "minority", "moderate", "modest", "moped", "mother", "nearly", "news", "number",
    "nursery", "objective", "offer", "officer", "official", "often", "only", "open",
    "organ", "organic", "organise", "other", "outdoor", "outside", "outsider", "oven",
    "over", "paper", "paradise", "paste", "patience", "patient", "pendant", "pepper",
    "persist", "personal", "personality", "pester", "peter", "petition", "physician",
    "pier", "pigment", "poker", "policy", "pollen", "portable", "porter", "positive",
    "poster", "potter", "prayer", "presence", "present", "president", "priest", "primer",
    "priority", "probable", "proper", "publication", "quarter", "quite", "rally",
    "ranger", "rational", "raven", "rely", "render", "reply", "resist", "router",
    "rubber", "sally", "seven", "several", "sewer", "sheer", "shoulder", "shower",
    "silly", "slipper", "sober", "spanner", "statement", "stationery", "statistic",
    "sticker", "subjective", "summer", "super", "supper", "supplement", "supply",
    "surgery", "sweater", "tally", "taper", "tender", "tier", "token", "tower", "unable",
    "under", "unity", "unless", "upper", "vegetable", "victory", "warden", "warren",
    "wedding", "wicked", "witness",
};
/* clang-format on */

static const struct ending plurals[] = {
    ENDING("sses", "ss", 0), ENDING("zzes", "zz", 0), ENDING("ies", "y", 0),
    ENDING("oes", "o", 1),   ENDING("ches", "ch", 0), ENDING("shes", "sh", 0),
    ENDING("xes", "x", 0),   ENDING("us", "us", 0),   ENDING("is", "is", 0),
    ENDING("ss", "ss", 0),   ENDING("s", "", 0),
};

static const struct ending spellings[] = {
    ENDING("amme", "am", 1), ENDING("ogue", "og", 2), ENDING("tre", "ter", 2),
    ENDING("bre", "ber", 2), ENDING("ie", "y", 1),
};

static const struct ending verb_forms[] = {
    ENDING("eed", "eed", 0),
    ENDING("ied", "y", 0),
    ENDING("ing", "", 0),
    ENDING("ed", "", 0),
};

/* Longer ones first. Not "less": it says the opposite of the word it ends. */
static const struct ending derivations[] = {
    ENDING("ification", "ify", 1), ENDING("ibility", "ible", 2),
    ENDING("ability", "able", 2),  ENDING("isation", "ise", 2),
    ENDING("ation", "", 2),        ENDING("ative", "", 2),
    ENDING("atory", "", 2),        ENDING("ition", "", 2),
    ENDING("itive", "", 2),        ENDING("ction", "ct", 1),
    ENDING("ption", "pt", 1),      ENDING("tion", "t", 2),
    ENDING("sion", "s", 2),        ENDING("iable", "y", 1),
    ENDING("iness", "y", 1),       ENDING("iest", "y", 0),
    ENDING("ably", "able", 2),     ENDING("ibly", "ible", 2),
    ENDING("able", "", 1),         ENDING("ible", "", 2),
    ENDING("ivity", "ive", 2),     ENDING("edness", "", 1),
    ENDING("ness", "", 0),         ENDING("iful", "y", 1),
    ENDING("ful", "", 1),          ENDING("ment", "", 1),
    ENDING("ance", "ant", 2),      ENDING("ancy", "ant", 2),
    ENDING("ence", "ent", 2),      ENDING("ency", "ent", 2),
    ENDING("acy", "ate", 2),       ENDING("itis", "it", 2),
    ENDING("ical", "ic", 2),       ENDING("ial", "", 2),
    ENDING("ator", "", 2),         ENDING("edly", "", 1),
    ENDING("ingly", "", 1),        ENDING("ily", "y", 1),
    ENDING("ious", "", 2),         ENDING("ous", "", 2),
    ENDING("ity", "", 2),          ENDING("ant", "", 2),
    ENDING("ent", "", 2),          ENDING("est", "", 1),
    ENDING("ist", "", 1),          ENDING("ism", "", 1),
    ENDING("ive", "", 2),          ENDING("ate", "", 2),
    ENDING("ise", "", 2),          ENDING("ier", "y", 0),
    ENDING("er", "", 1),           ENDING("or", "", 2),
    ENDING("al", "", 2),           ENDING("ic", "", 2),
    ENDING("een", "een", 0),       ENDING("en", "", 1),
    ENDING("ly", "", 1),           ENDING("y", "", 2),
};

/* "y" is one behind a consonant. */
static bool is_vowel(const char *word, size_t at)
{
    switch (word[at]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
        return true;
    case 'y':
        return at > 0 && !is_vowel(word, at - 1);
    default:
        return false;
    }
}

static bool has_vowel(const char *word)
{
    for (size_t i = 0; word[i]; i++) {
        if (is_vowel(word, i))
            return true;
    }
    return false;
}

/* Porter's m. */
static size_t count_runs(const char *word)
{
    size_t count = 0;
    bool was_vowel = false;
    for (size_t i = 0; word[i]; i++) {
        bool is_one = is_vowel(word, i);
        count += was_vowel && !is_one;
        was_vowel = is_one;
    }
    return count;
}

/* "hop", "us": one consonant behind a vowel that stands alone. Here a final e changes
 * the word. */
static bool is_short(const char *word)
{
    size_t len = strlen(word);
    return len >= 2 && count_runs(word) == 1 && !is_vowel(word, len - 1) &&
           strchr("wxy", word[len - 1]) == NULL && is_vowel(word, len - 2) &&
           (len == 2 || !is_vowel(word, len - 3));
}

/* What an ending that begins with a vowel had changed: "stopp" was "stop", "hop" from
 * "hoping" was "hope". */
static void restore(char *word)
{
    size_t len = strlen(word);
    if (is_short(word))
        memcpy(word + len, "e", 2);
    else if (len > 3 && word[len - 1] == word[len - 2] && !is_vowel(word, len - 1) &&
             strchr("lsz", word[len - 1]) == NULL)
        word[len - 1] = '\0';
}

/* Replace the first ending of the table that fits. */
static bool cut(char *word, const struct ending *table, size_t count)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < count; i++) {
        const struct ending *ending = &table[i];
        if (len < ending->len || word[len - 1] != ending->text[ending->len - 1] ||
            memcmp(word + len - ending->len, ending->text, ending->len) != 0)
            continue;
        char left[WORD_LEN];
        memcpy(left, word, len - ending->len);
        memcpy(left + len - ending->len, ending->replacement,
               strlen(ending->replacement) + 1);
        if (!has_vowel(left) || count_runs(left) < ending->least)
            continue;
        memcpy(word, left, strlen(left) + 1);
        if (is_vowel(ending->text, 0) && ending->replacement[0] == '\0')
            restore(word);
        return true;
    }
    return false;
}

#define CUT(word, table) cut((word), (table), sizeof(table) / sizeof *(table))

/* No replacement is longer than what it replaces. */
static void replace_at(char *word, size_t at, size_t old_len, const char *with)
{
    char *rest = word + at + old_len;
    memcpy(word + at, with, strlen(with));
    memmove(word + at + strlen(with), rest, strlen(rest) + 1);
}

/* British and American, where it is one rule and not a list. */
static void level_spelling(char *word)
{
    static const struct form inside[] = {
        {"aem", "em"},   {"aed", "ed"},   {"aes", "es"},   {"aec", "ec"},
        {"hoea", "hea"}, {"noea", "nea"}, {"oetu", "etu"}, {"oelia", "elia"},
    };
    size_t len = strlen(word);
    for (size_t i = 0; len > 5 && i < sizeof inside / sizeof *inside; i++) {
        char *at = strstr(word + 1, inside[i].word);
        if (at != NULL)
            replace_at(word, (size_t)(at - word), strlen(inside[i].word), inside[i].base);
    }
    char *our = strstr(word, "our");
    if (our != NULL && our - word >= 3)
        replace_at(word, (size_t)(our - word), 3, "or");
    if (strncmp(word, "oe", 2) == 0)
        replace_at(word, 0, 2, "e");
    for (char *z = strchr(word, 'z'); z != NULL; z = strchr(z + 1, 'z')) {
        if (z > word && strchr("iy", z[-1]) && z[1] && strchr("aei", z[1]))
            *z = 's'; /* "organize", and "size" with it */
    }
    CUT(word, spellings);
}

/* "travell", "programm": spellings differ most in doubled consonants. */
static void undouble(char *word)
{
    size_t kept = 0;
    for (size_t i = 0; word[i]; i++) {
        if (kept == 0 || word[i] != word[kept - 1] || strchr("aeiou", word[i]))
            word[kept++] = word[i];
    }
    word[kept] = '\0';
}

static int compare_form(const void *key, const void *entry)
{
    return strcmp(key, ((const struct form *)entry)->word);
}

static int compare_word(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

/* False if the word is no irregular form. */
static bool take_base(char *word)
{
    const struct form *form =
        bsearch(word, irregular, sizeof irregular / sizeof *irregular, sizeof *irregular,
                compare_form);
    if (form != NULL)
        memcpy(word, form->base, strlen(form->base) + 1);
    return form != NULL;
}

/* Words of three letters are: there is nothing to cut. */
static bool is_whole(const char *word)
{
    return strlen(word) <= 3 || bsearch(word, whole, sizeof whole / sizeof *whole,
                                        sizeof *whole, compare_word) != NULL;
}

/* "relat", "enabl", "organis", "balanc": verbs of these endings have an e. */
static void restore_verb(char *word)
{
    static const char *const cut_before_e[] = {"at", "bl", "is", "nc"};
    size_t len = strlen(word);
    for (size_t i = 0; i < sizeof cut_before_e / sizeof *cut_before_e; i++) {
        if (len > 3 && memcmp(word + len - 2, cut_before_e[i], 2) == 0)
            memcpy(word + len, "e", 2);
    }
}

/* To its plain spelling, singular, infinitive. */
static void inflect_back(char *word)
{
    if (!take_base(word) && !is_whole(word) && CUT(word, plurals))
        take_base(word);
    level_spelling(word);
    if (!is_whole(word) && CUT(word, verb_forms)) {
        restore_verb(word);
        take_base(word);
    }
}

/* Drop what inflected and uninflected forms do not share. */
static void finish(char *word)
{
    size_t len = strlen(word), runs = count_runs(word);
    if (word[len - 1] == 'e' && runs > 0) {
        word[len - 1] = '\0';
        if (is_short(word))
            word[len - 1] = 'e';
    }
    if (strlen(word) > 4)
        undouble(word);
}

static bool is_plain(const char *word)
{
    return word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

void word_stem(const char *word, char ret_stem[WORD_LEN])
{
    char stem[WORD_LEN] = {0};
    memcpy(stem, word, strlen(word) + 1);
    if (is_plain(stem)) {
        inflect_back(stem);
        for (int round = 0; round < 3 && !is_whole(stem) && CUT(stem, derivations);
             round++)
            take_base(stem);
        if (!is_whole(stem))
            finish(stem);
    }
    memcpy(ret_stem, stem, sizeof stem);
}
