/* folders.c - the three folders of a store: private, apart, locked.
 *
 * All three are locked: two bots that share only the keys would destroy each
 * other's outbox keys. Paths are resolved first, so that a link on the way
 * cannot put one folder into another.
 */
#include "store/opening.h"

#include "bot/base/file.h"
#include "bot/base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOCK_NAME "lock"
#define WHY_MAX 2048

static const char *const FOLDER_NAMES[] = {"data_dir", "key_dir", "week_key_dir"};

void opening_explain(struct opening *opening, const char *format, ...)
{
    char text[WHY_MAX];
    va_list args;
    if (opening->why)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    opening->why = mem_dup(text);
}

static enum status open_folder(struct opening *opening, enum folder folder,
                               const char *path)
{
    enum status status = path ? file_private_dir(path) : ST_INVALID;
    const char *name = FOLDER_NAMES[folder];
    if (status == ST_OK) {
        opening->store->folders[folder] = realpath(path, NULL);
        if (opening->store->folders[folder] == NULL)
            status = ST_IO;
    }
    if (status == ST_DENIED)
        opening_explain(
            opening,
            "%s %s must be a real folder of the user that runs Hearth, closed to all "
            "others: chown it, and chmod 700",
            name, path);
    else if (status == ST_NOT_FOUND)
        opening_explain(opening, "%s %s cannot be made: the folder above it is missing",
                        name, path);
    else if (status)
        opening_explain(opening, "%s %s: %s", name, path ? path : "is not set",
                        status_text(status));
    return status;
}

static bool is_inside(const char *inner, const char *outer)
{
    size_t len = strlen(outer);
    while (len > 0 && outer[len - 1] == '/')
        len--;
    return strncmp(inner, outer, len) == 0 && (inner[len] == '/' || inner[len] == '\0');
}

static enum status check_apart(struct opening *opening)
{
    char **folders = opening->store->folders;
    for (int i = 0; i < FOLDER_COUNT; i++) {
        for (int j = 0; j < FOLDER_COUNT; j++) {
            if (i == j || !is_inside(folders[i], folders[j]))
                continue;
            opening_explain(
                opening,
                "%s %s lies inside %s %s: keep the three folders apart, so that a copy "
                "of the data never takes its keys along",
                FOLDER_NAMES[i], folders[i], FOLDER_NAMES[j], folders[j]);
            return ST_INVALID;
        }
    }
    return ST_OK;
}

static enum status lock_folder(struct opening *opening, enum folder folder)
{
    struct store *store = opening->store;
    char *path = file_join(store->folders[folder], LOCK_NAME);
    enum status status = file_lock(path, &store->locks[folder], &opening->holder);
    if (status == ST_BUSY)
        opening_explain(opening, "%s %s is in use by process %ld: stop it first",
                        FOLDER_NAMES[folder], store->folders[folder], opening->holder);
    else if (status)
        opening_explain(opening, "%s: %s", path, status_text(status));
    free(path);
    return status;
}

enum status opening_take_folders(struct opening *opening)
{
    const char *paths[FOLDER_COUNT] = {opening->config->data_dir,
                                       opening->config->key_dir,
                                       opening->config->week_key_dir};
    enum status status = ST_OK;
    for (int i = 0; status == ST_OK && i < FOLDER_COUNT; i++)
        status = open_folder(opening, (enum folder)i, paths[i]);
    if (status == ST_OK)
        status = check_apart(opening);
    for (int i = 0; status == ST_OK && i < FOLDER_COUNT; i++)
        status = lock_folder(opening, (enum folder)i);
    return status;
}
