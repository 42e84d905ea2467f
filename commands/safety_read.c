/* safety_read.c - safety_read: is there a sign, and whom is it about?
 *
 * Explicit phrases about the writer become phrases about someone else when the
 * nearest person in front of them is another one ("my daughter says she wants to
 * die") and nothing inside them says I. A false alarm only shows a phone
 * number, so doubt counts as a sign.
 */
#include "commands/safety.h"

#include "commands/phrase.h"

#include <string.h>

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

static bool is_in(const char *const *list, const char *word)
{
    for (; *list; list++) {
        if (strcmp(*list, word) == 0)
            return true;
    }
    return false;
}

static bool span_has(const struct speech *speech, struct span span,
                     const char *const *list)
{
    for (size_t i = span.first; i < span.end; i++) {
        if (is_in(list, speech->words[i].text))
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
            is_in(first_subject, word->text))
            return false;
        if (is_in(others, word->text))
            return true;
    }
    return false;
}

/* Every place where a phrase about the writer stands is looked at: "she wants
 * to die and I want to die" is about the writer. */
static enum safety_sign read_self(struct speech *speech, const struct strv *phrases)
{
    enum safety_sign sign = SAFETY_NONE;
    for (size_t i = 0; i < phrases->count; i++) {
        struct span span;
        while (phrase_find(speech, phrases->items[i], &span)) {
            if (!is_about_other(speech, span))
                return SAFETY_CRISIS_SELF;
            sign = SAFETY_CRISIS_OTHER;
            speech->words[span.end - 1].is_cut = true; /* so that the next is found */
        }
    }
    return sign;
}

static bool has_phrase(const struct speech *speech, const struct strv *phrases)
{
    struct span span;
    for (size_t i = 0; i < phrases->count; i++) {
        if (phrase_find(speech, phrases->items[i], &span))
            return true;
    }
    return false;
}

enum safety_sign safety_read(const struct settings *settings, const char *text)
{
    const struct safety_settings *safety = &settings->safety;
    struct speech speech;
    speech_read(text, &speech);
    for (size_t i = 0; i < safety->idioms.count; i++)
        phrase_cut(&speech, safety->idioms.items[i]);
    enum safety_sign sign = read_self(&speech, &safety->crisis_self);
    if (sign == SAFETY_NONE && has_phrase(&speech, &safety->crisis_other))
        sign = SAFETY_CRISIS_OTHER;
    if (sign == SAFETY_NONE && has_phrase(&speech, &safety->urgent_signs))
        sign = SAFETY_URGENT;
    if (sign == SAFETY_NONE && has_phrase(&speech, &safety->crisis_unclear))
        sign = SAFETY_UNCLEAR;
    speech_clear(&speech);
    return sign;
}
