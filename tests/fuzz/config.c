/* config.c - fuzz target: a config of any bytes.
 *
 * Beside memory errors it looks for broken promises: settings although there
 * was an error, problems without a place or words, less privacy than the least,
 * and references that lead nowhere.
 */
#include "bot/config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void promise(bool kept)
{
    if (!kept)
        abort();
}

static void check_problems(const struct config_problems *problems)
{
    size_t errors = 0;
    for (size_t i = 0; i < problems->count; i++) {
        const struct config_problem *problem = &problems->items[i];
        promise(problem->line >= 0 && problem->column >= 0 && problem->file[0] != '\0');
        promise(problem->message[0] != '\0' && strchr(problem->message, '\r') == NULL);
        promise(text_is_utf8(problem->message, strlen(problem->message)));
        errors += !problem->is_warning;
    }
    promise(errors == problems->error_count);
}

static void check_checkin(const struct settings *settings,
                          const struct checkin_settings *checkin)
{
    promise(checkin->item_count > 0 && checkin->item_count <= ITEMS_MAX);
    promise(checkin->trigger_count <= TRIGGERS_MAX && checkin->version > 0);
    promise(checkin->weekdays > 0 && checkin->weekdays < 128);
    for (size_t i = 0; i < checkin->item_count; i++) {
        promise(checkin->items[i] < settings->item_count);
        promise(settings->items[checkin->items[i]].high[0] != '\0');
    }
    for (size_t i = 0; i < checkin->trigger_count; i++) {
        promise(checkin->triggers[i] < settings->item_count);
        promise(settings->items[checkin->triggers[i]].letter != 0);
    }
}

static void check_settings(const struct settings *settings)
{
    promise(settings->privacy.min_people >= 5);
    promise(settings->privacy.epsilon_permille >= 200 &&
            settings->privacy.epsilon_permille <= 1000);
    promise(settings->hearth.prefix[0] != '\0' && settings->matrix.homeserver != NULL);
    for (size_t i = 0; i < settings->group_count; i++) {
        const struct group_settings *group = &settings->groups[i];
        promise(group->zone_rules != NULL && group->summary_weekday >= 1);
        for (size_t k = 0; k < group->checkins.count; k++)
            promise(settings_checkin(settings, group->checkins.items[k]) != NULL);
    }
    for (size_t i = 0; i < settings->checkin_count; i++)
        check_checkin(settings, &settings->checkins[i]);
    for (size_t i = 0; i < settings->faq_count; i++)
        promise(settings->faqs[i].question[0] != '\0' &&
                settings->faqs[i].answer[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct settings *settings = NULL;
    struct config_problems problems;
    enum config_scope scope = size % 2 ? CONFIG_COMMUNITY : CONFIG_WHOLE;
    enum status status =
        config_load_bytes("fuzz.ini", (const char *)data, size, scope,
                          day_from_date(2026, 11, 23), &settings, &problems);
    check_problems(&problems);
    promise((status == ST_OK) == (problems.error_count == 0));
    promise((status == ST_OK) == (settings != NULL));
    if (settings != NULL)
        check_settings(settings);
    config_free(settings);
    config_problems_clear(&problems);
    return 0;
}
