/* help.c - `help`: what can be typed here, from the table of commands. */
#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "commands/faq.h"
#include "commands/reply.h"

#include <stdlib.h>

static void add_line(const struct turn *turn, const struct command *command,
                     struct buf *out)
{
    const char *prefix = command->where & IN_GROUP ? reply_prefix(turn) : "";
    struct buf usage;
    buf_init(&usage, 256);
    buf_addf(&usage, "%s%s", prefix, command->usage);
    char *summary = say(turn->settings, command->summary, NULL);
    char *line = say(turn->settings, TEXT_HELP_LINE, "usage", usage.data, "summary",
                     summary, NULL);
    buf_addf(out, "%s\n", line);
    free(line);
    free(summary);
    buf_clear(&usage);
}

static void add_text(const struct turn *turn, enum text_id id, struct buf *out)
{
    char *text = say(turn->settings, id, "prefix", reply_prefix(turn), "sign",
                     turn->settings->hearth.prefix, NULL);
    buf_addf(out, "%s%s\n", out->len > 0 ? "\n" : "", text);
    free(text);
}

static void add_list(const struct turn *turn, struct buf *out)
{
    add_text(turn, TEXT_HELP_INTRO, out);
    buf_add_char(out, '\n');
    enum where here = turn->request->is_dm ? IN_DM : IN_GROUP;
    for (const struct command *const *at = command_table; *at; at++) {
        if (turn->request->role >= (*at)->role && ((*at)->where & here))
            add_line(turn, *at, out);
    }
    add_text(turn, turn->request->is_dm ? TEXT_HELP_OUTRO : TEXT_HELP_OUTRO_ROOM, out);
}

/* The command that `help my data` asks about, or NULL. */
static const struct command *find_asked(const struct strv *args)
{
    struct buf name;
    struct strv none;
    buf_init(&name, 256);
    for (size_t i = 0; i < args->count; i++)
        buf_addf(&name, "%s ", args->items[i]);
    const struct command *asked = command_find(name.data, &none);
    strv_clear(&none);
    buf_clear(&name);
    return asked;
}

static enum status run_help(struct turn *turn, const struct strv *args)
{
    const struct command *asked = args->count > 0 ? find_asked(args) : NULL;
    struct buf out;
    if (args->count > 0 && asked == NULL && turn->request->role >= ROLE_MEMBER)
        return faq_answer(turn, turn->request->text, false);
    buf_init(&out, MESSAGE_TEXT_MAX);
    if (asked != NULL)
        add_line(turn, asked, &out);
    else
        add_list(turn, &out);
    reply(turn, buf_take(&out));
    return ST_OK;
}

const struct command cmd_help = {
    .name = "help",
    .aliases = "help me|commands|start|menu",
    .usage = "help",
    .summary = TEXT_ABOUT_HELP,
    .where = ANYWHERE,
    .role = ROLE_STRANGER,
    .max_args = 2,
    .is_prompt_safe = true,
    .is_information = true,
    .run = run_help,
};
