/* file_clock.c - see file_clock.h. */
#include "tests/file_clock.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

static bool has_changed(struct file_clock *self)
{
    struct stat seen;
    if (stat(self->path, &seen) != 0)
        return false;
    if (seen.st_ino == self->inode && seen.st_mtim.tv_sec == self->changed.tv_sec &&
        seen.st_mtim.tv_nsec == self->changed.tv_nsec)
        return false;
    self->inode = seen.st_ino;
    self->changed = seen.st_mtim;
    return true;
}

static void read_offset(struct file_clock *self)
{
    FILE *file = fopen(self->path, "re");
    int64_t offset_ms;
    if (file == NULL)
        return;
    if (fscanf(file, "%" SCNd64, &offset_ms) == 1)
        self->offset_ms = offset_ms;
    fclose(file);
}

static struct now read_moved(void *ctx)
{
    struct file_clock *self = ctx;
    struct now now = clock_read(&self->system);
    if (self->path != NULL && has_changed(self))
        read_offset(self);
    now.utc_ms += self->offset_ms;
    return now;
}

struct clock file_clock_init(struct file_clock *self, const char *path)
{
    *self = (struct file_clock){.path = path, .system = clock_system()};
    return (struct clock){.read = read_moved, .ctx = self};
}
