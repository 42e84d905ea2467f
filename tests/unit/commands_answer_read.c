/* commands_answer_read.c - typed answers and how they must be read.
 *
 * The tables are the specification: what a careful human would note down, and
 * "UNCLEAR" wherever that human would ask back.
 */
#include "commands/answer_read.h"

#include "bot/base/buf.h"
#include "tests/unit/commands_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct example {
    const char *text, *reading;
};

static void add_part(struct buf *out, const char *name)
{
    if (out->len > 0)
        buf_add_char(out, ' ');
    buf_add_text(out, name);
}

static void add_triggers(struct buf *out, const struct settings *settings,
                         const struct reading *reading)
{
    bool is_first = true;
    for (size_t i = 0; i < settings->checkins[0].trigger_count; i++) {
        if (!(reading->triggers & 1u << i))
            continue;
        if (is_first)
            add_part(out, "triggers=");
        else
            buf_add_char(out, ',');
        buf_add_char(out, settings->items[settings->checkins[0].triggers[i]].letter);
        is_first = false;
    }
}

static char *describe(const struct settings *settings, const struct reading *reading)
{
    static const char *const kinds[] = {"NONE", "",     "UNCLEAR", "SKIP",
                                        "SAME", "STOP", "PAUSE",   "GO"};
    struct buf out;
    buf_init(&out, 1024);
    if (reading->is_yesterday)
        add_part(&out, "yesterday");
    buf_add_text(&out, kinds[reading->kind]);
    for (size_t i = 0; i < settings->checkins[0].item_count; i++) {
        const char *name = settings->items[settings->checkins[0].items[i]].name;
        if (reading->values[i] == VALUE_NONE)
            continue;
        add_part(&out, name);
        if (reading->values[i] == SCORE_SKIP)
            buf_add_text(&out, "=skip");
        else
            buf_addf(&out, "=%d", reading->values[i]);
    }
    add_triggers(&out, settings, reading);
    return buf_take(&out);
}

static void check_with(const struct settings *settings, unsigned open,
                       const struct example *examples, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct reading reading;
        answer_read(settings, &settings->checkins[0], open, examples[i].text, &reading);
        char *said = describe(settings, &reading);
        if (strcmp(said, examples[i].reading) != 0) {
            print_error("\"%s\": read as \"%s\", expected \"%s\"\n", examples[i].text,
                        said, examples[i].reading);
            wrong++;
        }
        free(said);
    }
    assert_int_equal(wrong, 0);
}

static void check(unsigned open, const struct example *examples, size_t count)
{
    struct settings *settings = settings_for_checkins();
    check_with(settings, open, examples, count);
    settings_clear(settings);
    free(settings);
}

#define CHECK(open, examples) check(open, examples, sizeof examples / sizeof examples[0])
#define ALL_FIVE "pain=6 fatigue=4 stiffness=3 sleep=7 fog=2"

static const struct example lists[] = {
    {"6 4 3 7 2", ALL_FIVE},
    {"6, 4, 3, 7, 2", ALL_FIVE},
    {"6,4,3,7,2", ALL_FIVE},
    {"6/4/3/7/2", ALL_FIVE},
    {"6-4-3-7-2", ALL_FIVE},
    {"6 - 4 - 3 - 7 - 2", ALL_FIVE},
    {"6 / 4 / 3 / 7 / 2", ALL_FIVE},
    {"6.4.3.7.2", ALL_FIVE},
    {"6\n4\n3\n7\n2", ALL_FIVE},
    {"6; 4; 3; 7; 2.", ALL_FIVE},
    {"6 | 4 | 3 | 7 | 2", ALL_FIVE},
    {"(6 4 3 7 2)", ALL_FIVE},
    {"6 4 3 7 and 2", ALL_FIVE},
    {"six four three seven two", ALL_FIVE},
    {"Six, four, three, 7 and 2", ALL_FIVE},
    {"6/10 4/10 3/10 7/10 2/10", ALL_FIVE},
    {"hi, 6 4 3 7 2 thanks!", ALL_FIVE},
    {"Thank you! 6 4 3 7 2 xx", ALL_FIVE},
    {"6 4 3 7 2 x", ALL_FIVE},
    {"6 4 3 7 2 rough night", ALL_FIVE},
    {"today: 6 4 3 7 2", ALL_FIVE},
    {"hi hearth! 6 4 3 7 2 \xe2\x80\x94 thanks x", ALL_FIVE},
    {"6 4 3 7 2 (woke 3 times)", ALL_FIVE},
    {"6 4 3 7 2, 3 coffees", ALL_FIVE},
    {"can you put 6 4 3 7 2", ALL_FIVE},
    {"x 4 3 7 x", "pain=skip fatigue=4 stiffness=3 sleep=7 fog=skip"},
    {"5 across the board", "pain=5 fatigue=5 stiffness=5 sleep=5 fog=5"},
    {"my pain is killing me: 6 4 3 7 2", ALL_FIVE},
    {"6 4 3 7 2. slept badly again", ALL_FIVE},
    {"6 4 3 7 2, no sleep at all", ALL_FIVE},
    {"good night, 6 4 3 7 2", ALL_FIVE},
    {"pain 6 4 3 7 2", ALL_FIVE},
    {"\xef\xbc\x96 \xef\xbc\x94 \xef\xbc\x93 \xef\xbc\x97 \xef\xbc\x92", ALL_FIVE},
    {"\xd9\xa6 \xd9\xa4 \xd9\xa3 \xd9\xa7 \xd9\xa2", ALL_FIVE},
    {"6\xef\xb8\x8f\xe2\x83\xa3"
     "4\xef\xb8\x8f\xe2\x83\xa3 3\xef\xb8\x8f\xe2\x83\xa3 "
     "7\xef\xb8\x8f\xe2\x83\xa3 2\xef\xb8\x8f\xe2\x83\xa3",
     ALL_FIVE},
    {"\xf0\x9f\x94\x9f 4 3 7 2", "pain=10 fatigue=4 stiffness=3 sleep=7 fog=2"},
    {"10 0 3 7 2", "pain=10 fatigue=0 stiffness=3 sleep=7 fog=2"},
    {"5.5 4 3 7 2", ALL_FIVE},
    {"5\xc2\xbd 4 3 7 2", ALL_FIVE},
    {"5 1/2 4 3 7 2", ALL_FIVE},
    {"5 and a half 4 3 7 2", ALL_FIVE},
    {"6.2 4.4 3 7 2", ALL_FIVE},
    {"~6 4ish 3 7 2", ALL_FIVE},
    {"6 skip 3 7 2", "pain=6 fatigue=skip stiffness=3 sleep=7 fog=2"},
    {"6 - 3 7 2", "pain=6 fatigue=skip stiffness=3 sleep=7 fog=2"},
    {"6 x 3 7 2", "pain=6 fatigue=skip stiffness=3 sleep=7 fog=2"},
    {"6 n/a 3 7 -", "pain=6 fatigue=skip stiffness=3 sleep=7 fog=skip"},
    {"6/x/3/7/2", "pain=6 fatigue=skip stiffness=3 sleep=7 fog=2"},
    {"6 4 3", "pain=6 fatigue=4 stiffness=3"},
    {"6", "pain=6"},
    {"six", "pain=6"},
    {"6/10", "pain=6"},
    {"6 / 10", "pain=6"},
    {"six out of ten", "pain=6"},
    {"6 out of 10 today", "pain=6"},
    {"about 6", "pain=6"},
    {"6ish", "pain=6"},
    {"7 1/2", "pain=8"},
    {"it's a 6", "pain=6"},
    {"I'm at a 6 today, thanks", "pain=6"},
    {"6, yesterday was 4", "pain=6"},
    {"worse than yesterday, 7", "pain=7"},
    {"6, down from 8", "pain=6"},
    {"6 or so", "pain=6"},
    {"7, better than yesterday", "pain=7"},
    {"yesterday 4, today 6 4 3 7 2", ALL_FIVE},
    {"all fives", "pain=5 fatigue=5 stiffness=5 sleep=5 fog=5"},
    {"all 5", "pain=5 fatigue=5 stiffness=5 sleep=5 fog=5"},
    {"all 5s today", "pain=5 fatigue=5 stiffness=5 sleep=5 fog=5"},
    {"5 for everything", "pain=5 fatigue=5 stiffness=5 sleep=5 fog=5"},
    {"everything is a 5", "pain=5 fatigue=5 stiffness=5 sleep=5 fog=5"},
};

static void answer_read__reads__lists(void **state)
{
    (void)state;
    CHECK(0, lists);
}

static const struct example named[] = {
    {"pain 6 sleep 3", "pain=6 sleep=3"},
    {"pain: 6, sleep: 3", "pain=6 sleep=3"},
    {"Pain=6\nSleep=3", "pain=6 sleep=3"},
    {"- pain 6\n- sleep 3", "pain=6 sleep=3"},
    {"pain - 6, sleep - 3", "pain=6 sleep=3"},
    {"6 pain, 3 sleep", "pain=6 sleep=3"},
    {"6 for pain and 3 for sleep", "pain=6 sleep=3"},
    {"pain6", "pain=6"},
    {"pain is a 6 today", "pain=6"},
    {"my pain was about 6/10", "pain=6"},
    {"pain six out of ten", "pain=6"},
    {"pain and fatigue 6", "pain=6 fatigue=6"},
    {"pain, fatigue, sleep: 6 4 3", "pain=6 fatigue=4 sleep=3"},
    {"pian 6", "pain=6"},
    {"fatige 4 stifness 3", "fatigue=4 stiffness=3"},
    {"brain fog 2", "fog=2"},
    {"brain-fog: 2", "fog=2"},
    {"fog 2, tired 7", "fatigue=7 fog=2"},
    {"no pain", "pain=0"},
    {"no pain no fatigue sleep 3", "pain=0 fatigue=0 sleep=3"},
    {"pain's a 7 today", "pain=7"},
    {"no pain, fatigue 4", "pain=0 fatigue=4"},
    {"zero pain", "pain=0"},
    {"pain none", "pain=0"},
    {"pain-free", "pain=0"},
    {"pain 6 no sleep", "pain=6"},
    {"sleep was awful. pain 6", "pain=6"},
    {"pain 6 took 200mg at 9pm", "pain=6"},
    {"woke at 6, pain 5", "pain=5"},
    {"pain 6 after 3 hours in the garden", "pain=6"},
    {"my daughter says 8, pain 6", "pain=6"},
    {"pain 6, was 4 yesterday", "pain=6"},
    {"pain 6 sleep skip", "pain=6 sleep=skip"},
    {"sleep x, pain 6", "pain=6 sleep=skip"},
    {"hi! pain 6, fatigue 4, stiffness 3, sleep 7, fog 2. thanks", ALL_FIVE},
    {"my pain was 6 and my sleep was 3", "pain=6 sleep=3"},
};

static void answer_read__reads__named_values(void **state)
{
    (void)state;
    CHECK(0, named);
}

static const struct example unclear[] = {
    {"64372", "UNCLEAR"},
    {"6 4 3 7 2 1", "UNCLEAR"},
    {"6 4 3 7 11", "UNCLEAR"},
    {"12", "UNCLEAR"},
    {"-3", "UNCLEAR"},
    {"06", "UNCLEAR"},
    {"eleven", "UNCLEAR"},
    {"60%", "UNCLEAR"},
    {"60 percent", "UNCLEAR"},
    {"3/5", "UNCLEAR"},
    {"3 out of 5", "UNCLEAR"},
    {"7/11", "UNCLEAR"},
    {"5-6", "UNCLEAR"},
    {"5 - 6", "UNCLEAR"},
    {"5 to 6", "UNCLEAR"},
    {"5 or 6", "UNCLEAR"},
    {"five or six", "UNCLEAR"},
    {"six-seven", "UNCLEAR"},
    {"between 5 and 6", "UNCLEAR"},
    {"6 4 3 7-8 2", "UNCLEAR"},
    {"5 -> 6", "UNCLEAR"},
    {"5 \xe2\x86\x92 6", "UNCLEAR"},
    {"6 maybe 7", "UNCLEAR"},
    {"pain 6 maybe 7", "UNCLEAR"},
    {"more than 6", "UNCLEAR"},
    {"not 6", "UNCLEAR"},
    {"6+", "UNCLEAR"},
    {"6 or more", "UNCLEAR"},
    {"pain at least 6", "UNCLEAR"},
    {"pain 6 at most", "UNCLEAR"},
    {">6", "UNCLEAR"},
    {"6,5", "UNCLEAR"},
    {"10.5", "UNCLEAR"},
    {"at 9", "UNCLEAR"},
    {"slept 5 hours", "UNCLEAR"},
    {"9pm", "UNCLEAR"},
    {"21:00", "UNCLEAR"},
    {"2 tablets", "UNCLEAR"},
    {"200mg ibuprofen", "UNCLEAR"},
    {"3 coffees", "UNCLEAR"},
    {"night 6 4 3 7 2", "UNCLEAR"},
    {"woke 3 times in the night", "UNCLEAR"},
    {"energy 3", "UNCLEAR"},
    {"energy 3 today", "UNCLEAR"},
    {"2027-03-28", "UNCLEAR"},
    {"my daughter is 6", "UNCLEAR"},
    {"pain 6 pain 4", "UNCLEAR"},
    {"pain 6 4", "UNCLEAR"},
    {"sleep awful. 6 today", "UNCLEAR"},
    {"no sleep", "UNCLEAR"},
    {"worse", "UNCLEAR"},
    {"idk", "UNCLEAR"},
    {"pretty bad", "UNCLEAR"},
    {"pain", "UNCLEAR"},
    {"pain bad", "UNCLEAR"},
    {"worse than yesterday's 5", "UNCLEAR"},
    {"2 worse than yesterday", "UNCLEAR"},
    {"pain 2 worse", "UNCLEAR"},
    {"pain two points higher", "UNCLEAR"},
    {"pain 3 points lower than yesterday", "UNCLEAR"},
    {"pain 5 in the morning, 8 at night", "UNCLEAR"},
    {"both 6", "UNCLEAR"},
    {"day 3", "UNCLEAR"},
    {"in 5", "UNCLEAR"},
    {"number 5", "UNCLEAR"},
    {"my wife 4 3 2 1", "UNCLEAR"},
    {"she said 6 4 3 7 2", "UNCLEAR"},
    {"she said 6, 4, 3, 7, 2", "UNCLEAR"},
    {"pain 6 in my back and 3 in my knee", "UNCLEAR"},
    {"pain went from 8 to 5", "UNCLEAR"},
    {"1) 6 2) 4 3) 3 4) 7 5) 2", "UNCLEAR"},
    {"6 4 3 7 2 yesterday", "UNCLEAR"},
    {"my knee 6", "UNCLEAR"},
    {"none", "UNCLEAR"},
    {"fives", "UNCLEAR"},
    {"yesterday was 5 5 5 5 5 today worse", "UNCLEAR"},
    {"p6 f4 s3 sl7 b2", "UNCLEAR"},
    {"3 coffees 6 4 7 2", "UNCLEAR"},
    {"had 3 coffees, 6 4 7 2", "UNCLEAR"},
    {"pain 30% sleep 4", "UNCLEAR"},
    {"6 4 blah 3 7 2", "UNCLEAR"},
    {"one of those days", "NONE"},
};

static void answer_read__asks_back__whatever_a_careful_human_would(void **state)
{
    (void)state;
    CHECK(0, unclear);
}

static const struct example triggers[] = {
    {"6 4 3 7 2 S W", ALL_FIVE " triggers=S,W"},
    {"6 4 3 7 2 sw", ALL_FIVE " triggers=S,W"},
    {"6 4 3 7 2, S, A", ALL_FIVE " triggers=S,A"},
    {"6 4 3 7 2 stress and weather", ALL_FIVE " triggers=S,W"},
    {"6 4 3 7 2 because of stress", ALL_FIVE " triggers=S"},
    {"6 4 3 7 2 overdid it", ALL_FIVE " triggers=A"},
    {"6 4 3 7 2 n", ALL_FIVE " triggers=N"},
    {"pain 6 S", "pain=6 triggers=S"},
    {"6 F", "pain=6 triggers=F"},
    {"6 4 3 7 2 thanks a lot", ALL_FIVE},
    {"6 4 3 7 2 was a bad one", ALL_FIVE},
    {"S", "NONE"},
    {"S W", "NONE"},
};

static void answer_read__reads__triggers_only_beside_scores(void **state)
{
    (void)state;
    CHECK(0, triggers);
}

static const struct example words[] = {
    {"stop", "STOP"},
    {"Stop!", "STOP"},
    {"please stop", "STOP"},
    {"go", "GO"},
    {"let's go", "GO"},
    {"skip", "SKIP"},
    {"Skip today.", "SKIP"},
    {"-", "SKIP"},
    {"x x x x x", "SKIP"},
    {"how do I send 6 4 3 7 2", "NONE"},
    {"n/a", "SKIP"},
    {"same", "SAME"},
    {"same as yesterday", "SAME"},
    {"pause", "PAUSE"},
    {"pause 2w", "PAUSE"},
    {"yesterday 5 7", "yesterday pain=5 fatigue=7"},
    {"yesterday: pain 5", "yesterday pain=5"},
    {"does exercise help?", "NONE"},
    {"is 200mg of ibuprofen too much?", "NONE"},
    {"can I take 2 tablets?", "NONE"},
    {"what helps with fatigue?", "NONE"},
    {"hello", "NONE"},
    {"", "NONE"},
    {"thank you", "NONE"},
};

static void answer_read__knows__words_that_are_no_values(void **state)
{
    (void)state;
    CHECK(0, words);
}

static void answer_read__fills__only_the_item_that_is_asked(void **state)
{
    static const struct example fog[] = {
        {"7", "fog=7"},     {"seven", "fog=7"},      {"about a 7", "fog=7"},
        {"7 3", "UNCLEAR"}, {"6 4 3 7 2", ALL_FIVE}, {"pain 6", "pain=6"},
    };
    static const struct example two[] = {
        {"4 x", "fatigue=4 fog=skip"},
        {"- 2", "fatigue=skip fog=2"},
        {"4 2", "fatigue=4 fog=2"},
        {"4", "fatigue=4"},
        {"4/2", "UNCLEAR"},
        {"4 2 3", "UNCLEAR"},
        {"4,2", "fatigue=4 fog=2"},
    };
    (void)state;
    CHECK(1u << 4, fog);
    CHECK(1u << 1 | 1u << 4, two);
}

static void answer_read__survives__long_and_broken_text(void **state)
{
    struct settings *settings = settings_for_checkins();
    struct buf text;
    struct reading reading;
    (void)state;
    buf_init(&text, 1 << 20);
    for (int i = 0; i < 5000; i++)
        buf_add_text(&text, "6 \xff- than yesterday ");
    answer_read(settings, &settings->checkins[0], 0, text.data, &reading);
    assert_int_not_equal(reading.kind, READ_VALUES);
    buf_clear(&text);
    settings_clear(settings);
    free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answer_read__reads__lists),
        cmocka_unit_test(answer_read__reads__named_values),
        cmocka_unit_test(answer_read__asks_back__whatever_a_careful_human_would),
        cmocka_unit_test(answer_read__reads__triggers_only_beside_scores),
        cmocka_unit_test(answer_read__knows__words_that_are_no_values),
        cmocka_unit_test(answer_read__fills__only_the_item_that_is_asked),
        cmocka_unit_test(answer_read__survives__long_and_broken_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
