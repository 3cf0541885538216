# SPDX-License-Identifier: MIT
"""A mailbox with every property filled, those of v1.0 and those that Graph shows as extended properties only, in folders
below folders, with a picture: what is exported holds each value. docs/what-is-imported.md says what is left out."""
import base64

from graph_stand_in import GraphStandIn
from kith_harness import *

ADDRESS_BOOK = "{00062004-0000-0000-C000-000000000046}"
PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200) + b"\xff\xd9"
TEXTS = ("displayName", "givenName", "middleName", "surname", "nickName", "title", "generation", "initials", "fileAs", "yomiGivenName",
         "yomiSurname", "yomiCompanyName", "companyName", "department", "jobTitle", "officeLocation", "profession", "manager",
         "assistantName", "spouseName", "personalNotes", "businessHomePage", "mobilePhone")
TAGS = {0x3A1A: "primary", 0x3A1B: "second work", 0x3A2F: "second home", 0x3A1F: "other", 0x3A57: "company", 0x3A2E: "assistant",
        0x3A02: "callback", 0x3A1E: "car", 0x3A1D: "radio", 0x3A21: "pager", 0x3A24: "work fax", 0x3A25: "home fax", 0x3A23: "other fax",
        0x3A2D: "isdn", 0x3A2C: "telex", 0x3A4B: "text phone", 0x3A5E: "home box", 0x3A64: "other box", 0x3A50: "own page"}
NAMED = {0x804A: "work box", 0x804F: "user 1", 0x8050: "user 2", 0x8051: "user 3", 0x8052: "user 4"}
FOLDERS = {"": ("a", "Clients"), "a": ("b", "Europe"), "b": ("c", "Malmö")}


def address(place):
    return {name: f"{name} {place}" for name in ("street", "city", "state", "postalCode", "countryOrRegion")}


def contact(number):
    """Every value has the contact's number, so that none is another's."""
    values = {name: f"{name} {number}" for name in TEXTS}
    lists = {"businessPhones": [f"business {n} {number}" for n in (1, 2)], "homePhones": [f"home {n} {number}" for n in (1, 2)],
             "imAddresses": [f"chat {number}"], "categories": [f"category {number}"], "children": [f"child {number}"]}
    places = {name + "Address": address(f"{name} {number}") for name in ("home", "business", "other")}
    emails = [{"name": f"mail {n} {number}", "address": f"mail{n}-{number}@every.example"} for n in (1, 2, 3)]
    extended = [{"id": f"String 0x{tag:x}", "value": f"{name} {number}"} for tag, name in TAGS.items()]
    extended += [{"id": f"String {ADDRESS_BOOK} Id 0x{tag:x}", "value": f"{name} {number}"} for tag, name in NAMED.items()]
    extended += [{"id": "SystemTime 0x3a41", "value": "2011-06-11T00:00:00Z"}, {"id": f"Boolean {ADDRESS_BOOK} Id 0x8015", "value": "true"}]
    return {"id": f"contact-{number}", "changeKey": "a", "birthday": "1979-03-21T11:59:00Z", "emailAddresses": emails,
            "singleValueExtendedProperties": extended, **values, **lists, **places}


class EveryProperty(SandboxCase):
    def setUp(self):
        super().setUp()
        self.graph = GraphStandIn(self.answer)
        self.addCleanup(self.graph.close)
        self.assertEqual(self.home.sign_in("--name", "work", "--no-import").code, 0)
        self.home.run("config", "set", "microsoft.graph", self.graph.address)

    def answer(self, path):
        """Contact 1 in the default folder, 2 to 4 one folder deeper each."""
        if path.endswith("/$batch"):
            picture = {"status": 200, "headers": {"Content-Type": "image/jpeg"}, "body": base64.b64encode(PICTURE).decode()}
            return {"responses": [{"id": one["id"], **picture} for one in self.graph.posted["requests"]]}
        if path.endswith("/$count"):
            return b"1"
        where = re.match(r"/contactFolders/(\w)/", path)
        folder = where[1] if where else ""
        if "/contacts" in path.split("?")[0].replace("/contactFolders", "", 1):
            return {"value": [contact(" abc".index(folder or " ") + 1)]}
        child = FOLDERS.get(folder)
        return {"value": [{"id": child[0], "displayName": child[1]}] if child else []}

    def strings(self, value):
        if isinstance(value, dict):
            return [text for one in value.values() for text in self.strings(one)]
        if isinstance(value, list):
            return [text for one in value for text in self.strings(one)]
        return [value] if isinstance(value, str) else []

    def test_each_value_is_exported(self):
        self.assertEqual(self.home.run("import", "work").code, 0)
        exported = {contact["source_id"]: contact for contact in self.home.export()}
        self.assertEqual({contact["folder"] for contact in exported.values()}, {"", "Clients", "Clients/Europe", "Clients/Europe/Malmö"})
        for number in (1, 2, 3, 4):
            sent, came = contact(number), exported[f"contact-{number}"]
            held = set(self.strings(came))
            extended = sent.pop("singleValueExtendedProperties")
            wanted = [text for text in self.strings(sent) if text not in ("a", sent["birthday"])]
            wanted += [one["value"] for one in extended if one["id"].startswith("String")]
            self.assertEqual([text for text in wanted if text not in held], [])
            self.assertEqual({(d["kind"], d["year"], d["month"], d["day"]) for d in came["dates"]},
                             {("birthday", 1979, 3, 21), ("anniversary", 2011, 6, 11)})
            self.assertEqual(base64.b64decode(came["photo"].split(",")[1]), PICTURE)
        vcards = self.home.run("export").out
        self.assertEqual(vcards.count("PHOTO"), 4)
        self.assertEqual(self.home.run("import", "work", "--json").lines[-1]["result"]["changed"], 0)


class FoldersThatGo(EveryProperty):
    """Folder b below a is listed, and then not there: before it is counted, or before it is read."""

    gone = ""

    def answer(self, path):
        if self.gone and path.startswith("/contactFolders/b/") and re.search(self.gone, path):
            return 404, {}, b'{"error":{"code":"ErrorItemNotFound","message":"The specified object was not found in the store."}}'
        return super().answer(path)

    def test_each_value_is_exported(self):
        for gone in (r"/\$count", r"/contacts\?"):
            with self.subTest(gone):
                self.gone = gone
                result = self.home.run("import", "work", "--json")
                self.assertEqual(result.code, 0, result)
                self.assertNotIn("Clients/Europe", {contact["folder"] for contact in self.home.export()})
                self.assertIn("Clients", {contact["folder"] for contact in self.home.export()})
        self.gone = ""
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual(len(self.home.export()), 4)
        self.gone = r"/contacts\?"
        self.assertEqual(self.home.run("import", "work", "--json").lines[-1]["result"]["removed"], 0)


if __name__ == "__main__":
    unittest.main()
