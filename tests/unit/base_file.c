/* base_file.c - files in a folder of their own under the system's temporary one. */
#include "bot/base/file.h"
#include "bot/base/mem.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

/* The test's state is the path of a new folder. */
static int make_folder(void **state)
{
    const char *base = getenv("TMPDIR");
    char *path = file_join(base ? base : "/tmp", "hearth-file-XXXXXX");
    if (mkdtemp(path) == NULL)
        return -1;
    *state = path;
    return 0;
}

static int remove_folder(void **state)
{
    struct strv names;
    if (file_list(*state, &names) != ST_OK)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        char *path = file_join(*state, names.items[i]);
        if (unlink(path) != 0)
            rmdir(path);
        free(path);
    }
    strv_clear(&names);
    int result = rmdir(*state);
    free(*state);
    return result;
}

static void assert_content(const char *path, const char *expected)
{
    struct buf content;
    buf_init(&content, 1000);
    assert_int_equal(file_read(path, &content), ST_OK);
    assert_string_equal(content.data ? content.data : "", expected);
    buf_clear(&content);
}

static void assert_names(const char *folder, const char *first, const char *second)
{
    struct strv names;
    assert_int_equal(file_list(folder, &names), ST_OK);
    assert_int_equal(names.count, second ? 2 : first ? 1 : 0);
    if (first)
        assert_string_equal(names.items[0], first);
    if (second)
        assert_string_equal(names.items[1], second);
    strv_clear(&names);
}

static void file_write__replaces__the_whole_content(void **state)
{
    char *path = file_join(*state, "a");
    struct stat info;
    assert_int_equal(file_write(path, "one two three", 13), ST_OK);
    assert_content(path, "one two three");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    assert_int_equal(file_write(path, "four", 4), ST_OK);
    assert_content(path, "four");
    assert_int_equal(file_write(path, NULL, 0), ST_OK);
    assert_content(path, "");
    assert_names(*state, "a", NULL);
    free(path);
}

static void file_write__keeps_the_old_content__when_it_fails(void **state)
{
    char *path = file_join(*state, "a");
    char *large = mem_alloc(5000);
    struct rlimit old, small;
    assert_int_equal(file_write(path, "old", 3), ST_OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status status = file_write(path, large, 5000);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(status, ST_IO);
    assert_content(path, "old");
    assert_names(*state, "a", NULL);
    free(large);
    free(path);
}

static void file_write__replaces__what_a_crash_left(void **state)
{
    char *path = file_join(*state, "a"), *left = file_join(*state, "a" FILE_NEW_SUFFIX);
    char *victim = file_join(*state, "b");
    assert_int_equal(file_write(left, "longer than the next", 20), ST_OK);
    assert_int_equal(file_write(path, "next", 4), ST_OK);
    assert_content(path, "next");
    assert_names(*state, "a", NULL);
    /* A link of that name is replaced too, not written through. */
    assert_int_equal(file_write(victim, "safe", 4), ST_OK);
    assert_int_equal(symlink(victim, left), 0);
    assert_int_equal(file_write(path, "again", 5), ST_OK);
    assert_content(victim, "safe");
    assert_content(path, "again");
    free(victim);
    free(left);
    free(path);
}

static void file_write__needs__the_folder(void **state)
{
    char *path = file_join(*state, "none/a");
    assert_int_equal(file_write(path, "x", 1), ST_NOT_FOUND);
    free(path);
}

static void file_read__appends__up_to_the_maximum(void **state)
{
    char *path = file_join(*state, "a");
    char *large = mem_alloc(100000);
    struct buf content;
    memset(large, 'x', 100000);
    assert_int_equal(file_write(path, large, 100000), ST_OK);
    buf_init(&content, 100004);
    buf_add_text(&content, "head");
    assert_int_equal(file_read(path, &content), ST_OK);
    assert_int_equal(content.len, 100004);
    assert_memory_equal(content.data, "headx", 5);
    buf_clear(&content);

    buf_init(&content, 100003);
    buf_add_text(&content, "head");
    assert_int_equal(file_read(path, &content), ST_TOO_BIG);
    assert_string_equal(content.data, "head");
    assert_int_equal(content.len, 4);
    assert_false(content.overflowed);
    buf_clear(&content);
    free(large);
    free(path);
}

static void file_read__refuses__what_is_no_plain_file(void **state)
{
    char *path = file_join(*state, "a"), *other = file_join(*state, "b");
    struct buf content;
    buf_init(&content, 100);
    assert_int_equal(file_read(path, &content), ST_NOT_FOUND);
    assert_int_equal(file_read(*state, &content), ST_DENIED);
    assert_int_equal(file_write(path, "x", 1), ST_OK);
    assert_int_equal(symlink(path, other), 0);
    assert_int_equal(file_read(other, &content), ST_DENIED);
    assert_int_equal(file_destroy(other), ST_DENIED);
    assert_content(path, "x");
    assert_int_equal(unlink(other), 0);
    assert_int_equal(mkfifo(other, 0600), 0); /* must not wait for a writer */
    assert_int_equal(file_read(other, &content), ST_DENIED);
    assert_int_equal(content.len, 0);
    buf_clear(&content);
    free(other);
    free(path);
}

static void file_destroy__overwrites__and_unlinks(void **state)
{
    char *path = file_join(*state, "a"), *other = file_join(*state, "b");
    struct buf content;
    char *secret = mem_alloc(5000);
    memset(secret, 's', 5000);
    buf_init(&content, 10000);
    assert_int_equal(file_write(path, secret, 5000), ST_OK);
    assert_int_equal(link(path, other), 0); /* shows what became of the bytes */
    assert_int_equal(file_destroy(path), ST_OK);
    assert_names(*state, "b", NULL);
    assert_int_equal(file_read(other, &content), ST_OK);
    assert_int_equal(content.len, 5000);
    for (size_t i = 0; i < content.len; i++)
        assert_int_equal(content.data[i], 0);
    assert_int_equal(file_destroy(path), ST_NOT_FOUND);
    buf_clear(&content);
    free(secret);
    free(other);
    free(path);
}

static void file_private_dir__makes__and_checks(void **state)
{
    char *path = file_join(*state, "keys"), *other = file_join(*state, "other");
    struct stat info;
    assert_int_equal(file_private_dir(path), ST_OK);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(file_private_dir(path), ST_OK);
    static const mode_t open_modes[] = {0710, 0701, 0740, 0704, 0755};
    for (size_t i = 0; i < sizeof open_modes / sizeof *open_modes; i++) {
        assert_int_equal(chmod(path, open_modes[i]), 0);
        assert_int_equal(file_private_dir(path), ST_DENIED);
    }
    assert_int_equal(chmod(path, 0700), 0);
    assert_int_equal(symlink(path, other), 0);
    assert_int_equal(file_private_dir(other), ST_DENIED);
    assert_int_equal(unlink(other), 0);
    assert_int_equal(file_write(other, "x", 1), ST_OK);
    assert_int_equal(file_private_dir(other), ST_DENIED);
    free(other);
    other = file_join(*state, "none/keys");
    assert_int_equal(file_private_dir(other), ST_NOT_FOUND);
    free(other);
    free(path);
}

static void file_list__sorts__names(void **state)
{
    char *b = file_join(*state, "b"), *a = file_join(*state, ".a");
    struct strv names = {0};
    assert_names(*state, NULL, NULL);
    assert_int_equal(file_write(b, "x", 1), ST_OK);
    assert_int_equal(file_write(a, "x", 1), ST_OK);
    assert_names(*state, ".a", "b");
    assert_int_equal(file_list("/nowhere/at/all", &names), ST_NOT_FOUND);
    assert_int_equal(file_list(b, &names), ST_NOT_FOUND);
    free(a);
    free(b);
}

static void file_lock__is_held__by_one(void **state)
{
    char *path = file_join(*state, "lock");
    int fd = -1, second = -1;
    long holder = -5;
    assert_int_equal(file_lock(path, &fd, &holder), ST_OK);
    assert_true(fd >= 0);
    assert_int_equal(holder, -5);
    assert_int_equal(file_lock(path, &second, &holder), ST_BUSY);
    assert_int_equal(second, -1);
    assert_int_equal(holder, getpid());
    file_unlock(fd);
    assert_content(path, "");
    assert_int_equal(file_lock(path, &second, &holder), ST_OK);
    assert_int_equal(file_write(path, "words\n", 6), ST_OK); /* another file now */
    assert_int_equal(file_lock(path, &fd, &holder), ST_OK);
    file_unlock(fd);
    file_unlock(second);
    file_unlock(-1);
    free(path);
}

static void file_lock__gives_zero__for_a_holder_it_cannot_read(void **state)
{
    char *path = file_join(*state, "lock");
    int fd = -1, second = -1;
    long holder = -5;
    assert_int_equal(file_lock(path, &fd, &holder), ST_OK);
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(file_lock(path, &second, &holder), ST_BUSY);
    assert_int_equal(holder, 0);
    file_unlock(fd);
    free(path);
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(file_write__replaces__the_whole_content),
        FILE_TEST(file_write__keeps_the_old_content__when_it_fails),
        FILE_TEST(file_write__replaces__what_a_crash_left),
        FILE_TEST(file_write__needs__the_folder),
        FILE_TEST(file_read__appends__up_to_the_maximum),
        FILE_TEST(file_read__refuses__what_is_no_plain_file),
        FILE_TEST(file_destroy__overwrites__and_unlinks),
        FILE_TEST(file_private_dir__makes__and_checks),
        FILE_TEST(file_list__sorts__names),
        FILE_TEST(file_lock__is_held__by_one),
        FILE_TEST(file_lock__gives_zero__for_a_holder_it_cannot_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
