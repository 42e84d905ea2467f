/* crowd.h - a store with very many members, and a bot over it that nobody answers.
 *
 * For what must not depend on how many members there are. The store is the real
 * one, filled through its interface; of the homeserver there is only the one
 * answer that says who the bot is. Jobs are turned one by one, on a clock that
 * stands still in between. Whatever fails ends the program with a message.
 */
#ifndef HEARTH_TESTS_CROWD_H
#define HEARTH_TESTS_CROWD_H

#include "bot/bot.h"

#define CROWD_FRIDAY INT64_C(1804248000000)   /* 2027-03-05 12:00 UTC, of 2027-W09 */
#define CROWD_SATURDAY INT64_C(1804334400000) /* the first prompts are due */
#define CROWD_CLOSE INT64_C(1804521601000)    /* Monday, the week may close */
#define CROWD_WEEK 202709
#define CROWD_GROUP "main"

struct crowd {
    char *folder; /* borrowed */
    struct random_seeded seed;
    struct random random;
    int64_t now_ms;
    struct settings *settings;
    struct store *store;
    struct bot *bot; /* NULL before crowd_start */
    struct {
        rest_done done;
        void *ctx;
    } whoami;
};

/* Opens what the folder holds, or begins it. */
struct crowd *crowd_open(char *folder);
void crowd_close(struct crowd *crowd);

/* Members `first` to `first + count - 1`, each with a direct chat of their own, in
 * one transaction. The first `due_count` of them are due on CROWD_SATURDAY plus
 * `due_after_ms`, the others in a month. */
void crowd_add(struct crowd *crowd, size_t first, size_t count, size_t due_count,
               int64_t due_after_ms);
/* They answer on Friday; in one transaction. */
void crowd_answer(struct crowd *crowd, size_t first, size_t count);

void crowd_start(struct crowd *crowd);
/* One turn of the jobs; false when nothing is left to do at this time. */
bool crowd_turn(struct crowd *crowd);

/* One number from the database. */
int64_t crowd_number(struct crowd *crowd, const char *sql);

#endif
