/* cmd_faq_eval.c - `hearth faq-eval`: a moderator's own questions, put to the FAQ. */
#include "bot/cmd.h"

#include "bot/base/mem.h"
#include "bot/config_path.h"
#include "bot/faq_tally.h"

#include <glib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AMBIENT "ambient" /* the kind that is overheard, not addressed */
#define CONFUSIONS_SHOWN 20

/* `answered` where `expected` was due; SIZE_MAX: none. */
struct confusion {
    size_t expected, answered, count;
};

struct options {
    const char *config, *file;
    bool is_overheard, lists_rows;
};

static bool read_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-c") == 0 && i + 1 < argc)
            options->config = argv[++i];
        else if (strcmp(argv[i], "--overheard") == 0)
            options->is_overheard = true;
        else if (strcmp(argv[i], "--list") == 0)
            options->lists_rows = true;
        else if (argv[i][0] == '-' || options->file != NULL)
            return false;
        else
            options->file = argv[i];
    }
    return options->file != NULL;
}

static const char *name_of(const struct settings *settings, size_t faq)
{
    return faq == SIZE_MAX ? "NONE" : settings->faqs[faq].id;
}

static void print_row(const struct settings *settings, const struct faq_row *row,
                      const struct match *match)
{
    static const char *const names[] = {[OUTCOME_RIGHT] = "right",
                                        [OUTCOME_ASKED] = "asked",
                                        [OUTCOME_SILENT] = "silent",
                                        [OUTCOME_WRONG] = "wrong"};
    printf("%s\t%d\t%s\t%s\t%s\n", names[faq_outcome(row, match)], row->line,
           faq_row_expects(settings, row), cmd_decision_name(settings, match),
           row->question);
}

static void add_confusion(GArray *list, size_t expected, size_t answered)
{
    for (guint i = 0; i < list->len; i++) {
        struct confusion *at = &g_array_index(list, struct confusion, i);
        if (at->expected == expected && at->answered == answered) {
            at->count++;
            return;
        }
    }
    struct confusion new = {expected, answered, 1};
    g_array_append_val(list, new);
}

static gint compare_sizes(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static gint compare_confusions(gconstpointer a, gconstpointer b)
{
    const struct confusion *one = a, *two = b;
    gint order = compare_sizes(two->count, one->count); /* the most first */
    if (order == 0)
        order = compare_sizes(one->expected, two->expected);
    return order != 0 ? order : compare_sizes(one->answered, two->answered);
}

static void print_confusions(const struct settings *settings, GArray *list)
{
    g_array_sort(list, compare_confusions);
    if (list->len > 0)
        puts("\nanswered instead of what was due:");
    for (guint i = 0; i < list->len && i < CONFUSIONS_SHOWN; i++) {
        const struct confusion *at = &g_array_index(list, struct confusion, i);
        printf("%4zu  %s instead of %s\n", at->count, name_of(settings, at->answered),
               name_of(settings, at->expected));
    }
    if (list->len > CONFUSIONS_SHOWN)
        printf("      and %u more\n", list->len - CONFUSIONS_SHOWN);
}

static void evaluate(const struct settings *settings, const struct faq_rows *rows,
                     const struct options *options)
{
    struct faq_index *index = faq_index_new(settings);
    struct faq_tally tally = {0};
    GArray *confusions = g_array_new(FALSE, FALSE, sizeof(struct confusion));
    struct buf table;
    for (size_t i = 0; i < rows->count; i++) {
        const struct faq_row *row = &rows->items[i];
        struct match match;
        bool is_overheard = options->is_overheard || strcmp(row->kind, AMBIENT) == 0;
        faq_decide(index, row->question, is_overheard, &match);
        faq_tally_add(&tally, row, &match);
        if (options->lists_rows)
            print_row(settings, row, &match);
        if (match.decision == DECIDE_ANSWER && faq_outcome(row, &match) == OUTCOME_WRONG)
            add_confusion(confusions, row->expected == EXPECT_ENTRY ? row->faq : SIZE_MAX,
                          match.ranked[0].faq);
    }
    buf_init(&table, SIZE_MAX);
    faq_tally_print(&tally, &table);
    if (!options->lists_rows)
        fputs(table.data, stdout);
    if (!options->lists_rows)
        print_confusions(settings, confusions);
    buf_clear(&table);
    faq_tally_clear(&tally);
    g_array_free(confusions, TRUE);
    faq_index_free(index);
}

/* Rows of a file; what is wrong is said on stderr. */
static int load_rows(const struct settings *settings, const char *file,
                     struct faq_rows *ret_rows)
{
    struct buf bytes, problems;
    buf_init(&bytes, FAQ_ROWS_FILE_MAX);
    buf_init(&problems, SIZE_MAX);
    enum status status = config_path_read(file, &bytes);
    if (status) {
        fprintf(stderr, "hearth: %s cannot be read: %s\n", file, status_text(status));
    } else {
        status = faq_rows_read(settings, bytes.data, bytes.len, &problems, ret_rows);
        for (char *rest = problems.data, *line; (line = strsep(&rest, "\n")) != NULL;) {
            if (line[0] != '\0')
                fprintf(stderr, "%s:%s\n", file, line);
        }
    }
    buf_clear(&bytes);
    buf_clear(&problems);
    return status ? EXIT_USAGE : EXIT_FINE;
}

static int run(const struct seams *seams, int argc, char **argv)
{
    struct options options = {0};
    struct settings *settings;
    struct faq_rows rows = {0};
    if (!read_options(argc, argv, &options))
        return cmd_usage(&subcommand_faq_eval);
    int code = cmd_load_config(seams, options.config, CONFIG_COMMUNITY, &settings);
    if (code != EXIT_FINE)
        return code;
    code = load_rows(settings, options.file, &rows);
    if (code == EXIT_FINE)
        evaluate(settings, &rows, &options);
    faq_rows_clear(&rows);
    config_free(settings);
    return code;
}

const struct subcommand subcommand_faq_eval = {
    .name = "faq-eval",
    .usage = "faq-eval [-c FILE] [--overheard] [--list] QUESTIONS.tsv",
    .summary = "how well the FAQ answers questions you know the answers of",
    .help =
        "QUESTIONS.tsv has a line for each question, with tabs between its columns:\n"
        "query, expected_id, kind; the first line names them. The id is that of the FAQ\n"
        "entry that should answer, or NONE, CRISIS or URGENT; the kind is any word of\n"
        "yours to group by. Questions of the kind \"ambient\" are overheard; with\n"
        "--overheard all are. For each kind it prints how many have the expected entry\n"
        "in front, are answered right, are asked back with it among the choices, stay\n"
        "without an answer, and are answered wrong; then which entries are taken for\n"
        "one another. --list prints what came of each question instead.\n"
        "Without -c it asks the built-in example.\n",
    .run = run,
};
