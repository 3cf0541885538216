#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh - lines of src/ that the tests reach, a row for each folder, into docs/coverage.md. Usage: tools/coverage.sh [BUILD]
#
# BUILD (build/coverage unless named) is made when it is not there. It needs gcovr. The suites unit and cli are run; what only the
# page's and the clients' tests reach counts as not reached.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build/coverage}
command -v gcovr >/dev/null || { echo "gcovr is not installed" >&2; exit 1; }

[ -f "$build/build.ninja" ] || CC=gcc CXX=g++ meson setup "$build" -Db_coverage=true -Doptimization=0 >/dev/null
nice -n 19 ninja -C "$build" --quiet
find "$build" -name '*.gcda' -delete # of a run before
nice -n 19 meson test -C "$build" --no-rebuild --timeout-multiplier 4 --suite unit --suite cli
gcovr --root . --filter 'src/' --json-summary "$build/coverage.json" "$build" >/dev/null
python3 tools/coverage-table.py "$build/coverage.json" docs/coverage.md
