"""A real SMTP server on a socket: plain, with STARTTLS, with TLS from the start; it can go away and come back."""

import asyncio
import contextlib
import datetime as dt
import email
import email.policy
import ipaddress
import ssl
import threading
import warnings

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "nazar", "mail-password-1"


class RealMailServer:
    """Keeps what it is given in `letters`. `refusals`: what it answers to a recipient instead of taking the mail."""

    def __init__(self, folder, *, tls="none", wants_sign_in=False):
        self.letters, self.refusals, self.greetings = [], {}, 0
        self.was_encrypted, self._sessions = [], []
        self._tls, self._wants_sign_in = tls, wants_sign_in
        self.ca_file = folder / "mail-ca.pem"
        self._context = None if tls == "none" else self._certified(folder)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server, self.port = None, 0
        self.come_back()

    def come_back(self):
        """Listen, on the port it had before."""
        self._server = self._on_loop(self._listen())
        self.port = self._server.sockets[0].getsockname()[1]

    def go_away(self):
        """Answer nobody any more."""
        self._on_loop(self._stop())

    def close(self):
        self.go_away()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def recipients(self):
        return [letter["To"] for letter in self.letters]

    async def _listen(self):
        context = self._context if self._tls == "tls" else None
        return await self._loop.create_server(self._session, "127.0.0.1", self.port, ssl=context)

    async def _stop(self):
        self._server.close()
        for session in self._sessions:
            if session.transport is not None:
                session.transport.abort()
        self._sessions.clear()
        await self._server.wait_closed()

    def _session(self):
        self.greetings += 1
        more = {"auth_required": True, "authenticator": self._knows} if self._wants_sign_in else {}
        if self._tls == "starttls":
            more |= {"tls_context": self._context, "require_starttls": True}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of TLS from the start aiosmtpd knows nothing: it warns of a readable line
            session = SMTP(
                self, hostname="mail.test", loop=self._loop, auth_require_tls=self._tls == "starttls", **more
            )
        self._sessions.append(session)
        return session

    def _knows(self, _server, _session, _envelope, _mechanism, given):
        return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.was_encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    def _on_loop(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def _certified(self, folder):
        """A certificate for 127.0.0.1 that only `ca_file` speaks for."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.test")])
        now = dt.datetime.now(dt.UTC)
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        builder = builder.not_valid_after(now + dt.timedelta(days=1))
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        certificate = builder.sign(key, hashes.SHA256())
        self.ca_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        secret = folder / "mail-key.pem"
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.ca_file, secret)
        return context


@contextlib.contextmanager
def served(folder, **more):
    server = RealMailServer(folder, **more)
    try:
        yield server
    finally:
        server.close()
