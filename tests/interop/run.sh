#!/bin/sh
# The real binary against software this project did not write: Synapse and
# matrix-nio from PyPI, in a venv under build/ that is kept between runs.
#
# usage: tests/interop/run.sh [STORY]...   (embedded talk week checkin diary limits)
# Environment: OUT, INTEROP_KEEP=1 keeps the folders of a run.
set -u
cd "$(dirname "$0")/../.." || exit 1
venv=$PWD/build/interop-venv
export OUT="${OUT:-build}" PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=tests/support:tests/interop
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

if ! "$venv/bin/python" -c 'import nio, synapse' 2>/dev/null; then
    echo "installing Synapse and matrix-nio into $venv"
    if ! { python3 -m venv "$venv" &&
        "$venv/bin/pip" install -q --disable-pip-version-check matrix-synapse matrix-nio; } \
        >"$log" 2>&1; then
        tail -5 "$log"
        echo "not run: interop, Synapse and matrix-nio could not be installed"
        exit 0
    fi
fi
"$venv/bin/pip" list --disable-pip-version-check 2>/dev/null | grep -iE '^matrix-(synapse|nio) '

passed=0
failed=0
for story in "${@:-embedded talk week checkin diary limits}"; do
    for name in $story; do
        echo "== $name"
        "$venv/bin/python" "tests/interop/$name.py" 2>&1 | tee "$log"
        line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -1)
        good=${line%% *}
        bad=${line#*, }
        bad=${bad%% *}
        [ -n "$line" ] || { good=0 bad=1; }
        passed=$((passed + good))
        failed=$((failed + bad))
    done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
