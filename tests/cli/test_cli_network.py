# SPDX-License-Identifier: MIT
"""What lies between this device and the service: certificates of one's own, proxies, IPv6, pages that ask for a sign-in to
the network, a clock that is wrong."""
import contextlib
import socket
import ssl
import threading
import urllib.request

from graph_stand_in import GraphStandIn
from kith_harness import *

WORKER = "worker@contoso.example"
CONTACTS = {"value": [{"id": "contact-1", "changeKey": "a", "displayName": "Ivo Sixer"}]}


class Proxy:
    """An HTTP proxy that knows CONNECT. heard: what was asked of it, header fields included."""

    def __init__(self, refuse=False):
        self.heard = []
        self.refuse = refuse
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.listener.close()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self.connect, args=(self.listener.accept()[0],), daemon=True).start()

    def connect(self, client):
        with client, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            self.heard.append(head.decode())
            if self.refuse:
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
                return
            port = head.split()[1].decode().rsplit(":", 1)[1]
            with socket.create_connection(("127.0.0.1", int(port))) as server:  # all names are here
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                threading.Thread(target=self.pump, args=(server, client), daemon=True).start()
                self.pump(client, server)

    @staticmethod
    def pump(source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


def one_contact(path):
    if path.endswith("$count"):
        return b"1"
    return {"value": []} if "contactFolders" in path else CONTACTS


class Between(SandboxCase):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.home.sign_in("--name", "work").code, 0)
        self.assertEqual(self.home.count(), 100)

    def graph(self, answer=one_contact, **more):
        graph = GraphStandIn(answer, **more)
        self.addCleanup(graph.close)
        self.home.run("config", "set", "microsoft.graph", graph.address)
        return graph

    def test_ipv6(self):
        try:
            graph = self.graph(host="::1")
        except OSError:
            self.skipTest("no IPv6 here")
        self.assertEqual(self.home.run("import", "work").code, 0)
        self.assertEqual(self.home.names(), ["Ivo Sixer"])
        self.assertTrue(graph.tokens)

    def fails(self, failure_id, how):
        result = self.home.run("import", "work", "--json")
        self.assertEqual(result.lines[-1]["error"]["id"], failure_id, result)
        assert_documented(failure_id, how=how, result=self.home.run("import", "work"))
        self.assertEqual(self.home.count(), 100)

    def test_a_network_that_wants_a_sign_in_of_its_own(self):
        self.graph(lambda path: (200, {"Content-Type": "text/html"}, b"<html>Welcome to our lobby</html>"))
        self.fails("service", how="a page of the network's own comes instead of an answer")

    def test_a_network_that_leads_elsewhere_gets_no_token(self):
        portal = GraphStandIn(one_contact)
        self.addCleanup(portal.close)
        self.graph(lambda path: (302, {"Location": portal.address + "/login"}, b""))
        self.fails("service", how="the network leads to a page elsewhere")
        self.assertEqual(portal.tokens, [])

    def test_nobody_there(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        self.home.run("config", "set", "microsoft.graph", f"http://127.0.0.1:{port}")
        self.fails("offline", how="nobody answers at the address")
        self.home.run("config", "set", "microsoft.graph", "https://no-such-host.example.invalid")
        self.fails("offline", how="the name is not known")

    @needs_clock
    def test_a_clock_that_is_wrong(self):
        for offset in ("-400d", "+2d"):
            with self.subTest(offset):
                # Lock files and the store bear the time of another clock, as after somebody set it right.
                self.assertEqual(self.home.run_with_clock(offset, "import", "work").code, 0)
                self.assertEqual(self.home.run("refresh").code, 0)
                self.assertEqual(self.home.count(), 100)


@unittest.skipUnless(shutil.which("openssl"), "openssl makes the certificate")
class OverTls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-test-"))
        cls.certificate, key = cls.folder / "pem", cls.folder / "key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:sandbox.example,IP:127.0.0.1",
                        "-keyout", key, "-out", cls.certificate], check=True, capture_output=True)
        cls.config = cls.folder / "config"
        cls.sandbox = Sandbox("--contacts", 100, "--auto", WORKER, "--tls", cls.certificate, key, config=cls.config)

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.close()
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.close)
        shutil.copy(self.config, self.home.config)
        self.home.run("config", "set", "tokens.keep", "file")
        self.home.run("config", "set", "network.ca_file", self.certificate)
        self.authority = self.home.run("config", "get", "microsoft.authority").out.strip().split("//")[1]

    def sign_in(self, *options):
        """With a browser that trusts the certificate and needs no proxy."""
        def answer(url):
            url = url.replace("sandbox.example", "127.0.0.1", 1)
            with urllib.request.urlopen(url, timeout=60, context=ssl._create_unverified_context()) as page:
                page.read()
        return self.home.sign_in("--name", "work", *options, answer=answer)

    def proxy(self, **more):
        """And services that are reached through it only: loopback addresses need none."""
        proxy = Proxy(**more)
        self.addCleanup(proxy.close)
        self.authority = self.authority.replace("127.0.0.1", "sandbox.example")
        for setting in ("authority", "graph"):
            self.home.run("config", "set", "microsoft." + setting, "https://" + self.authority)
        for name in ("NO_PROXY", "no_proxy"):
            self.home.env.pop(name, None)
        return proxy

    def test_a_certificate_of_ones_own_is_trusted_when_it_is_named(self):
        self.assertEqual(self.sign_in().code, 0)
        self.assertEqual(self.home.count(), 100)
        self.home.run("config", "set", "network.ca_file")
        result = self.home.run("import", "work", "--json")
        self.assertEqual((result.code, result.lines[-1]["error"]["id"]), (23, "tls"))
        self.assertEqual(self.home.count(), 100)

    def test_a_file_of_certificates_that_is_none(self):
        self.home.run("config", "set", "network.ca_file", self.home.root / "nothing")
        result = self.sign_in()
        self.assertNotEqual(result.code, 0)
        self.assertIn("nothing", result.err)

    def through(self, proxy):
        """It was asked for a way to the services, and heard nothing else."""
        self.assertTrue(proxy.heard)
        for head in proxy.heard:
            self.assertTrue(head.startswith(f"CONNECT {self.authority} HTTP/1.1\r\n"), head)
            self.assertNotIn("Authorization: Bearer", head)

    def test_a_proxy_that_is_set(self):
        proxy = self.proxy()
        self.home.run("config", "set", "network.proxy", proxy.address)
        self.assertEqual(self.sign_in().code, 0)
        self.assertEqual(self.home.count(), 100)
        self.through(proxy)

    def test_the_systems_proxy(self):
        proxy = self.proxy()
        self.home.env["https_proxy"] = proxy.address
        self.assertEqual(self.sign_in().code, 0)
        self.through(proxy)

    def test_a_proxy_that_wants_a_password_or_is_gone(self):
        proxy = self.proxy()
        self.home.run("config", "set", "network.proxy", proxy.address)
        self.assertEqual(self.sign_in().code, 0)
        proxy = self.proxy(refuse=True)
        self.home.run("config", "set", "network.proxy", proxy.address)
        assert_documented("offline", how="the network's proxy wants a password", result=self.home.run("import", "work"))
        self.home.run("config", "set", "network.proxy", "http://proxy.example.invalid:3128")
        assert_documented("offline", how="the network's proxy is not known", result=self.home.run("import", "work"))
        self.assertEqual(self.home.count(), 100)

    @needs_clock
    def test_a_clock_before_the_certificate(self):
        self.assertEqual(self.sign_in().code, 0)
        result = self.home.run_with_clock("-4000d", "import", "work", "--json")
        error = result.lines[-1]["error"]
        self.assertEqual((result.code, error["id"]), (23, "tls"))
        self.assertIn("clock", (error["sentence"] + error["remedy"]).lower(), error)
        self.assertEqual(self.home.count(), 100)


if __name__ == "__main__":
    unittest.main()
