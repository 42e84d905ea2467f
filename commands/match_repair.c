/* match_repair.c - which word of the FAQ a word that is none was meant to be.
 *
 * An alignment of the two words (Damerau's, in the restricted form) whose slips cost
 * what they are worth on a phone: a swap, a doubled letter, the key beside, the wrong
 * vowel and spelling by ear are cheap, the first letter is dear. Bags of letters
 * dismiss most words before they are aligned.
 */
#include "commands/match_index.h"

#include <string.h>

#define FAR 9.0f /* more than any limit */
#define SLIP 1.0f
#define SWAP 0.5f
#define DOUBLING 0.4f
#define NEIGHBOUR 0.75f /* keys side by side */
#define LIKE_SOUND 0.6f /* vowels; c k s z; i y; m n */
#define LOST_VOWEL 0.6f
#define LAST_E 0.5f
#define FIRST_LETTER 0.5f /* on top */

/* A word that is one may still be a slip: "dairy" for "diary". */
#define WORD_LIMIT 0.75f
#define WORD_LEAST 4

/* What makes a word likelier than its spelling tells: most words of a message are small
 * ones; what the FAQ does not know is unlikely. */
static const float eases[] = {[FROM_FAQ] = 0,
                              [FROM_GRAMMAR] = 0.12f,
                              [FROM_EVERYDAY] = -0.3f,
                              [FROM_THESAURUS] = -0.4f};

/* Cheap errors that a word of so many letters may have. */
static float limit_of(size_t letters)
{
    return letters <= 3   ? 0.7f
           : letters == 4 ? 1.0f
           : letters <= 6 ? 1.5f
           : letters <= 8 ? 2.1f
                          : 2.8f;
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiou", c) != NULL;
}

static bool are_neighbours(char a, char b)
{
    static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    int row[2] = {-1, -1}, column[2] = {0, 0};
    const char keys[2] = {a, b};
    for (int k = 0; k < 2; k++) {
        for (int r = 0; r < 3; r++) {
            const char *at = strchr(rows[r], keys[k]);
            if (at != NULL && keys[k] != '\0') {
                row[k] = r;
                column[k] = (int)(at - rows[r]);
            }
        }
    }
    if (row[0] < 0 || row[1] < 0)
        return false;
    int down = row[1] - row[0], aside = column[1] - column[0];
    return down == 0    ? aside == 1 || aside == -1
           : down == 1  ? aside == 0 || aside == -1
           : down == -1 ? aside == 0 || aside == 1
                        : false;
}

static bool sound_alike(char a, char b)
{
    static const char *const groups[] = {"cksz", "iy", "mn", "fv", "gj", "dt", "bp"};
    if (is_vowel(a) && is_vowel(b))
        return true;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (strchr(groups[i], a) && strchr(groups[i], b))
            return true;
    }
    return false;
}

static float cost_to_change(char a, char b)
{
    return a == b                 ? 0
           : sound_alike(a, b)    ? LIKE_SOUND
           : are_neighbours(a, b) ? NEIGHBOUR
                                  : SLIP;
}

/* Letters by their low five bits; everything else is code 0 or above 26. */
#define CODE(c) ((unsigned char)(c)&31)

void repair_costs_init(struct repair_costs *costs)
{
    for (int a = 0; a < REPAIR_CODES; a++) {
        for (int b = 0; b < REPAIR_CODES; b++) {
            bool are_letters = a >= 1 && a <= 26 && b >= 1 && b <= 26;
            costs->change[a][b] =
                are_letters ? cost_to_change((char)('`' + a), (char)('`' + b)) : SLIP;
        }
    }
}

/* A letter that stands in one of the two words only. */
static float cost_to_lose(const char *word, size_t at)
{
    char c = word[at], before = at > 0 ? word[at - 1] : '\0';
    if (c == before)
        return DOUBLING;
    if (c == 'e' && word[at + 1] == '\0')
        return LAST_E;
    if (c == 'c' && word[at + 1] == 'k')
        return LIKE_SOUND;
    if (c == 'h' && before != '\0' && strchr("cgprtw", before))
        return LIKE_SOUND;
    return (is_vowel(c) ? LOST_VOWEL : SLIP) + (at == 0 ? FIRST_LETTER : 0);
}

static bool is_ph(const char *word, size_t at)
{
    return at >= 2 && word[at - 2] == 'p' && word[at - 1] == 'h';
}

static float least(float a, float b)
{
    return a < b ? a : b;
}

static void lose_all(const char *word, size_t len, float *ret_costs)
{
    for (size_t i = 0; i < len; i++)
        ret_costs[i] = cost_to_lose(word, i);
}

static float change(const struct repair_costs *costs, char a, char b, bool is_first)
{
    if (a == b)
        return 0;
    bool are_ascii = !((a | b) & 0x80);
    float cost = are_ascii ? costs->change[CODE(a)][CODE(b)] : SLIP;
    return is_first ? cost + FIRST_LETTER : cost;
}

float repair_cost(const struct repair_costs *costs, const char *word, size_t word_len,
                  const char *spelling, size_t spelling_len, float limit)
{
    float rows[3][WORD_LEN + 1], lose_word[WORD_LEN], lose_spelling[WORD_LEN];
    lose_all(word, word_len, lose_word);
    lose_all(spelling, spelling_len, lose_spelling);
    float smallest_before = 0;
    rows[0][0] = 0;
    for (size_t j = 1; j <= spelling_len; j++)
        rows[0][j] = rows[0][j - 1] + lose_spelling[j - 1];
    for (size_t i = 1; i <= word_len; i++) {
        float *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        float smallest = now[0] = last[0] + lose_word[i - 1];
        for (size_t j = 1; j <= spelling_len; j++) {
            char a = word[i - 1], b = spelling[j - 1];
            float cost = last[j - 1] + change(costs, a, b, i + j == 2);
            cost = least(cost, last[j] + lose_word[i - 1]);
            cost = least(cost, now[j - 1] + lose_spelling[j - 1]);
            if (i > 1 && j > 1 && a != b && a == spelling[j - 2] && b == word[i - 2])
                cost = least(cost, before[j - 2] + SWAP);
            if (a == 'f' && is_ph(spelling, j))
                cost = least(cost, last[j - 2] + LIKE_SOUND);
            now[j] = cost;
            smallest = least(smallest, cost);
        }
        /* A swap comes from two rows back. */
        if (smallest > limit && smallest_before > limit)
            return FAR;
        smallest_before = smallest;
    }
    return rows[word_len % 3][spelling_len];
}

uint32_t repair_bag(const char *word)
{
    uint32_t bag = 0;
    for (; *word; word++)
        bag |= 1u << (unsigned)((unsigned char)*word & 31);
    return bag;
}

static size_t count_entries(const struct faq_index *index, const char *word)
{
    char stem[WORD_LEN];
    word_stem(word, stem);
    size_t term = index_find(index, stem);
    return term == NO_TERM ? 0 : index->terms[term].entry_count;
}

/* First spelling with at least `letters` bytes. */
static size_t find_length(const struct faq_index *index, size_t letters)
{
    size_t low = 0, high = index->spelling_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->spellings[middle].letters < letters)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *query_repair(const struct faq_index *index, const char *word, bool is_word)
{
    size_t len = strlen(word);
    uint32_t bag = repair_bag(word);
    float limit = is_word ? WORD_LIMIT : limit_of(len);
    const char *best = NULL;
    if (len < (is_word ? WORD_LEAST : REPAIR_LEAST))
        return NULL;
    for (size_t at = find_length(index, len > 4 ? len - 2 : 3);
         at < index->spelling_count && index->spellings[at].letters <= len + 2; at++) {
        const struct spelling *spelling = &index->spellings[at];
        if (__builtin_popcount(spelling->bag ^ bag) > 5)
            continue;
        float ease = eases[spelling->origin];
        float cost = repair_cost(&index->costs, word, len, spelling->text,
                                 spelling->letters, limit + ease) -
                     ease;
        if (cost > limit)
            continue;
        bool is_equal = best != NULL && cost > limit - 0.01f;
        if (is_equal &&
            count_entries(index, spelling->text) <= count_entries(index, best))
            continue;
        limit = cost;
        best = spelling->text;
    }
    return best;
}
