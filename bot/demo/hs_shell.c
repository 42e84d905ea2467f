/* hs_shell.c - the server's life: start, the loop's two hooks, stop.
 *
 * Before the loop sleeps (prepare) the shell looks whether the core's version
 * moved, whoever moved it, and asks the parked requests and the streams again.
 * A timer ticks only while something waits for time to pass.
 */
#include "bot/demo/hs_shell_internal.h"
#include "bot/base/mem.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_LEN_MAX (16 * 1024)
#define KEEP_ALIVE_S 60

struct now shell_now(const struct hs_shell *shell)
{
    struct now now = clock_read(shell->clock);
    now.utc_ms += shell->advanced_ms;
    now.mono_ms += shell->advanced_ms;
    return now;
}

static int serve(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                 size_t len)
{
    struct lws_context *context = lws_get_context(wsi);
    struct hs_shell *shell = context ? lws_context_user(context) : NULL;
    switch (reason) {
    case LWS_CALLBACK_HTTP:
    case LWS_CALLBACK_HTTP_BODY:
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
    case LWS_CALLBACK_HTTP_WRITEABLE:
    case LWS_CALLBACK_CLOSED_HTTP:
        return shell && user ? shell_http_callback(shell, wsi, reason, user, in, len) : 0;
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
    case LWS_CALLBACK_ESTABLISHED:
    case LWS_CALLBACK_RECEIVE:
    case LWS_CALLBACK_SERVER_WRITEABLE:
    case LWS_CALLBACK_TIMER:
    case LWS_CALLBACK_CLOSED:
        return shell ? shell_ws_callback(shell, wsi, reason, user, in, len) : 0;
    default:
        return 0;
    }
}

static void tick(uv_timer_t *timer)
{
    struct hs_shell *shell = timer->data;
    shell->is_ticking = false;
    uv_timer_stop(timer);
    shell_ws_tick(shell);
    shell_http_retry(shell);
}

void shell_tick_soon(struct hs_shell *shell)
{
    if (shell->is_ticking || shell->is_stopping)
        return;
    shell->is_ticking = true;
    uv_timer_start(&shell->timer, tick, SHELL_TICK_MS, 0);
}

static void look_for_news(uv_prepare_t *prepare)
{
    struct hs_shell *shell = prepare->data;
    if (shell->is_stopping || hs_version(shell->hs) == shell->seen_version)
        return;
    shell->seen_version = hs_version(shell->hs);
    shell_ws_wake(shell);
    shell_http_retry(shell);
}

/* libwebsockets says "cannot" for every reason; ask the system which. */
static enum status why_not(const char *bind_address, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    enum status status = ST_IO;
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || inet_pton(AF_INET, bind_address, &address.sin_addr) != 1)
        goto out;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        if (errno == EADDRINUSE)
            status = ST_BUSY;
        else if (errno == EACCES)
            status = ST_DENIED;
    } else {
        status = ST_OK;
    }
out:
    if (fd >= 0)
        close(fd);
    return status;
}

static void set_protocols(struct hs_shell *shell)
{
    static const char *const names[] = {"http", NS_STREAM ".v1", "m.json"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        shell->protocols[i] =
            (struct lws_protocols){.name = names[i],
                                   .callback = serve,
                                   .per_session_data_size = sizeof(struct shell_session),
                                   .rx_buffer_size = SHELL_CHUNK_LEN};
}

static bool listen_on(struct hs_shell *shell, int port)
{
    struct lws_context_creation_info info = {
        .port = port,
        .iface = shell->bind_address,
        .protocols = shell->protocols,
        .user = shell,
        .options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
                   LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND |
                   LWS_SERVER_OPTION_DISABLE_IPV6 | LWS_SERVER_OPTION_VALIDATE_UTF8,
        .max_http_header_data = HEADER_LEN_MAX,
        .pt_serv_buf_size = SHELL_CHUNK_LEN,
        .keepalive_timeout = KEEP_ALIVE_S};
    lws_set_log_level(0, NULL); /* its lines would hold request paths */
    shell->guest = lws_guest_open(shell->loop, &info);
    if (shell->guest)
        shell->vhost = lws_create_vhost(lws_guest_context(shell->guest), &info);
    return shell->vhost != NULL;
}

static void free_shell(struct hs_shell *shell)
{
    free(shell->bind_address);
    free(shell->admin_secret);
    free(shell);
}

static void finish(uv_handle_t *handle)
{
    struct hs_shell *shell = handle->data;
    if (--shell->open_handles > 0)
        return;
    if (shell->done)
        shell->done(shell->done_ctx);
    free_shell(shell);
}

static void close_handles(void *ctx)
{
    struct hs_shell *shell = ctx;
    uv_close((uv_handle_t *)&shell->prepare, finish);
    uv_close((uv_handle_t *)&shell->timer, finish);
}

static void close_guest(uv_timer_t *timer)
{
    struct hs_shell *shell = timer->data;
    lws_guest_close(shell->guest, close_handles, shell);
}

struct hs_shell *hs_shell_start(uv_loop_t *loop, struct hs *hs, const struct clock *clock,
                                const char *bind_address, int port,
                                enum status *ret_status)
{
    enum status status = why_not(bind_address, port);
    if (status != ST_OK) {
        *ret_status = status;
        return NULL;
    }
    struct hs_shell *shell = mem_alloc(sizeof *shell);
    shell->hs = hs;
    shell->clock = clock;
    shell->loop = loop;
    shell->bind_address = mem_dup(bind_address);
    shell->seen_version = hs_version(hs);
    set_protocols(shell);
    shell->prepare.data = shell->timer.data = shell;
    (void)uv_prepare_init(loop, &shell->prepare);
    (void)uv_timer_init(loop, &shell->timer);
    shell->open_handles = 2;
    if (!listen_on(shell, port)) {
        *ret_status = ST_IO;
        hs_shell_stop(shell, NULL, NULL);
        return NULL;
    }
    (void)uv_prepare_start(&shell->prepare, look_for_news);
    *ret_status = ST_OK;
    return shell;
}

int hs_shell_port(const struct hs_shell *shell)
{
    return lws_get_vhost_listen_port(shell->vhost);
}

void hs_shell_stop(struct hs_shell *shell, void (*done)(void *ctx), void *ctx)
{
    if (shell->is_stopping)
        return;
    shell->is_stopping = true;
    shell->done = done;
    shell->done_ctx = ctx;
    shell_ws_say_goodbye(shell);
    uv_timer_start(&shell->timer, close_guest, shell->streams ? SHELL_FAREWELL_MS : 0, 0);
}

void hs_shell_allow_admin(struct hs_shell *shell, const char *secret)
{
    free(shell->admin_secret);
    shell->admin_secret = mem_dup(secret);
}
