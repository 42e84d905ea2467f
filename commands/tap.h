/* tap.h - answers by tapping: each question is a poll with the numbers 0 to 10.
 *
 * The id of a choice says all that a vote needs, so nothing about a poll is kept
 * on disk and a vote finds its place after a restart, on a later day, with another
 * question open: "score", the key of the check-in, the key of the item (both are
 * hashes of name and meaning, week.h), the local day, the value. An id is an
 * outside claim: it counts for the voter's own answers only, for an item of a
 * check-in they take part in, as it is asked now, for a day that has begun, in a
 * week that is open, and in a message of ours. Whoever forges one records what they
 * might as well have typed.
 *
 * A member chose to be asked so: it does not depend on `[hearth] polls`, which says
 * whether the FAQ may offer choices.
 */
#ifndef HEARTH_COMMANDS_TAP_H
#define HEARTH_COMMANDS_TAP_H

#include "commands/week.h"

/* A choice of a poll of ours, read. */
struct tap {
    const struct checkin_settings *checkin;
    size_t item; /* place in the check-in */
    int32_t day;
    int value;
};

/* Make the message that asks for `item` a poll; its text is there already. */
void tap_fill(const struct settings *settings, struct effect *effect,
              const struct checkin_settings *checkin, size_t item, int32_t day,
              char *question);

/* Pure. False when `id` is no choice of what is asked now. */
bool tap_read(const struct settings *settings, const char *id, struct tap *ret_tap);

/* The value of a choice, of whichever question; VALUE_NONE when it is none. */
int tap_value(const char *id);

/* A vote, or one taken back (an empty text). `ret_is_handled` false: it was not in
 * a poll of a check-in. */
enum status tap_vote(struct turn *turn, bool *ret_is_handled) MUST_CHECK;

/* The answer behind the vote that was redacted just now, unless a later vote is in
 * force; ST_NOT_FOUND. Wipe `ret_place->answers` after ST_OK. */
enum status tap_find_voted(const struct turn *turn,
                           struct week_place *ret_place) MUST_CHECK;

#endif
