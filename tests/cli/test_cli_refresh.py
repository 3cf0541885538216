# SPDX-License-Identifier: MIT
"""A refresh costs what changed, ends where an import ends, survives whatever happens, and asks before it empties."""
import contextlib
import random
import sqlite3

from graph_stand_in import GraphStandIn
from kith_harness import *

WORKER = "worker@contoso.example"
ANNA = "anna@gmail.example"
DELTA = "/v1.0/me/contacts/delta"


class Refresh(SandboxCase):
    options = ("--contacts", "1000", "--auto", WORKER)

    def setUp(self):
        super().setUp()
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 1000, "folder_contacts": 0})
        self.signed_in()

    def change(self, **numbers):
        self.sandbox.call("POST", "/sandbox/change", dict(numbers, person=WORKER))

    def refresh(self, *options, code=0):
        """One refresh; its only account's outcome."""
        result = self.home.run("refresh", "--json", *options)
        self.assertEqual(result.code, code, result)
        return result.lines[-1]["accounts"][0]

    def numbers(self, *options, code=0):
        result = self.refresh(*options, code=code)["result"]
        return {name: result[name] for name in ("added", "changed", "removed", "held")}

    def requests_of(self, action):
        before = len(self.sandbox.requests())
        action()
        return [request["path"] for request in self.sandbox.requests()[before:]]

    def imported(self):
        """What a new home has after a full import of the same mailbox."""
        other = self.new_home()
        self.assertEqual(other.sign_in().code, 0)
        return other.export()


class Changes(Refresh):
    def test_shows_exactly_what_changed_and_equals_an_import(self):
        self.change(add=7, change=5, remove=3)  # before change tracking has begun
        self.assertEqual(self.numbers(), {"added": 7, "changed": 5, "removed": 3, "held": 0})
        self.change(add=7, change=5, remove=3)
        outcome = self.refresh()["result"]
        self.assertEqual((outcome["added"], outcome["changed"], outcome["removed"]), (7, 5, 3))
        self.assertTrue(outcome["by_changes"])
        self.assertEqual(outcome["imported"], 1008)
        self.assertEqual(outcome["unchanged"], 1008 - 12)
        self.assertEqual(self.home.export(), self.imported())

    def test_says_the_numbers_in_words(self):
        self.numbers()
        self.change(add=7, change=5, remove=3)
        self.assertIn("“work” is up to date. 7 new, 5 changed, 3 removed.", self.home.run("refresh").out)
        self.assertIn("“work” is up to date. Nothing had changed.", self.home.run("refresh").out)

    def test_nothing_changed_is_two_requests_a_folder(self):
        self.numbers()
        paths = self.requests_of(self.numbers)
        folders = sum("/delta" in path for path in paths)
        self.assertGreaterEqual(folders, 1)
        self.assertLessEqual(len(paths), 2 * folders, paths)

    def test_an_import_in_between_leaves_change_tracking_where_it_was(self):
        self.numbers()
        self.change(change=2)
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.change(change=3)
        outcome = self.refresh()["result"]
        self.assertTrue(outcome["by_changes"])
        self.assertEqual(outcome["changed"], 3)

    def test_folders_and_moves_between_them(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 300, "folder_contacts": 40})
        self.numbers("--allow-removals")
        everywhere = {contact["folder"] for contact in self.home.export()}
        self.assertIn("", everywhere)
        self.assertGreater(len(everywhere), 2)
        self.assertTrue(any("/" in folder for folder in everywhere), everywhere)
        before = len([c for c in self.home.export() if c["folder"] == "Suppliers"])
        self.change(move=6)
        outcome = self.refresh()["result"]
        self.assertEqual((outcome["added"], outcome["removed"]), (0, 0))
        self.assertEqual(len([c for c in self.home.export() if c["folder"] == "Suppliers"]), before + 6)
        self.assertEqual(self.home.export(), self.imported())

    def test_a_move_between_the_looks_at_two_folders_loses_nobody(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 300, "folder_contacts": 40})
        self.numbers("--allow-removals")
        self.sandbox.fault(path="/v1.0/me/contactFolders", do="latency", ms=300)
        before = len(self.sandbox.requests())
        refresh = self.home.start("refresh")
        while refresh.poll() is None and not any(DELTA in request["path"]
                                                 for request in self.sandbox.requests()[before:]):
            time.sleep(0.01)
        self.change(move=6)  # out of the default folder, which was read, into one that is read after this
        refresh.communicate(timeout=120)
        self.assertEqual(refresh.returncode, 0)
        self.sandbox.no_faults()
        self.assertEqual(self.numbers()["removed"], 0)
        self.assertEqual(self.home.export(), self.imported())

    def test_beyond_the_limit_the_pages_are_read(self):
        self.home.run("config", "set", "import.limit", "1000")
        self.numbers()
        self.change(add=7)
        outcome = self.refresh()["result"]
        self.assertFalse(outcome["by_changes"])
        self.assertTrue(outcome["limit_reached"])
        self.assertEqual(outcome["imported"], 1000)

    def test_who_came_and_went_between_two_looks_makes_no_room(self):
        self.home.run("config", "set", "import.limit", "1400")
        self.numbers()
        self.change(add=1000)
        self.change(remove=500)  # about half of them were never here
        outcome = self.refresh("--allow-removals")["result"]
        self.assertEqual((outcome["reported"], outcome["imported"]), (1500, 1400))
        self.assertTrue(outcome["limit_reached"])

    def test_another_region_understands_every_number_anew(self):
        self.numbers()
        self.home.run("config", "set", "import.region", "GB")
        self.assertFalse(self.refresh()["result"]["by_changes"])
        self.assertTrue(self.refresh()["result"]["by_changes"])

    def test_older_than(self):
        self.assertIn("fresh enough", self.home.run("refresh", "--if-older-than", "4h").out)
        self.assertEqual(self.requests_of(lambda: self.home.run("refresh", "--if-older-than", "4h")), [])


class FallsBack(Refresh):
    """What a service may say to a token, and what becomes of it."""

    def setUp(self):
        super().setUp()
        self.numbers()
        self.before = self.home.export()
        self.change(add=2, change=2, remove=1)

    def test_a_token_that_has_expired_reads_everything_and_says_so(self):
        for fault in ({"do": "gone"}, {"do": "status", "status": 410}, {"do": "status", "status": 400},
                      {"do": "status", "status": 404}):
            with self.subTest(fault):
                self.change(change=1)
                self.sandbox.fault(path=DELTA, times=1, **fault)
                result = self.home.run("refresh", "--json")
                self.sandbox.no_faults()
                self.assertEqual(result.code, 0, result)
                self.assertIn("again", [line["event"] for line in result.lines])
                self.assertTrue(result.lines[-1]["accounts"][0]["result"]["again"])
                self.assertEqual(self.home.export(), self.imported())
                self.assertTrue(self.refresh()["result"]["by_changes"])

    def test_the_person_is_told_in_words(self):
        self.sandbox.fault(path=DELTA, times=1, do="gone")
        text = self.home.run("refresh")
        self.assertIn("Importing “work” again from the start: Microsoft 365 asked for a fresh copy. "
                      "Your contacts stay here meanwhile.", text.err)

    def test_a_service_without_change_tracking_is_read_by_pages(self):
        self.sandbox.fault(path=DELTA, do="status", status=400)
        self.assertEqual(self.numbers(), {"added": 2, "changed": 2, "removed": 1, "held": 0})
        self.sandbox.no_faults()
        self.assertEqual(self.home.export(), self.imported())

    def test_every_failure_leaves_the_contacts_and_the_token(self):
        for code, failure, fault in ((9, "signin-needed", {"do": "status", "status": 401}),
                                     (13, "permission-removed", {"do": "status", "status": 403}),
                                     (20, "throttled", {"do": "status", "status": 429, "retry_after": 7200}),
                                     (22, "service", {"do": "status", "status": 500}),
                                     (21, "offline", {"do": "cut"}),
                                     (22, "service", {"do": "malformed"}),
                                     (22, "service", {"do": "wrong-type"})):
            with self.subTest(fault):
                self.sandbox.fault(path=DELTA, **fault)
                outcome = self.refresh(code=code)
                self.sandbox.no_faults()
                self.assertEqual(outcome["error"]["id"], failure)
                self.assertEqual(self.home.export(), self.before)
        outcome = self.refresh()["result"]
        self.assertTrue(outcome["by_changes"])
        self.assertEqual((outcome["added"], outcome["changed"], outcome["removed"]), (2, 2, 1))

    def test_killed_anywhere_it_goes_on_from_where_it_was(self):
        chance = random.Random(7)
        for _ in range(12):
            process = self.home.start("refresh", "-q")
            time.sleep(chance.uniform(0.0, 0.12))
            process.kill()
            process.communicate()
            with contextlib.closing(sqlite3.connect(self.home.data / "contacts.db")) as store:
                self.assertEqual(store.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            self.change(change=1)
        self.numbers()
        self.assertEqual(self.home.export(), self.imported())


class StandIn(Refresh):
    """A mailbox whose answers a test decides, by answer(path)."""

    def setUp(self):
        super().setUp()
        self.graph = GraphStandIn(self.answer)
        self.addCleanup(self.graph.close)
        self.assertEqual(self.home.run("config", "set", "microsoft.graph", self.graph.address).code, 0)


class FoldersWithoutEnd(StandIn):
    """A mailbox without a contact, whose list of folders goes on for ever until `ends` is set."""

    ends = False

    def answer(self, path):
        if path.endswith("/$count"):
            return b"0"
        if path.startswith("/contactFolders") and not self.ends:
            return {"value": [], "@odata.nextLink": self.graph.link("/contactFolders?$skip=1")}
        return {"value": []}

    def removed(self):
        return self.home.run("import", "work", "--json").lines[-1]["result"]["removed"]

    def test_what_was_not_looked_at_is_not_gone(self):
        self.assertEqual(self.removed(), 0)
        self.assertEqual(self.home.count(), 1000)
        self.ends = True
        self.assertEqual(self.removed(), 1000)


class MovesBack(StandIn):
    """A folder whose only contact moves to the default folder right after that one was read."""

    CONTACT = {"id": "contact-1", "changeKey": "a", "displayName": "Wanda Wanders"}
    moved = False  # it is at the default folder now
    moves = False  # it goes there as soon as the default folder was read

    def answer(self, path):
        if path.endswith("/$count"):
            return b"1" if "folder-1" in path else b"0"
        if path.startswith("/contactFolders?"):
            return {"value": [{"id": "folder-1", "displayName": "Suppliers"}]}
        if path.startswith("/contactFolders/folder-1/contacts/delta"):
            return {"value": self.of_folder(path), "@odata.deltaLink": self.graph.link("/contactFolders/folder-1/contacts/delta?$deltatoken=1")}
        if path.startswith("/contacts/delta"):
            page = {"value": [self.CONTACT] if self.moved else [], "@odata.deltaLink": self.graph.link("/contacts/delta?$deltatoken=1")}
            self.moved = self.moves
            return page
        return {"value": []}

    def of_folder(self, path):
        if not self.moved:
            return [] if "deltatoken" in path else [self.CONTACT]
        return [{"id": "contact-1", "@removed": {"reason": "deleted"}}] if "deltatoken" in path else []

    def folders(self):
        return [(c["text"]["display"], c["folder"]) for c in self.home.export()]

    def test_who_moved_to_a_folder_that_was_read_before_is_found_there(self):
        self.numbers("--allow-removals")
        self.assertEqual(self.folders(), [("Wanda Wanders", "Suppliers")])
        self.moves = True
        self.assertEqual(self.numbers()["removed"], 0)
        self.assertEqual(self.folders(), [("Wanda Wanders", "")])

    def test_so_when_the_whole_mailbox_is_read(self):
        self.moves = True
        self.numbers("--allow-removals")
        self.assertEqual(self.folders(), [("Wanda Wanders", "")])


class Brake(Refresh):
    def test_holds_many_removals_back_until_they_are_allowed(self):
        self.numbers()
        self.change(add=3, remove=400)
        result = self.home.run("refresh")
        self.assertEqual(result.code, 24, result)
        self.assertIn("“work” would go from 1,003 to 603. Until you decide, all are here.", result.err)
        assert_documented("removals-held", how="400 of 1,000 contacts vanish at Microsoft", result=result)
        self.assertEqual(self.home.count(), 1003)
        outcome = self.refresh(code=24)
        self.assertEqual(outcome["error"]["id"], "removals-held")
        self.assertEqual(outcome["error"]["held"], 400)
        self.assertEqual(outcome["result"]["held"], 400)
        account = self.home.run("accounts", "--json").json["accounts"][0]
        self.assertEqual(account["error"]["id"], "removals-held")
        self.assertEqual(self.numbers("--allow-removals"), {"added": 0, "changed": 0, "removed": 400, "held": 0})
        self.assertEqual(self.home.export(), self.imported())
        self.assertIsNone(self.home.run("accounts", "--json").json["accounts"][0]["error"])

    def test_holds_them_back_when_everything_is_read_again_as_well(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 0})
        self.assertEqual(self.numbers(code=24)["held"], 1000)
        self.assertEqual(self.home.count(), 1000)

    def test_an_import_is_what_the_person_asked_for(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 0})
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual(self.home.count(), 0)


class BothSources(SandboxCase):
    """Microsoft 365 and Google linked, one refresh for both."""

    options = ("--contacts", "500", "--auto", WORKER)

    def link_both(self, home, google):
        for key in ("accounts", "oauth2", "people", "client_id", "client_secret"):
            self.assertEqual(home.run("config", "set", "google." + key, google.ready["google." + key]).code, 0)
        self.assertEqual(home.sign_in("--name", "work").code, 0)
        self.assertEqual(home.sign_in("--name", "home", provider="google").code, 0)

    def test_one_refresh_shows_exactly_what_changed_in_each(self):
        with Sandbox("--contacts", "400", "--auto", ANNA) as google:
            self.link_both(self.home, google)
            self.assertEqual(self.home.run("refresh").code, 0)
            self.sandbox.call("POST", "/sandbox/change", {"person": WORKER, "add": 7, "change": 5, "remove": 3})
            google.call("POST", "/sandbox/change", {"person": ANNA, "add": 7, "change": 5, "remove": 3})
            text = self.home.run("refresh").out
            self.assertIn("“work” is up to date. 7 new, 5 changed, 3 removed.", text)
            self.assertIn("“home” is up to date. 7 new, 5 changed, 3 removed.", text)

            anew = self.new_home()
            self.link_both(anew, google)
            self.assertEqual(len(anew.export()), 908)
            self.assertEqual(self.home.export(), anew.export())

            before = len(self.sandbox.requests()), len(google.requests())
            self.assertEqual(self.home.run("refresh").code, 0)
            asked = [request["path"] for request in self.sandbox.requests()[before[0]:]]
            self.assertLessEqual(len(asked), 2 * sum("/delta" in path for path in asked), asked)
            self.assertLessEqual(len(google.requests()) - before[1], 2)

    def test_the_same_import_twice_changes_nothing(self):
        with Sandbox("--contacts", "400", "--auto", ANNA) as google:
            self.link_both(self.home, google)
            before = self.home.export()
            for account in ("work", "home"):
                result = self.home.run("import", account, "--json").lines[-1]["result"]
                self.assertEqual((result["added"], result["changed"], result["removed"]), (0, 0, 0))
            self.assertEqual(self.home.export(), before)


class Several(SandboxCase):
    options = ("--contacts", "50", "--auto", WORKER)

    def test_one_failing_account_does_not_stop_the_others(self):
        self.signed_in("--name", "work")
        config = pathlib.Path(self.config_folder) / "config-2"
        with Sandbox("--contacts", "60", "--auto", "admin@contoso.example", config=config) as other:
            text = config.read_text(encoding="utf-8")
            before = self.home.config.read_text(encoding="utf-8")
            self.home.config.write_text(text, encoding="utf-8")
            self.assertEqual(self.home.sign_in("--name", "office").code, 0)
            self.home.config.write_text(before, encoding="utf-8")
            del other
        result = self.home.run("refresh", "--json")
        outcomes = {outcome["account"]: outcome for outcome in result.lines[-1]["accounts"]}
        self.assertNotEqual(result.code, 0)
        self.assertIn("error", outcomes["office"])
        self.assertEqual(outcomes["work"]["result"]["imported"], 50)
        self.assertEqual(self.home.count(), 110)


if __name__ == "__main__":
    unittest.main()
