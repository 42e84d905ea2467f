/* dates.h - dates, hours and lists in words that people read. The caller frees. */
#ifndef HEARTH_COMMANDS_DATES_H
#define HEARTH_COMMANDS_DATES_H

#include "bot/model/settings.h"

char *date_words(const struct settings *settings, int32_t day); /* "Monday 29 March" */
/* "29 March": for axes and long lists. */
char *date_words_short(const struct settings *settings, int32_t day);
char *date_words_year(const struct settings *settings, int32_t day); /* "29 March 2027" */
char *hour_words(int minute);                                        /* "21:00" */
/* "every day", or "Monday, Friday". */
char *weekday_words(const struct settings *settings, int weekdays);
/* Number 1 Monday .. 7 of a name in any case (its first three letters will do), 0. */
int weekday_from_word(const struct settings *settings, const char *word);
/* "Pain, Fatigue, Sleep": the labels of a check-in's items with these bits. */
char *item_words(const struct settings *settings, const struct checkin_settings *checkin,
                 unsigned items);

#endif
