/* config.c - files to settings: the order of things.
 *
 * Read the main file, then the community file it names, then fill in defaults,
 * then run every check: nothing stops early, so that one run shows all there is
 * to mend. The token is fetched last, and only by who runs the bot.
 */
#include "bot/config.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "bot/config_check.h"
#include "bot/config_path.h"
#include "bot/config_reader.h"
#include "bot/config_secret.h"
#include "bot/example_config.h"

#include <stdlib.h>
#include <string.h>

#define EXAMPLE_NAME "config.example.ini"

static void read_community(struct config_reader *reader)
{
    const char *path = reader->settings->hearth.community;
    struct buf content;
    if (path == NULL)
        return;
    buf_init(&content, INI_FILE_MAX);
    enum status status = config_path_read(path, &content);
    if (status) {
        config_report(reader, IS_ERROR, SECTION_HEARTH, "", "community",
                      "%s cannot be read (%s): mend the name, or put the sections of the "
                      "community into this file",
                      path, status_text(status));
    } else {
        char *dir = config_path_dir(path);
        config_reader_add(reader, path, dir, true, content.data, content.len);
        free(dir);
    }
    buf_wipe(&content);
}

static void read_all(struct config_reader *reader, const char *name, const char *bytes,
                     size_t len)
{
    char *dir = config_path_dir(name);
    config_reader_add(reader, name, dir, false, bytes, len);
    free(dir);
    read_community(reader);
    config_reader_finish(reader);
}

enum status config_load_bytes(const char *name, const char *bytes, size_t len,
                              enum config_scope scope, int32_t today,
                              struct settings **ret_settings,
                              struct config_problems *ret_problems)
{
    struct config_reader reader;
    struct config_problems problems = {0};
    struct settings *settings = mem_alloc(sizeof *settings);
    config_reader_init(&reader, scope, today, settings, &problems);
    read_all(&reader, name, bytes, len);
    config_check_process(&reader);
    config_check_groups(&reader);
    config_check_checkins(&reader);
    config_check_faqs(&reader);
    config_secret_read(&reader);
    config_reader_clear(&reader);
    config_problems_sort(&problems, name);
    *ret_problems = problems;
    if (problems.error_count > 0) {
        config_free(settings);
        return ST_INVALID;
    }
    *ret_settings = settings;
    return ST_OK;
}

static void read_dictionary(const char *name, struct settings *settings,
                            struct config_problems *problems)
{
    const struct strv *files = &settings->hearth.dictionary;
    char *dir = config_path_dir(name);
    struct buf words;
    buf_init(&words, WORD_LIST_FILE_MAX);
    for (size_t i = 0; i < files->count; i++) {
        char *path = config_path_from(dir, files->items[i]);
        enum status status = config_path_read(path, &words);
        free(path);
        if (status)
            config_problem_add(
                problems, name, 0, 0, IS_WARNING,
                "[hearth] dictionary: %s cannot be read (%s), so some words "
                "will be taken for typing errors: install the packages "
                "wbritish-small and wamerican-small, or name other lists",
                files->items[i], status_text(status));
        buf_add_char(&words, '\n');
    }
    word_list_init(&settings->known_words, words.len);
    word_list_add_lines(&settings->known_words, words.data, words.len);
    buf_clear(&words);
    free(dir);
}

enum status config_load(const char *path, enum config_scope scope, int32_t today,
                        struct settings **ret_settings,
                        struct config_problems *ret_problems)
{
    struct buf content;
    enum status status = ST_OK;
    buf_init(&content, INI_FILE_MAX);
    if (path != NULL)
        status = config_path_read(path, &content);
    if (path == NULL) {
        path = EXAMPLE_NAME;
        status = config_load_bytes(path, (const char *)example_config, example_config_len,
                                   scope, today, ret_settings, ret_problems);
    } else if (status) {
        struct config_problems problems = {0};
        config_problem_add(&problems, path, 0, 0, IS_ERROR,
                           "the config cannot be read: %s", status_text(status));
        *ret_problems = problems;
        status = ST_INVALID;
    } else {
        status = config_load_bytes(path, content.data, content.len, scope, today,
                                   ret_settings, ret_problems);
    }
    if (status == ST_OK)
        read_dictionary(path, *ret_settings, ret_problems);
    buf_wipe(&content);
    return status;
}

void config_free(struct settings *settings)
{
    settings_clear(settings);
    free(settings);
}
