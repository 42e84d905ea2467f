/* safety_read.c - safety_read: is there a sign, and whom is it about?
 *
 * Explicit phrases about the writer become phrases about someone else when the
 * nearest person in front of them is another one ("my daughter says she wants to
 * die") and nothing inside them says I. A false alarm only shows a phone
 * number, so doubt counts as a sign.
 */
#include "commands/safety.h"

#include "bot/base/text.h"

#include "bot/base/mem.h"
#include "commands/phrase.h"

#include <stdlib.h>
#include <string.h>

enum list { LIST_IDIOMS, LIST_SELF, LIST_OTHER, LIST_URGENT, LIST_UNCLEAR, LIST_COUNT };

struct safety_rules {
    struct phrase_book *book;
    size_t begin[LIST_COUNT + 1]; /* phrases of a list: [begin, begin of the next) */
};

/* clang-format off */
static const char *const first_person[] = {"i", "me", "mine", "my", "myself", NULL};
static const char *const first_subject[] = {"i", "me", "myself", NULL};
static const char *const others[] = {
    "aunt", "bestie", "bf", "boy", "boyfriend", "bro", "brother", "child", "client", "colleague",
    "cousin", "dad", "daughter", "ex", "father", "fiance", "flatmate", "friend", "gf", "girl",
    "girlfriend", "grandad", "granddaughter", "grandfather", "grandma", "grandmother", "grandpa",
    "grandson", "guy", "he", "her", "him", "housemate", "hubby", "husband", "kid", "lad", "lady",
    "man", "mate", "member", "mom", "mother", "mum", "nan", "neighbor", "neighbour", "nephew",
    "niece", "partner", "person", "roommate", "she", "sis", "sister", "somebody", "someone", "son",
    "student", "teen", "teenager", "them", "they", "uncle", "user", "wife", "woman", NULL};
static const char *const themselves[] = {
    "herself", "himself", "themself", "themselves", NULL};
/* clang-format on */

static bool span_has(const struct speech *speech, struct span span,
                     const char *const *list)
{
    for (size_t i = span.first; i < span.end; i++) {
        if (text_is_one_of(speech->words[i].text, list))
            return true;
    }
    return false;
}

static bool is_about_other(const struct speech *speech, struct span span)
{
    if (span_has(speech, span, themselves))
        return true;
    if (span_has(speech, span, first_person))
        return false;
    for (size_t i = span.first; i-- > 0;) {
        const struct speech_word *word = &speech->words[i];
        if (word->sentence != speech->words[span.first].sentence ||
            text_is_one_of(word->text, first_subject))
            return false;
        if (text_is_one_of(word->text, others))
            return true;
    }
    return false;
}

/* Every place where a phrase about the writer stands is looked at: "she wants
 * to die and I want to die" is about the writer. */
static enum safety_sign read_self(const struct safety_rules *rules, struct speech *speech)
{
    enum safety_sign sign = SAFETY_NONE;
    for (size_t i = rules->begin[LIST_SELF]; i < rules->begin[LIST_SELF + 1]; i++) {
        struct span span;
        while (phrase_find(rules->book, i, speech, &span)) {
            if (!is_about_other(speech, span))
                return SAFETY_CRISIS_SELF;
            sign = SAFETY_CRISIS_OTHER;
            speech->words[span.end - 1].is_cut = true; /* so that the next is found */
        }
    }
    return sign;
}

static bool has_phrase(const struct safety_rules *rules, const struct speech *speech,
                       enum list list)
{
    struct span span;
    for (size_t i = rules->begin[list]; i < rules->begin[list + 1]; i++) {
        if (phrase_find(rules->book, i, speech, &span))
            return true;
    }
    return false;
}

static void add_list(struct safety_rules *rules, enum list list,
                     const struct strv *phrases)
{
    for (size_t i = 0; i < phrases->count; i++)
        phrase_book_add(rules->book, phrases->items[i]);
    rules->begin[list + 1] = rules->book->phrase_count;
}

struct safety_rules *safety_rules_new(const struct safety_settings *safety)
{
    struct safety_rules *rules = mem_alloc(sizeof *rules);
    rules->book = phrase_book_new();
    add_list(rules, LIST_IDIOMS, &safety->idioms);
    add_list(rules, LIST_SELF, &safety->crisis_self);
    add_list(rules, LIST_OTHER, &safety->crisis_other);
    add_list(rules, LIST_URGENT, &safety->urgent_signs);
    add_list(rules, LIST_UNCLEAR, &safety->crisis_unclear);
    return rules;
}

void safety_rules_free(struct safety_rules *rules)
{
    if (rules == NULL)
        return;
    phrase_book_free(rules->book);
    free(rules);
}

enum safety_sign safety_read(const struct safety_rules *rules, const char *text)
{
    struct speech speech;
    speech_read(text, rules->book->known, &speech);
    phrase_mark(rules->book, &speech);
    for (size_t i = 0; i < rules->begin[LIST_IDIOMS + 1]; i++)
        phrase_cut(rules->book, i, &speech);
    enum safety_sign sign = read_self(rules, &speech);
    if (sign == SAFETY_NONE && has_phrase(rules, &speech, LIST_OTHER))
        sign = SAFETY_CRISIS_OTHER;
    if (sign == SAFETY_NONE && has_phrase(rules, &speech, LIST_URGENT))
        sign = SAFETY_URGENT;
    if (sign == SAFETY_NONE && has_phrase(rules, &speech, LIST_UNCLEAR))
        sign = SAFETY_UNCLEAR;
    speech_clear(&speech);
    return sign;
}
