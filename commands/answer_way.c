/* answer_way.c - `answer`: how one likes to be asked, from the next check-in on.
 *
 * Kept in every check-in of the person. `go` is the same for one day. Not understood
 * in the middle of a check-in as a command where it could be an answer: only its own
 * three words call it.
 */
#include "commands/personal.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    enum text_id text;
} ways[] = {
    [ANSWER_ALL] = {"all", TEXT_ANSWER_WAY_ALL},
    [ANSWER_STEPS] = {"steps", TEXT_ANSWER_WAY_STEPS},
    [ANSWER_TAPS] = {"taps", TEXT_ANSWER_WAY_TAPS},
};
#define WAY_COUNT (sizeof ways / sizeof *ways)

enum text_id answer_way_text(enum answer_way way)
{
    return ways[way].text;
}

static size_t find_way(const struct strv *args)
{
    size_t way = 0;
    while (way < WAY_COUNT &&
           (args->count != 1 || strcmp(args->items[0], ways[way].word) != 0))
        way++;
    return way;
}

static enum status say_way(struct turn *turn, enum answer_way way)
{
    char *now = say(turn->settings, answer_way_text(way), NULL);
    char *text = say(turn->settings, TEXT_ANSWER_WAY, "now", now, NULL);
    free(now);
    return personal_reply(turn, text);
}

static enum status run_answer(struct turn *turn, const struct strv *args)
{
    struct member_list rows = {0};
    size_t way = find_way(args);
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK && rows.count == 0)
        status = personal_say(turn, TEXT_NOT_TAKING_PART);
    for (size_t i = 0; i < rows.count && status == ST_OK && way < WAY_COUNT; i++) {
        rows.items[i].answer_way = (enum answer_way)way;
        status = member_put(turn->store, &rows.items[i]);
    }
    if (status == ST_OK && rows.count > 0)
        status = say_way(turn, rows.items[0].answer_way);
    member_list_clear(&rows);
    return status;
}

const struct command cmd_answer = {
    .name = "answer",
    .usage = "answer steps",
    .summary = TEXT_ABOUT_ANSWER,
    .where = IN_DM,
    .role = ROLE_MEMBER,
    .max_args = 1,
    .is_never_stale = true,
    .run = run_answer,
};
