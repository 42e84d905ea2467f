/* bot.c - see bot.h. */
#include "bot/bot.h"
#include "bot/attempt.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/dispatch_room.h"
#include "bot/intake.h"
#include "bot/jobs.h"
#include "bot/link.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"
#include "bot/queue.h"
#include "bot/rooms.h"
#include "bot/sender.h"
#include "commands/match.h"
#include "store/pending.h"
#include <stdlib.h>
#include <string.h>

#define WHOAMI_TIMEOUT_MS 30000
#define WHOAMI_RETRY_MS 5000

struct bot *bot_new(const struct bot_config *config)
{
    struct bot *bot = mem_alloc(sizeof *bot);
    bot->settings = config->settings;
    bot->store = config->store;
    bot->clock = config->clock;
    bot->random = config->random;
    bot->rest = config->rest;
    bot->wire = config->wire;
    bot->token = mem_dup(config->token);
    bot->faq = faq_index_new(config->settings);
    bot->now = clock_read(&bot->clock);
    bot->started_utc_ms = bot->now.utc_ms;
    bot->rest.set_token(bot->rest.ctx, bot->token);
    bot->attempt = attempt_open(config->attempt_path);
    bot->intake = intake_new(bot);
    bot->sender = sender_new(bot);
    bot->jobs = jobs_new(bot);
    bot->link = link_new(bot);
    return bot;
}

void bot_free(struct bot *bot)
{
    if (bot == NULL)
        return;
    if (bot->whoami_request != 0)
        bot->rest.cancel(bot->rest.ctx, bot->whoami_request);
    link_free(bot->link);
    sender_free(bot->sender);
    intake_free(bot->intake);
    jobs_free(bot->jobs);
    rooms_free(bot->rooms);
    attempt_close(bot->attempt);
    faq_index_free(bot->faq);
    free(bot->user_id);
    free(bot->token);
    free(bot);
}

void bot_stop(struct bot *bot, int exit_code)
{
    if (bot->state == BOT_STOPPED)
        return;
    bot->state = BOT_STOPPED;
    bot->exit_code = exit_code;
}

void bot_note_date(struct bot *bot, const struct rest_answer *answer)
{
    if (answer->http_status == 0 || answer->date_utc_ms < 0)
        return;
    bot->server_utc_ms = answer->date_utc_ms;
    bot->server_mono_ms = clock_read(&bot->clock).mono_ms;
}

enum status bot_clock_skew(const struct bot *bot, int64_t *ret_skew_ms)
{
    if (bot->server_utc_ms == 0)
        return ST_NOT_FOUND;
    int64_t server = bot->server_utc_ms + bot->now.mono_ms - bot->server_mono_ms;
    *ret_skew_ms = server - bot->now.utc_ms;
    return ST_OK;
}

struct turn bot_make_turn(struct bot *bot, const struct request *request,
                          struct effects *effects, struct process_status *process)
{
    if (process != NULL)
        *process = (struct process_status){bot->started_utc_ms, bot->last_update_utc_ms,
                                           link_name(bot->link)};
    return (struct turn){.request = request,
                         .settings = bot->settings,
                         .faq = bot->faq,
                         .process = process,
                         .store = bot->store,
                         .random = &bot->random,
                         .now = bot->now,
                         .effects = effects};
}

/* A key whose week is closed dies before anything else happens. */
static enum status prepare_store(struct bot *bot)
{
    enum status status = week_keys_destroy_closed(bot->store);
    if (status == ST_OK)
        status = rooms_load(bot->store, &bot->rooms);
    return status;
}

static void take_account(struct bot *bot, const struct rest_answer *answer)
{
    struct account account = {0};
    if (parse_account(answer->body, answer->body_len, &account) != ST_OK) {
        bot->whoami_retry_mono_ms = bot->now.mono_ms + WHOAMI_RETRY_MS;
        return;
    }
    bot->user_id = mem_dup(account.user_id);
    account_clear(&account);
    if (bot->settings->matrix.user[0] != '\0' &&
        strcmp(bot->settings->matrix.user, bot->user_id) != 0) {
        log_error(
            "the token belongs to another account than [matrix] user names; please run "
            "`hearth login` again");
        bot_stop(bot, EXIT_ACCOUNT);
        return;
    }
    enum status status = prepare_store(bot);
    if (status != ST_OK) {
        log_error("the store cannot be read: %s", status_text(status));
        bot_stop(bot, EXIT_STORE);
        return;
    }
    log_info("logged in");
    bot->state = BOT_RUNNING;
}

/* Said by the homeserver itself: a proxy's page is passing (rule E10). */
static bool is_token_refused(const struct rest_answer *answer)
{
    struct matrix_error error = {0};
    bool is_matrix = parse_error(answer->body, answer->body_len, &error) == ST_OK;
    matrix_error_clear(&error);
    return is_matrix && (answer->http_status == 401 || answer->http_status == 403);
}

static void on_whoami(void *ctx, const struct rest_answer *answer)
{
    struct bot *bot = ctx;
    bot->whoami_request = 0;
    bot_note_date(bot, answer);
    if (answer->http_status == 200) {
        take_account(bot, answer);
    } else if (is_token_refused(answer)) {
        log_error(
            "the homeserver does not accept the access token; please run `hearth login` "
            "again");
        bot_stop(bot, EXIT_ACCOUNT);
    } else {
        log_warn("the homeserver cannot be reached yet (%s); trying again",
                 answer->error ? answer->error : "unexpected answer");
        bot->whoami_retry_mono_ms = bot->now.mono_ms + WHOAMI_RETRY_MS;
    }
}

static int64_t ask_whoami(struct bot *bot)
{
    if (bot->whoami_request != 0)
        return INT64_MAX;
    if (bot->now.mono_ms < bot->whoami_retry_mono_ms)
        return bot->whoami_retry_mono_ms;
    char *path = path_whoami();
    struct rest_request request = {
        .method = "GET", .path = path, .timeout_ms = WHOAMI_TIMEOUT_MS};
    bot->whoami_request = bot->rest.start(bot->rest.ctx, &request, on_whoami, bot);
    free(path);
    return INT64_MAX;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t bot_turn(struct bot *bot)
{
    bot->now = clock_read(&bot->clock);
    if (bot->state == BOT_STOPPED)
        return INT64_MAX;
    if (bot->state == BOT_STARTING)
        return ask_whoami(bot);
    rooms_trim(bot->rooms, bot->now.mono_ms);
    int64_t next = link_turn(bot->link);
    intake_turn(bot->intake);
    if (!intake_is_idle(bot->intake) && bot->now.mono_ms < bot->store_retry_mono_ms)
        next = earlier(next, bot->store_retry_mono_ms);
    if (bot->state == BOT_RUNNING)
        next = earlier(next, jobs_turn(bot->jobs));
    if (bot->state == BOT_RUNNING)
        next = earlier(next, sender_turn(bot->sender));
    return next;
}

static void in_transaction(struct bot *bot, enum status status, const char *what)
{
    if (status == ST_OK)
        status = store_commit(bot->store);
    else
        store_rollback(bot->store);
    if (status != ST_OK)
        log_error("%s: %s", what, status_text(status));
}

void bot_tell_moderators(struct bot *bot, char *text)
{
    if (bot->state != BOT_RUNNING) {
        free(text);
        return;
    }
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = queue_moderators(bot, text);
    else
        free(text);
    in_transaction(bot, status, "a line to the moderators could not be queued");
}

void bot_reload(struct bot *bot, const struct settings *settings)
{
    faq_index_free(bot->faq);
    bot->settings = settings;
    bot->faq = faq_index_new(settings);
    if (bot->state != BOT_RUNNING || !bot->has_updated)
        return;
    enum status status = store_begin(bot->store);
    if (status == ST_OK)
        status = dispatch_join_configured(bot);
    in_transaction(bot, status, "joining the configured rooms could not be queued");
}
