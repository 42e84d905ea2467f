/* commands_respond.c - what is said to whom, in which order, with a real store. */
#include "tests/unit/commands_stage.h"

#include "commands/checkin.h"
#include "commands/small_talk.h"
#include "store/inbox.h"
#include "store/member.h"
#include "store/outbox.h"
#include "store/room.h"

#define ALICE "@alice:m.test"
#define GROUP_ROOM "!group:m.test"
#define DM_ROOM "!dm:m.test"
#define MODS_ROOM "!mods:m.test"

/* Alice, a member, in the group's room, calling with the prefix. */
static struct request *in_room(struct stage *stage, const char *text)
{
    stage->request = (struct request){.kind = REQUEST_MESSAGE,
                                      .sender = ALICE,
                                      .room_id = GROUP_ROOM,
                                      .event_id = "$question",
                                      .text = text,
                                      .sent_utc_ms = stage->now.utc_ms,
                                      .is_addressed = true,
                                      .has_prefix = true,
                                      .role = ROLE_MEMBER,
                                      .group = &stage->settings->groups[0]};
    return &stage->request;
}

static struct request *in_dm(struct stage *stage, const char *text)
{
    struct request *request = in_room(stage, text);
    request->room_id = DM_ROOM;
    request->is_dm = true;
    request->has_prefix = false;
    return request;
}

static struct turn turn_of(struct stage *stage)
{
    return (struct turn){.request = &stage->request,
                         .settings = stage->settings,
                         .faq = stage->faq,
                         .store = place_of(stage)->store,
                         .random = &place_of(stage)->random,
                         .now = stage->now,
                         .effects = &stage->effects};
}

/* Handle the request; the effects of the one before are gone. */
static void act(struct stage *stage)
{
    effects_cut(&stage->effects, 0);
    struct turn turn = turn_of(stage);
    assert_int_equal(respond(&turn), ST_OK);
}

static void say_in_dm(struct stage *stage, const char *text)
{
    in_dm(stage, text);
    act(stage);
}

static void say_in_room(struct stage *stage, const char *text)
{
    in_room(stage, text);
    act(stage);
}

static const struct effect *only(const struct stage *stage)
{
    assert_int_equal(stage->effects.count, 1);
    assert_int_equal(stage->effects.items[0].kind, EFFECT_SAY);
    return &stage->effects.items[0];
}

static void assert_silent(const struct stage *stage)
{
    if (stage->effects.count > 0)
        fail_msg("said: %s", stage->effects.items[0].text);
}

static void assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in: %s", part, text);
}

static void assert_said(const struct stage *stage, const char *part)
{
    assert_has(only(stage)->text, part);
}

static void assert_text(const struct stage *stage, enum text_id id)
{
    assert_string_equal(only(stage)->text, text_default(id));
}

static void have_dm(struct stage *stage)
{
    assert_ok(dm_put(place_of(stage)->store, ALICE, DM_ROOM));
    assert_ok(
        room_member_set(place_of(stage)->store, DM_ROOM, ALICE, STANDING_JOINED, 1));
}

static void respond__replies__in_the_same_room_and_thread(void **state)
{
    struct stage *stage = *state;
    in_room(stage, "ping")->thread_root = "$root";
    act(stage);
    const struct effect *pong = only(stage);
    assert_string_equal(pong->text, "pong");
    assert_string_equal(pong->room_id, GROUP_ROOM);
    assert_string_equal(pong->answers, "$question");
    assert_string_equal(pong->thread_root, "$root");
    assert_string_equal(pong->mention, ALICE);
    assert_false(pong->is_prompt);
    assert_int_equal(pong->lifetime, LIFE_ANSWER);
}

static void respond__is_silent__when_nobody_called(void **state)
{
    struct stage *stage = *state;
    static const char *const talk[] = {
        "6 4 3 7 2", "help", "stop", "7", "I want to die", "when is the workshop open?"};
    for (size_t i = 0; i < sizeof talk / sizeof *talk; i++) {
        struct request *request = in_room(stage, talk[i]);
        request->is_addressed = request->has_prefix = false;
        act(stage);
        assert_silent(stage);
    }
    say_in_room(stage, "weather tomorrow"); /* some other bot's !weather */
    assert_silent(stage);
}

static void respond__passes_over__answers_in_a_room(void **state)
{
    struct stage *stage = *state;
    static const char *const answers[] = {"6 4 3 7 2", "7", "6/10", "pain 6, ache 4"};
    struct item_settings item = {.name = "pain", .label = "Pain"};
    struct settings *settings = stage->settings;
    strv_add(&item.also, "ache");
    assert_int_equal(settings->item_count, 0);
    settings->items = &item;
    settings->item_count = 1;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        in_room(stage, answers[i])->has_prefix = false; /* with a mention */
        act(stage);
        assert_silent(stage);
    }
    settings->items = NULL;
    settings->item_count = 0;
    strv_clear(&item.also);
}

static void respond__answers__questions_where_they_are_asked(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "when is the workshop open?");
    assert_said(stage, "Tuesday to Saturday");
    assert_said(stage, "the committee");
    assert_said(stage, "2026-11-01");
    assert_said(stage, "`faq membership`");
    say_in_room(stage, "faq when is the workshop open?");
    assert_said(stage, "`!faq membership`");
    in_room(stage, "when is the workshop open?")->has_prefix = false; /* mentioned */
    act(stage);
    assert_said(stage, "Tuesday to Saturday");
}

static void respond__counts__answers_without_the_asker(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "when is the workshop open?");
    say_in_dm(stage, "faq opening-hours");
    say_in_dm(stage, "who won the election");
    assert_query(place_of(stage), "select sum(count) from faq_count where faq <> '?'",
                 "2");
    assert_query(place_of(stage), "select count from faq_count where faq = '?'", "1");
}

static void faq__lists__finds_by_name_and_does_not_know(void **state)
{
    struct stage *stage = *state;
    say_in_room(stage, "faq");
    assert_said(stage, "`opening-hours`: When is the workshop open?");
    assert_said(stage, "`winter`");
    say_in_dm(stage, "faq Flat-Tyre");
    assert_said(stage, "under water");
    say_in_dm(stage, "faq flat tyre");
    assert_said(stage, "under water");
    say_in_dm(stage, "who is the king of Spain");
    assert_said(stage, "I don't know that one");
}

static void faq__offers__what_may_be_meant(void **state)
{
    struct stage *stage = *state;
    struct turn turn = turn_of(stage);
    in_dm(stage, "2");
    assert_ok(talk_ask(&turn, "faq\nbrakes\nwinter\n"));
    act(stage);
    assert_said(stage, "Wipe it dry");
    say_in_dm(stage, "2"); /* taken once */
    assert_said(stage, "I don't know");
    in_room(stage, "faq 1");
    assert_ok(talk_ask(&turn, "faq\nbrakes\nwinter\n"));
    act(stage);
    assert_said(stage, "worn pads");
    in_dm(stage, "3"); /* not on the list */
    assert_ok(talk_ask(&turn, "faq\nbrakes\nwinter\n"));
    act(stage);
    assert_said(stage, "I don't know");
}

static void help__shows__what_the_person_may_do(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "Help!");
    for (const struct command *const *at = command_table; *at; at++) {
        if ((*at)->where & IN_DM)
            assert_said(stage, (*at)->usage);
    }
    say_in_room(stage, "help");
    assert_said(stage, "`!ping`");
    in_dm(stage, "help")->role = ROLE_STRANGER;
    act(stage);
    assert_said(stage, "`help now`");
    assert_null(strstr(only(stage)->text, "`status`"));
    say_in_dm(stage, "help ping");
    assert_said(stage, "`ping`");
    assert_null(strstr(only(stage)->text, "`privacy`"));
}

static void commands__match__whole_messages_only(void **state)
{
    (void)state;
    struct strv args;
    static const struct {
        const char *text, *name;
        size_t args;
    } rows[] = {
        {"help", "help", 0},
        {"  HELP!  ", "help", 0},
        {"please help", "help", 0},
        {"help now", "help now", 0},
        {"Help now please.", "help now", 0},
        {"faq does it hurt?", "faq", 3},
        {"helpful", NULL, 0},
        {"ping pong", NULL, 0},
        {"help me out of this hole", NULL, 0},
        {"", NULL, 0},
        {"please", NULL, 0},
        {"tell mods", "tell mods", 0},
        {"tell the moderators", "tell mods", 0},
        {"privacy is dead", NULL, 0},
        {"\xEF\xBC\xB0\xEF\xBC\xA9\xEF\xBC\xAE\xEF\xBC\xA7", "ping",
         0}, /* wide letters */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct command *found = command_find(rows[i].text, &args);
        if (!text_equal(found ? found->name : NULL, rows[i].name))
            fail_msg("\"%s\": %s", rows[i].text, found ? found->name : "none");
        assert_int_equal(args.count, rows[i].args);
        strv_clear(&args);
    }
}

static void command_table__is__complete(void **state)
{
    (void)state;
    for (const struct command *const *at = command_table; *at; at++) {
        const struct command *command = *at;
        struct strv args;
        assert_true(command->name[0] && command->usage[0] &&
                    text_default(command->summary)[0]);
        assert_true(command->where != 0 && command->run != NULL &&
                    command->max_args >= 0);
        assert_ptr_equal(command_find(command->name, &args), command);
        strv_clear(&args);
    }
}

static void strangers__get__help_and_no_answers(void **state)
{
    struct stage *stage = *state;
    static const char *const allowed[] = {"help", "privacy", "ping", "help now"};
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        struct request *request = in_dm(stage, allowed[i]);
        request->role = ROLE_STRANGER;
        request->group = NULL;
        act(stage);
        only(stage);
    }
    in_dm(stage, "status")->role = ROLE_STRANGER;
    act(stage);
    assert_said(stage, "members of a group");
    in_dm(stage, "when is the workshop open?")->role = ROLE_STRANGER;
    act(stage);
    assert_null(strstr(only(stage)->text, "Tuesday"));
    in_dm(stage, "I want to die")->role = ROLE_STRANGER;
    act(stage);
    assert_said(stage, "112");
}

static void personal_commands__move__from_the_room_to_the_dm(void **state)
{
    struct stage *stage = *state;
    say_in_room(stage, "tell mods");
    assert_int_equal(stage->effects.count, 2);
    const struct effect *in_public = &stage->effects.items[0];
    const struct effect *in_private = &stage->effects.items[1];
    assert_string_equal(in_public->room_id, GROUP_ROOM);
    assert_has(in_public->text, "between you and me");
    assert_null(in_private->room_id);
    assert_null(in_private->answers);
    assert_string_equal(in_private->user_id, ALICE);
    char *words = mem_dup(in_public->text);
    have_dm(stage); /* the room hears the same */
    say_in_room(stage, "tell mods");
    assert_string_equal(stage->effects.items[0].text, words);
    assert_string_equal(stage->effects.items[1].room_id, DM_ROOM);
    free(words);
    say_in_dm(stage, "yes"); /* and the question waits in the DM */
    assert_int_equal(stage->effects.count, 2);
    assert_string_equal(stage->effects.items[1].room_id, MODS_ROOM);
}

static void stale_questions__are__not_answered(void **state)
{
    struct stage *stage = *state;
    static const char *const late[] = {"when is the workshop open?", "help", "ping",
                                       "hello"};
    for (size_t i = 0; i < sizeof late / sizeof *late; i++) {
        in_dm(stage, late[i])->is_stale = true;
        act(stage);
        assert_silent(stage);
    }
    in_dm(stage, "help now")->is_stale = true;
    act(stage);
    assert_said(stage, "112");
    in_dm(stage, "I want to die")->is_stale = true;
    act(stage);
    assert_said(stage, "112");
}

static void help_now__is_said__once_a_minute_in_a_room(void **state)
{
    struct stage *stage = *state;
    say_in_room(stage, "help now");
    assert_said(stage, "listening line");
    assert_int_equal(only(stage)->lifetime, LIFE_ALWAYS);
    in_room(stage, "help now")->sender = "@bob:m.test";
    act(stage);
    assert_silent(stage);
    say_in_dm(stage, "help now"); /* another room */
    assert_said(stage, "listening line");
    stage->now.utc_ms += 61 * 1000;
    say_in_room(stage, "help now");
    assert_said(stage, "listening line");
}

static void crisis__is_answered__at_once_in_the_dm(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "the pain again. I want to die. when is the workshop open?");
    assert_said(stage, "call 112");
    assert_said(stage, "listening line");
    assert_said(stage, "`tell mods`");
    assert_int_equal(only(stage)->lifetime, LIFE_ALWAYS);
    assert_null(strstr(only(stage)->text, "pain"));
    say_in_dm(stage, "I want to die"); /* within the minute: the same words once */
    assert_silent(stage);
}

static void crisis__in_a_room__says_no_more_than_where_help_is(void **state)
{
    struct stage *stage = *state;
    in_room(stage, "I want to die")->has_prefix = false;
    act(stage);
    const struct effect *line = only(stage);
    assert_string_equal(line->room_id, GROUP_ROOM);
    assert_string_equal(line->thread_root, "$question");
    assert_has(line->text, "112");
    assert_null(strstr(line->text, "What you wrote"));
    assert_null(strstr(line->text, "die"));
    have_dm(stage);
    stage->now.utc_ms += 120 * 1000;
    say_in_room(stage, "I want to die");
    assert_null(only(stage)->room_id); /* the DM's, not the room's */
    assert_string_equal(only(stage)->user_id, ALICE);
    assert_said(stage, "What you wrote");
}

static void crisis__ends__the_prompts_of_the_day(void **state)
{
    struct stage *stage = *state;
    struct member member = {.user_id = ALICE,
                            .checkin = "daily",
                            .group = "wheels",
                            .dm_room = DM_ROOM,
                            .zone = "Europe/London",
                            .minute = 1200,
                            .weekdays = 127,
                            .consent_version = 1,
                            .consent_day = 20000,
                            .due_utc_ms = NOW + 3600000};
    struct member after = {0};
    assert_ok(member_put(place_of(stage)->store, &member));
    say_in_dm(stage, "I want to die");
    assert_int_equal(stage->effects.count, 2);
    assert_int_equal(stage->effects.items[1].kind, EFFECT_DROP_PROMPTS);
    assert_string_equal(stage->effects.items[1].user_id, ALICE);
    assert_ok(member_get(place_of(stage)->store, ALICE, "daily", &after));
    assert_true(after.due_utc_ms > NOW + 12 * 3600000LL);
    member_clear(&after);
}

static void other_signs__get__their_own_words(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "my son wants to die");
    assert_said(stage, "stay with them");
    say_in_dm(stage, "I have chest pain");
    assert_said(stage, "night doctor");
    say_in_dm(stage, "what's the point");
    assert_said(stage, "That sounds hard");
    stage->now.utc_ms += 120 * 1000;
    say_in_dm(stage, "nobody would miss me. when is the workshop open?");
    assert_int_equal(stage->effects.count, 2); /* the conversation goes on */
    assert_has(stage->effects.items[1].text, "Tuesday");
    say_in_room(stage, "what's the point");
    assert_silent(stage);
}

static void safety_words__stand_in__for_a_blank_config(void **state)
{
    struct stage *stage = *state;
    struct safety_settings *safety = &stage->settings->safety;
    safety->emergency[0] = safety->helpline[0] = safety->urgent[0] = '\0';
    say_in_dm(stage, "help now");
    assert_said(stage, "call your local emergency number.");
}

static void tell_mods__names__the_person_and_nothing_else(void **state)
{
    struct stage *stage = *state;
    in_dm(stage, "tell mods")->sender = "@_irc_bob:m.test";
    act(stage);
    assert_text(stage, TEXT_TELL_MODS_ASK);
    in_dm(stage, "Yes please!")->sender = "@_irc_bob:m.test";
    act(stage);
    assert_int_equal(stage->effects.count, 2);
    assert_string_equal(stage->effects.items[0].room_id, DM_ROOM);
    const struct effect *line = &stage->effects.items[1];
    assert_string_equal(line->room_id, MODS_ROOM);
    assert_has(line->text,
               "[@\\_irc\\_bob:m.test](<https://matrix.to/#/@_irc_bob:m.test>)");
    assert_null(strchr(line->text, '\n'));
    assert_null(line->mention);
}

static void tell_mods__does__nothing_without_a_yes(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "tell mods");
    say_in_dm(stage, "no");
    assert_text(stage, TEXT_TELL_MODS_NOT);
    say_in_dm(stage, "yes");
    assert_silent(stage);
    say_in_dm(stage, "tell mods");
    say_in_dm(stage, "ping"); /* another message: the question is off */
    say_in_dm(stage, "yes");
    assert_silent(stage);
    say_in_dm(stage, "tell mods");
    stage->now.utc_ms += 31 * 60 * 1000;
    say_in_dm(stage, "yes"); /* too late */
    assert_silent(stage);
    stage->settings->groups[0].moderators_room[0] = '\0';
    say_in_dm(stage, "tell mods");
    assert_text(stage, TEXT_TELL_MODS_NOBODY);
}

static void tell_mods__tells__once_in_a_while(void **state)
{
    struct stage *stage = *state;
    for (int i = 0; i < 2; i++) {
        say_in_dm(stage, "tell mods");
        say_in_dm(stage, "yes");
        assert_int_equal(stage->effects.count, i == 0 ? 2 : 1);
    }
}

static struct request *edited(struct stage *stage, const char *text)
{
    struct request *request = in_dm(stage, text);
    request->kind = REQUEST_EDIT;
    request->target = "$question";
    return request;
}

static void edits__say__information_anew_and_do_nothing_twice(void **state)
{
    struct stage *stage = *state;
    assert_ok(answered_add(place_of(stage)->store, DM_ROOM, "$question", ALICE, 1, NOW));
    edited(stage, "when is the workshop open?");
    act(stage);
    assert_said(stage, "Tuesday");
    assert_query(place_of(stage), "select count(*) from faq_count", "0");
    edited(stage, "ping");
    act(stage);
    assert_text(stage, TEXT_PONG);
    edited(stage, "tell mods");
    act(stage);
    assert_text(stage, TEXT_SEND_ANEW);
    edited(stage, "help now");
    act(stage);
    edited(stage, "help now");
    act(stage);
    assert_said(stage, "listening line"); /* it replaces the same line */
}

static void edits__count__when_the_message_had_no_reply(void **state)
{
    struct stage *stage = *state;
    edited(stage, "tell mods");
    act(stage);
    assert_text(stage, TEXT_TELL_MODS_ASK);
    struct request *request = edited(stage, "just talking");
    request->is_dm = request->is_addressed = false;
    request->room_id = GROUP_ROOM;
    act(stage);
    assert_silent(stage);
}

static struct request *reaction(struct stage *stage, const char *key)
{
    struct request *request = in_dm(stage, key);
    request->kind = REQUEST_REACTION;
    request->target = "$prompt";
    return request;
}

static void reactions__are_explained__once(void **state)
{
    struct stage *stage = *state;
    assert_ok(ours_add(place_of(stage)->store, DM_ROOM, "$prompt", NOW));
    reaction(stage, "\xF0\x9F\x91\x8D");
    act(stage);
    assert_silent(stage);
    reaction(stage, "7")->target = "$theirs";
    act(stage);
    assert_silent(stage);
    reaction(stage, "7\xEF\xB8\x8F\xE2\x83\xA3");
    act(stage);
    assert_text(stage, TEXT_REACTION);
    assert_string_equal(only(stage)->answers, "$prompt");
    reaction(stage, "3");
    act(stage);
    assert_silent(stage);
}

static void joining__is_greeted__unless_something_is_on_its_way(void **state)
{
    struct stage *stage = *state;
    in_dm(stage, "")->kind = REQUEST_JOINED_DM;
    stage->request.event_id = "";
    act(stage);
    assert_text(stage, TEXT_JOINED_DM);
    assert_null(only(stage)->answers);
    struct outbox_item item = {
        .kind = 1, .payload = "x", .payload_len = 1, .queued_utc_ms = NOW};
    assert_ok(outbox_add(place_of(stage)->store, "dm:" ALICE, &item));
    act(stage);
    assert_silent(stage);
}

static void small_talk__is_met__with_few_words(void **state)
{
    struct stage *stage = *state;
    say_in_dm(stage, "Good morning!");
    assert_said(stage, "I'm Hearth");
    say_in_dm(stage, "thank you so much");
    assert_text(stage, TEXT_WELCOME);
    say_in_dm(stage, "ok");
    assert_silent(stage);
    say_in_dm(stage, "\xF0\x9F\x91\x8D");
    assert_silent(stage);
    in_room(stage, "")->has_prefix = false;
    act(stage);
    assert_said(stage, "I'm Hearth");
    in_room(stage, "");
    act(stage);
    assert_silent(stage);
    assert_int_equal(small_talk_read("thanks, but does heat help"), SMALL_TALK_NONE);
    assert_int_equal(small_talk_read("???"), SMALL_TALK_NONE);
}

static void overhearing__answers__seldom_and_only_where_wanted(void **state)
{
    struct stage *stage = *state;
    for (int i = 0; i < 3; i++) {
        struct request *request =
            in_room(stage, "does anybody know when the workshop is open?");
        request->is_addressed = request->has_prefix = false;
        stage->settings->groups[0].answer_overheard = i > 0;
        act(stage);
        if (i == 1)
            assert_said(stage, "Tuesday");
        else
            assert_silent(stage); /* not wanted, then just said */
    }
}

static void privacy_and_status__tell__figures_of_the_program(void **state)
{
    struct stage *stage = *state;
    struct process_status process = {NOW - 90 * 60000, NOW - 60000, "stream"};
    in_dm(stage, "status");
    struct turn turn = turn_of(stage);
    turn.process = &process;
    effects_cut(&stage->effects, 0);
    assert_ok(respond(&turn));
    assert_said(stage, "for 1 h 30 min");
    assert_said(stage, "stream");
    say_in_dm(stage, "status"); /* without a process */
    assert_said(stage, "an unknown time");
    stage->settings->privacy.min_people = 11;
    stage->settings->privacy.epsilon_permille = 500;
    say_in_dm(stage, "privacy");
    assert_said(stage, "at least 11 people");
    assert_said(stage, "0.5 at most");
    assert_said(stage, "by 1 more");
}

static void texts__are__valid_and_filled(void **state)
{
    (void)state;
    struct strv keys = {0};
    for (int id = 0; id < TEXT_COUNT; id++) {
        char *message = NULL;
        if (text_check((enum text_id)id, text_default((enum text_id)id), &message) !=
            ST_OK)
            fail_msg("%s: %s", text_key((enum text_id)id), message);
        if (strv_has(&keys, text_key((enum text_id)id)))
            fail_msg("%s stands twice", text_key((enum text_id)id));
        strv_add(&keys, text_key((enum text_id)id));
    }
    strv_clear(&keys);
}

static void replies__have__no_placeholder_left(void **state)
{
    struct stage *stage = *state;
    static const char *const messages[] = {
        "help",
        "help now",
        "faq",
        "privacy",
        "status",
        "ping",
        "thanks",
        "hello",
        "tell mods",
        "who is the king of Spain",
        "I want to die",
        "my son wants to die",
        "what's the point",
        "chest pain",
        "faq winter",
    };
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        for (int is_dm = 0; is_dm < 2; is_dm++) {
            stage->now.utc_ms += 120 * 1000;
            if (is_dm)
                say_in_dm(stage, messages[i]);
            else
                say_in_room(stage, messages[i]);
            for (size_t j = 0; j < stage->effects.count; j++) {
                if (strpbrk(stage->effects.items[j].text, "{}") != NULL)
                    fail_msg("%s", stage->effects.items[j].text);
            }
        }
    }
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, make_stage, remove_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAGED(respond__replies__in_the_same_room_and_thread),
        STAGED(respond__is_silent__when_nobody_called),
        STAGED(respond__passes_over__answers_in_a_room),
        STAGED(respond__answers__questions_where_they_are_asked),
        STAGED(respond__counts__answers_without_the_asker),
        STAGED(faq__lists__finds_by_name_and_does_not_know),
        STAGED(faq__offers__what_may_be_meant),
        STAGED(help__shows__what_the_person_may_do),
        cmocka_unit_test(commands__match__whole_messages_only),
        cmocka_unit_test(command_table__is__complete),
        STAGED(strangers__get__help_and_no_answers),
        STAGED(personal_commands__move__from_the_room_to_the_dm),
        STAGED(stale_questions__are__not_answered),
        STAGED(help_now__is_said__once_a_minute_in_a_room),
        STAGED(crisis__is_answered__at_once_in_the_dm),
        STAGED(crisis__in_a_room__says_no_more_than_where_help_is),
        STAGED(crisis__ends__the_prompts_of_the_day),
        STAGED(other_signs__get__their_own_words),
        STAGED(safety_words__stand_in__for_a_blank_config),
        STAGED(tell_mods__names__the_person_and_nothing_else),
        STAGED(tell_mods__does__nothing_without_a_yes),
        STAGED(tell_mods__tells__once_in_a_while),
        STAGED(edits__say__information_anew_and_do_nothing_twice),
        STAGED(edits__count__when_the_message_had_no_reply),
        STAGED(reactions__are_explained__once),
        STAGED(joining__is_greeted__unless_something_is_on_its_way),
        STAGED(small_talk__is_met__with_few_words),
        STAGED(overhearing__answers__seldom_and_only_where_wanted),
        STAGED(privacy_and_status__tell__figures_of_the_program),
        cmocka_unit_test(texts__are__valid_and_filled),
        STAGED(replies__have__no_placeholder_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
