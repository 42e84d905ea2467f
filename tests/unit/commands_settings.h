/* commands_settings.h - a small configuration for tests of the check-in: the five
 * default items, four triggers and none, one group.
 */
#ifndef HEARTH_TESTS_COMMANDS_SETTINGS_H
#define HEARTH_TESTS_COMMANDS_SETTINGS_H

#include "bot/base/mem.h"
#include "bot/model/settings.h"

#include <stdlib.h>

#define SETTINGS_SCALES 5
#define SETTINGS_TRIGGERS 5

static void settings_add_item(struct settings *settings, const char *name,
                              const char *label, const char *also, char letter)
{
    struct item_settings *item = &settings->items[settings->item_count++];
    *item = (struct item_settings){.name = mem_dup(name),
                                   .label = mem_dup(label),
                                   .question = mem_dup("How was it today?"),
                                   .low = mem_dup("none"),
                                   .high = mem_dup("worst"),
                                   .is_trigger = letter != '\0',
                                   .letter = letter};
    text_split(also, ',', &item->also);
}

static void settings_add_checkin(struct settings *settings)
{
    settings->checkins = mem_alloc(sizeof *settings->checkins);
    settings->checkin_count = 1;
    struct checkin_settings *checkin = settings->checkins;
    checkin->name = mem_dup("daily");
    checkin->intro = mem_dup("");
    checkin->closing = mem_dup("");
    for (size_t i = 0; i < SETTINGS_SCALES; i++)
        checkin->items[checkin->item_count++] = i;
    for (size_t i = 0; i < SETTINGS_TRIGGERS; i++)
        checkin->triggers[checkin->trigger_count++] = SETTINGS_SCALES + i;
    checkin->minute = 18 * 60;
    checkin->window_min = 720;
    checkin->weekdays = 127;
    checkin->version = 7;
}

/* Free with settings_clear and free. */
static struct settings *settings_for_checkins(void)
{
    struct settings *settings = mem_alloc(sizeof *settings);
    settings->items =
        mem_resize(NULL, SETTINGS_SCALES + SETTINGS_TRIGGERS, sizeof *settings->items);
    settings_add_item(settings, "pain", "Pain", "ache,aches,hurt,sore", 0);
    settings_add_item(settings, "fatigue", "Fatigue", "tired,tiredness,exhaustion", 0);
    settings_add_item(settings, "stiffness", "Stiffness", "stiff", 0);
    settings_add_item(settings, "sleep", "Last night's sleep", "night,bad sleep", 0);
    settings_add_item(settings, "fog", "Brain fog", "foggy,brainfog,concentration", 0);
    settings_add_item(settings, "stress", "Stress", "stressed", 'S');
    settings_add_item(settings, "weather", "Weather", "rain,cold", 'W');
    settings_add_item(settings, "food", "Food", "", 'F');
    settings_add_item(settings, "overdid", "Overdid it", "overdoing", 'A');
    settings_add_item(settings, "none", "None of these", "", 'N');
    settings_add_checkin(settings);
    settings->privacy.min_people = 8;
    settings->privacy.epsilon_permille = 1000;
    settings->hearth.catch_up_min = 120;
    settings->hearth.prefix = mem_dup("!");
    return settings;
}

#endif
