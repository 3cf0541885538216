# SPDX-License-Identifier: MIT
"""What `kith export` writes is read by other programs: khard (python3-vobject), Evolution's address book, csv."""
import collections
import csv
import io

from kith_harness import *

WORKER = "worker@contoso.example"
BOOK = """
import gi, json, sys
gi.require_version("EBookContacts", "1.2")
from gi.repository import EBookContacts
people = []
for card in sys.stdin.buffer.read().decode().split("END:VCARD\\r\\n")[:-1]:
    contact = EBookContacts.Contact.new_from_vcard(card + "END:VCARD\\r\\n")
    people.append({field: contact.get_property(field) or "" for field in
                   ("id", "full-name", "org", "title", "manager", "email-1", "mobile-phone", "note", "file-as")})
json.dump(people, sys.stdout)
"""


def has_evolution():
    probe = "import gi; gi.require_version('EBookContacts', '1.2'); from gi.repository import EBookContacts"
    return subprocess.run(["/usr/bin/python3", "-c", probe], capture_output=True).returncode == 0


def unfolded(text):
    return text.replace("\r\n ", "")


def first(contact, kind):
    return next((phone["raw"] for phone in contact["phones"] if phone["kind"] == kind), "")


class Exported(SandboxCase):
    options = ("--contacts", "300", "--auto", WORKER)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = Home()
        shutil.copy(cls.config, cls.shared.config)
        result = cls.shared.sign_in()
        if result.code != 0:
            raise AssertionError(repr(result))
        cls.contacts = cls.shared.run("export", "--format", "json").json["contacts"]

    @classmethod
    def tearDownClass(cls):
        cls.shared.close()
        super().tearDownClass()

    def setUp(self):
        self.home = self.shared

    def written(self, extension, *arguments):
        """The bytes of an export: a pipe would lose its line ends."""
        path = self.home.root / ("export." + extension)
        result = self.home.run("export", "-o", path, *arguments)
        self.assertEqual(result.code, 0, result)
        return path.read_bytes().decode("utf-8")

    def cards(self, version):
        text = self.written("vcf", "--format", "vcard" + version)
        self.assertEqual(text.count("BEGIN:VCARD\r\nVERSION:" + version + ".0\r\n"), len(self.contacts))
        return [card + "END:VCARD\r\n" for card in text.split("END:VCARD\r\n")[:-1]]

    # --- vCard

    def test_every_card_has_what_its_version_requires(self):
        for version, needed in (("3", ("N:", "FN", "UID:")), ("4", ("FN", "UID:"))):
            for card in self.cards(version):
                names = collections.Counter(re.split("[;:]", line)[0] for line in unfolded(card).split("\r\n"))
                for name in needed:
                    self.assertEqual(names[name.rstrip(":")], 1, card)
                self.assertTrue(all(len(line.encode()) <= 75 for line in card.split("\r\n")), card)

    def test_both_versions_name_the_same_contacts(self):
        uids = [sorted(re.findall("^UID:.*$", unfolded(card), re.M)[0] for card in self.cards(version))
                for version in "34"]
        self.assertEqual(uids[0], uids[1])
        self.assertEqual(len(set(uids[0])), len(self.contacts))

    @unittest.skipUnless(have("khard"), "khard is not installed")
    def test_khard_lists_everybody(self):
        for version in "34":
            book = self.home.root / ("book" + version)
            book.mkdir()
            for i, card in enumerate(self.cards(version)):
                (book / f"{i}.vcf").write_text(card, newline="")
            config = self.home.root / "khard.conf"
            config.write_text(f"[addressbooks]\n[[kith]]\npath = {book}\n[general]\ndefault_action = list\n"
                              "[contact table]\ndisplay = formatted_name\n")
            said = subprocess.run(["khard", "-c", str(config), "list", "--parsable"], capture_output=True, text=True,
                                  env=self.home.env, check=False)
            self.assertEqual(said.returncode, 0, said.stderr)
            self.assertNotIn("Error", said.stderr)
            names = sorted(line.split("\t")[1] for line in said.stdout.splitlines())
            self.assertEqual(names, sorted(contact["shown"] for contact in self.contacts))

    @unittest.skipUnless(has_evolution(), "Evolution's address book is not installed")
    def test_evolution_finds_the_fields(self):
        said = subprocess.run(["/usr/bin/python3", "-c", BOOK], input="".join(self.cards("3")).encode(),
                              capture_output=True, env=self.home.env, check=False)
        self.assertEqual(said.returncode, 0, said.stderr)
        people = json.loads(said.stdout)
        self.assertEqual(len(people), len(self.contacts))
        for person, contact in zip(people, self.contacts):
            text = contact["text"]
            self.assertEqual(person["full-name"], contact["shown"])
            self.assertEqual(person["org"], text.get("company", ""))
            self.assertEqual(person["title"], text.get("job-title", ""))
            self.assertEqual(person["manager"], text.get("manager", ""))
            self.assertEqual(person["note"], text.get("notes", ""))
            if text.get("file-as"):  # else the book makes one
                self.assertEqual(person["file-as"], text["file-as"])
            self.assertEqual(person["mobile-phone"], first(contact, "mobile"))
            self.assertEqual(person["email-1"], contact["emails"][0]["address"] if contact["emails"] else "")

    # --- The table

    def test_table_has_a_row_for_everybody_under_outlooks_headings(self):
        text = self.written("csv", "--format", "csv")
        self.assertTrue(text.startswith('\ufeff"Title","First Name","Middle Name","Last Name",'))
        rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
        self.assertEqual(len(rows), len(self.contacts))
        for row, contact in zip(rows, self.contacts):
            self.assertEqual(len(row), 92)
            self.assertNotIn(None, row)
            text = contact["text"]
            self.assertEqual(row["Last Name"], text.get("family", ""))
            self.assertEqual(row["Company"], text.get("company", ""))
            self.assertEqual(row["Mobile Phone"], first(contact, "mobile"))
            self.assertEqual(row["E-mail Address"], contact["emails"][0]["address"] if contact["emails"] else "")
            self.assertTrue(row["Notes"].startswith(text.get("notes", "").replace("\n", "\r\n")), row["Notes"])

    def test_nothing_is_lost_in_the_table(self):
        text = self.written("csv", "--format", "csv").replace("\r\n", "\n").replace('""', '"')
        for contact in self.contacts:
            for value in [item["value"] for item in contact["items"]] + [p["raw"] for p in contact["phones"]] + \
                         [email["address"] for email in contact["emails"]] + list(contact["text"].values()):
                for line in value.split("\n"):
                    if value in (contact["text"].get("display"), contact["text"].get("file-as")):
                        continue  # made of the names that have columns
                    self.assertIn(line, text)

    # --- The command

    def test_unknown_format_is_told_with_those_that_are(self):
        result = self.home.run("export", "--format", "vcard2")
        self.assertEqual(result.code, 2, result)
        self.assertIn("vcard4, vcard3, csv or json", result.err)

    def test_file_is_for_one_person_alone(self):
        self.written("vcf", "--format", "vcard3")
        self.assertEqual((self.home.root / "export.vcf").stat().st_mode & 0o777, 0o600)

