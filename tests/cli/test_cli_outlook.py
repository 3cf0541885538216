# SPDX-License-Identifier: MIT
"""Files of the Outlook app are an account like any other: added, read again when they changed, removed; one that
cannot be read keeps what it brought; and nobody is here twice."""
from kith_harness import *
from make_pst import Contact, DistList, Folder, make_pst

WORKER = "worker@contoso.example"
READER = os.environ.get("KITH_READER") or str(pathlib.Path(KITH).parents[2] / "reader/kith-reader")


def card(name, uid=None, **more):
    """One vCard; more: e.g. TEL="+49 ..."."""
    given, _, family = name.partition(" ")
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"N:{family};{given};;;"]
    lines += [f"UID:{uid}"] if uid else []
    lines += [f"{property}:{value}" for property, value in more.items()]
    return "\r\n".join(lines + ["END:VCARD", ""])


def table(*rows):
    """An Outlook CSV with three columns."""
    lines = ["First Name,Last Name,E-mail Address", *[",".join(row) for row in rows]]
    return "\r\n".join(lines + [""])


def person(given, family, **more):
    return Contact({0x3A06: given, 0x3A11: family, 0x3001: f"{given} {family}", **more})


class Outlook(unittest.TestCase):
    def setUp(self):
        self.home = self.new_home()
        self.folder = self.home.root / "files"
        self.folder.mkdir()

    def new_home(self):
        home = Home()
        self.addCleanup(home.close)
        return home

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def cards(self, name, *people):
        """A file of vCards; people: cards, or names."""
        return self.write(name, "".join(one if one.startswith("BEGIN:") else card(one) for one in people))

    def add(self, *paths, code=0, home=None):
        result = (home or self.home).run("outlook", "add", "--json", *paths)
        self.assertEqual(result.code, code, result)
        return result

    def sync(self, *options, code=0):
        """The outcome of the only account."""
        result = self.home.run("outlook", "sync", "--json", *options)
        self.assertEqual(result.code, code, result)
        return result.lines[-1]["accounts"][0]

    def numbers(self, *options, code=0):
        result = self.sync(*options, code=code)["result"]
        return {name: result[name] for name in ("added", "changed", "removed")}

    def accounts(self):
        return self.home.run("accounts", "--json").json["accounts"]

    def seen(self, result):
        """How each file was seen, by its name."""
        return {pathlib.Path(line["path"]).name: line["seen"] for line in result.lines if line.get("event") == "file"}

    def fails(self, result, why=None):
        """File could not be read, with its id, code and words."""
        self.assertEqual(result.code, 30, result)
        error = result.lines[-1]["error"]
        self.assertEqual((error["id"], error["title"]), ("file", "File could not be read"), result)
        if why:
            self.assertIn(why, error["sentence"])
        return error


class Adding(Outlook):
    def test_a_file_of_each_kind(self):
        make_pst(self.folder / "archive.pst", [Folder("Contacts", [person("Ada", "Lind"), person("Bo", "Ek")])])
        for path, names in ((self.cards("cards.vcf", "Carl Dahl"), ["Carl Dahl"]),
                            (self.write("table.csv", table(("Dora", "Eng", "dora@contoso.example"))), ["Dora Eng"]),
                            (self.folder / "archive.pst", ["Bo Ek", "Ada Lind"])):
            with self.subTest(path.name):
                home = self.new_home()
                result = self.add(path, home=home).lines[-1]["result"]
                self.assertEqual((result["imported"], result["added"]), (len(names), len(names)))
                self.assertEqual(sorted(home.names()), sorted(names))
                account = home.run("accounts", "--json").json["accounts"][0]
                self.assertEqual((account["source"], account["identity"], account["name"], account["state"]),
                                 ("outlook", path.name, "outlook", "ready"))

    def test_says_what_it_did(self):
        path = self.cards("cards.vcf", "Ada Lind", "Bo Ek")
        self.assertIn("2 contacts imported from Outlook.", self.home.run("outlook", "add", path).out)
        self.assertIn("“outlook” is up to date. Nothing had changed.", self.home.run("outlook", "sync").out)
        self.assertIn("Removed “outlook” and its 2 contacts. Your files are as they were.",
                      self.home.run("outlook", "remove", "outlook").out)

    def test_several_files_are_one_account(self):
        self.add(self.cards("a.vcf", "Ada Lind"), self.write("b.csv", table(("Bo", "Ek", "bo@contoso.example"))))
        self.assertEqual(len(self.accounts()), 1)
        self.assertEqual(sorted(self.home.names()), ["Ada Lind", "Bo Ek"])

    def test_a_folder_with_what_lies_in_it(self):
        self.cards("all/a.vcf", "Ada Lind")
        self.cards("all/deep/er/B.VCF", "Bo Ek")
        self.cards("all/.hidden.vcf", "Nobody Hidden")
        self.cards("all/.hidden/c.vcf", "Nobody Below")
        self.write("all/picture.jpg", b"\xff\xd8\xff")
        self.cards("outside.vcf", "Nobody Outside")
        (self.folder / "all/link.vcf").symlink_to(self.folder / "outside.vcf")
        (self.folder / "all/circle").symlink_to(self.folder / "all")
        result = self.add(self.folder / "all", "--report")
        self.assertEqual(sorted(self.home.names()), ["Ada Lind", "Bo Ek"])
        self.assertEqual(self.accounts()[0]["identity"], "all")
        self.assertEqual(self.seen(result), {"a.vcf": "read", "B.VCF": "read", "picture.jpg": "ignored",
                                             "link.vcf": "ignored", "circle": "ignored"})

    def test_a_name_of_the_persons_own(self):
        self.add(self.cards("a.vcf", "Ada Lind"), "--name", "archive")
        self.add(self.cards("b.vcf", "Bo Ek"))
        self.add(self.cards("c.vcf", "Carl Dahl"))
        self.assertEqual([account["name"] for account in self.accounts()], ["archive", "outlook", "outlook-2"])
        result = self.add(self.cards("d.vcf", "Dora Eng"), "--name", "archive", code=2)
        self.assertEqual(result.lines[-1]["error"]["id"], "usage")
        self.assertEqual(len(self.accounts()), 3)

    def test_a_file_named_twice_is_noticed_whatever_sorts_between(self):
        inside = self.cards("all/x.vcf", "Ada Lind")
        self.cards("all-old/y.vcf", "Bo Ek")
        result = self.add(self.folder / "all", self.folder / "all-old", inside, code=2)
        self.assertEqual(result.lines[-1]["error"]["id"], "usage")
        self.assertEqual(self.accounts(), [])

    def test_again_is_the_same_account(self):
        path = self.cards("a.vcf", card("Ada Lind", uid="one"), "Bo Ek")
        before = self.add(path) and self.home.export()
        result = self.add(path).lines[-1]["result"]
        self.assertEqual((result["added"], result["changed"], result["removed"], result["unchanged"]), (0, 0, 0, 2))
        self.assertEqual(self.home.export(), before)
        self.assertEqual(len(self.accounts()), 1)

    def test_a_part_of_another_account_is_refused(self):
        path = self.cards("all/a.vcf", "Ada Lind")
        self.add(self.folder / "all")
        for paths in ([path], [self.folder], [self.cards("b.vcf", "Bo Ek"), path]):
            error = self.add(*paths, code=2).lines[-1]["error"]
            self.assertIn("is imported into \"outlook\" already", error["sentence"])
        self.add(path, path, code=2)
        self.assertEqual(len(self.accounts()), 1)

    def test_of_two_that_add_the_same_at_once_one_account_comes(self):
        path = self.cards("a.vcf", "Ada Lind")
        for _ in range(8):
            home = self.new_home()
            home.run("list")  # the store is made
            both = [home.start("outlook", "add", "--json", path) for _ in range(2)]
            codes = [process.wait(60) for process in both if process.communicate() is not None]
            self.assertIn(0, codes)
            self.assertLessEqual(set(codes), {0, 2, 17})  # done again, in the other's account, being imported
            self.assertEqual(len(home.run("accounts", "--json").json["accounts"]), 1)
            self.assertEqual(home.names(), ["Ada Lind"])

    def test_the_same_on_another_device(self):
        """Ids and versions of contacts come from what they say, so that they are the same everywhere."""
        (self.folder / "all").mkdir()
        make_pst(self.folder / "all/archive.pst", [
            Folder("Contacts", [person("Ada", "Lind"), person("Ada", "Lind"), DistList({0x3001: "Everybody"})])])
        self.cards("all/a.vcf", card("Carl Dahl", uid="urn:uuid:00112233-4455-6677-8899-aabbccddeeff"), "Bo Ek", "Bo Ek")
        self.write("all/b.csv", table(("Dora", "Eng", "dora@contoso.example")))
        self.add(self.folder / "all")
        other = self.new_home()
        self.add(self.folder / "all", home=other)
        self.assertEqual(self.home.export(), other.export())
        self.assertEqual(len(self.home.export()), 6)
        self.assertEqual(len({contact["source_id"] for contact in other.export()}), 6)

    def test_the_limit_holds_for_files(self):
        path = self.cards("a.vcf", *(f"Person N{number}" for number in range(30)))
        result = self.add(path, "--set", "import.limit=10").lines[-1]["result"]
        self.assertEqual((result["imported"], result["reported"], result["limit_reached"]), (10, 30, True))
        self.assertEqual(self.sync("--set", "import.limit=20")["result"]["added"], 10)
        self.assertEqual(self.sync("--set", "import.limit=0")["result"]["imported"], 30)
        self.assertEqual(self.home.run("import", "outlook", "--set", "import.limit=5").code, 0)
        self.assertEqual(self.home.count(), 5)

    def test_a_cancel_leaves_no_account(self):
        path = self.cards("a.vcf", *(f"Person N{number}" for number in range(20000)))
        process = self.home.start("outlook", "add", "--json", "--set", "import.limit=0", path)
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        if process.returncode == 0:
            return  # it was faster
        self.assertEqual(process.returncode, 18, out)
        self.assertEqual(self.accounts(), [])
        self.assertEqual(self.home.count(), 0)


class Twice(Outlook):
    def test_the_same_card_in_two_files_is_one_contact(self):
        both = card("Ada Lind", uid="one", TEL="+49 30 23125 001")
        self.cards("all/a.vcf", both, "Bo Ek")
        second = self.cards("all/b.vcf", both, "Carl Dahl")
        self.add(self.folder / "all")
        self.assertEqual(sorted(self.home.names()), ["Ada Lind", "Bo Ek", "Carl Dahl"])
        self.assertEqual(self.numbers(), {"added": 0, "changed": 0, "removed": 0})
        self.cards("all/a.vcf", "Bo Ek")  # the other file still has her
        self.numbers()
        self.assertEqual(sorted(self.home.names()), ["Ada Lind", "Bo Ek", "Carl Dahl"])
        second.unlink()
        self.numbers()
        self.assertEqual(self.home.names(), ["Bo Ek"])

    def test_where_they_differ_both_are_here(self):
        self.cards("all/a.vcf", card("Ada Lind", uid="one", TEL="+49 30 23125 001"))
        self.cards("all/b.vcf", card("Ada Lind", uid="one", TEL="+49 30 23125 002"))
        self.add(self.folder / "all")
        self.assertEqual(self.home.names(), ["Ada Lind", "Ada Lind"])

    def test_equal_cards_in_one_file_are_as_many_as_there_are(self):
        path = self.cards("a.vcf", "Ada Lind", "Ada Lind", "Ada Lind", card("Bo Ek", uid="x"), card("Bo Ek", uid="x"))
        self.add(path)
        self.assertEqual(len(self.home.names()), 5)
        self.cards("a.vcf", "Ada Lind", "Ada Lind", card("Bo Ek", uid="x"))
        self.assertEqual(self.numbers(), {"added": 0, "changed": 0, "removed": 2})

    def test_ten_thousand_equal_cards_are_no_trouble(self):
        self.add(self.cards("a.vcf", card("Ada Lind") * 10000))
        self.assertEqual(self.home.count(), 10000)


class Syncing(Outlook):
    def test_unchanged_files_are_not_read(self):
        self.cards("all/a.vcf", "Ada Lind")
        self.write("all/b.csv", table(("Bo", "Ek", "bo@contoso.example")))
        self.add(self.folder / "all")
        for _ in range(2):
            result = self.home.run("outlook", "sync", "--json", "--report")
            self.assertEqual(self.seen(result), {"a.vcf": "unchanged", "b.csv": "unchanged"})
            outcome = result.lines[-1]["accounts"][0]["result"]
            self.assertEqual((outcome["added"], outcome["changed"], outcome["removed"], outcome["unchanged"]), (0, 0, 0, 2))
            self.assertTrue(outcome["by_changes"])

    def test_a_file_that_was_only_touched_is_not_read(self):
        path = self.cards("a.vcf", "Ada Lind")
        self.add(path)
        os.utime(path, (1_000_000_000, 1_000_000_000))
        self.assertEqual(self.seen(self.home.run("outlook", "sync", "--json", "--report")), {"a.vcf": "unchanged"})

    def test_a_change_of_equal_length_and_time_shortly_after_is_seen(self):
        path = self.cards("a.vcf", "Ada Lind")
        times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        self.add(path)
        self.cards("a.vcf", "Ada Lund")
        os.utime(path, ns=times)
        self.numbers()
        self.assertEqual(self.home.names(), ["Ada Lund"])

    def test_only_what_changed_is_read_and_counted(self):
        self.cards("all/a.vcf", card("Ada Lind", TEL="+49 30 23125 001"), "Bo Ek")
        self.cards("all/b.vcf", "Carl Dahl", "Dora Eng")
        self.add(self.folder / "all")
        ids = {row["shown"]: row["id"] for row in self.home.run("list", "--json").json["contacts"]}
        self.cards("all/a.vcf", card("Ada Lind", TEL="+49 30 23125 002"), "Eva Falk")
        result = self.home.run("outlook", "sync", "--json", "--report")
        self.assertEqual(self.seen(result), {"a.vcf": "read", "b.vcf": "unchanged"})
        outcome = result.lines[-1]["accounts"][0]["result"]
        self.assertEqual((outcome["added"], outcome["changed"], outcome["removed"], outcome["unchanged"]), (1, 1, 1, 2))
        rows = {row["shown"]: row for row in self.home.run("list", "--json").json["contacts"]}
        self.assertEqual(set(rows), {"Ada Lind", "Carl Dahl", "Dora Eng", "Eva Falk"})
        self.assertEqual(rows["Ada Lind"]["id"], ids["Ada Lind"])
        self.assertEqual(rows["Ada Lind"]["phone"], "+49 30 23125 002")

    def test_a_sync_ends_where_an_import_ends(self):
        self.cards("all/a.vcf", "Ada Lind", card("Bo Ek", uid="1"))
        self.cards("all/b.vcf", "Carl Dahl")
        self.add(self.folder / "all")
        self.cards("all/b.vcf", "Carl Dahl", "Dora Eng")
        self.cards("all/c.vcf", card("Bo Ek", uid="1"), "Eva Falk")
        self.numbers()
        synced = self.home.export()
        self.assertEqual(self.home.run("import", "outlook").code, 0)
        self.assertEqual(self.home.export(), synced)
        other = self.new_home()
        self.add(self.folder / "all", home=other)
        self.assertEqual(other.export(), synced)

    def test_a_file_that_came_and_one_that_went(self):
        self.cards("all/a.vcf", "Ada Lind")
        gone = self.cards("all/b.vcf", "Bo Ek")
        self.add(self.folder / "all")
        gone.unlink()
        self.cards("all/c.vcf", "Carl Dahl")
        self.assertEqual(self.numbers(), {"added": 1, "changed": 0, "removed": 1})
        self.assertEqual(sorted(self.home.names()), ["Ada Lind", "Carl Dahl"])

    def test_refresh_and_import_know_files_too(self):
        path = self.cards("a.vcf", "Ada Lind")
        self.add(path)
        self.cards("a.vcf", "Ada Lind", "Bo Ek")
        self.assertIn("1 new, 0 changed, 0 removed", self.home.run("refresh").out)
        self.cards("a.vcf", "Bo Ek")
        self.assertIn("1 contact imported from Outlook", self.home.run("import", "outlook").out)

    def test_many_removals_wait_for_a_yes(self):
        path = self.cards("a.vcf", *(f"Person N{number}" for number in range(100)))
        self.add(path)
        self.cards("a.vcf", *(f"Person N{number}" for number in range(10)))
        outcome = self.sync(code=24)
        self.assertEqual((outcome["error"]["id"], outcome["result"]["held"]), ("removals-held", 90))
        self.assertEqual(self.home.count(), 100)
        self.assertEqual(self.numbers("--allow-removals")["removed"], 90)
        self.assertEqual(self.home.count(), 10)

    def test_several_accounts_one_by_one_or_all(self):
        a, b = self.cards("a.vcf", "Ada Lind"), self.cards("b.vcf", "Bo Ek")
        self.add(a, "--name", "first")
        self.add(b, "--name", "second")
        self.cards("a.vcf", "Ada Lind", "Carl Dahl")
        self.cards("b.vcf", "Bo Ek", "Dora Eng")
        outcome = self.home.run("outlook", "sync", "second", "--json").lines[-1]["accounts"]
        self.assertEqual([(one["account"], one["result"]["added"]) for one in outcome], [("second", 1)])
        outcome = self.home.run("outlook", "sync", "--json").lines[-1]["accounts"]
        self.assertEqual([(one["account"], one["result"]["added"]) for one in outcome], [("first", 1), ("second", 0)])
        self.assertEqual([row["shown"] for row in self.home.run("list", "--account", "first", "--json").json["contacts"]],
                         ["Carl Dahl", "Ada Lind"])

    def test_nothing_to_sync(self):
        result = self.home.run("outlook", "sync", "--json")
        self.assertEqual((result.code, result.lines[-1]["accounts"]), (0, []))


class Failing(Outlook):
    def assert_alone(self, path, why, how=""):
        """Alone it leaves no account; beside another it stops nothing."""
        error = self.fails(self.add(path, code=30), why)
        self.assertIn("Nothing was imported.", error["sentence"])
        self.assertEqual(error["command"], "kith outlook add FILE")
        self.assertEqual(self.accounts(), [])
        self.assertEqual(list(self.home.data.glob("import-*.lock")), [])
        text = self.home.run("outlook", "add", path)
        self.assertEqual(text.code, 30)
        self.assertIn("File could not be read", text.err)
        self.assertIn(why, text.err)
        if how:
            assert_documented("file", how=how, result=text)

    def test_missing(self):
        self.assert_alone(self.folder / "no-such.pst", "it is no longer in " + str(self.folder), how="there is no file of that name")

    def test_no_access(self):
        path = self.cards("a.vcf", "Ada Lind")
        path.chmod(0)
        if os.access(path, os.R_OK):
            return  # who runs this may read everything
        self.assert_alone(path, "kith may not open it")

    def test_empty(self):
        self.assert_alone(self.write("a.vcf", b""), "there is no contact in it", how="the file is empty")
        (self.folder / "nothing").mkdir()
        self.assert_alone(self.folder / "nothing", "there is no contact in it")

    def test_not_what_it_claims(self):
        self.assert_alone(self.write("a.pst", b"MZ\x90\0" + bytes(4096)), "it is neither an Outlook data file nor",
                          how="a program whose name ends in .pst")
        self.assert_alone(self.write("b.vcf", b"\x89PNG\r\n\x1a\n" + bytes(200)), "it is neither an Outlook data file nor")

    def test_cut(self):
        path = self.folder / "archive.pst"
        make_pst(path, [Folder("Contacts", [person("Ada", "Lind")])])
        self.write("archive.pst", path.read_bytes()[:600])
        self.assert_alone(path, "it ends after 600 of", how="an Outlook data file is cut")

    def test_locked_with_a_key(self):
        path = self.folder / "archive.pst"
        make_pst(path, [Folder("Contacts", [person("Ada", "Lind")])])
        data = bytearray(path.read_bytes())
        data[513] = 0x10  # the header's byte for how blocks are encoded
        self.write("archive.pst", bytes(data))
        self.assert_alone(path, "it is encrypted with", how="an Outlook data file is encrypted by Windows")

    def test_too_large(self):
        folder = self.folder / "many"
        folder.mkdir()
        for number in range(20001):
            os.close(os.open(folder / f"{number}.vcf", os.O_CREAT | os.O_WRONLY))
        self.assert_alone(folder, "there are too many files in it", how="a folder of more than 20,000 files")

    def test_a_pipe_is_no_file(self):
        os.mkfifo(self.folder / "pipe.vcf")
        self.assert_alone(self.folder / "pipe.vcf", "it is no plain file")

    def test_one_of_several_stops_no_other(self):
        good, bad = self.cards("a.vcf", "Ada Lind"), self.write("b.pst", b"MZ\x90\0" + bytes(4096))
        result = self.add(good, bad, code=30)
        error = self.fails(result, "“b.pst”: it is neither")
        failed = next(line for line in result.lines if line.get("event") == "failed")
        self.assertEqual(failed["result"]["imported"], 1)
        self.assertEqual(error["command"], "kith outlook sync outlook")
        account = self.accounts()[0]
        self.assertEqual((account["state"], account["contacts"], account["error"]["id"]), ("failed", 1, "file"))
        text = self.home.run("outlook", "sync")
        self.assertEqual(text.code, 30)
        self.assertIn("“outlook”: File could not be read.", text.out)
        self.assertIn("Everything else is up to date: 0 new, 0 changed, 0 removed.", text.out)

    def test_what_a_missing_file_brought_is_still_here(self):
        a, b = self.cards("a.vcf", "Ada Lind", "Bo Ek"), self.cards("b.vcf", "Carl Dahl", "Dora Eng")
        self.add(a, b)
        b.rename(self.folder / "elsewhere.vcf")
        self.cards("a.vcf", "Ada Lind", "Eva Falk")
        outcome = self.sync(code=30)
        self.assertIn("“b.vcf”: it is no longer in", outcome["error"]["sentence"])
        self.assertIn("What was imported from it before is still here.", outcome["error"]["sentence"])
        self.assertEqual((outcome["result"]["added"], outcome["result"]["removed"]), (1, 1))
        self.assertEqual(sorted(self.home.names()), ["Ada Lind", "Carl Dahl", "Dora Eng", "Eva Falk"])
        (self.folder / "elsewhere.vcf").rename(b)
        result = self.home.run("outlook", "sync", "--json", "--report")
        self.assertEqual((result.code, self.seen(result)), (0, {"a.vcf": "unchanged", "b.vcf": "unchanged"}))
        self.assertEqual(self.accounts()[0]["state"], "ready")

    def test_a_missing_folder_keeps_all_it_brought(self):
        self.cards("all/a.vcf", "Ada Lind")
        self.cards("all/b/c.vcf", "Bo Ek")
        other = self.cards("other.vcf", "Carl Dahl")
        self.add(self.folder / "all", other)
        (self.folder / "all").rename(self.folder / "away")
        self.cards("other.vcf", "Carl Dahl", "Dora Eng")
        self.sync(code=30)
        self.assertEqual(sorted(self.home.names()), ["Ada Lind", "Bo Ek", "Carl Dahl", "Dora Eng"])
        (self.folder / "away").rename(self.folder / "all")
        result = self.home.run("outlook", "sync", "--json", "--report")
        self.assertEqual(set(self.seen(result).values()), {"unchanged"})

    def test_all_missing_changes_nothing(self):
        path = self.cards("a.vcf", "Ada Lind")
        self.add(path)
        path.unlink()
        outcome = self.sync(code=30)
        self.assertNotIn("result", outcome)
        self.assertEqual(self.home.names(), ["Ada Lind"])
        self.assertEqual(self.accounts()[0]["state"], "failed")

    def test_a_file_that_lost_its_end_gives_what_is_left_and_takes_nobody(self):
        path = self.folder / "archive.pst"
        people = [person(f"Given{number}", f"Family{number}") for number in range(60)]
        make_pst(path, [Folder("Contacts", people)], encrypted=False)
        self.add(path)
        whole = path.read_bytes()
        damaged = bytearray(whole)
        at = whole.rindex(b"\xec\xbc", 0, whole.index("Given30".encode("utf-16-le")))  # where the item's heap begins
        damaged[at:at + 2] = bytes(2)
        self.write("archive.pst", bytes(damaged))
        outcome = self.sync(code=30)
        self.assertIn("What could be read of it is here.", outcome["error"]["sentence"])
        self.assertEqual(self.home.count(), 60)
        again = self.sync(code=30)  # it is still damaged, and that is not forgotten
        self.assertEqual(again["error"]["sentence"], outcome["error"]["sentence"])
        self.write("archive.pst", whole)
        self.assertEqual(self.numbers(), {"added": 0, "changed": 0, "removed": 0})
        self.assertEqual(self.accounts()[0]["state"], "ready")

    def test_a_file_that_changes_while_it_is_read(self):
        path = self.cards("a.vcf", "Ada Lind")
        reader = self.write("reader", f"#!/bin/sh\nprintf '\\r\\n' >> '{path}'\nexec '{READER}' \"$@\"\n")
        reader.chmod(0o755)
        self.home.env["KITH_READER"] = str(reader)
        self.fails(self.add(path, code=30), "it changed while it was read")
        assert_documented("file", how="the file changes while it is read", result=self.home.run("outlook", "add", path))
        self.assertEqual(self.accounts(), [])

    def test_a_file_that_changed_once_is_read_again(self):
        path = self.cards("a.vcf", "Ada Lind")
        mark = self.folder / "mark"
        reader = self.write("reader", f"#!/bin/sh\n[ -e '{mark}' ] || printf '\\r\\n' >> '{path}'\n: > '{mark}'\n"
                            f"exec '{READER}' \"$@\"\n")
        reader.chmod(0o755)
        self.home.env["KITH_READER"] = str(reader)
        self.add(path)
        self.assertEqual(self.home.names(), ["Ada Lind"])

    def test_a_reader_that_dies_leaves_no_account(self):
        path = self.cards("a.vcf", "Ada Lind")
        reader = self.write("reader", "#!/bin/sh\nkill -SEGV $$\n")
        reader.chmod(0o755)
        self.home.env["KITH_READER"] = str(reader)
        self.fails(self.add(path, code=30), "it is damaged, its reader was stopped by SIGSEGV")
        assert_documented("file", how="the file crashes its reader", result=self.home.run("outlook", "add", path))
        self.assertEqual(self.accounts(), [])


    def test_a_reader_that_is_not_there_is_a_defect(self):
        self.home.env["KITH_READER"] = "/nowhere/kith-reader"
        result = self.home.run("outlook", "add", self.cards("a.vcf", "Ada Lind"))
        assert_documented("internal", how="kith-reader is missing from the installation", result=result)
        self.assertEqual(self.accounts(), [])


class Report(Outlook):
    def test_every_field_is_accounted_for(self):
        path = self.write("a.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lind\r\nN:Lind;Ada;;;\r\n"
                          "X-FAVOURITE-TREE:birch\r\nTEL:+49 30 23125 001\r\nTEL:+49 30 23125 002\r\nEND:VCARD\r\n")
        line = next(line for line in self.add(path, "--report").lines if line["event"] == "file")
        self.assertEqual((line["seen"], line["format"], line["contacts"]), ("read", "vcard", 1))
        fields = {field["name"]: (field["fate"], field["count"]) for field in line["fields"]}
        self.assertEqual(fields["TEL"], ("read", 2))
        self.assertEqual(fields["X-FAVOURITE-TREE"], ("kept", 1))
        self.home.run("outlook", "remove", "outlook")
        text = self.home.run("outlook", "add", path, "--report").out
        self.assertRegex(text, r"a\.vcf: vcard, 1 contact\n")
        self.assertRegex(text, r"  kept +X-FAVOURITE-TREE +1\n")

    def test_what_is_left_out_is_named(self):
        path = self.folder / "archive.pst"
        make_pst(path, [Folder("Contacts", [person("Ada", "Lind"), DistList({0x3001: "Everybody"})])])
        result = self.add(path, "--report")
        line = next(line for line in result.lines if line["event"] == "file")
        self.assertEqual((line["contacts"], line["skipped"], len(line["left_out"])), (1, 1, 1))
        self.assertTrue(line["left_out"][0]["why"])
        self.assertEqual(result.lines[-1]["result"]["skipped"], 1)

    def test_a_failure_is_in_it_with_its_words(self):
        result = self.add(self.cards("a.vcf", "Ada Lind"), self.write("b.csv", b""), "--report", code=30)
        line = next(line for line in result.lines if line["event"] == "file" and line["seen"] == "failed")
        self.assertIn("there is no contact in it", line["error"]["sentence"])


class Linked(Outlook):
    def line(self):
        return self.home.run("accounts").out

    def test_a_change_is_seen_before_it_is_read(self):
        path = self.cards("a.vcf", "Ada Lind")
        self.add(path)
        self.assertEqual(self.accounts()[0]["files"], "same")
        self.assertIn("Up to date, today at", self.line())
        self.cards("a.vcf", "Ada Lind", "Bo Ek")
        account = self.accounts()[0]
        self.assertEqual((account["files"], account["files_at"]), ("changed", str(path)))
        self.assertRegex(self.line(), r"The file changed today at \d\d:\d\d")
        self.sync()
        self.assertEqual(self.accounts()[0]["files"], "same")

    def test_in_a_folder_too(self):
        self.cards("all/a.vcf", "Ada Lind")
        b = self.cards("all/b.vcf", "Bo Ek")
        self.add(self.folder / "all")
        self.assertEqual(self.accounts()[0]["files"], "same")
        b.unlink()
        self.assertEqual(self.accounts()[0]["files"], "changed")
        self.sync()
        self.assertEqual(self.accounts()[0]["files"], "same")
        self.cards("all/c.vcf", "Carl Dahl")
        os.utime(self.folder / "all/c.vcf", (1_000_000_000, 1_000_000_000))
        self.assertEqual(self.accounts()[0]["files"], "changed")

    def test_a_file_that_went(self):
        path = self.cards("a.vcf", "Ada Lind")
        self.add(path)
        path.unlink()
        self.assertEqual(self.accounts()[0]["files"], "gone")
        self.assertIn(f"The file is no longer in {self.folder}", self.line())

    def test_everything_else_works_with_it(self):
        self.add(self.cards("a.vcf", card("Ada Lind", TEL="+49 30 23125 001")))
        self.assertIn("Ada Lind", self.home.run("who", "+493023125001").out)
        self.assertIn("Outlook", self.home.run("show", "ada").out)
        self.assertEqual(self.home.run("status", "--json").json["accounts"][0]["source"], "outlook")
        self.assertIn("FN:Ada Lind", self.home.run("export", "--account", "outlook").out)

    def test_contacts_are_not_kept_without_their_files(self):
        self.add(self.cards("a.vcf", "Ada Lind"))
        self.assertEqual(self.home.run("sign-out", "outlook", "--keep-contacts").code, 2)
        self.assertEqual(self.home.names(), ["Ada Lind"])
        self.assertEqual(self.home.run("sign-out", "outlook").code, 0)
        self.assertEqual((self.accounts(), self.home.names()), ([], []))

    def test_remove_leaves_files_and_other_accounts(self):
        path = self.cards("a.vcf", "Ada Lind")
        self.add(path, "--name", "first")
        self.add(self.cards("b.vcf", "Bo Ek"), "--name", "second")
        before = path.read_bytes()
        result = self.home.run("outlook", "remove", "first", "--json")
        self.assertEqual(result.json, {"schema": 1, "removed": True, "account": "first", "contacts": 1})
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual(self.home.names(), ["Bo Ek"])
        assert_documented("not-found", how="an account that is not there", result=self.home.run("outlook", "remove", "first"))
        data = b"".join(file.read_bytes() for file in self.home.data.rglob("*") if file.is_file())
        self.assertNotIn(b"Ada", data)
        self.assertNotIn(bytes(path), data)

    def test_words_for_mistakes(self):
        self.assertIn("Did you mean `sync`?", self.home.run("outlook", "synk").err)
        self.assertEqual(self.home.run("outlook").code, 2)
        self.assertEqual(self.home.run("outlook", "add").code, 2)
        self.assertEqual(self.home.run("outlook", "remove").code, 2)


class OneSource(SandboxCase):
    """Microsoft 365 and the Outlook app hold the same people: one of the two is enough."""

    options = ("--contacts", "20", "--auto", WORKER)

    def setUp(self):
        super().setUp()
        self.file = self.home.root / "a.vcf"
        self.file.write_text(card("Ada Lind"))

    def refused(self, result, other):
        error = self.assert_failure(result, "source-conflict", 16)
        self.assertEqual(error["title"], f"Already imported from {other}")
        self.assertEqual(error["sentence"], f"{other} holds the same people. So that nobody is here twice, remove {other} "
                         "first.")

    def sources(self):
        return [account["source"] for account in self.home.run("accounts", "--json").json["accounts"]]

    def test_files_are_refused_while_microsoft_is_here(self):
        self.signed_in()
        self.refused(self.home.run("outlook", "add", "--json", self.file), "Microsoft 365")
        assert_documented("source-conflict", how="files are added while Microsoft 365 is linked",
                          result=self.home.run("outlook", "add", self.file))
        self.assertEqual((self.sources(), self.home.count()), (["microsoft365"], 20))

    def test_microsoft_is_refused_while_files_are_here(self):
        self.assertEqual(self.home.run("outlook", "add", self.file).code, 0)
        self.refused(self.home.run("sign-in", "microsoft", "--json", "--no-browser"), "Outlook")
        assert_documented("source-conflict", how="a sign-in at Microsoft while Outlook files are linked",
                          result=self.home.run("sign-in", "microsoft", "--no-browser"))
        self.assertEqual((self.sources(), self.home.names()), (["outlook"], ["Ada Lind"]))

    def test_after_one_was_removed_the_other_is_welcome(self):
        self.signed_in()
        self.home.run("sign-out", "work")
        self.assertEqual(self.home.run("outlook", "add", self.file).code, 0)
        self.home.run("outlook", "remove", "outlook")
        self.signed_in()

    def test_google_and_files_go_together(self):
        self.assertEqual(self.home.run("outlook", "add", self.file).code, 0)
        process = self.home.start("sign-in", "google", "--json", "--no-browser")
        self.assertIn("url", json.loads(process.stdout.readline()))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 10)

    def test_a_sign_in_that_waited_meanwhile_is_refused_and_keeps_no_token(self):
        def answer(url):
            self.assertEqual(self.home.run("outlook", "add", self.file).code, 0)
            fetch(url)

        result = self.home.sign_in("--json", answer=answer)
        self.refused(result, "Outlook")
        self.assertEqual((self.sources(), self.home.names()), (["outlook"], ["Ada Lind"]))
        self.assertEqual([path.name for path in self.home.data.rglob("*") if "token" in path.name.lower()
                          and path.stat().st_size > 0 and self.holds_tokens(path)], [])

    def holds_tokens(self, path):
        """A token file without entries is as long as the one that a sign-out leaves behind."""
        other = self.new_home()
        self.assertEqual(other.sign_in("--no-import").code, 0)
        other.run("sign-out", "work")
        empty = next((file for file in other.data.rglob(path.name)), None)
        return empty is not None and path.stat().st_size > empty.stat().st_size

    def test_of_two_at_the_same_moment_exactly_one_wins(self):
        """The sign-in waits for the browser, so both want to be written at once."""
        for number in range(12):
            with self.subTest(number):
                self.home = self.new_home()
                self.home.run("list")  # the store is made
                adding = {}

                def answer(url):
                    adding["process"] = self.home.start("outlook", "add", "--json", self.file)
                    time.sleep(number * 0.004)
                    fetch(url)

                signing = self.home.sign_in("--json", answer=answer)
                out, err = adding["process"].communicate(timeout=60)
                added = Result(adding["process"].returncode, out.decode(), err.decode(), 0)
                self.assertEqual(sorted((signing.code, added.code)), [0, 16], (signing, added))
                if added.code == 0:
                    self.refused(signing, "Outlook")
                    self.assertEqual((self.sources(), self.home.names()), (["outlook"], ["Ada Lind"]))
                else:
                    self.refused(added, "Microsoft 365")
                    self.assertEqual((self.sources(), self.home.count()), (["microsoft365"], 20))


class ThereAndBack(SandboxCase):
    """What was exported and is added again says the same."""

    options = ("--contacts", "300", "--auto", WORKER)
    OURS = {"id", "account", "account_id", "source", "source_id", "change_key", "folder", "created_s", "modified_s"}

    def people(self, home):
        out = []
        for contact in home.run("export", "--format", "json").json["contacts"]:
            contact["items"].sort(key=lambda item: item["kind"])  # a card has no order between, say, pages and children
            out.append({name: value for name, value in contact.items() if name not in self.OURS})
        return sorted(out, key=lambda contact: json.dumps(contact, sort_keys=True))

    def test_vcards(self):
        self.signed_in()
        for version in ("vcard4", "vcard3"):
            with self.subTest(version):
                path = self.home.root / f"{version}.vcf"
                self.assertEqual(self.home.run("export", "--format", version, "-o", path).code, 0)
                other = self.new_home()
                self.assertEqual(other.run("outlook", "add", path).code, 0)
                self.assertEqual(self.people(other), self.people(self.home))


if __name__ == "__main__":
    unittest.main()
