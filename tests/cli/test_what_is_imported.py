# SPDX-License-Identifier: MIT
"""docs/what-is-imported.md names what the tables of the parsers leave out, and nothing that they read."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


class Document(unittest.TestCase):
    def setUp(self):
        self.parts = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text_of("docs/what-is-imported.md"), re.M | re.S))

    def left_out(self, part):
        """The names in the first column of a part's table."""
        rows = re.findall(r"^\| (.*?) \| .* \|$", self.parts[part], re.M)
        return {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}

    def test_properties_of_vcards(self):
        rules = set(re.findall(r'\{"([\w-]+)", read_nothing,', text_of("src/parse/parse_vcard_property.c")))
        self.assertGreater(len(rules), 10)
        self.assertEqual(rules, self.left_out("vCard files") - {"PHOTO", "AGENT"})  # these are left out now and then

    def test_fields_of_google(self):
        asked = set("".join(re.findall(r'^ {4}"(.*?)"', text_of("src/fetch/fetch_google.c"), re.M))
                    .partition("=")[2].split(","))
        self.assertIn("biographies", asked)
        silent = re.search(r"silent\[\] = \{(.*?)\}", text_of("src/parse/parse_google_groups.c"))[1]
        groups = set(re.findall(r'"(\w+)"', silent))
        self.assertLessEqual(groups, self.left_out("Google"))
        self.assertEqual(asked & self.left_out("Google"), set())

    def test_members_of_graph(self):
        read = set(re.findall(r'\.name = "(\w+)"', text_of("src/parse/parse_microsoft.c")))
        self.assertIn("givenName", read)
        self.assertEqual(read & self.left_out("Microsoft 365"), set())

    def test_headings_of_tables(self):
        marks = set(re.findall(r'NOISE\(own_mark\), "(\w+)"', text_of("src/parse/parse_csv_headings.c")))
        self.assertEqual(marks, set(re.search(r"^\| (Priority.*?) \|", self.parts["Tables (CSV)"], re.M)[1].split(", ")))
