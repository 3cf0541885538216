# SPDX-License-Identifier: MIT
"""The sandbox as Microsoft Graph: contacts, folders, paging, counting, change tracking, batches, photos."""
import json
import pathlib
import re
import sys
import time
import unittest
import urllib.parse
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from sandbox_client import *  # noqa: E402
from kith_harness import Sandbox  # noqa: E402

ALL_MEMBERS = """createdDateTime lastModifiedDateTime changeKey categories parentFolderId birthday fileAs displayName
givenName initials middleName nickName surname title yomiGivenName yomiSurname yomiCompanyName generation imAddresses
jobTitle companyName department officeLocation profession businessHomePage assistantName manager homePhones mobilePhone
businessPhones spouseName personalNotes children emailAddresses homeAddress businessAddress otherAddress""".split()


class GraphCase(unittest.TestCase):
    options = ("--contacts", "2345", "--auto", WORKER)

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
        self.graph = Graph(self.client, self.client.sign_in()["access_token"])

    def assert_error(self, answer, status, code):
        self.assertEqual(answer.status, status, answer.body)
        error = answer.json["error"]
        self.assertEqual(error["code"], code)
        self.assertRegex(error["innerError"]["request-id"], "^[0-9a-f-]{36}$")
        self.assertEqual(answer.headers["request-id"], error["innerError"]["request-id"])

    def mailbox(self, **members):
        return self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, **members})

    def change(self, **members):
        return self.sandbox.call("POST", "/sandbox/change", {"person": WORKER, **members})


class Lists(GraphCase):
    def test_pages_of_ten_unless_asked_otherwise(self):
        page = self.graph.get("/v1.0/me/contacts").json
        self.assertEqual(len(page["value"]), 10)
        self.assertEqual(page["@odata.nextLink"], self.sandbox.base + "/v1.0/me/contacts?$skip=10")
        self.assertRegex(page["@odata.context"], r"/v1\.0/\$metadata#users\('[0-9a-f-]+'\)/contacts$")

    def test_all_contacts_come_once_by_following_links(self):
        ids = [c["id"] for c in self.graph.everything("/v1.0/me/contacts?$top=500&$select=displayName")]
        self.assertEqual((len(ids), len(set(ids))), (2345, 2345))

    def test_top_is_capped_and_links_carry_every_option(self):
        page = self.graph.get("/v1.0/me/contacts?$top=5000&$select=displayName,surname&$count=true").json
        self.assertEqual((len(page["value"]), page["@odata.count"]), (1000, 2345))
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page["@odata.nextLink"]).query))
        self.assertEqual(query, {"$top": "5000", "$select": "displayName,surname", "$count": "true", "$skip": "1000"})
        self.mailbox(top_cap=999)
        self.assertEqual(len(self.graph.get("/v1.0/me/contacts?$top=1000").json["value"]), 999)
        self.assertEqual(len(self.graph.get("/v1.0/me/contacts", Prefer="odata.maxpagesize=50").json["value"]), 50)

    def test_the_last_page_has_no_link(self):
        page = self.graph.get("/v1.0/me/contacts?$top=100&$skip=2300").json
        self.assertEqual(len(page["value"]), 45)
        self.assertNotIn("@odata.nextLink", page)
        self.assertEqual(self.graph.get("/v1.0/me/contacts?$skip=99999").json["value"], [])

    def test_counting(self):
        answer = self.graph.get("/v1.0/me/contacts/$count")
        self.assertEqual((answer.text, answer.headers["Content-Type"]), ("2345", "text/plain"))
        self.mailbox(report_count=2147483648)
        self.assertEqual(self.graph.get("/v1.0/me/contacts/$count").text, "2147483648")
        self.assertEqual(self.graph.get("/v1.0/me/contacts?$count=true&$top=1").json["@odata.count"], 2147483648)
        self.mailbox(contacts=7)
        self.assertEqual(self.graph.get("/v1.0/me/contacts/$count").text, "7")

    def test_notes_are_as_long_as_they_are_asked_for(self):
        self.mailbox(contacts=200, note_bytes=32768)
        lengths = [len(contact["personalNotes"].encode()) for contact in self.graph.everything("/v1.0/me/contacts?$top=100")]
        self.assertEqual(len(lengths), 200)
        self.assertGreater(sum(32765 <= length <= 32768 for length in lengths), 190)
        self.mailbox(note_bytes=0)
        notes = [contact.get("personalNotes") for contact in self.graph.everything("/v1.0/me/contacts?$top=100")]
        self.assertGreater(sum(not note for note in notes), 100)

    def test_groups_are_counted_and_never_listed(self):
        self.mailbox(contacts=97, groups=13)
        page = self.graph.get("/v1.0/me/contacts?$top=50&$count=true").json
        self.assertEqual(page["@odata.count"], 110)
        self.assertLess(len(page["value"]), 50)
        self.assertTrue(page["@odata.nextLink"].endswith("$skip=50"))
        self.assertEqual(len({c["id"] for c in self.graph.everything("/v1.0/me/contacts?$top=50")}), 97)

    def test_gzip_says_the_same(self):
        plain = self.graph.get("/v1.0/me/contacts?$top=200")
        zipped = self.graph.get("/v1.0/me/contacts?$top=200", Accept_Encoding="gzip, deflate")
        again = self.graph.get("/v1.0/me/contacts?$top=200", Accept_Encoding="gzip")
        self.assertEqual(zipped.headers["Content-Encoding"], "gzip")
        self.assertLess(len(zipped.raw), len(plain.raw) / 3)
        self.assertEqual(plain.json, zipped.json)
        self.assertEqual(again.raw, zipped.raw)
        self.assertIsNone(plain.headers["Content-Encoding"])

    def test_select(self):
        for contact in self.graph.get("/v1.0/me/contacts?$select=displayName,birthday").json["value"]:
            self.assertLessEqual(set(contact), {"@odata.etag", "id", "displayName", "birthday"})
        self.assert_error(self.graph.get("/v1.0/me/contacts?$select=shoeSize"), 400, "RequestBroker--ParseUri")

    def test_orderby(self):
        names = [c.get("displayName") or "" for c in self.graph.everything(
            "/v1.0/me/contacts?$top=700&$select=displayName&$orderby=displayName")]
        self.assertEqual(len(names), 2345)
        lowered = [name.encode().lower() for name in names]
        self.assertEqual(lowered, sorted(lowered))
        first = self.graph.get("/v1.0/me/contacts?$top=1&$select=displayName&$orderby=displayName%20desc").json
        self.assertEqual(first["value"][0]["displayName"], names[-1])
        self.assert_error(self.graph.get("/v1.0/me/contacts?$orderby=emailAddresses"), 400, "ErrorInvalidUrlQuery")

    def test_filter_by_address(self):
        contact = next(c for c in self.graph.everything("/v1.0/me/contacts?$top=500") if c["emailAddresses"])
        address = contact["emailAddresses"][0]["address"]
        found = self.graph.get("/v1.0/me/contacts?$filter=" + urllib.parse.quote(
            f"emailAddresses/any(a:a/address eq '{address}')")).json["value"]
        self.assertIn(contact["id"], [c["id"] for c in found])
        self.assert_error(self.graph.get("/v1.0/me/contacts?$filter=surname%20ne%20null"), 400, "ErrorInvalidUrlQuery")

    def test_numbers_that_are_none(self):
        for query in ("$top=0", "$top=-1", "$top=many", "$skip=x"):
            self.assert_error(self.graph.get(f"/v1.0/me/contacts?{query}"), 400, "ErrorInvalidUrlQuery")

    def test_paths_in_any_case_and_by_address(self):
        for path in ("/V1.0/Me/CONTACTS", f"/v1.0/users/{WORKER}/contacts", "/v1.0/Users/WORKER%40contoso.example/Contacts"):
            self.assertEqual(len(self.graph.get(path + "?$TOP=3").json["value"]), 3, path)
        self.assert_error(self.graph.get(f"/v1.0/users/{ADMIN}/contacts"), 403, "ErrorAccessDenied")
        self.assert_error(self.graph.get("/v1.0/me/messages"), 400, "BadRequest")

    def test_headers_that_programs_use(self):
        answer = self.graph.get("/v1.0/me", client_request_id="mine-1")
        self.assertEqual(answer.headers["client-request-id"], "mine-1")
        self.assertRegex(answer.headers["request-id"], "^[0-9a-f-]{36}$")
        self.assertTrue(answer.headers["Date"] and answer.headers["x-ms-ags-diagnostic"])
        self.assertEqual(answer.json["mail"], WORKER)
        self.assertNotIn("mail", self.graph.get("/v1.0/me?$select=id,displayName").json)


class Contacts(GraphCase):
    def test_ids_are_long_and_alike_and_immutable_ones_short(self):
        classic = [c["id"] for c in self.graph.get("/v1.0/me/contacts?$top=50").json["value"]]
        stable = [c["id"] for c in self.graph.get("/v1.0/me/contacts?$top=50", Prefer='IdType="ImmutableId"').json["value"]]
        self.assertEqual({len(i) for i in classic}, {152})
        self.assertEqual({len(i) for i in stable}, {72})
        self.assertEqual(len({i[:130] for i in classic}), 1)
        for some_id in (classic[7], stable[7]):
            self.assertEqual(self.graph.get("/v1.0/me/contacts/" + urllib.parse.quote(some_id)).json["id"], classic[7])
        self.assert_error(self.graph.get("/v1.0/me/contacts/" + classic[7].swapcase()), 400, "ErrorInvalidIdMalformed")
        pairs = self.graph.post("/v1.0/me/translateExchangeIds", {
            "inputIds": classic[:2], "sourceIdType": "restId", "targetIdType": "restImmutableEntryId"}).json["value"]
        self.assertEqual([p["targetId"] for p in pairs], stable[:2])

    def test_a_contact_looks_like_graphs(self):
        contacts = self.graph.everything("/v1.0/me/contacts?$top=1000")
        for contact in contacts:
            self.assertLessEqual(set(contact) - {"@odata.etag", "id"}, set(ALL_MEMBERS))
            self.assertEqual(contact["@odata.etag"], f'W/"{contact["changeKey"]}"')
            for entry in contact["emailAddresses"]:
                self.assertRegex(entry.get("address", "a@b.example"), r"\.example$|^/o=")
        whole = [c for c in contacts if len(c) == len(ALL_MEMBERS) + 2]
        self.assertGreater(len(whole), len(contacts) * 0.9)
        self.assertLess(len(whole), len(contacts))
        size = sum(len(json.dumps(c, ensure_ascii=False).encode()) for c in contacts) / len(contacts)
        self.assertTrue(1100 < size < 1800, size)

    def test_the_odd_ones_are_there(self):
        contacts = self.graph.everything("/v1.0/me/contacts?$top=1000")
        nameless = [c for c in contacts if not c.get("displayName")]
        self.assertTrue(0 < len(nameless) < len(contacts) * 0.05)
        birthdays = {re.sub(r"^\d{4}-\d\d-\d\d", "", c["birthday"]) for c in contacts if c.get("birthday")}
        self.assertEqual(birthdays, {"", "T00:00:00Z", "T08:00:00Z", "T11:59:00Z", "T22:00:00Z", "T23:00:00Z"})
        self.assertTrue(any("\r\n" in (c.get("personalNotes") or "") for c in contacts))
        self.assertTrue(any(e.get("address") is None for c in contacts for e in c["emailAddresses"]))
        self.assertTrue(any(c.get("yomiSurname") for c in contacts))
        self.assertTrue(any(c["fileAs"] == "" for c in contacts if "fileAs" in c))
        scripts = "".join(c.get("displayName") or "" for c in contacts)
        for letter in "Жя", "Ωω", "山", "민", "م", "א", "ी", "ก", "ე", "Հ":
            self.assertTrue(any(character in scripts for character in letter), letter)

    def test_the_same_seed_invents_the_same_people(self):
        here = self.graph.get("/v1.0/me/contacts?$top=30").json["value"]
        for seed, same in ((1, True), (2, False)):
            with Sandbox("--contacts", "30", "--auto", WORKER, "--seed", str(seed)) as other:
                client = Client(other)
                there = Graph(client, client.sign_in()["access_token"]).get("/v1.0/me/contacts?$top=30").json["value"]
                client.close()
            self.assertEqual(here == there, same)

    def test_extended_properties_come_on_demand(self):
        ids = ["String 0x3A24", "Boolean {00062004-0000-0000-C000-000000000046} Id 0x8015", "String 0x001A", "String 0x9999"]
        expand = "singleValueExtendedProperties($filter=" + " or ".join(f"id eq '{i}'" for i in ids) + ")"
        contacts = self.graph.everything("/v1.0/me/contacts?$top=500&$select=displayName&$expand=" + urllib.parse.quote(expand))
        values = [{p["id"]: p["value"] for p in c["singleValueExtendedProperties"]} for c in contacts]
        self.assertEqual({v["String 0x001a"] for v in values}, {"IPM.Contact"})
        self.assertTrue(0 < sum("String 0x3a24" in v for v in values) < len(values) / 2)
        self.assertFalse(any("0x9999" in i for v in values for i in v))
        self.assert_error(self.graph.get("/v1.0/me/contacts?$expand=photo"), 400, "ExpandNotSupported")

    def test_photos(self):
        flag = "Boolean {00062004-0000-0000-C000-000000000046} Id 0x8015"
        expand = urllib.parse.quote(f"singleValueExtendedProperties($filter=id eq '{flag}')")
        contacts = self.graph.get(f"/v1.0/me/contacts?$top=500&$select=id&$expand={expand}").json["value"]
        has = [c["id"] for c in contacts if c["singleValueExtendedProperties"][0]["value"] == "true"]
        hasnt = [c["id"] for c in contacts if c["id"] not in has]
        self.assertTrue(20 < len(has) < 100)
        types = set()
        for contact in has:
            answer = self.graph.get(f"/v1.0/me/contacts/{contact}/photo/$value")
            types.add(answer.headers["Content-Type"])
            if answer.headers["Content-Type"] == "image/jpeg":
                self.assertEqual((answer.body[:3], answer.body[-2:]), (b"\xff\xd8\xff", b"\xff\xd9"))
            else:
                self.assertEqual(answer.body[:8], b"\x89PNG\r\n\x1a\n")
                at = answer.body.index(b"IDAT")
                length = int.from_bytes(answer.body[at - 4:at], "big")
                self.assertEqual(len(zlib.decompress(answer.body[at + 4:at + 4 + length])), 240 * (1 + 3 * 240))
        self.assertEqual(types, {"image/jpeg", "image/png"})
        self.assertEqual(self.graph.get(f"/v1.0/me/contacts/{has[0]}/photo").json["width"], 240)
        codes = {self.graph.get(f"/v1.0/me/contacts/{c}/photo/$value").json["error"]["code"] for c in hasnt[:40]}
        self.assertEqual(codes, {"ErrorItemNotFound", "GetUserPhoto", "ImageNotFound"})


class Folders(GraphCase):
    def test_the_default_folder_is_not_listed_but_is_the_parent(self):
        self.mailbox(contacts=20, folder_contacts=12)
        folders = self.graph.get("/v1.0/me/contactFolders").json["value"]
        self.assertEqual([f["displayName"] for f in folders], ["Suppliers", "Family"])
        default = self.graph.get("/v1.0/me/contacts?$top=1").json["value"][0]["parentFolderId"]
        self.assertEqual({f["parentFolderId"] for f in folders}, {default})
        self.assertEqual(self.graph.get("/v1.0/me/contactFolders/contacts").json["id"], default)
        self.assertEqual(len(self.graph.everything("/v1.0/me/contactFolders/contacts/contacts")), 20)

    def test_children_to_any_depth_hold_contacts(self):
        self.mailbox(contacts=20, folder_contacts=12)
        path, names, seen = "/v1.0/me/contactFolders", [], set()
        while True:
            folders = self.graph.get(path).json["value"]
            if not folders:
                break
            names.append(folders[0]["displayName"])
            path += "/" + folders[0]["id"]
            contacts = self.graph.everything(path + "/contacts?$top=5")
            seen |= {c["id"] for c in contacts}
            self.assertEqual({c["parentFolderId"] for c in contacts}, {folders[0]["id"]})
            self.assertEqual(self.graph.get(path + "/contacts/$count").text, "12")
            path += "/childfolders"
        self.assertEqual(names, ["Suppliers", "Couriers", "Night shift"])
        self.assertEqual(len(seen), 36)
        self.assert_error(self.graph.get("/v1.0/me/contactFolders/AAMk/contacts"), 404, "ErrorItemNotFound")

    def test_folders_are_empty_unless_filled(self):
        folder = self.graph.get("/v1.0/me/contactFolders").json["value"][0]["id"]
        self.assertEqual(self.graph.get(f"/v1.0/me/contactFolders/{folder}/contacts").json["value"], [])


class Changes(GraphCase):
    def round(self, link="/v1.0/me/contacts/delta"):
        items, pages = [], 0
        while True:
            page = self.graph.get(link).json
            pages += 1
            items += page["value"]
            if "@odata.deltaLink" in page:
                self.assertNotIn("@odata.nextLink", page)
                return items, page["@odata.deltaLink"], pages
            link = page["@odata.nextLink"]

    def test_changes_change_the_list(self):
        before = {c["id"]: c for c in self.graph.everything("/v1.0/me/contacts?$top=1000")}
        self.assertEqual(self.change(add=7, change=5, remove=3)["contacts"], 2349)
        after = {c["id"]: c for c in self.graph.everything("/v1.0/me/contacts?$top=1000")}
        self.assertEqual(len(after), 2349)
        self.assertEqual((len(set(after) - set(before)), len(set(before) - set(after))), (7, 3))
        changed = [i for i in before if i in after and before[i]["changeKey"] != after[i]["changeKey"]]
        self.assertEqual(len(changed), 5)
        for i in changed:
            self.assertNotEqual(before[i]["mobilePhone"], after[i]["mobilePhone"])
            self.assertGreater(after[i]["lastModifiedDateTime"], before[i]["lastModifiedDateTime"])
        gone = next(iter(set(before) - set(after)))
        self.assert_error(self.graph.get("/v1.0/me/contacts/" + gone), 404, "ErrorItemNotFound")

    def test_delta_rounds(self):
        items, link, pages = self.round("/v1.0/me/contacts/delta?$select=displayName")
        self.assertEqual((len(items), pages), (2345, 12))
        self.assertLessEqual(set(items[0]), {"@odata.type", "@odata.etag", "id", "displayName"})
        self.assertEqual(self.round(link)[0], [])
        self.change(add=7, change=5, remove=3)
        items, newer, _ = self.round(link)
        removed = [i for i in items if "@removed" in i]
        self.assertEqual((len(items), len(removed)), (15, 3))
        self.assertEqual(removed[0]["@removed"], {"reason": "deleted"})
        self.assertEqual(set(removed[0]), {"@odata.type", "id", "@removed"})
        self.assertEqual(self.round(newer)[0], [])
        self.assertEqual(len(self.round(link)[0]), 15)

    def test_small_pages_on_demand_never_large_ones(self):
        page = self.graph.get("/v1.0/me/contacts/delta", Prefer="odata.track-changes, odata.maxpagesize=500")
        self.assertEqual(len(page.json["value"]), 200)
        self.assertEqual(page.headers["Preference-Applied"], "odata.track-changes")
        self.assertEqual(len(self.graph.get("/v1.0/me/contacts/delta", Prefer="odata.maxpagesize=3").json["value"]), 3)

    def test_tokens_of_a_mailbox_that_began_again_are_gone(self):
        _, link, _ = self.round()
        self.mailbox(contacts=50)
        answer = self.graph.get(link)
        self.assert_error(answer, 410, "SyncStateNotFound")
        self.assertTrue(answer.headers["Location"].endswith("/delta?$deltatoken="))
        self.assert_error(self.graph.get("/v1.0/me/contacts/delta?$deltatoken=rubbish"), 400, "ErrorInvalidIdMalformed")
        self.assert_error(self.graph.get("/v1.0/me/contacts/delta?$orderby=surname"), 400, "ErrorInvalidUrlQuery")

    def test_a_moved_contact_leaves_one_folder_and_enters_another(self):
        self.mailbox(contacts=30)
        folder = self.graph.get("/v1.0/me/contactFolders").json["value"][0]["id"]
        there = f"/v1.0/me/contactFolders/{folder}/contacts"
        stable = {"Prefer": 'IdType="ImmutableId"'}
        before = {c["id"]: c["displayName"] for c in self.graph.everything("/v1.0/me/contacts?$top=50", **stable)}
        _, here_link, _ = self.round()
        _, there_link, _ = self.round(there + "/delta")
        self.change(move=2)
        self.assertEqual([set(i) for i in self.round(here_link)[0]], [{"@odata.type", "id", "@removed"}] * 2)
        self.assertEqual(len(self.round(there_link)[0]), 2)
        moved = self.graph.everything(there, **stable)
        self.assertEqual({c["id"]: c["displayName"] for c in moved}, {c["id"]: before[c["id"]] for c in moved})
        self.assertEqual(self.graph.get("/v1.0/me/contacts/" + moved[0]["id"]).json["displayName"], moved[0]["displayName"])

    def test_folders_are_tracked_too(self):
        items, link, _ = self.round("/v1.0/me/contactFolders/delta")
        self.assertEqual(len(items), 5)
        self.assertEqual(self.round(link)[0], [])
        parents = {f["id"]: f["parentFolderId"] for f in items}
        self.assertNotIn(True, [id == parent for id, parent in parents.items()], "no folder is its own parent")

    def test_children_of_a_folder_are_tracked_alone(self):
        folders = {f["displayName"]: f["id"] for f in self.round("/v1.0/me/contactFolders/delta")[0]}
        for parent, children in (("Suppliers", ["Couriers"]), ("Family", [])):
            path = f"/v1.0/me/contactFolders/{folders[parent]}/childFolders/delta()"
            items, link, _ = self.round(path)
            self.assertEqual([f["displayName"] for f in items], children)
            self.assertEqual({f["parentFolderId"] for f in items}, {folders[parent]} if children else set())
            self.assertIn("/childFolders/delta", link)
            self.assertEqual(self.round(link)[0], [])


class Batches(GraphCase):
    def batch(self, *parts):
        answer = self.graph.post("/v1.0/$batch", {"requests": list(parts)})
        self.assertEqual(answer.status, 200, answer.text)
        return {part["id"]: part for part in answer.json["responses"]}

    def test_each_part_has_its_own_status(self):
        parts = self.batch({"id": "1", "method": "GET", "url": "/me/contacts?$top=2"},
                           {"id": "2", "method": "GET", "url": "/me/contacts/nonsense"},
                           {"id": "3", "method": "GET", "url": "/me/contacts?$top=1", "headers": {"Prefer": 'IdType="ImmutableId"'}},
                           {"id": "4", "method": "GET", "url": "/me", "dependsOn": ["2"]},
                           {"id": "5", "method": "GET", "url": "/$batch"})
        self.assertEqual([parts[i]["status"] for i in "12345"], [200, 400, 200, 424, 400])
        self.assertEqual(len(parts["1"]["body"]["value"]), 2)
        self.assertEqual(len(parts["3"]["body"]["value"][0]["id"]), 72)

    def test_pictures_come_as_base64(self):
        contacts = self.graph.get("/v1.0/me/contacts?$top=100&$select=id").json["value"]
        for start in range(0, 100, 20):
            parts = self.batch(*({"id": str(n), "method": "GET", "url": f"/me/contacts/{c['id']}/photo/$value"}
                                 for n, c in enumerate(contacts[start:start + 20])))
            found = [p for p in parts.values() if p["status"] == 200]
            if found:
                self.assertIn(found[0]["body"][:4], ("/9j/", "iVBO"))
                return
        self.fail("no photo among a hundred contacts")

    def test_malformed_ones_and_a_throttled_part(self):
        too_many = {"requests": [{"id": str(i), "method": "GET", "url": "/me"} for i in range(21)]}
        for document in ({}, {"requests": []}, too_many, {"requests": [{"id": "1"}]}):
            self.assert_error(self.graph.post("/v1.0/$batch", document), 400, "BadRequest")
        self.sandbox.fault(path="/v1.0/me/contacts", do="status", status=429, retry_after="2.128", times=1)
        parts = self.batch({"id": "1", "method": "GET", "url": "/me/contacts"},
                           {"id": "2", "method": "GET", "url": "/me/contacts"})
        self.assertEqual((parts["1"]["status"], parts["1"]["headers"]["Retry-After"]), (429, "2.128"))
        self.assertEqual(parts["2"]["status"], 200)


class WhoMay(GraphCase):
    def test_tokens_are_looked_at(self):
        for header, message in ((None, "Access token is empty."), ("Bearer x", "CompactToken validation failed"),
                                ("Bearer sandbox-access-8192-0", "CompactToken")):
            answer = self.client.get("/v1.0/me/contacts", **({"Authorization": header} if header else {}))
            self.assert_error(answer, 401, "InvalidAuthenticationToken")
            self.assertIn(message, answer.json["error"]["message"])
            self.assertTrue(answer.headers["WWW-Authenticate"].startswith("Bearer "))

    def test_scopes_are_looked_at(self):
        only_profile = Graph(self.client, self.client.sign_in(scope="openid User.Read")["access_token"])
        self.assert_error(only_profile.get("/v1.0/me/contacts"), 403, "ErrorAccessDenied")
        only_contacts = Graph(self.client, self.client.sign_in(scope="Contacts.Read")["access_token"])
        self.assertEqual(only_contacts.get("/v1.0/me/contacts").status, 200)
        self.assert_error(only_contacts.get("/v1.0/me"), 403, "Authorization_RequestDenied")

    def test_no_licence_no_mailbox(self):
        with Sandbox("--contacts", "3", "--auto", UNLICENSED) as sandbox:
            client = Client(sandbox)
            graph = Graph(client, client.sign_in()["access_token"])
            self.assert_error(graph.get("/v1.0/me/contacts"), 404, "MailboxNotEnabledForRESTAPI")
            self.assertIsNone(graph.get("/v1.0/me").json["mail"])
            client.close()

    def test_tokens_expire(self):
        self.sandbox.call("POST", "/sandbox/tokens", {"life_s": 1})
        body = self.client.sign_in()
        self.assertEqual(body["expires_in"], 1)
        time.sleep(1.1)
        answer = Graph(self.client, body["access_token"]).get("/v1.0/me/contacts")
        self.assert_error(answer, 401, "InvalidAuthenticationToken")

    def test_writing_is_refused(self):
        answer = self.graph.post("/v1.0/me/contacts", {"givenName": "X"})
        self.assertEqual(answer.status, 405)


class Many(unittest.TestCase):
    def test_a_million_contacts(self):
        with Sandbox("--contacts", "1000000", "--auto", WORKER) as sandbox:
            client = Client(sandbox)
            graph = Graph(client, client.sign_in()["access_token"])
            self.assertEqual(graph.get("/v1.0/me/contacts/$count").text, "1000000")
            page = graph.get("/v1.0/me/contacts?$top=1000&$skip=999500").json
            self.assertEqual(len(page["value"]), 500)
            sandbox.call("POST", "/sandbox/change", {"person": WORKER, "remove": 100000, "change": 1000})
            self.assertEqual(graph.get("/v1.0/me/contacts/$count").text, "900000")
            client.close()


if __name__ == "__main__":
    unittest.main()
