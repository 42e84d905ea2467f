/* world.h - a whole group in memory: homeserver, bot and people on one clock.
 *
 * The bot is the real one; its REST calls go to the embedded homeserver's core
 * without a socket, its store lies in a folder of its own. Nothing waits: time
 * moves when the test moves it. Any failure that a test could not mean
 * (allocation, a refused set-up request) ends the program with a message.
 */
#ifndef HEARTH_TESTS_WORLD_H
#define HEARTH_TESTS_WORLD_H

#include "bot/bot.h"
#include "bot/demo/hs.h"
#include <stdbool.h>
#include <stdint.h>

struct person {
    char *name, *user_id, *token, *since;
    bool is_distrustful;                /* opens a DM in which the bot has no power */
    char *dm_room;                      /* NULL: none yet */
    char *last_room, *last_event;       /* what they sent last */
    char *earlier_room, *earlier_event; /* and before that */
};

enum said_kind { SAID_MESSAGE, SAID_EDIT, SAID_REDACTION, SAID_REACTION, SAID_INVITE };

/* What a websocket meets at the homeserver. */
enum stream_mode { STREAM_NONE, STREAM_WORKS, STREAM_REFUSED, STREAM_CUT };

struct stream_end {
    enum stream_mode mode; /* STREAM_NONE: the bot has no websocket at all */
    bool is_opening, is_open;
    char *since;
    struct wire_events events;
    struct strv replies; /* frames on their way to the bot */
    int opened;          /* connections so far */
};

/* Something the bot did that people see. */
struct said {
    enum said_kind kind;
    char *room_id, *event_id, *body, *target, *msgtype, *in_reply_to, *thread_root;
    struct strv choices; /* ids; of a poll, whose body is its question and choices */
    bool has_mentions;
    bool is_read;
};

struct world {
    struct hs *hs;
    struct random_seeded seed;
    struct random random;
    int64_t now_ms;
    int64_t skew_ms; /* the bot's clock minus the server's */
    char *folder;
    char *config;
    struct settings *settings;
    struct store *store;
    struct bot *bot;
    char *bot_id, *bot_token;
    struct person **people;
    size_t person_count, person_capacity;
    struct said *said;
    size_t said_count, said_capacity;
    struct pending_call *calls;
    uint64_t last_call;
    bool is_cut;              /* no request reaches the server */
    struct stream_end stream; /* set `mode` before world_start */
    struct {
        char *method, *path_part; /* NULL: none is planned */
        bool is_behind;           /* the server does the request first */
        bool is_now;
    } crash;
};

/* The group room #support, the moderators' room #mods and its moderator `mod`
 * exist. The sections of `extra_config` change the built-in test config key by
 * key. */
struct world *world_new(const char *extra_config, int64_t start_utc_ms);
void world_free(struct world *world);

void world_start(struct world *world); /* the bot */
void world_stop(struct world *world);
/* As after SIGKILL: nothing under way is finished. */
void world_crash(struct world *world);
/* Crash and start again at the bot's next request of this kind: before the server
 * sees it, or behind it with the answer lost. */
void world_crash_at(struct world *world, const char *method, const char *path_part,
                    bool is_behind);
/* New settings as after SIGHUP; false: refused. Both are told to the moderators. */
bool world_reload(struct world *world, const char *extra_config);

void world_run(struct world *world); /* until nothing moves any more */
void world_advance(struct world *world, int64_t to_utc_ms);

struct person *world_person(struct world *world,
                            const char *name);               /* made on first use */
char *world_room_id(struct world *world, const char *alias); /* "#support" */
void world_join(struct world *world, struct person *person, const char *alias);
/* DM of the person, opened by them if there is none. */
const char *world_dm(struct world *world, struct person *person);

/* Send an event; returns its id (the person's last_event). */
const char *world_send(struct world *world, struct person *person, const char *room_id,
                       const char *type, const char *content);
const char *world_say(struct world *world, struct person *person, const char *room_id,
                      const char *body);
void world_redact(struct world *world, struct person *person, const char *room_id,
                  const char *event_id);

/* The oldest thing the bot did in the room that was not read yet, or NULL. */
struct said *world_next(struct world *world, const char *room_id);
/* Messages that reply to the question: how many, and the first (or NULL). */
int world_answers_to(const struct world *world, const char *question);
const struct said *world_answer_to(const struct world *world, const char *question);
size_t world_unread(const struct world *world);

/* Any client request; the body is the caller's, `ret_status` may be NULL. */
char *world_request(struct world *world, const char *token, const char *method,
                    const char *path, const char *query, const char *body,
                    int *ret_status);

/* For tests that make the bot complain on purpose. */
void world_mute_log(void);

#endif
