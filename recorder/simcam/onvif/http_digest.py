"""Checks HTTP Digest credentials."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from urllib.request import parse_http_list, parse_keqv_list

from recorder.simcam.onvif.camera_clock import CameraClock
from vms.kernel.clock import US_PER_SECOND

REALM = "Nazar simulated camera"
NONCE_LIFE_US = 60 * US_PER_SECOND
MAX_NONCES = 256
_MAX_HEADER = 2048
_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


class HttpDigest:
    """Challenges, then accepts each answer once (RFC 7616, qop=auth, MD5 or SHA-256)."""

    def __init__(self, clock: CameraClock, user: str, password: str) -> None:
        self._clock = clock
        self._user = user
        self._password = password
        self._nonces: OrderedDict[str, tuple[int, int]] = OrderedDict()  # nonce → (made at, last count)

    def challenges(self) -> list[str]:
        """Values for `WWW-Authenticate`, one per hash; the stronger first."""
        while len(self._nonces) >= MAX_NONCES:
            self._nonces.popitem(last=False)
        nonce = secrets.token_hex(16)
        self._nonces[nonce] = (self._clock.boottime_us(), 0)
        return [f'Digest realm="{REALM}", qop="auth", algorithm={name}, nonce="{nonce}"' for name in ("SHA-256", "MD5")]

    def is_valid(self, authorization: str | None, method: str, target: str) -> bool:
        """Whether the header `Authorization` answers one of our challenges for this request."""
        if not authorization or len(authorization) > _MAX_HEADER:
            return False
        scheme, _, rest = authorization.partition(" ")
        if scheme.lower() != "digest":
            return False
        try:
            fields = parse_keqv_list(parse_http_list(rest))
            count = int(fields["nc"], 16)
            wanted = self._response(fields, method)
        except (KeyError, ValueError):
            return False
        is_right = hmac.compare_digest(fields.get("response", "").encode(), wanted.encode())
        is_right &= fields["username"] == self._user and fields["realm"] == REALM and fields["uri"] == target
        return is_right and self._is_first(fields["nonce"], count)

    def _response(self, fields: dict[str, str], method: str) -> str:
        """The only right `response` (RFC 7616 §3.4.1); KeyError when a field is missing or unknown."""
        make = _HASHES[fields.get("algorithm", "MD5").upper()]

        def digest(value: str) -> str:
            return make(value.encode()).hexdigest()

        if fields["qop"] != "auth":
            raise KeyError("qop")
        secret = digest(f"{self._user}:{REALM}:{self._password}")
        request = digest(f"{method}:{fields['uri']}")
        return digest(f"{secret}:{fields['nonce']}:{fields['nc']}:{fields['cnonce']}:auth:{request}")

    def _is_first(self, nonce: str, count: int) -> bool:
        made_us, last = self._nonces.get(nonce, (None, 0))
        if made_us is None or self._clock.boottime_us() - made_us > NONCE_LIFE_US or count <= last:
            return False
        self._nonces[nonce] = (made_us, count)
        return True
