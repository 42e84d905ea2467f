/* poll.c - see poll.h. */
#include "commands/poll.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "commands/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHOICES_MIN 2
#define CHOICES_MAX 20 /* more than that is no poll to a client */
#define TEXTS_MAX 4096 /* bytes of all that is written into a poll */
#define FAQ_CHOICE "faq "

bool poll_may_offer(const struct turn *turn)
{
    const struct request *request = turn->request;
    return turn->settings->hearth.polls && request->is_dm &&
           request->kind == REQUEST_MESSAGE;
}

void poll_add_choice(struct effect *effect, char *id, char *text)
{
    strv_add_take(&effect->choice_ids, id);
    strv_add_take(&effect->choice_texts, text);
}

static bool is_poll(const struct effect *effect, const char *question)
{
    const struct strv *ids = &effect->choice_ids;
    size_t len = strlen(question);
    if (ids->count < CHOICES_MIN || ids->count > CHOICES_MAX)
        return false;
    for (size_t i = 0; i < ids->count; i++) {
        len += strlen(effect->choice_texts.items[i]);
        if (strlen(ids->items[i]) > CHOICE_ID_MAX)
            return false;
    }
    return len <= TEXTS_MAX;
}

void poll_finish(struct effect *effect, char *question)
{
    if (is_poll(effect, question)) {
        effect->question = question;
        return;
    }
    free(question);
    strv_clear(&effect->choice_ids);
    strv_clear(&effect->choice_texts);
}

void poll_offer_entries(const struct turn *turn, struct effect *effect,
                        const struct match *match)
{
    const struct settings *settings = turn->settings;
    if (!poll_may_offer(turn))
        return;
    for (size_t i = 0; i < match->ranked_count; i++) {
        const struct faq_settings *faq = &settings->faqs[match->ranked[i].faq];
        struct buf id;
        char number[24];
        buf_init(&id, SIZE_MAX);
        buf_addf(&id, FAQ_CHOICE "%s", faq->id);
        snprintf(number, sizeof number, "%zu", i + 1);
        poll_add_choice(effect, buf_take(&id),
                        say(settings, TEXT_SUGGEST_CHOICE, "number", number, "question",
                            faq->question, NULL));
    }
    poll_finish(effect, say(settings, TEXT_SUGGEST_POLL, NULL));
}

bool poll_is_choice(const struct settings *settings, const char *id)
{
    return text_starts(id, FAQ_CHOICE) &&
           settings_faq(settings, id + strlen(FAQ_CHOICE)) < settings->faq_count;
}
