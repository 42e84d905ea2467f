#!/usr/bin/env python3
"""Synapse's own rate limits for the bot, as they are out of the box (a burst of
10 messages, then one in five seconds): it waits as long as it is told, keeps the
order of each room and loses nothing."""
from homeserver import NAME
from member import reply_target
from stage import HEARTH, play

ASKED = 14


def room_of(path):
    return path.split("/rooms/")[1].split("/")[0] if "/rooms/" in path else ""


def impatient(seen):
    """Sends into a room before its 429 had run out."""
    wait_until, found = {}, []
    for request in seen:
        if "/send/" not in request.path:
            continue
        room = room_of(request.path)
        if request.at < wait_until.get(room, 0) - 0.05:
            found.append(f"{wait_until[room] - request.at:.2f} s too early")
        if request.status == 429:
            wait_until[room] = request.answered_at + float(request.retry_after or 0)
    return found


async def story(stage):
    checks, bot = stage.checks, stage.bot
    mod = await stage.member("moderator")
    alice = await stage.member("alice")
    await stage.make_group(mod)
    stage.log_in(stage.group_sections(matrix={"invite_from": NAME}))
    bot.start()
    checks.that("it runs", bot.wait_healthy(), bot.read_log())
    await alice.accept(stage.group)
    asked = [await alice.say(stage.group, "!ping") for _ in range(ASKED)]
    for event_id in asked:
        await alice.answer(event_id, HEARTH, 90)
    refused = [s for s in stage.proxy.seen if "/send/" in s.path and s.status == 429]
    checks.that(f"Synapse told it to wait ({len(refused)} times)", refused)
    checks.equal("it never sent before it might", impatient(stage.proxy.seen), [])
    counts = [len(alice.answers_to(i, HEARTH)) for i in asked]
    checks.equal(f"{ASKED} commands are answered once each", counts, [1] * ASKED)
    order = [reply_target(e) for e in alice.said_by(HEARTH, stage.group)]
    checks.equal("in order", [i for i in order if i in asked], asked)
    tries = [s.path for s in stage.proxy.seen if "/send/" in s.path and s.status in (200, 429)]
    checks.equal("a repeat uses the same path", len(set(tries)), len(
        [s for s in stage.proxy.seen if "/send/" in s.path and s.status == 200]))
    checks.equal("SIGTERM ends it with 0", bot.end(), 0)


if __name__ == "__main__":
    play(story, limited=True)
