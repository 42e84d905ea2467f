#!/usr/bin/env python3
"""Check-ins against Synapse: opting in, prompts at the hour, answers and their
correction, one's own data, being forgotten; a week under the floor, a week above
it, and their summaries. The proxy moves the time of bot and homeserver alike."""
import asyncio
import datetime
import os
import re
import zoneinfo

from homeserver import NAME
from member import text
from stage import HEARTH, ZONE, create_room, play

NS_CHECKIN = "org.hearthbot.checkin"
PEOPLE = 11  # alice, and ten more; zed is forgotten in mid-week
TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000
CANARY = [7, 3, 9, 1, 8]


def first_monday():
    today = datetime.datetime.now(zoneinfo.ZoneInfo(ZONE)).date()
    return today + datetime.timedelta(days=7 - today.weekday())


def moment(week, weekday, hour, minute=0):
    """Monday of week 0 is 0, 0."""
    date = first_monday() + datetime.timedelta(days=7 * week + weekday)
    return datetime.datetime.combine(date, datetime.time(hour, minute),
                                     zoneinfo.ZoneInfo(ZONE))


class Person:
    def __init__(self, member, dm=None):
        self.member, self.dm, self.said = member, dm, None

    def prompts(self, date=None):
        return [e for e in self.member.said_by(HEARTH, self.dm) if NS_CHECKIN in e["content"]
                and (date is None or date.isoformat() in str(e["content"][NS_CHECKIN]))]

    async def prompted(self, date, seconds=30):
        return await self.member.until(lambda: self.prompts(date), seconds)

    async def answer(self, values):
        """Send the numbers; the acknowledgement."""
        self.said = await self.member.say(self.dm, " ".join(map(str, values)))
        return await self.member.answer(self.said, HEARTH)

    async def ask(self, words):
        return text(await self.member.ask(self.dm, HEARTH, words))


async def start(stage):
    checks, bot = stage.checks, stage.bot
    stage.move_to(moment(0, 0, 10))
    mod = await stage.member("moderator")
    await stage.make_group(mod)
    code, out, err = stage.log_in(stage.group_sections(
        # The clock stands still: what is spread over a minute would never leave.
        matrix={"invite_from": NAME, "message_burst": "100"}))
    checks.equal("hearth login", code, 0) or checks.note(out + err)
    bot.start()
    checks.that("it runs", bot.wait_healthy(), bot.read_log())
    people = []
    for number in range(PEOPLE):
        name = "alice" if number == 0 else "zed" if number == 1 else f"member{number}"
        member = await stage.member(name)
        await member.accept(stage.group)
        people.append(Person(member))
    return mod, people


async def opt_in_from_the_room(stage, alice):
    """`checkin on` in the room leads to a chat that Hearth opens."""
    checks, member = stage.checks, alice.member
    heard = await member.ask(stage.group, HEARTH, "!checkin on")
    checks.that("the room hears no more than a word", heard and "yes" not in text(heard).lower(),
                text(heard))
    invite = await member.until(lambda: [r for r, who in member.invites if who == HEARTH])
    if not checks.that("hearth opens a chat", invite):
        alice.dm = await stage.dm(member)
    else:
        alice.dm = invite[0]
        await member.accept(alice.dm)
    notice = await member.until(lambda: [e for e in member.said_by(HEARTH, alice.dm)
                                         if "yes" in text(e)])
    checks.that("where it explains before it asks for a yes",
                notice and "noise" in text(notice[-1]).lower(), notice)
    done = await alice.ask("yes")
    checks.that("a yes is confirmed with the hour", "18:00" in done, done)


async def opt_in(stage, person):
    person.dm = await stage.dm(person.member)
    notice = await person.ask("checkin on")
    done = await person.ask("yes")
    return "yes" in notice and "18:00" in done


async def first_week(stage, mod, people):
    """Three answer: under the floor."""
    checks, alice = stage.checks, people[0]
    await opt_in_from_the_room(stage, alice)
    done = await asyncio.gather(*(opt_in(stage, p) for p in people[1:]))
    checks.equal("ten more opt in", done, [True] * len(done))
    stage.move_to(moment(1, 0, 17, 50))
    early = await alice.ask("ping")
    checks.that("nobody is prompted before the hour", early
                and not any(p.prompts(moment(1, 0, 0).date()) for p in people))
    stage.move_to(moment(1, 0, 18, 0))
    date = moment(1, 0, 0).date()
    prompted = await asyncio.gather(*(p.prompted(date) for p in people))
    checks.equal("everybody is prompted at the hour", [len(p or []) for p in prompted],
                 [1] * len(people))
    prompt = alice.prompts(date)[0]["content"]
    checks.equal("a prompt is a text, so that it rings", prompt["msgtype"], "m.text")
    checks.that("and does not say what it is about",
                not re.search(r"pain|fatigue", prompt["body"], re.I), prompt["body"])
    told = await mod.until(lambda: summaries(stage, mod, set()))
    checks.that("of the week in which nobody answered the room hears once, without a number",
                told and len(told) == 1 and tells_nothing(told[0]), told)
    await alice_answers(stage, alice)
    for person in people[2:4]:
        await person.answer([5, 5, 5, 5, 5])
    await in_the_room(stage, people[4])


async def alice_answers(stage, alice):
    checks, member = stage.checks, alice.member
    acknowledged = await alice.answer([6, 4, 3, 2, 2])
    checks.that("an answer is acknowledged, not repeated",
                acknowledged and not re.search(r"\b6\b.*\b4\b.*\b3\b", text(acknowledged)),
                text(acknowledged))
    receipt = await member.until(lambda: [
        r for room, r in member.receipts if room == alice.dm and r.user_id == HEARTH
        and r.event_id in (alice.said,)])
    checks.that("the read receipt says that it is stored", receipt)
    await member.edit(alice.dm, alice.said, " ".join(map(str, CANARY)))
    await member.until(lambda: [e for e in member.said_by(HEARTH, alice.dm)
                                if e["origin_server_ts"] > 0], 2)
    data = await alice.ask("my data")
    seen = await until_data(alice, CANARY)
    checks.that("an edit corrects the answer: `my data` shows it", seen, data)


def row_pattern(values):
    return r"\b" + r"\b.*?\b".join(map(str, values)) + r"\b"


async def until_data(person, values):
    for _ in range(5):
        data = await person.ask("my data")
        if re.search(row_pattern(values), data, re.S):
            return data
        await asyncio.sleep(0.5)
    return None


async def in_the_room(stage, person):
    """Numbers typed in the room by mistake."""
    checks = stage.checks
    said = await person.member.say(stage.group, "9 9 9 9 9")
    pong = await person.member.ask(stage.group, HEARTH, "!ping")
    checks.that("numbers in the room are not answered there",
                pong and not person.member.answers_to(said, HEARTH))
    data = await person.ask("my data")
    checks.that("and not recorded", not re.search(row_pattern([9] * 5), data, re.S), data)


def summaries(stage, mod, after):
    return [text(e) for e in mod.said_by(HEARTH, stage.group)
            if e["event_id"] not in after and "in_reply_to" not in str(e["content"])]


def tells_nothing(body):
    """Too few, and no digit but those of the title's dates."""
    _, _, rest = body.rpartition("\n")
    return "too few" in body.lower() and not re.search(r"\d", rest)


def weeks_closed(stage):
    return stage.bot.read_log().count("a week was closed")


def known(stage, mod):
    return {e["event_id"] for e in mod.said_by(HEARTH, stage.group)}


async def close_under_the_floor(stage, mod, people):
    checks, before = stage.checks, known(stage, mod)
    stage.move_to(moment(2, 0, 16, 1))
    await stage.until(lambda: weeks_closed(stage) == 2)
    stage.move_to(moment(2, 0, 18, 1))
    answer = text(await mod.ask(stage.group, HEARTH, "!summary"))
    checks.that("three people: `summary` tells no number", tells_nothing(answer), answer)
    checks.equal("and the room is not told week after week", summaries(stage, mod, before), [])


async def second_week(stage, mod, people):
    """Eleven answer, one is forgotten: ten count."""
    checks, zed = stage.checks, people[1]
    date = moment(2, 0, 0).date()
    await asyncio.gather(*(p.prompted(date) for p in people))
    acknowledged = await asyncio.gather(*(
        p.answer([(n + i) % 11 for i in range(5)]) for n, p in enumerate(people)))
    checks.equal("eleven answers are acknowledged", sum(1 for a in acknowledged if a),
                 len(people))
    asked = await zed.ask("forget me")
    checks.that("`forget me` asks once more", asked, asked)
    await zed.member.say(zed.dm, "yes")
    left = await zed.member.until(lambda: [
        e for e in zed.member.events if e["room_id"] == zed.dm and e.get("state_key") == HEARTH
        and e["content"].get("membership") == "leave"])
    checks.that("then hearth leaves the chat", left)
    zed.dm = await stage.dm(zed.member)
    data = await zed.ask("my data")
    checks.that("and holds nothing any more", "no answers" in data, data)


async def close_above_the_floor(stage, mod, people):
    checks, bot, before = stage.checks, stage.bot, known(stage, mod)
    late, closed = moment(3, 0, 16, 1), weeks_closed(stage)
    # The homeserver's Date falls two days behind; its answer to a send shows that.
    stage.proxy.move(stage.proxy.offset - TWO_DAYS_MS, moves_bot=False)
    await mod.ask(stage.group, HEARTH, "!ping")
    stage.proxy.move(stage.offset_for(late) - TWO_DAYS_MS, moves_bot=False)
    stage.proxy.move_bot(stage.offset_for(late))
    await asyncio.sleep(4)
    checks.equal("while the clocks differ no week is closed", weeks_closed(stage), closed)
    checks.that("which is said in the log", "clock" in bot.read_log())
    stage.move_to(late)
    # A second answer leaves only when the bot has the first one's Date; the Date of
    # the second may still reach it behind the next step, which is under an hour.
    await mod.ask(stage.group, HEARTH, "!ping")
    await mod.ask(stage.group, HEARTH, "!ping")
    stage.move_to(late + datetime.timedelta(minutes=30))  # it looks every ten minutes
    await stage.until(lambda: weeks_closed(stage) > closed)
    checks.equal("once they agree it is", weeks_closed(stage), closed + 1)
    checks.equal("the summary waits for its hour", summaries(stage, mod, before), [])
    stage.move_to(moment(3, 0, 18, 0))
    told = await mod.until(lambda: summaries(stage, mod, before), 60)
    checks.equal("ten people: one summary in the room", len(told or []), 1) or checks.note(str(told))
    body = told[0] if told else ""
    checks.that("it speaks of the items", re.search("pain", body, re.I), body)
    checks.that("it names nobody", "alice" not in body and "member" not in body.lower()
                .replace("members", ""), body)
    checks.that("it says that it is no medical advice", re.search("medical", body, re.I), body)
    answer = text(await mod.ask(stage.group, HEARTH, "!summary"))
    checks.that("`summary` tells the same", body and re.search("pain", answer, re.I), answer)
    checks.equal("SIGTERM ends it with 0", bot.end(), 0)
    bot.start()
    bot.wait_healthy()
    await mod.ask(stage.group, HEARTH, "!ping")
    checks.equal("a restart posts nothing twice", len(summaries(stage, mod, before)), 1)
    checks.equal("nor prompts anybody twice",
                 [len(p.prompts(moment(2, 0, 0).date())) for p in people[2:]],
                 [1] * (len(people) - 2))


async def stopping(stage, people):
    checks, person = stage.checks, people[5]
    answer = await person.ask("stop")
    checks.that("`stop` is one word", answer)
    stage.move_to(moment(3, 1, 18, 1))
    date = moment(3, 1, 0).date()
    others = await asyncio.gather(*(p.prompted(date) for p in people[6:8]))
    checks.that("the others are prompted the day after", all(others))
    checks.equal("who stopped is not", person.prompts(date), [])
    checks.equal("nor who was forgotten", people[1].prompts(date), [])


def files(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(where, name), "rb") as f:
                yield name, f.read()


async def story(stage):
    checks, bot = stage.checks, stage.bot
    mod, people = await start(stage)
    await first_week(stage, mod, people)
    await close_under_the_floor(stage, mod, people)
    await second_week(stage, mod, people)
    await close_above_the_floor(stage, mod, people)
    await stopping(stage, people)
    bot.end()
    ids = [p.member.id.encode() for p in people]
    kept = list(files(os.path.join(bot.folder, "data")))
    checks.that("no user id in any file of data_dir",
                kept and not any(i in content for _, content in kept for i in ids))
    canary = " ".join(map(str, CANARY)).encode()
    checks.that("nor an answer", not any(canary in content for _, content in kept))
    log = bot.read_log()
    checks.that("the log names nobody and tells no answer",
                not any(i.decode() in log for i in ids) and canary.decode() not in log)


if __name__ == "__main__":
    play(story)
