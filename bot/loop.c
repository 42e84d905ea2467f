/* loop.c - see loop.h. */
#include "bot/loop.h"
#include "bot/base/file.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/config.h"
#include "bot/heartbeat.h"
#include "bot/link.h"
#include "bot/matrix/rest_curl.h"
#include "bot/matrix/wire_lws.h"
#include "store/outbox.h"
#include <signal.h>
#include <stdlib.h>

#define TURN_MAX_MS 1000 /* wall clocks jump: look at least this often */
#define HEARTBEAT_MS 15000

struct loop_bot {
    struct seams seams;
    struct settings *settings;
    char *config_path, *heartbeat_dir;
    struct store *store;
    struct rest_curl *rest;
    struct wire_lws *wire;
    struct bot *bot;
    uv_prepare_t prepare;
    uv_timer_t timer;
    uv_signal_t signals[3]; /* INT, TERM, HUP */
    int64_t heartbeat_mono_ms;
    bool is_ended;
    int exit_code;
    void (*on_end)(void *ctx);
    void *on_end_ctx;
};

static void end(struct loop_bot *self, int exit_code)
{
    if (self->is_ended)
        return;
    self->is_ended = true;
    self->exit_code = exit_code;
    if (self->on_end != NULL)
        self->on_end(self->on_end_ctx);
}

static void write_heartbeat(struct loop_bot *self)
{
    struct bot *bot = self->bot;
    bool is_due = bot->now.mono_ms >= self->heartbeat_mono_ms;
    if (self->heartbeat_dir == NULL || !bot->has_updated || !is_due)
        return;
    int64_t depth = 0, oldest = 0;
    if (outbox_depth(self->store, &depth, &oldest) != ST_OK)
        depth = -1;
    struct heartbeat beat = {.updated_utc_ms = link_heard_utc_ms(bot->link),
                             .written_utc_ms = bot->now.utc_ms,
                             .outbox = depth};
    beat.transport = (char *)link_name(bot->link);
    if (heartbeat_write(self->heartbeat_dir, &beat) != ST_OK)
        log_warn("the heartbeat file cannot be written");
    self->heartbeat_mono_ms = bot->now.mono_ms + HEARTBEAT_MS;
}

static void on_timer(uv_timer_t *timer)
{
    (void)timer; /* waking up is enough: prepare does the work */
}

static void on_prepare(uv_prepare_t *prepare)
{
    struct loop_bot *self = prepare->data;
    if (self->is_ended)
        return;
    int64_t next = bot_turn(self->bot);
    if (self->bot->state == BOT_STOPPED) {
        end(self, self->bot->exit_code);
        return;
    }
    write_heartbeat(self);
    int64_t wait = next - self->bot->now.mono_ms;
    if (wait < 0)
        wait = 0;
    if (wait > TURN_MAX_MS)
        wait = TURN_MAX_MS;
    uv_update_time(prepare->loop);
    uv_timer_start(&self->timer, on_timer, (uint64_t)wait, 0);
}

/* What is only read at the start. */
static bool needs_restart(const struct settings *a, const struct settings *b)
{
    return !text_equal(a->matrix.homeserver, b->matrix.homeserver) ||
           !text_equal(a->matrix.user, b->matrix.user) ||
           !text_equal(a->matrix.token, b->matrix.token) ||
           a->matrix.transport != b->matrix.transport ||
           !text_equal(a->hearth.data_dir, b->hearth.data_dir) ||
           !text_equal(a->hearth.key_dir, b->hearth.key_dir) ||
           !text_equal(a->hearth.week_key_dir, b->hearth.week_key_dir);
}

/* Checked first, applied as a whole, or refused with the old one kept. */
static void reload(struct loop_bot *self)
{
    struct settings *fresh = NULL;
    struct config_problems problems = {0};
    struct buf text;
    int32_t today = day_of_utc(self->bot->now.utc_ms);
    buf_init(&text, MESSAGE_TEXT_MAX);
    if (config_load(self->config_path, CONFIG_WHOLE, today, &fresh, &problems) == ST_OK) {
        struct settings *old = self->settings;
        self->settings = fresh;
        bot_reload(self->bot, fresh);
        if (needs_restart(old, fresh))
            log_warn("changes of the account, the transport and the folders wait for a "
                     "restart");
        enum log_level level = LOG_INFO;
        if (log_level_parse(fresh->hearth.log_level, &level) == ST_OK)
            log_set_level(level);
        config_free(old);
        log_info("the configuration was read again and is in use");
        bot_tell_moderators(self->bot, say(fresh, TEXT_RELOADED, NULL));
    } else {
        config_problems_print(&problems, &text);
        log_error("the new configuration was refused, the old one stays in use:\n%s",
                  text.data ? text.data : "");
        bot_tell_moderators(self->bot, say(self->settings, TEXT_RELOAD_REFUSED,
                                           "problems", text.data ? text.data : "", NULL));
    }
    buf_clear(&text);
    config_problems_clear(&problems);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct loop_bot *self = handle->data;
    if (number == SIGHUP && self->config_path != NULL)
        reload(self);
    else if (number != SIGHUP)
        end(self, EXIT_FINE);
}

static int explain_store(enum status status, long holder, const char *why)
{
    if (status == ST_BUSY && holder > 0)
        log_error("another Hearth (process %ld) uses this data_dir; stop it first",
                  holder);
    else
        log_error("the store cannot be opened: %s", why ? why : status_text(status));
    return status == ST_BUSY ? EXIT_BUSY : EXIT_STORE;
}

static int open_store(struct loop_bot *self)
{
    const struct hearth_settings *hearth = &self->settings->hearth;
    struct store_config config = {.data_dir = hearth->data_dir,
                                  .key_dir = hearth->key_dir,
                                  .week_key_dir = hearth->week_key_dir};
    long holder = 0;
    char *why = NULL;
    int code = EXIT_FINE;
    enum status status =
        store_open(&config, &self->seams.random, &self->store, &holder, &why);
    if (status != ST_OK)
        code = explain_store(status, holder, why);
    free(why);
    return code;
}

static int open_network(struct loop_bot *self, uv_loop_t *loop)
{
    const struct matrix_settings *matrix = &self->settings->matrix;
    struct rest_curl_config config = {.base_url = matrix->homeserver,
                                      .ca_file = matrix->ca_file,
                                      .skip_verify = !matrix->tls_verify};
    if (!matrix->tls_verify)
        log_warn("[matrix] tls_verify is off: anyone in between can read along");
    enum status status = rest_curl_open(loop, &config, &self->rest);
    if (status == ST_OK && matrix->transport != TRANSPORT_SYNC)
        status = wire_lws_open(loop, matrix->homeserver, matrix->ca_file,
                               !matrix->tls_verify, &self->wire);
    if (status != ST_OK)
        log_error("the network cannot be used for %s: %s", matrix->homeserver,
                  status_text(status));
    return status == ST_OK ? EXIT_FINE : EXIT_FAILED;
}

static void start_handles(struct loop_bot *self, uv_loop_t *loop)
{
    const int numbers[3] = {SIGINT, SIGTERM, SIGHUP};
    signal(SIGPIPE, SIG_IGN);
    uv_prepare_init(loop, &self->prepare);
    uv_timer_init(loop, &self->timer);
    self->prepare.data = self;
    self->timer.data = self;
    uv_prepare_start(&self->prepare, on_prepare);
    uv_timer_start(&self->timer, on_timer, 0, 0);
    for (size_t i = 0; i < 3; i++) {
        uv_signal_init(loop, &self->signals[i]);
        self->signals[i].data = self;
        uv_signal_start(&self->signals[i], on_signal, numbers[i]);
    }
}

static void make_bot(struct loop_bot *self, const struct loop_config *config)
{
    char *attempt_path = file_join(self->settings->hearth.data_dir, "attempt");
    struct bot_config bot = {.settings = self->settings,
                             .store = self->store,
                             .clock = self->seams.clock,
                             .random = self->seams.random,
                             .rest = rest_curl_interface(self->rest),
                             .token = config->token,
                             .attempt_path = attempt_path};
    if (self->wire != NULL)
        bot.wire = wire_lws_interface(self->wire);
    self->bot = bot_new(&bot);
    free(attempt_path);
}

int loop_bot_open(uv_loop_t *loop, const struct loop_config *config,
                  struct loop_bot **ret_bot)
{
    struct loop_bot *self = mem_alloc(sizeof *self);
    self->seams = *config->seams;
    self->settings = config->settings;
    self->config_path = mem_dup(config->config_path);
    self->heartbeat_dir = mem_dup(config->heartbeat_dir);
    int code = open_store(self);
    if (code == EXIT_FINE)
        code = open_network(self, loop);
    if (code != EXIT_FINE) {
        if (self->rest != NULL)
            rest_curl_close(self->rest);
        loop_bot_free(self);
        return code;
    }
    make_bot(self, config);
    start_handles(self, loop);
    *ret_bot = self;
    return EXIT_FINE;
}

void loop_bot_on_end(struct loop_bot *loop_bot, void (*on_end)(void *ctx), void *ctx)
{
    loop_bot->on_end = on_end;
    loop_bot->on_end_ctx = ctx;
}

int loop_bot_exit_code(const struct loop_bot *loop_bot)
{
    return loop_bot->exit_code;
}

void loop_bot_close(struct loop_bot *self)
{
    self->is_ended = true;
    bot_free(self->bot);
    self->bot = NULL;
    rest_curl_close(self->rest);
    if (self->wire != NULL)
        wire_lws_close(self->wire);
    uv_close((uv_handle_t *)&self->prepare, NULL);
    uv_close((uv_handle_t *)&self->timer, NULL);
    for (size_t i = 0; i < 3; i++)
        uv_close((uv_handle_t *)&self->signals[i], NULL);
}

void loop_bot_free(struct loop_bot *self)
{
    if (self == NULL)
        return;
    store_close(self->store);
    config_free(self->settings);
    free(self->config_path);
    free(self->heartbeat_dir);
    free(self);
}
