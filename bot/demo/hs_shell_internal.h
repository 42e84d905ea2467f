/* hs_shell_internal.h - what the shell's files share.
 *
 * An exchange is one HTTP request and its answer; a stream is one websocket.
 * Both hang off the connection's session and on a list of the shell, in order
 * of arrival.
 */
#ifndef HEARTH_DEMO_HS_SHELL_INTERNAL_H
#define HEARTH_DEMO_HS_SHELL_INTERNAL_H

#include "bot/demo/hs_internal.h"
#include "bot/demo/hs_shell.h"
#include "bot/matrix/lws_guest.h"
#include <libwebsockets.h>

#define SHELL_CHUNK_LEN (32 * 1024) /* of one write of an answer */
#define SHELL_STREAMS_MAX 500
#define SHELL_AUTH_MS 5000
#define SHELL_AUTH_LEN_MAX 4096
#define SHELL_REPLIES_MAX 256 /* unsent replies of one stream */
#define SHELL_TICK_MS 20
#define SHELL_FAREWELL_MS 50 /* for close frames to leave */

enum chunk_state {
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_BREAK,
    CHUNK_TRAILER,
    CHUNK_DONE,
    CHUNK_BAD
};

struct chunked { /* zeroed: at the start */
    enum chunk_state state;
    size_t left; /* of this chunk */
    char line[24];
    size_t line_len;
};

struct exchange {
    struct hs_shell *shell;
    struct lws *wsi;
    struct exchange *next;
    char *method, *path, *query, *token, *content_type, *secret; /* NULL: absent */
    struct buf body;
    struct chunked chunked;
    int64_t asked_ms;
    bool is_chunked, is_parked, has_answer, has_headers_sent, must_close;
    struct hs_response response;
    char *answer_type; /* what response.content_type points to, if it is ours */
    size_t sent;
};

struct stream {
    struct hs_shell *shell;
    struct lws *wsi;
    struct stream *next;
    char *token; /* NULL: not authenticated yet */
    char *filter;
    char since[80]; /* "": initial */
    int64_t opened_mono_ms;
    struct buf message; /* the client's, until it is whole */
    GQueue replies;     /* char *, oldest first */
    int close_code;     /* 0: open */
    const char *close_reason;
};

struct shell_session { /* of a connection; libwebsockets zeroes it */
    struct exchange *exchange;
    struct stream *stream;
};

struct hs_shell {
    struct hs *hs;
    const struct clock *clock;
    uv_loop_t *loop;
    struct lws_guest *guest;
    struct lws_vhost *vhost;
    struct lws_protocols protocols[4];
    char *bind_address, *admin_secret;
    int64_t advanced_ms; /* by the admin */
    uint64_t seen_version;
    uv_prepare_t prepare;
    uv_timer_t timer;
    int open_handles;
    bool is_stopping, is_ticking;
    struct exchange *exchanges;
    struct stream *streams;
    unsigned char scratch[LWS_PRE + SHELL_CHUNK_LEN];
    void (*done)(void *ctx);
    void *done_ctx;
};

/* hs_shell.c */
struct now shell_now(const struct hs_shell *shell);
void shell_tick_soon(struct hs_shell *shell); /* something waits for time to pass */

/* hs_shell_http.c */
int shell_http_callback(struct hs_shell *shell, struct lws *wsi,
                        enum lws_callback_reasons reason, struct shell_session *session,
                        const void *in, size_t len);
void shell_http_retry(struct hs_shell *shell); /* the parked ones */
/* The request line as the core wants it; NULL: unusable. The caller's. */
char *shell_read_path(struct lws *wsi, const char **ret_method);
char *shell_read_query(struct lws *wsi);
char *shell_read_header(struct lws *wsi, enum lws_token_indexes token);
char *shell_read_bearer(struct lws *wsi);
/* Status line, headers and a JSON body at once, for refused handshakes. */
void shell_refuse(struct lws *wsi, int status, const char *json);

/* hs_shell_chunk.c: append what the bytes hold to `body`; look at the state. */
void shell_chunk_feed(struct chunked *chunked, const char *bytes, size_t len,
                      struct buf *body);

/* hs_shell_ws.c */
int shell_ws_callback(struct hs_shell *shell, struct lws *wsi,
                      enum lws_callback_reasons reason, struct shell_session *session,
                      const char *in, size_t len);
void shell_ws_wake(struct hs_shell *shell); /* there may be news */
void shell_ws_tick(struct hs_shell *shell); /* time passed */
void shell_ws_say_goodbye(struct hs_shell *shell);
bool shell_ws_is_path(const char *path);

/* hs_shell_admin.c: true when the path was the admin's, answered. */
bool shell_admin_answer(struct exchange *exchange);

#endif
