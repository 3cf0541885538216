# SPDX-License-Identifier: MIT
"""kith-reader: nothing gets out of it, everything that stands in a file does. Files are told by print-file, which asks
for them as the engine does (KITH_READER, KITH_PRINT_FILE name the programs)."""
import base64
import ctypes
import datetime
import errno
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import make_pst
from make_pst import ADDRESS, COMMON, KEYWORDS, Contact, DistList, Folder, Mail, Member, Typed, compress_rtf, email, one_off

READER, PRINT_FILE = os.environ.get("KITH_READER", ""), os.environ.get("KITH_PRINT_FILE", "")
MUTATIONS = 1000
OK, REFUSED = "ok", "file"

CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Lindstr=C3=B6m;=C3=85sa\r\n"
    "TEL;CELL:+46 31 390 06 28\r\nEMAIL;PREF;INTERNET:asa@contoso.example\r\nADR;HOME:;;Bjorkgatan 7;Goteborg;;411 05;Sweden\r\n"
    "PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n /9j/4AAQSkZJRgABAQAAAQABAAD/2Q==\r\n\r\nBDAY:19800322\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Kenta Nakamura\r\nN:Nakamura;Kenta;;;\r\nNOTE:two\\nlines\\, and more\r\n"
    "TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+442079460912\r\nitem1.URL:https://home.example\r\nitem1.X-ABLabel:Home\r\nEND:VCARD\r\n"
).encode()
TABLE = (
    '"Title","First Name","Last Name","Company","Business Street","Home Phone","Birthday","E-mail Address","Notes"\r\n'
    '"","Åsa","Lindström","Contoso","Björkgatan 7\r\nFloor 2","+46 31 390 06 28","2/3/1984","asa@contoso.example","said ""hello"""\r\n'
    '"Dr.","Kenta","Nakamura","","","+44 20 7946 0912","0/0/00","kenta@letterbox.example",""\r\n'
).encode("cp1252")


class Reading(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kith-reader-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def tell(self, *paths, options=()):
        """What came of files, one dictionary each."""
        done = subprocess.run([PRINT_FILE, *options, *map(str, paths)], capture_output=True, timeout=600, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace"))
        self.assertNotIn(b"Sanitizer", done.stderr)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(told), len(paths))
        return told

    def tell_bytes(self, name, data, options=()):
        path = self.folder / name
        path.write_bytes(data)
        return self.tell(path, options=options)[0]

    def tell_pst(self, folders, options=(), **how):
        path = self.folder / "outlook.pst"
        make_pst.make_pst(path, folders, **how)
        return self.tell(path, options=options)[0]

    def contact(self, properties=None, named=None, options=(), **how):
        """One contact, through a data file and back."""
        item = Contact({0x3001: "Ada Lind", **(properties or {})}, named or {})
        told = self.tell_pst([Folder("Contacts", [item])], options=options, **how)
        self.assertEqual((told["status"], len(told["contacts"])), (OK, 1), told)
        self.told = told
        return told["contacts"][0]

    def fate(self, name):
        return {(field["fate"], field["reason"]) for field in self.told["fields"] if field["name"].startswith(name)}


def extras(contact):
    return {item["label"]: item["value"] for item in contact["items"] if item["kind"] == "extra"}


def values(contact, kind):
    return [item["value"] for item in contact["items"] if item["kind"] == kind]


def mutate(data, chance):
    """A damaged copy: cut, overwritten in places, with a hole, or with a piece doubled or lost."""
    data, kind = bytearray(data), chance.randrange(6)
    at = chance.randrange(len(data))
    if kind == 0:
        return bytes(data[:at])
    if kind == 1:
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == 2:
        data[at : at + 64] = chance.randbytes(64)
    elif kind == 3:
        data[at : at + 512] = bytes(512)
    elif kind == 4:
        piece = data[at : at + chance.randint(1, 600)]
        data[at:at] = piece
    else:
        del data[at : at + chance.randint(1, 600)]
    return bytes(data)


class Comparison(ctypes.Structure):
    """Of libseccomp: an argument of a system call and what it must be."""
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def forbid_seccomp():
    """As a container may: neither of the two calls that load a filter is let through."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    allow, refuse, equal, set_seccomp = 0x7FFF0000, 0x00050000 | errno.EPERM, 4, 22
    only = Comparison(0, equal, set_seccomp, 0)
    rules = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(allow)))
    for call, n in ((b"seccomp", 0), (b"prctl", 1)):
        number = library.seccomp_syscall_resolve_name(call)
        if library.seccomp_rule_add_array(rules, ctypes.c_uint32(refuse), number, n, ctypes.byref(only)) != 0:
            raise OSError("no rule")
    if library.seccomp_load(rules) != 0:
        raise OSError("no filter")


class Lock(unittest.TestCase):
    def test_nothing_gets_out(self):
        done = subprocess.run([READER, "--try-to-escape"], stdout=subprocess.PIPE, timeout=60, check=False)
        lines = dict(line.split(": ") for line in done.stdout.decode().splitlines())
        locks = [lines.pop(name) for name in ("limits", "no new privileges", "Landlock", "seccomp")]
        self.assertEqual(locks[:2], ["on", "on"])
        if locks[3] != "on":
            self.skipTest("this kernel has no seccomp")
        for attempt in ("open a socket", "connect", "open a file for writing", "open a file for reading",
                        "start a process", "run a program"):
            self.assertEqual(lines[attempt], "refused (EPERM)")
        self.assertEqual({said.split(" ")[0] for said in lines.values()}, {"refused"}, lines)
        self.assertEqual(done.returncode, 0)

    def test_the_lock_is_told_before_anything_of_the_file(self):
        with tempfile.TemporaryFile() as file:
            file.write(b"neither this nor that\0")
            file.flush()
            done = subprocess.run([READER], stdin=file, stdout=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(done.stdout[0], 1)  # the greeting, which says what holds
        self.assertEqual(done.returncode, 1)

    def test_a_lock_that_cannot_be_used_is_no_missing_one(self):
        with tempfile.TemporaryFile() as file:
            file.write(CARD)
            file.flush()
            done = subprocess.run([READER], stdin=file, capture_output=True, timeout=60, check=False, preexec_fn=forbid_seccomp)
        self.assertEqual((done.returncode, done.stdout), (3, b""))
        self.assertIn(b"could not use seccomp: nothing was read", done.stderr)

    def test_a_terminal_or_a_pipe_is_no_file(self):
        done = subprocess.run([READER], input=b"", capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--help", done.stderr)

    def test_help_names_every_option(self):
        done = subprocess.run([READER, "--help"], capture_output=True, timeout=60, check=False)
        for option in (b"--name", b"--region", b"--code-page", b"--try-to-escape"):
            self.assertIn(option, done.stdout)
        self.assertEqual(subprocess.run([READER, "--nonsense"], capture_output=True, timeout=60, check=False).returncode, 2)


class DataFile(Reading):
    def test_every_text_has_its_field(self):
        fields = {
            0x3A06: "given", 0x3A44: "middle", 0x3A11: "family", 0x3A45: "prefix", 0x3A05: "suffix", 0x3A4F: "nickname",
            0x3A0A: "initials", 0x3A16: "company", 0x3A18: "department", 0x3A17: "job_title", 0x3A19: "office",
            0x3A46: "profession", 0x3A4E: "manager", 0x3A30: "assistant", 0x3A48: "spouse", 0x1000: "notes",
        }
        contact = self.contact({tag: f"{name} Ŵ" for tag, name in fields.items()},
                               {(ADDRESS, 0x8005): "file as", (ADDRESS, 0x802C): "reading"})
        text = {name.replace("-", "_"): value for name, value in contact["text"].items()}
        self.assertEqual({name: text[name] for name in fields.values()}, {name: f"{name} Ŵ" for name in fields.values()})
        self.assertEqual(text["file_as"], "file as")
        self.assertEqual(text["phonetic_given"], "reading")
        self.assertEqual(text["display"], "Ada Lind")

    def test_every_number_has_its_kind(self):
        kinds = {
            0x3A1C: "mobile", 0x3A08: "work", 0x3A1B: "work", 0x3A09: "home", 0x3A2F: "home", 0x3A1A: "primary",
            0x3A1F: "other", 0x3A57: "company", 0x3A2E: "assistant", 0x3A02: "callback", 0x3A1E: "car", 0x3A1D: "radio",
            0x3A21: "pager", 0x3A24: "work-fax", 0x3A25: "home-fax", 0x3A23: "other-fax", 0x3A2D: "isdn", 0x3A2C: "telex",
            0x3A4B: "text",
        }
        contact = self.contact({tag: f"+49 30 23125 0{place:02}" for place, tag in enumerate(kinds)})
        self.assertEqual([(phone["kind"], phone["raw"]) for phone in contact["phones"]],
                         [(kind, f"+49 30 23125 0{place:02}") for place, kind in enumerate(kinds.values())])

    def test_the_work_address_is_the_named_one(self):
        work = dict(zip(range(0x8045, 0x804B), ("Work 1", "Worktown", "WA", "98101", "Workland", "PO Box 1")))
        home = {0x3A5D: "Home 1", 0x3A59: "Hometown"}
        mailing = {0x3A29: "Home 1", 0x3A27: "Hometown"}
        contact = self.contact({**home, **mailing}, {**{(ADDRESS, lid): text for lid, text in work.items()}, (ADDRESS, 0x8022): 1})
        places = {address["place"]: address for address in contact["addresses"]}
        self.assertEqual(set(places), {"work", "home"})  # the mailing address is a copy
        self.assertEqual(places["work"]["street"], "Work 1")
        self.assertEqual(places["work"]["po_box"], "PO Box 1")
        self.assertEqual(places["home"]["city"], "Hometown")

    def test_a_mailing_address_alone_takes_its_place(self):
        contact = self.contact({0x3A29: "Lone 1", 0x3A27: "Lonetown"}, {(ADDRESS, 0x8022): 2})
        self.assertEqual([(a["place"], a["street"]) for a in contact["addresses"]], [("work", "Lone 1")])

    def test_an_address_as_one_text_is_read_where_there_are_no_parts(self):
        contact = self.contact({0x3A5D: "Home 1"}, {(ADDRESS, 0x801B): "Work 1\r\nWorktown", (ADDRESS, 0x801A): "Home 1\r\nHere"})
        self.assertEqual({a["place"]: a["street"] for a in contact["addresses"]}, {"home": "Home 1", "work": "Work 1\nWorktown"})
        self.assertEqual(self.fate("00062004:801A"), {("ignored", "said by its parts")})

    def test_mail_is_smtp(self):
        path = "/o=Contoso/ou=First/cn=Recipients/cn=ada"
        entry = {**email(2, path, "Ada", "EX", original="Ada Lind")}
        entry[(ADDRESS, 0x8095)] = one_off("Ada", "hidden@contoso.example")
        contact = self.contact({}, {**email(1, path, "Ada", "EX", original="ada@contoso.example"), **entry,
                                    **email(3, "asa@contoso.example", "Åsa")})
        self.assertEqual([mail["address"] for mail in contact["emails"]],
                         ["ada@contoso.example", "hidden@contoso.example", "asa@contoso.example"])
        self.assertEqual(extras(contact)["Exchange address"], path)

    def test_a_directory_path_without_address_is_kept(self):
        path = "/o=Contoso/ou=First/cn=Recipients/cn=ada"
        named = email(1, path, "Ada Lind", "EX", original="Ada Lind")
        named[(ADDRESS, 0x8085)] = b"\0" * 40
        contact = self.contact({}, named)
        self.assertEqual(contact["emails"], [])
        self.assertEqual(extras(contact), {"Name beside the e-mail": "Ada Lind", "Exchange address": path})

    def test_fax_slots_are_no_mail(self):
        slot = {(ADDRESS, 0x80B2): "FAX", (ADDRESS, 0x80B3): "Ada Lind@+49 30 23125 007"}
        contact = self.contact({}, {**slot, **{(ADDRESS, 0x8080 + n): t for n, t in ((0, "x"), (2, "FAX"), (3, "Ada@+49"))}})
        self.assertEqual(contact["emails"], [])
        self.assertEqual([(p["kind"], p["raw"]) for p in contact["phones"]], [("work-fax", "+49 30 23125 007")])
        contact = self.contact({0x3A24: "1234"}, slot)
        self.assertEqual([p["raw"] for p in contact["phones"]], ["1234"])

    def test_a_birthday_is_the_day_that_was_meant(self):
        def dates(*args):
            return {(d["kind"], d["year"], d["month"], d["day"]) for d in self.contact(*args)["dates"]}
        day = datetime.datetime(1984, 2, 29)
        eastern = day - datetime.timedelta(hours=1)
        self.assertEqual(dates({0x3A42: eastern}, {(ADDRESS, 0x80DE): day}), {("birthday", 1984, 2, 29)})
        self.assertEqual(self.fate("3A42"), {("ignored", "said by the date in local time")})
        self.assertEqual(dates({0x3A42: eastern}), {("birthday", 1984, 2, 29)})
        self.assertEqual(dates({0x3A41: day + datetime.timedelta(hours=8)}), {("anniversary", 1984, 2, 29)})
        self.assertEqual({d[1:] for d in dates({0x3A42: datetime.datetime(1604, 3, 1)})}, {(0, 3, 1)})  # no year
        self.assertEqual(dates({0x3A42: datetime.datetime(4501, 1, 1)}), set())
        self.assertEqual(dates({0x3A42: Typed(0x0040, bytes(8))}), set())

    def test_lists_are_read_whole(self):
        contact = self.contact({0x3A58: ["Noor", "Émile"]}, {KEYWORDS: ["Friends", "Größe XL"], (ADDRESS, 0x8062): "im:ada"})
        self.assertEqual(values(contact, "child"), ["Noor", "Émile"])
        self.assertEqual(values(contact, "category"), ["Friends", "Größe XL"])
        self.assertEqual(values(contact, "chat"), ["im:ada"])

    def test_the_same_page_is_read_once(self):
        contact = self.contact({0x3A51: "https://a.example"}, {(ADDRESS, 0x802B): "https://a.example"})
        self.assertEqual(values(contact, "web"), ["https://a.example"])

    def test_what_has_no_field_is_kept_under_its_name(self):
        own = (make_pst.PUBLIC_STRINGS, "Membership")
        contact = self.contact({0x3A43: "chess", 0x3A4D: 1, 0x3AFE: "new"}, {(ADDRESS, 0x804F): "first", own: "gold",
                               (COMMON, 0x8535): "B-1", (make_pst.PUBLIC_STRINGS, "x-sharing"): "no"})
        self.assertEqual(extras(contact), {"Hobbies": "chess", "Gender": "female", "User field 1": "first", "Membership": "gold",
                                           "Billing information": "B-1", "3AFE": "new"})
        self.assertEqual(self.fate("00020329:x-sharing"), {("ignored", "of Outlook itself")})

    def picture_of(self, *attachments):
        item = Contact({0x3001: "Ada Lind"}, {(ADDRESS, 0x8015): True}, list(attachments))
        self.told = self.tell_pst([Folder("Contacts", [item])])
        return self.told["contacts"][0]

    def test_the_picture_comes_along(self):
        picture = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 100
        contact = self.picture_of(make_pst.Attachment("notes.txt", b"not a face"), make_pst.contact_picture(picture))
        self.assertTrue(contact["has_photo"])
        self.assertEqual(self.fate("00062004:8015"), {("ignored", "said by the picture")})
        self.assertEqual(base64.b64decode(contact["photo"].removeprefix("data:image/jpeg;base64,")), picture)
        self.assertEqual(self.fate("(picture)"), {("read", "")})
        self.assertEqual(self.fate("(attachment)"), {("ignored", "files stay there")})

    def test_a_picture_that_is_none_is_told(self):
        contact = self.picture_of(make_pst.contact_picture(b"MZ, a program perhaps, and no picture at all"))
        self.assertFalse(contact["has_photo"])
        self.assertEqual(self.fate("(picture)"), {("ignored", "no picture that can be shown")})
        self.assertFalse(self.picture_of()["has_photo"])

    def test_every_property_is_accounted_for(self):
        properties, named = {0x3A06: "Ada", 0x0017: 1, 0x7F01: b"x"}, {(ADDRESS, 0x8006): 1, (COMMON, 0x8552): 2}
        self.contact(properties, named)
        told = {field["name"].split(" ")[0] for field in self.told["fields"]}
        self.assertLessEqual({"3A06", "0017", "7F01", "00062004:8006", "00062008:8552"}, told)
        self.assertTrue(all(field["reason"] for field in self.told["fields"] if field["fate"] == "ignored"))

    def test_notes_are_plain_whatever_they_were(self):
        rtf = compress_rtf(r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Word;}Met in K\'f6ln.\par \u26408? {\b tall}\tab x\par}")
        self.assertEqual(self.contact({0x1009: rtf})["text"]["notes"].strip(), "Met in Köln.\n木 tall\tx")
        self.assertEqual(self.contact({0x1013: b"<html><body><p>Met &amp; talked</p></body></html>"})["text"]["notes"].strip(),
                         "Met & talked")
        html = {0x1013: "<p>Łódź</p>".encode(), 0x3FDE: 65001, 0x3FFD: 1252}  # its bytes are in the code page of the body
        self.assertEqual(self.contact(html)["text"]["notes"].strip(), "Łódź")
        self.assertEqual(self.contact({0x1000: "plain", 0x1009: rtf})["text"]["notes"], "plain")
        self.assertEqual(self.fate("1009"), {("ignored", "said by the plain notes")})

    def test_html_in_rtf_gives_what_was_read(self):
        rtf = (r"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hello {\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 you"
               r"\htmlrtf }\htmlrtf0 {\*\htmltag92 </b>}\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}")
        self.assertEqual(self.contact({0x1009: compress_rtf(rtf)})["text"]["notes"].strip(), "Hello you")

    def test_html_in_rtf_keeps_its_lines_and_signs(self):
        rtf = (r"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Smith {\*\htmltag84 &amp;}"
               r"\htmlrtf &\htmlrtf0  Co{\*\htmltag116 <br>}\htmlrtf \line\htmlrtf0 1 {\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0  2\htmlrtf\par}\htmlrtf0 "
               r"{\*\htmltag72 </p>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Bye\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}")
        self.assertEqual(self.contact({0x1009: compress_rtf(rtf)})["text"]["notes"].strip(), "Smith & Co\n1 < 2\nBye")

    def test_old_files_speak_their_code_page(self):
        contact = self.contact({0x3A06: "Łukasz", 0x3FFD: 1250}, ansi=True, codepage="cp1250")
        self.assertEqual(contact["text"]["given"], "Łukasz")
        self.assertFalse(self.told["encoding_assumed"])
        contact = self.contact({0x3A06: "Łukasz", 0x3FFD: 0, 0x3FDE: 0}, ansi=True, codepage="cp1250", options=("--code-page", "windows-1250"))
        self.assertEqual(contact["text"]["given"], "Łukasz")
        self.assertEqual(self.told["encoding"], "windows-1250")
        self.assertTrue(self.told["encoding_assumed"])

    def test_a_password_and_the_permutation_do_not_hinder(self):
        for how in ({"password": "word"}, {"encrypted": False}, {"ansi": True, "password": "word"}):
            self.assertEqual(self.contact({0x3A06: "Ada"}, **how)["text"]["given"], "Ada")

    def test_contacts_are_found_by_class_in_any_folder(self):
        own_form = Contact({0x3001: "Own Form"}, message_class="IPM.Contact.Contoso.Member")
        near_miss = Contact({0x3001: "No Contact"}, message_class="IPM.ContactOfMine")
        associated = Contact({0x3001: "Hidden"}, associated=True)
        told = self.tell_pst([
            Folder("Kontakte", [own_form, near_miss, associated, Mail()], [Folder("a/b", [Contact({0x3001: "Below"})])]),
            Folder("Inbox", [Contact({0x3001: "Astray"})], container_class="IPF.Note"),
        ])
        self.assertEqual({(c["folder"], c["text"]["display"]) for c in told["contacts"]},
                         {("Kontakte", "Own Form"), ("Kontakte/a b", "Below"), ("Inbox", "Astray")})

    def test_what_is_left_out_is_told(self):
        friends = DistList(name="Friends", members=[Member("Ola", "ola@letterbox.example")])
        deleted = Folder("Gelöscht", [Contact({0x3001: "Gone"})], [Folder("Below", [Contact({0x3001: "Gone too"})])],
                         container_class="", deleted_items=True)
        told = self.tell_pst([Folder("Contacts", [friends, Contact({0x3001: "Ada"})]), deleted])
        self.assertEqual([c["text"]["display"] for c in told["contacts"]], ["Ada"])
        self.assertEqual(sorted(why for _, why in told["skipped"]), ["a list, not a person", "deleted", "deleted"])
        self.assertEqual(told["n_skipped"], 3)

    def test_ids_stay_and_differ(self):
        key = bytes(range(16))
        contacts = [Contact({0x3001: "One", 0x300B: key}), Contact({0x3001: "Copy", 0x300B: key}), Contact({0x3001: "No key"})]
        first = self.tell_pst([Folder("Contacts", contacts)])
        again = self.tell(self.folder / "outlook.pst")[0]
        ids = {c["text"]["display"]: c["source_id"] for c in first["contacts"]}
        self.assertEqual(len(set(ids.values())), 3)
        self.assertIn(key.hex(), ids.values())
        self.assertEqual(ids, {c["text"]["display"]: c["source_id"] for c in again["contacts"]})

    def test_wrong_kinds_of_values_make_a_contact_partial(self):
        contact = self.contact({0x3A06: 5, 0x3A58: Typed(0x101F, b"\xff\xff\xff\x7f")})
        self.assertTrue(contact["partial"])
        self.assertEqual(self.fate("3A06"), {("ignored", "not the kind of value it should be")})

    def test_a_cut_file_says_how_much_is_there(self):
        path = self.folder / "outlook.pst"
        make_pst.make_pst(path, [Folder("Contacts", [Contact({0x3001: "Ada"})])])
        whole = path.read_bytes()
        told = self.tell_bytes("cut.pst", whole[:18000])
        self.assertEqual(told["status"], REFUSED)
        self.assertIn(f"it ends after 18,000 of {len(whole):,} bytes", told["message"])
        self.assertTrue(told["ended_early"])

    def test_a_company_key_is_told_apart_from_damage(self):
        path = self.folder / "outlook.pst"
        make_pst.make_pst(path, [Folder("Contacts", [Contact({0x3001: "Ada"})])])
        locked = bytearray(path.read_bytes())
        locked[513] = 0x10
        self.assertIn("encrypted", self.tell_bytes("locked.pst", locked)["message"])


class Formats(Reading):
    def test_content_decides_not_the_name(self):
        self.assertEqual(self.tell_bytes("contacts.csv", CARD)["format"], "vcard")
        self.assertEqual(self.tell_bytes("contacts.pst", b"\xef\xbb\xbf\r\n" + CARD)["format"], "vcard")
        self.assertEqual(self.tell_bytes("wide.vcf", CARD.decode().encode("utf-16"))["format"], "vcard")
        path = self.folder / "data.vcf"
        make_pst.make_pst(path, [Folder("Contacts", [Contact({0x3001: "Ada"})])])
        self.assertEqual(self.tell(path)[0]["format"], "pst")

    def test_a_table_says_what_was_assumed(self):
        told = self.tell_bytes("contacts.csv", TABLE, options=("--region", "DE"))
        self.assertEqual((told["format"], told["layout"], told["separator"]), ("csv", "other", ","))
        self.assertEqual((told["encoding"], told["encoding_assumed"]), ("windows-1252", True))
        self.assertEqual((told["dates_assumed"], told["dates_day_first"]), (True, True))
        self.assertEqual([c["text"]["family"] for c in told["contacts"]], ["Lindström", "Nakamura"])
        self.assertEqual(told["contacts"][0]["dates"][0]["month"], 3)
        told = self.tell_bytes("contacts.csv", TABLE, options=("--region", "US"))
        self.assertEqual(told["contacts"][0]["dates"][0]["month"], 2)

    def test_what_is_nothing_is_refused_with_reason(self):
        for name, data, words in (("a.pst", b"\0" * 100, "neither"), ("a.msg", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "saved item"),
                                  ("a.vcf", b"hello", "cannot be read"), ("a.pst", b"", "empty")):
            told = self.tell_bytes(name, data)
            self.assertEqual(told["status"], REFUSED)
            self.assertIn(words, told["message"])
            self.assertTrue(told["file"].endswith(name))


class Damage(Reading):
    def check(self, suffix, *fixtures):
        chance = random.Random(4)
        seen = {OK: 0, REFUSED: 0}
        for first in range(0, MUTATIONS, 100):
            paths = []
            for number in range(first, first + 100):
                paths.append(self.folder / f"{number}.{suffix}")
                paths[-1].write_bytes(mutate(fixtures[number % len(fixtures)], chance))
            for told in self.tell(*paths):
                self.assertIn(told["status"], seen, told)
                seen[told["status"]] += 1
                if told["status"] == REFUSED:
                    self.assertRegex(told["message"], r'^"\d+\.\w+" cannot be read: .{8}')
                    self.assertNotIn("stuck", told["message"])
            for path in paths:
                path.unlink()
        self.assertEqual(sum(seen.values()), MUTATIONS)
        return seen

    def test_a_thousand_damaged_data_files(self):
        fixtures = []
        for how in ({}, {"ansi": True}, {"encrypted": False}):
            path = self.folder / "outlook.pst"
            make_pst.make_pst(path, make_pst.demo_folders(3), **how)
            fixtures.append(path.read_bytes())
        seen = self.check("pst", *fixtures)
        self.assertGreater(seen[OK], 0)
        self.assertGreater(seen[REFUSED], 0)

    def test_a_thousand_damaged_cards(self):
        self.check("vcf", CARD, CARD.decode().encode("utf-16"))

    def test_a_thousand_damaged_tables(self):
        self.check("csv", TABLE, TABLE.decode("cp1252").encode("utf-8-sig"), TABLE.decode("cp1252").replace(",", "\t").encode("utf-16"))


if __name__ == "__main__":
    unittest.main()
