"""The program under test: its config (the shipped example, filled in), its process."""
import os
import re
import signal
import subprocess
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLE = os.path.join(TOP, "config.example.ini")
OUT = os.path.join(TOP, os.environ.get("OUT", "build"))


def set_keys(text, section, keys):
    """INI `text` with `keys` of one section set, commented out or not before."""
    lines, done, inside, out = text.split("\n"), set(), False, []
    dropping = False
    for line in lines:
        head = re.match(r"\[([^\]]+)\]", line)
        if head:
            if inside:
                out += [f"{k} = {v}" for k, v in keys.items() if k not in done]
            inside = head.group(1).strip() == section
            done |= set() if not inside else {"[" + section}
        found = re.match(r";?(\w+) *=", line)
        if dropping and line[:1] in (" ", "\t"):
            continue  # the rest of a value that was replaced
        dropping = False
        if inside and found and found.group(1) in keys:
            name = found.group(1)
            dropping = not line.startswith(";")
            if name not in done:
                done.add(name)
                out.append(f"{name} = {keys[name]}")
            continue
        out.append(line)
    if inside:
        out += [f"{k} = {v}" for k, v in keys.items() if k not in done]
    if "[" + section not in done:
        out += ["", f"[{section}]"] + [f"{k} = {v}" for k, v in keys.items()]
    return "\n".join(out)


def section_names(text, kind):
    return re.findall(r"^\[" + kind + r" +([^\]]+)\]", text, re.M)


HELP_LINES = {
    "emergency": "000 (a made-up number)",
    "helpline": "the test line, 0000 (a made-up number)",
    "urgent": "Please have that looked at today: 0001 (a made-up number).",
}


class Bot:
    """One Hearth in a folder of its own. `clock_file` None: the shipped program."""

    def __init__(self, folder, url, user_id, clock_file=None, program=None):
        os.makedirs(folder, mode=0o700)
        self.folder, self.url, self.user_id, self.clock_file = folder, url, user_id, clock_file
        name = "hearth-test" if clock_file else "hearth"
        self.program = program or os.path.join(OUT, name)
        self.config = os.path.join(folder, "config.ini")
        self.log = os.path.join(folder, "log")
        self.process = None

    def configure(self, sections):
        """Write the config: the example, the account, folders, then `sections`."""
        with open(EXAMPLE, encoding="utf-8") as f:
            text = f.read()
        text = set_keys(text, "matrix", {"homeserver": self.url, "user": self.user_id})
        text = set_keys(text, "hearth", {
            name: os.path.join(self.folder, folder) for name, folder in
            (("data_dir", "data"), ("key_dir", "keys"), ("week_key_dir", "week-keys"))})
        text = set_keys(text, "safety", HELP_LINES)
        for section, keys in sections.items():
            if section == "group":
                section = "group " + section_names(text, "group")[0]
            text = set_keys(text, section, keys)
        with open(self.config, "w", encoding="utf-8") as f:
            f.write(text)
        os.chmod(self.config, 0o600)
        return text

    def environment(self):
        env = dict(os.environ)
        if self.clock_file:
            env["HEARTH_TEST_CLOCK"] = self.clock_file
        return env

    def call(self, *words, timeout=60, **more):
        """A subcommand that ends by itself: (exit code, stdout, stderr)."""
        done = subprocess.run([self.program, *words], capture_output=True, text=True,
                              env=self.environment(), timeout=timeout, cwd=self.folder, **more)
        return done.returncode, done.stdout, done.stderr

    def start(self):
        with open(self.log, "a", encoding="utf-8") as log:
            log.write(f"--- start at {time.strftime('%H:%M:%S')}\n")
            log.flush()
            self.process = subprocess.Popen([self.program, "run", "-c", self.config], stderr=log,
                                            stdout=log, env=self.environment(), cwd=self.folder)

    def is_healthy(self):
        return self.call("health", "-c", self.config)[0] == 0

    def wait_healthy(self, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return False
            if self.is_healthy():
                return True
            time.sleep(0.1)
        return False

    def end(self, how=signal.SIGTERM, seconds=20):
        """Send the signal and wait; the exit code (None: it had to be killed)."""
        if self.process is None:
            return None
        self.process.send_signal(how)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = None
        self.process = None
        return code

    def read_log(self):
        with open(self.log, encoding="utf-8", errors="replace") as f:
            return f.read()
