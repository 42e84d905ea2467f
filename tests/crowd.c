/* crowd.c - see crowd.h. */
#include "tests/crowd.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "bot/config.h"
#include "bot/jobs.h"
#include "bot/rooms.h"
#include "commands/checkin.h"
#include "commands/week.h"
#include "store/member.h"
#include "store/pending.h"
#include "store/room.h"
#include "tests/world_config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOT_ID "@hearth:hearth.test"
#define ROOM_ALIAS "#support:hearth.test"
#define ROOM_ID "!support:hearth.test"
#define JOINED_DAYS_AGO 30
#define LATER_MS (30 * DAY_MS)
#define NAME_LEN 40

static void must(enum status status, const char *what)
{
    if (status == ST_OK)
        return;
    fprintf(stderr, "crowd: %s: %s\n", what, status_text(status));
    exit(70);
}

static struct now read_clock(void *ctx)
{
    const struct crowd *crowd = ctx;
    return (struct now){crowd->now_ms, crowd->now_ms};
}

static uint64_t start_call(void *ctx, const struct rest_request *request, rest_done done,
                           void *done_ctx)
{
    struct crowd *crowd = ctx;
    if (strstr(request->path, "whoami") != NULL) {
        crowd->whoami.done = done;
        crowd->whoami.ctx = done_ctx;
    }
    return 1;
}

static void cancel_call(void *ctx, uint64_t id)
{
    (void)ctx;
    (void)id;
}

static void set_token(void *ctx, const char *token)
{
    (void)ctx;
    (void)token;
}

static void load_settings(struct crowd *crowd)
{
    bool is_ok = false;
    char *problems = NULL, *config = world_config_compose(crowd->folder, NULL);
    crowd->settings = world_config_load(config, &is_ok, &problems);
    if (!is_ok) {
        fprintf(stderr, "crowd: %s\n", problems);
        exit(70);
    }
    free(problems);
    free(config);
}

struct crowd *crowd_open(char *folder)
{
    struct crowd *crowd = mem_alloc(sizeof *crowd);
    crowd->folder = folder;
    crowd->random = random_from_seed(&crowd->seed, 42);
    crowd->now_ms = CROWD_FRIDAY;
    load_settings(crowd);
    const struct hearth_settings *hearth = &crowd->settings->hearth;
    struct store_config config = {.data_dir = hearth->data_dir,
                                  .key_dir = hearth->key_dir,
                                  .week_key_dir = hearth->week_key_dir};
    must(store_open(&config, &crowd->random, &crowd->store, NULL, NULL), "store_open");
    return crowd;
}

void crowd_close(struct crowd *crowd)
{
    bot_free(crowd->bot);
    store_close(crowd->store);
    config_free(crowd->settings);
    free(crowd);
}

static void name_member(size_t number, char user_id[NAME_LEN], char room_id[NAME_LEN])
{
    snprintf(user_id, NAME_LEN, "@m%zu:hearth.test", number);
    snprintf(room_id, NAME_LEN, "!d%zu:hearth.test", number);
}

/* A joined room whose members are all known. */
static void add_room(struct rooms *rooms, const char *room_id, const char *name)
{
    struct room *room = rooms_add(rooms, room_id);
    room->membership = MEMBERSHIP_JOIN;
    room->has_members = true;
    room->members_day = day_of_utc(CROWD_CLOSE);
    room->is_direct = name == NULL;
    if (name != NULL)
        room_add_name(room, name);
    must(rooms_save(rooms, room), "rooms_save");
    must(room_member_set(rooms->store, room_id, BOT_ID, STANDING_JOINED,
                         day_of_utc(CROWD_FRIDAY) - JOINED_DAYS_AGO),
         "room_member_set");
}

static void add_member(struct crowd *crowd, size_t number, int64_t due_utc_ms)
{
    char user_id[NAME_LEN], room_id[NAME_LEN];
    int32_t day = day_of_utc(CROWD_FRIDAY) - JOINED_DAYS_AGO;
    name_member(number, user_id, room_id);
    struct member member = {.user_id = user_id,
                            .checkin = crowd->settings->checkins[0].name,
                            .group = (char *)CROWD_GROUP,
                            .dm_room = room_id,
                            .zone = (char *)"Europe/London",
                            .minute = (int)(due_utc_ms / 60000 % 1440),
                            .weekdays = 1 << 5, /* Saturdays */
                            .consent_version = CONSENT_VERSION,
                            .consent_day = day,
                            .told_version = crowd->settings->checkins[0].version,
                            .due_utc_ms = due_utc_ms};
    must(room_member_set(crowd->store, room_id, user_id, STANDING_JOINED, day), "chat");
    must(room_member_set(crowd->store, ROOM_ID, user_id, STANDING_JOINED, day), "room");
    must(dm_put(crowd->store, user_id, room_id), "dm_put");
    must(member_put(crowd->store, &member), "member_put");
}

void crowd_add(struct crowd *crowd, size_t first, size_t count, size_t due_count,
               int64_t due_after_ms)
{
    struct rooms *rooms = NULL;
    must(rooms_load(crowd->store, &rooms), "rooms_load");
    must(store_begin(crowd->store), "store_begin");
    add_room(rooms, ROOM_ID, ROOM_ALIAS);
    for (size_t i = 0; i < count; i++) {
        char user_id[NAME_LEN], room_id[NAME_LEN];
        int64_t due = i < due_count ? CROWD_SATURDAY + due_after_ms
                                    : CROWD_SATURDAY + LATER_MS + (int64_t)(first + i);
        name_member(first + i, user_id, room_id);
        add_room(rooms, room_id, NULL);
        rooms_trim(rooms, 0);
        add_member(crowd, first + i, due);
    }
    must(store_commit(crowd->store), "store_commit");
    rooms_free(rooms);
}

void crowd_answer(struct crowd *crowd, size_t first, size_t count)
{
    const struct checkin_settings *checkin = &crowd->settings->checkins[0];
    int32_t day = day_of_utc(CROWD_FRIDAY);
    struct turn turn = {.settings = crowd->settings,
                        .store = crowd->store,
                        .random = &crowd->random,
                        .now = read_clock(crowd)};
    must(store_begin(crowd->store), "store_begin");
    for (size_t i = first; i < first + count; i++) {
        char user_id[NAME_LEN], event_id[NAME_LEN];
        struct reading reading = {.kind = READ_VALUES, .triggers = (uint16_t)(i % 4)};
        enum week_outcome outcome = WEEK_CLOSED;
        name_member(i, user_id, event_id);
        for (size_t item = 0; item < ITEMS_MAX; item++)
            reading.values[item] = (int8_t)((i + item) % 11);
        struct member member = {.user_id = user_id, .group = (char *)CROWD_GROUP};
        must(week_record(&turn, &member, checkin, day, event_id, &reading, &outcome),
             "week_record");
        if (outcome != WEEK_RECORDED)
            must(ST_INVALID, "an answer was not recorded");
    }
    must(store_commit(crowd->store), "store_commit");
}

void crowd_start(struct crowd *crowd)
{
    static const char body[] = "{\"user_id\":\"" BOT_ID "\"}";
    struct bot_config config = {.settings = crowd->settings,
                                .store = crowd->store,
                                .clock = {read_clock, crowd},
                                .random = crowd->random,
                                .rest = {start_call, cancel_call, set_token, crowd},
                                .token = "not-used"};
    struct rest_answer answer = {.http_status = 200,
                                 .body = body,
                                 .body_len = sizeof body - 1,
                                 .retry_after_ms = -1,
                                 .date_utc_ms = crowd->now_ms};
    crowd->bot = bot_new(&config);
    bot_turn(crowd->bot);
    crowd->whoami.done(crowd->whoami.ctx, &answer);
    if (crowd->bot->state != BOT_RUNNING)
        must(ST_INVALID, "the bot does not run");
    crowd->bot->has_updated = true; /* the first update was empty */
}

bool crowd_turn(struct crowd *crowd)
{
    struct bot *bot = crowd->bot;
    bot->now = read_clock(crowd);
    rooms_trim(bot->rooms, bot->now.mono_ms);
    return jobs_turn(bot->jobs) <= bot->now.mono_ms;
}

int64_t crowd_number(struct crowd *crowd, const char *sql)
{
    char *text = NULL;
    must(store_query_text(crowd->store, sql, &text), sql);
    int64_t number = strtoll(text, NULL, 10);
    free(text);
    return number;
}
