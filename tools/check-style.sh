#!/bin/sh
# SPDX-License-Identifier: MIT
# check-style.sh - what tools can say about style, as TAP. Usage: check-style.sh SOURCE BUILD
# BUILD has compile_commands.json. A tool that is not installed skips its test.
set -u
source=$1
build=$2
cd "$source" || exit 1
count=0
report() { # verdict, name, what it said
    count=$((count + 1))
    [ -z "$3" ] || printf '%s\n' "$3" | head -40 | sed 's/^/# /'
    echo "$1 $count $2"
}
judge() { # name, then the command: no output and status 0 is good
    name=$1
    shift
    if ! command -v "$1" >/dev/null 2>&1; then
        report ok "$name # SKIP $1 is not installed" ""
        return
    fi
    if said=$("$@" 2>&1); then report ok "$name" ""; else report "not ok" "$name" "$said"; fi
}

c_files=$(find include src reader faces sandbox tests -name node_modules -prune -o \( -name '*.c' -o -name '*.h' -o -name '*.cpp' \) -print)
own_c_files=$(find src reader faces sandbox -name node_modules -prune -o -name '*.c' -print)

echo "1..4"
# shellcheck disable=SC2086
judge style__clang_format clang-format --dry-run --Werror $c_files
judge style__spelling codespell --skip '*/node_modules,*/corpus,*.svg,package-lock.json,*/sandbox_countries_*.c,*/sandbox_draw.c,*/parse_csv_headings.c,*/test_normalise_*.c' \
    --ignore-words tools/spelling-exceptions.txt README.md CONTRIBUTING.md SECURITY.md CHANGELOG.md docs include src reader faces tools demo check
judge style__shell_syntax sh -n check demo tools/install-packages.sh tools/check-style.sh
tidy() {
    # One process a file: version 14 mixes up va_list when it reads several. Warnings alone are printed. It is the longest
    # of all tests, so it takes what the others leave.
    printf '%s\n' $own_c_files | nice -n 19 xargs -P 2 -n 1 clang-tidy --quiet -p "$build" 2>/dev/null | grep -E 'warning|error' && return 1
    return 0
}
if [ "${KITH_TEST_TIDY:-yes}" = no ]; then report ok "style__clang_tidy # SKIP KITH_TEST_TIDY=no" ""; else judge style__clang_tidy tidy; fi
