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
 *   NAME turns back                        to what they said before the last message
 *   NAME reacts KEY                        to the bot's last message there
 *   NAME votes [in #room] NUMBER           in the bot's last poll there, 1 the first
 *   NAME sends [in #room] TYPE JSON        {last} in it: the bot's last message there,
 *                                          {own}: what they sent last; {voted}: the
 *                                          poll in which they have just voted;
 *                                          {earlier}: the bot's message before {last}
 *   NAME opens a DM | NAME makes #room | NAME joins #room | NAME leaves [PLACE]
 *   NAME invites WHO [to PLACE] | NAME kicks WHO [from PLACE]
 *   NAME encrypts [PLACE] | NAME upgrades [PLACE]    PLACE: #room | WHO's DM
 *   NAME lives in ZONE                     says their profile
 *   NAME distrusts hearth                  and gives it no power in the DM they open
 *   members of PLACE => NAMES              in the order of the alphabet
 *   NAME ... takes part at 21:00           joins #support, says yes to the check-in
 *   NAME ... answers: TEXT                 in the DM, and it is recorded
 *   hearth [in #room | to NAME ...] VERB: /REGEX/ or text
 *       says       any message           prompts    one that makes a sound (m.text)
 *       shares     a file: its description
 *       polls      its question and choices, a line each
 *       replies    to what was said last threads    the same, in its thread
 *       edits      its own message       reacts     with this key
 *       redacts    its own message       tidies     (redacts) somebody else's
 *   hearth [in #room | to NAME]: ...       short for says
 *   hearth [in #room | to NAME] is silent
 *   stop | start | restart | crash | crash before METHOD PATHPART | crash behind ...
 *       stop as the first step: the bot was never there
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
#include "tests/conversation.h"
#include "bot/base/file.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/matrix/path.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void script_fail(struct script *script, const char *format, const char *a, const char *b)
{
    if (script->problem.len == 0) {
        buf_addf(&script->problem, "%s:%zu: ", script->file, script->at);
        buf_addf(&script->problem, "%s%s%s", format, a ? a : "", b ? b : "");
    }
}

struct world *script_world(struct script *script)
{
    if (script->world == NULL) {
        script->world = world_new(script->config, script->start_ms);
        world_start(script->world);
    }
    return script->world;
}

char *script_find_room(struct script *script, const char *alias)
{
    char *room_id = world_room_id(script_world(script), alias);
    if (room_id == NULL)
        script_fail(script, "no such room: ", alias, NULL);
    return room_id;
}

const char *script_word(const struct strv *words, size_t at)
{
    return at < words->count ? words->items[at] : "";
}

bool script_is_one_of(const char *word_, const char *list)
{
    struct strv words;
    text_split(list, ' ', &words);
    bool is = strv_has(&words, word_);
    strv_clear(&words);
    return is;
}

char *script_room_path(const char *room_id, const char *rest)
{
    char *encoded = path_encode(room_id);
    struct buf path;
    buf_init(&path, 1000);
    buf_addf(&path, "/_matrix/client/v3/rooms/%s/%s", encoded, rest);
    free(encoded);
    return buf_take(&path);
}

/* --- time ---------------------------------------------------------------- */

static void set_start(struct script *script, const char *rest)
{
    char date[20], hour[20], zone[60];
    int32_t day = 0;
    int minute = 0;
    if (sscanf(rest, "%19s %19s %59s", date, hour, zone) != 3 ||
        day_parse(date, &day) != ST_OK || text_to_minute(hour, &minute) != ST_OK) {
        script_fail(script, "at DATE HH:MM ZONE, not: ", rest, NULL);
        return;
    }
    zone_close(script->zone);
    script->zone = NULL;
    if (zone_open(zone, &script->zone) != ST_OK)
        script_fail(script, "no such zone: ", zone, NULL);
    else
        script->start_ms = zone_instant(script->zone, day, minute);
}

static void advance(struct script *script, const char *rest)
{
    struct world *world = script_world(script);
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
            script_fail(script, "not a date: ", date, NULL);
        if (text_to_minute(words == 2 ? hour : date, &minute) != ST_OK)
            script_fail(script, "not a time: ", rest, NULL);
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
        script_fail(script, "advance by what? ", rest, NULL);
    else
        world_advance(world, world->now_ms + count * ms);
    free(digits);
}

/* --- steps and files ----------------------------------------------------- */

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

static void add_fault(struct script *script, const char *rest)
{
    struct strv words;
    int64_t status = 0, times = 1;
    text_split(rest, ' ', &words);
    if (words.count != 4 || text_to_int(words.items[0], 0, 599, &status) != ST_OK ||
        text_to_int(words.items[3], 1, 1000, &times) != ST_OK) {
        script_fail(script, "fault STATUS METHOD PATHPART TIMES, not: ", rest, NULL);
    } else {
        struct hs_fault fault = {.kind =
                                     status == 0 ? HS_FAULT_LOSE_ANSWER : HS_FAULT_STATUS,
                                 .method = mem_dup(words.items[1]),
                                 .path_part = mem_dup(words.items[2]),
                                 .user_id = script_world(script)->bot_id,
                                 .status = (int)status,
                                 .retry_after_ms = status == 429 ? 2000 : -1,
                                 .times = (int)times};
        strv_add_take(&script->fault_texts, (char *)fault.method);
        strv_add_take(&script->fault_texts, (char *)fault.path_part);
        hs_fault_add(script->world->hs, &fault);
    }
    strv_clear(&words);
}

static void run_block_step(struct script *script, const char *line)
{
    char *block = take_block(script);
    if (strcmp(line, "config:") == 0) {
        free(script->config);
        script->config = mem_dup(block);
    } else {
        bool is_taken = world_reload(script_world(script), block);
        if (is_taken != (strcmp(line, "reload:") == 0))
            script_fail(script, "the reload was not ", is_taken ? "refused" : "taken",
                        NULL);
        world_run(script->world);
    }
    free(block);
}

/* restart | crash | crash before METHOD PATHPART | crash behind METHOD PATHPART */
static void run_end(struct script *script, const char *line)
{
    struct world *world = script_world(script);
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
    if (strcmp(line, "stop") == 0 && script->world == NULL)
        script->world = world_new(script->config, script->start_ms);
    else if (strcmp(line, "stop") == 0)
        world_stop(script_world(script));
    else if (strcmp(line, "start") == 0)
        world_start(script_world(script));
    else if (strcmp(line, "cut") == 0 || strcmp(line, "mend") == 0)
        script_world(script)->is_cut = line[0] == 'c';
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
        script_check_db(script, line + 4);
    else if (strncmp(line, "disk has no: ", 13) == 0)
        script_check_disk(script, line + 13);
    else if (strncmp(line, "members of ", 11) == 0)
        script_check_members(script, line + 11);
    else if (strncmp(line, "fault ", 6) == 0)
        add_fault(script, line + 6);
    else if (strncmp(line, "hearth ", 7) == 0)
        script_check_hearth(script, line + 7);
    else if (!run_world_step(script, line) && !script_run_short(script, line))
        script_run_person(script, line);
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
            script_fail(script, "the log has a user id: ", line, NULL);
    for (size_t i = 0; i < script->written.count; i++)
        if (script_is_telling(script->written.items[i]) &&
            strstr(line, script->written.items[i]))
            script_fail(script, "the log has what was written: ", line, NULL);
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
        script_expect_silence(script, NULL);
        script_check_traces(script);
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
        script_fail(&script, "cannot be read", NULL, NULL);
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
