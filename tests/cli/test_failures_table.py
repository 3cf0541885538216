# SPDX-License-Identifier: MIT
"""docs/failures.md has every failure of the catalogue, and no row that no test stands behind."""
import pathlib
import re
import unittest

import failures_table

HERE = pathlib.Path(__file__).resolve().parent
CATALOGUE = failures_table.ROOT / "src" / "engine" / "failures.c"


class Table(unittest.TestCase):
    def setUp(self):
        self.rows = failures_table.rows(failures_table.TABLE.read_text(encoding="utf-8"))

    def test_every_failure_is_there_with_its_exit_code(self):
        catalogue = re.findall(r'\{"([a-z-]+)", (\d+), \d+\}', CATALOGUE.read_text(encoding="utf-8"))
        self.assertEqual({(name, code) for (name, _), (code, _) in self.rows.items()},
                         {(name, int(code)) for name, code in catalogue if name != "ok"})

    def test_every_row_is_provoked_by_a_test(self):
        sources = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_cli_*.py"))
        self.assertEqual([how for _, how in self.rows if f'how="{how}"' not in sources], [])

    def test_every_provoked_failure_has_a_row(self):
        told = {how for path in HERE.glob("test_cli_*.py")
                for how in re.findall(r'how="([^"]+)"', path.read_text(encoding="utf-8"))}
        self.assertEqual(told, {how for _, how in self.rows})
