"""Secrets at rest: camera addresses and passwords, sealed with the node's key."""

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
        """The box whose key lies at `path`; makes the key at the first call (mode 0600, O_EXCL)."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls(path.read_bytes())
        key = Fernet.generate_key()
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return cls(key)

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
