# SPDX-License-Identifier: MIT
"""Parts that are loaded when they are needed: which commands do without them, and what is said where one is missing."""
from kith_harness import *

WORKER = "worker@contoso.example"
# As `meson` puts them in the build folder.
BUILD = pathlib.Path(KITH).parents[2]
# What each part brings along.
LIBRARIES = {"kith-http.so": "libcurl.so", "kith-loopback.so": "libmicrohttpd.so", "kith-keyring.so": "libsecret-1.so",
             "kith-phone.so": "libphonenumber.so", "kith-web.so": "libmicrohttpd.so"}
PLAIN, ODD = "+1 202 555 0147", "1-800-FLOWERS"  # libphonenumber must be asked about letters


class Case(SandboxCase):
    program = KITH

    def run_loading(self, *arguments, env=None):
        """Run it; also the names of all files that the loader mapped, by its own account."""
        log = self.home.root / "loader"
        done = subprocess.run([self.program, *self.home.command(*arguments)[1:]], capture_output=True, timeout=60, text=True,
                              env={**self.home.env, **(env or {}), "LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(log)})
        loaded = set()
        for path in self.home.root.glob("loader.*"):
            loaded |= set(re.findall(r"calling init: \S*/(\S+)", path.read_text(errors="replace")))
            path.unlink()
        self.assertIn("libsqlite3.so.0", loaded)  # it did tell
        return Result(done.returncode, done.stdout, done.stderr, 0), loaded

    def parts_of(self, loaded):
        return {name for name, library in LIBRARIES.items() if name in loaded or any(f.startswith(library) for f in loaded)}


class Loaded(Case):
    def setUp(self):
        super().setUp()
        self.signed_in("--name", "work")

    def test_a_look_up_loads_none_of_them(self):
        shown = self.home.names()[0]
        for command in (("who", PLAIN), ("find", shown[:3]), ("find", "--json", shown[:3]), ("query", shown[:3]),
                        ("list", "--limit", "20"), ("show", shown), ("accounts",), ("config", "list"), ("export",)):
            result, loaded = self.run_loading(*command)
            self.assertIn(result.code, (0, 1, 44), (command, result))
            self.assertEqual(self.parts_of(loaded), set(), command)

    def test_each_is_loaded_by_who_needs_it(self):
        self.assertEqual(self.parts_of(self.run_loading("who", ODD)[1]), {"kith-phone.so"})
        result, loaded = self.run_loading("import", "work")
        self.assertEqual(result.code, 0, result)
        self.assertIn("kith-http.so", loaded)
        self.assertNotIn("kith-phone.so", loaded)  # nothing changed, so no number was read
        self.sandbox.call("POST", "/sandbox/change", {"person": WORKER, "add": 30, "change": 0, "remove": 0})
        loaded = self.run_loading("import", "work")[1]
        self.assertLessEqual({"kith-http.so", "kith-phone.so"}, loaded)
        self.assertNotIn("kith-web.so", loaded)


class Missing(Case):
    """A kith of which one file is gone."""

    def setUp(self):
        super().setUp()
        self.root = self.home.root / "installed"
        for path in [pathlib.Path(KITH), *BUILD.glob("src/libkith.so.0"), *BUILD.glob("src/kith-*.so"),
                     *BUILD.glob("faces/web/kith-*.so")]:
            copy = self.root / path.relative_to(BUILD)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        self.program = self.root / pathlib.Path(KITH).relative_to(BUILD)

    def file_of(self, name):
        return next(self.root.rglob(name))

    def run_without(self, name, *arguments, env=None):
        path = self.file_of(name)
        aside = path.rename(self.home.root / name)
        try:
            return self.run_loading(*arguments, env=env)[0]
        finally:
            aside.rename(path)

    def assert_incomplete(self, name, *arguments, env=None):
        result = self.run_without(name, *arguments, env=env)
        self.assertEqual(result.code, 70, result)
        self.assertIn("kith is not completely installed", result.err)
        self.assertIn(f"{name}: cannot open shared object file: No such file or directory. Install kith again.", result.err)
        return result

    def test_an_import_says_which_part_is_missing_and_changes_nothing(self):
        self.signed_in("--name", "work")
        before = self.home.export()
        result = self.assert_incomplete("kith-http.so", "import", "work")
        assert_documented("internal", how="a part of kith is missing from the installation", result=result)
        self.sandbox.call("POST", "/sandbox/change", {"person": WORKER, "add": 30, "change": 0, "remove": 0})
        self.assert_incomplete("kith-phone.so", "import", "work")
        self.assertEqual(self.home.export(), before)
        self.assertEqual(self.run_loading("import", "work")[0].code, 0)  # with all of them back

    def test_a_caller_is_not_called_unknown(self):
        self.assert_incomplete("kith-phone.so", "who", ODD)
        self.assertEqual(self.run_without("kith-phone.so", "who", PLAIN).code, 44)

    def test_a_sign_in_without_its_listener_does_not_begin(self):
        self.assert_incomplete("kith-loopback.so", "sign-in", "microsoft", "--no-browser")
        self.assertEqual(self.home.run("accounts", "--json").json["accounts"], [])

    def test_the_page_says_so_in_the_terminal(self):
        self.assert_incomplete("kith-web.so", "serve", "--no-open")

    @unittest.skipUnless((BUILD / "src" / "kith-keyring.so").exists(), "this build has no keyring")
    def test_a_keyring_that_cannot_be_asked_is_missed_by_who_wants_it(self):
        self.signed_in("--name", "work")
        bus = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.home.root}/no-bus"}
        # The sign-in is in the encrypted file: nothing is amiss.
        self.assertEqual(self.run_without("kith-keyring.so", "import", "work", env=bus).code, 0)
        self.assert_incomplete("kith-keyring.so", "import", "work", "--set", "tokens.keep=keyring", env=bus)

    def test_one_of_another_kith_is_not_used(self):
        path = self.file_of("kith-phone.so")
        version = self.home.run("--version").out.split()[1].encode()
        code = path.read_bytes()
        self.assertEqual(code.count(version + b"\0"), 1)
        path.write_bytes(code.replace(version + b"\0", b"9" * len(version) + b"\0"))
        result, _ = self.run_loading("who", ODD)
        self.assertEqual(result.code, 70, result)
        self.assertIn("kith-phone.so is not of this version of kith. Install kith again.", result.err)
