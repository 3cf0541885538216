#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kith serve against everybody else on this device: other sites' pages, other programs, the slow and the many."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

from kith_harness import Home, json, os, subprocess, time, unittest  # noqa: E402
from web_client import Page, Server, raw  # noqa: E402
import socket  # noqa: E402


class SecurityCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Home()
        cls.server = Server(cls.home, "--set", "tokens.keep=file", "--set", "microsoft.client_id=not-a-real-one")
        cls.page = cls.server.open()
        cls.stranger = Page(cls.server, "")

    @classmethod
    def tearDownClass(cls):
        try:
            cls.server.close()
        finally:
            cls.home.close()

    def tearDown(self):
        self.assertEqual(self.page.get("/api/state", timeout=30).status, 200, "it serves no more")

    def refused(self, answer, status, failure):
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.json["error"]["id"], failure, answer)


class TestWayIn(SecurityCase):
    def test_the_start_link_works_once(self):
        with Server(self.home, "--set", "tokens.keep=file") as server:
            first = Page(server, "").get(server.start_target())
            cookie = first.headers["Set-Cookie"]
            self.assertEqual((first.status, first.headers["Location"]), (302, "/"))
            self.assertTrue(cookie.startswith(f"kith-{server.port}="))
            for attribute in ("HttpOnly", "SameSite=Strict", "Path=/"):
                self.assertIn(attribute, cookie)
            self.assertGreaterEqual(len(server.link.split("key=")[1]), 43)
            again = Page(server, "").get(server.start_target())
            self.assertEqual(again.status, 401)
            self.assertNotIn("Set-Cookie", again.headers)
            self.assertIn("text/html", again.headers["Content-Type"])
            mine = Page(server, cookie.split(";")[0]).get(server.start_target())
            self.assertEqual((mine.status, mine.headers.get("Set-Cookie")), (302, None))

    def test_a_wrong_key_opens_nothing_and_uses_nothing_up(self):
        with Server(self.home, "--set", "tokens.keep=file") as server:
            stranger = Page(server, "")
            key = server.link.split("key=")[1]
            for target in ("/start", "/start?key=", f"/start?key={key[:-1]}", f"/start?key={key}x", f"/start?key={'A' * 43}",
                           f"/start?key={key}&key={key}", f"/start?KEY={key}", "/start?key=" + "A" * 4000):
                self.assertEqual(stranger.get(target).status, 401, target)
            self.assertEqual(stranger.ask("HEAD", server.start_target()).status, 405)
            self.assertEqual(stranger.get(server.start_target()).status, 302)

    def test_without_the_cookie_the_api_says_nothing(self):
        name = f"kith-{self.server.port}"
        secret = self.page.cookie.split("=", 1)[1]
        for cookie in ("", f"{name}=", f"{name}={secret[:-1]}", f"{name}={secret}x", f"x{name}={secret}", f"kith-1={secret}",
                       f"{name}=\"{secret}\"", f"a={name}={secret}"):
            for target in ("/api/state", "/api/events", "/api/contacts/index", "/api/nothing-here"):
                self.refused(Page(self.server, cookie).get(target), 401, "start-link")
        good = Page(self.server, f"a=b;  {self.page.cookie} ; c=d")
        self.assertEqual(good.get("/api/state").status, 200)

    def test_a_cookie_of_another_run_is_worth_nothing(self):
        with Server(self.home, "--set", "tokens.keep=file") as other:
            other.open()
            secret = self.page.cookie.split("=", 1)[1]
            self.refused(Page(other, f"kith-{other.port}={secret}").get("/api/state"), 401, "start-link")

    def test_the_page_itself_holds_nothing_personal_and_loads_nothing_from_elsewhere(self):
        page = self.stranger.get("/")
        self.assertEqual(page.status, 200)
        names = re.findall(r'(?:src|href)="/([^"#]+)"', page.text)
        self.assertIn("main.js", names)
        seen, size = set(), len(page.body)
        while names:
            name = names.pop()
            if name in seen:
                continue
            seen.add(name)
            file = self.stranger.get("/" + name)
            self.assertEqual(file.status, 200, name)
            self.assertEqual(file.headers["Cache-Control"], "private, no-cache")
            self.assertNotRegex(re.sub(r"http://www\.w3\.org/\S+", "", file.text), r"(?:src|href|url|import)\s*[=(]?\s*['\"(]?https?://", name)
            names += re.findall(r"""(?:from|import)\s*\(?\s*['"]\./([a-z0-9-]+\.js)['"]""", file.text)
            size += len(file.body)
        self.assertLess(size, 150 * 1024)
        policy = page.headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
                     "form-action 'none'"):
            self.assertIn(part, policy)
        self.assertNotIn("unsafe", policy)


class TestOthersPages(SecurityCase):
    def test_another_host_is_refused_everywhere(self):
        port = self.server.port
        for host in ("evil.example", f"evil.example:{port}", "localhost", f"localhost:{port + 1}", f"localhost.:{port}",
                     f"127.0.0.2:{port}", f"[::2]:{port}", f"localhost:{port}.evil.example", ""):
            for target in ("/", "/main.js", "/api/state", self.server.start_target()):
                self.refused(self.page.get(target, headers={"Host": host}), 403, "foreign")

    def test_our_own_names_are_all_good(self):
        for host in ("localhost", "LOCALHOST", "127.0.0.1", "[::1]"):
            self.assertEqual(self.page.get("/api/state", headers={"Host": f"{host}:{self.server.port}"}).status, 200)
        try:
            self.assertEqual(Page(self.server, self.page.cookie, address="::1").get("/api/state").status, 200)
        except OSError:
            self.skipTest("this device has no ::1")

    def test_another_origin_is_refused_whatever_it_asks(self):
        port = self.server.port
        for origin in ("http://evil.example", "null", f"https://localhost:{port}", f"http://localhost:{port + 1}", "http://localhost",
                       f"http://localhost:{port}.evil.example", "", "file://"):
            headers = {"Origin": origin}
            self.refused(self.page.get("/api/state", headers=headers), 403, "foreign")
            self.refused(self.page.post("/api/signin", {"source": "microsoft365"}, headers=headers), 403, "foreign")
            self.refused(self.page.get("/", headers=headers), 403, "foreign")

    def test_another_sites_form_or_link_is_refused(self):
        form = {"Content-Type": "application/x-www-form-urlencoded", "X-Kith": None, "Origin": None}
        self.refused(self.page.post("/api/remove-everything", b"a=b", headers=form), 403, "foreign")
        self.refused(self.page.post("/api/remove-everything", headers={"X-Kith": None}), 403, "foreign")
        self.refused(self.page.post("/api/remove-everything", headers={"X-Kith": "yes"}), 403, "foreign")
        self.refused(self.page.post("/api/remove-everything", headers={"Content-Type": None}), 415, "type")
        self.refused(self.page.post("/api/remove-everything", headers={"Content-Type": "text/plain"}), 415, "type")
        for site in ("cross-site", "same-site", "nonsense"):
            self.refused(self.page.post("/api/remove-everything", headers={"Sec-Fetch-Site": site}), 403, "foreign")
            self.refused(self.page.get("/api/export?format=json", headers={"Sec-Fetch-Site": site}), 403, "foreign")
        self.assertEqual(self.page.get("/?state=x", headers={"Sec-Fetch-Site": "cross-site"}).status, 400)

    def test_no_cross_origin_headers_are_ever_given(self):
        for answer in (self.page.ask("OPTIONS", "/api/signin", headers={"Access-Control-Request-Method": "POST"}),
                       self.page.get("/api/state"), self.page.get("/main.js")):
            self.assertEqual([h for h in answer.headers if h.lower().startswith("access-control")], [])
        self.assertEqual(self.page.ask("OPTIONS", "/api/signin").status, 405)

    def test_fields_that_come_twice_are_refused(self):
        host = self.server.host
        for name, values in (("Host", [host, "evil.example"]), ("Origin", [self.server.origin, "http://evil.example"]),
                             ("X-Kith", ["1", "1"]), ("Content-Type", ["application/json", "text/plain"])):
            answer = self.page.post("/api/remove-everything", headers={name: values})
            self.assertIn(answer.status, (400, 403), name)


class TestNonsense(SecurityCase):
    def test_paths_lead_nowhere_but_to_the_files_that_are_built_in(self):
        for path in ("/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/main.js", "/./main.js", "//main.js", "/main.js/", "/main.js%00",
                     "/main%2ejs/..", "/..", "/.", "/index.html", "/MAIN.JS", "/api", "/api/", "/api//state", "/api/../api/state",
                     "/api/contacts/1/../2", "/README.md", "/%", "/%zz", "/main.js;x", "/\\..\\main.js", "/start/"):
            answer = self.page.get(path)
            self.assertEqual(answer.status, 404, (path, answer))
            self.assertEqual(answer.json["error"]["id"], "no-path", path)
        for line in ("GET http://evil.example/api/state HTTP/1.1", "GET ../../etc/passwd HTTP/1.1", "GET * HTTP/1.1", "GET"):
            got = raw(self.server, f"{line}\r\nHost: {self.server.host}\r\n\r\n".encode())
            self.assertNotIn(b" 200 ", got.split(b"\r\n")[0], line)
            self.assertNotIn(b"root:", got)

    def test_bodies_that_make_no_sense_are_400(self):
        for body in (b"", b"{", b"[]", b"null", b"{}{}", b'{"source": 1}', b'{"source": null}', b'{"source":"microsoft365","x":1}',
                     b'{"source":"microsoft365","source":"google"}', b"\xff\xfe{}", b'{"source":"\\u0000"}', b"[" * 60000,
                     b'{"source":"microsoft365","again":"' + b"a" * 64 + b'"}', b'{"source":"microsoft365","again":"a\\nb"}'):
            answer = self.page.post("/api/signin", body)
            self.refused(answer, 400, "usage")
        for target in ("/api/contacts/rows?from=-1", "/api/contacts/rows?count=0", "/api/contacts/rows?count=1e3",
                       "/api/contacts/rows?from=99999999999999999999", "/api/contacts/rows?count=1&count=2", "/api/find?q=%ff",
                       "/api/find?q=%00", "/api/find?q=" + "a" * 401, "/api/find?q=a&limit=201", "/api/who", "/api/export",
                       "/api/contacts/9999999999999999999999", "/api/contacts/1%20"):
            self.refused(self.page.get(target), 400, "usage")

    def test_what_is_too_large_is_refused_and_not_kept(self):
        before = self.memory()
        self.refused(self.page.post("/api/signin", b" " * (64 * 1024 + 1)), 413, "too-large")
        self.assertEqual(self.page.post("/api/signin", b'{"source":"elsewhere"}' + b" " * 60000).status, 400)
        for _ in range(5):
            self.refused(self.page.post("/api/signin", b" " * (10 << 20)), 413, "too-large")
        self.refused(self.page.get("/api/state", headers={"X-Long": "a" * (40 << 10)}), 431, "too-large")
        self.refused(self.page.get("/api/find?q=" + "a" * (24 << 10)), 414, "too-large")
        for head in (b"GET /" + b"a" * (10 << 20), b"GET / HTTP/1.1\r\nX: " + b"a" * (10 << 20),
                     b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * (1 << 20), b"a" * (10 << 20)):
            got = raw(self.server, head)
            self.assertNotIn(b" 200 ", got[:20])
        chunks = b"POST /api/signin HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n" % self.server.host.encode()
        self.assertNotIn(b" 201 ", raw(self.server, chunks + (b"100000\r\n" + b" " * 0x100000 + b"\r\n") * 20)[:20])
        self.assertLess(self.memory() - before, 48 << 20)

    def memory(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) << 10

    def test_no_header_of_an_answer_can_be_written_from_outside(self):
        for target in ("/%0d%0aSet-Cookie:%20a=b", "/api/find?q=%0d%0aX:%20y", "/?state=%0d%0aX:%20y", "/start?key=%0d%0aX:%20y"):
            answer = self.page.get(target)
            self.assertNotIn("X", answer.headers)
            self.assertNotIn("Set-Cookie", answer.headers)


class TestCrowds(SecurityCase):
    def connect(self):
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=10)

    def test_a_thousand_idle_connections_do_not_keep_the_page_out(self):
        crowd = []
        try:
            for _ in range(1000):
                crowd.append(self.connect())
                if len(crowd) % 100 == 0:
                    began = time.monotonic()
                    self.assertEqual(self.page.get("/api/state", timeout=20).status, 200)
                    self.assertLess(time.monotonic() - began, 5)
            self.assertLess(self.threads(), 400)
        finally:
            for connection in crowd:
                connection.close()

    def test_half_sent_requests_do_not_keep_the_page_out(self):
        crowd = []
        try:
            for i in range(600):
                connection = self.connect()
                connection.sendall(b"POST /api/signin HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{" if i % 2 else b"GET / HT")
                crowd.append(connection)
            began = time.monotonic()
            self.assertEqual(self.page.get("/api/state", timeout=20).status, 200)
            self.assertLess(time.monotonic() - began, 5)
        finally:
            for connection in crowd:
                connection.close()

    def test_an_open_page_stays_connected_in_a_crowd(self):
        with self.page.events() as events:
            events.wait(lambda name, data: name == "state")
            crowd = [self.connect() for _ in range(600)]
            try:
                events.forget()
                self.page.patch("/api/settings", {"import.limit": 4321})
                events.wait(lambda name, data: name == "state" and data["settings"]["import.limit"] == 4321, timeout=10)
            finally:
                for connection in crowd:
                    connection.close()

    def test_a_slow_sender_is_hung_up_on(self):
        with self.connect() as slow:
            began = time.monotonic()
            slow.sendall(b"GET / HTTP/1.1\r\n")
            while time.monotonic() - began < 60:
                try:
                    slow.sendall(b"X: y\r\n")
                    slow.settimeout(1)
                    if slow.recv(1000) == b"":
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
            self.assertLess(time.monotonic() - began, 40)

    def test_streams_that_nobody_reads_any_more_give_their_place_back(self):
        for _ in range(3):
            streams = [self.page.events() for _ in range(32)]
            self.assertEqual({s.status for s in streams}, {200})
            for stream in streams:
                stream.close()
            time.sleep(1.5)

    def threads(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/task"))


class TestReach(SecurityCase):
    def test_it_listens_on_this_devices_own_addresses_only(self):
        listening = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=False).stdout
        if not listening:
            self.skipTest("ss is not here")
        ours = [line.split()[3] for line in listening.splitlines() if line.split()[3].endswith(f":{self.server.port}")]
        self.assertTrue(ours)
        self.assertLessEqual(set(ours), {f"127.0.0.1:{self.server.port}", f"[::1]:{self.server.port}"})

    def test_the_key_and_the_cookie_are_in_no_log(self):
        environment = dict(self.home.env, KITH_DEBUG="all")
        home = Home()
        home.env = environment | {"HOME": str(home.root)}
        try:
            server = Server(home, "--set", "tokens.keep=file")
            page = server.open()
            page.get("/api/state")
            page.get("/?code=a-secret-code&state=a-secret-state")
            server.process.terminate()
            _, err = server.process.communicate(timeout=20)
            for secret in (server.link.split("key=")[1], page.cookie.split("=", 1)[1], "a-secret-code", "a-secret-state"):
                self.assertNotIn(secret.encode(), err)
        finally:
            home.close()


if __name__ == "__main__":
    unittest.main()
