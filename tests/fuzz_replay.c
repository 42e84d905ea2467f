/* fuzz_replay.c - runs a fuzz target over stored inputs.
 *
 * usage: TARGET [-v] [FILE|FOLDER]...
 *
 * Stands in for the fuzzer's own main, so that any compiler can replay a corpus.
 * A target that breaks a promise aborts; with -v the last name on stderr is its
 * input.
 * For real fuzzing leave this file out and link with clang -fsanitize=fuzzer.
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(const char *name, const char *what)
{
    fprintf(stderr, "fuzz_replay: %s: %s\n", name, what);
    exit(1);
}

/* Memory of exactly the input's size, so that reading past it is found. */
static uint8_t *read_input(FILE *file, const char *name, size_t *ret_len)
{
    if (fseek(file, 0, SEEK_END) != 0)
        fail(name, strerror(errno));
    long len = ftell(file);
    if (len < 0)
        fail(name, strerror(errno));
    rewind(file);
    uint8_t *data = malloc(len ? (size_t)len : 1);
    if (data == NULL || fread(data, 1, (size_t)len, file) != (size_t)len)
        fail(name, "cannot be read");
    *ret_len = (size_t)len;
    return data;
}

static void run_file(const char *name, bool is_verbose, size_t *count)
{
    size_t len;
    FILE *file = fopen(name, "rbe");
    if (file == NULL)
        fail(name, strerror(errno));
    uint8_t *data = read_input(file, name, &len);
    fclose(file);
    if (is_verbose)
        fprintf(stderr, "%s\n", name);
    LLVMFuzzerTestOneInput(data, len);
    free(data);
    ++*count;
}

static void run_folder(DIR *dir, const char *name, bool is_verbose, size_t *count)
{
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        int len = snprintf(path, sizeof path, "%s/%s", name, entry->d_name);
        if (len < 0 || (size_t)len >= sizeof path)
            fail(name, "the path is too long");
        run_file(path, is_verbose, count);
    }
}

int main(int argc, char **argv)
{
    size_t count = 0;
    bool is_verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    for (int i = 1 + is_verbose; i < argc; i++) {
        DIR *dir = opendir(argv[i]);
        if (dir == NULL) {
            run_file(argv[i], is_verbose, &count);
        } else {
            run_folder(dir, argv[i], is_verbose, &count);
            closedir(dir);
        }
    }
    printf("%zu inputs\n", count);
    return 0;
}
