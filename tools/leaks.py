#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""leaks.py BUILD - a full import of 10,000 contacts of the sandbox under valgrind; prints what was lost.

The exit code is not 0 when memory was definitely or possibly lost, or touched where it must not be.
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
LOST = 99


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    os.environ.update(KITH=str(build / "faces/cli/kith"), KITH_SANDBOX=str(build / "sandbox/kith-sandbox"))
    sys.path.insert(0, str(ROOT / "tests" / "lib"))
    from kith_harness import Home, Sandbox

    home = Home()
    try:
        with Sandbox("--contacts", "10000", "--auto", "worker@contoso.example", config=home.config):
            if home.sign_in("--no-import").code != 0:
                sys.exit("the sign-in failed")
            done = subprocess.run(["valgrind", "--leak-check=full", "--num-callers=40",
                                   "--errors-for-leak-kinds=definite,possible",
                                   f"--suppressions={ROOT / 'tools' / 'valgrind.supp'}",
                                   f"--error-exitcode={LOST}", *home.command("import", "work")], env=home.env,
                                  capture_output=True, text=True)
    finally:
        home.close()
    print(done.stdout + done.stderr, end="")
    sys.exit(done.returncode)


main()
