/* attempt.c - see attempt.h. */
#include "bot/attempt.h"
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define TRIES_BEFORE_CARE 3

struct record {
    uint64_t update; /* hash of the token it continues; 0: none under way */
    uint64_t event;  /* hash of the event under way, only in careful mode */
    uint64_t tries;
};

struct attempt {
    int fd;
    struct record record;
    uint64_t killer; /* the event at which the process died last */
};

/* FNV-1a: only compared with itself. */
static uint64_t hash(const char *text)
{
    uint64_t value = 14695981039346656037u;
    for (; *text != '\0'; text++)
        value = (value ^ (unsigned char)*text) * 1099511628211u;
    return value | 1;
}

struct attempt *attempt_open(const char *path)
{
    struct attempt *attempt = mem_alloc(sizeof *attempt);
    attempt->fd = -1;
    if (path == NULL)
        return attempt;
    if (file_open_scratch(path, &attempt->fd) != ST_OK)
        return attempt;
    struct record found;
    if (pread(attempt->fd, &found, sizeof found, 0) == (ssize_t)sizeof found)
        attempt->record = found;
    attempt->killer = attempt->record.event;
    return attempt;
}

void attempt_close(struct attempt *attempt)
{
    if (attempt == NULL)
        return;
    if (attempt->fd >= 0)
        close(attempt->fd);
    free(attempt);
}

/* A failed write only means that nothing is remembered. */
static void write_record(struct attempt *attempt)
{
    if (attempt->fd >= 0 && pwrite(attempt->fd, &attempt->record, sizeof attempt->record,
                                   0) != (ssize_t)sizeof attempt->record) {
        close(attempt->fd);
        attempt->fd = -1;
    }
}

void attempt_begin(struct attempt *attempt, const char *since)
{
    uint64_t update = hash(since);
    if (attempt->record.update == update)
        attempt->record.tries++;
    else
        attempt->record = (struct record){.update = update, .tries = 1};
    write_record(attempt);
}

bool attempt_is_careful(const struct attempt *attempt)
{
    return attempt->record.tries > TRIES_BEFORE_CARE;
}

bool attempt_must_skip(const struct attempt *attempt, const char *event_id)
{
    return attempt->killer != 0 && attempt->killer == hash(event_id);
}

void attempt_event(struct attempt *attempt, const char *event_id)
{
    if (!attempt_is_careful(attempt))
        return;
    attempt->record.event = hash(event_id);
    write_record(attempt);
}

void attempt_end(struct attempt *attempt)
{
    attempt->record = (struct record){0};
    attempt->killer = 0;
    write_record(attempt);
}
