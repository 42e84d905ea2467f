/* first_answer.c - see first_answer.h. */
#include "commands/first_answer.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/answer_read.h"
#include "commands/command.h"
#include "commands/safety.h"

#include <string.h>

static void add_part(struct buf *out, const char *name, const char *value)
{
    buf_addf(out, "%s%s%s", out->len > 0 ? " " : "", name, value);
}

static void add_values(const struct settings *settings,
                       const struct checkin_settings *checkin,
                       const struct reading *reading, struct buf *out)
{
    for (size_t i = 0; i < checkin->item_count; i++) {
        const char *name = settings->items[checkin->items[i]].name;
        int value = reading->values[i];
        if (value == VALUE_NONE)
            continue;
        add_part(out, name, "=");
        if (value == SCORE_SKIP)
            buf_add_text(out, "skip");
        else
            buf_addf(out, "%d", value);
    }
    const char *before = " triggers=";
    for (size_t i = 0; i < checkin->trigger_count; i++) {
        if (!(reading->triggers & 1u << i))
            continue;
        buf_add_text(out, before);
        buf_add_char(out, settings->items[checkin->triggers[i]].letter);
        before = ",";
    }
}

static char *write_reading(const struct settings *settings,
                           const struct checkin_settings *checkin,
                           const struct reading *reading)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    if (reading->is_yesterday)
        buf_add_text(&out, "yesterday");
    add_values(settings, checkin, reading, &out);
    return buf_take(&out);
}

/* The commands that a check-in knows as an answer have a word of their own. */
static const char *command_word(const struct command *command)
{
    return strcmp(command->name, "stop") == 0    ? "STOP"
           : strcmp(command->name, "pause") == 0 ? "PAUSE"
                                                 : "COMMAND";
}

char *first_answer_line(const struct settings *settings, const struct safety_rules *rules,
                        const struct checkin_settings *checkin, const char *text)
{
    static const char *const words[] = {
        [READ_NONE] = "UNCLEAR", [READ_UNCLEAR] = "UNCLEAR", [READ_SKIP] = "SKIP",
        [READ_SAME] = "SAME",    [READ_STOP] = "STOP",       [READ_PAUSE] = "PAUSE",
        [READ_GO] = "GO"};
    struct reading reading;
    struct strv args;
    enum safety_sign sign = safety_read(rules, text);
    if (sign == SAFETY_CRISIS_SELF || sign == SAFETY_CRISIS_OTHER)
        return mem_dup("CRISIS");
    if (sign == SAFETY_URGENT)
        return mem_dup("URGENT");
    const char *prefix = settings->hearth.prefix;
    bool has_prefix = prefix[0] != '\0' && text_starts(text, prefix);
    if (has_prefix)
        text += strlen(prefix);
    const struct command *command = command_find(text, &args);
    bool may_answer = command_leaves_answers(command, &args, has_prefix);
    strv_clear(&args);
    if (!may_answer)
        return mem_dup(command_word(command));
    answer_read(settings, checkin, 0, text, &reading);
    if (reading.kind == READ_VALUES)
        return write_reading(settings, checkin, &reading);
    if (reading.kind == READ_NONE && command != NULL)
        return mem_dup(command_word(command));
    return mem_dup(words[reading.kind]);
}
