/* heartbeat.c - the file by which `hearth health` sees that the bot is alive. */
#include "bot/heartbeat.h"

#include "bot/base/file.h"
#include "bot/base/json_write.h"
#include "bot/matrix/json_scan.h"
#include "bot/matrix/parse.h"

#include <stdlib.h>

#define BEAT_MAX 4096

enum status heartbeat_write(const char *data_dir, const struct heartbeat *beat)
{
    char *path = file_join(data_dir, HEARTBEAT_FILE);
    struct buf line;
    struct json_writer json;
    buf_init(&line, BEAT_MAX);
    json_begin(&json, &line);
    json_object(&json, NULL);
    json_int(&json, "updated_utc_ms", beat->updated_utc_ms);
    json_int(&json, "written_utc_ms", beat->written_utc_ms);
    json_text(&json, "transport", beat->transport ? beat->transport : "none");
    json_int(&json, "outbox", beat->outbox);
    json_text(&json, "version", HEARTH_VERSION);
    json_object_end(&json);
    buf_add_char(&line, '\n');
    enum status status =
        line.overflowed ? ST_TOO_BIG : file_write(path, line.data, line.len);
    buf_clear(&line);
    free(path);
    return status;
}

static enum status find_int(struct json_span object, const char *name, int64_t *ret_value)
{
    struct json_span value;
    if (!json_scan_find(object, name, &value))
        return ST_CORRUPT;
    char *digits = text_make_utf8(value.at, value.len);
    enum status status = text_to_int(digits, INT64_MIN, INT64_MAX, ret_value);
    free(digits);
    return status ? ST_CORRUPT : ST_OK;
}

static enum status read_line(const struct buf *line, struct heartbeat *ret_beat)
{
    struct json_span object;
    struct heartbeat beat = {0};
    enum status status =
        json_scan_check(line->data ? line->data : "", line->len, &object);
    if (status == ST_OK)
        status = find_int(object, "updated_utc_ms", &beat.updated_utc_ms);
    if (status == ST_OK)
        status = find_int(object, "written_utc_ms", &beat.written_utc_ms);
    if (status == ST_OK)
        status = find_int(object, "outbox", &beat.outbox);
    if (status == ST_OK)
        status = parse_string_field(line->data, line->len, "transport", &beat.transport);
    if (status == ST_OK)
        status = parse_string_field(line->data, line->len, "version", &beat.version);
    if (status) {
        heartbeat_clear(&beat);
        return ST_CORRUPT;
    }
    *ret_beat = beat;
    return ST_OK;
}

enum status heartbeat_read(const char *data_dir, struct heartbeat *ret_beat)
{
    char *path = file_join(data_dir, HEARTBEAT_FILE);
    struct buf line;
    buf_init(&line, BEAT_MAX);
    enum status status = file_read(path, &line);
    if (status == ST_OK)
        status = read_line(&line, ret_beat);
    else if (status == ST_TOO_BIG)
        status = ST_CORRUPT;
    buf_clear(&line);
    free(path);
    return status;
}

void heartbeat_clear(struct heartbeat *beat)
{
    if (beat == NULL)
        return;
    free(beat->transport);
    free(beat->version);
    *beat = (struct heartbeat){0};
}
