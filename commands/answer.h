/* answer.h - what answer.c and answer_fix.c share. */
#ifndef HEARTH_COMMANDS_ANSWER_H
#define HEARTH_COMMANDS_ANSWER_H

#include "commands/checkin.h"
#include "commands/question.h"
#include "commands/week.h"

/* The check-in that a message sent in the DM now would answer. */
struct open_checkin {
    struct member member;
    const struct checkin_settings *checkin;
    struct question question;
};

void open_checkin_clear(struct open_checkin *open);
/* The one asked last; ST_NOT_FOUND when none is open. */
enum status open_checkin_find(const struct turn *turn,
                              struct open_checkin *ret_open) MUST_CHECK;

/* Record what was read from the event `event_id` and say so. */
enum status answer_take(struct turn *turn, struct open_checkin *open,
                        const char *event_id, const struct reading *reading) MUST_CHECK;

/* "m.read" on the message: it is stored. */
void answer_receipt(struct turn *turn, const char *event_id);

#endif
