/* tell_mods.h - the answer to "shall I tell the moderators?". */
#ifndef HEARTH_COMMANDS_TELL_MODS_H
#define HEARTH_COMMANDS_TELL_MODS_H

#include "commands/command.h"

/* `asked` (from talk_take) may be that question and the message its answer. */
enum status tell_mods_answer(struct turn *turn, const char *asked,
                             bool *ret_is_handled) MUST_CHECK;

#endif
