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

/* --- answer_next.c ---- */

/* The next question of a check-in that is open. */
enum status answer_ask_item(struct turn *turn,
                            const struct open_checkin *open) MUST_CHECK;
/* A text with the names of these items (bits). */
enum status answer_list_items(struct turn *turn, enum text_id id,
                              const struct checkin_settings *checkin,
                              unsigned items) MUST_CHECK;
/* Keep how far it is; or nothing is open any more: complete, or left out. */
enum status answer_keep(struct turn *turn, const struct open_checkin *open) MUST_CHECK;
enum status answer_finish(struct turn *turn, const struct open_checkin *open) MUST_CHECK;
/* What comes after an answer: the next question, what was left out, or the end. */
enum status answer_go_on(struct turn *turn, struct open_checkin *open) MUST_CHECK;

/* What is said when all is answered. The caller's. */
char *answer_done_text(const struct settings *settings,
                       const struct checkin_settings *checkin);

/* How an open question stands when an answer to it has changed. */
struct left_open {
    struct open_checkin open; /* clear it */
    bool is_open;             /* something of it is left to answer */
    bool asks_other;          /* one at a time: another item is next than was asked */
};

/* Of the answers to `checkin` for `day`, these items (bits) have lost their last value,
 * and those were said anew: the open question about them, if there is one, follows. */
enum status answer_reopen(struct turn *turn, const struct checkin_settings *checkin,
                          int32_t day, unsigned gone, unsigned said,
                          struct left_open *ret_left) MUST_CHECK;
enum status answer_say_corrected(struct turn *turn,
                                 const struct left_open *left) MUST_CHECK;
void answer_say_taken_back(struct turn *turn, const struct left_open *left);

/* --- answer_fix.c ---- */

/* Drop the entry and say so. A typed answer is open again; a vote's poll stands there
 * still. */
enum status answer_take_back(struct turn *turn, struct week_place *place,
                             bool is_vote) MUST_CHECK;

/* "m.read" on the message: it is stored. */
void answer_receipt(struct turn *turn, const char *event_id);

#endif
