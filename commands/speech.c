/* speech.c - see speech.h. */
#include "commands/speech.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

#define RUN_LEN 64  /* of letters typed one by one or words without a space, with NUL */
#define RUN_LEAST 8 /* letters that may be several words */
#define PIECE_MAX 14

/* clang-format off */
static const struct expansion expansions[] = { /* sorted, as the next */
    {"2", "to", NULL}, {"2day", "today", NULL}, {"2moro", "tomorrow", NULL},
    {"2morrow", "tomorrow", NULL}, {"2night", "tonight", NULL}, {"2nite", "tonight", NULL},
    {"4", "for", NULL}, {"abt", "about", NULL}, {"aint", "is", "not"}, {"any1", "anyone", NULL},
    {"arent", "are", "not"}, {"b", "be", NULL}, {"bout", "about", NULL},
    {"cannot", "can", "not"}, {"cant", "can", "not"}, {"carnt", "can", "not"}, {"catn", "can", "not"},
    {"cnat", "can", "not"}, {"cnt", "can", "not"}, {"coudnt", "could", "not"}, {"couldnt", "could", "not"},
    {"cudnt", "could", "not"}, {"dei", "die", NULL}, {"didn", "did", NULL}, {"didnt", "did", "not"}, {"dieing", "dying", NULL}, {"dnot", "do", "not"}, {"dnt", "do", "not"},
    {"doesent", "does", "not"}, {"doesn", "does", NULL}, {"doesnt", "does", "not"},
    {"don", "do", NULL}, {"donot", "do", "not"}, {"dont", "do", "not"}, {"dosent", "does", "not"},
    {"dosnt", "does", "not"}, {"every1", "everyone", NULL}, {"goin", "going", NULL},
    {"goingto", "going", NULL}, {"gona", "going", NULL}, {"gonna", "going", NULL},
    {"gunna", "going", NULL}, {"hadnt", "had", "not"}, {"hasnt", "has", "not"},
    {"havent", "have", "not"}, {"hed", "he", "would"}, {"hes", "he", "is"}, {"id", "i", "would"},
    {"im", "i", "am"}, {"isnt", "is", "not"}, {"its", "it", "is"}, {"iv", "i", "have"},
    {"ive", "i", "have"}, {"lyf", "life", NULL}, {"lyfe", "life", NULL}, {"m", "am", NULL}, {"n", "and", NULL}, {"noone", "nobody", NULL},
    {"r", "are", NULL}, {"shes", "she", "is"}, {"shouldnt", "should", "not"},
    {"shudnt", "should", "not"}, {"some1", "someone", NULL}, {"sum1", "someone", NULL},
    {"t", "not", NULL}, {"thats", "that", "is"}, {"theres", "there", "is"},
    {"theyd", "they", "would"}, {"theyre", "they", "are"}, {"tonite", "tonight", NULL},
    {"tryna", "trying", NULL}, {"u", "you", NULL}, {"ur", "your", NULL}, {"wan", "want", NULL}, {"wana", "want", NULL},
    {"wanna", "want", NULL}, {"wantto", "want", NULL}, {"wasnt", "was", "not"},
    {"weeker", "weaker", NULL}, {"weeknes", "weakness", NULL}, {"weekness", "weakness", NULL},
    {"werent", "were", "not"}, {"weve", "we", "have"}, {"whats", "what", "is"},
    {"whos", "who", "is"}, {"wnat", "want", NULL}, {"wnna", "want", NULL}, {"wnt", "want", NULL}, {"wont", "will", "not"},
    {"wouldnt", "would", "not"}, {"wudnt", "would", "not"}, {"youd", "you", "would"},
    {"youre", "you", "are"},
};
/* Slips in these are put right: too short for the general rule, too grave to miss. */
static const char *const critical[] = {"kill", "life", "self", "harm", "hurt", "dead", "live", "want"};
static const char *const fillers[] = {
    "a", "absolutely", "actually", "also", "always", "an", "basically", "bloody", "completely",
    "constantly", "definitely", "easily", "even", "ever", "finally", "fkn", "fuckin", "fucking",
    "genuinely", "honestly", "jus", "just", "kinda", "literally", "maybe", "of", "often",
    "probably", "quite", "really", "rlly", "rly", "seriously", "simply", "so", "sometimes",
    "still", "tbh", "the", "to", "totally", "truly", "v", "very",
};
/* clang-format on */

static int compare_filler(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

bool speech_is_filler(const char *word)
{
    return bsearch(word, fillers, sizeof fillers / sizeof *fillers, sizeof *fillers,
                   compare_filler) != NULL;
}

static int compare_expansion(const void *key, const void *entry)
{
    return strcmp(key, ((const struct expansion *)entry)->word);
}

const struct expansion *speech_expand(const char *word)
{
    return bsearch(word, expansions, sizeof expansions / sizeof *expansions,
                   sizeof *expansions, compare_expansion);
}

/* Shorten runs of one letter that are at least `least` long. */
static void shorten_runs(char *word, size_t least)
{
    size_t kept = 0;
    for (size_t i = 0; word[i];) {
        size_t run = 1;
        while (word[i + run] == word[i])
            run++;
        for (size_t j = 0; j < (run >= least ? 1 : run); j++)
            word[kept++] = word[i];
        i += run;
    }
    word[kept] = '\0';
}

void speech_make_key(const char *word, char ret_key[WORD_LEN])
{
    char plain[WORD_LEN];
    memcpy(plain, word, strlen(word) + 1);
    shorten_runs(plain, 3);
    word_stem(plain, ret_key);
    shorten_runs(ret_key, 2);
}

/* Five bits a letter; 0 is the end. */
static unsigned outline_letter(char c)
{
    static const unsigned char letters[32] = "?abcdafghajklmnapqrstavwxaz";
    if ((c & 0xc0) == 0x40)
        return letters[c & 31] & 31u;
    return 27 + ((unsigned char)c & 3);
}

unsigned speech_outline(const char *word, size_t len)
{
    unsigned outline = 0, last = 0;
    for (size_t i = 0, shift = 0; i < len && shift < 15; i++) {
        unsigned letter = outline_letter(word[i]);
        if (letter == last || word[i] == '\'')
            continue;
        outline |= letter << shift;
        shift += 5;
        last = letter;
    }
    return outline;
}

unsigned speech_frame(char first, const char *word, size_t len)
{
    unsigned frame = outline_letter(first), last = 0;
    for (size_t i = len, shift = 5; i-- > 0 && shift < 15;) {
        unsigned letter = outline_letter(word[i]);
        if (letter == last || word[i] == '\'')
            continue;
        frame |= letter << shift;
        shift += 5;
        last = letter;
    }
    return frame;
}

static void set_bit(struct outlines *outlines, unsigned bit)
{
    outlines->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static void add_outline(struct outlines *outlines, const char *word, size_t len)
{
    set_bit(outlines, speech_outline(word, len));
}

/* "killin" is "killing", "again" is not "againg". */
static void make_typed_key(struct speech_word *word)
{
    bool is_clipped = !word->is_everyday && word->len > 3 && word->len + 2 < WORD_LEN &&
                      strcmp(word->text + word->len - 2, "in") == 0;
    char whole[WORD_LEN];
    memcpy(whole, word->text, word->len + 1);
    if (is_clipped)
        memcpy(whole + word->len, "g", 2);
    speech_make_key(whole, word->key);
}

static bool is_known(GHashTable *known, const char *text)
{
    char key[WORD_LEN];
    if (g_hash_table_contains(known, text))
        return true;
    speech_make_key(text, key);
    return g_hash_table_contains(known, key);
}

/* The short word that was meant, or `text`. Longer ones are compared with each
 * phrase, see phrase.c. */
static const char *mend(GHashTable *known, const char *text)
{
    size_t len = strlen(text);
    if (len < 3 || len > 5 || word_is_stop(text) || word_is_common(text) ||
        speech_expand(text) != NULL || is_known(known, text))
        return text;
    for (size_t i = 0; i < sizeof critical / sizeof *critical; i++) {
        if (critical[i][0] == text[0] && text_distance(critical[i], text, 1) <= 1)
            return critical[i];
    }
    return text;
}

static void add_one(struct speech *speech, const char *text, size_t sentence)
{
    if (speech_is_filler(text))
        return;
    MEM_GROW(speech->words, speech->count, speech->capacity);
    struct speech_word *word = &speech->words[speech->count++];
    memset(word, 0, sizeof *word);
    word->len = strlen(text);
    memcpy(word->text, text, word->len + 1);
    word->is_everyday = word_is_stop(text) || word_is_common(text);
    word->sentence = sentence;
    make_typed_key(word);
}

static void add_expanded(struct speech *speech, const char *text, size_t sentence)
{
    const struct expansion *expansion = speech_expand(text);
    add_one(speech, expansion ? expansion->first : text, sentence);
    if (expansion != NULL && expansion->second != NULL)
        add_one(speech, expansion->second, sentence);
}

static bool is_piece(GHashTable *known, const char *text)
{
    if (text[1] == '\0')
        return text[0] == 'i' || text[0] == 'a';
    return word_is_stop(text) || speech_is_filler(text) || speech_expand(text) != NULL ||
           is_known(known, text);
}

static void take_piece(const char *run, size_t from, size_t end, char ret_piece[WORD_LEN])
{
    memcpy(ret_piece, run + from, end - from);
    ret_piece[end - from] = '\0';
}

/* Part a run of letters into the fewest known words; `ret_from` has where the
 * piece that ends at each letter begins. */
static bool part(GHashTable *known, const char *run, size_t len, size_t ret_from[RUN_LEN])
{
    size_t fewest[RUN_LEN] = {0};
    for (size_t end = 1; end <= len; end++) {
        fewest[end] = SIZE_MAX;
        size_t from = end < PIECE_MAX ? 0 : end - PIECE_MAX;
        for (; from < end; from++) {
            char piece[WORD_LEN];
            take_piece(run, from, end, piece);
            if (fewest[from] == SIZE_MAX || fewest[from] + 1 >= fewest[end] ||
                !is_piece(known, piece))
                continue;
            fewest[end] = fewest[from] + 1;
            ret_from[end] = from;
        }
    }
    return fewest[len] != SIZE_MAX;
}

/* A run of letters: its words, or itself. */
static void add_run(struct speech *speech, GHashTable *known, const char *run,
                    size_t sentence)
{
    char piece[WORD_LEN];
    size_t len = strlen(run), from[RUN_LEN], ends[RUN_LEN], count = 0;
    if (!part(known, run, len, from)) {
        g_strlcpy(piece, run, sizeof piece);
        add_expanded(speech, piece, sentence);
        return;
    }
    for (size_t end = len; end > 0; end = from[end])
        ends[count++] = end;
    for (; count > 0; count--) {
        take_piece(run, from[ends[count - 1]], ends[count - 1], piece);
        add_expanded(speech, piece, sentence);
    }
}

static void add_word(struct speech *speech, GHashTable *known, const struct word *word)
{
    const char *text = word->text;
    size_t len = strlen(text);
    if (len >= RUN_LEAST && len < RUN_LEN && !word_is_common(text) &&
        !is_known(known, text))
        add_run(speech, known, text, word->sentence);
    else
        add_expanded(speech, mend(known, text), word->sentence);
}

/* How many single letters stand in a row from `at`: "k i l l". */
static size_t count_letters(const struct words *words, size_t at)
{
    size_t count = 0;
    while (at + count < words->count && words->items[at + count].text[1] == '\0' &&
           words->items[at + count].sentence == words->items[at].sentence)
        count++;
    return count;
}

/* A word that is none of every day may be a slip, or two words typed as one. */
static void outline_odd_word(struct speech *speech, const struct speech_word *word)
{
    const char *text = word->text;
    set_bit(&speech->odd, speech_frame(text[0], text, word->len));
    speech->has_odd[(unsigned char)text[0]] = true;
    speech->has_odd[(unsigned char)text[1]] = true;
    if (word->len > 1) /* the first two letters swapped */
        set_bit(&speech->odd, speech_frame(text[1], text, word->len));
    if (word->len == 4) { /* the middle ones, the last two */
        add_outline(&speech->begin, (char[]){text[0], text[2], text[1], text[3]}, 4);
        add_outline(&speech->begin, (char[]){text[0], text[1], text[3], text[2]}, 4);
    }
    for (size_t i = 1; i < word->len; i++) {
        add_outline(&speech->begin, text, i);
        add_outline(&speech->inside, text + i, word->len - i);
    }
}

static void outline_words(struct speech *speech)
{
    char pair[2 * WORD_LEN];
    for (size_t i = 0; i < speech->count; i++) {
        const struct speech_word *word = &speech->words[i];
        add_outline(&speech->begin, word->text, word->len);
        add_outline(&speech->begin, word->key, strlen(word->key));
        if (!word->is_everyday)
            outline_odd_word(speech, word);
        if (word->len < 5 && i + 1 < speech->count) { /* one word typed as two */
            memcpy(pair, word->text, word->len);
            memcpy(pair + word->len, word[1].text, word[1].len);
            add_outline(&speech->begin, pair, word->len + word[1].len);
        }
    }
}

static void chain(struct speech *speech)
{
    for (size_t i = 0; i < 256; i++)
        speech->first_with[i] = SPEECH_END;
    for (size_t i = speech->count; i-- > 0;) {
        unsigned char first = (unsigned char)speech->words[i].text[0];
        speech->words[i].next = speech->first_with[first];
        speech->first_with[first] = i;
    }
}

void speech_read(const char *text, GHashTable *known, struct speech *ret_speech)
{
    struct words words;
    *ret_speech = (struct speech){0};
    words_read(text, &words);
    for (size_t i = 0; i < words.count;) {
        size_t letters = count_letters(&words, i);
        if (letters < 3) {
            add_word(ret_speech, known, &words.items[i++]);
            continue;
        }
        char run[RUN_LEN] = "";
        letters = MIN(letters, sizeof run - 1);
        for (size_t j = 0; j < letters; j++)
            run[j] = words.items[i + j].text[0];
        add_run(ret_speech, known, run, words.items[i].sentence);
        i += letters;
    }
    words_clear(&words);
    outline_words(ret_speech);
    chain(ret_speech);
}

void speech_clear(struct speech *speech)
{
    free(speech->words);
    free(speech->marks);
    *speech = (struct speech){0};
}
