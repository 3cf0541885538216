# SPDX-License-Identifier: MIT
"""A store that cannot be used: each command says why and what to do, and `kith status --repair` does it."""
import contextlib
import sqlite3

from kith_harness import *

WORKER = "worker@contoso.example"
PAGE_BYTES = 4096


class Repair(SandboxCase):
    options = ("--contacts", "60", "--auto", WORKER)

    @property
    def file(self):
        return self.home.data / "contacts.db"

    def sql(self, statement):
        with contextlib.closing(sqlite3.connect(self.file)) as db, db:
            return db.execute(statement).fetchone()

    def overwrite(self, at, length):
        with open(self.file, "r+b") as file:
            file.seek(at)
            file.write(b"\xa5" * length)

    def damage(self, table):
        (page,) = self.sql(f"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'")
        self.overwrite((page - 1) * PAGE_BYTES, PAGE_BYTES)

    def copies(self):
        return sorted(str(path) for path in self.home.data.glob("contacts.db.damaged-*[0-9]"))

    def test_a_sound_store_is_left_alone(self):
        self.signed_in()
        answer = self.home.run("status", "--repair", "--json")
        self.assertEqual(answer.code, 0)
        self.assertEqual(answer.lines[0]["repair"], {"damaged": False, "accounts": 0, "copy": ""})
        self.assertEqual(len(self.home.export()), 60)

    def test_the_accounts_come_over_and_a_refresh_brings_their_contacts(self):
        self.signed_in()
        before = sorted(c["source_id"] for c in self.home.export())
        self.damage("contact")
        self.assertEqual(self.home.run("status", "--check").code, 40)
        answer = self.home.run("status", "--repair", "--json")
        self.assertEqual((answer.code, answer.lines[0]["repair"]["damaged"], answer.lines[0]["repair"]["accounts"]), (0, True, 1))
        self.assertEqual([answer.lines[0]["repair"]["copy"]], self.copies())
        self.assertEqual(self.home.export(), [])
        self.assertEqual(self.home.run("refresh").code, 0)
        self.assertEqual(sorted(c["source_id"] for c in self.home.export()), before)
        self.assertEqual(self.home.run("status", "--check").code, 0)

    def test_a_file_that_is_no_store_names_the_command(self):
        self.signed_in()
        self.overwrite(0, 2 * PAGE_BYTES)
        for command in (["list"], ["refresh"], ["status"]):
            answer = self.home.run(*command)
            self.assertEqual(answer.code, 40)
            self.assertIn("The contacts’ file is damaged; a copy is kept. Nothing that was here is lost.", answer.err)
            self.assertIn("kith status --repair", answer.err)
            assert_documented("store", how="the contacts’ file is overwritten", result=answer)
        self.assertEqual(self.copies(), [])
        answer = self.home.run("status", "--repair")
        self.assertEqual(answer.code, 0)
        self.assertIn(f"a copy was kept: {self.copies()[0]}", answer.err)

    def test_a_newer_store_names_the_version_and_is_left_alone(self):
        self.signed_in()
        self.sql("UPDATE meta SET value = '9.1.0' WHERE key = 'kith'")
        self.sql("PRAGMA user_version = 99")
        for command in (["list"], ["status", "--repair"]):
            answer = self.home.run(*command)
            self.assertEqual(answer.code, 40)
            assert_documented("store", how="a newer kith wrote the contacts’ file", result=answer)
        self.assertEqual(self.sql("SELECT count(*) FROM contact"), (60,))


if __name__ == "__main__":
    unittest.main()
