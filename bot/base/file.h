/* file.h - the seam for files: read, write whole and synced, unlink synced.
 *
 * Paths are opened without following a symbolic link in the last component;
 * such a link, and what is no regular file, is ST_DENIED.
 */
#ifndef HEARTH_BASE_FILE_H
#define HEARTH_BASE_FILE_H

#include "bot/base/buf.h"
#include "bot/base/text.h"

/* A crash can leave `path` + this behind; it was never in use. Whoever lists a
 * folder destroys or passes over names that end so. */
#define FILE_NEW_SUFFIX ".new"

/* Append the content to `ret_content` (its maximum bounds the file: ST_TOO_BIG). */
enum status file_read(const char *path, struct buf *ret_content) MUST_CHECK;

/* Write to a temporary neighbour (mode 0600), sync it, rename, sync the folder:
 * after a crash the old or the new content is there, whole. */
enum status file_write(const char *path, const void *bytes, size_t len) MUST_CHECK;

/* Overwrite once, unlink, sync the folder. ST_NOT_FOUND if it is not there. The
 * file is unlinked even when overwriting fails; the failure is returned. */
enum status file_destroy(const char *path) MUST_CHECK;

/* Make the folder (mode 0700) if it is missing; ST_DENIED unless it is a
 * directory owned by us without any access of group and others. */
enum status file_private_dir(const char *path) MUST_CHECK;

/* Names in a folder, sorted by bytes, without "." and "..". `ret_names` is
 * overwritten; the caller clears it. */
enum status file_list(const char *path, struct strv *ret_names) MUST_CHECK;

/* Take the exclusive lock of `path` (created if missing) and write our pid into
 * it; held until file_unlock. ST_BUSY: `ret_holder` is the pid written there, 0 if
 * it cannot be read; it is set in no other case. */
enum status file_lock(const char *path, int *ret_fd, long *ret_holder) MUST_CHECK;
void file_unlock(int fd);

/* A new private folder below $TMPDIR (or the system's place); the caller's name. */
enum status file_temp_dir(const char *name, char **ret_path) MUST_CHECK;
/* Remove a folder and all that is in it; links are not followed. */
void file_remove_tree(const char *path);

/* A small private file that is written in place and never synced: it outlives
 * the process, not the machine. The caller closes `ret_fd`. */
enum status file_open_scratch(const char *path, int *ret_fd) MUST_CHECK;

/* dir + "/" + name, the caller's. */
char *file_join(const char *dir, const char *name);

#endif
