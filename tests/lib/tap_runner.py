#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tap_runner.py FILE... - runs unittest files and prints TAP, so that Meson counts every single test."""
import importlib.util
import pathlib
import sys
import time
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.count = 0
        self.began = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.began = time.monotonic()

    def line(self, verdict, test, note=""):
        self.count += 1
        took = int((time.monotonic() - self.began) * 1000)
        print(f"{verdict} {self.count} {test.id().split('.', 1)[-1]}{note or f' # {took} ms'}", flush=True)

    def explain(self, err, test):
        for text in self._exc_info_to_string(err, test).splitlines():
            print(f"# {text}", flush=True)

    def addSuccess(self, test):
        self.line("ok", test)

    def addSkip(self, test, reason):
        self.line("ok", test, f" # SKIP {reason}")

    def addFailure(self, test, err):
        self.explain(err, test)
        self.line("not ok", test)

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.explain(err, subtest)
            self.line("not ok", subtest)


def main():
    suite = unittest.TestSuite()
    for name in sys.argv[1:]:
        path = pathlib.Path(name).resolve()
        sys.path[:0] = [str(path.parent), str(pathlib.Path(__file__).resolve().parent)]
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    result = TapResult()
    suite.run(result)
    print(f"1..{result.count}")
    return 0 if result.count else 1  # which tests failed is in the lines above


sys.exit(main())
