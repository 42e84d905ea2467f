/* log.h - one line an event, to stderr.
 *
 * The only global of the program is the sink. Never logged at any level:
 * tokens, message bodies, answers, user ids; room ids only as the first six
 * characters of their lane. Only bot/ logs.
 */
#ifndef HEARTH_BASE_LOG_H
#define HEARTH_BASE_LOG_H

#include "bot/base/status.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* `write` gets the text as one clean line, without time, level and line break;
 * NULL restores stderr. A text over 1023 bytes is cut. */
void log_set_sink(void (*write)(void *ctx, enum log_level level, const char *line),
                  void *ctx);
void log_set_level(enum log_level level); /* default LOG_INFO */
enum status log_level_parse(const char *text, enum log_level *ret_level) MUST_CHECK;

void log_error(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warn(const char *format, ...) PRINTF_LIKE(1, 2);
void log_info(const char *format, ...) PRINTF_LIKE(1, 2);
void log_debug(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
