#!/bin/sh
# Every suite that needs nothing but the built programs: unit tests,
# conversations, fuzz corpora, bad input, crashes. Called by `make test`.
#
# Each suite is a job with a folder of its own, two at a time. A job writes its
# output and one line "passed failed name"; what failed is shown whole.
#
# Environment: OUT (build or build/san), CRASH_KILLS (20), JOBS (2).
set -u
cd "$(dirname "$0")/.." || exit 1
OUT=${OUT:-build}
export OUT CRASH_KILLS="${CRASH_KILLS:-20}"
export ASAN_OPTIONS="${ASAN_OPTIONS:-abort_on_error=0:allocator_may_return_null=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}"

# run_job NAME: the command of a suite, its output to stdout.
run_job() {
    case $1 in
    unit/* | fuzz/*) limit=300 ;;
    *) limit=900 ;;
    esac
    case $1 in
    unit/*) timeout $limit "$OUT/tests/$1" ;;
    fuzz/*) timeout $limit "$OUT/tests/$1" "tests/fuzz/corpus/${1#fuzz/}" ;;
    conversations) timeout $limit "$OUT/tests/conversation" tests/conversations/*.txt ;;
    bad_input) timeout $limit sh tests/bad_input.sh ;;
    crash) timeout $limit sh tests/crash/run.sh ;;
    esac
}

# counts NAME FILE CODE: "passed failed" out of a suite's own words.
counts() {
    case $1 in
    unit/*)
        passed=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$2" | tail -1)
        failed=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$2" | tail -1) ;;
    fuzz/*)
        passed=$(sed -n 's/^\([0-9]*\) inputs$/\1/p' "$2" | tail -1)
        failed=0 ;;
    *)
        line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$2" | tail -1)
        passed=${line%% *}
        failed=${line#*, }; failed=${failed%% *} ;;
    esac
    passed=${passed:-0} failed=${failed:-0}
    # Ended badly, or ran nothing: a failure, whatever it counted.
    if [ "$3" -ne 0 ] || [ "$passed" -eq 0 ]; then
        [ "$failed" -gt 0 ] || failed=1
    fi
    echo "$passed $failed"
}

if [ "${1:-}" = --job ]; then # tests/run.sh --job NAME FOLDER
    name=$2
    folder=$3/$(echo "$name" | tr / _)
    mkdir "$folder" "$folder/tmp" || exit 0
    start=$(date +%s)
    TMPDIR=$folder/tmp run_job "$name" >"$folder/output" 2>&1
    code=$?
    set -- $(counts "$name" "$folder/output" "$code")
    printf '%s %s %s %s %s\n' "$1" "$2" "$code" "$(($(date +%s) - start))" "$name" >"$folder/result"
    rm -rf "$folder/tmp"
    exit 0
fi

all=$(mktemp -d) || exit 1
trap 'rm -rf "$all"' EXIT
trap 'exit 130' INT TERM

# The long ones first, so that the short ones fill the other place.
{
    [ -f tests/crash/run.sh ] && echo crash
    echo bad_input
    echo conversations
    for t in tests/unit/*.c; do echo "unit/$(basename "$t" .c)"; done
    for t in tests/fuzz/*.c; do [ -f "$t" ] && echo "fuzz/$(basename "$t" .c)"; done
} >"$all/jobs"
xargs -P "${JOBS:-2}" -I NAME sh tests/run.sh --job NAME "$all" <"$all/jobs"

passed=0
failed=0
while read -r name; do
    folder=$all/$(echo "$name" | tr / _)
    if [ ! -f "$folder/result" ]; then
        echo "FAILED  $name: no result"
        failed=$((failed + 1))
        continue
    fi
    read -r good bad code seconds name <"$folder/result"
    passed=$((passed + good))
    failed=$((failed + bad))
    if [ "$bad" -eq 0 ]; then
        printf 'ok      %-28s %5s passed %4ss\n' "$name" "$good" "$seconds"
    else
        printf 'FAILED  %-28s %5s passed, %s failed, exit code %s; its output:\n' \
            "$name" "$good" "$bad" "$code"
        sed 's/^/    /' "$folder/output"
    fi
    sed -n 's/^ *\(not run: .*\)/        \1/p' "$folder/output"
done <"$all/jobs"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
