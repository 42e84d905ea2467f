"""The files lint looks at, and C text without its comments and strings."""
import os
import re
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def files():
    """Paths of everything tracked or about to be, sorted, relative to the top."""
    try:
        out = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=TOP, capture_output=True, check=True).stdout.decode()
        names = set(out.split("\0")) - {""}
    except (OSError, subprocess.CalledProcessError):
        names = set()
        for folder, dirs, found in os.walk(TOP):
            dirs[:] = [d for d in dirs if d not in (".git", "build", "__pycache__")]
            names.update(os.path.relpath(os.path.join(folder, f), TOP) for f in found)
    return sorted(n for n in names if os.path.isfile(os.path.join(TOP, n)))


def c_files():
    return [n for n in files() if n.endswith((".c", ".h", ".def"))]


def read(name):
    with open(os.path.join(TOP, name), "rb") as f:
        return f.read().decode("utf-8", "replace")


TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def code_only(text, keep_strings=False):
    """C without comments; strings become "". Lines stay where they were."""
    def blank(match):
        part = match.group(0)
        lines = "\n" * part.count("\n")
        if part[0] == '"':
            return part if keep_strings else '""'
        if part[0] == "'":
            return part if keep_strings else "' '"
        return " " + lines
    return TOKEN.sub(blank, text)


def room_of(name):
    """The room of the house a file belongs to: "bot/base", "store", "bot" ..."""
    parts = name.split("/")
    if parts[0] == "bot" and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0]


def report(rule, findings, seen):
    """Print (file, line, text) findings and the rule's line; the exit code."""
    for name, line, text in findings:
        print(f"{name}:{line}: {text}")
    word = "ok" if not findings else "FAILED"
    print(f"{word}: {rule} ({seen}, {len(findings)} findings)")
    return 1 if findings else 0
