#!/usr/bin/env python3
"""The own diary against Synapse: answers read back from the chat's history, edits and
redactions as Synapse serves them, and files in its media repository."""
import csv
import io
import json
import urllib.request

from homeserver import NAME
from member import text
from stage import HEARTH, play
from week import Person, first_monday, moment, opt_in

import datetime

PNG = b"\x89PNG\r\n\x1a\n"


async def start(stage):
    checks, bot = stage.checks, stage.bot
    stage.move_to(moment(0, 0, 10))
    mod = await stage.member("moderator")
    await stage.make_group(mod)
    code, out, err = stage.log_in(stage.group_sections(matrix={"invite_from": NAME}))
    checks.equal("hearth login", code, 0) or checks.note(out + err)
    bot.start()
    checks.that("it runs", bot.wait_healthy(), bot.read_log())
    alice = Person(await stage.member("alice"))
    await alice.member.accept(stage.group)
    checks.that("alice opts in", await opt_in(stage, alice))
    return alice


async def day(stage, alice, number, values):
    stage.move_to(moment(0, number, 18))
    date = first_monday() + datetime.timedelta(days=number)
    prompted = await alice.prompted(date)
    stage.checks.that(f"prompted on day {number}", prompted)
    stage.checks.that("answered", await alice.answer(values))


def download(stage, member, uri):
    request = urllib.request.Request(
        f"{stage.synapse.url}/_matrix/client/v1/media/download/{uri[len('mxc://'):]}",
        headers={"Authorization": f"Bearer {member.client.access_token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


async def file_of(stage, alice, words):
    """Ask for it, say yes; the message's content and the file's bytes."""
    asked = await alice.ask(words)
    stage.checks.that(f"`{words}` says first that a file stays", "stays" in asked, asked)
    yes = await alice.member.say(alice.dm, "yes")
    sent = await alice.member.answer(yes, HEARTH)
    if not stage.checks.that("then it comes", sent and "url" in sent["content"], text(sent)):
        return {}, b""
    content = sent["content"]
    return content, download(stage, alice.member, content["url"])


async def story(stage):
    checks = stage.checks
    alice = await start(stage)
    await day(stage, alice, 0, [6, 4, 3, 2, 2])
    await day(stage, alice, 1, [9, 9, 9, 9, 9])
    await alice.member.redact(alice.dm, alice.said)
    await day(stage, alice, 2, [1, 1, 1, 1, 1])
    await alice.member.edit(alice.dm, alice.said, "7 3 9 1 8")
    await alice.member.until(lambda: [e for e in alice.member.said_by(HEARTH, alice.dm)
                                      if "Corrected" in text(e)])
    diary = await alice.ask("diary")
    lines = [line for line in diary.split("\n") if line.startswith("- ")]
    checks.equal("a line for each day that has an answer", len(lines), 2) or checks.note(diary)
    checks.that("the first day", lines and "Pain 6, Fatigue 4, Stiffness 3" in lines[0], diary)
    checks.that("as edited", lines and "Pain 7, Fatigue 3, Stiffness 9" in lines[-1], diary)
    content, bytes_ = await file_of(stage, alice, "diary chart month")
    checks.equal("an image", content.get("msgtype"), "m.image")
    checks.that("that Synapse serves", bytes_.startswith(PNG)
                and len(bytes_) == content["info"]["size"])
    thumbnail = download(stage, alice.member, content["info"]["thumbnail_url"])
    checks.that("with a thumbnail", thumbnail.startswith(PNG))
    checks.that("and its numbers in words", "7" in text({"content": content}))
    content, bytes_ = await file_of(stage, alice, "diary csv")
    rows = list(csv.reader(io.StringIO(bytes_.decode(), newline="")))
    checks.equal("a table", [row[1:4] for row in rows[1:]], [["6", "4", "3"], ["7", "3", "9"]])
    content, bytes_ = await file_of(stage, alice, "my data file")
    checks.that("what is held, as JSON", json.loads(bytes_)["open_weeks"][0]["answers"])


if __name__ == "__main__":
    play(story)
