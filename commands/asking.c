/* asking.c - see asking.h. */
#include "commands/asking.h"

#include "bot/base/mem.h"
#include "commands/tap.h"

#include <stdio.h>
#include <stdlib.h>

char *asking_words(const struct settings *settings, const struct item_settings *item)
{
    return say(settings, TEXT_ASK_ITEM, "question", item->question, "low", item->low,
               "high", item->high, "label", item->label, NULL);
}

char *asking_choice(const struct settings *settings, const struct item_settings *item,
                    int value)
{
    char number[12];
    const char *words = value == 0 ? item->low : value == VALUE_MAX ? item->high : "";
    snprintf(number, sizeof number, "%d", value);
    char *text = say(settings, TEXT_TAP_CHOICE, "number", number, "words", words, NULL);
    char *trimmed = text_trim(text);
    free(text);
    return trimmed;
}

void asking_name(const struct settings *settings, struct effect *effect,
                 const struct checkin_settings *checkin, unsigned items, int32_t day)
{
    free(effect->checkin);
    effect->checkin = mem_dup(checkin->name);   /* a reply to it is meant for this one */
    effect->checkin_version = checkin->version; /* for the own diary, too: NS.checkin */
    effect->checkin_day = day;
    for (size_t i = 0; i < checkin->item_count; i++) {
        if (items & 1u << i)
            strv_add(&effect->checkin_items, settings->items[checkin->items[i]].name);
    }
}

void asking_fill(const struct settings *settings, struct effect *effect,
                 const struct checkin_settings *checkin, size_t item, int32_t day,
                 bool is_poll)
{
    const struct item_settings *asked = &settings->items[checkin->items[item]];
    free(effect->text);
    effect->text = asking_words(settings, asked);
    asking_name(settings, effect, checkin, 1u << item, day);
    if (!is_poll)
        return;
    tap_fill(settings, effect, checkin, item, day, mem_dup(asked->question));
    /* Not a reply: what is taken back with a message is not the next question. */
    free(effect->answers);
    effect->answers = NULL;
}
