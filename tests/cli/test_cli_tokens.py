# SPDX-License-Identifier: MIT
"""Where tokens are, and where they are not.

A front before the sandbox writes down every secret of a sign-in, and then each place that could hold one is searched. A real
gnome-keyring on a bus of its own keeps them, is locked, and goes.
"""
import http.client
import resource
import sqlite3
import urllib.parse

from kith_harness import *
from local_server import LocalServer

WORKER = "worker@contoso.example"
ANNA = "anna@gmail.example"
SECRET_FIELDS = ("code", "code_verifier", "refresh_token", "access_token", "id_token", "client_secret")


# A bus that starts no service by itself: what is gone stays gone.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={}/bus</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


class Recorder(LocalServer):
    """Stands before the sandbox, passes everything on, and writes down what must be found nowhere else."""

    def __init__(self, upstream):
        self.upstream = urllib.parse.urlsplit(upstream).netloc
        self.secrets = {}
        super().__init__(self.pass_on)

    def note(self, fields):
        for name in SECRET_FIELDS:
            if fields.get(name):
                self.secrets[fields[name]] = name

    def pass_on(self, request, body):
        connection = http.client.HTTPConnection(self.upstream, timeout=60)
        connection.request(request.command, request.path, body or None,
                           {"Content-Type": request.headers.get("Content-Type", "")})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if body:
            self.note(dict(urllib.parse.parse_qsl(body.decode())))
            self.note(json.loads(text))
        request.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() in ("content-type", "location"):
                request.send_header(name, value)
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    def found_in(self, *texts):
        """What kinds of secret stand in these."""
        return sorted({kind for text in texts for secret, kind in self.secrets.items() if secret.encode() in text})


class Recorded(SandboxCase):
    options = ("--contacts", "50", "--auto", WORKER)
    provider, keys, name = "microsoft", ("microsoft.authority",), "work"

    def setUp(self):
        super().setUp()
        self.recorder = Recorder(self.sandbox.base)
        self.addCleanup(self.recorder.close)
        for key in self.keys:
            before = urllib.parse.urlsplit(self.home.run("config", "get", key).out.strip())
            self.assertEqual(self.home.run("config", "set", key, self.recorder.base + before.path).code, 0)
        self.home.env["KITH_DEBUG"] = "all"

    def kept(self):
        """Everything that this person's folders hold, but for the settings file, which is the person's own."""
        return [path.read_bytes() for path in self.home.root.rglob("*") if path.is_file() and path != self.home.config]

    def assert_nowhere(self, *results):
        self.assertTrue({"code", "code_verifier", "refresh_token", "access_token"} <= set(self.recorder.secrets.values()))
        told = [text.encode() for result in results for text in (result.out, result.err)]
        self.assertEqual(self.recorder.found_in(*told), [])
        self.assertEqual(self.recorder.found_in(*self.kept()), [])

    def sign_in_and_use(self, *options):
        results = [self.home.sign_in(*options, provider=self.provider)]
        for command in (("import", self.name), ("refresh",), ("accounts",), ("status", "--check"), ("config", "list"),
                        ("import", "nobody")):
            results.append(self.home.run(*command, *options))
        self.assertEqual([result.code for result in results], [0, 0, 0, 0, 0, 0, 44], results)
        return results


class Tokens(Recorded):
    def test_no_secret_is_told_or_kept_in_the_clear(self):
        self.assert_nowhere(*self.sign_in_and_use("-vvv"))

    def test_nor_in_json(self):
        self.assert_nowhere(*self.sign_in_and_use("-vvv", "--json"))


class GoogleTokens(Tokens):
    options = ("--contacts", "50", "--auto", ANNA)
    provider, keys, name = "google", ("google.accounts", "google.oauth2"), "home"


class WhileItRuns(Recorded):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.home.sign_in().code, 0)

    def held_import(self, **more):
        """An import that has its token and waits for the service."""
        self.sandbox.fault(path="/v1.0/me/contacts", do="hang")
        self.sandbox.call("DELETE", "/sandbox/requests")
        process = self.home.start("import", "work", **more)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        watchdog = time.monotonic() + 20
        while not self.sandbox.contact_requests() and time.monotonic() < watchdog:
            time.sleep(0.05)
        return process

    def test_the_process_list_has_none(self):
        process = self.held_import()
        words, environment = (pathlib.Path(f"/proc/{process.pid}/{name}") for name in ("cmdline", "environ"))
        self.assertIn(b"import", words.read_bytes())
        texts = [words.read_bytes()]
        if os.access(environment, os.R_OK):  # kith is not dumpable: only root may look
            texts.append(environment.read_bytes())
        self.assertEqual(self.recorder.found_in(*texts), [])
        process.kill()
        process.communicate()

    @unittest.skipIf(SANITIZED, "a sanitizer turns the signal into a report")
    def test_however_it_ends_there_is_no_core_dump(self):
        process = self.held_import(cwd=self.home.root, preexec_fn=allow_core_dumps)
        before = set(self.home.root.iterdir())
        process.send_signal(signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -signal.SIGABRT
        self.assertEqual(os.WTERMSIG(status), signal.SIGABRT)
        self.assertFalse(os.WCOREDUMP(status))
        self.assertEqual(set(self.home.root.iterdir()), before)
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()


    def may_lock_memory(self):
        return resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] >= 1024 * 1024

    @unittest.skipUnless(os.geteuid() == 0, "looking into another process needs root")
    @unittest.skipIf(SANITIZED, "a sanitizer keeps what was freed")
    def test_what_it_holds_for_long_cannot_be_swapped_out(self):
        if not self.may_lock_memory():
            self.skipTest("hardly any memory may be locked here")
        process = self.held_import()
        held = [(flags, kind) for flags, memory in mappings(process.pid) for kind in self.recorder.found_in(memory)]
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        process.kill()
        process.communicate()
        self.assertIn("access_token", [kind for _, kind in held])
        self.assertEqual([kind for flags, kind in held if not {"lo", "dd"} <= flags], [])  # locked, and in no core dump
        self.assertGreater(int(re.search(r"VmLck:\s+(\d+) kB", status)[1]), 0)

    def test_without_any_memory_that_may_be_locked_it_works_all_the_same(self):
        process = self.home.start("import", "work", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0)))
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)

    @unittest.skipUnless(have("gdb") and os.geteuid() == 0, "looking into another process needs gdb and root")
    @unittest.skipIf(SANITIZED, "a sanitizer keeps what was freed")
    def test_at_its_end_its_memory_holds_nothing_that_lasts(self):
        self.sandbox.fault(path="/v1.0/me/contacts", do="token-expired", times=1)  # so that tokens are traded, too
        before = len(self.recorder.secrets)
        memory = self.home.root / "memory"
        done = subprocess.run(["gdb", "-batch", "-nx", "-ex", "set breakpoint pending on", "-ex", "break exit", "-ex", "run",
                               "-ex", f"gcore {memory}", "--args", *self.home.command("import", "work")],
                              env=self.home.env, capture_output=True, text=True, timeout=240)
        self.assertTrue(memory.exists(), done)
        self.assertGreater(len(self.recorder.secrets), before)
        held = memory.read_bytes()
        memory.unlink()
        self.assertIn(WORKER.encode(), held)  # it is the right memory
        self.assertEqual(set(self.recorder.found_in(held)), set())


def mappings(pid):
    """(flags, bytes) of all that the process may write to."""
    smaps = pathlib.Path(f"/proc/{pid}/smaps").read_text()
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for begin, end, flags in re.findall(r"^([0-9a-f]+)-([0-9a-f]+) rw.*?^VmFlags: (.*?)$", smaps, re.M | re.S):
            memory.seek(int(begin, 16))
            yield set(flags.split()), memory.read(int(end, 16) - int(begin, 16))


def allow_core_dumps():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Elsewhere(Recorded):
    """The file of tokens on another device, or of another person, opens nothing; the contacts stay to be read."""

    def setUp(self):
        super().setUp()
        self.assertEqual(self.home.sign_in().code, 0)
        self.contacts = self.home.names()

    def assert_locked(self, result, how=""):
        self.assertEqual(result.code, 40, result)
        self.assertIn("The sign-in cannot be read", result.err)
        self.assertIn("Your contacts here still work.", result.err)
        if how:
            assert_documented("store", how=how, result=result)

    def test_without_the_key_of_the_other_folder(self):
        other = self.new_home()
        shutil.copytree(self.home.data, other.data)
        self.assert_locked(other.run("import", "work"), how="the folder of contacts is copied to another device")
        self.assertEqual(other.names(), self.contacts)
        self.assertEqual(other.run("sign-out", "work", "--keep-contacts").code, 0)  # and a person can begin anew

    @unittest.skipUnless(os.geteuid() == 0 and have("unshare") and os.path.exists("/etc/machine-id"),
                         "another machine's id needs root and a machine that has one")
    def test_with_both_folders_on_another_machine(self):
        number = self.home.root / "machine-id"
        number.write_text("0123456789abcdef0123456789abcdef\n")
        inside = f"mount --bind '{number}' /etc/machine-id || exit 99; exec \"$@\""
        done = subprocess.run(["unshare", "--mount", "sh", "-c", inside, "sh", *self.home.command("import", "work")],
                              env=self.home.env, capture_output=True, text=True)
        if done.returncode in (1, 99):
            self.skipTest("no namespace may be made here")
        self.assert_locked(Result(done.returncode, done.stdout, done.stderr, 0))
        self.assertEqual(self.home.run("import", "work").code, 0)


@unittest.skipUnless(all(map(have, ("gnome-keyring-daemon", "dbus-daemon", "gdbus"))), "gnome-keyring or a bus is not here")
class Keyring(Recorded):
    def setUp(self):
        super().setUp()
        self.home.env["XDG_RUNTIME_DIR"] = str(self.home.root / "runtime")
        pathlib.Path(self.home.env["XDG_RUNTIME_DIR"]).mkdir(mode=0o700)
        settings = self.home.root / "bus.conf"
        settings.write_text(BUS.format(self.home.root))
        self.bus = self.daemon("dbus-daemon", "--config-file", settings, "--nofork", "--print-address=1",
                               stdout=subprocess.PIPE)
        self.home.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().decode().strip()
        self.addCleanup(self.bus.stdout.close)
        self.home.env["ASAN_OPTIONS"] = "detect_leaks=0"  # libsecret's own thread ends with the process, whatever it holds
        self.unlocked()
        self.home.run("config", "set", "tokens.keep", "auto")

    def daemon(self, *arguments, **more):
        process = subprocess.Popen(arguments, env=self.home.env, stderr=subprocess.DEVNULL, **more)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def secrets(self, path, method, *arguments):
        return subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", path,
                               "--method", method, *arguments], env=self.home.env, capture_output=True, text=True)

    def unlocked(self):
        """A session whose keyring was opened by the password of the login."""
        self.keyring = self.daemon("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets",
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.keyring.stdin.write(b"word of the login")
        self.keyring.stdin.close()
        watchdog = time.monotonic() + 20
        alias = ("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias", "default")
        while "login" not in self.secrets(*alias).stdout:
            if time.monotonic() > watchdog:
                self.skipTest("gnome-keyring does not start here")
            time.sleep(0.1)

    def locked(self):
        login = "['/org/freedesktop/secrets/collection/login']"
        self.secrets("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", login)

    def gone(self):
        self.keyring.kill()
        self.keyring.wait()

    def where(self):
        return self.home.run("status", "--json").json["status"]["tokens_in"]

    def test_keeps_the_tokens_and_not_in_the_clear(self):
        self.assert_nowhere(*self.sign_in_and_use("-vvv"))
        self.assertEqual(self.where(), "keyring")
        self.assertFalse((self.home.data / "tokens.enc").exists())
        self.assertEqual(self.home.run("sign-out", "work").code, 0)

    def lies_in(self):
        """Where status says that the account's tokens lie."""
        return self.home.run("status", "--json").json["accounts"][0].get("tokens_in", "")

    def keep(self, place):
        self.assertEqual(self.home.run("config", "set", "tokens.keep", place).code, 0)

    def assert_away_and_back(self, away, back, how, env=None):
        """The sign-in cannot be reached for a while: no contact and no sign-in is lost by that, nor taken for gone."""
        self.assertEqual(self.home.sign_in().code, 0)
        contacts, before = self.home.names(), dict(self.home.env)
        away()
        assert_documented("store", how=how, result=self.home.run("import", "work"))
        self.assertEqual(self.home.names(), contacts)
        status = self.home.run("status")
        self.assertIn("“work” in the keyring", status.out)
        self.assertIn('Problem    the sign-in of "work" lies in the desktop\'s keyring, which cannot be reached', status.out)
        for choice in ((), ("--keep-contacts",)):  # a sign-in that can be used again is not called gone
            self.assert_failure(self.home.run("sign-out", "work", "--json", *choice), "store", 40)
        self.assertEqual(self.home.names(), contacts)
        self.home.env.update(before)
        back()
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertNotIn("Problem", self.home.run("status").out)
        self.assertEqual(self.home.run("sign-out", "work").code, 0)
        self.assertEqual(self.kept_in_keyring(), 0)

    def kept_in_keyring(self):
        found = self.secrets("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.SearchItems",
                             json.dumps({"xdg:schema": "kith.Token"}))
        return found.stdout.count("/org/freedesktop/secrets/collection/")

    def test_locked_and_unlocked(self):
        def back():
            self.gone()
            self.unlocked()

        self.assert_away_and_back(self.locked, back, how="the keyring is locked")

    def test_gone_and_back(self):
        self.assert_away_and_back(self.gone, self.unlocked, how="the keyring is gone")

    def test_no_session_bus_and_one_again(self):
        def away():
            del self.home.env["DBUS_SESSION_BUS_ADDRESS"]

        self.assert_away_and_back(away, lambda: None, how="there is no session bus, so no keyring")

    def test_gone_for_good_a_new_sign_in_goes_into_the_file(self):
        self.assertEqual(self.home.sign_in().code, 0)
        contacts = self.home.names()
        self.gone()
        self.assertEqual(self.home.sign_in("--again", "work", provider=None).code, 0)
        self.assertEqual((self.lies_in(), self.home.names()), ("encrypted file", contacts))
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual(self.home.run("sign-out", "work").code, 0)

    def test_who_does_without_it_can_leave(self):
        self.assertEqual(self.home.sign_in().code, 0)
        self.gone()
        self.keep("file")
        self.assert_failure(self.home.run("import", "work", "--json"), "signin-needed", 9)
        self.assertEqual(self.home.run("sign-out", "work").code, 0)

    def test_moves_where_the_setting_wants_it(self):
        self.assertEqual(self.home.sign_in().code, 0)
        for keep, place, in_keyring in (("file", "encrypted file", 0), ("keyring", "keyring", 1), ("auto", "keyring", 1)):
            self.keep(keep)
            self.assertEqual(self.home.run("import", "work").code, 0)
            self.assertEqual((self.lies_in(), self.kept_in_keyring()), (place, in_keyring), keep)

    def test_what_was_kept_in_the_file_moves_into_a_keyring_that_is_there_by_now(self):
        self.gone()
        self.assertEqual(self.home.sign_in().code, 0)
        self.assertEqual(self.lies_in(), "encrypted file")
        self.unlocked()
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual((self.lies_in(), self.kept_in_keyring()), ("keyring", 1))

    def test_an_account_of_an_older_kith_is_noted_as_it_is_used(self):
        self.assertEqual(self.home.sign_in().code, 0)
        with sqlite3.connect(self.home.data / "contacts.db") as store:
            store.execute("DELETE FROM setting WHERE key LIKE 'tokens.%'")
        store.close()
        self.assertEqual(self.lies_in(), "")
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual(self.lies_in(), "keyring")
