# SPDX-License-Identifier: MIT
"""Completion in real shells: a person types the beginning and presses Tab."""
import pty
import select

from kith_harness import *

COMPLETIONS = pathlib.Path(__file__).resolve().parents[2] / "data" / "completions"
MARK = "ready-for-the-next-line"


def put_on_path(home):
    """`kith` by its own name, with this home's folders; the environment in which it is found."""
    folder = home.root / "bin"
    folder.mkdir(exist_ok=True)
    script = folder / "kith"
    script.write_text(f'#!/bin/sh\nexec "{KITH}" --data-dir "{home.data}" --config "{home.config}" "$@"\n')
    script.chmod(0o755)
    return dict(home.env, PATH=f"{folder}:{os.environ['PATH']}")


class Shell:
    """An interactive shell on a terminal of its own, with kith on its path."""

    def __init__(self, home, command, setup):
        env = dict(put_on_path(home), TERM="dumb", PS1="$ ", COLUMNS="200", LINES="50")
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=home.root,
                                        start_new_session=True)
        os.close(slave)
        self.send(setup + "\n")
        self.send(f"echo {MARK[:5]}''{MARK[5:]}\n")
        self.read_until(MARK)

    def send(self, text):
        os.write(self.master, text.encode())

    def read_until(self, text, seconds=60):
        got = ""
        end = time.monotonic() + seconds
        while text not in got:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                raise AssertionError(f"no {text!r} in {got!r}")
            try:
                got += os.read(self.master, 65536).decode("utf-8", "replace")
            except OSError as error:
                raise AssertionError(f"the shell ended: {got!r}") from error
        return got

    def complete(self, line, wanted):
        """Type the line and Tab; wait until the whole word stands there, then take the line back."""
        self.send(line + "\t")
        self.read_until(wanted)
        self.send("\x15\n")

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


class Completion(SandboxCase):
    options = ("--contacts", "5", "--auto", "worker@contoso.example")

    def setUp(self):
        super().setUp()
        self.signed_in("--name", "headquarters")

    def check(self, shell):
        self.addCleanup(shell.close)
        shell.complete("kith refr", "kith refresh")
        shell.complete("kith refresh headq", "headquarters")
        shell.complete("kith refresh --allow", "--allow-removals")
        shell.complete("kith list --account headq", "headquarters")
        shell.complete("kith export --format vcard4 --acc", "--account")
        shell.complete("kith sign-in micr", "microsoft")
        shell.complete("kith config set import.lim", "import.limit")

    @unittest.skipUnless(have("bash"), "bash is not installed")
    def test_bash(self):
        self.check(Shell(self.home, ["bash", "--norc", "--noprofile", "-i"], f"source '{COMPLETIONS / 'kith.bash'}'"))

    @unittest.skipUnless(have("zsh"), "zsh is not installed")
    def test_zsh(self):
        setup = (f"fpath=('{COMPLETIONS}' $fpath); autoload -Uz compinit; compinit -u -d '{self.home.root / 'dump'}'; "
                 "unsetopt zle_bracketed_paste; unset zle_bracketed_paste")
        self.check(Shell(self.home, ["zsh", "-f", "-i"], setup))

    @unittest.skipUnless(have("fish"), "fish is not installed")
    def test_fish(self):
        env = put_on_path(self.home)
        for line, wanted in (("kith refr", "refresh"), ("kith refresh headq", "headquarters"),
                             ("kith refresh --allow", "--allow-removals"), ("kith list --account headq", "headquarters"),
                             ("kith export --format vcard4 --acc", "--account"), ("kith sign-in micr", "microsoft"),
                             ("kith config set import.lim", "import.limit")):
            with self.subTest(line):
                done = subprocess.run(["fish", "--no-config", "-c",
                                       f"source '{COMPLETIONS / 'kith.fish'}'; complete -C '{line}'"],
                                      env=env, capture_output=True, text=True, timeout=60)
                self.assertIn(wanted, [row.split("\t")[0] for row in done.stdout.splitlines()], done.stderr)
                self.assertEqual(done.stderr, "", "what is written there stands in the middle of the person's line")

    @unittest.skipUnless(have("fish"), "fish is not installed")
    def test_fish_offers_the_commands_and_nothing_else(self):
        commands = re.findall(r"^  ([a-z][a-z-]*)  ", self.home.run("--help").out, re.M)
        done = subprocess.run(["fish", "--no-config", "-c", f"source '{COMPLETIONS / 'kith.fish'}'; complete -C 'kith '"],
                              env=put_on_path(self.home), capture_output=True, text=True, timeout=60)
        self.assertEqual(sorted(row.split("\t")[0] for row in done.stdout.splitlines()), sorted(commands))
        self.assertEqual(done.stderr, "")

    @unittest.skipUnless(have("bash"), "bash is not installed")
    def test_every_command_is_offered(self):
        commands = re.findall(r"^  ([a-z][a-z-]*)  ", self.home.run("--help").out, re.M)
        self.assertIn("refresh", commands)
        done = subprocess.run(["bash", "--norc", "-c", f"kith() {{ '{KITH}' \"$@\"; }}; "
                               f"source '{COMPLETIONS / 'kith.bash'}'; COMP_WORDS=(kith ''); COMP_CWORD=1; _kith; "
                               "printf '%s\\n' \"${COMPREPLY[@]}\""], capture_output=True, text=True, timeout=60)
        self.assertEqual(sorted(done.stdout.split()), sorted(commands), done.stderr)


if __name__ == "__main__":
    unittest.main()
