# SPDX-License-Identifier: MIT
"""Killed at any moment, or the disk full: the store holds the old contacts or the new ones, never something between."""
import contextlib
import random
import sqlite3

from kith_harness import *

WORKER = "worker@contoso.example"
KILLS = int(os.environ.get("KITH_TEST_KILLS", "50"))


def integrity(home):
    with contextlib.closing(sqlite3.connect(home.data / "contacts.db")) as db:
        return db.execute("PRAGMA integrity_check").fetchone()[0]


class Crash(SandboxCase):
    options = ("--contacts", "4000", "--auto", WORKER)

    def state(self):
        return [(c["source_id"], c["change_key"]) for c in self.home.export()]

    def change(self):
        self.sandbox.call("POST", "/sandbox/change", {"person": WORKER, "add": 200, "change": 600, "remove": 200})

    def test_killed_at_random_moments_leaves_old_or_new(self):
        dice = random.Random(20261124)
        self.signed_in()
        self.change()
        whole = self.home.run("import", "work")
        old_kept = new_taken = 0
        for _ in range(KILLS):
            before = self.state()
            self.change()
            process = self.home.start("import", "work")
            time.sleep(dice.uniform(whole.took * 0.3, whole.took * 1.4))
            process.kill()
            process.communicate()
            self.assertEqual(integrity(self.home), "ok")
            after = self.state()
            if after == before:
                old_kept += 1
                continue
            new_taken += 1
            self.assertEqual(self.home.run("import", "work", "--json").lines[-1]["result"]["unchanged"], len(after))
        self.assertEqual(self.home.run("import", "work").code, 0)
        print(f"# {KILLS} kills: {old_kept} times the old contacts, {new_taken} times the new ones")
        self.assertGreater(old_kept, 0)

    def test_killed_during_the_first_import_leaves_nothing_or_all(self):
        dice = random.Random(7)
        for _ in range(max(1, KILLS // 5)):
            self.home = self.new_home()
            self.assertEqual(self.home.sign_in("--no-import").code, 0)
            process = self.home.start("import", "work")
            time.sleep(dice.uniform(0, 0.5))
            process.kill()
            process.communicate()
            self.assertEqual(integrity(self.home), "ok")
            self.assertIn(self.home.count(), (0, self.sandbox_count()))

    def sandbox_count(self):
        return 4000

    def setUp(self):
        super().setUp()
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 4000})


@unittest.skipUnless(os.geteuid() == 0, "mounting a small disk needs root")
class FullDisk(SandboxCase):
    options = ("--contacts", "20000", "--auto", WORKER)

    def small_home(self, megabytes):
        mount = tempfile.mkdtemp(prefix="kith-small-")
        self.addCleanup(os.rmdir, mount)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", mount]).returncode != 0:
            self.skipTest("no file system may be mounted here")
        self.addCleanup(subprocess.run, ["umount", mount])
        home = Home(parent=mount)
        shutil.copy(self.config, home.config)
        return home

    def test_a_full_disk_keeps_what_was_there(self):
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 3000})
        self.home = self.small_home(16)
        self.signed_in()
        before = self.home.export()
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 20000})
        result = self.home.run("import", "work", "--set", "import.limit=0")
        assert_documented("store", how="the disk is full", result=result)
        self.assertEqual(integrity(self.home), "ok")
        self.assertEqual(self.home.export(), before)
        self.sandbox.call("POST", "/sandbox/mailbox", {"person": WORKER, "contacts": 3000})
        self.assertEqual(self.home.run("import", "work", "--set", "import.limit=0").code, 0)
