# SPDX-License-Identifier: MIT
"""The bench measures every row, at a size that takes seconds. How long anything took is nobody's business here."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BENCH = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH))

import bench_goals  # noqa: E402
import bench_page  # noqa: E402
from bench_mailbox import Mailbox, Programs  # noqa: E402


class BenchTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "results.json"
            done = subprocess.run([sys.executable, BENCH / "bench.py", "--build", os.environ["KITH_BUILD"],
                                   "--sizes", "60", "--runs", "1", "--questions", "50", "--commands", "1",
                                   "--no-rivals", "--no-latency", "--no-address-books", "--scratch", folder,
                                   "--out", out], capture_output=True, text=True, timeout=240, check=False)
            if done.returncode != 0:
                raise AssertionError(done.stderr)
            cls.results = json.loads(out.read_text())
        cls.size = cls.results["sizes"]["60"]

    def test_every_row_that_needs_no_rival_is_measured(self):
        numbers = {row.number for row in bench_goals.rows(self.results)}
        self.assertEqual(numbers, {1, 2, 4, 5, 6, 7, 8, 9, 10})

    def test_questions_are_answered(self):
        for kind in ("who", "written", "find"):
            self.assertEqual(self.size[kind]["asked"], 50)
            self.assertGreater(self.size[kind]["answered"], 30, kind)  # some numbers are nobody's
        self.assertGreater(self.size["find_while_writing"]["asked"], 0)

    def test_an_import_of_nothing_new_writes_no_row(self):
        self.assertFalse(self.size["rows_touched_by_same"])
        self.assertLess(self.size["pages_written_by_same"], 10)

    def test_the_page_has_a_line_for_each_row(self):
        self.assertEqual(len(bench_page.table(self.results).splitlines()), len(bench_goals.rows(self.results)) + 2)
        self.assertIn("Medians of 1 runs", bench_page.measured(self.results))
        for _, plot in bench_page.plots(self.results):
            self.assertIn("</svg>", plot.svg())


class PeakMemoryTest(unittest.TestCase):
    def peak_kib(self, contacts):
        with tempfile.TemporaryDirectory() as folder, \
                Mailbox(Programs(os.environ["KITH_BUILD"]), contacts, scratch=folder) as box:
            return min(box.import_into(box.new_home())["peak_kib"] for _ in range(2))

    def test_ten_times_the_contacts_take_hardly_more_memory(self):
        if os.environ["KITH_SANITIZED"] == "1":
            return  # a sanitizer keeps what was freed
        self.assertLess(self.peak_kib(20000), 1.4 * self.peak_kib(2000))
