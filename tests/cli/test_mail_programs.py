# SPDX-License-Identifier: MIT
"""`kith query` as mutt and aerc ask it: the real programs, in a terminal, with the lines of configuration of the README."""
from kith_harness import *

WORKER = "worker@contoso.example"
README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
WAIT_S = 30


class Terminal:
    """A program in a terminal of its own, whose screen can be read; kept by tmux."""

    def __init__(self, home, *command):
        self.env = {**home.env, "TERM": "xterm-256color", "TMUX_TMPDIR": str(home.root)}
        self.env.pop("TMUX", None)
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", *command)

    def tmux(self, *arguments):
        return subprocess.run(["tmux", *map(str, arguments)], env=self.env, check=True, capture_output=True, text=True).stdout

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def shows(self, *words):
        """Wait until all of these are on the screen."""
        watchdog = time.monotonic() + WAIT_S
        while time.monotonic() < watchdog:
            screen = self.screen()
            if all(word in screen for word in words):
                return screen
            time.sleep(0.1)
        raise AssertionError(f"{words} did not appear:\n{screen}")

    def close(self):
        subprocess.run(["tmux", "kill-server"], env=self.env, capture_output=True)


def documented(pattern):
    """The line of configuration that the README shows, with `kith` in it."""
    return re.search(pattern, README.read_text(encoding="utf-8"))[0]


@unittest.skipUnless(have("tmux"), "tmux is not here")
class MailPrograms(SandboxCase):
    options = ("--contacts", "300", "--auto", WORKER)

    def setUp(self):
        super().setUp()
        self.signed_in()
        contacts = self.home.run("export", "--format", "json").json["contacts"]
        person = next(c for c in contacts if c["emails"] and c["shown"].isascii() and len(c["text"].get("family", "")) > 4)
        self.typed, self.shown, self.address = person["text"]["family"], person["shown"], person["emails"][0]["address"]
        program = self.home.root / "kith"
        kith, *options = self.home.command()
        program.write_text(f"#!/bin/sh\nexec '{kith}' \"$@\" {' '.join(options)}\n")
        program.chmod(0o755)
        self.home.env["PATH"] = f"{self.home.root}:{os.environ['PATH']}"

    def terminal(self, *command):
        terminal = Terminal(self.home, *command)
        self.addCleanup(terminal.close)
        return terminal

    @unittest.skipUnless(have("mutt"), "mutt is not here")
    def test_mutt_finds_an_address(self):
        settings = self.home.root / "muttrc"
        (self.home.root / "mbox").touch()
        settings.write_text(f"set spoolfile={self.home.root}/mbox\nset folder={self.home.root}\n"
                            + documented(r"set query_command = .*?\"(?=`)") + "\n")
        mutt = self.terminal("mutt", "-F", settings)
        mutt.shows("mbox")
        mutt.keys("Q")
        mutt.shows("Query:")
        mutt.type(self.typed)
        mutt.keys("Enter")
        mutt.shows(self.shown, self.address[:25])  # as wide as its column is
        mutt.type("m")
        mutt.shows(f"To: {self.shown} <{self.address}>")

    @unittest.skipUnless(have("aerc"), "aerc is not here")
    def test_aerc_completes_an_address(self):
        folder = self.home.root / "xdg-config" / "aerc"
        folder.mkdir(parents=True)
        for name in ("cur", "new", "tmp"):
            (self.home.root / "mail" / "INBOX" / name).mkdir(parents=True)
        (folder / "accounts.conf").write_text(f"[me]\nsource = maildir://{self.home.root}/mail\noutgoing = /bin/true\n"
                                              "default = INBOX\nfrom = Me <me@contoso.example>\n")
        (folder / "accounts.conf").chmod(0o600)
        (folder / "aerc.conf").write_text("[compose]\neditor = sh -c \"exec sleep 600\"\n"
                                          + documented(r"address-book-cmd = .*?(?=`)") + "\n")
        aerc = self.terminal("aerc")
        aerc.shows("INBOX")
        aerc.type(":compose\n")
        aerc.shows("To:")
        aerc.type(self.typed)
        self.assertNotIn("found by", aerc.shows(self.address, self.shown))  # the line that is for mutt is no address
