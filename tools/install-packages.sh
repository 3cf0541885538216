#!/bin/sh
# SPDX-License-Identifier: MIT
# install-packages.sh - installs what is missing of Debian's packages, and says so. Usage: install-packages.sh demo|check|bench
set -eu

build="build-essential meson ninja-build pkg-config libcurl4-openssl-dev libsqlite3-dev libsimdjson-dev libyajl-dev
 libicu-dev libphonenumber-dev libprotobuf-dev libsodium-dev libglib2.0-dev libmicrohttpd-dev zlib1g-dev libsecret-1-dev
 libcsv-dev libseccomp-dev libpff-dev libbfio-dev python3 ca-certificates"
demo="curl"
check="curl git clang clang-format clang-tidy libclang-rt-14-dev libcmocka-dev libfuzzer-14-dev codespell scdoc
 zsh fish gnome-keyring dbus dbus-x11 iproute2 jq openssl procps faketime python3-yaml chromium khard python3-gi gir1.2-ebookcontacts-1.2
 python3-googleapi python3-google-auth-oauthlib mutt aerc tmux gdb doxygen"
bench="khard abook python3-requests"

case "${1:-}" in
demo) wanted="$build $demo" ;;
check) wanted="$build $demo $check" ;;
bench) wanted="$build $bench" ;;
*)
    echo "usage: install-packages.sh demo|check|bench" >&2
    exit 2
    ;;
esac
# Any node with npm will do; Debian's where there is none.
if [ "$1" != demo ] && ! { command -v node && command -v npm; } >/dev/null 2>&1; then
    wanted="$wanted nodejs npm"
fi

missing=""
for package in $wanted; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "This is not a Debian system. Install these by hand:$missing" >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "These packages are missing, and there is neither root nor sudo to install them:$missing" >&2
        exit 1
    fi
    as_root="sudo"
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing what is missing (once):$missing"
if ! { $as_root apt-get update && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing; } \
    >"$log" 2>&1; then
    cat "$log" >&2
    echo "apt-get could not install the packages; see above." >&2
    exit 1
fi
