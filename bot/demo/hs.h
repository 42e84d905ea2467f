/* hs.h - the embedded homeserver: a pure request -> response core, in memory.
 *
 * Enough of the Matrix client-server API that unmodified clients and Hearth
 * itself can log in, join, talk, react, edit, redact, page back and upload. It
 * does no I/O, owns no clock and no socket: the shell (hs_shell.c) or a test
 * calls hs_handle with the time it has. A request that has to wait (a /sync
 * with nothing to say) is answered HS_WAIT; the caller asks again after
 * hs_version() changed or its time-out passed. One thread.
 *
 * Users log in with any password on first use unless `strict` is set: it is a
 * demo, on loopback.
 */
#ifndef HEARTH_DEMO_HS_H
#define HEARTH_DEMO_HS_H

#include "bot/base/buf.h"
#include "bot/base/random.h"
#include <stdbool.h>
#include <stdint.h>

struct hs; /* users, devices, rooms, events, media, transaction ids */

struct hs_config {
    const char *server_name; /* "localhost" */
    bool strict;             /* only users made with hs_user_add may log in */
    bool offers_stream;      /* NS.stream in /versions unstable_features */
};

struct hs *hs_new(const struct hs_config *config, const struct random *random);
void hs_free(struct hs *hs);

struct hs_request {
    const char *method; /* "GET" */
    const char *path;   /* as on the wire, percent-encoded, without the query */
    const char *query;  /* without "?", NULL if none */
    const char *token;  /* of "Authorization: Bearer", NULL if none */
    const char *content_type;
    const char *body;
    size_t body_len;
};

struct hs_response {
    int status; /* HTTP */
    const char
        *content_type; /* "application/json" unless media; good until the next call */
    int64_t retry_after_ms; /* of a 429, else -1 */
    struct buf body;        /* the caller clears it */
};

enum hs_outcome { HS_DONE, HS_WAIT };

/* Answer one request. HS_WAIT only for /sync whose `timeout` has not passed
 * since `asked_ms` and that has nothing to say yet, or while a SLOW fault holds
 * it; `ret_response` is then untouched. Both times are UTC milliseconds. */
enum hs_outcome hs_handle(struct hs *hs, const struct hs_request *request, int64_t now_ms,
                          int64_t asked_ms, struct hs_response *ret_response);

/* Grows with every change that a waiting /sync or stream could see. */
uint64_t hs_version(const struct hs *hs);

/* May a stream start with these (all but `token` may be NULL)? */
enum hs_stream_start {
    HS_STREAM_OK,
    HS_STREAM_BAD_TOKEN,
    HS_STREAM_BAD_SINCE,
    HS_STREAM_BAD_FILTER
};
enum hs_stream_start hs_stream_check(const struct hs *hs, const char *token,
                                     const char *since, const char *filter);
/* The stream (design: shared wire of /sync): one update frame after `since`
 * (NULL: initial) for `token`; false when there is nothing new. Only an ack (or
 * a /sync) makes it forget to-device messages. */
bool hs_stream_frame(struct hs *hs, const char *token, const char *since,
                     const char *filter, struct buf *ret_frame);
/* Right after hs_stream_frame: the `since` of the next frame, whether or not
 * there was one. */
void hs_stream_token(const struct hs *hs, char ret_token[40]);
/* Answer one client frame of a stream; nothing is written for an ack, nor when a
 * fault loses the answer. False, and nothing done: it is no request at all. */
bool hs_stream_request(struct hs *hs, const char *token, const char *frame, size_t len,
                       int64_t now_ms, struct buf *ret_frame);
/* The device id of a token, NULL if it is unknown. Borrowed. */
const char *hs_stream_device(const struct hs *hs, const char *token);
/* The user id of a token, NULL if it is unknown. Borrowed. */
const char *hs_whoami(const struct hs *hs, const char *token);

/* Set up without a client. Returned strings are the caller's. */
char *hs_user_add(struct hs *hs, const char *localpart, const char *password);

/* Faults, for tests and the demo; each applies to matching requests from now on.
 * `path_part` NULL matches every path. `user_id` NULL matches every user. */
enum hs_fault_kind {
    HS_FAULT_STATUS,      /* answer `status` (429 with retry_after_ms; 5xx as HTML) and do
                             nothing */
    HS_FAULT_LOSE_ANSWER, /* do it, then answer 504 as HTML */
    HS_FAULT_SLOW,        /* HS_WAIT until delay_ms have passed since asked_ms */
    HS_FAULT_LIMITED,     /* cut /sync timelines to `limit` events */
    HS_FAULT_DUPLICATE, /* deliver the last event of a timeline again in the next frame */
    HS_FAULT_REORDER,   /* swap neighbouring events of a timeline */
    HS_FAULT_DROP_STREAM, /* the shell cuts anyone's socket after `after` more frames */
    HS_FAULT_FORGET_TXNS  /* a repeated transaction id is not recognised */
};
struct hs_fault {
    enum hs_fault_kind kind;
    const char *method;    /* NULL: any */
    const char *path_part; /* substring of the path */
    const char *user_id;
    int status;
    int64_t retry_after_ms, delay_ms;
    int limit;
    int after;
    int times; /* how often it applies; -1 for ever */
};
void hs_fault_add(struct hs *hs, const struct hs_fault *fault);
void hs_fault_clear(struct hs *hs);
/* True when a HS_FAULT_DROP_STREAM is due now; counts one frame. */
bool hs_stream_must_drop(struct hs *hs);

#endif
