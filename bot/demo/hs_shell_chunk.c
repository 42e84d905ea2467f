/* hs_shell_chunk.c - a chunked request body: libwebsockets hands it out raw. */
#include "bot/demo/hs_shell_internal.h"
#include <stdlib.h>
#include <string.h>

static void take_size_char(struct chunked *chunked, char c)
{
    char *end;
    if (c == '\r')
        return;
    if (c != '\n') {
        if (chunked->line_len + 1 < sizeof chunked->line)
            chunked->line[chunked->line_len++] = c;
        return;
    }
    chunked->line[chunked->line_len] = 0;
    chunked->line_len = 0;
    chunked->left = strtoull(chunked->line, &end, 16);
    if (!g_ascii_isxdigit(chunked->line[0]) || (*end && *end != ';') ||
        chunked->left > HS_MEDIA_BODY_MAX)
        chunked->state = CHUNK_BAD;
    else
        chunked->state = chunked->left > 0 ? CHUNK_DATA : CHUNK_TRAILER;
}

/* Trailers are read and left; an empty line ends the body. */
static void take_trailer_char(struct chunked *chunked, char c)
{
    if (c == '\n' && chunked->line_len == 0)
        chunked->state = CHUNK_DONE;
    else if (c == '\n')
        chunked->line_len = 0;
    else if (c != '\r')
        chunked->line_len = 1;
}

static void take_break_char(struct chunked *chunked, char c)
{
    if (c == '\n')
        chunked->state = CHUNK_SIZE;
    else if (c != '\r')
        chunked->state = CHUNK_BAD;
}

void shell_chunk_feed(struct chunked *chunked, const char *bytes, size_t len,
                      struct buf *body)
{
    for (size_t i = 0; i < len; i++) {
        size_t part;
        switch (chunked->state) {
        case CHUNK_SIZE:
            take_size_char(chunked, bytes[i]);
            break;
        case CHUNK_DATA:
            part = MIN(chunked->left, len - i);
            buf_add(body, bytes + i, part);
            chunked->left -= part;
            i += part - 1;
            if (chunked->left == 0)
                chunked->state = CHUNK_BREAK;
            break;
        case CHUNK_BREAK:
            take_break_char(chunked, bytes[i]);
            break;
        case CHUNK_TRAILER:
            take_trailer_char(chunked, bytes[i]);
            break;
        case CHUNK_DONE:
        case CHUNK_BAD:
            return;
        }
    }
}
