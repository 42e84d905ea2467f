#!/bin/sh
# What an operator can do wrong and what a machine can do to us: each must end in
# a clear message, the documented exit code (bot/app.h) and an unharmed store.
#
# Environment: OUT (build or build/san).
set -u
cd "$(dirname "$0")/.." || exit 1
out=${OUT:-build}
case $out in /*) ;; *) out=$PWD/$out ;; esac
hearth=$out/hearth
all=$(mktemp -d) || exit 1
trap 'rm -rf "$all"' EXIT
export PYTHONDONTWRITEBYTECODE=1
passed=0
failed=0
nobody=http://127.0.0.1:9 # refused at once: the bot waits for its homeserver

result() { # result NAME PROBLEM("" if none)
    if [ -z "$2" ]; then
        passed=$((passed + 1))
        echo "ok   $1"
    else
        failed=$((failed + 1))
        echo "FAIL $1: $2"
        sed 's/^/        /' "$all/said" | head -15
    fi
}

config() { python3 tests/support/write_config.py "$@"; }

# ends NAME CODE PATTERN COMMAND...: it ends by itself, with the code and words.
ends() {
    name=$1 code=$2 pattern=$3
    shift 3
    timeout 20 "$@" >"$all/said" 2>&1 </dev/null
    seen=$?
    problem=""
    [ "$seen" = "$code" ] || problem="exit code $seen, not $code"
    grep -qiE -e "$pattern" "$all/said" || problem="$problem (no words like /$pattern/)"
    grep -qE 'Sanitizer|runtime error' "$all/said" && problem="$problem (a memory error)"
    result "$name" "$problem"
}

# run_briefly CONFIG: start the bot, let it open the store, end it.
run_briefly() {
    "$hearth" run -c "$1" >"$all/brief" 2>&1 &
    pid=$!
    i=0
    while [ $i -lt 100 ] && kill -0 $pid 2>/dev/null && [ ! -s "$(dirname "$1")/data/hearth.db" ]; do
        sleep 0.05
        i=$((i + 1))
    done
    sleep 0.3
    kill -TERM $pid 2>/dev/null
    wait $pid
}

# The bytes of the database; an empty log beside it is no change.
sum() { (cd "$1" && find . -name 'hearth.db*' -size +0 -exec sha256sum {} + | sort); }

# What the database says, log included, read from a copy.
content() {
    rm -rf "$all/copy"
    cp -a "$1" "$all/copy"
    sqlite3 "$all/copy/hearth.db" .dump | sha256sum
}

# --- words and configs
ends "no subcommand" 2 usage "$hearth"
ends "an unknown subcommand" 2 'dance' "$hearth" dance
ends "run without a config" 2 'config|-c' "$hearth" run
ends "an option without a value" 2 'usage|-c' "$hearth" run -c
ends "a config that is not there" 2 'nowhere.ini' "$hearth" run -c "$all/nowhere.ini"
ends "check of a config that is not there" 2 'nowhere.ini' "$hearth" check -c "$all/nowhere.ini"
ends "a config that is a folder" 2 "$all" "$hearth" check -c "$all"
bad=$all/bad.ini
printf 'what is this\n[unknown]\nkey=1\n' >"$bad"
ends "check: words that are no INI" 2 'bad.ini:1' "$hearth" check -c "$bad"
ends "run: words that are no INI" 2 'bad.ini:1' "$hearth" run -c "$bad"
head -c 20000 /dev/urandom >"$bad"
ends "an INI of random bytes" 2 'bad.ini:[0-9]+' "$hearth" check -c "$bad"
printf '[matrix]\nhomeserver = \377\376\000\001http\n' >"$bad"
ends "an INI with NULs and bytes that are no UTF-8" 2 'bad.ini:2' "$hearth" check -c "$bad"
: >"$bad"
ends "an empty INI" 2 'homeserver' "$hearth" check -c "$bad"
head -c 6000000 /dev/zero | tr '\0' '\n' >"$bad"
ends "an INI of 6 MB" 2 'bad.ini' "$hearth" check -c "$bad"
yes '[[[[[[[[' | head -2000 >"$bad"
ends "an INI of brackets" 2 'bad.ini:1' "$hearth" check -c "$bad"
c=$(config "$all/typo" $nobody hearth.prefixx=x matrix.transport=carrier)
ends "two mistakes, both told" 2 'transport.*' "$hearth" check -c "$c"
ends "a typing mistake gets a hint" 2 'did you mean.*prefix' "$hearth" check -c "$c"
c=$(config "$all/private" $nobody privacy.min_people=3)
ends "less privacy than allowed is refused" 2 'min_people' "$hearth" check -c "$c"
c=$(config "$all/blank" $nobody safety.helpline=)
ends "no help line, no bot" 2 'helpline' "$hearth" run -c "$c"
c=$(config "$all/inside" $nobody hearth.key_dir="$all/inside/data/keys")
ends "key_dir inside data_dir: check" 2 'key_dir' "$hearth" check -c "$c"
ends "key_dir inside data_dir: run" 2 'key_dir' "$hearth" run -c "$c"
c=$(config "$all/good" $nobody)
ends "the example, filled in, passes check" 0 '' "$hearth" check -c "$c"
c=$(config "$all/tokenless" $nobody matrix.token=)
ends "run without a token" 4 'hearth login' "$hearth" run -c "$c"
ends "health of a bot that never ran" 1 '.' "$hearth" health -c "$c"

# --- stores
c=$(config "$all/future" $nobody)
d=$all/future/data
run_briefly "$c"
result "a first start makes a store and ends on SIGTERM" "$([ -s "$d/hearth.db" ] || echo "no hearth.db")"
cp -a "$d" "$all/kept"
sqlite3 "$d/hearth.db" 'pragma user_version = 9999' >"$all/said" 2>&1
before=$(sum "$d")
ends "a database from the future" 5 'newer' "$hearth" run -c "$c"
result "it is left as it was" "$([ "$before" = "$(sum "$d")" ] || echo "was $before, is $(sum "$d")")"

broken() { # broken NAME COMMAND...: the command damages hearth.db in $d
    what=$1
    shift
    rm -rf "$d"
    cp -a "$all/kept" "$d"
    rm -f "$d"/hearth.db-*
    "$@"
    before=$(sum "$d")
    ends "$what" 5 'damaged|cut off|no database' "$hearth" run -c "$c"
    result "$what: left as it was" "$([ "$before" = "$(sum "$d")" ] || echo "was $before, is $(sum "$d")")"
}
broken "a database cut to 100 bytes" truncate -s 100 "$d/hearth.db"
broken "a database cut to 5000 bytes" truncate -s 5000 "$d/hearth.db"
broken "an empty database beside its key" truncate -s 0 "$d/hearth.db"
broken "a database of random bytes" sh -c "head -c 30000 /dev/urandom >'$d/hearth.db'"
broken "somebody else's database" sh -c "rm '$d/hearth.db'; sqlite3 '$d/hearth.db' 'create table x (y)'"
rm -rf "$d"
cp -a "$all/kept" "$d"
run_briefly "$c"
result "the kept copy still starts" "$(grep -iE 'damaged|newer' "$all/brief")"
mv "$all/future/keys/registry.key" "$all/registry.key"
before=$(content "$d")
ends "the key is missing" 5 'registry.key' "$hearth" run -c "$c"
result "the key is missing: left as it was" "$([ "$before" = "$(content "$d")" ] || echo changed)"
mv "$all/registry.key" "$all/future/keys/registry.key"
run_briefly "$c"
result "the key is back: it starts" "$(grep -iE 'damaged|missing' "$all/brief")"

# --- folders
c=$(config "$all/file" $nobody)
: >"$all/file/data"
ends "data_dir is a file" 5 'data_dir' "$hearth" run -c "$c"
c=$(config "$all/open" $nobody)
mkdir -m 0777 "$all/open/data"
ends "data_dir is open to everybody" 5 'chmod 700' "$hearth" run -c "$c"
c=$(config "$all/link" $nobody)
mkdir -m 0700 "$all/link/real"
ln -s real "$all/link/data"
ends "data_dir is a link" 5 'data_dir' "$hearth" run -c "$c"
c=$(config "$all/nofolder" $nobody hearth.data_dir="$all/nofolder/a/b/data")
ends "the folder above data_dir is missing" 5 'data_dir' "$hearth" run -c "$c"

if unshare -m true 2>/dev/null; then
    c=$(config "$all/readonly" $nobody)
    run_briefly "$c"
    d=$all/readonly/data
    before=$(sum "$d")
    ends "no permission to write in data_dir" 5 'data|read-only|denied|refused' unshare -m sh -c \
        "mount --bind '$d' '$d' && mount -o remount,ro,bind '$d' && exec '$hearth' run -c '$c'"
    result "no permission: left as it was" "$([ "$before" = "$(sum "$d")" ] || echo "was $before, is $(sum "$d")")"

    c=$(config "$all/tiny" $nobody)
    mkdir -m 0700 "$all/tiny/data"
    ends "a first start on a full disk" 5 'full' unshare -m sh -c \
        "mount -t tmpfs -o size=16k,mode=0700 none '$all/tiny/data' && exec '$hearth' run -c '$c'"

    c=$(config "$all/space" $nobody)
    run_briefly "$c"
    d=$all/space/data
    cat >"$all/space.sh" <<SH
kept='$all/space/kept'
cp -a '$d' "\$kept"
mount -t tmpfs -o size=2m,mode=0700 none '$d'
cp -a "\$kept/." '$d'
cat '$d'/hearth.db* | sha256sum >'$all/space/before'
dd if=/dev/zero of='$d/ballast' bs=1k 2>/dev/null
timeout 6 '$hearth' run -c '$c'
code=\$?
rm '$d/ballast'
sqlite3 '$d/hearth.db' 'pragma integrity_check; select count(*) from meta' >'$all/space/after' 2>&1
cp -a '$d/.' '$all/space/end'
exit \$code
SH
    mkdir "$all/space/end"
    # It may refuse to start (5), or wait and say so (124: ended by us).
    unshare -m sh "$all/space.sh" >"$all/said" 2>&1
    code=$?
    problem=""
    case $code in 5 | 124) ;; *) problem="exit code $code" ;; esac
    [ $code != 5 ] || grep -qi full "$all/said" || problem="it does not say that the disk is full"
    result "a disk that fills up between two starts" "$problem"
    result "full disk: the store is whole" "$(grep -qx ok "$all/space/after" || cat "$all/space/after")"
    rm -rf "$d" && mv "$all/space/end" "$d"
    run_briefly "$c"
    result "full disk: starts again when there is room" "$(grep -iE 'full|damaged' "$all/brief")"
else
    echo "not run: full disk and read-only folder, this machine lets nobody mount"
fi

# --- two at once
c=$(config "$all/twice" $nobody)
"$hearth" run -c "$c" >"$all/first" 2>&1 &
first=$!
i=0
while [ $i -lt 100 ] && [ ! -s "$all/twice/data/hearth.db" ]; do
    sleep 0.05
    i=$((i + 1))
done
ends "a second start says who holds it" 3 "$first" "$hearth" run -c "$c"
result "the first goes on" "$(kill -0 $first 2>/dev/null || cat "$all/first")"
kill -KILL $first
wait $first 2>/dev/null
run_briefly "$c"
result "after a kill nothing stands in the way" "$(grep -iE 'in use|damaged' "$all/brief")"

# --- a port in use
python3 -c 'import socket, sys, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen()
print(s.getsockname()[1], flush=True); time.sleep(60)' >"$all/port" &
holder=$!
i=0
while [ $i -lt 100 ] && [ ! -s "$all/port" ]; do
    sleep 0.05
    i=$((i + 1))
done
port=$(cat "$all/port")
ends "demo on a port in use" 3 "$port" "$hearth" demo --port "$port"
ends "demo on no port" 2 'port' "$hearth" demo --port many
kill $holder
wait $holder 2>/dev/null

# --- a homeserver that sends rubbish
if python3 tests/support/rubbish.py >"$all/said" 2>&1; then code=0; else code=1; fi
line=$(tail -1 "$all/said")
grep -E '^ *[0-9.]+s (ok|FAIL)' "$all/said"
grep -A6 'FAIL' "$all/said" >&2
good=$(echo "$line" | sed -n 's/^\([0-9]*\) passed.*/\1/p')
bad=$(echo "$line" | sed -n 's/.*, \([0-9]*\) failed$/\1/p')
if [ -z "$good" ]; then
    result "a homeserver that sends rubbish" "$(tail -3 "$all/said")"
else
    passed=$((passed + good))
    failed=$((failed + bad))
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
