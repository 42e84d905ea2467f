/* file.c - files read whole, written whole and synced.
 *
 * A write goes to `path` + FILE_NEW_SUFFIX and is renamed into place. A crash
 * before the rename can leave that neighbour behind: it was never in use, and
 * the next write of the same path replaces it.
 */
#include "bot/base/file.h"

#include "bot/base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_FLAGS (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) /* a FIFO must not block us */

static enum status status_of_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return ST_NOT_FOUND;
    case EEXIST:
        return ST_EXISTS;
    case EACCES:
    case EPERM:
    case EROFS:
    case EISDIR:
    case ELOOP: /* the last component is a symbolic link */
        return ST_DENIED;
    case ENOSPC:
    case EDQUOT:
        return ST_FULL;
    case EWOULDBLOCK:
        return ST_BUSY;
    default:
        return ST_IO;
    }
}

/* Open a regular file; anything else is ST_DENIED. */
static enum status open_regular(const char *path, int flags, int *ret_fd, size_t *ret_len)
{
    struct stat info;
    int fd = open(path, flags | OPEN_FLAGS, 0600);
    if (fd < 0)
        return status_of_errno();
    enum status status = ST_OK;
    if (fstat(fd, &info) != 0)
        status = status_of_errno();
    else if (!S_ISREG(info.st_mode))
        status = ST_DENIED;
    if (status) {
        close(fd);
        return status;
    }
    *ret_fd = fd;
    *ret_len = (size_t)info.st_size;
    return ST_OK;
}

static enum status read_all(int fd, struct buf *content)
{
    char part[16 * 1024];
    enum status status = ST_OK;
    for (;;) {
        ssize_t len = read(fd, part, sizeof part);
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0)
            status = status_of_errno();
        if (len <= 0)
            break;
        if ((size_t)len > content->max - content->len) {
            status = ST_TOO_BIG;
            break;
        }
        buf_add(content, part, (size_t)len);
    }
    explicit_bzero(part, sizeof part); /* it may have been a key */
    return status;
}

enum status file_read(const char *path, struct buf *ret_content)
{
    int fd;
    size_t len;
    enum status status = open_regular(path, O_RDONLY, &fd, &len);
    if (status)
        return status;
    size_t old_len = ret_content->len;
    status = read_all(fd, ret_content);
    if (status && ret_content->data) {
        explicit_bzero(ret_content->data + old_len, ret_content->len - old_len);
        ret_content->len = old_len;
    }
    close(fd);
    return status;
}

static enum status write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(fd, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return status_of_errno();
        bytes += written;
        len -= (size_t)written;
    }
    return ST_OK;
}

static enum status sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? mem_dup(".")
                   : slash == path ? mem_dup("/")
                                   : mem_dup_len(path, (size_t)(slash - path));
    enum status status = ST_OK;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        status = status_of_errno();
    if (fd >= 0)
        close(fd);
    free(folder);
    return status;
}

static enum status write_new(const char *path, const void *bytes, size_t len)
{
    int fd;
    size_t old_len;
    if (unlink(path) != 0 && errno != ENOENT)
        return status_of_errno();
    enum status status = open_regular(path, O_WRONLY | O_CREAT | O_EXCL, &fd, &old_len);
    if (status)
        return status;
    status = write_all(fd, bytes, len);
    if (status == ST_OK && fsync(fd) != 0)
        status = status_of_errno();
    if (close(fd) != 0 && status == ST_OK)
        status = status_of_errno();
    return status;
}

enum status file_write(const char *path, const void *bytes, size_t len)
{
    size_t path_len = strlen(path);
    char *new_path = mem_alloc(path_len + sizeof FILE_NEW_SUFFIX);
    memcpy(new_path, path, path_len);
    memcpy(new_path + path_len, FILE_NEW_SUFFIX, sizeof FILE_NEW_SUFFIX);
    enum status status = write_new(new_path, bytes, len);
    if (status == ST_OK && rename(new_path, path) != 0)
        status = status_of_errno();
    if (status)
        unlink(new_path);
    else
        status = sync_folder_of(path);
    free(new_path);
    return status;
}

static enum status overwrite(int fd, size_t len)
{
    static const char zeros[4096];
    enum status status = ST_OK;
    while (status == ST_OK && len > 0) {
        size_t part = len < sizeof zeros ? len : sizeof zeros;
        status = write_all(fd, zeros, part);
        len -= part;
    }
    if (status == ST_OK && fsync(fd) != 0)
        status = status_of_errno();
    return status;
}

enum status file_destroy(const char *path)
{
    int fd;
    size_t len;
    enum status status = open_regular(path, O_WRONLY, &fd, &len);
    if (status)
        return status;
    /* A file that cannot be overwritten must go all the same. */
    status = overwrite(fd, len);
    close(fd);
    if (unlink(path) != 0)
        return status_of_errno();
    enum status synced = sync_folder_of(path);
    return status ? status : synced;
}

static bool is_private(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid() &&
           (info.st_mode & 077) == 0;
}

enum status file_private_dir(const char *path)
{
    if (mkdir(path, 0700) == 0)
        return sync_folder_of(path);
    if (errno != EEXIST)
        return status_of_errno();
    return is_private(path) ? ST_OK : ST_DENIED;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

enum status file_list(const char *path, struct strv *ret_names)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return status_of_errno();
    DIR *dir = fdopendir(fd);
    if (dir == NULL) {
        enum status status = status_of_errno();
        close(fd);
        return status;
    }
    struct strv names = {0};
    struct dirent *entry;
    while (errno = 0, (entry = readdir(dir)) != NULL) {
        if (!text_equal(entry->d_name, ".") && !text_equal(entry->d_name, ".."))
            strv_add(&names, entry->d_name);
    }
    enum status status = errno ? status_of_errno() : ST_OK;
    closedir(dir);
    if (status) {
        strv_clear(&names);
        return status;
    }
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    *ret_names = names;
    return ST_OK;
}

/* The number in a lock file; 0 when there is none (yet). */
static long read_holder(int fd)
{
    char text[32] = "";
    int64_t pid = 0;
    ssize_t len = pread(fd, text, sizeof text - 1, 0);
    text[len > 0 ? len : 0] = '\0';
    text[strcspn(text, "\n")] = '\0';
    if (text_to_int(text, 1, INT32_MAX, &pid))
        return 0;
    return (long)pid;
}

static enum status write_holder(int fd)
{
    char text[32];
    int len = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) != 0)
        return status_of_errno();
    return write_all(fd, text, (size_t)len);
}

enum status file_lock(const char *path, int *ret_fd, long *ret_holder)
{
    int fd;
    size_t len;
    enum status status = open_regular(path, O_RDWR | O_CREAT, &fd, &len);
    if (status)
        return status;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        status = status_of_errno();
    if (status == ST_OK)
        status = write_holder(fd);
    else if (status == ST_BUSY)
        *ret_holder = read_holder(fd);
    if (status)
        close(fd);
    else
        *ret_fd = fd;
    return status;
}

void file_unlock(int fd)
{
    if (fd < 0)
        return;
    /* The file stays: unlinking it could take another's lock away. Empty, it
     * names no holder. */
    int ignored = ftruncate(fd, 0); /* a stale number is only a wrong hint */
    (void)ignored;
    close(fd);
}

enum status file_temp_dir(const char *name, char **ret_path)
{
    const char *base = getenv("TMPDIR");
    struct buf path;
    buf_init(&path, PATH_MAX);
    buf_addf(&path, "%s/%s-XXXXXX", base && base[0] ? base : P_tmpdir, name);
    if (path.overflowed || mkdtemp(path.data) == NULL) {
        buf_clear(&path);
        return status_of_errno();
    }
    *ret_path = buf_take(&path);
    return ST_OK;
}

static int remove_entry(const char *path, const struct stat *info, int type,
                        struct FTW *place)
{
    (void)info;
    (void)type;
    (void)place;
    return remove(path);
}

void file_remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

enum status file_open_scratch(const char *path, int *ret_fd)
{
    size_t len;
    return open_regular(path, O_RDWR | O_CREAT, ret_fd, &len);
}

char *file_join(const char *dir, const char *name)
{
    struct buf path;
    buf_init(&path, SIZE_MAX);
    buf_addf(&path, "%s/%s", dir, name);
    return buf_take(&path);
}
