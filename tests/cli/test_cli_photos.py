# SPDX-License-Identifier: MIT
"""Pictures come after the contacts, four at a time, fail nothing, and go along in an export."""
import base64

from kith_harness import *

WORKER = "worker@contoso.example"
MAGIC = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


class Photos(SandboxCase):
    options = ("--contacts", "200", "--auto", WORKER)

    def exported(self):
        return self.home.run("export", "--format", "json").json["contacts"]

    def batches(self):
        return [request for request in self.sandbox.requests() if request["path"].endswith("/$batch")]

    def assert_is_picture(self, uri):
        kind, data = uri.removeprefix("data:").split(";base64,")
        self.assertTrue(base64.b64decode(data, validate=True).startswith(MAGIC[kind]), uri[:60])

    def test_everybody_who_has_one_gets_it(self):
        self.signed_in()
        contacts = self.exported()
        with_photo = [contact for contact in contacts if contact["has_photo"]]
        self.assertGreater(len(with_photo), 5)
        self.assertLess(len(with_photo), len(contacts))
        for contact in contacts:
            self.assertEqual("photo" in contact, contact["has_photo"], contact["shown"])
        for contact in with_photo:
            self.assert_is_picture(contact["photo"])
        self.assertEqual(len({contact["photo"] for contact in with_photo}), len(with_photo))
        shown = self.home.run("show", str(with_photo[0]["id"]), "--json").json["contact"]
        self.assertEqual(shown["photo"], with_photo[0]["photo"])
        self.assertIn("Picture", self.home.run("show", str(with_photo[0]["id"])).out)

    def test_vcards_take_them_along(self):
        self.signed_in()
        with_photo = sum(contact["has_photo"] for contact in self.exported())
        for version in ("vcard3", "vcard4"):
            cards = self.home.run("export", "--format", version).out
            self.assertEqual(len(re.findall(r"^PHOTO[:;]", cards, re.M)), with_photo, version)

    def test_no_picture_is_asked_for_twice(self):
        before = len(self.batches())
        self.signed_in()
        asked = len(self.batches()) - before
        self.assertGreater(asked, 0)
        self.assertEqual(self.home.run("refresh").code, 0)
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual(len(self.batches()) - before, asked)

    def test_switched_off(self):
        before = len(self.batches())
        self.home.run("config", "set", "import.photos", "no")
        self.signed_in()
        self.assertEqual(len(self.batches()), before)
        self.assertFalse(any("photo" in contact for contact in self.exported()))

    def test_what_fails_comes_with_the_next_refresh_and_fails_nothing(self):
        for fault in ({"do": "status", "status": 500}, {"do": "cut"}, {"do": "malformed"},
                      {"do": "status", "status": 403}):
            with self.subTest(fault):
                home = self.home = self.new_home()
                self.sandbox.fault(path="/v1.0/$batch", **fault)
                result = home.sign_in()
                self.sandbox.no_faults()
                self.assertEqual(result.code, 0, result)
                self.assertFalse(any("photo" in contact for contact in self.exported()))
                self.assertEqual(home.run("accounts", "--json").json["accounts"][0]["state"], "ready")
                self.assertEqual(home.run("refresh").code, 0)
                self.assertTrue(any("photo" in contact for contact in self.exported()))

    def signed_out_home(self):
        home = self.new_home()
        self.assertEqual(home.sign_in().code, 0)
        self.assertEqual(home.run("sign-out", "work", "--keep-contacts").code, 0)
        return home

    def kept_bytes(self, home):
        """How large the encrypted file of sign-ins is: what is in it nobody can read."""
        return sum(path.stat().st_size for path in home.data.rglob("tokens.enc"))

    def test_a_sign_out_meanwhile_leaves_no_sign_in_behind(self):
        self.home.run("config", "set", "import.photos", "no")
        self.signed_in()
        self.home.run("config", "set", "import.photos", "yes")
        self.sandbox.fault(path="/v1.0/$batch", do="token-expired", times=1)
        self.sandbox.fault(path="/common/oauth2/v2.0/token", do="latency", ms=2000, times=1)
        before = len(self.batches())
        refresh = self.home.start("refresh")
        while refresh.poll() is None and len(self.batches()) == before:
            time.sleep(0.01)
        time.sleep(0.5)  # the refused request was answered, and new tokens are under way
        signed_out = self.home.run("sign-out", "work", "--keep-contacts")
        refresh.communicate(timeout=60)
        self.assertIn(signed_out.code, (0, 17), signed_out)  # 17: import-running
        if signed_out.code == 17:
            self.assertEqual(self.home.run("sign-out", "work", "--keep-contacts").code, 0)
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"][0]["state"], "signed-out")
        self.assertEqual(self.kept_bytes(self.home), self.kept_bytes(self.signed_out_home()))


if __name__ == "__main__":
    unittest.main()
