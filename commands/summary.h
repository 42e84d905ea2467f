/* summary.h - a closed week in words, from sealed rows only. */
#ifndef HEARTH_COMMANDS_SUMMARY_H
#define HEARTH_COMMANDS_SUMMARY_H

#include "commands/command.h"

/* Markdown of a closed week; the caller's. */
enum status summary_text(struct turn *turn, const struct group_settings *group,
                         int32_t week, char **ret_text) MUST_CHECK;

#endif
