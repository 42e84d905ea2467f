/* privacy.h - a group in memory whose members take part, for tests of promises. */
#ifndef HEARTH_TESTS_PRIVACY_H
#define HEARTH_TESTS_PRIVACY_H

#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "tests/world.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOON                                                                             \
    INT64_C(1804248000000) /* 2027-03-05 12:00 UTC, a Friday of week 2027-W09            \
                            */
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define SUNDAY (NOON + 2 * DAY)
#define CLOSE (NOON + 3 * DAY + 4 * HOUR) /* Monday 16:00: the close of the week */
#define WEEK 202709
#define FIVE "[privacy]\nmin_people = 5\n"
#define ANSWER "6 4 3 7 2"

static const char *const names[] = {"qzcanary", "ben", "cat", "dan", "eve", "fay"};

/* Says something to the bot in the DM and lets it answer. */
static inline void tell(struct world *world, struct person *person, const char *text)
{
    world_say(world, person, world_dm(world, person), text);
    world_run(world);
}

static inline bool was_said(const struct world *world, const char *room_id,
                            const char *words)
{
    for (size_t i = 0; i < world->said_count; i++) {
        const struct said *said = &world->said[i];
        if (strcmp(said->room_id, room_id) == 0 && said->body != NULL &&
            strstr(said->body, words) != NULL)
            return true;
    }
    return false;
}

static inline size_t count_said(const struct world *world, const char *room_id,
                                const char *words)
{
    size_t count = 0;
    for (size_t i = 0; i < world->said_count; i++)
        count += strcmp(world->said[i].room_id, room_id) == 0 &&
                 world->said[i].body != NULL &&
                 strstr(world->said[i].body, words) != NULL;
    return count;
}

static inline int64_t number(struct world *world, const char *sql)
{
    char *text = NULL;
    assert_int_equal(store_query_text(world->store, sql, &text), ST_OK);
    int64_t value = strtoll(text, NULL, 10);
    free(text);
    return value;
}

/* Long in the room, enrolled, with an answer for today. */
static inline struct person *enrol(struct world *world, const char *name)
{
    struct person *person = world_person(world, name);
    tell(world, person, "checkin on 21:00");
    tell(world, person, "yes");
    assert_true(was_said(world, person->dm_room, "You said yes"));
    return person;
}

/* `count` people of `names` join a week before NOON and are enrolled at NOON. */
static inline struct world *begin(const char *config, size_t count)
{
    struct world *world = world_new(config, NOON - 7 * DAY);
    for (size_t i = 0; i < count; i++)
        world_join(world, world_person(world, names[i]), "#support");
    world_start(world);
    world_advance(world, NOON);
    for (size_t i = 0; i < count; i++)
        enrol(world, names[i]);
    return world;
}

static inline void answer_all(struct world *world, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tell(world, world_person(world, names[i]), ANSWER);
}

static inline void add_fault(struct world *world, int status, const char *path_part)
{
    struct hs_fault fault = {.kind = HS_FAULT_STATUS,
                             .method = "PUT",
                             .path_part = path_part,
                             .user_id = world->bot_id,
                             .status = status,
                             .retry_after_ms = -1,
                             .times = 2};
    hs_fault_add(world->hs, &fault);
}

#endif
