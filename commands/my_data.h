/* my_data.h - everything held about one person: collected once, written as words
 * (my_data_text.c) or as JSON (my_data_json.c).
 *
 * Registry fields, the open weeks' answers opened for this moment, what is carried
 * from week to week, and how many questions wait to be passed on. Whoever has answers
 * without a check-in (`stop keep`) sees them too, so all groups are looked through.
 */
#ifndef HEARTH_COMMANDS_MY_DATA_H
#define HEARTH_COMMANDS_MY_DATA_H

#include "bot/base/buf.h"
#include "commands/command.h"
#include "commands/week.h"
#include "store/member.h"

struct my_data_week {
    const char *group; /* borrowed from the settings */
    int32_t week;
    struct week_answers answers;
};

struct my_data {
    struct member_list rows;
    struct my_data_week *weeks;
    size_t week_count, week_capacity;
    int waiting;
};

/* Clear it, which wipes, whatever came back. */
enum status my_data_collect(struct turn *turn, const char *user_id,
                            struct my_data *ret_data) MUST_CHECK;
void my_data_clear(struct my_data *data);

/* What the configuration calls a key now. The caller's. */
char *my_data_label(const struct settings *settings, uint32_t key, bool is_trigger);

void my_data_write_text(const struct settings *settings, const struct my_data *data,
                        struct buf *out);
void my_data_write_json(const struct settings *settings, const struct my_data *data,
                        struct buf *out);

#endif
