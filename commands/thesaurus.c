/* thesaurus.c - everyday words that people use for one another in questions.
 *
 * Associations rather than strict synonyms, of no community in particular, so
 * that an FAQ of bare questions and answers is found by other words than its
 * own. [synonyms] of the config come on top and count more.
 *
 * A line is a group. It is tight: each pair in it makes sense on its own, and a word
 * with several meanings stands only where the others do no harm.
 *
 *   begin, start, launch          every wording suggests every other
 *   put off: delay, postpone      "put off" suggests them and they each other, but
 *                                 nothing suggests "put off", whose single words mean
 *                                 something else
 *   arm and a leg > price, cost   only from left to right
 *
 * Lower-case ASCII without apostrophes ("cant", "oclock"); match_synonyms.c reads it.
 */
#include "commands/match_index.h"

#include <stddef.h>

const char *const *const thesaurus[] = {
    thesaurus_body,    thesaurus_people,     thesaurus_doing,
    thesaurus_measure, thesaurus_world,      thesaurus_idioms,
    thesaurus_kinds,   thesaurus_kinds_more, NULL,
};
