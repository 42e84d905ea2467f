/* config_check_folders.c - folders as they are on this machine.
 *
 * Destroying a week's key is what makes its answers unreadable. Some file
 * systems keep what was overwritten: then only a key in memory is gone for good.
 */
#include "bot/config_check.h"

#include "bot/base/mem.h"
#include "bot/config_path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

struct kind {
    unsigned long magic;
    const char *name;
};

static const struct kind keeping[] = {
    {0x9123683eUL, "btrfs"},   {0x2fc12fc1UL, "zfs"},  {0xca451a4eUL, "bcachefs"},
    {0x794c7630UL, "overlay"}, {0x6969UL, "nfs"},      {0xff534d42UL, "cifs"},
    {0xfe534d42UL, "smb2"},    {0x517bUL, "smb"},      {0x65735546UL, "fuse"},
    {0x01021997UL, "9p"},      {0x00c36400UL, "ceph"},
};

/* The folder itself, or the nearest one above that is there. */
static char *existing(const char *path)
{
    char *at = mem_dup(path);
    while (access(at, F_OK) != 0 && strcmp(at, "/") != 0) {
        char *above = config_path_dir(at);
        free(at);
        at = *above ? above : mem_dup(".");
        if (at != above) {
            free(above);
            break;
        }
    }
    return at;
}

static const char *keeping_name(const char *path)
{
    struct statfs info;
    char *at = existing(path);
    const char *name = NULL;
    if (statfs(at, &info) == 0) {
        for (size_t i = 0; i < sizeof keeping / sizeof keeping[0] && name == NULL; i++) {
            if (((unsigned long)info.f_type & 0xffffffffUL) == keeping[i].magic)
                name = keeping[i].name;
        }
    }
    free(at);
    return name;
}

static void check_private(const char *key, const char *path, const char *file,
                          struct config_problems *problems)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return; /* made at the first start */
    if (!S_ISDIR(info.st_mode))
        config_problem_add(problems, file, 0, 0, IS_ERROR, "%s: %s is not a folder", key,
                           path);
    else if (info.st_uid != geteuid() || (info.st_mode & 077) != 0)
        config_problem_add(problems, file, 0, 0, IS_WARNING,
                           "%s: %s must belong to Hearth's own user and be closed to all "
                           "others: chown it to that user and chmod 700 it",
                           key, path);
}

void config_check_folders(const struct settings *settings, const char *file,
                          struct config_problems *problems)
{
    const struct hearth_settings *hearth = &settings->hearth;
    check_private("data_dir", hearth->data_dir, file, problems);
    check_private("key_dir", hearth->key_dir, file, problems);
    check_private("week_key_dir", hearth->week_key_dir, file, problems);
    const char *name = keeping_name(hearth->week_key_dir);
    if (name != NULL)
        config_problem_add(
            problems, file, 0, 0, IS_WARNING,
            "week_key_dir: %s is on %s, where a destroyed key may live on in "
            "older copies: put week_key_dir into memory, such as a tmpfs",
            hearth->week_key_dir, name);
}
