# SPDX-License-Identifier: MIT
"""Sign in, import, limit, paging: the main job through the real programs."""
from kith_harness import *


class SignInAndImport(SandboxCase):
    options = ("--contacts", "2500", "--auto", "worker@contoso.example")

    def test_sign_in_imports_by_itself_and_lists_everybody(self):
        result = self.signed_in("--json")
        events = [line["event"] for line in result.lines]
        self.assertEqual(events[:2], ["signed-in", "started"])  # behind the address, which was taken before
        self.assertEqual(events[-1], "finished")
        self.assertEqual(result.lines[-1]["result"]["imported"], 2500)
        self.assertEqual(self.home.count(), 2500)

    def test_sign_in_asks_for_least_privilege_with_pkce(self):
        url = self.signed_in().url
        self.assertIn("code_challenge_method=S256", url)
        scope = re.search(r"scope=([^&]+)", url).group(1).replace("%20", " ").replace("+", " ").split()
        self.assertEqual(sorted(scope), ["Contacts.Read", "offline_access", "openid", "profile"])

    def test_the_answers_address_can_be_pasted(self):
        class NoFollow(urllib_request.HTTPRedirectHandler):
            def redirect_request(self, req, fp, code, msg, headers, newurl):
                return None if "localhost" in newurl and "code=" in newurl else super().redirect_request(
                    req, fp, code, msg, headers, newurl)

        process = self.home.start("sign-in", "microsoft", "--no-browser", "--no-import")
        url = process.stdout.readline().decode().strip()
        try:
            urllib_request.build_opener(NoFollow).open(url, timeout=30)
            self.fail("the sandbox did not redirect")
        except urllib_error.HTTPError as error:
            location = error.headers["Location"]
        out, err = process.communicate(b"https://example.org/not-this-one\n  " + location.encode() + b"\n", timeout=60)
        self.assertEqual(process.returncode, 0, err)
        self.assertIn("not the address of this sign-in", err.decode())
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"][0]["state"], "new")

    def test_an_answer_with_another_state_is_ignored(self):
        process = self.home.start("sign-in", "microsoft", "--no-browser", "--no-import")
        url = process.stdout.readline().decode().strip()
        port = re.search(r"redirect_uri=http%3A%2F%2Flocalhost%3A(\d+)", url).group(1)
        fetch(f"http://localhost:{port}/?code=stolen&state=wrong")
        self.assertIsNone(process.poll())
        fetch(url)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)

    def test_a_second_import_finds_nothing_changed(self):
        self.signed_in()
        again = self.home.run("import", "work", "--json").lines[-1]["result"]
        self.assertEqual((again["added"], again["changed"], again["removed"], again["unchanged"]), (0, 0, 0, 2500))

    def test_changes_at_the_provider_arrive_and_keep_ids(self):
        self.signed_in()
        before = {row["shown"]: row["id"] for row in self.home.run("list", "--json").json["contacts"]}
        self.sandbox.call("POST", "/sandbox/change",
                          {"person": "worker@contoso.example", "add": 7, "change": 5, "remove": 3})
        result = self.home.run("refresh", "--json").lines[-1]["accounts"][0]["result"]
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": "worker@contoso.example", "contacts": 2500})
        self.assertEqual((result["added"], result["changed"], result["removed"]), (7, 5, 3))
        after = {row["shown"]: row["id"] for row in self.home.run("list", "--json").json["contacts"]}
        same = [name for name in before if after.get(name) == before[name]]
        self.assertGreater(len(same), 2300)

    def test_refresh_leaves_fresh_accounts_alone(self):
        self.signed_in()
        outcome = self.home.run("refresh", "--if-older-than", "4h", "--json").lines[-1]["accounts"][0]
        self.assertEqual(outcome, {"account": "work", "fresh_enough": True})

    def test_sign_out_removes_contacts_and_tokens(self):
        self.signed_in()
        self.assertEqual(self.home.run("sign-out", "work").code, 0)
        self.assertEqual(self.home.count(), 0)
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"], [])

    def test_sign_out_can_keep_the_contacts_and_again_mends(self):
        self.signed_in()
        self.assertEqual(self.home.run("sign-out", "work", "--keep-contacts").code, 0)
        self.assertEqual(self.home.count(), 2500)
        self.assert_failure(self.home.run("import", "work", "--json"), "signin-needed", 9)
        assert_documented("signin-needed", how="an account that was signed out, its contacts kept",
                          result=self.home.run("import", "work"))
        process = self.home.start("sign-in", "--again", "work", "--no-browser", "--json")
        fetch(json.loads(process.stdout.readline())["url"])
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        last = json.loads(out.decode().splitlines()[-1])
        self.assertEqual(last["result"]["unchanged"], 2500)

    def test_tokens_are_nowhere_to_be_read(self):
        self.home.env["KITH_DEBUG"] = "all"
        result = self.home.sign_in("-v")
        self.assertEqual(result.code, 0)
        kept = b"".join(path.read_bytes() for path in self.home.root.rglob("*") if path.is_file())
        for text in (result.err, result.out, kept.decode("latin-1")):
            self.assertNotIn("sandbox-access", text)
            self.assertNotIn("sandbox-refresh", text)

    def test_files_are_private(self):
        self.signed_in()
        self.assertEqual(self.home.data.stat().st_mode & 0o777, 0o700)
        for path in self.home.data.rglob("*"):
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)


class Limits(SandboxCase):
    options = ("--contacts", "12431", "--auto", "worker@contoso.example")

    def mailbox(self, **more):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": "worker@contoso.example", **more})

    def test_more_than_the_limit_says_so(self):
        result = self.signed_in()
        self.assertIn("Imported 10,000 of 12,431 contacts from Microsoft 365.", result.out)
        self.assertEqual(self.home.count(), 10000)
        everything = self.home.run("import", "work", "--set", "import.limit=0", "--json").lines[-1]["result"]
        self.assertEqual((everything["imported"], everything["limit_reached"]), (12431, False))
        self.assertEqual(self.home.count(), 12431)

    def test_an_impossible_number_fetches_nothing_and_changes_nothing(self):
        self.signed_in()
        self.sandbox.call("DELETE", "/sandbox/requests")
        self.mailbox(report_count=2147483648)
        self.addCleanup(self.mailbox, contacts=12431)
        error = self.assert_failure(self.home.run("import", "work", "--json"), "too-many-contacts", 15)
        assert_documented("too-many-contacts", how="Graph reports one contact more than can be",
                          result=self.home.run("import", "work"))
        self.assertIn("2,147,483,648", error["sentence"])
        self.assertEqual([r for r in self.sandbox.contact_requests() if "$count" not in r["path"].lower().split("?")[0]
                          and "%24count" not in r["path"].lower().split("?")[0]], [])
        self.assertEqual(self.home.count(), 10000)

    def test_the_largest_possible_number_is_no_reason_to_fail(self):
        self.mailbox(contacts=50, report_count=2147483647)
        self.addCleanup(self.mailbox, contacts=12431)
        self.signed_in()
        self.assertEqual(self.home.count(), 50)

    def test_no_contacts_is_fine(self):
        self.mailbox(contacts=0)
        self.addCleanup(self.mailbox, contacts=12431)
        result = self.signed_in()
        self.assertIn("There are no contacts at Microsoft 365.", result.out)
        self.assertEqual(self.home.count(), 0)


class PagingCase(SandboxCase):
    options = ("--contacts", "10000", "--auto", "worker@contoso.example")

    def import_with(self, **fault):
        home = self.new_home()
        self.assertEqual(home.sign_in("--no-import").code, 0)
        if fault:
            self.sandbox.fault(path="/v1.0/me/contacts", **fault)
        self.sandbox.call("DELETE", "/sandbox/requests")
        result = home.run("import", "work", "--json")
        self.sandbox.no_faults()
        return home, result


class Paging(PagingCase):
    def assert_all_there_once(self, **fault):
        home, result = self.import_with(**fault)
        self.assertEqual(result.code, 0, result)
        contacts = home.run("export", "--format", "json").json["contacts"]
        ids = {contact["source_id"] for contact in contacts}
        self.assertEqual((len(contacts), len(ids)), (10000, 10000))

    def test_repeated_items_are_not_doubled(self):
        self.assert_all_there_once(do="repeat-items", after=2, times=2)

    def test_items_missing_on_a_page_are_not_lost(self):
        self.assert_all_there_once(do="drop-items", after=2, times=2)

    def test_a_page_linked_to_itself_neither_hangs_nor_loses(self):
        self.assert_all_there_once(do="loop", after=3, times=1)

    def test_an_empty_page_is_not_the_end(self):
        self.assert_all_there_once(do="empty-page", after=2, times=1)

    def test_a_link_to_another_host_is_refused_and_gets_no_token(self):
        with Sandbox("--contacts", "1") as other:
            home, result = self.import_with(do="foreign-link", after=2, link=other.base + "/v1.0/me/contacts?$skip=999")
            self.assert_failure(result, "service", 22)
            self.assertEqual([r for r in other.requests() if "contacts" in r["path"]], [])
            self.assertEqual(home.count(), 0)


class FarAway(PagingCase):
    """With a network between, requests overlap."""

    options = PagingCase.options + ("--latency", "40")

    def test_ten_thousand_take_few_requests_never_more_than_four_at_once(self):
        _, result = self.import_with()
        self.assertEqual(result.code, 0, result)
        requests = self.sandbox.contact_requests()
        self.assertLessEqual(len(requests), 30)
        self.assertLessEqual(max(r["under_way"] for r in requests), 4)
        self.assertGreater(max(r["under_way"] for r in requests), 1)


class ManyFolders(PagingCase):
    """Folders beside the default one, three levels deep, behind a slow network."""

    options = PagingCase.options + ("--latency", "20")

    def import_folders(self, *options, contacts=1500, each=700):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": "worker@contoso.example", "contacts": contacts, "folder_contacts": each})
        home = self.new_home()
        self.assertEqual(home.sign_in("--no-import").code, 0)
        self.sandbox.call("DELETE", "/sandbox/requests")
        return home, home.run("import", "work", "--json", "--set", "import.photos=no", *options).lines[-1]["result"]

    def asked(self):
        """The requests for pages of contacts, by folder."""
        paths = [r["path"].split("?")[0] for r in self.sandbox.contact_requests()]
        return [path for path in paths if path.endswith("/contacts")]

    def test_everybody_is_there_and_no_page_is_asked_for_twice(self):
        home, result = self.import_folders()
        self.assertEqual((result["reported"], result["imported"]), (4300, 4300))
        folders = {contact["folder"] for contact in home.export()}
        self.assertEqual(folders, {"", "Suppliers", "Suppliers/Couriers", "Suppliers/Couriers/Night shift", "Family"})
        requests = self.sandbox.requests()
        self.assertEqual(len({r["path"] for r in requests}), len(requests))
        self.assertEqual(len(requests), 5 + 5 + 2 + 4)
        self.assertEqual(max(r["under_way"] for r in requests), 4)

    def test_no_folder_beyond_the_limit_is_asked_for_contacts(self):
        home, result = self.import_folders("--set", "import.limit=2000")
        self.assertEqual((result["reported"], result["imported"], result["limit_reached"]), (4300, 2000, True))
        self.assertEqual(len(home.export()), 2000)
        self.assertEqual(len(set(self.asked())), 2)  # the default one, and the first of the others
        self.assertLessEqual(max(r["under_way"] for r in self.sandbox.requests()), 4)

    def test_too_many_in_all_folders_together_are_refused_before_a_page_is_asked_for(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": "worker@contoso.example", "contacts": 10,
                                                       "folder_contacts": 1, "report_count": 2147483644})
        home = self.new_home()
        self.assertEqual(home.sign_in("--no-import").code, 0)
        self.sandbox.call("DELETE", "/sandbox/requests")
        self.assert_failure(home.run("import", "work", "--json"), "too-many-contacts", 15)
        self.assertEqual(self.asked(), [])

    def test_a_cut_line_while_the_folders_are_looked_at_changes_nothing(self):
        self.sandbox.fault(path="/v1.0/me/contactFolders", do="cut", after=1, times=3)
        self.sandbox.fault(path="/v1.0/me/contactFolders", do="status", status=429, retry_after=0.1, after=5, times=1)
        _, result = self.import_folders()
        self.assertEqual(result["imported"], 4300)


class LongNotes(SandboxCase):
    options = ("--contacts", "10", "--auto", "worker@contoso.example")

    def test_pages_are_cut_to_what_their_contacts_weigh(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": "worker@contoso.example", "contacts": 600, "note_bytes": 32768})
        self.signed_in()
        self.assertGreater(min(len(contact["text"]["notes"].encode()) for contact in self.home.export()), 30000)
        tops = [int(re.search(r"top=(\d+)", r["path"])[1]) for r in self.sandbox.contact_requests()
                if r["path"].startswith("/v1.0/me/contacts?")]
        self.assertEqual(tops[0], 999)
        self.assertLessEqual(max(tops[1:3]), 50)
        self.assertLessEqual(len(tops), 35)


class Large(SandboxCase):
    options = ("--contacts", "100000", "--auto", "worker@contoso.example")

    def test_a_hundred_thousand_without_limit(self):
        result = self.signed_in("--set", "import.limit=0", "--json")
        self.assertEqual(result.lines[-1]["result"]["imported"], 100000)


import urllib.error as urllib_error  # noqa: E402  (kept apart from the harness's names)
import urllib.request as urllib_request  # noqa: E402
