/* conversation_check.c - what is left in rooms, database and files. */
#include "tests/conversation.h"
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void script_check_db(struct script *script, const char *rest)
{
    char *sql = NULL, *wanted = NULL, *text = NULL;
    if (!split_arrow(rest, &sql, &wanted)) {
        script_fail(script, "db: SELECT => VALUE, not: ", rest, NULL);
        return;
    }
    world_run(script_world(script));
    if (store_query_text(script->world->store, sql, &text) != ST_OK)
        script_fail(script, "the query failed: ", sql, NULL);
    else if (strcmp(text, wanted) != 0)
        script_fail(script, "the database says: ", text, NULL);
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
    char *path = script_room_path(room_id, "joined_members"), *answer = NULL;
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
void script_check_members(struct script *script, const char *rest)
{
    char *place = NULL, *wanted = NULL;
    struct world *world = script_world(script);
    if (!split_arrow(rest, &place, &wanted)) {
        script_fail(script, "members of PLACE => NAMES, not: ", rest, NULL);
        return;
    }
    world_run(world);
    place[strcspn(place, "'")] = '\0';
    char *room_id = place[0] == '#'
                        ? script_find_room(script, place)
                        : mem_dup(world_dm(world, world_person(world, place)));
    char *names = room_id ? read_members(world, room_id) : mem_dup("");
    if (strcmp(names, wanted) != 0)
        script_fail(script, "there are: ", names, NULL);
    free(names);
    free(room_id);
    free(place);
    free(wanted);
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

void script_check_disk(struct script *script, const char *text)
{
    static const char *const folders[] = {"data", "keys", "weeks"};
    for (size_t i = 0; i < 3; i++) {
        char *folder = file_join(script_world(script)->folder, folders[i]);
        if (folder_has(folder, text))
            script_fail(script, "it stands on the disk: ", text, NULL);
        free(folder);
    }
}

/* Short texts are found by chance. */
bool script_is_telling(const char *text)
{
    return strlen(text) >= 12;
}

void script_check_traces(struct script *script)
{
    for (size_t i = 0; i < script->world->person_count; i++)
        script_check_disk(script, script->world->people[i]->user_id);
    for (size_t i = 0; i < script->written.count; i++)
        if (script_is_telling(script->written.items[i]))
            script_check_disk(script, script->written.items[i]);
}
