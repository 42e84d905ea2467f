#!/usr/bin/env python3
"""The seams are few and named: time, chance, files, SQL and JSON stay behind
theirs, tests do not sleep, and no configured text is ever a printf format."""
import re
import sys

import tree


def words(text):
    """A pattern for calls of these functions (not members, not declarations)."""
    return re.compile(r"(?<![\w.>])(?:" + "|".join(text.split()) + r")\s*\(")


class Rule:
    """`pattern` is allowed in files whose name starts with one of `allowed`."""

    def __init__(self, name, pattern, allowed, covers_tests=False):
        self.name, self.pattern, self.allowed = name, pattern, allowed
        self.covers_tests = covers_tests

    def applies(self, name):
        if name.startswith("tests/") and not self.covers_tests:
            return False
        return not name.startswith(tuple(self.allowed))


RULES = [
    Rule("time comes from bot/base/clock.c",
         words(r"time gettimeofday clock_gettime timespec_get uv_now uv_hrtime "
               r"uv_clock_gettime g_get_real_time g_get_monotonic_time "
               r"g_date_time_new_now\w* lws_now_\w+"),
         ["bot/base/clock.c"]),
    Rule("nothing sleeps", words(r"sleep usleep nanosleep clock_nanosleep uv_sleep g_usleep"),
         [], covers_tests=True),
    Rule("chance comes from bot/base/random.c and store/",
         words(r"rand srand rand_r random srandom drand48 arc4random\w* getrandom getentropy "
               r"uv_random g_random_\w+ randombytes\w*"),
         ["bot/base/random.c", "store/"]),
    Rule("files are opened in bot/base/file.c",
         words(r"fopen freopen open openat creat rename renameat unlink unlinkat remove "
               r"mkdir mkstemp mkdtemp truncate opendir g_file_\w+ uv_fs_\w+"),
         ["bot/base/file.c",
          "bot/console.c",    # the terminal of `hearth login`
          "bot/control.c",    # the control socket's own path
          "store/vfs"]),      # the database's disk is a seam of its own
    Rule("SQL stays in store/", re.compile(r"\bsqlite3_\w+"), ["store/"]),
    Rule("JSON trees stay on the wire side", re.compile(r"\bcJSON\w*"),
         ["bot/matrix/", "bot/gateway/", "bot/demo/"]),
]

LITERAL = re.compile(r'(?:[^"?]*\?\s*"".*:\s*)?(?:""|PRI\w+|[A-Z_0-9]+\s*"")', re.S)
DECLARED = re.compile(r"(\w+)\s*\([^;{}]*\)\s*PRINTF_LIKE\s*\(\s*(\d+)")
PRINTF = {"printf": 1, "fprintf": 2, "dprintf": 2, "sprintf": 2, "snprintf": 3,
          "g_strdup_printf": 1, "g_string_printf": 2, "g_string_append_printf": 2}


def forbidden(rule, name, code):
    for match in rule.pattern.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        called = match.group(0).rstrip("( \t\n")
        if declares(code, match.start()):
            continue
        yield name, line, f"{called}: {rule.name}"


def declares(code, at):
    """True when the word before is a type: a declaration, not a call."""
    before = code[code.rfind("\n", 0, at) + 1:at]
    word = re.search(r"([\w*]+)\s*\**\s*$", before)
    return bool(word) and word.group(1) not in ("return", "else", "do", "case")


def argument(code, opening, number):
    """Text of argument `number` (1 first) of the call whose "(" is at `opening`."""
    depth, start, count = 0, opening + 1, 1
    for i in range(opening, len(code)):
        if code[i] in "([{":
            depth += 1
        elif code[i] in ")]}":
            depth -= 1
        if (depth == 1 and code[i] == ",") or depth == 0:
            if count == number:
                return code[start:i].strip()
            count, start = count + 1, i + 1
        if depth == 0:
            return ""
    return ""


def formats(name, code, printers):
    pattern = re.compile(r"(?<![\w.>])(" + "|".join(printers) + r")\s*\(")
    for match in pattern.finditer(code):
        if declares(code, match.start()):
            continue
        form = argument(code, match.end() - 1, printers[match.group(1)])
        if not LITERAL.match(form):
            line = code.count("\n", 0, match.start()) + 1
            yield name, line, f"{match.group(1)}: the format must be a literal, not {form[:40]}"


def main():
    names = [n for n in tree.c_files() if n.endswith((".c", ".h"))]
    code = {n: tree.code_only(tree.read(n)) for n in names}
    bad = 0
    for rule in RULES:
        covered = [n for n in names if rule.applies(n)]
        findings = [f for n in covered for f in forbidden(rule, n, code[n])]
        bad |= tree.report(rule.name, findings, f"{len(covered)} files")
    printers = dict(PRINTF)
    for text in code.values():
        printers.update({m.group(1): int(m.group(2)) for m in DECLARED.finditer(text)})
    findings = [f for n in names for f in formats(n, code[n], printers)]
    bad |= tree.report("formats are literals", findings, f"{len(printers)} functions")
    return bad


if __name__ == "__main__":
    sys.exit(main())
