# SPDX-License-Identifier: MIT
"""local_server.py - an HTTP server of a test's own on a free port: what stands before the sandbox, or in its place.

answer(handler, body) is called for each GET and POST, on a thread of its own; handler is http.server's.
"""
import http.server
import socket
import threading


class LocalServer:
    def __init__(self, answer, host="127.0.0.1"):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                answer(self, b"")

            def do_POST(self):
                answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

        class Server(http.server.ThreadingHTTPServer):
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
            daemon_threads = True

        self.server = Server((host, 0), Handler)
        self.base = f"http://{'[%s]' % host if ':' in host else host}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
