/* asking.h - one question of a check-in as a message: words, or a poll. */
#ifndef HEARTH_COMMANDS_ASKING_H
#define HEARTH_COMMANDS_ASKING_H

#include "bot/model/effect.h"
#include "bot/model/settings.h"

/* The question in words, as it is asked one at a time. The caller's. */
char *asking_words(const struct settings *settings, const struct item_settings *item);

/* A choice of its poll: the number, at the ends with their words. The caller's. */
char *asking_choice(const struct settings *settings, const struct item_settings *item,
                    int value);

/* `effect` is about these items (bits by place in the check-in) and `day`. */
void asking_name(const struct settings *settings, struct effect *effect,
                 const struct checkin_settings *checkin, unsigned items, int32_t day);

/* Put the question for `item` (place in the check-in) into `effect`. */
void asking_fill(const struct settings *settings, struct effect *effect,
                 const struct checkin_settings *checkin, size_t item, int32_t day,
                 bool is_poll);

#endif
