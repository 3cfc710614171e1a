"""Signed statements of where the audit log stood, in the database with a copy outside of it."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.archive.checkpoints import Checkpoint, public_bytes, signed
from vms.archive.volume import sync_directory
from vms.audit.model import AuditCheckpoint, AuditEntry
from vms.audit.queries import count
from vms.audit.rules import is_checkpoint_due
from vms.kernel.clock import Clock
from vms.kernel.database import Database

FORMAT = 1
LOG = "audit"  # what the statement is about: the node signs its volumes with the same key


class CheckpointFile:
    """The copy outside the database: a line of JSON each, appended. Who replaces the database leaves this behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Iterator[Checkpoint | None]:
        """What each line says, oldest first; None for one that says nothing. A torn last line is no line."""
        try:
            yield from _parsed(self.path.read_bytes())
        except FileNotFoundError:
            return

    def add_missing(self, checkpoints: Iterable[Checkpoint]) -> int:
        """Append those that are not in it, durably; how many. Several processes may call at once."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "rb+") as file:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            content = file.read()
            whole = content.rfind(b"\n") + 1
            if whole < len(content):
                file.truncate(whole)  # a power cut tore it; its statement is in the database
            there = {one.body for one in _parsed(content) if one}
            missing = [one for one in checkpoints if one.body not in there]
            file.write(b"".join(_line(one) for one in missing))
            file.flush()
            os.fsync(descriptor)
        sync_directory(self.path.parent)
        return len(missing)


def sign_if_due(database: Database, clock: Clock, key: Ed25519PrivateKey, file: CheckpointFile) -> Checkpoint | None:
    """Sign where the log stands now, when an hour or `CHECKPOINT_AFTER_ENTRIES` entries have passed; else None.

    First the database, then the file; what a crash in between left out is put into the file the next time.
    """
    with database.reading() as session:
        if not _is_due(session, clock.now_us()):
            return None
    with database.writing() as session:
        checkpoint = _sign(session, clock.now_us(), key)
    with database.reading() as session:
        file.add_missing(read_checkpoints(session))
    return checkpoint


def read_checkpoints(session: Session) -> list[Checkpoint]:
    """Those in the database, oldest first."""
    found = session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.sequence))
    return [Checkpoint(one.at_us, one.body, one.signature) for one in found]


def newest_checkpoint(session: Session) -> AuditCheckpoint | None:
    """The last one in the database."""
    return session.scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.sequence.desc()).limit(1))


def _is_due(session: Session, now_us: int) -> bool:
    last = newest_checkpoint(session)
    return is_checkpoint_due(count(session) - (last.sequence if last else 0), last.at_us if last else None, now_us)


def _sign(session: Session, now_us: int, key: Ed25519PrivateKey) -> Checkpoint | None:
    last = newest_checkpoint(session)
    head = session.scalar(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1))
    if head is None or (last is not None and last.sequence >= head.sequence):
        return None  # another process was faster
    values = {
        "format": FORMAT,
        "log": LOG,
        "at_us": now_us,
        "sequence": head.sequence,
        "hash": head.hash.hex(),
        "previous": hashlib.sha256(last.body.encode()).hexdigest() if last else "",
        "public_key": public_bytes(key).hex(),
    }
    checkpoint = signed(now_us, values, key)
    session.add(AuditCheckpoint(head.sequence, now_us, checkpoint.body, checkpoint.signature))
    return checkpoint


def _line(checkpoint: Checkpoint) -> bytes:
    content = {"at_us": checkpoint.at_us, "body": checkpoint.body, "signature": checkpoint.signature.hex()}
    return json.dumps(content).encode() + b"\n"


def _parsed(content: bytes) -> Iterator[Checkpoint | None]:
    for line in content.split(b"\n")[:-1]:
        try:
            told = json.loads(line)
            yield Checkpoint(int(told["at_us"]), str(told["body"]), bytes.fromhex(told["signature"]))
        except (ValueError, KeyError, TypeError):
            yield None
