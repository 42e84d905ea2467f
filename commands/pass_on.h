/* pass_on.h - a question without an answer, passed on to the moderators after a yes.
 *
 * Who asked something Hearth does not know is asked whether it may be passed on,
 * without a name. No copy of the question is made for that, at no time before it goes
 * out. What is held instead, all of it sealed:
 *
 *   the offer    a dialogue row of that person, half an hour: group and event id
 *   after a yes  an outbox row that holds the event id, due at the next round:
 *                09:00 in the group's zone, at least an hour away, and a random part
 *                of a minute, so that the order in which questions go out tells
 *                nothing about when they were asked
 *   a place      one of three dialogue rows of that person, until the round, that says
 *                which: so three of one person's questions may wait, `my data` counts
 *                them, and `forget me` finds them
 *
 * At the round the message is read once more from the homeserver, and its words go to
 * the moderators' room as one notice, as plain text. So what was deleted goes nowhere (a
 * deleted yes takes its question back too), what was edited goes as it then stands, and
 * what the homeserver does not give to the bot any more is let be. From then on it is a
 * message like any other, sealed in the outbox until the homeserver has it.
 */
#ifndef HEARTH_COMMANDS_PASS_ON_H
#define HEARTH_COMMANDS_PASS_ON_H

#include "commands/command.h"

/* Say that the question is not known, and offer to pass it on where that can be done:
 * a member asks outside of a moderators' room that the bot can write to. */
enum status pass_on_offer(struct turn *turn) MUST_CHECK;

/* A yes or a no to an offer made here. With `must_point` only when the message replies
 * to the offer, or stands in its thread and replies to nothing. */
enum status pass_on_answer(struct turn *turn, bool must_point,
                           bool *ret_is_handled) MUST_CHECK;

/* A message to the bot that is neither a yes nor a no drops an open offer. */
enum status pass_on_heed(struct turn *turn) MUST_CHECK;

/* `target` of the request was edited or redacted: an open offer for it is dropped; once
 * it waits, its new version waits in its place, or nothing any more. */
enum status pass_on_changed(struct turn *turn) MUST_CHECK;

/* The round: `text` (what the person wrote, mention and prefix of ours removed) goes to
 * the moderators of `group`, unless it has become something that is not passed on: words
 * of crisis, one person's medicine. The turn has no request. */
enum status pass_on_tell(struct turn *turn, const char *group,
                         const char *text) MUST_CHECK;

/* The question of `user_id` left for the moderators' room: its place is free again. */
enum status pass_on_gone(struct turn *turn, const char *user_id, const char *room_id,
                         const char *question_id) MUST_CHECK;

/* Nothing of that person waits any more. */
enum status pass_on_forget(struct turn *turn, const char *user_id) MUST_CHECK;

/* How many questions of that person wait. */
enum status pass_on_count(struct turn *turn, const char *user_id,
                          int *ret_count) MUST_CHECK;

/* The outbox lane of a question that waits. The caller's. */
char *pass_on_lane(const char *room_id, const char *question_id);

#endif
