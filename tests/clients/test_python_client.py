# SPDX-License-Identifier: MIT
"""Google's client for Python, as Debian packages it, against the sandbox: nothing changed but the addresses.

google-auth-oauthlib signs in with a listener of its own, googleapiclient is made from the description of the API that
the sandbox serves. Where the packages are not installed there is nothing to run.
"""
import os
import threading
import unittest
import urllib.request

from kith_harness import Sandbox

try:
    from google.auth.exceptions import RefreshError
    from google.auth.transport.requests import Request
    from google_auth_oauthlib.flow import InstalledAppFlow
    from googleapiclient.discovery import build
    from googleapiclient.errors import HttpError
    MISSING = ""
except ImportError as error:
    MISSING = str(error)

ANNA = "anna@gmail.example"
CONTACTS = "https://www.googleapis.com/auth/contacts.readonly"
SCOPES = ["openid", "https://www.googleapis.com/auth/userinfo.email", CONTACTS]


@unittest.skipIf(MISSING, MISSING)
class PythonClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # What the library asks for before it speaks without TLS; loopback needs none.
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
        os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # what is granted may be less than what was asked for
        os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"
        cls.sandbox = Sandbox("--contacts", "1234", "--auto", ANNA)

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.close()

    def setUp(self):
        self.sandbox.call("POST", "/sandbox/reset", {})

    def sign_in(self):
        base = self.sandbox.base
        flow = InstalledAppFlow.from_client_config({"installed": {
            "client_id": self.sandbox.ready["google.client_id"],
            "client_secret": self.sandbox.ready["google.client_secret"],
            "auth_uri": f"{base}/o/oauth2/v2/auth", "token_uri": f"{base}/token", "redirect_uris": ["http://localhost"],
        }}, SCOPES)
        browser = Browser()
        credentials = flow.run_local_server(port=0, open_browser=False, prompt="consent",
                                            authorization_prompt_message=browser)
        browser.join()
        return credentials

    def people(self, credentials):
        # A client of this age fetches the description each time.
        return build("people", "v1", credentials=credentials, cache_discovery=False,
                     discoveryServiceUrl=f"{self.sandbox.base}/$discovery/rest?version={{apiVersion}}")

    def everybody(self, people, **more):
        persons, page = [], {"nextPageToken": None}
        while "nextPageToken" in page:
            page = people.people().connections().list(
                resourceName="people/me", personFields="names,phoneNumbers,metadata", pageSize=500,
                requestSyncToken=True, pageToken=page["nextPageToken"], **more).execute()
            persons += page.get("connections", [])
        return persons, page["nextSyncToken"]

    def test_signs_in_pages_and_syncs(self):
        people = self.people(self.sign_in())
        persons, token = self.everybody(people)
        names = {person["resourceName"] for person in persons}
        self.assertEqual((len(persons), len(names)), (1234, 1234))
        self.sandbox.call("POST", "/sandbox/change", {"person": ANNA, "add": 7, "change": 5, "remove": 3})
        changed, token = self.everybody(people, syncToken=token)
        live = [person for person in changed if not person["metadata"].get("deleted")]
        self.assertEqual(len(changed) - len(live), 3)
        self.assertEqual(sum(person["resourceName"] not in names for person in live), 7)
        self.assertEqual(sum(person["resourceName"] in names for person in live), 5)
        self.assertEqual(self.everybody(people, syncToken=token)[0], [])

    def test_groups_and_single_people(self):
        people = self.people(self.sign_in())
        groups = people.contactGroups().list(pageSize=1000).execute()["contactGroups"]
        self.assertIn("Choir", [group["name"] for group in groups])
        name = people.contactGroups().get(resourceName="contactGroups/myContacts", maxMembers=1).execute()
        member = name["memberResourceNames"][0]
        person = people.people().get(resourceName=member, personFields="names").execute()
        self.assertEqual(person["resourceName"], member)

    def test_refreshes_until_the_grant_is_taken_back(self):
        credentials = self.sign_in()
        before = credentials.token
        credentials.refresh(Request())
        self.assertNotEqual(credentials.token, before)
        self.sandbox.call("POST", "/sandbox/revoke", {"person": ANNA, "token_life_s": 0})
        with self.assertRaises(RefreshError) as refused:
            credentials.refresh(Request())
        self.assertIn("invalid_grant", str(refused.exception))

    def test_an_error_is_read_as_googles(self):
        people = self.people(self.sign_in())
        self.sandbox.fault(path="/v1/people/me/connections", do="status", status=403, code="SERVICE_DISABLED")
        with self.assertRaises(HttpError) as refused:
            self.everybody(people)
        self.assertEqual(refused.exception.resp.status, 403)
        self.assertIn("People API is disabled", str(refused.exception))


class Browser:
    """Opens the address that the library prints, as a person's browser would."""

    def __init__(self):
        self.thread = None

    def format(self, url):
        self.thread = threading.Thread(target=self.open, args=(url,))
        self.thread.start()
        return "# the address was opened"  # the library prints it, and TAP allows remarks

    @staticmethod
    def open(url):
        with urllib.request.urlopen(url, timeout=30) as answer:  # follows the redirect to the library's listener
            answer.read()

    def join(self):
        self.thread.join(30)


if __name__ == "__main__":
    unittest.main()
