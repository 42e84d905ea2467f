#!/usr/bin/env python3
"""One small group's check-ins against Synapse, from the yes to the close of two
weeks: two zones, corrections and deletions of answers and what comes of them in
`my data` and in the group's summary, a stop, polls in both forms. Each day is a function of its own."""
import asyncio
import datetime
import re
import zoneinfo

from member import text
from stage import HEARTH, ZONE, play
from week import (NS_CHECKIN, Person, known, moment, row_pattern, summaries, tells_nothing,
                  weeks_closed)

FAR_ZONE = "Asia/Tokyo"
PEOPLE = ("alice", "tomoko", "bob", "cleo", "dan", "eve")  # one more than the floor
FLOOR = 5
POLL_START = "org.matrix.msc3381.poll.start"
POLL_VOTE = "org.matrix.msc3381.poll.response"
POLL_TEXT = "org.matrix.msc1767.text"
AGREE_MAX = 4


def far_moment(week, weekday, hour):
    """The same day's hour where tomoko lives."""
    date = moment(week, weekday, 0).date()
    return datetime.datetime.combine(date, datetime.time(hour), zoneinfo.ZoneInfo(FAR_ZONE))


async def start(stage):
    checks = stage.checks
    stage.move_to(moment(0, 0, 10))
    mod = await stage.member("moderator")
    await stage.make_group(mod)
    code, out, err = stage.log_in(stage.group_sections(
        matrix={"invite_from": HEARTH.partition(":")[2]}, privacy={"min_people": str(FLOOR)}))
    checks.equal("hearth login", code, 0) or checks.note(out + err)
    stage.bot.start()
    checks.that("it runs", stage.bot.wait_healthy(), stage.bot.read_log())
    people = []
    for name in PEOPLE:
        member = await stage.member(name)
        await member.accept(stage.group)
        people.append(Person(member))
    return mod, people


async def opt_in(stage, person, wish="checkin on"):
    """Until the yes is confirmed: what is asked on the way is answered with the default."""
    person.dm = await stage.dm(person.member)
    heard = await person.ask(wish)
    for _ in range(AGREE_MAX):
        if "You said yes on" in heard:
            return heard
        heard = await person.ask("keep" if "tidy" in heard and "`keep`" in heard else "yes")
    return heard


async def opting_in(stage, people):
    checks = stage.checks
    alice, tomoko = people[:2]
    done = await opt_in(stage, alice)
    checks.that("alice is asked at the group's hour and zone",
                "18:00" in done and ZONE in done, done)
    done = await opt_in(stage, tomoko, f"checkin on 18:00 {FAR_ZONE}")
    checks.that("tomoko at the hour of her own zone", "18:00" in done and FAR_ZONE in done, done)
    done = await asyncio.gather(*(opt_in(stage, p) for p in people[2:]))
    checks.that("the others follow", all("18:00" in d for d in done), done)


async def prompts_in_two_zones(stage, people):
    """Monday: the far zone's evening comes first."""
    checks, (alice, tomoko) = stage.checks, people[:2]
    date = moment(1, 0, 0).date()
    stage.move_to(far_moment(1, 0, 18))
    prompted = await tomoko.prompted(date)
    checks.equal("tomoko is prompted in her evening", len(prompted or []), 1)
    checks.equal("when alice is not yet", alice.prompts(date), [])
    prompt = prompted[0]["content"][NS_CHECKIN] if prompted else {}
    checks.that("the prompt carries her local date", date.isoformat() in str(prompt), prompt)
    stage.move_to(moment(1, 0, 18))
    checks.equal("alice is in hers", len(await alice.prompted(date) or []), 1)
    await alice.ask("ping")
    checks.equal("and tomoko not twice", len(tomoko.prompts(date)), 1)


async def corrections(stage, people):
    """Still Monday: an edit counts, an unreadable one leaves what stood."""
    checks, alice = stage.checks, people[0]
    await alice.answer([6, 4, 3, 7, 2])
    data = await alice.ask("my data")
    checks.that("`my data` shows the answer", re.search(row_pattern([6, 4, 3, 7, 2]), data, re.S),
                data)
    said = alice.said
    await alice.member.edit(alice.dm, said, "5 5 1 8 0")
    told = await heard_after(alice, said, "Corrected")
    checks.that("an edit is confirmed without the values", told and not re.search(r"\d", told), told)
    await alice.member.edit(alice.dm, said, "hm, more like a cloudy day")
    told = await heard_after(alice, said, "correction")
    checks.that("one that cannot be read is said to be", told)
    data = await alice.ask("my data")
    checks.that("the readable correction stands", re.search(row_pattern([5, 5, 1, 8, 0]), data, re.S)
                and not re.search(row_pattern([6, 4, 3, 7, 2]), data, re.S), data)


async def heard_after(person, event_id, words):
    """What Hearth says with these words behind an event of the person's."""
    def find():
        events = person.member.events
        at = next((i for i, e in enumerate(events) if e["event_id"] == event_id), len(events))
        return next((text(e) for e in events[at:] if e["sender"] == HEARTH
                     and e["room_id"] == person.dm and words in text(e)), None)
    return await person.member.until(find)


async def deletions(stage, people):
    """Tuesday: an answer that was corrected is deleted whole; Monday's stays."""
    checks, alice = stage.checks, people[0]
    stage.move_to(moment(1, 1, 18))
    await alice.prompted(moment(1, 1, 0).date())
    await alice.answer([9, 9, 9, 9, 9])
    said = alice.said
    await alice.member.edit(alice.dm, said, "8 9 8 9 8")
    await heard_after(alice, said, "Corrected")
    await alice.member.redact(alice.dm, said)
    told = await heard_after(alice, said, "deleted that answer")
    checks.that("a deleted answer is dropped, and that is said", told)
    data = await alice.ask("my data")
    checks.that("`my data` shows Monday's and no other",
                re.search(row_pattern([5, 5, 1, 8, 0]), data, re.S)
                and not re.search(row_pattern([8, 9, 8, 9, 8]), data, re.S)
                and not re.search(row_pattern([9] * 5), data, re.S), data)


async def evening(stage, people, week, weekday):
    """The far zone's, then ours: everybody is prompted, each in time."""
    date = moment(week, weekday, 0).date()
    stage.move_to(far_moment(week, weekday, 18))
    await people[1].prompted(date)
    stage.move_to(moment(week, weekday, 18))
    prompted = await asyncio.gather(*(p.prompted(date) for p in people))
    stage.checks.equal(f"everybody is prompted on {date}", [len(p or []) for p in prompted],
                       [1] * len(people))


async def everybody_answers(stage, people, week):
    """Wednesday."""
    await evening(stage, people, week, 2)
    done = await asyncio.gather(*(p.answer([n % 11, 3, 5, 7, 9]) for n, p in enumerate(people)))
    stage.checks.equal(f"all of week {week} are acknowledged", sum(1 for d in done if d),
                       len(people))


async def a_stop(stage, people):
    """Thursday: bob's answers go with him."""
    checks, bob = stage.checks, people[2]
    told = await bob.ask("stop")
    checks.that("`stop` is confirmed", "Stopped" in told, told)
    data = await bob.ask("my data")
    checks.that("and nothing is held", "no answers" in data, data)
    await evening(stage, [p for p in people if p is not bob], 1, 3)
    await bob.ask("ping")
    checks.equal("nor is he prompted any more", bob.prompts(moment(1, 3, 0).date()), [])


def polls(person):
    """Hearth's polls to this person, oldest first: (event id, {what is shown: choice id})."""
    found = []
    for event in person.member.said_by(HEARTH, person.dm, POLL_START):
        answers = event["content"][POLL_START]["answers"]
        found.append((event["event_id"], {a[POLL_TEXT].split()[0]: a["id"] for a in answers}))
    return found


async def poll_number(person, number):
    found = await person.member.until(lambda: polls(person)[number - 1:] or None)
    return found[0] if found else (None, {})


async def vote(person, poll, choices, kind=POLL_VOTE):
    """In the form that clients send today, or the one they will; no choice takes it back."""
    body = ({"m.selections": choices} if kind == "m.poll.response" else {kind: {"answers": choices}})
    return await person.member.send(person.dm, dict(
        body, **{"m.relates_to": {"rel_type": "m.reference", "event_id": poll}}), kind)


async def a_day_of_taps(stage, people):
    """Friday: eve answers by polls, changes her mind, takes one back."""
    checks, eve = stage.checks, people[5]
    told = await eve.ask("answer taps")
    checks.that("taps are confirmed", "tapping" in told, told)
    await evening(stage, [p for p in people if p is not people[2]], 1, 4)
    values = ["7", "6", "5", "4", "3"]
    for number, value in enumerate(values, 1):
        poll, choices = await poll_number(eve, number)
        checks.equal(f"poll {number} has eleven choices", len(choices), 11)
        kind = "m.poll.response" if number % 2 == 0 else POLL_VOTE
        await vote(eve, poll, [choices.get(value, "")], kind)
    done = await eve.member.until(lambda: next((e for e in eve.member.said_by(HEARTH, eve.dm)
                                                if "all for today" in text(e)), None))
    checks.that("the last vote ends the day", done)
    data = await eve.ask("my data")
    checks.that("all five votes count", all(re.search(rf"\b{v}\b", data) for v in values), data)
    poll, choices = polls(eve)[0]
    await vote(eve, poll, [choices["1"]])
    data = await until_data(eve, lambda d: "Pain 1" in d)
    checks.that("a later vote corrects", "Pain 1" in data and "Pain 7" not in data, data)
    await vote(eve, poll, [])
    data = await until_data(eve, lambda d: "Pain 1" not in d)
    checks.that("an empty one takes it back", "Pain 1" not in data and "Pain 7" not in data, data)


async def until_data(person, is_there):
    """`my data` once it shows that; a vote is answered by nothing else to wait for."""
    for _ in range(20):
        data = await person.ask("my data")
        if is_there(data):
            break
    return data


async def close(stage, mod, week):
    closed = weeks_closed(stage)
    stage.move_to(moment(week + 1, 0, 16, 1))
    # Nothing is closed before the homeserver's Date was seen to agree; it is looked at
    # every ten minutes.
    await mod.ask(stage.group, HEARTH, "!ping")
    await mod.ask(stage.group, HEARTH, "!ping")
    stage.move_to(moment(week + 1, 0, 16, 31))
    await stage.until(lambda: weeks_closed(stage) > closed)
    stage.checks.equal(f"week {week} is closed once", weeks_closed(stage), closed + 1)


async def told_summary(stage, mod, week):
    """The week's summary, or None if the room hears nothing."""
    before = known(stage, mod)
    stage.move_to(moment(week + 1, 0, 18))
    told = await mod.until(lambda: summaries(stage, mod, before))
    return told[0] if told else None


async def at_the_floor(stage, mod, people):
    checks, alice = stage.checks, people[0]
    said = alice.said
    await close(stage, mod, 1)
    await alice.member.edit(alice.dm, said, "0 0 0 0 0")
    told = await heard_after(alice, said, "is closed")
    checks.that("what comes after the close hears that the week is closed", told)
    body = await told_summary(stage, mod, 1)
    checks.that("five of six still count: there is a summary", body and not tells_nothing(body)
                and re.search("pain", body, re.I), body)
    checks.that("which names nobody", body and not re.search(
        rf"\b({'|'.join(PEOPLE)})\b", body, re.I), body)


async def under_the_floor(stage, mod, people):
    """The second week: five answer, and one of them deletes it."""
    checks, cleo = stage.checks, people[3]
    staying = [p for p in people if p is not people[2]]
    await everybody_answers(stage, staying, 2)
    await cleo.member.redact(cleo.dm, cleo.said)
    checks.that("cleo's is dropped", await heard_after(cleo, cleo.said, "deleted that answer"))
    await close(stage, mod, 2)
    body = await told_summary(stage, mod, 2)
    checks.that("four are too few: no number is told", body and tells_nothing(body), body)


async def story(stage):
    mod, people = await start(stage)
    await opting_in(stage, people)
    # Week 0 closes unanswered, on the first Monday of the story.
    await prompts_in_two_zones(stage, people)
    await corrections(stage, people)
    await deletions(stage, people)
    await everybody_answers(stage, people, 1)
    await a_stop(stage, people)
    await a_day_of_taps(stage, people)
    await at_the_floor(stage, mod, people)
    await under_the_floor(stage, mod, people)


if __name__ == "__main__":
    play(story)
