/* phrase.h - reviewed phrases found in what people really type.
 *
 * A phrase is plain words in order, as a moderator writes them:
 *   kill/harm myself     one of several words
 *   going to ... it      up to four other words between
 *   fever + stiff neck   parts that stand anywhere, in any order
 *   "died" laughing      this word, no other form of it
 * Small words ("just", "to", "the" ...) are passed over on both sides, short
 * forms are written out ("don't", "dont", "do not"), endings and doubled letters
 * levelled ("die" is also "dying"), words written apart or together understood,
 * and one slip is allowed in a word of five letters or more that is no everyday
 * word itself.
 */
#ifndef HEARTH_COMMANDS_PHRASE_H
#define HEARTH_COMMANDS_PHRASE_H

#include "commands/phrase_book.h"

struct span {
    size_t first, end; /* words [first, end) */
};

/* Note which words of the book the speech may have; before the others. */
void phrase_mark(const struct phrase_book *book, struct speech *speech);

/* Where the phrase of that number stands first (of a phrase with `+`: its first
 * part). A part never spans two sentences. */
bool phrase_find(const struct phrase_book *book, size_t number,
                 const struct speech *speech, struct span *ret_span);

/* Take every occurrence of an idiom out. No slips are allowed here: what is only
 * like an idiom may be a cry for help. */
void phrase_cut(const struct phrase_book *book, size_t number, struct speech *speech);

#endif
