/* command.h - what a command is.
 *
 * A command reads the request and the settings, reads and writes the store
 * inside the caller's transaction, and appends effects. It never sends, sleeps,
 * logs or asks for the time. One file a command, ended by its entry; the entries
 * stand in one table (table.c), from which help, README's list and completion
 * are made.
 */
#ifndef HEARTH_COMMANDS_COMMAND_H
#define HEARTH_COMMANDS_COMMAND_H

#include "bot/base/clock.h"
#include "bot/base/random.h"
#include "bot/base/status.h"
#include "bot/model/effect.h"
#include "bot/model/request.h"
#include "bot/model/settings.h"
#include "store/store.h"

struct faq_index; /* commands/match.h */
struct process_status;

/* Everything one turn of a command may touch. */
struct turn {
    const struct request *request;
    const struct settings *settings;
    const struct faq_index *faq;
    const struct process_status *process; /* for `status`; NULL in tests */
    struct store *store;
    const struct random *random;
    struct now now;
    struct effects *effects;
};

/* What `status` may tell; ranges and times only. */
struct process_status {
    int64_t started_utc_ms;
    int64_t last_update_utc_ms;
    const char *transport; /* "stream", "sync" or "none" */
};

enum where { IN_GROUP = 1, IN_DM = 2, ANYWHERE = 3 };

/* A command that is not for rooms (`where` without IN_GROUP) but is called in one
 * runs all the same, with the request moved into the sender's DM: is_dm is set,
 * event_id is "", room_id the DM's or "" when it has yet to be made. */
struct command {
    const char *name;     /* "checkin": folded words it starts with, longest match wins */
    const char *aliases;  /* other names, separated by "|", or NULL */
    const char *usage;    /* "checkin on" */
    enum text_id summary; /* one line for help */
    enum where where;
    enum role role;      /* least */
    int max_args;        /* words behind the name (folded); more: not this command */
    const char *takes;   /* the only words it takes, by "|"; NULL: any */
    bool is_prompt_safe; /* understood while a check-in is being answered without a prefix
                          */
    const char *safe_words; /* the same when one of these is behind the name, by "|" */
    bool is_never_stale;    /* rule E4: handled however late */
    bool is_information; /* only says something: runs again when its message is edited */
    enum status (*run)(struct turn *turn, const struct strv *args) MUST_CHECK;
};

/* The table, in the order help shows; ends with NULL. */
extern const struct command *const command_table[];

/* The command that `text` (one message, prefix removed) calls, with its words
 * behind the name in `ret_args` (cleared by the caller), or NULL. */
const struct command *command_find(const char *text, struct strv *ret_args);

/* May a message in a DM be an answer to a check-in, that calls `command` (NULL: none)
 * with `args`? Not when that is understood in the middle of one. */
bool command_leaves_answers(const struct command *command, const struct strv *args,
                            bool has_prefix);

/* Handle one request whole: safety first, then running dialogues, commands,
 * check-in answers and the FAQ. The only entry dispatch needs. A status other
 * than ST_OK undoes what this request did. */
enum status respond(struct turn *turn) MUST_CHECK;

/* Append a notice that answers the request: reply, same thread, same room.
 * `text` is taken over. Returns it for changes. */
struct effect *reply(struct turn *turn, char *text);
/* The same into the sender's DM (opened if there is none). */
struct effect *reply_in_dm(struct turn *turn, char *text);

/* The key of dialogues: "dm" in a DM, whichever room that is, else the room. */
const char *dialogue_place(const struct request *request);

#endif
