/* conversation.c - runs conversations: text files that read like the product.
 *
 * usage: conversation FILE ...
 *
 * One file is one world. A line is one step; `#` starts a comment. Steps:
 *
 *   config: KEY...            indented lines follow: added to the test config
 *   at 2027-03-27 20:59 Europe/London      the clock at the start, and its zone
 *   advance to [DATE] 21:00 | advance 2h | 30m | 3d
 *   NAME in #room: TEXT       NAME: TEXT (in the DM)     \n is a line break
 *   NAME [in #room] replies: TEXT          to the bot's last message there
 *   NAME [in #room] threads: TEXT          in a thread at their own last message
 *   NAME [in #room] mentions: TEXT         with m.mentions and a pill
 *   NAME [in #room] notices: TEXT          as m.notice
 *   NAME edits [WHO's]: TEXT | NAME redacts [WHO's]     the last message of either
 *   NAME reacts KEY                        to the bot's last message there
 *   NAME sends [in #room] TYPE JSON        {last} in it: the bot's last message there
 *   NAME opens a DM | NAME makes #room | NAME joins #room | NAME leaves [PLACE]
 *   NAME invites WHO [to PLACE] | NAME kicks WHO [from PLACE]
 *   NAME encrypts [PLACE] | NAME upgrades [PLACE]    PLACE: #room | WHO's DM
 *   members of PLACE => NAMES              in the order of the alphabet
 *   NAME ... takes part at 21:00           joins #support, says yes to the check-in
 *   NAME ... answers: TEXT                 in the DM, and it is recorded
 *   hearth [in #room | to NAME ...] VERB: /REGEX/ or text
 *       says       any message           prompts    one that makes a sound (m.text)
 *       replies    to what was said last threads    the same, in its thread
 *       edits      its own message       reacts     with this key
 *       redacts    its own message       tidies     (redacts) somebody else's
 *   hearth [in #room | to NAME]: ...       short for says
 *   hearth [in #room | to NAME] is silent
 *   stop | start | restart | crash | crash before METHOD PATHPART | crash behind ...
 *   cut | mend                             the network
 *   reload: (indented lines) | reload refused: (indented lines)
 *   fault STATUS METHOD PATHPART TIMES     status 0: the answer is lost
 *   db: SELECT => VALUE
 *   disk has no: TEXT
 *
 * Every message of the bot has to be expected; at the end nothing may be left.
 * In every conversation: what the bot says is a notice, but for prompts, and has
 * m.mentions; neither the log nor the disk holds a user id or what people wrote.
 */
#include "tests/world.h"
#include "bot/base/file.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/matrix/path.h"
#include <cjson/cJSON.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOT_VERBS "says prompts replies threads edits reacts redacts tidies is"

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

static void fail(struct script *script, const char *format, const char *a, const char *b)
{
    if (script->problem.len == 0) {
        buf_addf(&script->problem, "%s:%zu: ", script->file, script->at);
        buf_addf(&script->problem, "%s%s%s", format, a ? a : "", b ? b : "");
    }
}

static struct world *world_of(struct script *script)
{
    if (script->world == NULL) {
        script->world = world_new(script->config, script->start_ms);
        world_start(script->world);
    }
    return script->world;
}

/* The indented lines behind the current one. */
static char *take_block(struct script *script)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    while (script->at < script->lines.count &&
           (script->lines.items[script->at][0] == ' ' ||
            script->lines.items[script->at][0] == '\0')) {
        const char *line = script->lines.items[script->at++];
        size_t indent = strspn(line, " ");
        buf_addf(&text, "%s%s\n", indent >= 6 ? "  " : "", line + indent);
    }
    return buf_take(&text);
}

static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (from[0] == '\\' && from[1] == 'n') {
            *to++ = '\n';
            from++;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

static char *room_by_word(struct script *script, const char *alias)
{
    char *room_id = world_room_id(world_of(script), alias);
    if (room_id == NULL)
        fail(script, "no such room: ", alias, NULL);
    return room_id;
}

/* --- time ---------------------------------------------------------------- */

static void set_start(struct script *script, const char *rest)
{
    char date[20], hour[20], zone[60];
    int32_t day = 0;
    int minute = 0;
    if (sscanf(rest, "%19s %19s %59s", date, hour, zone) != 3 ||
        day_parse(date, &day) != ST_OK || text_to_minute(hour, &minute) != ST_OK) {
        fail(script, "at DATE HH:MM ZONE, not: ", rest, NULL);
        return;
    }
    zone_close(script->zone);
    script->zone = NULL;
    if (zone_open(zone, &script->zone) != ST_OK)
        fail(script, "no such zone: ", zone, NULL);
    else
        script->start_ms = zone_instant(script->zone, day, minute);
}

static void advance(struct script *script, const char *rest)
{
    struct world *world = world_of(script);
    struct local_time local;
    char date[20], hour[20];
    int32_t day = 0;
    int minute = 0;
    int64_t count = 0;
    zone_local(script->zone, world->now_ms, &local);
    if (strncmp(rest, "to ", 3) == 0) {
        int words = sscanf(rest + 3, "%19s %19s", date, hour);
        day = local.day;
        if (words == 2 && day_parse(date, &day) != ST_OK)
            fail(script, "not a date: ", date, NULL);
        if (text_to_minute(words == 2 ? hour : date, &minute) != ST_OK)
            fail(script, "not a time: ", rest, NULL);
        if (words == 1 && minute <= local.minute)
            day++;
        world_advance(world, zone_instant(script->zone, day, minute));
        return;
    }
    char unit = rest[0] ? rest[strlen(rest) - 1] : ' ';
    int64_t ms = unit == 'd'   ? 86400000
                 : unit == 'h' ? 3600000
                 : unit == 'm' ? 60000
                               : 1000;
    char *digits = mem_dup_len(rest, rest[0] ? strlen(rest) - 1 : 0);
    if (text_to_int(digits, 1, 100000, &count) != ST_OK)
        fail(script, "advance by what? ", rest, NULL);
    else
        world_advance(world, world->now_ms + count * ms);
    free(digits);
}

/* --- what people do ------------------------------------------------------ */

static struct said *last_said(const struct world *world, const char *room_id)
{
    for (size_t i = world->said_count; i-- > 0;)
        if (strcmp(world->said[i].room_id, room_id) == 0 &&
            world->said[i].kind == SAID_MESSAGE)
            return &world->said[i];
    return NULL;
}

/* The server part is the test's. */
static char *user_id_of(struct script *script, const char *name)
{
    struct world *world = world_of(script);
    return mem_dup(strcmp(name, "hearth") == 0 ? world->bot_id
                                               : world_person(world, name)->user_id);
}

static void set_text(char **field, const char *text)
{
    char *copy = mem_dup(text);
    free(*field);
    *field = copy;
}

static void relate(struct script *script, cJSON *content, const char *verb,
                   const struct person *person, const char *room_id)
{
    struct world *world = script->world;
    cJSON *relates = cJSON_AddObjectToObject(content, "m.relates_to");
    const struct said *last = last_said(world, room_id);
    if (strcmp(verb, "threads") == 0) {
        cJSON_AddStringToObject(relates, "rel_type", "m.thread");
        cJSON_AddStringToObject(relates, "event_id", person->last_event);
        set_text(&script->last_thread, person->last_event);
    } else if (last != NULL) {
        cJSON *reply = cJSON_AddObjectToObject(relates, "m.in_reply_to");
        cJSON_AddStringToObject(reply, "event_id", last->event_id);
        cJSON *mentions = cJSON_AddObjectToObject(content, "m.mentions");
        cJSON *ids = cJSON_AddArrayToObject(mentions, "user_ids"); /* as clients do */
        cJSON_AddItemToArray(ids, cJSON_CreateString(world->bot_id));
    } else {
        fail(script, "there is nothing to reply to", NULL, NULL);
    }
}

static void mention(cJSON *content, const struct world *world, const char *text)
{
    cJSON *mentions = cJSON_AddObjectToObject(content, "m.mentions");
    cJSON *ids = cJSON_AddArrayToObject(mentions, "user_ids");
    cJSON_AddItemToArray(ids, cJSON_CreateString(world->bot_id));
    char html[3000], body[3000];
    snprintf(html, sizeof html, "<a href=\"https://matrix.to/#/%s\">Hearth</a>: %s",
             world->bot_id, text);
    snprintf(body, sizeof body, "Hearth: %s", text);
    cJSON_AddStringToObject(content, "format", "org.matrix.custom.html");
    cJSON_AddStringToObject(content, "formatted_body", html);
    cJSON_ReplaceItemInObjectCaseSensitive(content, "body", cJSON_CreateString(body));
}

static void edit(cJSON *content, const char *text, const struct person *author)
{
    cJSON *fresh = cJSON_AddObjectToObject(content, "m.new_content");
    cJSON_AddStringToObject(fresh, "msgtype", "m.text");
    cJSON_AddStringToObject(fresh, "body", text);
    cJSON *relates = cJSON_AddObjectToObject(content, "m.relates_to");
    cJSON_AddStringToObject(relates, "rel_type", "m.replace");
    cJSON_AddStringToObject(relates, "event_id", author->last_event);
}

/* What everybody sees of it is remembered, to be compared with the answer. */
static void send(struct script *script, struct person *person, const char *room_id,
                 const char *type, const char *json)
{
    char *room = mem_dup(room_id);
    script->world->now_ms += 1000; /* nobody is faster */
    world_send(script->world, person, room, type, json);
    set_text(&script->last_event, person->last_event);
    free(room);
    world_run(script->world);
}

static void send_edit(struct script *script, struct person *person,
                      const struct person *author, const char *json)
{
    char *before = mem_dup(person->last_event);
    char *answers = mem_dup(author->last_event); /* an answer names the message itself */
    send(script, person, author->last_room, "m.room.message", json);
    set_text(&script->last_event, answers);
    if (before != NULL)
        set_text(&person->last_event, before); /* the next edit is of the same one */
    free(before);
    free(answers);
}

static void speak(struct script *script, struct person *person, const char *room_id,
                  const char *verb, const struct person *author, char *text)
{
    if (author->last_event == NULL && strcmp(verb, "edits") == 0)
        return;
    unescape(text);
    strv_add(&script->written, text);
    cJSON *content = cJSON_CreateObject();
    bool is_notice = strcmp(verb, "notices") == 0, is_edit = strcmp(verb, "edits") == 0;
    cJSON_AddStringToObject(content, "msgtype", is_notice ? "m.notice" : "m.text");
    cJSON_AddStringToObject(content, "body", text);
    set_text(&script->last_thread, "");
    if (strcmp(verb, "replies") == 0 || strcmp(verb, "threads") == 0)
        relate(script, content, verb, person, room_id);
    else if (strcmp(verb, "mentions") == 0)
        mention(content, script->world, text);
    else if (is_edit)
        edit(content, text, author);
    char *json = cJSON_PrintUnformatted(content);
    if (is_edit)
        send_edit(script, person, author, json);
    else
        send(script, person, room_id, "m.room.message", json);
    cJSON_free(json);
    cJSON_Delete(content);
}

static void react(struct script *script, struct person *person, const char *key)
{
    struct world *world = script->world;
    const char *room_id = person->last_room ? person->last_room : world_dm(world, person);
    const struct said *last = last_said(world, room_id);
    if (last == NULL) {
        fail(script, "there is nothing to react to", NULL, NULL);
        return;
    }
    char content[600];
    snprintf(content, sizeof content,
             "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\","
             "\"key\":\"%s\"}}",
             last->event_id, key);
    send(script, person, room_id, "m.reaction", content);
}

/* A request of a person that has to succeed; path and body are taken over. */
static void request(struct script *script, const struct person *person,
                    const char *method, char *path, char *body)
{
    int status = 0;
    char *answer =
        world_request(script->world, person->token, method, path, NULL, body, &status);
    if (status != 200)
        fail(script, "refused: ", answer, NULL);
    free(answer);
    free(path);
    free(body);
    world_run(script->world);
}

static char *room_path(const char *room_id, const char *rest)
{
    char *encoded = path_encode(room_id);
    struct buf path;
    buf_init(&path, 1000);
    buf_addf(&path, "/_matrix/client/v3/rooms/%s/%s", encoded, rest);
    free(encoded);
    return buf_take(&path);
}

static char *print(const char *format, const char *a, const char *b)
{
    struct buf text;
    buf_init(&text, 1000);
    buf_addf(&text, format, a, b);
    return buf_take(&text);
}

static void make_room(struct script *script, const struct person *person,
                      const char *alias)
{
    request(script, person, "POST", mem_dup("/_matrix/client/v3/createRoom"),
            print("{\"room_alias_name\":\"%s\",\"name\":\"%s\",\"preset\":"
                  "\"public_chat\"}",
                  alias + strspn(alias, "#"), alias));
}

static void redact(struct script *script, struct person *person,
                   const struct person *author)
{
    char *room = mem_dup(author->last_room), *event = mem_dup(author->last_event);
    world_redact(script->world, person, room, event);
    free(room);
    free(event);
    world_run(script->world);
}

static const char *word(const struct strv *words, size_t at)
{
    return at < words->count ? words->items[at] : "";
}

/* "bob's" is bob; nobody named is the person's own. */
static struct person *whose(struct script *script, struct person *person,
                            const char *name)
{
    char *plain = mem_dup_len(name, strcspn(name, "'"));
    struct person *author = plain[0] ? world_person(script->world, plain) : person;
    free(plain);
    if (author->last_event == NULL)
        fail(script, "nothing was said yet by: ", author->name, NULL);
    return author;
}

static void move_other(struct script *script, const struct person *person,
                       const char *verb, const char *who, const char *room_id)
{
    char *user_id = user_id_of(script, who);
    request(script, person, "POST",
            room_path(room_id, strcmp(verb, "invites") == 0 ? "invite" : "kick"),
            print("{\"user_id\":\"%s\",\"reason\":\"%s\"}", user_id, "test"));
    free(user_id);
}

static void change_room(struct script *script, struct person *person, const char *verb,
                        const struct strv *words, const char *room_id)
{
    if (strcmp(verb, "leaves") == 0)
        request(script, person, "POST", room_path(room_id, "leave"), mem_dup("{}"));
    else if (strcmp(verb, "encrypts") == 0)
        request(script, person, "PUT", room_path(room_id, "state/m.room.encryption/"),
                mem_dup("{\"algorithm\":\"m.megolm.v1.aes-sha2\"}"));
    else if (strcmp(verb, "upgrades") == 0)
        request(script, person, "POST", room_path(room_id, "upgrade"),
                mem_dup("{\"new_version\":\"10\"}"));
    else
        move_other(script, person, verb, word(words, 2), room_id);
}

static bool is_one_of(const char *word_, const char *list)
{
    struct strv words;
    text_split(list, ' ', &words);
    bool is = strv_has(&words, word_);
    strv_clear(&words);
    return is;
}

/* The room that ends the step: #room, NAME's DM, or their own DM. */
static char *place_of(struct script *script, struct person *person,
                      const struct strv *words)
{
    const char *last = word(words, words->count - 1);
    if (last[0] == '#')
        return room_by_word(script, last);
    if (strcmp(last, "DM") == 0 && words->count > 3) {
        const char *owner = word(words, words->count - 2);
        char *name = mem_dup_len(owner, strcspn(owner, "'"));
        person = world_person(script->world, name);
        free(name);
    }
    return mem_dup(world_dm(script->world, person));
}

/* Steps of a person without a colon. */
static bool act(struct script *script, struct person *person, const struct strv *words)
{
    struct world *world = script->world;
    const char *verb = word(words, 1), *last = word(words, words->count - 1);
    if (strcmp(verb, "redacts") == 0) {
        const struct person *author = whose(script, person, word(words, 2));
        if (author->last_event != NULL)
            redact(script, person, author);
    } else if (strcmp(verb, "reacts") == 0) {
        react(script, person, last);
    } else if (strcmp(verb, "joins") == 0) {
        world_join(world, person, last);
        world_run(world);
    } else if (strcmp(verb, "opens") == 0) {
        world_dm(world, person);
    } else if (strcmp(verb, "makes") == 0) {
        make_room(script, person, last);
    } else if (is_one_of(verb, "leaves encrypts upgrades invites kicks")) {
        char *room_id = place_of(script, person, words);
        if (room_id != NULL)
            change_room(script, person, verb, words, room_id);
        free(room_id);
    } else {
        return false;
    }
    return true;
}

/* `json` with {last} as the id of the bot's last message in the room. */
static char *fill_last(struct script *script, const char *room_id, const char *json)
{
    const char *mark = strstr(json, "{last}");
    const struct said *last = last_said(script->world, room_id);
    struct buf text;
    buf_init(&text, 1 << 20);
    if (mark == NULL || last == NULL)
        buf_add_text(&text, json);
    else
        buf_addf(&text, "%.*s%s%s", (int)(mark - json), json, last->event_id,
                 mark + strlen("{last}"));
    return buf_take(&text);
}

/* NAME sends [in #room] TYPE JSON */
static void send_raw(struct script *script, struct person *person, char *line)
{
    char *start = strchr(line, '{');
    if (start == NULL) {
        fail(script, "NAME sends [in #room] TYPE JSON, not: ", line, NULL);
        return;
    }
    struct strv words;
    char *text = mem_dup_len(line, (size_t)(start - line));
    text_split(text, ' ', &words);
    char *room_id = strcmp(word(&words, 2), "in") == 0
                        ? room_by_word(script, word(&words, 3))
                        : mem_dup(world_dm(script->world, person));
    if (room_id != NULL) {
        char *json = fill_last(script, room_id, start);
        send(script, person, room_id, word(&words, words.count - 1), json);
        free(json);
    }
    free(room_id);
    free(text);
    strv_clear(&words);
}

/* NAME [in #room] [VERB [WHO's]]: TEXT */
static void say_line(struct script *script, struct person *person,
                     const struct strv *words, char *text)
{
    char *room_id = NULL;
    size_t at = 1;
    if (strcmp(word(words, 1), "in") == 0) {
        room_id = room_by_word(script, word(words, 2));
        at = 3;
    } else {
        room_id = mem_dup(world_dm(script->world, person));
    }
    const char *verb = at < words->count ? words->items[at] : "says";
    if (!is_one_of(verb, "says replies threads mentions notices edits") ||
        words->count > at + 2)
        fail(script, "no such step of: ", person->name, NULL);
    else if (room_id != NULL)
        speak(script, person, room_id, verb,
              strcmp(verb, "edits") == 0 ? whose(script, person, word(words, at + 1))
                                         : person,
              text);
    free(room_id);
}

static void run_person(struct script *script, char *line)
{
    char *copy = mem_dup(line);
    char *colon = strstr(line, ": "), *text = colon ? colon + 2 : NULL;
    size_t len = strlen(line);
    if (text == NULL && len > 0 && line[len - 1] == ':') { /* an empty message */
        colon = line + len - 1;
        text = line + len;
    }
    while (text != NULL && *text == ' ')
        text++;
    if (colon != NULL)
        *colon = '\0';
    struct strv words = {0};
    text_split(line, ' ', &words);
    struct person *person = world_person(world_of(script), word(&words, 0));
    if (strcmp(word(&words, 1), "sends") == 0)
        send_raw(script, person, copy);
    else if (text != NULL)
        say_line(script, person, &words, text);
    else if (!act(script, person, &words))
        fail(script, "not a step: ", line, NULL);
    strv_clear(&words);
    free(copy);
}

/* --- what the bot does --------------------------------------------------- */

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
    if (strcmp(verb, "prompts") == 0)
        return is_message && text_equal(said->msgtype, "m.text");
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
        fail(script, "the bot did nothing there; expected: ", wanted, NULL);
        return;
    }
    const char *body = said->body ? said->body : "(an event)";
    bool is_text = said->kind == SAID_MESSAGE || said->kind == SAID_EDIT;
    if (!fits_verb(script, said, verb))
        fail(script, "that was something else (not the kind, or not the place): ", body,
             NULL);
    if (is_text && !said->has_mentions)
        fail(script, "without m.mentions: ", body, NULL);
    if (said->kind != SAID_REDACTION && !matches(body, wanted))
        fail(script, "the bot said: ", body, NULL);
}

/* room_id NULL: anywhere */
static void expect_silence(struct script *script, const char *room_id)
{
    const struct world *world = script->world;
    for (size_t i = 0; i < world->said_count; i++) {
        const struct said *said = &world->said[i];
        if (!said->is_read && (room_id == NULL || strcmp(said->room_id, room_id) == 0)) {
            fail(script,
                 "the bot was not silent: ", said->body ? said->body : "(an event)",
                 NULL);
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
        fail(script, "the bot has no room with them", NULL, NULL);
    else if (room_id != NULL && is_silence)
        expect_silence(script, room_id);
    else if (room_id != NULL)
        expect(script, room_id, verb, wanted);
}

static void check_people(struct script *script, const struct strv *words,
                         const char *verb, const char *wanted)
{
    for (size_t i = 1; i < words->count && !is_one_of(words->items[i], BOT_VERBS); i++) {
        const char *room_id = world_person(script->world, words->items[i])->dm_room;
        check_room(script, room_id, verb, wanted);
    }
}

static void check_hearth(struct script *script, char *rest)
{
    world_run(world_of(script));
    char *colon = strstr(rest, ": "), *wanted = colon ? colon + 2 : (char *)"";
    if (colon != NULL)
        *colon = '\0';
    struct strv words = {0};
    text_split(rest, ' ', &words);
    const char *verb = "says", *place = word(&words, 0);
    for (size_t i = 0; i < words.count; i++)
        if (is_one_of(words.items[i], BOT_VERBS))
            verb = words.items[i];
    if (strcmp(place, "in") == 0) {
        char *room_id = room_by_word(script, word(&words, 1));
        check_room(script, room_id, verb, wanted);
        free(room_id);
    } else if (strcmp(place, "to") == 0) {
        check_people(script, &words, verb, wanted);
    } else if (strcmp(verb, "is") == 0) {
        expect_silence(script, NULL);
    } else {
        fail(script, "hearth in #room or to NAME, not: ", rest, NULL);
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
        fail(script, "the bot did not agree: ", last ? last->body : "(silence)", NULL);
}

static void tell(struct script *script, struct person *person, const char *text)
{
    char *copy = mem_dup(text);
    speak(script, person, world_dm(script->world, person), "says", person, copy);
    free(copy);
}

static void take_part(struct script *script, struct person *person, const char *hour)
{
    char *wish = print("checkin on %s%s", hour, "");
    world_join(script->world, person, "#support");
    tell(script, person, wish);
    expect_last(script, person, "/Before you say yes/");
    tell(script, person, "yes");
    expect_last(script, person, "/You said yes on/");
    free(wish);
}

/* NAME ... takes part at HOUR | NAME ... answers: TEXT */
static bool run_short(struct script *script, const char *line)
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
            struct person *person = world_person(world_of(script), names.items[n]);
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

/* --- the rest ------------------------------------------------------------ */

/* `rest` in two at " => "; both are the caller's. False: there is no arrow. */
static bool split_arrow(const char *rest, char **ret_left, char **ret_right)
{
    const char *arrow = strstr(rest, " =>");
    if (arrow == NULL)
        return false;
    char *left = mem_dup_len(rest, (size_t)(arrow - rest));
    *ret_left = text_trim(left);
    *ret_right = text_trim(arrow + 3);
    free(left);
    return true;
}

static void check_db(struct script *script, const char *rest)
{
    char *sql = NULL, *wanted = NULL, *text = NULL;
    if (!split_arrow(rest, &sql, &wanted)) {
        fail(script, "db: SELECT => VALUE, not: ", rest, NULL);
        return;
    }
    world_run(world_of(script));
    if (store_query_text(script->world->store, sql, &text) != ST_OK)
        fail(script, "the query failed: ", sql, NULL);
    else if (strcmp(text, wanted) != 0)
        fail(script, "the database says: ", text, NULL);
    free(text);
    free(sql);
    free(wanted);
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The local names of who is joined, sorted; the caller's, "" when nobody is. */
static char *read_members(struct world *world, const char *room_id)
{
    char *path = room_path(room_id, "joined_members"), *answer = NULL;
    int status = 0;
    for (size_t i = 0; i < world->person_count && status != 200; i++) {
        free(answer);
        answer = world_request(world, world->people[i]->token, "GET", path, NULL, NULL,
                               &status);
    }
    cJSON *json = cJSON_Parse(answer), *member;
    const cJSON *joined = cJSON_GetObjectItemCaseSensitive(json, "joined");
    struct strv names = {0};
    cJSON_ArrayForEach(member, joined) strv_add_take(
        &names, mem_dup_len(member->string + 1, strcspn(member->string + 1, ":")));
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, compare_text);
    struct buf text;
    buf_init(&text, 10000);
    for (size_t i = 0; i < names.count; i++)
        buf_addf(&text, "%s%s", i ? " " : "", names.items[i]);
    strv_clear(&names);
    cJSON_Delete(json);
    free(answer);
    free(path);
    return buf_take(&text);
}

/* #room => NAMES, or NAME's DM => NAMES */
static void check_members(struct script *script, const char *rest)
{
    char *place = NULL, *wanted = NULL;
    struct world *world = world_of(script);
    if (!split_arrow(rest, &place, &wanted)) {
        fail(script, "members of PLACE => NAMES, not: ", rest, NULL);
        return;
    }
    world_run(world);
    place[strcspn(place, "'")] = '\0';
    char *room_id = place[0] == '#'
                        ? room_by_word(script, place)
                        : mem_dup(world_dm(world, world_person(world, place)));
    char *names = room_id ? read_members(world, room_id) : mem_dup("");
    if (strcmp(names, wanted) != 0)
        fail(script, "there are: ", names, NULL);
    free(names);
    free(room_id);
    free(place);
    free(wanted);
}

static void add_fault(struct script *script, const char *rest)
{
    struct strv words;
    int64_t status = 0, times = 1;
    text_split(rest, ' ', &words);
    if (words.count != 4 || text_to_int(words.items[0], 0, 599, &status) != ST_OK ||
        text_to_int(words.items[3], 1, 1000, &times) != ST_OK) {
        fail(script, "fault STATUS METHOD PATHPART TIMES, not: ", rest, NULL);
    } else {
        struct hs_fault fault = {.kind =
                                     status == 0 ? HS_FAULT_LOSE_ANSWER : HS_FAULT_STATUS,
                                 .method = mem_dup(words.items[1]),
                                 .path_part = mem_dup(words.items[2]),
                                 .user_id = world_of(script)->bot_id,
                                 .status = (int)status,
                                 .retry_after_ms = status == 429 ? 2000 : -1,
                                 .times = (int)times};
        strv_add_take(&script->fault_texts, (char *)fault.method);
        strv_add_take(&script->fault_texts, (char *)fault.path_part);
        hs_fault_add(script->world->hs, &fault);
    }
    strv_clear(&words);
}

static bool folder_has(const char *folder, const char *text)
{
    struct strv names = {0};
    bool found = false;
    if (file_list(folder, &names) != ST_OK)
        return false;
    for (size_t i = 0; i < names.count && !found; i++) {
        char *path = file_join(folder, names.items[i]);
        struct buf content;
        buf_init(&content, 256 << 20);
        found = file_read(path, &content) == ST_OK && content.data != NULL &&
                memmem(content.data, content.len, text, strlen(text)) != NULL;
        buf_clear(&content);
        free(path);
    }
    strv_clear(&names);
    return found;
}

static void check_disk(struct script *script, const char *text)
{
    static const char *const folders[] = {"data", "keys", "weeks"};
    for (size_t i = 0; i < 3; i++) {
        char *folder = file_join(world_of(script)->folder, folders[i]);
        if (folder_has(folder, text))
            fail(script, "it stands on the disk: ", text, NULL);
        free(folder);
    }
}

/* Short texts are found by chance. */
static bool is_telling(const char *text)
{
    return strlen(text) >= 12;
}

static void check_traces(struct script *script)
{
    for (size_t i = 0; i < script->world->person_count; i++)
        check_disk(script, script->world->people[i]->user_id);
    for (size_t i = 0; i < script->written.count; i++)
        if (is_telling(script->written.items[i]))
            check_disk(script, script->written.items[i]);
}

static void run_block_step(struct script *script, const char *line)
{
    char *block = take_block(script);
    if (strcmp(line, "config:") == 0) {
        free(script->config);
        script->config = mem_dup(block);
    } else {
        bool is_taken = world_reload(world_of(script), block);
        if (is_taken != (strcmp(line, "reload:") == 0))
            fail(script, "the reload was not ", is_taken ? "refused" : "taken", NULL);
        world_run(script->world);
    }
    free(block);
}

/* restart | crash | crash before METHOD PATHPART | crash behind METHOD PATHPART */
static void run_end(struct script *script, const char *line)
{
    struct world *world = world_of(script);
    struct strv words;
    text_split(line, ' ', &words);
    if (words.count == 4) {
        world_crash_at(world, words.items[2], words.items[3],
                       strcmp(words.items[1], "behind") == 0);
    } else {
        line[0] == 'r' ? world_stop(world) : world_crash(world);
        world_start(world);
    }
    strv_clear(&words);
}

static bool run_world_step(struct script *script, const char *line)
{
    if (strcmp(line, "stop") == 0)
        world_stop(world_of(script));
    else if (strcmp(line, "start") == 0)
        world_start(world_of(script));
    else if (strcmp(line, "cut") == 0 || strcmp(line, "mend") == 0)
        world_of(script)->is_cut = line[0] == 'c';
    else if (strcmp(line, "restart") == 0 || strncmp(line, "crash", 5) == 0)
        run_end(script, line);
    else
        return false;
    return true;
}

static void run_line(struct script *script, char *line)
{
    if (strcmp(line, "config:") == 0 || strncmp(line, "reload", 6) == 0)
        run_block_step(script, line);
    else if (strncmp(line, "at ", 3) == 0)
        set_start(script, line + 3);
    else if (strncmp(line, "advance ", 8) == 0)
        advance(script, line + 8);
    else if (strncmp(line, "db: ", 4) == 0)
        check_db(script, line + 4);
    else if (strncmp(line, "disk has no: ", 13) == 0)
        check_disk(script, line + 13);
    else if (strncmp(line, "members of ", 11) == 0)
        check_members(script, line + 11);
    else if (strncmp(line, "fault ", 6) == 0)
        add_fault(script, line + 6);
    else if (strncmp(line, "hearth ", 7) == 0)
        check_hearth(script, line + 7);
    else if (!run_world_step(script, line) && !run_short(script, line))
        run_person(script, line);
}

static void read_lines(const char *text, struct strv *lines)
{
    while (*text != '\0') {
        const char *end = strchr(text, '\n');
        size_t len = end ? (size_t)(end - text) : strlen(text);
        strv_add_take(lines, mem_dup_len(text, len));
        text += len + (end != NULL);
    }
}

/* No user id and nothing that people wrote, at any level. */
static void watch_log(void *ctx, enum log_level level, const char *line)
{
    static const char *const names[] = {"error", "warn", "info", "debug"};
    struct script *script = ctx;
    const char *verbose = getenv("VERBOSE");
    if (verbose != NULL && (verbose[0] == '2' || level == LOG_ERROR))
        fprintf(stderr, "%s: %s\n", names[level], line);
    for (size_t i = 0; script->world != NULL && i < script->world->person_count; i++)
        if (strstr(line, script->world->people[i]->user_id) != NULL)
            fail(script, "the log has a user id: ", line, NULL);
    for (size_t i = 0; i < script->written.count; i++)
        if (is_telling(script->written.items[i]) &&
            strstr(line, script->written.items[i]))
            fail(script, "the log has what was written: ", line, NULL);
}

static void run_script(struct script *script)
{
    while (script->at < script->lines.count && script->problem.len == 0) {
        char *line = text_trim(script->lines.items[script->at++]);
        if (line[0] != '\0' && line[0] != '#')
            run_line(script, line);
        free(line);
    }
    if (script->problem.len == 0 && script->world != NULL) {
        expect_silence(script, NULL);
        check_traces(script);
    }
}

static void clear(struct script *script)
{
    if (script->world != NULL)
        world_free(script->world);
    log_set_sink(NULL, NULL);
    zone_close(script->zone);
    free(script->config);
    free(script->last_event);
    free(script->last_thread);
    strv_clear(&script->lines);
    strv_clear(&script->written);
    strv_clear(&script->fault_texts);
    buf_clear(&script->problem);
}

/* True when the conversation went as written. */
static bool run_file(const char *file)
{
    struct script script = {.file = file};
    struct buf text;
    buf_init(&text, 1 << 20);
    buf_init(&script.problem, 100000);
    log_set_sink(watch_log, &script);
    if (file_read(file, &text) != ST_OK ||
        zone_open("Europe/London", &script.zone) != ST_OK) {
        fail(&script, "cannot be read", NULL, NULL);
    } else {
        script.start_ms = zone_instant(script.zone, day_from_date(2027, 3, 1), 12 * 60);
        read_lines(text.data ? text.data : "", &script.lines);
        run_script(&script);
    }
    bool is_good = script.problem.len == 0;
    if (!is_good)
        printf("%s\n", script.problem.data);
    clear(&script);
    buf_clear(&text);
    return is_good;
}

int main(int argc, char **argv)
{
    int passed = 0, failed = 0;
    log_set_level(LOG_DEBUG);
    for (int i = 1; i < argc; i++)
        *(run_file(argv[i]) ? &passed : &failed) += 1;
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
