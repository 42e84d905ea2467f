#!/usr/bin/env python3
"""A homeserver that answers /sync with rubbish, one piece after the other; the
bot must live, and answer the one good question at the end exactly once."""
import http.server
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time

from bot import OUT, Bot
from check import Checks

BOT, ALICE, ROOM = "@hearth:hearth.test", "@alice:hearth.test", "!support:hearth.test"


def message(name, body, **other):
    """A message of alice's; `other` replaces fields of the event."""
    return dict({"type": "m.room.message", "event_id": name, "sender": ALICE,
                 "origin_server_ts": int(time.time() * 1000),
                 "content": {"msgtype": "m.text", "body": body}}, **other)


def member(user):
    return {"type": "m.room.member", "state_key": user, "sender": user,
            "event_id": "$member-" + user[1:4], "origin_server_ts": 1,
            "content": {"membership": "join"}}


def update(token, timeline, state=()):
    return {"next_batch": token, "rooms": {"join": {ROOM: {
        "state": {"events": list(state)}, "timeline": {"events": list(timeline)},
        "summary": {"m.joined_member_count": 2}}}}}


def deep(levels):
    return "[" * levels + "]" * levels


def raw(token, event):
    """An update whose one event is this text, whatever it is."""
    mark = '"the event"'
    return json.dumps(update(token, ["the event"])).replace(mark, event).encode()


def pieces():
    """(name, status, body): what /sync answers, in this order."""
    yield "nothing at all", 200, b""
    yield "HTML", 200, b"<html><body>welcome</body></html>"
    yield "a 502 of a proxy", 502, b"<html>bad gateway</html>"
    yield "half an object", 200, b'{"next_batch": "s2", "rooms": {"join"'
    yield "an array", 200, b"[1, 2, 3]"
    yield "a number", 200, b"17"
    yield "two objects", 200, b'{"next_batch":"s2"}{"next_batch":"s3"}'
    yield "a token that is a number", 200, b'{"next_batch": 17, "rooms": {}}'
    yield "rooms that are a text", 200, b'{"next_batch": "s4", "rooms": "many"}'
    yield "deep nesting", 200, b'{"next_batch": "s5", "x": ' + deep(50000).encode() + b"}"
    yield "random bytes", 200, os.urandom(5000)
    yield "a NUL in a text", 200, raw("s6", json.dumps(message("$nul", "!ping\0rest")))
    yield "invalid UTF-8", 200, raw("s7", json.dumps(message("$utf", "!ping @@"))).replace(
        b"@@", b"\xff\xfe\xc0\x80")
    yield "a lone surrogate", 200, raw("s8", json.dumps(message("$sur", "!ping @@"))).replace(
        b"@@", b"\\ud800")
    yield "a body of 64 kB", 200, raw("s9", json.dumps(message("$big", "!ping " + "x" * 65000)))
    yield "a body of 5 MB", 200, raw("s10", json.dumps(message("$huge", "x" * 5000000)))
    wrong = [5, "text", None, [], {}, {"type": 5, "content": []},
             message("$1", "!ping", content=[]), message("$2", "!ping", content="text"),
             message("$3", 17), message("$4", None), message("$5", "!ping", sender=5),
             message("$6", "!ping", event_id=[]), message("$7", "!ping", type={}),
             message("$8", "x", content={"msgtype": 5, "body": {}}),
             message("$9", "x", content={"msgtype": "m.text", "body": "!ping",
                                         "m.relates_to": 3, "m.mentions": "all"}),
             message("$10", "x", origin_server_ts="soon"),
             message("$11", "x", origin_server_ts=1e300),
             {"type": "m.room.power_levels", "state_key": "", "event_id": "$12", "sender": ALICE,
              "content": {"users": {"@a": "high"}, "users_default": {}}}]
    for number, event in enumerate(wrong):
        yield f"wrong types {number}", 200, raw(f"t{number}", json.dumps(event))
    yield "deep content", 200, raw("s11", json.dumps(message("$deep", "x")).replace(
        '"x"', deep(200)))
    yield "an id of 300 bytes", 200, raw("s12", json.dumps(message("$" + "i" * 300, "!ping")))


class Rubbish:
    def __init__(self):
        self.pieces = list(pieces())
        self.served, self.sent, self.lock = 0, [], threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                length = int(self.headers.get("Content-Length") or 0)
                status, content = outer.answer(self.command, self.path, self.rfile.read(length))
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST = handle_any

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method, path, body):
        if path.endswith("/versions"):
            return 200, b'{"versions": ["v1.11"]}'
        if "/whoami" in path:
            return 200, json.dumps({"user_id": BOT, "device_id": "D"}).encode()
        if "/filter" in path:
            return 200, b'{"filter_id": "1"}'
        if "/directory/room/" in path:
            return 200, json.dumps({"room_id": ROOM, "servers": []}).encode()
        if "/joined_members" in path or "/members" in path:
            return 200, json.dumps({"joined": {BOT: {}, ALICE: {}}, "chunk": [
                member(BOT), member(ALICE)]}).encode()
        if "/send/" in path:
            return self.take(path, body)
        if "/sync" in path:
            return self.sync(path)
        return 404, b'{"errcode": "M_UNRECOGNIZED", "error": "not here"}'

    def take(self, path, body):
        with self.lock:
            self.sent.append((path, json.loads(body)))
        return 200, json.dumps({"event_id": f"$sent{len(self.sent)}"}).encode()

    def sync(self, path):
        with self.lock:
            since = re.search(r"[?&]since=([^&]*)", path)
            if since is None:
                create = {"type": "m.room.create", "state_key": "", "sender": ALICE,
                          "event_id": "$create", "origin_server_ts": 1, "content": {}}
                return 200, json.dumps(update("s1", [], [create, member(ALICE),
                                                         member(BOT)])).encode()
            number = self.served
            self.served += 1
        # A good answer after each piece, so that the bot's pauses stay short.
        if number % 2 == 1 or number > 2 * len(self.pieces):
            time.sleep(0.3 if number > 2 * len(self.pieces) else 0)
            return 200, json.dumps({"next_batch": f"good{number}"}).encode()
        if number < 2 * len(self.pieces):
            return self.pieces[number // 2][1:]
        return 200, json.dumps(update("end", [message("$good", "!ping")])).encode()

    def is_done(self):
        return self.served > 2 * len(self.pieces) + 2


def replies(sent, event_id):
    return [content for _, content in sent
            if (content.get("m.relates_to") or {}).get("m.in_reply_to", {}).get("event_id")
            == event_id]


def main():
    checks, server = Checks(), Rubbish()
    folder = tempfile.mkdtemp()
    try:
        bot = Bot(os.path.join(folder, "bot"), server.url, BOT)
        bot.configure({"matrix": {"token": "t", "transport": "sync"}, "group": {"rooms": ROOM}})
        bot.start()
        end = time.monotonic() + 120
        while time.monotonic() < end and not server.is_done() and bot.process.poll() is None:
            time.sleep(0.2)
        alive = bot.process.poll() is None
        end = time.monotonic() + 10
        while alive and not replies(server.sent, "$good") and time.monotonic() < end:
            time.sleep(0.1)
        last = server.pieces[min(server.served // 2, len(server.pieces) - 1)][0]
        checks.that(f"the bot lives through {len(server.pieces)} pieces of rubbish", alive,
                    f"it died after: {last}\n{bot.read_log()[-1500:]}")
        checks.that("it got to the end of them", server.is_done(), f"it stays at: {last}")
        checks.equal("and answers the good question once", len(replies(server.sent, "$good")), 1)
        checks.equal("it ends on SIGTERM", bot.end(signal.SIGTERM) if alive else None, 0)
        log = bot.read_log()
        checks.that("no memory error", "Sanitizer" not in log and "runtime error" not in log, log)
        checks.that("the log holds no message", "xxxxxxxx" not in log and ALICE not in log)
    finally:
        if bot.process:
            bot.process.kill()
        shutil.rmtree(folder)
    checks.end()


if __name__ == "__main__":
    if not os.path.exists(os.path.join(OUT, "hearth")):
        sys.exit("build/hearth is missing")
    main()
