# SPDX-License-Identifier: MIT
"""bench_mailbox.py - one mailbox of the sandbox, and everybody who imports it: kith, the floor, the rivals."""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "sandbox")]

PERSON = "worker@contoso.example"
# What both sides do: everything, no pictures; the same region for numbers without a country.
SETTINGS = ["--set", "import.limit=0", "--set", "import.photos=no", "--set", "import.region=US"]


class Programs:
    """Where everything that is run lies."""

    def __init__(self, build):
        build = pathlib.Path(build).resolve()
        self.kith = build / "faces/cli/kith"
        self.sandbox = build / "sandbox/kith-sandbox"
        self.weigh, self.floor, self.questions = (build / "tests/bench" / name for name in
                                                  ("weigh", "floor", "questions"))
        os.environ.update(KITH=str(self.kith), KITH_SANDBOX=str(self.sandbox))


def cpu_s(weight):
    return weight["user_s"] + weight["system_s"]


def median(weights, of=cpu_s):
    return statistics.median(of(weight) for weight in weights)


def wall_s(weight):
    return weight["wall_s"]


def ticks_s(pid):
    """CPU seconds that a process has taken so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def count_contacts(database):
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return db.execute("SELECT count(*) FROM contact").fetchone()[0]


class Mailbox:
    """n contacts at the sandbox; use as a context manager."""

    def __init__(self, programs, n, *options, scratch=None):
        import kith_harness  # reads KITH and KITH_SANDBOX as it is loaded
        self.harness, self.programs, self.n = kith_harness, programs, n
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="kith-bench-", dir=scratch))
        self.config = self.scratch / "config"
        self.sandbox = kith_harness.Sandbox("--contacts", n, "--auto", PERSON, *options, config=self.config)
        self.homes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sandbox.close()
        for home in self.homes:
            home.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    # --- Weighing ---

    def weigh_often(self, times, *command, env=None):
        done = subprocess.run([str(self.programs.weigh), str(times), *map(str, command)], capture_output=True,
                              text=True, env=env, check=False)
        weights = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode != 0 or any(weight["exit"] not in (0, 44) for weight in weights):
            raise RuntimeError(f"{command}: {weights} {done.stderr[-2000:]}")
        return weights

    def weigh(self, *command, env=None):
        return self.weigh_often(1, *command, env=env)[0]

    def served(self, work):
        """What the sandbox's own CPU time was while `work` ran, beside its weight."""
        before = ticks_s(self.sandbox.process.pid)
        weight = work()
        return dict(weight, server_cpu_s=ticks_s(self.sandbox.process.pid) - before)

    # --- kith ---

    def new_home(self):
        home = self.harness.Home(parent=self.scratch)
        self.homes.append(home)
        shutil.copy(self.config, home.config)
        signed_in = home.sign_in("--no-import", "--name", "work")
        if signed_in.code != 0:
            raise RuntimeError(repr(signed_in))
        return home

    def drop(self, home):
        self.homes.remove(home)
        home.close()

    def kith(self, home, *arguments):
        return self.weigh(*home.command(*arguments), env=home.env)

    def kith_often(self, times, home, *arguments):
        return self.weigh_often(times, *home.command(*arguments), env=home.env)

    def import_into(self, home):
        weight = self.served(lambda: self.kith(home, "import", "work", *SETTINGS))
        if (kept := count_contacts(home.data / "contacts.db")) != self.n:
            raise RuntimeError(f"kith kept {kept} of {self.n} contacts")
        return weight

    def refresh(self, home):
        return self.served(lambda: self.kith(home, "refresh", *SETTINGS))

    def questions(self, home, *arguments):
        done = subprocess.run([str(self.programs.questions), arguments[0], str(home.data), *map(str, arguments[1:])],
                              capture_output=True, text=True, env=home.env, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout)

    @contextlib.contextmanager
    def asked_meanwhile(self, home, answers):
        """Another process searches while the block runs; what it found goes into `answers`."""
        process = subprocess.Popen([str(self.programs.questions), "find", str(home.data), "2000", "--until-closed"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=home.env)
        time.sleep(0.5)
        try:
            yield
        finally:
            answers.update(json.loads(process.communicate()[0]))  # closes its input

    # --- The floor and the rivals ---

    def token(self):
        from sandbox_client import Client
        with contextlib.closing(Client(self.sandbox)) as client:
            return client.sign_in()["access_token"]

    def page_url(self):
        """The first page of contacts as kith asks for it."""
        path = next(request["path"] for request in self.sandbox.requests()
                    if request["path"].startswith("/v1.0/me/contacts?"))
        return self.sandbox.base + path

    def get_urls(self):
        return [self.sandbox.base + request["path"] for request in self.sandbox.requests()
                if request["method"] == "GET" and request["path"].startswith("/v1.0/")]

    def database(self):
        return pathlib.Path(tempfile.mkdtemp(dir=self.scratch)) / "contacts.db"

    def _import_by(self, command, **env):
        database = self.database()
        weight = self.served(lambda: self.weigh(*command(database), env=dict(os.environ, **env)))
        weight["bytes"] = database.stat().st_size
        if (kept := count_contacts(database)) != self.n:
            raise RuntimeError(f"{command(database)[0]} kept {kept} of {self.n} contacts")
        shutil.rmtree(database.parent)
        return weight

    def floor(self, url, *more):
        return self._import_by(lambda db: [self.programs.floor, "import", url, db, *more], FLOOR_TOKEN=self.token())

    def bare(self, urls, at_a_time):
        path = self.scratch / "urls"
        path.write_text("\n".join(urls) + "\n")
        return self.weigh(self.programs.floor, "fetch", path, at_a_time, env=dict(os.environ, FLOOR_TOKEN=self.token()))

    def rival(self, *command):
        return self._import_by(lambda db: [*command, db], RIVAL_GRAPH=self.sandbox.base, RIVAL_TOKEN=self.token())


__all__ = ["HERE", "Mailbox", "PERSON", "Programs", "cpu_s", "median", "wall_s"]
