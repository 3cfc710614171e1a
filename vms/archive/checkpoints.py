"""Signed statements of where the chains of all streams stood."""

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from vms.archive.model import StreamKey
from vms.archive.volume import Volume, replace_file, sync_directory
from vms.kernel.clock import Clock, iso
from vms.kernel.errors import Kind, VmsError

FORMAT = 1


MAX_SEQUENCE = 99_999_999  # the eight digits of a file's name: two centuries of minutes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`body` is canonical JSON: volume, at_us, heads of all streams, SHA-256 of the body before, public key."""

    at_us: int
    body: str
    signature: bytes

    def values(self) -> dict[str, Any]:
        """The body, parsed."""
        values: dict[str, Any] = json.loads(self.body)
        return values

    def fault(self, trusted: Sequence[bytes] = ()) -> str:
        """Empty when the signature is right and, with `trusted` raw public keys, by one of them; else what is wrong."""
        try:
            key = bytes.fromhex(self.values()["public_key"])
            Ed25519PublicKey.from_public_bytes(key).verify(self.signature, self.body.encode())
        except InvalidSignature:
            return "the signature does not fit the statement"
        except (ValueError, KeyError, TypeError):
            return "the statement is unreadable"
        return "signed by an unknown key" if trusted and key not in trusted else ""

    def signed_numbers(self, volume_uuid: UUID) -> dict[StreamKey, int]:
        """The sequence of each stream's head; nothing where the signature is wrong, or it is of another volume."""
        if self.fault():
            return {}
        try:
            values = self.values()
            if values["volume"] != str(volume_uuid):
                return {}
            heads = values["heads"]
            told = {StreamKey(UUID(head["camera"]), str(head["stream"])): int(head["sequence"]) for head in heads}
        except (ValueError, KeyError, TypeError):
            return {}
        # Whose key it is nobody asks here: a number that no recorder reaches must not become the next one.
        return {stream: sequence for stream, sequence in told.items() if 0 <= sequence <= MAX_SEQUENCE}


def node_key(path: Path) -> Ed25519PrivateKey:
    """The node's signing key; made at the first call (mode 0600). CORRUPT `node_key_unreadable` on a damaged file."""
    if path.exists():
        return _load_key(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    unnamed = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    replace_file(unnamed, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), mode=0o600)
    try:
        path.hardlink_to(unnamed)  # fails when another process was faster: then its key is the node's
    except FileExistsError:
        return _load_key(path)
    finally:
        unnamed.unlink()
    sync_directory(path.parent)
    return key


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The raw public key, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def canonical(values: Mapping[str, Any]) -> str:
    """The one spelling of `values` that is hashed and signed: JSON in ASCII, keys in order, no blanks."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def signed(at_us: int, values: Mapping[str, Any], key: Ed25519PrivateKey) -> Checkpoint:
    """`values` as a statement of this node."""
    body = canonical(values)
    return Checkpoint(at_us, body, key.sign(body.encode()))


def write_checkpoint(volume: Volume, clock: Clock, key: Ed25519PrivateKey) -> Checkpoint:
    """Sign the heads as they are now, chained to the checkpoint before: into the index, then into a file."""
    with volume.index.write() as connection:
        before = _newest(connection)
        at_us = max(clock.now_us(), before.at_us + 1 if before else 0)
        values = {
            "format": FORMAT,
            "volume": str(volume.uuid),
            "at_us": at_us,
            "heads": _heads(connection),
            "previous": hashlib.sha256(before.body.encode()).hexdigest() if before else "",
            "public_key": public_bytes(key).hex(),
        }
        checkpoint = signed(at_us, values, key)
        connection.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (at_us, checkpoint.body, checkpoint.signature))
    for written in filter(None, (before, checkpoint)):
        _write_file(volume, written)
    return checkpoint


def read_checkpoints(volume: Volume) -> Iterator[Checkpoint]:
    """All of the volume, oldest first, one by one: a year of a large site is a hundred megabytes of them."""
    after_us = -1
    while (found := _next(volume, after_us)) is not None:
        yield found
        after_us = found.at_us


def insert_checkpoint(volume: Volume, checkpoint: Checkpoint) -> None:
    """Put one from a file back into the index, unless it is there."""
    with volume.index.write() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO checkpoint VALUES (?, ?, ?)",
            (checkpoint.at_us, checkpoint.body, checkpoint.signature),
        )


def _heads(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT camera_id, name, head_link, max("
        " coalesce((SELECT max(sequence) FROM segment WHERE stream_id = stream.id), -1),"
        " coalesce((SELECT max(sequence) FROM deletion WHERE stream_id = stream.id), -1))"
        " AS newest FROM stream ORDER BY camera_id, name"
    )
    return [
        {"camera": camera, "stream": name, "sequence": newest, "link": link.hex()}
        for camera, name, link, newest in rows
        if newest >= 0
    ]


def _next(volume: Volume, after_us: int) -> Checkpoint | None:
    with volume.index.read() as connection:
        row = connection.execute(
            "SELECT at_us, body, signature FROM checkpoint WHERE at_us > ? ORDER BY at_us LIMIT 1", (after_us,)
        ).fetchone()
    return row and Checkpoint(*row)


def _newest(connection: sqlite3.Connection) -> Checkpoint | None:
    row = connection.execute("SELECT at_us, body, signature FROM checkpoint ORDER BY at_us DESC LIMIT 1").fetchone()
    return row and Checkpoint(*row)


def _write_file(volume: Volume, checkpoint: Checkpoint) -> None:
    name = re.sub(r"[-:]", "", iso(checkpoint.at_us))
    path = volume.path / "checkpoints" / f"{name}.json"
    if path.exists():
        return
    content = {"at_us": checkpoint.at_us, "body": checkpoint.body, "signature": checkpoint.signature.hex()}
    replace_file(path, json.dumps(content, indent=1).encode())


def _load_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as err:
        raise _unreadable() from err
    if not isinstance(key, Ed25519PrivateKey):
        raise _unreadable()
    return key


def _unreadable() -> VmsError:
    return VmsError(
        Kind.CORRUPT, "node_key_unreadable", "The node's signing key is unreadable. Restore it from the backup."
    )
