/* dispatch_change.h - the part of dispatch that is about messages that change: edits
 * and redactions (rule E5). Inside the caller's transaction.
 */
#ifndef HEARTH_BOT_DISPATCH_CHANGE_H
#define HEARTH_BOT_DISPATCH_CHANGE_H

#include "bot/dispatch.h"

/* Remember, as a hash, who wrote a message: only they may edit it. */
enum status dispatch_mark_author(struct bot *bot,
                                 const struct request *request) MUST_CHECK;

/* An edited message: its reply changes with it. */
enum status dispatch_edit(struct bot *bot, struct request *request) MUST_CHECK;

/* A redacted message: its replies go too; what it had recorded is deleted. */
enum status dispatch_redaction(struct bot *bot, const struct request *request) MUST_CHECK;

/* An edit that came before its message was answered in its place. */
bool dispatch_was_answered_early(struct bot *bot, const struct request *request);

#endif
