/* store_vfs.h - a disk that fails when told to, around SQLite's own.
 *
 * Version 1 of SQLite's file methods: no shared memory, as in the in-memory disk of the
 * simulation. The n-th write, sync or cut fails with a code of the test's choice;
 * `is_lasting` lets all later ones fail too, as a full disk does.
 */
#ifndef HEARTH_TESTS_UNIT_STORE_VFS_H
#define HEARTH_TESTS_UNIT_STORE_VFS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#define FAULTY_VFS "faulty"

static struct {
    int calls;   /* changes of a file so far */
    int fail_at; /* 0: never; else the call that fails, from 1 */
    int code;    /* SQLITE_FULL, SQLITE_IOERR_WRITE ... */
    bool is_lasting;
} disk;

struct faulty_file {
    sqlite3_file base;
    sqlite3_file *real;
    unsigned char space[];
};

static inline sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct faulty_file *)(void *)file)->real;
}

static inline bool fails_now(void)
{
    disk.calls++;
    return disk.fail_at &&
           (disk.calls == disk.fail_at || (disk.is_lasting && disk.calls > disk.fail_at));
}

static inline int faulty_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static inline int faulty_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), bytes, len, at);
}

static inline int faulty_write(sqlite3_file *file, const void *bytes, int len,
                               sqlite3_int64 at)
{
    if (fails_now())
        return disk.code;
    return real_of(file)->pMethods->xWrite(real_of(file), bytes, len, at);
}

static inline int faulty_truncate(sqlite3_file *file, sqlite3_int64 len)
{
    if (fails_now())
        return disk.code;
    return real_of(file)->pMethods->xTruncate(real_of(file), len);
}

static inline int faulty_sync(sqlite3_file *file, int flags)
{
    if (fails_now())
        return disk.code;
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static inline int faulty_size(sqlite3_file *file, sqlite3_int64 *len)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), len);
}

static inline int faulty_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static inline int faulty_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static inline int faulty_check_lock(sqlite3_file *file, int *is_held)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_held);
}

static inline int faulty_control(sqlite3_file *file, int op, void *arg)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static inline int faulty_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static inline int faulty_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods FAULTY_METHODS = {
    .iVersion = 1,
    .xClose = faulty_close,
    .xRead = faulty_read,
    .xWrite = faulty_write,
    .xTruncate = faulty_truncate,
    .xSync = faulty_sync,
    .xFileSize = faulty_size,
    .xLock = faulty_lock,
    .xUnlock = faulty_unlock,
    .xCheckReservedLock = faulty_check_lock,
    .xFileControl = faulty_control,
    .xSectorSize = faulty_sector,
    .xDeviceCharacteristics = faulty_traits,
};

static inline int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                              int flags, int *out_flags)
{
    sqlite3_vfs *system = vfs->pAppData;
    struct faulty_file *faulty = (struct faulty_file *)(void *)file;
    faulty->real = (sqlite3_file *)(void *)faulty->space;
    faulty->base.pMethods = NULL;
    int code = system->xOpen(system, name, faulty->real, flags, out_flags);
    if (faulty->real->pMethods)
        faulty->base.pMethods = &FAULTY_METHODS;
    return code;
}

/* Register FAULTY_VFS; `vfs` must outlive the databases. */
static inline void register_faulty_vfs(sqlite3_vfs *vfs)
{
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    *vfs = *system;
    vfs->pNext = NULL;
    vfs->zName = FAULTY_VFS;
    vfs->szOsFile = (int)offsetof(struct faulty_file, space) + system->szOsFile;
    vfs->pAppData = system;
    vfs->xOpen = faulty_open;
    sqlite3_vfs_register(vfs, 0);
}

#endif
