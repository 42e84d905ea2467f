/* table.c - all commands, and which one a message calls.
 *
 * A message calls a command when it is its name and at most as many words more
 * as it takes, nothing else: "stop" does, "stop it hurting" does not. A polite
 * word around it and a mark behind it do not count.
 */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

extern const struct command cmd_answer, cmd_preview, cmd_checkin, cmd_diary, cmd_faq,
    cmd_forget, cmd_help, cmd_help_now, cmd_my_data, cmd_my_data_file, cmd_pause,
    cmd_ping, cmd_privacy, cmd_resume, cmd_status, cmd_stop, cmd_summary, cmd_tell_mods,
    cmd_timezone;

const struct command *const command_table[] = {
    &cmd_help,    &cmd_help_now,     &cmd_faq,    &cmd_checkin,   &cmd_answer,
    &cmd_stop,    &cmd_pause,        &cmd_resume, &cmd_timezone,  &cmd_diary,
    &cmd_my_data, &cmd_my_data_file, &cmd_forget, &cmd_summary,   &cmd_privacy,
    &cmd_status,  &cmd_preview,      &cmd_ping,   &cmd_tell_mods, NULL,
};

/* Cut the marks at the end of a word; a mark alone stays. */
static void cut_marks(char *word)
{
    size_t len = strlen(word);
    while (len > 1 && strchr(".!?,", word[len - 1]) != NULL)
        word[--len] = '\0';
}

/* Words of a message as commands see them: folded, without a mark at the end
 * and without "please". */
static void read_words(const char *text, struct strv *ret_words)
{
    char *folded = text_fold(text);
    cut_marks(folded);
    text_split(folded, ' ', ret_words);
    free(folded);
    struct strv *words = ret_words;
    if (words->count > 1 && strcmp(words->items[words->count - 1], "please") == 0) {
        free(words->items[--words->count]);
        cut_marks(words->items[words->count - 1]);
    }
    bool is_polite = words->count > 1 && (strcmp(words->items[0], "please") == 0 ||
                                          strcmp(words->items[0], "please,") == 0);
    if (is_polite) {
        free(words->items[0]);
        words->count--;
        memmove(words->items, words->items + 1, words->count * sizeof *words->items);
    }
}

/* How many words of `name` the message begins with; 0 unless it is all of them. */
static size_t count_matching(const char *name, const struct strv *words)
{
    struct strv parts;
    text_split(name, ' ', &parts);
    size_t count = 0;
    while (count < parts.count && count < words->count &&
           strcmp(parts.items[count], words->items[count]) == 0)
        count++;
    if (count < parts.count)
        count = 0;
    strv_clear(&parts);
    return count;
}

/* The same over the name and all aliases: the longest. */
static size_t count_called(const struct command *command, const struct strv *words)
{
    size_t longest = count_matching(command->name, words);
    struct strv aliases;
    text_split(command->aliases ? command->aliases : "", '|', &aliases);
    for (size_t i = 0; i < aliases.count; i++) {
        size_t count = count_matching(aliases.items[i], words);
        if (count > longest)
            longest = count;
    }
    strv_clear(&aliases);
    return longest;
}

/* May the words from `at` on stand behind the command? */
static bool takes_rest(const struct command *command, const struct strv *words, size_t at)
{
    struct strv taken;
    bool takes = words->count - at <= (size_t)command->max_args;
    text_split(command->takes ? command->takes : "", '|', &taken);
    for (; at < words->count && command->takes != NULL; at++)
        takes &= strv_has(&taken, words->items[at]);
    strv_clear(&taken);
    return takes;
}

const struct command *command_find(const char *text, struct strv *ret_args)
{
    const struct command *found = NULL;
    size_t longest = 0;
    struct strv words;
    read_words(text, &words);
    for (const struct command *const *at = command_table; *at; at++) {
        size_t count = count_called(*at, &words);
        if (count > longest && takes_rest(*at, &words, count)) {
            found = *at;
            longest = count;
        }
    }
    struct strv args = {0};
    for (size_t i = longest; i < words.count && found != NULL; i++)
        strv_add(&args, words.items[i]);
    strv_clear(&words);
    *ret_args = args;
    return found;
}

static bool is_safe_word(const struct command *command, const struct strv *args)
{
    struct strv words;
    text_split(command->safe_words ? command->safe_words : "", '|', &words);
    bool is = args->count > 0 && strv_has(&words, args->items[0]);
    strv_clear(&words);
    return is;
}

bool command_leaves_answers(const struct command *command, const struct strv *args,
                            bool has_prefix)
{
    return command == NULL ||
           (!command->is_prompt_safe && !has_prefix && !is_safe_word(command, args));
}
