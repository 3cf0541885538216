#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Files that a page hands over: who may, where they go, what becomes of them, and what a hostile one cannot do."""
import pathlib
import socket
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

from kith_harness import Home, os, re, shutil, signal, time, unittest  # noqa: E402
from web_client import Page, Server  # noqa: E402

FILE = {"Content-Type": "application/octet-stream"}
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Invented Person %d\r\nEND:VCARD\r\n"
CARDS = CARD % 1 + CARD % 2 + CARD % 3


class UploadCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Home()
        cls.server = Server(cls.home, "--set", "tokens.keep=file")
        cls.page = cls.server.open()
        cls.folder = cls.home.data / "uploads"

    @classmethod
    def tearDownClass(cls):
        try:
            cls.server.close()
        finally:
            cls.home.close()

    def tearDown(self):
        self.assertEqual(self.page.get("/api/state", timeout=30).status, 200, "it serves no more")
        self.page.post("/api/remove-everything")
        self.assertEqual(self.kept(), [])

    def kept(self, folder=None):
        # A folder may go while it is walked; os.walk passes over what is no longer there.
        return sorted(pathlib.Path(where) / name for where, _, names in os.walk(folder or self.folder) for name in names)

    def begin(self):
        answer = self.page.post("/api/uploads")
        self.assertEqual(answer.status, 201, answer)
        return answer.json["id"]

    def send(self, upload, name="cards.vcf", body=CARDS, **more):
        return self.page.ask("POST", f"/api/uploads/{upload}/file?name={name}", body, headers={**FILE, **more})

    def head(self, upload, length, name="cards.vcf", **more):
        """The header fields of a request for a file, as bytes; the body is the caller's."""
        fields = {"Host": self.server.host, "Cookie": self.page.cookie, "Origin": self.server.origin, "X-Kith": "1", **FILE,
                  "Content-Length": str(length), **more}
        lines = [f"POST /api/uploads/{upload}/file?name={name} HTTP/1.1"] + [f"{n}: {v}" for n, v in fields.items() if v is not None]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=10)

    def answered(self, data):
        """What comes back although the body never does."""
        with self.connect() as connection:
            connection.sendall(data)
            return connection.recv(65536)


class TestFiles(UploadCase):
    def test_a_file_is_looked_into_and_kept_for_this_person_alone(self):
        upload = self.begin()
        answer = self.send(upload)
        self.assertEqual((answer.status, answer.json["found"], answer.json["why"]), (200, 3, ""))
        (path,) = self.kept()
        self.assertEqual(path.name, "cards.vcf")
        self.assertEqual(path.read_bytes(), CARDS)
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        for folder in list(path.parents)[:3]:
            self.assertEqual(folder.stat().st_mode & 0o777, 0o700, folder)

    def test_what_is_no_file_of_contacts_says_why_and_goes(self):
        upload = self.begin()
        for body in (b"", b"hello", os.urandom(100000), b"!BDN" + b"\0" * 2000, b"\xff\xd8\xff\xe0" * 1000):
            answer = self.send(upload, "old-mail.pst", body)
            self.assertEqual((answer.status, answer.json["id"], answer.json["found"]), (200, 0, 0), answer)
            self.assertNotEqual(answer.json["why"], "")
            self.assertNotIn(str(self.home.root), answer.text)
        self.assertEqual(self.kept(), [])
        self.assertEqual(self.page.post(f"/api/uploads/{upload}/import").status, 400)

    def test_a_file_can_be_left_out_again_and_a_cancel_leaves_nothing(self):
        upload = self.begin()
        first, second = self.send(upload).json["id"], self.send(upload, "more.vcf").json["id"]
        self.assertEqual(self.page.post(f"/api/uploads/{upload}/drop", {"file": first}).status, 204)
        self.assertEqual([p.name for p in self.kept()], ["more.vcf"])
        self.assertEqual(self.page.post(f"/api/uploads/{upload}/drop", {"file": first}).status, 404)
        self.assertEqual(self.page.post(f"/api/uploads/{upload}/cancel").status, 204)
        self.assertEqual(self.kept(), [])
        self.assertFalse(self.folder.exists())
        self.assertEqual(self.send(upload).status, 404)
        self.assertEqual(self.page.post(f"/api/uploads/{upload}/drop", {"file": second}).status, 404)

    def test_files_become_an_account_and_the_upload_is_over(self):
        upload = self.begin()
        self.send(upload)
        self.send(upload, "more.vcf", CARD % 4)
        run = self.page.post(f"/api/uploads/{upload}/import")
        self.assertEqual(run.status, 202, run)
        until = time.monotonic() + 60
        while not (ended := next(r for r in self.page.state()["runs"] if r["id"] == run.json["id"]))["ended_s"]:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)
        self.assertEqual(ended["imports"][0]["result"]["imported"], 4, ended)
        self.assertEqual(ended["closing"]["title"], "4 contacts imported from Outlook")
        self.assertFalse(self.folder.exists(), "what was handed over is the engine's now")
        self.assertEqual(self.page.state()["accounts"][0]["source"], "outlook")
        self.assertEqual(self.page.post(f"/api/uploads/{upload}/import").status, 404)


class TestHostile(UploadCase):
    def test_a_name_leads_nowhere(self):
        upload = self.begin()
        for name in ("..%2f..%2f..%2fescaped.vcf", "%2fetc%2fescaped.vcf", "..", ".", "...", "", "a%5c..%5cb.vcf", ".hidden.vcf", "%20",
                     "a%0ab.vcf", "%e2%80%ae.vcf", "-rf", "a" * 255, "%f0%9f%98%80" * 60, "CON.vcf", "a%3fb%23c.vcf", "$(id).vcf"):
            answer = self.send(upload, name)
            self.assertEqual((answer.status, answer.json["found"]), (200, 3), (name, answer))
        self.assertEqual(self.send(upload, "a" * 257).status, 400)
        self.assertEqual(self.send(upload, "%00.vcf").status, 400)
        self.assertEqual(self.send(upload, "%ff.vcf").status, 400)
        self.assertEqual(self.send(upload, "a&name=b").status, 400)
        self.assertEqual(len(self.kept()), 17)
        for path in self.kept():
            self.assertEqual(path.relative_to(self.folder).parts[0], upload)
            self.assertEqual(len(path.relative_to(self.folder).parts), 3, path)
            self.assertRegex(path.name, r"^[^./\\\0-\x1f][^/\\\0-\x1f]*$")
        self.assertEqual([p for p in self.kept(self.home.root) if "escaped" in p.name and self.folder not in p.parents], [])

    def test_strangers_are_refused_before_their_file_is_read(self):
        upload = self.begin()
        for more, status in (({"Cookie": None}, 401), ({"Cookie": "kith-1=x"}, 401), ({"Origin": "http://evil.example"}, 403),
                             ({"Host": "evil.example"}, 403), ({"X-Kith": None}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403),
                             ({"Content-Type": "application/json"}, 415), ({"Content-Type": "multipart/form-data"}, 415)):
            got = self.answered(self.head(upload, 40 << 30, **more))
            self.assertIn(f" {status} ".encode(), got.split(b"\r\n")[0], more)
        got = self.answered(self.head("nobody", 40 << 30))
        self.assertIn(b" 404 ", got.split(b"\r\n")[0])
        self.assertEqual(self.kept(), [])

    def test_more_than_there_is_room_for_is_refused_at_once(self):
        upload = self.begin()
        got = self.answered(self.head(upload, (50 << 30) + 1))
        self.assertIn(b" 413 ", got.split(b"\r\n")[0])
        free = shutil.disk_usage(self.home.root).free
        much = free + (4 << 30)  # others use the disk, too, while this runs
        if much < 50 << 30:
            got = self.answered(self.head(upload, much))
            self.assertIn(b" 500 ", got.split(b"\r\n")[0])
            self.assertIn(b'"store"', got)
        self.assertEqual(self.kept(), [])

    def test_a_file_that_breaks_off_is_gone(self):
        upload = self.begin()
        with self.connect() as connection:
            connection.sendall(self.head(upload, 1 << 20) + CARDS * 100)
            until = time.monotonic() + 10
            while not self.kept() and time.monotonic() < until:
                time.sleep(0.05)
            self.assertEqual(len(self.kept()), 1)
        until = time.monotonic() + 10
        while self.kept() and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(self.kept(), [])

    def test_a_cancel_while_a_file_comes_in_leaves_nothing(self):
        upload = self.begin()
        self.assertEqual(self.send(upload, "whole.vcf").status, 200)
        with self.connect() as connection:
            connection.sendall(self.head(upload, 1 << 20) + CARDS * 100)
            until = time.monotonic() + 10
            while len(self.kept()) < 2 and time.monotonic() < until:
                time.sleep(0.05)
            self.assertEqual(len(self.kept()), 2)
            self.assertEqual(self.page.post(f"/api/uploads/{upload}/import").status, 400, "it is still coming in")
            self.assertEqual(self.page.post(f"/api/uploads/{upload}/cancel").status, 204)
            connection.sendall(CARDS)
        until = time.monotonic() + 10
        while self.folder.exists() and time.monotonic() < until:
            time.sleep(0.05)
        self.assertFalse(self.folder.exists())

    def test_a_file_in_chunks_needs_no_length(self):
        upload = self.begin()
        body = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (CARDS[:50], CARDS[50:])) + b"0\r\n\r\n"
        head = self.head(upload, 0, **{"Content-Length": None, "Transfer-Encoding": "chunked"})
        got = self.answered(head + body)
        self.assertIn(b'"found":3', got)

    def test_a_large_file_never_is_in_memory(self):
        upload = self.begin()
        size = 300 << 20
        piece = b"BEGIN:VCARD\r\n" + b"X-NOTHING:" + b"a" * 1000000 + b"\r\n"
        with self.connect() as connection:
            connection.settimeout(120)
            connection.sendall(self.head(upload, size, name="large.vcf"))
            sent = 0
            while sent < size:
                part = piece[:size - sent]
                connection.sendall(part)
                sent += len(part)
            got = connection.recv(65536)
        self.assertIn(b" 200 ", got.split(b"\r\n")[0])
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as file:
            peak = int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) << 10
        self.assertLess(peak, 200 << 20)

    def test_a_slow_sender_is_hung_up_on_and_a_steady_one_is_not(self):
        upload = self.begin()
        steady = {}

        def send_steadily():
            body = CARDS + b"X" * (1 << 20)
            with self.connect() as connection:
                connection.settimeout(60)
                connection.sendall(self.head(upload, len(body) * 4))
                for _ in range(4):
                    connection.sendall(body)
                    time.sleep(8)
                steady["answer"] = connection.recv(65536)

        thread = threading.Thread(target=send_steadily)
        thread.start()
        with self.connect() as slow:
            began = time.monotonic()
            slow.sendall(self.head(upload, 1 << 30, name="slow.vcf"))
            slow.settimeout(1)
            while time.monotonic() - began < 90:
                try:
                    slow.sendall(b"a")
                    if slow.recv(1000) == b"":
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
            else:
                self.fail("a byte a second is enough to stay")
        thread.join()
        self.assertIn(b" 200 ", steady["answer"].split(b"\r\n")[0])

    def test_the_longest_untouched_of_too_many_goes(self):
        uploads = [self.begin() for _ in range(5)]
        self.assertEqual(self.send(uploads[0]).status, 404)
        for upload in uploads[1:]:
            self.assertEqual(self.send(upload).status, 200)
        self.assertEqual(len(self.kept()), 4)


class TestEnds(unittest.TestCase):
    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.close)

    def hand_over(self, server):
        page = server.open()
        upload = page.post("/api/uploads").json["id"]
        page.ask("POST", f"/api/uploads/{upload}/file?name=cards.vcf", CARDS, headers=FILE)
        self.assertEqual(len(list(self.home.data.glob("uploads/*/*/cards.vcf"))), 1)
        return page, upload

    def test_nothing_is_left_at_the_end_of_the_program(self):
        with Server(self.home, "--set", "tokens.keep=file") as server:
            self.hand_over(server)
        self.assertFalse((self.home.data / "uploads").exists())

    def test_a_crash_leaves_nothing_beyond_the_next_start_and_a_living_program_keeps_its_own(self):
        first = Server(self.home, "--set", "tokens.keep=file")
        self.hand_over(first)
        first.process.send_signal(signal.SIGKILL)
        first.process.communicate()
        self.assertTrue((self.home.data / "uploads").exists())
        with Server(self.home, "--set", "tokens.keep=file") as second:
            self.assertEqual(list(self.home.data.glob("uploads/*/*")), [])
            page, upload = self.hand_over(second)
            with Server(self.home, "--set", "tokens.keep=file") as third:
                self.assertNotEqual(third.port, second.port)
                self.assertEqual(len(list(self.home.data.glob("uploads/*/*/cards.vcf"))), 1)
            self.assertEqual(page.post(f"/api/uploads/{upload}/cancel").status, 204)

    def test_another_page_of_the_same_person_cannot_be_guessed_into(self):
        with Server(self.home, "--set", "tokens.keep=file") as server:
            _, upload = self.hand_over(server)
            self.assertEqual(Page(server, "").post(f"/api/uploads/{upload}/cancel").status, 401)
            self.assertGreaterEqual(len(upload), 16)


if __name__ == "__main__":
    unittest.main()
