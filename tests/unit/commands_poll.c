/* commands_poll.c - choices to tap: when they are offered, and what a vote does. */
#include "tests/unit/commands_stage.h"

#include "bot/base/limits.h"
#include "commands/poll.h"
#include "store/inbox.h"

#define ALICE "@alice:m.test"
#define DM_ROOM "!dm:m.test"
#define POLL "$poll"
#define LIST "faq\nbrakes\nwinter\n" /* as faq.c remembers it */

/* Alice, a member, in her DM. */
static void set_request(struct stage *stage, enum request_kind kind, const char *text)
{
    struct place *place = stage->place;
    stage->request = (struct request){.kind = kind,
                                      .sender = ALICE,
                                      .room_id = DM_ROOM,
                                      .event_id = "$vote",
                                      .target = POLL,
                                      .text = text,
                                      .sent_utc_ms = NOW,
                                      .is_dm = true,
                                      .is_addressed = true,
                                      .role = ROLE_MEMBER,
                                      .group = &stage->settings->groups[0]};
    stage->turn = (struct turn){.request = &stage->request,
                                .settings = stage->settings,
                                .faq = stage->faq,
                                .store = place->store,
                                .random = &place->random,
                                .now = {NOW, 1000},
                                .effects = &stage->effects};
    effects_cut(&stage->effects, 0);
}

static int make_poll_stage(void **state)
{
    if (make_stage(state))
        return -1;
    struct stage *stage = *state;
    stage->settings->hearth.polls = true;
    assert_ok(ours_add(place_of(stage)->store, DM_ROOM, POLL, NOW));
    return 0;
}

/* --- offering ------------------------------------------------------------ */

static size_t find_entry(const struct stage *stage, const char *id)
{
    size_t at = 0;
    while (strcmp(stage->settings->faqs[at].id, id) != 0)
        at++;
    return at;
}

/* A reply that offers two entries. */
static const struct effect *offer(struct stage *stage)
{
    struct match match = {.decision = DECIDE_SUGGEST, .ranked_count = 2};
    match.ranked[0].faq = find_entry(stage, "brakes");
    match.ranked[1].faq = find_entry(stage, "winter");
    struct effect *effect = reply(&stage->turn, mem_dup("the list"));
    poll_offer_entries(&stage->turn, effect, &match);
    return effect;
}

static void poll_offer_entries__names__what_one_would_type(void **state)
{
    struct stage *stage = *state;
    set_request(stage, REQUEST_MESSAGE, "?");
    const struct effect *effect = offer(stage);
    assert_string_equal(effect->text, "the list");
    assert_string_equal(effect->question, text_default(TEXT_SUGGEST_POLL));
    assert_int_equal(effect->choice_ids.count, 2);
    assert_int_equal(effect->choice_texts.count, 2);
    assert_string_equal(effect->choice_ids.items[0], "faq brakes");
    assert_string_equal(effect->choice_texts.items[0], "1. Why do my brakes squeal?");
    assert_string_equal(effect->choice_ids.items[1], "faq winter");
    for (size_t i = 0; i < 2; i++)
        assert_true(poll_is_choice(stage->settings, effect->choice_ids.items[i]));
}

static void poll_offer_entries__leaves_words__where_no_poll_may_be(void **state)
{
    struct stage *stage = *state;
    set_request(stage, REQUEST_MESSAGE, "?");
    stage->request.is_dm = false; /* everybody would see who taps */
    assert_int_equal(offer(stage)->choice_ids.count, 0);
    set_request(stage, REQUEST_EDIT, "?"); /* its reply may be words already */
    assert_int_equal(offer(stage)->choice_ids.count, 0);
    set_request(stage, REQUEST_MESSAGE, "?");
    stage->settings->hearth.polls = false;
    const struct effect *effect = offer(stage);
    assert_int_equal(effect->choice_ids.count, 0);
    assert_null(effect->question);
    assert_string_equal(effect->text, "the list");
}

static char *repeat(char letter, size_t count)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        buf_add_char(&text, letter);
    return buf_take(&text);
}

/* How many choices are left of `count` with an id and a text of these lengths. */
static size_t finish(size_t count, size_t id_len, size_t text_len)
{
    struct effects effects = {0};
    struct effect *effect = effects_add(&effects, EFFECT_SAY);
    for (size_t i = 0; i < count; i++)
        poll_add_choice(effect, repeat('i', id_len), repeat('t', text_len));
    poll_finish(effect, mem_dup("Which?"));
    size_t left = effect->choice_ids.count;
    assert_int_equal(effect->choice_texts.count, left);
    assert_int_equal(effect->question != NULL, left > 0);
    effects_clear(&effects);
    return left;
}

static void poll_finish__takes_choices_away__that_make_no_poll(void **state)
{
    (void)state;
    assert_int_equal(finish(0, 1, 1), 0);
    assert_int_equal(finish(1, 1, 1), 0);
    assert_int_equal(finish(2, 1, 1), 2);
    assert_int_equal(finish(20, 1, 1), 20);
    assert_int_equal(finish(21, 1, 1), 0);
    assert_int_equal(finish(2, CHOICE_ID_MAX, 1), 2);
    assert_int_equal(finish(2, CHOICE_ID_MAX + 1, 1), 0);
    assert_int_equal(finish(2, 1, 2000), 2);
    assert_int_equal(finish(2, 1, 2100), 0);
}

/* --- voting -------------------------------------------------------------- */

static void vote(struct stage *stage, const char *choice)
{
    set_request(stage, REQUEST_POLL_VOTE, choice);
    assert_ok(respond(&stage->turn));
}

static void assert_answer(const struct stage *stage, const char *part)
{
    assert_int_equal(stage->effects.count, 1);
    const struct effect *effect = &stage->effects.items[0];
    if (strstr(effect->text, part) == NULL)
        fail_msg("\"%s\" is not in: %s", part, effect->text);
    assert_string_equal(effect->answers, POLL); /* nobody sees the vote itself */
    assert_string_equal(effect->room_id, DM_ROOM);
    assert_int_equal(effect->lifetime, LIFE_ANSWER);
}

static void respond__takes_a_vote__as_what_it_stands_for(void **state)
{
    struct stage *stage = *state;
    vote(stage, "faq brakes");
    assert_answer(stage, "worn pads");
    vote(stage, "faq winter"); /* thought better of it */
    assert_answer(stage, "Wipe it dry");
    vote(stage, "faq brakes");
    assert_answer(stage, "worn pads");
}

static void respond__counts_a_vote__only_for_an_entry(void **state)
{
    struct stage *stage = *state;
    static const char *const none[] = {"",
                                       "1",
                                       "faq",
                                       "faq ",
                                       "faq nothing",
                                       "brakes",
                                       "faq brakes ",
                                       " faq brakes",
                                       "FAQ brakes",
                                       "faq  brakes",
                                       "stop",
                                       "forget me",
                                       "checkin on",
                                       "6 4 3 7 2",
                                       "faq why do my brakes squeal?"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        vote(stage, none[i]);
        if (stage->effects.count > 0)
            fail_msg("\"%s\" was answered: %s", none[i], stage->effects.items[0].text);
    }
}

static void respond__counts_a_vote__only_where_a_poll_of_ours_is(void **state)
{
    struct stage *stage = *state;
    set_request(stage, REQUEST_POLL_VOTE, "faq brakes");
    stage->request.target = "$other";
    assert_ok(respond(&stage->turn));
    assert_int_equal(stage->effects.count, 0);
    set_request(stage, REQUEST_POLL_VOTE, "faq brakes");
    stage->request.room_id = "!elsewhere:m.test";
    assert_ok(respond(&stage->turn));
    assert_int_equal(stage->effects.count, 0);
    set_request(stage, REQUEST_POLL_VOTE, "faq brakes");
    stage->request.is_dm = stage->request.is_addressed = false;
    assert_ok(respond(&stage->turn));
    assert_int_equal(stage->effects.count, 0);
}

static void respond__lets_a_vote_go_stale__as_a_question_does(void **state)
{
    struct stage *stage = *state;
    set_request(stage, REQUEST_POLL_VOTE, "faq brakes");
    stage->request.is_catching_up = stage->request.is_stale = true;
    assert_ok(respond(&stage->turn));
    assert_int_equal(stage->effects.count, 0);
}

static void respond__tells_a_stranger_who_votes__what_one_who_types_hears(void **state)
{
    struct stage *stage = *state;
    set_request(stage, REQUEST_POLL_VOTE, "faq brakes");
    stage->request.role = ROLE_STRANGER;
    assert_ok(respond(&stage->turn));
    assert_answer(stage, "for members of a group");
}

/* A number that is sent next belongs to a check-in, perhaps. */
static void respond__ends_the_list__with_a_vote(void **state)
{
    struct stage *stage = *state;
    char *asked = NULL;
    set_request(stage, REQUEST_MESSAGE, "?");
    assert_ok(talk_ask(&stage->turn, LIST));
    vote(stage, "faq brakes");
    assert_int_equal(talk_peek(&stage->turn, &asked), ST_NOT_FOUND);
    assert_ok(talk_ask(&stage->turn, "another question"));
    vote(stage, "faq brakes");
    assert_ok(talk_peek(&stage->turn, &asked));
    assert_string_equal(asked, "another question");
    free(asked);
}

int main(void)
{
#define ON_STAGE(test)                                                                   \
    cmocka_unit_test_setup_teardown(test, make_poll_stage, remove_stage)
    const struct CMUnitTest tests[] = {
        ON_STAGE(poll_offer_entries__names__what_one_would_type),
        ON_STAGE(poll_offer_entries__leaves_words__where_no_poll_may_be),
        cmocka_unit_test(poll_finish__takes_choices_away__that_make_no_poll),
        ON_STAGE(respond__takes_a_vote__as_what_it_stands_for),
        ON_STAGE(respond__counts_a_vote__only_for_an_entry),
        ON_STAGE(respond__counts_a_vote__only_where_a_poll_of_ours_is),
        ON_STAGE(respond__lets_a_vote_go_stale__as_a_question_does),
        ON_STAGE(respond__tells_a_stranger_who_votes__what_one_who_types_hears),
        ON_STAGE(respond__ends_the_list__with_a_vote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
