/* timezone.h - the answer to "which of these zones is yours?". */
#ifndef HEARTH_COMMANDS_TIMEZONE_H
#define HEARTH_COMMANDS_TIMEZONE_H

#include "commands/command.h"

/* `asked` (from talk_take) may be that question and the message its answer. */
enum status timezone_answer(struct turn *turn, const char *asked,
                            bool *ret_is_handled) MUST_CHECK;

#endif
