/* commands_safety.c - what counts as a sign, and what is only a way of speaking. */
#include "commands/safety.h"

#include "bot/base/mem.h"
#include "tests/unit/commands_talk.h"

static struct settings *shipped(void)
{
    struct settings *settings = NULL;
    struct config_problems problems = {0};
    assert_int_equal(
        config_load(NULL, CONFIG_COMMUNITY, TALK_TODAY, &settings, &problems), ST_OK);
    config_problems_clear(&problems);
    return settings;
}

static struct safety_rules *rules_of(struct settings *settings)
{
    struct safety_rules *rules = safety_rules_new(&settings->safety);
    config_free(settings); /* the rules do not borrow it */
    return rules;
}

static int make_rules(void **state)
{
    struct safety_rules **pair = mem_alloc(2 * sizeof *pair);
    pair[0] = rules_of(talk_settings_from(talk_ini));
    pair[1] = rules_of(shipped());
    *state = pair;
    return 0;
}

static int remove_rules(void **state)
{
    struct safety_rules **pair = *state;
    safety_rules_free(pair[0]);
    safety_rules_free(pair[1]);
    safety_rules_free(NULL);
    free(pair);
    return 0;
}

static const char *sign_name(enum safety_sign sign)
{
    static const char *const names[] = {"none", "self", "other", "unclear", "urgent"};
    return names[sign];
}

static void assert_signs(const struct safety_rules *rules, const char *const *texts,
                         size_t count, enum safety_sign expected)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        enum safety_sign sign = safety_read(rules, texts[i]);
        if (sign != expected) {
            print_error("\"%s\": %s, not %s\n", texts[i], sign_name(sign),
                        sign_name(expected));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define ASSERT_SIGNS(rules, texts, expected)                                             \
    assert_signs((rules), (texts), sizeof(texts) / sizeof *(texts), (expected))

/* Plain statements: the small lists of this test and the shipped ones catch them. */
static const char *const plain_statements[] = {
    "I want to die",
    "i just want to die",
    "I really don't want to live any more",
    "I wish I was dead",
    "maybe I should kill myself",
    "Everyone is better off without me.",
    "I've been suicidal since the spring",
    "thinking about suicide again",
    "tonight I'm going to end my life",
    "I took all my pills",
    "I have nothing to live for.",
    "honestly I could end it all",
    "I don't want to wake up tomorrow",
};

static void safety_read__finds__plain_statements(void **state)
{
    struct safety_rules **pair = *state;
    ASSERT_SIGNS(pair[0], plain_statements, SAFETY_CRISIS_SELF);
    ASSERT_SIGNS(pair[1], plain_statements, SAFETY_CRISIS_SELF);
}

static const char *const rough_statements[] = {
    "I WANT TO DIE",
    "i wnat to die bc im suicdal", /* slips */
    "dont want to live",           /* no apostrophe */
    "I do not want to live",
    "I don\xE2\x80\x99t want to live", /* a curly one */
    "killl myselffff",
    "kil myself",
    "killing my self", /* apart */
    "killmyself",      /* together */
    "i want to k i l l myself",
    "i wanna die",
    "I\nwant to die",
    "thinking of kiling myslef",
    "wish i were dead!!!!",
    "*want* to **die**",
    "\xE2\x80\x9Cwant to die\xE2\x80\x9D",
    "w\342\200\213ant to die", /* a hidden space */
    "suicide",
    "hello, how are you, I want to die, does heat help",
    "the pain is killing me and I want to die",
    "dead tired, I wish I was dead",
};

static void safety_read__finds__rough_writing(void **state)
{
    struct safety_rules **pair = *state;
    ASSERT_SIGNS(pair[0], rough_statements, SAFETY_CRISIS_SELF);
}

static void safety_read__finds__who_it_is_about(void **state)
{
    struct safety_rules **pair = *state;
    static const char *const others[] = {
        "my daughter says she wants to die",
        "my son doesn't want to live",
        "a friend of mine is suicidal",
        "she keeps saying she will kill herself",
        "my brother talks about suicide",
        "he took all his own pills, she said, to end my ... he wants to die",
        "somebody here wishes she were dead",
        "my husband would take his life, he is suicidal",
    };
    static const char *const own[] = {
        "my daughter left and I want to die",
        "she does not know that I am suicidal",
        "my mum says she loves me but I want to die",
        "he wants to die and I want to die too",
        "they would be better off without me",
        "my voices tell me to kill myself",
        "my wife found me. I want to die",
    };
    ASSERT_SIGNS(pair[0], others, SAFETY_CRISIS_OTHER);
    ASSERT_SIGNS(pair[0], own, SAFETY_CRISIS_SELF);
}

static void safety_read__knows__what_is_unclear_or_urgent(void **state)
{
    struct safety_rules **pair = *state;
    static const char *const unclear[] = {
        "what's the point", "whats the point of it all", "I can't do this anymore",
        "I cant go on",     "nobody would miss me",
    };
    static const char *const urgent[] = {
        "I have chest pain",
        "pain all over my chest",
        "can't breathe",
        "cannot breath well",
        "a fever and my stiff neck",
        "stiff neck, then a fever of 40",
        "my pee is weird: dark pee since Monday",
        "his speech is slurred: slurred speech",
        "suddenly my left arm is weak",
    };
    ASSERT_SIGNS(pair[0], unclear, SAFETY_UNCLEAR);
    ASSERT_SIGNS(pair[0], urgent, SAFETY_URGENT);
}

/* Ways of speaking, and words that only look alike. */
static const char *const idioms[] = {
    "my back is killing me",
    "these stairs are killing me today",
    "the heat was killing me",
    "we absolutely killed it at the quiz",
    "just killing time in the waiting room",
    "I'd kill for a hot bath",
    "I could murder a cup of tea",
    "I'm dead tired",
    "dead easy, that recipe",
    "it was a dead end",
    "my phone has a dead battery",
    "scared to death of needles",
    "worried to death about the appointment",
    "bored to death in bed",
    "I'm sick to death of forms",
    "dying to hear how it went",
    "I'm dying for a coffee",
    "that cake is to die for",
    "a garden to die for",
    "I nearly died laughing... no, I could die laughing",
    "hang in there everyone",
    "want to hang out later?",
    "shoot me a message when you're up",
    "shoot me an email",
    "suicide squad is on tonight",
    "we did suicide sprints at school",
    "let's end it there for today",
    "cut myself some slack this week",
    "I cut myself shaving",
    "I hurt myself lifting a crate",
    "hurt myself gardening again",
    "I'd kill myself laughing at that",
    "the drill killed the mood",
    "how do I kill weeds",
    "kill the lights please",
    "the plant is dying",
    "my grandmother died in May",
    "the battery died again",
    "the deadline is on Monday",
    "a skill I taught myself",
    "live music tonight",
    "I want to dye my hair",
    "I want to diet",
    "die Katze ist da",
    "is the workshop open tonight",
    "I can't live without my wheat bag",
    "what's the point of the second screw? no, what is this point for",
    "my shift ends at six",
    "ending the subscription",
    "taking my tablets at night",
    "the lake took its toll on my jacket",
    "a bridge too far",
    "jump on the bus",
    "she plans to diet with me",
    "self service till",
    "no pain no gain",
};

static void safety_read__is_quiet__on_ways_of_speaking(void **state)
{
    struct safety_rules **pair = *state;
    size_t wrong = 0, count = sizeof idioms / sizeof *idioms;
    assert_true(count >= 40);
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < count; j++) {
            enum safety_sign sign = safety_read(pair[i], idioms[j]);
            if (sign != SAFETY_NONE && sign != SAFETY_UNCLEAR) {
                print_error("%s list, \"%s\": %s\n", i ? "shipped" : "small", idioms[j],
                            sign_name(sign));
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
}

/* What the shipped idioms must not hide. */
static const char *const no_idioms[] = {
    "I want to die for real",
    "I want to be gone for good",
    "I might kill myself for good this time",
    "killing my self tmrw",
    "I cut myself on purpose",
    "I burn myself on purpose",
    "don't want to wake up at all",
    "I don't want to wake up every morning to this",
    "I've lost the will to live with this pain",
    "I will end it with pills",
    "going to end it at the bridge",
    "I took all my pills so that it ends",
    "I took all my tablets with vodka",
    "I could just jump on the tracks",
    "what is the easiest way to kill yourself",
    "I'm ready to die here and now",
    "I have taken an overdose",
    "lost all hope, turning to suicide",
    "I'm scared I will hurt myself if I'm left alone",
    "hanging my self tonight",
    "not safe on my own tonight",
};

static void safety_read__finds__what_idioms_resemble(void **state)
{
    struct safety_rules **pair = *state;
    ASSERT_SIGNS(pair[1], no_idioms, SAFETY_CRISIS_SELF);
}

static const char *const urgent_bodies[] = {
    "since Monday my pee's been really dark and my thighs are agony",
    "wee like cola, muscles sore",
    "started a statin last month and can't get up from a chair any more",
    "on simvastatin and my legs are weak",
    "I'm 68, new headache at my temple and my jaw hurts when I chew",
    "my scalp is so tender, I am 71",
    "numb between my legs and my back is terrible",
    "bad back and I can't tell when I need to pee",
    "trouble holding urine since my back went",
    "39.5 and can't move my neck",
    "stiff neck, shivering, feverish",
    "there's pressure on my chest",
    "like an elephant sitting on my chest",
    "can't catch my breath",
    "short of breath after the stairs, is that normal for me?",
    "cnat breathe",
    "chest pian",
    "one side of my face dropped",
    "speach is slurred",
    "lost vision in my left eye for ten minutes",
    "worst headache of my life",
    "my legs gave way",
    "weakness is creeping up my legs",
};

static const char *const ordinary_bodies[] = {
    "morning stiffness lasts two hours with me",
    "a warm sore muscle, is that it",
    "does a stiff neck belong to it",
    "breathless laughing at that video",
    "chest muscles sore after swimming",
    "how do I breathe when I stretch",
    "it hurts to brush my hair, my shoulders are shot",
    "can't lift my arms above my head",
    "my hands are weak, jars are impossible",
    "brain fog, my words come out wrong",
    "my chest of drawers is stuck",
    "are statins okay with it",
    "drinking tea all day, peeing all night",
    "the pain climbs in the evening",
    "my legs feel like jelly after the class",
    "hay fever and a stiff neck",
};

static void safety_read__knows__bodies_in_danger(void **state)
{
    struct safety_rules **pair = *state;
    ASSERT_SIGNS(pair[1], urgent_bodies, SAFETY_URGENT);
    ASSERT_SIGNS(pair[1], ordinary_bodies, SAFETY_NONE);
}

static void safety_read__survives__any_length(void **state)
{
    struct safety_rules **pair = *state;
    size_t len = 64 * 1024;
    char *text = mem_alloc(len + 32);
    for (size_t i = 0; i < len; i += 8)
        memcpy(text + i, "i wantk ", 8);
    assert_int_equal(safety_read(pair[1], text), SAFETY_NONE);
    strcpy(text + len, " i want to die");
    assert_int_equal(safety_read(pair[1], text), SAFETY_CRISIS_SELF);
    memset(text, 'k', len);
    text[len] = '\0';
    assert_int_equal(safety_read(pair[1], text), SAFETY_NONE);
    assert_int_equal(safety_read(pair[1], ""), SAFETY_NONE);
    assert_int_equal(safety_read(pair[1], "\xFF\xFE"), SAFETY_NONE);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(safety_read__finds__plain_statements),
        cmocka_unit_test(safety_read__finds__rough_writing),
        cmocka_unit_test(safety_read__finds__who_it_is_about),
        cmocka_unit_test(safety_read__knows__what_is_unclear_or_urgent),
        cmocka_unit_test(safety_read__is_quiet__on_ways_of_speaking),
        cmocka_unit_test(safety_read__finds__what_idioms_resemble),
        cmocka_unit_test(safety_read__knows__bodies_in_danger),
        cmocka_unit_test(safety_read__survives__any_length),
    };
    return cmocka_run_group_tests(tests, make_rules, remove_rules);
}
