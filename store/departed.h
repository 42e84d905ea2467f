/* departed.h - who left their last group: forgotten after a while.
 *
 * In the file: a keyed hash, the day, and the user id sealed.
 */
#ifndef HEARTH_STORE_DEPARTED_H
#define HEARTH_STORE_DEPARTED_H

#include "store/store.h"

#define DEPARTED_DAYS 30

/* `day`: UTC. An earlier day of the same person stays. */
enum status departed_add(struct store *store, const char *user_id,
                         int32_t day) MUST_CHECK;
enum status departed_remove(struct store *store,
                            const char *user_id) MUST_CHECK; /* none: ST_OK */
/* Who left on `day` or before, at most `max`; `ret_users` is overwritten. */
enum status departed_before(struct store *store, int32_t day, int max,
                            struct strv *ret_users) MUST_CHECK;

#endif
