/* app.c - which subcommand is meant, and help for all of them. */
#include "bot/app.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "bot/cmd.h"
#include "bot/model/texts.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define WIDTH "12" /* of a name in the list */

const struct subcommand *const subcommand_table[] = {
    &subcommand_run,      &subcommand_demo,
    &subcommand_check,    &subcommand_ask,
    &subcommand_faq_eval, &subcommand_login,
    &subcommand_health,   &subcommand_when,
    &subcommand_version,  NULL,
};

static const struct subcommand *find(const char *name)
{
    for (size_t i = 0; subcommand_table[i] != NULL; i++) {
        if (strcmp(subcommand_table[i]->name, name) == 0)
            return subcommand_table[i];
    }
    return NULL;
}

static void print_overview(FILE *out)
{
    fputs("usage: hearth SUBCOMMAND [OPTIONS]\n\n"
          "A bot for support groups on Matrix.\n\n",
          out);
    for (size_t i = 0; subcommand_table[i] != NULL; i++)
        fprintf(out, "  %-" WIDTH "s%s\n", subcommand_table[i]->name,
                subcommand_table[i]->summary);
    fprintf(out, "  %-" WIDTH "s%s\n", "help",
            "this, or one subcommand: hearth help NAME");
    fprintf(out, "  %-" WIDTH "s%s\n", "help texts",
            "every sentence Hearth says, ready for a config");
    fputs("\nExit codes:\n"
          "  0  it went well\n"
          "  1  health: the bot is not well\n"
          "  2  wrong words, or a config with errors\n"
          "  3  another Hearth holds data_dir, or the port is in use\n"
          "  4  the homeserver does not accept the account or its token\n"
          "  5  the store cannot be used; it was left as it is\n"
          "  6  anything else, said on the standard error output\n",
          out);
}

static int print_help(const struct subcommand *subcommand)
{
    printf("usage: hearth %s\n\n%s\n", subcommand->usage, subcommand->help);
    return EXIT_FINE;
}

/* Every text as it would stand in [texts], commented out. */
static int print_texts(void)
{
    puts("[texts]");
    for (int i = 0; i < (int)TEXT_COUNT; i++) {
        enum text_id id = (enum text_id)i;
        const char *placeholders = text_placeholders(id);
        if (placeholders[0] != '\0')
            printf("\n; may use %s (! must)\n;%s =", placeholders, text_key(id));
        else
            printf("\n;%s =", text_key(id));
        for (const char *p = text_default(id), *start = p; *p; p++) {
            if (p == start)
                fputs(strchr(p, '\n') ? "\n;    " : " ", stdout);
            putchar(*p);
            if (*p == '\n' && p[1] != '\0')
                fputs(p[1] == '\n' ? ";" : ";    ", stdout);
        }
        putchar('\n');
    }
    return EXIT_FINE;
}

static int complain(const char *name)
{
    const char *names[16];
    size_t count = 0;
    while (subcommand_table[count] != NULL) {
        names[count] = subcommand_table[count]->name;
        count++;
    }
    const char *near = text_nearest(name, names, count);
    fprintf(stderr, "hearth: there is no subcommand \"%s\"", name);
    if (near)
        fprintf(stderr, ": did you mean \"%s\"?", near);
    fputs("\n`hearth help` lists them.\n", stderr);
    return EXIT_USAGE;
}

static int help(int argc, char **argv)
{
    if (argc < 2) {
        print_overview(stdout);
        return EXIT_FINE;
    }
    if (strcmp(argv[1], "texts") == 0)
        return print_texts();
    const struct subcommand *subcommand = find(argv[1]);
    return subcommand ? print_help(subcommand) : complain(argv[1]);
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int app_main(const struct seams *seams, int argc, char **argv)
{
    umask(077); /* what Hearth writes is its own */
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "help") == 0 || is_help(argv[1]))
        return help(argc - 1, argv + 1);
    const struct subcommand *subcommand =
        find(strcmp(argv[1], "--version") == 0 ? "version" : argv[1]);
    if (subcommand == NULL)
        return complain(argv[1]);
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (is_help(argv[i]))
            return print_help(subcommand);
    }
    return subcommand->run(seams, argc - 1, argv + 1);
}
