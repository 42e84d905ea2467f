#!/usr/bin/env python3
"""Kill the bot with SIGKILL at random moments and look for what got lost.

The embedded homeserver runs as a process of its own (tests/hs_server.c), the bot
as another. Members (threads, standard library only) ask questions in the room and
in their chats all the time, answer a check-in every day of one week and correct
some of the answers. Meanwhile the bot is killed and started again; every third
start uses the other transport. On even days the homeserver forgets every
transaction id, so that a repeat after a kill would show as a second message, and
half of the kills come when it has taken a message and the bot has not heard so
(trap.py); on odd days it loses answers, refuses, cuts the socket and disturbs
timelines.
Between two days everything is let settle, so that a question is never older than
the bot may be away.

At the end every question has exactly one answer, every member got one prompt a
day, every answer one acknowledgement, and `my data` shows each answer once.

Environment: CRASH_KILLS (20), CRASH_SEED (drawn and printed), OUT.
"""
import datetime
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from bot import OUT, Bot
from check import Checks
from trap import Trap
from web import Client

KILLS = int(os.environ.get("CRASH_KILLS", "20"))
SEED = int(os.environ.get("CRASH_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
MEMBERS = 6
DAYS = 7
SETTLE_S = 90
NS_CHECKIN = "org.hearthbot.checkin"
ROOM_QUESTIONS = ["!ping", "!faq does exercise help?", "!faq sleep", "!help", "!privacy"]
DM_QUESTIONS = ["ping", "does exercise help?", "how can I sleep better?", "help", "privacy"]

SECRET = "crash-driver"
FAULTS = [
    {"kind": "lose_answer", "path_part": "/send/"},
    {"kind": "status", "path_part": "/send/", "status": 502, "times": 2},
    {"kind": "status", "path_part": "/send/", "status": 429, "retry_after_ms": 400},
    {"kind": "status", "path_part": "/sync", "status": 503},
    {"kind": "status", "path_part": "/messages", "status": 500},
    {"kind": "drop_stream", "after": 1},
    {"kind": "limited", "limit": 2, "times": 3},
    {"kind": "duplicate", "times": 2},
    {"kind": "reorder", "times": 2},
]


class Clock:
    """The file that both the homeserver and the bot read their clock from."""

    def __init__(self, path):
        self.path = path
        today = datetime.datetime.now(datetime.timezone.utc).date()
        self.monday = today + datetime.timedelta(days=7 - today.weekday())

    def set(self, day, hour, minute):
        date = self.monday + datetime.timedelta(days=day)
        wanted = datetime.datetime(date.year, date.month, date.day, hour, minute,
                                   tzinfo=datetime.timezone.utc).timestamp()
        with open(self.path + ".new", "w") as f:
            f.write(f"{int((wanted - time.time()) * 1000)}\n")
        os.replace(self.path + ".new", self.path)
        return date


class Server:
    def __init__(self, folder, clock):
        self.log = open(os.path.join(folder, "server.log"), "w+")
        env = dict(os.environ, HEARTH_TEST_CLOCK=clock.path)
        self.process = subprocess.Popen([os.path.join(OUT, "tests", "hs-server"), "0", SECRET],
                                        env=env,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if not line.strip().isdigit():
            sys.exit("the homeserver did not start: " + line)
        self.port = int(line)
        self.url = f"http://127.0.0.1:{self.port}"
        self.admin = Client(self.url)

    def fault(self, **fault):
        self.admin.request("POST", "/_hearth/fault?secret=" + SECRET, fault)

    def end(self):
        self.process.terminate()
        return self.process.wait(20)


class Person(threading.Thread):
    """Asks while `may_ask` is set, answers every prompt, remembers what it did."""

    def __init__(self, url, name, hearth, seed):
        super().__init__(daemon=True)
        self.client = Client(url)
        self.client.login(name, name)
        self.name, self.hearth = name, hearth
        self.random = random.Random(seed)
        self.room = self.dm = self.since = self.trouble = None
        self.may_ask, self.is_over = threading.Event(), threading.Event()
        self.questions = {}   # event id -> text
        self.answers = {}     # event id -> (date, values)
        self.edited = set()
        self.prompts = []     # (date, event id)
        self.replies = {}     # event id -> [text] of what hearth said to it

    def run(self):
        try:
            while not self.is_over.is_set():
                self.look()
                if self.may_ask.is_set():
                    self.ask()
                    self.correct()
                time.sleep(self.random.uniform(0.1, 0.9))
        except Exception as problem:  # told at the end, by the main thread
            self.trouble = repr(problem)

    def look(self):
        answer = self.client.sync(self.since)
        self.since = answer["next_batch"]
        for room, update in answer.get("rooms", {}).get("join", {}).items():
            for event in update["timeline"]["events"]:
                if event["sender"] == self.hearth and event["type"] == "m.room.message":
                    self.hear(room, event)

    def hear(self, room, event):
        content = event["content"]
        relates = content.get("m.relates_to") or {}
        if relates.get("rel_type") == "m.replace":
            return
        target = (relates.get("m.in_reply_to") or {}).get("event_id")
        if target:
            self.replies.setdefault(target, []).append(content.get("body", ""))
        if NS_CHECKIN in content and room == self.dm:
            self.answer_prompt(content[NS_CHECKIN], event["event_id"])

    def answer_prompt(self, facts, event_id):
        date = next(v for v in facts.values() if re.fullmatch(r"\d{4}-\d\d-\d\d", str(v)))
        is_first = date not in [d for d, _ in self.prompts]
        self.prompts.append((date, event_id))
        if is_first:
            values = [self.random.randint(0, 10) for _ in range(5)]
            said = self.client.say(self.dm, " ".join(map(str, values)))
            self.answers[said] = (date, values)

    def ask(self):
        if self.random.random() < 0.5:
            where, text = self.room, self.random.choice(ROOM_QUESTIONS)
        else:
            where, text = self.dm, self.random.choice(DM_QUESTIONS)
        self.questions[self.client.say(where, text)] = text

    def correct(self):
        """Now and then an answer of today is edited."""
        fresh = [i for i in self.answers if i not in self.edited]
        if not fresh or self.random.random() > 0.1:
            return
        event_id = fresh[-1]
        self.edited.add(event_id)
        date, _ = self.answers[event_id]
        values = [self.random.randint(0, 10) for _ in range(5)]
        text = " ".join(map(str, values))
        self.client.send(self.dm, {
            "msgtype": "m.text", "body": "* " + text,
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id}})
        self.answers[event_id] = (date, values)

    def is_settled(self, days):
        known = self.replies
        return (len({d for d, _ in self.prompts}) >= days and
                all(i in known for i in list(self.questions)) and
                all(i in known for i in list(self.answers)))

    def say_and_wait(self, text, wanted, seconds=30):
        """In the chat with Hearth, before the threads run."""
        said = self.client.say(self.dm, text)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.look()
            heard = " ".join(self.replies.get(said, []))
            if re.search(wanted, heard, re.I | re.S):
                return heard
            time.sleep(0.05)
        raise SystemExit(f"{self.name} said {text!r}, waited for /{wanted}/, heard "
                         f"{self.replies.get(said)}")


class Run:
    def __init__(self, folder):
        self.random = random.Random(SEED)
        self.checks = Checks()
        self.clock = Clock(os.path.join(folder, "clock"))
        self.clock.set(0, 17, 0)
        self.server = Server(folder, self.clock)
        account = Client(self.server.url)
        token = account.login("hearth", "hearth")["access_token"]
        self.hearth = account.user_id
        self.trap = Trap(self.server.port, lambda: self.bot.process.kill())
        self.bot = Bot(os.path.join(folder, "bot"), self.trap.url, self.hearth,
                       self.clock.path)
        self.people = [Person(self.server.url, f"member{i}", self.hearth, SEED + i)
                       for i in range(MEMBERS)]
        self.room = self.people[0].client.create_room(preset="public_chat",
                                                      invite=[self.hearth])
        self.token, self.starts, self.kills, self.traps = token, 0, 0, 0

    def configure(self):
        transport = "sync" if self.starts % 3 == 2 else "auto"
        self.bot.configure({
            "matrix": {"token": self.token, "transport": transport,
                       "invite_from": self.hearth.split(":", 1)[1]},
            "hearth": {"replies_per_minute": "600", "log_level": "debug"},
            "group": {"rooms": self.room, "zone": "UTC", "moderators_room": ""}})

    def start(self):
        self.configure()
        self.starts += 1
        self.bot.start()

    def set_up(self):
        """Everybody in the room, in a chat with Hearth, and opted in."""
        self.start()
        if not self.bot.wait_healthy():
            raise SystemExit("the bot did not become healthy:\n" + self.bot.read_log())
        for person in self.people:
            person.room = self.room
            if person is not self.people[0]:
                person.client.join(self.room)
            person.dm = person.client.create_room(
                preset="trusted_private_chat", is_direct=True, invite=[self.hearth])
            person.say_and_wait("checkin on", "yes")
            person.say_and_wait("yes", "18:00")
        for person in self.people:
            person.start()

    def kill_once(self, may_trap):
        time.sleep(self.random.uniform(0.02, 1.2))
        if may_trap and self.random.random() < 0.5:
            self.trap.arm()
            self.traps += self.trap.sprung.wait(3)
            self.trap.disarm()
        elif self.bot.process.poll() is not None:
            raise SystemExit("the bot ended by itself:\n" + self.bot.read_log()[-3000:])
        self.bot.end(signal.SIGKILL)
        self.kills += 1
        self.start()

    def disturb(self, day):
        if day % 2 == 0:
            self.server.fault(kind="forget_txns", user_id=self.hearth, times=-1)
        elif self.random.random() < 0.6:
            fault = dict(self.random.choice(FAULTS))
            if fault["kind"] != "drop_stream":
                fault["user_id"] = self.hearth
            self.server.fault(**fault)

    def settle(self, days):
        """Until everything asked is answered; who still waits is seen later."""
        for person in self.people:
            person.may_ask.clear()
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            if all(p.is_settled(days) for p in self.people):
                break
            if self.bot.process.poll() is not None:
                raise SystemExit("the bot ended by itself:\n" + self.bot.read_log()[-3000:])
            time.sleep(0.2)

    def days(self):
        for day in range(DAYS):
            self.clock.set(day, 18, 1)
            for person in self.people:
                person.may_ask.set()
            for kill in range(KILLS * (day + 1) // DAYS - KILLS * day // DAYS):
                if day % 2 == 1 or kill == 0:
                    self.disturb(day)
                self.kill_once(day % 2 == 0)
            time.sleep(1)
            self.settle(day + 1)
            self.server.fault(clear=True)
            self.checks.note(f"day {day + 1}: {self.kills} kills ({self.traps} between a message "
                             f"and its answer), "
                             f"{sum(len(p.questions) for p in self.people)} questions")

    def judge(self):
        checks, people = self.checks, self.people
        for person in people:
            person.is_over.set()
        for person in people:
            person.join(30)
        checks.equal("no member had trouble", [p.trouble for p in people if p.trouble], [])
        told = self.answered()
        asked = {i: t for p in people for i, t in p.questions.items()}
        self.count("questions", asked, told)
        self.count("acknowledgements of answers",
                   {i: str(v) for p in people for i, v in p.answers.items()}, told)
        prompts = [len(p.prompts) for p in people]
        checks.equal("one prompt a member and day", prompts, [DAYS] * len(people))
        for person in people:
            self.judge_data(person)
        checks.equal("the bot ends on SIGTERM", self.bot.end(), 0)
        self.judge_store()

    def answered(self):
        """event id -> how often hearth replied to it, out of the rooms' history."""
        told = {}
        for person, room in [(self.people[0], self.room)] + [(p, p.dm) for p in self.people]:
            for event in person.client.history(room):
                relates = event["content"].get("m.relates_to") or {}
                if event["sender"] != self.hearth or relates.get("rel_type") == "m.replace":
                    continue
                target = (relates.get("m.in_reply_to") or {}).get("event_id")
                told[target] = told.get(target, 0) + 1
        return told

    def count(self, what, wanted, told):
        lost = {i: t for i, t in wanted.items() if told.get(i, 0) == 0}
        doubled = {i: t for i, t in wanted.items() if told.get(i, 0) > 1}
        self.checks.that(f"{what}: {len(wanted)}, lost {len(lost)}, doubled {len(doubled)}",
                         wanted and not lost and not doubled,
                         f"lost {list(lost.items())[:5]} doubled {list(doubled.items())[:5]}")

    def judge_data(self, person):
        told = person.say_and_wait("my data", "hold about you")
        for date, values in sorted(person.answers.values()):
            day = datetime.date.fromisoformat(date)
            words = f"{day:%A} {day.day} {day:%B}: (.*)"
            seen = [list(map(int, re.findall(r"\b\d+\b", row))) for row in re.findall(words, told)]
            self.checks.that(f"{person.name} {date}: counted once, as said last",
                             seen == [values], f"seen {seen}, said {values}")

    def judge_store(self):
        log = self.bot.read_log()
        self.checks.that("no memory error", "Sanitizer" not in log and "runtime error" not in log)
        with sqlite3.connect(os.path.join(self.bot.folder, "data", "hearth.db")) as db:
            self.checks.equal("the database is whole",
                              db.execute("pragma integrity_check").fetchone()[0], "ok")
            self.checks.equal("nothing is left in the outbox",
                              db.execute("select count(*) from outbox").fetchone()[0], 0)

    def end(self):
        for person in self.people:
            person.is_over.set()
        if self.bot.process:
            self.bot.end(signal.SIGKILL)
        self.trap.end()
        self.server.end()


def main():
    print(f"{KILLS} kills, seed {SEED} (CRASH_SEED={SEED} repeats the choices)", flush=True)
    folder = tempfile.mkdtemp()
    run = Run(folder)
    try:
        run.set_up()
        run.days()
        run.judge()
    finally:
        run.end()
        if os.environ.get("CRASH_KEEP"):
            print("kept:", folder)
        else:
            shutil.rmtree(folder)
    run.checks.end()


if __name__ == "__main__":
    main()
