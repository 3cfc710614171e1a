"""The hash that ties each entry to all before it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from vms.archive.checkpoints import canonical

FORMAT = 1
FIRST = bytes(32)

# What is hashed of an entry: every column but the two hashes. Ids are 32 lower-case hexadecimal digits.
FIELDS = (
    "sequence", "id", "at_us", "actor_id", "actor_name", "session_id", "address", "act", "subject_kind", "subject_id",
    "subject_words", "camera_id", "mode", "stream", "from_us", "until_us", "basis", "basis_id", "outcome", "refers_to",
    "detail",
)  # fmt: skip


def entry_hash(previous: bytes, told: Mapping[str, Any]) -> bytes:
    """SHA-256(hash of the entry before ‖ canonical JSON of `FIELDS` with `format`).

    Whoever changes a word, a time or an order must change every later hash, and with them a signed checkpoint.
    TypeError for values that no entry holds.
    """
    digest = hashlib.sha256(previous)
    digest.update(canonical({"format": FORMAT, **{name: told[name] for name in FIELDS}}).encode())
    return digest.digest()
