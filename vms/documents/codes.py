"""Verification codes: unguessable, short enough to type."""

import hashlib
import re
import secrets

# Crockford's base 32: no I, L, O, U, which are read as 1, 1, 0 and as a wrong word.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_CHARACTERS = 4, 4  # 16 of them are 80 bits: with sixty tries a second, longer than the sun burns
_CHARACTERS = GROUPS * GROUP_CHARACTERS
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "İ": "1", "ı": "1", "l": "1", "i": "1", "o": "0"})
_ONE = f"[{ALPHABET}]{{{GROUP_CHARACTERS}}}"
_IN_TEXT = re.compile(rf"(?<![0-9A-Za-z]){_ONE}(?:-{_ONE}){{{GROUPS - 1}}}(?![0-9A-Za-z])")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015]+")
MAX_TYPED_CHARACTERS = 64


def new_code() -> str:
    """A code nobody has seen: `7Q2M-K0XT-9VBD-4HZN`."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_CHARACTERS)))


def read_code(typed: str) -> str | None:
    """The code that somebody typed, whatever the case, blanks, or the letters mistaken for figures; None for none."""
    if len(typed) > MAX_TYPED_CHARACTERS:
        return None
    bare = _BETWEEN.sub("", typed).translate(_READ_AS)
    if not bare.isascii():
        return None
    bare = bare.upper()
    return _grouped(bare) if len(bare) == _CHARACTERS and set(bare) <= set(ALPHABET) else None


def codes_in(text: str) -> frozenset[str]:
    """All that look like codes in a page's text or in what a QR code says."""
    return frozenset(_IN_TEXT.findall(text))


def code_sha256(code: str) -> bytes:
    """What the table is searched by: how long that takes tells nothing of the code itself."""
    return hashlib.sha256(b"nazar document code " + code.encode("ascii")).digest()


def query_address(base: str, code: str) -> str:
    """What the QR code leads to."""
    return f"{base}/d/{code}"


def _grouped(bare: str) -> str:
    return "-".join(bare[at : at + GROUP_CHARACTERS] for at in range(0, _CHARACTERS, GROUP_CHARACTERS))
