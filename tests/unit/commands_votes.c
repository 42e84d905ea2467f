/* commands_votes.c - a person-week: its arithmetic, its fixed-size form, and what
 * is carried from week to week.
 */
#include "commands/votes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define PAIN 111u
#define SLEEP 222u
#define STRESS 333u

static struct week_entry *add(struct week_answers *answers, const char *event, int day,
                              int pain, int sleep)
{
    int checkin = votes_checkin(answers, 7);
    struct week_entry *entry = votes_add(answers, votes_tag(event), day, checkin);
    assert_non_null(entry);
    if (pain >= 0)
        entry->values[votes_item(answers, PAIN)] = (int8_t)pain;
    if (sleep >= 0)
        entry->values[votes_item(answers, SLEEP)] = (int8_t)sleep;
    return entry;
}

static struct week_answers *new_week(void)
{
    struct week_answers *answers = calloc(1, sizeof *answers);
    votes_init(answers, "@alice:example.org");
    return answers;
}

static int vote(const struct week_answers *answers, uint32_t key)
{
    int place = votes_find_item(answers, key);
    return place < 0 ? VALUE_NONE : votes_vote(answers, place);
}

static void votes_vote__is__the_lower_median_of_the_days(void **state)
{
    struct week_answers *week = new_week();
    (void)state;
    assert_int_equal(vote(week, PAIN), VALUE_NONE);
    add(week, "$1", 0, 8, -1);
    add(week, "$2", 1, 2, -1);
    assert_int_equal(vote(week, PAIN), 2);
    add(week, "$3", 2, 5, -1);
    assert_int_equal(vote(week, PAIN), 5);
    assert_int_equal(vote(week, SLEEP), VALUE_NONE);
    free(week);
}

static void votes_vote__counts__a_day_once_however_often_it_was_answered(void **state)
{
    struct week_answers *week = new_week();
    (void)state;
    add(week, "$1", 0, 9, -1);
    add(week, "$2", 0, 9, -1);
    add(week, "$3", 0, 9, -1);
    add(week, "$4", 1, 1, -1);
    add(week, "$5", 2, 1, -1);
    assert_int_equal(votes_day_value(week, 0, votes_find_item(week, PAIN)), 9);
    assert_int_equal(vote(week, PAIN), 1);
    free(week);
}

static void votes_day_value__is__the_lower_median_of_its_entries(void **state)
{
    struct week_answers *week = new_week();
    (void)state;
    add(week, "$1", 3, 4, -1);
    add(week, "$2", 3, 7, 2);
    int pain = votes_find_item(week, PAIN);
    assert_int_equal(votes_day_value(week, 3, pain), 4);
    add(week, "$3", 3, 8, -1);
    assert_int_equal(votes_day_value(week, 3, pain), 7);
    assert_int_equal(votes_day_value(week, 3, votes_find_item(week, SLEEP)), 2);
    assert_int_equal(votes_day_value(week, 4, pain), VALUE_NONE);
    free(week);
}

static void votes_remove__takes__one_entry_back(void **state)
{
    struct week_answers *week = new_week();
    (void)state;
    add(week, "$1", 0, 9, -1);
    add(week, "$2", 1, 3, -1);
    add(week, "$3", 2, 4, -1);
    votes_remove(week, votes_find(week, votes_tag("$1")));
    assert_null(votes_find(week, votes_tag("$1")));
    assert_non_null(votes_find(week, votes_tag("$3")));
    assert_int_equal(vote(week, PAIN), 3);
    free(week);
}

static void votes_add__refuses__more_than_there_is_room_for(void **state)
{
    struct week_answers *week = new_week();
    char event[16];
    (void)state;
    for (int i = 0; i < WEEK_ENTRIES_MAX; i++) {
        event[0] = '$', event[1] = (char)('0' + i / 10), event[2] = (char)('0' + i % 10);
        event[3] = '\0';
        add(week, event, i % 7, i % 11, i % 5);
    }
    assert_null(votes_add(week, 1, 0, 0));
    free(week);
}

static void votes_item__never_holds__more_items_than_a_person_week_may(void **state)
{
    struct week_answers *week = new_week();
    struct week_entry *entry = votes_add(week, 1, 0, 0);
    (void)state;
    for (uint32_t key = 1; key <= ITEMS_MAX; key++)
        entry->values[votes_item(week, key)] = 5;
    assert_int_equal(votes_item_count(week), ITEMS_MAX);
    assert_int_equal(votes_item(week, 99), -1);
    assert_int_equal(votes_item(week, 3), 2);
    free(week);
}

static void votes_decode__gives_back__what_was_encoded(void **state)
{
    struct week_answers *week = new_week(), *back = new_week();
    unsigned char blob[PENDING_BLOB_LEN];
    (void)state;
    memset(week->user_id, 'u', MATRIX_ID_MAX);
    for (int i = 0; i < WEEK_ENTRIES_MAX; i++) {
        struct week_entry *entry = votes_add(week, (uint64_t)i << 40 | 77, i % 7, i % 6);
        entry->edit_s = (uint32_t)i * 1000;
        entry->triggers = (uint16_t)(i & 0xfff);
        for (int k = 0; k < ITEMS_MAX; k++)
            entry->values[k] = (int8_t)((i + k) % 12 - 1);
    }
    for (int k = 0; k < ITEMS_MAX; k++) {
        week->items[k] = 0x70000000u + (uint32_t)k;
        week->last_votes[k] = (int8_t)(k % 2 ? VALUE_NONE : 10);
        for (int w = 0; w < CARRIED_WEEKS; w++) {
            week->carried[w].days[k] = 7;
            week->carried[w].sum[k] = 70;
            for (int t = 0; t < TRIGGERS_MAX; t++) {
                week->carried[w].with_days[t][k] = (uint8_t)(t % 8);
                week->carried[w].with_sum[t][k] = (uint8_t)(t % 8 * 10);
            }
        }
    }
    votes_encode(week, blob);
    assert_int_equal(votes_decode(blob, back), ST_OK);
    assert_memory_equal(week, back, sizeof *week);
    free(week);
    free(back);
}

static void votes_decode__refuses__what_is_out_of_bounds(void **state)
{
    struct week_answers *week = new_week();
    unsigned char blob[PENDING_BLOB_LEN] = {0};
    (void)state;
    assert_int_equal(votes_decode(blob, week), ST_CORRUPT);
    memset(blob, 0xff, sizeof blob);
    assert_int_equal(votes_decode(blob, week), ST_CORRUPT);
    blob[0] = 1;
    assert_int_equal(votes_decode(blob, week), ST_CORRUPT);
    free(week);
}

static void votes_carry__keeps__the_last_vote_for_one_week(void **state)
{
    struct week_answers *first = new_week(), *second = new_week(), *third = new_week();
    (void)state;
    add(first, "$1", 0, 6, 3);
    assert_true(votes_carry(first, second));
    int pain = votes_find_item(second, PAIN);
    assert_int_equal(second->last_votes[pain], 6);
    assert_int_equal(second->entry_count, 0);
    votes_carry(second, third);
    int still = votes_find_item(third, PAIN);
    assert_int_equal(still < 0 ? VALUE_NONE : third->last_votes[still], VALUE_NONE);
    free(first);
    free(second);
    free(third);
}

static void votes_carry__keeps__trigger_sums_for_three_weeks(void **state)
{
    struct week_answers *weeks[6];
    (void)state;
    for (int i = 0; i < 6; i++)
        weeks[i] = new_week();
    add(weeks[0], "$1", 0, 6, -1)->triggers =
        (uint16_t)(1u << votes_trigger(weeks[0], STRESS));
    add(weeks[0], "$2", 1, 2, -1);
    for (int i = 0; i < 5; i++)
        votes_carry(weeks[i], weeks[i + 1]);
    int pain = votes_find_item(weeks[1], PAIN);
    assert_int_equal(weeks[1]->carried[0].days[pain], 2);
    assert_int_equal(weeks[1]->carried[0].sum[pain], 8);
    assert_int_equal(weeks[1]->carried[0].with_days[0][pain], 1);
    assert_int_equal(weeks[1]->carried[0].with_sum[0][pain], 6);
    assert_int_equal(weeks[3]->carried[2].with_sum[0][votes_find_item(weeks[3], PAIN)],
                     6);
    assert_true(votes_is_empty(weeks[4]));
    for (int i = 0; i < 6; i++)
        free(weeks[i]);
}

static void votes_carry__twice__is_the_same_as_once(void **state)
{
    struct week_answers *from = new_week(), *once = new_week(), *twice = new_week();
    (void)state;
    add(from, "$1", 0, 6, 3);
    add(once, "$9", 0, 1, -1);
    add(twice, "$9", 0, 1, -1);
    votes_carry(from, once);
    votes_carry(from, twice);
    votes_carry(from, twice);
    assert_memory_equal(once, twice, sizeof *once);
    assert_int_equal(vote(once, PAIN), 1);
    assert_int_equal(once->last_votes[votes_find_item(once, PAIN)], 6);
    free(from);
    free(once);
    free(twice);
}

static void votes_carry__gives_way__to_this_weeks_own_items(void **state)
{
    struct week_answers *from = new_week(), *to = new_week();
    struct week_entry *entry = votes_add(to, 1, 0, 0);
    (void)state;
    add(from, "$1", 0, 6, 3);
    for (uint32_t key = 1; key < ITEMS_MAX; key++)
        entry->values[votes_item(to, key)] = 5;
    votes_carry(from, to);
    assert_true(votes_find_item(to, PAIN) >= 0);
    assert_int_equal(votes_find_item(to, SLEEP), -1);
    entry->values[votes_item(to, 50)] = 2; /* takes over what was only carried */
    assert_int_equal(votes_find_item(to, PAIN), -1);
    assert_int_equal(to->last_votes[votes_find_item(to, 50)], VALUE_NONE);
    free(from);
    free(to);
}

static void votes_drop_carried__keeps__the_answers(void **state)
{
    struct week_answers *from = new_week(), *to = new_week();
    (void)state;
    add(from, "$1", 0, 6, 3);
    add(to, "$2", 0, 1, -1);
    votes_carry(from, to);
    votes_drop_carried(to);
    assert_int_equal(to->last_votes[votes_find_item(to, PAIN)], VALUE_NONE);
    assert_int_equal(vote(to, PAIN), 1);
    assert_int_equal(votes_find_item(to, SLEEP), -1);
    free(from);
    free(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(votes_vote__is__the_lower_median_of_the_days),
        cmocka_unit_test(votes_vote__counts__a_day_once_however_often_it_was_answered),
        cmocka_unit_test(votes_day_value__is__the_lower_median_of_its_entries),
        cmocka_unit_test(votes_remove__takes__one_entry_back),
        cmocka_unit_test(votes_add__refuses__more_than_there_is_room_for),
        cmocka_unit_test(votes_item__never_holds__more_items_than_a_person_week_may),
        cmocka_unit_test(votes_decode__gives_back__what_was_encoded),
        cmocka_unit_test(votes_decode__refuses__what_is_out_of_bounds),
        cmocka_unit_test(votes_carry__keeps__the_last_vote_for_one_week),
        cmocka_unit_test(votes_carry__keeps__trigger_sums_for_three_weeks),
        cmocka_unit_test(votes_carry__twice__is_the_same_as_once),
        cmocka_unit_test(votes_carry__gives_way__to_this_weeks_own_items),
        cmocka_unit_test(votes_drop_carried__keeps__the_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
