"""Checks WS-Security user names with a password digest."""

import base64
import binascii
import hashlib
import hmac
from collections import OrderedDict
from datetime import UTC, datetime

from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.xml_reader import find, text
from recorder.simcam.onvif.xml_writer import Element
from vms.kernel.clock import US_PER_SECOND, from_datetime

WINDOW_US = 10 * US_PER_SECOND
"""How far `Created` may lie from the camera's clock. GetSystemDateAndTime has whole seconds, lines have delays."""
MAX_NONCES = 4096
_MAX_FIELD = 256


class UsernameTokens:
    """Accepts each token once (WSS UsernameToken Profile 1.1 §3.1).

    `Password_Digest = Base64(SHA-1(nonce + created + password))`; a plain-text password is refused.
    """

    def __init__(self, clock: CameraClock, user: str, password: str) -> None:
        self._clock = clock
        self._user = user
        self._password = password
        self._seen: OrderedDict[bytes, int] = OrderedDict()

    def is_valid(self, header: Element | None) -> bool:
        """Whether the envelope's header carries a token that is right, fresh, not seen before."""
        token = None if header is None else find(header, "wsse:Security/wsse:UsernameToken")
        if token is None:
            return False
        password = find(token, "wsse:Password")
        user, nonce = text(token, "wsse:Username"), text(token, "wsse:Nonce")
        created = text(token, "wsu:Created")
        if password is None or not user or not nonce or not created:
            return False
        if not str(password.get("Type", "")).endswith("#PasswordDigest"):
            return False
        if max(len(user), len(nonce), len(created)) > _MAX_FIELD:
            return False
        return self._is_right(user, (password.text or "").strip(), nonce, created)

    def _is_right(self, user: str, digest: str, nonce: str, created: str) -> bool:
        try:
            raw_nonce = base64.b64decode(nonce, validate=True)
            at = datetime.fromisoformat(created)
        except (ValueError, binascii.Error):
            return False
        created_us = from_datetime(at if at.tzinfo else at.replace(tzinfo=UTC))
        now_us = self._clock.now_us()
        if abs(created_us - now_us) > WINDOW_US:
            return False
        digested = hashlib.sha1(raw_nonce + created.encode() + self._password.encode())  # noqa: S324 (the profile's hash)
        wanted = base64.b64encode(digested.digest())
        is_right = hmac.compare_digest(digest.encode(), wanted)
        is_right &= hmac.compare_digest(user.encode(), self._user.encode())
        return is_right and self._is_first(raw_nonce, now_us)

    def _is_first(self, nonce: bytes, now_us: int) -> bool:
        """Remember a nonce as long as its time would be accepted; only right tokens get here."""
        while self._seen and (
            len(self._seen) >= MAX_NONCES or abs(now_us - next(iter(self._seen.values()))) > 2 * WINDOW_US
        ):
            self._seen.popitem(last=False)
        if nonce in self._seen:
            return False
        self._seen[nonce] = now_us
        return True
