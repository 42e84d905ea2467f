/* reply.h - what the talking commands share: replies from the table of texts,
 * short questions that wait for an answer, and not saying the same twice.
 */
#ifndef HEARTH_COMMANDS_REPLY_H
#define HEARTH_COMMANDS_REPLY_H

#include "commands/command.h"

/* What stands in front of a command where this request came from: nothing in a
 * DM, else the prefix. */
const char *reply_prefix(const struct turn *turn);

/* `text` with everything that Markdown would read as a sign made plain. */
char *reply_escape(const char *text);

/* A reply of a text without placeholders, or with {prefix} only. */
enum status reply_text(struct turn *turn, enum text_id id);

/* The same words may be needed only once in `span_ms` at `place`: true when they
 * were said, else remembers that they are said now. */
enum status said_lately(struct turn *turn, const char *place, const char *what,
                        int64_t span_ms, bool *ret_was_said) MUST_CHECK;

/* The one short question, beside check-ins, that waits for this person's answer
 * here: opaque bytes, replaced by the next, gone after half an hour. */
enum status talk_ask(struct turn *turn, const char *asked) MUST_CHECK;
/* What it is; ST_NOT_FOUND. `ret_asked` is the caller's. */
enum status talk_peek(struct turn *turn, char **ret_asked) MUST_CHECK;
enum status talk_drop(struct turn *turn) MUST_CHECK;
/* Takes it away; ST_NOT_FOUND. `ret_asked` is the caller's. */
enum status talk_take(struct turn *turn, char **ret_asked) MUST_CHECK;

/* Is the message nothing but one of these (words parted by "|")? */
bool reply_is(const struct turn *turn, const char *words);
bool reply_is_yes(const struct turn *turn);
bool reply_is_no(const struct turn *turn);

#endif
