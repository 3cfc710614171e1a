"""One error type for everything the product refuses or fails at."""

from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What went wrong, by what the caller can do about it."""

    INVALID = "invalid"  # the input breaks a rule: change it
    NOT_FOUND = "not_found"
    UNAUTHENTICATED = "unauthenticated"  # who asks is not known: sign in
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"  # right input, wrong moment or state
    GONE = "gone"
    UNAVAILABLE = "unavailable"  # a part we need is away: try again later
    CORRUPT = "corrupt"  # what we stored is not what we read
    INTERNAL = "internal"


class VmsError(Exception):
    """A refusal or failure with a stable code.

    `code` is one of the codes in the requirements (or a documented addition), `message` one English
    sentence that says what to do next, `detail` facts for the interface to format. Never put an address or
    a secret into any of them.
    """

    def __init__(self, kind: Kind, code: str, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.message = message
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]"
