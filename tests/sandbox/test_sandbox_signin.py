# SPDX-License-Identifier: MIT
"""The sandbox as Microsoft's identity platform: pages a person clicks, codes, tokens, refusals."""
import base64
import json
import pathlib
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from sandbox_client import *  # noqa: E402
from kith_harness import Sandbox  # noqa: E402


class SignInCase(unittest.TestCase):
    options = ("--contacts", "5")

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

    def assert_refused(self, answer, error, number, status=400, suberror=None):
        self.assertEqual(answer.status, status, answer.text)
        body = answer.json
        self.assertEqual(body["error"], error)
        self.assertEqual(body["error_codes"], [number] if number else [])
        self.assertEqual(body.get("suberror"), suberror)
        if number:
            self.assertRegex(body["error_description"],
                             rf"^AADSTS{number}: .+\r\nTrace ID: .+\r\nCorrelation ID: .+\r\nTimestamp: .+Z$")


def claims_of(id_token):
    parts = id_token.split(".")
    assert len(parts) == 3
    return json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))


class Clicking(SignInCase):
    def pick(self, person, **changes):
        return Page(self.client.authorize(**changes).text).press(self.client, "person", person)

    def test_picker_then_consent_then_code(self):
        picker = Page(self.client.authorize().text)
        self.assertIn("Choose an account", picker.text)
        self.assertEqual(len([b for b in picker.forms[0]["buttons"] if b[0] == "person"]), 5)
        consent = Page(picker.press(self.client, "person", WORKER).text)
        for words in ("Permissions requested", "Read your contacts", "offline_access", "openid, profile", WORKER):
            self.assertIn(words, consent.text)
        self.assertNotIn("Consent on behalf of your organization", consent.text)
        answer = consent.press(self.client, "action", "accept")
        self.assertEqual(answer.status, 302)
        self.assertTrue(answer.location.startswith(REDIRECT + "/?code="), answer.location)
        self.assertEqual(answer.sent_back["state"], "state-1")
        self.assertGreater(len(answer.sent_back["code"]), 1000)
        self.assertEqual(self.client.redeem(answer.sent_back["code"]).status, 200)

    def test_a_person_who_consented_is_not_asked_again_unless_the_program_wants_it(self):
        Page(self.pick(WORKER).text).press(self.client, "action", "accept")
        self.assertIn("code", self.pick(WORKER).sent_back)
        self.assertIn("code", self.client.authorize(login_hint=WORKER).sent_back)
        self.assertIn("Permissions requested", self.pick(WORKER, prompt="consent").text)

    def test_more_permissions_are_asked_for_again(self):
        Page(self.pick(PERSONAL).text).press(self.client, "action", "accept")
        self.assertIn("Permissions requested", self.pick(PERSONAL, scope=SCOPE + " Contacts.ReadWrite").text)

    def test_an_administrator_may_consent_for_everybody(self):
        consent = Page(self.pick(ADMIN).text)
        self.assertIn("Consent on behalf of your organization", consent.text)
        self.assertIn("administrator of contoso.example", consent.text)
        self.assertNotIn("checked", consent.forms[0]["boxes"]["organization"])
        answer = consent.press(self.client, "action", "accept", organization="on")
        self.assertIn("code", answer.sent_back)
        self.assertIn("code", self.pick(WORKER).sent_back)
        self.assertIn("Permissions requested", self.pick(PERSONAL).text)

    def test_an_administrator_who_does_not_tick_consents_for_nobody_else(self):
        Page(self.pick(ADMIN).text).press(self.client, "action", "accept")
        self.assertIn("Permissions requested", self.pick(WORKER).text)

    def test_where_users_may_not_consent_an_administrator_is_needed(self):
        page = Page(self.pick(MANAGED).text)
        self.assertIn("Need admin approval", page.text)
        self.assertIn("Only an administrator of locked.example may allow this.", page.text)
        back = page.press(self.client, "action", "back").sent_back
        self.assertEqual((back["error"], back["error_subcode"], back["state"]), ("access_denied", "cancel", "state-1"))
        self.assertIn("AADSTS90094", back["error_description"])

    def test_the_default_policy_does_not_let_users_allow_writing(self):
        self.assertIn("Need admin approval", self.pick(WORKER, scope="Contacts.ReadWrite").text)
        self.assertIn("Permissions requested", self.pick(ADMIN, scope="Contacts.ReadWrite").text)

    def test_a_form_made_up_for_a_managed_person_grants_nothing(self):
        page = Page(self.pick(MANAGED).text)
        answer = self.client.post_form("/common/consent", {**page.forms[0]["hidden"], "action": "accept"})
        self.assertIn("Need admin approval", answer.text)

    def test_cancel_says_so_in_the_three_ways(self):
        picker = Page(self.client.authorize().text)
        self.assertEqual(picker.press(self.client, "action", "cancel").sent_back,
                         {"error": "access_denied", "error_subcode": "cancel", "state": "state-1"})
        work = Page(self.pick(WORKER).text).press(self.client, "action", "cancel").sent_back
        self.assertEqual(work["error"], "access_denied")
        self.assertIn("AADSTS65004", work["error_description"])
        personal = Page(self.pick(PERSONAL).text).press(self.client, "action", "cancel").sent_back
        self.assertNotIn("AADSTS", personal["error_description"])

    def test_other_people_are_one_link_away(self):
        consent = Page(self.pick(ADMIN).text)
        self.assertEqual(sorted(consent.links), ["managed", "personal", "unlicensed", "worker"])
        self.assertIn(WORKER, self.client.get(consent.links["worker"]).text)

    def test_login_hint_skips_the_picker_but_select_account_wants_it(self):
        self.assertIn("Permissions requested", self.client.authorize(login_hint=WORKER).text)
        self.assertIn("Choose an account", self.client.authorize(login_hint=WORKER, prompt="select_account").text)

    def test_tenants_admit_their_own(self):
        self.assertIn("AADSTS500208", self.client.authorize("organizations", login_hint=PERSONAL).text)
        self.assertIn("AADSTS50020", self.client.authorize("consumers", login_hint=WORKER).text)
        self.assertIn("AADSTS50020", self.client.authorize("locked.example", login_hint=WORKER).text)
        self.assertIn("Permissions requested", self.client.authorize("contoso.example", login_hint=WORKER).text)
        self.assertIn("AADSTS90002", self.client.authorize("nowhere.example").text)

    def test_pages_are_plain_and_shut(self):
        answer = self.client.authorize()
        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("form-action", policy)
        self.assertNotIn("<script", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("kith-sandbox: a rehearsal. Invented accounts, no real sign-in.", answer.text)

    def test_what_comes_in_does_not_become_markup(self):
        answer = self.client.authorize(redirect_uri="http://evil.example/<script>alert(1)</script>")
        self.assertNotIn("<script>", answer.text)

    def test_admin_consent_by_link(self):
        query = urllib.parse.urlencode({"client_id": self.client.client_id, "redirect_uri": REDIRECT,
                                        "state": "s", "scope": "Contacts.Read openid profile offline_access"})
        self.assertIn("AADSTS90044", self.client.get(f"/common/v2.0/adminconsent?{query}").text)
        picker = Page(self.client.get(f"/locked.example/v2.0/adminconsent?{query}").text)
        self.assertEqual([b[1] for b in picker.forms[0]["buttons"] if b[0] == "person"], ["admin@locked.example"])
        consent = Page(picker.press(self.client, "person", "admin@locked.example").text)
        refused = consent.press(self.client, "action", "cancel").sent_back
        self.assertEqual((refused["admin_consent"], refused["error"]), ("True", "consent_required"))
        granted = consent.press(self.client, "action", "accept").sent_back
        self.assertEqual((granted["admin_consent"], granted["state"]), ("True", "s"))
        self.assertRegex(granted["tenant"], "^[0-9a-f-]{36}$")
        # Contacts.Read was allowed for everybody, User.Read was not.
        self.assertIn("code", self.pick(MANAGED, scope="Contacts.Read openid profile offline_access").sent_back)
        self.assertIn("Need admin approval", self.pick(MANAGED).text)

    def test_a_page_from_an_old_sandbox_leads_nowhere(self):
        answer = self.client.post_form("/common/consent", {"flow": "sandbox-flow-1-0", "action": "accept"})
        self.assertEqual(answer.status, 400)


class AuthorizeRequest(SignInCase):
    options = ("--contacts", "5", "--auto", WORKER)

    def test_an_unregistered_redirect_is_never_followed(self):
        for redirect in ("http://localhost:1/other", "https://evil.example/", "http://localhost.evil.example/", "",
                         "http://LOCALHOST@evil.example", "http://[::1]:80/", "http://localhost:99999999"):
            answer = self.client.authorize(redirect_uri=redirect)
            self.assertEqual(answer.status, 400, redirect)
            self.assertIn("AADSTS50011", answer.text)
            self.assertEqual(answer.location, "")

    def test_the_port_is_ignored_and_a_slash_is_added(self):
        for redirect, begins in (("http://localhost:1", "http://localhost:1/?"), ("http://localhost", "http://localhost/?"),
                                 ("http://127.0.0.1:8/", "http://127.0.0.1:8/?")):
            self.assertTrue(self.client.authorize(redirect_uri=redirect).location.startswith(begins), redirect)

    def test_response_modes(self):
        self.assertIn("/#code=", self.client.authorize(response_mode="fragment").location)
        page = self.client.authorize(response_mode="form_post")
        form = Page(page.text).forms[0]
        self.assertEqual(form["action"], REDIRECT)
        self.assertEqual(form["hidden"]["state"], "state-1")
        self.assertEqual(self.client.redeem(form["hidden"]["code"]).status, 200)
        self.assertEqual(self.client.authorize(response_mode="smoke").sent_back["error"], "invalid_request")

    def test_faults_of_the_program_come_back_to_it(self):
        for changes, error, number in ((dict(scope="Contacts.Reed"), "invalid_scope", 70011),
                                       (dict(scope=None), "invalid_request", 900144),
                                       (dict(response_type="token"), "unsupported_response_type", 700054),
                                       (dict(prompt="please"), "invalid_request", 90023),
                                       (dict(code_challenge="short"), "invalid_request", 501491),
                                       (dict(code_challenge_method="S512"), "invalid_request", 50149)):
            back = self.client.authorize(**changes).sent_back
            self.assertEqual((back["error"], back["state"]), (error, "state-1"), changes)
            self.assertIn(f"AADSTS{number}:", back["error_description"])

    def test_faults_of_the_registration_are_shown_on_a_page(self):
        other = self.client.client_id[:-1]
        self.assertIn("AADSTS900144", self.client.authorize(client_id=None).text)
        self.assertIn("AADSTS700016", self.client.authorize(client_id="00000000-0000-0000-0000-000000000000").text)
        self.assertIn("AADSTS50194", self.client.authorize(client_id=other + "a").text)
        self.assertIn("code", self.client.authorize("contoso.example", client_id=other + "a").sent_back)

    def test_prompt_none(self):
        self.assertEqual(self.client.authorize(prompt="none").sent_back["error"], "login_required")
        self.assertEqual(self.client.authorize(prompt="none", login_hint=WORKER).sent_back["error"],
                         "interaction_required")
        self.client.authorize()
        self.assertIn("code", self.client.authorize(prompt="none", login_hint=WORKER).sent_back)


class Tokens(SignInCase):
    options = ("--contacts", "5", "--auto", WORKER)

    def code(self, **changes):
        return self.client.authorize(**changes).sent_back["code"]

    def test_a_code_becomes_tokens(self):
        body = self.client.redeem(self.code(nonce="n-1"), client_info="1").json
        self.assertEqual(body["token_type"], "Bearer")
        self.assertEqual(sorted(body["scope"].split()), ["Contacts.Read", "User.Read", "openid", "profile"])
        self.assertTrue(3599 <= body["expires_in"] <= 5400)
        claims = claims_of(body["id_token"])
        self.assertEqual((claims["preferred_username"], claims["nonce"], claims["aud"], claims["ver"]),
                         (WORKER, "n-1", self.client.client_id, "2.0"))
        self.assertTrue(claims["oid"] and claims["tid"] and claims["sub"] and claims["exp"] > claims["iat"])
        info = json.loads(base64.urlsafe_b64decode(body["client_info"] + "=="))
        self.assertEqual(info, {"uid": claims["oid"], "utid": claims["tid"]})

    def test_only_what_was_asked_for_is_issued(self):
        body = self.client.redeem(self.code(scope="Contacts.Read")).json
        self.assertNotIn("refresh_token", body)
        self.assertNotIn("id_token", body)
        claims = claims_of(self.client.redeem(self.code(scope="openid")).json["id_token"])
        self.assertNotIn("oid", claims)

    def test_pkce_is_checked(self):
        for verifier in ("w" * 43, "", "short", VERIFIER + "x"):
            self.assert_refused(self.client.redeem(self.code(), code_verifier=verifier), "invalid_grant", 501481)
        self.assert_refused(self.client.redeem(self.code(), code_verifier=None), "invalid_grant", 501481)
        plain = "p" * 43
        self.assertEqual(self.client.redeem(self.code(code_challenge=plain, code_challenge_method=None),
                                            code_verifier=plain).status, 200)
        self.assert_refused(self.client.redeem(self.code(code_challenge_method="plain")), "invalid_grant", 501481)

    def test_a_code_works_once_and_only_as_it_was_asked_for(self):
        code = self.code()
        self.assertEqual(self.client.redeem(code).status, 200)
        self.assert_refused(self.client.redeem(code), "invalid_grant", 54005)
        self.assert_refused(self.client.redeem(self.code(), redirect_uri=REDIRECT + "/"), "invalid_grant", 500112)
        self.assert_refused(self.client.redeem(self.code(), tenant="organizations"), "invalid_grant", 700005)
        self.assert_refused(self.client.redeem("nonsense"), "invalid_grant", 9002313)
        self.assert_refused(self.client.redeem(None), "invalid_request", 900144)

    def test_refresh_rotates_and_the_old_token_stays_good(self):
        first = self.client.sign_in()
        second = self.client.refresh(first["refresh_token"]).json
        self.assertNotEqual(first["refresh_token"], second["refresh_token"])
        third = self.client.refresh(first["refresh_token"], scope="Contacts.Read offline_access")
        self.assertEqual(third.status, 200)
        self.assert_refused(self.client.refresh(first["refresh_token"], scope="Mail.Read"), "invalid_grant", 65001,
                            suberror="consent_required")
        self.assert_refused(self.client.refresh("sandbox-refresh-8192-0"), "invalid_grant", 9002313)

    def test_clients_are_checked(self):
        code = self.code()
        self.assert_refused(self.client.redeem(code, client_secret="x"), "invalid_client", 700025, 401)
        web = self.client.client_id[:-1] + "9"
        self.assert_refused(self.client.redeem(code, client_id=web), "invalid_client", 7000218, 401)
        self.assert_refused(self.client.redeem(code, client_id=web, client_secret="x"), "invalid_client", 7000215, 401)
        self.assert_refused(self.client.redeem(code, client_id="x"), "unauthorized_client", 700016)
        self.assert_refused(self.client.redeem(code, client_id=None), "invalid_request", 900144)
        self.assert_refused(self.client.redeem(code, grant_type="password"), "unsupported_grant_type", 70003)

    def test_a_removed_grant_shows_at_the_next_refresh(self):
        tokens = self.client.sign_in()
        graph = Graph(self.client, tokens["access_token"])
        self.sandbox.call("POST", "/sandbox/revoke", {"person": WORKER, "token_life_s": 60})
        self.assertEqual(graph.get("/v1.0/me/contacts").status, 200)
        self.assert_refused(self.client.refresh(tokens["refresh_token"]), "invalid_grant", 65001,
                            suberror="consent_required")
        self.sandbox.call("POST", "/sandbox/revoke", {"person": WORKER, "token_life_s": 0})
        self.assertEqual(graph.get("/v1.0/me/contacts").status, 401)

    def test_refusals_end_with_a_visible_sign_in_where_that_helps(self):
        tokens = self.client.sign_in()
        for why, error, number, suberror in (("password", "invalid_grant", 50173, None),
                                             ("mfa", "interaction_required", 50076, "basic_action")):
            self.sandbox.call("POST", "/sandbox/revoke", {"person": WORKER, "why": why})
            self.assert_refused(self.client.refresh(tokens["refresh_token"]), error, number, suberror=suberror)
        self.client.sign_in()
        self.assertEqual(self.client.refresh(tokens["refresh_token"]).status, 200)
        self.sandbox.call("POST", "/sandbox/revoke", {"person": WORKER, "why": "blocked"})
        self.assertIn("AADSTS53003", self.client.authorize().text)


class AutoAnswers(unittest.TestCase):
    def answer_as(self, person, path=None):
        with Sandbox("--contacts", "3", "--auto", person) as sandbox:
            client = Client(sandbox)
            self.addCleanup(client.close)
            if path:
                client.get(path.replace("CLIENT", client.client_id))
            return client.authorize()

    def test_everybody_who_may_consent_does(self):
        for person in (WORKER, ADMIN, UNLICENSED, PERSONAL):
            self.assertIn("code", self.answer_as(person).sent_back)

    def test_who_may_not_leaves_the_page(self):
        self.assertEqual(self.answer_as(MANAGED).sent_back["error_subcode"], "cancel")

    def test_the_administrators_link_lets_the_managed_person_in(self):
        path = ("/locked.example/v2.0/adminconsent?client_id=CLIENT&redirect_uri=http%3A%2F%2Flocalhost&scope="
                + urllib.parse.quote(SCOPE))
        self.assertIn("code", self.answer_as(MANAGED, path).sent_back)


class DeviceCode(SignInCase):
    def begin(self, tenant="common"):
        return self.client.post_form(f"/{tenant}/oauth2/v2.0/devicecode",
                                     {"client_id": self.client.client_id, "scope": SCOPE}).json

    def poll(self, device, grant="urn:ietf:params:oauth:grant-type:device_code"):
        return self.client.post_form("/common/oauth2/v2.0/token", {"grant_type": grant, "device_code": device,
                                                                   "client_id": self.client.client_id})

    def test_a_person_types_the_code(self):
        asked = self.begin()
        self.assertRegex(asked["user_code"], "^[A-Z0-9]{9}$")
        self.assertEqual((asked["expires_in"], asked["interval"]), (900, 5))
        self.assertIn(asked["user_code"], asked["message"])
        self.assert_refused(self.poll(asked["device_code"]), "authorization_pending", 70016)
        self.assertIn("Enter code", self.client.get(asked["verification_uri"]).text)
        self.assertIn("did not work", self.client.post_form("/devicelogin", {"code": "WRONG"}).text)
        picker = Page(self.client.post_form("/devicelogin", {"code": asked["user_code"].lower()}).text)
        consent = Page(picker.press(self.client, "person", WORKER).text)
        self.assertIn("Signed in", consent.press(self.client, "action", "accept").text)
        self.assertEqual(self.poll(asked["device_code"], "device_code").status, 200)
        self.assertEqual(self.poll(asked["device_code"]).json["error"], "invalid_grant")

    def test_declined_expired_unknown(self):
        asked = self.begin()
        picker = Page(self.client.post_form("/devicelogin", {"code": asked["user_code"]}).text)
        Page(picker.press(self.client, "person", WORKER).text).press(self.client, "action", "cancel")
        self.assert_refused(self.poll(asked["device_code"]), "authorization_declined", 0)
        asked = self.begin()
        self.sandbox.call("POST", "/sandbox/device", {"code": asked["user_code"], "do": "expire"})
        self.assert_refused(self.poll(asked["device_code"]), "expired_token", 70020)
        self.assert_refused(self.poll("sandbox-device-1-0"), "bad_verification_code", 70018)

    def test_a_codes_life_and_pace_can_be_chosen(self):
        self.sandbox.call("POST", "/sandbox/codes", {"life_s": 1, "interval_s": 2})
        asked = self.begin()
        self.assertEqual((asked["expires_in"], asked["interval"]), (1, 2))
        time.sleep(1.1)
        self.assert_refused(self.poll(asked["device_code"]), "expired_token", 70020)
        self.sandbox.call("POST", "/sandbox/codes", {})
        self.assertEqual(self.begin()["expires_in"], 900)

    def test_with_auto_the_second_poll_finds_the_person_signed_in(self):
        with Sandbox("--contacts", "3", "--auto", WORKER) as sandbox:
            self.client = Client(sandbox)
            asked = self.begin()
            self.assertEqual(asked["interval"], 1)
            self.assertEqual(self.poll(asked["device_code"]).json["error"], "authorization_pending")
            self.assertEqual(self.poll(asked["device_code"]).status, 200)
            self.client.close()


class Addresses(SignInCase):
    def test_discovery(self):
        body = self.client.get("/common/v2.0/.well-known/openid-configuration").json
        self.assertEqual(body["issuer"], self.sandbox.base + "/{tenantid}/v2.0")
        self.assertEqual(body["token_endpoint"], self.sandbox.base + "/common/oauth2/v2.0/token")
        self.assertNotIn("code_challenge_methods_supported", body)
        own = self.client.get("/contoso.example/v2.0/.well-known/openid-configuration").json
        self.assertRegex(own["issuer"], r"/[0-9a-f-]{36}/v2\.0$")
        self.assertEqual(self.client.get("/common/discovery/v2.0/keys").status, 200)
        self.assertIn("metadata", self.client.get("/common/discovery/instance?api-version=1.1").json)
        nowhere = self.client.get("/nowhere.example/v2.0/.well-known/openid-configuration")
        self.assertEqual(nowhere.json["error_codes"], [90002])

    def test_a_host_that_is_not_ours_is_not_believed(self):
        body = self.client.get("/common/v2.0/.well-known/openid-configuration", Host="evil.example").json
        self.assertTrue(body["token_endpoint"].startswith(self.sandbox.base + "/"))

    def test_sign_out_goes_back_only_to_registered_addresses(self):
        there = "/common/oauth2/v2.0/logout?post_logout_redirect_uri="
        self.assertEqual(self.client.get(there + "http%3A%2F%2Flocalhost%3A9").location, "http://localhost:9")
        self.assertEqual(self.client.get(there + "http%3A%2F%2Fevil.example").status, 200)

    def test_unknown_addresses(self):
        self.assertEqual(self.client.get("/common/nothing").status, 404)
        self.assertEqual(self.client.get("/common/oauth2/v2.0/token").status, 405)
        self.assertEqual(self.client.get("/%zz").status, 400)
        self.assertEqual(self.client.get("/").status, 200)


if __name__ == "__main__":
    unittest.main()
