/* log.c - one line an event.
 *
 * A line is `2027-03-28T01:00:00Z warn text`, written with one system call so
 * that lines of two processes do not mix. What would break the line or drive a
 * terminal becomes '?'; a text longer than the line is cut.
 */
#include "bot/base/log.h"

#include "bot/base/buf.h"
#include "bot/base/clock.h"
#include "bot/base/text.h"
#include "bot/base/zone.h"

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_LEN 1024

static const char *const level_names[] = {"error", "warn", "info", "debug"};

static struct {
    void (*write)(void *ctx, enum log_level level, const char *line);
    void *ctx;
    enum log_level level;
} sink = {.level = LOG_INFO};

void log_set_sink(void (*write)(void *ctx, enum log_level level, const char *line),
                  void *ctx)
{
    sink.write = write;
    sink.ctx = ctx;
}

void log_set_level(enum log_level level)
{
    sink.level = level;
}

enum status log_level_parse(const char *text, enum log_level *ret_level)
{
    for (int i = LOG_ERROR; i <= LOG_DEBUG; i++) {
        if (text_equal(text, level_names[i])) {
            *ret_level = (enum log_level)i;
            return ST_OK;
        }
    }
    return ST_INVALID;
}

static bool breaks_line(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
           type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* The text as one clean line, the caller's. */
static char *clean(const char *text)
{
    char *valid = text_make_utf8(text, strlen(text));
    struct buf line;
    buf_init(&line, SIZE_MAX);
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        if (breaks_line(g_utf8_get_char(p)))
            buf_add_char(&line, '?');
        else
            buf_add(&line, p, (size_t)(g_utf8_next_char(p) - p));
    }
    free(valid);
    return buf_take(&line);
}

static void write_stderr(enum log_level level, const char *line)
{
    struct clock clock = clock_system();
    char time[21];
    utc_format(clock_read(&clock).utc_ms, time);
    dprintf(STDERR_FILENO, "%s %s %s\n", time, level_names[level], line);
}

static void PRINTF_LIKE(2, 0) emit(enum log_level level, const char *format, va_list args)
{
    if (level > sink.level)
        return;
    char text[LINE_MAX_LEN];
    vsnprintf(text, sizeof text, format, args);
    char *line = clean(text);
    if (sink.write)
        sink.write(sink.ctx, level, line);
    else
        write_stderr(level, line);
    free(line);
}

void log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(LOG_ERROR, format, args);
    va_end(args);
}

void log_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(LOG_WARN, format, args);
    va_end(args);
}

void log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(LOG_INFO, format, args);
    va_end(args);
}

void log_debug(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(LOG_DEBUG, format, args);
    va_end(args);
}
