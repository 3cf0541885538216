# SPDX-License-Identifier: MIT
"""Directories and clouds of their own: whose accounts may sign in, where, and for which service's permission."""
from urllib.parse import parse_qs, urlsplit

from kith_harness import *

WORKER = "worker@contoso.example"
CLOUDS = (("https://login.microsoftonline.us", "https://graph.microsoft.us"),
          ("https://login.microsoftonline.us", "https://dod-graph.microsoft.us/"),
          ("https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn"))


class Directories(SandboxCase):
    options = ("--contacts", "3", "--auto", WORKER)

    def tenant_id(self):
        people = self.sandbox.call("GET", "/sandbox/people")["people"]
        return next(p["tenant"] for p in people if p["person"] == WORKER)

    def test_a_directory_by_its_domain_and_by_its_id(self):
        for tenant in ("contoso.example", self.tenant_id(), "organizations"):
            for way in (("--device-code",), None):
                with self.subTest(tenant=tenant, way=way):
                    self.home = self.new_home()
                    options = ("--no-import", "--set", "microsoft.tenant=" + tenant)
                    result = self.home.run("sign-in", "microsoft", *way, *options) if way else self.home.sign_in(*options)
                    self.assertEqual(result.code, 0, result)
                    account, = self.home.run("accounts", "--json").json["accounts"]
                    self.assertEqual((account["identity"], account["name"]), (WORKER, "work"))

    def test_it_is_one_account_whatever_the_directory_is_called(self):
        for tenant in ("contoso.example", self.tenant_id(), "common"):
            self.assertEqual(self.home.sign_in("--no-import", "--set", "microsoft.tenant=" + tenant).code, 0)
        self.assertEqual(len(self.home.run("accounts", "--json").json["accounts"]), 1)

    def test_a_directory_that_there_is_not(self):
        result = self.home.run("sign-in", "microsoft", "--device-code", "--json", "--set", "microsoft.tenant=no.example")
        self.assert_failure(result, "not-configured", 19)

    def test_what_would_lead_elsewhere_is_no_directory(self):
        for tenant in ("", "..", ".", "../x", "a/b", "a?b", "a#b", "a b", "a%2fb", "a\\b", "a@b", "a:1", "é"):
            with self.subTest(tenant=tenant):
                result = self.home.run("sign-in", "microsoft", "--set", "microsoft.tenant=" + tenant)
                self.assertEqual(result.code, 2, result)
                self.assertIn("microsoft.tenant", result.err)


class Clouds(SandboxCase):
    options = ("--contacts", "1")

    def address(self, *settings):
        options = [word for setting in settings for word in ("--set", setting)]
        process = self.home.start("sign-in", "microsoft", "--no-browser", *options)
        url = process.stdout.readline().decode().strip()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        return urlsplit(url)

    def scope(self, url):
        return parse_qs(url.query)["scope"][0].split()

    def test_a_national_clouds_permission_has_its_own_name(self):
        for authority, graph in CLOUDS:
            with self.subTest(graph=graph):
                url = self.address("microsoft.authority=" + authority, "microsoft.graph=" + graph,
                                   "microsoft.tenant=organizations")
                self.assertEqual(f"{url.scheme}://{url.netloc}{url.path}",
                                 authority + "/organizations/oauth2/v2.0/authorize")
                self.assertEqual(self.scope(url), ["openid", "profile", "offline_access",
                                                   graph.rstrip("/") + "/Contacts.Read"])

    def test_the_global_clouds_goes_without_saying(self):
        for graph in ("https://graph.microsoft.com", "https://graph.microsoft.com/", "https://127.0.0.1:9"):
            with self.subTest(graph=graph):
                self.assertEqual(self.scope(self.address("microsoft.graph=" + graph))[-1], "Contacts.Read")


if __name__ == "__main__":
    unittest.main()
