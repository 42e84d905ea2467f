/* faq.h - answers from the FAQ, for the command and for whoever falls back on it. */
#ifndef HEARTH_COMMANDS_FAQ_H
#define HEARTH_COMMANDS_FAQ_H

#include "commands/command.h"

/* Answer `question`, list what may be meant, or say that it is not known and offer to
 * pass it on. Doses and one's own medicine have a sentence of their own. With
 * `only_sure` nothing is said unless there is an answer. */
enum status faq_answer(struct turn *turn, const char *question,
                       bool only_sure) MUST_CHECK;

/* The question in `text`, behind the command's name if that stands there; in `text`. */
const char *faq_behind_name(const char *text);

/* Talk in a room that asked nobody: answered only where the group wants it, when
 * it is a clear question, and seldom. */
enum status faq_overhear(struct turn *turn) MUST_CHECK;

/* An answer that nobody asked for is now the event `event_id`: for a day it can be
 * taken back. */
enum status faq_unasked_keep(struct store *store, const char *room_id,
                             const char *event_id, int64_t now_utc_ms) MUST_CHECK;
/* A reaction in a room: a cross, a thumb down or a bin takes such an answer back. */
enum status faq_take_back(struct turn *turn) MUST_CHECK;

/* `asked` (from talk_take) listed entries and the message picks one. */
enum status faq_pick(struct turn *turn, const char *asked, const char *number,
                     bool *ret_is_handled) MUST_CHECK;

/* The list that waits for a number in this place waits no more. */
enum status faq_drop_list(struct turn *turn) MUST_CHECK;

#endif
