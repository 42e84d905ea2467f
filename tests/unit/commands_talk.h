/* commands_talk.h - a small configuration for tests of questions, safety and
 * replies: another community than the shipped one, so that nothing rests on it.
 */
#ifndef HEARTH_TESTS_COMMANDS_TALK_H
#define HEARTH_TESTS_COMMANDS_TALK_H

#include "bot/base/buf.h"
#include "bot/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define TALK_TODAY 20780 /* a UTC day */

static const char talk_ini[] =
    "[hearth]\n"
    "prefix = !\n"
    "[safety]\n"
    "emergency = 112\n"
    "helpline = The listening line, 0800 1 2 3.\n"
    "urgent = Call the night doctor.\n"
    "reviewed = 2026-11-01\n"
    "crisis_self =\n"
    "    kill/hurt/harm/hang/drown/unalive myself\n"
    "    self harm\n"
    "    suicide\n"
    "    suicidal\n"
    "    take/end my own life\n"
    "    take/end my life\n"
    "    end it all\n"
    "    going to end it\n"
    "    want/ready/plan to die\n"
    "    want/wish to be dead\n"
    "    wish/wishing I was/were dead\n"
    "    better off dead/without me\n"
    "    if I was/were ... dead/gone\n"
    "    don't want to live/exist\n"
    "    don't want to be alive\n"
    "    don't want to wake up\n"
    "    never wake up\n"
    "    can't go on living\n"
    "    nothing to live for\n"
    "    no reason to live\n"
    "    overdose on\n"
    "    take/took/taken/swallow all my pills/tablets/meds\n"
    "    slit/cut my wrists\n"
    "    jump off a bridge/roof\n"
    "crisis_other =\n"
    "    doesn't want to live\n"
    "    wants to die\n"
    "    kill/hurt/harm/hang himself/herself/themselves\n"
    "    wishes he/she was/were dead\n"
    "crisis_unclear =\n"
    "    what's the point\n"
    "    can't do this any more\n"
    "    can't do this anymore\n"
    "    can't go on\n"
    "    nobody would miss me\n"
    "idiom =\n"
    "    is/are/was/been killing me\n"
    "    killed it\n"
    "    kill/killing time\n"
    "    kill for\n"
    "    die for\n"
    "    dying to\n"
    "    dying for\n"
    "    die laughing\n"
    "    want to die of ... embarrassment/shame/boredom\n"
    "    dead tired/easy/slow/end/line/on/battery\n"
    "    scared/bored/worried/sick to death\n"
    "    murder a\n"
    "    hang in there\n"
    "    hang out\n"
    "    shoot me an email/message\n"
    "    suicide squad/sprints\n"
    "    end it there/here\n"
    "    kill myself laughing\n"
    "    hurt myself lifting/gardening/running\n"
    "    cut myself some slack\n"
    "    cut myself shaving\n"
    "    harm myself by mistake\n"
    "urgent_sign =\n"
    "    chest pain\n"
    "    pain ... chest\n"
    "    can't breathe\n"
    "    fever + stiff neck\n"
    "    dark/brown urine/pee\n"
    "    sudden/suddenly ... weak/weakness/numb\n"
    "    slurred speech\n"
    "[group wheels]\n"
    "rooms = !group:m.test\n"
    "moderators_room = !mods:m.test\n"
    "zone = Europe/London\n"
    "[faq opening-hours]\n"
    "question = When is the workshop open?\n"
    "also = What time do you close?\n"
    "also = Are you there on Sundays?\n"
    "answer = Tuesday to Saturday, ten to six. Closed on public holidays.\n"
    "source = the committee\n"
    "reviewed = 2026-11-01\n"
    "related = membership\n"
    "[faq membership]\n"
    "question = How do I become a member and what does it cost?\n"
    "also = What is the membership fee?\n"
    "answer = Fill in the form at the counter. It is 20 a year, students pay half.\n"
    "[faq flat-tyre]\n"
    "question = How do I mend a flat tyre?\n"
    "also = My inner tube has a puncture\n"
    "answer = Take the wheel out, find the hole in the tube under water, patch it.\n"
    "[faq brakes]\n"
    "question = Why do my brakes squeal?\n"
    "answer = Mostly dirt or worn pads. Clean the rim with alcohol, then look at the "
    "pads.\n"
    "[faq rent-a-bike]\n"
    "question = Can I rent a bike for the weekend?\n"
    "also = Do you lend cargo bikes?\n"
    "answer = Members can, for two days. Bring an identity card.\n"
    "[faq lost-key]\n"
    "question = What do I do when I lost the key of my lock?\n"
    "answer = Bring the bike and a proof that it is yours: we have a grinder.\n"
    "[faq saddle-height]\n"
    "question = How high should the saddle be?\n"
    "answer = The leg is almost straight when the heel is on the lower pedal.\n"
    "[faq winter]\n"
    "question = How do I look after the chain in winter?\n"
    "answer = Wipe it dry after each ride, oil it once a week, wash off salt.\n"
    "[synonyms]\n"
    "same = tyre, wheel rubber, tire\n";

static struct settings *talk_settings_from(const char *ini)
{
    struct settings *settings = NULL;
    struct config_problems problems = {0};
    enum status status = config_load_bytes("talk.ini", ini, strlen(ini), CONFIG_COMMUNITY,
                                           TALK_TODAY, &settings, &problems);
    if (status != ST_OK) {
        struct buf text;
        buf_init(&text, 1 << 20);
        config_problems_print(&problems, &text);
        fail_msg("%s", text.data);
    }
    config_problems_clear(&problems);
    return settings;
}

#endif
