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
#include "bot/model/event.h"
#include "commands/view.h"
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
    /* Of a SHOW or SHARE, in memory only: flight_view.c */
    struct event_list history; /* of the DM, oldest first */
    int64_t since_utc_ms;      /* as far back as it is needed */
    bool is_history_cut;
    bool is_media_renewed; /* the server forgot an id, and gave a new one */
    struct view view;
};

/* Begin with the request that `step` names; the row's try is committed. */
void flight_start(struct flight *flight);
/* Cancel what is under way and free everything. */
void flight_end(struct flight *flight);

/* What the files of a flight share.
 *
 * flight_settle: run `write` in a transaction. flight_refuse: the row goes for good.
 * flight_postpone: try again later, as the server asked (-1: with growing pauses).
 * flight_fail: an answer that is no success. flight_send: freeze and send. */
void flight_settle(struct flight *flight, enum status (*write)(struct flight *));
void flight_refuse(struct flight *flight, enum status status);
void flight_postpone(struct flight *flight, int64_t retry_after_ms);
void flight_fail(struct flight *flight, const struct rest_answer *answer);
void flight_send(struct flight *flight);
void flight_request(struct flight *flight, const struct rest_request *request,
                    rest_done done);
/* Is all of a page of history from before that time? One event may claim any time. */
bool flight_is_page_before(const struct event_list *events, int64_t utc_ms);
/* Does an errcode say "later", not "never"? */
bool flight_is_passing(const struct rest_answer *answer, const char *errcode);

/* flight_view.c: make the content of a SHOW or SHARE, upload its file, send it. */
void flight_view_start(struct flight *flight);
void flight_view_clear(struct flight *flight);
enum status flight_write_late(struct flight *flight); /* a file was not sent in time */

#endif
