/* poll.h - choices that can be tapped, beside being typed.
 *
 * A poll is a reply with choices: its text still says everything, and the id of a
 * choice is what a person would have typed, so that a vote is that message; those of a
 * check-in say more (tap.h). Whoever is in a room sees who tapped what: a poll stands
 * only in a DM, and of the FAQ only where the config wants polls. No edit can make words
 * of a poll or a poll of words, so what answers an edit is never one.
 */
#ifndef HEARTH_COMMANDS_POLL_H
#define HEARTH_COMMANDS_POLL_H

#include "commands/command.h"

struct match;

/* May the reply to this request be a poll? */
bool poll_may_offer(const struct turn *turn);

/* Give `effect` one more choice; `id` and `text` (Markdown, a line) are taken over. */
void poll_add_choice(struct effect *effect, char *id, char *text);

/* The last step: `question` (Markdown, a line; taken over) stands above the choices. An
 * effect whose choices make no poll, as they are too few, too many or too long, is left
 * without them: its text does. */
void poll_finish(struct effect *effect, char *question);

/* Let the FAQ entries that may be meant be tapped, where that is allowed. */
void poll_offer_entries(const struct turn *turn, struct effect *effect,
                        const struct match *match);

/* Can a poll of ours hold this choice? "faq " and the name of an entry that there is:
 * it only says something, so whose poll it was voted in does not matter. */
bool poll_is_choice(const struct settings *settings, const char *id);

#endif
