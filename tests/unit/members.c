/* members.c - cost follows what is due, memory follows nothing: with few members and
 * with many. Costs are counted, not timed: instructions of SQLite's machine, rows of
 * whole-table walks, rooms and pages in memory.
 */
#include "bot/base/file.h"
#include "bot/base/log.h"
#include "bot/rooms.h"
#include "store/internal.h"
#include "store/member.h"
#include "store/pending.h"
#include "tests/crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FEW 500
#define MANY 5000
#define DUE 10
#define HOUR (60 * 60 * INT64_C(1000))
#define ROOMS_IN_MEMORY_MAX 250
#define SMALL_WALK_MAX 50 /* rows: of a table that does not grow with members */
#define CACHE_BYTES (8192 * 1024)
#define SQLITE_BYTES_MAX (CACHE_BYTES + CACHE_BYTES / 4) /* its cache, and the rest */

struct place {
    char *folder;
    struct crowd *crowd;
    int64_t steps; /* instructions so far */
};

static int count_step(void *ctx)
{
    (*(int64_t *)ctx)++;
    return 0;
}

/* `count` members, `due` of them on Saturday; all have answered on Friday. */
static void begin(struct place *place, size_t count, size_t due)
{
    *place = (struct place){0};
    assert_int_equal(file_temp_dir("hearth-crowd", &place->folder), ST_OK);
    place->crowd = crowd_open(place->folder);
    crowd_add(place->crowd, 0, count, due, 0);
    assert_int_equal(week_key_ensure(place->crowd->store, CROWD_GROUP, CROWD_WEEK),
                     ST_OK);
    crowd_answer(place->crowd, 0, count);
    crowd_close(place->crowd);
    place->crowd = crowd_open(place->folder);
    crowd_start(place->crowd);
    sqlite3_progress_handler(place->crowd->store->db, 1, count_step, &place->steps);
}

static void end(struct place *place)
{
    crowd_close(place->crowd);
    file_remove_tree(place->folder);
    free(place->folder);
}

/* All turns at this time; the longest, in instructions. */
static int64_t run_until(struct place *place, int64_t utc_ms)
{
    int64_t longest = 0, before;
    bool has_more = true;
    place->crowd->now_ms = utc_ms;
    while (has_more) {
        before = place->steps;
        has_more = crowd_turn(place->crowd);
        if (place->steps - before > longest)
            longest = place->steps - before;
    }
    return longest;
}

/* What a day's prompts cost, upkeep apart. */
static int64_t cost_of_prompts(struct place *place, int64_t expected)
{
    run_until(place, CROWD_SATURDAY - 1);
    int64_t queued = crowd_number(place->crowd, "select count(*) from outbox");
    int64_t before = place->steps;
    run_until(place, CROWD_SATURDAY);
    int64_t cost = place->steps - before;
    assert_int_equal(crowd_number(place->crowd, "select count(*) from outbox") - queued,
                     expected);
    return cost;
}

static void assert_close_to(int64_t value, int64_t other)
{
    if (value > other + other / 20 || other > value + value / 20)
        fail_msg("%lld is not about %lld", (long long)value, (long long)other);
}

/* No statement that was run has walked through a table that grows, nor sorted one. */
static void assert_no_walks(const struct crowd *crowd)
{
    sqlite3_stmt *statement = NULL;
    while ((statement = sqlite3_next_stmt(crowd->store->db, statement)) != NULL) {
        int walked = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
        int indexed = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_AUTOINDEX, 0);
        if (walked > SMALL_WALK_MAX || indexed > 0)
            fail_msg("%d rows walked: %s", walked, sqlite3_sql(statement));
    }
}

static void prompts__cost__by_what_is_due(void **state)
{
    (void)state;
    struct place few, many, more;
    begin(&few, FEW, DUE);
    begin(&many, MANY, DUE);
    begin(&more, FEW, 5 * DUE);
    int64_t cost = cost_of_prompts(&few, DUE);
    assert_close_to(cost_of_prompts(&many, DUE), cost);
    assert_true(cost_of_prompts(&more, 5 * DUE) > 3 * cost);
    assert_no_walks(many.crowd);
    end(&few);
    end(&many);
    end(&more);
}

static void memory__does_not_grow__with_members(void **state)
{
    (void)state;
    struct place few, many;
    begin(&few, FEW, FEW);
    begin(&many, MANY, MANY);
    assert_int_equal(few.crowd->bot->rooms->count, 1);
    assert_int_equal(many.crowd->bot->rooms->count, 1);
    cost_of_prompts(&few, FEW);
    end(&few);
    cost_of_prompts(&many, MANY);
    assert_in_range(many.crowd->bot->rooms->count, 1, ROOMS_IN_MEMORY_MAX);
    run_until(&many, CROWD_CLOSE);
    assert_true(closed_has(many.crowd->store, CROWD_GROUP, CROWD_WEEK));
    assert_in_range(sqlite3_memory_used(), CACHE_BYTES / 2, SQLITE_BYTES_MAX);
    end(&many);
}

static void a_close__takes_steps__that_do_not_grow_with_members(void **state)
{
    (void)state;
    struct place few, many;
    begin(&few, 2 * FEW, 0);
    begin(&many, MANY, 0);
    run_until(&few, CROWD_CLOSE - HOUR);
    run_until(&many, CROWD_CLOSE - HOUR);
    int64_t longest = run_until(&few, CROWD_CLOSE);
    int64_t before = many.steps;
    assert_close_to(run_until(&many, CROWD_CLOSE), longest);
    assert_true(many.steps - before > 20 * longest); /* many steps it were */
    assert_int_equal(crowd_number(many.crowd, "select count(*) from trend"), 5);
    assert_int_equal(crowd_number(many.crowd, "select count(*) from pending"), MANY);
    assert_no_walks(many.crowd);
    end(&few);
    end(&many);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prompts__cost__by_what_is_due),
        cmocka_unit_test(memory__does_not_grow__with_members),
        cmocka_unit_test(a_close__takes_steps__that_do_not_grow_with_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
