/* app_when.c - `hearth when` as its user calls it: words in, lines and exit code out. */
#include "bot/app.h"
#include "bot/base/buf.h"
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define ARGS_MAX 16

static struct now read_fixed(void *ctx)
{
    (void)ctx;
    return (struct now){.utc_ms = day_from_date(2026, 11, 22) * DAY_MS};
}

/* The exit code; what it printed to `ret_out`. */
static int call(const char *words, struct buf *ret_out)
{
    const struct seams seams = {.clock = {read_fixed, NULL}, .random = random_system()};
    char *dir = NULL, *argv[ARGS_MAX] = {(char[]){"hearth"}, (char[]){"when"}};
    struct strv list;
    assert_int_equal(file_temp_dir("hearth-when", &dir), ST_OK);
    char *path = file_join(dir, "out");
    text_split(words, ' ', &list);
    for (size_t i = 0; i < list.count && i + 2 < ARGS_MAX; i++)
        argv[i + 2] = list.items[i];
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    assert_non_null(freopen(path, "we", stdout));
    int code = app_main(&seams, (int)list.count + 2, argv);
    fflush(stdout);
    assert_true(dup2(saved, STDOUT_FILENO) >= 0);
    close(saved);
    buf_init(ret_out, 1 << 20);
    assert_int_equal(file_read(path, ret_out), ST_OK);
    buf_add_text(ret_out, "");
    file_remove_tree(dir);
    strv_clear(&list);
    free(path);
    free(dir);
    return code;
}

static void assert_when(const char *words, const char *expected)
{
    struct buf out;
    assert_int_equal(call(words, &out), EXIT_FINE);
    assert_string_equal(out.data ? out.data : "", expected);
    buf_clear(&out);
}

static void when__prints__local_dates_and_instants(void **state)
{
    (void)state;
    assert_when("--zone Europe/London --at 01:00 --from 2027-03-27 --days 3",
                "2027-03-27\t2027-03-27T01:00:00Z\n"
                "2027-03-28\t2027-03-28T01:00:00Z\n"
                "2027-03-29\t2027-03-29T00:00:00Z\n");
    assert_when("--zone America/New_York --at 01:30 --from 2027-11-07 --days 1",
                "2027-11-07\t2027-11-07T05:30:00Z\n");
    assert_when("--zone Pacific/Apia --at 01:00 --from 2011-12-29 --days 3",
                "2011-12-29\t2011-12-29T11:00:00Z\n"
                "2011-12-31\t2011-12-30T11:00:00Z\n");
    assert_when("--zone UTC --at 03:00 --days 8 --weekdays mon,Sunday",
                "2026-11-22\t2026-11-22T03:00:00Z\n"
                "2026-11-23\t2026-11-23T03:00:00Z\n"
                "2026-11-29\t2026-11-29T03:00:00Z\n");
}

static void when__refuses__words_that_mean_nothing(void **state)
{
    static const char *const calls[] = {
        "--zone UTC",
        "--at 09:00",
        "--zone Nowhere/Land --at 09:00",
        "--zone UTC --at 24:00",
        "--zone UTC --at noonish",
        "--zone UTC --at 09:60",
        "--zone UTC --at 09:00 --from 2027-02-29",
        "--zone UTC --at 09:00 --days 0",
        "--zone UTC --at 09:00 --days 36601",
        "--zone UTC --at 09:00 --weekdays mo",
        "--zone UTC --at 09:00 --days",
        "--zone UTC --at 09:00 --sometimes yes",
    };
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        struct buf out;
        if (call(calls[i], &out) != EXIT_USAGE || out.len > 0)
            fail_msg("accepted: %s: %s", calls[i], out.data);
        buf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(when__prints__local_dates_and_instants),
        cmocka_unit_test(when__refuses__words_that_mean_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
