"""Codes of the second factor: those of an authenticator (RFC 6238), those on paper."""

import base64
import hashlib
import hmac
import re
import secrets

import pyotp

from vms.kernel.clock import US_PER_SECOND
from vms.people.sign_in_rules import RECOVERY_CODES

STEP_S = 30
DRIFT_STEPS = 1  # a telephone's clock may be half a minute off, both ways
ISSUER = "Nazar"
MAX_CODE_CHARACTERS = 40
_RECOVERY_BYTES = 10  # 80 random bits: nobody guesses one, nor finds it by its SHA-256
_GROUP = 4
_DIGITS = re.compile(r"[0-9]{6}")
_RECOVERY = re.compile(r"[A-Z2-7]{16}")


def new_secret() -> str:
    """A new secret, 160 random bits, as authenticators take it (base32)."""
    return pyotp.random_base32()


def address_of(secret: str, name: str) -> str:
    """The `otpauth://` address that a QR code carries to an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def spelt(code: str) -> str:
    """One spelling of a code, however it was grouped."""
    return re.sub(r"[\s-]", "", code[:MAX_CODE_CHARACTERS]).upper()


def is_recovery(code: str) -> bool:
    """Whether `code`, spelt so, can be one on paper."""
    return _RECOVERY.fullmatch(code) is not None


def step_of(secret: str, code: str, now_us: int, last_step: int) -> int | None:
    """The half minute whose code this is, later than `last_step`; None for a wrong code, or one that was used.

    Every candidate is compared, so that the time taken tells nothing.
    """
    if not _DIGITS.fullmatch(code):
        return None
    present = now_us // (STEP_S * US_PER_SECOND)
    totp = pyotp.TOTP(secret)
    found = None
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        is_it = hmac.compare_digest(totp.at(step * STEP_S), code)
        found = step if is_it and step > last_step else found
    return found


def new_recovery_codes() -> list[str]:
    """Codes to print, each shown once: four groups of four."""
    return [_grouped(base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()) for _ in range(RECOVERY_CODES)]


def recovery_digest(code: str) -> bytes:
    """What is kept of a recovery code."""
    return hashlib.sha256(spelt(code).encode()).digest()


def _grouped(code: str) -> str:
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
