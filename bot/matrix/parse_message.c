/* parse_message.c - what a person wrote: the content of m.room.message.
 *
 * An edit is read from m.new_content and has no relation but m.replace. A reply
 * loses the quotation that older clients put in front of it. A media message
 * has a text only if it carries a caption.
 */
#include "bot/matrix/parse_event.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/matrix/json_get.h"

#include <string.h>

static const char *pass_line(const char *text)
{
    const char *end = strchr(text, '\n');
    return end ? end + 1 : text + strlen(text);
}

/* "> <@ann:example.org> what she wrote", more lines with "> ", an empty line.
 * A quotation without a user id is the writer's own and stays. */
static const char *pass_reply_fallback(const char *body)
{
    if (!text_starts(body, "> <@") && !text_starts(body, "> * <@"))
        return body;
    while (text_starts(body, "> ") || text_starts(body, ">\n"))
        body = pass_line(body);
    return *body == '\n' ? body + 1 : body;
}

static const char *pass_html_fallback(const char *html)
{
    static const char close[] = "</mx-reply>";
    const char *end = text_starts(html, "<mx-reply>") ? strstr(html, close) : NULL;
    return end ? end + strlen(close) : html;
}

static bool is_media(const char *msgtype)
{
    static const char *const types[] = {"m.image", "m.file", "m.audio", "m.video"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(msgtype, types[i]))
            return true;
    return false;
}

/* The text that a person wrote, or NULL. */
static const char *find_text(const cJSON *content, const char *msgtype)
{
    const char *body = json_get_text(content, "body");
    if (!msgtype || !body || strcmp(msgtype, "m.location") == 0)
        return NULL;
    if (is_media(msgtype)) {
        const char *filename = json_get_text(content, "filename");
        return filename && strcmp(filename, body) != 0 ? body : NULL;
    }
    return body;
}

static void read_mentions(const cJSON *content, struct event *event)
{
    const cJSON *mentions = json_get_object(content, "m.mentions");
    const cJSON *user = NULL;

    event->has_mentions = mentions != NULL;
    cJSON_ArrayForEach(user, json_get_array(mentions, "user_ids"))
    {
        if (cJSON_IsString(user) && *user->valuestring &&
            strlen(user->valuestring) <= MATRIX_ID_MAX)
            strv_add(&event->mentions, user->valuestring);
    }
}

/* True when the content has any m.in_reply_to, a thread's stand-in included. */
static bool read_relations(const cJSON *content, struct event *event)
{
    const cJSON *relates = json_get_object(content, "m.relates_to");
    const char *rel_type = json_get_text(relates, "rel_type");
    const char *target = json_get_id(relates, "event_id");
    const char *reply =
        json_get_id(json_get_object(relates, "m.in_reply_to"), "event_id");

    if (target && text_equal(rel_type, "m.replace")) {
        event->replaces = mem_dup(target);
        return false;
    }
    bool is_thread = target && text_equal(rel_type, "m.thread");
    if (is_thread)
        event->thread_root = mem_dup(target);
    if (reply && !(is_thread && json_get_true(relates, "is_falling_back")))
        event->in_reply_to = mem_dup(reply);
    return reply != NULL;
}

void parse_message_content(const struct cJSON *content, struct event *event)
{
    bool is_reply = read_relations(content, event);
    if (event->replaces)
        content = json_get_object(content, "m.new_content");

    event->msgtype = mem_dup(json_get_text(content, "msgtype"));
    read_mentions(content, event);
    const char *body = find_text(content, event->msgtype);
    if (!body)
        return;
    event->body = mem_dup(is_reply ? pass_reply_fallback(body) : body);
    const char *html = json_get_text(content, "formatted_body");
    if (html && text_equal(json_get_text(content, "format"), "org.matrix.custom.html"))
        event->formatted_body = mem_dup(is_reply ? pass_html_fallback(html) : html);
}
