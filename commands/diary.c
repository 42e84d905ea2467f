/* diary.c - `diary`: what stands in the DM, read back. The row that is queued holds
 * only the request; text, picture and table are made when it is sent (view.c).
 *
 * A file outlives its message on the homeserver, so one is made only after that was
 * said and a yes.
 */
#include "commands/diary.h"

#include "bot/base/mem.h"
#include "commands/personal.h"
#include "commands/reply.h"
#include "commands/view.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MARK "file\n" /* begins what talk_ask remembers; the view follows */

const char *const diary_span_names[DIARY_SPAN_COUNT] = {"week", "month", "year"};

int32_t diary_first_day(enum diary_span span, int32_t today)
{
    static const int days[DIARY_SPAN_COUNT] = {7, 30, 365};
    return today - days[span] + 1;
}

enum status file_ask(struct turn *turn, const char *view)
{
    struct buf asked;
    buf_init(&asked, 200);
    buf_addf(&asked, FILE_MARK "%s", view);
    enum status status = asked.overflowed ? ST_TOO_BIG : talk_ask(turn, asked.data);
    buf_clear(&asked);
    return status == ST_OK ? personal_say(turn, TEXT_FILE_ASK) : status;
}

enum status file_answer(struct turn *turn, const char *asked, bool *ret_is_handled)
{
    *ret_is_handled = false;
    if (!text_starts(asked, FILE_MARK) || !turn->request->is_dm)
        return ST_OK;
    if (reply_is_yes(turn)) {
        *ret_is_handled = true;
        view_request(turn, EFFECT_SHARE, asked + strlen(FILE_MARK));
    } else if (reply_is_no(turn)) {
        *ret_is_handled = true;
        return personal_say(turn, TEXT_FILE_NO);
    }
    return ST_OK;
}

/* "chart", "csv" and a span, in any order; false: something else was said. */
static bool read_args(const struct strv *args, const char **ret_form,
                      enum diary_span *ret_span)
{
    bool has_span = false;
    for (size_t i = 0; i < args->count; i++) {
        const char *word = args->items[i];
        bool is_known = false;
        for (int span = 0; span < DIARY_SPAN_COUNT && !has_span; span++) {
            if (strcmp(word, diary_span_names[span]) != 0)
                continue;
            *ret_span = (enum diary_span)span;
            is_known = has_span = true;
            break;
        }
        if (!is_known && strcmp(*ret_form, "diary") == 0 &&
            (strcmp(word, "chart") == 0 || strcmp(word, "csv") == 0)) {
            *ret_form = word;
            is_known = true;
        }
        if (!is_known)
            return false;
    }
    return true;
}

static enum status run_diary(struct turn *turn, const struct strv *args)
{
    const char *form = "diary";
    enum diary_span span = DIARY_WEEK;
    enum status status = ST_OK;
    if (!read_args(args, &form, &span))
        return personal_say(turn, TEXT_DIARY_UNCLEAR);
    struct buf view;
    buf_init(&view, 100);
    buf_addf(&view, "%s %s", form, diary_span_names[span]);
    if (strcmp(form, "diary") == 0)
        view_request(turn, EFFECT_SHOW, view.data);
    else
        status = file_ask(turn, view.data);
    buf_clear(&view);
    return status;
}

const struct command cmd_diary = {
    .name = "diary",
    .aliases = "my diary|show my diary",
    .usage = "diary month",
    .summary = TEXT_ABOUT_DIARY,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .max_args = 2,
    .is_prompt_safe = true,
    .is_information = true,
    .run = run_diary,
};
