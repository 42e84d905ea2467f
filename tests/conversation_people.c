/* conversation_people.c - what people do in a conversation: see conversation.c. */
#include "tests/conversation.h"
#include "bot/base/mem.h"
#include "bot/matrix/path.h"
#include <cjson/cJSON.h>
#include <stdio.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

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

/* The bot's last message in the room, or one of those before it. */
static struct said *said_before(const struct world *world, const char *room_id,
                                size_t before)
{
    for (size_t i = world->said_count; i-- > 0;)
        if (strcmp(world->said[i].room_id, room_id) == 0 &&
            world->said[i].kind == SAID_MESSAGE && before-- == 0)
            return &world->said[i];
    return NULL;
}

static struct said *last_said(const struct world *world, const char *room_id)
{
    return said_before(world, room_id, 0);
}

/* The server part is the test's. */
static char *user_id_of(struct script *script, const char *name)
{
    struct world *world = script_world(script);
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
        script_fail(script, "there is nothing to reply to", NULL, NULL);
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

void script_speak(struct script *script, struct person *person, const char *room_id,
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
        script_fail(script, "there is nothing to react to", NULL, NULL);
        return;
    }
    char content[600];
    snprintf(content, sizeof content,
             "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\","
             "\"key\":\"%s\"}}",
             last->event_id, key);
    send(script, person, room_id, "m.reaction", content);
}

static const struct said *last_poll(const struct world *world, const char *room_id)
{
    for (size_t i = world->said_count; i-- > 0;)
        if (strcmp(world->said[i].room_id, room_id) == 0 &&
            world->said[i].choices.count > 0)
            return &world->said[i];
    return NULL;
}

/* What follows is said to answer the poll, as nobody sees a vote. */
static void vote(struct script *script, struct person *person, const char *room_id,
                 const char *number)
{
    const struct said *poll = last_poll(script->world, room_id);
    int64_t at = 0;
    if (poll == NULL ||
        text_to_int(number, 1, (int64_t)poll->choices.count, &at) != ST_OK) {
        script_fail(script, "there is no such choice: ", number, NULL);
        return;
    }
    char *poll_id = mem_dup(poll->event_id);
    char *content = g_strdup_printf(
        "{\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"%s\"},"
        "\"org.matrix.msc3381.poll.response\":{\"answers\":[\"%s\"]}}",
        poll_id, poll->choices.items[at - 1]);
    send(script, person, room_id, "org.matrix.msc3381.poll.response", content);
    set_text(&script->last_event, poll_id);
    free(content);
    free(poll_id);
}

/* A request of a person that has to succeed; path and body are taken over. */
static void request(struct script *script, const struct person *person,
                    const char *method, char *path, char *body)
{
    int status = 0;
    char *answer =
        world_request(script->world, person->token, method, path, NULL, body, &status);
    if (status != 200)
        script_fail(script, "refused: ", answer, NULL);
    free(answer);
    free(path);
    free(body);
    world_run(script->world);
}

static void make_room(struct script *script, const struct person *person,
                      const char *alias)
{
    request(script, person, "POST", mem_dup("/_matrix/client/v3/createRoom"),
            g_strdup_printf("{\"room_alias_name\":\"%s\",\"name\":\"%s\",\"preset\":"
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

/* "bob's" is bob; nobody named is the person's own. */
static struct person *whose(struct script *script, struct person *person,
                            const char *name)
{
    char *plain = mem_dup_len(name, strcspn(name, "'"));
    struct person *author = plain[0] ? world_person(script->world, plain) : person;
    free(plain);
    if (author->last_event == NULL)
        script_fail(script, "nothing was said yet by: ", author->name, NULL);
    return author;
}

static void move_other(struct script *script, const struct person *person,
                       const char *verb, const char *who, const char *room_id)
{
    char *user_id = user_id_of(script, who);
    request(script, person, "POST",
            script_room_path(room_id, strcmp(verb, "invites") == 0 ? "invite" : "kick"),
            g_strdup_printf("{\"user_id\":\"%s\",\"reason\":\"%s\"}", user_id, "test"));
    free(user_id);
}

static void change_room(struct script *script, struct person *person, const char *verb,
                        const struct strv *words, const char *room_id)
{
    if (strcmp(verb, "leaves") == 0)
        request(script, person, "POST", script_room_path(room_id, "leave"),
                mem_dup("{}"));
    else if (strcmp(verb, "encrypts") == 0)
        request(script, person, "PUT",
                script_room_path(room_id, "state/m.room.encryption/"),
                mem_dup("{\"algorithm\":\"m.megolm.v1.aes-sha2\"}"));
    else if (strcmp(verb, "upgrades") == 0)
        request(script, person, "POST", script_room_path(room_id, "upgrade"),
                mem_dup("{\"new_version\":\"10\"}"));
    else
        move_other(script, person, verb, script_word(words, 2), room_id);
}

/* The room that ends the step: #room, NAME's DM, or their own DM. */
static char *place_of(struct script *script, struct person *person,
                      const struct strv *words)
{
    const char *last = script_word(words, words->count - 1);
    if (last[0] == '#')
        return script_find_room(script, last);
    if (strcmp(last, "DM") == 0 && words->count > 3) {
        const char *owner = script_word(words, words->count - 2);
        char *name = mem_dup_len(owner, strcspn(owner, "'"));
        person = world_person(script->world, name);
        free(name);
    }
    return mem_dup(world_dm(script->world, person));
}

static void turn_back(struct script *script, struct person *person)
{
    char *room = person->last_room, *event = person->last_event;
    if (person->earlier_event == NULL)
        script_fail(script, "nothing was said before the last by: ", person->name, NULL);
    person->last_room = person->earlier_room;
    person->last_event = person->earlier_event;
    person->earlier_room = room;
    person->earlier_event = event;
}

/* The zone stands in their Matrix profile. */
static void set_zone(struct script *script, const struct person *person, const char *zone)
{
    char *user = path_encode(person->user_id);
    request(script, person, "PUT",
            g_strdup_printf("/_matrix/client/v3/profile/%s/m.tz", user),
            g_strdup_printf("{\"m.tz\":\"%s\"}", zone));
    free(user);
}

/* Steps of a person without a colon. */
static bool act(struct script *script, struct person *person, const struct strv *words)
{
    struct world *world = script->world;
    const char *verb = script_word(words, 1),
               *last = script_word(words, words->count - 1);
    if (strcmp(verb, "redacts") == 0) {
        const struct person *author = whose(script, person, script_word(words, 2));
        if (author->last_event != NULL)
            redact(script, person, author);
    } else if (strcmp(verb, "turns") == 0) {
        turn_back(script, person);
    } else if (strcmp(verb, "reacts") == 0) {
        react(script, person, last);
    } else if (strcmp(verb, "votes") == 0) {
        bool is_in_room = strcmp(script_word(words, 2), "in") == 0;
        char *room_id = is_in_room ? script_find_room(script, script_word(words, 3))
                                   : mem_dup(world_dm(world, person));
        if (room_id != NULL)
            vote(script, person, room_id, last);
        free(room_id);
    } else if (strcmp(verb, "joins") == 0) {
        world_join(world, person, last);
        world_run(world);
    } else if (strcmp(verb, "opens") == 0) {
        world_dm(world, person);
    } else if (strcmp(verb, "lives") == 0) {
        set_zone(script, person, last);
    } else if (strcmp(verb, "distrusts") == 0) {
        person->is_distrustful = true;
    } else if (strcmp(verb, "makes") == 0) {
        make_room(script, person, last);
    } else if (script_is_one_of(verb, "leaves encrypts upgrades invites kicks")) {
        char *room_id = place_of(script, person, words);
        if (room_id != NULL)
            change_room(script, person, verb, words, room_id);
        free(room_id);
    } else {
        return false;
    }
    return true;
}

/* `json` with {last} as the id of the bot's last message in the room, {own} as that of
 * the person's, {voted} as that of the poll they have just voted in, {earlier} as that
 * of the bot's message before its last. */
static char *fill_last(struct script *script, const struct person *person,
                       const char *room_id, const char *json)
{
    const struct said *last = last_said(script->world, room_id);
    const struct said *earlier = said_before(script->world, room_id, 1);
    const char *marks[] = {"{last}", "{own}", "{voted}", "{earlier}"};
    const char *ids[] = {last ? last->event_id : NULL, person->last_event,
                         script->last_event, earlier ? earlier->event_id : NULL};
    struct buf text;
    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *mark = strstr(json, marks[i]);
        if (mark == NULL || ids[i] == NULL)
            continue;
        buf_addf(&text, "%.*s%s%s", (int)(mark - json), json, ids[i],
                 mark + strlen(marks[i]));
        return buf_take(&text);
    }
    buf_add_text(&text, json);
    return buf_take(&text);
}

/* NAME sends [in #room] TYPE JSON */
static void send_raw(struct script *script, struct person *person, char *line)
{
    char *start = strchr(line, '{');
    if (start == NULL) {
        script_fail(script, "NAME sends [in #room] TYPE JSON, not: ", line, NULL);
        return;
    }
    struct strv words;
    char *text = mem_dup_len(line, (size_t)(start - line));
    text_split(text, ' ', &words);
    char *room_id = strcmp(script_word(&words, 2), "in") == 0
                        ? script_find_room(script, script_word(&words, 3))
                        : mem_dup(world_dm(script->world, person));
    if (room_id != NULL) {
        char *json = fill_last(script, person, room_id, start);
        send(script, person, room_id, script_word(&words, words.count - 1), json);
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
    if (strcmp(script_word(words, 1), "in") == 0) {
        room_id = script_find_room(script, script_word(words, 2));
        at = 3;
    } else {
        room_id = mem_dup(world_dm(script->world, person));
    }
    const char *verb = at < words->count ? words->items[at] : "says";
    if (!script_is_one_of(verb, "says replies threads mentions notices edits") ||
        words->count > at + 2)
        script_fail(script, "no such step of: ", person->name, NULL);
    else if (room_id != NULL)
        script_speak(script, person, room_id, verb,
                     strcmp(verb, "edits") == 0
                         ? whose(script, person, script_word(words, at + 1))
                         : person,
                     text);
    free(room_id);
}

void script_run_person(struct script *script, char *line)
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
    struct person *person = world_person(script_world(script), script_word(&words, 0));
    if (strcmp(script_word(&words, 1), "sends") == 0)
        send_raw(script, person, copy);
    else if (text != NULL)
        say_line(script, person, &words, text);
    else if (!act(script, person, &words))
        script_fail(script, "not a step: ", line, NULL);
    strv_clear(&words);
    free(copy);
}
