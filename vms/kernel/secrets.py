"""Secrets at rest: camera addresses and passwords, sealed with the node's key."""

import contextlib
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from vms.kernel.errors import Kind, VmsError


class SecretBox:
    """Seals and opens short texts with a key file that only this user can read (Fernet: AES-128-CBC + HMAC)."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    @classmethod
    def at(cls, path: Path) -> "SecretBox":
        """The box whose key lies at `path`; makes the key at the first call (mode 0600).

        Several processes may call at once: the key appears whole or not at all, and the first one counts.
        VmsError(CORRUPT, `secret_key_unreadable`) when the file holds no key.
        """
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make_key(path)
        try:
            return cls(path.read_bytes())
        except ValueError as err:
            raise VmsError(
                Kind.CORRUPT, "secret_key_unreadable",
                "keys/secret.key holds no key. Restore it from the backup: without it camera addresses stay sealed.",
            ) from err  # fmt: skip

    def seal(self, text: str) -> bytes:
        """`text`, unreadable and tamper-evident."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """The text back; VmsError(CORRUPT, `secret_unreadable`) when the key is another or bytes changed."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as err:
            raise VmsError(
                Kind.CORRUPT,
                "secret_unreadable",
                "A stored secret cannot be read with this node's key. "
                "Restore keys/secret.key or enter the secret again.",
            ) from err


def _make_key(path: Path) -> None:
    """Write a new key beside `path`, then give it the name unless somebody else was quicker."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink()
