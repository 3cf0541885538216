#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""count-tests.py - adds up what Meson's test logs say: `N passed, N failed, N skipped` over all test programs.

Each argument is a build folder. A test program that died without saying which of its tests failed counts as one failure.
"""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def main():
    passed = failed = skipped = 0
    for build in sys.argv[1:]:
        for log in sorted(pathlib.Path(build, "meson-logs").glob("*.junit.xml")):
            for case in ElementTree.parse(log).iter("testcase"):
                if case.find("failure") is not None or case.find("error") is not None:
                    failed += 1
                elif case.find("skipped") is not None:
                    skipped += 1
                else:
                    passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
