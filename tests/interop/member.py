"""A scripted member, made with matrix-nio: talks, remembers what it saw, waits."""
import asyncio
import time

from nio import AsyncClient, AsyncClientConfig, Event, InviteMemberEvent, Receipt, ReceiptEvent

HTML = "org.matrix.custom.html"
FILTER = {"room": {"timeline": {"limit": 1000}}}  # nothing is lost in a gap


class Gone(Exception):
    pass


class Member:
    def __init__(self, url, token, user_id, device_id):
        self.client = AsyncClient(url, user_id, config=AsyncClientConfig(
            max_timeouts=5, request_timeout=60))
        self.client.restore_login(user_id, device_id, token)
        self.id = user_id
        self.events = []    # every timeline event, as JSON, with room_id added
        self.invites = []   # (room_id, sender)
        self.receipts = []  # (room_id, Receipt)
        self.news = asyncio.Event()
        self.client.add_event_callback(self.on_event, Event)
        self.client.add_event_callback(self.on_invite, InviteMemberEvent)
        self.client.add_ephemeral_callback(self.on_receipt, ReceiptEvent)
        self.task = None

    async def start(self):
        await self.client.sync(timeout=0, full_state=True, sync_filter=FILTER)
        self.task = asyncio.create_task(self.client.sync_forever(
            timeout=30000, sync_filter=FILTER))
        return self

    async def stop(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.client.close()

    async def on_event(self, room, event):
        self.events.append(dict(event.source, room_id=room.room_id))
        self.news.set()

    async def on_invite(self, room, event):
        if event.state_key == self.id and event.membership == "invite":
            self.invites.append((room.room_id, event.sender))
            self.news.set()

    async def on_receipt(self, room, event):
        self.receipts += [(room.room_id, r) for r in event.receipts]
        self.news.set()

    async def until(self, find, seconds=20):
        """The first true value of `find()`, or None when it never comes."""
        end = time.monotonic() + seconds
        while True:
            self.news.clear()
            found = find()
            if found:
                return found
            left = end - time.monotonic()
            if left <= 0:
                return None
            try:
                await asyncio.wait_for(self.news.wait(), left)
            except asyncio.TimeoutError:
                pass

    async def send(self, room, content, kind="m.room.message"):
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        if not hasattr(answer, "event_id"):
            raise Gone(f"{self.id} could not send: {answer}")
        return answer.event_id

    async def say(self, room, text, **more):
        return await self.send(room, dict({"msgtype": "m.text", "body": text}, **more))

    async def mention(self, room, who, text):
        """As clients do it: a pill, and m.mentions."""
        pill = f'<a href="https://matrix.to/#/{who}">Hearth</a>'
        return await self.say(room, f"Hearth: {text}", format=HTML,
                              formatted_body=f"{pill}: {text}",
                              **{"m.mentions": {"user_ids": [who]}})

    async def edit(self, room, event_id, text):
        return await self.send(room, {
            "msgtype": "m.text", "body": "* " + text,
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id}})

    async def in_thread(self, room, root, text, **more):
        return await self.say(room, text, **{"m.relates_to": {
            "rel_type": "m.thread", "event_id": root, "is_falling_back": True,
            "m.in_reply_to": {"event_id": root}}}, **more)

    async def redact(self, room, event_id):
        return await self.client.room_redact(room, event_id)

    async def accept(self, room):
        await self.client.join(room)

    def said_by(self, who, room=None, kind="m.room.message"):
        return [e for e in self.events if e["sender"] == who and e["type"] == kind
                and room in (None, e["room_id"])]

    def answers_to(self, event_id, who):
        """First versions only: an edit is not another answer."""
        return [e for e in self.said_by(who) if relation(e) != "m.replace"
                and reply_target(e) == event_id]

    def edits_of(self, event_id):
        return [e for e in self.events if relation(e) == "m.replace"
                and e["content"]["m.relates_to"].get("event_id") == event_id]

    def redactions_of(self, event_id):
        return [e for e in self.events if e["type"] == "m.room.redaction"
                and (e.get("redacts") or e["content"].get("redacts")) == event_id]

    async def answer(self, event_id, who, seconds=20):
        return await self.until(lambda: next(iter(self.answers_to(event_id, who)), None), seconds)

    async def ask(self, room, who, text, seconds=20):
        """Say it and give back the answer (None when there was none)."""
        return await self.answer(await self.say(room, text), who, seconds)


def relation(event):
    return (event["content"].get("m.relates_to") or {}).get("rel_type")


def reply_target(event):
    relates = event["content"].get("m.relates_to") or {}
    return (relates.get("m.in_reply_to") or {}).get("event_id")


def text(event):
    """What a reader sees: of an edit, the new text."""
    if event is None:
        return ""
    content = event["content"]
    return (content.get("m.new_content") or content).get("body") or ""


__all__ = ["Member", "Receipt", "relation", "reply_target", "text"]
