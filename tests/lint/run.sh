#!/bin/sh
# What a reader should not have to check: includes, sizes, forbidden calls, words
# and formatting. Every finding is a line file:line: text; the last line counts
# the rules that hold and those that do not.
set -u
cd "$(dirname "$0")/../.." || exit 1
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT

formatting() {
    version=$(clang-format --version 2>/dev/null | sed -n 's/.*version \([0-9]*\).*/\1/p')
    if [ "$version" != 14 ]; then
        echo "not run: clang-format ${version:-missing}, the rules are those of version 14"
        return
    fi
    files=$(python3 -c 'import sys; sys.path.insert(0, "tests/lint"); import tree
print("\n".join(n for n in tree.files() if n.endswith((".c", ".h"))))')
    if printf '%s\n' "$files" | xargs clang-format --dry-run -Werror 2>"$out.f"; then
        echo "ok: formatting ($(printf '%s\n' "$files" | wc -l) files)"
    else
        grep -h 'error:' "$out.f" | sed 's/ \[-Wclang.*//' |
            awk -F: '!seen[$1]++'
        echo "FAILED: formatting (clang-format -i mends it)"
    fi
    rm -f "$out.f"
}

{
    for check in includes sizes calls words; do
        PYTHONDONTWRITEBYTECODE=1 python3 "tests/lint/$check.py" ||
            [ $? -eq 1 ] || echo "FAILED: $check.py itself"
    done
    formatting
} 2>&1 | tee "$out"

passed=$(grep -c '^ok: ' "$out")
failed=$(grep -c -e '^FAILED: ' -e '^Traceback' "$out")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
