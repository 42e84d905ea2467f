/* session.c - the file that `hearth login` writes and `hearth run` reads. */
#include "bot/session.h"

#include "bot/base/file.h"
#include "bot/base/ini.h"
#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

#define SESSION_MAX (16 * 1024)

static void wipe(struct ini *ini)
{
    for (size_t i = 0; i < ini->strings.count; i++)
        explicit_bzero(ini->strings.items[i], strlen(ini->strings.items[i]));
    ini_clear(ini);
}

static char *take(const struct ini *ini, const char *key)
{
    for (size_t i = 0; i < ini->entry_count; i++) {
        if (text_equal(ini->entries[i].key, key))
            return mem_dup(ini->entries[i].value);
    }
    return mem_dup("");
}

static enum status read_fields(const struct buf *content, struct session *ret_session)
{
    struct ini ini;
    ini_parse(content->data, content->len, &ini);
    struct session session = {.user_id = take(&ini, "user_id"),
                              .device_id = take(&ini, "device_id"),
                              .access_token = take(&ini, "access_token")};
    enum status status = ini.error_count > 0 || session.user_id[0] == '\0' ||
                                 session.access_token[0] == '\0'
                             ? ST_CORRUPT
                             : ST_OK;
    wipe(&ini);
    if (status)
        session_clear(&session);
    else
        *ret_session = session;
    return status;
}

enum status session_read(const char *key_dir, struct session *ret_session)
{
    char *path = file_join(key_dir, SESSION_FILE);
    struct buf content;
    buf_init(&content, SESSION_MAX);
    enum status status = file_read(path, &content);
    if (status == ST_OK)
        status = read_fields(&content, ret_session);
    buf_wipe(&content);
    free(path);
    return status;
}

static bool fits_line(const char *value)
{
    char *trimmed = text_trim(value);
    bool fits = text_equal(trimmed, value) && strchr(value, '\n') == NULL;
    explicit_bzero(trimmed, strlen(trimmed));
    free(trimmed);
    return fits;
}

enum status session_write(const char *key_dir, const struct session *session)
{
    if (!fits_line(session->user_id) || !fits_line(session->device_id) ||
        !fits_line(session->access_token))
        return ST_INVALID;
    char *path = file_join(key_dir, SESSION_FILE);
    struct buf content;
    buf_init(&content, SESSION_MAX);
    buf_addf(&content,
             "; Written by `hearth login`. Whoever has this can act as the account.\n"
             "[session]\nuser_id = %s\ndevice_id = %s\naccess_token = %s\n",
             session->user_id, session->device_id, session->access_token);
    enum status status =
        content.overflowed ? ST_TOO_BIG : file_write(path, content.data, content.len);
    buf_wipe(&content);
    free(path);
    return status;
}

void session_clear(struct session *session)
{
    if (session == NULL)
        return;
    if (session->access_token != NULL)
        explicit_bzero(session->access_token, strlen(session->access_token));
    free(session->user_id);
    free(session->device_id);
    free(session->access_token);
    *session = (struct session){0};
}
