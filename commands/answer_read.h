/* answer_read.h - what a typed answer says.
 *
 * Pure: a text and a check-in in, a reading out. A wrong number recorded is the
 * worst failure, so whatever a careful human would have to ask back about is
 * READ_UNCLEAR as a whole; nothing is read from half a message. Values fill the
 * items in the check-in's order unless items are named.
 */
#ifndef HEARTH_COMMANDS_ANSWER_READ_H
#define HEARTH_COMMANDS_ANSWER_READ_H

#include "bot/model/settings.h"
#include "commands/answer_signs.h"
#include "commands/votes.h"

enum reading_kind {
    READ_NONE, /* no answer at all: a question, chatter */
    READ_VALUES,
    READ_UNCLEAR, /* meant as an answer, perhaps; nothing may be recorded */
    READ_SKIP,
    READ_SAME,
    READ_STOP,
    READ_PAUSE,
    READ_GO /* one question at a time, please */
};

struct reading {
    enum reading_kind kind;
    int8_t values[ITEMS_MAX]; /* by place in the check-in: 0..10, VALUE_NONE not said,
                                 SCORE_SKIP left out on purpose */
    uint16_t triggers;        /* bit by place in the check-in's triggers */
    bool is_whole;            /* a value or a skip for every item, unnamed */
    bool is_yesterday;        /* meant for the day before */
};

/* `open_items`: bit by place, the items being asked right now; 0 means all. */
void answer_read(const struct settings *settings, const struct checkin_settings *checkin,
                 unsigned open_items, const char *text, struct reading *ret_reading);

#endif
