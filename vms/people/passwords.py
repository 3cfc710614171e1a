"""Hashing passwords with Argon2id."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from vms.kernel.errors import Kind, VmsError
from vms.people.rules import MAX_PASSWORD_CHARACTERS, normalised

AT_ONCE = 2
PATIENCE_S = 3.0


class Passwords:
    """Makes and checks password hashes (RFC 9106); may be shared by threads.

    Each hash takes `memory_kib` of memory and about a tenth of a second of a core, so only `AT_ONCE` are reckoned at a
    time: a flood of sign-ins must not take the machine from the recorder. VmsError(UNAVAILABLE, `sign_in_busy`) when no
    turn comes within `patience_s`.
    """

    def __init__(
        self, time_cost: int = 3, memory_kib: int = 65_536, parallelism: int = 1, patience_s: float = PATIENCE_S
    ) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism, hash_len=32, salt_len=16, type=Type.ID
        )
        # Well formed, with the same costs as a real one, and the hash of nothing anybody knows.
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={time_cost},p={parallelism}${'A' * 22}${'A' * 43}"
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._patience_s = patience_s

    def hash(self, password: str) -> str:
        """The hash to store, with its salt and costs in it."""
        with self._turn():
            return self._hasher.hash(_bytes(password))

    def is_right(self, stored: str | None, password: str) -> bool:
        """Whether `stored` is the hash of `password`; takes as long when `stored` is None (there is no account)."""
        given = password if len(password) <= MAX_PASSWORD_CHARACTERS else ""
        with self._turn():
            try:
                self._hasher.verify(stored or self._nobody, _bytes(given))
            except (VerificationError, InvalidHashError):
                return False
            return stored is not None and given == password

    def is_outdated(self, stored: str) -> bool:
        """Whether `stored` was made with other costs than today's."""
        return self._hasher.check_needs_rehash(stored)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._patience_s):
            raise VmsError(
                Kind.UNAVAILABLE, "sign_in_busy", "Too many people are signing in at once. Try again in a moment."
            )
        try:
            yield
        finally:
            self._turns.release()


def _bytes(password: str) -> bytes:
    return normalised(password).encode("utf-8", "surrogatepass")  # JSON can carry half a surrogate pair


PASSWORDS = Passwords()
