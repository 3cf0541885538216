# SPDX-License-Identifier: MIT
"""graph_stand_in.py - a Graph whose every answer a test decides, where the sandbox has no such mailbox or network.

answer(path) is called for each request with what follows /v1.0/me; it gives JSON, bytes, or (status, header fields, bytes).
"""
import http.server
import json
import socket
import threading


class GraphStandIn:
    def __init__(self, answer, host="127.0.0.1"):
        stand_in = self
        self.answer = answer
        self.tokens = []  # the Authorization fields that came
        self.posted = None  # the JSON that came last

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                stand_in.tokens.append(self.headers.get("Authorization"))
                status, fields, body = stand_in.whole(self.path.split("/v1.0/me", 1)[-1])
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **fields}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                stand_in.posted = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
                self.do_GET()

        class Server(http.server.ThreadingHTTPServer):
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        self.server = Server((host, 0), Handler)
        self.address = f"http://{'[%s]' % host if ':' in host else host}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def whole(self, path):
        answer = self.answer(path)
        if isinstance(answer, tuple):
            return answer
        return 200, {}, answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def link(self, path):
        """The address of what answer() knows as path."""
        return self.address + "/v1.0/me" + path

    def close(self):
        self.server.shutdown()
        self.server.server_close()
