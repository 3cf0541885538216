# SPDX-License-Identifier: MIT
"""Google from the command line: sign-in, import, refresh, and each failure by id, exit code and words.

kith asks the sandbox through a front that can answer in its place: Google's errors differ in one word of their body.
"""
import http.client
import threading
import urllib.parse
import urllib.request

from kith_harness import *
from local_server import LocalServer

ANNA = "anna@gmail.example"
CONTACTS = "https://www.googleapis.com/auth/contacts.readonly"
LISTING = "/v1/people/me/connections"


class Front(LocalServer):
    """Stands before the sandbox. A rule answers in its place, or changes its answer, so many times."""

    def __init__(self, upstream):
        self.upstream = urllib.parse.urlsplit(upstream).netloc
        self.rules, self.asked, self.lock = [], [], threading.Lock()
        self.under_way = self.most = 0
        super().__init__(self.answer)

    def rule(self, path, status=200, body=None, times=10**9, after=0, change=None, cut=False, headers=(),
             kind="application/json; charset=UTF-8"):
        text = body if isinstance(body, str) else json.dumps(body if body is not None else {})
        self.rules.append(dict(path=path, status=status, text=text.encode(), times=times, after=after, change=change,
                               cut=cut, headers=headers, kind=kind))

    def error(self, path, status, reason=None, **more):
        self.rule(path, status, error(status, reason), **more)

    def no_rules(self):
        with self.lock:
            self.rules, self.asked, self.most = [], [], 0

    def paths(self):
        return [urllib.parse.urlsplit(target).path for target, _ in self.asked]

    def choose(self, target):
        for rule in self.rules:
            if not target.startswith(rule["path"]) or rule["times"] == 0:
                continue
            if rule["after"] > 0:
                rule["after"] -= 1
                continue
            rule["times"] -= 1
            return rule
        return None

    def answer(self, request, body):
        with self.lock:
            self.asked.append((request.path, body.decode()))
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            rule = self.choose(request.path)
        try:
            if rule and rule["cut"]:
                request.close_connection = True
            elif rule and not rule["change"]:
                self.send(request, rule["status"], rule["text"], rule["kind"], rule["headers"])
            else:
                status, text, kind = self.ask(request, body)
                if rule:
                    text = json.dumps(rule["change"](json.loads(text))).encode()
                self.send(request, status, text, kind)
        except OSError:
            request.close_connection = True  # kith has gone
        finally:
            with self.lock:
                self.under_way -= 1

    def ask(self, request, body):
        headers = {name: value for name, value in request.headers.items()
                   if name.lower() not in ("host", "accept-encoding", "connection", "content-length")}
        connection = http.client.HTTPConnection(self.upstream, timeout=60)
        connection.request(request.command, request.path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, text, answer.headers.get("Content-Type", "")

    @staticmethod
    def send(request, status, text, kind, headers=()):
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(text)))
        for name, value in headers:
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(text)


def error(status, reason=None, message="", canonical="", details=()):
    info = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}] if reason else []
    return {"error": {"code": status, "message": message, "status": canonical, "details": [*info, *details]}}


class KeepLocation(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def last_address(url):
    """Where a browser on another machine ends: it cannot reach the listener here."""
    opener = urllib.request.build_opener(KeepLocation)
    for _ in range(10):
        try:
            opener.open(url, timeout=30)
        except urllib.error.HTTPError as answer:
            url = urllib.parse.urljoin(url, answer.headers["Location"])
        if "code=" in url and "state=" in url and "redirect_uri" not in url:
            return url
    raise AssertionError("the sign-in did not end: " + url)


def query_of(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


class GoogleCase(SandboxCase):
    options = ("--contacts", "300", "--auto", ANNA)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.front = Front(cls.sandbox.base)

    @classmethod
    def tearDownClass(cls):
        cls.front.close()
        super().tearDownClass()

    def setUp(self):
        self.front.no_rules()
        super().setUp()

    def new_home(self):
        home = super().new_home()
        for key in ("people", "oauth2"):
            self.assertEqual(home.run("config", "set", "google." + key, self.front.base).code, 0)
        return home

    def google(self, *options, home=None, **more):
        return (home or self.home).sign_in(*options, provider="google", **more)

    def signed_in(self, *options, home=None):
        result = self.google(*options, home=home)
        self.assertEqual(result.code, 0, result)
        return result

    def accounts(self):
        return self.home.run("accounts", "--json").json["accounts"]


class SignIn(GoogleCase):
    options = ("--contacts", "20", "--auto", ANNA)

    def test_the_account_is_called_by_its_address(self):
        result = self.signed_in()
        self.assertIn(f"{ANNA} is signed in as “home”", result.err)
        self.assertIn("Tick the box for contacts on Google’s page", result.err)
        (account,) = self.accounts()
        self.assertEqual((account["source"], account["name"], account["identity"]), ("google", "home", ANNA))
        self.assertEqual(account["contacts"], 20)

    def test_the_address_asks_for_no_more_than_it_must(self):
        asked = query_of(self.signed_in("--no-import").url)
        self.assertEqual(asked["scope"], "openid email " + CONTACTS)
        self.assertEqual(asked["code_challenge_method"], "S256")
        self.assertEqual(asked["access_type"], "offline")
        self.assertEqual(asked["include_granted_scopes"], "false")
        self.assertEqual(asked["prompt"], "consent select_account")
        self.assertTrue(asked["redirect_uri"].startswith("http://127.0.0.1:"), asked)
        self.assertNotIn("client_secret", asked)

    def test_an_answer_of_another_machine_is_pasted(self):
        process = self.home.start("sign-in", "google", "--no-browser", "--no-import", "--name", "mine")
        url = process.stdout.readline().decode().strip()
        _, err = process.communicate(last_address(url).encode() + b"\n", timeout=60)
        self.assertEqual(process.returncode, 0, err)
        self.assertEqual(self.accounts()[0]["name"], "mine")

    def without_contacts(self):
        self.front.rule("/token", change=lambda answer: {**answer, "scope": "openid email"}, times=1)

    def test_an_unticked_box_is_noticed_at_once(self):
        self.without_contacts()
        failure = self.assert_failure(self.google("--json"), "permission-missing", 12)
        self.assertEqual(failure["sentence"], "Nothing was imported. The box for contacts was not ticked on Google’s page.")
        self.assertEqual(failure["command"], "kith sign-in google")
        self.assertEqual(self.accounts(), [])
        self.assertEqual(self.front.paths(), ["/token", "/revoke"])  # nothing of it is left there either

    def on_the_page(self, do):
        self.sandbox.call("POST", "/sandbox/consent", {"person": ANNA, "do": do})
        self.addCleanup(self.sandbox.call, "POST", "/sandbox/consent", {"person": ANNA, "do": "tick"})

    def test_a_box_that_stays_unticked_on_the_page(self):
        self.on_the_page("leave-unticked")
        self.assert_failure(self.google("--json"), "permission-missing", 12)
        assert_documented("permission-missing", how="the box for contacts is left unticked at Google", result=self.google())
        self.assertEqual(self.accounts(), [])

    def test_cancelled_on_the_page(self):
        self.on_the_page("cancel")
        self.assert_failure(self.google("--json"), "signin-cancelled", 10)

    def test_an_unticked_box_leaves_an_account_that_works(self):
        self.signed_in()
        self.front.no_rules()
        self.without_contacts()
        self.assert_failure(self.google("--json"), "permission-missing", 12)
        self.assertNotIn("/revoke", self.front.paths())
        self.assertEqual(self.home.run("refresh").code, 0)

    def test_declined_there(self):
        def decline(url):
            asked = query_of(url)
            fetch(asked["redirect_uri"] + "/?error=access_denied&state=" + asked["state"])

        failure = self.assert_failure(self.google("--json", answer=decline), "signin-cancelled", 10)
        self.assertIn("You declined on Google’s page", failure["sentence"])
        assert_documented("signin-cancelled", how="the person declines at Google", result=self.google(answer=decline))

    def test_the_same_person_is_the_same_account(self):
        self.signed_in("--no-import")
        self.signed_in("--no-import", "--name", "other")
        self.assertEqual([account["name"] for account in self.accounts()], ["other"])

    def test_a_second_name_is_made_unique(self):
        self.signed_in("--no-import", "--name", "work")
        self.assertEqual(self.accounts()[0]["name"], "work")

    def test_again_keeps_the_contacts(self):
        self.signed_in()
        before = self.home.names()
        process = self.home.start("sign-in", "--again", "home", "--no-browser", "--no-import")
        url = process.stdout.readline().decode().strip()
        self.assertEqual(query_of(url)["login_hint"], ANNA)
        self.assertEqual(query_of(url)["prompt"], "consent")
        fetch(url)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)
        self.assertEqual(self.home.names(), before)

    def test_no_client_id_and_no_secret_are_named(self):
        for key, word in (("client_secret", "SECRET"), ("client_id", "ID")):
            self.home.run("config", "set", "google." + key)
            result = self.home.run("sign-in", "google", "--json")
            failure = self.assert_failure(result, "not-configured", 19)
            self.assertIn(f"the setting google.{key} is missing", failure["sentence"])
            self.assertEqual(failure["command"], f"kith config set google.{key} {word}")
            self.assertEqual(failure["setting"], "google." + key)
        assert_documented("not-configured", how="no client id is set for Google", result=self.home.run("sign-in", "google"))

    def test_a_wrong_secret_is_named(self):
        for body, setting in (({"error": "invalid_client", "error_description": "Unauthorized"}, "client_secret"),
                              ({"error": "invalid_request", "error_description": "client_secret is missing."}, "client_secret"),
                              ({"error": "invalid_client", "error_description": "The OAuth client was not found."}, "client_id")):
            self.front.no_rules()
            self.front.rule("/token", 401, body)
            failure = self.assert_failure(self.google("--json"), "not-configured", 19)
            self.assertEqual(failure["setting"], "google." + setting)
        assert_documented("not-configured", how="Google does not know the client id", result=self.google())

    def test_the_secret_is_not_told(self):
        secret = "tell-nobody"
        self.home.run("config", "set", "google.client_secret", secret)
        self.home.env["KITH_DEBUG"] = "http,signin,fetch"
        result = self.google("-v")
        listed = self.home.run("config", "list", "--json")
        got = self.home.run("config", "get", "google.client_secret")
        for text in (result.out, result.err, listed.out, got.out):
            self.assertNotIn(secret, text)
        self.assertIn("(set)", listed.out)
        refused = self.home.run("config", "set", "google.client_secret", "no good")
        self.assertEqual(refused.code, 2)
        self.assertNotIn("no good", refused.err)

    def test_a_device_code_is_refused_with_its_reason(self):
        result = self.home.run("sign-in", "google", "--device-code")
        self.assertEqual(result.code, 2)
        self.assertIn("Google gives no contacts for a device code", result.err)
        self.assertIn("--no-browser", result.err)

    def test_a_provider_nobody_knows(self):
        result = self.home.run("sign-in", "gogle")
        self.assertEqual(result.code, 2)
        self.assertIn("kith sign-in google", result.err)

    def test_signing_out_gives_the_sign_in_back(self):
        self.signed_in()
        result = self.home.run("sign-out", "home", "--keep-contacts")
        self.assertEqual(result.code, 0, result)
        self.assertEqual(self.front.asked[-1][0], "/revoke")
        self.assertTrue(self.front.asked[-1][1].startswith("token="))
        self.assertEqual(self.home.count(), 20)
        self.assert_failure(self.home.run("import", "home", "--json"), "signin-needed", 9)

    def test_signing_out_needs_no_network(self):
        self.signed_in()
        self.home.run("config", "set", "google.oauth2", "http://127.0.0.1:9")
        self.assertEqual(self.home.run("sign-out", "home").code, 0)
        self.assertEqual(self.accounts(), [])

    def test_status_says_what_is_missing(self):
        self.assertTrue(self.home.run("status", "--json").json["status"]["google_ready"])
        self.home.run("config", "set", "google.client_secret")
        self.assertFalse(self.home.run("status", "--json").json["status"]["google_ready"])
        self.assertIn("google.client_secret", self.home.run("status").out)


class Many(GoogleCase):
    options = ("--contacts", "10000", "--auto", ANNA)

    def test_ten_thousand_in_eleven_requests(self):
        result = self.signed_in("--json").lines[-1]["result"]
        self.assertEqual((result["reported"], result["imported"], result["added"]), (10000, 10000, 10000))
        self.assertEqual(self.front.paths().count(LISTING), 10)
        self.assertEqual(result["requests"], 11)
        self.assertLessEqual(self.front.most, 4)
        self.assertTrue(all(self.home.names()))

    def test_a_refresh_tells_what_changed_and_equals_an_import(self):
        self.addCleanup(self.sandbox.call, "POST", "/sandbox/mailbox", {"person": ANNA, "contacts": 10000})
        self.home.run("config", "set", "import.limit", "0")
        self.signed_in()
        self.sandbox.call("POST", "/sandbox/change", {"person": ANNA, "add": 7, "change": 5, "remove": 3})
        self.front.no_rules()
        result = self.home.run("refresh", "--json").lines[-1]["accounts"][0]["result"]
        self.assertEqual((result["added"], result["changed"], result["removed"]), (7, 5, 3), result)
        self.assertTrue(result["by_changes"])
        self.assertLessEqual(len(self.front.asked), 2)
        anew = self.new_home()
        anew.run("config", "set", "import.limit", "0")
        self.signed_in(home=anew)
        self.assertEqual(self.home.export(), anew.export())

    def test_nothing_changed_costs_two_requests(self):
        self.signed_in()
        self.front.no_rules()
        result = self.home.run("refresh", "--json").lines[-1]["accounts"][0]["result"]
        self.assertEqual((result["added"], result["changed"], result["removed"], result["unchanged"]), (0, 0, 0, 10000))
        self.assertLessEqual(len(self.front.asked), 2)

    def test_an_import_again_finds_everything_as_it_is(self):
        self.signed_in()
        result = self.home.run("import", "home", "--json").lines[-1]["result"]
        self.assertEqual((result["added"], result["changed"], result["removed"], result["unchanged"]), (0, 0, 0, 10000))

    def test_the_limit_is_kept_and_told(self):
        self.home.run("config", "set", "import.limit", "1500")
        result = self.signed_in()
        self.assertIn("1,500 of 10,000", result.out + result.err)
        self.assertEqual(self.home.count(), 1500)
        self.assertEqual(self.front.paths().count(LISTING), 2)


EXPIRED = "Sync token is expired. Clear local cache and retry call without the sync token."


class Tokens(GoogleCase):
    def setUp(self):
        super().setUp()
        self.signed_in()
        self.before = self.home.export()
        self.front.no_rules()

    def refresh(self):
        result = self.home.run("refresh", "--json")
        self.assertEqual(result.code, 0, result)
        return result

    def assert_begins_anew(self):
        result = self.refresh()
        self.assertIn("again", [line.get("event") for line in result.lines])
        outcome = result.lines[-1]["accounts"][0]["result"]
        self.assertTrue(outcome["again"], outcome)
        self.assertEqual(outcome["unchanged"], 300)
        self.assertEqual(self.home.export(), self.before)
        self.front.no_rules()
        self.assertTrue(self.refresh().lines[-1]["accounts"][0]["result"]["by_changes"])  # with the new token

    def test_expired_by_itself(self):
        self.sandbox.call("POST", "/sandbox/google", {"sync_token_life_s": 1})
        self.addCleanup(self.sandbox.call, "POST", "/sandbox/google", {"sync_token_life_s": 7 * 24 * 3600})
        self.home.run("import", "home")
        time.sleep(2.1)
        outcome = self.refresh().lines[-1]["accounts"][0]["result"]
        self.assertTrue(outcome["again"], outcome)
        self.assertEqual(self.home.export(), self.before)

    def test_people_of_another_name_are_here_once(self):
        self.addCleanup(self.sandbox.call, "POST", "/sandbox/mailbox", {"person": ANNA, "contacts": 300})
        self.sandbox.call("POST", "/sandbox/change", {"person": ANNA, "rename": 4})
        outcome = self.refresh().lines[-1]["accounts"][0]["result"]
        self.assertTrue(outcome["by_changes"])
        self.assertEqual(self.home.count(), 300)
        anew = self.new_home()
        self.signed_in(home=anew)
        self.assertEqual(self.home.export(), anew.export())

    def test_expired_however_it_is_said(self):
        for status, body in ((400, error(400, "EXPIRED_SYNC_TOKEN", canonical="FAILED_PRECONDITION")),
                             (400, error(400, "EXPIRED_SYNC_TOKEN", canonical="INVALID_ARGUMENT")),
                             (410, error(410, "EXPIRED_SYNC_TOKEN", EXPIRED)),
                             (400, error(400, None, EXPIRED, "FAILED_PRECONDITION"))):
            with self.subTest(status=status, body=body):
                self.front.no_rules()
                self.front.rule(LISTING, status, body, times=1)
                self.assert_begins_anew()

    def assert_refused(self):
        result = self.home.run("refresh", "--json")
        self.assertEqual(result.code, 22, result)
        self.assertEqual(result.lines[-1]["accounts"][0]["error"]["id"], "service")

    def test_expired_is_not_followed_for_ever(self):
        self.front.error(LISTING, 400, "EXPIRED_SYNC_TOKEN")
        self.assert_refused()
        self.assertLessEqual(self.front.paths().count(LISTING), 2)
        self.assertEqual(self.home.export(), self.before)

    def test_a_failed_precondition_is_no_expired_token(self):
        self.front.rule(LISTING, 400, error(400, None, "etag", "FAILED_PRECONDITION"), times=1)
        self.assert_refused()
        self.assertEqual(self.front.paths().count(LISTING), 1)

    def test_a_group_of_another_name_reaches_everybody_in_it(self):
        self.front.rule("/v1/contactGroups", change=lambda answer: {**answer, "contactGroups": [
            {**group, "name": group["name"] + " anew", "formattedName": group["formattedName"] + " anew"}
            if group["groupType"] == "USER_CONTACT_GROUP" else group for group in answer["contactGroups"]]})
        result = self.refresh().lines[-1]["accounts"][0]["result"]
        self.assertGreater(result["changed"], 0)
        self.assertFalse(result["by_changes"])
        kinds = {item["value"] for contact in self.home.export() for item in contact.get("items", [])
                 if item.get("kind") == "category"}
        self.assertTrue(any(name.endswith(" anew") for name in kinds), kinds)

    def test_a_person_with_many_addresses_is_asked_for_alone(self):
        def addresses(person, n):
            person["metadata"]["sources"][0]["etag"] = "#many"
            return {**person, "emailAddresses": [{"value": f"{i:03}@many.example"} for i in range(n)]}

        def cut_first(answer):
            first, *others = answer["connections"]
            return {**answer, "connections": [addresses(first, 100), *others]}

        self.front.rule(LISTING, change=cut_first)
        self.front.rule("/v1/people/c", change=lambda person: addresses(person, 130))
        result = self.home.run("import", "home", "--json").lines[-1]["result"]
        self.assertEqual((result["changed"], result["partial"]), (1, 0))
        self.assertEqual(sum(path.startswith("/v1/people/c") for path in self.front.paths()), 1)
        self.assertIn(130, [len(contact.get("emails", [])) for contact in self.home.export()])

    def test_a_person_who_is_gone_when_asked_for_alone_stays_as_listed(self):
        many = [{"value": f"{i:03}@many.example"} for i in range(100)]
        self.front.rule(LISTING, change=lambda answer: {**answer, "connections": [
            {**person, "emailAddresses": many} for person in answer["connections"][:1]] + answer["connections"][1:]})
        self.front.error("/v1/people/c", 404)
        self.assertEqual(self.home.run("import", "home").code, 0)

    @staticmethod
    def but_for_their_version(contacts):
        return sorted(({**contact, "change_key": ""} for contact in contacts), key=lambda contact: contact["source_id"])

    def test_shuffled_lists_change_nothing(self):
        def shuffle(answer):
            for person in answer.get("connections", []):
                for name, value in person.items():
                    if isinstance(value, list):
                        value.reverse()
                for source in person["metadata"]["sources"]:
                    source["etag"] = "#another"  # so that it is written once more
            return answer

        self.front.rule(LISTING, change=shuffle)
        self.assertEqual(self.home.run("import", "home", "--json").lines[-1]["result"]["changed"], 300)
        self.assertEqual(self.but_for_their_version(self.home.export()), self.but_for_their_version(self.before))


class Failures(GoogleCase):
    options = ("--contacts", "2500", "--auto", ANNA)

    def setUp(self):
        super().setUp()
        self.signed_in()
        self.before = self.home.names()
        self.front.no_rules()

    def fails(self, failure_id, code, *words, how=""):
        failure = self.assert_failure(self.home.run("import", "home", "--json"), failure_id, code)
        if how:
            assert_documented(failure_id, how=how, result=self.home.run("import", "home"))
        for word in words:
            self.assertIn(word, failure["sentence"])
        self.assertEqual(self.home.names(), self.before)
        return failure

    def works(self):
        result = self.home.run("import", "home", "--json")
        self.assertEqual(result.code, 0, result)
        self.assertEqual(self.home.names(), self.before)
        return result

    def test_a_refused_access_token_is_replaced_without_a_word(self):
        self.front.error(LISTING, 401, "ACCESS_TOKEN_EXPIRED", times=1)
        self.works()
        self.assertIn("/token", self.front.paths())

    def test_access_tokens_refused_for_ever(self):
        self.front.error(LISTING, 401, "ACCESS_TOKEN_EXPIRED")
        failure = self.fails("signin-needed", 9, "Google wants you to sign in to “home” again. Its 2,500 contacts",
                             how="Google refuses each access token that it gives")
        self.assertEqual(failure["command"], "kith sign-in --again home")

    def refused(self, body):
        self.front.error(LISTING, 401, times=1)
        self.front.rule("/token", 400, body)

    def test_the_permission_was_taken_back(self):
        self.refused({"error": "invalid_grant", "error_description": "Token has been expired or revoked."})
        failure = self.fails("permission-removed", 13, "“home” no longer lets kith read its contacts. The 2,500")
        self.assertEqual(failure["remedy"], "sign-in-again")

    def test_the_grant_is_gone_at_the_provider(self):
        self.sandbox.call("POST", "/sandbox/revoke", {"person": ANNA, "token_life_s": 0})
        self.fails("permission-removed", 13, how="the consent is taken back at Google")

    def test_a_workspace_wants_to_see_the_person_again(self):
        self.refused({"error": "invalid_grant", "error_subtype": "invalid_rapt", "error_description": "reauth"})
        self.fails("signin-needed", 9)

    def test_a_sign_in_that_was_given_for_a_time_has_ended(self):
        self.front.rule("/token", change=lambda answer: {**answer, "refresh_token_expires_in": 1}, times=1)
        self.signed_in("--no-import")
        time.sleep(1.1)
        self.refused({"error": "invalid_grant", "error_description": "Token has been expired or revoked."})
        self.fails("signin-needed", 9)

    def test_the_permission_does_not_reach(self):
        self.front.error(LISTING, 403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        self.fails("permission-removed", 13)

    def test_an_administrator_has_blocked_it(self):
        for reason in ("USER_BLOCKED_BY_ADMIN", "ORG_RESTRICTION_VIOLATION"):
            self.front.no_rules()
            self.front.error(LISTING, 403, reason)
            self.fails("permission-removed", 13, "An administrator of gmail.example no longer lets kith read",
                       how="an administrator blocks kith at Google after it worked")

    def test_an_administrator_has_blocked_it_from_the_start(self):
        home = self.new_home()
        self.front.error(LISTING, 403, "USER_BLOCKED_BY_ADMIN")
        result = self.google("--json", home=home)
        failure = self.assert_failure(result, "permission-missing", 12)
        self.assertIn("An administrator of gmail.example does not allow kith", failure["sentence"])
        assert_documented("permission-missing", how="an administrator has blocked kith at Google",
                          result=self.google(home=self.new_home()))

    def test_the_service_is_switched_off(self):
        link = "https://console.example/enable?project=1"
        body = error(403, "SERVICE_DISABLED", details=[{"links": [{"description": "on", "url": link}]}])
        self.front.rule(LISTING, 403, body)
        failure = self.fails("not-configured", 19, "switched off", how="the People API is switched off for the client id")
        self.assertEqual(failure["link"], link)
        self.assertEqual(failure["title"], "kith cannot read contacts at Google yet")

    def test_the_application_is_suspended(self):
        self.front.error(LISTING, 403, "CONSUMER_SUSPENDED")
        self.fails("not-configured", 19, "google.client_id", how="Google has suspended the application")

    def test_throttled_once_in_each_way(self):
        for status, body in ((429, error(429, "RATE_LIMIT_EXCEEDED")),
                             (403, {"error": {"code": 403, "errors": [{"reason": "userRateLimitExceeded"}]}})):
            self.front.no_rules()
            self.front.rule(LISTING, status, body, times=1, headers=[("Retry-After", "1")])
            result = self.works()
            self.assertIn("waiting", [line["event"] for line in result.lines])

    def test_throttled_for_hours(self):
        self.front.rule(LISTING, 429, error(429, "RATE_LIMIT_EXCEEDED"), headers=[("Retry-After", "7200")])
        self.assertIn("retry_at", self.fails("throttled", 20, how="Google asks for a pause of two hours"))

    def test_the_quota_of_whole_listings(self):
        details = [{"violations": [{"subject": "QUOTA_EXCEEDED", "description": "FBS quota limit exceeded"}]}]
        self.front.rule(LISTING, 429, error(429, details=details))
        self.assertIn("retry_at", self.fails("throttled", 20))
        self.assertEqual(self.front.paths().count(LISTING), 1)

    def test_unavailable_once_and_for_long(self):
        self.front.rule(LISTING, 503, times=1, headers=[("Retry-After", "1")])
        self.works()
        self.front.rule(LISTING, 503, headers=[("Retry-After", "1")])
        self.fails("service", 22)

    def test_not_found(self):
        self.front.error(LISTING, 404)
        self.fails("service", 22)

    def test_a_web_page_instead_of_contacts(self):
        self.front.rule(LISTING, 200, "<html>", kind="text/html", after=1, times=1)
        self.works()
        self.front.rule(LISTING, 200, "<html>", kind="text/html", after=1)
        self.fails("service", 22)

    def test_a_forbidding_web_page_is_no_crash(self):
        self.front.rule(LISTING, 502, "<html>", kind="text/html", times=1)
        self.works()

    def test_damaged_answers(self):
        self.front.rule(LISTING, 200, '{"connections":[{"resourceName":"peop', after=1, times=1)
        self.works()
        self.front.rule(LISTING, 200, '{"connections":[{"resourceName":"peop', after=1)
        self.fails("service", 22, how="Google’s answers end in the middle")

    def test_cut_answers(self):
        self.front.rule(LISTING, cut=True, after=1, times=1)
        self.works()
        self.front.rule(LISTING, cut=True, after=1)
        self.fails("offline", 21)

    def test_no_network(self):
        self.home.run("config", "set", "google.people", "http://127.0.0.1:9")
        self.fails("offline", 21)

    def test_more_than_can_be(self):
        self.front.rule(LISTING, change=lambda answer: {**answer, "totalItems": 2147483648})
        self.fails("too-many-contacts", 15, "2,147,483,648", how="Google reports one contact more than can be")
        self.assertEqual(self.front.paths().count(LISTING), 2)  # once for each run

    def test_a_page_that_is_no_longer_known_has_everything_read_again(self):
        self.front.rule(LISTING, 400, error(400, None, "Invalid page token", "INVALID_ARGUMENT"), after=1, times=1)
        self.assertTrue(self.works().lines[-1]["result"]["again"])
        self.front.rule(LISTING + "?", 400, error(400, None, "Invalid page token", "INVALID_ARGUMENT"), after=1, times=1)
        self.front.rule(LISTING + "?", 400, error(400, None, "Invalid page token", "INVALID_ARGUMENT"), after=1)
        self.fails("service", 22)

    def test_pages_that_lead_in_a_circle(self):
        self.front.rule(LISTING, 200, {"nextPageToken": "round"})
        self.fails("service", 22)
        self.assertLessEqual(self.front.paths().count(LISTING), 3)

    def test_pages_that_never_end(self):
        counter = iter(range(10**6))
        self.front.rule(LISTING, change=lambda _: {"nextPageToken": f"p{next(counter)}", "totalItems": 10})
        self.fails("service", 22)
        self.assertLess(self.front.paths().count(LISTING), 150)

    def test_empty_pages_in_between_are_read_over(self):
        pages = []

        def split(answer):
            if "nextPageToken" in answer and not pages:
                pages.append(answer)
                return {"nextPageToken": answer["nextPageToken"], "totalItems": answer["totalItems"]}
            return {**answer, "connections": (pages.pop()["connections"] if pages else []) + answer["connections"]}

        self.front.rule(LISTING, change=split)
        self.works()

    def test_interrupted(self):
        self.front.rule(LISTING, 429, error(429, "RATE_LIMIT_EXCEEDED"), headers=[("Retry-After", "60")])
        process = self.home.start("import", "home")
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 18, err)
        self.assertEqual(self.home.names(), self.before)


if __name__ == "__main__":
    unittest.main()
