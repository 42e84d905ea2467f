#!/bin/sh
# Make sure that what a target needs is installed.
# usage: setup.sh build|test|lint|interop
# On Debian and Ubuntu missing packages are installed through apt (with sudo
# when not root); elsewhere they are listed and the script ends with 1.
set -eu

have_lib() { pkg-config --exists "$1" 2>/dev/null; }
have_file() { for f in $1; do [ -e "$f" ] && return 0; done; return 1; }
missing=""
need() { missing="$missing $1"; }

command -v cc >/dev/null 2>&1 && command -v make >/dev/null 2>&1 || need build-essential
command -v pkg-config >/dev/null 2>&1 || need pkg-config
have_lib libuv || need libuv1-dev
have_lib libwebsockets || need libwebsockets-dev
have_file '/usr/lib/*/libwebsockets-evlib_uv.so /usr/lib/libwebsockets-evlib_uv.so /usr/local/lib/libwebsockets-evlib_uv.so' ||
    need libwebsockets-evlib-uv
have_lib libcurl || need libcurl4-openssl-dev
have_lib libcjson || need libcjson-dev
have_lib sqlite3 || need libsqlite3-dev
have_lib glib-2.0 || need libglib2.0-dev
have_lib libcmark || need libcmark-dev
have_lib cairo || need libcairo2-dev
have_lib libsodium || need libsodium-dev
[ -e /usr/share/zoneinfo/Europe/London ] || need tzdata
have_file '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf /usr/share/fonts/*/DejaVuSans.ttf /usr/share/fonts/*/*/DejaVuSans.ttf' ||
    need fonts-dejavu-core
[ -e /usr/share/dict/british-english-small ] || need wbritish-small
[ -e /usr/share/dict/american-english-small ] || need wamerican-small
case "${1:-build}" in
test) have_file '/usr/include/cmocka.h /usr/local/include/cmocka.h' || need libcmocka-dev
      command -v python3 >/dev/null 2>&1 || need python3
      command -v sqlite3 >/dev/null 2>&1 || need sqlite3 ;;
lint) command -v clang-format >/dev/null 2>&1 || need clang-format
      command -v python3 >/dev/null 2>&1 || need python3 ;;
interop) command -v python3 >/dev/null 2>&1 || need python3
      python3 -c 'import venv, ensurepip' 2>/dev/null || need python3-venv ;;
esac
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Hearth needs these packages (Debian names); please install them and run make again:" >&2
    for p in $missing; do echo "  $p" >&2; done
    exit 1
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "Please run as root: apt-get install$missing" >&2
        exit 1
    }
    as_root=sudo
fi
echo "Installing:$missing"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
