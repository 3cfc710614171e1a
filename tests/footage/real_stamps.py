"""A time stamp authority on a real socket: OpenSSL answers, behind an HTTP server that can misbehave."""

import base64
import contextlib
import datetime as dt
import ipaddress
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME, USER, PASSWORD = "Deneme Zaman Damgasi", "belediye", "stamp-password-1"
_CONFIG = """\
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = {digest}
default_policy = 1.2.3.4.1
digests = sha256, sha384
"""


class Responder:
    """OpenSSL's authority, with a certificate that is its own root (`root`)."""

    def __init__(self, folder, *, key="rsa:2048", digest="sha256"):
        folder.mkdir()
        self.folder, self.root = folder, folder / "tsa.pem"
        curve = ["-pkeyopt", "ec_paramgen_curve:P-256"] if key == "ec" else []
        run(
            "openssl", "req", "-x509", "-newkey", key, *curve, "-nodes", "-keyout", folder / "tsa.key", "-out",
            self.root, "-days", "30", "-subj", f"/CN={NAME}", "-addext", "extendedKeyUsage=critical,timeStamping",
            "-addext", "keyUsage=critical,digitalSignature",
        )  # fmt: skip
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder, digest=digest))

    def __call__(self, question: bytes) -> bytes:
        (self.folder / "query").write_bytes(question)
        run(
            "openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile", self.folder / "query", "-out",
            self.folder / "reply",
        )  # fmt: skip
        return (self.folder / "reply").read_bytes()


def run(*command):
    subprocess.run([str(one) for one in command], check=True, capture_output=True)


class RealAuthority:
    """Answers as `behave(handler, question)` says; None: as it should. Counts what it was `asked`."""

    def __init__(self, folder, *, is_tls=False, wants_sign_in=False, **how):
        self.responder = Responder(folder / "authority", **how)
        self.asked, self.behave, self.is_over = 0, None, threading.Event()
        self.wants_sign_in = wants_sign_in
        self.ca_file = folder / "stamp-ca.pem"
        self._context = _certified(folder, self.ca_file) if is_tls else None
        self._server, self.port = None, 0
        self.come_back()

    @property
    def url(self):
        return f"{'http' if self._context is None else 'https'}://127.0.0.1:{self.port}/tsa"

    def come_back(self):
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                authority.asked += 1
                question = self.rfile.read(int(self.headers["Content-Length"]))
                if authority.behave is not None:
                    with contextlib.suppress(OSError):
                        authority.behave(self, question)
                elif authority.wants_sign_in and self.headers["Authorization"] != authority.signed_in():
                    self.send_error(401)
                else:
                    answer(self, authority.responder(question))

            def log_message(self, *_args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        if self._context is not None:
            self._server.socket = self._context.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_args: None  # who rings off is told of by whoever asked
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @staticmethod
    def signed_in():
        return "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    def go_away(self):
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()


def answer(handler, content, status=200, **headers):
    handler.send_response(status)
    for name, value in {
        "Content-Type": "application/timestamp-reply",
        "Content-Length": len(content),
        **headers,
    }.items():
        handler.send_header(name, str(value))
    handler.end_headers()
    handler.wfile.write(content)


@contextlib.contextmanager
def served(folder, **how):
    authority = RealAuthority(folder, **how)
    try:
        yield authority
    finally:
        authority.go_away()


def _certified(folder, ca_file):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stamp")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    ca_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    chain = folder / "stamp-server.pem"
    chain.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ) + ca_file.read_bytes()
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context
