#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""docs/api/openapi.yaml held against the running server: every path, every documented status, every body."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

from kith_harness import Home, Sandbox, fetch, pathlib, shutil, tempfile, time, unittest  # noqa: E402
from openapi_reader import Contract  # noqa: E402
from web_client import Page, Server  # noqa: E402

CONTRACT = Contract(HERE.parent.parent / "docs" / "api" / "openapi.yaml")
FIXED = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin"}
NOBODY = 999999999


class Scene:
    """A server with one account of 40 contacts; each call makes one documented answer happen."""

    def __init__(self, test):
        self.folder = tempfile.mkdtemp(prefix="kith-test-")
        test.addCleanup(shutil.rmtree, self.folder, True)
        config = pathlib.Path(self.folder) / "config"
        self.sandbox = test.enterContext(Sandbox("--contacts", "40", "--auto", "worker@contoso.example", config=config))
        self.home = Home()
        test.addCleanup(self.home.close)
        shutil.copy(config, self.home.config)
        with open(self.home.config, "a", encoding="utf-8") as file:
            file.write("\n[tokens]\nkeep = file\n")
        self.server = test.enterContext(Server(self.home))
        self.page = self.server.open()
        self.stranger = Page(self.server, "")
        self.sign_in()

    # --- steps ---------------------------------------------------------------

    def begin_signin(self):
        return self.page.post("/api/signin", {"source": "microsoft365"})

    def sign_in(self):
        signin = self.begin_signin().json
        fetch(signin["url"])
        run = self.wait(lambda s: next((r for r in s["runs"] if r["signin"] == signin["id"] and r["ended_s"]), None))
        assert run["imports"][0]["phase"] == "done", run
        return run

    def wait(self, look, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = look(self.page.state())
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError("it did not happen")

    def calm(self):
        """Nothing runs and "work" is signed in, whatever happened before."""
        self.sandbox.no_faults()
        state = self.wait(lambda s: all(r["ended_s"] for r in s["runs"]) and not any(a["importing"] for a in s["accounts"]) and s)
        if not any(a["name"] == "work" and a["state"] != "signed-out" for a in state["accounts"]):
            self.sign_in()

    def failed_signin(self):
        signin = self.begin_signin().json
        self.page.post(f"/api/signin/{signin['id']}/cancel")
        self.wait(lambda s: any(x["id"] == signin["id"] and x["state"] == "failed" for x in s["signins"]))
        return signin["id"]

    def slow_run(self):
        """A run that is under way until it is cancelled."""
        self.sandbox.fault(path="/v1.0/me/contacts", times=100, do="hang")
        run = self.page.post("/api/import", {"account": "work"})
        assert run.status == 202, run
        self.wait(lambda s: any(a["importing"] for a in s["accounts"]))
        return run.json["id"]

    def end_run(self, run):
        self.page.post(f"/api/runs/{run}/cancel")
        self.wait(lambda s: any(r["id"] == run and r["ended_s"] for r in s["runs"]))
        self.sandbox.no_faults()

    def ended_run(self):
        run = self.page.post("/api/import", {"account": "work"}).json["id"]
        self.wait(lambda s: any(r["id"] == run and r["ended_s"] for r in s["runs"]))
        return run

    def contact(self):
        return self.page.get("/api/contacts/rows?count=1").json["rows"][0]["id"]

    def pictured(self):
        """The address of a picture that is here: they come a while after their contacts."""
        rows = self.wait(lambda s: [r for r in self.page.get("/api/contacts/rows").json["rows"] if r["photo_tag"]])
        return f"/api/contacts/{rows[0]['id']}/photo"

    def while_running(self, ask):
        run = self.slow_run()
        try:
            return ask()
        finally:
            self.end_run(run)


CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Invented Person\r\nEND:VCARD\r\n"
FILE = {"Content-Type": "application/octet-stream"}


def answers(scene):
    """(method, path, status): what makes it happen."""
    page, stranger, contact = scene.page, scene.stranger, scene.contact()  # its number stays while it is here
    elsewhere = {"Origin": "http://evil.example"}

    def many_streams():
        streams = []
        try:
            for _ in range(40):
                stream = page.events()
                streams.append(stream)
                if stream.status != 200:
                    break
            return page.get("/api/events")
        finally:
            for stream in streams:
                stream.close()

    def events():
        with page.events() as stream:
            stream.wait(lambda name, data: name == "state")
            return EventsAnswer(stream.answer)

    def sign_out():
        return page.post("/api/accounts/work/sign-out", {"keep_contacts": True})

    def rename():
        answer = page.post("/api/accounts/work/rename", {"name": "büro"})
        page.post("/api/accounts/b%C3%BCro/rename", {"name": "work"})
        return answer

    def pasted():
        signin = scene.begin_signin().json
        address = redirect_of(signin["url"])
        answer = page.post(f"/api/signin/{signin['id']}/paste", {"text": address})
        scene.wait(lambda s: any(r["signin"] == signin["id"] and r["ended_s"] for r in s["runs"]))
        return answer

    def held_by_another():
        scene.sandbox.fault(path="/v1.0/me/contacts", times=100, do="hang")
        other = scene.home.start("import", "work")
        try:
            scene.wait(lambda s: s["accounts"][0]["importing"])
            return page.post("/api/remove-everything")
        finally:
            other.terminate()
            other.communicate()
            scene.sandbox.no_faults()

    def cancelled_run():
        run = scene.slow_run()
        answer = page.post(f"/api/runs/{run}/cancel")
        scene.end_run(run)
        return answer

    def running_close():
        run = scene.slow_run()
        answer = page.post(f"/api/runs/{run}/close")
        scene.end_run(run)
        return answer

    def upload():
        return page.post("/api/uploads").json["id"]

    def send_file(upload_id, body=CARD, name="cards.vcf", **headers):
        return page.ask("POST", f"/api/uploads/{upload_id}/file?name={name}", body, headers={**FILE, **headers})

    def drop():
        mine = upload()
        return page.post(f"/api/uploads/{mine}/drop", {"file": send_file(mine).json["id"]})

    def import_files(alone):
        if alone:
            page.post("/api/accounts/work/sign-out", {"keep_contacts": False})
        mine = upload()
        send_file(mine)
        answer = page.post(f"/api/uploads/{mine}/import")
        if alone:
            run = scene.wait(lambda s: next((r for r in s["runs"] if r["id"] == answer.json["id"] and r["ended_s"]), None))
            assert run["imports"][0]["result"]["imported"] == 1, run
            page.post(f"/api/accounts/{run['imports'][0]['account']}/sign-out", {"keep_contacts": False})
        return answer

    return {
        ("GET", "/", 200): lambda: page.get("/"),
        ("GET", "/", 400): lambda: stranger.get("/?code=a&state=nobody-knows-it"),
        ("GET", "/start", 302): lambda: page.get(scene.server.start_target()),
        ("GET", "/start", 401): lambda: stranger.get(scene.server.start_target()),
        ("GET", "/{file}", 200): lambda: page.get("/main.js"),
        ("GET", "/{file}", 304): lambda: page.get("/main.js", headers={"If-None-Match": page.get("/main.js").headers["ETag"]}),
        ("GET", "/{file}", 404): lambda: page.get("/nothing.js"),
        ("GET", "/api/state", 200): lambda: page.get("/api/state"),
        ("GET", "/api/events", 200): events,
        ("GET", "/api/events", 503): many_streams,
        ("GET", "/api/contacts/index", 200): lambda: page.get("/api/contacts/index?account=work"),
        ("GET", "/api/contacts/index", 400): lambda: page.get("/api/contacts/index?run=" + "x" * 17),
        ("GET", "/api/contacts/index", 404): lambda: page.get("/api/contacts/index?account=nobody"),
        ("GET", "/api/contacts/rows", 200): lambda: page.get("/api/contacts/rows?from=35&count=60"),
        ("GET", "/api/contacts/rows", 400): lambda: page.get("/api/contacts/rows?count=201"),
        ("GET", "/api/contacts/rows", 404): lambda: page.get("/api/contacts/rows?run=nothing"),
        ("GET", "/api/contacts/{id}", 200): lambda: page.get(f"/api/contacts/{contact}"),
        ("GET", "/api/contacts/{id}", 400): lambda: page.get("/api/contacts/zero"),
        ("GET", "/api/contacts/{id}", 404): lambda: page.get(f"/api/contacts/{NOBODY}"),
        ("GET", "/api/contacts/{id}/position", 200): lambda: page.get(f"/api/contacts/{contact}/position"),
        ("GET", "/api/contacts/{id}/position", 400): lambda: page.get("/api/contacts/-1/position"),
        ("GET", "/api/contacts/{id}/position", 404): lambda: page.get(f"/api/contacts/{NOBODY}/position"),
        ("GET", "/api/contacts/{id}/vcard", 200): lambda: page.get(f"/api/contacts/{contact}/vcard"),
        ("GET", "/api/contacts/{id}/vcard", 400): lambda: page.get("/api/contacts/0/vcard"),
        ("GET", "/api/contacts/{id}/vcard", 404): lambda: page.get(f"/api/contacts/{NOBODY}/vcard"),
        ("GET", "/api/contacts/{id}/photo", 200): lambda: page.get(scene.pictured()),
        ("GET", "/api/contacts/{id}/photo", 304):
            lambda: page.get(scene.pictured(), headers={"If-None-Match": page.get(scene.pictured()).headers["ETag"]}),
        ("GET", "/api/contacts/{id}/photo", 400): lambda: page.get("/api/contacts/0/photo"),
        ("GET", "/api/contacts/{id}/photo", 404): lambda: page.get(f"/api/contacts/{NOBODY}/photo"),
        ("GET", "/api/find", 200): lambda: page.get("/api/find?q=a&limit=5"),
        ("GET", "/api/find", 400): lambda: page.get("/api/find?limit=5"),
        ("GET", "/api/find", 404): lambda: page.get("/api/find?q=a&account=nobody"),
        ("GET", "/api/who", 200): lambda: page.get("/api/who?number=%2B1%20408%20555%200100"),
        ("GET", "/api/who", 400): lambda: page.get("/api/who?number=%zz"),
        ("GET", "/api/export", 200): lambda: page.get("/api/export?format=json"),
        ("GET", "/api/export", 400): lambda: page.get("/api/export?format=csv2"),
        ("GET", "/api/export", 404): lambda: page.get("/api/export?format=json&account=nobody"),
        ("POST", "/api/signin", 201): scene.begin_signin,
        ("POST", "/api/signin", 400): lambda: page.post("/api/signin", {"source": "elsewhere"}),
        ("POST", "/api/signin", 404): lambda: page.post("/api/signin", {"source": "microsoft365", "again": "nobody"}),
        ("POST", "/api/signin", 409): lambda: unconfigured(scene),
        ("POST", "/api/signin/{id}/cancel", 204): lambda: page.post(f"/api/signin/{scene.begin_signin().json['id']}/cancel"),
        ("POST", "/api/signin/{id}/cancel", 404): lambda: page.post("/api/signin/nobody/cancel"),
        ("POST", "/api/signin/{id}/paste", 204): pasted,
        ("POST", "/api/signin/{id}/paste", 404): lambda: page.post("/api/signin/nobody/paste", {"text": "x"}),
        ("POST", "/api/signin/{id}/close", 204): lambda: page.post(f"/api/signin/{scene.failed_signin()}/close"),
        ("POST", "/api/signin/{id}/close", 404): lambda: page.post("/api/signin/nobody/close"),
        ("POST", "/api/signin/{id}/close", 409): lambda: page.post(f"/api/signin/{scene.begin_signin().json['id']}/close"),
        ("POST", "/api/import", 202): lambda: page.post("/api/import", {"account": "work"}),
        ("POST", "/api/import", 404): lambda: page.post("/api/import", {"account": "nobody"}),
        ("POST", "/api/import", 409): lambda: scene.while_running(lambda: page.post("/api/import", {"account": "work"})),
        ("POST", "/api/refresh", 202): lambda: page.post("/api/refresh", {"accounts": ["work"]}),
        ("POST", "/api/refresh", 404): lambda: page.post("/api/refresh", {"accounts": ["nobody"]}),
        ("POST", "/api/refresh", 409): lambda: scene.while_running(lambda: page.post("/api/refresh", {})),
        ("POST", "/api/runs/{id}/cancel", 204): cancelled_run,
        ("POST", "/api/runs/{id}/cancel", 404): lambda: page.post("/api/runs/nobody/cancel"),
        ("POST", "/api/runs/{id}/close", 204): lambda: page.post(f"/api/runs/{scene.ended_run()}/close"),
        ("POST", "/api/runs/{id}/close", 404): lambda: page.post("/api/runs/nobody/close"),
        ("POST", "/api/runs/{id}/close", 409): running_close,
        ("POST", "/api/uploads", 201): lambda: page.post("/api/uploads"),
        ("POST", "/api/uploads/{id}/file", 200): lambda: send_file(upload()),
        ("POST", "/api/uploads/{id}/file", 400): lambda: page.ask("POST", f"/api/uploads/{upload()}/file", CARD, headers=FILE),
        ("POST", "/api/uploads/{id}/file", 404): lambda: send_file("nobody"),
        ("POST", "/api/uploads/{id}/file", 413): lambda: announce(scene, f"/api/uploads/{upload()}/file?name=a.pst", (50 << 30) + 1),
        ("POST", "/api/uploads/{id}/drop", 204): drop,
        ("POST", "/api/uploads/{id}/drop", 404): lambda: page.post(f"/api/uploads/{upload()}/drop", {"file": 1}),
        ("POST", "/api/uploads/{id}/import", 202): lambda: import_files(alone=True),
        ("POST", "/api/uploads/{id}/import", 400): lambda: page.post(f"/api/uploads/{upload()}/import"),
        ("POST", "/api/uploads/{id}/import", 404): lambda: page.post("/api/uploads/nobody/import"),
        ("POST", "/api/uploads/{id}/import", 409): lambda: import_files(alone=False),
        ("POST", "/api/uploads/{id}/cancel", 204): lambda: page.post(f"/api/uploads/{upload()}/cancel"),
        ("POST", "/api/uploads/{id}/cancel", 404): lambda: page.post("/api/uploads/nobody/cancel"),
        ("POST", "/api/accounts/{name}/sign-out", 204): sign_out,
        ("POST", "/api/accounts/{name}/sign-out", 404): lambda: page.post("/api/accounts/nobody/sign-out", {"keep_contacts": True}),
        ("POST", "/api/accounts/{name}/sign-out", 409):
            lambda: scene.while_running(lambda: page.post("/api/accounts/work/sign-out", {"keep_contacts": True})),
        ("POST", "/api/accounts/{name}/rename", 204): rename,
        ("POST", "/api/accounts/{name}/rename", 400): lambda: page.post("/api/accounts/work/rename", {"name": " "}),
        ("POST", "/api/accounts/{name}/rename", 404): lambda: page.post("/api/accounts/nobody/rename", {"name": "x"}),
        ("GET", "/api/accounts/{name}/held", 200): lambda: page.get("/api/accounts/work/held"),
        ("GET", "/api/accounts/{name}/held", 404): lambda: page.get("/api/accounts/nobody/held"),
        ("GET", "/api/regions", 200): lambda: page.get("/api/regions"),
        ("GET", "/api/guide/{source}", 200): lambda: page.get("/api/guide/google"),
        ("GET", "/api/guide/{source}", 404): lambda: page.get("/api/guide/outlook"),
        ("GET", "/api/settings", 200): lambda: page.get("/api/settings"),
        ("PATCH", "/api/settings", 200): lambda: page.patch("/api/settings", {"import.limit": 20000, "import.region": "DE", "import.photos": True}),
        ("PATCH", "/api/settings", 400): lambda: page.patch("/api/settings", {"import.limit": -1}),
        ("POST", "/api/repair", 200): lambda: page.post("/api/repair"),
        ("POST", "/api/remove-everything", 204): lambda: page.post("/api/remove-everything"),
        ("POST", "/api/remove-everything", 409): held_by_another,
        ("GET", "/", 403): lambda: page.get("/", headers={"Host": "evil.example"}),
        ("GET", "/start", 403): lambda: page.get(scene.server.start_target(), headers=elsewhere),
        ("GET", "/{file}", 403): lambda: page.get("/main.js", headers=elsewhere),
    }


class EventsAnswer:
    """The stream's answer as far as it is an answer: it has no end."""

    def __init__(self, answer):
        self.status, self.headers, self.body = answer.status, answer.headers, b""


def redirect_of(url):
    """Where the browser ends, without going there."""
    import http.client
    import urllib.parse
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", parts.path + "?" + parts.query)
    location = connection.getresponse().getheader("Location")
    connection.close()
    return location


def announce(scene, target, n_bytes):
    """A request whose body never comes: it is answered by its header fields alone."""
    return scene.page.ask("POST", target, b"", headers={**FILE, "Content-Length": str(n_bytes)})


def unconfigured(scene):
    """A server of a home whose configuration names no client id."""
    home = Home()
    try:
        with Server(home, "--set", "tokens.keep=file", "--set", "microsoft.client_id=") as server:
            return server.open().post("/api/signin", {"source": "microsoft365"})
    finally:
        home.close()


def filled(path):
    """The path with something in its placeholders, as far as the answer does not depend on it."""
    return path.replace("{id}", "1").replace("{name}", "work").replace("{file}", "main.js").replace("{source}", "google")


def general(scene, method, path, status):
    """The answers that come about in the same way everywhere."""
    target = filled(path)
    body = {} if method in ("POST", "PATCH") else None
    if status == 401:
        return scene.stranger.ask(method, target, body)
    if status == 403:
        return scene.page.ask(method, target, body, headers={"Origin": "http://evil.example"})
    if status == 413:
        return scene.page.ask(method, target, b" " * 70000)
    if status == 415:
        return scene.page.ask(method, target, b"{}", headers={"Content-Type": "text/plain"})
    if status == 400:
        return scene.page.ask(method, target, {"nonsense": 1})
    return None


class TestContract(unittest.TestCase):
    def test_every_documented_status_of_every_path_is_answered_as_described(self):
        scene = Scene(self)
        special = answers(scene)
        wanted = sorted(CONTRACT.statuses(), key=lambda w: (w[1] == "/api/remove-everything" and w[2] == 204, w[1], w[0], w[2]))
        unknown = set(special) - set(wanted)
        self.assertFalse(unknown, "answers that the contract does not describe")
        for method, path, status in wanted:
            with self.subTest(f"{method} {path} {status}"):
                scene.calm()
                make = special.get((method, path, status))
                answer = make() if make else general(scene, method, path, status)
                self.assertIsNotNone(answer, "nothing makes this happen")
                self.assertEqual(answer.status, status, answer)
                self.assertEqual(CONTRACT.check_answer(method, path, answer), [], answer)
                for name, value in FIXED.items():
                    self.assertEqual(answer.headers[name], value)
                self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
                self.assertNotIn("Access-Control-Allow-Origin", answer.headers)

    def test_every_path_refuses_other_methods_and_names_its_own(self):
        scene = Scene(self)
        allowed = {}
        for method, path, _ in CONTRACT.operations():
            allowed.setdefault(path, set()).add(method)
        for path, methods in allowed.items():
            for method in {"GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"} - methods:
                with self.subTest(f"{method} {path}"):
                    answer = scene.page.ask(method, filled(path))
                    self.assertEqual(answer.status, 405, answer)
                    self.assertEqual({m.strip() for m in answer.headers["Allow"].split(",")} - {"HEAD"}, methods)
                    self.assertEqual(answer.json["error"]["id"], "method")

    def test_head_answers_as_get_without_a_body(self):
        scene = Scene(self)
        for target in ("/", "/main.js", "/api/state", "/api/settings", "/api/contacts/index"):
            got, head = scene.page.get(target), scene.page.ask("HEAD", target)
            self.assertEqual((head.status, head.body), (200, b""))
            self.assertEqual(head.headers["Content-Type"], got.headers["Content-Type"])
        self.assertEqual(scene.page.ask("HEAD", scene.server.start_target()).status, 405)


if __name__ == "__main__":
    unittest.main()
