/* world.c - see world.h. */
#include "tests/world.h"
#include "bot/base/file.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/config.h"
#include "tests/world_config.h"
#include "tests/world_stream.h"
#include "bot/matrix/path.h"
#include "bot/sender.h"
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN_STEPS_MAX 200000
#define LOOK_EVERY 40

struct pending_call {
    uint64_t id;
    char *method, *path, *query, *body, *content_type;
    size_t body_len;
    int64_t asked_ms, timeout_ms;
    rest_done done;
    void *done_ctx;
    struct pending_call *next;
};

/* Read by the leak sanitizer: fontconfig keeps what it read of the fonts, a kilobyte a
 * process however many charts are drawn. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}

static void die(const char *what, const char *detail)
{
    fprintf(stderr, "world: %s: %s\n", what, detail ? detail : "");
    exit(70);
}

static struct now read_clock(void *ctx)
{
    struct world *world = ctx;
    return (struct now){world->now_ms + world->skew_ms, world->now_ms};
}

static uint64_t start_call(void *ctx, const struct rest_request *request, rest_done done,
                           void *done_ctx)
{
    struct world *world = ctx;
    struct pending_call *call = mem_alloc(sizeof *call);
    const char *mark = strchr(request->path, '?');
    call->id = ++world->last_call;
    call->method = mem_dup(request->method);
    call->path = mark ? mem_dup_len(request->path, (size_t)(mark - request->path))
                      : mem_dup(request->path);
    call->query = mark ? mem_dup(mark + 1) : NULL;
    call->body = request->body ? mem_copy(request->body, request->body_len) : NULL;
    call->body_len = request->body ? request->body_len : 0;
    call->content_type =
        mem_dup(request->content_type ? request->content_type : "application/json");
    call->asked_ms = world->now_ms;
    call->timeout_ms = request->timeout_ms;
    call->done = done;
    call->done_ctx = done_ctx;
    struct pending_call **at = &world->calls;
    while (*at != NULL)
        at = &(*at)->next;
    *at = call;
    return call->id;
}

static void free_call(struct pending_call *call)
{
    free(call->method);
    free(call->path);
    free(call->query);
    free(call->body);
    free(call->content_type);
    free(call);
}

static void cancel_call(void *ctx, uint64_t id)
{
    struct world *world = ctx;
    for (struct pending_call **at = &world->calls; *at != NULL; at = &(*at)->next)
        if ((*at)->id == id) {
            struct pending_call *call = *at;
            *at = call->next;
            free_call(call);
            return;
        }
}

static void set_token(void *ctx, const char *token)
{
    struct world *world = ctx;
    char *copy = mem_dup(token);
    free(world->bot_token);
    world->bot_token = copy;
}

static bool is_crash(const struct world *world, const struct pending_call *call)
{
    return world->crash.method != NULL && !world->crash.is_now &&
           strcmp(call->method, world->crash.method) == 0 &&
           strstr(call->path, world->crash.path_part) != NULL;
}

static bool answer_call(struct world *world, struct pending_call *call)
{
    if (is_crash(world, call)) {
        world->crash.is_now = true;
        if (!world->crash.is_behind)
            return false;
    }
    struct hs_request request = {.method = call->method,
                                 .path = call->path,
                                 .query = call->query,
                                 .token = world->bot_token,
                                 .content_type = call->content_type,
                                 .body = call->body ? call->body : "",
                                 .body_len = call->body_len};
    struct hs_response response = {0};
    bool is_late = world->now_ms - call->asked_ms > call->timeout_ms;
    enum hs_outcome outcome = HS_DONE;
    if (!world->is_cut)
        outcome =
            hs_handle(world->hs, &request, world->now_ms, call->asked_ms, &response);
    if ((outcome == HS_WAIT && !is_late) || world->crash.is_now) {
        buf_clear(&response.body);
        return false;
    }
    struct rest_answer answer = {.http_status = response.status,
                                 .body = response.body.data ? response.body.data : "",
                                 .body_len = response.body.len,
                                 .retry_after_ms = response.retry_after_ms,
                                 .date_utc_ms = world->now_ms,
                                 .error = response.status == 0 ? "cut" : NULL};
    if (response.status == 0) {
        answer.retry_after_ms = -1;
        answer.date_utc_ms = -1;
    }
    rest_done done = call->done;
    void *ctx = call->done_ctx;
    cancel_call(world, call->id);
    done(ctx, &answer);
    buf_clear(&response.body);
    return true;
}

/* Answer every request that has an answer now; true if there was one. */
static bool answer_calls(struct world *world)
{
    bool moved = false;
    uint64_t last = world->last_call;
    for (uint64_t id = 1; id <= last;) {
        struct pending_call *call = world->calls;
        while (call != NULL && call->id < id)
            call = call->next;
        if (call == NULL || call->id > last || world->crash.is_now)
            break;
        id = call->id + 1;
        moved = answer_call(world, call) || moved;
    }
    return moved;
}

char *world_request(struct world *world, const char *token, const char *method,
                    const char *path, const char *query, const char *body,
                    int *ret_status)
{
    struct hs_request request = {.method = method,
                                 .path = path,
                                 .query = query,
                                 .token = token,
                                 .content_type = "application/json",
                                 .body = body ? body : "",
                                 .body_len = body ? strlen(body) : 0};
    struct hs_response response = {0};
    if (hs_handle(world->hs, &request, world->now_ms, world->now_ms, &response) ==
        HS_WAIT)
        return mem_dup("");
    if (ret_status != NULL)
        *ret_status = response.status;
    return buf_take(&response.body);
}

static char *field(const char *json, const char *name)
{
    cJSON *object = cJSON_Parse(json);
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    char *copy = cJSON_IsString(value) ? mem_dup(value->valuestring) : NULL;
    cJSON_Delete(object);
    return copy;
}

static char *login(struct world *world, const char *localpart)
{
    char body[300];
    snprintf(body, sizeof body,
             "{\"type\":\"m.login.password\",\"password\":\"pw\",\"device_id\":\"%s\","
             "\"identifier\":{\"type\":\"m.id.user\",\"user\":\"%s\"}}",
             localpart, localpart);
    char *answer =
        world_request(world, NULL, "POST", "/_matrix/client/v3/login", NULL, body, NULL);
    char *token = field(answer, "access_token");
    if (token == NULL)
        die("login", answer);
    free(answer);
    return token;
}

struct person *world_person(struct world *world, const char *name)
{
    for (size_t i = 0; i < world->person_count; i++)
        if (strcmp(world->people[i]->name, name) == 0)
            return world->people[i];
    struct person *person = mem_alloc(sizeof *person);
    person->name = mem_dup(name);
    person->user_id = hs_user_add(world->hs, name, "pw");
    person->token = login(world, name);
    MEM_GROW(world->people, world->person_count, world->person_capacity);
    world->people[world->person_count++] = person;
    return person;
}

char *world_room_id(struct world *world, const char *alias)
{
    char full[200];
    snprintf(full, sizeof full, "%s:hearth.test", alias);
    char *encoded = path_encode(full);
    char path[300];
    snprintf(path, sizeof path, "/_matrix/client/v3/directory/room/%s", encoded);
    char *answer =
        world_request(world, world->people[0]->token, "GET", path, NULL, NULL, NULL);
    char *room_id = field(answer, "room_id");
    free(encoded);
    free(answer);
    return room_id;
}

static void make_room(struct world *world, const char *localpart, const char *preset)
{
    char body[400];
    snprintf(body, sizeof body,
             "{\"room_alias_name\":\"%s\",\"name\":\"%s\",\"preset\":\"%s\","
             "\"invite\":[\"%s\"]}",
             localpart, localpart, preset, world->bot_id);
    int status = 0;
    char *answer = world_request(world, world_person(world, "mod")->token, "POST",
                                 "/_matrix/client/v3/createRoom", NULL, body, &status);
    if (status != 200)
        die("createRoom", answer);
    free(answer);
}

struct world *world_new(const char *extra_config, int64_t start_utc_ms)
{
    struct world *world = mem_alloc(sizeof *world);
    struct hs_config config = {.server_name = "hearth.test"};
    world->random = random_from_seed(&world->seed, 42);
    world->now_ms = start_utc_ms;
    world->hs = hs_new(&config, &world->random);
    if (file_temp_dir("hearth-world", &world->folder) != ST_OK)
        die("no temporary folder", NULL);
    world->bot_id = hs_user_add(world->hs, "hearth", "pw");
    world->bot_token = login(world, "hearth");
    make_room(world, "support", "public_chat");
    make_room(world, "mods", "private_chat");
    world->config = world_config_compose(world->folder, extra_config);
    bool is_valid = false;
    char *problems = NULL;
    world->settings = world_config_load(world->config, &is_valid, &problems);
    if (!is_valid)
        die("config", problems);
    free(problems);
    return world;
}

static void free_person(struct person *person)
{
    free(person->name);
    free(person->user_id);
    free(person->token);
    free(person->since);
    free(person->dm_room);
    free(person->last_room);
    free(person->last_event);
    free(person->earlier_room);
    free(person->earlier_event);
    free(person);
}

static void free_said(struct said *said)
{
    free(said->room_id);
    free(said->event_id);
    free(said->body);
    free(said->target);
    free(said->msgtype);
    free(said->in_reply_to);
    free(said->thread_root);
    strv_clear(&said->choices);
}

void world_free(struct world *world)
{
    world_stop(world);
    for (size_t i = 0; i < world->person_count; i++)
        free_person(world->people[i]);
    for (size_t i = 0; i < world->said_count; i++)
        free_said(&world->said[i]);
    free(world->people);
    free(world->said);
    hs_free(world->hs);
    config_free(world->settings);
    file_remove_tree(world->folder);
    free(world->folder);
    free(world->config);
    free(world->bot_id);
    free(world->bot_token);
    free(world->crash.method);
    free(world->crash.path_part);
    free(world->stream.since);
    strv_clear(&world->stream.replies);
    free(world);
}

void world_start(struct world *world)
{
    char *data = file_join(world->folder, "data"),
         *keys = file_join(world->folder, "keys");
    char *weeks = file_join(world->folder, "weeks"), *why = NULL;
    char *attempt = file_join(world->folder, "attempt");
    struct store_config store = {
        .data_dir = data, .key_dir = keys, .week_key_dir = weeks};
    long holder = 0;
    if (store_open(&store, &world->random, &world->store, &holder, &why) != ST_OK)
        die("store_open", why);
    struct bot_config config = {.settings = world->settings,
                                .store = world->store,
                                .clock = {read_clock, world},
                                .random = world->random,
                                .rest = {start_call, cancel_call, set_token, world},
                                .token = world->bot_token,
                                .attempt_path = attempt};
    if (world->stream.mode != STREAM_NONE)
        config.wire = world_stream_wire(world);
    char *token = mem_dup(world->bot_token);
    config.token = token;
    world->bot = bot_new(&config);
    free(token);
    free(attempt);
    free(data);
    free(keys);
    free(weeks);
    free(why);
    world_run(world);
}

void world_stop(struct world *world)
{
    bot_free(world->bot);
    world->bot = NULL;
    world_stream_close(world);
    while (world->calls != NULL)
        cancel_call(world, world->calls->id);
    store_close(world->store);
    world->store = NULL;
}

void world_crash(struct world *world)
{
    /* In one process the store has to be closed; what was not committed is
     * lost all the same, and no answer under way arrives. */
    world_stop(world);
}

void world_crash_at(struct world *world, const char *method, const char *path_part,
                    bool is_behind)
{
    world->crash.method = mem_dup(method);
    world->crash.path_part = mem_dup(path_part);
    world->crash.is_behind = is_behind;
}

bool world_reload(struct world *world, const char *extra_config)
{
    bool is_valid = false;
    char *config = world_config_compose(world->folder, extra_config), *problems = NULL;
    struct settings *fresh = world_config_load(config, &is_valid, &problems);
    free(config);
    if (is_valid) {
        struct settings *old = world->settings;
        world->settings = fresh;
        bot_reload(world->bot, fresh);
        config_free(old);
        bot_tell_moderators(world->bot, say(fresh, TEXT_RELOADED, NULL));
    } else {
        bot_tell_moderators(world->bot, say(world->settings, TEXT_RELOAD_REFUSED,
                                            "problems", problems, NULL));
    }
    free(problems);
    return is_valid;
}

static char *text_of(const cJSON *object, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(value) ? mem_dup(value->valuestring) : NULL;
}

static bool knows(const struct world *world, const char *event_id)
{
    for (size_t i = 0; i < world->said_count; i++)
        if (strcmp(world->said[i].event_id, event_id) == 0)
            return true;
    return false;
}

static void read_message(const cJSON *content, struct said *said)
{
    const cJSON *relates = cJSON_GetObjectItemCaseSensitive(content, "m.relates_to");
    const cJSON *fresh = cJSON_GetObjectItemCaseSensitive(content, "m.new_content");
    const cJSON *reply = cJSON_GetObjectItemCaseSensitive(relates, "m.in_reply_to");
    char *rel_type = text_of(relates, "rel_type");
    said->kind = SAID_MESSAGE;
    said->in_reply_to = text_of(reply, "event_id");
    if (rel_type != NULL && strcmp(rel_type, "m.replace") == 0) {
        said->kind = SAID_EDIT;
        said->target = text_of(relates, "event_id");
        content = fresh;
    } else if (rel_type != NULL && strcmp(rel_type, "m.thread") == 0) {
        said->thread_root = text_of(relates, "event_id");
    }
    said->has_mentions =
        cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(content, "m.mentions"));
    said->body = text_of(content, "body");
    said->msgtype = text_of(content, "msgtype");
    free(rel_type);
}

static char *plain_text_of(const cJSON *object)
{
    return text_of(object, "org.matrix.msc1767.text");
}

/* As a client shows it, which knows polls: a line for the question, one a choice. */
static void read_poll(const cJSON *content, struct said *said)
{
    const cJSON *poll =
        cJSON_GetObjectItemCaseSensitive(content, "org.matrix.msc3381.poll.start");
    char *line = plain_text_of(cJSON_GetObjectItemCaseSensitive(poll, "question"));
    struct buf body;
    buf_init(&body, 100000);
    buf_add_text(&body, line ? line : "");
    free(line);
    const cJSON *answer;
    cJSON_ArrayForEach(answer, cJSON_GetObjectItemCaseSensitive(poll, "answers"))
    {
        line = plain_text_of(answer);
        buf_addf(&body, "\n%s", line ? line : "");
        free(line);
        strv_add_take(&said->choices, text_of(answer, "id"));
    }
    free(said->body);
    said->body = buf_take(&body);
}

static void take_event(struct world *world, const char *room_id, const cJSON *event)
{
    char *sender = text_of(event, "sender"), *id = text_of(event, "event_id");
    char *type = text_of(event, "type");
    const cJSON *content = cJSON_GetObjectItemCaseSensitive(event, "content");
    bool is_new = sender != NULL && id != NULL && strcmp(sender, world->bot_id) == 0 &&
                  !knows(world, id) && cJSON_GetArraySize(content) > 0;
    struct said said = {.room_id = mem_dup(room_id), .event_id = id};
    bool is_visible = is_new;
    if (is_new && strcmp(type, "m.room.message") == 0) {
        read_message(content, &said);
    } else if (is_new && strcmp(type, "org.matrix.msc3381.poll.start") == 0) {
        read_message(content, &said);
        read_poll(content, &said);
    } else if (is_new && strcmp(type, "m.room.redaction") == 0) {
        said.kind = SAID_REDACTION;
        said.target = text_of(content, "redacts");
        if (said.target == NULL)
            said.target = text_of(event, "redacts");
    } else if (is_new && strcmp(type, "m.reaction") == 0) {
        said.kind = SAID_REACTION;
        said.body =
            text_of(cJSON_GetObjectItemCaseSensitive(content, "m.relates_to"), "key");
    } else {
        is_visible = false;
    }
    if (is_visible) {
        MEM_GROW(world->said, world->said_count, world->said_capacity);
        world->said[world->said_count++] = said;
    } else {
        free_said(&said);
    }
    free(sender);
    free(type);
}

static void post(struct world *world, const struct person *person, const char *path)
{
    int status = 0;
    char *answer = world_request(world, person->token, "POST", path, NULL, "{}", &status);
    if (status != 200)
        die(path, answer);
    free(answer);
}

static bool is_by_bot(const struct world *world, const struct person *person,
                      const cJSON *room)
{
    const cJSON *state = cJSON_GetObjectItemCaseSensitive(room, "invite_state"), *event;
    bool is_bot = false;
    cJSON_ArrayForEach(event, cJSON_GetObjectItemCaseSensitive(state, "events"))
    {
        char *key = text_of(event, "state_key"), *sender = text_of(event, "sender");
        is_bot = is_bot ||
                 (text_equal(key, person->user_id) && text_equal(sender, world->bot_id));
        free(key);
        free(sender);
    }
    return is_bot;
}

/* People accept every invitation; a room of the bot's is their DM. */
static bool accept_invites(struct world *world, struct person *person, const cJSON *rooms)
{
    const cJSON *room;
    bool moved = false;
    cJSON_ArrayForEach(room, cJSON_GetObjectItemCaseSensitive(rooms, "invite"))
    {
        char *encoded = path_encode(room->string), path[600];
        snprintf(path, sizeof path, "/_matrix/client/v3/join/%s", encoded);
        post(world, person, path);
        if (is_by_bot(world, person, room)) {
            free(person->dm_room);
            person->dm_room = mem_dup(room->string);
        }
        free(encoded);
        moved = true;
    }
    return moved;
}

/* What a person's client sees since it looked last. */
static bool look(struct world *world, struct person *person)
{
    char query[400] =
        "timeout=0&filter=%7B%22room%22%3A%7B%22timeline%22%3A%7B%22limit%22%3A"
        "100%7D%7D%7D";
    if (person->since != NULL) {
        char *since = path_encode(person->since);
        snprintf(query + strlen(query), sizeof query - strlen(query), "&since=%s", since);
        free(since);
    }
    char *answer = world_request(world, person->token, "GET", "/_matrix/client/v3/sync",
                                 query, NULL, NULL);
    cJSON *sync = cJSON_Parse(answer);
    const cJSON *rooms = cJSON_GetObjectItemCaseSensitive(sync, "rooms"), *room, *event;
    cJSON_ArrayForEach(room, cJSON_GetObjectItemCaseSensitive(rooms, "join"))
    {
        const cJSON *timeline = cJSON_GetObjectItemCaseSensitive(room, "timeline");
        cJSON_ArrayForEach(event, cJSON_GetObjectItemCaseSensitive(timeline, "events"))
            take_event(world, room->string, event);
    }
    bool moved = accept_invites(world, person, rooms);
    free(person->since);
    person->since = text_of(sync, "next_batch");
    cJSON_Delete(sync);
    free(answer);
    return moved;
}

static void restart_crashed(struct world *world)
{
    world_crash(world);
    free(world->crash.method);
    free(world->crash.path_part);
    world->crash.method = world->crash.path_part = NULL;
    world->crash.is_now = false;
    world_start(world);
}

void world_run(struct world *world)
{
    for (int step = 0; step < RUN_STEPS_MAX; step++) {
        int64_t next = world->bot ? bot_turn(world->bot) : INT64_MAX;
        bool moved = answer_calls(world);
        moved = (world->bot != NULL && world_stream_pump(world)) || moved;
        if (world->crash.is_now)
            restart_crashed(world);
        if (step % LOOK_EVERY == LOOK_EVERY - 1) /* a client's page holds 100 events */
            look(world, world->people[0]);
        if (moved || next <= world->now_ms)
            continue;
        for (size_t i = 0; i < world->person_count; i++)
            moved = look(world, world->people[i]) || moved;
        if (!moved)
            return;
    }
    die("the bot", "does not come to rest");
}

void world_advance(struct world *world, int64_t to_utc_ms)
{
    world_run(world);
    while (world->now_ms < to_utc_ms) {
        int64_t next = world->bot ? bot_turn(world->bot) : INT64_MAX;
        if (next > to_utc_ms)
            next = to_utc_ms;
        world->now_ms = next > world->now_ms ? next : world->now_ms + 1;
        world_run(world);
    }
}

void world_join(struct world *world, struct person *person, const char *alias)
{
    char *room_id = world_room_id(world, alias);
    char *encoded = path_encode(room_id ? room_id : alias), path[600];
    if (strcmp(alias, "#mods") == 0 && strcmp(person->name, "mod") != 0) {
        char body[300];
        snprintf(path, sizeof path, "/_matrix/client/v3/rooms/%s/invite", encoded);
        snprintf(body, sizeof body, "{\"user_id\":\"%s\"}", person->user_id);
        free(world_request(world, world_person(world, "mod")->token, "POST", path, NULL,
                           body, NULL));
    }
    snprintf(path, sizeof path, "/_matrix/client/v3/join/%s", encoded);
    post(world, person, path);
    free(encoded);
    free(room_id);
}

const char *world_dm(struct world *world, struct person *person)
{
    if (person->dm_room != NULL)
        return person->dm_room;
    char body[300];
    int status = 0;
    snprintf(
        body, sizeof body, "{\"is_direct\":true,\"preset\":\"%s\",\"invite\":[\"%s\"]}",
        person->is_distrustful ? "private_chat" : "trusted_private_chat", world->bot_id);
    char *answer = world_request(world, person->token, "POST",
                                 "/_matrix/client/v3/createRoom", NULL, body, &status);
    person->dm_room = field(answer, "room_id");
    if (person->dm_room == NULL)
        die("createRoom", answer);
    free(answer);
    world_run(world);
    return person->dm_room;
}

const char *world_send(struct world *world, struct person *person, const char *room_id,
                       const char *type, const char *content)
{
    static const char hex[] = "0123456789abcdef";
    char txn[17] = {0};
    for (int i = 0; i < 16; i++)
        txn[i] = hex[random_below(&world->random, 16)];
    char *path = path_send(room_id, type, txn);
    int status = 0;
    char *answer =
        world_request(world, person->token, "PUT", path, NULL, content, &status);
    char *event_id = field(answer, "event_id");
    if (event_id == NULL)
        die(path, answer);
    free(path);
    free(answer);
    char *room = mem_dup(room_id);
    free(person->earlier_event);
    free(person->earlier_room);
    person->earlier_event = person->last_event;
    person->earlier_room = person->last_room;
    person->last_event = event_id;
    person->last_room = room;
    return event_id;
}

const char *world_say(struct world *world, struct person *person, const char *room_id,
                      const char *body)
{
    cJSON *content = cJSON_CreateObject();
    cJSON_AddStringToObject(content, "msgtype", "m.text");
    cJSON_AddStringToObject(content, "body", body);
    char *text = cJSON_PrintUnformatted(content);
    const char *event_id = world_send(world, person, room_id, "m.room.message", text);
    cJSON_free(text);
    cJSON_Delete(content);
    return event_id;
}

void world_redact(struct world *world, struct person *person, const char *room_id,
                  const char *event_id)
{
    char *path = path_redact(room_id, event_id, event_id + 1);
    int status = 0;
    char *answer = world_request(world, person->token, "PUT", path, NULL, "{}", &status);
    if (status != 200)
        die(path, answer);
    free(answer);
    free(path);
}

struct said *world_next(struct world *world, const char *room_id)
{
    for (size_t i = 0; i < world->said_count; i++)
        if (!world->said[i].is_read && strcmp(world->said[i].room_id, room_id) == 0) {
            world->said[i].is_read = true;
            return &world->said[i];
        }
    return NULL;
}

size_t world_unread(const struct world *world)
{
    size_t count = 0;
    for (size_t i = 0; i < world->said_count; i++)
        count += !world->said[i].is_read;
    return count;
}

const struct said *world_answer_to(const struct world *world, const char *question)
{
    for (size_t i = 0; i < world->said_count; i++)
        if (world->said[i].kind == SAID_MESSAGE && world->said[i].in_reply_to != NULL &&
            strcmp(world->said[i].in_reply_to, question) == 0)
            return &world->said[i];
    return NULL;
}

int world_answers_to(const struct world *world, const char *question)
{
    int count = 0;
    for (size_t i = 0; i < world->said_count; i++)
        count += world->said[i].kind == SAID_MESSAGE &&
                 world->said[i].in_reply_to != NULL &&
                 strcmp(world->said[i].in_reply_to, question) == 0;
    return count;
}

static void drop_line(void *ctx, enum log_level level, const char *line)
{
    (void)ctx;
    (void)level;
    (void)line;
}

void world_mute_log(void)
{
    log_set_sink(drop_line, NULL);
}
