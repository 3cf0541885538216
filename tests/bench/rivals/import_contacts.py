# SPDX-License-Identifier: MIT
"""import_contacts.py - what a good script for Python takes: requests, pages of 999, one transaction, executemany,
indexes after the rows, a word index. Contacts as Graph gives them; numbers by their digits.

/usr/bin/python3 import_contacts.py DATABASE, with RIVAL_GRAPH (address of the service) and RIVAL_TOKEN in the
environment.
"""
import os
import re
import sqlite3
import sys

import requests

TEXTS = ("id", "changeKey", "parentFolderId", "createdDateTime", "lastModifiedDateTime", "displayName", "givenName",
         "middleName", "surname", "title", "generation", "nickName", "initials", "fileAs", "yomiGivenName",
         "yomiSurname", "yomiCompanyName", "companyName", "department", "jobTitle", "officeLocation", "profession",
         "manager", "assistantName", "spouseName", "personalNotes", "birthday", "businessHomePage")
ADDRESS_PARTS = ("street", "city", "state", "postalCode", "countryOrRegion")
SCHEMA = f"""
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE contact (number INTEGER PRIMARY KEY, {', '.join(TEXTS)});
  CREATE TABLE email (contact, ord, address COLLATE NOCASE, name, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE TABLE phone (contact, ord, kind, raw, digits, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE TABLE address (contact, ord, kind, {', '.join(ADDRESS_PARTS)}, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE TABLE field (contact, ord, kind, value, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE VIRTUAL TABLE search USING fts5 (names, others, numbers, content = '', columnsize = 0, detail = column,
                                          prefix = '1 2 3');"""
INDEXES = ("CREATE INDEX contact_id ON contact (id)", "CREATE INDEX contact_order ON contact (surname, givenName)",
           "CREATE INDEX email_address ON email (address)", "CREATE INDEX phone_digits ON phone (digits)")
NOT_DIGITS = re.compile(r"\D")


def insert(table, n):
    return f"INSERT INTO {table} VALUES ({', '.join('?' * n)})"


def words(*texts):
    return " ".join(text for text in texts if text)


class Rows:
    """The rows of one page, table by table."""

    def __init__(self, page, number):
        self.contacts, self.emails, self.phones, self.addresses, self.fields, self.search = [], [], [], [], [], []
        for contact in page:
            number += 1
            self.add(number, contact)

    def add(self, number, contact):
        emails = contact.get("emailAddresses") or []
        phones = [(kind, raw) for kind, raw in
                  [("mobile", contact.get("mobilePhone")),
                   *(("work", raw) for raw in contact.get("businessPhones") or []),
                   *(("home", raw) for raw in contact.get("homePhones") or [])] if raw]
        digits = [NOT_DIGITS.sub("", raw) for _, raw in phones]

        self.contacts.append((number, *(contact.get(name) or None for name in TEXTS)))
        self.emails += [(number, ord_, e.get("address"), e.get("name")) for ord_, e in enumerate(emails)]
        self.phones += [(number, ord_, kind, raw, digits[ord_]) for ord_, (kind, raw) in enumerate(phones)]
        for ord_, kind in enumerate(("businessAddress", "homeAddress", "otherAddress")):
            address = contact.get(kind)
            if address:
                self.addresses.append((number, ord_, kind, *(address.get(part) for part in ADDRESS_PARTS)))
        fields = [(kind, value) for kind, name in (("category", "categories"), ("chat", "imAddresses"),
                                                   ("child", "children")) for value in contact.get(name) or []]
        self.fields += [(number, ord_, kind, value) for ord_, (kind, value) in enumerate(fields)]
        get = contact.get
        self.search.append((number, words(get("displayName"), get("givenName"), get("surname"), get("nickName")),
                            words(get("companyName"), get("department"), get("jobTitle"),
                                  *(e.get("address") for e in emails)), " ".join(digits)))

    def keep(self, db):
        db.executemany(insert("contact", len(TEXTS) + 1), self.contacts)
        db.executemany(insert("email", 4), self.emails)
        db.executemany(insert("phone", 5), self.phones)
        db.executemany(insert("address", 3 + len(ADDRESS_PARTS)), self.addresses)
        db.executemany(insert("field", 4), self.fields)
        db.executemany("INSERT INTO search (rowid, names, others, numbers) VALUES (?, ?, ?, ?)", self.search)


def main():
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    db.executescript(SCHEMA)
    db.execute("BEGIN IMMEDIATE")
    session = requests.Session()
    session.headers["Authorization"] = "Bearer " + os.environ["RIVAL_TOKEN"]
    url, number = os.environ["RIVAL_GRAPH"] + "/v1.0/me/contacts?$top=999", 0
    while url:
        answer = session.get(url, timeout=60)
        answer.raise_for_status()
        page = answer.json()
        Rows(page["value"], number).keep(db)
        number += len(page["value"])
        url = page.get("@odata.nextLink")
    for sql in INDEXES:
        db.execute(sql)
    db.execute("COMMIT")
    db.close()
    print(number, "contacts")


main()
