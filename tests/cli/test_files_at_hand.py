# SPDX-License-Identifier: MIT
"""Files of other programs, where the documented test material is at hand: each one is read, and of each field something is
said. What there is in a file is counted here by other means than kith's. KITH_PROTOCOL_DATA says where the material is."""
import collections
import contextlib
import csv
import io
import re

from kith_harness import *

DATA = pathlib.Path(os.environ.get("KITH_PROTOCOL_DATA") or pathlib.Path(__file__).resolve().parents[3] / "shared/protocol/data")
ENCODINGS = ("utf-8-sig", "shift_jis", "cp1252")
# No table of contacts, although it lies among them: a list of headings, and one that has none.
NO_TABLES = {"header-localisations.tsv", "thunderbird-tab_comma_mixed.csv"}


def text_of(path):
    """As Python reads it: the first encoding that fits."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    for encoding in ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


@unittest.skipUnless(DATA.is_dir(), "the documented files are not at hand: KITH_PROTOCOL_DATA says where they are")
class AtHand(unittest.TestCase):
    def report(self, path):
        """What kith says of a file: the event, with a count for each field."""
        home = Home()
        try:
            result = home.run("outlook", "add", "--json", "--report", path)
            self.assertEqual(result.code, 0, (path.name, result))
            told = next(line for line in result.lines if line["event"] == "file")
            self.assertEqual((told["seen"], told["error"]), ("read", None), path.name)
            self.assertEqual(home.count(), told["contacts"], path.name)
        finally:
            home.close()
        for field in told["fields"]:
            self.assertIn(field["fate"], ("read", "kept", "ignored"))
            self.assertTrue(field["reason"] or field["fate"] != "ignored", (path.name, field))
        told["counts"] = collections.Counter()
        for field in told["fields"]:
            told["counts"][field["name"]] += field["count"]
        return told

    def test_tables(self):
        for path in sorted((DATA / "csv").glob("*.csv")):
            with self.subTest(path.name):
                if path.name in NO_TABLES:
                    continue
                told = self.report(path)
                text = text_of(path)
                first = text.split("\n", 1)[0]
                rows = list(csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count)))
                self.assertEqual(told["contacts"] + told["skipped"], sum(1 for row in rows[1:] if any(c.strip() for c in row)))
                for at, heading in enumerate(rows[0]):
                    filled = sum(1 for row in rows[1:] if at < len(row) and row[at].strip())
                    if filled and heading.strip():
                        self.assertGreaterEqual(told["counts"][heading.strip()], filled, heading)

    def test_cards(self):
        for path in sorted((DATA / "vcard").glob("*.vcf")):
            with self.subTest(path.name):
                told = self.report(path)
                text = text_of(path).replace("\r\n", "\n")
                text = re.sub(r"(?im)^[^:\n]*QUOTED-PRINTABLE[^:\n]*:(?:.*=\n)+", lambda lines: lines[0].replace("=\n", ""), text)
                text = re.sub(r"\n[ \t]", "", text)  # folded lines
                text = re.sub(r"(?is)AGENT:\s*\nBEGIN:VCARD.*?END:VCARD\n", "AGENT:inside\n", text)
                names = collections.Counter(name.upper() for name in re.findall(r"(?m)^(?:[\w-]+\.)?([\w-]+)[;:]", text))
                self.assertEqual(told["contacts"] + told["skipped"], names.pop("BEGIN"))
                del names["END"]
                for name, n in names.items():
                    self.assertEqual(sum(c for said, c in told["counts"].items() if said.upper() == name), n, name)

    def test_data_files(self):
        for path in sorted((DATA / "pst").glob("*.pst")):
            with self.subTest(path.name):
                told = self.report(path)
                listed = path.with_suffix(".properties.txt")
                if not listed.exists():
                    continue
                text = listed.read_text(errors="replace")
                contacts = [item for item in text.split(" MSG ")[1:] if re.search(r" 001a .*= IPM\.Contact$", item, re.M)]
                self.assertEqual(told["contacts"], len(contacts))
                tags = set(re.findall(r"(?m)^ +([0-9a-f]{4}) type \w+ lid 0000 ", "".join(contacts)))
                named = set(re.findall(r"(?m)^ +[0-9a-f]{4} type \w+ lid (?!0000)([0-9a-f]{4}) ", "".join(contacts)))
                said = {name.split()[0].lower() for name in told["counts"]}
                self.assertEqual({tag for tag in tags if tag not in said}, set())
                self.assertEqual({lid for lid in named if not any(s.endswith(":" + lid) for s in said)}, set())


if __name__ == "__main__":
    unittest.main()
