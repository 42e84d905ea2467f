/* first_answer.h - what a first message to a fresh prompt is taken for, as one line.
 *
 * Pure: for who words a check-in and for tests. The order is that of respond.c:
 * safety, commands that hold in the middle of a check-in, the check-in, other
 * commands.
 */
#ifndef HEARTH_COMMANDS_FIRST_ANSWER_H
#define HEARTH_COMMANDS_FIRST_ANSWER_H

#include "bot/model/settings.h"

struct safety_rules;

/* "pain=6 sleep=skip triggers=S,W", in the check-in's order and only what was
 * answered, "yesterday " in front when it is for the day before; or UNCLEAR (also
 * for what is no answer: nothing is recorded), SKIP, SAME, STOP, PAUSE, GO, CRISIS,
 * URGENT, COMMAND. The caller's. */
char *first_answer_line(const struct settings *settings, const struct safety_rules *rules,
                        const struct checkin_settings *checkin, const char *text);

#endif
