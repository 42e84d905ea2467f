/* mention.h - is a message addressed to the bot, and what does it say then?
 *
 * In this order: a DM, the prefix, m.mentions, a pill in the formatted body, the
 * bot's name at the start of the line (only where the client sent no
 * m.mentions). A reply to the bot mentions it by itself: that alone is no
 * question.
 */
#ifndef HEARTH_BOT_MENTION_H
#define HEARTH_BOT_MENTION_H

#include "bot/bot.h"
#include "bot/model/event.h"

struct addressed {
    bool is_addressed;
    bool has_prefix;
    char *text; /* without prefix and without our name in front; the caller's */
};

/* `replies_to_us`: the event is a reply to one of our events. */
void mention_read(const struct bot *bot, const struct event *event, bool is_dm,
                  bool replies_to_us, struct addressed *ret_addressed);

#endif
