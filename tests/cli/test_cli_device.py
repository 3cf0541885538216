# SPDX-License-Identifier: MIT
"""Sign in with a code for another device: every outcome, through the real programs."""
import pty

from kith_harness import *

WORKER = "worker@contoso.example"
TOKEN = "/common/oauth2/v2.0/token"


class DeviceCase(SandboxCase):
    """Nobody types a code by itself here; a test says what becomes of it."""

    options = ("--contacts", "12")

    def setUp(self):
        self.sandbox.call("POST", "/sandbox/reset")
        self.sandbox.call("POST", "/sandbox/codes", {"interval_s": 1})
        super().setUp()

    def begin(self, *options):
        """The running program, the address and the code it printed."""
        process = self.home.start("sign-in", *(options or ("microsoft",)), "--device-code")
        address, code = (process.stdout.readline().decode().strip() for _ in range(2))
        self.assertEqual(address, self.sandbox.base + "/devicelogin")
        self.assertRegex(code, "^[A-Z0-9]{9}$")
        return process, code

    def decide(self, code, do, **more):
        self.sandbox.call("POST", "/sandbox/device", {"code": code, "do": do, **more})

    def end(self, process):
        out, err = process.communicate(timeout=60)
        return Result(process.returncode, out.decode(), err.decode(), 0)

    def fail_with(self, failure_id, code):
        """Run to the failure, and nothing is kept."""
        result = self.home.run("sign-in", "microsoft", "--device-code", "--json")
        error = self.assert_failure(result, failure_id, code)
        self.assert_nothing_kept()
        return error

    def assert_nothing_kept(self):
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"], [])
        self.assertEqual([str(p) for p in self.home.root.rglob("*token*") if p.is_file()], [])

    def polls(self):
        return [r for r in self.sandbox.requests() if r["path"] == TOKEN]


class Outcomes(DeviceCase):
    def test_the_code_typed_elsewhere_brings_the_contacts_here(self):
        process, code = self.begin()
        self.decide(code, "approve", person=WORKER)
        result = self.end(process)
        self.assertEqual(result.code, 0, result)
        self.assertIn("Open this address on any phone or computer:", result.err)
        self.assertIn("Type this code there:", result.err)
        self.assertRegex(result.err, r"Waiting for your answer, until \d\d:\d\d\. The import then starts by itself\.")
        self.assertIn("worker@contoso.example is signed in as “work”.", result.err)
        self.assertIn("12 contacts imported from Microsoft 365.", result.out)
        self.assertEqual(self.home.count(), 12)

    def test_quiet_prints_the_address_and_the_code_alone(self):
        process, code = self.begin("microsoft", "-q", "--no-import")
        self.decide(code, "approve", person=WORKER)
        result = self.end(process)
        self.assertEqual((result.code, result.out, result.err), (0, "", ""))
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"][0]["state"], "new")

    def test_events(self):
        process = self.home.start("sign-in", "microsoft", "--device-code", "--json")
        event = json.loads(process.stdout.readline())
        self.assertEqual(sorted(event), ["code", "event", "expires_at", "schema", "url"])
        self.assertEqual((event["event"], event["url"]), ("code", self.sandbox.base + "/devicelogin"))
        self.assertRegex(event["expires_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.decide(event["code"], "approve", person=WORKER)
        result = self.end(process)
        events = [line["event"] for line in result.lines]
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertEqual((events[0], events[-1]), ("signed-in", "finished"))

    def test_declined_there(self):
        process, code = self.begin("microsoft", "--no-import")
        self.decide(code, "decline")
        assert_documented("signin-cancelled", how="the person declines the code typed on another device", result=self.end(process))
        self.assert_nothing_kept()

    def test_the_provider_says_that_the_code_ran_out(self):
        process, code = self.begin()
        self.decide(code, "expire")
        assert_documented("signin-expired", how="nobody types the code on another device in time", result=self.end(process))
        self.assert_nothing_kept()

    def test_nobody_types_the_code_and_it_ends_by_itself(self):
        self.sandbox.call("POST", "/sandbox/codes", {"interval_s": 1, "life_s": 2})
        self.fail_with("signin-expired", 11)
        self.assertEqual(len(self.polls()), 1)  # another would have come in haste

    def test_ctrl_c_ends_it(self):
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            process, _ = self.begin()
            process.send_signal(signal_number)
            assert_documented("signin-cancelled", how="Ctrl-C while a code waits to be typed", result=self.end(process))
            self.assert_nothing_kept()

    def test_a_late_answer_after_ctrl_c_is_not_used(self):
        process, code = self.begin()
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.end(process).code, 10)
        self.decide(code, "approve", person=WORKER)
        self.assertEqual([r["status"] for r in self.polls() if r["status"] == 200], [])
        self.assert_nothing_kept()

    def test_what_else_the_provider_can_say(self):
        for code, failure_id, exit_code in (("bad_verification_code", "service", 22), ("AADSTS53003", "permission-missing", 12),
                                            ("AADSTS7000218", "not-configured", 19), ("code_expired", "signin-expired", 11)):
            with self.subTest(code=code):
                self.sandbox.fault(path=TOKEN, do="status", status=400, code=code, times=1)
                self.fail_with(failure_id, exit_code)

    def answered_with(self, code):
        """The provider's answer to the only question."""
        self.sandbox.fault(path=TOKEN, do="status", status=400, code=code, times=1)
        return self.home.run("sign-in", "microsoft", "--device-code")

    def test_a_code_that_is_not_known(self):
        assert_documented("service", how="Microsoft does not know the code", result=self.answered_with("bad_verification_code"))
        self.assert_nothing_kept()

    def test_a_code_that_was_used_before(self):
        assert_documented("signin-expired", how="the code was used already", result=self.answered_with("AADSTS54005"))
        self.assert_nothing_kept()

    def test_no_code_is_given(self):
        self.sandbox.fault(path="/common/oauth2/v2.0/devicecode", do="status", status=400, code="AADSTS700016")
        self.assertEqual(self.fail_with("not-configured", 19)["setting"], "microsoft.client_id")
        self.sandbox.no_faults()
        self.sandbox.fault(path="/common/oauth2/v2.0/devicecode", do="malformed")
        self.fail_with("service", 22)

    def test_without_a_connection(self):
        result = self.home.run("sign-in", "microsoft", "--device-code", "--json", "--set",
                               "microsoft.authority=http://127.0.0.1:9")
        self.assert_failure(result, "offline", 21)


class Patience(DeviceCase):
    def test_told_to_slow_down_it_does(self):
        self.sandbox.fault(path=TOKEN, do="status", status=400, code="slow_down", times=1)
        process, code = self.begin("microsoft", "--no-import")
        self.decide(code, "approve", person=WORKER)
        self.assertEqual(self.end(process).code, 0)
        asked, first, second = (r["at_ms"] for r in self.sandbox.requests())
        self.assertGreaterEqual(first - asked, 990)
        self.assertGreaterEqual(second - first, 5990)

    def test_a_service_in_trouble_is_waited_for(self):
        self.sandbox.fault(path=TOKEN, do="status", status=500, times=1)
        process, code = self.begin("microsoft", "--no-import")
        self.decide(code, "approve", person=WORKER)
        self.assertEqual(self.end(process).code, 0)
        self.assertEqual([r["status"] for r in self.polls()], [500, 200])


class Accounts(DeviceCase):
    def sign_in(self, person=WORKER, *options):
        process, code = self.begin(*(options or ("microsoft",)))
        self.decide(code, "approve", person=person)
        return self.end(process)

    def test_again_keeps_the_contacts(self):
        self.assertEqual(self.sign_in().code, 0)
        result = self.sign_in(WORKER, "--again", "work")
        self.assertEqual(result.code, 0, result)
        self.assertEqual(self.home.count(), 12)
        self.assertEqual(len(self.home.run("accounts", "--json").json["accounts"]), 1)

    def test_again_ends_with_the_command_for_again(self):
        self.assertEqual(self.sign_in().code, 0)
        process, code = self.begin("--again", "work")
        self.decide(code, "decline")
        self.assertIn("Then: kith sign-in --again work --device-code\n", self.end(process).err)

    def test_again_as_somebody_else_is_refused(self):
        self.assertEqual(self.sign_in().code, 0)
        assert_documented("usage", how="somebody else signs in again for an account",
                          result=self.sign_in("admin@contoso.example", "--again", "work"))
        account, = self.home.run("accounts", "--json").json["accounts"]
        self.assertEqual((account["state"], account["contacts"]), ("ready", 12))  # as it was

    def test_a_second_person_is_a_second_account(self):
        self.assertEqual(self.sign_in().code, 0)
        self.assertEqual(self.sign_in("admin@contoso.example", "microsoft", "--name", "office").code, 0)
        names = [account["name"] for account in self.home.run("accounts", "--json").json["accounts"]]
        self.assertEqual(names, ["office", "work"])

    def test_beside_outlook_files_no_code_is_asked_for(self):
        card = self.home.root / "one.vcf"
        card.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Sample\r\nEND:VCARD\r\n")
        self.assertEqual(self.home.run("outlook", "add", card).code, 0)
        self.assert_failure(self.home.run("sign-in", "microsoft", "--device-code", "--json"), "source-conflict", 16)
        self.assertEqual(self.sandbox.requests(), [])

    def test_secrets_are_nowhere_to_be_read(self):
        self.home.env["KITH_DEBUG"] = "all"
        result = self.sign_in(WORKER, "microsoft", "-v")
        self.assertEqual(result.code, 0, result)
        kept = b"".join(path.read_bytes() for path in self.home.root.rglob("*") if path.is_file())
        for text in (result.err, result.out, kept.decode("latin-1")):
            for secret in ("sandbox-device", "sandbox-access", "sandbox-refresh"):
                self.assertNotIn(secret, text)


class Usage(DeviceCase):
    def test_google_gives_no_contacts_for_a_code(self):
        result = self.home.run("sign-in", "google", "--device-code")
        self.assertEqual(result.code, 2)
        self.assertIn("Google gives no contacts for a device code", result.err)
        self.assertIn("--no-browser", result.err)

    def test_two_ways_at_once_are_one_too_many(self):
        result = self.home.run("sign-in", "microsoft", "--device-code", "--no-browser")
        self.assertEqual(result.code, 2)
        self.assertIn("choose one of them", result.err)


class Terminal(DeviceCase):
    def test_the_time_counts_down_on_a_line_of_its_own(self):
        self.sandbox.call("POST", "/sandbox/codes", {"interval_s": 2, "life_s": 90})
        ours, theirs = pty.openpty()
        process = subprocess.Popen(self.home.command("sign-in", "microsoft", "--device-code", "--no-import"),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, env=self.home.env)
        os.close(theirs)
        code = [process.stdout.readline().decode().strip() for _ in range(2)][1]
        shown = self.read_until(ours, lambda text: len(set(re.findall(r"1:\d\d left\.", text))) == 2)
        self.assertRegex(shown, "\r\033\\[KWaiting for your answer, 1:(30|29) left\\.\r\033\\[KWaiting")
        self.decide(code, "approve", person=WORKER)
        shown = self.read_until(ours, lambda text: "is signed in as “work”." in text)
        self.assertIn("\r\033[Kworker@contoso.example", shown)
        process.communicate(timeout=60)
        os.close(ours)
        self.assertEqual(process.returncode, 0)

    def read_until(self, terminal, enough):
        got = b""
        while not enough(got.decode("utf-8", "ignore")):
            got += os.read(terminal, 4096)
        return got.decode()


if __name__ == "__main__":
    unittest.main()
