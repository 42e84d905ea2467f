/* config_path.c - paths of a config. */
#include "bot/config_path.h"

#include "bot/base/file.h"
#include "bot/base/mem.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

char *config_path_dir(const char *file)
{
    const char *slash = strrchr(file, '/');
    if (slash == NULL)
        return mem_dup("");
    return mem_dup_len(file, slash == file ? 1 : (size_t)(slash - file));
}

char *config_path_from(const char *dir, const char *path)
{
    if (*path == '/' || *dir == '\0')
        return mem_dup(path);
    return file_join(dir, path);
}

bool config_path_is_inside(const char *inner, const char *outer)
{
    char *in = g_canonicalize_filename(inner, NULL);
    char *out = g_canonicalize_filename(outer, NULL);
    size_t len = strlen(out);
    bool is_inside =
        strncmp(in, out, len) == 0 && (in[len] == '/' || in[len] == '\0' || len == 1);
    g_free(in);
    g_free(out);
    return is_inside;
}

enum status config_path_read(const char *path, struct buf *ret_content)
{
    char *real = realpath(path, NULL);
    enum status status = file_read(real ? real : path, ret_content);
    free(real);
    return status;
}
