/* preview.c - `preview checkin`: a check-in as members see it, for a moderator alone.
 *
 * One message in their DM with all that is said, and one poll. It opens no question
 * and is no prompt; the choices of the poll stand for nothing, so neither a number
 * typed afterwards nor a tap is recorded for it.
 */
#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/answer.h"
#include "commands/asking.h"
#include "commands/checkin.h"
#include "commands/poll.h"
#include "commands/reply.h"

#include <stdlib.h>
#include <string.h>

struct preview {
    const struct settings *settings;
    const struct checkin_settings *checkin;
    struct buf out;
};

/* `text` is taken over. */
static void add_part(struct preview *preview, enum text_id title, char *text)
{
    char *name = say(preview->settings, title, NULL);
    char *part =
        say(preview->settings, TEXT_PREVIEW_PART, "part", name, "text", text, NULL);
    buf_addf(&preview->out, "\n\n%s", part);
    free(part);
    free(name);
    free(text);
}

static char *all_questions(const struct preview *preview)
{
    struct buf questions;
    buf_init(&questions, MESSAGE_TEXT_MAX);
    for (size_t i = 0; i < preview->checkin->item_count; i++) {
        char *question = asking_words(
            preview->settings, &preview->settings->items[preview->checkin->items[i]]);
        buf_addf(&questions, "%s%s", i > 0 ? "\n\n" : "", question);
        free(question);
    }
    return buf_take(&questions);
}

static char *write_preview(const struct settings *settings,
                           const struct checkin_settings *checkin)
{
    struct preview preview = {.settings = settings, .checkin = checkin};
    buf_init(&preview.out, MESSAGE_TEXT_MAX);
    char *begin = say(settings, TEXT_PREVIEW_BEGIN, "checkin", checkin->name, NULL);
    buf_add_text(&preview.out, begin);
    free(begin);
    add_part(&preview, TEXT_PREVIEW_PROMPT, say(settings, TEXT_PROMPT, NULL));
    add_part(&preview, TEXT_PREVIEW_OPEN, prompt_open_text(settings, checkin));
    add_part(&preview, TEXT_PREVIEW_STEPS, all_questions(&preview));
    if (checkin->reminder_min > 0)
        add_part(&preview, TEXT_PREVIEW_REMINDER, say(settings, TEXT_REMINDER, NULL));
    add_part(&preview, TEXT_PREVIEW_CLOSING, answer_done_text(settings, checkin));
    add_part(&preview, TEXT_PREVIEW_REST, say(settings, TEXT_PROMPT_REST, NULL));
    return buf_take(&preview.out);
}

/* Its choices have ids that no vote is read from. */
static void add_poll(struct turn *turn, const struct checkin_settings *checkin)
{
    const struct settings *settings = turn->settings;
    const struct item_settings *item = &settings->items[checkin->items[0]];
    struct effect *effect = reply_in_dm(turn, asking_words(settings, item));
    for (int value = 0; value <= VALUE_MAX; value++) {
        struct buf id;
        buf_init(&id, CHOICE_ID_MAX);
        buf_addf(&id, "preview %d", value);
        poll_add_choice(effect, buf_take(&id), asking_choice(settings, item, value));
    }
    poll_finish(effect,
                say(settings, TEXT_PREVIEW_POLL, "question", item->question, NULL));
}

static const struct checkin_settings *find_checkin(const struct turn *turn,
                                                   const char *name)
{
    const struct settings *settings = turn->settings;
    for (size_t i = 0; i < settings->checkin_count; i++) {
        const struct checkin_settings *checkin = &settings->checkins[i];
        if (group_offers(turn->request->group, checkin->name) &&
            (name == NULL || text_equal(name, checkin->name)))
            return checkin;
    }
    return NULL;
}

static enum status say_unknown(struct turn *turn)
{
    struct buf names;
    buf_init(&names, MESSAGE_TEXT_MAX);
    for (size_t i = 0; i < turn->settings->checkin_count; i++) {
        const char *name = turn->settings->checkins[i].name;
        if (group_offers(turn->request->group, name))
            buf_addf(&names, "%s`%s`", names.len > 0 ? ", " : "", name);
    }
    reply(turn, say(turn->settings, TEXT_PREVIEW_UNKNOWN, "names", names.data, NULL));
    buf_clear(&names);
    return ST_OK;
}

static enum status run_preview(struct turn *turn, const struct strv *args)
{
    const struct request *request = turn->request;
    const struct checkin_settings *checkin = NULL;
    if (!request->is_moderators_room || request->group == NULL)
        return reply_text(turn, TEXT_PREVIEW_WHERE);
    checkin = find_checkin(turn, args->count > 0 ? args->items[0] : NULL);
    if (checkin == NULL)
        return say_unknown(turn);
    reply_in_dm(turn, write_preview(turn->settings, checkin));
    if (checkin->item_count > 0)
        add_poll(turn, checkin);
    return reply_text(turn, TEXT_PREVIEW_SENT);
}

const struct command cmd_preview = {
    .name = "preview checkin",
    .aliases = "preview check-in|preview",
    .usage = "preview checkin",
    .summary = TEXT_ABOUT_PREVIEW_CHECKIN,
    .where = IN_GROUP,
    .role = ROLE_MODERATOR,
    .max_args = 1,
    .run = run_preview,
};
