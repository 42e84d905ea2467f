/* results.h - what an effect brought back, as an update of its own.
 *
 * Each function runs inside the caller's transaction.
 */
#ifndef HEARTH_BOT_RESULTS_H
#define HEARTH_BOT_RESULTS_H

#include "bot/bot.h"
#include "bot/matrix/message.h"
#include "bot/model/event.h"
#include "store/outbox.h"

/* The row was done by the server and made `event_id` (NULL: none): remember the
 * event, free what waits for it, remove the row. */
enum status results_done(struct bot *bot, const struct outbox_item *item,
                         const struct payload *payload, const char *event_id) MUST_CHECK;

/* The answer of a successful try, by kind: event id, room id, members ... */
enum status results_take(struct bot *bot, const struct outbox_item *item,
                         const struct payload *payload, const char *body,
                         size_t len) MUST_CHECK;

/* The server refused for good: the row and what waits for it go. */
enum status results_refused(struct bot *bot, const struct outbox_item *item,
                            const struct payload *payload) MUST_CHECK;

/* The file of a SHARE cannot be sent: the row goes, `text` says so in the chat. */
enum status results_file_failed(struct bot *bot, const struct outbox_item *item,
                                const struct payload *payload,
                                enum text_id text) MUST_CHECK;

/* A DM we made exists under `room_id` (rule E7), learnt from the answer or from
 * its creation event. */
enum status results_adopt(struct bot *bot, const char *user_id, const char *nonce,
                          const char *room_id) MUST_CHECK;

#endif
