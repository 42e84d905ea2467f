/* zone_guess.c - see zone_guess.h. */
#include "commands/zone_guess.h"

#include "commands/dates.h"

#include <stdlib.h>

enum status zone_guess(const char *words, int64_t now_utc_ms, struct strv *ret_zones)
{
    char *name = NULL;
    struct strv zones = {0};
    (void)now_utc_ms;
    enum status status = zone_from_words(words, &name);
    if (status != ST_OK)
        return status;
    strv_add(&zones, name);
    free(name);
    *ret_zones = zones;
    return ST_OK;
}
