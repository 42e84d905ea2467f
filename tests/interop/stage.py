"""Where a story plays: Synapse, the proxy that moves time, the bot, the members."""
import asyncio
import datetime
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zoneinfo

from bot import Bot
from check import Checks
from homeserver import NAME, Synapse, call
from member import Member
from nio import RoomPreset
from proxy import Proxy
from web import Client

HEARTH = f"@hearth:{NAME}"
ZONE = "Europe/London"


class Stage:
    def __init__(self, limited=False):
        self.checks = Checks()
        self.folder = tempfile.mkdtemp(prefix="hearth-interop-")
        self.synapse = Synapse(os.path.join(self.folder, "synapse"), limited)
        self.checks.note(f"Synapse is up at {self.synapse.url}")
        self.proxy = Proxy(self.synapse.url, os.path.join(self.folder, "clock"))
        self.bot = Bot(os.path.join(self.folder, "bot"), self.proxy.url, HEARTH,
                       self.proxy.clock_file)
        self.members, self.token = {}, None

    async def member(self, name, limited=False):
        seen = self.synapse.register(name)
        if not limited:
            self.synapse.lift_limit(seen["user_id"])
        member = Member(self.synapse.url, seen["access_token"], seen["user_id"],
                        seen["device_id"])
        self.members[name] = await member.start()
        return member

    async def make_group(self, moderator):
        """#support, public, and #moderators, private, both with Hearth invited."""
        self.group = await create_room(moderator, alias="support", invite=[HEARTH],
                                       preset=RoomPreset.public_chat)
        self.moderators = await create_room(moderator, alias="moderators", invite=[HEARTH])
        return self.group

    def group_sections(self, **more):
        return dict({
            "group": {"rooms": f"#support:{NAME}", "moderators_room": f"#moderators:{NAME}",
                      "zone": ZONE},
            "hearth": {"replies_per_minute": "600", "log_level": "debug"}}, **more)

    async def dm(self, member):
        """A direct chat with Hearth that the member opened."""
        room = await create_room(member, is_direct=True, invite=[HEARTH],
                                 preset=RoomPreset.trusted_private_chat)
        joined = await member.until(lambda: any(
            e["type"] == "m.room.member" and e.get("state_key") == HEARTH
            and e["content"]["membership"] == "join" and e["room_id"] == room
            for e in member.events))
        return room if joined else None

    def log_in(self, sections):
        """Write the config and let `hearth login` keep a token."""
        self.synapse.register("hearth")
        self.bot.configure(sections)
        password = os.path.join(self.folder, "password")
        with open(password, "w") as f:
            f.write("hearth-pw\n")
        os.chmod(password, 0o600)
        return self.bot.call("login", "-c", self.bot.config, "--password-file", password)

    def history(self, member, room):
        """Every event of a room as the member may read it, oldest first."""
        return Client(self.synapse.url, member.client.access_token).history(room)

    def devices(self):
        """Devices of the bot's account, as the admin sees them."""
        path = f"{self.synapse.url}/_synapse/admin/v2/users/{HEARTH}/devices"
        return [d["device_id"] for d in call(path, token=self.synapse.admin)["devices"]
                if d.get("display_name") == "Hearth"]

    async def until(self, find, seconds=20):
        """For what no member sees: look again and again."""
        end = time.monotonic() + seconds
        while not find() and time.monotonic() < end:
            await asyncio.sleep(0.1)

    # --- time, as the bot and (through the proxy) its homeserver see it

    def now(self):
        at = time.time() + self.proxy.offset / 1000
        return datetime.datetime.fromtimestamp(at, zoneinfo.ZoneInfo(ZONE))

    def offset_for(self, moment):
        return (moment.timestamp() - time.time()) * 1000

    def move_to(self, moment):
        self.proxy.move(self.offset_for(moment))
        self.checks.note(f"the clock says {moment:%a %d %b %H:%M}")

    # --- the end

    async def end(self):
        for member in self.members.values():
            await member.stop()
        if self.bot.process:
            self.bot.process.kill()
            self.bot.process.wait()
        self.proxy.stop()
        self.synapse.stop()
        if os.environ.get("INTEROP_KEEP"):
            print("kept:", self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


async def create_room(member, **more):
    answer = await member.client.room_create(**more)
    return answer.room_id


def play(story, **more):
    """Run `story(stage)`; checks are counted, whatever happens is cleaned up."""
    async def whole():
        stage = Stage(**more)
        try:
            await story(stage)
        except Exception:
            traceback.print_exc()
            stage.checks.that("the story came to its end", False)
        finally:
            if stage.checks.failed:
                log = stage.bot.read_log() if os.path.exists(stage.bot.log) else ""
                print("--- the bot's last words\n" + log[-3000:])
            await stage.end()
        return stage.checks
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asyncio.run(whole()).end()
