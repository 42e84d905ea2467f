/* rest.h - the seam for HTTP: one request out, one answer back, never blocking.
 *
 * The real one is libcurl multi on the loop (rest_curl.h); tests put the
 * embedded homeserver behind it. Callbacks come from the loop, never from
 * inside rest_start. The token goes into the Authorization header.
 */
#ifndef HEARTH_MATRIX_REST_H
#define HEARTH_MATRIX_REST_H

#include "bot/base/status.h"
#include <stddef.h>
#include <stdint.h>

struct rest_answer {
    int http_status;  /* 0: no answer (connection, TLS, time-out) */
    const char *body; /* "" if none; NUL-terminated */
    size_t body_len;
    int64_t retry_after_ms; /* Retry-After header, or -1 */
    int64_t date_utc_ms;    /* Date header, or -1 */
    const char *error;      /* why there was no answer, for the log; else NULL */
};

typedef void (*rest_done)(void *ctx, const struct rest_answer *answer);

struct rest_request {
    const char *method;
    const char *path; /* with query, as path.h made it */
    const char *body; /* NULL for none; copied */
    size_t body_len;
    const char *content_type; /* NULL: application/json */
    int64_t timeout_ms;       /* whole request */
};

struct rest {
    /* Returns a number to cancel with (never 0). */
    uint64_t (*start)(void *ctx, const struct rest_request *request, rest_done done,
                      void *done_ctx);
    /* Its callback will not come any more; unknown numbers are ignored. */
    void (*cancel)(void *ctx, uint64_t id);
    /* Used from the next request on; NULL for none. Copied. */
    void (*set_token)(void *ctx, const char *token);
    void *ctx;
};

#endif
