# SPDX-License-Identifier: MIT
"""The sandbox's control interface: faults, limits, the log, and how the program starts and ends."""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from sandbox_client import *  # noqa: E402
from kith_harness import SANDBOX, Sandbox  # noqa: E402

CONTACTS = "/v1.0/me/contacts"


class ControlCase(unittest.TestCase):
    options = ("--contacts", "500", "--auto", WORKER)

    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.close()

    def setUp(self):
        self.sandbox.call("POST", "/sandbox/reset", {})
        self.client = Client(self.sandbox)
        self.addCleanup(self.client.close)
        self.tokens = self.client.sign_in()
        self.graph = Graph(self.client, self.tokens["access_token"])

    def statuses(self, n, path=CONTACTS):
        return [self.graph.get(path).status for _ in range(n)]


class Faults(ControlCase):
    def test_after_and_times(self):
        self.sandbox.fault(path=CONTACTS, after=2, times=2, do="status", status=503)
        self.assertEqual(self.statuses(6), [200, 200, 503, 503, 200, 200])
        fault = self.sandbox.call("GET", "/sandbox/faults")["faults"][0]
        self.assertEqual((fault["seen"], fault["spent"]), (6, 2))

    def test_always_until_taken_back(self):
        self.sandbox.fault(path=CONTACTS.upper(), do="status", status=500)
        self.assertEqual(self.statuses(3), [500] * 3)
        self.sandbox.no_faults()
        self.assertEqual(self.statuses(1), [200])

    def test_two_faults_take_turns(self):
        self.sandbox.fault(path=CONTACTS, do="status", status=429, times=1)
        self.sandbox.fault(path=CONTACTS, do="status", status=503, after=1, times=1)
        self.assertEqual(self.statuses(4), [429, 200, 503, 200])

    def test_only_for_one_person_method_or_path(self):
        self.sandbox.fault(path=CONTACTS, do="status", person=ADMIN)
        self.sandbox.fault(path=CONTACTS, do="status", method="POST")
        self.sandbox.fault(path="/v1.0/me/contactFolders", do="status", status=504)
        self.assertEqual(self.statuses(1), [200])
        self.assertEqual(self.statuses(1, "/v1.0/me/contactfolders/contacts/contacts"), [504])

    def test_retry_after_goes_out_as_it_came_in(self):
        for value, header in ((2, "2"), (2.128, "2.128"), ("0.249", "0.249"), ("Wed, 21 Oct 2026 07:28:00 GMT",) * 2,
                              ("", None), ("99999999999999999999",) * 2):
            self.sandbox.no_faults()
            self.sandbox.fault(path=CONTACTS, do="status", status=429, retry_after=value)
            answer = self.graph.get(CONTACTS)
            self.assertEqual((answer.status, answer.headers["Retry-After"]), (429, header))
            self.assertEqual(answer.json["error"]["code"], "ApplicationThrottled")

    def test_error_bodies_of_other_kinds(self):
        self.sandbox.fault(path=CONTACTS, do="status", status=403, code="extensionError", message="No.", times=1)
        self.assertEqual(self.graph.get(CONTACTS).json["error"]["code"], "extensionError")
        for body, begin in (("empty", ""), ("html", "<html>"), ("text", "upstream")):
            self.sandbox.fault(path=CONTACTS, do="status", status=502, body=body, times=1)
            answer = self.graph.get(CONTACTS)
            self.assertEqual((answer.status, answer.text[:len(begin)]), (502, begin))
            self.assertTrue(answer.headers["request-id"])

    def test_truncated_json_in_a_whole_answer(self):
        whole = self.graph.get(CONTACTS, Accept_Encoding="gzip").body
        self.sandbox.fault(path=CONTACTS, do="truncate")
        for encoding in ("gzip", "identity"):
            answer = self.graph.get(CONTACTS, Accept_Encoding=encoding)
            self.assertEqual(answer.status, 200)
            self.assertTrue(whole.startswith(answer.body))
            self.assertRaises(json.JSONDecodeError, lambda: answer.json)

    def test_a_cut_connection(self):
        self.sandbox.fault(path=CONTACTS, do="cut")
        for encoding in ("gzip", "identity"):
            connection = http.client.HTTPConnection("127.0.0.1", self.client.port, timeout=20)
            connection.request("GET", CONTACTS, headers={"Authorization": "Bearer " + self.graph.token,
                                                         "Accept-Encoding": encoding})
            response = connection.getresponse()
            with self.assertRaises(http.client.IncompleteRead) as caught:
                response.read()
            self.assertGreater(len(caught.exception.partial), 0)
            connection.close()

    def test_no_answer_at_all(self):
        self.sandbox.fault(path=CONTACTS, do="close", times=1)
        with self.assertRaises(http.client.RemoteDisconnected):
            self.graph.get(CONTACTS)

    def test_hanging_blocks_nobody_and_ends_when_the_client_leaves(self):
        self.sandbox.fault(path=CONTACTS, do="hang", times=3)
        hanging = []
        for _ in range(3):
            connection = socket.create_connection(("127.0.0.1", self.client.port))
            connection.sendall(f"GET {CONTACTS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.graph.token}\r\n\r\n"
                               .encode())
            hanging.append(connection)
        time.sleep(0.2)
        self.assertEqual(self.statuses(1), [200])
        self.assertEqual(self.sandbox.requests()[-1]["under_way"], 4)
        for connection in hanging:
            connection.settimeout(0.1)
            self.assertRaises(TimeoutError, connection.recv, 1)
            connection.close()
        deadline = time.monotonic() + 10
        while True:
            self.graph.get(CONTACTS)
            if self.sandbox.requests()[-1]["under_way"] == 1:
                break
            self.assertLess(time.monotonic(), deadline)

    def test_latency_blocks_nobody(self):
        self.sandbox.fault(path=CONTACTS, do="latency", ms=400)
        began = time.monotonic()
        answers = []

        def ask():
            client = Client(self.sandbox)
            answers.append(Graph(client, self.graph.token).get(CONTACTS).status)
            client.close()

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        self.assertEqual(self.graph.get("/v1.0/me").status, 200)
        self.assertLess(time.monotonic() - began, 0.4)
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [200] * 4)
        self.assertGreaterEqual(time.monotonic() - began, 0.4)

    def test_not_json(self):
        self.sandbox.fault(path=CONTACTS, do="malformed", times=1)
        self.sandbox.fault(path=CONTACTS, do="wrong-type", times=1)
        answer = self.graph.get(CONTACTS)
        self.assertEqual(answer.status, 200)
        self.assertRaises(json.JSONDecodeError, lambda: answer.json)
        answer = self.graph.get(CONTACTS)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/html; charset=utf-8"))

    def test_tokens_and_states_that_have_run_out(self):
        self.sandbox.fault(path=CONTACTS, do="token-expired", times=1)
        answer = self.graph.get(CONTACTS)
        self.assertEqual((answer.status, answer.json["error"]["code"]), (401, "InvalidAuthenticationToken"))
        self.assertIn("Access token has expired", answer.json["error"]["message"])
        self.sandbox.fault(path=CONTACTS, do="claims", times=1)
        self.assertIn('error="insufficient_claims", claims="', self.graph.get(CONTACTS).headers["WWW-Authenticate"])
        self.sandbox.fault(path=CONTACTS, do="gone", times=1)
        self.assertEqual(self.graph.get(CONTACTS).json["error"]["code"], "syncStateNotFound")

    def test_pages_that_mislead(self):
        honest = [c["id"] for c in self.graph.get(CONTACTS + "?$top=50").json["value"]]
        self.sandbox.fault(path=CONTACTS, do="drop-items", times=1)
        dropped = [c["id"] for c in self.graph.get(CONTACTS + "?$top=50").json["value"]]
        self.assertTrue(set(dropped) < set(honest))
        self.sandbox.fault(path=CONTACTS, do="repeat-items", times=1)
        repeated = [c["id"] for c in self.graph.get(CONTACTS + "?$top=50").json["value"]]
        self.assertEqual(set(repeated), set(honest))
        self.assertGreater(len(repeated), 50)
        self.sandbox.fault(path=CONTACTS, do="empty-page", times=1)
        page = self.graph.get(CONTACTS + "?$top=50&$skip=50").json
        self.assertEqual(page["value"], [])
        self.assertEqual(len(self.graph.get(page["@odata.nextLink"]).json["value"]), 50)
        self.sandbox.fault(path=CONTACTS, do="foreign-link", times=1)
        self.assertIn("attacker.example", self.graph.get(CONTACTS).json["@odata.nextLink"])
        self.sandbox.fault(path=CONTACTS, do="foreign-link", link="http://127.0.0.1:9", times=1)
        self.assertTrue(self.graph.get(CONTACTS).json["@odata.nextLink"].startswith("http://127.0.0.1:9/v1.0/me/"))
        self.sandbox.fault(path=CONTACTS, do="loop")
        link = self.graph.get(CONTACTS + "?$skip=20").json["@odata.nextLink"]
        self.assertEqual(self.graph.get(link).json["@odata.nextLink"], link)
        self.sandbox.no_faults()
        self.assertEqual([c["id"] for c in self.graph.get(CONTACTS + "?$top=50").json["value"]], honest)

    def test_the_sign_in_can_fail_too(self):
        token_path = "/common/oauth2/v2.0/token"
        self.sandbox.fault(path=token_path, do="status", status=503, times=1)
        answer = self.client.refresh(self.tokens["refresh_token"])
        self.assertEqual((answer.status, answer.json["error"]), (503, "temporarily_unavailable"))
        self.sandbox.fault(path=token_path, do="status", status=400, code="AADSTS53003", suberror="message_only", times=1)
        body = self.client.refresh(self.tokens["refresh_token"]).json
        self.assertEqual((body["error"], body["error_codes"], body["suberror"]),
                         ("invalid_grant", [53003], "message_only"))
        self.sandbox.fault(path=token_path, do="wrong-type", times=1)
        self.assertIn("<html>", self.client.refresh(self.tokens["refresh_token"]).text)
        self.assertEqual(self.client.refresh(self.tokens["refresh_token"]).status, 200)

    def test_wishes_that_make_no_sense_are_refused_by_name(self):
        for fault, named in (({"do": "explode"}, "explode"), ({"do": "cut", "afte": 3}, "afte"),
                             ({"do": "status", "status": 99}, "status"), ({"do": "cut", "person": "x"}, "x"),
                             ({"do": "cut", "times": -1}, "times"), ([], "object"),
                             ({"do": "status", "retry_after": "1\r\nX: y"}, "retry_after")):
            with self.assertRaises(urllib.error.HTTPError) as caught:
                self.sandbox.call("POST", "/sandbox/faults", fault)
            self.assertEqual(caught.exception.code, 400)
            self.assertIn(named, json.loads(caught.exception.read())["error"])
        answer = self.client.ask("POST", "/sandbox/faults", "{", {})
        self.assertEqual(answer.status, 400)
        self.assertEqual(self.sandbox.call("GET", "/sandbox/faults"), {"faults": []})

    def test_pages_of_other_addresses_may_not_control(self):
        answer = self.client.ask("POST", "/sandbox/reset", "{}", {"Origin": "http://evil.example"})
        self.assertEqual(answer.status, 403)
        self.assertEqual(self.client.get("/sandbox/nothing").status, 404)
        self.assertEqual(self.client.get("/sandbox/revoke").status, 405)


class Limits(ControlCase):
    options = ("--contacts", "500", "--auto", WORKER, "--latency", "150")

    def ask_at_once(self, n):
        answers = []

        def ask():
            client = Client(self.sandbox)
            answers.append(Graph(client, self.graph.token).get(CONTACTS))
            client.close()

        threads = [threading.Thread(target=ask) for _ in range(n)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def test_four_at_once_are_fine_a_fifth_is_not(self):
        self.sandbox.call("DELETE", "/sandbox/requests")
        self.assertEqual([a.status for a in self.ask_at_once(4)], [200] * 4)
        self.assertLessEqual(max(r["under_way"] for r in self.sandbox.requests()), 4)
        answers = self.ask_at_once(6)
        refused = [a for a in answers if a.status == 429]
        self.assertEqual((len(refused), len(answers)), (2, 6))
        self.assertEqual(refused[0].json["error"]["code"], "ApplicationThrottled")
        self.assertEqual(refused[0].headers["Retry-After"], "1")

    def test_a_number_in_ten_minutes(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "max_requests": 2})
        statuses = [self.graph.get(CONTACTS).status for _ in range(200)]
        self.assertEqual(statuses[-1], 429)
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "max_requests": 0})
        self.assertEqual(self.graph.get(CONTACTS).status, 200)

    def test_bodies_and_targets_have_a_ceiling(self):
        answer = self.client.ask("POST", "/common/oauth2/v2.0/token", "x" * (2 << 20), {})
        self.assertEqual(answer.status, 413)
        self.client.close()
        answer = self.client.get("/v1.0/me/contacts?$select=" + "x" * 17000)
        self.assertIn(answer.status, (400, 414))


class Log(ControlCase):
    def test_every_request_is_written_down(self):
        self.sandbox.call("DELETE", "/sandbox/requests")
        self.graph.get(CONTACTS + "?$top=3")
        self.sandbox.fault(path=CONTACTS, do="status", status=503, times=1)
        self.graph.get(CONTACTS)
        log = self.sandbox.call("GET", "/sandbox/requests")
        self.assertEqual((log["count"], log["dropped"], log["max_under_way"]), (2, 0, 1))
        first, second = log["requests"]
        self.assertEqual((first["method"], first["path"], first["person"], first["status"], first["under_way"]),
                         ("GET", CONTACTS + "?$top=3", WORKER, 200, 1))
        self.assertGreater(first["bytes"], 1000)
        self.assertEqual((second["status"], second["fault"]), (503, "status"))

    def test_no_token_gets_into_it(self):
        self.client.refresh(self.tokens["refresh_token"])
        text = json.dumps(self.sandbox.call("GET", "/sandbox/requests"))
        for secret in (self.tokens["access_token"], self.tokens["refresh_token"]):
            self.assertNotIn(secret, text)


class Program(unittest.TestCase):
    def start(self, *arguments, **more):
        process = subprocess.Popen([SANDBOX, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_it_ends_on_signals_also_with_requests_hanging(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.start("--contacts", "5", "--latency", "60000", stdin=subprocess.DEVNULL)
            port = json.loads(process.stdout.readline())["port"]
            waiting = socket.create_connection(("127.0.0.1", port))
            waiting.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.2)
            self.assertIsNone(process.poll())
            process.send_signal(number)
            self.assertEqual(process.wait(10), 0, process.stderr.read())
            waiting.close()

    def test_it_ends_when_its_pipe_closes_but_not_without_one(self):
        process = self.start(stdin=subprocess.PIPE)
        process.stdout.readline()
        process.stdin.write(b"something\n")
        process.stdin.flush()
        time.sleep(0.2)
        self.assertIsNone(process.poll())
        process.stdin.close()
        self.assertEqual(process.wait(10), 0)
        process.stdin = None
        process = self.start(stdin=subprocess.DEVNULL)
        process.stdout.readline()
        time.sleep(0.3)
        self.assertIsNone(process.poll())

    def test_both_loopback_addresses_answer(self):
        with Sandbox("--contacts", "1") as sandbox:
            for host in ("127.0.0.1", "::1"):
                try:
                    connection = http.client.HTTPConnection(host, sandbox.ready["port"], timeout=10)
                    connection.request("GET", "/common/v2.0/.well-known/openid-configuration")
                except OSError:
                    self.assertEqual(host, "::1")
                    continue
                self.assertEqual(connection.getresponse().status, 200)
                connection.close()

    def test_the_configuration_points_here(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "config"
            with Sandbox("--contacts", "1", config=path) as sandbox:
                text = path.read_text()
                self.assertIn("[microsoft]\nclient_id = " + sandbox.ready["microsoft.client_id"], text)
                self.assertIn(f"authority = {sandbox.base}\ngraph = {sandbox.base}\n", text)
                self.assertEqual(path.stat().st_mode & 0o777, 0o600)

    def test_a_port_that_is_taken_and_options_that_are_wrong(self):
        with Sandbox("--contacts", "1") as sandbox:
            taken = subprocess.run([SANDBOX, "--port", str(sandbox.ready["port"])], capture_output=True, timeout=20)
            self.assertEqual(taken.returncode, 1)
            self.assertIn(b"cannot listen", taken.stderr)
        for arguments in (["--prot", "1"], ["--port", "70000"], ["--contacts"], ["--auto", "nobody@x.example"],
                          ["--tls", "only-one"]):
            wrong = subprocess.run([SANDBOX, *arguments], capture_output=True, timeout=20, stdin=subprocess.DEVNULL)
            self.assertEqual((wrong.returncode, wrong.stdout), (2, b""), arguments)
        self.assertIn(b"--config-out", subprocess.run([SANDBOX, "--help"], capture_output=True, timeout=20).stdout)

    def test_tls(self):
        if not shutil.which("openssl"):
            self.skipTest("openssl makes the certificate")
        with tempfile.TemporaryDirectory() as folder:
            cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                            "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost",
                            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)
            process = self.start("--tls", cert, key, stdin=subprocess.DEVNULL)
            ready = json.loads(process.stdout.readline())
            self.assertEqual(ready["microsoft.authority"], f"https://127.0.0.1:{ready['port']}")
            context = ssl.create_default_context(cafile=cert)
            connection = http.client.HTTPSConnection("127.0.0.1", ready["port"], context=context, timeout=20)
            connection.request("GET", "/common/v2.0/.well-known/openid-configuration")
            body = json.loads(connection.getresponse().read())
            self.assertTrue(body["token_endpoint"].startswith("https://"))
            connection.close()


if __name__ == "__main__":
    unittest.main()
