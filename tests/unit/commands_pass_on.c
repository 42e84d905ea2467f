/* commands_pass_on.c - questions for the moderators: the offer, the yes, the round. */
#include "tests/unit/commands_stage.h"

#include "bot/base/zone.h"
#include "commands/pass_on.h"
#include "store/inbox.h"
#include "store/outbox.h"

#define ALICE "@alice:m.test"
#define GROUP_ROOM "!group:m.test"
#define MODS_ROOM "!mods:m.test"
#define QUESTION "what is the capital of Mongolia?"
#define DOSE "how many mg of naproxen can I take with my tablets?"

/* A member's message to the bot, in the DM unless it is changed. */
static struct request *write_request(struct stage *stage, const char *event_id,
                                     const char *text)
{
    stage->request = (struct request){.kind = REQUEST_MESSAGE,
                                      .sender = ALICE,
                                      .room_id = "!dm:m.test",
                                      .event_id = event_id,
                                      .text = text,
                                      .sent_utc_ms = stage->now.utc_ms,
                                      .is_dm = true,
                                      .is_addressed = true,
                                      .has_moderators = true,
                                      .role = ROLE_MEMBER,
                                      .group = &stage->settings->groups[0]};
    return &stage->request;
}

static struct turn *turn_of(struct stage *stage)
{
    stage->turn = (struct turn){.request = &stage->request,
                                .settings = stage->settings,
                                .faq = stage->faq,
                                .store = place_of(stage)->store,
                                .random = &place_of(stage)->random,
                                .now = stage->now,
                                .effects = &stage->effects};
    return &stage->turn;
}

/* Handle the request; the effects of the one before are gone. */
static void act(struct stage *stage)
{
    effects_cut(&stage->effects, 0);
    assert_ok(respond(turn_of(stage)));
}

static void say_in_dm(struct stage *stage, const char *event_id, const char *text)
{
    write_request(stage, event_id, text);
    act(stage);
}

static const struct effect *find(const struct stage *stage, enum effect_kind kind)
{
    for (size_t i = 0; i < stage->effects.count; i++)
        if (stage->effects.items[i].kind == kind)
            return &stage->effects.items[i];
    return NULL;
}

static void assert_said(const struct stage *stage, const char *part)
{
    const struct effect *said = find(stage, EFFECT_SAY);
    assert_non_null(said);
    if (strstr(said->text, part) == NULL)
        fail_msg("\"%s\" is not in: %s", part, said->text);
}

static bool is_offered(struct stage *stage)
{
    const struct effect *said = find(stage, EFFECT_SAY);
    return said != NULL && strstr(said->text, "without your name?") != NULL;
}

static void pass_on_offer__holds__no_word_of_the_question(void **state)
{
    struct stage *stage = *state;
    char *asked = NULL;
    say_in_dm(stage, "$question", QUESTION);
    assert_true(is_offered(stage));
    assert_null(find(stage, EFFECT_PASS_ON));
    assert_ok(talk_peek(turn_of(stage), &asked));
    assert_string_equal(asked, "pass on\nwheels\n$question\n$question\n");
    free(asked);
}

static void pass_on_offer__is_not_made__where_nobody_can_be_told(void **state)
{
    struct stage *stage = *state;
    for (int i = 0; i < 4; i++) {
        struct request *request = write_request(stage, "$question", QUESTION);
        request->has_moderators = i != 0;
        request->role = i == 1 ? ROLE_STRANGER : ROLE_MEMBER;
        request->is_moderators_room = i == 2;
        request->event_id = i == 3 ? "" : request->event_id;
        act(stage);
        assert_non_null(find(stage, EFFECT_SAY));
        assert_false(is_offered(stage));
        say_in_dm(stage, "$yes", "yes");
        assert_int_equal(stage->effects.count, 0);
    }
}

static void pass_on_answer__queues__the_newest_version(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "$question", "what is the capital of Mangolia?");
    struct request *edit = write_request(stage, "$question", QUESTION);
    edit->kind = REQUEST_EDIT;
    edit->target = "$question";
    edit->edit_id = "$edit";
    act(stage);
    assert_true(is_offered(stage));
    say_in_dm(stage, "$yes", "Yes please.");
    const struct effect *effect = find(stage, EFFECT_PASS_ON);
    assert_non_null(effect);
    assert_string_equal(effect->room_id, "!dm:m.test");
    assert_string_equal(effect->answers, "$question");
    assert_string_equal(effect->target, "$edit");
    assert_string_equal(effect->text, "wheels");
    assert_null(effect->user_id);
    assert_int_equal(effect->lifetime, LIFE_ALWAYS);
    assert_said(stage, "09:00");
    say_in_dm(stage, "$yes2", "yes");
    assert_int_equal(stage->effects.count, 0);
}

/* The due time of a question whose yes comes on that UTC day at that minute. */
static int64_t due_after(struct stage *stage, int32_t day, int minute)
{
    stage->now.utc_ms = day * DAY_MS + minute * INT64_C(60000);
    say_in_dm(stage, "$question", QUESTION);
    say_in_dm(stage, "$yes", "yes");
    const struct effect *effect = find(stage, EFFECT_PASS_ON);
    assert_non_null(effect);
    assert_ok(pass_on_forget(turn_of(stage), ALICE));
    return effect->due_utc_ms;
}

static void pass_on_answer__waits__for_the_next_round(void **state)
{
    struct stage *stage = *state;
    static const struct {
        int day, minute, due_day, due_minute; /* UTC; of March 2027 */
    } cases[] = {
        {1, 0, 1, 540},     {1, 479, 1, 540},   {1, 480, 2, 540},   {1, 539, 2, 540},
        {1, 540, 2, 540},   {1, 1439, 2, 540},  {27, 600, 28, 480}, /* the clocks go
                                                                       forward in between
                                                                     */
        {28, 419, 28, 480}, {28, 420, 29, 480},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day = day_from_date(2027, 3, cases[i].day);
        int64_t round = day_from_date(2027, 3, cases[i].due_day) * DAY_MS +
                        cases[i].due_minute * INT64_C(60000);
        int64_t due = due_after(stage, day, cases[i].minute);
        assert_true(due >= round && due < round + 60000);
    }
}

static void pass_on_answer__shuffles__the_questions_of_a_round(void **state)
{
    struct stage *stage = *state;
    int turned = 0;
    int64_t before = 0;
    for (int i = 0; i < 40; i++) {
        int64_t due = due_after(stage, 20000, i);
        turned += due < before;
        before = due;
    }
    assert_in_range(turned, 8, 32);
}

static void pass_on_answer__takes__three_of_one_person(void **state)
{
    struct stage *stage = *state;
    static const char *const ids[] = {"$q0", "$q1", "$q2", "$q3", "$q4"};
    int count = 0;
    for (int i = 0; i < 4; i++) {
        say_in_dm(stage, ids[i], QUESTION);
        say_in_dm(stage, "$yes", "yes");
        assert_int_equal(find(stage, EFFECT_PASS_ON) != NULL, i < 3);
    }
    assert_said(stage, "3 of your questions");
    assert_ok(pass_on_count(turn_of(stage), ALICE, &count));
    assert_int_equal(count, 3);
    assert_ok(pass_on_count(turn_of(stage), "@bob:m.test", &count));
    assert_int_equal(count, 0);
    struct request *redaction = write_request(stage, "$redaction", "");
    redaction->kind = REQUEST_REDACTION;
    redaction->target = "$q1";
    act(stage);
    say_in_dm(stage, ids[4], QUESTION);
    say_in_dm(stage, "$yes4", "yes");
    assert_non_null(find(stage, EFFECT_PASS_ON));
}

/* In the room, and not addressed: replies and threads are the only way then. */
static bool is_heard(struct stage *stage, const char *in_reply_to, const char *root)
{
    struct request *request = write_request(stage, "$question", QUESTION);
    request->is_dm = false;
    request->room_id = GROUP_ROOM;
    act(stage);
    assert_true(is_offered(stage));
    request = write_request(stage, "$yes", "yes");
    request->is_dm = request->is_addressed = false;
    request->room_id = GROUP_ROOM;
    request->in_reply_to = in_reply_to;
    request->thread_root = root;
    act(stage);
    bool is = find(stage, EFFECT_PASS_ON) != NULL;
    assert_ok(pass_on_forget(turn_of(stage), ALICE));
    return is;
}

static void pass_on_answer__hears__who_points_at_the_offer(void **state)
{
    struct stage *stage = *state;
    struct store *store = place_of(stage)->store;
    assert_ok(answered_add(store, GROUP_ROOM, "$question", ALICE, 7, NOW));
    assert_ok(answered_ack(store, 7, "$offer"));
    assert_false(is_heard(stage, NULL, NULL));
    assert_true(is_heard(stage, "$offer", NULL));
    assert_false(is_heard(stage, "$question", NULL));
    assert_false(is_heard(stage, "$other", NULL));
    assert_true(is_heard(stage, NULL, "$question"));
    assert_true(is_heard(stage, NULL, "$offer"));
    assert_false(is_heard(stage, NULL, "$other"));
    assert_true(is_heard(stage, "$offer", "$other"));
    assert_false(is_heard(stage, "$other", "$question")); /* a yes to somebody else */
}

/* A row in the question's lane, as dispatch queues it. */
static void put_row(struct stage *stage, const char *question_id)
{
    char *lane = pass_on_lane("!dm:m.test", question_id);
    struct outbox_item item = {.payload = "{}", .payload_len = 2};
    assert_ok(outbox_add(place_of(stage)->store, lane, &item));
    free(lane);
}

static int64_t count_rows(struct stage *stage)
{
    int64_t count = 0, oldest = 0;
    assert_ok(outbox_depth(place_of(stage)->store, &count, &oldest));
    return count;
}

static void pass_on_changed__takes_back__what_was_deleted(void **state)
{
    struct stage *stage = *state;
    static const struct {
        const char *sender, *target;
        int64_t left;
    } cases[] = {{ALICE, "$question", 0},
                 {"@mod:m.test", "$question", 0},
                 {ALICE, "$yes", 0},
                 {"@mod:m.test", "$yes", 1},
                 {ALICE, "$other", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say_in_dm(stage, "$question", QUESTION);
        say_in_dm(stage, "$yes", "yes");
        put_row(stage, "$question");
        struct request *redaction = write_request(stage, "$redaction", "");
        redaction->kind = REQUEST_REDACTION;
        redaction->sender = cases[i].sender;
        redaction->target = cases[i].target;
        act(stage);
        assert_int_equal(count_rows(stage), cases[i].left);
        write_request(stage, "", "");
        assert_ok(pass_on_forget(turn_of(stage), ALICE));
        assert_ok(outbox_remove_lane(place_of(stage)->store,
                                     "pass on:!dm:m.test $question", -1, false));
    }
}

static void pass_on_forget__leaves__nothing_waiting(void **state)
{
    struct stage *stage = *state;
    int count = 1;
    say_in_dm(stage, "$question", QUESTION);
    say_in_dm(stage, "$yes", "yes");
    put_row(stage, "$question");
    assert_ok(pass_on_forget(turn_of(stage), "@bob:m.test"));
    assert_int_equal(count_rows(stage), 1);
    assert_ok(pass_on_forget(turn_of(stage), ALICE));
    assert_int_equal(count_rows(stage), 0);
    assert_ok(pass_on_count(turn_of(stage), ALICE, &count));
    assert_int_equal(count, 0);
}

/* The notice that the round makes of a text, NULL for none. */
static const char *tell(struct stage *stage, const char *text)
{
    effects_cut(&stage->effects, 0);
    struct turn *turn = turn_of(stage);
    turn->request = NULL;
    assert_ok(pass_on_tell(turn, "wheels", text));
    if (stage->effects.count == 0)
        return NULL;
    const struct effect *effect = &stage->effects.items[0];
    assert_int_equal(stage->effects.count, 1);
    assert_int_equal(effect->kind, EFFECT_SAY);
    assert_string_equal(effect->room_id, MODS_ROOM);
    assert_null(effect->mention);
    assert_null(effect->answers);
    assert_null(effect->user_id);
    return effect->text;
}

static void pass_on_tell__makes__plain_words(void **state)
{
    struct stage *stage = *state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {QUESTION, "for: \"what is the capital of Mongolia?\" (passed"},
        {"faq zebra", "\"zebra\""},
        {"FAQ  zebra", "\"zebra\""},
        {" a\n\n- b\tc\r\n# d ", "\"a - b c \\# d\""},
        {"*a* <b>c</b> [d](e) `f` &amp;",
         "\"\\*a\\* \\<b\\>c\\</b\\> \\[d\\]\\(e\\) \\`f\\` \\&amp;\""},
        {"@room @a:b.c #d:e", "\"@\u2060room @\u2060a:\u2060b.c \\#\u2060d:\u2060e\""},
        {"https://a.b matrix:u/c 10: d", "\"https:\u2060//a.b matrix:\u2060u/c 10: d\""},
        {"a\u202Eb\u200Bc\x01"
         "d \U0001F469\u200D\U0001F52C",
         "\"abcd \U0001F469\u200D\U0001F52C\""},
        {"שלום 你好", "\"שלום 你好\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *notice = tell(stage, cases[i].text);
        assert_non_null(notice);
        if (strstr(notice, cases[i].wanted) == NULL)
            fail_msg("%s is not in: %s", cases[i].wanted, notice);
    }
}

static size_t count_chars(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += (*text & 0xC0) != 0x80;
    return count;
}

static void pass_on_tell__cuts__at_500_characters(void **state)
{
    struct stage *stage = *state;
    static const char *const parts[] = {"x", "\u00E9", "\U0001F600", "z @", "q "};
    size_t frame = count_chars(tell(stage, "y")) - 1;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct buf text;
        buf_init(&text, 1 << 20);
        for (int k = 0; k < 3000; k++)
            buf_add_text(&text, parts[i]);
        const char *notice = tell(stage, text.data);
        assert_non_null(notice);
        assert_in_range(count_chars(notice) - frame, 490, 500);
        assert_non_null(strstr(notice, "\u2026\" ("));
        buf_clear(&text);
    }
}

static void pass_on_tell__is_silent__when_it_should_not_be_passed_on(void **state)
{
    struct stage *stage = *state;
    static const char *const texts[] = {
        "", " \n", "I want to die", "my friend wants to die", "I have chest pain", DOSE};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (tell(stage, texts[i]) != NULL)
            fail_msg("passed on: %s", texts[i]);
    struct turn *turn = turn_of(stage);
    assert_ok(pass_on_tell(turn, "no such group", QUESTION));
    free(stage->settings->groups[0].moderators_room);
    stage->settings->groups[0].moderators_room = mem_dup("");
    assert_ok(pass_on_tell(turn, "wheels", QUESTION));
    assert_int_equal(stage->effects.count, 0);
}

static void faq_match__forbids__doses_and_own_medicine(void **state)
{
    struct stage *stage = *state;
    struct match match;
    faq_match(stage->faq, DOSE, false, &match);
    assert_true(match.is_forbidden);
    assert_int_equal(match.decision, DECIDE_NONE);
    faq_match(stage->faq, QUESTION, false, &match);
    assert_false(match.is_forbidden);
    faq_match(stage->faq, "How do I mend a flat tyre?", false, &match);
    assert_false(match.is_forbidden);
    assert_int_equal(match.decision, DECIDE_ANSWER);
    say_in_dm(stage, "$question", DOSE);
    assert_said(stage, "pharmacist");
    say_in_dm(stage, "$yes", "yes");
    assert_int_equal(stage->effects.count, 0);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, make_stage, remove_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(pass_on_offer__holds__no_word_of_the_question),
        ON_STAGE(pass_on_offer__is_not_made__where_nobody_can_be_told),
        ON_STAGE(pass_on_answer__queues__the_newest_version),
        ON_STAGE(pass_on_answer__waits__for_the_next_round),
        ON_STAGE(pass_on_answer__shuffles__the_questions_of_a_round),
        ON_STAGE(pass_on_answer__takes__three_of_one_person),
        ON_STAGE(pass_on_answer__hears__who_points_at_the_offer),
        ON_STAGE(pass_on_changed__takes_back__what_was_deleted),
        ON_STAGE(pass_on_forget__leaves__nothing_waiting),
        ON_STAGE(pass_on_tell__makes__plain_words),
        ON_STAGE(pass_on_tell__cuts__at_500_characters),
        ON_STAGE(pass_on_tell__is_silent__when_it_should_not_be_passed_on),
        ON_STAGE(faq_match__forbids__doses_and_own_medicine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
