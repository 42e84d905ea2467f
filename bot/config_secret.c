/* config_secret.c - the access token, from the file, a file or the environment. */
#include "bot/config_secret.h"

#include "bot/base/mem.h"
#include "bot/config_path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TOKEN_MAX 4096

static const char *const keys[] = {"token", "token_file", "token_env"};

static const struct config_place *find(struct config_reader *reader, const char *key)
{
    const struct config_place *place =
        config_reader_find(reader, SECTION_MATRIX, "", key);
    return place != NULL && place->entry->value[0] != '\0' ? place : NULL;
}

/* One line of visible ASCII. */
static bool is_token(const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p <= ' ' || *p > '~')
            return false;
    }
    return *text != '\0';
}

static void use(struct config_reader *reader, const struct config_place *place,
                const char *token, const char *whence)
{
    if (is_token(token))
        reader->settings->matrix.token = mem_dup(token);
    else
        config_report_at(reader, IS_ERROR, place,
                         "%s does not hold an access token: one line without blanks",
                         whence);
}

/* A warning when people beside us may read a file with the token in it. */
static void check_mode(struct config_reader *reader, const struct config_place *place,
                       const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0 && (info.st_mode & S_IROTH) != 0)
        config_report_at(reader, IS_WARNING, place,
                         "%s holds the token and others on this machine may read it: "
                         "chmod 600 it",
                         path);
}

static void read_from_file(struct config_reader *reader, const struct config_place *place)
{
    char *path = config_path_from(place->source->dir, place->entry->value);
    struct buf content;
    buf_init(&content, TOKEN_MAX);
    enum status status = config_path_read(path, &content);
    if (status) {
        config_report_at(reader, IS_ERROR, place, "%s cannot be read: %s", path,
                         status_text(status));
    } else {
        char *token = text_trim(content.data ? content.data : "");
        use(reader, place, token, "the file");
        check_mode(reader, place, path);
        explicit_bzero(token, strlen(token));
        free(token);
    }
    buf_wipe(&content);
    free(path);
}

static void read_from_environment(struct config_reader *reader,
                                  const struct config_place *place)
{
    const char *token = getenv(place->entry->value);
    if (token == NULL)
        config_report_at(
            reader, IS_ERROR, place,
            "there is no environment variable %s: set it where Hearth is started",
            place->entry->value);
    else
        use(reader, place, token, "the environment variable");
}

void config_secret_read(struct config_reader *reader)
{
    const struct config_place *places[3], *only = NULL;
    for (int i = 0; i < 3; i++) {
        places[i] = find(reader, keys[i]);
        if (places[i] != NULL && only != NULL) {
            config_report_at(reader, IS_ERROR, places[i],
                             "%s and %s are both given: keep one place for the token",
                             only->entry->key, keys[i]);
            return;
        }
        only = places[i] ? places[i] : only;
    }
    if (only == NULL || reader->scope != CONFIG_WHOLE)
        return;
    if (places[0] != NULL) {
        use(reader, only, only->entry->value, "this");
        check_mode(reader, only, only->source->file);
    } else if (places[1] != NULL) {
        read_from_file(reader, only);
    } else {
        read_from_environment(reader, only);
    }
}
