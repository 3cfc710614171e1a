"""A bridge to an EBYS on a real socket, as a maker would build one: it keeps what it was given, and can misbehave."""

import base64
import contextlib
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD = "nazar", "bridge-password-1"


class RealBridge:
    """Answers as `behave(handler)` says; None: as the exchange does. `numbers` gives a paper its number, or refuses."""

    def __init__(self, context=None, *, wants_sign_in=False):
        self.papers, self.answers, self.asked = {}, {}, []
        self.behave, self.is_over = None, threading.Event()
        self.context, self.wants_sign_in, self.port = context, wants_sign_in, 0
        self.come_back()

    @property
    def url(self):
        return f"{'http' if self.context is None else 'https'}://127.0.0.1:{self.port}/nazar"

    def give(self, reference, number, date="2025-01-02"):
        """Its EBYS gave the paper a number."""
        self.answers[str(reference)] = {"state": "numbered", "number": number, "date": date}

    def refuse(self, reference, reason):
        self.answers[str(reference)] = {"state": "refused", "reason": reason}

    def file_of(self, reference):
        """The bytes that came with a paper, which are what their hash says."""
        told = self.papers[str(reference)]["file"]
        content = base64.b64decode(told["content"], validate=True)
        assert hashlib.sha256(content).hexdigest() == told["sha256"]
        return content

    def come_back(self):
        bridge = self

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self):
                self._do(bridge._taken)

            def do_GET(self):
                self._do(bridge._told)

            def _do(self, act):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                bridge.asked.append((self.command, self.path))
                if bridge.behave is not None:
                    with contextlib.suppress(OSError):
                        bridge.behave(self)
                elif bridge.wants_sign_in and self.headers["Authorization"] != bridge.signed_in():
                    self.send_error(401)
                elif self.path == "/nazar/status":
                    answer(self, {"exchange": 1, "name": "Deneme EBYS"})
                else:
                    answer(self, *act(self.path.removeprefix("/nazar/papers/"), body))

            def log_message(self, *_args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        if self.context is not None:
            self._server.socket = self.context.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_args: None
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @staticmethod
    def signed_in():
        return "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    def go_away(self):
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()

    def _taken(self, reference, body):
        told = json.loads(body)
        assert told["reference"] == reference
        self.papers[reference] = told
        return self._stands(reference), 201

    def _told(self, reference, _body):
        if reference not in self.papers:
            return {"code": "unknown"}, 404
        return self._stands(reference), 200

    def _stands(self, reference):
        return {"reference": reference, **self.answers.get(reference, {"state": "pending"})}


def answer(handler, told, status=200, **headers):
    content = told if isinstance(told, bytes) else json.dumps(told).encode()
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": len(content), **headers}.items():
        handler.send_header(name, str(value))
    handler.end_headers()
    handler.wfile.write(content)


@contextlib.contextmanager
def served(context=None, **how):
    bridge = RealBridge(context, **how)
    try:
        yield bridge
    finally:
        bridge.go_away()
