/* members.c - `make bench-members`: what very many members cost.
 *
 *   members COUNT ...
 *
 * For each count a store is filled through its interface, by a process of its own,
 * and measured by another with the jobs that `hearth run` takes turns with: prompts
 * due in one minute, a few and many of them; then the close of a week in which
 * everybody answered once. A Markdown table; everything from one run.
 *
 * Memory is what the system counts for the process (VmRSS, VmHWM), libraries and FAQ
 * index included. A step is what the loop cannot be interrupted in. Only the
 * filling goes without syncing to disk.
 */
#include "bot/base/buf.h"
#include "bot/base/file.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "store/pending.h"
#include "store/statement.h"
#include "tests/crowd.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILL_STEP 20000
#define FEW_DUE 100
#define MANY_DUE 10000
#define LONG_STEP_MS 50
#define HOUR_MS (60 * 60 * INT64_C(1000))

struct figures {
    double start_mb;
    size_t count, few, many; /* members; prompts due */
    double few_ms, many_ms, prompt_step_ms, prompt_mb;
    double close_s, close_step_ms, purge_s, purge_step_ms, close_mb, wal_mb;
    double step_count, long_step_count; /* of close and purge */
    double file_mb, member_kb, closed_file_mb;
};

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void fail(const char *what)
{
    fprintf(stderr, "members: %s\n", what);
    exit(70);
}

/* A line of /proc/self/status in MB. */
static double memory_mb(const char *name)
{
    char line[256];
    double kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            kb = strtod(line + strlen(name) + 1, NULL);
    if (file != NULL)
        fclose(file);
    return kb / 1024;
}

/* VmHWM begins anew. */
static void forget_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (file == NULL || fputs("5", file) < 0 || fclose(file) != 0)
        fail("/proc/self/clear_refs cannot be written");
}

static double file_mb(const char *folder, const char *name)
{
    struct stat facts;
    char *path = file_join(folder, name);
    double mb = stat(path, &facts) == 0 ? (double)facts.st_size / (1024 * 1024) : 0;
    free(path);
    return mb;
}

static double database_mb(const struct crowd *crowd, const char *suffix)
{
    char name[32];
    snprintf(name, sizeof name, "data/" DATABASE_NAME "%s", suffix);
    return file_mb(crowd->folder, name);
}

static void set(struct crowd *crowd, const char *pragma)
{
    if (statement_exec(crowd->store, pragma) != ST_OK)
        fail(pragma);
}

static size_t due_of(size_t count, size_t wish)
{
    return wish < count / 2 ? wish : count / 2;
}

/* What was written without syncing would be written by the first sync measured. */
static void sync_database(const char *folder)
{
    char *path = file_join(folder, "data/" DATABASE_NAME);
    int file = open(path, O_RDWR);
    if (file < 0 || fsync(file) != 0 || close(file) != 0)
        fail("the database cannot be synced");
    free(path);
}

/* The first steps hold those who are due in the one minute and in the other. */
static void fill(char *folder, size_t count, struct figures *f)
{
    (void)f;
    struct crowd *crowd = crowd_open(folder);
    size_t few = due_of(count, FEW_DUE), many = due_of(count, MANY_DUE);
    set(crowd, "pragma synchronous = off");
    set(crowd, "pragma cache_size = -3000000");
    crowd_add(crowd, 0, few, few, 0);
    crowd_add(crowd, few, many, many, HOUR_MS);
    for (size_t at = few + many; at < count; at += FILL_STEP)
        crowd_add(crowd, at, count - at < FILL_STEP ? count - at : FILL_STEP, 0, 0);
    if (week_key_ensure(crowd->store, CROWD_GROUP, CROWD_WEEK) != ST_OK)
        fail("no key of the week");
    for (size_t at = 0; at < count; at += FILL_STEP)
        crowd_answer(crowd, at, count - at < FILL_STEP ? count - at : FILL_STEP);
    set(crowd, "pragma wal_checkpoint(truncate)");
    crowd_close(crowd);
    sync_database(folder);
}

/* Turns until nothing is left at this time; the longest is noted. */
static double run_prompts(struct crowd *crowd, size_t expected, double *longest_ms)
{
    int64_t before = crowd_number(crowd, "select count(*) from outbox");
    double begin = now_ms(), last = begin;
    bool has_more = true;
    while (has_more) {
        has_more = crowd_turn(crowd);
        double now = now_ms();
        *longest_ms = now - last > *longest_ms ? now - last : *longest_ms;
        last = now;
    }
    int64_t queued = crowd_number(crowd, "select count(*) from outbox") - before;
    if (queued != (int64_t)expected)
        fail("not every prompt was queued");
    return last - begin;
}

static void measure_prompts(struct crowd *crowd, size_t count, struct figures *f)
{
    f->few = due_of(count, FEW_DUE);
    f->many = due_of(count, MANY_DUE);
    crowd->now_ms = CROWD_SATURDAY - 1;
    while (crowd_turn(crowd)) /* upkeep, which is not what is measured */
        ;
    forget_peak();
    crowd->now_ms = CROWD_SATURDAY + 1;
    f->few_ms = run_prompts(crowd, f->few, &f->prompt_step_ms);
    crowd->now_ms = CROWD_SATURDAY + HOUR_MS - 1;
    while (crowd_turn(crowd))
        ;
    crowd->now_ms = CROWD_SATURDAY + HOUR_MS;
    f->many_ms = run_prompts(crowd, f->many, &f->prompt_step_ms);
    f->prompt_mb = memory_mb("VmHWM:");
}

static void measure_close(struct crowd *crowd, struct figures *f)
{
    double begin = now_ms(), last = begin;
    bool has_more = true, is_closed = false;
    if (store_truncate_wal(crowd->store) != ST_OK)
        fail("the log of the prompts stays");
    forget_peak();
    crowd->now_ms = CROWD_CLOSE;
    while (has_more) {
        has_more = crowd_turn(crowd);
        double now = now_ms(), wal = database_mb(crowd, "-wal");
        double *longest = is_closed ? &f->purge_step_ms : &f->close_step_ms;
        *longest = now - last > *longest ? now - last : *longest;
        f->step_count++;
        f->long_step_count += now - last > LONG_STEP_MS;
        f->wal_mb = wal > f->wal_mb ? wal : f->wal_mb;
        if (!is_closed && closed_has(crowd->store, CROWD_GROUP, CROWD_WEEK)) {
            is_closed = true;
            f->close_s = (now - begin) / 1000;
            f->closed_file_mb = database_mb(crowd, "");
        }
        last = now_ms();
    }
    f->purge_s = (last - begin) / 1000 - f->close_s;
    f->close_mb = memory_mb("VmHWM:");
    if (!is_closed || crowd_number(crowd, "select count(*) from trend") == 0)
        fail("the week was not closed");
}

static void measure(char *folder, size_t count, struct figures *f)
{
    struct crowd *crowd = crowd_open(folder);
    f->count = count;
    f->file_mb = database_mb(crowd, "");
    f->member_kb = f->file_mb * 1024 / (double)count;
    crowd_start(crowd);
    f->start_mb = memory_mb("VmRSS:");
    measure_prompts(crowd, count, f);
    measure_close(crowd, f);
    crowd_close(crowd);
}

/* In a process of its own, so that nobody's memory is somebody else's. */
static void run_apart(void (*work)(char *folder, size_t count, struct figures *f),
                      char *folder, size_t count, struct figures *f)
{
    int code = 0;
    pid_t pid = fork();
    if (pid == 0) {
        work(folder, count, f);
        exit(0);
    }
    if (pid < 0 || waitpid(pid, &code, 0) != pid || code != 0)
        fail("a process failed");
}

static void run_size(const char *text, struct figures *f)
{
    char *folder = NULL;
    int64_t count = 0;
    if (text_to_int(text, 2, 100000000, &count) != ST_OK)
        fail("usage: members COUNT ...");
    if (file_temp_dir("hearth-members", &folder) != ST_OK)
        fail("no temporary folder");
    double begin = now_ms();
    run_apart(fill, folder, (size_t)count, f);
    double filled = now_ms();
    run_apart(measure, folder, (size_t)count, f);
    fprintf(stderr, "%lld members: made in %.0f s, measured in %.0f s\n",
            (long long)count, (filled - begin) / 1000, (now_ms() - filled) / 1000);
    file_remove_tree(folder);
    free(folder);
}

static const struct row {
    const char *name;
    int decimals;
    const char *unit;
    size_t offset;
} ROWS[] = {
    {"database, everybody's answers included", 0, " MB",
     offsetof(struct figures, file_mb)},
    {"of it a member", 1, " kB", offsetof(struct figures, member_kb)},
    {"database when the week is closed", 0, " MB",
     offsetof(struct figures, closed_file_mb)},
    {"memory at start", 1, " MB", offsetof(struct figures, start_mb)},
    {"prompts: the few", 0, " ms", offsetof(struct figures, few_ms)},
    {"prompts: the many", 0, " ms", offsetof(struct figures, many_ms)},
    {"prompts: longest step", 0, " ms", offsetof(struct figures, prompt_step_ms)},
    {"prompts: peak memory", 1, " MB", offsetof(struct figures, prompt_mb)},
    {"close, until the key is gone", 1, " s", offsetof(struct figures, close_s)},
    {"close: longest step", 0, " ms", offsetof(struct figures, close_step_ms)},
    {"dead rows deleted in", 1, " s", offsetof(struct figures, purge_s)},
    {"dead rows: longest step", 0, " ms", offsetof(struct figures, purge_step_ms)},
    {"close and dead rows: steps", 0, "", offsetof(struct figures, step_count)},
    {"of them longer than 50 ms", 0, "", offsetof(struct figures, long_step_count)},
    {"close and dead rows: peak memory", 1, " MB", offsetof(struct figures, close_mb)},
    {"close and dead rows: peak WAL", 1, " MB", offsetof(struct figures, wal_mb)},
};

static void print_table(const struct figures *figures, int sizes)
{
    printf("%ld cores\n\n| members |", sysconf(_SC_NPROCESSORS_ONLN));
    for (int i = 0; i < sizes; i++)
        printf(" %zu |", figures[i].count);
    printf("\n|---|");
    for (int i = 0; i < sizes; i++)
        printf("--:|");
    printf("\n| prompts due in one minute: few, many |");
    for (int i = 0; i < sizes; i++)
        printf(" %zu, %zu |", figures[i].few, figures[i].many);
    for (size_t row = 0; row < sizeof ROWS / sizeof *ROWS; row++) {
        printf("\n| %s |", ROWS[row].name);
        for (int i = 0; i < sizes; i++) {
            double value;
            memcpy(&value, (const char *)&figures[i] + ROWS[row].offset, sizeof value);
            printf(" %.*f%s |", ROWS[row].decimals, value, ROWS[row].unit);
        }
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    size_t len = (size_t)argc * sizeof(struct figures);
    struct figures *figures =
        mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (figures == MAP_FAILED)
        fail("no memory");
    log_set_level(LOG_ERROR);
    for (int i = 1; i < argc; i++)
        run_size(argv[i], &figures[i - 1]);
    print_table(figures, argc - 1);
    return 0;
}
