/* dates.c - see dates.h. */
#include "commands/dates.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Entry `index` of a text that lists names. */
static char *pick_name(const struct settings *settings, enum text_id id, int index)
{
    char *all = say(settings, id, NULL);
    struct strv names;
    text_split(all, ',', &names);
    char *name = mem_dup(index < (int)names.count ? names.items[index] : "");
    strv_clear(&names);
    free(all);
    return name;
}

char *date_words(const struct settings *settings, int32_t day)
{
    int year, month, day_of_month;
    char number[12];
    day_to_date(day, &year, &month, &day_of_month);
    snprintf(number, sizeof number, "%d", day_of_month);
    char *weekday = pick_name(settings, TEXT_WEEKDAY_NAMES, day_weekday(day) - 1);
    char *month_name = pick_name(settings, TEXT_MONTH_NAMES, month - 1);
    char *text = say(settings, TEXT_DATE, "weekday", weekday, "day", number, "month",
                     month_name, NULL);
    free(weekday);
    free(month_name);
    return text;
}

/* Day and month, `id` says how; with the year where it has a place for it. */
static char *date_in(const struct settings *settings, enum text_id id, int32_t day)
{
    int year, month, day_of_month;
    char number[12], year_number[12];
    day_to_date(day, &year, &month, &day_of_month);
    snprintf(number, sizeof number, "%d", day_of_month);
    snprintf(year_number, sizeof year_number, "%d", year);
    char *month_name = pick_name(settings, TEXT_MONTH_NAMES, month - 1);
    char *text = id == TEXT_DATE_YEAR
                     ? say(settings, id, "day", number, "month", month_name, "year",
                           year_number, NULL)
                     : say(settings, id, "day", number, "month", month_name, NULL);
    free(month_name);
    return text;
}

char *date_words_short(const struct settings *settings, int32_t day)
{
    return date_in(settings, TEXT_DATE_SHORT, day);
}

char *date_words_year(const struct settings *settings, int32_t day)
{
    return date_in(settings, TEXT_DATE_YEAR, day);
}

char *hour_words(int minute)
{
    char text[32];
    snprintf(text, sizeof text, "%02d:%02d", minute / 60, minute % 60);
    return mem_dup(text);
}

char *weekday_words(const struct settings *settings, int weekdays)
{
    struct buf out;
    if ((weekdays & 127) == 127)
        return say(settings, TEXT_EVERY_DAY, NULL);
    buf_init(&out, SIZE_MAX);
    for (int i = 0; i < 7; i++) {
        if (!(weekdays & 1 << i))
            continue;
        char *name = pick_name(settings, TEXT_WEEKDAY_NAMES, i);
        buf_addf(&out, "%s%s", out.len > 0 ? ", " : "", name);
        free(name);
    }
    return buf_take(&out);
}

int weekday_from_word(const struct settings *settings, const char *word)
{
    char *asked = text_fold(word);
    int found = 0;
    for (int i = 0; i < 7 && found == 0; i++) {
        char *name = pick_name(settings, TEXT_WEEKDAY_NAMES, i);
        char *folded = text_fold(name);
        if (g_utf8_strlen(asked, -1) >= 3 && text_starts(folded, asked))
            found = i + 1;
        free(folded);
        free(name);
    }
    free(asked);
    return found;
}

char *item_words(const struct settings *settings, const struct checkin_settings *checkin,
                 unsigned items)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    for (size_t i = 0; i < checkin->item_count; i++) {
        if (items & 1u << i)
            buf_addf(&out, "%s%s", out.len > 0 ? ", " : "",
                     settings->items[checkin->items[i]].label);
    }
    return buf_take(&out);
}
