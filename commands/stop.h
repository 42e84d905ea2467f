/* stop.h - ending check-ins by one's own wish. */
#ifndef HEARTH_COMMANDS_STOP_H
#define HEARTH_COMMANDS_STOP_H

#include "commands/command.h"

/* End all check-ins of the sender, and say so. */
enum status stop_everything(struct turn *turn, bool keeps_answers) MUST_CHECK;

#endif
