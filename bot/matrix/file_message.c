/* file_message.c - a file as the content of m.room.message. The order of keys never
 * changes, as in message.c; a body that makes the event too big is cut at its end.
 */
#include "bot/matrix/message.h"

#include "bot/base/json_write.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

#define CONTENT_MAX ((size_t)48 * 1024)

static void write_thumbnail(struct json_writer *w, const struct file_message *file)
{
    json_text(w, "thumbnail_url", file->thumbnail_url);
    json_object(w, "thumbnail_info");
    json_int(w, "w", file->thumbnail_width);
    json_int(w, "h", file->thumbnail_height);
    json_text(w, "mimetype", file->mimetype);
    json_int(w, "size", (int64_t)file->thumbnail_size);
    json_object_end(w);
}

static void write_info(struct json_writer *w, const struct file_message *file)
{
    json_object(w, "info");
    json_text(w, "mimetype", file->mimetype);
    json_int(w, "size", (int64_t)file->size);
    if (file->is_image) {
        json_int(w, "w", file->width);
        json_int(w, "h", file->height);
        if (file->thumbnail_url)
            write_thumbnail(w, file);
    }
    json_object_end(w);
}

static void write_file(struct buf *out, const struct file_message *file, const char *body)
{
    struct json_writer w;
    json_begin(&w, out);
    json_object(&w, NULL);
    json_text(&w, "msgtype", file->is_image ? "m.image" : "m.file");
    json_text(&w, "body", body);
    json_text(&w, "filename", file->file_name);
    json_text(&w, "url", file->url);
    write_info(&w, file);
    json_object(&w, "m.mentions");
    json_object_end(&w);
    if (file->answers) {
        json_object(&w, "m.relates_to");
        json_object(&w, "m.in_reply_to");
        json_text(&w, "event_id", file->answers);
        json_object_end(&w);
        json_object_end(&w);
    }
    json_object_end(&w);
}

char *file_content(const struct file_message *file)
{
    struct buf out;
    buf_init(&out, CONTENT_MAX);
    write_file(&out, file, file->text);
    for (size_t max = MESSAGE_TEXT_MAX; out.overflowed && max > 64; max /= 2) {
        char *shorter = text_clip(file->text, max);
        buf_reset(&out);
        write_file(&out, file, shorter);
        free(shorter);
    }
    return buf_take(&out);
}
