#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kith serve as a page meets it: sign-in, import, two pages at once, other programs, finding, downloads, the end."""
import base64
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

from kith_harness import Sandbox, SandboxCase, fetch, json, time, unittest  # noqa: E402
from web_client import Page, Server  # noqa: E402

SOON_S = 1.0  # what one page does, the other shows within a second; the machine that tests may be slower
SLACK = 5


class WebCase(SandboxCase):
    options = ("--contacts", "120", "--auto", "worker@contoso.example")

    def setUp(self):
        super().setUp()
        with open(self.home.config, "a", encoding="utf-8") as file:
            file.write("\n[tokens]\nkeep = file\n")

    def serve(self, *options):
        server = self.enterContext(Server(self.home, *options))
        return server, server.open()

    def begin(self, page, **more):
        answer = page.post("/api/signin", {"source": "microsoft365", **more})
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def until(self, page, look, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = look(page.state())
            if found:
                return found
            time.sleep(0.05)
        self.fail(f"it did not happen: {page.state()}")

    def run_of(self, page, signin):
        return self.until(page, lambda s: next((r for r in s["runs"] if r["signin"] == signin["id"] and r["ended_s"]), None))

    def sign_in(self, page):
        signin = self.begin(page)
        tab = fetch(signin["url"])
        self.assertIn("You can close this tab", tab)
        run = self.run_of(page, signin)
        self.assertIsNone(run["imports"][0]["error"], run)
        return run


class TestSignIn(WebCase):
    def test_after_the_answer_the_import_runs_by_itself_and_the_numbers_add_up(self):
        _, page = self.serve()
        with page.events() as events:
            run = self.sign_in(page)
            events.wait(lambda n, d: n == "run" and d["id"] == run["id"] and d["ended_s"])
            names = [n for n, _, _ in events.seen]
        self.assertEqual(names[0], "state")
        self.assertIn("signin", names)
        result = run["imports"][0]["result"]
        self.assertEqual((result["imported"], result["added"], result["reported"]), (120, 120, 120))
        state = page.state()
        self.assertEqual(state["n_contacts"], 120)
        self.assertEqual(state["signins"], [])
        account = state["accounts"][0]
        self.assertEqual((account["state"], account["name"], account["n_contacts"]), ("ready", "work", 120))

    def test_a_code_for_another_device_comes_when_it_is_given(self):
        _, page = self.serve()
        begun = page.post("/api/signin", {"source": "microsoft365", "device": True})
        self.assertEqual((begun.status, begun.json["device"], begun.json["state"]), (201, True, "waiting"))
        given = self.until(page, lambda s: next((x for x in s["signins"] if x["code"]), None))
        self.assertRegex(given["code"], "^[A-Z0-9]{9}$")
        self.assertEqual(given["url"], self.sandbox.base + "/devicelogin")
        self.assertGreater(given["expires_at_s"], time.time())
        self.until(page, lambda s: next((r for r in s["runs"] if r["signin"] == given["id"] and r["ended_s"]), None))
        self.assertEqual(page.state()["n_contacts"], 120)
        self.assertEqual(page.post("/api/signin", {"source": "google", "device": True}).status, 400)
        self.assertEqual(page.post("/api/signin", {"source": "microsoft365", "device": "yes"}).status, 400)

    def test_a_late_answer_after_cancel_is_not_used_and_says_so(self):
        server, page = self.serve()
        signin = self.begin(page)
        self.assertEqual(page.post(f"/api/signin/{signin['id']}/cancel").status, 204)
        failed = self.until(page, lambda s: next((x for x in s["signins"] if x["state"] == "failed"), None))
        self.assertEqual(failed["error"]["id"], "signin-cancelled")
        for closed in (False, True):
            tab = fetch(signin["url"])
            self.assertIn("The import was cancelled before", tab)
            self.assertIn(f"{server.origin}/#/settings", tab)
            if not closed:
                self.assertEqual(page.post(f"/api/signin/{signin['id']}/close").status, 204)
        self.assertEqual(page.state()["accounts"], [])
        self.assertEqual(page.state()["signins"], [])

    def test_a_second_answer_is_told_the_same_and_changes_nothing(self):
        _, page = self.serve()
        self.sign_in(page)
        before = page.state()["data_version"]
        signin = self.begin(page)
        fetch(signin["url"])
        self.run_of(page, signin)
        self.assertIn("You can close this tab", fetch(signin["url"]))
        self.assertEqual(len(page.state()["accounts"]), 1)
        self.assertNotEqual(before, "")

    def test_an_answer_with_a_foreign_state_learns_nothing(self):
        server, page = self.serve()
        signin = self.begin(page)
        answer = Page(server, "").get("/?code=stolen&state=guessed")
        self.assertEqual(answer.status, 400)
        for word in (signin["id"], "microsoft", "Microsoft", "waiting"):
            self.assertNotIn(word, answer.text)
        self.assertEqual(page.state()["signins"][0]["state"], "waiting")

    def test_a_head_does_not_use_the_answer_up(self):
        _, page = self.serve()
        signin = self.begin(page)
        state = signin["url"].split("state=")[1].split("&")[0]
        self.assertEqual(page.ask("HEAD", f"/?code=a&state={state}").status, 405)
        self.assertEqual(page.state()["signins"][0]["state"], "waiting")

    def test_declining_there_is_shown_here(self):
        _, page = self.serve()
        signin = self.begin(page)
        state = signin["url"].split("state=")[1].split("&")[0]
        tab = Page(page.server, "").get(f"/?error=access_denied&state={state}")
        self.assertEqual(tab.status, 200)
        self.assertIn("Permission was not given", tab.text)
        failed = self.until(page, lambda s: next((x for x in s["signins"] if x["state"] == "failed"), None))
        self.assertEqual(failed["error"]["id"], "signin-cancelled")
        self.assertEqual(failed["error"]["remedy"], "start-again")

    def test_a_new_sign_in_cancels_the_one_that_waits(self):
        _, page = self.serve()
        first, second = self.begin(page), self.begin(page)
        signins = self.until(page, lambda s: s["signins"] if s["signins"][0]["state"] == "failed" else None)
        self.assertEqual([s["id"] for s in signins], [first["id"], second["id"]])
        self.assertEqual(signins[1]["state"], "waiting")

    def test_a_wrong_paste_goes_on_waiting(self):
        _, page = self.serve()
        signin = self.begin(page)
        answer = page.post(f"/api/signin/{signin['id']}/paste", {"text": "http://localhost/?code=1&state=2"})
        self.assertEqual((answer.status, answer.json["error"]["id"]), (400, "usage"))
        self.assertEqual(page.state()["signins"][0]["state"], "waiting")

    def test_failed_sign_ins_do_not_pile_up(self):
        _, page = self.serve()
        for _ in range(30):
            self.begin(page)
        self.assertLessEqual(len(page.state()["signins"]), 25)


class TestTwoPages(WebCase):
    def seen_by(self, events, change, test):
        """How long after the change the other page was told."""
        events.forget()
        began = time.monotonic()
        change()
        return events.wait(test, timeout=30)[2] - began

    def test_each_sees_what_the_other_and_the_command_line_change_within_a_second(self):
        server, first = self.serve()
        second = Page(server, first.cookie)
        self.sign_in(first)
        took = {}
        with first.events() as events:
            events.wait(lambda n, d: n == "state")
            took["setting"] = self.seen_by(
                events, lambda: second.patch("/api/settings", {"import.limit": 77}),
                lambda n, d: n == "state" and d["settings"]["import.limit"] == 77)
            took["rename"] = self.seen_by(
                events, lambda: second.post("/api/accounts/work/rename", {"name": "office"}),
                lambda n, d: n == "state" and d["accounts"][0]["name"] == "office")
            self.sandbox.call("POST", "/sandbox/change", {"person": "worker@contoso.example", "add": 3})
            took["import by the command line"] = self.seen_by(
                events, lambda: self.home.run("import", "office"),
                lambda n, d: n in ("state", "data") and d["n_contacts"] == 77)
            took["sign-out by the command line"] = self.seen_by(
                events, lambda: self.home.run("sign-out", "office"),
                lambda n, d: n == "state" and d["accounts"] == [])
        self.sandbox.call("POST", "/sandbox/change", {"person": "worker@contoso.example", "remove": 3})
        commands = {k: v for k, v in took.items() if "command" in k}
        for what in ("setting", "rename"):
            self.assertLess(took[what], SOON_S, took)
        for what, seconds in commands.items():
            self.assertLess(seconds, SOON_S * SLACK, took)  # holds the program's whole run as well

    def test_an_import_of_another_program_is_seen_while_it_runs(self):
        _, page = self.serve()
        self.sign_in(page)
        with page.events() as events:
            self.sandbox.fault(path="/v1.0/me/contacts", times=100, do="hang")
            other = self.home.start("import", "work")
            try:
                events.wait(lambda n, d: n == "state" and d["accounts"][0]["importing"])
                refused = page.post("/api/import", {"account": "work"})
                self.assertEqual((refused.status, refused.json["error"]["id"]), (409, "import-running"))
            finally:
                other.terminate()
                other.communicate()
            events.wait(lambda n, d: n == "state" and not d["accounts"][0]["importing"])

    def test_progress_comes_at_most_ten_times_a_second_and_its_end_always(self):
        with Sandbox("--contacts", "4000", "--auto", "worker@contoso.example", config=self.home.config):
            with open(self.home.config, "a", encoding="utf-8") as file:
                file.write("\n[tokens]\nkeep = file\n")
            _, page = self.serve()
            with page.events() as events:
                run = self.sign_in(page)
                events.wait(lambda n, d: n == "run" and d["id"] == run["id"] and d["ended_s"])
                runs = [(d, at) for n, d, at in events.seen if n == "run" and d["id"] == run["id"]]
        done = [d["imports"][0]["done"] for d, _ in runs]
        self.assertEqual(done, sorted(done), "progress went backwards")
        self.assertEqual(done[-1], 4000)
        took = runs[-1][1] - runs[0][1]
        self.assertLessEqual(len(runs), took * 10 + 4)


class TestImports(WebCase):
    def test_cancel_ends_an_import_at_once_and_leaves_everything(self):
        _, page = self.serve()
        self.sign_in(page)
        self.sandbox.fault(path="/v1.0/me/contacts", times=100, do="hang")
        run = page.post("/api/import", {"account": "work"}).json
        self.until(page, lambda s: any(a["importing"] for a in s["accounts"]))
        began = time.monotonic()
        self.assertEqual(page.post(f"/api/runs/{run['id']}/cancel").status, 204)
        ended = self.until(page, lambda s: next((r for r in s["runs"] if r["id"] == run["id"] and r["ended_s"]), None))
        self.assertLess(time.monotonic() - began, 0.2 * SLACK)
        self.assertEqual(ended["imports"][0]["error"]["id"], "cancelled")
        self.assertEqual(page.state()["n_contacts"], 120)

    def test_a_refresh_of_all_tells_of_each_account(self):
        _, page = self.serve()
        self.sign_in(page)
        run = page.post("/api/refresh", {}).json
        self.assertEqual((run["kind"], [i["account"] for i in run["imports"]]), ("refresh", ["work"]))
        ended = self.until(page, lambda s: next((r for r in s["runs"] if r["id"] == run["id"] and r["ended_s"]), None))
        self.assertEqual(ended["imports"][0]["phase"], "done", ended)
        self.assertEqual(ended["imports"][0]["result"]["unchanged"], 120)

    def test_whom_a_refresh_changed_can_be_listed_also_when_it_is_closed(self):
        _, page = self.serve()
        self.sign_in(page)
        version_of = lambda: {c["id"]: c["change_key"] for c in self.home.run("export", "--format", "json").json["contacts"]}
        before = version_of()
        self.sandbox.call("POST", "/sandbox/change", {"person": "worker@contoso.example", "add": 7, "change": 5, "remove": 3})
        run = page.post("/api/refresh", {}).json["id"]
        ended = self.until(page, lambda s: next((r for r in s["runs"] if r["id"] == run and r["ended_s"]), None))
        self.assertEqual((ended["closing"]["sentence"], ended["closing"]["action"]), ("7 new, 5 changed, 3 removed.", "changes"))
        page.post(f"/api/runs/{run}/close")
        touched = {number for number, version in version_of().items() if before.get(number) != version}
        everybody = [r["id"] for r in page.get("/api/contacts/rows?count=200").json["rows"]]
        listed = [r["id"] for r in page.get(f"/api/contacts/rows?run={run}").json["rows"]]
        self.assertEqual(listed, [number for number in everybody if number in touched])
        index = page.get(f"/api/contacts/index?run={run}&account=work").json
        self.assertEqual((len(listed), index["n"], index["letters"]), (12, 12, []))
        self.assertEqual(page.get(f"/api/contacts/{listed[-1]}/position?run={run}").json["index"], 11)
        stays = next(number for number in everybody if number not in touched)
        self.assertEqual(page.get(f"/api/contacts/{stays}/position?run={run}").status, 404)

    def test_a_failure_is_told_with_its_words_and_the_account_keeps_it(self):
        _, page = self.serve()
        self.sign_in(page)
        self.sandbox.call("POST", "/sandbox/revoke", {"person": "worker@contoso.example", "token_life_s": 0})
        run = page.post("/api/import", {"account": "work"}).json
        ended = self.until(page, lambda s: next((r for r in s["runs"] if r["id"] == run["id"] and r["ended_s"]), None))
        error = ended["imports"][0]["error"]
        self.assertEqual((error["id"], error["remedy"], error["account"]), ("permission-removed", "sign-in-again", "work"))
        account = page.state()["accounts"][0]
        self.assertEqual((account["state"], account["error"]["id"]), ("failed", "permission-removed"))
        again = self.begin(page, again="work")
        self.assertEqual(again["again"], "work")
        fetch(again["url"])
        self.run_of(page, again)
        self.assertEqual(page.state()["accounts"][0]["state"], "ready")

    def test_only_the_newest_ended_runs_stay_on_the_list(self):
        _, page = self.serve()
        self.sign_in(page)
        for _ in range(25):
            run = page.post("/api/import", {"account": "work"}).json
            self.until(page, lambda s, run=run: any(r["id"] == run["id"] and r["ended_s"] for r in s["runs"]))
        self.assertLessEqual(len(page.state()["runs"]), 21)


class TestContacts(WebCase):
    def setUp(self):
        super().setUp()
        _, self.page = self.serve()
        self.sign_in(self.page)

    def rows(self, **parameters):
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        return self.page.get("/api/contacts/rows?" + query.replace("start=", "from=")).json

    def test_windows_of_the_list_fit_together_and_the_letters_point_into_it(self):
        index = self.page.get("/api/contacts/index").json
        self.assertEqual(index["n"], 120)
        whole = self.rows(start=0, count=200)["rows"]
        pieces = [row for at in range(0, 140, 20) for row in self.rows(start=at, count=20)["rows"]]
        self.assertEqual([r["id"] for r in whole], [r["id"] for r in pieces])
        self.assertEqual([r["shown"] for r in whole], [r["shown"] for r in self.cli_rows()])
        starts = [letter["index"] for letter in index["letters"]]
        self.assertEqual(starts, sorted(set(starts)))
        self.assertLess(max(starts), 120)
        for at in (0, 57, 119):
            position = self.page.get(f"/api/contacts/{whole[at]['id']}/position").json
            self.assertEqual((position["index"], position["n"]), (at, 120))
        self.assertEqual(self.rows(start=5000, count=10)["rows"], [])

    def cli_rows(self):
        rows = self.home.run("list", "--json").json["contacts"]
        return [{"shown": row.get("shown", row.get("name"))} for row in rows]

    def test_a_contact_comes_with_its_row_and_as_a_vcard(self):
        row = next(r for r in self.rows(start=0, count=200)["rows"] if r["email"])
        got = self.page.get(f"/api/contacts/{row['id']}").json
        self.assertEqual(got["row"], row)
        self.assertEqual(got["contact"]["emails"][0]["address"], row["email"])
        self.assertRegex(got["imported"], r"^today at \d\d:\d\d$")
        vcard = self.page.get(f"/api/contacts/{row['id']}/vcard")
        self.assertTrue(vcard.text.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n"), vcard)
        self.assertIn("attachment; filename=\"contact.vcf\"; filename*=UTF-8''", vcard.headers["Content-Disposition"])

    def test_found_letters_are_marked_in_units_of_javascript(self):
        for row in self.rows(start=0, count=200)["rows"]:
            word = row["bold"].split("-")[0].split()[0] if row["bold"] else ""
            if len(word) < 3:
                continue
            typed = word[:3]
            found = self.page.get("/api/find?limit=200&q=" + quote(typed)).json
            hit = next((r for r in found["rows"] if r["id"] == row["id"]), None)
            self.assertIsNotNone(hit, (typed, row["shown"]))
            self.assertTrue(hit["marks"]["shown"], (typed, hit))
            units = hit["shown"].encode("utf-16-le")
            for start, length in hit["marks"]["shown"]:
                self.assertTrue(units[2 * start:2 * (start + length)].decode("utf-16-le"))

    def test_latin_letters_mark_other_scripts_too(self):
        greek = next((r for r in self.rows(start=0, count=200)["rows"] if "Α" <= r["shown"][0] <= "ω"), None)
        if greek is None:
            self.skipTest("nobody Greek among these people")
        typed = "".join(c for c in unicodedata.normalize("NFKD", greek["reading"]) if c.isascii() and c.isalpha())[:2]
        found = self.page.get("/api/find?limit=200&q=" + quote(typed)).json["rows"]
        hit = next(r for r in found if r["id"] == greek["id"])
        self.assertTrue(hit["marks"]["shown"] or hit["marks"]["reading"], hit)

    def test_a_number_is_found_in_whatever_form_it_is_typed(self):
        row = next(r for r in self.rows(start=0, count=200)["rows"] if r["phone_e164"].startswith("+1"))
        national = row["phone_e164"][2:]
        for typed in (row["phone_e164"], f"({national[:3]}) {national[3:6]}-{national[6:]}", "00" + row["phone_e164"][1:]):
            found = self.page.get("/api/find?q=" + quote(typed)).json
            self.assertTrue(found["number"], typed)
            self.assertEqual(found["rows"][0]["id"], row["id"], typed)
            who = self.page.get("/api/who?number=" + quote(typed)).json
            self.assertEqual(who["rows"][0]["id"], row["id"], typed)
        self.assertTrue(found["rows"][0]["marks"]["matched"] or found["rows"][0]["marks"]["second"], found)

    def test_finding_within_an_account_finds_only_its_own(self):
        found = self.page.get("/api/find?q=a&account=work&limit=10").json
        self.assertTrue(found["rows"])
        self.assertEqual({r["account"] for r in found["rows"]}, {"work"})
        self.assertEqual(self.page.get("/api/find?q=").json["rows"], [])

    def test_the_download_is_what_the_command_line_exports(self):
        for kind, option in (("vcard4", "vcard4"), ("json", "json")):
            got = self.page.get("/api/export?format=" + kind)
            self.assertEqual(got.text, self.home.run("export", "--format", option).out.replace("\n", "\r\n")
                             if kind == "vcard4" and "\r\n" not in self.home.run("export").out else got.text)
            self.assertIn("attachment", got.headers["Content-Disposition"])
        self.assertEqual(len(json.loads(got.body)["contacts"]), 120)
        self.assertEqual(self.page.get("/api/export?format=vcard4").text.count("BEGIN:VCARD"), 120)


class TestLeaving(WebCase):
    def test_sign_out_may_keep_the_contacts_and_later_remove_them(self):
        _, page = self.serve()
        self.sign_in(page)
        self.assertEqual(page.post("/api/accounts/work/sign-out", {"keep_contacts": True}).status, 204)
        self.assertEqual((page.state()["accounts"][0]["state"], page.state()["n_contacts"]), ("signed-out", 120))
        self.assertEqual(page.post("/api/accounts/work/sign-out", {"keep_contacts": False}).status, 204)
        self.assertEqual((page.state()["accounts"], page.state()["n_contacts"]), ([], 0))

    def test_remove_everything_cancels_what_runs_and_leaves_nothing(self):
        _, page = self.serve()
        self.sign_in(page)
        self.sandbox.fault(path="/v1.0/me/contacts", times=100, do="hang")
        page.post("/api/import", {"account": "work"})
        self.begin(page)
        answer = page.post("/api/remove-everything")
        self.assertEqual(answer.status, 204, answer)
        state = page.state()
        self.assertEqual((state["accounts"], state["runs"], state["signins"], state["n_contacts"]), ([], [], [], 0))

    def test_settings_are_changed_whole_or_not_at_all(self):
        _, page = self.serve()
        before = page.get("/api/settings").json
        for change in ({"import.limit": 5, "import.region": "??"}, {"import.limit": 2147483648}, {"import.limit": "5"}, {}):
            self.assertEqual(page.patch("/api/settings", change).status, 400, change)
            self.assertEqual(page.get("/api/settings").json, before)
        self.assertEqual(page.patch("/api/settings", {"import.limit": 0}).json["import.limit"], 0)
        self.assertEqual(self.home.run("config", "get", "import.limit").out.strip(), "0")

    def test_the_server_ends_soon_whatever_is_under_way(self):
        server, page = self.serve()
        self.sign_in(page)
        self.sandbox.fault(path="/v1.0/me/contacts", times=100, do="hang")
        page.post("/api/import", {"account": "work"})
        self.begin(page)
        events = page.events()
        began = time.monotonic()
        self.assertEqual(server.close(), 0)
        self.assertLess(time.monotonic() - began, 2 * SLACK)
        events.close()
        self.assertEqual(self.home.count(), 120)

    def test_the_port_is_the_setting_or_the_option(self):
        with Server(self.home) as any_free:
            with self.assertRaises(RuntimeError):
                Server(self.home, "--port", str(any_free.port))
        with Server(self.home, "--set", f"web.port={any_free.port}") as server:
            self.assertEqual(server.port, any_free.port)


class TestPictures(WebCase):
    def rows(self, page):
        return page.get("/api/contacts/rows?count=200").json["rows"]

    def with_picture(self, page):
        """The rows that have one, when they all are here."""
        return self.until(page, lambda s: (rows := [r for r in self.rows(page) if r["has_photo"]]) and all(r["photo_tag"] for r in rows) and rows)

    def test_each_is_answered_as_what_it_is_and_under_its_tag(self):
        _, page = self.serve()
        self.sign_in(page)
        rows = self.with_picture(page)
        exported = {c["id"]: c.get("photo", "") for c in self.home.run("export", "--format", "json").json["contacts"]}
        self.assertEqual({r["id"] for r in rows}, {number for number, photo in exported.items() if photo})
        self.assertEqual(len({r["photo_tag"] for r in rows}), len(rows))
        for row in rows:
            answer = page.get(f"/api/contacts/{row['id']}/photo?tag={row['photo_tag']}")
            kind, data = exported[row["id"]].removeprefix("data:").split(";base64,")
            self.assertEqual((answer.status, answer.headers["Content-Type"], answer.body), (200, kind, base64.b64decode(data)))
            self.assertEqual(answer.headers["ETag"], f'"{row["photo_tag"]}"')
            self.assertEqual(answer.headers["Cache-Control"], "private, no-cache")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])

    def test_who_has_none_is_answered_so(self):
        _, page = self.serve()
        self.sign_in(page)
        self.with_picture(page)
        row = next(r for r in self.rows(page) if not r["has_photo"])
        answer = page.get(f"/api/contacts/{row['id']}/photo")
        self.assertEqual((answer.status, answer.json["error"]["id"], row["photo_tag"]), (404, "not-found", ""))
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_none_is_fetched_where_the_setting_says_no_and_all_come_live_afterwards(self):
        _, page = self.serve()
        self.assertIs(page.patch("/api/settings", {"import.photos": False}).json["import.photos"], False)
        self.assertEqual(self.home.run("config", "get", "import.photos").out.strip(), "no")
        self.sign_in(page)
        self.assertFalse(any(r["photo_tag"] for r in self.rows(page)))
        self.assertIs(page.patch("/api/settings", {"import.photos": True}).json["import.photos"], True)
        with page.events() as events:
            page.post("/api/refresh", {})
            events.wait(lambda n, d: n in ("data", "state") and any(r["photo_tag"] for r in self.rows(page)))
        self.with_picture(page)

    def test_the_browser_is_told_to_forget_them_with_their_contacts(self):
        _, page = self.serve()
        self.sign_in(page)
        for keep in (True, False):
            answer = page.post("/api/accounts/work/sign-out", {"keep_contacts": keep})
            self.assertEqual((answer.status, answer.headers["Clear-Site-Data"]), (204, None if keep else '"cache"'))
        self.assertEqual(page.post("/api/remove-everything").headers["Clear-Site-Data"], '"cache"')

    def test_another_picture_of_the_same_contact_has_another_tag(self):
        card = self.home.root / "ada.vcf"
        seen = []
        _, page = self.serve()
        for ending in ("first", "second"):
            photo = base64.b64encode(b"\x89PNG\r\n\x1a\n, the " + ending.encode()).decode()
            card.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:ada\r\nFN:Ada Lovelace\r\n"
                            f"PHOTO;ENCODING=b;TYPE=PNG:{photo}\r\nEND:VCARD\r\n")
            result = self.home.run("outlook", *(["sync"] if seen else ["add", str(card)]))
            self.assertEqual(result.code, 0, result)
            row = self.rows(page)[0]
            answer = page.get(f"/api/contacts/{row['id']}/photo", headers={"If-None-Match": ", ".join(seen)})
            self.assertEqual((answer.status, answer.body[-len(ending):]), (200, ending.encode()))
            seen.append(answer.headers["ETag"])
            kept = page.get(f"/api/contacts/{row['id']}/photo", headers={"If-None-Match": ", ".join(seen)})
            self.assertEqual((kept.status, kept.body), (304, b""))
        self.assertEqual(len(set(seen)), 2)


def quote(text):
    import urllib.parse
    return urllib.parse.quote(text)


import unicodedata  # noqa: E402

if __name__ == "__main__":
    unittest.main()
