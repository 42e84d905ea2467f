/* rest_curl.h - REST over libcurl's multi interface on a libuv loop.
 *
 * TLS verified against the system's store; redirects are not followed; only
 * http and https; answers over REST_BODY_MAX end the request. Plain http only
 * to loopback unless `allow_plain_http`. The process ignores SIGPIPE.
 */
#ifndef HEARTH_MATRIX_REST_CURL_H
#define HEARTH_MATRIX_REST_CURL_H

#include "bot/base/buf.h"
#include "bot/matrix/rest.h"
#include <stdbool.h>
#include <uv.h>

struct rest_curl;

struct rest_curl_config {
    const char *base_url;  /* "https://matrix.example.org", no trailing slash */
    const char *ca_file;   /* NULL: the system's */
    bool skip_verify;      /* the config's explicit wish; warned about by the caller */
    bool allow_plain_http; /* to a host that is not this machine */
};

/* ST_INVALID: not an http or https URL. ST_DENIED: plain http, see above. */
enum status rest_curl_open(uv_loop_t *loop, const struct rest_curl_config *config,
                           struct rest_curl **ret_rest) MUST_CHECK;
struct rest rest_curl_interface(struct rest_curl *rest);
/* Cancels what is under way; frees itself once the loop has closed its handles. */
void rest_curl_close(struct rest_curl *rest);

/* One blocking request on a loop of its own, for subcommands such as login:
 * `ret_answer` points into `ret_body`, which is initialised here and the
 * caller's to clear. Without an answer it is still ST_OK, with http_status 0. */
enum status rest_curl_once(const struct rest_curl_config *config, const char *token,
                           const struct rest_request *request, struct buf *ret_body,
                           struct rest_answer *ret_answer) MUST_CHECK;

#endif
