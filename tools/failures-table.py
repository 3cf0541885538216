#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""failures-table.py BUILD - writes docs/failures.md anew: runs the tests that provoke failures, and keeps what they read.

Rows whose test is not run here (a full disk needs root) stay as they are; rows that no test names any more go.
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "lib"))
import failures_table  # noqa: E402


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "cli").glob("test_cli_*.py")}
    text = failures_table.TABLE.read_text(encoding="utf-8")
    named = {key: row for key, row in failures_table.rows(text).items() if any(key[1] in source for source in sources.values())}
    failures_table.write(text, named)
    provoking = [path.stem for path, source in sources.items() if "how=" in source]
    done = subprocess.run(["meson", "test", "-C", sys.argv[1], "--no-rebuild", *sorted(provoking)],
                          env=dict(os.environ, KITH_TEST_REGENERATE="1"))
    sys.exit(done.returncode)


main()
