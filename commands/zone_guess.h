/* zone_guess.h - which time zone a person means, said in plain words.
 *
 * Pure but for the system's zone tables. A zone's name, a city, a country, an
 * offset from UTC or what the clock shows "here" give one zone, or the few that
 * may be meant, likeliest first; the caller lets the person choose.
 */
#ifndef HEARTH_COMMANDS_ZONE_GUESS_H
#define HEARTH_COMMANDS_ZONE_GUESS_H

#include "bot/base/status.h"
#include "bot/base/text.h"
#include <stdint.h>

#define ZONE_CHOICES_MAX 6

/* The IANA names that `words` may mean at `now_utc_ms`, at most ZONE_CHOICES_MAX,
 * none twice. ST_NOT_FOUND, and nothing written, when they name none. */
enum status zone_guess(const char *words, int64_t now_utc_ms,
                       struct strv *ret_zones) MUST_CHECK;

/* The zones as a numbered list in Markdown, to choose from. The caller's. */
char *zone_choices(const struct strv *zones);

#endif
