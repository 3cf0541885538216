# SPDX-License-Identifier: MIT
"""web_client.py - runs `kith serve` and speaks to it as a page does, and as somebody does who should not."""
import http.client
import json
import select
import socket
import threading
import time


class Server:
    """`kith serve` of one home; use as a context manager."""

    def __init__(self, home, *options):
        self.process = home.start("serve", "--no-open", *options)
        readable, _, _ = select.select([self.process.stdout], [], [], 60)
        self.link = ""
        while readable and "/start?key=" not in self.link:
            line = self.process.stdout.readline().decode()
            if not line:
                break
            at = line.find("http://")
            self.link = line[at:].split()[0].rstrip('",}') if at >= 0 else ""
        if not self.link:
            self.close()
            raise RuntimeError("the server did not start")
        self.port = int(self.link.split(":")[2].split("/")[0])
        self.host = f"localhost:{self.port}"
        self.origin = f"http://{self.host}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self, within=20):
        """End it as Ctrl-C does. A sanitizer's report on its standard error is a failure."""
        self.process.terminate()
        try:
            _, err = self.process.communicate(timeout=within)
        except Exception:
            self.process.kill()
            self.process.communicate()
            raise
        text = err.decode("utf-8", "replace")
        if "Sanitizer" in text or "runtime error:" in text or self.process.returncode < 0:
            raise AssertionError(f"exit {self.process.returncode}: {text}")
        return self.process.returncode

    def start_target(self):
        return self.link[self.link.index("/start"):]

    def open(self):
        """A page of the person's browser: follow the start link, keep the cookie."""
        answer = Page(self, "").get(self.start_target())
        if answer.status != 302:
            raise AssertionError(f"the start link answered {answer.status}")
        return Page(self, answer.headers["Set-Cookie"].split(";")[0])


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode()

    def __repr__(self):
        return f"{self.status} {dict(self.headers)} {self.body[:2000]!r}"


class Page:
    """Requests with (or, with cookie "", without) the cookie; header fields can be changed or left out by None."""

    def __init__(self, server, cookie, address="127.0.0.1"):
        self.server, self.cookie, self.address = server, cookie, address

    def ask(self, method, target, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection(self.address, self.server.port, timeout=timeout)
        sent = {"Host": self.server.host}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if body is not None:
            sent.update({"Origin": self.server.origin, "X-Kith": "1", "Content-Type": "application/json",
                         "Sec-Fetch-Site": "same-origin"})
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent.update(headers or {})
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    connection.putheader(name, one)
        if body is not None and "Content-Length" not in sent:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        got = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return got

    def get(self, target, **more):
        return self.ask("GET", target, **more)

    def post(self, target, body=None, **more):
        return self.ask("POST", target, {} if body is None else body, **more)

    def patch(self, target, body, **more):
        return self.ask("PATCH", target, body, **more)

    def state(self):
        return self.get("/api/state").json

    def events(self):
        return Events(self)


class Events:
    """An open event stream, read by a thread."""

    def __init__(self, page):
        self.connection = http.client.HTTPConnection(page.address, page.server.port, timeout=60)
        self.connection.request("GET", "/api/events", headers={"Host": page.server.host, "Cookie": page.cookie})
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.seen = []
        self.changed = threading.Condition()
        self.thread = threading.Thread(target=self._read, daemon=True)
        if self.status == 200:
            self.thread.start()

    def _read(self):
        name, data = "", ""
        try:
            while line := self.answer.readline():
                line = line.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    data = line[6:]
                elif not line and name:
                    with self.changed:
                        self.seen.append((name, json.loads(data), time.monotonic()))
                        self.changed.notify_all()
                    name = ""
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass  # closed, here or there

    def wait(self, test, timeout=30):
        """The first event (also of those already seen) for which test(name, data) holds: (name, data, when)."""
        until = time.monotonic() + timeout
        with self.changed:
            at = 0
            while True:
                for event in self.seen[at:]:
                    if test(event[0], event[1]):
                        return event
                at = len(self.seen)
                left = until - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"no such event; the last are {self.seen[-3:]}")
                self.changed.wait(left)

    def forget(self):
        with self.changed:
            self.seen.clear()

    def close(self):
        try:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            pass
        if self.thread.ident:
            self.thread.join(5)
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def raw(server, data, timeout=30, address="127.0.0.1"):
    """Send bytes as they are, read until the end: what came back, b"" for nothing."""
    got = b""
    with socket.create_connection((address, server.port), timeout=timeout) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it hung up on us already
        try:
            while piece := connection.recv(65536):
                got += piece
        except OSError:
            pass
    return got
