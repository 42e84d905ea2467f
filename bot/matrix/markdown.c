/* markdown.c - Markdown to safe HTML and to a plain body that stands alone.
 *
 * cmark parses; both texts come from one walk of its tree, ours, because cmark
 * has no plain renderer and its HTML one knows neither Matrix's list of tags
 * nor that an image should be a link. Everything written is escaped, raw HTML
 * is text like any other, and links go to four schemes only. Nesting deeper
 * than DEPTH_MAX is flattened: clients cut it anyway, and it bounds the prefix
 * of a plain line.
 *
 * Plain lines: each open quote or list item is a level that puts "> ", a list
 * marker or its width in spaces in front of every line. `gap` is how many line
 * breaks the next block wants before it.
 */
#include "bot/matrix/message.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DEPTH_MAX 24
#define EMPHASIS_MAX 8
#define OUTPUT_MAX (8 * MESSAGE_TEXT_MAX)

struct level {
    bool is_quote;
    bool is_fresh; /* no line of it was written yet */
    int number;    /* of an ordered item, -1 for a bullet */
    int width;     /* of the marker, known once written */
};

struct renderer {
    struct buf plain, html;
    struct level levels[DEPTH_MAX];
    int depth; /* open levels; those from DEPTH_MAX on have no entry */
    int gap;
    bool has_line;   /* something was written before */
    bool is_started; /* the current block has its first prefix */
    bool has_markup;
    int emphasis_depth;
    int link_depth;    /* links do not nest in HTML */
    size_t link_start; /* where the outer link's text starts in `plain` */
    size_t link_html_start;
};

static void add_escaped(struct buf *out, const char *text, size_t len)
{
    for (const char *p = text; p < text + len; p++) {
        switch (*p) {
        case '&':
            buf_add_text(out, "&amp;");
            break;
        case '<':
            buf_add_text(out, "&lt;");
            break;
        case '>':
            buf_add_text(out, "&gt;");
            break;
        case '"':
            buf_add_text(out, "&quot;");
            break;
        case '\'':
            buf_add_text(out, "&#39;");
            break;
        default:
            buf_add_char(out, *p);
        }
    }
}

static int open_levels(const struct renderer *r)
{
    return r->depth < DEPTH_MAX ? r->depth : DEPTH_MAX;
}

static void add_marker(struct renderer *r, struct level *level)
{
    size_t before = r->plain.len;
    if (level->number < 0)
        buf_add_text(&r->plain, "- ");
    else
        buf_addf(&r->plain, "%d. ", level->number);
    level->width = (int)(r->plain.len - before);
}

static void add_prefix(struct renderer *r)
{
    for (int i = 0; i < open_levels(r); i++) {
        struct level *level = &r->levels[i];
        if (level->is_quote)
            buf_add_text(&r->plain, "> ");
        else if (level->is_fresh)
            add_marker(r, level);
        else
            buf_addf(&r->plain, "%*s", level->width, "");
        level->is_fresh = false;
    }
}

/* The empty line between two blocks carries the quotes that both are in. */
static void add_blank_line(struct renderer *r)
{
    for (int i = 0; i < open_levels(r) && !r->levels[i].is_fresh; i++)
        if (r->levels[i].is_quote)
            buf_add_char(&r->plain, '>');
    buf_add_char(&r->plain, '\n');
}

static void start_block(struct renderer *r)
{
    if (r->is_started)
        return;
    if (r->has_line) {
        buf_add_char(&r->plain, '\n');
        if (r->gap > 1)
            add_blank_line(r);
    }
    add_prefix(r);
    r->is_started = r->has_line = true;
    r->gap = 0;
}

static void add_plain(struct renderer *r, const char *text, size_t len)
{
    start_block(r);
    const char *end = text + len;
    while (text < end) {
        const char *line_end = memchr(text, '\n', (size_t)(end - text));
        buf_add(&r->plain, text, (size_t)((line_end ? line_end : end) - text));
        if (!line_end)
            break;
        buf_add_char(&r->plain, '\n');
        add_prefix(r);
        text = line_end + 1;
    }
}

/* A text into both. */
static void add_both(struct renderer *r, const char *text)
{
    add_plain(r, text, strlen(text));
    add_escaped(&r->html, text, strlen(text));
}

/* Raw HTML shows as it was typed, without its last line break. */
static void add_literal(struct renderer *r, cmark_node *node)
{
    const char *text = cmark_node_get_literal(node);
    size_t len = strlen(text);
    if (len > 0 && text[len - 1] == '\n')
        len--;
    add_plain(r, text, len);
    add_escaped(&r->html, text, len);
}

static bool is_link_allowed(const char *url)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "matrix:"};
    if (!url)
        return false;
    for (const unsigned char *p = (const unsigned char *)url; *p; p++)
        if (*p <= ' ' || *p == 0x7f)
            return false;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t len = strlen(schemes[i]);
        if (strncasecmp(url, schemes[i], len) == 0 && url[len] != '\0')
            return true;
    }
    return false;
}

static void open_link(struct renderer *r, const char *url)
{
    if (r->link_depth++ > 0)
        return;
    start_block(r);
    r->link_start = r->plain.len;
    if (is_link_allowed(url)) {
        buf_add_text(&r->html, "<a href=\"");
        add_escaped(&r->html, url, strlen(url));
        buf_add_text(&r->html, "\">");
        r->has_markup = true;
    }
    r->link_html_start = r->html.len;
}

static bool is_url_text(const char *text, const char *url)
{
    return text_equal(text, url) ||
           (strncasecmp(url, "mailto:", 7) == 0 && text_equal(text, url + 7));
}

static void close_link(struct renderer *r, const char *url)
{
    if (--r->link_depth > 0 || !is_link_allowed(url))
        return;
    if (r->html.len == r->link_html_start)
        add_escaped(&r->html, url, strlen(url)); /* nothing to click on otherwise */
    buf_add_text(&r->html, "</a>");
    const char *text = r->plain.data ? r->plain.data + r->link_start : "";
    if (r->plain.len <= r->link_start) {
        buf_add_text(&r->plain, url);
    } else if (!is_url_text(text, url)) {
        buf_add_text(&r->plain, " (");
        buf_add_text(&r->plain, url);
        buf_add_char(&r->plain, ')');
    }
}

static void add_code(struct renderer *r, cmark_node *node)
{
    buf_add_text(&r->html, "<code>");
    add_both(r, cmark_node_get_literal(node));
    buf_add_text(&r->html, "</code>");
    r->has_markup = true;
}

/* class="language-..." is the one class that Matrix allows. */
static void add_language(struct buf *html, const char *info)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789+-_#";
    size_t len = info ? strspn(info, allowed) : 0;
    if (len == 0 || (info[len] != '\0' && info[len] != ' '))
        return;
    buf_add_text(html, " class=\"language-");
    buf_add(html, info, len);
    buf_add_char(html, '"');
}

static void add_code_block(struct renderer *r, cmark_node *node)
{
    const char *text = cmark_node_get_literal(node);
    size_t len = strlen(text);
    buf_add_text(&r->html, "<pre><code");
    add_language(&r->html, cmark_node_get_fence_info(node));
    buf_add_char(&r->html, '>');
    add_escaped(&r->html, text, len);
    buf_add_text(&r->html, "</code></pre>");
    add_plain(r, text, len > 0 && text[len - 1] == '\n' ? len - 1 : len);
    r->has_markup = true;
}

static void add_break(struct renderer *r)
{
    add_plain(r, "\n", 1);
    buf_add_text(&r->html, "<br>");
}

static bool is_tight_paragraph(cmark_node *node)
{
    cmark_node *item = cmark_node_parent(node);
    return cmark_node_get_type(item) == CMARK_NODE_ITEM &&
           cmark_node_get_list_tight(cmark_node_parent(item));
}

/* How far a block stands from its elder sibling: the next line inside a tight
 * list, an empty line between elsewhere. */
static void note_gap(struct renderer *r, cmark_node *node)
{
    cmark_node *parent = cmark_node_parent(node);
    bool is_tight = cmark_node_get_list_tight(parent) ||
                    (cmark_node_get_type(parent) == CMARK_NODE_ITEM &&
                     cmark_node_get_list_tight(cmark_node_parent(parent)));
    int gap = is_tight ? 1 : 2;
    if (cmark_node_previous(node) && gap > r->gap)
        r->gap = gap;
    r->is_started = false;
}

static int item_number(cmark_node *item, int previous)
{
    cmark_node *list = cmark_node_parent(item);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST)
        return -1;
    return cmark_node_previous(item) ? previous + 1 : cmark_node_get_list_start(list);
}

static void add_tag(struct renderer *r, const char *tag)
{
    if (r->depth <= DEPTH_MAX)
        buf_add_text(&r->html, tag);
    r->has_markup = true;
}

static void walk_list(struct renderer *r, cmark_node *node, bool is_entering)
{
    bool is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    char tag[32];

    if (!is_entering)
        add_tag(r, is_ordered ? "</ol>" : "</ul>");
    else if (!is_ordered)
        add_tag(r, "<ul>");
    else if (cmark_node_get_list_start(node) == 1)
        add_tag(r, "<ol>");
    else {
        snprintf(tag, sizeof tag, "<ol start=\"%d\">", cmark_node_get_list_start(node));
        add_tag(r, tag);
    }
}

static void push_level(struct renderer *r, bool is_quote, int number)
{
    if (r->depth < DEPTH_MAX)
        r->levels[r->depth] =
            (struct level){.is_quote = is_quote, .is_fresh = true, .number = number};
    r->depth++;
}

/* An item without content still shows its marker. */
static void pop_level(struct renderer *r)
{
    if (r->depth <= DEPTH_MAX && r->levels[r->depth - 1].is_fresh) {
        r->is_started = false;
        start_block(r);
    }
    r->depth--;
}

static void walk_quote(struct renderer *r, bool is_entering)
{
    if (is_entering)
        push_level(r, true, 0);
    add_tag(r, is_entering ? "<blockquote>" : "</blockquote>");
    if (!is_entering)
        pop_level(r);
}

/* The list's counter lives in the level that its last item just left. */
static void walk_item(struct renderer *r, cmark_node *node, bool is_entering)
{
    if (is_entering) {
        int previous = r->depth < DEPTH_MAX ? r->levels[r->depth].number : 0;
        push_level(r, false, item_number(node, previous));
        add_tag(r, "<li>");
    } else {
        add_tag(r, "</li>");
        pop_level(r);
    }
}

static void walk_heading(struct renderer *r, cmark_node *node, bool is_entering)
{
    char tag[8];
    snprintf(tag, sizeof tag, is_entering ? "<h%d>" : "</h%d>",
             cmark_node_get_heading_level(node));
    add_tag(r, tag);
}

static void walk_block(struct renderer *r, cmark_node *node, bool is_entering)
{
    if (is_entering && cmark_node_get_type(node) != CMARK_NODE_DOCUMENT)
        note_gap(r, node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        walk_quote(r, is_entering);
        break;
    case CMARK_NODE_LIST:
        walk_list(r, node, is_entering);
        break;
    case CMARK_NODE_ITEM:
        walk_item(r, node, is_entering);
        break;
    case CMARK_NODE_PARAGRAPH:
        if (!is_tight_paragraph(node))
            buf_add_text(&r->html, is_entering ? "<p>" : "</p>");
        break;
    case CMARK_NODE_HEADING:
        walk_heading(r, node, is_entering);
        break;
    case CMARK_NODE_CODE_BLOCK:
        add_code_block(r, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        buf_add_text(&r->html, "<p>");
        add_literal(r, node);
        buf_add_text(&r->html, "</p>");
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        add_plain(r, "---", 3);
        add_tag(r, "<hr>");
        break;
    default:
        break;
    }
}

static void add_emphasis(struct renderer *r, const char *tag, bool is_entering)
{
    if (is_entering)
        r->emphasis_depth++;
    if (r->emphasis_depth <= EMPHASIS_MAX)
        buf_addf(&r->html, is_entering ? "<%s>" : "</%s>", tag);
    if (!is_entering)
        r->emphasis_depth--;
    r->has_markup = true;
}

static void walk_inline(struct renderer *r, cmark_node *node, bool is_entering)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_both(r, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_HTML_INLINE:
        add_literal(r, node);
        break;
    case CMARK_NODE_SOFTBREAK: /* where a config line was wrapped */
        add_both(r, " ");
        break;
    case CMARK_NODE_LINEBREAK:
        add_break(r);
        break;
    case CMARK_NODE_CODE:
        add_code(r, node);
        break;
    case CMARK_NODE_EMPH:
        add_emphasis(r, "em", is_entering);
        break;
    case CMARK_NODE_STRONG:
        add_emphasis(r, "strong", is_entering);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (is_entering)
            open_link(r, cmark_node_get_url(node));
        else
            close_link(r, cmark_node_get_url(node));
        break;
    default:
        break;
    }
}

static void walk_tree(struct renderer *r, cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event = cmark_iter_next(iter); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter)) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type >= CMARK_NODE_FIRST_BLOCK && type <= CMARK_NODE_LAST_BLOCK)
            walk_block(r, node, event == CMARK_EVENT_ENTER);
        else
            walk_inline(r, node, event == CMARK_EVENT_ENTER);
    }
    cmark_iter_free(iter);
}

void markdown_render(const char *markdown, char **ret_plain, char **ret_html)
{
    struct renderer r = {0};
    buf_init(&r.plain, OUTPUT_MAX);
    buf_init(&r.html, OUTPUT_MAX);

    char *source = text_clip(markdown ? markdown : "", MESSAGE_TEXT_MAX);
    cmark_node *document =
        cmark_parse_document(source, strlen(source), CMARK_OPT_DEFAULT);
    walk_tree(&r, document);
    cmark_node_free(document);

    /* Only hostile text grows this much: it is shown as it was written. */
    bool is_whole = !r.plain.overflowed && !r.html.overflowed;
    if (ret_plain)
        *ret_plain = is_whole ? buf_take(&r.plain) : mem_dup(source);
    if (ret_html)
        *ret_html = is_whole && r.has_markup ? buf_take(&r.html) : NULL;
    free(source);
    buf_clear(&r.plain);
    buf_clear(&r.html);
}
