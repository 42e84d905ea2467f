/* phrase.c - see phrase.h.
 *
 * Of hundreds of phrases all but a few are dismissed at once: for each word of
 * the book it is worked out whether the message may have it, and a phrase is
 * looked for only when it may have one in each place. Words of the message with
 * the same first letter are chained, so that a phrase looks only where it can
 * begin.
 */
#include "commands/phrase.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

#define GAP_MAX 4      /* words that `...` stands for */
#define TYPO_LETTERS 5 /* from here on one slip is allowed */

#define MAY_BEGIN 1  /* the message may have the word */
#define MAY_FOLLOW 2 /* or have it typed onto another one */

/* One phrase's part looked for in one message. */
struct search {
    const struct phrase_book *book;
    const struct speech *speech;
    const struct phrase_part *part;
    bool allows_slips;
};

static bool is_slip(const char *meant, const char *typed)
{
    bool begins_alike =
        meant[0] == typed[0] || (meant[0] == typed[1] && meant[1] == typed[0]);
    return begins_alike && text_distance(meant, typed, 1) <= 1;
}

/* "pian" */
static bool is_swapped(const char *meant, const char *typed, size_t len)
{
    size_t at = 0;
    while (at < len && meant[at] == typed[at])
        at++;
    return at + 1 < len && meant[at] == typed[at + 1] && meant[at + 1] == typed[at] &&
           strcmp(meant + at + 2, typed + at + 2) == 0;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Stems whose second letters differ are other words, vowels apart: "took" is
 * "take", but where "dying" is asked for, "die" is not it. */
static bool has_key(const struct phrase_word *meant, const char *key)
{
    char second = meant->text[1];
    if (meant->text[0] != key[0] || second == '\0' ||
        (second != key[1] && !(is_vowel(second) && is_vowel(key[1]))))
        return false;
    return strcmp(meant->key, key) == 0;
}

static bool is_misspelt(const struct phrase_word *meant, const struct speech_word *typed)
{
    if (typed->is_everyday || meant->len + 1 < TYPO_LETTERS)
        return false;
    if (meant->len < TYPO_LETTERS)
        return typed->len == meant->len &&
               is_swapped(meant->text, typed->text, meant->len);
    if (is_slip(meant->text, typed->text))
        return !meant->is_exact || !has_key(meant, typed->key); /* not another form */
    if (meant->is_exact)
        return false;
    return strlen(meant->key) > TYPO_LETTERS && is_slip(meant->key, typed->key);
}

static const struct phrase_word *choice(const struct phrase_book *book,
                                        const struct phrase_slot *slot, size_t at)
{
    return &book->words[book->choices[slot->first + at]];
}

static bool is_word(const struct search *search, const struct phrase_slot *slot,
                    const struct speech_word *typed)
{
    for (size_t i = 0; i < slot->count; i++) {
        const struct phrase_word *meant = choice(search->book, slot, i);
        if (meant->len == typed->len && memcmp(meant->text, typed->text, typed->len) == 0)
            return true;
        if ((!meant->is_exact && has_key(meant, typed->key)) ||
            (search->allows_slips && is_misspelt(meant, typed)))
            return true;
    }
    return false;
}

/* Does `whole` consist of `first` and `second`? */
static bool consists_of(const char *whole, const char *first, size_t first_len,
                        const char *second)
{
    return whole[0] == first[0] && strncmp(whole, first, first_len) == 0 &&
           strcmp(whole + first_len, second) == 0;
}

/* Two words of the phrase were typed as one. */
static bool is_joined(const struct phrase_book *book, const struct phrase_slot *slots,
                      const struct speech_word *typed)
{
    for (size_t i = 0; i < slots[0].count && !typed->is_everyday; i++) {
        const struct phrase_word *first = choice(book, &slots[0], i);
        if (first->text[0] != typed->text[0] || first->len >= typed->len)
            continue;
        for (size_t j = 0; j < slots[1].count; j++) {
            if (consists_of(typed->text, first->text, first->len,
                            choice(book, &slots[1], j)->text))
                return true;
        }
    }
    return false;
}

/* A word of the phrase was typed as two. */
static bool is_split(const struct phrase_book *book, const struct phrase_slot *slot,
                     const struct speech_word *first, const struct speech_word *second)
{
    for (size_t i = 0; i < slot->count; i++) {
        const struct phrase_word *whole = choice(book, slot, i);
        if (whole->len >= TYPO_LETTERS && whole->len == first->len + second->len &&
            consists_of(whole->text, first->text, first->len, second->text))
            return true;
    }
    return false;
}

/* Slots of the part from `at` against the speech from `from`; `ret_end` is behind
 * the last word. */
static bool match_from(const struct search *search, size_t at, size_t from,
                       size_t sentence, size_t *ret_end)
{
    const struct speech *speech = search->speech;
    if (at == search->part->count) {
        *ret_end = from;
        return true;
    }
    const struct phrase_slot *slot = &search->book->slots[search->part->first + at];
    bool has_next = at + 1 < search->part->count && !slot[1].is_gap_before;
    size_t reach = slot->is_gap_before ? GAP_MAX : 0;
    for (size_t i = from; i <= from + reach && i < speech->count; i++) {
        const struct speech_word *typed = &speech->words[i];
        if (typed->is_cut || typed->sentence != sentence)
            return false;
        if (is_word(search, slot, typed) &&
            match_from(search, at + 1, i + 1, sentence, ret_end))
            return true;
        if (has_next && is_joined(search->book, slot, typed) &&
            match_from(search, at + 2, i + 1, sentence, ret_end))
            return true;
        if (i + 1 < speech->count && !typed[1].is_cut && typed[1].sentence == sentence &&
            is_split(search->book, slot, typed, &typed[1]) &&
            match_from(search, at + 1, i + 2, sentence, ret_end))
            return true;
    }
    return false;
}

static bool match_chain(const struct search *search, char first, struct span *ret_span)
{
    const struct speech *speech = search->speech;
    for (size_t i = speech->first_with[(unsigned char)first]; i != SPEECH_END;
         i = speech->words[i].next) {
        size_t end;
        if (match_from(search, 0, i, speech->words[i].sentence, &end)) {
            *ret_span = (struct span){i, end};
            return true;
        }
    }
    return false;
}

static bool match_part(const struct search *search, struct span *ret_span)
{
    const struct phrase_book *book = search->book;
    const struct phrase_slot *slot = &book->slots[search->part->first];
    for (size_t i = 0; i < slot->count; i++) {
        if (!search->speech->marks[book->choices[slot->first + i]])
            continue;
        const char *text = choice(book, slot, i)->text;
        if (match_chain(search, text[0], ret_span) ||
            (text[1] != text[0] && text[1] != '\0' &&
             match_chain(search, text[1], ret_span)))
            return true;
    }
    return false;
}

/* Could a word of the speech be this one? */
static unsigned char mark(const struct speech *speech, const struct phrase_word *word)
{
    bool may_begin = outlines_have(&speech->begin, word->outline) ||
                     outlines_have(&speech->begin, word->outline_without_s);
    bool may_follow = outlines_have(&speech->inside, word->outline) ||
                      outlines_have(&speech->inside, word->outline_without_s);
    bool may_be_odd = word->len + 1 >= TYPO_LETTERS &&
                      speech->has_odd[(unsigned char)word->text[0]] &&
                      outlines_have(&speech->odd, word->frame);
    return (unsigned char)((may_begin || may_be_odd ? MAY_BEGIN : 0) |
                           (may_begin || may_be_odd || may_follow ? MAY_FOLLOW : 0));
}

void phrase_mark(const struct phrase_book *book, struct speech *speech)
{
    speech->marks = mem_resize(speech->marks, book->word_count + 1, 1);
    for (size_t i = 0; i < book->word_count; i++)
        speech->marks[i] = mark(speech, &book->words[i]);
}

static bool may_have(const struct phrase_book *book, const struct speech *speech,
                     const struct phrase_slot *slot, unsigned needed)
{
    const unsigned *choices = &book->choices[slot->first];
    for (size_t i = 0; i < slot->count; i++) {
        if (speech->marks[choices[i]] & needed)
            return true;
    }
    return false;
}

/* Has the speech a candidate for each slot of the phrase? */
static bool may_match(const struct phrase_book *book, const struct speech *speech,
                      const struct phrase *phrase)
{
    for (size_t i = 0; i < phrase->count; i++) {
        const struct phrase_part *part = &book->parts[phrase->first + i];
        for (size_t k = 0; k < part->count; k++) {
            if (!may_have(book, speech, &book->slots[part->first + k],
                          k > 0 ? MAY_FOLLOW : MAY_BEGIN))
                return false;
        }
        if (part->count == 0)
            return false;
    }
    return phrase->count > 0;
}

static bool find(const struct phrase_book *book, size_t number,
                 const struct speech *speech, bool allows_slips, struct span *ret_span)
{
    const struct phrase *phrase = &book->phrases[number];
    if (!may_match(book, speech, phrase))
        return false;
    struct span first = {0, 0}, span;
    for (size_t i = 0; i < phrase->count; i++) {
        struct search search = {book, speech, &book->parts[phrase->first + i],
                                allows_slips};
        if (!match_part(&search, i == 0 ? &first : &span))
            return false;
    }
    *ret_span = first;
    return true;
}

bool phrase_find(const struct phrase_book *book, size_t number,
                 const struct speech *speech, struct span *ret_span)
{
    return find(book, number, speech, true, ret_span);
}

void phrase_cut(const struct phrase_book *book, size_t number, struct speech *speech)
{
    struct span span;
    while (find(book, number, speech, false, &span)) {
        for (size_t i = span.first; i < span.end; i++)
            speech->words[i].is_cut = true;
    }
}
