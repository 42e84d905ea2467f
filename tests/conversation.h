/* conversation.h - what the parts of the conversation runner share.
 *
 * conversation.c reads a file and walks through its steps, conversation_people.c does
 * what people do, conversation_bot.c looks at what the bot did, conversation_check.c
 * at what is left of it in rooms, database and files. The first problem ends a
 * conversation.
 */
#ifndef HEARTH_TESTS_CONVERSATION_H
#define HEARTH_TESTS_CONVERSATION_H

#include "bot/base/text.h"
#include "bot/base/zone.h"
#include "tests/world.h"

struct script {
    struct world *world;
    struct strv lines;
    size_t at;
    char *config;
    struct zone *zone;
    int64_t start_ms;
    const char *file;
    struct buf problem;
    struct strv written;            /* by people: to be found nowhere */
    char *last_event, *last_thread; /* said last by anyone, and the thread it is in */
    struct strv fault_texts;        /* borrowed by the faults */
};

/* Remember a problem, unless there is one. NULL texts are left out. */
void script_fail(struct script *script, const char *what, const char *a, const char *b);
/* Made and started on first use, with the config and the clock of the file. */
struct world *script_world(struct script *script);
/* The room id of "#support", the caller's; NULL, and a problem, if there is none. */
char *script_find_room(struct script *script, const char *alias);

/* Small helpers: word `at` or ""; is `word` in a list with blanks; a path below a
 * room (the caller's). */
const char *script_word(const struct strv *words, size_t at);
bool script_is_one_of(const char *word, const char *list);
char *script_room_path(const char *room_id, const char *rest);

/* conversation_people.c: a step of a person; one message. `verb` "edits" changes the
 * last message of `author`, who is the person for all others. */
void script_run_person(struct script *script, char *line);
void script_speak(struct script *script, struct person *person, const char *room_id,
                  const char *verb, const struct person *author, char *text);

/* conversation_bot.c: a step behind "hearth "; silence (room_id NULL: everywhere);
 * "takes part" and "answers" (false: it is another step). */
void script_check_hearth(struct script *script, char *rest);
void script_expect_silence(struct script *script, const char *room_id);
bool script_run_short(struct script *script, const char *line);

/* conversation_check.c */
void script_check_db(struct script *script, const char *rest);
void script_check_members(struct script *script, const char *rest);
void script_check_disk(struct script *script, const char *text);
/* Nobody's id and nothing that people wrote stands on the disk. */
void script_check_traces(struct script *script);
/* Long enough not to be found by chance? */
bool script_is_telling(const char *text);

#endif
