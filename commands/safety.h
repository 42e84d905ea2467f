/* safety.h - the layer that sees a message before anything else does.
 *
 * Looks for reviewed phrases from [safety] in normalised text (folded, without
 * apostrophes, spelling runs shortened), idioms cut out first. Fixed answers,
 * never scored, stored or counted.
 */
#ifndef HEARTH_COMMANDS_SAFETY_H
#define HEARTH_COMMANDS_SAFETY_H

#include "commands/command.h"

enum safety_sign {
    SAFETY_NONE,
    SAFETY_CRISIS_SELF,  /* explicit, about the writer */
    SAFETY_CRISIS_OTHER, /* explicit, about someone else */
    SAFETY_UNCLEAR,      /* "what's the point": a soft line, the conversation goes on */
    SAFETY_URGENT        /* a sign that needs urgent medical care */
};

/* The lists of [safety], read once; the config may go. */
struct safety_rules *safety_rules_new(const struct safety_settings *safety);
void safety_rules_free(struct safety_rules *rules);

enum safety_sign safety_read(const struct safety_rules *rules, const char *text);

/* A text with {emergency}, {helpline}, {urgent} and {prefix} filled in; where the
 * config has none (the demo's), plain words stand in. */
char *safety_say(const struct turn *turn, enum text_id id);

/* Answer the sign if there is one; `ret_is_handled` when the message needs
 * nothing else. DM: everything; room: addressed messages, explicit signs. */
enum status safety_respond(struct turn *turn, bool *ret_is_handled) MUST_CHECK;

#endif
