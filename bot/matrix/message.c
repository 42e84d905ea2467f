/* message.c - an effect's words as the content of m.room.message, or of a poll.
 *
 * The order of keys never changes: the same effect gives the same bytes. An
 * event may be 64 KiB with everything around it, and an edit carries the new
 * content beside its own, so content keeps to CONTENT_MAX: first the HTML goes,
 * then the end of the body.
 */
#include "bot/matrix/message.h"

#include "bot/base/json_write.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/base/ns.h"
#include "bot/base/zone.h"

#include <stdlib.h>
#include <string.h>

#define CONTENT_MAX ((size_t)48 * 1024)
#define ELLIPSIS "\xE2\x80\xA6"

/* Polls are no part of the specification yet: clients know these names. */
#define POLL_START "org.matrix.msc3381.poll.start"
#define POLL_KIND "org.matrix.msc3381.poll.disclosed" /* nothing is to be kept secret */
#define PLAIN_TEXT "org.matrix.msc1767.text"

/* At most `max` bytes, an ellipsis at the end if something was cut. */
static char *clip(const char *text, size_t max)
{
    if (strlen(text) <= max)
        return mem_dup(text);
    struct buf out;
    char *start = text_clip(text, max - strlen(ELLIPSIS));
    buf_init(&out, max);
    buf_add_text(&out, start);
    buf_add_text(&out, ELLIPSIS);
    free(start);
    return buf_take(&out);
}

static void write_in_reply_to(struct json_writer *w, const char *event_id)
{
    json_object(w, "m.in_reply_to");
    json_text(w, "event_id", event_id);
    json_object_end(w);
}

static void write_relations(struct json_writer *w, const struct effect *effect)
{
    if (!effect->thread_root && !effect->answers)
        return;
    json_object(w, "m.relates_to");
    if (effect->thread_root) {
        json_text(w, "rel_type", "m.thread");
        json_text(w, "event_id", effect->thread_root);
        json_bool(w, "is_falling_back", false);
    }
    if (effect->answers)
        write_in_reply_to(w, effect->answers);
    json_object_end(w);
}

static void write_mentions(struct json_writer *w, const char *user_id)
{
    json_object(w, "m.mentions");
    if (user_id) {
        json_array(w, "user_ids");
        json_text(w, NULL, user_id);
        json_array_end(w);
    }
    json_object_end(w);
}

static void write_checkin(struct json_writer *w, const struct effect *effect)
{
    char date[11];
    day_format(effect->checkin_day, date);
    json_object(w, NS_CHECKIN);
    json_text(w, "checkin", effect->checkin);
    json_int(w, "version", effect->checkin_version);
    json_array(w, "items");
    for (size_t i = 0; i < effect->checkin_items.count; i++)
        json_text(w, NULL, effect->checkin_items.items[i]);
    json_array_end(w);
    json_text(w, "date", date);
    json_object_end(w);
}

static void write_words(struct json_writer *w, const struct effect *effect,
                        const char *body, const char *html)
{
    json_text(w, "msgtype", effect->is_prompt ? "m.text" : "m.notice");
    json_text(w, "body", body);
    if (html) {
        json_text(w, "format", "org.matrix.custom.html");
        json_text(w, "formatted_body", html);
    }
}

static void write_plain(struct json_writer *w, const char *markdown)
{
    char *plain = NULL;
    markdown_render(markdown, &plain, NULL);
    json_text(w, PLAIN_TEXT, plain);
    free(plain);
}

/* A client with polls shows the question and the choices and nothing else, one
 * without them `body`. */
static void write_poll(struct json_writer *w, const struct effect *effect,
                       const char *body)
{
    json_object(w, POLL_START);
    json_object(w, "question");
    write_plain(w, effect->question ? effect->question : "");
    json_object_end(w);
    json_text(w, "kind", POLL_KIND);
    json_int(w, "max_selections", 1);
    json_array(w, "answers");
    for (size_t i = 0; i < effect->choice_ids.count; i++) {
        json_object(w, NULL);
        json_text(w, "id", effect->choice_ids.items[i]);
        write_plain(w, effect->choice_texts.items[i]);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
    json_text(w, PLAIN_TEXT, body);
}

static bool is_poll(const struct effect *effect)
{
    return effect->choice_ids.count > 0;
}

static void write_content(const struct effect *effect, const char *body, const char *html,
                          struct buf *out)
{
    struct json_writer w;
    json_begin(&w, out);
    json_object(&w, NULL);
    if (is_poll(effect))
        write_poll(&w, effect, body);
    else
        write_words(&w, effect, body, html);
    write_mentions(&w, effect->mention);
    write_relations(&w, effect);
    if (effect->checkin && effect->checkin_items.count > 0)
        write_checkin(&w, effect);
    json_object_end(&w);
}

/* Write again with less until it fits: escapes can make six bytes of one. */
static char *fit_content(const struct effect *effect, const char *body, const char *html)
{
    struct buf out;
    buf_init(&out, CONTENT_MAX);
    write_content(effect, body, html, &out);
    for (size_t max = MESSAGE_TEXT_MAX; out.overflowed && max > 64; max /= 2) {
        char *shorter = clip(body, max);
        buf_reset(&out);
        write_content(effect, shorter, NULL, &out);
        free(shorter);
    }
    return buf_take(&out);
}

const char *message_type(const struct effect *effect)
{
    return is_poll(effect) ? POLL_START : "m.room.message";
}

char *message_content(const struct effect *effect)
{
    char *plain = NULL, *html = NULL;
    char *text = clip(effect->text ? effect->text : "", MESSAGE_TEXT_MAX);
    markdown_render(text, &plain, &html);
    char *body = clip(plain, MESSAGE_TEXT_MAX);
    char *content = fit_content(effect, body, html);
    free(text);
    free(plain);
    free(html);
    free(body);
    return content;
}
