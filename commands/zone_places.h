/* zone_places.h - what people call the place they live in, and its time zone.
 *
 * tzdata names a zone after one city of it; these tables know other large cities,
 * states, nicknames of countries and the letters people write for their clock.
 */
#ifndef HEARTH_COMMANDS_ZONE_PLACES_H
#define HEARTH_COMMANDS_ZONE_PLACES_H

struct zone_place {
    const char *zones; /* IANA names, likeliest first, parted by commas */
    const char *names; /* folded, parted by "|" */
};

/* Cities and states, the likelier meaning first; ends with a zones of NULL. */
extern const struct zone_place zone_places[];
/* "est", "cet": letters that may mean several zones. */
extern const struct zone_place zone_letters[];

/* Other names of countries, as two-letter codes of ISO 3166. */
struct country_name {
    const char *code, *names;
};
extern const struct country_name country_names[]; /* ends with a code of NULL */

/* Zones by how many people live in them, most first; ends with NULL. */
extern const char *const zone_likely[];

#endif
