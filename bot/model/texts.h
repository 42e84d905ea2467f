/* texts.h - every sentence the bot says, in one table.
 *
 * The table is the .def files: X(id, key of [texts], placeholders, default
 * sentence). Placeholders are named in braces; they are filled by our own
 * substitution, never by printf. A replacement in [texts] must use known
 * placeholders only and all of those marked with `!`. Sentences are Markdown.
 */
#ifndef HEARTH_MODEL_TEXTS_H
#define HEARTH_MODEL_TEXTS_H

#include "bot/base/status.h"

#define X(id, key, placeholders, sentence) id,
enum text_id {
#include "bot/model/texts_talk.def"
#include "bot/model/texts_checkin.def"
#include "bot/model/texts_commands.def"
#include "bot/model/texts_process.def"
#include "bot/model/texts_diary.def"
    TEXT_COUNT
};
#undef X

struct settings;

const char *text_key(enum text_id id); /* "pong" */
const char *text_default(enum text_id id);
const char *text_placeholders(enum text_id id); /* "name,hour!" or "" */
/* Does `sentence` use only allowed placeholders and every needed one?
 * ST_INVALID: `ret_message` says what is wrong. */
enum status text_check(enum text_id id, const char *sentence,
                       char **ret_message) MUST_CHECK;

/* The sentence with its placeholders filled from name, value pairs ended by
 * NULL. The caller's string. */
char *say(const struct settings *settings, enum text_id id, ...)
    __attribute__((sentinel));

#endif
