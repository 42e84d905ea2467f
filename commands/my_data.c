/* my_data.c - `my data` and `my data file`: see my_data.h. The DM gets a row that
 * holds only the request; words or file are made when they are sent (view.c).
 */
#include "commands/my_data.h"

#include "bot/base/mem.h"
#include "commands/diary.h"
#include "commands/pass_on.h"
#include "commands/view.h"
#include "store/pending.h"

#include <stdlib.h>
#include <string.h>

#define OPEN_WEEKS_MAX 64

static enum status collect_weeks(struct turn *turn, const char *group,
                                 const char *user_id, struct my_data *data)
{
    int32_t weeks[OPEN_WEEKS_MAX];
    int count = 0;
    enum status status = pending_open_weeks(turn->store, group, weeks, &count);
    for (int i = 0; i < count && status == ST_OK; i++) {
        struct week_answers answers;
        status = week_load(turn->store, group, weeks[i], user_id, &answers);
        if (status == ST_OK) {
            MEM_GROW(data->weeks, data->week_count, data->week_capacity);
            data->weeks[data->week_count++] =
                (struct my_data_week){group, weeks[i], answers};
        }
        votes_wipe(&answers);
        if (status == ST_NOT_FOUND)
            status = ST_OK;
    }
    return status;
}

enum status my_data_collect(struct turn *turn, const char *user_id,
                            struct my_data *ret_data)
{
    *ret_data = (struct my_data){0};
    enum status status = member_of_user(turn->store, user_id, &ret_data->rows);
    for (size_t i = 0; i < turn->settings->group_count && status == ST_OK; i++)
        status = collect_weeks(turn, turn->settings->groups[i].name, user_id, ret_data);
    if (status == ST_OK)
        status = pass_on_count(turn, user_id, &ret_data->waiting);
    return status;
}

void my_data_clear(struct my_data *data)
{
    for (size_t i = 0; i < data->week_count; i++)
        votes_wipe(&data->weeks[i].answers);
    free(data->weeks);
    member_list_clear(&data->rows);
    memset(data, 0, sizeof *data);
}

char *my_data_label(const struct settings *settings, uint32_t key, bool is_trigger)
{
    for (size_t i = 0; i < settings->item_count; i++) {
        const struct item_settings *item = &settings->items[i];
        if (item->is_trigger == is_trigger &&
            key == (is_trigger ? week_trigger_key(item) : week_item_key(item)))
            return mem_dup(item->label);
    }
    return say(settings, TEXT_MY_DATA_OLD_ITEM, NULL);
}

static enum status run_my_data(struct turn *turn, const struct strv *args)
{
    (void)args;
    view_request(turn, EFFECT_SHOW, "my-data");
    return ST_OK;
}

static enum status run_my_data_file(struct turn *turn, const struct strv *args)
{
    (void)args;
    return file_ask(turn, "my-data-file");
}

const struct command cmd_my_data = {
    .name = "my data",
    .aliases = "mydata|show my data|what do you know about me",
    .usage = "my data",
    .summary = TEXT_ABOUT_MY_DATA,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .is_information = true,
    .run = run_my_data,
};

const struct command cmd_my_data_file = {
    .name = "my data file",
    .aliases = "mydata file|my data as a file|my data json",
    .usage = "my data file",
    .summary = TEXT_ABOUT_MY_DATA_FILE,
    .where = IN_DM,
    .role = ROLE_STRANGER,
    .is_prompt_safe = true,
    .is_never_stale = true,
    .run = run_my_data_file,
};
