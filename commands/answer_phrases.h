/* answer_phrases.h - answers without numbers: "skip", "same again please", "one at a
 * time", "stop".
 *
 * Pure. What people say beside it (why, or thanks) does not matter, but for `stop`:
 * nothing else may be said with that.
 */
#ifndef HEARTH_COMMANDS_ANSWER_PHRASES_H
#define HEARTH_COMMANDS_ANSWER_PHRASES_H

#include "commands/answer_read.h"

/* The message as a whole is such a phrase, else READ_NONE. */
enum reading_kind answer_whole_read(const struct tokens *tokens);

/* One of its clauses is, and no other says something else; for messages in which no
 * score was found. Else READ_NONE. */
enum reading_kind answer_clauses_read(const struct tokens *tokens);

#endif
