/* bot.h - the process without its loop: one struct, turned by whoever has a loop.
 *
 * bot_turn runs the phases in order: link (transports), intake (gaps), dispatch
 * (one transaction an update), jobs (what is due), sender (what must go out),
 * and says when it wants to be called again. Everything it touches outside
 * comes through seams: clock, random, rest, wire. The libuv shell (cmd_run.c), the
 * demo and the tests differ only in those.
 *
 * Parts keep their state in structs of their own, declared in their headers;
 * they share this struct and nothing else.
 */
#ifndef HEARTH_BOT_BOT_H
#define HEARTH_BOT_BOT_H

#include "bot/app.h"
#include "bot/base/clock.h"
#include "bot/base/random.h"
#include "bot/matrix/rest.h"
#include "bot/matrix/wire.h"
#include "bot/model/settings.h"
#include "commands/command.h"
#include "store/store.h"

struct attempt;
struct intake;
struct jobs;
struct link;
struct rooms;
struct sender;

enum bot_state {
    BOT_STARTING, /* who am I? */
    BOT_RUNNING,
    BOT_STOPPED /* see `exit_code`; bot_turn does nothing any more */
};

struct bot {
    const struct settings *settings; /* borrowed; replaced whole by bot_reload */
    struct store *store;             /* borrowed */
    struct faq_index *faq;
    struct clock clock;
    struct random random;
    struct rest rest;
    struct wire wire; /* wire.open NULL: no websocket here */

    enum bot_state state;
    int exit_code;
    char *user_id; /* as whoami says */
    char *token;
    struct now now; /* of this turn */
    int64_t started_utc_ms;
    int64_t last_update_utc_ms;
    bool has_updated;       /* the first update of this process was dispatched */
    int64_t server_utc_ms;  /* the homeserver's Date, 0 unknown ... */
    int64_t server_mono_ms; /* ... as it was then */
    uint64_t whoami_request;
    int64_t whoami_retry_mono_ms;
    int64_t store_retry_mono_ms; /* dispatch rests until then after a store error */

    struct rooms *rooms;
    struct intake *intake;
    struct sender *sender;
    struct jobs *jobs;
    struct link *link;
    struct attempt *attempt;
};

struct bot_config {
    const struct settings *settings;
    struct store *store;
    struct clock clock;
    struct random random;
    struct rest rest;
    struct wire wire;
    const char *token;
    const char *attempt_path; /* NULL: update attempts are not counted */
};

struct bot *bot_new(const struct bot_config *config);
void bot_free(struct bot *bot);

/* One turn; returns the monotonic ms at which the next is wanted at the latest. */
int64_t bot_turn(struct bot *bot);

/* Replace the settings (checked by the caller) as a whole; the old ones may be
 * freed afterwards. Tells nobody. */
void bot_reload(struct bot *bot, const struct settings *settings);

/* A line for the moderators of every group (reload refused, unreadable room ...). */
void bot_tell_moderators(struct bot *bot, char *text);

/* End with `exit_code`; the reason was logged by the caller. */
void bot_stop(struct bot *bot, int exit_code);

/* What the parts share. */
void bot_note_date(struct bot *bot, const struct rest_answer *answer);
/* The homeserver's clock minus ours, right also after ours has jumped since its
 * last answer (durations come from the monotonic clock). ST_NOT_FOUND: unknown. */
enum status bot_clock_skew(const struct bot *bot, int64_t *ret_skew_ms) MUST_CHECK;
struct turn bot_make_turn(struct bot *bot, const struct request *request,
                          struct effects *effects, struct process_status *process);

#endif
