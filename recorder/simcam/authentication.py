"""Asking a client for its password (RFC 7616 Digest, RFC 7617 Basic)."""

import base64
import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence

from recorder.simcam.messages import Request

_REALM = "Nazar simulated camera"
_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')
_MAX_NONCES = 16
_HASHES: dict[str, Callable[[bytes], "hashlib._Hash"]] = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


class Gate:
    """The lock of one connection. Without a user everybody may pass.

    Nonces are remembered (the newest 16) until `rotate` forgets them; a forgotten one is answered `stale`.
    """

    def __init__(self, user: str | None, password: str, schemes: Sequence[str]) -> None:
        self._user = user
        self._password = password
        self._schemes = schemes
        self._nonces: OrderedDict[str, None] = OrderedDict()

    def is_open_to(self, request: Request) -> bool:
        """Whether the request carries the right credentials."""
        if self._user is None:
            return True
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            return "basic" in self._schemes and self._is_basic(rest)
        return scheme.lower() == "digest" and self._is_digest(request, rest)

    def challenges(self, request: Request | None = None, nonce: str | None = None) -> list[tuple[str, str]]:
        """The `WWW-Authenticate` headers of a 401; a fresh nonce each time unless one is given."""
        nonce = nonce or secrets.token_hex(16)
        self._nonces[nonce] = None
        if len(self._nonces) > _MAX_NONCES:
            self._nonces.popitem(last=False)
        sent = _parameters(request.headers.get("authorization", "")) if request else {}
        stale = ', stale="TRUE"' if sent.get("nonce") and sent["nonce"] not in self._nonces else ""
        values = []
        for scheme in self._schemes:
            if scheme == "basic":
                values.append(f'Basic realm="{_REALM}"')
            else:
                algorithm = scheme.removeprefix("digest-").upper().replace("SHA256", "SHA-256")
                values.append(f'Digest realm="{_REALM}", nonce="{nonce}", algorithm={algorithm}, qop="auth"{stale}')
        return [("WWW-Authenticate", value) for value in values]

    def rotate(self) -> None:
        """Forget all nonces, as after their time is over."""
        self._nonces.clear()

    def _is_basic(self, token: str) -> bool:
        try:
            given = base64.b64decode(token, validate=True)
        except ValueError:
            return False
        return hmac.compare_digest(given, f"{self._user}:{self._password}".encode())

    def _is_digest(self, request: Request, text: str) -> bool:
        given = _parameters(text)
        algorithm = given.get("algorithm", "MD5").upper()
        if f"digest-{algorithm.lower().replace('-', '')}" not in self._schemes:
            return False
        if given.get("nonce") not in self._nonces or given.get("uri") != request.uri:
            return False
        if given.get("username") != self._user or given.get("realm") != _REALM:
            return False

        def hashed(words: str) -> str:
            return _HASHES[algorithm](words.encode()).hexdigest()

        secret = hashed(f"{self._user}:{_REALM}:{self._password}")
        subject = hashed(f"{request.method}:{request.uri}")
        middle = [given["nonce"]]
        if "qop" in given:
            middle += [given.get("nc", ""), given.get("cnonce", ""), given["qop"]]
        expected = hashed(":".join([secret, *middle, subject]))
        return hmac.compare_digest(expected, given.get("response", "").lower())


def _parameters(text: str) -> dict[str, str]:
    return {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(text)}
