/* console.c - a question to the person at the terminal. */
#include "bot/console.h"

#include "bot/base/buf.h"

#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_MAX_LEN 4096
#define CTRL_C '\x03'

static void say(int terminal, const char *text)
{
    size_t len = strlen(text);
    while (len > 0) {
        ssize_t written = write(terminal, text, len);
        if (written <= 0)
            return;
        text += written;
        len -= (size_t)written;
    }
}

/* One line without its end; nothing when the person pressed Ctrl-C. */
static void read_line(int terminal, struct buf *line)
{
    char c;
    while (read(terminal, &c, 1) == 1 && c != '\n') {
        if (c == CTRL_C) {
            buf_wipe(line);
            return;
        }
        if (c != '\r')
            buf_add_char(line, c);
    }
}

enum status console_ask(const char *question, bool is_secret, char **ret_line)
{
    struct termios shown, hidden;
    struct buf line;
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return ST_NOT_FOUND;
    bool has_mode = tcgetattr(terminal, &shown) == 0;
    buf_init(&line, LINE_MAX_LEN);
    if (is_secret && has_mode) {
        hidden = shown; /* without ISIG: a signal would leave the terminal mute */
        hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ISIG);
        tcsetattr(terminal, TCSAFLUSH, &hidden);
    }
    say(terminal, question);
    read_line(terminal, &line);
    if (is_secret && has_mode) {
        tcsetattr(terminal, TCSAFLUSH, &shown);
        say(terminal, "\n");
    }
    close(terminal);
    enum status status = line.len > 0 && !line.overflowed ? ST_OK : ST_INVALID;
    if (status == ST_OK)
        *ret_line = buf_take(&line);
    buf_wipe(&line);
    return status;
}
