/* flight.h - one outbox row on its way: requests out, answers settled.
 *
 * Most rows take one request; a doubtful one is looked for in its room first,
 * and m.direct is read before it is written (it may hold entries of other
 * clients). What came back is settled in a transaction of its own; the flight
 * is free again afterwards.
 */
#ifndef HEARTH_BOT_FLIGHT_H
#define HEARTH_BOT_FLIGHT_H

#include "bot/bot.h"
#include "bot/matrix/message.h"
#include "store/outbox.h"

#define DOUBT_AFTER_MS (10 * 60 * 1000) /* servers recognise repeats only for a time */

enum step { STEP_LOOK, STEP_READ_DIRECT, STEP_ACT };

struct flight {
    struct bot *bot;
    struct outbox_item item;
    struct payload payload;
    enum step step;   /* the first request to make, then the one under way */
    uint64_t request; /* 0: nothing under way */
    int pages;        /* looked at so far */
    bool is_expired;  /* if it is not found in its room it is given up */
    bool is_used;
};

/* Begin with the request that `step` names; the row's try is committed. */
void flight_start(struct flight *flight);
/* Cancel what is under way and free everything. */
void flight_end(struct flight *flight);

#endif
