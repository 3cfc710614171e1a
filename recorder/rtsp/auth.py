"""Answers to a camera's demand for a password (RFC 7616 Digest, RFC 7617 Basic)."""

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_SCHEME = re.compile(r"(?:^|,)\s*(digest|basic)\b", re.IGNORECASE)
_PARAMETER = re.compile(r'([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))')
_HASHES = {"MD5": "md5", "SHA-256": "sha256"}  # RFC 7616 §3.2; the `-sess` forms below
_STRENGTH = {"SHA-256": 3, "MD5": 2}


@dataclass(frozen=True, slots=True)
class Challenge:
    """One scheme a camera offers. `algorithm` is upper case, `MD5` when unsaid; `nonce` is empty for Basic."""

    scheme: str
    realm: str = ""
    nonce: str = field(default="", repr=False)
    algorithm: str = "MD5"
    opaque: str | None = field(default=None, repr=False)
    has_qop_auth: bool = False

    @property
    def strength(self) -> int:
        """Larger is better; 0: we cannot answer."""
        if self.scheme == "basic":
            return 1
        return _STRENGTH.get(self.algorithm.removesuffix("-SESS"), 0)


def strongest(values: Iterable[str]) -> Challenge | None:
    """The best challenge we can answer among all `WWW-Authenticate` values, SHA-256 before MD5 before Basic."""
    offers = [challenge for value in values for challenge in _challenges(value)]
    best = max(offers, key=lambda challenge: challenge.strength, default=None)
    return best if best is not None and best.strength else None


def _challenges(value: str) -> Iterator[Challenge]:
    """Every scheme in one header value; several may stand in it, separated by commas."""
    starts = list(_SCHEME.finditer(value))
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(value)
        found = {
            match[1].lower(): match[2] if match[2] is not None else match[3]
            for match in _PARAMETER.finditer(value, start.end(), end)
        }
        yield Challenge(
            scheme=start[1].lower(),
            realm=found.get("realm", ""),
            nonce=found.get("nonce", ""),
            algorithm=found.get("algorithm", "").upper() or "MD5",
            opaque=found.get("opaque"),
            has_qop_auth="auth" in re.split(r"[\s,]+", found.get("qop", "").lower()),
        )


class Signer:
    """Signs requests with one user's password under the challenge in force.

    `use_qop`: answer `qop="auth"` with cnonce and counter when offered (RFC 7616 §3.4); False falls back to the
    form of RFC 2069, which is all that some cameras check.
    """

    def __init__(self, username: str, password: str, challenge: Challenge, *, use_qop: bool = True) -> None:
        self._username = username
        self._password = password
        self.challenge = challenge
        self.use_qop = use_qop
        self._count = 0
        self._cnonce = secrets.token_hex(8)

    def renew(self, challenge: Challenge) -> None:
        """Go on under a new challenge (a nonce ran out)."""
        self.challenge = challenge
        self._count = 0

    def next_nonce(self, authentication_info: str) -> None:
        """Take over `nextnonce` of an `Authentication-Info` header (RFC 7616 §3.5)."""
        found = {match[1].lower(): match[2] or match[3] for match in _PARAMETER.finditer(authentication_info)}
        nonce, old = found.get("nextnonce"), self.challenge
        if nonce:
            self.renew(
                Challenge(old.scheme, old.realm, nonce, old.algorithm, old.opaque, has_qop_auth=old.has_qop_auth)
            )

    def authorization(self, method: str, url: str) -> str:
        """The `Authorization` value for a request; `url` must be the request's, byte for byte."""
        if self.challenge.scheme == "basic":
            return "Basic " + b64encode(f"{self._username}:{self._password}".encode()).decode()
        return self._digest(method, url)

    def _digest(self, method: str, url: str) -> str:
        challenge = self.challenge
        plain = challenge.algorithm.removesuffix("-SESS")
        is_session = plain != challenge.algorithm
        with_qop = self.use_qop and challenge.has_qop_auth
        self._count += 1
        count = f"{self._count:08x}"

        def digest(text: str) -> str:
            return hashlib.new(_HASHES[plain], text.encode(), usedforsecurity=False).hexdigest()

        secret = digest(f"{self._username}:{challenge.realm}:{self._password}")
        if is_session:
            secret = digest(f"{secret}:{challenge.nonce}:{self._cnonce}")
        middle = f"{challenge.nonce}:{count}:{self._cnonce}:auth" if with_qop else challenge.nonce
        response = digest(f"{secret}:{middle}:{digest(f'{method}:{url}')}")
        parts = [
            f'username="{_quoted(self._username)}"',
            f'realm="{challenge.realm}"',
            f'nonce="{challenge.nonce}"',
            f'uri="{url}"',
            f'response="{response}"',
        ]
        if challenge.algorithm != "MD5":  # the default is left out: the oldest parsers know five fields
            parts.append(f"algorithm={challenge.algorithm.replace('-SESS', '-sess')}")
        if challenge.opaque is not None:
            parts.append(f'opaque="{challenge.opaque}"')
        if with_qop:
            parts.append(f'qop=auth, nc={count}, cnonce="{self._cnonce}"')
        elif is_session:
            parts.append(f'cnonce="{self._cnonce}"')
        return "Digest " + ", ".join(parts)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
