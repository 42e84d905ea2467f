/* commands_diary_read.c - a diary read back from the events of a chat. */
#include "commands/diary.h"
#include "commands/diary_read.h"
#include "commands/votes.h"
#include "tests/unit/commands_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define ALICE "@alice:example.org"
#define HEARTH "@hearth:example.org"
#define MONDAY 20878 /* 2027-03-01 */
#define HOUR INT64_C(3600000)
#define MINUTE INT64_C(60000)

struct chat {
    struct settings *settings;
    struct event_list events;
    struct member_list rows;
    struct zone *zone;
    struct diary diary;
    int ids;
};

static int begin(void **state)
{
    struct chat *chat = mem_alloc(sizeof *chat);
    chat->settings = settings_for_checkins();
    assert_int_equal(zone_open("Europe/London", &chat->zone), ST_OK);
    chat->rows.items = mem_alloc(sizeof *chat->rows.items);
    chat->rows.count = chat->rows.capacity = 1;
    chat->rows.items[0].checkin = mem_dup("daily");
    *state = chat;
    return 0;
}

static int end(void **state)
{
    struct chat *chat = *state;
    diary_clear(&chat->diary);
    event_list_clear(&chat->events);
    member_list_clear(&chat->rows);
    zone_close(chat->zone);
    settings_clear(chat->settings);
    free(chat->settings);
    free(chat);
    return 0;
}

static int64_t at(int day, int hour)
{
    return (MONDAY + day) * DAY_MS + hour * HOUR;
}

static struct event *add(struct chat *chat, const char *sender, int64_t ts,
                         const char *body)
{
    char id[24];
    struct event *event = event_list_add(&chat->events);
    snprintf(id, sizeof id, "$%d", ++chat->ids);
    event->type = EVENT_MESSAGE;
    event->event_id = mem_dup(id);
    event->sender = mem_dup(sender);
    event->origin_server_ts_ms = ts;
    event->msgtype = mem_dup("m.text");
    event->body = mem_dup(body);
    return event;
}

static const char *tell(struct chat *chat, int64_t ts, const char *body)
{
    return add(chat, ALICE, ts, body)->event_id;
}

static void edit(struct chat *chat, const char *id, int64_t ts, const char *body)
{
    char *target = mem_dup(id); /* the list may move */
    add(chat, ALICE, ts, body)->replaces = target;
}

/* With `items` (parted by blanks) of the check-in. */
static struct event *ask(struct chat *chat, int day, int hour, const char *checkin,
                         const char *items)
{
    struct event *event = add(chat, HEARTH, at(day, hour), "ready");
    event->is_ns_checkin = true;
    event->checkin = mem_dup(checkin);
    event->checkin_version = 7;
    event->checkin_day = MONDAY + day;
    text_split(items, ' ', &event->checkin_items);
    return event;
}

#define ALL "pain fatigue stiffness sleep fog"

static const char *prompt(struct chat *chat, int day)
{
    return ask(chat, day, 18, "daily", ALL)->event_id;
}

static void read_chat(struct chat *chat)
{
    struct diary_source source = {.settings = chat->settings,
                                  .events = &chat->events,
                                  .user_id = ALICE,
                                  .bot_user_id = HEARTH,
                                  .rows = &chat->rows,
                                  .zone = chat->zone};
    diary_clear(&chat->diary);
    diary_read(&source, MONDAY, MONDAY + 6, &chat->diary);
}

/* The day as "pain=6 stress=1", items in the diary's order. */
static void expect_day(struct chat *chat, int day, const char *wanted)
{
    struct buf text;
    buf_init(&text, 4096);
    buf_add_text(&text, "");
    for (size_t i = 0; i < chat->diary.item_count; i++) {
        int value = diary_value(&chat->diary, MONDAY + day, i);
        if (value != VALUE_NONE)
            buf_addf(&text, "%s%s=%d", text.len > 0 ? " " : "", chat->diary.items[i].name,
                     value);
    }
    assert_string_equal(text.data ? text.data : "", wanted);
    buf_clear(&text);
}

static void answers__belong_to__the_day_of_their_prompt(void **state)
{
    struct chat *chat = *state;
    prompt(chat, 0);
    tell(chat, at(1, 0) + 30 * MINUTE, "6 4 3 7 2 S W"); /* after midnight */
    prompt(chat, 1);
    tell(chat, at(1, 19), "does walking help?");
    add(chat, HEARTH, at(1, 19), "It may.");
    tell(chat, at(1, 19), "pain 5");
    tell(chat, at(1, 20), "tired 3 foggy 1");
    read_chat(chat);
    expect_day(chat, 0, "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2 stress=1 weather=1");
    expect_day(chat, 1, "pain=5 fatigue=3 fog=1");
}

static void edits__correct__and_the_newest_readable_one_counts(void **state)
{
    struct chat *chat = *state;
    prompt(chat, 0);
    char *id = mem_dup(tell(chat, at(0, 19), "6 4 3 7 2"));
    edit(chat, id, at(0, 21), "1 1 1 1 1");
    edit(chat, id, at(0, 22), "banana");
    edit(chat, id, at(0, 20), "9 9 9 9 9"); /* arrives last, was written first */
    prompt(chat, 1);
    char *other = mem_dup(tell(chat, at(1, 19), "6 4 3 7 2"));
    char *target = mem_dup(other);
    add(chat, "@mallory:example.org", at(1, 20), "0 0 0 0 0")->replaces = target;
    read_chat(chat);
    expect_day(chat, 0, "pain=1 fatigue=1 stiffness=1 sleep=1 fog=1");
    expect_day(chat, 1, "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2");
    free(id);
    free(other);
}

static void redacted_answers__are_not_there(void **state)
{
    struct chat *chat = *state;
    prompt(chat, 0);
    struct event *gone = add(chat, ALICE, at(0, 19), "6 4 3 7 2");
    gone->is_redacted = true;
    char *id = mem_dup(gone->event_id);
    edit(chat, id, at(0, 20), "1 1 1 1 1"); /* servers keep the edits of it */
    free(id);
    read_chat(chat);
    assert_true(diary_is_empty(&chat->diary));
    tell(chat, at(0, 21), "2 2 2 2 2");
    read_chat(chat);
    expect_day(chat, 0, "pain=2 fatigue=2 stiffness=2 sleep=2 fog=2");
}

static void steps__give_a_bare_number__to_the_item_asked(void **state)
{
    struct chat *chat = *state;
    prompt(chat, 0);
    tell(chat, at(0, 19), "go");
    ask(chat, 0, 19, "daily", "pain");
    tell(chat, at(0, 19), "6");
    ask(chat, 0, 19, "daily", "fatigue");
    tell(chat, at(0, 19), "skip");
    ask(chat, 0, 19, "daily", "stiffness");
    tell(chat, at(0, 19), "thank you");
    add(chat, HEARTH, at(0, 19), "You're welcome.");
    char *id = mem_dup(tell(chat, at(0, 19), "3"));
    ask(chat, 0, 19, "daily", "sleep");
    tell(chat, at(0, 19), "8/10");
    edit(chat, id, at(0, 20), "4");
    read_chat(chat);
    expect_day(chat, 0, "pain=6 stiffness=4 sleep=8");
    free(id);
}

static void replies__belong_to__what_they_reply_to(void **state)
{
    struct chat *chat = *state;
    char *first = mem_dup(prompt(chat, 0));
    prompt(chat, 1);
    add(chat, ALICE, at(1, 19), "6 4 3 7 2")->in_reply_to = mem_dup(first);
    tell(chat, at(1, 20), "1 1 1 1 1");
    char *step = mem_dup(ask(chat, 1, 21, "daily", "sleep")->event_id);
    add(chat, ALICE, at(1, 22), "9")->in_reply_to = step;
    read_chat(chat);
    expect_day(chat, 0, "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2");
    expect_day(chat, 1, "pain=1 fatigue=1 stiffness=1 sleep=1 fog=1"); /* lower median */
    free(first);
}

static void yesterday__counts__for_the_day_before(void **state)
{
    struct chat *chat = *state;
    prompt(chat, 1);
    tell(chat, at(1, 19), "yesterday 5 5 5 5 5");
    tell(chat, at(1, 19), "6 4 3 7 2");
    read_chat(chat);
    expect_day(chat, 0, "pain=5 fatigue=5 stiffness=5 sleep=5 fog=5");
    expect_day(chat, 1, "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2");
}

static void a_whole_set_without_a_prompt__counts__for_its_local_day(void **state)
{
    struct chat *chat = *state;
    zone_close(chat->zone);
    assert_int_equal(zone_open("Asia/Tokyo", &chat->zone), ST_OK);
    tell(chat, at(0, 16), "6 4 3 7 2"); /* Tuesday there */
    tell(chat, at(0, 17), "5");
    read_chat(chat);
    expect_day(chat, 0, "");
    expect_day(chat, 1, "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2");
}

static void late_parts__are_left_out__as_they_were(void **state)
{
    struct chat *chat = *state;
    prompt(chat, 0);
    tell(chat, at(1, 7), "5 4"); /* the window is twelve hours */
    read_chat(chat);
    assert_true(diary_is_empty(&chat->diary));
}

static void two_checkins__share_a_day__by_the_lower_median(void **state)
{
    struct chat *chat = *state;
    ask(chat, 0, 9, "daily", ALL);
    tell(chat, at(0, 9), "2 2 2 2 2");
    ask(chat, 0, 20, "evening", "pain fatigue");
    tell(chat, at(0, 20), "7 1");
    read_chat(chat);
    expect_day(chat, 0, "pain=2 fatigue=1 stiffness=2 sleep=2 fog=2");
    tell(chat, at(0, 22), "8 8 8 8 8"); /* a second whole set */
    read_chat(chat);
    expect_day(chat, 0, "pain=7 fatigue=2 stiffness=2 sleep=2 fog=2");
}

static void old_items__keep__the_name_they_were_asked_by(void **state)
{
    struct chat *chat = *state;
    ask(chat, 0, 18, "daily", "itch pain");
    tell(chat, at(0, 19), "3 8");
    read_chat(chat);
    expect_day(chat, 0, "pain=8 itch=3");
    assert_string_equal(chat->diary.items[1].label, "itch");
}

static void vote(struct chat *chat, const char *poll, int64_t ts, const char *choice)
{
    struct event *event = add(chat, ALICE, ts, "");
    event->type = EVENT_POLL_RESPONSE;
    event->target = mem_dup(poll);
    event->key = mem_dup(choice);
}

/* The item's poll; a vote in it names what a member's tap names. */
static void poll(struct chat *chat, const char *item, char ret_id[24])
{
    struct event *event = ask(chat, 0, 18, "daily", item);
    event->type = EVENT_OTHER;
    snprintf(ret_id, 24, "%s", event->event_id);
}

#define TAP(value) "score 0000000a 0000000b 2027-03-01 " value

static void votes__count__and_the_last_in_a_poll_wins(void **state)
{
    struct chat *chat = *state;
    char pain[24], sleep[24];
    prompt(chat, 0);
    poll(chat, "pain", pain);
    poll(chat, "sleep", sleep);
    vote(chat, pain, at(0, 19), TAP("6"));
    vote(chat, pain, at(0, 19), TAP("4"));
    vote(chat, pain, at(0, 19), TAP("11"));
    vote(chat, pain, at(0, 19), "faq sleep");
    vote(chat, sleep, at(0, 19), TAP("9"));
    vote(chat, sleep, at(0, 20), ""); /* taken back */
    vote(chat, "$elsewhere", at(0, 20), TAP("1"));
    read_chat(chat);
    expect_day(chat, 0, "pain=4");
}

static void polls_one_by_one__leave_open__what_is_typed(void **state)
{
    struct chat *chat = *state;
    static const char *const items[] = {"pain", "fatigue", "stiffness", "sleep", "fog"};
    char ids[5][24];
    for (int i = 0; i < 5; i++)
        poll(chat, items[i], ids[i]);
    vote(chat, ids[0], at(0, 19), TAP("6"));
    tell(chat, at(0, 19), "1 2 3 4"); /* the rest, typed */
    read_chat(chat);
    expect_day(chat, 0, "pain=6 fatigue=1 stiffness=2 sleep=3 fog=4");
}

static void numbers_that_choose__are_no_answers(void **state)
{
    struct chat *chat = *state;
    prompt(chat, 0);
    tell(chat, at(0, 19), "what about walking and sleeping");
    add(chat, HEARTH, at(0, 19), "Which do you mean?\n1. Walking\n2. Sleeping");
    tell(chat, at(0, 19), "2");
    tell(chat, at(0, 19), "diary week");
    tell(chat, at(0, 19), "pause 3 days");
    read_chat(chat);
    assert_true(diary_is_empty(&chat->diary));
}

static void hostile_events__do_no_harm(void **state)
{
    struct chat *chat = *state;
    char *longest = mem_alloc(60001);
    memset(longest, '7', 60000);
    ask(chat, 0, 18, "daily", "pain pain pain pain pain pain pain pain");
    tell(chat, at(0, 19), longest);
    struct event *fake = add(chat, ALICE, at(0, 20), "9 9 9 9 9"); /* no prompt of ours */
    fake->checkin = mem_dup("daily");
    fake->checkin_day = MONDAY + 3;
    strv_add(&fake->checkin_items, "pain");
    ask(chat, 1, 18, "no-such-checkin", "stress"); /* a trigger is no question */
    tell(chat, at(1, 19), "5");
    ask(chat, 5000, 18, "daily", ALL); /* a day far outside */
    tell(chat, INT64_MAX / 2, "1 2 3 4 5");
    tell(chat, -5, "\xE2\x80\xAE 1 2 3 4 5");
    for (int i = 0; i < 200; i++) {
        char name[20];
        snprintf(name, sizeof name, "item%d", i);
        ask(chat, 2, 18, name, name);
    }
    struct event *empty = add(chat, ALICE, at(2, 19), "x");
    free(empty->body);
    empty->body = NULL;
    edit(chat, "$none", at(2, 19), "1 1 1 1 1");
    read_chat(chat);
    expect_day(chat, 3, "");
    free(longest);
}

static void texts__say__each_day_or_each_item(void **state)
{
    struct chat *chat = *state;
    struct buf text;
    buf_init(&text, 1 << 16);
    prompt(chat, 0);
    tell(chat, at(0, 19), "6 4 3 7 2 S");
    prompt(chat, 1);
    tell(chat, at(1, 19), "8 4");
    read_chat(chat);
    diary_write_text(chat->settings, &chat->diary, DIARY_WEEK, &text);
    assert_non_null(strstr(text.data, "- Monday 1 March: Pain 6, Fatigue 4, Stiffness 3, "
                                      "Last night's sleep 7, Brain fog 2, Stress\n"
                                      "- Tuesday 2 March: Pain 8, Fatigue 4\n"));
    buf_reset(&text);
    diary_write_text(chat->settings, &chat->diary, DIARY_YEAR, &text);
    assert_non_null(
        strstr(text.data, "Pain: mostly 6, from 6 to 8 (days with a number: 2)"));
    assert_non_null(strstr(text.data, "Fatigue: 4 (days with a number: 2)"));
    assert_non_null(strstr(text.data, "on how many days: Stress 1"));
    buf_clear(&text);
}

static void csv__is_rfc_4180__and_holds_no_formula(void **state)
{
    struct chat *chat = *state;
    struct buf csv;
    buf_init(&csv, 1 << 16);
    free(chat->settings->items[0].label);
    chat->settings->items[0].label = mem_dup("=1+1, \"pain\"");
    prompt(chat, 0);
    tell(chat, at(0, 19), "6 4 S");
    prompt(chat, 2);
    tell(chat, at(2, 19), "skip 5");
    read_chat(chat);
    diary_write_csv(chat->settings, &chat->diary, &csv);
    assert_string_equal(csv.data,
                        "\"Date\",\"'=1+1, \"\"pain\"\"\",\"Fatigue\",\"Stress\"\r\n"
                        "2027-03-01,6,4,1\r\n"
                        "2027-03-03,,5,\r\n");
    buf_clear(&csv);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(answers__belong_to__the_day_of_their_prompt),
        TEST(edits__correct__and_the_newest_readable_one_counts),
        TEST(redacted_answers__are_not_there),
        TEST(steps__give_a_bare_number__to_the_item_asked),
        TEST(replies__belong_to__what_they_reply_to),
        TEST(yesterday__counts__for_the_day_before),
        TEST(a_whole_set_without_a_prompt__counts__for_its_local_day),
        TEST(late_parts__are_left_out__as_they_were),
        TEST(two_checkins__share_a_day__by_the_lower_median),
        TEST(old_items__keep__the_name_they_were_asked_by),
        TEST(votes__count__and_the_last_in_a_poll_wins),
        TEST(polls_one_by_one__leave_open__what_is_typed),
        TEST(numbers_that_choose__are_no_answers),
        TEST(hostile_events__do_no_harm),
        TEST(texts__say__each_day_or_each_item),
        TEST(csv__is_rfc_4180__and_holds_no_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
