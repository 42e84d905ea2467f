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

/* What was read, and from where. */
struct answer {
    const char *event_id;   /* it is kept under this event */
    const char *receipt_id; /* the event that holds it; NULL: the same */
    const struct reading *reading;
    bool is_correction;
    bool is_past;     /* of a day that is not being asked now */
    int32_t same_day; /* the values are those of this day; 0: new ones */
    bool is_recorded; /* set by answer_take */
};

/* Record it, say so, and go on with what is left to ask. */
enum status answer_take(struct turn *turn, struct open_checkin *open,
                        struct answer *answer) MUST_CHECK;

/* `same`: the values of the day answered last for `items` (bits), or a question. */
enum status answer_same(struct turn *turn, struct open_checkin *open,
                        unsigned items) MUST_CHECK;

/* What is said when all is answered. The caller's. */
char *answer_done_text(const struct settings *settings,
                       const struct checkin_settings *checkin);

/* Drop the entry and say so. */
enum status answer_take_back(struct turn *turn, struct week_place *place) MUST_CHECK;

/* "m.read" on the message: it is stored. */
void answer_receipt(struct turn *turn, const char *event_id);

#endif
