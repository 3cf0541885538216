# SPDX-License-Identifier: MIT
"""Each failure of Microsoft and the network: id, exit code, remedy, and that the contacts stay."""
import contextlib
import fcntl
import sqlite3
import ssl
import threading
import urllib.request

from kith_harness import *

WORKER = "worker@contoso.example"


def answer_of(url, certificate):
    """As fetch(), by a browser whose owner trusts this certificate."""
    with urllib.request.urlopen(url, timeout=60, context=ssl.create_default_context(cafile=certificate)) as answer:
        return answer.read()


class ContactsStay(SandboxCase):
    options = ("--contacts", "3000", "--auto", WORKER)

    def setUp(self):
        super().setUp()
        self.signed_in()
        self.before = self.home.names()

    def fails(self, failure_id, code, command=("import", "work"), how=""):
        error = self.assert_failure(self.home.run(*command, "--json"), failure_id, code)
        text = self.home.run(*command)
        self.assertEqual(text.code, code, text)
        self.assertIn(error["title"], text.err)
        if error.get("command"):
            self.assertIn(error["command"], text.err)
        if how:
            assert_documented(failure_id, how=how, result=text)
        self.sandbox.no_faults()
        self.assertEqual(self.home.names(), self.before)
        return error

    def test_consent_removed(self):
        self.sandbox.call("POST", "/sandbox/revoke", {"person": WORKER, "token_life_s": 0})
        error = self.fails("permission-removed", 13, how="the consent is taken back at Microsoft")
        self.assertEqual(error["remedy"], "sign-in-again")
        self.assertEqual(error["command"], "kith sign-in --again work")
        self.assertIn("3,000", error["sentence"])

    def test_the_token_lives_on_when_consent_is_removed_and_signing_in_again_mends_it(self):
        self.sandbox.call("POST", "/sandbox/revoke", {"person": WORKER, "token_life_s": 3})
        self.assertEqual(self.home.run("import", "work").code, 0)
        time.sleep(3.5)
        self.fails("permission-removed", 13)
        self.assertEqual(self.home.sign_in("--again", "work", provider="--no-import").code, 0)  # the account names its provider
        self.assertEqual(self.home.names(), self.before)
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual(self.home.names(), self.before)

    def test_forbidden_after_it_worked(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=403)
        self.fails("permission-removed", 13, how="Graph forbids what it allowed before")

    def test_throttled_with_and_without_retry_after_goes_on_by_itself(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=429, retry_after="1.2", times=1)
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=429, after=2, times=1)
        result = self.home.run("import", "work", "--json")
        self.assertEqual(result.code, 0, result)
        self.assertIn("waiting", [line["event"] for line in result.lines])
        self.assertEqual(self.home.names(), self.before)

    def test_throttled_for_hours(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=429, retry_after=7200)
        error = self.fails("throttled", 20, how="Graph asks for a pause of two hours")
        self.assertIn("retry_at", error)

    def test_an_absurd_retry_after_does_not_wait_for_ever(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=429, retry_after="99999999999999999999", times=9)
        self.fails("throttled", 20)

    def test_unavailable_once_is_retried(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=503, times=1, retry_after=1)
        result = self.home.run("import", "work", "--json")
        self.assertEqual(result.code, 0, result)

    def test_unavailable_for_long(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=503, retry_after=1)
        error = self.fails("service", 22, how="Graph is unavailable, however often it is asked")
        self.assertTrue(error.get("request_id"))

    def test_cut_answers_once_are_asked_for_again(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="cut", after=1, times=1)
        self.assertEqual(self.home.run("import", "work").code, 0)

    def test_cut_answers_for_ever(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="cut", after=1)
        self.fails("offline", 21, how="the connection breaks in the middle of each answer")

    def test_truncated_answers(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="truncate", after=1, times=1)
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.sandbox.fault(path="/v1.0/me/contacts", do="truncate", after=1)
        self.fails("service", 22)

    def test_malformed_answers(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="malformed", after=1)
        self.fails("service", 22, how="Graph answers what is no JSON")

    def test_a_page_that_was_damaged_once_is_no_failure_of_the_refresh(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="malformed", after=1, times=1)
        result = self.home.run("refresh", "--json")
        self.assertEqual(result.code, 0, result)
        outcome = result.lines[-1]["accounts"][0]
        self.assertNotIn("error", outcome)
        self.assertEqual(outcome["result"]["unchanged"], 3000)

    def test_a_pause_while_counting_has_no_total_yet(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=429, retry_after=1, times=1)
        result = self.home.run("import", "work", "--json")
        waiting = [line for line in result.lines if line["event"] == "waiting"]
        self.assertEqual([line["total"] for line in waiting], [None], result)

    def test_a_web_page_instead_of_json(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="wrong-type", after=1)
        self.fails("service", 22, how="a web page stands where contacts should be")

    def test_an_expired_token_is_refreshed_without_a_word(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="token-expired", times=1)
        self.assertEqual(self.home.run("import", "work").code, 0)

    def test_no_network(self):
        self.home.run("config", "set", "microsoft.graph", "http://127.0.0.1:9")
        error = self.fails("offline", 21, how="nobody answers at the address")
        self.assertEqual(error["remedy"], "try-again")

    def test_a_second_import_of_the_same_account_is_refused(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="hang")
        first = self.home.start("import", "work")
        time.sleep(0.5)
        error = self.assert_failure(self.home.run("import", "work", "--json"), "import-running", 17)
        self.assertEqual(error["account"], "work")
        assert_documented("import-running", how="an import of the account runs in another process",
                          result=self.home.run("import", "work"))
        self.assertTrue(self.home.run("accounts", "--json").json["accounts"][0]["importing"])
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=20)

    def test_interrupt_ends_soon_with_nothing_changed(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="hang", after=1)
        process = self.home.start("import", "work")
        time.sleep(0.7)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        took = time.monotonic() - began
        assert_documented("cancelled", how="Ctrl-C in the middle of an import",
                          result=Result(process.returncode, "", err.decode(), took))
        self.assertEqual(process.returncode, 18, err)
        print(f"# ended {took * 1000:.0f} ms after the interrupt")
        self.sandbox.no_faults()
        self.assertEqual(self.home.names(), self.before)

    def test_interrupt_ends_soon_while_another_process_writes(self):
        with contextlib.closing(sqlite3.connect(self.home.data / "contacts.db", isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            process = self.home.start("import", "work")
            time.sleep(2)  # all pages are here by now; what is left is to save them
            process.send_signal(signal.SIGINT)
            began = time.monotonic()
            _, err = process.communicate(timeout=20)
            print(f"# ended {(time.monotonic() - began) * 1000:.0f} ms after the interrupt")
            self.assertEqual(process.returncode, 18, err)
            db.execute("ROLLBACK")
        self.assertEqual(self.home.names(), self.before)

    def test_others_need_not_wait_while_an_import_waits_for_the_network(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="hang", after=1)
        process = self.home.start("import", "work")
        time.sleep(0.5)
        for command in (("list",), ("find", "a"), ("config", "set", "import.limit", "123"), ("accounts",)):
            result = self.home.run(*command)
            self.assertEqual(result.code, 0, result)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


class SignInFails(SandboxCase):
    options = ("--contacts", "10")

    def test_a_managed_person_gets_the_administrators_link(self):
        with Sandbox("--contacts", "10", "--auto", "managed@locked.example", config=self.home.config):
            result = self.home.sign_in("--json", "--no-import")
            assert_documented("permission-missing", how="a managed person may not consent at Microsoft",
                              result=self.home.sign_in())
        error = self.assert_failure(result, "permission-missing", 12)
        self.assertIn("adminconsent", error["link"])

    def test_no_mailbox(self):
        with Sandbox("--contacts", "10", "--auto", "unlicensed@contoso.example", config=self.home.config):
            error = self.assert_failure(self.home.sign_in("--json"), "no-mailbox", 14)
            assert_documented("no-mailbox", how="the account has no licence with a mailbox", result=self.home.sign_in())
        self.assertIn("unlicensed@contoso.example", error["sentence"])

    def test_forbidden_before_it_ever_worked(self):
        with Sandbox("--contacts", "10", "--auto", WORKER, config=self.home.config) as sandbox:
            sandbox.fault(path="/v1.0/me/contacts", do="status", status=403)
            self.assert_failure(self.home.sign_in("--json"), "permission-missing", 12)
            assert_documented("permission-missing", how="Graph forbids the very first request", result=self.home.sign_in())

    def test_without_a_client_id_the_missing_setting_is_named(self):
        self.home.config.unlink()
        result = self.home.run("sign-in", "microsoft", "--json")
        error = self.assert_failure(result, "not-configured", 19)
        self.assertEqual(error["setting"], "microsoft.client_id")
        assert_documented("not-configured", how="no client id is set for Microsoft",
                          result=self.home.run("sign-in", "microsoft"))

    def test_interrupt_while_the_browser_is_awaited(self):
        process = self.home.start("sign-in", "microsoft", "--no-browser", "--json")
        url = json.loads(process.stdout.readline())["url"]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 10, err)
        self.assertEqual(json.loads(out.decode().splitlines()[-1])["error"]["id"], "signin-cancelled")
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"], [])
        self.assertTrue(url)

    def test_interrupt_in_words(self):
        process = self.home.start("sign-in", "microsoft", "--no-browser")
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert_documented("signin-cancelled", how="Ctrl-C while the browser is awaited",
                          result=Result(process.returncode, "", err.decode(), 0))

    @needs_clock
    def test_fifteen_minutes_without_an_answer(self):
        """The clock of a device that slept meanwhile."""
        clock = self.home.root / "clock"
        clock.write_text("+0")
        self.home.env.update(LD_PRELOAD=str(CLOCK), FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1",
                             FAKETIME_DONT_FAKE_MONOTONIC="1")
        process = self.home.start("sign-in", "microsoft", "--no-browser")
        process.stdout.readline()
        clock.write_text("+16m")
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 11, err)
        assert_documented("signin-expired", how="15 minutes go by without the browser's answer",
                          result=Result(process.returncode, "", err.decode(), 0))

    @unittest.skipUnless(have("openssl"), "openssl is not here")
    def test_a_certificate_that_nobody_vouches_for(self):
        pem = self.home.root / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", pem, "-out", pem,
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                       check=True, capture_output=True)
        with Sandbox("--contacts", "10", "--tls", pem, pem, "--auto", WORKER, config=self.home.config) as sandbox:
            self.home.run("config", "set", "network.ca_file")
            page = lambda url: answer_of(url, pem)
            self.assert_failure(self.home.sign_in("--json", answer=page), "tls", 23)
            assert_documented("tls", how="a certificate that nobody vouches for", result=self.home.sign_in(answer=page))
            self.home.run("config", "set", "network.ca_file", pem)
            self.assertEqual(self.home.sign_in(answer=page).code, 0)

    def hold_tokens(self):
        """As another process that is just writing its tokens."""
        self.home.data.mkdir(mode=0o700, exist_ok=True)
        lock = open(self.home.data / "tokens.lock", "w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        return lock

    def interrupt_while_it_is_kept(self, *arguments):
        """Accept at the provider, interrupt kith while it keeps the sign-in; the exit code, and what the tab was told."""
        with Sandbox("--contacts", "10", "--auto", WORKER, config=self.home.config), self.hold_tokens() as lock:
            process = self.home.start("sign-in", *arguments, "--no-browser", "--json")
            tab = []
            browser = threading.Thread(target=lambda url: tab.append(fetch(url)),
                                       args=(json.loads(process.stdout.readline())["url"],))
            browser.start()
            time.sleep(1.5)
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
            fcntl.flock(lock, fcntl.LOCK_UN)
            process.communicate(timeout=30)
            browser.join()
        return process.returncode, tab[0]

    def test_interrupt_while_the_sign_in_is_kept_keeps_nothing(self):
        code, tab = self.interrupt_while_it_is_kept("microsoft")
        self.assertEqual(code, 10)
        self.assertIn("cancelled before", tab)
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"], [])

    def test_interrupt_while_an_account_is_signed_in_again_leaves_it_as_it_was(self):
        with Sandbox("--contacts", "10", "--auto", WORKER, config=self.home.config):
            self.assertEqual(self.home.sign_in().code, 0)
        before = (self.home.data / "tokens.enc").read_bytes()
        code, _ = self.interrupt_while_it_is_kept("microsoft", "--name", "other")
        self.assertEqual(code, 10)
        account = self.home.run("accounts", "--json").json["accounts"][0]
        self.assertEqual((account["name"], account["state"], account["contacts"]), ("work", "ready", 10))
        self.assertEqual(len((self.home.data / "tokens.enc").read_bytes()), len(before))

    def test_interrupt_while_the_browser_is_being_opened(self):
        opener = self.home.root / "xdg-open"
        opener.write_text("#!/bin/sh\ntouch \"$HOME/opening\"\nexec sleep 20\n")
        opener.chmod(0o755)
        self.home.env.update(PATH=f"{self.home.root}:{os.environ['PATH']}", DISPLAY=":99")
        process = self.home.start("sign-in", "microsoft", "--json")
        watchdog = time.monotonic() + 20
        while not (self.home.root / "opening").exists() and time.monotonic() < watchdog:
            time.sleep(0.01)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        print(f"# ended {(time.monotonic() - began) * 1000:.0f} ms after the interrupt")
        self.assertEqual(process.returncode, 10, err)
        self.assertEqual(json.loads(out.decode().splitlines()[-1])["error"]["id"], "signin-cancelled")
