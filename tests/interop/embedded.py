#!/usr/bin/env python3
"""matrix-nio, unmodified, against the embedded homeserver of the demo: log in,
join, talk, react, edit, redact, page back, upload."""
import asyncio
import io
import os
import subprocess
import sys

from bot import OUT
from check import Checks
from member import Member, text
from nio import AsyncClient, MessageDirection, RoomPreset


async def log_in(url, name):
    client = AsyncClient(url, name)
    answer = await client.login(name + "-pw")
    await client.close()
    return await Member(url, answer.access_token, answer.user_id, answer.device_id).start()


async def story(url, checks):
    alice, bob = await log_in(url, "alice"), await log_in(url, "bob")
    checks.that("two people log in", alice.id.startswith("@alice:") and bob.id.startswith("@bob:"))
    room = (await alice.client.room_create(alias="support", invite=[bob.id], name="Support",
                                           preset=RoomPreset.public_chat)).room_id
    checks.that("an invite arrives", await bob.until(lambda: (room, alice.id) in bob.invites))
    server = alice.id.split(":", 1)[1]
    found = await bob.client.room_resolve_alias(f"#support:{server}")
    checks.equal("the alias leads to the room", getattr(found, "room_id", found), room)
    await bob.accept(room)
    first = await alice.say(room, "hello")
    heard = await bob.until(lambda: bob.said_by(alice.id, room))
    checks.equal("a message arrives", [text(e) for e in heard or []], ["hello"])
    answer = await bob.say(room, "hi", **{"m.relates_to": {"m.in_reply_to": {"event_id": first}}})
    checks.that("a reply arrives", await alice.answer(first, bob.id))
    await alice.send(room, {"m.relates_to": {"rel_type": "m.annotation", "event_id": answer,
                                             "key": "👍"}}, "m.reaction")
    checks.that("a reaction arrives",
                await bob.until(lambda: bob.said_by(alice.id, room, "m.reaction")))
    await bob.edit(room, answer, "hi there")
    edits = await alice.until(lambda: alice.edits_of(answer))
    checks.equal("an edit arrives", [text(e) for e in edits or []], ["hi there"])
    await bob.redact(room, answer)
    checks.that("a redaction arrives", await alice.until(lambda: alice.redactions_of(answer)))
    seen = await alice.client.room_get_event(room, answer)
    checks.that("and the text is gone", not getattr(seen, "event", None)
                or not seen.event.source["content"])
    await bob.client.room_read_markers(room, first, first)
    checks.that("a receipt arrives", await alice.until(
        lambda: [r for _, r in alice.receipts if r.event_id == first and r.user_id == bob.id]))
    for number in range(30):
        await alice.say(room, f"message {number}")
    pages = await page_back(alice, room)
    checks.equal("paging back finds every message once",
                 [p for p in pages if p.startswith("message ")],
                 [f"message {n}" for n in range(29, -1, -1)])
    answer, _ = await alice.client.upload(io.BytesIO(b"some bytes"), content_type="text/plain",
                                          filename="a.txt", filesize=10)
    back = await bob.client.download(answer.content_uri)
    checks.equal("an upload can be fetched", getattr(back, "body", back), b"some bytes")
    await bob.client.room_leave(room)
    checks.that("leaving arrives", await alice.until(lambda: [
        e for e in alice.events if e.get("state_key") == bob.id
        and e["content"].get("membership") == "leave"]))
    again = await log_in(url, "alice")
    checks.that("a second login is a device of its own",
                again.client.device_id != alice.client.device_id)
    old = await again.until(lambda: room in again.client.rooms)
    checks.that("which finds the rooms it is in", old)
    await again.stop()
    await alice.stop()
    await bob.stop()


async def page_back(member, room):
    start, bodies = "", []
    while True:
        page = await member.client.room_messages(room, start, limit=7,
                                                 direction=MessageDirection.back)
        bodies += [getattr(e, "body", "") for e in page.chunk]
        if not page.chunk or not page.end or page.end == start:
            return bodies
        start = page.end


def main():
    checks = Checks()
    server = subprocess.Popen([os.path.join(OUT, "tests", "hs-server")], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        port = server.stdout.readline().strip()
        asyncio.run(story(f"http://127.0.0.1:{port}", checks))
    finally:
        server.terminate()
        ended = server.wait(20)
    checks.equal("the homeserver ends on SIGTERM", ended, 0)
    checks.end()


if __name__ == "__main__":
    sys.exit(main())
