# SPDX-License-Identifier: MIT
"""kith_harness.py - runs the real programs: a sandbox on a free port, `kith` with a data folder of its own.

KITH and KITH_SANDBOX name the binaries. Everything started here is stopped here.
"""
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from failures_table import assert_documented

KITH = os.environ.get("KITH", "")
SANDBOX = os.environ.get("KITH_SANDBOX", "")
SANITIZED = bool(KITH) and b"__asan_init" in pathlib.Path(KITH).read_bytes()
# libfaketime, which gives a program another clock.
CLOCK = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
needs_clock = unittest.skipUnless(CLOCK and not SANITIZED, "libfaketime is not here, or hangs with the address sanitizer")
# A sanitizer's report must never pass for an answer of the program.
SANITIZER_MARKS = ("AddressSanitizer", "runtime error:", "ThreadSanitizer", "LeakSanitizer")


class Sandbox:
    """One kith-sandbox; use as a context manager."""

    def __init__(self, *options, config=None):
        arguments = [SANDBOX, *map(str, options)]
        if config:
            arguments += ["--config-out", str(config)]
        self.stderr = tempfile.TemporaryFile()
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.stderr)
        readable, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline() if readable else b""
        if not line:
            self.close()
            raise RuntimeError("the sandbox did not start")
        self.ready = json.loads(line)
        self.base = f"http://127.0.0.1:{self.ready['port']}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.process.stdin.close()  # a closed pipe ends it
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.stderr.seek(0)
        text = self.stderr.read().decode("utf-8", "replace")
        self.stderr.close()
        if any(mark in text for mark in SANITIZER_MARKS):
            raise AssertionError("the sandbox: " + text)

    def call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def fault(self, **fault):
        return self.call("POST", "/sandbox/faults", fault)

    def no_faults(self):
        self.call("DELETE", "/sandbox/faults")

    def requests(self):
        answer = self.call("GET", "/sandbox/requests")
        return answer["requests"] if isinstance(answer, dict) else answer

    def contact_requests(self):
        return [r for r in self.requests() if "/contacts" in r["path"].lower() and "sandbox" not in r["path"].lower()]


class Result:
    def __init__(self, code, out, err, took):
        self.code, self.out, self.err, self.took = code, out, err, took

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out[-3000:]}\n--- stderr\n{self.err[-3000:]}"


class Home:
    """A person's folders: data, configuration, state; and `kith` run in them."""

    def __init__(self, parent=None):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="kith-test-", dir=parent))
        self.data = self.root / "data"
        self.config = self.root / "config"
        self.env = dict(os.environ, XDG_DATA_HOME=str(self.root / "xdg-data"),
                        XDG_CONFIG_HOME=str(self.root / "xdg-config"), XDG_STATE_HOME=str(self.root / "state"),
                        HOME=str(self.root), LC_ALL="C.UTF-8", TZ="UTC", NO_PROXY="*", no_proxy="*")
        # The last is Meson's, for the modules a test depends on: as a person starts it, kith finds them itself.
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "KITH_DEBUG", "BROWSER",
                     "LD_LIBRARY_PATH"):
            self.env.pop(name, None)

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def command(self, *arguments):
        return [KITH, *map(str, arguments), "--data-dir", str(self.data), "--config", str(self.config)]

    def start(self, *arguments, **more):
        return subprocess.Popen(self.command(*arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.env, **more)

    def run(self, *arguments, stdin=None, timeout=240):
        began = time.monotonic()
        done = subprocess.run(self.command(*arguments), input=stdin, capture_output=True, env=self.env, timeout=timeout,
                              text=True, encoding="utf-8")
        result = Result(done.returncode, done.stdout, done.stderr, time.monotonic() - began)
        if any(mark in done.stderr for mark in SANITIZER_MARKS):
            raise AssertionError(repr(result))
        return result

    def run_with_clock(self, offset, *arguments):
        """As run(), on a device whose clock goes wrong by so much ("+2d", "-400d")."""
        true_clock, self.env = self.env, dict(self.env, LD_PRELOAD=str(CLOCK), FAKETIME=offset)
        try:
            return self.run(*arguments)
        finally:
            self.env = true_clock

    def sign_in(self, *options, answer=None, timeout=240, provider="microsoft"):
        """Sign in through the printed address; `answer` fetches it (default: follow all redirects, as --auto needs)."""
        process = self.start("sign-in", *([provider] if provider else []), "--no-browser", *options)
        watchdog = time.monotonic() + timeout
        url = ""
        while not url and time.monotonic() < watchdog:
            line = process.stdout.readline().decode()
            if not line:
                break
            if line.startswith("http"):
                url = line.strip()
            elif line.startswith("{"):
                url = json.loads(line).get("url", "")
        if url:
            (answer or fetch)(url)
        out, err = process.communicate(timeout=timeout)
        result = Result(process.returncode, out.decode(), err.decode(), 0)
        result.url = url
        if any(mark in result.err for mark in SANITIZER_MARKS):
            raise AssertionError(repr(result))
        return result

    def names(self):
        rows = self.run("list", "--json").json["contacts"]
        return [row["shown"] for row in rows]

    def count(self):
        return len(self.run("list", "--json").json["contacts"])

    def export(self):
        """What is here, without what an import may number anew."""
        document = self.run("export", "--format", "json").json
        for contact in document["contacts"]:
            contact.pop("id", None)
        return sorted(document["contacts"], key=lambda contact: json.dumps(contact, sort_keys=True))


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.read().decode("utf-8", "replace")
    except OSError:
        return ""


class SandboxCase(unittest.TestCase):
    """A sandbox for the whole class and a fresh home for every test."""

    options = ("--contacts", "100", "--auto", "worker@contoso.example")

    @classmethod
    def setUpClass(cls):
        cls.config_folder = tempfile.mkdtemp(prefix="kith-test-")
        cls.config = pathlib.Path(cls.config_folder) / "config"
        cls.sandbox = Sandbox(*cls.options, config=cls.config)

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.close()
        shutil.rmtree(cls.config_folder, ignore_errors=True)

    def setUp(self):
        self.sandbox.no_faults()
        self.home = self.new_home()

    def new_home(self):
        home = Home()
        shutil.copy(self.config, home.config)
        self.addCleanup(home.close)
        return home

    def signed_in(self, *options):
        result = self.home.sign_in(*options)
        self.assertEqual(result.code, 0, result)
        return result

    def assert_failure(self, result, failure_id, code):
        """The id and the exit code, and that the text form has title and remedy."""
        self.assertEqual(result.code, code, result)
        error = result.lines[-1]["error"]
        self.assertEqual(error["id"], failure_id, result)
        self.assertTrue(error["title"])
        self.assertTrue(error["sentence"])
        return error


def have(program):
    return shutil.which(program) is not None


__all__ = ["CLOCK", "Home", "KITH", "Result", "SANDBOX", "SANITIZED", "Sandbox", "SandboxCase", "assert_documented", "fetch", "have",
           "json", "needs_clock", "os", "pathlib", "re", "shutil", "signal", "subprocess", "tempfile", "time", "unittest"]
