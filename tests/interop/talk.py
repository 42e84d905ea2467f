#!/usr/bin/env python3
"""Questions and answers against Synapse: asking, editing, redacting, threads,
invites, restarts, bursts, an encrypted room, a refused token."""
import json
import os
import signal
import stat

from homeserver import NAME, call
from member import relation, reply_target, text
from nio import RoomPreset
from stage import HEARTH, create_room, play

EXERCISE, SLEEP = "does exercise help?", "how can I sleep better?"


async def start(stage):
    checks, bot = stage.checks, stage.bot
    mod = await stage.member("moderator")
    alice = await stage.member("alice")
    await stage.make_group(mod)
    code, out, err = stage.log_in(stage.group_sections(
        matrix={"invite_from": f"@moderator:{NAME}, @alice:{NAME}"}))
    checks.equal("hearth login with a password file", code, 0) or checks.note(out + err)
    mode = stat.S_IMODE(os.stat(os.path.join(bot.folder, "keys", "session")).st_mode)
    checks.equal("key_dir/session is private", oct(mode), "0o600")
    checks.that("the password is not in it",
                "hearth-pw" not in open(os.path.join(bot.folder, "keys", "session")).read())
    code, out, err = bot.call("check", "-c", bot.config)
    checks.equal("hearth check", code, 0) or checks.note(out + err)
    checks.equal("hearth health before the start", bot.call("health", "-c", bot.config)[0], 1)
    bot.start()
    checks.that("hearth health once it runs", bot.wait_healthy(), bot.read_log())
    checks.that("the socket was looked for first, then /sync", any(
        s.path.endswith("/versions") or "stream" in s.path for s in stage.proxy.seen)
        and any("/sync" in s.path for s in stage.proxy.seen))
    await alice.accept(stage.group)
    joined = await mod.until(lambda: len([
        e for e in mod.events if e["type"] == "m.room.member" and e.get("state_key") == HEARTH
        and e["content"]["membership"] == "join"]) == 2)
    checks.that("it joins the group's room and the moderators' room", joined)
    return mod, alice


async def asking(stage, mod, alice):
    checks, room = stage.checks, stage.group
    asked = await alice.mention(room, HEARTH, EXERCISE)
    answer = await alice.answer(asked, HEARTH)
    checks.that("a mention by pill is answered", answer and "exercis" in text(answer).lower(),
                text(answer))
    if answer:
        content = answer["content"]
        checks.equal("as a notice", content["msgtype"], "m.notice")
        checks.that("with m.mentions", "m.mentions" in content)
        checks.that("with HTML and a plain body", content.get("formatted_body")
                    and "<" not in content["body"], content)
    stage.overheard = await alice.say(room, EXERCISE)
    stage.notice = await alice.say(room, "!ping", msgtype="m.notice")
    answer = await alice.ask(room, HEARTH, f"!faq {EXERCISE}")
    checks.that("!faq is answered", "exercis" in text(answer).lower(), text(answer))
    for word, wanted in (("!help", "faq"), ("!ping", "pong"), ("!privacy", "noise"),
                         ("!status", "."), ("!summary", ".")):
        answer = await alice.ask(room, HEARTH, word)
        checks.that(f"{word} is answered", wanted in text(answer).lower() if wanted != "."
                    else answer, text(answer))
    stage.dm_room = await stage.dm(alice)
    checks.that("it comes into a chat that alice opened", stage.dm_room)
    answer = await alice.ask(stage.dm_room, HEARTH, EXERCISE)
    checks.that("a plain question there is answered", "exercis" in text(answer).lower(),
                text(answer))


async def changing(stage, mod, alice):
    checks, room = stage.checks, stage.group
    asked = await alice.say(room, f"!faq {EXERCISE}")
    answer = await alice.answer(asked, HEARTH)
    await alice.edit(room, asked, f"!faq {SLEEP}")
    edit = await alice.until(lambda: alice.edits_of(answer["event_id"]))
    checks.that("an edited question edits the answer", edit and "sleep" in text(edit[-1]).lower()
                and text(edit[-1]) != text(answer), edit)
    if edit:
        checks.that("the edit has no relation inside m.new_content",
                    "m.relates_to" not in edit[-1]["content"]["m.new_content"])
    await alice.redact(room, asked)
    gone = await alice.until(lambda: alice.redactions_of(answer["event_id"]))
    checks.that("a redacted question redacts the answer", gone)
    root = await alice.say(room, "who is here today?")
    asked = await alice.in_thread(room, root, f"!faq {EXERCISE}")
    answer = await alice.answer(asked, HEARTH)
    relates = answer["content"]["m.relates_to"] if answer else {}
    checks.equal("a question in a thread is answered in it",
                 (relates.get("rel_type"), relates.get("event_id"),
                  relates.get("is_falling_back", False)), ("m.thread", root, False))
    typo = await alice.say(room, "nothing to do with hearth")
    await alice.edit(room, typo, "!ping")
    answer = await alice.until(lambda: [e for e in alice.said_by(HEARTH, room)
                                        if text(e) == "pong" and reply_target(e) == typo])
    checks.that("an edit that makes a command of a message is answered", answer)


async def strangers(stage, mod, alice):
    checks = stage.checks
    mallory = await stage.member("mallory")
    room = await create_room(mallory, invite=[HEARTH], is_direct=True)
    refused = await mallory.until(lambda: [
        e for e in mallory.events if e["room_id"] == room and e.get("state_key") == HEARTH
        and e["content"].get("membership") == "leave"])
    checks.that("a stranger's invite is refused", refused)
    await mallory.accept(stage.group)
    answer = await mallory.ask(stage.group, HEARTH, "!help now")
    checks.that("help now is answered for everybody", "0000" in text(answer), text(answer))


async def encrypted(stage, mod, alice):
    checks = stage.checks
    room = await create_room(alice, invite=[HEARTH], preset=RoomPreset.trusted_private_chat,
                             is_direct=True, initial_state=[{
                                 "type": "m.room.encryption", "state_key": "",
                                 "content": {"algorithm": "m.megolm.v1.aes-sha2"}}])
    told = await alice.until(lambda: [e for e in alice.said_by(HEARTH)
                                      if "encrypted" in text(e) and e["room_id"] != room])
    checks.that("who invites it into an encrypted room is told in a plain chat", told)
    checks.equal("and that is the chat they had", told and told[0]["room_id"], stage.dm_room)
    await alice.send(room, {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgA",
                            "session_id": "s", "sender_key": "k", "device_id": "d"},
                     "m.room.encrypted")
    await alice.say(room, "!ping")
    answer = await alice.ask(stage.dm_room, HEARTH, "ping")
    checks.that("the plain chat still works", text(answer) == "pong", text(answer))
    checks.equal("no plaintext was sent into the encrypted room", alice.said_by(HEARTH, room), [])
    sent = [s.path for s in stage.proxy.seen if "/send/" in s.path and room.split(":")[0][1:] in s.path]
    checks.equal("not even tried", sent, [])


async def restart(stage, alice, how, name):
    """Messages sent while it is down are answered exactly once."""
    checks, bot = stage.checks, stage.bot
    running = [await alice.say(stage.group, "!ping") for _ in range(3)]
    code = bot.end(how)
    if how == signal.SIGTERM:
        checks.equal("SIGTERM ends it with 0", code, 0)
    asked = running + [await alice.say(stage.group, "!ping"),
                       await alice.say(stage.dm_room, "ping"),
                       await alice.say(stage.group, f"!faq {EXERCISE}")]
    bot.start()
    for event_id in asked:
        await alice.answer(event_id, HEARTH, 40)
    await alice.ask(stage.group, HEARTH, "!ping")
    checks.equal(f"after {name} all that was asked is answered once",
                 [len(alice.answers_to(i, HEARTH)) for i in asked], [1] * len(asked))


async def bursts(stage, mod, alice):
    checks, bot = stage.checks, stage.bot
    people = [alice, mod, stage.members["mallory"]]
    asked = []
    for _ in range(40):
        asked += [(p, await p.say(stage.group, "!ping")) for p in people]
    for person, event_id in asked:
        await person.answer(event_id, HEARTH, 60)
    checks.equal("a burst of 120 commands: each answered once",
                 tally(asked), {1: len(asked)})
    bot.end()
    asked = []
    for _ in range(50):
        asked += [(p, await p.say(stage.group, "!ping")) for p in people]
    mark = len(stage.proxy.seen)
    bot.start()
    for person, event_id in asked:
        await person.answer(event_id, HEARTH, 60)
    checks.equal("150 commands while it was down: each answered once",
                 tally(asked), {1: len(asked)})
    checks.that("the gap was filled from /messages", any(
        "/messages" in s.path and "to=" in s.path for s in stage.proxy.seen[mark:]))
    asked = [i for _, i in asked]
    order = [reply_target(e) for e in stage.history(alice, stage.group)
             if e["sender"] == HEARTH and reply_target(e) in set(asked)]
    wrong = [n for n, (a, b) in enumerate(zip(order, asked)) if a != b]
    checks.equal("in the order in which they were asked", wrong, [])


def tally(asked):
    counts = {}
    for person, event_id in asked:
        seen = len(person.answers_to(event_id, HEARTH))
        counts[seen] = counts.get(seen, 0) + 1
    return counts


async def reload(stage, mod, alice):
    checks, bot = stage.checks, stage.bot
    with open(bot.config, encoding="utf-8") as f:
        good = f.read()
    with open(bot.config, "w", encoding="utf-8") as f:
        f.write(good + "\n[nonsense]\nx = 1\n")
    bot.process.send_signal(signal.SIGHUP)
    told = await mod.until(lambda: [e for e in mod.said_by(HEARTH, stage.moderators)
                                    if "nonsense" in text(e)])
    checks.that("a broken config is refused in the moderators' room", told)
    answer = await alice.ask(stage.group, HEARTH, "!ping")
    checks.equal("and the old one goes on", text(answer), "pong")
    with open(bot.config, "w", encoding="utf-8") as f:
        f.write(good.replace(";prefix = !", "prefix = ?"))
    bot.process.send_signal(signal.SIGHUP)
    await mod.until(lambda: [e for e in mod.said_by(HEARTH, stage.moderators)
                             if "in use" in text(e)], 5)
    answer = await alice.ask(stage.group, HEARTH, "?ping")
    checks.equal("a good one is taken over", text(answer), "pong")


async def token_gone(stage):
    checks, bot = stage.checks, stage.bot
    with open(os.path.join(bot.folder, "keys", "session")) as f:
        session = f.read()
    devices = stage.devices()
    checks.equal("all those starts used one device", len(devices), 1)
    checks.that("that of the login", devices and devices[0] in session)
    path = f"{stage.synapse.url}/_synapse/admin/v2/users/{HEARTH}/devices/{devices[0]}"
    call(path, token=stage.synapse.admin, method="DELETE")
    try:
        code = bot.process.wait(20)
    except Exception:
        code = None
    checks.equal("a token that was taken away ends it with 4", code, 4)
    checks.that("and a word on what to do", "hearth login" in bot.read_log()[-2000:],
                bot.read_log()[-500:])
    bot.process = None


async def story(stage):
    checks = stage.checks
    mod, alice = await start(stage)
    await asking(stage, mod, alice)
    await changing(stage, mod, alice)
    await strangers(stage, mod, alice)
    await encrypted(stage, mod, alice)
    await restart(stage, alice, signal.SIGTERM, "SIGTERM")
    await restart(stage, alice, signal.SIGKILL, "SIGKILL")
    await bursts(stage, mod, alice)
    checks.equal("talk that was not for it stayed unanswered",
                 len(alice.answers_to(stage.overheard, HEARTH)), 0)
    checks.equal("and so did a notice", len(alice.answers_to(stage.notice, HEARTH)), 0)
    said = [e for m in stage.members.values() for e in m.said_by(HEARTH)
            if relation(e) != "m.replace"]
    targets = [(reply_target(e)) for e in {e["event_id"]: e for e in said}.values()
               if reply_target(e)]
    checks.equal("nothing was ever answered twice", len(targets), len(set(targets)))
    await reload(stage, mod, alice)
    await token_gone(stage)
    log = stage.bot.read_log()
    session = json.dumps(open(os.path.join(stage.bot.folder, "keys", "session")).read())
    checks.that("the log names nobody and quotes nothing", "@alice" not in log
                and "exercise" not in log and "pong" not in log and session[10:40] not in log)


if __name__ == "__main__":
    play(story)
