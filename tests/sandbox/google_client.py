# SPDX-License-Identifier: MIT
"""google_client.py - what the tests of the sandbox's Google half share: signing in, and asking the People API."""
import urllib.parse

from sandbox_client import Client, VERIFIER, challenge_of

ANNA = "anna@gmail.example"
CARLA = "carla@studio.example"
NOAH = "noah@studio.example"
OLGA = "olga@strict.example"
GUEST = "guest@gmail.example"
AUTH = "https://www.googleapis.com/auth/"
CONTACTS = AUTH + "contacts.readonly"
OTHERS = AUTH + "contacts.other.readonly"
SCOPE = f"openid email {CONTACTS}"
REDIRECT = "http://127.0.0.1:53682"
FIELDS = ("names,nicknames,emailAddresses,phoneNumbers,addresses,organizations,birthdays,events,urls,photos,"
          "biographies,relations,imClients,sipAddresses,userDefined,memberships,metadata,externalIds,miscKeywords,"
          "genders,occupations,locations,calendarUrls")
ALL_FIELDS = FIELDS + ",ageRanges,clientData,coverPhotos,interests,locales,skills"


class GoogleClient(Client):
    def __init__(self, sandbox):
        super().__init__(sandbox)
        self.client_id = sandbox.ready["google.client_id"]
        self.secret = sandbox.ready["google.client_secret"]

    def authorize_url(self, **changes):
        query = {"client_id": self.client_id, "response_type": "code", "redirect_uri": REDIRECT, "scope": SCOPE,
                 "state": "state-1", "code_challenge": challenge_of(VERIFIER), "code_challenge_method": "S256",
                 "access_type": "offline", "prompt": "consent"}
        query.update(changes)
        query = {name: value for name, value in query.items() if value is not None}
        return f"/o/oauth2/v2/auth?{urllib.parse.urlencode(query)}"

    def authorize(self, **changes):
        return self.get(self.authorize_url(**changes))

    def token(self, headers=None, **fields):
        fields = {"client_id": self.client_id, "client_secret": self.secret, **fields}
        return self.post_form("/token", {name: value for name, value in fields.items() if value is not None},
                              **(headers or {}))

    def redeem(self, code, headers=None, **changes):
        return self.token(headers, **{"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
                                      "code_verifier": VERIFIER, **changes})

    def refresh(self, token, **changes):
        return self.token(**{"grant_type": "refresh_token", "refresh_token": token, **changes})


class People:
    """The People API with an access token."""

    def __init__(self, client, token):
        self.client, self.token = client, token

    def ask(self, path, query=None, **headers):
        query = f"?{urllib.parse.urlencode(query, doseq=True)}" if query else ""
        return self.client.get(f"/v1/{path}{query}", Authorization=f"Bearer {self.token}", **headers)

    def connections(self, **query):
        return self.ask("people/me/connections", {"personFields": "names,metadata", **query})

    def pages(self, path="people/me/connections", **query):
        query = query if path == "contactGroups" or "readMask" in query else {"personFields": "names,metadata", **query}
        while True:
            page = self.ask(path, query).json
            yield page
            if "nextPageToken" not in page:
                return
            query["pageToken"] = page["nextPageToken"]

    def everybody(self, **query):
        """All persons, and the last page's sync token."""
        persons, page = [], {}
        for page in self.pages(**{"requestSyncToken": "true", "pageSize": 1000, **query}):
            persons += page.get("connections", [])
        return persons, page.get("nextSyncToken")


def name_of(person):
    return person["resourceName"]


def is_removed(person):
    return person["metadata"].get("deleted", False)
