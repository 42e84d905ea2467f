/* answer_forms.h - the forms an answer may have: triggers behind scores, "all 5",
 * named values, a plain list.
 *
 * Pure. A form explains every score of the message or reads nothing; what it
 * wrote into the reading before it gave up is for the caller to reset.
 */
#ifndef HEARTH_COMMANDS_ANSWER_FORMS_H
#define HEARTH_COMMANDS_ANSWER_FORMS_H

#include "commands/answer_read.h"

struct form {
    const struct tokens *tokens;
    const struct phrases *triggers;
    const struct settings *settings;
    const struct checkin_settings *checkin;
    struct signs *signs;
    unsigned open_items;
    struct reading *reading;
};

bool signs_have(const struct signs *signs, enum sign_kind kind);
/* Of the signs from `at` up to `end`. */
bool signs_clause_has(const struct signs *signs, size_t at, size_t end,
                      enum sign_kind kind);
/* Index of the break behind `at`, or the count. */
size_t signs_clause_end(const struct signs *signs, size_t at);

/* Bits of the items being asked: the open ones, or all. */
unsigned form_open_mask(const struct form *f);
void form_reset_values(struct form *f);

/* Triggers behind the last score, into the reading; their signs are marked. */
void form_take_triggers(struct form *f);
bool form_read_all(struct form *f);
/* "pain 6, everything else 3" */
bool form_read_rest(struct form *f);
bool form_read_named(struct form *f);
bool form_read_list(struct form *f);
bool form_read_single(struct form *f);

#endif
