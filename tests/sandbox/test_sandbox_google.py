# SPDX-License-Identifier: MIT
"""The sandbox as Google: pages with boxes, tokens, and the People API with its rounds of changes."""
import base64
import json
import pathlib
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from google_client import *  # noqa: E402,F403
from sandbox_client import Client, Page  # noqa: E402
from kith_harness import Sandbox  # noqa: E402


class GoogleCase(unittest.TestCase):
    options = ("--contacts", "5")

    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.close()

    def setUp(self):
        self.control("reset")
        self.client = GoogleClient(self.sandbox)
        self.addCleanup(self.client.close)

    def control(self, name, **members):
        return self.sandbox.call("POST", f"/sandbox/{name}", members)

    def assert_refused(self, answer, error, words, status=400):
        self.assertEqual((answer.status, answer.json["error"]), (status, error), answer.text)
        self.assertEqual(answer.json.get("error_description"), words)

    def assert_stays(self, answer, error, status=400):
        """The error is on the page, and the program hears nothing."""
        self.assertEqual((answer.status, answer.location), (status, ""))
        self.assertIn(f"Error {status}: {error}", Page(answer.text).text)

    def assert_error(self, answer, status, canonical, reason=None):
        self.assertEqual(answer.status, status, answer.text)
        error = answer.json["error"]
        self.assertEqual((error["code"], error["status"]), (status, canonical))
        reasons = [detail["reason"] for detail in error.get("details", []) if "reason" in detail]
        self.assertEqual(reasons, [reason] if reason else [])


def claims_of(id_token):
    part = id_token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Clicking(GoogleCase):
    def pick(self, person, **changes):
        return Page(self.client.authorize(**changes).text).press(self.client, "person", person)

    def consent(self, person=ANNA, tick=("contacts.readonly",), **changes):
        page = Page(self.pick(person, **changes).text)
        return page.press(self.client, "action", "continue", **{name: "on" for name in tick})

    def test_only_googles_people_are_offered(self):
        picker = Page(self.client.authorize().text)
        offered = [value for name, value in picker.forms[0]["buttons"] if name == "person"]
        self.assertEqual(sorted(offered), sorted([ANNA, CARLA, NOAH, OLGA, GUEST]))
        microsoft = Page(Client(self.sandbox).authorize().text)
        self.assertNotIn(ANNA, microsoft.text)

    def test_the_box_is_unticked(self):
        page = Page(self.pick(ANNA).text)
        self.assertIn("See and download your contacts", page.text)
        self.assertEqual(list(page.forms[0]["boxes"]), ["contacts.readonly"])
        self.assertNotIn("checked", page.forms[0]["boxes"]["contacts.readonly"])
        self.assertIn(("action", "cancel"), page.forms[0]["buttons"])

    def test_a_ticked_box_is_granted(self):
        back = self.consent()
        self.assertEqual(back.status, 302)
        self.assertTrue(back.location.startswith(REDIRECT + "/?"), back.location)
        sent = back.sent_back
        self.assertEqual((sent["state"], sent["iss"], sent["authuser"], sent["prompt"]),
                         ("state-1", self.sandbox.base, "0", "consent"))
        self.assertNotIn("hd", sent)
        self.assertEqual(set(sent["scope"].split()), {"openid", AUTH + "userinfo.email", CONTACTS})
        self.assertEqual(set(self.client.redeem(sent["code"]).json["scope"].split()), set(sent["scope"].split()))

    def test_an_unticked_box_is_not(self):
        sent = self.consent(tick=()).sent_back
        self.assertNotIn("contacts", sent["scope"])
        tokens = self.client.redeem(sent["code"]).json
        self.assertNotIn("contacts", tokens["scope"])
        self.assertIn("refresh_token", tokens)
        answer = People(self.client, tokens["access_token"]).connections()
        self.assert_error(answer, 403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        self.assertIn('error="insufficient_scope"', answer.headers["WWW-Authenticate"])

    def test_cancel_is_access_denied(self):
        for page in (Page(self.client.authorize().text), Page(self.pick(ANNA).text)):
            self.assertEqual(page.press(self.client, "action", "cancel").sent_back,
                             {"error": "access_denied", "state": "state-1"})

    def test_one_scope_alone_has_no_box(self):
        page = Page(self.pick(ANNA, scope=CONTACTS).text)
        self.assertEqual(page.forms[0]["boxes"], {})
        sent = page.press(self.client, "action", "continue").sent_back
        self.assertEqual(sent["scope"], CONTACTS)

    def test_nothing_ticked_of_two_is_a_refusal(self):
        back = self.consent(tick=(), scope=f"{CONTACTS} {OTHERS}")
        self.assertEqual(back.sent_back["error"], "access_denied")

    def test_who_consented_is_not_asked_again_and_gets_no_new_refresh_token(self):
        self.consent()
        sent = self.pick(ANNA, prompt=None).sent_back
        self.assertEqual(sent["prompt"], "none")
        self.assertNotIn("refresh_token", self.client.redeem(sent["code"]).json)
        self.assertIn("Permissions requested", self.pick(ANNA).text)

    def test_earlier_grants_are_folded_in_on_demand(self):
        self.consent()
        alone = self.consent(scope="openid email", include_granted_scopes="false", tick=()).sent_back
        self.assertNotIn("contacts", alone["scope"])
        folded = self.consent(scope="openid email", include_granted_scopes="true", tick=()).sent_back
        self.assertIn("contacts.readonly", folded["scope"])

    def test_a_workspace_account_says_its_domain(self):
        sent = self.consent(CARLA).sent_back
        self.assertEqual(sent["hd"], "studio.example")
        claims = claims_of(self.client.redeem(sent["code"]).json["id_token"])
        self.assertEqual((claims["hd"], claims["email"]), ("studio.example", CARLA))

    def test_hint_and_picker(self):
        self.assertIn("Permissions requested", self.client.authorize(login_hint=ANNA).text)
        self.assertIn("Choose an account",
                      self.client.authorize(login_hint=ANNA, prompt="select_account consent").text)
        self.assertIn("Choose an account", self.client.authorize(login_hint="worker@contoso.example").text)

    def test_silence(self):
        self.assertEqual(self.client.authorize(prompt="none").sent_back["error"], "login_required")
        self.assertEqual(self.client.authorize(prompt="none", login_hint=ANNA).sent_back["error"],
                         "interaction_required")
        self.consent()
        self.assertIn("code", self.client.authorize(prompt="none", login_hint=ANNA).sent_back)

    def test_what_is_wrong_stays_on_the_page(self):
        for changes, error, status in (
                ({"client_id": None}, "invalid_request", 400),
                ({"client_id": "unknown.example"}, "invalid_client", 401),
                ({"response_type": None}, "invalid_request", 400),
                ({"response_type": "token"}, "unsupported_response_type", 400),
                ({"redirect_uri": None}, "invalid_request", 400),
                ({"redirect_uri": "https://elsewhere.example/"}, "redirect_uri_mismatch", 400),
                ({"redirect_uri": "http://127.0.0.1.elsewhere.example/"}, "redirect_uri_mismatch", 400),
                ({"redirect_uri": "urn:ietf:wg:oauth:2.0:oob"}, "redirect_uri_mismatch", 400),
                ({"scope": None}, "invalid_request", 400),
                ({"scope": AUTH + "contacts.readonIy"}, "invalid_scope", 400),
                ({"code_challenge": "short"}, "invalid_request", 400),
                ({"code_challenge_method": "S512"}, "invalid_request", 400),
                ({"prompt": "login"}, "invalid_request", 400)):
            with self.subTest(**changes):
                self.assert_stays(self.client.authorize(**changes), error, status)

    def test_who_is_in_the_way_says_so_on_the_page(self):
        self.assert_stays(self.pick(OLGA), "admin_policy_enforced")
        self.assert_stays(self.pick(GUEST), "access_denied", 403)
        internal = "internal.apps.sandbox.example"
        self.assert_stays(self.pick(ANNA, client_id=internal), "org_internal", 403)
        self.assertIn("Permissions requested", self.pick(CARLA, client_id=internal).text)
        view = self.client.get(self.client.authorize_url(), User_Agent="Mozilla/5.0 (Linux; Android 14; wv)")
        self.assert_stays(view, "disallowed_useragent", 403)

    def test_a_form_made_up_grants_nothing(self):
        page = Page(self.pick(OLGA).text)
        flow = urllib.parse.parse_qs(urllib.parse.urlsplit(page.links["Choose another account"]).query)["flow"][0]
        answer = self.client.post_form("/signin/consent", {"flow": flow, "action": "continue"})
        self.assert_stays(answer, "admin_policy_enforced")

    def test_any_loopback_address_will_do(self):
        for redirect in ("http://127.0.0.1:1/", "http://[::1]:2", "http://localhost:3/signed-in?x=1"):
            with self.subTest(redirect):
                back = self.consent(redirect_uri=redirect)
                self.assertTrue(back.location.startswith(redirect), back.location)
                self.assertEqual(self.client.redeem(back.sent_back["code"], redirect_uri=redirect).status, 200)

    def test_pages_are_plain_and_shut(self):
        for answer in (self.client.authorize(), self.pick(ANNA), self.client.authorize(scope="<script>x</script>")):
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
            self.assertNotIn("<script", answer.text)
            self.assertIn("kith-sandbox: a rehearsal. Invented accounts, no real sign-in.", answer.text)


class Tokens(GoogleCase):
    options = ("--contacts", "5", "--auto", ANNA)

    def code(self, **changes):
        return self.client.authorize(**changes).sent_back["code"]

    def sign_in(self, **changes):
        return self.client.redeem(self.code(**changes)).json

    def test_the_answer(self):
        tokens = self.sign_in(nonce="n-1")
        self.assertEqual((tokens["expires_in"], tokens["token_type"]), (3599, "Bearer"))
        self.assertNotIn("refresh_token_expires_in", tokens)
        claims = claims_of(tokens["id_token"])
        self.assertEqual((claims["iss"], claims["aud"], claims["azp"], claims["nonce"], claims["email"]),
                         (self.sandbox.base, self.client.client_id, self.client.client_id, "n-1", ANNA))
        self.assertRegex(claims["sub"], r"^\d{21}$")
        self.assertTrue(claims["email_verified"])

    def test_the_secret_is_asked_for(self):
        self.assert_refused(self.client.redeem(self.code(), client_secret=None), "invalid_request",
                            "client_secret is missing.")
        self.assertEqual(self.client.redeem(self.code(), client_secret="wrong").status, 401)
        self.assert_refused(self.client.redeem(self.code(), client_id="nobody"), "invalid_client",
                            "The OAuth client was not found.", 401)

    def test_basic_takes_the_parameters_place(self):
        pair = base64.b64encode(f"{self.client.client_id}:{self.client.secret}".encode()).decode()
        answer = self.client.redeem(self.code(), {"Authorization": f"Basic {pair}"}, client_id=None, client_secret=None)
        self.assertEqual(answer.status, 200, answer.text)
        wrong = base64.b64encode(f"{self.client.client_id}:x".encode()).decode()
        self.assertEqual(self.client.redeem(self.code(), {"Authorization": f"Basic {wrong}"}).status, 401)

    def test_a_code_is_good_once_and_for_its_own_request(self):
        code = self.code()
        self.assertEqual(self.client.redeem(code).status, 200)
        self.assert_refused(self.client.redeem(code), "invalid_grant", "Bad Request")
        self.assert_refused(self.client.redeem(urllib.parse.quote(self.code(), safe="")), "invalid_grant",
                            "Malformed auth code.")
        self.assert_refused(self.client.redeem(self.code(), code_verifier=None), "invalid_grant",
                            "Missing code verifier.")
        self.assert_refused(self.client.redeem(self.code(), code_verifier="w" * 50), "invalid_grant",
                            "Invalid code verifier.")
        self.assert_refused(self.client.redeem(self.code(), redirect_uri=REDIRECT + "/"), "redirect_uri_mismatch",
                            "Bad Request")
        other = {"client_id": "internal.apps.sandbox.example", "client_secret": "not-a-secret-either"}
        self.assert_refused(self.client.redeem(self.code(), **other), "unauthorized_client", "Unauthorized", 401)

    def test_refreshing_keeps_the_refresh_token(self):
        tokens = self.sign_in()
        again = self.client.refresh(tokens["refresh_token"]).json
        self.assertNotIn("refresh_token", again)
        self.assertNotEqual(again["access_token"], tokens["access_token"])
        self.assertEqual(again["scope"], tokens["scope"])
        self.assertEqual(self.client.refresh(tokens["refresh_token"]).status, 200)
        self.assert_refused(self.client.refresh("sandbox-refresh-1-0"), "invalid_grant", "Bad Request")
        self.assert_refused(self.client.refresh(tokens["refresh_token"], grant_type="password"),
                            "unsupported_grant_type", "Invalid grant_type: password")

    def test_older_addresses_of_the_endpoint(self):
        fields = {"grant_type": "refresh_token", "refresh_token": self.sign_in()["refresh_token"],
                  "client_id": self.client.client_id, "client_secret": self.client.secret}
        for path in ("/oauth2/v4/token", "/o/oauth2/token"):
            self.assertEqual(self.client.post_form(path, fields).status, 200)

    def test_a_refresh_token_with_an_end(self):
        self.control("google", refresh_token_expires_in=1)
        tokens = self.sign_in()
        self.assertEqual(tokens["refresh_token_expires_in"], 1)
        deadline = time.monotonic() + 30
        while self.client.refresh(tokens["refresh_token"]).status == 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        self.assert_refused(self.client.refresh(tokens["refresh_token"]), "invalid_grant",
                            "Token has been expired or revoked.")

    def test_why_a_refresh_token_dies(self):
        tokens = self.sign_in()
        for why, error, words in (("expired", "invalid_grant", "Token has been expired or revoked."),
                                  ("bad-request", "invalid_grant", "Bad Request"),
                                  ("rapt", "invalid_grant", "reauth related error (invalid_rapt)"),
                                  ("deleted", "invalid_grant", "Account has been deleted"),
                                  ("disabled", "invalid_grant", "Account disabled")):
            with self.subTest(why):
                self.control("revoke", person=ANNA, why=why)
                answer = self.client.refresh(tokens["refresh_token"])
                self.assert_refused(answer, error, words)
                self.assertEqual(answer.json.get("error_subtype"), "invalid_rapt" if why == "rapt" else None)
        self.control("revoke", person=ANNA, why="none")
        self.assertEqual(self.client.refresh(tokens["refresh_token"]).status, 200)

    def test_a_grant_taken_back_by_the_person(self):
        tokens = self.sign_in()
        self.control("revoke", person=ANNA, token_life_s=3600)
        self.assert_refused(self.client.refresh(tokens["refresh_token"]), "invalid_grant",
                            "Token has been expired or revoked.")
        self.assertEqual(People(self.client, tokens["access_token"]).connections().status, 200)
        self.sign_in()
        self.assertEqual(self.client.refresh(tokens["refresh_token"]).status, 400)

    def test_a_grant_taken_back_by_the_program(self):
        for form in (True, False):
            tokens = self.sign_in()
            query = urllib.parse.urlencode({"token": tokens["access_token"]})
            answer = self.client.post_form("/revoke", {"token": tokens["refresh_token"]}) if form else \
                self.client.ask("POST", f"/revoke?{query}")
            self.assertEqual(answer.status, 200)
            self.assertEqual(self.client.refresh(tokens["refresh_token"]).status, 400)
            self.assert_error(People(self.client, tokens["access_token"]).connections(), 401, "UNAUTHENTICATED",
                              "ACCESS_TOKEN_EXPIRED")
        self.assert_refused(self.client.post_form("/revoke", {"token": "unknown"}), "invalid_token",
                            "Token expired or revoked")

    def test_a_hundred_refresh_tokens_and_no_more(self):
        tokens = [self.sign_in()["refresh_token"] for _ in range(101)]
        self.assertEqual(self.client.refresh(tokens[0]).status, 400)
        self.assertEqual(self.client.refresh(tokens[1]).status, 200)
        self.assertEqual(self.client.refresh(tokens[-1]).status, 200)

    def test_what_auto_does_can_be_told(self):
        self.control("consent", person=ANNA, do="leave-unticked")
        self.assertNotIn("contacts", self.sign_in()["scope"])
        self.control("consent", person=ANNA, do="cancel")
        self.assertEqual(self.client.authorize().sent_back["error"], "access_denied")
        self.control("consent", person=ANNA, do="tick")
        self.assertIn("contacts", self.sign_in()["scope"])

    def test_tokens_of_one_provider_mean_nothing_to_the_other(self):
        token = self.sign_in()["access_token"]
        self.assertEqual(self.client.get("/v1.0/me/contacts", Authorization=f"Bearer {token}").status, 401)
        self.assertEqual(self.client.get("/v1.0/me", Authorization=f"Bearer {token}").status, 401)

    def test_discovery_and_who_signed_in(self):
        document = self.client.get("/.well-known/openid-configuration").json
        self.assertEqual(document["issuer"], self.sandbox.base)
        self.assertEqual(document["token_endpoint"], self.sandbox.base + "/token")
        self.assertEqual(self.client.get(document["jwks_uri"]).json, {"keys": []})
        bearer = f"Bearer {self.sign_in()['access_token']}"
        answer = self.client.get(document["userinfo_endpoint"], Authorization=bearer)
        self.assertEqual((answer.json["email"], answer.json["email_verified"]), (ANNA, True))
        self.assertNotIn("name", answer.json)
        self.assertIn("id", self.client.get("/oauth2/v2/userinfo", Authorization=bearer).json)
        self.assertEqual(self.client.get(document["userinfo_endpoint"]).status, 401)

    def test_contacts_cannot_be_had_by_device(self):
        answer = self.client.post_form("/device/code", {"client_id": self.client.client_id, "scope": SCOPE})
        self.assert_refused(answer, "invalid_scope", f"Invalid device flow scope: {CONTACTS}")


class Device(GoogleCase):
    def poll(self, code):
        return self.client.token(grant_type="urn:ietf:params:oauth:grant-type:device_code", device_code=code)

    def begin(self):
        return self.client.post_form("/device/code", {"client_id": self.client.client_id, "scope": "openid email"}).json

    def test_a_person_types_the_code(self):
        begun = self.begin()
        self.assertRegex(begun["user_code"], r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")
        self.assertEqual((begun["expires_in"], begun["interval"]), (1800, 5))
        self.assert_refused(self.poll(begun["device_code"]), "authorization_pending", "Precondition Required", 428)
        self.assert_refused(self.poll(begun["device_code"]), "slow_down", "Forbidden", 403)
        picker = Page(self.client.post_form(begun["verification_url"], {"code": begun["user_code"]}).text)
        consent = Page(picker.press(self.client, "person", ANNA).text)
        self.assertEqual(consent.press(self.client, "action", "continue").status, 200)
        tokens = self.poll(begun["device_code"]).json
        self.assertEqual(claims_of(tokens["id_token"])["email"], ANNA)
        self.assertIn("refresh_token", tokens)
        self.assertEqual(self.poll(begun["device_code"]).json["error"], "invalid_grant")

    def test_a_person_declines(self):
        begun = self.begin()
        self.control("device", code=begun["device_code"], do="decline")
        self.assert_refused(self.poll(begun["device_code"]), "access_denied", "Forbidden", 403)


class PeopleCase(GoogleCase):
    options = ("--contacts", "1500", "--auto", ANNA)

    def setUp(self):
        super().setUp()
        self.people = self.sign_in()

    def sign_in(self, scope=SCOPE):
        code = self.client.authorize(scope=scope).sent_back["code"]
        return People(self.client, self.client.redeem(code).json["access_token"])


class Listing(PeopleCase):
    def test_everybody_comes_once(self):
        pages = list(self.people.pages(pageSize=1000, requestSyncToken="true"))
        self.assertEqual([len(page["connections"]) for page in pages], [1000, 500])
        names = {name_of(person) for page in pages for person in page["connections"]}
        self.assertEqual(len(names), 1500)
        self.assertNotIn("nextSyncToken", pages[0])
        self.assertNotIn("nextPageToken", pages[1])
        self.assertIn("nextSyncToken", pages[1])
        self.assertEqual({(page["totalItems"], page["totalPeople"]) for page in pages}, {(1500, 1500)})

    def test_sizes(self):
        for size, expected in ((None, 100), (0, 100), (7, 7), (1000, 1000)):
            page = self.people.connections(**({} if size is None else {"pageSize": size})).json
            self.assertEqual(len(page["connections"]), expected)
        self.assert_error(self.people.connections(pageSize=1001), 400, "INVALID_ARGUMENT")
        self.assert_error(self.people.connections(pageSize="many"), 400, "INVALID_ARGUMENT")

    def test_no_token_unless_it_is_asked_for(self):
        self.control("mailbox", person=ANNA, contacts=3)
        self.assertNotIn("nextSyncToken", self.people.connections().json)

    def test_an_empty_address_book_is_an_empty_object(self):
        self.control("mailbox", person=ANNA, contacts=0)
        self.assertEqual(self.people.connections().json, {})

    def test_the_mask_is_wanted_and_obeyed(self):
        self.assert_error(self.people.ask("people/me/connections"), 400, "INVALID_ARGUMENT")
        self.assert_error(self.people.connections(personFields="names,telephone"), 400, "INVALID_ARGUMENT")
        self.assert_error(self.people.connections(personFields="fileAses"), 400, "INVALID_ARGUMENT")
        page = self.people.connections(personFields="phoneNumbers", pageSize=500).json
        members = {member for person in page["connections"] for member in person}
        self.assertEqual(members, {"resourceName", "etag", "phoneNumbers"})

    def test_unknown_parameters_are_refused(self):
        self.assert_error(self.people.connections(page_size="3", pagesizes="4"), 400, "INVALID_ARGUMENT")

    def test_a_page_token_is_bound_to_its_question(self):
        token = self.people.connections(pageSize=10).json["nextPageToken"]
        self.assertEqual(self.people.connections(pageSize=10, pageToken=token).status, 200)
        for changed in ({"pageSize": 20}, {"personFields": "names"}, {"sources": "READ_SOURCE_TYPE_CONTACT"},
                        {"requestSyncToken": "true"}, {"sortOrder": "LAST_NAME_ASCENDING"}):
            with self.subTest(**changed):
                self.assert_error(self.people.connections(**{"pageSize": 10, "pageToken": token, **changed}), 400,
                                  "INVALID_ARGUMENT")
        self.assert_error(self.people.connections(pageSize=10, pageToken=token[:-1] + "x"), 400, "INVALID_ARGUMENT")

    def test_orders(self):
        page = self.people.connections(pageSize=1000, sortOrder="LAST_NAME_ASCENDING",
                                       sources="READ_SOURCE_TYPE_CONTACT").json
        latin = [name for name in (person["names"][0].get("familyName", "") for person in page["connections"]
                                   if "names" in person) if name.isascii()]
        self.assertEqual(latin, sorted(latin, key=str.lower))
        up = [person["metadata"]["sources"][0]["updateTime"][:19]
              for person in self.people.connections(pageSize=1000, sources="READ_SOURCE_TYPE_CONTACT").json["connections"]]
        self.assertEqual(up, sorted(up))
        self.assert_error(self.people.connections(sortOrder="LAST_MODIFIED_DESCENDING", requestSyncToken="true"), 400,
                          "INVALID_ARGUMENT")
        self.assert_error(self.people.connections(sortOrder="BY_SHOE_SIZE"), 400, "INVALID_ARGUMENT")

    def test_counting_can_lie(self):
        self.control("mailbox", person=ANNA, report_count=2147483648)
        self.assertEqual(self.people.connections().json["totalItems"], 2147483648)

    def test_compressed_only_for_those_who_say_so_twice(self):
        plain = self.people.ask("people/me/connections", {"personFields": "names"}, Accept_Encoding="gzip")
        self.assertNotIn("Content-Encoding", plain.headers)
        zipped = self.people.ask("people/me/connections", {"personFields": "names"}, Accept_Encoding="gzip",
                                 User_Agent="kith (gzip)")
        self.assertEqual(zipped.headers["Content-Encoding"], "gzip")
        self.assertEqual(zipped.json, plain.json)


class Persons(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = GoogleClient(cls.sandbox)
        tokens = client.redeem(client.authorize().sent_back["code"]).json
        people = People(client, tokens["access_token"])
        cls.merged, _ = people.everybody(personFields=ALL_FIELDS)
        cls.own, _ = people.everybody(personFields=ALL_FIELDS, sources="READ_SOURCE_TYPE_CONTACT")
        client.close()

    def elements(self, field):
        return [element for person in self.own for element in person.get(field, [])]

    def test_every_field_is_met(self):
        met = {field for person in self.merged for field in person}
        self.assertEqual(set(ALL_FIELDS.split(",")) - met, set())

    def test_names_are_the_numbers_of_their_sources(self):
        for person in self.own:
            source = person["metadata"]["sources"][0]
            self.assertEqual(name_of(person), f"people/c{int(source['id'], 16)}")
            self.assertTrue(source["etag"].startswith("#") and person["etag"].startswith("%"))
            self.assertRegex(source["updateTime"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")

    def test_at_most_one_element_is_the_primary_one_and_it_stands_anywhere(self):
        firsts = []
        for person in self.own:
            for field, elements in person.items():
                if not isinstance(elements, list):
                    continue
                self.assertTrue(elements, field)
                marks = [element["metadata"].get("primary", False) for element in elements]
                self.assertLessEqual(sum(marks), 1)
                if len(marks) > 1 and field != "memberships":
                    firsts.append(marks[0])
        self.assertIn(True, firsts)
        self.assertIn(False, firsts)

    def test_no_member_is_empty(self):
        def look(value):
            self.assertNotIn(value, ("", None, [], {}))
            for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
                look(inner)
        look(self.own)

    def test_numbers_have_a_canonical_form_where_the_server_can_tell(self):
        numbers = self.elements("phoneNumbers")
        canonical = [number["canonicalForm"] for number in numbers if "canonicalForm" in number]
        self.assertTrue(0 < len(canonical) < len(numbers))
        for form in canonical:
            self.assertRegex(form, r"^\+[1-9]\d{6,14}$")
        for number in numbers:
            if "canonicalForm" in number and number["value"].startswith("+") and "(0)" not in number["value"]:
                digits = "".join(c for c in number["value"].split("x")[0].split("e")[0] if c.isdigit())
                self.assertEqual(number["canonicalForm"], "+" + digits)

    def test_labels_of_ones_own_and_none(self):
        numbers = self.elements("phoneNumbers")
        shown = {number.get("type"): number.get("formattedType") for number in numbers}
        self.assertEqual((shown["workFax"], shown["workMobile"]), ("Work Fax", "Work Mobile"))
        self.assertEqual(shown["Ferienhaus"], "Ferienhaus")
        self.assertIn(None, shown)

    def test_birthdays_of_every_kind(self):
        birthdays = self.elements("birthdays")
        kinds = {("date" in day, "text" in day, tuple(sorted(day.get("date", {})))) for day in birthdays}
        self.assertIn((True, False, ("day", "month", "year")), kinds)
        self.assertIn((True, False, ("day", "month")), kinds)
        self.assertIn((True, False, ("year",)), kinds)
        self.assertIn((False, True, ()), kinds)
        self.assertNotIn(1604, {day.get("date", {}).get("year") for day in birthdays})

    def test_everybody_is_in_my_contacts_and_groups_exist(self):
        groups = {group["resourceName"] for page in self.people.pages("contactGroups") for group in page["contactGroups"]}
        for person in self.own:
            names = [m["contactGroupMembership"]["contactGroupResourceName"] for m in person["memberships"]]
            self.assertIn("contactGroups/myContacts", names)
            self.assertLessEqual(set(names), groups)

    def test_profiles_are_mixed_in_unless_only_contacts_are_read(self):
        def sources(persons):
            return {source["type"] for person in persons for source in person["metadata"]["sources"]}
        self.assertEqual(sources(self.own), {"CONTACT"})
        self.assertEqual(sources(self.merged), {"CONTACT", "PROFILE"})
        mixed = next(person for person in self.merged if len(person["metadata"]["sources"]) == 2)
        primary = next(name for name in mixed["names"] if name["metadata"].get("primary"))
        self.assertEqual(primary["metadata"]["source"]["type"], "PROFILE")

    def test_pictures(self):
        photo = next(photo for photo in self.elements("photos") if not photo.get("default"))
        for url in (photo["url"], photo["url"].replace("=s100", "=s400"), photo["url"].replace("=s100", "")):
            answer = self.client.get(url)
            self.assertEqual(answer.status, 200)
            self.assertTrue(answer.body.startswith(b"\xff\xd8\xff" if "jpeg" in answer.headers["Content-Type"] else b"\x89PNG"))
        self.assertEqual(self.client.get("/cm/nobody=s100").status, 404)

    def test_one_person_and_several(self):
        person = self.own[0]
        query = {"personFields": ALL_FIELDS, "sources": "READ_SOURCE_TYPE_CONTACT"}
        self.assertEqual(self.people.ask(name_of(person), query).json, person)
        names = [name_of(person) for person in self.own[:3]] + ["people/c5000000000000000000"]
        answer = self.people.ask("people:batchGet", {**query, "resourceNames": names}).json["responses"]
        self.assertEqual([part.get("person") for part in answer], self.own[:3] + [None])
        self.assertEqual(answer[3]["httpStatusCode"], 404)
        self.assert_error(self.people.ask("people/c5000000000000000000", query), 404, "NOT_FOUND")
        self.assert_error(self.people.ask("people/nonsense", query), 400, "INVALID_ARGUMENT")
        too_many = {**query, "resourceNames": [name_of(person) for person in self.own[:1]] * 61}
        self.assertEqual(len(self.people.ask("people:batchGet", too_many).json["responses"]), 61)

    def test_the_owner(self):
        owner = self.people.ask("people/me", {"personFields": "names,emailAddresses,photos,metadata"}).json
        self.assertEqual(owner["emailAddresses"][0]["value"], ANNA)
        self.assertNotIn("names", owner)  # profile was not asked for
        self.assertEqual(owner["metadata"]["sources"][0]["type"], "PROFILE")

    def test_the_same_seed_gives_the_same_people(self):
        with Sandbox("--contacts", "50", "--auto", ANNA) as again:
            client = GoogleClient(again)
            tokens = client.redeem(client.authorize().sent_back["code"]).json
            persons, _ = People(client, tokens["access_token"]).everybody(personFields="names,emailAddresses")
            client.close()
        known = {name_of(person): (person.get("names"), person.get("emailAddresses")) for person in self.merged}
        for person in persons:
            self.assertEqual(known[name_of(person)], (person.get("names"), person.get("emailAddresses")))


class Changes(PeopleCase):
    options = ("--contacts", "300", "--auto", ANNA)

    def test_exactly_what_changed(self):
        persons, token = self.people.everybody(personFields=FIELDS)
        before = {name_of(person): person for person in persons}
        self.control("change", person=ANNA, add=7, change=5, remove=3)
        changed, token = self.people.everybody(personFields=FIELDS, syncToken=token)
        removed = {name_of(person) for person in changed if is_removed(person)}
        live = {name_of(person): person for person in changed if not is_removed(person)}
        self.assertEqual((len(changed), len(removed)), (15, 3))
        self.assertEqual(sum(name not in before for name in live), 7)
        self.assertLessEqual(removed, set(before))
        for name in set(live) & set(before):
            self.assertNotEqual(live[name]["metadata"]["sources"][0]["etag"],
                                before[name]["metadata"]["sources"][0]["etag"])
            self.assertNotEqual(live[name]["biographies"], before[name].get("biographies"))
        after, _ = self.people.everybody(personFields=FIELDS)
        merged = {name: person for name, person in {**before, **live}.items() if name not in removed}
        self.assertEqual({name_of(person): person for person in after}, merged)
        nothing, _ = self.people.everybody(personFields=FIELDS, syncToken=token)
        self.assertEqual(nothing, [])

    def test_an_unchanged_round_is_one_small_request(self):
        _, token = self.people.everybody()
        answer = self.people.connections(requestSyncToken="true", pageSize=1000, syncToken=token)
        self.assertEqual(list(answer.json), ["nextSyncToken"])
        self.assertLess(len(answer.raw), 200)

    def test_a_new_name_is_told_with_the_old_one(self):
        persons, token = self.people.everybody()
        before = {name_of(person) for person in persons}
        self.control("change", person=ANNA, rename=2)
        self.control("change", person=ANNA, rename=300)
        changed, token = self.people.everybody(syncToken=token)
        self.assertFalse(any(is_removed(person) for person in changed))
        self.assertEqual(len(changed), 300)
        former = [name for person in changed for name in person["metadata"]["previousResourceNames"] if name in before]
        self.assertEqual(sorted(former), sorted(before))
        self.assert_error(self.people.ask(persons[0]["resourceName"], {"personFields": "names"}), 404, "NOT_FOUND")

    def test_a_round_of_several_pages_ends_where_it_began(self):
        _, token = self.people.everybody()
        self.control("change", person=ANNA, change=250)
        first = self.people.connections(requestSyncToken="true", pageSize=100, syncToken=token).json
        self.control("change", person=ANNA, remove=1)
        query = {"requestSyncToken": "true", "pageSize": 100, "syncToken": token}
        page, seen = first, list(first["connections"])
        while "nextPageToken" in page:
            page = self.people.connections(**query, pageToken=page["nextPageToken"]).json
            seen += page.get("connections", [])
        self.assertGreaterEqual(len({name_of(person) for person in seen}), 250)
        later, _ = self.people.everybody(syncToken=page["nextSyncToken"])
        self.assertEqual([is_removed(person) for person in later], [True])

    def test_a_sync_token_is_bound_to_its_question(self):
        _, token = self.people.everybody()
        self.assert_error(self.people.connections(syncToken=token, personFields="names"), 400, "INVALID_ARGUMENT")
        self.assert_error(self.people.connections(syncToken=token, sources="READ_SOURCE_TYPE_CONTACT"), 400,
                          "INVALID_ARGUMENT")
        self.assert_error(self.people.connections(syncToken="mangled"), 400, "INVALID_ARGUMENT")
        page = self.people.connections(pageSize=10).json["nextPageToken"]
        self.assert_error(self.people.connections(syncToken=page), 400, "INVALID_ARGUMENT")

    def test_tokens_end(self):
        _, token = self.people.everybody()
        groups = self.people.ask("contactGroups").json["nextSyncToken"]
        self.control("google", sync_token_life_s=0)
        self.assert_error(self.people.connections(syncToken=token), 400, "FAILED_PRECONDITION", "EXPIRED_SYNC_TOKEN")
        self.assert_error(self.people.ask("contactGroups", {"syncToken": groups}), 400, "FAILED_PRECONDITION",
                          "EXPIRED_SYNC_TOKEN")
        self.control("google", sync_token_life_s=604800)
        self.assertEqual(self.people.connections(syncToken=token).status, 200)
        self.control("mailbox", person=ANNA, contacts=300)
        self.assert_error(self.people.connections(syncToken=token), 400, "FAILED_PRECONDITION", "EXPIRED_SYNC_TOKEN")

    def test_other_contacts(self):
        self.control("mailbox", person=ANNA, folder_contacts=30)
        self.assert_error(self.people.ask("otherContacts", {"readMask": "names"}), 403, "PERMISSION_DENIED",
                          "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        people = self.sign_in(f"{SCOPE} {OTHERS}")
        page = people.ask("otherContacts", {"readMask": "names,metadata", "requestSyncToken": "true"}).json
        self.assertEqual((len(page["otherContacts"]), page["totalSize"]), (30, 30))
        self.assertTrue(name_of(page["otherContacts"][0]).startswith("otherContacts/c"))
        self.assertIn("nextSyncToken", page)
        self.assert_error(people.ask("otherContacts", {"readMask": "addresses"}), 400, "INVALID_ARGUMENT")
        both = {"readMask": "addresses", "sources": ["READ_SOURCE_TYPE_CONTACT", "READ_SOURCE_TYPE_PROFILE"]}
        self.assertEqual(people.ask("otherContacts", both).status, 200)

    def test_groups(self):
        pages = list(self.people.pages("contactGroups", pageSize=5))
        groups = [group for page in pages for group in page["contactGroups"]]
        self.assertEqual(len(groups), pages[0]["totalItems"])
        mine = next(group for group in groups if group["name"] == "myContacts")
        self.assertEqual((mine["memberCount"], mine["groupType"]), (300, "SYSTEM_CONTACT_GROUP"))
        self.assertNotIn("etag", mine)
        own = next(group for group in groups if group["groupType"] == "USER_CONTACT_GROUP")
        self.assertIn("updateTime", own["metadata"])
        self.assertNotIn("nextSyncToken", pages[0])
        changed = self.people.ask("contactGroups", {"syncToken": pages[-1]["nextSyncToken"]}).json
        self.assertNotIn("contactGroups", changed)
        self.control("change", person=ANNA, rename_groups=2)
        changed = self.people.ask("contactGroups", {"syncToken": changed["nextSyncToken"]}).json
        before = {group["resourceName"]: group["name"] for group in groups}
        self.assertEqual([group["name"] == before[group["resourceName"]] for group in changed["contactGroups"]],
                         [False, False])
        self.assertEqual(self.people.everybody(syncToken=self.people.everybody()[1])[0], [])
        members = self.people.ask(own["resourceName"], {"maxMembers": 1000}).json["memberResourceNames"]
        persons, _ = self.people.everybody(personFields="memberships")
        told = {name_of(person) for person in persons for m in person["memberships"]
                if m["contactGroupMembership"]["contactGroupResourceName"] == own["resourceName"]}
        self.assertEqual(set(members), told)
        self.assertEqual(own["memberCount"], len(told))
        batch = self.people.ask("contactGroups:batchGet", {"resourceNames": [own["resourceName"], "contactGroups/x"]}).json
        self.assertEqual([("contactGroup" in part) for part in batch["responses"]], [True, False])
        self.assert_error(self.people.ask("contactGroups", {"groupFields": "colour"}), 400, "INVALID_ARGUMENT")


class Faults(PeopleCase):
    options = ("--contacts", "300", "--auto", ANNA)
    LIST = "/v1/people/me/connections"

    def fault(self, do, path=LIST, **more):
        self.sandbox.no_faults()
        self.sandbox.fault(path=path, do=do, **more)

    def test_an_expired_sync_token_in_every_spelling(self):
        for code, status, canonical in ((None, None, "FAILED_PRECONDITION"), ("INVALID_ARGUMENT", None, "INVALID_ARGUMENT"),
                                        ("FAILED_PRECONDITION", 410, "FAILED_PRECONDITION")):
            told = {name: value for name, value in (("code", code), ("status", status)) if value}
            self.fault("gone", **told)
            answer = self.people.connections()
            self.assert_error(answer, status or 400, canonical, "EXPIRED_SYNC_TOKEN")
            self.assertIn("Sync token is expired", answer.json["error"]["message"])

    def test_both_kinds_of_429(self):
        self.fault("status", status=429, retry_after=7)
        answer = self.people.connections()
        self.assert_error(answer, 429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED")
        self.assertEqual(answer.headers["Retry-After"], "7")
        self.assertIn("per minute per user", answer.json["error"]["message"])
        self.fault("status", status=429, code="QUOTA_EXCEEDED")
        answer = self.people.connections()
        self.assert_error(answer, 429, "RESOURCE_EXHAUSTED")
        self.assertEqual(answer.json["error"]["details"][0]["violations"][0]["description"], "FBS quota limit exceeded")
        self.fault("status", status=403, code="RATE_LIMIT_EXCEEDED", body="legacy")
        error = self.people.connections().json["error"]
        self.assertEqual((error["code"], error["errors"][0]["reason"]), (403, "rateLimitExceeded"))
        self.assertNotIn("details", error)

    def test_refusals_with_their_reasons(self):
        for status, code, canonical in ((403, "SERVICE_DISABLED", "PERMISSION_DENIED"),
                                        (403, "USER_BLOCKED_BY_ADMIN", "PERMISSION_DENIED"),
                                        (401, "ACCESS_TOKEN_EXPIRED", "UNAUTHENTICATED"),
                                        (403, "SOMETHING_NEW", "PERMISSION_DENIED")):
            self.fault("status", status=status, code=code)
            self.assert_error(self.people.connections(), status, canonical, code)
        for status, canonical in ((404, "NOT_FOUND"), (500, "INTERNAL"), (503, "UNAVAILABLE")):
            self.fault("status", status=status)
            self.assert_error(self.people.connections(), status, canonical)
        self.fault("token-expired", times=1)
        self.assert_error(self.people.connections(), 401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED")
        self.fault("status", status=502, body="html")
        self.assertIn("text/html", self.people.connections().headers["Content-Type"])

    def test_spoilt_pages(self):
        whole = self.people.connections(pageSize=100).json["connections"]
        self.fault("drop-items")
        self.assertEqual(len(self.people.connections(pageSize=100).json["connections"]), 86)
        self.fault("repeat-items")
        self.assertEqual(len(self.people.connections(pageSize=100).json["connections"]), 114)
        self.fault("empty-page", times=1)
        page = self.people.connections(pageSize=100).json
        self.assertEqual(set(page) - {"totalItems", "totalPeople"}, {"nextPageToken"})
        self.assertEqual(self.people.connections(pageSize=100, pageToken=page["nextPageToken"]).json["connections"], whole)
        self.fault("loop")
        page = self.people.connections(pageSize=100).json
        again = self.people.connections(pageSize=100, pageToken=page["nextPageToken"]).json
        self.assertEqual(again["nextPageToken"], page["nextPageToken"])
        self.fault("truncate")
        with self.assertRaises(json.JSONDecodeError):
            _ = self.people.connections().json
        self.fault("wrong-type")
        self.assertIn("text/html", self.people.connections().headers["Content-Type"])

    def test_another_order_of_the_same_elements(self):
        query = {"personFields": "phoneNumbers", "pageSize": 300}
        usual = self.people.connections(**query).json["connections"]
        self.fault("shuffle")
        turned = self.people.connections(**query).json["connections"]
        self.assertNotEqual(turned, usual)

        def sorted_numbers(persons):
            return [sorted(json.dumps(number, sort_keys=True) for number in person.get("phoneNumbers", []))
                    for person in persons]
        self.assertEqual(sorted_numbers(turned), sorted_numbers(usual))

    def test_faults_of_the_sign_in(self):
        self.fault("status", "/token", status=400, code="invalid_grant", message="Account has been deleted")
        self.assert_refused(self.client.refresh("any"), "invalid_grant", "Account has been deleted")
        self.fault("status", "/token", status=503)
        self.assertEqual(self.client.refresh("any").status, 503)

    def test_a_quota_of_requests(self):
        self.control("mailbox", person=ANNA, max_requests=2)
        statuses = [self.people.connections().status for _ in range(4)]
        self.assertEqual(statuses[-1], 429)

    def test_the_administrator_has_turned_contacts_off(self):
        with Sandbox("--contacts", "3", "--auto", NOAH) as sandbox:
            client = GoogleClient(sandbox)
            self.addCleanup(client.close)
            token = client.redeem(client.authorize().sent_back["code"]).json["access_token"]
            self.assert_error(People(client, token).connections(), 403, "PERMISSION_DENIED", "USER_BLOCKED_BY_ADMIN")

    def test_without_a_token(self):
        self.assert_error(self.client.get(self.LIST), 401, "UNAUTHENTICATED", "CREDENTIALS_MISSING")
        answer = self.client.get(self.LIST, Authorization="Bearer nonsense")
        self.assert_error(answer, 401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED")
        self.assertIn("invalid_token", answer.headers["WWW-Authenticate"])

    def test_only_reading(self):
        answer = self.client.ask("POST", "/v1/people:createContact", "{}",
                                 {"Authorization": f"Bearer {self.people.token}"})
        self.assertEqual(answer.status, 404)
        answer = self.client.ask("DELETE", self.LIST, headers={"Authorization": f"Bearer {self.people.token}"})
        self.assert_error(answer, 501, "UNIMPLEMENTED")

    def test_the_log_knows_who_and_how_many(self):
        self.people.connections()
        entry = [request for request in self.sandbox.requests() if request["path"].startswith(self.LIST)][-1]
        self.assertEqual((entry["person"], entry["status"], entry["under_way"]), (ANNA, 200, 1))


class Both(unittest.TestCase):
    def test_one_person_of_each_provider_answers_by_itself(self):
        with Sandbox("--contacts", "3", "--auto", "worker@contoso.example", "--auto", CARLA) as sandbox:
            microsoft, google = Client(sandbox), GoogleClient(sandbox)
            self.addCleanup(microsoft.close)
            self.addCleanup(google.close)
            self.assertIn("access_token", microsoft.sign_in())
            claims = claims_of(google.redeem(google.authorize().sent_back["code"]).json["id_token"])
            self.assertEqual(claims["email"], CARLA)

    def test_where_only_one_answers_the_others_pages_are_clicked(self):
        with Sandbox("--contacts", "3", "--auto", ANNA) as sandbox:
            microsoft = Client(sandbox)
            self.addCleanup(microsoft.close)
            self.assertIn("Choose an account", microsoft.authorize().text)

    def test_a_sign_in_with_one_goes_on_at_that_one_only(self):
        with Sandbox("--contacts", "3") as sandbox:
            microsoft, google = Client(sandbox), GoogleClient(sandbox)
            self.addCleanup(microsoft.close)
            self.addCleanup(google.close)
            for begun, address in ((google, "/common/login"), (microsoft, "/signin/choose")):
                flow = Page(begun.authorize().text).forms[0]["hidden"]["flow"]
                answer = begun.post_form(address, {"flow": flow, "action": "cancel"})
                self.assertEqual(answer.status, 400)
                self.assertIn("This page is too old", answer.text)
