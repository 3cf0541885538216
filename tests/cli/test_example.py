# SPDX-License-Identifier: MIT
"""docs/examples/caller.c, the program of a stranger: as Meson builds it, and as the installed pkg-config file does."""
from kith_harness import *

EXAMPLE = os.environ.get("KITH_EXAMPLE", "")
BUILD = os.environ.get("KITH_BUILD", "")
SOURCE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "examples" / "caller.c"


class Example(SandboxCase):
    options = ("--contacts", "200", "--auto", "worker@contoso.example")

    def run_example(self, program, *words, env=None):
        process = subprocess.Popen([program, self.home.config, self.home.root / "example", *words],
                                   env={**self.home.env, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first = process.stdout.readline().decode()
        if first.startswith("Open http"):
            fetch(first.split()[1])
        out, err = process.communicate(timeout=120)
        return Result(process.returncode, first + out.decode(), err.decode(), 0)

    def assert_finds(self, program, **more):
        """It knows whom kith knows: somebody of the sandbox, by name and by number."""
        self.signed_in()
        row = next(row for row in self.home.run("list", "--json").json["contacts"] if row["phone_e164"])
        result = self.run_example(program, row["shown"], row["phone_e164"], **more)
        self.assertEqual(result.code, 0, result)
        self.assertIn("work: 200 of 200\n", result.out)
        self.assertIn(f"found: {row['shown']}, ", result.out)
        self.assertIn(f"calling: {row['shown']}, ", result.out)

    def test_signs_in_imports_and_finds(self):
        self.assert_finds(EXAMPLE)

    def test_says_what_failed_in_the_words_of_every_face(self):
        self.home.config.unlink()
        result = self.run_example(EXAMPLE, "a", "1")
        self.assertEqual(result.code, 19, result)
        self.assertTrue(result.err.startswith("kith cannot sign in to Microsoft 365 yet\n"), result)

    def test_uses_the_public_header_alone(self):
        self.assertEqual(re.findall(r"#include (\S+)", SOURCE.read_text()), ["<kith/kith.h>", "<stdio.h>"])

    @unittest.skipUnless(have("pkg-config") and have("meson"), "pkg-config or meson is not here")
    @unittest.skipIf(SANITIZED, "a library with sanitizers needs its compiler's options as well")
    def test_builds_by_the_installed_pkg_config_file(self):
        root = self.home.root / "installed"
        subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--tags", "devel,runtime", "--destdir", root],
                       check=True, capture_output=True)
        description = next(root.rglob("libkith.pc"))
        env = dict(os.environ, PKG_CONFIG_PATH=str(description.parent), PKG_CONFIG_SYSROOT_DIR=str(root))
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libkith"], env=env, check=True, capture_output=True,
                               text=True)
        self.assertNotIn(BUILD, flags.stdout)
        program = self.home.root / "caller"
        subprocess.run(["cc", "-Werror", "-Wall", SOURCE, *flags.stdout.split(), "-o", program], check=True)
        self.assert_finds(program, env={"LD_LIBRARY_PATH": str(description.parent.parent)})
