/* cmd_ask.c - `hearth ask`: what the bot would answer, for who writes the FAQ. */
#include "bot/cmd.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRESS_EVERY 500 /* questions */

struct options {
    const char *config;
    bool is_overheard, is_batch;
    struct buf question;
};

static bool read_options(int argc, char **argv, struct options *options)
{
    bool takes_options = true;
    for (int i = 1; i < argc; i++) {
        if (takes_options && strcmp(argv[i], "--") == 0) {
            takes_options = false;
        } else if (takes_options && strcmp(argv[i], "-c") == 0 && i + 1 < argc) {
            options->config = argv[++i];
        } else if (takes_options && strcmp(argv[i], "--overheard") == 0) {
            options->is_overheard = true;
        } else if (takes_options && strcmp(argv[i], "--batch") == 0) {
            options->is_batch = true;
        } else if (takes_options && argv[i][0] == '-') {
            return false;
        } else {
            buf_addf(&options->question, "%s%s", options->question.len ? " " : "",
                     argv[i]);
        }
    }
    return options->is_batch == (options->question.len == 0);
}

static void decide(const struct faq_index *index, const char *bytes, size_t len,
                   bool is_overheard, struct match *ret_match)
{
    char *question = text_make_utf8(bytes, len);
    faq_decide(index, question, is_overheard, ret_match);
    free(question);
}

static void print_score(int permille)
{
    printf("%d.%03d", permille / 1000, permille % 1000);
}

static void print_batch_line(const struct settings *settings, const struct match *match)
{
    printf("%s\t", cmd_decision_name(settings, match));
    print_score(match->ranked_count > 0 ? match->ranked[0].score : 0);
    for (size_t i = 0; i < match->ranked_count; i++)
        printf("%s%s", i ? "," : "\t", settings->faqs[match->ranked[i].faq].id);
    printf(match->ranked_count > 0 ? "\n" : "\t\n");
    fflush(stdout); /* who asks may wait for each answer */
}

static int answer_batch(const struct settings *settings, const struct faq_index *index,
                        bool is_overheard)
{
    char *line = NULL;
    size_t capacity = 0, count = 0;
    ssize_t len;
    bool shows_progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    while ((len = getline(&line, &capacity, stdin)) >= 0) {
        struct match match;
        while (len > 0 && strchr("\r\n", line[len - 1]))
            len--;
        decide(index, line, (size_t)len, is_overheard, &match);
        print_batch_line(settings, &match);
        if (++count % PROGRESS_EVERY == 0 && shows_progress)
            fprintf(stderr, "\r%zu questions", count);
    }
    if (shows_progress)
        fprintf(stderr, "\r%zu questions\n", count);
    free(line);
    return ferror(stdin) || ferror(stdout) ? EXIT_FAILED : EXIT_FINE;
}

static void print_indented(const char *text)
{
    for (bool is_start = true; *text; text++) {
        if (is_start && *text != '\n')
            fputs("    ", stdout);
        putchar(*text);
        is_start = *text == '\n';
    }
    putchar('\n');
}

static void print_text(const char *text, const char *key)
{
    if (text[0] != '\0')
        print_indented(text);
    else
        printf("    ([safety] %s is blank in this config)\n", key);
}

static void explain(const struct settings *settings, const struct match *match)
{
    switch (match->decision) {
    case DECIDE_ANSWER:
        printf("answers with %s, score ", settings->faqs[match->ranked[0].faq].id);
        print_score(match->ranked[0].score);
        printf("\n\n");
        print_indented(settings->faqs[match->ranked[0].faq].answer);
        break;
    case DECIDE_SUGGEST:
        printf("is not sure: asks which of these is meant\n");
        break;
    case DECIDE_NONE:
        if (match->is_forbidden)
            printf(
                "does not answer, and says why: it is about doses, mixing, or somebody's "
                "own medicine\n");
        else
            printf("does not answer: nothing fits well enough, or it is small talk\n");
        break;
    case DECIDE_CRISIS:
        printf("shows the crisis lines before anything else\n\n");
        print_text(settings->safety.emergency, "emergency");
        print_text(settings->safety.helpline, "helpline");
        break;
    case DECIDE_URGENT:
        printf("shows the text about urgent care before anything else\n\n");
        print_text(settings->safety.urgent, "urgent");
        break;
    }
}

static void answer_one(const struct settings *settings, const struct faq_index *index,
                       const struct options *options)
{
    char *question = text_make_utf8(options->question.data, options->question.len);
    struct match match;
    struct buf why;
    faq_decide(index, question, options->is_overheard, &match);
    explain(settings, &match);
    buf_init(&why, SIZE_MAX);
    faq_explain(index, question, options->is_overheard, &why);
    if (why.len > 0 && match.decision != DECIDE_CRISIS && match.decision != DECIDE_URGENT)
        printf("\nwhy:\n%s", why.data);
    buf_clear(&why);
    free(question);
}

static int run(const struct seams *seams, int argc, char **argv)
{
    struct options options = {0};
    struct settings *settings = NULL;
    int code = EXIT_USAGE;
    buf_init(&options.question, SIZE_MAX);
    if (!read_options(argc, argv, &options)) {
        cmd_usage(&subcommand_ask);
        goto out;
    }
    code = cmd_load_config(seams, options.config, CONFIG_COMMUNITY, &settings);
    if (code != EXIT_FINE)
        goto out;
    struct faq_index *index = faq_index_new(settings);
    if (options.is_batch) {
        code = answer_batch(settings, index, options.is_overheard);
    } else {
        answer_one(settings, index, &options);
    }
    faq_index_free(index);
out:
    config_free(settings);
    buf_clear(&options.question);
    return code;
}

const struct subcommand subcommand_ask = {
    .name = "ask",
    .usage = "ask [-c FILE] [--overheard] [--batch] [\"question\"]",
    .summary = "what the bot would answer, with score and runners-up",
    .help =
        "Without -c it asks the built-in example. --overheard: as if nobody had put the\n"
        "question to the bot. --batch: one question a line from standard input, and a "
        "line\n"
        "decision, tab, score, tab, best three ids for each; a decision is the id of an "
        "FAQ\n"
        "entry, SUGGEST, NONE, CRISIS or URGENT. Scores go from 0 to 1.\n",
    .run = run,
};
