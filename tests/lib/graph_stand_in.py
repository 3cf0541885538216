# SPDX-License-Identifier: MIT
"""graph_stand_in.py - a Graph whose every answer a test decides, where the sandbox has no such mailbox or network.

answer(path) is called for each request with what follows /v1.0/me; it gives JSON, bytes, or (status, header fields, bytes).
"""
import json

from local_server import LocalServer


class GraphStandIn(LocalServer):
    def __init__(self, answer, host="127.0.0.1"):
        self.answer = answer
        self.tokens = []  # the Authorization fields that came
        self.posted = None  # the JSON that came last
        super().__init__(self.say, host)
        self.address = self.base

    def say(self, handler, body):
        self.tokens.append(handler.headers.get("Authorization"))
        if body:
            self.posted = json.loads(body)
        status, fields, text = self.whole(handler.path.split("/v1.0/me", 1)[-1])
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(text)), **fields}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(text)

    def whole(self, path):
        answer = self.answer(path)
        if isinstance(answer, tuple):
            return answer
        return 200, {}, answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def link(self, path):
        """The address of what answer() knows as path."""
        return self.address + "/v1.0/me" + path
