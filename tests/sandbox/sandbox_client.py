# SPDX-License-Identifier: MIT
"""sandbox_client.py - a small HTTP client that sees everything: status, headers, raw bytes, redirects not followed."""
import base64
import gzip
import hashlib
import html.parser
import http.client
import json
import pathlib
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

WORKER = "worker@contoso.example"
ADMIN = "admin@contoso.example"
MANAGED = "managed@locked.example"
UNLICENSED = "unlicensed@contoso.example"
PERSONAL = "someone@outlook.example"
SCOPE = "openid profile offline_access User.Read Contacts.Read"
REDIRECT = "http://localhost:53682"
VERIFIER = "v" * 20 + "-._~" + "E" * 30


def challenge_of(verifier):
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.raw = response.read()
        zipped = response.headers.get("Content-Encoding") == "gzip"
        self.body = gzip.decompress(self.raw) if zipped else self.raw

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def location(self):
        return self.headers.get("Location", "")

    @property
    def sent_back(self):
        """The parameters of a redirect's query."""
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.location).query, keep_blank_values=True))


class Client:
    """Keeps one connection, as browsers and importers do."""

    def __init__(self, sandbox):
        self.client_id = sandbox.ready["microsoft.client_id"]
        self.port = sandbox.ready["port"]
        self.base = sandbox.base
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def close(self):
        self.connection.close()

    def ask(self, method, target, body=None, headers=None):
        if target.startswith(self.base):
            target = target[len(self.base):]
        self.connection.request(method, target, body, headers or {})
        return Answer(self.connection.getresponse())

    def get(self, target, **headers):
        return self.ask("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post_form(self, target, fields, **headers):
        head = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", target, urllib.parse.urlencode(fields), head)

    def post_json(self, target, document, **headers):
        return self.ask("POST", target, json.dumps(document), {"Content-Type": "application/json", **headers})

    # --- Signing in ---

    def authorize_url(self, tenant="common", **changes):
        query = {"client_id": self.client_id, "response_type": "code", "redirect_uri": REDIRECT, "scope": SCOPE,
                 "state": "state-1", "code_challenge": challenge_of(VERIFIER), "code_challenge_method": "S256"}
        query.update(changes)
        query = {name: value for name, value in query.items() if value is not None}
        return f"/{tenant}/oauth2/v2.0/authorize?{urllib.parse.urlencode(query)}"

    def authorize(self, tenant="common", **changes):
        return self.get(self.authorize_url(tenant, **changes))

    def redeem(self, code, tenant="common", **changes):
        fields = {"grant_type": "authorization_code", "client_id": self.client_id, "code": code,
                  "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        fields.update(changes)
        fields = {name: value for name, value in fields.items() if value is not None}
        return self.post_form(f"/{tenant}/oauth2/v2.0/token", fields)

    def refresh(self, token, **changes):
        fields = {"grant_type": "refresh_token", "client_id": self.client_id, "refresh_token": token, **changes}
        return self.post_form("/common/oauth2/v2.0/token", fields)

    def sign_in(self, **changes):
        """With --auto, or with consent given before: the token answer's members."""
        return self.redeem(self.authorize(**changes).sent_back["code"]).json


class Graph:
    """Requests with an access token."""

    def __init__(self, client, token):
        self.client = client
        self.token = token

    def get(self, target, **headers):
        return self.client.get(target, Authorization=f"Bearer {self.token}", **headers)

    def post(self, target, document):
        return self.client.post_json(target, document, Authorization=f"Bearer {self.token}")

    def pages(self, target, **headers):
        while target:
            page = self.get(target, **headers).json
            yield page
            target = page.get("@odata.nextLink")

    def everything(self, target, **headers):
        return [item for page in self.pages(target, **headers) for item in page["value"]]


class Page(html.parser.HTMLParser):
    """What a person can do on a page: forms with their buttons, links, boxes."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.words = [], {}, []
        self.link = self.skip = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append({"action": attributes["action"], "hidden": {}, "buttons": [], "boxes": {}})
        elif tag == "input" and attributes.get("type") == "hidden":
            self.forms[-1]["hidden"][attributes["name"]] = attributes.get("value", "")
        elif tag == "input" and attributes.get("type") == "checkbox":
            self.forms[-1]["boxes"][attributes["name"]] = attributes
        elif tag == "button" and "name" in attributes:
            self.forms[-1]["buttons"].append((attributes["name"], attributes.get("value", "")))
        elif tag == "a":
            self.link = attributes["href"]
        elif tag in ("style", "script"):
            self.skip = tag

    def handle_endtag(self, tag):
        self.link = None if tag == "a" else self.link
        self.skip = None if tag == self.skip else self.skip

    def handle_data(self, data):
        if self.skip:
            return
        self.words.append(data)
        if self.link:
            self.links[data.strip()] = self.link

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def press(self, client, name, value, **more):
        """Send the form that has this button."""
        form = next(form for form in self.forms if (name, value) in form["buttons"])
        return client.post_form(form["action"], {**form["hidden"], name: value, **more})
