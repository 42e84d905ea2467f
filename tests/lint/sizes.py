#!/usr/bin/env python3
"""No file over 500 lines (tables and tests: 800), no function over 60."""
import re
import sys

import tree

FILE_MAX, LONG_FILE_MAX, FUNCTION_MAX = 500, 800, 60
NAME = re.compile(r"(\w+)\s*\(")


def file_length(name, text):
    count = text.count("\n") + (not text.endswith("\n"))
    long_ones = name.endswith(".def") or name.startswith("tests/")
    limit = LONG_FILE_MAX if long_ones else FILE_MAX
    if count > limit:
        yield name, limit + 1, f"{count} lines, at most {limit}"


def signature(lines, brace):
    """First line and name of the function whose body opens at lines[brace]."""
    first = brace
    while first > 0 and lines[first - 1].strip() and not re.match(r"[}#]|.*;\s*$", lines[first - 1]):
        first -= 1
    found = NAME.search(" ".join(lines[first:brace + 1]))
    return first, found.group(1) if found else None


def functions(text):
    """(name, first line, lines of the body) of every function definition."""
    lines = tree.code_only(text).split("\n")
    for at, line in enumerate(lines):
        if line.rstrip() != "{":
            continue
        end = next((i for i in range(at, len(lines)) if lines[i].startswith("}")), None)
        first, name = signature(lines, at)
        if end is not None and name:
            yield name, first + 1, end - first + 1


def function_length(name, text):
    for function, line, count in functions(text):
        if count > FUNCTION_MAX:
            yield name, line, f"{function}: {count} lines, at most {FUNCTION_MAX}"


def main():
    names = tree.c_files()
    texts = {n: tree.read(n) for n in names}
    long_files = [f for n in names for f in file_length(n, texts[n])]
    sources = [n for n in names if n.endswith((".c", ".h"))]
    count = sum(1 for n in sources for _ in functions(texts[n]))
    long_functions = [f for n in sources for f in function_length(n, texts[n])]
    bad = tree.report("length of files", long_files, f"{len(names)} files")
    bad |= tree.report("length of functions", long_functions, f"{count} functions")
    return bad


if __name__ == "__main__":
    sys.exit(main())
