/* answer_words.c - see answer_words.h.
 *
 * The lists are English as the bot is; what people call their items comes from
 * the configuration. A word that stands in no list is unknown, which is always
 * the careful reading.
 */
#include "commands/answer_words.h"

#include "bot/base/mem.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct word_table {
    enum answer_word meaning;
    const char *words;
};

static const struct word_table lists[] = {
    {WORD_GLUE,
     "is|was|are|were|be|at|about|around|like|maybe|roughly|approx|"
     "approximately|circa|say|it's|its|it|that's|a|an|the|of|level|score|scored|"
     "rating|rated|nearly|almost|just|only|still|now|today|tonight|currently|so|"
     "really|very|pretty|quite|awful|terrible|bad|horrible|rough|high|low|mild|"
     "moderate|severe|strong|my|probably|possibly|perhaps|feels|feel|feeling|felt|"
     "id|i'd|i|guess|think|give|gave|for|on|in|i'm|im|am|solid|ish|sitting|steady|as|"
     "would|rate|put|reckon|running|runnin|looking|hovering|bout|definitely|"
     "honestly|which|have|had|has|been|got|gets|getting|went|worse|better|ok|okay|"
     "lovely|dreadful|brutal|dire|grim|rotten|poor|poorly|fine|great|manageable|"
     "bearable|tolerable|nasty|decent|alright|bit|much|too|lot|kinda|more|well|"
     "absolutely|totally|properly|extremely|super|fairly|slightly|little|some|"
     "always|actually|back|probs|prob|ngl|tbh|imo|then|overall|wise|there|let's|lets|we'"
     "ll|seems|seemed"},
    {WORD_CHAT,
     "hi|hello|hey|hiya|morning|evening|afternoon|night|good|thanks|thank|you|"
     "thx|ty|cheers|ta|please|pls|sorry|ok|okay|yes|yeah|yep|well|here|numbers|"
     "number|answer|answers|scores|check|checkin|again|done|lol|haha|hope|helps|figures|"
     "rn|atm|omg|smh|meh|innit|eh|aye|oof|argh|values|anyway|anyways|lovey|sweetheart|"
     "mate|folk|apologies|asking|"
     "bye|love|hug|hugs|xx|xxx|xo|but|me|this|day|today's|todays|all's|hearth|bot|"
     "everyone|folks|there|dear|to|how|happy|as|usual's|oops|ugh|sigh|go|we|"
     "goes|trigger|triggers|trig|trigs|triggrs|triger|trigers|because|due|comma"},
    {WORD_AND, "and|n|plus|&"},
    {WORD_ALL, "all|everything|everything's|everythings|everywhere|each|across"},
    {WORD_NONE, "none|nothing|nowt|zilch|free|nil"},
    {WORD_NO, "no|without"},
    {WORD_SKIP, "skip|skipped|skipping|pass|na|blank"},
    {WORD_UNIT,
     "pm|sets|reps|o'clock|oclock|h|hr|hrs|hour|hours|min|mins|minute|minutes|sec|secs|"
     "second|"
     "seconds|d|days|wk|wks|week|weeks|month|months|year|years|yr|yrs|time|times|mg|mcg|"
     "ug|"
     "g|gram|grams|ml|iu|l|litre|litres|liter|liters|cup|cups|glass|glasses|coffee|"
     "coffees|"
     "tea|teas|beer|beers|wine|wines|drink|drinks|pill|pills|tablet|tablets|tab|tabs|cap|"
     "caps|capsule|capsules|dose|doses|puff|puffs|drop|drops|patch|patches|injection|"
     "injections|shot|shots|ibuprofen|paracetamol|tylenol|naproxen|aspirin|codeine|"
     "gabapentin|pregabalin|tramadol|amitriptyline|meds|steps|step|km|kms|mile|miles|kg|"
     "kgs|"
     "lb|lbs|kcal|bpm|c|f|degrees|nap|naps|people|kids|meals|st|nd|rd|th|k|pounds|"
     "dollars|"
     "euros|quid|flare|flares|spoons|percent|pct|jan|january|feb|february|march|apr|"
     "april|"
     "june|july|aug|august|sept|september|oct|october|nov|november|dec|december|stars"},
    {WORD_TAKES,
     "woke|wake|awake|until|till|since|before|after|by|took|take|taken|taking|"
     "age|aged|room|page|step|version|bus|line|week|month|jan|january|"
     "feb|february|march|apr|april|june|july|aug|august|sept|september|oct|october|"
     "nov|november|dec|december|bed|asleep|slept|walked|drank|ate|swallowed"},
    {WORD_PERSON,
     "daughter|daughter's|son|son's|husband|husband's|wife|wife's|partner|"
     "partner's|mum|mum's|mom|mom's|mother|mother's|dad|dad's|father|sister|"
     "sister's|brother|brother's|friend|friend's|friends|doctor|doctor's|gp|"
     "physio|nurse|boss|neighbour|neighbor|child|boyfriend|girlfriend|he|she|"
     "they|his|her|hers|their|him|them|kid|grandma|grandad|cat|dog|hubby|hubby's|"
     "missus|nan|gran|granny|grandpa|colleague|cousin|aunt|uncle|baby|fella|fiance|bf|"
     "gf"},
    {WORD_PAST, "previously|earlier|usual|usually|"
                "normally|normal|ago|originally|tomorrow|last|average|baseline|typical|"
                "typically|formerly|once"},
    {WORD_LIMITS,
     "not|isn't|isnt|wasn't|wasnt|aren't|never|over|under|above|below|more|"
     "less|least|most|between|from|max|min|maximum|minimum|minus|half|double|"
     "up|down|than|beyond|past|nor|neither|to|or|then|if|goal|target|except|"
     "triple|twice|wait|scratch|rather|instead|correction|meant|mean|oops|hang"},
};

bool answer_in_list(const char *word, const char *list)
{
    size_t len = strlen(word);
    for (const char *p = list; *p;) {
        size_t part = strcspn(p, "|");
        if (part == len && strncmp(p, word, len) == 0)
            return true;
        p += part + (p[part] == '|');
    }
    return false;
}

bool answer_is_yesterday(const char *word)
{
    return answer_in_list(word, "yday|y'day|yest|yesterday's|yesterdays") ||
           (word[0] == 'y' && strlen(word) >= 7 &&
            text_distance(word, "yesterday", 2) <= 2);
}

enum answer_word answer_word(const char *word)
{
    if (answer_is_yesterday(word))
        return WORD_PAST;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (answer_in_list(word, lists[i].words))
            return lists[i].meaning;
    }
    return WORD_UNKNOWN;
}

static int compare_chars(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

/* The same letters in another order. */
static bool is_shuffled(const char *a, const char *b)
{
    char left[TOKEN_TEXT_MAX], right[TOKEN_TEXT_MAX];
    size_t len = strlen(a);
    if (len != strlen(b) || len >= sizeof left)
        return false;
    memcpy(left, a, len);
    memcpy(right, b, len);
    qsort(left, len, 1, compare_chars);
    qsort(right, len, 1, compare_chars);
    return memcmp(left, right, len) == 0;
}

/* "sevne": the first of `names` with letters swapped, not too short to be another word.
 */
static bool is_shuffled_number(const char *word, const char *names)
{
    char name[TOKEN_TEXT_MAX];
    size_t len = strcspn(names, "|");
    if (len < 5 || word[0] != names[0] || answer_word(word) != WORD_UNKNOWN)
        return false; /* "there" has the letters of "three" */
    memcpy(name, names, len);
    name[len] = '\0';
    return is_shuffled(word, name);
}

int answer_number_word(const char *word)
{
    static const char *const names[] = {"zero|nought|naught|zer|zeero",
                                        "one",
                                        "two",
                                        "three|thre|threee",
                                        "four|foru|fuor|fourr",
                                        "five|fiv|fve|fivee",
                                        "six|siz|sixx",
                                        "seven|sevn|sevan|sevin|sevem|seevn",
                                        "eight|eigth|eigt|eihgt|eght|ieght",
                                        "nine|nien|ninee",
                                        "ten|tenn"};
    for (int i = 0; i <= 10; i++) {
        if (answer_in_list(word, names[i]) || is_shuffled_number(word, names[i]))
            return i;
    }
    return answer_in_list(word, "eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
                                "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
                                "sixty|seventy|eighty|ninety|hundred|thousand|million|"
                                "dozen|couple|few|several")
               ? 11
               : -1;
}

int answer_plural_number(const char *word)
{
    static const char *const names[] = {"zeros|zeroes", "ones",  "twos",  "threes",
                                        "fours",        "fives", "sixes", "sevens",
                                        "eights",       "nines", "tens"};
    for (int i = 0; i <= 10; i++) {
        if (answer_in_list(word, names[i]))
            return i;
    }
    return -1;
}

bool answer_is_vague(const char *word)
{
    return answer_in_list(
        word, "worse|better|bad|awful|terrible|horrible|rough|good|great|"
              "fine|meh|idk|dunno|unsure|mild|moderate|severe|high|low|"
              "middling|average|same|agony|rubbish|crap|shit|poor|none|nothing|"
              "painless|half");
}

bool answer_is_asking(const char *word)
{
    return answer_in_list(word,
                          "what|what's|whats|why|when|can|could|should|shall|does|do|"
                          "will|would|who|where|which|is|are|how|has|did|may|any|"
                          "anyone|tell|show|explain");
}

void phrases_init(struct phrases *phrases, const struct word_list *known)
{
    *phrases = (struct phrases){.known = known};
}

void phrases_clear(struct phrases *phrases)
{
    for (size_t i = 0; i < phrases->count; i++)
        strv_clear(&phrases->words[i]);
    free(phrases->words);
    free(phrases->owner);
    *phrases = (struct phrases){0};
}

/* The words of `text` as the lexer would cut them. */
static void split_phrase(const char *text, struct strv *ret_words)
{
    struct tokens tokens;
    *ret_words = (struct strv){0};
    tokens_read(text, &tokens);
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.items[i].kind == TOKEN_WORD)
            strv_add(ret_words, tokens.items[i].text);
    }
}

static void add_phrase(struct phrases *phrases, struct strv *words, size_t owner)
{
    if (words->count == 0) {
        strv_clear(words);
        return;
    }
    if (phrases->count == phrases->capacity) {
        phrases->capacity = phrases->capacity ? phrases->capacity * 2 : 32;
        phrases->words =
            mem_resize(phrases->words, phrases->capacity, sizeof *phrases->words);
        phrases->owner =
            mem_resize(phrases->owner, phrases->capacity, sizeof *phrases->owner);
    }
    phrases->words[phrases->count] = *words;
    phrases->owner[phrases->count++] = owner;
}

static void add_text(struct phrases *phrases, const char *text, size_t owner)
{
    struct strv words;
    split_phrase(text, &words);
    add_phrase(phrases, &words, owner);
}

/* "sleep" of "last night's sleep", when it says something by itself. */
static void add_last_word(struct phrases *phrases, const char *text, size_t owner)
{
    struct strv words;
    split_phrase(text, &words);
    if (words.count > 1) {
        const char *last = words.items[words.count - 1];
        if (strlen(last) > 2 && answer_word(last) == WORD_UNKNOWN)
            add_text(phrases, last, owner);
    }
    strv_clear(&words);
}

void phrases_add_item(struct phrases *phrases, const struct item_settings *item,
                      size_t owner)
{
    add_text(phrases, item->name, owner);
    add_text(phrases, item->label, owner);
    for (size_t i = 0; i < item->also.count; i++)
        add_text(phrases, item->also.items[i], owner);
    add_last_word(phrases, item->label, owner);
}

/* A likely slip: one letter off (two in long words), the first one right. In
 * short words a changed letter makes another word ("paid"), so only swapped,
 * missing and doubled ones count there. */
static bool is_typo_of(const char *typed, const char *word)
{
    size_t len = strlen(word);
    if (len < 4 || strlen(typed) < 3 || typed[0] != word[0] ||
        answer_word(typed) != WORD_UNKNOWN || answer_number_word(typed) >= 0)
        return false;
    if (len < 6 && strlen(typed) == len && !is_shuffled(typed, word))
        return false;
    unsigned max = len >= 8 ? 2 : 1;
    return text_distance(typed, word, max) <= max;
}

/* "pain's" is "pain" where the phrase has no such ending itself. */
static bool is_same_word(const char *typed, const char *word)
{
    size_t len = strlen(word);
    return strncmp(typed, word, len) == 0 &&
           (typed[len] == '\0' || strcmp(typed + len, "'s") == 0);
}

/* How well a phrase fits at `at`: 0 not, 1 with typos, 2 exactly. A hyphen
 * between its words does not matter. */
static int fit(const struct strv *words, const struct tokens *tokens, size_t at,
               size_t *ret_used)
{
    int quality = 2;
    size_t next = at;
    for (size_t i = 0; i < words->count; i++, next++) {
        if (i > 0 && next < tokens->count && tokens->items[next].kind == TOKEN_MARK &&
            tokens->items[next].mark == '-')
            next++;
        if (next >= tokens->count || tokens->items[next].kind != TOKEN_WORD)
            return 0;
        if (is_same_word(tokens->items[next].text, words->items[i]))
            continue;
        if (!is_typo_of(tokens->items[next].text, words->items[i]))
            return 0;
        quality = 1;
    }
    *ret_used = next - at;
    return quality;
}

size_t phrases_match(const struct phrases *phrases, const struct tokens *tokens,
                     size_t at, size_t *ret_owner)
{
    int best = 0;
    size_t best_used = 0, owner = 0;
    bool is_ambiguous = false;
    for (size_t i = 0; i < phrases->count; i++) {
        size_t used = 0;
        int quality = fit(&phrases->words[i], tokens, at, &used);
        if (quality == 0 || quality < best || (quality == best && used < best_used))
            continue;
        bool is_tie = quality == best && used == best_used;
        is_ambiguous = is_tie && (is_ambiguous || phrases->owner[i] != owner);
        best = quality;
        best_used = used;
        if (!is_tie)
            owner = phrases->owner[i];
    }
    if (best == 0 || is_ambiguous)
        return 0;
    *ret_owner = owner;
    return best_used;
}

/* The word without its vowels and doubled letters. */
static void write_skeleton(const char *word, char ret_skeleton[TOKEN_TEXT_MAX])
{
    size_t len = 0;
    for (; *word && len + 1 < TOKEN_TEXT_MAX; word++) {
        bool is_vowel = strchr("aeiouy", *word) != NULL;
        if (!is_vowel && (len == 0 || ret_skeleton[len - 1] != *word))
            ret_skeleton[len++] = *word;
    }
    ret_skeleton[len] = '\0';
}

bool phrases_match_by_ear(const struct phrases *phrases, const char *typed,
                          size_t *ret_owner)
{
    char heard[TOKEN_TEXT_MAX], meant[TOKEN_TEXT_MAX];
    bool is_found = false;
    write_skeleton(typed, heard);
    if (strlen(typed) < 3)
        return false;
    for (size_t i = 0; i < phrases->count; i++) {
        const char *word = phrases->words[i].items[0];
        if (phrases->words[i].count != 1 || word[0] != typed[0])
            continue;
        write_skeleton(word, meant);
        bool is_slip = text_distance(typed, word, 1) <= 1 && phrases->known != NULL &&
                       phrases->known->bit_count > 0 &&
                       !word_list_has(phrases->known, typed);
        if (strcmp(heard, meant) != 0 && !is_shuffled(typed, word) && !is_slip)
            continue;
        if (is_found && phrases->owner[i] != *ret_owner)
            return false;
        *ret_owner = phrases->owner[i];
        is_found = true;
    }
    return is_found;
}
