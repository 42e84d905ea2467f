/* queue.h - effects become outbox rows, inside the turn's transaction.
 *
 * The lane is the room, so that order holds; what has no room yet, must not
 * block a room or is due later has a lane of its own. A reply remembers the
 * question it answers, so that edits and redactions find it (rule E5).
 */
#ifndef HEARTH_BOT_QUEUE_H
#define HEARTH_BOT_QUEUE_H

#include "bot/bot.h"
#include "store/inbox.h"
#include "store/outbox.h"

/* `request` is what the effects answer, or NULL for a job. Effects into
 * encrypted or unknown rooms are left out. */
enum status queue_effects(struct bot *bot, const struct request *request,
                          struct effects *effects) MUST_CHECK;

/* The first message among `effects` becomes the new text of the reply in
 * `answered` (changed in place while never tried, else an edit event that may
 * wait for the reply's event id; a poll is taken back and the message sent anew);
 * other messages into that room are left out. */
enum status queue_replacement(struct bot *bot, const struct request *request,
                              const struct answered *answered,
                              struct effects *effects) MUST_CHECK;

/* Take the reply in `answered` back: removed while never tried, else redacted. */
enum status queue_retraction(struct bot *bot, const char *room_id,
                             const struct answered *answered) MUST_CHECK;

/* Rows of "dm:USER" move into the room that now exists. */
enum status queue_adopt_dm(struct bot *bot, const char *user_id,
                           const char *room_id) MUST_CHECK;

/* A line into the moderators' room of every group; `text` is taken over. */
enum status queue_moderators(struct bot *bot, char *text) MUST_CHECK;

/* Join a room (id or alias) unless a row for it is queued. */
enum status queue_join(struct bot *bot, const char *room, const char *via) MUST_CHECK;
enum status queue_leave(struct bot *bot, const char *room_id,
                        const char *reason) MUST_CHECK;
enum status queue_members(struct bot *bot, const char *room_id) MUST_CHECK;

#endif
