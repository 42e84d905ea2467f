#!/usr/bin/env python3
"""Tracked text speaks about Hearth, not about where it was written: no path of
one machine, no left-over marker, no workplace word; plain UTF-8, no tabs in C,
no blank at the end of a line."""
import re
import sys

import tree

# Classes of one letter keep this file from finding itself.
WORDS = [
    (re.compile(r"(?<![\w.])/(?:[w]ork|[r]oot|[h]ome/\w+)/"), "a path of one machine"),
    (re.compile(r"(?<![\w.])/[t]mp/"), "a path of one machine: ask mktemp or TMPDIR"),
    (re.compile(r"(?<!user[-_ ])\b[a]gents?\b", re.I), "a word of the workplace"),
    (re.compile(r"\b[s]ession[ -]id\b", re.I), "a word of the workplace"),
    (re.compile(r"\b(?:[X]XX|[F]IXME|[T]ODO)\b"), "a left-over marker"),
]
BINARY = (".png", ".gz", ".bin", ".db")
SKIPPED = ("tests/fuzz/corpus/",)


def check(name, text):
    is_c = name.endswith((".c", ".h", ".def"))
    for number, line in enumerate(text.split("\n"), 1):
        for pattern, why in WORDS:
            found = pattern.search(line)
            if found:
                yield name, number, f"{why}: {found.group(0)}"
        if "\ufffd" in line and is_c:
            yield name, number, "not UTF-8"
        if line != line.rstrip() and not name.endswith((".md", ".txt", ".ini")):
            yield name, number, "blank at the end of the line"
        if is_c and "\t" in line:
            yield name, number, "a tab"


def main():
    names = [n for n in tree.files() if not n.endswith(BINARY) and not n.startswith(SKIPPED)]
    findings = [f for n in names for f in check(n, tree.read(n))]
    return tree.report("words", findings, f"{len(names)} files")


if __name__ == "__main__":
    sys.exit(main())
