/* config_problem.h - collecting what is wrong with a config. */
#ifndef HEARTH_BOT_CONFIG_PROBLEM_H
#define HEARTH_BOT_CONFIG_PROBLEM_H

#include "bot/config.h"

#include <stdarg.h>

enum severity { IS_ERROR, IS_WARNING };

/* Line 0: about the file as a whole. */
void config_problem_add(struct config_problems *problems, const char *file, int line,
                        int column, enum severity severity, const char *format, ...)
    PRINTF_LIKE(6, 7);
void config_problem_add_list(struct config_problems *problems, const char *file, int line,
                             int column, enum severity severity, const char *format,
                             va_list args) __attribute__((format(printf, 6, 0)));

/* `first_file`'s problems first, then by file, line and column; what was added
 * earlier stays before its equals. */
void config_problems_sort(struct config_problems *problems, const char *first_file);

#endif
