/* conversation_bot.c - what the bot did, compared with what was expected. */
#include "tests/conversation.h"
#include "bot/base/mem.h"
#include <regex.h>
#include <stdio.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define BOT_VERBS                                                                        \
    "says shares prompts polls replies threads edits reacts redacts tidies is"

static bool matches(const char *body, const char *wanted)
{
    size_t len = strlen(wanted);
    if (len < 2 || wanted[0] != '/' || wanted[len - 1] != '/')
        return strcmp(body, wanted) == 0;
    char *pattern = mem_dup_len(wanted + 1, len - 2);
    regex_t regex;
    bool found = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) == 0;
    if (found) {
        found = regexec(&regex, body, 0, NULL, 0) == 0;
        regfree(&regex);
    }
    free(pattern);
    return found;
}

static bool is_own(const struct world *world, const char *event_id)
{
    for (size_t i = 0; i < world->said_count; i++)
        if (text_equal(world->said[i].event_id, event_id))
            return true;
    return false;
}

static bool fits_verb(const struct script *script, const struct said *said,
                      const char *verb)
{
    bool is_message = said->kind == SAID_MESSAGE;
    bool is_reply = is_message && text_equal(said->in_reply_to, script->last_event);
    const char *root =
        text_is_empty(script->last_thread) ? script->last_event : script->last_thread;
    if (strcmp(verb, "says") == 0)
        return is_message && text_equal(said->msgtype, "m.notice");
    if (strcmp(verb, "shares") == 0)
        return is_message && (text_equal(said->msgtype, "m.image") ||
                              text_equal(said->msgtype, "m.file"));
    if (strcmp(verb, "prompts") == 0)
        return is_message && text_equal(said->msgtype, "m.text");
    if (strcmp(verb, "polls") == 0)
        return is_message && said->choices.count > 0;
    if (strcmp(verb, "replies") == 0)
        return is_reply && said->thread_root == NULL;
    if (strcmp(verb, "threads") == 0)
        return is_reply && text_equal(said->thread_root, root);
    if (strcmp(verb, "edits") == 0)
        return said->kind == SAID_EDIT && is_own(script->world, said->target);
    if (strcmp(verb, "redacts") == 0 || strcmp(verb, "tidies") == 0)
        return said->kind == SAID_REDACTION &&
               is_own(script->world, said->target) == (verb[0] == 'r');
    return strcmp(verb, "reacts") == 0 && said->kind == SAID_REACTION;
}

static void expect(struct script *script, const char *room_id, const char *verb,
                   const char *wanted)
{
    const struct said *said = world_next(script->world, room_id);
    if (said == NULL) {
        script_fail(script, "the bot did nothing there; expected: ", wanted, NULL);
        return;
    }
    const char *body = said->body ? said->body : "(an event)";
    bool is_text = said->kind == SAID_MESSAGE || said->kind == SAID_EDIT;
    if (!fits_verb(script, said, verb))
        script_fail(script,
                    "that was something else (not the kind, or not the place): ", body,
                    NULL);
    if (is_text && !said->has_mentions)
        script_fail(script, "without m.mentions: ", body, NULL);
    if (said->kind != SAID_REDACTION && !matches(body, wanted))
        script_fail(script, "the bot said: ", body, NULL);
}

/* room_id NULL: anywhere */
void script_expect_silence(struct script *script, const char *room_id)
{
    const struct world *world = script->world;
    for (size_t i = 0; i < world->said_count; i++) {
        const struct said *said = &world->said[i];
        if (!said->is_read && (room_id == NULL || strcmp(said->room_id, room_id) == 0)) {
            script_fail(script, "the bot was not silent: ",
                        said->body ? said->body : "(an event)", NULL);
            return;
        }
    }
}

/* VERB: TEXT in one room, NULL: there is none. */
static void check_room(struct script *script, const char *room_id, const char *verb,
                       const char *wanted)
{
    bool is_silence = strcmp(verb, "is") == 0;
    if (room_id == NULL && !is_silence)
        script_fail(script, "the bot has no room with them", NULL, NULL);
    else if (room_id != NULL && is_silence)
        script_expect_silence(script, room_id);
    else if (room_id != NULL)
        expect(script, room_id, verb, wanted);
}

static void check_people(struct script *script, const struct strv *words,
                         const char *verb, const char *wanted)
{
    for (size_t i = 1; i < words->count && !script_is_one_of(words->items[i], BOT_VERBS);
         i++) {
        const char *room_id = world_person(script->world, words->items[i])->dm_room;
        check_room(script, room_id, verb, wanted);
    }
}

void script_check_hearth(struct script *script, char *rest)
{
    world_run(script_world(script));
    char *colon = strstr(rest, ": "), *wanted = colon ? colon + 2 : (char *)"";
    if (colon != NULL)
        *colon = '\0';
    struct strv words = {0};
    text_split(rest, ' ', &words);
    const char *verb = "says", *place = script_word(&words, 0);
    for (size_t i = 0; i < words.count; i++)
        if (script_is_one_of(words.items[i], BOT_VERBS))
            verb = words.items[i];
    if (strcmp(place, "in") == 0) {
        char *room_id = script_find_room(script, script_word(&words, 1));
        check_room(script, room_id, verb, wanted);
        free(room_id);
    } else if (strcmp(place, "to") == 0) {
        check_people(script, &words, verb, wanted);
    } else if (strcmp(verb, "is") == 0) {
        script_expect_silence(script, NULL);
    } else {
        script_fail(script, "hearth in #room or to NAME, not: ", rest, NULL);
    }
    strv_clear(&words);
}

/* --- steps in short ------------------------------------------------------ */

/* Everything the bot said to the person is read; the last of it has to fit. */
static void expect_last(struct script *script, const struct person *person,
                        const char *wanted)
{
    const struct said *said, *last = NULL;
    while ((said = world_next(script->world, person->dm_room)) != NULL)
        last = said;
    if (last == NULL || !matches(last->body ? last->body : "", wanted))
        script_fail(script, "the bot did not agree: ", last ? last->body : "(silence)",
                    NULL);
}

static void tell(struct script *script, struct person *person, const char *text)
{
    char *copy = mem_dup(text);
    script_speak(script, person, world_dm(script->world, person), "says", person, copy);
    free(copy);
}

static void take_part(struct script *script, struct person *person, const char *hour)
{
    char *wish = g_strdup_printf("checkin on %s", hour);
    world_join(script->world, person, "#support");
    tell(script, person, wish);
    expect_last(script, person, "/Before you say yes/");
    tell(script, person, "yes");
    expect_last(script, person, "/You said yes on/");
    free(wish);
}

/* NAME ... takes part at HOUR | NAME ... answers: TEXT */
bool script_run_short(struct script *script, const char *line)
{
    static const char *const marks[] = {" takes part at ", " take part at ",
                                        " answers: ", " answer: "};
    for (size_t i = 0; i < 4; i++) {
        const char *mark = strstr(line, marks[i]);
        if (mark == NULL)
            continue;
        char *before = mem_dup_len(line, (size_t)(mark - line));
        const char *rest = mark + strlen(marks[i]);
        struct strv names;
        text_split(before, ' ', &names);
        for (size_t n = 0; n < names.count; n++) {
            struct person *person = world_person(script_world(script), names.items[n]);
            if (i < 2) {
                take_part(script, person, rest);
            } else {
                tell(script, person, rest);
                expect_last(script, person, "/^Recorded/");
            }
        }
        strv_clear(&names);
        free(before);
        return true;
    }
    return false;
}
