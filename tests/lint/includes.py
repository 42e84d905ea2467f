#!/usr/bin/env python3
"""Who may include whom: the room table, and which room may know a library."""
import re
import sys

import tree

BASE, MODEL = "bot/base", "bot/model"
WIRE = {"bot/matrix", "bot/gateway", "bot/demo"}

MAY = {
    BASE: {BASE},
    MODEL: {MODEL, BASE},
    "store": {"store", BASE},
    "commands": {"commands", "store", MODEL, BASE},
    "bot/matrix": {"bot/matrix", MODEL, BASE},
    "bot": {"bot", "bot/matrix", "commands", "store", MODEL, BASE},
    "bot/gateway": {"bot/gateway", "bot/matrix", MODEL, BASE},
    "bot/demo": {"bot/demo", "bot", "bot/matrix", MODEL, BASE},
}

LIBRARY = {
    "sqlite3.h": {"store"},
    "cjson/cJSON.h": WIRE,
    "curl/": WIRE,
    "libwebsockets.h": WIRE,
    "cmark.h": {"bot/matrix"},
}

LINE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.M)


def target_room(path):
    return tree.room_of(path) if "/" in path else None


def check(name, text):
    room = tree.room_of(name)
    if room == "tests":
        return
    if room not in MAY:
        yield name, 1, f"C source in a folder without a row in the room table: {room}"
        return
    code = tree.code_only(text, keep_strings=True)
    for match in LINE.finditer(code):
        line = code.count("\n", 0, match.start(1)) + 1
        quote, path = match.groups()
        if quote == "<":
            for part, rooms in LIBRARY.items():
                if path.startswith(part) and room not in rooms:
                    yield name, line, f"{room} must not know <{path}>"
        elif target_room(path) is None:
            yield name, line, f'name the folder: #include "{room}/{path}"'
        elif target_room(path) not in MAY[room]:
            yield name, line, f'{room} must not include "{path}"'


def main():
    names = tree.c_files()
    findings = [f for n in names for f in check(n, tree.read(n))]
    return tree.report("includes follow the room table", findings, f"{len(names)} files")


if __name__ == "__main__":
    sys.exit(main())
