/* faq_counts.h - what is asked how often: counters of weeks, for the moderators.
 *
 * A counter knows an entry and a week, never a text or an asker. Only figures of a
 * week that is closed are told, and none below FAQ_COUNT_FLOOR: whoever looks often
 * learns nothing about a single question.
 */
#ifndef HEARTH_COMMANDS_FAQ_COUNTS_H
#define HEARTH_COMMANDS_FAQ_COUNTS_H

#include "commands/command.h"

/* The request was answered with this entry, or there was no answer for it. An edit
 * asks the same question in better words and does not count. */
enum status faq_counts_add(struct turn *turn, const char *faq_id) MUST_CHECK;
enum status faq_counts_add_unknown(struct turn *turn) MUST_CHECK;

/* The last closed week of `group`, in words: the caller's. Counters belong to all
 * groups of the bot together. */
enum status faq_counts_write(const struct turn *turn, const struct group_settings *group,
                             char **ret_text) MUST_CHECK;

#endif
