/* console.h - a question to the person at the terminal. */
#ifndef HEARTH_BOT_CONSOLE_H
#define HEARTH_BOT_CONSOLE_H

#include "bot/base/status.h"

#include <stdbool.h>

/* Ask on the controlling terminal; a secret is not shown while it is typed.
 * ST_NOT_FOUND: there is no terminal. ST_INVALID: the person gave nothing. The
 * line is the caller's, to be wiped when it was secret. */
enum status console_ask(const char *question, bool is_secret, char **ret_line) MUST_CHECK;

#endif
