/* cmd_read.c - `hearth read`: how a typed answer to a check-in would be read. */
#include "bot/cmd.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/first_answer.h"
#include "commands/safety.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
    const char *config, *checkin;
    bool is_batch;
    struct buf text;
};

static bool read_options(int argc, char **argv, struct options *options)
{
    bool takes_options = true, has_text = false;
    for (int i = 1; i < argc; i++) {
        if (takes_options && strcmp(argv[i], "--") == 0) {
            takes_options = false;
        } else if (takes_options && strcmp(argv[i], "-c") == 0 && i + 1 < argc) {
            options->config = argv[++i];
        } else if (takes_options && strcmp(argv[i], "--checkin") == 0 && i + 1 < argc) {
            options->checkin = argv[++i];
        } else if (takes_options && strcmp(argv[i], "--batch") == 0) {
            options->is_batch = true;
        } else if (takes_options && argv[i][0] == '-' && argv[i][1] == '-') {
            return false;
        } else { /* "-" alone and "- 4 3" are answers */
            buf_addf(&options->text, "%s%s", has_text ? " " : "", argv[i]);
            has_text = true;
        }
    }
    return options->is_batch != has_text;
}

/* The check-in that is meant; NULL: said why not. */
static const struct checkin_settings *find_checkin(const struct settings *settings,
                                                   const char *name)
{
    const struct checkin_settings *found =
        name ? settings_checkin(settings, name)
             : (settings->checkin_count == 1 ? settings->checkins : NULL);
    if (found != NULL)
        return found;
    if (settings->checkin_count == 0)
        fputs("hearth: this config has no [checkin]\n", stderr);
    else if (name != NULL)
        fprintf(stderr, "hearth: there is no [checkin %s]; there is", name);
    else
        fputs("hearth: say which one with --checkin NAME; there is", stderr);
    for (size_t i = 0; i < settings->checkin_count; i++)
        fprintf(stderr, "%s %s%s", i > 0 ? "," : "", settings->checkins[i].name,
                i + 1 == settings->checkin_count ? "\n" : "");
    return NULL;
}

/* A line of a batch has no line breaks: "\n" stands for one. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        bool is_break = from[0] == '\\' && from[1] == 'n';
        *to++ = is_break ? '\n' : *from;
        from += is_break;
    }
    *to = '\0';
}

static void print_line(const struct settings *settings, const struct safety_rules *rules,
                       const struct checkin_settings *checkin, const char *bytes,
                       size_t len)
{
    char *text = text_make_utf8(bytes, len);
    char *line = first_answer_line(settings, rules, checkin, text);
    puts(line);
    fflush(stdout); /* who asks may wait for each answer */
    free(line);
    free(text);
}

static int read_batch(const struct settings *settings, const struct safety_rules *rules,
                      const struct checkin_settings *checkin)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    while ((len = getline(&line, &capacity, stdin)) >= 0) {
        while (len > 0 && strchr("\r\n", line[len - 1]))
            line[--len] = '\0';
        unescape(line);
        print_line(settings, rules, checkin, line, strlen(line));
    }
    free(line);
    return ferror(stdin) || ferror(stdout) ? EXIT_FAILED : EXIT_FINE;
}

static int run(const struct seams *seams, int argc, char **argv)
{
    struct options options = {0};
    struct settings *settings = NULL;
    struct safety_rules *rules = NULL;
    int code = EXIT_USAGE;
    buf_init(&options.text, SIZE_MAX);
    if (!read_options(argc, argv, &options)) {
        cmd_usage(&subcommand_read);
        goto out;
    }
    code = cmd_load_config(seams, options.config, CONFIG_COMMUNITY, &settings);
    if (code != EXIT_FINE)
        goto out;
    const struct checkin_settings *checkin = find_checkin(settings, options.checkin);
    code = checkin ? EXIT_FINE : EXIT_USAGE;
    if (checkin == NULL)
        goto out;
    rules = safety_rules_new(&settings->safety);
    if (options.is_batch)
        code = read_batch(settings, rules, checkin);
    else
        print_line(settings, rules, checkin, options.text.data ? options.text.data : "",
                   options.text.len);
out:
    safety_rules_free(rules);
    config_free(settings);
    buf_clear(&options.text);
    return code;
}

const struct subcommand subcommand_read = {
    .name = "read",
    .usage = "read [-c FILE] [--checkin NAME] [--batch] [\"text\"]",
    .summary = "how a typed answer to a check-in would be read",
    .help =
        "Prints how a first answer to the prompt is taken: `pain=6 fatigue=4 sleep=skip\n"
        "triggers=S,W`, items in the check-in's order and only those answered, with\n"
        "`yesterday` in front when it is for the day before; or one of UNCLEAR (nothing\n"
        "would be recorded), SKIP, SAME, STOP, PAUSE, GO, CRISIS, URGENT, COMMAND.\n"
        "Without -c it reads for the built-in example, without --checkin for the only\n"
        "check-in there is. --batch: one answer a line from standard input (\\n in it is "
        "a\n"
        "line break), one line out for each.\n",
    .run = run,
};
