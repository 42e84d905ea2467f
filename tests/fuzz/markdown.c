/* markdown.c - any text as Markdown: the HTML must be of the allowed tags only,
 * every tag closed in order, and the message made of it must be strict JSON.
 */
#include "bot/matrix/message.h"

#include "bot/base/mem.h"
#include "bot/matrix/json_scan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define OPEN_TAGS_MAX 256

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"p",   "br", "hr", "em", "strong", "code",
                                    "pre", "ul", "ol", "li", "a",      "h1",
                                    "h2",  "h3", "h4", "h5", "h6",     NULL};

static size_t find_name(const char *tag)
{
    size_t len = strcspn(tag, " >");
    if (len == 10 && strncmp(tag, "blockquote", len) == 0)
        return 1000;
    for (size_t i = 0; names[i]; i++)
        if (strlen(names[i]) == len && strncmp(names[i], tag, len) == 0)
            return i;
    abort();
}

/* Attributes: only these three, closed by a quote before the tag ends. */
static void check_attributes(const char *tag)
{
    const char *space = tag + strcspn(tag, " >");
    if (*space == '>')
        return;
    if (strncmp(space, " href=\"", 7) != 0 && strncmp(space, " start=\"", 8) != 0 &&
        strncmp(space, " class=\"language-", 17) != 0)
        abort();
    const char *value = strchr(space, '"') + 1;
    if (strncmp(space, " href=\"", 7) == 0 && strncasecmp(value, "https://", 8) != 0 &&
        strncasecmp(value, "http://", 7) != 0 && strncasecmp(value, "mailto:", 7) != 0 &&
        strncasecmp(value, "matrix:", 7) != 0)
        abort();
    const char *close = strpbrk(value, "\"<>");
    if (!close || close[0] != '"' || close[1] != '>')
        abort();
}

static void check_html(const char *html)
{
    size_t open[OPEN_TAGS_MAX], depth = 0;
    for (const char *p = strchr(html, '<'); p; p = strchr(p + 1, '<')) {
        bool is_close = p[1] == '/';
        size_t name = find_name(p + 1 + is_close);
        if (is_close) {
            if (depth == 0 || open[--depth] != name)
                abort();
            continue;
        }
        check_attributes(p + 1);
        if (name == 1 || name == 2) /* br, hr */
            continue;
        if (depth == OPEN_TAGS_MAX)
            abort();
        open[depth++] = name;
    }
    if (depth > 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = text_make_utf8((const char *)data, size), *plain = NULL, *html = NULL;
    struct effect effect = {.kind = EFFECT_SAY, .text = text};
    struct json_span value;

    markdown_render(text, &plain, &html);
    if (!plain)
        abort();
    if (html)
        check_html(html);
    char *content = message_content(&effect);
    if (json_scan_check(content, strlen(content), &value) != ST_OK)
        abort();
    free(content);
    free(plain);
    free(html);
    free(text);
    return 0;
}
